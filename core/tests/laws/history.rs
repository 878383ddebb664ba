//! Undo gives back the very document.

use super::cases::{self, id, slug};
use proptest::prelude::*;
use pullquote_core::edit::{self, CommandError, Edit, End, History, LIMIT, Transaction};
use pullquote_core::model::{Document, Entity, Id, ModelError, Moment, Relation, Spans, Value};
use pullquote_core::text::ByteOffset;
use std::rc::Rc;

/// One thing a user may do, with dice in place of choices.
#[derive(Clone, Debug)]
enum Deed {
    Mark(u16, u16, u8),
    Retag(u16, u8),
    Note(u16, u8),
    Flag(u16),
    Move(u16, bool, u16),
    Delete(u16),
    DeleteTag(u8),
    Relate(u16, u16, u8),
    Cast(u16, u8),
    Answer(u16, u8),
    Rename(u8),
    Coder(u8),
    Undo,
    Redo,
}

fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        6 => any::<(u16, u16, u8)>().prop_map(|(a, b, tag)| Deed::Mark(a, b, tag)),
        2 => any::<(u16, u8)>().prop_map(|(mark, tag)| Deed::Retag(mark, tag)),
        2 => any::<(u16, u8)>().prop_map(|(mark, note)| Deed::Note(mark, note)),
        1 => any::<u16>().prop_map(Deed::Flag),
        2 => any::<(u16, bool, u16)>().prop_map(|(mark, end, to)| Deed::Move(mark, end, to)),
        2 => any::<u16>().prop_map(Deed::Delete),
        1 => any::<u8>().prop_map(Deed::DeleteTag),
        2 => any::<(u16, u16, u8)>().prop_map(|(from, to, kind)| Deed::Relate(from, to, kind)),
        2 => any::<(u16, u8)>().prop_map(|(mark, name)| Deed::Cast(mark, name)),
        2 => any::<(u16, u8)>().prop_map(|(mark, word)| Deed::Answer(mark, word)),
        1 => any::<u8>().prop_map(Deed::Rename),
        1 => any::<u8>().prop_map(Deed::Coder),
        2 => Just(Deed::Undo),
        1 => Just(Deed::Redo),
    ]
}

fn pick(document: &Document, die: u16) -> Option<Id> {
    let marks = document.annotations();
    (!marks.is_empty()).then(|| marks[usize::from(die) % marks.len()].id)
}

/// The transaction of a deed; a deed may be refused.
fn step(document: &Document, deed: &Deed, now: i64) -> Result<Transaction, CommandError> {
    let now = Moment(now);
    let tags = document.codebook().tags();
    let tag = |die: u8| {
        tags.get(usize::from(die) % tags.len().max(1))
            .map(|tag| tag.id.clone())
    };
    let mark = |die: u16| pick(document, die).ok_or(CommandError::Nothing);
    let one = |edit| Ok(Transaction::new("a step".to_owned(), vec![edit]));
    match *deed {
        Deed::Mark(a, b, die) => {
            let tag = tag(die).ok_or(CommandError::Nothing)?;
            let spans = Spans::from(cases::span_at(document, a, b));
            edit::mark(document, id(now.0 as u64), &tag, spans, now)
        }
        Deed::Retag(die, tag_die) => {
            let tag = tag(tag_die).ok_or(CommandError::Nothing)?;
            edit::retag(document, mark(die)?, &tag, now)
        }
        Deed::Note(die, note) => {
            edit::write_note(document, mark(die)?, format!("note {note}"), now)
        }
        Deed::Flag(die) => edit::flag(document, mark(die)?, now),
        Deed::Move(die, at_end, to) => {
            let end = if at_end { End::End } else { End::Start };
            let to: ByteOffset = cases::span_at(document, to, to).start();
            edit::move_end(document, mark(die)?, end, to, now)
        }
        Deed::Delete(die) => edit::delete(document, mark(die)?),
        Deed::DeleteTag(die) if die < 40 => {
            edit::delete_tag(document, &tag(die).ok_or(CommandError::Nothing)?)
        }
        Deed::DeleteTag(_) => Err(CommandError::Nothing),
        Deed::Relate(from, to, die) => {
            let kinds = document.codebook().relations();
            let kind = kinds.get(usize::from(die) % kinds.len().max(1));
            one(Edit::PutRelation(Rc::new(Relation {
                id: id(now.0 as u64),
                kind: kind.ok_or(CommandError::Nothing)?.id.clone(),
                from: mark(from)?,
                to: mark(to)?,
            })))
        }
        Deed::Cast(die, name) => {
            let mention = document.annotation(mark(die)?).unwrap();
            let mut changed = (**mention).clone();
            changed.entity = Some(id(now.0 as u64));
            let entity = Entity {
                id: id(now.0 as u64),
                tag: mention.tag.clone(),
                name: format!("name {name}"),
                aliases: Vec::new(),
                reference: String::new(),
            };
            let edits = vec![
                Edit::PutEntity(Rc::new(entity)),
                Edit::PutAnnotation(Rc::new(changed)),
            ];
            Ok(Transaction::new("cast".to_owned(), edits))
        }
        Deed::Answer(die, word) => {
            let mut changed = (**document.annotation(mark(die)?).unwrap()).clone();
            let words = ["person", "speaker", "nonsense"];
            let value = Value::One(words[usize::from(word) % 3].into());
            changed.values.insert(slug("kind"), value);
            one(Edit::PutAnnotation(Rc::new(changed)))
        }
        Deed::Rename(title) => edit::rename(document, &format!("title {title}")),
        Deed::Coder(name) => one(Edit::PutCoder(format!("coder {name}"))),
        Deed::Undo | Deed::Redo => Err(CommandError::Nothing),
    }
}

fn act(history: &History, deed: &Deed, now: i64) -> History {
    let moved = match deed {
        Deed::Undo => history.undo().unwrap().map(|(history, _)| history),
        Deed::Redo => history.redo().unwrap().map(|(history, _)| history),
        _ => step(history.document(), deed, now)
            .ok()
            .and_then(|step| history.apply(&step).ok()),
    };
    moved.unwrap_or_else(|| history.clone())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn undoing_everything_restores_the_very_document(
        text in cases::text(),
        deeds in proptest::collection::vec(deed(), 40),
    ) {
        let start = Rc::new(cases::document_of(&text));
        let mut history = History::new(start.clone());
        for (now, deed) in (1..).zip(&deeds) {
            history = act(&history, deed, now);
        }
        let end = history.document().clone();
        let mut steps = 0;
        while let Some((back, _)) = history.undo().unwrap() {
            history = back;
            steps += 1;
        }
        prop_assert_eq!(history.document(), &start);
        for _ in 0..steps {
            history = history.redo().unwrap().expect("what was undone can be redone").0;
        }
        // Steps that had been undone by a deed come after: take only those done.
        let redone = history.document().clone();
        prop_assert_eq!(&redone, &end);
    }

    #[test]
    fn every_document_on_the_way_is_whole(
        text in cases::text(),
        deeds in proptest::collection::vec(deed(), 40),
    ) {
        let mut history = History::new(Rc::new(cases::document_of(&text)));
        for (now, deed) in (1..).zip(&deeds) {
            history = act(&history, deed, now);
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
        let step = edit::mark(document, id(number), &slug(tag), span.into(), Moment(1)).unwrap();
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
    let relate = Transaction::new("relate".to_owned(), edits);
    cases::after(&two_marks(), &relate)
}

#[test]
fn a_step_is_named_in_the_words_of_the_user() {
    let document = two_marks();
    let span = document.article().span(6..11).unwrap();
    let step = edit::mark(&document, id(9), &slug("place"), span.into(), Moment(1)).unwrap();
    assert_eq!(step.name, "tag ‘Munir’ as Place");
    let step = edit::retag(&document, id(1), &slug("event"), Moment(2)).unwrap();
    assert_eq!(step.name, "change ‘Munir’ from Actor to Event");
    assert_eq!(
        edit::delete(&document, id(2)).unwrap().name,
        "delete Event ‘met’"
    );
}

#[test]
fn a_refused_transaction_changes_nothing() {
    let document = two_marks();
    let before = document.clone();
    let step = Transaction::new(
        "two edits, the second wrong".to_owned(),
        vec![Edit::DropAnnotation(id(1)), Edit::DropAnnotation(id(77))],
    );
    assert_eq!(step.apply(&document), Err(ModelError::NoAnnotation(id(77))));
    assert_eq!(document, before);
    let history = History::new(Rc::new(document));
    assert!(history.apply(&step).is_err());
    assert_eq!(**history.document(), before);
    assert_eq!(history.undo_name(), None);
}

#[test]
fn the_same_words_are_not_tagged_the_same_twice() {
    let document = two_marks();
    let span = document.article().span(6..11).unwrap();
    let again = edit::mark(&document, id(9), &slug("actor"), span.into(), Moment(2));
    assert_eq!(again, Err(CommandError::Already(id(1))));
}

#[test]
fn a_tag_in_use_goes_in_one_step_that_says_what_goes_with_it() {
    let document = two_marks_and_a_relation();
    assert!(document.codebook().without_tag(&slug("actor")).is_err());
    let step = edit::delete_tag(&document, &slug("actor")).unwrap();
    assert_eq!(
        step.name,
        "delete the tag Actor (1 mark and 1 relation go with it)"
    );
    let history = History::new(Rc::new(document.clone()))
        .apply(&step)
        .unwrap();
    assert_eq!(history.document().annotations().len(), 1);
    assert_eq!(history.document().codebook().tags().len(), 3);
    let (back, _) = history.undo().unwrap().unwrap();
    assert_eq!(**back.document(), document);
}

#[test]
fn a_mark_that_a_relation_needs_is_not_dropped_alone() {
    let document = two_marks_and_a_relation();
    let alone = Transaction::new("alone".to_owned(), vec![Edit::DropAnnotation(id(1))]);
    assert_eq!(
        alone.apply(&document),
        Err(ModelError::InUse(id(1).to_string()))
    );
    let step = edit::delete(&document, id(1)).unwrap();
    assert_eq!(step.name, "delete Actor ‘Munir’ (1 relation goes with it)");
    assert!(cases::after(&document, &step).relations().is_empty());
}

#[test]
fn the_keys_of_one_note_are_one_step() {
    let mut history = History::new(Rc::new(two_marks()));
    let before = history.document().clone();
    for note in ["a", "aé", "aé🙂"] {
        let step = edit::write_note(history.document(), id(1), note.to_owned(), Moment(3)).unwrap();
        history = history.apply(&step).unwrap();
    }
    let (back, _) = history.undo().unwrap().unwrap();
    assert_eq!(back.document(), &before);
    let step = edit::write_note(history.document(), id(1), "later".to_owned(), Moment(9)).unwrap();
    let later = history.settled().apply(&step).unwrap();
    let (back, _) = later.undo().unwrap().unwrap();
    assert_eq!(back.document().annotation(id(1)).unwrap().note, "aé🙂");
}

#[test]
fn an_end_cannot_pass_the_other() {
    let document = two_marks();
    let moved = edit::move_end(&document, id(1), End::End, ByteOffset(6), Moment(2));
    assert_eq!(moved, Err(CommandError::Empty));
    let moved = edit::move_end(&document, id(1), End::Start, ByteOffset(11), Moment(2));
    assert_eq!(moved, Err(CommandError::Empty));
}

#[test]
fn the_history_is_bounded_and_drops_the_oldest() {
    let mut history = History::new(Rc::new(two_marks()));
    for number in 0..LIMIT + 10 {
        let step = edit::rename(history.document(), &format!("title {number}")).unwrap();
        history = history.apply(&step).unwrap();
    }
    let mut steps = 0;
    while let Some((back, _)) = history.undo().unwrap() {
        history = back;
        steps += 1;
    }
    assert_eq!(steps, LIMIT);
    assert_eq!(history.document().article().title, "title 9");
}
