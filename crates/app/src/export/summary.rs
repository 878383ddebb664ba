//! The summary of a dataset that was built.

use crate::job::{Texts, number};
use pullquote_datasets::builder::Dataset;
use pullquote_datasets::verify::Verification;

/// A dataset without its bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DatasetSummary {
    /// The file's name.
    pub name: String,
    /// Its size in bytes.
    pub size: usize,
    /// The number of files in it.
    pub files: usize,
    /// How many of its marks were read back unchanged.
    pub proof: Verification,
    /// The number of its formats.
    pub formats: usize,
    /// The number of articles in each part of a package: "train 8", "dev 1", "test 1".
    pub parts: Vec<String>,
    /// Whether a part has no articles.
    pub is_short: bool,
    /// What its formats lose; formats that hold everything are left out.
    pub lacks: Vec<FormatLosses>,
    /// The names and the beginnings of its first files.
    pub beginnings: Vec<(String, String)>,
}

/// What a format loses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormatLosses {
    /// The id of the format.
    pub format: String,
    /// What it does not hold, as phrases; never empty.
    pub losses: Vec<String>,
    /// The id of a format that holds all of it; empty if there is none.
    pub holder: String,
}

impl DatasetSummary {
    /// The summary of a dataset.
    #[must_use]
    pub fn new(made: &Dataset) -> Self {
        let lacks = made.losses.iter().map(|(format, losses)| FormatLosses {
            format: format.id.to_owned(),
            losses: losses.phrases(),
            holder: losses
                .holder(format)
                .map(|format| format.id.to_owned())
                .unwrap_or_default(),
        });
        Self {
            name: made.name.clone(),
            size: made.bytes.len(),
            files: made.files,
            proof: made.proof,
            formats: made.losses.len(),
            parts: made
                .parts
                .iter()
                .map(|(part, count)| format!("{part} {count}"))
                .collect(),
            is_short: made.parts.iter().any(|(_, count)| *count == 0),
            lacks: lacks.filter(|lack| !lack.losses.is_empty()).collect(),
            beginnings: made.beginnings.clone(),
        }
    }
}

impl Texts for Box<DatasetSummary> {
    fn put(&self, texts: &mut Vec<String>) {
        texts.push(self.name.clone());
        let proof = [self.proof.verified, self.proof.spans, self.proof.documents];
        let numbers = [self.size, self.files, self.formats]
            .into_iter()
            .chain(proof);
        texts.extend(numbers.map(|number| number.to_string()));
        self.parts.put(texts);
        texts.push(self.is_short.to_string());
        texts.push(self.lacks.len().to_string());
        for lack in &self.lacks {
            texts.extend([lack.format.clone(), lack.holder.clone()]);
            lack.losses.put(texts);
        }
        texts.push(self.beginnings.len().to_string());
        for (name, text) in &self.beginnings {
            texts.extend([name.clone(), text.clone()]);
        }
    }

    fn take(texts: &mut dyn Iterator<Item = String>) -> Option<Self> {
        let mut look = DatasetSummary {
            name: texts.next()?,
            size: number(texts)?,
            files: number(texts)?,
            formats: number(texts)?,
            proof: Verification {
                verified: number(texts)?,
                spans: number(texts)?,
                documents: number(texts)?,
            },
            parts: Vec::take(texts)?,
            is_short: number(texts)?,
            ..DatasetSummary::default()
        };
        for _ in 0..number::<usize>(texts)? {
            look.lacks.push(FormatLosses {
                format: texts.next()?,
                holder: texts.next()?,
                losses: Vec::take(texts)?,
            });
        }
        for _ in 0..number::<usize>(texts)? {
            look.beginnings.push((texts.next()?, texts.next()?));
        }
        Some(Box::new(look))
    }
}
