//! What a format cannot hold, said before anything is written.

use crate::catalogue::{CELL_LIMIT, FORMATS, Format, FormatId};
use crate::loss::{LOSSES, Loss};
use crate::naming::names::Naming;
use crate::options::{BoundaryRule, Options, OverlapRule};
use crate::projection::spans::Projection;
use crate::typed_texts::texts_of;
use pullquote_core::model::document::Document;
use pullquote_core::model::value::Value;
use pullquote_core::text::shortened::one_line;

/// How many names are told one by one.
const NAMES: usize = 12;

/// Whether a loss is no news where the marks themselves are not held.
fn goes_with_marks(format: &Format, loss: Loss) -> bool {
    let of_marks = matches!(
        loss,
        Loss::Overlaps | Loss::Pieces | Loss::Notes | Loss::Answers | Loss::Flags
    );
    of_marks && !format.holds.contains(&Loss::Marks)
}

/// How many of each would be lost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LossCounts {
    counts: [usize; LOSSES.len()],
    overlaps: OverlapRule,
    boundaries: BoundaryRule,
    // The names that are written otherwise, each once, as (is called, is written).
    names: Vec<(String, String)>,
    naming: Option<Naming>,
    // Whether the file says which is which.
    are_said: bool,
}

impl LossCounts {
    /// Nothing lost, with the rules of these options.
    #[must_use]
    pub fn none(options: &Options) -> Self {
        Self {
            counts: [0; LOSSES.len()],
            overlaps: options.overlaps,
            boundaries: options.boundaries,
            names: Vec::new(),
            naming: None,
            are_said: false,
        }
    }

    /// Adds what `format` would lose of `document`.
    pub fn add(&mut self, format: &Format, document: &Document, options: &Options) {
        let labelled = Projection::new(document, options, format.precision);
        let new_names = self.add_names(format, &labelled, options);
        let marks = document.annotations();
        let count_of = |loss| match loss {
            Loss::Overlaps | Loss::Tags => {
                let left = labelled.spans.iter().filter(|piece| !piece.chosen);
                left.count()
            }
            Loss::Pieces => marks
                .iter()
                .filter(|it| it.spans.as_slice().len() > 1)
                .count(),
            Loss::Relations => document.relations().len(),
            Loss::Notes => marks.iter().filter(|mark| !mark.note.is_empty()).count(),
            // brat has room for answers of one word, and for yes.
            Loss::Answers => {
                let values = marks.iter().flat_map(|mark| &mark.values);
                let is_word = |value: &Value| matches!(value, Value::One(_) | Value::YesNo(true));
                let is_written = |value: &Value| format.id == FormatId::Brat && is_word(value);
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
            Loss::Trimmed => labelled.changes.trimmed,
            Loss::Gone => labelled.changes.dropped,
            Loss::Inside => labelled.changes.inside_token,
            Loss::Characters => {
                let texts = texts_of(format, document);
                let chars = texts.iter().flat_map(|text| text.chars());
                chars
                    .filter(|char| !format.can_hold_character(*char))
                    .count()
            }
            Loss::Long => {
                let is_long = |text: &str| text.encode_utf16().count() > CELL_LIMIT;
                let words = labelled
                    .spans
                    .iter()
                    .map(|piece| labelled.slice(piece.span));
                let notes = marks.iter().map(|mark| mark.note.as_str());
                words.chain(notes).filter(|text| is_long(text)).count()
            }
            Loss::Names => new_names,
            Loss::Marks => marks.len(),
        };
        // What is said of a mark goes with its last piece.
        let mut has_piece = vec![false; marks.len()];
        labelled
            .spans
            .iter()
            .for_each(|it| has_piece[it.mark] = true);
        let gone = || {
            marks
                .iter()
                .zip(&has_piece)
                .filter(|it| !it.1)
                .map(|it| it.0)
        };
        let goes = |loss| match loss {
            Loss::Relations => document.relations().len() - labelled.relations().count(),
            Loss::Notes => gone().filter(|mark| !mark.note.is_empty()).count(),
            Loss::Answers => gone().map(|mark| mark.values.len()).sum(),
            Loss::Flags => gone().filter(|mark| mark.flagged).count(),
            _ => 0,
        };
        for (loss, lost) in LOSSES.iter().zip(&mut self.counts) {
            let count = count_of(*loss);
            let is_held = format.can_hold(*loss) || goes_with_marks(format, *loss);
            // These are counted by what is written.
            let is_held = is_held && *loss != Loss::Names;
            *lost += if is_held { goes(*loss) } else { count };
        }
    }

    /// Adds the names that are written otherwise than they are; gives how many are new.
    fn add_names(&mut self, format: &Format, labelled: &Projection, options: &Options) -> usize {
        if format.id == FormatId::PullquoteJson {
            return 0;
        }
        let naming = &mut self.naming;
        let naming = naming.get_or_insert_with(|| Naming::new(format.names, options));
        let book = labelled.document.codebook();
        let names = naming.names(labelled);
        let mut all: Vec<(&str, String)> = Vec::new();
        if format.holds.contains(&Loss::Marks) {
            for (place, tag) in book.tags().iter().enumerate() {
                if labelled.spans.iter().any(|piece| piece.tag == place) {
                    all.push((&tag.name, names.tags[place].clone()));
                }
            }
        }
        if format.holds.contains(&Loss::Relations) {
            for (label, kind) in labelled.relation_labels.iter().zip(book.relations()) {
                if labelled.relations().any(|link| link.kind == label) {
                    let written = names.relations.get(label).unwrap_or(label);
                    all.push((&kind.name, written.clone()));
                }
            }
        }
        if format.id == FormatId::Brat {
            for mark in labelled.document.annotations() {
                let tag = book.place_of(&mark.tag).unwrap_or_default();
                for attribute in &book.tags()[tag].attributes {
                    let value = mark.values.get(&attribute.id);
                    let answer = value.and_then(|it| naming.answer(labelled, tag, attribute, it));
                    let Some((field, word)) = answer else {
                        continue;
                    };
                    // That the name of the tag stands before it is no news.
                    let plain = format!("{}_{}", labelled.labels[tag], attribute.name);
                    if field.name != plain {
                        all.push((&attribute.name, field.name.clone()));
                    }
                    if let (Some(Value::One(is)), Some(word)) = (value, word) {
                        all.push((is, word));
                    }
                }
            }
        }
        let before = self.names.len();
        for (name, written) in all.into_iter().filter(|(name, it)| name != it) {
            let pair = (name.to_owned(), written);
            if !self.names.contains(&pair) {
                self.names.push(pair);
            }
        }
        self.are_said = matches!(format.id, FormatId::Brat | FormatId::Conllu | FormatId::Tei);
        self.names.len() - before
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
            Loss::Gone => many(
                "mark of white space alone, or of less than a token",
                "marks of white space alone, or of less than a token",
            ),
            Loss::Inside => {
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
            Loss::Long => format!(
                "the end of {}",
                many("cell that is too long", "cells that are too long")
            ),
            Loss::Names => {
                let shown = self.names.iter().take(NAMES).map(|(name, written)| {
                    let name = match name.trim() {
                        "" => "a name that is empty".to_owned(),
                        name => format!("“{}”", one_line(name)),
                    };
                    format!("{name} is written as “{written}”")
                });
                let shown = shown.collect::<Vec<_>>().join(", ");
                let more = match count.saturating_sub(NAMES) {
                    0 => String::new(),
                    more => format!(", and {more} more"),
                };
                let said = match self.are_said {
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

    /// The format that would hold all that there is: our own file. `None` where nothing is lost,
    /// and of our own file itself.
    #[must_use]
    pub fn holder(&self, format: &Format) -> Option<&'static Format> {
        let own = FORMATS.first()?;
        (!self.is_empty() && own.id != format.id).then_some(own)
    }
}
