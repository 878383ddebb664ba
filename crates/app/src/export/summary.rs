//! A dataset that was built, in brief.

use crate::job::{Texts, number};
use pullquote_datasets::builder::Dataset;
use pullquote_datasets::verify::Verification;

/// What a dataset is, without its bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DatasetSummary {
    /// The file's name.
    pub name: String,
    /// Its size in bytes.
    pub size: usize,
    /// How many files are in it.
    pub files: usize,
    /// How many of how many spans came back as they were, of how many articles.
    pub proof: Verification,
    /// In how many formats.
    pub formats: usize,
    /// How many articles each part of a package has: "train 8", "dev 1", "test 1".
    pub parts: Vec<String>,
    /// Whether one of them has none.
    pub is_short: bool,
    /// What its formats do not hold; those that hold everything are left out.
    pub lacks: Vec<FormatLosses>,
    /// The names and the beginnings of its first files.
    pub beginnings: Vec<(String, String)>,
}

/// What a format does not hold of what was wanted in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormatLosses {
    /// The name by which the format is asked for.
    pub format: String,
    /// What it does not hold, each a phrase; never empty.
    pub losses: Vec<String>,
    /// The name by which a format is asked for that would hold it; empty: there is none.
    pub holder: String,
}

impl DatasetSummary {
    /// What is told of what was made.
    #[must_use]
    pub fn of(made: &Dataset) -> Self {
        let lacks = made.losses.iter().map(|(format, losses)| FormatLosses {
            format: format.id.as_str().to_owned(),
            losses: losses.phrases(),
            holder: losses
                .holder(format)
                .map(|format| format.id.as_str().to_owned())
                .unwrap_or_default(),
        });
        Self {
            name: made.name.clone(),
            size: made.bytes.len(),
            files: made.files,
            proof: made.verification,
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

    /// "214 of 214 spans verified".
    #[must_use]
    pub fn verdict(&self) -> String {
        let Verification {
            verified, spans, ..
        } = self.proof;
        match (spans, self.formats) {
            (0, _) => "no spans in it".to_owned(),
            (_, 0 | 1) => format!("{verified} of {spans} marks verified"),
            (_, formats) => format!("{verified} of {spans} marks verified, in {formats} formats"),
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
