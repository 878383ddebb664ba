//! The program that made a file, when, and with which codebook.

use crate::options::Options;
use pullquote_core::model::document::Document;
use pullquote_core::text::shortened::one_line;
use pullquote_formats::wire::time::time;

use serde::Serialize;

/// What files state about themselves, if their format has room for it.
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
    /// The provenance of a file with this document.
    pub(crate) fn new(document: &Document, options: &Options) -> Self {
        let codebook = document.codebook();
        Self {
            program: "Pullquote",
            version: env!("CARGO_PKG_VERSION"),
            made: time(options.made),
            codebook: codebook.name.clone(),
            codebook_version: codebook.version.clone(),
            coder: document.coder.clone(),
        }
    }

    /// Extends the provenance of a file by another document. Coders and codebooks that differ
    /// become "several".
    pub(crate) fn merge(sum: &mut Option<Self>, document: &Document, options: &Options) {
        let own = Self::new(document, options);
        let Some(sum) = sum else {
            *sum = Some(own);
            return;
        };
        if sum.coder != own.coder {
            "several".clone_into(&mut sum.coder);
        }
        let is_same = sum.codebook == own.codebook && sum.codebook_version == own.codebook_version;
        if !is_same {
            "several".clone_into(&mut sum.codebook);
            sum.codebook_version.clear();
        }
    }

    /// As one line: "Pullquote 0.1.0, 2026-01-02T03:04:05.000Z, codebook News 1".
    pub(crate) fn line(&self) -> String {
        let codebook = format!("codebook {} {}", self.codebook, self.codebook_version);
        let coder = match self.coder.as_str() {
            "" => String::new(),
            coder => format!(", coder {coder}"),
        };
        let program = program();
        one_line(&format!(
            "{program}, {}, {}{coder}",
            self.made,
            codebook.trim()
        ))
    }
}

/// The line of a file with several documents; empty if it has none.
pub(crate) fn line_of(made_by: Option<&Provenance>) -> String {
    made_by.map(Provenance::line).unwrap_or_default()
}

/// The name of this program, with its version.
pub(crate) fn program() -> String {
    format!("Pullquote {}", env!("CARGO_PKG_VERSION"))
}
