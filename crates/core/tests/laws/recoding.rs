//! Changing the codebook deletes nothing that the user wants to keep.

use super::cases::{self, id, slug};
use super::random_commands::{perform, random_command};
use proptest::prelude::*;
use pullquote_core::edit::commands::recoding::{CodebookPart, Decision, Recoding};
use pullquote_core::edit::commands::{marks, recode};
use pullquote_core::edit::history::History;
use pullquote_core::edit::step_name::CodebookChange;
use pullquote_core::model::annotation::Spans;
use pullquote_core::model::codebook::{Codebook, Tag};
use pullquote_core::model::document::Document;
use pullquote_core::model::timestamp::Timestamp;
use pullquote_core::model::value::{Attribute, AttributeKind, Value};

use std::rc::Rc;

/// Makes decisions until nothing is at risk that was not decided before.
fn decided(
    document: &Document,
    recoding: Recoding,
    decide: impl Fn(&Recoding, &CodebookPart) -> Decision,
) -> Recoding {
    let (mut recoding, mut seen) = (recoding, Vec::new());
    while let Some(next) = recoding
        .at_risk(document)
        .into_iter()
        .find(|risk| !seen.contains(&risk.part))
    {
        let decision = decide(&recoding, &next.part);
        let codebook = document.codebook();
        recoding = recoding.decided(codebook, &next.part, &decision).unwrap();
        seen.push(next.part);
    }
    recoding
}

/// A document after these commands.
fn document_after(text: &str, commands: &[super::random_commands::RandomCommand]) -> Rc<Document> {
    let mut history = History::new(Rc::new(cases::document_of(text)), 0, None);
    for (now, command) in (1..).zip(commands) {
        history = perform(&history, command, now).0;
    }
    history.document().clone()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn everything_kept_exists_under_the_new_codebook(
        text in cases::text(),
        commands in proptest::collection::vec(random_command(), 40),
        other in 0_usize..6,
    ) {
        let document = document_after(&text, &commands);
        let shipped = Codebook::shipped();
        let codebook = shipped.get(other).cloned().unwrap_or(Codebook::empty("none".to_owned()));
        let keeping = decided(&document, Recoding::new(codebook), |_, _| Decision::Keep);
        prop_assert_eq!(keeping.at_risk(&document), []);
        if let Ok((step, losses)) = recode::recode(&document, &keeping, CodebookChange::Describe, Timestamp(99)) {
            prop_assert!(losses.is_none(), "{:?}", step.name);
            let (after, back) = step.apply(&document).unwrap();
            prop_assert_eq!(after.annotations().len(), document.annotations().len());
            prop_assert_eq!(after.relations().len(), document.relations().len());
            prop_assert_eq!(after.entities().len(), document.entities().len());
            prop_assert_eq!(&back.apply(&after).unwrap().0, &document);
        }
    }

    #[test]
    fn recoding_deletes_exactly_what_was_announced(
        text in cases::text(),
        commands in proptest::collection::vec(random_command(), 40),
        other in 1_usize..5,
        moves in any::<bool>(),
    ) {
        let document = document_after(&text, &commands);
        let bare = Recoding::new(Codebook::shipped()[other].clone());
        let heir = bare.codebook.tags()[0].id.clone();
        let deciding = decided(&document, bare, |_, part| match part {
            CodebookPart::Tag(_) if moves => Decision::Become(heir.clone()),
            _ => Decision::Delete,
        });
        let risk = deciding.at_risk(&document);
        let (step, losses) = recode::recode(&document, &deciding, CodebookChange::Describe, Timestamp(99)).unwrap();
        let count = |is_it: fn(&CodebookPart) -> bool| -> usize {
            risk.iter().filter(|risk| is_it(&risk.part)).map(|risk| risk.count).sum()
        };
        prop_assert_eq!(losses.marks, count(|part| matches!(part, CodebookPart::Tag(_))));
        prop_assert_eq!(losses.cast, risk.iter().map(|risk| risk.entities).sum::<usize>());
        if moves {
            prop_assert_eq!(losses.marks, 0);
            prop_assert_eq!(losses.relations, count(|part| matches!(part, CodebookPart::Relation(_))));
            let details = |part: &CodebookPart| matches!(part, CodebookPart::Attribute { .. } | CodebookPart::Question(_));
            prop_assert_eq!(losses.details, count(details));
        }
        let (after, back) = step.apply(&document).unwrap();
        prop_assert_eq!(after.annotations().len() + losses.marks, document.annotations().len());
        prop_assert_eq!(&**after.codebook(), &deciding.codebook);
        prop_assert_eq!(&back.apply(&after).unwrap().0, &document);
    }
}

fn marked() -> Document {
    let document = cases::document_of("the minister and the 🦉 general; جنرل will speak");
    let span = document.article().span(10..18).unwrap();
    let tag = slug("actor");
    let step = marks::mark(&document, id(1), &tag, Spans::from(span), Timestamp(1));
    cases::after(&document, &step.unwrap())
}

/// A tag that is kept gets a free key and a colour of its own.
#[test]
fn a_kept_tag_takes_no_key_of_another_tag() {
    let document = marked();
    let old = document.codebook();
    let mut taken = Tag::clone(old.tag(&slug("place")).unwrap());
    taken.id = slug("aspect");
    taken.key = Some('a');
    taken.colour = old.tag(&slug("actor")).unwrap().colour;
    let codebook = Codebook::empty("other".to_owned())
        .with_tag(taken, 0)
        .unwrap();
    let kept = decided(&document, Recoding::new(codebook), |_, _| Decision::Keep);
    let [aspect, actor] = kept.codebook.tags() else {
        panic!("one tag, and the one that is kept")
    };
    assert_eq!((aspect.key, actor.key), (Some('a'), None));
    assert_ne!(aspect.colour, actor.colour);
}

/// Reordering options removes no answers.
#[test]
fn reordered_options_keep_their_answers() {
    let codebook = Codebook::empty("b".to_owned());
    let words =
        |all: &[&str]| AttributeKind::ManyOf(all.iter().map(|word| (*word).into()).collect());
    let tag = |kind| {
        let mut tag = Tag::clone(&Codebook::news().tags()[0]);
        tag.attributes = vec![Attribute {
            id: slug("tone"),
            name: "Tone".to_owned(),
            help: String::new(),
            kind,
            required: false,
        }];
        tag
    };
    let before = codebook
        .with_tag(tag(words(&["calm", "زور", "mild"])), 0)
        .unwrap();
    let after = codebook
        .with_tag(tag(words(&["mild", "calm", "زور"])), 0)
        .unwrap();
    let answer = |all: &[&str]| Value::Many(all.iter().map(|word| (*word).into()).collect());
    let recoding = Recoding::new(after);
    let (actor, tone) = (slug("actor"), slug("tone"));
    let given = recoding.value_for(&actor, &tone, &answer(&["calm", "mild"]));
    assert_eq!(given, Some(answer(&["mild", "calm"])));
    assert_eq!(
        recoding.value_for(&actor, &tone, &answer(&["calm", "bold"])),
        None
    );
    assert!(before.tag(&actor).is_some());
}
