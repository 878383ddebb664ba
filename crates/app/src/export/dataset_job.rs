//! The job to build a dataset, for the worker.

use crate::export::settings::ExportSettings;
use pullquote_core::model::id::Id;
use pullquote_core::text::tokens::TOKENIZERS;
use pullquote_datasets::catalogue::Format;
use pullquote_datasets::options::{BOUNDARY_RULES, OVERLAP_RULES, Options};
use pullquote_formats::error::ReadError;
use pullquote_formats::json_reader::JsonNode;
use pullquote_formats::worker_message::{
    Json, LargeTexts, WorkerMessage, name_json, object, read_field, read_name, read_optional,
};

/// The job to build a dataset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DatasetJob {
    /// The settings.
    pub wanted: ExportSettings,
    /// The article as a snapshot record, with its exported marks if not all are; `None` means the
    /// library.
    pub source: Option<(String, Option<Vec<Id>>)>,
}

impl WorkerMessage for DatasetJob {
    fn to_json(&self, large: &mut LargeTexts) -> Json {
        let wanted = &self.wanted;
        let options = &wanted.options;
        let formats: Vec<String> = wanted.formats.iter().map(|id| (*id).to_owned()).collect();
        let snapshot = self
            .source
            .as_ref()
            .map(|(snapshot, _)| large.add(snapshot));
        let marks = self.source.as_ref().and_then(|(_, marks)| marks.clone());
        object(vec![
            ("formats", formats.to_json(large)),
            ("sizes", wanted.sizes.to_json(large)),
            ("package", wanted.package.to_json(large)),
            ("seed", wanted.seed.to_json(large)),
            ("licence", wanted.licence.to_json(large)),
            ("agreement", wanted.agreement.to_json(large)),
            ("name", options.name.to_json(large)),
            ("made", options.made.to_json(large)),
            ("tokenizer", name_json(&TOKENIZERS, &options.tokenizer)),
            (
                "boundary_rule",
                name_json(&BOUNDARY_RULES, &options.boundaries),
            ),
            ("overlap_rule", name_json(&OVERLAP_RULES, &options.overlaps)),
            ("utf16", options.utf16.to_json(large)),
            ("raw_cells", options.raw_cells.to_json(large)),
            ("snapshot", snapshot.unwrap_or_default()),
            ("marks", marks.to_json(large)),
        ])
    }

    fn from_json(node: &JsonNode, large: &mut LargeTexts) -> Result<Self, ReadError> {
        let formats = node.list("formats", |id| {
            let format = Format::named(id.text()?);
            let format = format.ok_or_else(|| id.expected("a format"))?;
            Ok(format.id.as_str())
        })?;
        let wanted = ExportSettings {
            formats,
            sizes: read_field(node, "sizes", large)?,
            package: read_field(node, "package", large)?,
            seed: read_field(node, "seed", large)?,
            licence: read_field(node, "licence", large)?,
            agreement: read_field(node, "agreement", large)?,
            options: Options {
                name: read_field(node, "name", large)?,
                made: read_field(node, "made", large)?,
                tokenizer: read_name(node, "tokenizer", &TOKENIZERS)?,
                boundaries: read_name(node, "boundary_rule", &BOUNDARY_RULES)?,
                overlaps: read_name(node, "overlap_rule", &OVERLAP_RULES)?,
                utf16: read_field(node, "utf16", large)?,
                raw_cells: read_field(node, "raw_cells", large)?,
                labels: Vec::new(),
            },
        };
        let source = match node.optional("snapshot") {
            Some(_) => Some((
                large.take(node, "snapshot")?,
                read_optional(node, "marks", large)?,
            )),
            None => None,
        };
        Ok(Self { wanted, source })
    }
}
