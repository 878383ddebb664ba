//! What the card asks of a mark, and who may be at the other end of a link.

use crate::editor::state::Linking;
use pullquote_core::analysis::case_folding::fold_case;
use pullquote_core::analysis::ledger::name_of;
use pullquote_core::model::annotation::Annotation;
use pullquote_core::model::codebook::RelationKind;
use pullquote_core::model::colour::Colour;
use pullquote_core::model::document::Document;
use pullquote_core::model::id::Id;
use pullquote_core::model::value::{Attribute, AttributeKind, Value};
use pullquote_core::sorted;
use pullquote_core::sorted::VecMap;
use pullquote_core::text::shortened::capitalised;

use std::rc::Rc;

/// One thing that the card asks.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// As shown.
    pub name: String,
    /// What to look for; may be empty.
    pub help: String,
    /// Whether it is required and not there.
    pub missing: bool,
    /// What it asks for.
    pub kind: FieldKind,
}

/// What a field of the card asks for.
#[derive(Clone, Debug, PartialEq)]
pub enum FieldKind {
    /// Links from the mark.
    Link {
        /// Their kind.
        kind: RelationKind,
        /// Those that are there, by their ids.
        chips: Vec<Chip>,
    },
    /// An answer.
    Answer {
        /// What is asked.
        attribute: Attribute,
        /// The answer.
        value: Option<Value>,
    },
}

/// A link, as the card shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chip {
    /// The relation.
    pub relation: Id,
    /// The mark at the other end.
    pub mark: Id,
    /// Its name.
    pub name: String,
    /// Its tag's colour.
    pub colour: Colour,
}

/// What the card asks of a mark: what is required first; links in the order of the codebook,
/// then the attributes of the mark's tag.
#[must_use]
pub fn fields(document: &Document, mark: &Annotation) -> Vec<Field> {
    let book = document.codebook();
    let mut fields = Vec::new();
    for kind in book
        .relations()
        .iter()
        .filter(|kind| kind.from.contains(&mark.tag))
    {
        let links = document.relations_of(mark.id);
        let links = links.filter(|it| it.from == mark.id && it.kind == kind.id);
        let chips: Vec<Chip> = links
            .filter_map(|it| chip(document, it.id, it.to))
            .collect();
        let to = kind.to.iter().filter_map(|id| book.tag(id));
        let to: Vec<&str> = to.map(|tag| tag.name.as_str()).collect();
        fields.push(Field {
            name: capitalised(&kind.name),
            help: format!("Links to: {}", to.join(", ")),
            missing: kind.required && chips.is_empty(),
            kind: FieldKind::Link {
                kind: kind.clone(),
                chips,
            },
        });
    }
    for attribute in book.tag(&mark.tag).iter().flat_map(|tag| &tag.attributes) {
        let value = mark.values.get(&attribute.id).cloned();
        fields.push(Field {
            name: attribute.name.clone(),
            help: attribute.help.clone(),
            missing: attribute.required && value.is_none(),
            kind: FieldKind::Answer {
                attribute: attribute.clone(),
                value,
            },
        });
    }
    let is_required = |field: &Field| match &field.kind {
        FieldKind::Link { kind, .. } => kind.required,
        FieldKind::Answer { attribute, .. } => attribute.required,
    };
    sorted::collect_sorted(fields, |a, b| is_required(b).cmp(&is_required(a)))
}

/// The links to a mark, each with the name of its kind, by their ids.
#[must_use]
pub fn backlinks(document: &Document, mark: &Annotation) -> Vec<(String, Chip)> {
    let links = document.relations_of(mark.id).filter(|it| it.to == mark.id);
    links
        .filter_map(|it| {
            let kind = document.codebook().relation(&it.kind)?;
            Some((kind.name.clone(), chip(document, it.id, it.from)?))
        })
        .collect()
}

fn chip(document: &Document, relation: Id, mark: Id) -> Option<Chip> {
    let other = document.annotation(mark)?;
    let tag = document.codebook().tag(&other.tag)?;
    Some(Chip {
        relation,
        mark,
        name: name_of(document, other),
        colour: tag.colour,
    })
}

/// The answer that one press gives to what can be answered so, by its place: a word of a
/// list, yes or no. Of many of a list, those that are given with this one more, or less.
#[must_use]
pub fn answer_at(attribute: &Attribute, value: Option<&Value>, place: usize) -> Option<Value> {
    match &attribute.kind {
        AttributeKind::OneOf(words) => words.get(place).cloned().map(Value::One),
        AttributeKind::YesNo => (place < 2).then_some(Value::YesNo(place == 0)),
        AttributeKind::ManyOf(words) => {
            let word = words.get(place)?;
            let given = match value {
                Some(Value::Many(given)) => given.as_slice(),
                _ => &[],
            };
            let is_given = |other: &Rc<str>| given.contains(other) != (other == word);
            Some(Value::Many(
                words.iter().filter(|it| is_given(it)).cloned().collect(),
            ))
        }
        _ => None,
    }
}

/// What one press does: the answer at `place`, or `Some(None)` where that is given already and
/// is taken back.
#[must_use]
pub fn pressed_at(
    attribute: &Attribute,
    value: Option<&Value>,
    place: usize,
) -> Option<Option<Value>> {
    let answer = answer_at(attribute, value, place)?;
    Some(Some(answer).filter(|answer| Some(answer) != value))
}

/// Someone or something that may be at the other end of a link: with the mark that is
/// linked, the nearest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The nearest of its marks.
    pub nearest: Id,
    /// All of its marks.
    pub marks: Vec<Id>,
    /// Its name.
    pub name: String,
    /// Its tag's colour.
    pub colour: Colour,
    /// Its tag's letter.
    pub letter: String,
}

/// Who may be at the other end, the nearest first; only those in whose names every word of
/// `filter` stands. Marks of one member of the cast, or of the same words, are one.
#[must_use]
pub fn candidates(document: &Document, linking: &Linking, filter: &str) -> Vec<Candidate> {
    let book = document.codebook();
    let Some((kind, mark)) = book
        .relation(&linking.kind)
        .zip(document.annotation(linking.mark))
    else {
        return Vec::new();
    };
    let allowed = if linking.back { &kind.from } else { &kind.to };
    let linked: Vec<Id> = document
        .relations_of(mark.id)
        .filter(|it| it.kind == kind.id && (it.to == mark.id) == linking.back)
        .map(|it| if linking.back { it.from } else { it.to })
        .collect();
    let words: Vec<String> = filter.split_whitespace().map(str::to_lowercase).collect();
    let at = mark.spans.start().0;
    let mut by_party: VecMap<(Id, String), usize> = VecMap::new();
    let mut found: Vec<(u32, Candidate)> = Vec::new();
    for other in document.annotations() {
        if !allowed.contains(&other.tag) || other.id == mark.id || linked.contains(&other.id) {
            continue;
        }
        let Some(tag) = book.tag(&other.tag) else {
            continue;
        };
        let distance = other.spans.start().0.abs_diff(at);
        let key = party_of(document, other);
        if let Some(place) = by_party.get(&key) {
            let (nearest, party) = &mut found[*place];
            party.marks.push(other.id);
            if distance < *nearest {
                (*nearest, party.nearest) = (distance, other.id);
            }
            continue;
        }
        by_party.insert(key, found.len());
        let candidate = Candidate {
            nearest: other.id,
            marks: vec![other.id],
            name: name_of(document, other),
            colour: tag.colour,
            letter: tag.letter(),
        };
        found.push((distance, candidate));
    }
    let is_meant = |candidate: &Candidate| {
        let name = candidate.name.to_lowercase();
        words.iter().all(|word| name.contains(word.as_str()))
    };
    found.retain(|(_, candidate)| is_meant(candidate));
    let found = sorted::collect_sorted(found, |a, b| a.0.cmp(&b.0));
    found.into_iter().map(|(_, candidate)| candidate).collect()
}

/// What tells whom a mark means: its member of the cast; else itself with its words, for
/// tags that have a cast; else itself.
#[must_use]
pub fn party_of(document: &Document, mark: &Annotation) -> (Id, String) {
    let tag = document.codebook().tag(&mark.tag);
    match mark.entity {
        Some(entity) => (entity, String::new()),
        None if tag.is_some_and(|tag| tag.is_cast) => {
            let words = fold_case(&mark.quote(document.article()));
            (document.article().id, format!("{} {words}", mark.tag))
        }
        None => (mark.id, String::new()),
    }
}
