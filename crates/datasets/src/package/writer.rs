//! A package: the data in several formats, divided into parts, with a data card, the codebooks
//! and their guidelines.

use crate::catalogue::Format;
use crate::codecs::{reader, writer};
use crate::error::VerifyError;
use crate::loss_counts::LossCounts;
use crate::options::Options;
use crate::output::{FileSink, Writer, WrittenDocument};
use crate::package::card::{Card, folder};
use crate::package::guidelines::guidelines as guidelines_of;
use crate::package::plan::{PARTS, PackagePlan, labels_of};
use crate::verify::{Verification, verify};
use pullquote_core::analysis::split::{Share, split};
use pullquote_core::model::document::Document;
use pullquote_core::text::shortened::one_line;
use pullquote_formats::codebook_file::{CODEBOOK, write_codebook};
use pullquote_formats::file_name::file_name;

/// Writes a package, document by document. Documents are read twice: first the [`Share`]s of
/// all, then each is added.
pub struct Package {
    card: Card,
    // For each format: a writer for each part, and what it wrote.
    writers: Vec<[Box<dyn Writer>; 3]>,
    written: Vec<[Vec<WrittenDocument>; 3]>,
    // How many documents were added.
    added: usize,
    // The content of `splits.tsv`.
    splits: String,
}

impl Package {
    /// Begins a package. `shares` has one entry for each document that will be added, in the
    /// same order.
    #[must_use]
    pub fn new(mut plan: PackagePlan, shares: Vec<Share>) -> Self {
        let parts = split(&shares, &plan.ratios, plan.seed);
        plan.options.labels = labels_of(&shares);
        let begin = |format: &Format, part: &str| {
            writer(
                format,
                &Options {
                    name: part.to_owned(),
                    ..plan.options.clone()
                },
            )
        };
        let formats = plan.formats.iter();
        let writers = formats.map(|format| PARTS.map(|part| begin(format, part)));
        Self {
            writers: writers.collect(),
            written: plan.formats.iter().map(|_| Default::default()).collect(),
            added: 0,
            splits: "doc_id\tpart\tsha256\ttitle\n".to_owned(),
            card: Card::new(plan, parts, shares),
        }
    }

    /// What each of its formats does not hold.
    #[must_use]
    pub fn losses(&self) -> &[(&'static Format, LossCounts)] {
        &self.card.losses
    }

    /// How many articles each part has.
    #[must_use]
    pub fn sizes(&self) -> [(&'static str, usize); 3] {
        std::array::from_fn(|part| (PARTS[part], self.card.articles_in(part)))
    }

    /// Writes the next document.
    pub fn add(&mut self, document: &Document, out: &mut dyn FileSink) {
        let part = self.card.parts.get(self.added).copied().unwrap_or_default();
        self.added += 1;
        for (index, format) in self.card.plan.formats.iter().enumerate() {
            let mut folder = Folder::new(format, part, out);
            let written = self.writers[index][part].add(document, &mut folder);
            self.written[index][part].extend(written);
        }
        self.card.add(document);
        let article = document.article();
        self.splits.push_str(&format!(
            "{}\t{}\t{}\t{}\n",
            article.id,
            PARTS[part],
            article.sha256(),
            one_line(&article.title)
        ));
    }

    /// Writes what can only be written when all documents are known, and the card.
    pub fn finish(&mut self, out: &mut dyn FileSink) {
        for (index, format) in self.card.plan.formats.iter().enumerate() {
            for part in 0..PARTS.len() {
                if !self.written[index][part].is_empty() {
                    let mut folder = Folder::new(format, part, out);
                    self.writers[index][part].finish(&mut folder);
                }
            }
        }
        out.append("splits.tsv", self.splits.as_bytes());
        let mut guidelines = String::from("# Guidelines\n");
        for (number, codebook) in (1..).zip(&self.card.codebooks) {
            let name = match number {
                1 => "codebook".to_owned(),
                number => format!("codebook-{number}"),
            };
            let file = file_name(&name, CODEBOOK);
            out.append(&file, write_codebook(codebook).as_bytes());
            guidelines.push('\n');
            guidelines.push_str(&guidelines_of(codebook));
        }
        out.append("GUIDELINES.md", guidelines.as_bytes());
        out.append("README.md", self.card.markdown().as_bytes());
    }

    /// Reads all formats back; see [`verify`]. `open` returns the bytes of a file.
    ///
    /// # Errors
    ///
    /// The first difference between the files and what was written.
    pub fn verify(
        &self,
        open: &mut dyn FnMut(&str) -> Option<Vec<u8>>,
    ) -> Result<Verification, VerifyError> {
        let mut sum = Verification::default();
        for (index, format) in self.card.plan.formats.iter().enumerate() {
            for (part, written) in self.written[index].iter().enumerate() {
                let folder = folder(format, part);
                let verification = verify(format, reader(format), written, &mut |file| {
                    open(&format!("{folder}{file}"))
                })?;
                sum.verified += verification.verified;
                sum.spans += verification.spans;
            }
        }
        // Every format has all documents; each counts once.
        sum.documents = self.added;
        Ok(sum)
    }
}

/// The folder of a format and a part within the package.
struct Folder<'a> {
    name: String,
    out: &'a mut dyn FileSink,
}

impl<'a> Folder<'a> {
    fn new(format: &Format, part: usize, out: &'a mut dyn FileSink) -> Self {
        Self {
            name: folder(format, part),
            out,
        }
    }
}

impl FileSink for Folder<'_> {
    fn append(&mut self, file: &str, bytes: &[u8]) {
        self.out.append(&format!("{}{file}", self.name), bytes);
    }
}
