//! Documents as the reader of a format finds them in a file.

use crate::error::ReadBackError;

/// The reader of a format: the documents that the bytes of a file hold, in order.
pub type ReadBack = fn(&[u8]) -> Result<Vec<ExternalDocument>, ReadBackError>;

/// A document as it was read back from a file.
#[derive(Clone, Debug, Default)]
pub struct ExternalDocument {
    /// Its name in the file, if the file names documents. Without names, their order counts.
    pub(crate) key: Option<String>,
    /// Its text, if the file has it.
    pub(crate) text: Option<String>,
    /// Its labelled spans.
    pub(crate) spans: ExternalSpans,
    /// Whether an earlier document of the file has the same spans, so that they are not
    /// counted again.
    pub(crate) counted_elsewhere: bool,
}

/// A labelled span, as a file states it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ExternalSpan {
    /// Where it starts, in the unit of its [`ExternalSpans`].
    pub(crate) start: u32,
    /// Where it ends (exclusive), in the same unit.
    pub(crate) end: u32,
    /// Its label.
    pub(crate) label: String,
    /// Its words, if the file repeats them.
    pub(crate) quote: Option<String>,
}

/// A labelled run of tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ExternalTokenSpan {
    /// The index of its first token.
    pub(crate) first: usize,
    /// The index of the token after its last.
    pub(crate) end: usize,
    /// Its label.
    pub(crate) label: String,
}

/// The labelled spans of a document, in the unit that the file uses.
#[derive(Clone, Debug)]
pub(crate) enum ExternalSpans {
    /// Offsets count code points of the text.
    Chars(Vec<ExternalSpan>),
    /// Offsets count UTF-16 code units of the text.
    Utf16(Vec<ExternalSpan>),
    /// Spans are runs of tokens.
    Tokens {
        /// The words of the tokens, in order.
        tokens: Vec<String>,
        /// The labelled runs.
        spans: Vec<ExternalTokenSpan>,
    },
}

impl Default for ExternalSpans {
    fn default() -> Self {
        Self::Chars(Vec::new())
    }
}

/// Spans grouped by the name of their document. Spans of one document follow each other.
#[derive(Default)]
pub(crate) struct GroupedSpans(Vec<(String, Vec<ExternalSpan>)>);

impl GroupedSpans {
    /// Adds a span of the document with this name.
    pub(crate) fn push(&mut self, key: String, span: ExternalSpan) {
        match self.0.last_mut().filter(|(last, _)| *last == key) {
            Some((_, spans)) => spans.push(span),
            None => self.0.push((key, vec![span])),
        }
    }

    /// The documents, each with its name and its spans in code points.
    pub(crate) fn into_documents(self) -> Vec<ExternalDocument> {
        let documents = self.0.into_iter().map(|(key, spans)| ExternalDocument {
            key: Some(key),
            spans: ExternalSpans::Chars(spans),
            ..ExternalDocument::default()
        });
        documents.collect()
    }
}
