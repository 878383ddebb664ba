//! Marks of several spans, bulk commands, and replacing the codebook.

use super::cases::{self, after, id, slug};
use pullquote_core::edit::commands::marks::{CommandError, MarkEnd};
use pullquote_core::edit::commands::recoding::{Recoding, RenamedOption};
use pullquote_core::edit::commands::{bulk, entities, marks, recode, relations, spans};
use pullquote_core::edit::step_name::{CodebookChange, StepName};
use pullquote_core::model::annotation::Spans;
use pullquote_core::model::codebook::{Codebook, Tag};
use pullquote_core::model::document::Document;
use pullquote_core::model::timestamp::Timestamp;
use pullquote_core::model::value::{AttributeKind, Value};
use pullquote_core::text::offset::ByteOffset;

fn document() -> Document {
    let document = cases::document_of("the minister and the general will speak");
    let span = document.article().span(10..18).unwrap();
    let step = marks::mark(
        &document,
        id(1),
        &slug("actor"),
        Spans::from(span),
        Timestamp(1),
    );
    after(&document, &step.unwrap())
}

fn pieces(document: &Document) -> Vec<&str> {
    let mark = document.annotation(id(1)).unwrap();
    let spans = mark.spans.as_slice().iter();
    spans
        .map(|span| span.slice(document.article().text()).unwrap())
        .collect()
}

#[test]
fn each_span_of_a_mark_can_be_resized() {
    let document = document();
    assert_eq!(pieces(&document), ["minister"]);
    let span = |range| document.article().span(range).unwrap();
    let with = |document: &Document, span| {
        after(
            document,
            &spans::add_span(document, id(1), span, Timestamp(2)).unwrap(),
        )
    };
    let two = with(&document, span(27..34));
    assert_eq!(pieces(&two), ["minister", "general"]);
    assert_eq!(
        two.annotation(id(1)).unwrap().quote(two.article()),
        "minister … general"
    );
    // A span that overlaps both joins them.
    assert_eq!(
        pieces(&with(&two, span(16..29))),
        ["minister and the general"]
    );
    assert_eq!(
        pieces(&with(&two, span(18..22))),
        ["minister and", "general"]
    );
    let first = with(&two, span(0..5));
    assert_eq!(pieces(&first), ["Start", "minister", "general"]);
    let less = spans::remove_span(&first, id(1), 1, Timestamp(3)).unwrap();
    assert_eq!(pieces(&after(&first, &less)), ["Start", "general"]);
    let moved =
        spans::move_end_of_span(&two, id(1), 1, MarkEnd::Start, ByteOffset(23), Timestamp(3))
            .unwrap();
    assert_eq!(pieces(&after(&two, &moved)), ["minister", "the general"]);
    let joined =
        spans::move_end_of_span(&two, id(1), 0, MarkEnd::End, ByteOffset(30), Timestamp(3))
            .unwrap();
    assert_eq!(pieces(&after(&two, &joined)), ["minister and the general"]);
    let none = spans::move_end_of_span(&two, id(1), 0, MarkEnd::End, ByteOffset(10), Timestamp(3));
    assert_eq!(none, Err(CommandError::Empty));
    let last = spans::remove_span(&document, id(1), 0, Timestamp(3));
    assert_eq!(last, Err(CommandError::Nothing));
}

#[test]
fn bulk_commands_are_one_step() {
    let document = document();
    let span = |range| (id(7), document.article().span(range).unwrap());
    let step = bulk::mark_as(&document, id(1), &[span(27..34)], Timestamp(2)).unwrap();
    let expected = StepName::TagLike {
        places: 1,
        quote: "minister".to_owned(),
        tag: "Actor".to_owned(),
    };
    assert_eq!(*step.name, expected);
    let document = after(&document, &step);
    let step = relations::relate(&document, id(9), &slug("affiliated-with"), id(7), id(1)).unwrap();
    let document = after(&document, &step);
    let all = [id(1), id(7)];
    let step = bulk::retag_all(&document, &all, &slug("place"), Timestamp(3)).unwrap();
    let expected = StepName::RetagMany {
        marks: 2,
        tag: "Place".to_owned(),
        details: 0,
        relations: 1,
    };
    assert_eq!(*step.name, expected);
    let placed = after(&document, &step);
    assert!(
        placed
            .annotations()
            .iter()
            .all(|mark| mark.tag == slug("place"))
    );
    assert_eq!(
        bulk::retag_all(&placed, &all, &slug("place"), Timestamp(4)),
        Err(CommandError::Nothing)
    );
    let step = bulk::delete_all(&document, &all).unwrap();
    assert_eq!(
        *step.name,
        StepName::DeleteMany {
            quote: "minister".to_owned(),
            more: 1,
            relations: 1,
        }
    );
    let (empty, back) = step.apply(&document).unwrap();
    assert!(empty.annotations().is_empty() && empty.relations().is_empty());
    assert_eq!(*back.apply(&empty).unwrap().0, document);
    assert!(bulk::delete_all(&document, &[]).is_err());
}

#[test]
fn replacing_the_codebook_counts_losses_and_can_be_undone() {
    let document = document();
    let gathered = entities::assign_entity(
        &document,
        None,
        id(50),
        "The minister",
        &[id(1)],
        Timestamp(2),
    );
    let document = after(&document, &gathered.unwrap());
    let books = Codebook::shipped();
    let other = books[1].clone();
    let recoding = Recoding::new(other.clone());
    let use_other = CodebookChange::Use(other.name.clone());
    let recoded = recode::recode(&document, &recoding, use_other.clone(), Timestamp(3));
    let (step, losses) = recoded.unwrap();
    assert_eq!((losses.marks, losses.cast), (1, 1));
    assert_eq!(
        *step.name,
        StepName::Recode {
            change: use_other,
            losses,
        }
    );
    let (coded, back) = step.apply(&document).unwrap();
    assert_eq!(**coded.codebook(), other);
    assert_eq!(*back.apply(&coded).unwrap().0, document);

    // When a tag is merged into another, its marks and their entity stay.
    let codebook = document.codebook();
    let kinds = codebook
        .relations()
        .iter()
        .filter(|kind| !kind.from.contains(&slug("actor")) && !kind.to.contains(&slug("actor")));
    let codebook = codebook.with_relations(kinds.cloned().collect()).unwrap();
    let codebook = codebook.without_tag(&slug("actor")).unwrap();
    let recoding = Recoding {
        merged: vec![(slug("actor"), slug("place"))],
        ..Recoding::new(codebook)
    };
    let recoded = recode::recode(&document, &recoding, CodebookChange::Describe, Timestamp(3));
    let (step, losses) = recoded.unwrap();
    assert!(losses.is_none());
    let (merged, back) = step.apply(&document).unwrap();
    let mark = merged.annotation(id(1)).unwrap();
    assert_eq!((&mark.tag, mark.entity), (&slug("place"), Some(id(50))));
    assert_eq!(merged.entity(id(50)).unwrap().tag, slug("place"));
    assert_eq!(*back.apply(&merged).unwrap().0, document);
    let same = Recoding::new((**document.codebook()).clone());
    let same = recode::recode(&document, &same, CodebookChange::Describe, Timestamp(3));
    assert_eq!(same.err(), Some(CommandError::Nothing));
}

/// Respelling an option moves the answers to the new spelling.
#[test]
fn a_respelled_option_keeps_its_answers() {
    let document = document();
    let person = Some(Value::One("person".into()));
    let kind = slug("kind");
    let step = relations::answer(&document, id(1), &kind, person, Timestamp(2)).unwrap();
    let document = after(&document, &step);
    let codebook = document.codebook();
    let mut tag = Tag::clone(codebook.tag(&slug("actor")).unwrap());
    let AttributeKind::OneOf(words) = &mut tag.attributes[0].kind else {
        panic!("the kind of an actor is one of some words")
    };
    words[0] = "a person".into();
    let codebook = codebook.with_tag(tag, 0).unwrap();
    let renamed = vec![RenamedOption {
        tag: slug("actor"),
        attribute: kind.clone(),
        from: "person".into(),
        to: "a person".into(),
    }];
    let recoding = Recoding {
        renamed,
        ..Recoding::new(codebook.clone())
    };
    let recoded = recode::recode(&document, &recoding, CodebookChange::Describe, Timestamp(3));
    let (step, losses) = recoded.unwrap();
    assert!(losses.is_none());
    let (respelled, back) = step.apply(&document).unwrap();
    let given = respelled
        .annotation(id(1))
        .unwrap()
        .values
        .get(&kind)
        .cloned();
    assert_eq!(given, Some(Value::One("a person".into())));
    assert_eq!(*back.apply(&respelled).unwrap().0, document);
    // Without the respelling the answer is deleted and counted.
    let (_, losses) = recode::recode(
        &document,
        &Recoding::new(codebook),
        CodebookChange::Describe,
        Timestamp(3),
    )
    .unwrap();
    assert_eq!(losses.details, 1);
}
