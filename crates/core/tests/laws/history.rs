//! Undo, redo, the journal, rebase and merge.

use super::cases::{self, id, slug};
use super::random_commands::{RandomCommand, perform, random_command, stamp};
use proptest::prelude::*;
use pullquote_core::edit::change::Edit;
use pullquote_core::edit::commands::marks::{CommandError, MarkEnd};
use pullquote_core::edit::commands::{marks, spans};
use pullquote_core::edit::diff::diff;
use pullquote_core::edit::history::{FollowError, History, LIMIT};
use pullquote_core::edit::journal_entry::{EntryKind, JournalEntry};
use pullquote_core::edit::rebase::rebase;
use pullquote_core::edit::recode_losses::RecodeLosses;
use pullquote_core::edit::step_name::{CodebookChange, StepName};
use pullquote_core::edit::transaction::Transaction;
use pullquote_core::model::document::Document;
use pullquote_core::model::error::ModelError;
use pullquote_core::model::id::Id;
use pullquote_core::model::relation::Relation;
use pullquote_core::model::timestamp::Timestamp;
use pullquote_core::text::offset::ByteOffset;
use pullquote_formats::records::journal_entry::{read_entry, write_entry};

use std::rc::Rc;

fn fresh(document: &Rc<Document>) -> History {
    History::new(document.clone(), 0, None)
}

/// The history after a step, which must succeed.
fn stepped(history: &History, step: &Transaction) -> History {
    let now = history.number() as i64 + 1;
    history.step(step, stamp(now)).unwrap().0
}

/// The history after undo, if there was something to undo.
fn undone(history: &History) -> Option<History> {
    let now = history.number() as i64 + 1;
    Some(history.undo(stamp(now)).unwrap()?.0)
}

/// The same entries after writing and reading them.
fn written_and_read(entries: &[Rc<JournalEntry>], document: &Document) -> Vec<Rc<JournalEntry>> {
    let article = document.article();
    let records = entries.iter().map(|entry| write_entry(entry, article));
    let read = records.map(|record| Rc::new(read_entry(&record, article).unwrap()));
    read.collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn undoing_everything_restores_the_document(
        text in cases::text(),
        commands in proptest::collection::vec(random_command(), 40),
    ) {
        let start = Rc::new(cases::document_of(&text));
        let mut history = fresh(&start);
        for (now, command) in (1..).zip(&commands) {
            history = perform(&history, command, now).0;
        }
        let end = history.document().clone();
        let mut steps = 0;
        while let Some(back) = undone(&history) {
            history = back;
            steps += 1;
        }
        prop_assert_eq!(history.document(), &start);
        for _ in 0..steps {
            let now = history.number() as i64 + 1;
            history = history.redo(stamp(now)).unwrap().expect("what was undone can be redone").0;
        }
        // Steps that a command had undone can still be redone: redo only the steps undone above.
        let redone = history.document().clone();
        prop_assert_eq!(&redone, &end);
    }

    /// The journal determines the history: reading it again, from any entry, gives the same
    /// document and the same undo list.
    #[test]
    fn the_journal_determines_the_history(
        text in cases::text(),
        commands in proptest::collection::vec(random_command(), 40),
        cut in any::<u8>(),
    ) {
        let start = Rc::new(cases::document_of(&text));
        let mut history = fresh(&start);
        let mut states = vec![start.clone()];
        let mut journal = Vec::new();
        for (now, command) in (1..).zip(&commands) {
            let (after, entry) = perform(&history, command, now);
            history = after;
            if let Some(entry) = entry {
                journal.push(entry);
                states.push(history.document().clone());
            }
        }
        let journal = written_and_read(&journal, &start);
        // Start from a snapshot in the middle and add the older entries later.
        let cut = usize::from(cut) % (journal.len() + 1);
        let latest = cut.checked_sub(1).map(|last| journal[last].head());
        let mut again = History::new(states[cut].clone(), cut as u64, latest);
        if cut > 0 {
            again = again.with_older(&journal[cut - 1..cut]);
        }
        for entry in &journal[cut..] {
            again = again.follow(entry).unwrap();
        }
        prop_assert_eq!(again.document(), history.document());
        let again = again.with_older(&journal);
        prop_assert_eq!(again.undo_name(), history.undo_name());
        prop_assert_eq!(again.redo_name(), history.redo_name());
        for (number, state) in (0..).zip(&states) {
            let there = again.state_at(number).unwrap();
            prop_assert_eq!(there.as_ref(), Some(state));
        }
        let mut back = again;
        while let Some(further) = undone(&back) {
            back = further;
        }
        prop_assert_eq!(back.document(), &start);
    }

    #[test]
    fn the_difference_of_two_states_turns_one_into_the_other(
        text in cases::text(),
        commands in proptest::collection::vec(random_command(), 30),
    ) {
        let start = Rc::new(cases::document_of(&text));
        let mut history = fresh(&start);
        let mut states = vec![start];
        for (now, command) in (1..).zip(&commands) {
            history = perform(&history, command, now).0;
            states.push(history.document().clone());
        }
        for from in states.iter().step_by(7) {
            let step = diff(from, history.document(), cases::named("back"));
            let (reached, _) = step.apply(from).unwrap();
            prop_assert_eq!(&reached, history.document());
        }
        let none = diff(history.document(), history.document(), cases::named(""));
        prop_assert!(none.edits.is_empty());
    }

    /// Two people (or tabs) continue from one state, and the second is rebased onto the first.
    /// No mark that either made is lost, and none that either deleted comes back.
    #[test]
    fn rebasing_loses_no_marks_of_either_person(
        text in cases::text(),
        before in proptest::collection::vec(random_command(), 12),
        mine in proptest::collection::vec(random_command(), 8),
        theirs in proptest::collection::vec(random_command(), 8),
    ) {
        let mut base = fresh(&Rc::new(cases::document_of(&text)));
        for (now, command) in (1..).zip(&before) {
            base = perform(&base, command, now).0;
        }
        let play = |commands: &[RandomCommand], from: i64| {
            let (mut history, mut made) = (base.clone(), Vec::new());
            for (now, command) in (from..).zip(commands) {
                let (after, entry) = perform(&history, command, now);
                history = after;
                made.extend(entry);
            }
            (history, made)
        };
        let (left, theirs_made) = play(&theirs, 1_000);
        let (right, entries) = play(&mine, 2_000);
        let (mut joined, mut gone) = (left.clone(), Vec::new());
        for entry in &entries {
            let rebased = rebase(entry, joined.document(), &mut gone);
            joined = stepped(&joined, &rebased.step);
        }
        let has = |history: &History, id: Id| history.document().annotation(id).is_some();
        let ids = [&base, &left, &right].into_iter().flat_map(|history| {
            history.document().annotations().iter().map(|mark| mark.id)
        });
        // If one of them changes the codebook, marks may be lost because their tag is missing.
        let is_of_book = |entry: &Rc<JournalEntry>| {
            entry.step.edits.iter().any(|edit| matches!(edit, Edit::PutCodebook(_)))
        };
        let books_agree = !theirs_made.iter().chain(&entries).any(is_of_book);
        let is_dropped = |id: Id| {
            let made = theirs_made.iter().chain(&entries);
            let mut edits = made.flat_map(|entry| &entry.step.edits);
            edits.any(|edit| matches!(edit, Edit::DropAnnotation(dropped) if *dropped == id))
        };
        for id in ids {
            let was = has(&base, id);
            let (in_left, in_right) = (has(&left, id), has(&right, id));
            if was && !(in_left && in_right) {
                prop_assert!(!has(&joined, id), "{id} came back");
            } else if books_agree && !is_dropped(id) {
                prop_assert!(has(&joined, id), "{id} is lost");
            }
        }
    }

    #[test]
    fn every_document_in_a_history_is_valid(
        text in cases::text(),
        commands in proptest::collection::vec(random_command(), 40),
    ) {
        let mut history = fresh(&Rc::new(cases::document_of(&text)));
        for (now, command) in (1..).zip(&commands) {
            history = perform(&history, command, now).0;
            let document = history.document();
            for mark in document.annotations() {
                prop_assert_eq!(document.check_annotation(mark), Ok(()));
            }
            for relation in document.relations() {
                prop_assert_eq!(document.check_relation(relation), Ok(()));
            }
            let in_order = document.annotations().windows(2).all(|pair| pair[0].order(&pair[1]).is_lt());
            prop_assert!(in_order);
        }
    }
}

fn two_marks() -> Document {
    let document = cases::document_of("Munir met 🙂 Abdollahian in Rawalpindi");
    let article = document.article();
    let tag_words = |document: &Document, number, words: &str, tag: &str| {
        let start = article.text().find(words).unwrap();
        let span = article.span(start..start + words.len()).unwrap();
        let step =
            marks::mark(document, id(number), &slug(tag), span.into(), Timestamp(1)).unwrap();
        cases::after(document, &step)
    };
    let document = tag_words(&document, 1, "Munir", "actor");
    tag_words(&document, 2, "met", "event")
}

fn two_marks_and_a_relation() -> Document {
    let relation = Relation {
        id: id(5),
        kind: slug("done-by"),
        from: id(2),
        to: id(1),
    };
    let edits = vec![Edit::PutRelation(Rc::new(relation))];
    let relate = Transaction::new(cases::named("relate"), edits);
    cases::after(&two_marks(), &relate)
}

#[test]
fn the_name_of_a_step_fits_its_edits() {
    let document = two_marks();
    let span = document.article().span(6..11).unwrap();
    let step = marks::mark(&document, id(9), &slug("place"), span.into(), Timestamp(1)).unwrap();
    let expected = StepName::Tag {
        quote: "Munir".to_owned(),
        tag: "Place".to_owned(),
    };
    assert_eq!(*step.name, expected);
    let step = marks::retag(&document, id(1), &slug("event"), Timestamp(2)).unwrap();
    let expected = StepName::Retag {
        quote: "Munir".to_owned(),
        from: "Actor".to_owned(),
        to: "Event".to_owned(),
        details: 0,
        relations: 0,
    };
    assert_eq!(*step.name, expected);
    assert_eq!(
        *marks::delete(&document, id(2)).unwrap().name,
        StepName::Delete {
            tag: "Event".to_owned(),
            quote: "met".to_owned(),
            relations: 0,
        }
    );
}

#[test]
fn a_refused_transaction_changes_nothing() {
    let document = two_marks();
    let before = document.clone();
    let step = Transaction::new(
        cases::named("two edits, the second wrong"),
        vec![Edit::DropAnnotation(id(1)), Edit::DropAnnotation(id(77))],
    );
    assert_eq!(step.apply(&document), Err(ModelError::NoAnnotation(id(77))));
    assert_eq!(document, before);
    let history = fresh(&Rc::new(document));
    assert!(history.step(&step, stamp(1)).is_err());
    assert_eq!(**history.document(), before);
    assert_eq!(history.undo_name(), None);
}

#[test]
fn the_same_words_cannot_get_the_same_tag_twice() {
    let document = two_marks();
    let span = document.article().span(6..11).unwrap();
    let again = marks::mark(&document, id(9), &slug("actor"), span.into(), Timestamp(2));
    assert_eq!(again, Err(CommandError::Already(id(1))));
}

#[test]
fn deleting_a_used_tag_is_one_step_with_its_losses() {
    let document = two_marks_and_a_relation();
    assert!(document.codebook().without_tag(&slug("actor")).is_err());
    let step = cases::delete_tag(&document, &slug("actor")).unwrap();
    assert_eq!(
        *step.name,
        StepName::Recode {
            change: CodebookChange::DeleteTag("Actor".to_owned()),
            losses: RecodeLosses {
                marks: 1,
                relations: 1,
                ..RecodeLosses::default()
            },
        }
    );
    let history = stepped(&fresh(&Rc::new(document.clone())), &step);
    assert_eq!(history.document().annotations().len(), 1);
    assert_eq!(history.document().codebook().tags().len(), 3);
    let back = undone(&history).unwrap();
    assert_eq!(**back.document(), document);
}

#[test]
fn a_mark_with_a_relation_cannot_be_dropped_alone() {
    let document = two_marks_and_a_relation();
    let alone = Transaction::new(cases::named("alone"), vec![Edit::DropAnnotation(id(1))]);
    assert_eq!(
        alone.apply(&document),
        Err(ModelError::InUse(id(1).to_string()))
    );
    let step = marks::delete(&document, id(1)).unwrap();
    let expected = StepName::Delete {
        tag: "Actor".to_owned(),
        quote: "Munir".to_owned(),
        relations: 1,
    };
    assert_eq!(*step.name, expected);
    assert!(cases::after(&document, &step).relations().is_empty());
}

#[test]
fn typing_one_note_is_one_step() {
    let mut history = fresh(&Rc::new(two_marks()));
    let before = history.document().clone();
    for note in ["a", "aé", "aé🙂"] {
        let step =
            marks::write_note(history.document(), id(1), note.to_owned(), Timestamp(3)).unwrap();
        history = stepped(&history, &step);
    }
    let back = undone(&history).unwrap();
    assert_eq!(back.document(), &before);
    assert_eq!(back.entries().last().unwrap().step.edits.len(), 1);
    let (again, _) = back.redo(stamp(9)).unwrap().unwrap();
    assert_eq!(again.document(), history.document());
    assert_eq!(undone(&again).unwrap().document(), &before);
    let step =
        marks::write_note(history.document(), id(1), "later".to_owned(), Timestamp(9)).unwrap();
    let later = stepped(&history.settled(), &step);
    let back = undone(&later).unwrap();
    assert_eq!(back.document().annotation(id(1)).unwrap().note, "aé🙂");
}

#[test]
fn an_entry_made_on_another_state_is_refused() {
    let start = Rc::new(two_marks());
    let rename = |title: &str| marks::rename(&start, title).unwrap();
    let (one, first) = fresh(&start).step(&rename("One"), stamp(1)).unwrap();
    let (_, second) = one.step(&rename("Two"), stamp(2)).unwrap();
    let (other, _) = fresh(&start).step(&rename("Other"), stamp(3)).unwrap();
    assert_eq!(
        other.follow(&first),
        Err(FollowError::Elsewhere { number: 1 })
    );
    assert_eq!(
        other.follow(&second),
        Err(FollowError::Elsewhere { number: 2 })
    );
    assert_eq!(
        one.follow(&second).unwrap().document().article().title,
        "Two"
    );
    assert_eq!(second.kind, EntryKind::Done);
}

/// Two people change one mark: each field keeps the value of the person who changed it.
#[test]
fn a_mark_changed_by_two_people_keeps_both_changes() {
    let base = fresh(&Rc::new(two_marks()));
    let note =
        marks::write_note(base.document(), id(1), "a note".to_owned(), Timestamp(5)).unwrap();
    let retag = marks::retag(base.document(), id(1), &slug("place"), Timestamp(4)).unwrap();
    let (_, mine) = base.step(&note, stamp(1)).unwrap();
    let theirs = stepped(&base, &retag);
    let rebased = rebase(&mine, theirs.document(), &mut Vec::new());
    assert_eq!(rebased.lost, 0);
    let joined = stepped(&theirs, &rebased.step);
    let mark = joined.document().annotation(id(1)).unwrap();
    assert_eq!((mark.tag.as_str(), mark.note.as_str()), ("place", "a note"));
    let gone = stepped(&base, &marks::delete(base.document(), id(1)).unwrap());
    let rebased = rebase(&mine, gone.document(), &mut Vec::new());
    assert_eq!((rebased.step.edits.len(), rebased.lost), (0, 1));
}

#[test]
fn the_ends_of_a_span_cannot_cross() {
    let document = two_marks();
    let moved = spans::move_end_of_span(
        &document,
        id(1),
        0,
        MarkEnd::End,
        ByteOffset(6),
        Timestamp(2),
    );
    assert_eq!(moved, Err(CommandError::Empty));
    let moved = spans::move_end_of_span(
        &document,
        id(1),
        0,
        MarkEnd::Start,
        ByteOffset(11),
        Timestamp(2),
    );
    assert_eq!(moved, Err(CommandError::Empty));
}

#[test]
fn a_bounded_history_accepts_older_entries_again() {
    let mut history = fresh(&Rc::new(two_marks()));
    let mut journal = Vec::new();
    for number in 0..2 * LIMIT + 10 {
        let step = marks::rename(history.document(), &format!("title {number}")).unwrap();
        let (after, entry) = history.step(&step, stamp(number as i64)).unwrap();
        history = after;
        journal.push(entry);
    }
    assert_eq!(history.entries().len(), LIMIT + 10);
    assert!(!history.wants_older());
    assert_eq!(history.state_at(3), Ok(None));
    let whole = history.with_older(&journal);
    assert_eq!(whole.entries().len(), 2 * LIMIT + 10);
    let state = whole.state_at(3).unwrap().unwrap();
    assert_eq!(state.article().title, "title 2");
    let mut steps = 0;
    while let Some(back) = undone(&history) {
        history = if back.wants_older() {
            back.with_older(&journal)
        } else {
            back
        };
        steps += 1;
    }
    assert_eq!(steps, 2 * LIMIT + 10);
}
