//! Who made a file, when, with which version and codebook.

use crate::options::Options;
use pullquote_core::model::document::Document;
use pullquote_formats::wire::time;

use serde::Serialize;

/// What every file says of itself, where it has room for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Provenance {
    program: &'static str,
    version: &'static str,
    pub(crate) made: String,
    pub(crate) codebook: String,
    pub(crate) codebook_version: String,
    pub(crate) coder: String,
}

impl Provenance {
    /// Of a document that is written now.
    pub(crate) fn new(document: &Document, options: &Options) -> Self {
        let book = document.codebook();
        Self {
            program: "Pullquote",
            version: env!("CARGO_PKG_VERSION"),
            made: time(options.made),
            codebook: book.name.clone(),
            codebook_version: book.version.clone(),
            coder: document.coder.clone(),
        }
    }

    /// Of a dataset that has this document too: what differs is not said of all.
    pub(crate) fn merge(all: &mut Option<Self>, document: &Document, options: &Options) {
        let own = Self::new(document, options);
        let Some(all) = all else {
            *all = Some(own);
            return;
        };
        if all.coder != own.coder {
            "several".clone_into(&mut all.coder);
        }
        let is_same = all.codebook == own.codebook && all.codebook_version == own.codebook_version;
        if !is_same {
            "several".clone_into(&mut all.codebook);
            all.codebook_version.clear();
        }
    }

    /// On one line: "Pullquote 0.1.0, 2026-01-02T03:04:05.000Z, codebook News 1".
    pub(crate) fn line(&self) -> String {
        let book = format!("codebook {} {}", self.codebook, self.codebook_version);
        let coder = match self.coder.as_str() {
            "" => String::new(),
            coder => format!(", coder {coder}"),
        };
        let program = program();
        pullquote_core::text::shortened::one_line(&format!(
            "{program}, {}, {}{coder}",
            self.made,
            book.trim()
        ))
    }
}

/// The program with its version.
pub(crate) fn program() -> String {
    format!("Pullquote {}", env!("CARGO_PKG_VERSION"))
}
