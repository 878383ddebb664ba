//! A dataset made in memory: written, read back, verified, and put into one file.

use crate::catalogue::Format;
use crate::codecs::{reader, writer};
use crate::encoding::zip::ZipWriter;
use crate::error::{DatasetError, VerifyError};
use crate::loss_counts::LossCounts;
use crate::options::Options;
use crate::output::{FileSink, Writer, WrittenDocument};
use crate::package::plan::PackagePlan;
use crate::package::writer::Package;
use crate::verify::{Verification, verify};
use pullquote_core::analysis::split::Share;
use pullquote_core::model::document::Document;
use pullquote_formats::file_name::file_name;

/// How many files [`Dataset::beginnings`] has at most.
const BEGINNING_FILES: usize = 8;

/// How many characters a beginning has at most.
const BEGINNING_LENGTH: usize = 4_000;

/// Files in memory, in the order in which they were begun.
#[derive(Default)]
struct Files(Vec<(String, Vec<u8>)>);

impl FileSink for Files {
    fn append(&mut self, file: &str, bytes: &[u8]) {
        // The last file is the likeliest.
        match self.0.iter_mut().rev().find(|(name, _)| name == file) {
            Some((_, content)) => content.extend(bytes),
            None => self.0.push((file.to_owned(), bytes.to_vec())),
        }
    }
}

impl Files {
    fn open(&self, file: &str) -> Option<Vec<u8>> {
        let file = self.0.iter().find(|(name, _)| name == file);
        file.map(|(_, bytes)| bytes.clone())
    }
}

/// What is written.
enum Content {
    OneFormat {
        format: &'static Format,
        writer: Box<dyn Writer>,
        written: Vec<WrittenDocument>,
        losses: Box<LossCounts>,
    },
    Package(Box<Package>),
}

/// Writes a dataset in memory, document by document.
pub struct DatasetBuilder {
    options: Options,
    content: Content,
    files: Files,
}

/// A dataset as one file, with a summary.
pub struct Dataset {
    /// The name of the file.
    pub name: String,
    /// Media type (RFC 6838).
    pub media_type: &'static str,
    /// The file.
    pub bytes: Vec<u8>,
    /// How many files were written. If there are several, the file is an archive of them.
    pub files: usize,
    /// How many spans were verified.
    pub verification: Verification,
    /// How many articles each part of a package has; empty if it is not a package.
    pub parts: Vec<(&'static str, usize)>,
    /// What each of its formats does not hold.
    pub losses: Vec<(&'static Format, LossCounts)>,
    /// The names and the beginnings of its first files; a beginning is empty if the file is
    /// not text.
    pub beginnings: Vec<(String, String)>,
}

impl DatasetBuilder {
    /// Begins a dataset in one format.
    #[must_use]
    pub fn new(format: &'static Format, options: &Options) -> Self {
        Self {
            options: options.clone(),
            content: Content::OneFormat {
                format,
                writer: writer(format, options),
                written: Vec::new(),
                losses: Box::new(LossCounts::none(options)),
            },
            files: Files::default(),
        }
    }

    /// Begins a package. `shares` has one entry for each document that will be added, in the
    /// same order.
    #[must_use]
    pub fn package(plan: PackagePlan, shares: Vec<Share>) -> Self {
        Self {
            options: plan.options.clone(),
            content: Content::Package(Box::new(Package::new(plan, shares))),
            files: Files::default(),
        }
    }

    /// Adds a document.
    pub fn add(&mut self, document: &Document) {
        match &mut self.content {
            Content::OneFormat {
                format,
                writer,
                written,
                losses,
            } => {
                losses.add(format, document, &self.options);
                written.extend(writer.add(document, &mut self.files));
            }
            Content::Package(package) => package.add(document, &mut self.files),
        }
    }

    /// Finishes, reads everything back, and puts it into one file.
    ///
    /// # Errors
    ///
    /// What was written is not verified, or cannot be packed.
    pub fn finish(mut self) -> Result<Dataset, DatasetError> {
        let verification = self.finish_and_verify()?;
        let beginnings = self.beginnings();
        let files = self.files.0.len();
        let only_format = match &self.content {
            Content::OneFormat { format, .. } if files == 1 => Some(*format),
            _ => None,
        };
        let only_file = only_format.and_then(|format| Some((format, self.files.0.pop()?)));
        let (name, media_type, bytes) = match only_file {
            Some((format, (_, bytes))) => {
                let name = file_name(&self.options.name, format.extension);
                (name, format.media_type, bytes)
            }
            None => (self.archive_name(), "application/zip", self.archive()?),
        };
        let (parts, losses) = match self.content {
            Content::OneFormat { format, losses, .. } => (Vec::new(), vec![(format, *losses)]),
            Content::Package(package) => (package.sizes().to_vec(), package.losses().to_vec()),
        };
        Ok(Dataset {
            name,
            media_type,
            bytes,
            files,
            verification,
            parts,
            losses,
            beginnings,
        })
    }

    fn finish_and_verify(&mut self) -> Result<Verification, VerifyError> {
        match &mut self.content {
            Content::OneFormat {
                format,
                writer,
                written,
                ..
            } => {
                writer.finish(&mut self.files);
                verify(format, reader(format), written, &mut |file| {
                    self.files.open(file)
                })
            }
            Content::Package(package) => {
                package.finish(&mut self.files);
                package.verify(&mut |file| self.files.open(file))
            }
        }
    }

    fn archive_name(&self) -> String {
        let kind = match &self.content {
            Content::OneFormat { format, .. } => format.id.as_str(),
            Content::Package(_) => "package",
        };
        file_name(&self.options.name, &format!("{kind}.zip"))
    }

    fn archive(&self) -> Result<Vec<u8>, DatasetError> {
        let mut archive = ZipWriter::new(self.options.made);
        for (name, bytes) in &self.files.0 {
            archive.put(name, bytes)?;
        }
        Ok(archive.finish()?)
    }

    /// The names and the beginnings of the first files.
    fn beginnings(&self) -> Vec<(String, String)> {
        let all = self.files.0.iter();
        let (cards, others): (Vec<_>, Vec<_>) = all.partition(|(name, _)| name == "README.md");
        // The card describes a package best. In a single format, the data do.
        let (first, then) = match self.content {
            Content::Package(_) => (cards, others),
            Content::OneFormat { .. } => (others, cards),
        };
        let shown = first.into_iter().chain(then).take(BEGINNING_FILES);
        shown
            .map(|(name, bytes)| (name.clone(), beginning(bytes)))
            .collect()
    }
}

/// The first characters of a file; empty if it is not text.
fn beginning(bytes: &[u8]) -> String {
    let bytes = &bytes[..bytes.len().min(4 * BEGINNING_LENGTH)];
    let text = match str::from_utf8(bytes) {
        Ok(text) => text,
        // The last character may be cut off; any other error means that it is not text.
        Err(error) if error.error_len().is_none() => {
            str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default()
        }
        Err(_) => "",
    };
    let is_text = !text.contains('\0');
    let shown = text.char_indices().nth(BEGINNING_LENGTH);
    match shown {
        _ if !is_text => String::new(),
        None => text.to_owned(),
        Some((cut, _)) => format!("{}…", &text[..cut]),
    }
}
