//! What a writer of a format is, and what it leaves behind to be verified.

use crate::projection::spans::{ProjectedSpan, Projection};
use pullquote_core::model::article::Article;
use pullquote_core::model::document::Document;

use std::rc::Rc;

/// Where files are written to.
pub trait FileSink {
    /// Appends bytes to the file with this name, and begins the file if it does not exist.
    /// `/` separates folders.
    fn append(&mut self, file: &str, bytes: &[u8]);
}

/// Writes documents in a format, one after the other.
pub trait Writer {
    /// Writes a document, and returns what was written so that it can be verified.
    fn add(&mut self, document: &Document, out: &mut dyn FileSink) -> Vec<WrittenDocument>;
    /// Writes what can only be written when all documents are known.
    fn finish(&mut self, out: &mut dyn FileSink);
}

/// What was written of one document into one file.
#[derive(Clone, Debug)]
pub struct WrittenDocument {
    /// The file that it was written into.
    pub file: String,
    /// The article that it was written from.
    pub article: Rc<Article>,
    /// Its name in the file, if the file names documents. Without names, their order counts.
    pub(crate) key: Option<String>,
    /// Whether another file has the same spans, so that they are not counted again.
    pub(crate) counted_elsewhere: bool,
    /// Its spans.
    pub(crate) spans: Vec<WrittenSpan>,
}

/// A span that was written.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct WrittenSpan {
    /// Where it starts, in bytes of the text.
    pub(crate) start: u32,
    /// Where it ends (exclusive), in bytes of the text.
    pub(crate) end: u32,
    /// Its label, as the format writes it.
    pub(crate) label: String,
}

impl WrittenDocument {
    /// These spans were written, each with the label that `label` returns.
    pub(crate) fn new<'a>(
        file: &str,
        projection: &Projection,
        spans: impl Iterator<Item = &'a ProjectedSpan>,
        label: impl Fn(&ProjectedSpan) -> String,
    ) -> Self {
        let spans = spans.map(|projected| WrittenSpan {
            start: projected.span.start().0,
            end: projected.span.end().0,
            label: label(projected),
        });
        Self {
            file: file.to_owned(),
            article: projection.document.article().clone(),
            key: None,
            counted_elsewhere: false,
            spans: spans.collect(),
        }
    }

    /// All spans were written, with the labels of their tags.
    pub(crate) fn with_all_spans(file: &str, projection: &Projection) -> Self {
        let label = |projected: &ProjectedSpan| projection.label(projected).to_owned();
        Self::new(file, projection, projection.spans.iter(), label)
    }

    /// No spans were written; the format has none.
    pub(crate) fn without_spans(file: &str, projection: &Projection) -> Self {
        Self::new(file, projection, std::iter::empty(), |_| String::new())
    }

    /// Whether another file has the same spans, so that they are not counted again.
    #[must_use]
    pub fn is_counted_elsewhere(&self) -> bool {
        self.counted_elsewhere
    }

    /// How many spans were written.
    #[must_use]
    pub fn span_count(&self) -> usize {
        self.spans.len()
    }
}
