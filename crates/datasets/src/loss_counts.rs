//! How much of a document a format would lose, counted before anything is written.

use crate::catalogue::{FORMATS, Format, FormatId};
use crate::loss::{LOSSES, Loss};
use crate::naming::names::Naming;
use crate::options::{BoundaryRule, Options, OverlapRule};
use crate::projection::spans::Projection;
use crate::typed_texts::texts_of;
use pullquote_core::model::document::Document;
use pullquote_core::model::value::Value;
use pullquote_core::text::shortened::one_line;

/// How many changed names a phrase lists.
const LISTED_NAMES: usize = 12;

/// How much of the added documents a format would lose, for each [`Loss`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LossCounts {
    // In the order of `LOSSES`.
    counts: [usize; LOSSES.len()],
    overlaps: OverlapRule,
    boundaries: BoundaryRule,
    // Each pair once, in the order in which they were found.
    changed_names: Vec<ChangedName>,
    naming: Option<Naming>,
    // Whether the files state both names.
    files_explain_names: bool,
}

/// A name that the format writes differently.
#[derive(Clone, Debug, PartialEq, Eq)]
struct ChangedName {
    name: String,
    written: String,
}

impl LossCounts {
    /// No document yet; the phrases will mention the rules of `options`.
    #[must_use]
    pub fn none(options: &Options) -> Self {
        Self {
            counts: [0; LOSSES.len()],
            overlaps: options.overlaps,
            boundaries: options.boundaries,
            changed_names: Vec::new(),
            naming: None,
            files_explain_names: false,
        }
    }

    /// Adds what `format` would lose of `document`.
    pub fn add(&mut self, format: &Format, document: &Document, options: &Options) {
        let projection = Projection::new(document, options, format.precision);
        let new_names = self.add_names(format, &projection, options);
        for (loss, count) in LOSSES.iter().zip(&mut self.counts) {
            let is_held = format.can_hold(*loss) || is_implied_by_marks(format, *loss);
            *count += match (loss, is_held) {
                (Loss::Names, _) => new_names,
                (loss, true) => lost_with_marks(*loss, &projection),
                (loss, false) => lost_entirely(*loss, format, &projection),
            };
        }
    }

    /// Adds the names that the format writes differently; returns how many are new.
    fn add_names(&mut self, format: &Format, projection: &Projection, options: &Options) -> usize {
        if format.id == FormatId::PullquoteJson {
            return 0;
        }
        let naming = &mut self.naming;
        let naming = naming.get_or_insert_with(|| Naming::new(format.names, options));
        let changed = written_names(format, projection, naming);
        let changed = changed.into_iter().filter(|name| name.name != name.written);
        let before = self.changed_names.len();
        for name in changed {
            if !self.changed_names.contains(&name) {
                self.changed_names.push(name);
            }
        }
        self.files_explain_names = format.explains_names;
        self.changed_names.len() - before
    }

    /// Whether nothing is lost.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.counts.iter().all(|count| *count == 0)
    }

    /// Each loss as a phrase: "3 overlapping marks: the longest stay".
    #[must_use]
    pub fn phrases(&self) -> Vec<String> {
        let lost = LOSSES.iter().zip(self.counts);
        let lost = lost.filter(|(_, count)| *count > 0);
        lost.map(|(loss, count)| self.phrase(*loss, count))
            .collect()
    }

    fn phrase(&self, loss: Loss, count: usize) -> String {
        let stay = match self.overlaps {
            OverlapRule::Longest => "the longest stay",
            OverlapRule::Shortest => "the shortest stay",
            OverlapRule::First => "those that begin first stay",
        };
        let many = |one: &str, more: &str| match count {
            1 => format!("1 {one}"),
            count => format!("{count} {more}"),
        };
        match loss {
            Loss::Overlaps => {
                format!("{}: {stay}", many("overlapping mark", "overlapping marks"))
            }
            Loss::Tags => {
                let marks = many("overlapping mark", "overlapping marks");
                format!("{marks} in the tags of tokens: {stay}; the spans beside have all")
            }
            Loss::Pieces => format!(
                "that {}: each piece becomes a mark",
                many("mark has several pieces", "marks have several pieces")
            ),
            Loss::Relations => many("relation", "relations"),
            Loss::Notes => many("note", "notes"),
            Loss::Answers => many("answer given for a mark", "answers given for marks"),
            Loss::Cast => many("member of the cast", "members of the cast"),
            Loss::Flags => many("flag", "flags"),
            Loss::Questions => many("answer about the article", "answers about the article"),
            Loss::Rules => "the rules of the codebook".to_owned(),
            Loss::Spacing => "the white space between the words".to_owned(),
            Loss::Trimmed => format!("white space at the ends of {}", many("mark", "marks")),
            Loss::Dropped => many(
                "mark of white space alone, or of less than a token",
                "marks of white space alone, or of less than a token",
            ),
            Loss::InsideToken => {
                let rule = match self.boundaries {
                    BoundaryRule::Split => "the word is split",
                    BoundaryRule::Expand => "they grow to the whole word",
                    BoundaryRule::Shrink => "they shrink to whole words",
                };
                let what = many("mark ends inside a word", "marks end inside a word");
                format!("{what}: {rule}")
            }
            Loss::Characters => format!(
                "{} that the format cannot hold, written as \u{FFFD}",
                many("character", "characters")
            ),
            Loss::LongCells => format!(
                "the end of {}",
                many("cell that is too long", "cells that are too long")
            ),
            Loss::Names => {
                let shown = self.changed_names.iter().take(LISTED_NAMES);
                let shown = shown.map(|ChangedName { name, written }| {
                    let name = match name.trim() {
                        "" => "a name that is empty".to_owned(),
                        name => format!("“{}”", one_line(name)),
                    };
                    format!("{name} is written as “{written}”")
                });
                let shown = shown.collect::<Vec<_>>().join(", ");
                let more = match count.saturating_sub(LISTED_NAMES) {
                    0 => String::new(),
                    more => format!(", and {more} more"),
                };
                let said = match self.files_explain_names {
                    true => " (the files say which is which)",
                    false => "",
                };
                let names = many("name as it is", "names as they are");
                format!("{names}: {shown}{more}{said}")
            }
            Loss::Text => "the article’s text".to_owned(),
            Loss::Marks => many("mark", "marks"),
            Loss::MadeBy => "what made the file, when, with which codebook".to_owned(),
        }
    }

    /// The format that would lose nothing, which is our own file. `None` if nothing is lost, or if
    /// `format` is our own file.
    #[must_use]
    pub fn holder(&self, format: &Format) -> Option<&'static Format> {
        let own = FORMATS.first()?;
        (!self.is_empty() && own.id != format.id).then_some(own)
    }
}

/// Whether the loss needs no mention because the format does not hold the marks themselves.
fn is_implied_by_marks(format: &Format, loss: Loss) -> bool {
    let is_part_of_marks = matches!(
        loss,
        Loss::Overlaps | Loss::Pieces | Loss::Notes | Loss::Answers | Loss::Flags
    );
    is_part_of_marks && !format.holds.contains(&Loss::Marks)
}

/// How much is lost of a thing that the format does not hold.
fn lost_entirely(loss: Loss, format: &Format, projection: &Projection) -> usize {
    let document = projection.document;
    let marks = document.annotations();
    match loss {
        Loss::Overlaps | Loss::Tags => {
            let dropped = projection.spans.iter().filter(|span| !span.chosen);
            dropped.count()
        }
        Loss::Pieces => {
            let several = marks.iter().filter(|mark| mark.spans.as_slice().len() > 1);
            several.count()
        }
        Loss::Relations => document.relations().len(),
        Loss::Notes => marks.iter().filter(|mark| !mark.note.is_empty()).count(),
        Loss::Answers => {
            // brat writes answers that are one of several words, and "yes".
            let is_written = |value: &Value| {
                format.id == FormatId::Brat && matches!(value, Value::One(_) | Value::YesNo(true))
            };
            let values = marks.iter().flat_map(|mark| &mark.values);
            values.filter(|(_, value)| !is_written(value)).count()
        }
        Loss::Cast => document.entities().len(),
        Loss::Flags => marks.iter().filter(|mark| mark.flagged).count(),
        Loss::Questions => document.answers().len(),
        Loss::Rules => {
            let tags = document.codebook().tags().iter();
            tags.filter(|tag| !tag.definition.is_empty()).count()
        }
        Loss::Spacing | Loss::Text | Loss::MadeBy => 1,
        Loss::Trimmed => projection.changes.trimmed,
        Loss::Dropped => projection.changes.dropped,
        Loss::InsideToken => projection.changes.inside_token,
        Loss::Characters => {
            let texts = texts_of(format, document);
            let characters = texts.iter().flat_map(|text| text.chars());
            let lost = characters.filter(|character| !format.can_hold_character(*character));
            lost.count()
        }
        Loss::LongCells => {
            let limit = format.cell_limit.unwrap_or(usize::MAX);
            let is_long = |text: &&str| text.encode_utf16().count() > limit;
            let spans = projection.spans.iter();
            let words = spans.map(|projected| projection.slice(projected.span));
            let notes = marks.iter().map(|mark| mark.note.as_str());
            words.chain(notes).filter(is_long).count()
        }
        // These are counted from the names that are written.
        Loss::Names => 0,
        Loss::Marks => marks.len(),
    }
}

/// How much is lost of a thing that the format holds, because no span is left of its mark.
fn lost_with_marks(loss: Loss, projection: &Projection) -> usize {
    let marks = projection.document.annotations();
    let dropped = || {
        let marks = marks.iter().enumerate();
        let dropped = marks.filter(|(index, _)| projection.first_span_index(*index).is_none());
        dropped.map(|(_, mark)| mark)
    };
    match loss {
        Loss::Relations => projection.document.relations().len() - projection.relations().count(),
        Loss::Notes => dropped().filter(|mark| !mark.note.is_empty()).count(),
        Loss::Answers => dropped().map(|mark| mark.values.len()).sum(),
        Loss::Flags => dropped().filter(|mark| mark.flagged).count(),
        _ => 0,
    }
}

/// The names that the format writes of a document, each with how it writes it.
fn written_names(
    format: &Format,
    projection: &Projection,
    naming: &mut Naming,
) -> Vec<ChangedName> {
    let codebook = projection.document.codebook();
    let names = naming.names(projection);
    let mut all: Vec<ChangedName> = Vec::new();
    let mut add = |name: &str, written: &str| {
        all.push(ChangedName {
            name: name.to_owned(),
            written: written.to_owned(),
        });
    };
    if format.holds.contains(&Loss::Marks) {
        for (index, tag) in codebook.tags().iter().enumerate() {
            if projection.spans.iter().any(|span| span.tag == index) {
                add(&tag.name, &names.tags[index]);
            }
        }
    }
    if format.holds.contains(&Loss::Relations) {
        let labels = projection.relation_labels.iter();
        for (label, relation) in labels.zip(codebook.relations()) {
            if projection
                .relations()
                .any(|projected| projected.kind == label)
            {
                add(&relation.name, names.relations.get(label).unwrap_or(label));
            }
        }
    }
    if format.id != FormatId::Brat {
        return all;
    }
    for mark in projection.document.annotations() {
        let tag = codebook.index_of(&mark.tag).unwrap_or_default();
        for attribute in &codebook.tags()[tag].attributes {
            let value = mark.values.get(&attribute.id);
            let answer = value.and_then(|value| naming.answer(projection, tag, attribute, value));
            let Some((field, word)) = answer else {
                continue;
            };
            // A field always has the name of its tag in front; that alone is not a change.
            if field.name != format!("{}_{}", projection.labels[tag], attribute.name) {
                add(&attribute.name, &field.name);
            }
            if let (Some(Value::One(answer)), Some(word)) = (value, word) {
                add(answer, &word);
            }
        }
    }
    all
}
