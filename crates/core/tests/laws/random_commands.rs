//! Random commands: what a user can do, with random numbers for the choices.

use super::cases::{self, id, slug};
use proptest::prelude::*;
use pullquote_core::edit::change::Edit;
use pullquote_core::edit::commands::marks::{CommandError, MarkEnd};
use pullquote_core::edit::commands::recoding::Recoding;
use pullquote_core::edit::commands::{bulk, entities, marks, recode, relations, spans};
use pullquote_core::edit::history::History;
use pullquote_core::edit::journal_entry::{EntryStamp, JournalEntry};
use pullquote_core::edit::step_name::CodebookChange;
use pullquote_core::edit::transaction::Transaction;
use pullquote_core::model::annotation::Spans;
use pullquote_core::model::document::Document;
use pullquote_core::model::id::Id;
use pullquote_core::model::timestamp::Timestamp;
use pullquote_core::model::value::Value;
use pullquote_core::text::offset::ByteOffset;
use std::rc::Rc;

/// A command; its numbers choose among what exists.
#[derive(Clone, Debug)]
pub(crate) enum RandomCommand {
    Mark(u16, u16, u8),
    Retag(u16, u8),
    Note(u16, u8),
    Flag(u16),
    Move(u16, bool, u16),
    Delete(u16),
    DeleteTag(u8),
    Relate(u16, u16, u8),
    Unrelate(u8),
    Part(u16),
    CallMember(u16),
    Piece(u16, u16, u16),
    DropPiece(u16, u8),
    Edge(u16, u8, u16),
    MarkAs(u16, u16, u16),
    RetagAll(u8, u8),
    DeleteAll(u8),
    MergeTags(u8, u8),
    Cast(u16, u8),
    Answer(u16, u8),
    Rename(u8),
    Coder(u8),
    Undo,
    Redo,
}

pub(crate) fn random_command() -> impl Strategy<Value = RandomCommand> {
    prop_oneof![
        6 => any::<(u16, u16, u8)>().prop_map(|(a, b, tag)| RandomCommand::Mark(a, b, tag)),
        2 => any::<(u16, u8)>().prop_map(|(mark, tag)| RandomCommand::Retag(mark, tag)),
        2 => any::<(u16, u8)>().prop_map(|(mark, note)| RandomCommand::Note(mark, note)),
        1 => any::<u16>().prop_map(RandomCommand::Flag),
        2 => any::<(u16, bool, u16)>().prop_map(|(mark, end, to)| RandomCommand::Move(mark, end, to)),
        2 => any::<u16>().prop_map(RandomCommand::Delete),
        1 => any::<u8>().prop_map(RandomCommand::DeleteTag),
        2 => any::<(u16, u16, u8)>().prop_map(|(from, to, kind)| RandomCommand::Relate(from, to, kind)),
        2 => any::<(u16, u8)>().prop_map(|(mark, name)| RandomCommand::Cast(mark, name)),
        2 => any::<(u16, u8)>().prop_map(|(mark, word)| RandomCommand::Answer(mark, word)),
        1 => any::<u8>().prop_map(RandomCommand::Unrelate),
        1 => any::<u16>().prop_map(RandomCommand::Part),
        1 => any::<u16>().prop_map(RandomCommand::CallMember),
        2 => any::<(u16, u16, u16)>().prop_map(|(mark, a, b)| RandomCommand::Piece(mark, a, b)),
        1 => any::<(u16, u8)>().prop_map(|(mark, index)| RandomCommand::DropPiece(mark, index)),
        1 => any::<(u16, u8, u16)>().prop_map(|(mark, index, to)| RandomCommand::Edge(mark, index, to)),
        1 => any::<(u16, u16, u16)>().prop_map(|(mark, a, b)| RandomCommand::MarkAs(mark, a, b)),
        1 => any::<(u8, u8)>().prop_map(|(tag, most)| RandomCommand::RetagAll(tag, most)),
        1 => any::<u8>().prop_map(RandomCommand::DeleteAll),
        1 => any::<(u8, u8)>().prop_map(|(from, to)| RandomCommand::MergeTags(from, to)),
        1 => any::<u8>().prop_map(RandomCommand::Rename),
        1 => any::<u8>().prop_map(RandomCommand::Coder),
        2 => Just(RandomCommand::Undo),
        1 => Just(RandomCommand::Redo),
    ]
}

fn pick(document: &Document, die: u16) -> Option<Id> {
    let marks = document.annotations();
    (!marks.is_empty()).then(|| marks[usize::from(die) % marks.len()].id)
}

/// The transaction of a command. A command may be refused.
pub(crate) fn transaction_of(
    document: &Document,
    command: &RandomCommand,
    now: i64,
) -> Result<Transaction, CommandError> {
    let now = Timestamp(now);
    let tags = document.codebook().tags();
    let tag = |die: u8| {
        tags.get(usize::from(die) % tags.len().max(1))
            .map(|tag| tag.id.clone())
    };
    let mark = |die: u16| pick(document, die).ok_or(CommandError::Nothing);
    let one = |edit| Ok(Transaction::new(cases::named("a step"), vec![edit]));
    match *command {
        RandomCommand::Mark(a, b, die) => {
            let tag = tag(die).ok_or(CommandError::Nothing)?;
            let spans = Spans::from(cases::span_at(document, a, b));
            marks::mark(document, id(now.0 as u64), &tag, spans, now)
        }
        RandomCommand::Retag(die, tag_die) => {
            let tag = tag(tag_die).ok_or(CommandError::Nothing)?;
            marks::retag(document, mark(die)?, &tag, now)
        }
        RandomCommand::Note(die, note) => {
            marks::write_note(document, mark(die)?, format!("note {note}"), now)
        }
        RandomCommand::Flag(die) => marks::flag(document, mark(die)?, now),
        RandomCommand::Move(die, at_end, to) => {
            let end = if at_end { MarkEnd::End } else { MarkEnd::Start };
            let to: ByteOffset = cases::span_at(document, to, to).start();
            spans::move_end_of_span(document, mark(die)?, 0, end, to, now)
        }
        RandomCommand::Delete(die) => marks::delete(document, mark(die)?),
        RandomCommand::DeleteTag(die) if die < 40 => {
            cases::delete_tag(document, &tag(die).ok_or(CommandError::Nothing)?)
        }
        RandomCommand::DeleteTag(_) => Err(CommandError::Nothing),
        RandomCommand::Relate(from, to, die) => {
            let kinds = document.codebook().relations();
            let kind = kinds.get(usize::from(die) % kinds.len().max(1));
            let kind = &kind.ok_or(CommandError::Nothing)?.id;
            relations::relate(document, id(now.0 as u64), kind, mark(from)?, mark(to)?)
        }
        RandomCommand::Unrelate(die) => {
            let relations = document.relations();
            let relation = relations.get(usize::from(die) % relations.len().max(1));
            relations::unrelate(document, relation.ok_or(CommandError::Nothing)?.id)
        }
        RandomCommand::Cast(die, name) => {
            let first = document.annotation(mark(die)?).unwrap();
            let all = document
                .annotations()
                .iter()
                .filter(|mark| mark.tag == first.tag);
            let all: Vec<Id> = all
                .take(usize::from(name) % 4)
                .map(|mark| mark.id)
                .collect();
            let member = first.entity.filter(|_| name > 100);
            let name = format!("name {name}");
            entities::assign_entity(document, member, id(now.0 as u64), &name, &all, now)
        }
        RandomCommand::Part(die) => entities::detach_from_entity(document, &[mark(die)?], now),
        RandomCommand::CallMember(die) => {
            let entity = document.annotation(mark(die)?).and_then(|mark| mark.entity);
            entities::rename_entity(
                document,
                entity.ok_or(CommandError::Nothing)?,
                &format!("name {die}"),
            )
        }
        RandomCommand::Answer(die, word) => {
            let words = ["person", "speaker", "nonsense", "firm"];
            let value = Value::One(words[usize::from(word) % 4].into());
            let asked = slug(["kind", "strength"][usize::from(word) % 2]);
            relations::answer(
                document,
                mark(die)?,
                &asked,
                Some(value).filter(|_| word < 200),
                now,
            )
        }
        RandomCommand::Piece(die, a, b) => {
            let span = cases::span_at(document, a, b);
            spans::add_span(document, mark(die)?, span, now)
        }
        RandomCommand::DropPiece(die, index) => {
            spans::remove_span(document, mark(die)?, usize::from(index) % 3, now)
        }
        RandomCommand::Edge(die, index, to) => {
            let end = if index % 2 == 0 {
                MarkEnd::Start
            } else {
                MarkEnd::End
            };
            let to: ByteOffset = cases::span_at(document, to, to).start();
            spans::move_end_of_span(document, mark(die)?, usize::from(index) % 3, end, to, now)
        }
        RandomCommand::MarkAs(die, a, b) => {
            let spans = [(id(now.0 as u64), cases::span_at(document, a, b))];
            bulk::mark_as(document, mark(die)?, &spans, now)
        }
        RandomCommand::RetagAll(die, most) => {
            let tag = tag(die).ok_or(CommandError::Nothing)?;
            let all = document.annotations().iter().take(usize::from(most));
            let all: Vec<Id> = all.map(|mark| mark.id).collect();
            bulk::retag_all(document, &all, &tag, now)
        }
        RandomCommand::DeleteAll(most) if most < 40 => {
            let all = document.annotations().iter().take(usize::from(most) % 4);
            let all: Vec<Id> = all.map(|mark| mark.id).collect();
            bulk::delete_all(document, &all)
        }
        RandomCommand::DeleteAll(_) => Err(CommandError::Nothing),
        RandomCommand::MergeTags(from, to) if from < 60 => {
            let from = tag(from).ok_or(CommandError::Nothing)?;
            let to = tag(to).ok_or(CommandError::Nothing)?;
            let codebook = document.codebook();
            let codebook = codebook.dissolving(&from, None)?;
            let recoding = Recoding {
                merged: vec![(from.clone(), to.clone())],
                ..Recoding::new(codebook)
            };
            let marks = document.annotations().len();
            let (step, losses) =
                recode::recode(document, &recoding, CodebookChange::Describe, now)?;
            if from != to {
                let after = step.apply(document).expect("a recoding fits").0;
                assert_eq!((losses.marks, after.annotations().len()), (0, marks));
            }
            Ok(step)
        }
        RandomCommand::MergeTags(..) => Err(CommandError::Nothing),
        RandomCommand::Rename(title) => marks::rename(document, &format!("title {title}")),
        RandomCommand::Coder(name) => one(Edit::PutCoder(format!("coder {name}"))),
        RandomCommand::Undo | RandomCommand::Redo => Err(CommandError::Nothing),
    }
}

pub(crate) fn stamp(now: i64) -> EntryStamp {
    EntryStamp {
        id: id(1_000_000 + now as u64),
        at: Timestamp(now),
    }
}

/// The history after a command and the entry that it made; `None` for the entry if the command
/// was refused.
pub(crate) fn perform(
    history: &History,
    command: &RandomCommand,
    now: i64,
) -> (History, Option<Rc<JournalEntry>>) {
    let moved = match command {
        RandomCommand::Undo => history.undo(stamp(now)).unwrap(),
        RandomCommand::Redo => history.redo(stamp(now)).unwrap(),
        _ => transaction_of(history.document(), command, now)
            .ok()
            .and_then(|step| history.step(&step, stamp(now)).ok()),
    };
    match moved {
        Some((history, entry)) => (history, Some(entry)),
        None => (history.clone(), None),
    }
}
