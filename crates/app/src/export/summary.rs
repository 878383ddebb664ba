//! The summary of a dataset that was built.

use pullquote_datasets::builder::Dataset;
use pullquote_datasets::verify::Verification;
use pullquote_formats::error::ReadError;
use pullquote_formats::json_reader::JsonNode;
use pullquote_formats::worker_message::{Json, LargeTexts, WorkerMessage, object, read_field};

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
}

impl WorkerMessage for DatasetSummary {
    fn to_json(&self, large: &mut LargeTexts) -> Json {
        let beginnings = self.beginnings.iter().map(|(name, text)| {
            object(vec![
                ("name", name.to_json(large)),
                ("text", text.to_json(large)),
            ])
        });
        let beginnings = Json::Array(beginnings.collect());
        object(vec![
            ("name", self.name.to_json(large)),
            ("size", self.size.to_json(large)),
            ("files", self.files.to_json(large)),
            ("formats", self.formats.to_json(large)),
            ("verified", self.proof.verified.to_json(large)),
            ("spans", self.proof.spans.to_json(large)),
            ("documents", self.proof.documents.to_json(large)),
            ("parts", self.parts.to_json(large)),
            ("is_short", self.is_short.to_json(large)),
            ("losses", self.lacks.to_json(large)),
            ("beginnings", beginnings),
        ])
    }

    fn from_json(node: &JsonNode, large: &mut LargeTexts) -> Result<Self, ReadError> {
        let text = |node: &JsonNode, name| node.field(name)?.text().map(str::to_owned);
        Ok(Self {
            name: read_field(node, "name", large)?,
            size: read_field(node, "size", large)?,
            files: read_field(node, "files", large)?,
            formats: read_field(node, "formats", large)?,
            proof: Verification {
                verified: read_field(node, "verified", large)?,
                spans: read_field(node, "spans", large)?,
                documents: read_field(node, "documents", large)?,
            },
            parts: read_field(node, "parts", large)?,
            is_short: read_field(node, "is_short", large)?,
            lacks: read_field(node, "losses", large)?,
            beginnings: node.list("beginnings", |file| {
                Ok((text(file, "name")?, text(file, "text")?))
            })?,
        })
    }
}

impl WorkerMessage for FormatLosses {
    fn to_json(&self, large: &mut LargeTexts) -> Json {
        object(vec![
            ("format", self.format.to_json(large)),
            ("holder", self.holder.to_json(large)),
            ("losses", self.losses.to_json(large)),
        ])
    }

    fn from_json(node: &JsonNode, large: &mut LargeTexts) -> Result<Self, ReadError> {
        Ok(Self {
            format: read_field(node, "format", large)?,
            holder: read_field(node, "holder", large)?,
            losses: read_field(node, "losses", large)?,
        })
    }
}
