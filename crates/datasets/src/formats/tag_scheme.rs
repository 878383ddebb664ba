//! Spans as a tag for each token, and back.
//!
//! | scheme | tokens of a span | a span of one token |
//! |---|---|---|
//! | IOB1 | `I I I`; `B` only behind a span with the same label | `I` |
//! | IOB2 | `B I I` | `B` |
//! | BIOES | `B I E` | `S` |
//! | BILOU | `B I L` | `U` |
//!
//! Source: Tjong Kim Sang and Veenstra 1999, "Representing Text Chunks" (IOB1 and IOB2); Ratinov
//! and Roth 2009, "Design Challenges and Misconceptions in Named Entity Recognition" (BILOU).

use crate::error::ReadBackError;
use crate::external::{ExternalDocument, ExternalSpans, ExternalTokenSpan};
use crate::projection::spans::{Projection, TokenTag};

/// A scheme that is written.
#[derive(Clone, Copy)]
pub(crate) enum TagScheme {
    Iob2,
    Bioes,
    Bilou,
}

impl TagScheme {
    /// The tag of a token in a span: `B-Actor`.
    pub(crate) fn tag(self, token: &TokenTag, label: &str) -> String {
        format!("{}-{label}", self.letter(token))
    }

    fn letter(self, token: &TokenTag) -> char {
        let is_last = token.index + 1 == token.length;
        match (self, token.length, token.index) {
            (Self::Bioes, 1, _) => 'S',
            (Self::Bilou, 1, _) => 'U',
            (_, _, 0) => 'B',
            (Self::Bioes, ..) if is_last => 'E',
            (Self::Bilou, ..) if is_last => 'L',
            _ => 'I',
        }
    }

    /// The tag of each token: that of the chosen span over it, or `O`. `labels` are the names that
    /// the format has for the labels of the tags.
    pub(crate) fn tags(self, projection: &Projection, labels: &[String]) -> Vec<String> {
        let mut tags = vec!["O".to_owned(); projection.tokens.len()];
        let tagged = projection.token_tags();
        for projected in projection.spans.iter().filter(|span| span.chosen) {
            for token in projected.tokens.clone() {
                if let Some(inside) = &tagged[token] {
                    tags[token] = self.tag(inside, &labels[projected.tag]);
                }
            }
        }
        tags
    }
}

/// Tokens and tags that are put together to spans.
#[derive(Default)]
pub(crate) struct TaggedTokens {
    tokens: Vec<String>,
    spans: Vec<ExternalTokenSpan>,
    // Whether the next token may continue the last span.
    is_open: bool,
}

impl TaggedTokens {
    /// Adds a token with a tag of IOB2, BIOES or BILOU.
    ///
    /// Errors: the tag is unknown, or continues a span that is not open.
    pub(crate) fn put(&mut self, token: String, tag: &str) -> Result<(), ReadBackError> {
        let index = self.tokens.len();
        self.tokens.push(token);
        let (letter, label) = split_tag(tag);
        match letter {
            "O" => self.is_open = false,
            "B" | "S" | "U" => {
                self.begin_span(index, label);
                self.is_open = letter == "B";
            }
            "I" | "E" | "L" => {
                let last = self.spans.last_mut().filter(|_| self.is_open);
                let last = last.filter(|last| last.end == index && last.label == label);
                let last =
                    last.ok_or_else(|| ReadBackError::TagContinuesNothing(tag.to_owned()))?;
                last.end += 1;
                self.is_open = letter == "I";
            }
            _ => {
                return Err(ReadBackError::ValueIsNot {
                    value: tag.to_owned(),
                    expected: "tag",
                });
            }
        }
        Ok(())
    }

    /// Adds a token with a tag of IOB1.
    ///
    /// Errors: the tag is unknown, or separates a span where there is none before it.
    pub(crate) fn put_iob1(&mut self, token: String, tag: &str) -> Result<(), ReadBackError> {
        let index = self.tokens.len();
        let (letter, label) = split_tag(tag);
        let last = self.spans.last().filter(|_| self.is_open);
        let follows_same = last.is_some_and(|last| last.end == index && last.label == label);
        match (letter, follows_same) {
            ("I", false) => {
                self.tokens.push(token);
                self.begin_span(index, label);
                self.is_open = true;
                Ok(())
            }
            ("B", false) => Err(ReadBackError::TagSeparatesNothing(tag.to_owned())),
            ("O" | "I" | "B", _) => self.put(token, tag),
            _ => Err(ReadBackError::ValueIsNot {
                value: tag.to_owned(),
                expected: "tag of IOB1",
            }),
        }
    }

    fn begin_span(&mut self, index: usize, label: &str) {
        self.spans.push(ExternalTokenSpan {
            first: index,
            end: index + 1,
            label: label.to_owned(),
        });
    }

    /// Ends a sentence: no span continues into the next.
    pub(crate) fn end_sentence(&mut self) {
        self.is_open = false;
    }

    /// The document with these tokens and spans.
    pub(crate) fn into_document(self) -> ExternalDocument {
        ExternalDocument {
            spans: ExternalSpans::Tokens {
                tokens: self.tokens,
                spans: self.spans,
            },
            ..ExternalDocument::default()
        }
    }
}

/// The letter of a tag and its label, which is empty for `O`.
fn split_tag(tag: &str) -> (&str, &str) {
    tag.split_once('-').unwrap_or((tag, ""))
}
