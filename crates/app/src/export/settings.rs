//! The settings of a dataset.

use pullquote_core::analysis::split::Share;
use pullquote_core::model::document::Document;
use pullquote_core::text::tokens::TOKENIZERS;
use pullquote_datasets::builder::{Dataset, DatasetBuilder};
use pullquote_datasets::catalogue::{FORMATS, Format};
use pullquote_datasets::error::DatasetError;
use pullquote_datasets::options::{BOUNDARY_RULES, OVERLAP_RULES, Options};
use pullquote_datasets::package::plan::{PackagePlan, RATIOS, ratios, share_of};
use thiserror::Error;

/// Which marks are exported.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ExportScope {
    /// All marks of the open article.
    #[default]
    Article,
    /// The marks of the open article that the list shows.
    Listed,
    /// All marks of all articles in the library.
    Library,
}

/// The settings of a dataset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportSettings {
    // Invariant: ids of `FORMATS` in its order, each once; exactly one, or in a package at least
    // one.
    pub(crate) formats: Vec<&'static str>,
    /// How the formats are written.
    pub options: Options,
    pub(crate) package: bool,
    /// The relative sizes of the parts of a package, as the user typed them: "80, 10, 10".
    pub sizes: String,
    /// The seed of the split into parts, as the user typed it.
    pub seed: String,
    /// The licence of the dataset; may be empty.
    pub licence: String,
    /// How far the coders agree, in the user's words; may be empty.
    pub agreement: String,
}

/// A setting that means nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum SettingsError {
    /// The sizes are not three numbers.
    #[error("the sizes of the parts are not three numbers")]
    Sizes,
    /// The seed is not a whole number.
    #[error("the seed is not a whole number")]
    Seed,
}

impl Default for ExportSettings {
    fn default() -> Self {
        Self {
            formats: vec![FORMATS[0].id.as_str()],
            options: Options::default(),
            package: false,
            sizes: "80, 10, 10".to_owned(),
            seed: "0".to_owned(),
            licence: String::new(),
            agreement: String::new(),
        }
    }
}

impl ExportSettings {
    /// The formats in the order of [`FORMATS`]: exactly one, or in a package at least one.
    pub fn formats(&self) -> impl Iterator<Item = &'static Format> {
        self.formats.iter().filter_map(|id| Format::named(id))
    }

    /// Whether the dataset is a package, with card, codebook, guidelines and parts.
    #[must_use]
    pub fn is_package(&self) -> bool {
        self.package
    }

    /// Checks the settings of a package. Other datasets do not use them.
    pub fn check(&self) -> Result<(), SettingsError> {
        if self.package && ratios(&self.sizes).is_none() {
            return Err(SettingsError::Sizes);
        }
        if self.package && self.seed.trim().parse::<u64>().is_err() {
            return Err(SettingsError::Seed);
        }
        Ok(())
    }

    /// Whether the dataset has this format.
    #[must_use]
    pub fn has(&self, format: &Format) -> bool {
        self.formats.contains(&format.id.as_str())
    }

    /// Starts to build the dataset. `shares`: those of all documents for a package, else empty.
    #[must_use]
    pub fn builder(&self, shares: Vec<Share>) -> DatasetBuilder {
        let formats: Vec<&'static Format> = self.formats().collect();
        if let ([only], false) = (formats.as_slice(), self.package) {
            return DatasetBuilder::new(only, &self.options);
        }
        let plan = PackagePlan {
            formats,
            options: self.options.clone(),
            ratios: ratios(&self.sizes).unwrap_or(RATIOS),
            seed: self.seed.trim().parse().unwrap_or_default(),
            licence: self.licence.clone(),
            agreement: self.agreement.clone(),
        };
        DatasetBuilder::package(plan, shares)
    }

    /// Builds a small dataset at once.
    ///
    /// Errors: it fails its own check.
    pub fn build(&self, documents: &[Document]) -> Result<Dataset, DatasetError> {
        let shares = match self.package {
            true => documents.iter().map(share_of).collect(),
            false => Vec::new(),
        };
        let mut builder = self.builder(shares);
        documents.iter().for_each(|document| builder.add(document));
        builder.finish()
    }

    /// Chooses a format; in a package, adds or removes it. The last format stays.
    fn toggle_format(&mut self, id: &str) {
        let is_chosen = |format: &str| match self.package {
            true => self.formats.contains(&format) != (format == id),
            false => format == id,
        };
        let formats = FORMATS.iter().map(|format| format.id.as_str());
        let formats: Vec<&'static str> = formats.filter(|format| is_chosen(format)).collect();
        if !formats.is_empty() {
            self.formats = formats;
        }
    }
}

/// A change of the settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExportChange {
    /// Which marks are exported.
    Scope(ExportScope),
    /// The id of a format to choose; in a package, to add or remove.
    Format(String),
    /// The name of a tokenizer.
    Tokens(String),
    /// The name of the rule for marks that end inside a token.
    Edges(String),
    /// The name of the rule for overlapping marks.
    Keep(String),
    /// Whether doccano's offsets are in UTF-16 units.
    Utf16(bool),
    /// Whether cells are not guarded against formulas.
    RawCells(bool),
    /// Whether the dataset is a package.
    Package(bool),
    /// The sizes of the parts.
    Sizes(String),
    /// The seed of the split.
    Seed(String),
    /// The licence.
    Licence(String),
    /// How far the coders agree.
    Agreement(String),
}

impl ExportSettings {
    /// The settings with a change. Unknown names change nothing.
    #[must_use]
    pub fn with(&self, change: &ExportChange) -> Self {
        fn named<T: Copy>(known: &[(T, &str)], name: &str, now: T) -> T {
            let found = known.iter().find(|(_, known)| *known == name);
            found.map_or(now, |(value, _)| *value)
        }
        let mut settings = self.clone();
        let options = &mut settings.options;
        match change {
            ExportChange::Scope(_) => {}
            ExportChange::Format(id) => settings.toggle_format(id),
            ExportChange::Tokens(name) => {
                options.tokenizer = named(&TOKENIZERS, name, options.tokenizer)
            }
            ExportChange::Edges(name) => {
                options.boundaries = named(&BOUNDARY_RULES, name, options.boundaries)
            }
            ExportChange::Keep(name) => {
                options.overlaps = named(&OVERLAP_RULES, name, options.overlaps)
            }
            ExportChange::Utf16(on) => options.utf16 = *on,
            ExportChange::RawCells(on) => options.raw_cells = *on,
            ExportChange::Package(on) => {
                let own = FORMATS[0].id.as_str();
                let first = self.formats.iter().find(|id| **id != own);
                let first = first.copied().unwrap_or(own);
                settings.package = *on;
                settings.formats = match on {
                    // Our own format is added, because it holds everything.
                    true if first != own => vec![own, first],
                    _ => vec![first],
                };
            }
            ExportChange::Sizes(sizes) => sizes.trim().clone_into(&mut settings.sizes),
            ExportChange::Seed(seed) => seed.trim().clone_into(&mut settings.seed),
            ExportChange::Licence(licence) => licence.trim().clone_into(&mut settings.licence),
            ExportChange::Agreement(agreement) => {
                agreement.trim().clone_into(&mut settings.agreement);
            }
        }
        settings
    }
}
