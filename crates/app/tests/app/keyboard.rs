//! An article is marked by the keys alone, and the focus never gets lost.

use crate::world::{World, open};
use proptest::prelude::*;
use pullquote_app::action::Action;
use pullquote_app::editor::action::{HistoryAction, MarkAction, SelectionAction};
use pullquote_app::editor::state::Selection;
use pullquote_app::editor::word_move::WordMove;
use pullquote_app::messages::step_names::step_name;
use pullquote_app::notice::NoticeKind;
use pullquote_app::saving::action::SavingAction;
use pullquote_app::saving::state::SavedState;
use pullquote_core::model::article::Source;
use pullquote_core::model::id::Id;
use pullquote_core::text::offset::Utf16Offset;
use pullquote_core::text::snapping::MoveDirection;
use std::collections::VecDeque;

fn words(world: &World) -> String {
    let text = world.document().article().text().to_owned();
    match world.state.editor.as_ref().unwrap().selection {
        Selection::Words(span) => span.slice(&text).unwrap().to_owned(),
        _ => String::new(),
    }
}

fn goes_on(world: &mut World) -> String {
    world.does(Action::Selection(SelectionAction::WordsMoved(
        WordMove::Word(MoveDirection::Forward),
    )));
    words(world)
}

fn selects(world: &mut World, action: SelectionAction) -> String {
    world.does(Action::Selection(action));
    words(world)
}

fn begun() -> World {
    let mut world = open();
    let first = SelectionAction::WordsStarted(Utf16Offset(0));
    assert_eq!(selects(&mut world, first), "Talks");
    world
}

#[test]
fn letters_lead_to_the_next_word_that_begins_with_them() {
    let mut world = begun();
    let letter = |letter| SelectionAction::LetterTyped(letter);
    assert_eq!(selects(&mut world, letter('M')), "Munir");
    assert_eq!(selects(&mut world, letter('E')), "met");
    assert_eq!(
        selects(&mut world, SelectionAction::LetterTakenBack),
        "Munir"
    );
    // The same letter alone, and the key for the next, go on.
    assert_eq!(selects(&mut world, letter('M')), "met");
    assert_eq!(
        selects(&mut world, SelectionAction::LettersRepeated),
        "minister"
    );
    assert_eq!(
        selects(&mut world, SelectionAction::LettersRepeated),
        "Munir"
    );
    assert_eq!(&*world.state.announcement, "Munir, from the top");
    // Nothing begins so: the selection stays.
    assert_eq!(selects(&mut world, letter('Q')), "Munir");
    assert_eq!(&*world.state.announcement, "No word begins with “MQ”");
    // Another move begins anew; the first word of the text is found too.
    assert_eq!(goes_on(&mut world), "met");
    assert_eq!(selects(&mut world, letter('T')), "the");
    assert_eq!(selects(&mut world, letter('A')), "talk");
    assert_eq!(
        selects(&mut world, SelectionAction::LettersRepeated),
        "Talks"
    );
}

#[test]
fn letters_tag_nothing_while_a_tag_is_armed() {
    let mut world = open();
    world.does(Action::Mark(MarkAction::TagArmed(Some(
        "actor".parse().unwrap(),
    ))));
    let first = SelectionAction::WordsStarted(Utf16Offset(0));
    selects(&mut world, first);
    assert_eq!(
        selects(&mut world, SelectionAction::LetterTyped('M')),
        "Munir"
    );
    // The browser reports the word that the program selected.
    let text = world.document().article().text().to_owned();
    let at = |byte: usize| Utf16Offset(text[..byte].encode_utf16().count() as u32);
    let start = text.find("Munir").unwrap();
    world.does(Action::Selection(SelectionAction::TextSelected {
        range: at(start)..at(start + "Munir".len()),
        exact: false,
        more: false,
    }));
    assert!(world.marks().is_empty());
}

#[test]
fn a_selection_grows_and_shrinks_by_clauses() {
    let mut world = begun();
    let reach = |direction| SelectionAction::WordsMoved(WordMove::ReachClause(direction));
    let block = SelectionAction::WordsMoved(WordMove::Block(MoveDirection::Forward));
    assert_eq!(selects(&mut world, block), "General");
    let mut clauses = vec![words(&world)];
    for _ in 0..8 {
        clauses.push(selects(&mut world, reach(MoveDirection::Forward)));
    }
    let whole = clauses.last().unwrap().clone();
    assert!(whole.starts_with("General Munir met"), "{whole}");
    assert!(clauses.windows(2).all(|pair| pair[1].starts_with(&pair[0])));
    for _ in 0..8 {
        let shorter = selects(&mut world, reach(MoveDirection::Back));
        assert!(whole.starts_with(&shorter), "{shorter}");
    }
    assert_eq!(words(&world), "General");
    // An exact selection that ends behind the last word of the text.
    let length = world.document().article().text().encode_utf16().count() as u32;
    world.does(Action::Selection(SelectionAction::TextSelected {
        range: Utf16Offset(0)..Utf16Offset(length),
        exact: true,
        more: false,
    }));
    selects(&mut world, reach(MoveDirection::Back));
    assert!(words(&world).starts_with("Talks"));
}

#[test]
fn the_next_incomplete_mark_is_chosen_in_order_of_the_text() {
    let mut world = begun();
    world.tag("commitment");
    selects(&mut world, SelectionAction::LetterTyped('M'));
    world.tag("commitment");
    world.does(Action::Selection(SelectionAction::Cleared));
    let chosen = |world: &mut World| {
        world.does(Action::Selection(SelectionAction::IncompleteRequested));
        world
            .state
            .editor
            .as_ref()
            .unwrap()
            .chosen()
            .map(|mark| mark.id)
    };
    let (first, second) = (chosen(&mut world), chosen(&mut world));
    assert!(first.is_some() && second.is_some() && first != second);
    assert_eq!(chosen(&mut world), first, "after the last comes the first");
}

#[test]
fn the_source_of_an_article_is_described_undone_and_kept() {
    let mut world = open();
    let source = Source {
        outlet: "Harbour Courier 🙂".to_owned(),
        url: "https://news.example/a".to_owned(),
        ..Source::default()
    };
    let described = Action::History(HistoryAction::SourceDescribed(source.clone()));
    world.does(described.clone());
    assert_eq!(world.document().article().source, source);
    let undo = world.state.editor.as_ref().unwrap().history.undo_name();
    assert_eq!(undo.map(step_name).as_deref(), Some("describe the source"));
    let steps = |world: &World| world.state.editor.as_ref().unwrap().history.number();
    let before = steps(&world);
    world.does(described);
    assert_eq!(steps(&world), before, "the same source is no step");
    let mut world = world.reopened();
    assert_eq!(world.document().article().source, source);
    world.does(Action::History(HistoryAction::Undo));
    assert_eq!(world.document().article().source, Source::default());
}

#[test]
fn undo_of_a_mark_selects_its_words_again() {
    let mut world = begun();
    world.tag("event");
    world.does(Action::History(HistoryAction::Undo));
    assert_eq!(words(&world), "Talks");
    assert_eq!(goes_on(&mut world), "🤝");
}

#[test]
fn the_arrows_go_on_from_the_mark_that_was_made() {
    let mut world = open();
    world.does(Action::Selection(SelectionAction::WordsStarted(
        Utf16Offset(0),
    )));
    assert_eq!(words(&world), "Talks");
    world.tag("event");
    assert_eq!(goes_on(&mut world), "🤝");
    assert_eq!(goes_on(&mut world), "at");
    assert_eq!(goes_on(&mut world), "noon");
    world.tag("event");
    world.does(Action::Selection(SelectionAction::WordsMoved(
        WordMove::Block(MoveDirection::Forward),
    )));
    assert_eq!(words(&world), "General");
    // A mark reaches as far as its end: what comes after it is next.
    world.does(Action::Selection(SelectionAction::WordsMoved(
        WordMove::Reach(MoveDirection::Forward),
    )));
    assert_eq!(words(&world), "General Munir");
    world.tag("actor");
    assert_eq!(goes_on(&mut world), "met");
    world.does(Action::Selection(SelectionAction::WordsMoved(
        WordMove::Word(MoveDirection::Back),
    )));
    assert_eq!(words(&world), "Munir");
    assert_eq!(world.marks().len(), 3);
}

#[test]
fn escape_leaves_the_card_and_keeps_the_place() {
    let mut world = open();
    let by_keys = |world: &World| world.state.editor.as_ref().unwrap().by_keys;
    world.does(Action::Selection(SelectionAction::WordsStarted(
        Utf16Offset(0),
    )));
    world.does(Action::Selection(SelectionAction::WordsMoved(
        WordMove::Block(MoveDirection::Forward),
    )));
    world.tag("actor");
    world.does(Action::Selection(SelectionAction::Escaped));
    assert_eq!(
        world.state.editor.as_ref().unwrap().selection,
        Selection::Nothing
    );
    assert!(by_keys(&world));
    assert_eq!(goes_on(&mut world), "Munir");
    // Words that were not tagged are left where they are, too.
    world.does(Action::Selection(SelectionAction::Escaped));
    assert_eq!(goes_on(&mut world), "met");
    world.does(Action::Selection(SelectionAction::Escaped));
    world.does(Action::Selection(SelectionAction::Escaped));
    assert!(!by_keys(&world));
    let place = world.state.editor.as_ref().unwrap().cursor.unwrap();
    let article = world.document().article().clone();
    assert_eq!(place.slice(article.text()), Some("met"));
    // A mark that is deleted leaves its place.
    world.does(Action::Selection(SelectionAction::WordsStarted(
        article.offsets().utf16(place.start()).unwrap(),
    )));
    world.tag("event");
    let met = world.chosen();
    world.does(Action::Mark(MarkAction::Deleted(met)));
    assert_eq!(goes_on(&mut world), "the");
}

#[test]
fn after_a_mark_is_deleted_the_focus_goes_to_the_next() {
    let mut world = open();
    let mut ids = Vec::new();
    for (word, tag) in [
        ("Munir", "actor"),
        ("minister", "actor"),
        ("Rawalpindi", "place"),
    ] {
        world.sweep(word, false);
        world.tag(tag);
        ids.push(world.chosen());
    }
    world.does(Action::Mark(MarkAction::Deleted(ids[1])));
    world.does(Action::Mark(MarkAction::Deleted(ids[2])));
    world.does(Action::Mark(MarkAction::Deleted(ids[0])));
    assert_eq!(world.focused, [Some(ids[2]), Some(ids[0]), None]);
}

/// Two tabs with the cursor in the note of one mark.
fn two_at_a_note() -> ([World; 2], Id) {
    let mut here = open();
    here.sweep("Munir", false);
    here.tag("actor");
    let mark = here.chosen();
    here.told.clear();
    let mut there = here.other_tab(2);
    there.does(Action::Selection(SelectionAction::MarkChosen {
        id: mark,
        goes_there: false,
    }));
    here.does(Action::Mark(MarkAction::NoteFocused(mark)));
    there.does(Action::Mark(MarkAction::NoteFocused(mark)));
    ([here, there], mark)
}

/// What waits behind another tab is handed over again as a whole, once: not once for each step
/// that was refused, which would never end while the other tab goes on.
#[test]
fn what_waits_behind_another_tab_is_handed_over_once() {
    let ([mut here, mut there], mark) = two_at_a_note();
    for letters in 1..=40 {
        there.act(Action::Mark(MarkAction::NoteWritten {
            id: mark,
            note: "é".repeat(letters),
        }));
        there.carry_out_all();
    }
    here.does(Action::Mark(MarkAction::FlagToggled(mark)));
    let mut batches = 0;
    while there.write_one() {
        batches += 1;
        there.carry_out_all();
        assert!(batches < 100, "the steps are handed over again and again");
    }
    // Each step was refused once, and then all were taken.
    assert_eq!(batches, 41);
    assert_eq!(there.state.saved_state(), SavedState::Saved);
    let after = there.reopened();
    let annotation = after.document().annotation(mark).unwrap().clone();
    assert_eq!(
        (annotation.note.as_str(), annotation.flagged),
        ("é".repeat(40).as_str(), true)
    );
}

/// Two tabs write one note at once: the later stands, as a whole, and the other is offered.
#[test]
fn a_note_that_two_tabs_write_is_never_mixed() {
    let ([mut here, mut there], mark) = two_at_a_note();
    let box_of = |world: &World| {
        let editor = world.state.editor.clone().unwrap();
        let annotation = editor.document().annotation(mark).unwrap().clone();
        editor.note_of(&annotation).to_owned()
    };
    let hears = |to: &mut World, from: &mut World| {
        for id in std::mem::take(&mut from.told) {
            to.does(Action::Saving(SavingAction::OtherTabChanged(id)));
        }
    };
    // Each types letter by letter at the end of what its box shows.
    for (a, b) in "fear 🙂".chars().zip("hope e\u{301}".chars()) {
        let note = box_of(&here) + &a.to_string();
        here.does(Action::Mark(MarkAction::NoteWritten { id: mark, note }));
        hears(&mut there, &mut here);
        let note = box_of(&there) + &b.to_string();
        there.does(Action::Mark(MarkAction::NoteWritten { id: mark, note }));
        hears(&mut here, &mut there);
    }
    assert_eq!(
        (box_of(&here), box_of(&there)),
        ("fear 🙂".to_owned(), "hope e".to_owned())
    );
    let note = |world: &World| world.document().annotation(mark).unwrap().note.clone();
    assert_eq!(
        (note(&here), note(&there)),
        ("hope e".to_owned(), "hope e".to_owned())
    );
    let told = here.alarms();
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(
        told[0].contains("“hope e”") && told[0].contains("“fear 🙂”"),
        "{told:?}"
    );
    let notice = here
        .state
        .notices
        .iter()
        .find(|notice| notice.kind == NoticeKind::Alarm)
        .unwrap()
        .clone();
    here.does(notice.offers[1].action());
    hears(&mut there, &mut here);
    assert_eq!(
        (note(&here), note(&there)),
        ("fear 🙂".to_owned(), "fear 🙂".to_owned())
    );
    // A window that has the focus again shows what was being typed in it.
    there.does(Action::Mark(MarkAction::NoteWritten {
        id: mark,
        note: "hopes".to_owned(),
    }));
    here.does(Action::Mark(MarkAction::NoteWritten {
        id: mark,
        note: "fears".to_owned(),
    }));
    there.does(Action::Mark(MarkAction::NoteFocused(mark)));
    assert_eq!(box_of(&there), "hopes");
    hears(&mut here, &mut there);
    hears(&mut there, &mut here);
    here.does(Action::Mark(MarkAction::NoteWritten {
        id: mark,
        note: "fear 🙂".to_owned(),
    }));
    hears(&mut there, &mut here);
    // Once the box is left, it shows what is kept.
    there.does(Action::Mark(MarkAction::EditingFinished));
    assert_eq!(box_of(&there), "fear 🙂");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    /// However typing, writing and hearing of each other fall: both tabs and the storage come
    /// to one note, that of the tab where a letter was typed last; the other tab offers its own.
    #[test]
    fn two_tabs_that_write_one_note_come_to_the_later(
        turns in proptest::collection::vec((0_usize..2, 0_u8..6), 1..120),
    ) {
        let ([mut here, mut there], mark) = two_at_a_note();
        here.slow_reads = Some(VecDeque::new());
        there.slow_reads = Some(VecDeque::new());
        let mut tabs = [here, there];
        let mut texts = [String::new(), String::new()];
        let mut last = None;
        for (number, what) in turns {
            let now = tabs[0].clock.max(tabs[1].clock);
            let (one, other) = match number {
                0 => (0, 1),
                _ => (1, 0),
            };
            tabs[one].clock = now;
            match what {
                0 | 1 => {
                    texts[one].push(if one == 0 { 'a' } else { 'b' });
                    tabs[one].act(Action::Mark(MarkAction::NoteWritten { id: mark, note: texts[one].clone() }));
                    tabs[one].carry_out_all();
                    last = Some(one);
                }
                2 => {
                    tabs[one].write_one();
                    tabs[one].carry_out_all();
                }
                3 => {
                    tabs[one].read_one();
                }
                4 => {
                    tabs[one].answer_one();
                }
                _ => {
                    for id in std::mem::take(&mut tabs[other].told) {
                        tabs[one].act(Action::Saving(SavingAction::OtherTabChanged(id)));
                        tabs[one].carry_out_all();
                    }
                }
            }
        }
        // Until all is quiet.
        for _ in 0..100 {
            for one in 0..2 {
                tabs[one].settle();
                while tabs[one].answer_one() || tabs[one].read_one() {
                    tabs[one].settle();
                }
                for id in std::mem::take(&mut tabs[one].told) {
                    tabs[1 - one].does(Action::Saving(SavingAction::OtherTabChanged(id)));
                }
            }
        }
        let Some(last) = last else { return Ok(()) };
        let note = |tab: &World| tab.document().annotation(mark).unwrap().note.clone();
        for tab in &tabs {
            prop_assert_eq!(tab.state.saved_state(), SavedState::Saved);
        }
        prop_assert_eq!(note(&tabs[0]), note(&tabs[1]));
        prop_assert_eq!(&note(&tabs[0]), &texts[last]);
        let other = 1 - last;
        if !texts[other].is_empty() {
            let told = tabs[other].alarms();
            prop_assert_eq!(told.len(), 1, "{:?}", told);
            prop_assert!(told[0].contains(&format!("There: “{}”", texts[last])), "{:?}", told);
        }
        let again = tabs.into_iter().next().unwrap().reopened();
        prop_assert_eq!(note(&again), texts[last].clone());
    }
}
