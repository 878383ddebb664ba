//! Snapping selections to words. In a case, `[` and `]` stand where the selection begins and
//! ends.

use super::cases;
use proptest::prelude::*;
use pullquote_core::text::snapping::{MoveDirection, WordEdge, exact, snap, step};
use pullquote_core::text::words::part_at;
use std::ops::Range;

fn sweep(case: &str) -> (String, Range<usize>) {
    let start = case.find('⟦').expect("a case has a start");
    let end = case.find('⟧').expect("a case has an end") - '⟦'.len_utf8();
    (case.replace(['⟦', '⟧'], ""), start..end)
}

#[track_caller]
fn check(case: &str, expected: &str) {
    let (text, range) = sweep(case);
    let span = snap(&text, range);
    let words = span.and_then(|span| span.slice(&text)).unwrap_or_default();
    assert_eq!(words, expected, "in {case}");
}

#[track_caller]
fn check_exact(case: &str, expected: &str) {
    let (text, range) = sweep(case);
    let span = exact(&text, range);
    let words = span.and_then(|span| span.slice(&text)).unwrap_or_default();
    assert_eq!(words, expected, "in {case}");
}

#[test]
fn an_end_inside_a_word_moves_to_its_edge() {
    check("General As⟦im Mun⟧ir said", "Asim Munir");
    check("a sur⟦pr⟧ise", "surprise");
    check("don’t st⟦o⟧p", "stop");
}

#[test]
fn an_end_at_the_edge_of_a_word_stays() {
    check("talks in ⟦Rawalpindi⟧, where", "Rawalpindi");
    check("one ⟦two⟧ three", "two");
}

#[test]
fn white_space_at_the_ends_is_dropped() {
    check("one⟦ two ⟧three", "two");
    check("one⟦\n\nTwo words\n\n⟧Three", "Two words");
    check("one\u{00A0}⟦\u{200B}two\u{00A0}⟧three", "two");
}

#[test]
fn selecting_only_white_space_gives_no_span() {
    check("one⟦ \n ⟧two", "");
    check("one⟦⟧two", "");
}

#[test]
fn loose_punctuation_at_the_ends_is_dropped() {
    check("in ⟦Rawalpindi, ⟧where", "Rawalpindi");
    check("⟦— the end.⟧", "the end");
    check("⟦سرحدی علاقوں۔⟧", "سرحدی علاقوں");
    check("⟦国境の町。⟧", "国境の町");
    check("⟦…!⟧", "");
}

#[test]
fn a_bracket_or_a_quote_stays_with_its_other_half() {
    check("the ⟦Chief (COAS)⟧ said", "Chief (COAS)");
    check("the (⟦COAS)⟧ said", "COAS");
    check("word ⟦“soon”.⟧", "“soon”");
    check("word “⟦soon”.⟧", "soon");
    check("said \"⟦never\"⟧ twice", "never");
}

#[test]
fn an_end_before_a_possessive_stays_there() {
    check("⟦Iran⟧’s border", "Iran");
    check("⟦Iran’⟧s border", "Iran’s");
    check("⟦Ira⟧n’s border", "Iran’s");
}

#[test]
fn emoji_accents_and_other_scripts_are_not_cut() {
    check(
        "so ⟦👩\u{200D}👩\u{200D}👧\u{200D}👦⟧ said",
        "👩\u{200D}👩\u{200D}👧\u{200D}👦",
    );
    check("so 👩⟦\u{200D}⟧👩 said", "👩\u{200D}👩");
    check("cafe⟦\u{0301}⟧ noir", "cafe\u{0301}");
    check("क्ष⟦त्रि⟧य नाम", "क्षत्रिय");
    check("한국⟦어⟧ 말", "한국어");
    check("سرح⟦دی⟧ علاقوں", "سرحدی");
    check("𠮷⟦野⟧家", "野");
}

#[test]
fn a_word_ends_where_a_space_is_missing_after_punctuation() {
    check("It ended.⟦Karvel⟧ spoke.", "Karvel");
    check("It ended.K⟦arv⟧el spoke.", "Karvel");
    check("It en⟦de⟧d.Karvel spoke.", "ended");
    check("It ⟦ended.⟧Karvel spoke.", "ended");
    check("It en⟦ded.Kar⟧vel spoke.", "ended.Karvel");
    check("⟦It en⟧ded.Karvel spoke.", "It ended");
    check("at noon:K⟦a⟧rvel said", "Karvel");
    check("he said:y⟦e⟧s", "yes");
    check("It ended.⟦I⟧ left", "I");
    check("It ended.H⟦e⟧ left", "He");
    check("in the USA.K⟦a⟧rvel said", "Karvel");
    check("It ended.N⟦A⟧TO said", "NATO");
    check("the U.S.Kar⟦v⟧el said", "Karvel");
    check("the ⟦U⟧.S.Karvel said", "U.S.");
    check("ended.Karvel’⟦s⟧ 🙂", "Karvel’s");
    check("au caf⟦e⟧\u{301}.Karvel", "cafe\u{301}");
    check("закончил.Кар⟦в⟧ел", "Карвел");
    check("полдень:кар⟦в⟧ел", "карвел");
    check("انتهى.كار⟦ف⟧ل قال", "كارفل");
    check("علاقوں،سرح⟦د⟧ی", "سرحدی");
    check("말했다.카르⟦벨⟧은", "카르벨은");
    check("정치：경⟦제⟧", "경제");
    check("国境。町⟦へ⟧行く", "へ");
}

#[test]
fn an_abbreviation_a_number_and_an_address_stay_whole() {
    check("the U.⟦S⟧. said", "U.S.");
    check("the ⟦U.S.⟧ said", "U.S.");
    check("the ⟦U.S⟧. said", "U.S.");
    check("in (the ⟦U.S.⟧)", "U.S.");
    check("so, e.⟦g⟧., it", "e.g.");
    check("at 5 ⟦p.m.,⟧ he", "p.m.");
    check("a Ph.⟦D⟧. of", "Ph.D.");
    check("z.⟦B⟧. so", "z.B.");
    check("at 10:⟦30⟧ he", "10:30");
    check("of 3.⟦5⟧ m", "3.5");
    check("see example.⟦com⟧ now", "example.com");
    check("with Node.⟦js⟧ now", "Node.js");
    check("in ASP.⟦NET⟧ now", "ASP.NET");
    check("the EU:⟦n⟧ maa", "EU:n");
    check("the EU:s⟦s⟧a", "EU:ssa");
    check("la col·⟦leg⟧i", "col·legi");
    check("don’⟦t⟧ go", "don’t");
    check("д.Иван⟦о⟧в", "Иванов");
    // A full stop that only ends the sentence is dropped.
    check("⟦It ended.⟧", "It ended");
    check("see ⟦example.com.⟧", "example.com");
}

#[test]
fn exact_takes_the_characters_and_nothing_else() {
    check_exact("General As⟦im Mun⟧ir", "im Mun");
    check_exact("one⟦ two, ⟧three", " two, ");
    check_exact("one⟦⟧two", "");
}

#[test]
fn exact_never_cuts_what_is_seen_as_one() {
    check_exact("a 👍⟦🏽⟧ b", "👍🏽");
    check_exact("cafe⟦\u{0301}⟧", "e\u{0301}");
}

/// Steps over all edges of a text, which are marked with `|`.
#[track_caller]
fn check_steps(text: &str, edge: WordEdge, expected: &str) {
    let mut forward = Vec::new();
    let mut at = 0;
    while let Some(next) = step(text, at, edge, MoveDirection::Forward) {
        forward.push(next);
        at = next;
    }
    let mut back = Vec::new();
    at = text.len();
    if edge == WordEdge::End && forward.last() == Some(&at) {
        back.push(at);
    }
    while let Some(next) = step(text, at, edge, MoveDirection::Back) {
        back.push(next);
        at = next;
    }
    back.reverse();
    back.retain(|edge| *edge > 0);
    assert_eq!(forward, back, "both ways in {text}");
    let mut marked = text.to_owned();
    for edge in forward.iter().rev() {
        marked.insert(*edge, '|');
    }
    assert_eq!(marked, expected);
}

#[test]
fn a_step_goes_from_word_to_word() {
    check_steps(
        "General Munir, said 🙂 so.",
        WordEdge::End,
        "General| Munir|, said| 🙂| so|.",
    );
    check_steps(
        "General Munir, “said”\n\nso",
        WordEdge::Start,
        "General |Munir, “|said”\n\n|so",
    );
    check_steps(
        "سرحدی علاقوں۔ cafe\u{0301}",
        WordEdge::End,
        "سرحدی| علاقوں|۔ cafe\u{0301}|",
    );
    check_steps(
        "It ended.Karvel at 10:30.",
        WordEdge::End,
        "It| ended|.Karvel| at| 10:30|.",
    );
    check_steps(
        "It ended.Karvel at 10:30",
        WordEdge::Start,
        "It |ended.|Karvel |at |10:30",
    );
    check_steps("the U.S. said", WordEdge::End, "the| U.S.| said|");
    check_steps("انتهى.كارفل قال", WordEdge::Start, "انتهى.|كارفل |قال");
    assert_eq!(step("word", 9, WordEdge::End, MoveDirection::Back), None);
}

proptest! {
    #[test]
    fn snapping_twice_changes_nothing(text in cases::text(), a in any::<u16>(), b in any::<u16>()) {
        let document = cases::document_of(&text);
        let text = document.article().text();
        let swept = cases::span_at(&document, a, b);
        if let Some(once) = snap(text, swept.start().index()..swept.end().index()) {
            let twice = snap(text, once.start().index()..once.end().index());
            prop_assert_eq!(twice, Some(once));
            let words = once.slice(text).unwrap();
            prop_assert_eq!(words.trim(), words);
            prop_assert!(!words.is_empty());
        }
    }

    #[test]
    fn no_range_makes_it_panic(text in cases::text(), a in 0_usize..200, b in 0_usize..200) {
        for span in [snap(&text, a..b), exact(&text, a..b)].into_iter().flatten() {
            prop_assert!(span.slice(&text).is_some());
        }
    }
}

#[test]
fn a_click_on_two_words_without_a_space_means_one() {
    let clicked = |words: &str, at| words[part_at(words, at)].to_owned();
    assert_eq!(clicked("ended.Karvel", 5), "ended");
    assert_eq!(clicked("ended.Karvel", 6), "Karvel");
    assert_eq!(clicked("انتهى.كارفل", "انتهى.كا".len()), "كارفل");
    assert_eq!(clicked("example.com", 9), "example.com");
    assert_eq!(clicked("It ended.Karvel", 9), "It ended.Karvel");
    assert_eq!(clicked("🙂", 0), "🙂");
    assert_eq!(clicked("", 0), "");
}

#[test]
fn a_megabyte_of_punctuation_is_trimmed_in_no_time() {
    for (sign, times) in [("(", 1 << 20), (".", 1 << 17), (":", 1 << 17)] {
        let text = sign.repeat(times);
        assert_eq!(snap(&text, 0..text.len()), None);
    }
}
