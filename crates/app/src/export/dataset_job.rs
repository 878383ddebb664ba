//! The task to build a dataset, for the program that does it.

use crate::export::settings::ExportSettings;
use crate::job::{Texts, number};
use pullquote_core::model::id::Id;
use pullquote_core::model::timestamp::Timestamp;
use pullquote_core::text::tokens::TOKENIZERS;
use pullquote_datasets::catalogue::Format;
use pullquote_datasets::options::{BOUNDARY_RULES, OVERLAP_RULES, Options};

/// What a dataset is made of, as a job is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DatasetJob {
    /// What is wanted.
    pub wanted: ExportSettings,
    /// The article in a record, with the marks that leave if not all do; `None`: the library.
    pub source: Option<(String, Option<Vec<Id>>)>,
}

impl Texts for DatasetJob {
    fn put(&self, texts: &mut Vec<String>) {
        let wanted = &self.wanted;
        let options = &wanted.options;
        let place = |place: Option<usize>| place.unwrap_or_default().to_string();
        let formats: Vec<String> = wanted.formats.iter().map(|id| (*id).to_owned()).collect();
        formats.put(texts);
        texts.extend([
            wanted.sizes.clone(),
            wanted.package.to_string(),
            wanted.seed.clone(),
            wanted.licence.clone(),
            wanted.agreement.clone(),
            options.name.clone(),
            options.made.0.to_string(),
            place(TOKENIZERS.iter().position(|it| it.0 == options.tokenizer)),
            place(
                BOUNDARY_RULES
                    .iter()
                    .position(|it| it.0 == options.boundaries),
            ),
            place(OVERLAP_RULES.iter().position(|it| it.0 == options.overlaps)),
            options.utf16.to_string(),
            options.raw_cells.to_string(),
        ]);
        let source = self.source.iter().map(|(record, _)| record.clone());
        source.collect::<Vec<String>>().put(texts);
        let ids = self.source.iter().filter_map(|(_, ids)| ids.clone());
        texts.push(ids.clone().count().to_string());
        ids.for_each(|ids| ids.put(texts));
    }

    fn take(texts: &mut dyn Iterator<Item = String>) -> Option<Self> {
        let formats: Vec<String> = Vec::take(texts)?;
        let formats = formats
            .iter()
            .map(|id| Some(Format::named(id)?.id.as_str()));
        let wanted = ExportSettings {
            formats: formats.collect::<Option<_>>()?,
            sizes: texts.next()?,
            package: number(texts)?,
            seed: texts.next()?,
            licence: texts.next()?,
            agreement: texts.next()?,
            options: Options {
                name: texts.next()?,
                made: Timestamp(number(texts)?),
                tokenizer: TOKENIZERS.get(number::<usize>(texts)?)?.0,
                boundaries: BOUNDARY_RULES.get(number::<usize>(texts)?)?.0,
                overlaps: OVERLAP_RULES.get(number::<usize>(texts)?)?.0,
                utf16: number(texts)?,
                raw_cells: number(texts)?,
                labels: Vec::new(),
            },
        };
        let record: Vec<String> = Vec::take(texts)?;
        let ids = match number::<usize>(texts)? {
            0 => None,
            _ => Some(Vec::take(texts)?),
        };
        Some(Self {
            wanted,
            source: record.into_iter().next().map(|record| (record, ids)),
        })
    }
}
