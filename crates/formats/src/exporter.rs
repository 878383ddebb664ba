//! The table of formats that a document can leave in.

use pullquote_core::model::document::Document;

/// A format that documents leave in.
pub struct Exporter {
    /// As shown.
    pub name: &'static str,
    /// Of the file's name, without the first dot.
    pub extension: &'static str,
    /// Media type (RFC 6838).
    pub media_type: &'static str,
    /// The file's content.
    pub write: fn(&Document) -> String,
    /// What this format cannot hold of this document, each a phrase; said before
    /// anything is written.
    pub drops: fn(&Document) -> Vec<String>,
}

/// All of them, the one that holds everything first.
pub const EXPORTERS: &[Exporter] = &[Exporter {
    name: "Pullquote",
    extension: "pullquote.json",
    media_type: "application/json",
    write: crate::document_file::write_document,
    drops: |_| Vec::new(),
}];
