//! Analysis: occurrences, entities, gaps, ledger and search.

use super::cases::{self, after, id, slug};
use proptest::prelude::*;
use pullquote_core::analysis::completeness::{Gap, Links};
use pullquote_core::analysis::entities::{SuggestionReason, entities_of, suggestions};
use pullquote_core::analysis::ledger::{ColumnKind, ledger};
use pullquote_core::analysis::occurrences::{
    OccurrenceQuery, WordMatching, around, occurrences, words_of,
};
use pullquote_core::analysis::query::{Query, QueryTerm, searchable_text};
use pullquote_core::edit::commands::{bulk, entities, marks, relations};
use pullquote_core::edit::step_name::StepName;
use pullquote_core::edit::transaction::Transaction;
use pullquote_core::model::annotation::Spans;
use pullquote_core::model::document::Document;
use pullquote_core::model::id::{Id, Slug};
use pullquote_core::model::timestamp::Timestamp;
use pullquote_core::model::value::{Number, PartialDate, Value};
use pullquote_formats::ledger_table::{to_csv, to_tsv};

/// Marks the occurrence with this number of these words.
fn marked(document: &Document, number: u64, words: &str, tag: &str) -> Document {
    let text = document.article().text();
    let start = text.find(words).unwrap_or_else(|| panic!("{words}"));
    let span = document.article().span(start..start + words.len()).unwrap();
    let step = marks::mark(
        document,
        id(number),
        &slug(tag),
        Spans::from(span),
        Timestamp(1),
    );
    after(document, &step.unwrap())
}

fn did(document: &Document, step: Result<Transaction, marks::CommandError>) -> Document {
    after(document, &step.unwrap())
}

fn found(text: &str, name: &str, words: WordMatching) -> Vec<String> {
    let document = cases::document_of(text);
    let sought = OccurrenceQuery {
        names: vec![name.to_owned()],
        words,
    };
    let found = occurrences(&document, &sought, None);
    let text = document.article().text();
    found
        .iter()
        .map(|span| {
            let before = &text[..span.start().index()];
            let before = before.rsplit('\n').next().unwrap();
            let from = before.char_indices().rev().nth(2).map_or(0, |(at, _)| at);
            let before = &before[from..];
            format!("{before}|{}", span.slice(text).unwrap())
        })
        .collect()
}

#[test]
fn words_are_found_whole_in_any_case_and_across_any_white_space() {
    let plain = WordMatching::default();
    let text = "Iran met IRAN in Iranian towns; Iran’s own iran-linked Iran.";
    assert_eq!(
        found(text, "Iran", plain),
        ["rt |Iran", "et |IRAN", "wn |iran", "ed |Iran"]
    );
    let same = WordMatching {
        same_case: true,
        ..plain
    };
    assert_eq!(found(text, "Iran", same), ["rt |Iran", "ed |Iran"]);
    let inflected = WordMatching {
        inflected: true,
        ..plain
    };
    assert_eq!(found(text, "Iran", inflected).len(), 5);
    let parts = WordMatching {
        parts: true,
        ..plain
    };
    assert_eq!(found(text, "Iran", parts).len(), 6);
    assert_eq!(
        found(
            "a missile strike, two missile\u{a0}strikes",
            "missile strike",
            inflected
        ),
        [" a |missile strike", "wo |missile\u{a0}strikes"]
    );
    assert_eq!(
        found(
            "a missile strike, two missile\u{a0}strikes",
            "missile strike",
            plain
        )
        .len(),
        1
    );
}

#[test]
fn an_occurrence_is_shown_between_whole_words_of_its_paragraph() {
    let document = cases::document_of("long before the council met in Port Ellery\n\nNext");
    let start = document.article().text().find("council").unwrap();
    let span = document.article().span(start..start + 7).unwrap();
    let shown = |most| around(&document, span, most);
    let words = |a: &str, b: &str| (a.to_owned(), b.to_owned());
    assert_eq!(shown(8), words("the ", " met in "));
    assert_eq!(shown(5), words(" the ", " met "));
    assert_eq!(
        shown(80),
        words("Start long before the ", " met in Port Ellery")
    );
}

#[test]
fn half_a_word_is_not_found() {
    let plain = WordMatching::default();
    for (text, part) in [
        ("1.2 and 2,000", "2"),
        ("they don’t", "t"),
        ("O’Neill", "Neill"),
        ("می\u{200c}شود", "می"),
        ("צה\"ל", "צה"),
        ("Pak\u{ad}istan", "Pak"),
        ("क्षत्रिय", "क"),
    ] {
        assert_eq!(found(text, part, plain), [""; 0], "{part} in {text}");
    }
    // An occurrence does not begin in one paragraph and end in another.
    assert_eq!(
        found(
            "the Prime\n\nMinister, the Prime\u{a0} Minister",
            "Prime Minister",
            plain
        )
        .len(),
        1
    );
}

#[test]
fn english_inflections_are_found_on_request() {
    let inflected = WordMatching {
        inflected: true,
        ..WordMatching::default()
    };
    let finds = |text: &str, name: &str| found(text, name, inflected).len();
    assert_eq!(
        finds("a country, both countries, the country’s", "country"),
        3
    );
    assert_eq!(finds("a country, both countries", "countries"), 2);
    assert_eq!(finds("a commitment and commitments", "commitments"), 2);
    assert_eq!(finds("one crisis, a bus and the press", "crisis"), 1);
    assert_eq!(finds("the church, its churches", "churches"), 2);
    assert_eq!(finds("Iran’s border, Iran", "Iran’s"), 2);
    assert_eq!(finds("a day, two days, a stay", "day"), 2);
}

/// Requiring spaces would miss words in scripts that join them with a hyphen or write no spaces.
#[test]
fn words_are_found_in_scripts_with_other_spaces_or_none() {
    let plain = WordMatching::default();
    assert_eq!(found("בית־ספר, בית.", "בית", plain).len(), 2);
    assert_eq!(found("国境の町と町", "町", plain).len(), 2);
    assert_eq!(found("سرحدی علاقوں میں، علاقوں", "علاقوں", plain).len(), 2);
    // An emoji inside a longer emoji sequence is not found.
    assert_eq!(found("👍 and 👍🏽", "👍", plain), ["rt |👍"]);
    assert_eq!(found("cafe\u{301} and cafe", "cafe", plain), ["nd |cafe"]);
    // A capital letter whose lower case has several characters.
    assert_eq!(found("İzmir and i̇zmir", "İzmir", plain).len(), 2);
}

#[test]
fn places_with_the_tag_are_not_found_again() {
    let document = cases::document_of("Iran, Iran and the Islamic Republic of Iran; iran.");
    let document = marked(&document, 1, "Iran", "place");
    let document = marked(&document, 2, "the Islamic Republic of Iran", "place");
    let names = words_of(&document, id(1), false);
    assert_eq!(names, ["Iran"]);
    let sought = OccurrenceQuery {
        names,
        words: WordMatching::default(),
    };
    let left = occurrences(&document, &sought, Some(&slug("place")));
    let starts: Vec<u32> = left.iter().map(|span| span.start().0).collect();
    assert_eq!(starts, [12, 51]);
    assert_eq!(
        occurrences(&document, &sought, Some(&slug("actor"))).len(),
        4
    );
    // The longer of two names wins.
    let both = OccurrenceQuery {
        names: vec!["Iran".to_owned(), "Republic of Iran".to_owned()],
        words: WordMatching::default(),
    };
    let spans = occurrences(&document, &both, None);
    let texts: Vec<&str> = spans
        .iter()
        .map(|span| span.slice(document.article().text()).unwrap())
        .collect();
    assert_eq!(texts, ["Iran", "Iran", "Republic of Iran", "iran"]);
}

#[test]
fn words_are_found_after_punctuation_without_a_space() {
    let plain = WordMatching::default();
    let text = "It ended.Karvel spoke at noon:Karvel left.karvel.com, Karvel🙂";
    assert_eq!(
        found(text, "Karvel", plain),
        ["ed.|Karvel", "on:|Karvel", "m, |Karvel"]
    );
    assert_eq!(found(text, "ended", plain), ["It |ended"]);
    // Abbreviations with full stops are found with and without the last one.
    let text = "the U.S. and U.S.Karvel, not U.S.A.";
    assert_eq!(found(text, "U.S.", plain), ["he |U.S.", "nd |U.S."]);
    assert_eq!(found(text, "U.S", plain), ["he |U.S", "nd |U.S"]);
    // A time is one word.
    assert_eq!(found("at 10:30, gate 30", "30", plain), ["te |30"]);
    assert_eq!(found("انتهى.كارفل قال", "كارفل", plain), ["هى.|كارفل"]);
    assert_eq!(
        found("la\u{308}\u{304}.Karvel", "karvel", plain),
        ["\u{308}\u{304}.|Karvel"]
    );
}

proptest! {
    /// A word between spaces is found wherever it occurs, and every result reads like it.
    #[test]
    fn every_occurrence_is_found(text in cases::text(), most in 1_usize..4) {
        let text = format!("{text} Qadir {} ", "and Qadir ".repeat(most));
        let document = cases::document_of(&text);
        let whole = document.article().text();
        let sought = OccurrenceQuery { names: vec!["qadir".to_owned()], words: WordMatching::default() };
        let spans = occurrences(&document, &sought, None);
        prop_assert_eq!(spans.len(), most + 1);
        for span in &spans {
            prop_assert_eq!(span.slice(whole), Some("Qadir"));
        }
        prop_assert!(spans.windows(2).all(|pair| pair[0].end() <= pair[1].start()));
    }

    /// No words cause a panic, and every result is a part of the text.
    #[test]
    fn any_words_can_be_searched_for(text in cases::text(), name in cases::text(), flags in 0_u8..8) {
        let document = cases::document_of(&text);
        let words = WordMatching {
            same_case: flags & 1 > 0,
            inflected: flags & 2 > 0,
            parts: flags & 4 > 0,
        };
        let sought = OccurrenceQuery { names: vec![name], words };
        for span in occurrences(&document, &sought, None) {
            prop_assert!(document.article().holds(span));
        }
    }
}

fn general() -> Document {
    let text = "Chief of Army Staff (COAS) General Syed Asim Munir met Amir Abdollahian. \
                General Asim spoke. COAS Munir agreed with Abdollahian at the General \
                Headquarters, the GHQ. General Asim left, and Munir Road was closed.";
    let document = cases::document_of(text);
    let document = marked(&document, 1, "General Syed Asim Munir", "actor");
    let document = marked(&document, 2, "Amir Abdollahian", "actor");
    let document = marked(&document, 3, "General Asim", "actor");
    let document = marked(&document, 4, "COAS Munir", "actor");
    let document = marked(&document, 5, "General Headquarters", "actor");
    let document = marked(&document, 6, "GHQ", "actor");
    let document = marked(&document, 7, "Chief of Army Staff", "actor");
    let document = marked(&document, 8, "COAS", "actor");
    marked(&document, 9, "Munir Road", "place")
}

#[test]
fn entities_that_may_be_the_same_are_suggested() {
    let document = general();
    let all = entities_of(&document);
    let said: Vec<String> = suggestions(&document, &all)
        .iter()
        .map(|suggestion| {
            format!(
                "{} < {}: {:?}",
                all[suggestion.one].name, all[suggestion.other].name, suggestion.why
            )
        })
        .collect();
    assert_eq!(
        said,
        [
            "Chief of Army Staff < COAS: Acronym",
            "General Syed Asim Munir < General Asim: Part",
            "General Syed Asim Munir < COAS Munir: Surname",
            "COAS Munir < COAS: Part",
            "General Headquarters < GHQ: Acronym",
        ]
    );
    assert_eq!(SuggestionReason::Surname.words(), "the same surname");
}

/// The document of [`general`] with three of its marks as mentions of one entity.
fn with_entity() -> Document {
    let document = general();
    let marks = [id(1), id(3), id(4)];
    assigned(&document, None, 50, "General Asim Munir", &marks)
}

/// The document after these marks were assigned to `entity`, or to a new one with the id `new`.
fn assigned(
    document: &Document,
    entity: Option<Id>,
    new: u64,
    name: &str,
    marks: &[Id],
) -> Document {
    let step = entities::assign_entity(document, entity, id(new), name, marks, Timestamp(2));
    did(document, step)
}

#[test]
fn an_assigned_entity_has_the_words_of_its_mentions_as_aliases() {
    let document = with_entity();
    let all = entities_of(&document);
    let mut members = all.iter();
    let member = members
        .find(|member| member.entity == Some(id(50)))
        .unwrap();
    assert_eq!(member.name, "General Asim Munir");
    assert_eq!(member.marks, [id(1), id(3), id(4)]);
    assert_eq!(
        document.entity(id(50)).unwrap().aliases,
        ["General Syed Asim Munir", "General Asim", "COAS Munir"]
    );
}

#[test]
fn a_place_found_by_an_alias_gets_the_entity() {
    let document = with_entity();
    let sought = OccurrenceQuery {
        names: words_of(&document, id(3), true),
        words: WordMatching::default(),
    };
    let more = occurrences(&document, &sought, Some(&slug("actor")));
    let texts: Vec<&str> = more
        .iter()
        .map(|span| span.slice(document.article().text()).unwrap())
        .collect();
    assert_eq!(texts, ["General Asim"]);
    let step = bulk::mark_as(&document, id(3), &[(id(60), more[0])], Timestamp(3));
    let document = did(&document, step);
    assert_eq!(document.annotation(id(60)).unwrap().entity, Some(id(50)));
}

#[test]
fn joining_two_entities_keeps_the_names_of_both() {
    let document = assigned(&with_entity(), None, 51, "The staff", &[id(7), id(8)]);
    let all: Vec<Id> = [1, 3, 4, 7, 8].map(id).to_vec();
    let document = assigned(&document, Some(id(50)), 52, "General Asim Munir", &all);
    assert_eq!(document.entities().len(), 1);
    let names = &document.entity(id(50)).unwrap().aliases;
    for name in ["The staff", "COAS", "Chief of Army Staff"] {
        assert!(names.iter().any(|alias| alias == name), "{name}");
    }
}

#[test]
fn the_old_name_of_an_entity_becomes_an_alias() {
    let document = with_entity();
    let step = entities::rename_entity(&document, id(50), "Asim Munir");
    let document = did(&document, step);
    let aliases = &document.entity(id(50)).unwrap().aliases;
    assert!(aliases.contains(&"General Asim Munir".to_owned()));
}

#[test]
fn an_entity_is_deleted_with_its_last_mention() {
    let document = with_entity();
    let all = [id(1), id(3), id(4)];
    let step = entities::detach_from_entity(&document, &all[..1], Timestamp(6));
    let document = did(&document, step);
    assert_eq!(document.annotation(id(1)).unwrap().entity, None);
    assert_eq!(document.entities().len(), 1);
    let step = entities::detach_from_entity(&document, &all, Timestamp(7));
    let document = did(&document, step);
    assert!(document.entities().is_empty());
    assert!(entities::detach_from_entity(&document, &all, Timestamp(8)).is_err());
}

#[test]
fn marks_of_two_tags_cannot_mention_one_entity() {
    let both = [id(1), id(9)];
    let step = entities::assign_entity(&general(), None, id(53), "x", &both, Timestamp(9));
    assert!(step.is_err());
}

fn promised() -> Document {
    let text = "Both men said that officers will be stationed soon. The wall, =1+1, will hold.";
    let document = cases::document_of(text);
    let document = marked(&document, 1, "Both men", "actor");
    let document = marked(&document, 2, "officers will be stationed", "commitment");
    let document = marked(&document, 3, "=1+1, will hold", "commitment");
    let document = marked(&document, 4, "said", "event");
    let planned = Some(Value::One("planned".into()));
    let document = did(
        &document,
        relations::answer(&document, id(2), &slug("strength"), planned, Timestamp(2)),
    );
    let soon = Some(Value::Text("soon".to_owned()));
    let document = did(
        &document,
        relations::answer(&document, id(2), &slug("deadline"), soon, Timestamp(2)),
    );
    did(
        &document,
        relations::relate(&document, id(40), &slug("made-by"), id(2), id(1)),
    )
}

#[test]
fn missing_answers_and_relations_are_listed() {
    let document = promised();
    let links = Links::new(&document);
    let gaps = |number: u64| -> Vec<String> {
        let mark = document.annotation(id(number)).unwrap();
        let gaps = links.gaps(&document, mark);
        gaps.iter().map(|gap: &Gap| gap.name().to_owned()).collect()
    };
    assert_eq!(gaps(1), [""; 0]);
    assert_eq!(gaps(2), [""; 0]);
    assert_eq!(gaps(3), ["Strength", "made by"]);
    assert_eq!(gaps(4), ["When"]);
    assert_eq!(links.incomplete(&document), 2);
}

#[test]
fn the_ledger_shows_marks_with_relations_and_answers() {
    let document = promised();
    let table = ledger(&document, &slug("commitment"));
    let names: Vec<&str> = table
        .columns
        .iter()
        .map(|column| column.name.as_str())
        .collect();
    assert_eq!(names, ["Commitment", "Made by", "Strength", "By when"]);
    assert_eq!(table.columns[1].kind, ColumnKind::To(slug("made-by")));
    assert_eq!(
        table.rows[0].cells,
        ["officers will be stationed", "Both men", "planned", "soon"]
    );
    assert_eq!(table.rows[1].cells, ["=1+1, will hold", "", "", ""]);
    let missing = |row: usize| table.rows[row].missing.as_str();
    assert_eq!((missing(0), missing(1)), ("", "Strength, made by"));
    let csv = to_csv(&document, &table);
    let lines: Vec<&str> = csv.split("\r\n").collect();
    assert_eq!(
        lines[0],
        "\u{feff}Commitment,Made by,Strength,By when,id,start,end"
    );
    let start = document.article().text().find("officers").unwrap();
    assert_eq!(
        lines[1],
        format!(
            "officers will be stationed,Both men,planned,soon,{},{start},{}",
            id(2),
            start + 26
        )
    );
    assert!(
        lines[2].starts_with("\"'=1+1, will hold\",,,,"),
        "{}",
        lines[2]
    );
    assert_eq!(
        to_tsv(&table).lines().nth(2),
        Some("'=1+1, will hold\t\t\t")
    );
    // The ledger of the other end shows the relation too.
    let actors = ledger(&document, &slug("actor"));
    assert_eq!(
        actors.rows[0].cells.last().unwrap(),
        "officers will be stationed"
    );
    assert_eq!(ledger(&document, &slug("nobody")).rows, []);
}

#[test]
fn queries_find_marks_by_their_texts_and_their_gaps() {
    let document = promised();
    let document = did(
        &document,
        marks::write_note(&document, id(3), "Who says so?".to_owned(), Timestamp(3)),
    );
    let document = did(&document, marks::flag(&document, id(4), Timestamp(3)));
    let links = Links::new(&document);
    let asked = |text: &str| -> Vec<usize> {
        let query = Query::new(text);
        let marks = document.annotations().iter();
        let marks = (1..).zip(marks).filter(|(_, mark)| {
            query.fits(&document, &links, mark, &searchable_text(&document, mark))
        });
        marks.map(|(index, _)| index).collect()
    };
    // In the order of the text: both men 1, said 2, officers 3, =1+1 4.
    assert_eq!(asked(""), [1, 2, 3, 4]);
    assert_eq!(asked("has no made by"), [4]);
    assert_eq!(asked("tag:commit has no strength"), [4]);
    assert_eq!(asked("no:strength"), [4]);
    assert_eq!(asked("strength:planned"), [3]);
    assert_eq!(asked("made:both"), [3]);
    assert_eq!(asked("planned officers"), [3]);
    assert_eq!(asked("\"be stationed\""), [3]);
    assert_eq!(asked("“be officers”"), [0; 0]);
    assert_eq!(asked("note:who"), [4]);
    assert_eq!(asked("has no note"), [1, 2, 3]);
    assert_eq!(asked("is:flagged"), [2]);
    assert_eq!(asked("is:incomplete"), [2, 4]);
    assert_eq!(asked("has no cast"), [1]);
    assert_eq!(asked("has no relation"), [2, 4]);
    assert_eq!(asked("has no relation made by"), [4]);
    assert_eq!(asked("\"note:who\""), [0; 0]);
    assert_eq!(asked("10:30"), [0; 0]);
    assert!(Query::new("  ").is_empty());
    // Only the whole name of a field, or its first words, selects it.
    assert_eq!(asked("made by:both"), [0; 0]);
    assert_eq!(asked("mad:both"), [0; 0]);
}

#[test]
fn a_term_without_a_matching_field_is_searched_as_words() {
    let document = promised();
    let asked = |query: &str| Query::new(query).asked(&document);
    let words = |words: &str| QueryTerm::Words(words.to_owned());
    let no_field = |words: &str, field: &str| QueryTerm::NoField {
        words: words.to_owned(),
        field: field.to_owned(),
    };
    let holds = |field: &str, value: &str| QueryTerm::Holds {
        field: field.to_owned(),
        value: value.to_owned(),
    };
    assert_eq!(asked("Last words:"), [words("last"), words("words:")]);
    assert_eq!(asked("said:"), [words("said:")]);
    assert_eq!(
        asked("Note: he left"),
        [words("note:"), words("he"), words("left")]
    );
    assert_eq!(asked("said:yes"), [no_field("said:yes", "said")]);
    assert_eq!(asked("10:30"), [no_field("10:30", "10")]);
    assert_eq!(
        asked("کہا:ہاں 🙂"),
        [no_field("کہا:ہاں", "کہا"), words("🙂")]
    );
    assert_eq!(asked("is:odd"), [no_field("is:odd", "is")]);
    assert_eq!(
        asked("He has no chance"),
        [words("has no chance"), words("he")]
    );
    assert_eq!(asked("no:30"), [words("no:30")]);
    assert_eq!(asked("\"tag:actor\""), [words("tag:actor")]);
    assert_eq!(asked("tag:actor"), [holds("tag", "actor")]);
    assert_eq!(
        asked("officers made:Both has no strength"),
        [
            holds("made by", "both"),
            QueryTerm::Lacks("Strength".to_owned()),
            words("officers")
        ]
    );
    assert_eq!(
        asked("is:flagged is:incomplete"),
        [QueryTerm::Flagged, QueryTerm::Incomplete]
    );
}

#[test]
fn cells_that_are_numbers_or_signs_stay_and_quotation_marks_are_kept_together() {
    let document = promised();
    let text = |text: &str| Some(Value::Text(text.to_owned()));
    let set = |document: &Document, value| {
        did(
            document,
            relations::answer(document, id(2), &slug("deadline"), value, Timestamp(4)),
        )
    };
    let cell = |document: &Document| {
        let tsv = to_tsv(&ledger(document, &slug("commitment")));
        let line = tsv.lines().nth(1).unwrap().to_owned();
        line.rsplit('\t').next().unwrap().to_owned()
    };
    for (typed, copied) in [
        ("+", "+"),
        ("-5", "-5"),
        ("-5 per cent", "'-5 per cent"),
        ("\"soon\"", "\"\"\"soon\"\"\""),
    ] {
        assert_eq!(cell(&set(&document, text(typed))), copied);
    }
}

#[test]
fn equal_names_and_dotted_acronyms_are_suggested() {
    let text = "the army and the army; U.N. and United Nations; सेना, सेना";
    let document = cases::document_of(text);
    let document = marked(&document, 1, "the army", "actor");
    let document = marked(&document, 2, "U.N.", "actor");
    let document = marked(&document, 3, "United Nations", "actor");
    let gathered =
        entities::assign_entity(&document, None, id(50), "the army", &[id(1)], Timestamp(2));
    let document = did(&document, gathered);
    let start = document.article().text().rfind("the army").unwrap();
    let span = document.article().span(start..start + 8).unwrap();
    let step = marks::mark(&document, id(4), &slug("actor"), span.into(), Timestamp(2));
    let document = did(&document, step);
    let all = entities_of(&document);
    let whys: Vec<SuggestionReason> = suggestions(&document, &all)
        .iter()
        .map(|suggestion| suggestion.why)
        .collect();
    assert_eq!(
        whys,
        [SuggestionReason::SameName, SuggestionReason::Acronym]
    );
}

#[test]
fn joined_entities_keep_both_identifiers() {
    let document = general();
    let gather = |document: &Document, new: u64, name: &str, marks: &[Id]| {
        did(
            document,
            entities::assign_entity(document, None, id(new), name, marks, Timestamp(2)),
        )
    };
    let document = gather(&document, 50, "Munir", &[id(1)]);
    let document = gather(&document, 51, "Asim", &[id(3)]);
    let document = did(
        &document,
        entities::set_entity_reference(&document, id(50), "Q1065"),
    );
    let document = did(
        &document,
        entities::set_entity_reference(&document, id(51), "Q999"),
    );
    assert!(entities::delete_entity(&document, id(50)).is_err());
    let both = [id(1), id(3)];
    let joined =
        entities::assign_entity(&document, Some(id(50)), id(52), "Asim", &both, Timestamp(3));
    let joined = did(&document, joined);
    let entity = joined.entity(id(50)).unwrap();
    assert_eq!(
        (entity.name.as_str(), entity.reference.as_str()),
        ("Asim", "Q1065; Q999")
    );
    assert!(!entity.aliases.contains(&"Asim".to_owned()));
    let document = did(&document, marks::delete(&document, id(1)));
    let document = did(&document, entities::delete_entity(&document, id(50)));
    assert!(document.entity(id(50)).is_none());
}

#[test]
fn answers_of_every_kind_can_be_set_and_cleared() {
    let document = promised();
    let target: Slug = slug("target");
    let number = Some(Value::Number(Number::new(30.0).unwrap()));
    let document = did(
        &document,
        relations::answer(&document, id(2), &target, number, Timestamp(3)),
    );
    let date = Some(Value::Date(PartialDate::new("2024-02").unwrap()));
    let document = did(
        &document,
        relations::answer(&document, id(2), &slug("deadline-date"), date, Timestamp(3)),
    );
    let yes = Some(Value::YesNo(true));
    let step = relations::answer(&document, id(2), &slug("verifiable"), yes, Timestamp(3)).unwrap();
    let expected = StepName::Answer {
        attribute: "Verifiable".to_owned(),
        value: Some(Value::YesNo(true)),
        quote: "officers will be stationed".to_owned(),
    };
    assert_eq!(*step.name, expected);
    let document = after(&document, &step);
    // A value that does not fit is refused; an empty text removes the answer.
    let wrong = Some(Value::YesNo(true));
    assert!(relations::answer(&document, id(2), &target, wrong, Timestamp(3)).is_err());
    assert!(relations::answer(&document, id(2), &slug("harm"), None, Timestamp(3)).is_err());
    let empty = Some(Value::Text(String::new()));
    let document = did(
        &document,
        relations::answer(&document, id(2), &slug("deadline"), empty, Timestamp(3)),
    );
    assert!(
        document
            .annotation(id(2))
            .unwrap()
            .values
            .get(&slug("deadline"))
            .is_none()
    );
    // Answers for the whole article.
    let main = Some(Value::Text("A wall is promised.".to_owned()));
    let document = did(
        &document,
        relations::answer_question(&document, &slug("main-event"), main.clone()),
    );
    assert!(relations::answer_question(&document, &slug("main-event"), main).is_err());
    assert_eq!(document.answers().len(), 1);
    // A pair that the codebook forbids, and a relation that exists already.
    assert!(relations::relate(&document, id(41), &slug("made-by"), id(1), id(2)).is_err());
    assert!(relations::relate(&document, id(41), &slug("made-by"), id(2), id(1)).is_err());
    let document = did(&document, relations::unrelate(&document, id(40)));
    assert!(document.relations().is_empty());
}
