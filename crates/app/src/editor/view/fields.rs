//! The fields of the card, and the marks that can be at the other end of a relation.

use crate::editor::state::Linking;
use crate::messages::editor;
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

/// One field of the card.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// Its label.
    pub name: String,
    /// What to enter; may be empty.
    pub help: String,
    /// Whether it is required and empty.
    pub missing: bool,
    /// What it expects.
    pub kind: FieldKind,
}

/// What a field of the card expects.
#[derive(Clone, Debug, PartialEq)]
pub enum FieldKind {
    /// Relations from the mark.
    Link {
        /// Their kind.
        kind: RelationKind,
        /// The existing ones, in the order of their ids.
        chips: Vec<Chip>,
    },
    /// An answer.
    Answer {
        /// The attribute.
        attribute: Attribute,
        /// The answer, if there is one.
        value: Option<Value>,
    },
}

/// A relation, as the card shows it.
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

/// The fields of a mark: required ones first; relations in the order of the codebook, then the
/// attributes of its tag.
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
        let links = links.filter(|link| link.from == mark.id && link.kind == kind.id);
        let chips: Vec<Chip> = links
            .filter_map(|link| chip(document, link.id, link.to))
            .collect();
        let to = kind.to.iter().filter_map(|id| book.tag(id));
        let to: Vec<&str> = to.map(|tag| tag.name.as_str()).collect();
        fields.push(Field {
            name: capitalised(&kind.name),
            help: editor::links_to(&to),
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

/// The most fields of a mark that the card shows at first, if no more are filled or required.
pub const FIRST_FIELDS: usize = 5;

/// The most lines that those fields take together.
const FIRST_LINES: usize = 8;

/// About how many characters of options stand in a line, and how many each takes besides its own.
const LINE: usize = 34;
const AROUND_OPTION: usize = 3;

/// About how many lines a field takes on the card.
fn lines_of(field: &Field) -> usize {
    let FieldKind::Answer { attribute, .. } = &field.kind else {
        return 1;
    };
    match &attribute.kind {
        AttributeKind::OneOf(options) | AttributeKind::ManyOf(options) => {
            let widths = options
                .iter()
                .map(|option| option.chars().count() + AROUND_OPTION);
            widths.sum::<usize>().div_ceil(LINE).max(1)
        }
        AttributeKind::YesNo
        | AttributeKind::Text
        | AttributeKind::Number
        | AttributeKind::Date => 1,
    }
}

/// Which fields the card shows before the user asks for all: those that are required, filled or
/// `asked`, and then the first others, up to `most` fields and as many lines as the smallest card
/// has room for. A single field is never left out: the button for it would take as much room.
#[must_use]
pub fn first_fields(fields: &[Field], most: usize, asked: Option<usize>) -> Vec<bool> {
    let must_show = |index: usize, field: &Field| {
        let (is_required, is_filled) = match &field.kind {
            FieldKind::Link { kind, chips } => (kind.required, !chips.is_empty()),
            FieldKind::Answer { attribute, value } => (attribute.required, value.is_some()),
        };
        is_required || is_filled || asked == Some(index)
    };
    let numbered = fields.iter().enumerate();
    let mut shown: Vec<bool> = numbered
        .map(|(index, field)| must_show(index, field))
        .collect();
    let taken = fields.iter().zip(&shown).filter(|(_, shown)| **shown);
    let (mut count, mut lines) = (0, 0);
    for (field, _) in taken {
        (count, lines) = (count + 1, lines + lines_of(field));
    }
    let mut others = fields.iter().zip(&mut shown).filter(|(_, shown)| !**shown);
    while let Some((field, shown)) = others.next().filter(|_| count < most) {
        (count, lines) = (count + 1, lines + lines_of(field));
        if lines > FIRST_LINES {
            break;
        }
        *shown = true;
    }
    let hidden: usize = fields
        .iter()
        .zip(&shown)
        .filter(|(_, shown)| !**shown)
        .map(|(field, _)| lines_of(field))
        .sum();
    if hidden == 1 {
        shown.fill(true);
    }
    shown
}

/// The relations to a mark, each with the name of its kind, in the order of their ids.
#[must_use]
pub fn backlinks(document: &Document, mark: &Annotation) -> Vec<(String, Chip)> {
    let links = document.relations_of(mark.id);
    links
        .filter(|link| link.to == mark.id)
        .filter_map(|link| {
            let kind = document.codebook().relation(&link.kind)?;
            Some((kind.name.clone(), chip(document, link.id, link.from)?))
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

/// The answer with this index: an option of a list, or yes and no. If several options can be
/// chosen, the option is added to the chosen ones, or removed from them. `None` if the attribute
/// has no such answer.
#[must_use]
pub fn answer_at(attribute: &Attribute, value: Option<&Value>, index: usize) -> Option<Value> {
    match &attribute.kind {
        AttributeKind::OneOf(words) => words.get(index).cloned().map(Value::One),
        AttributeKind::YesNo => (index < 2).then_some(Value::YesNo(index == 0)),
        AttributeKind::ManyOf(words) => {
            let word = words.get(index)?;
            let given = match value {
                Some(Value::Many(given)) => given.as_slice(),
                _ => &[],
            };
            let is_given = |other: &Rc<str>| given.contains(other) != (other == word);
            Some(Value::Many(
                words
                    .iter()
                    .filter(|word| is_given(word))
                    .cloned()
                    .collect(),
            ))
        }
        _ => None,
    }
}

/// What pressing an answer does: it is given, or `Some(None)`: it was given already and is removed.
/// `None` if the attribute has no such answer.
#[must_use]
pub fn pressed_at(
    attribute: &Attribute,
    value: Option<&Value>,
    index: usize,
) -> Option<Option<Value>> {
    let answer = answer_at(attribute, value, index)?;
    Some(Some(answer).filter(|answer| Some(answer) != value))
}

/// An entity, or a mark without one, that can be at the other end of a relation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The nearest of its marks: the one that is linked.
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

/// The candidates for the other end of a relation, the nearest first, whose names contain every
/// word of `filter`. Marks of one entity, or with the same words, are one candidate.
#[must_use]
pub fn candidates(document: &Document, linking: &Linking, filter: &str) -> Vec<Candidate> {
    let book = document.codebook();
    let Some((kind, mark)) = book
        .relation(&linking.kind)
        .zip(document.annotation(linking.mark))
    else {
        return Vec::new();
    };
    let allowed = if linking.backwards {
        &kind.from
    } else {
        &kind.to
    };
    let linked: Vec<Id> = document
        .relations_of(mark.id)
        .filter(|link| link.kind == kind.id && (link.to == mark.id) == linking.backwards)
        .map(|link| {
            if linking.backwards {
                link.from
            } else {
                link.to
            }
        })
        .collect();
    let words: Vec<String> = filter.split_whitespace().map(str::to_lowercase).collect();
    let at = mark.spans.start().0;
    let mut by_key: VecMap<(Id, String), usize> = VecMap::new();
    let mut found: Vec<(u32, Candidate)> = Vec::new();
    for other in document.annotations() {
        if !allowed.contains(&other.tag) || other.id == mark.id || linked.contains(&other.id) {
            continue;
        }
        let Some(tag) = book.tag(&other.tag) else {
            continue;
        };
        let distance = other.spans.start().0.abs_diff(at);
        let key = candidate_key(document, other);
        if let Some(index) = by_key.get(&key) {
            let (nearest, candidate) = &mut found[*index];
            candidate.marks.push(other.id);
            if distance < *nearest {
                (*nearest, candidate.nearest) = (distance, other.id);
            }
            continue;
        }
        by_key.insert(key, found.len());
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

/// A key that marks of one candidate share: their entity; without one, their tag and words if the
/// tag has a cast; otherwise the mark itself.
#[must_use]
pub fn candidate_key(document: &Document, mark: &Annotation) -> (Id, String) {
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

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "the id of the fields is valid")]
mod tests {
    use super::{FIRST_FIELDS, Field, FieldKind, first_fields};
    use pullquote_core::model::value::{Attribute, AttributeKind, Value};
    use std::rc::Rc;

    /// A field with this many options of eight letters; none: a text.
    fn field(options: usize, required: bool, filled: bool) -> Field {
        let options: Vec<Rc<str>> = (0..options).map(|_| "whatever".into()).collect();
        let kind = match options.is_empty() {
            true => AttributeKind::Text,
            false => AttributeKind::OneOf(options),
        };
        Field {
            name: "Field".to_owned(),
            help: String::new(),
            missing: required && !filled,
            kind: FieldKind::Answer {
                attribute: Attribute {
                    id: "field".parse().unwrap(),
                    name: "Field".to_owned(),
                    help: String::new(),
                    kind,
                    required,
                },
                value: filled.then(|| Value::Text("x".to_owned())),
            },
        }
    }

    fn shown(fields: &[Field], asked: Option<usize>) -> String {
        let shown = first_fields(fields, FIRST_FIELDS, asked).into_iter();
        shown.map(|shown| if shown { 'x' } else { '-' }).collect()
    }

    #[test]
    fn a_new_mark_shows_five_fields() {
        let fields: Vec<Field> = (0..9).map(|_| field(0, false, false)).collect();
        assert_eq!(shown(&fields, None), "xxxxx----");
        assert_eq!(shown(&fields, Some(7)), "xxxx---x-");
        assert_eq!(shown(&fields[..6], None), "xxxxxx");
        assert_eq!(shown(&[], None), "");
    }

    #[test]
    fn required_and_filled_fields_are_shown_first() {
        let mut fields: Vec<Field> = (0..9).map(|_| field(0, false, false)).collect();
        fields[8] = field(0, true, false);
        fields[6] = field(0, false, true);
        assert_eq!(shown(&fields, None), "xxx---x-x");
        let filled: Vec<Field> = (0..9).map(|_| field(9, false, true)).collect();
        assert_eq!(shown(&filled, None), "xxxxxxxxx");
    }

    #[test]
    fn fields_with_many_options_leave_room_for_fewer() {
        let fields: Vec<Field> = (0..9).map(|_| field(9, false, false)).collect();
        assert_eq!(shown(&fields, None), "xx-------");
    }
}
