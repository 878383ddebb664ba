//! A dataset made in memory: written, read back, proved, and put into one file.

use crate::catalogue::Format;
use crate::codecs::{reader, writer};
use crate::encoding::zip::ZipWriter;
use crate::loss_counts::LossCounts;
use crate::options::Options;
use crate::output::{FileSink, Writer, WrittenDocument};
use crate::package::writer::{Package, PackagePlan};
use crate::verify::{Verification, verify};
use pullquote_core::analysis::split::Share;
use pullquote_core::model::document::Document;
use pullquote_formats::file_name::file_name;

/// Files in memory, in the order in which they were begun.
#[derive(Default)]
struct Files(Vec<(String, Vec<u8>)>);

impl FileSink for Files {
    fn append(&mut self, file: &str, bytes: &[u8]) {
        // Mostly it goes on with the last.
        match self.0.iter_mut().rev().find(|(name, _)| name == file) {
            Some((_, all)) => all.extend(bytes),
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

enum Work {
    Format(
        &'static Format,
        Box<dyn Writer>,
        Vec<WrittenDocument>,
        Box<LossCounts>,
    ),
    Package(Box<Package>),
}

/// A dataset on its way.
pub struct DatasetBuilder {
    options: Options,
    work: Work,
    files: Files,
}

/// A dataset as one file.
pub struct Dataset {
    /// The file's name.
    pub name: String,
    /// Media type (RFC 6838).
    pub media_type: &'static str,
    /// The file.
    pub bytes: Vec<u8>,
    /// How many files are in it.
    pub files: usize,
    /// That it says what the documents say.
    pub proof: Verification,
    /// How many articles each part of a package has; empty where it is none.
    pub parts: Vec<(&'static str, usize)>,
    /// What each of its formats does not hold.
    pub losses: Vec<(&'static Format, LossCounts)>,
    /// The names and the beginnings of its first files, as text; empty where one is no text.
    pub beginnings: Vec<(String, String)>,
}

/// Of how many files the beginning is shown before they are given.
const BEGINNINGS: usize = 8;

/// How many characters of a file are shown.
const BEGINNING: usize = 4_000;

impl DatasetBuilder {
    /// A dataset in a format.
    #[must_use]
    pub fn new(format: &'static Format, options: &Options) -> Self {
        let losses = Box::new(LossCounts::none(options));
        Self {
            options: options.clone(),
            work: Work::Format(format, writer(format, options), Vec::new(), losses),
            files: Files::default(),
        }
    }

    /// A package of the documents of which these are the shares.
    #[must_use]
    pub fn package(plan: PackagePlan, shares: Vec<Share>) -> Self {
        Self {
            options: plan.options.clone(),
            work: Work::Package(Box::new(Package::new(plan, shares))),
            files: Files::default(),
        }
    }

    /// Adds a document.
    pub fn add(&mut self, document: &Document) {
        match &mut self.work {
            Work::Format(format, writer, written, losses) => {
                losses.add(format, document, &self.options);
                written.extend(writer.add(document, &mut self.files));
            }
            Work::Package(package) => package.add(document, &mut self.files),
        }
    }

    /// Finishes, reads everything back, and puts it into one file.
    ///
    /// Errors: what was written fails its own check, in words.
    pub fn finish(mut self) -> Result<Dataset, String> {
        let proof = match &mut self.work {
            Work::Format(format, writer, written, _) => {
                writer.finish(&mut self.files);
                verify(format, reader(format), written, &mut |file| {
                    self.files.open(file)
                })
            }
            Work::Package(package) => {
                package.finish(&mut self.files);
                package.prove(&mut |file| self.files.open(file))
            }
        };
        let proof = proof.map_err(|fault| fault.to_string())?;
        let parts = match &self.work {
            Work::Package(package) => package.sizes().to_vec(),
            Work::Format(..) => Vec::new(),
        };
        let only = match self.work {
            Work::Format(format, ..) if self.files.0.len() == 1 => Some(format),
            _ => None,
        };
        let files = self.files.0.len();
        let beginnings = self.beginnings();
        let one = only.and_then(|format| Some((format, self.files.0.pop()?)));
        let (name, media_type, bytes) = match one {
            Some((format, (_, bytes))) => {
                let name = file_name(&self.options.name, format.extension);
                (name, format.media_type, bytes)
            }
            None => {
                let mut zip = ZipWriter::new(self.options.made);
                for (name, bytes) in &self.files.0 {
                    zip.put(name, bytes).map_err(|error| error.to_string())?;
                }
                let kind = match &self.work {
                    Work::Format(format, ..) => format.id.as_str(),
                    Work::Package(_) => "package",
                };
                (
                    file_name(&self.options.name, &format!("{kind}.zip")),
                    "application/zip",
                    zip.finish().map_err(|error| error.to_string())?,
                )
            }
        };
        Ok(Dataset {
            name,
            media_type,
            bytes,
            files,
            proof,
            parts,
            losses: match self.work {
                Work::Format(format, .., losses) => vec![(format, *losses)],
                Work::Package(package) => package.losses().to_vec(),
            },
            beginnings,
        })
    }

    fn beginnings(&self) -> Vec<(String, String)> {
        let all = self.files.0.iter();
        // The card of a package says most.
        let (cards, others): (Vec<_>, Vec<_>) = all.partition(|(name, _)| name == "README.md");
        let (first, then) = match self.work {
            Work::Package(_) => (cards, others),
            Work::Format(..) => (others, cards),
        };
        let shown = first.into_iter().chain(then).take(BEGINNINGS);
        shown
            .map(|(name, bytes)| (name.clone(), beginning(bytes)))
            .collect()
    }
}

/// The first characters of a file; empty where it is no text.
fn beginning(bytes: &[u8]) -> String {
    let bytes = &bytes[..bytes.len().min(4 * BEGINNING)];
    let text = match str::from_utf8(bytes) {
        Ok(text) => text,
        // The last character may be cut; anything else is no text.
        Err(error) if error.error_len().is_none() => {
            str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default()
        }
        Err(_) => "",
    };
    let is_text = !text.contains('\0');
    let shown = text.char_indices().nth(BEGINNING);
    match shown {
        _ if !is_text => String::new(),
        None => text.to_owned(),
        Some((cut, _)) => format!("{}…", &text[..cut]),
    }
}
