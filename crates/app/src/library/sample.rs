//! The sample: an article about real events, written for Pullquote, with possible marks.

use crate::stamp::Stamp;
use pullquote_core::edit::change::Edit;
use pullquote_core::edit::commands::marks::mark;
use pullquote_core::edit::step_name::StepName;
use pullquote_core::edit::transaction::Transaction;
use pullquote_core::model::codebook::Codebook;
use pullquote_core::model::document::Document;
use pullquote_core::model::entity::Entity;
use pullquote_core::model::id::{Id, Slug};
use pullquote_core::model::relation::Relation;
use pullquote_core::model::value::Value;
use pullquote_formats::plain_text::article_of_text;

use std::rc::Rc;

const TEXT: &str = "\
After trading missiles, two neighbours promise to watch their border together

RAWALPINDI. Barely a fortnight after missiles flew in both directions across their frontier, \
Pakistan and Iran have agreed to fight armed groups side by side instead of blaming each other \
for them. The understanding came out of a meeting at the army’s General Headquarters, where \
General Asim Munir, Pakistan’s chief of army staff, sat down with Hossein Amir-Abdollahian, the \
foreign minister of Iran.

Both men began with what had just gone wrong. Each country, they agreed, must be able to trust \
that the other respects its borders. The general called that respect the first rule between \
states, and promised that worries on either side would travel through the channels that already \
exist before anyone reaches for a weapon.

Out of this came one concrete plan. Liaison officers of each army will be posted in the other’s \
country, so that a warning can be passed on in minutes and answered the same day. The \
arrangement is to start working soon; neither side named a date. The two governments will also \
share intelligence on the groups that both of them call terrorists.

The road to the table was short and rough. After the strikes, Islamabad called its ambassador \
home from Tehran and froze high-level visits and trade talks. Then the tone changed. Within days \
both capitals had asked their envoys to go back to their posts, and Pakistan invited Mr \
Amir-Abdollahian to come and talk.

Faith, trade and long family ties bind the people on the two sides of the line, and the closing \
words of the visit leaned on them. Both countries undertook to stay in close touch, and not to \
let anyone drive a wedge between them. Calm and work in the border districts, they said, matter \
most to the families who live there.

Whether the promise holds will be seen in those districts, not at headquarters. The exchange of \
strikes was the most serious clash between the two in years, and earlier plans to watch the \
frontier together have faded quietly. This one has officers, telephones and a task. What it does \
not have yet is a calendar.
";

/// The marks: tag and words. The first occurrence of the words is marked.
const ANSWER: &[(&str, &str)] = &[
    ("place", "RAWALPINDI"),
    (
        "event",
        "missiles flew in both directions across their frontier",
    ),
    ("actor", "Pakistan"),
    ("actor", "Iran"),
    ("commitment", "to fight armed groups side by side"),
    ("event", "a meeting at the army’s General Headquarters"),
    ("place", "the army’s General Headquarters"),
    ("actor", "General Asim Munir"),
    ("actor", "Hossein Amir-Abdollahian"),
    ("actor", "The general"),
    (
        "commitment",
        "promised that worries on either side would travel through the channels that already exist",
    ),
    (
        "commitment",
        "Liaison officers of each army will be posted in the other’s country",
    ),
    ("actor", "The two governments"),
    (
        "commitment",
        "will also share intelligence on the groups that both of them call terrorists",
    ),
    ("event", "the strikes"),
    ("actor", "Islamabad"),
    ("place", "Tehran"),
    ("actor", "Mr Amir-Abdollahian"),
    ("actor", "Both countries"),
    (
        "commitment",
        "undertook to stay in close touch, and not to let anyone drive a wedge between them",
    ),
    ("place", "the border districts"),
    ("actor", "the families who live there"),
    ("event", "The exchange of strikes"),
];

/// The sample with its marks. Ids and times are from `stamp`.
#[must_use]
pub fn sample(stamp: &Stamp) -> Document {
    let article = whole(article_of_text(stamp.id(0), TEXT, None));
    let mut document = Document::new(article, Codebook::news());
    let mut steps = Vec::new();
    for (number, (tag, words)) in (1..).zip(ANSWER) {
        let article = document.article();
        let start = whole(article.text().find(words).ok_or(()));
        let span = whole(article.span(start..start + words.len()));
        let id = stamp.id(number);
        let step = mark(&document, id, &slug(tag), span.into(), stamp.now);
        steps.extend(whole(step).edits);
    }
    document = after(&document, steps);
    let details = details(&document, stamp);
    let mut document = after(&document, details);
    document.coder = String::new();
    document
}

/// A part of the sample, which is a constant: `the_sample_is_whole` makes all of it. `expect`
/// would bring the `Debug` of the error into the app.
fn whole<T, E>(part: Result<T, E>) -> T {
    let Ok(part) = part else {
        unreachable!("the sample is whole");
    };
    part
}

fn after(document: &Document, edits: Vec<Edit>) -> Document {
    let step = Transaction::new(StepName::Text(String::new()), edits);
    let (after, _) = whole(step.apply(document));
    (*after).clone()
}

fn slug(text: &str) -> Slug {
    whole(text.parse())
}

/// The cast, who promised what and who met where, times, and two notes.
fn details(document: &Document, stamp: &Stamp) -> Vec<Edit> {
    let mut edits = Vec::new();
    let of = |words: &str| {
        let mut marks = document.annotations().iter();
        marks.find(|mark| mark.quote(document.article()).starts_with(words))
    };
    let general: Id = stamp.id(900);
    let minister: Id = stamp.id(901);
    let cast = [
        (general, "General Asim Munir", vec!["the general"]),
        (
            minister,
            "Hossein Amir-Abdollahian",
            vec!["Mr Amir-Abdollahian"],
        ),
    ];
    for (id, name, aliases) in cast {
        edits.push(Edit::PutEntity(Rc::new(Entity {
            id,
            tag: slug("actor"),
            name: name.to_owned(),
            aliases: aliases.into_iter().map(str::to_owned).collect(),
            reference: String::new(),
        })));
    }
    let mentions = [
        ("General Asim Munir", general),
        ("The general", general),
        ("Hossein", minister),
        ("Mr Amir", minister),
    ];
    for (words, entity) in mentions {
        if let Some(mark) = of(words) {
            let mut mark = (**mark).clone();
            mark.entity = Some(entity);
            edits.push(Edit::PutAnnotation(Rc::new(mark)));
        }
    }
    let strengths = [
        ("to fight", "firm", ""),
        (
            "promised that",
            "firm",
            "Reported speech, but the verb binds him.",
        ),
        ("Liaison officers", "planned", "No date: only “soon”."),
        ("will also share", "planned", ""),
        ("undertook", "firm", ""),
    ];
    for (words, strength, note) in strengths {
        if let Some(mark) = of(words) {
            let mut mark = (**mark).clone();
            mark.values
                .insert(slug("strength"), Value::One(strength.into()));
            mark.note = note.to_owned();
            edits.push(Edit::PutAnnotation(Rc::new(mark)));
        }
    }
    // The meeting has no date in the article: what is missing shows as missing.
    let times = [
        ("missiles flew", "date", "a fortnight before"),
        ("the strikes", "date", "a fortnight before"),
        ("The exchange", "date", "a fortnight before"),
        ("Liaison officers", "deadline", "soon"),
    ];
    for (words, asked, when) in times {
        if let Some(mark) = of(words) {
            let put = |edit: &Edit| match edit {
                Edit::PutAnnotation(put) if put.id == mark.id => Some(put.clone()),
                _ => None,
            };
            let changed = edits.iter().rev().find_map(put);
            let mut mark = (**changed.as_ref().unwrap_or(mark)).clone();
            mark.values
                .insert(slug(asked), Value::Text(when.to_owned()));
            edits.push(Edit::PutAnnotation(Rc::new(mark)));
        }
    }
    let links = [
        ("made-by", "to fight", "Pakistan"),
        ("made-by", "to fight", "Iran"),
        ("made-by", "promised that", "The general"),
        ("made-by", "Liaison officers", "The two governments"),
        ("made-by", "will also share", "The two governments"),
        ("made-by", "undertook", "Both countries"),
        ("about", "to fight", "missiles flew"),
        ("done-by", "a meeting", "General Asim Munir"),
        ("done-by", "a meeting", "Hossein"),
        ("at", "a meeting", "the army’s"),
    ];
    for (number, (kind, from, to)) in (950..).zip(links) {
        if let (Some(from), Some(to)) = (of(from), of(to)) {
            edits.push(Edit::PutRelation(Rc::new(Relation {
                id: stamp.id(number),
                kind: slug(kind),
                from: from.id,
                to: to.id,
            })));
        }
    }
    edits
}
