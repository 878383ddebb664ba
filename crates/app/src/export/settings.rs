//! What leaves as a dataset: what is wanted, and what came of it.

use pullquote_core::analysis::split::Share;
use pullquote_core::model::document::Document;
use pullquote_core::text::tokens::TOKENIZERS;
use pullquote_datasets::builder::{Dataset, DatasetBuilder};
use pullquote_datasets::catalogue::{FORMATS, Format};
use pullquote_datasets::error::DatasetError;
use pullquote_datasets::options::{BOUNDARY_RULES, OVERLAP_RULES, Options};
use pullquote_datasets::package::plan::{PackagePlan, RATIOS, ratios, share_of};

/// Which marks leave.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ExportScope {
    /// All of the open article.
    #[default]
    Article,
    /// Those of it that the list shows.
    Listed,
    /// All of every article in the library.
    Library,
}

/// What is wanted of a dataset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportSettings {
    // Invariant: in the order of `FORMATS`, each once; one, or in a package one or more.
    pub(crate) formats: Vec<&'static str>,
    /// How it is written.
    pub options: Options,
    pub(crate) package: bool,
    /// How large the parts of a package are, as shares of their sum, as it was typed.
    pub sizes: String,
    /// What decides between articles that fit a part equally well, as it was typed.
    pub seed: String,
    /// Under what terms it may be used.
    pub licence: String,
    /// How far coders agree, if that is known.
    pub agreement: String,
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
    /// Its formats: one, or in a package one or more; in the order of [`FORMATS`].
    pub fn formats(&self) -> impl Iterator<Item = &'static Format> {
        self.formats.iter().filter_map(|id| Format::named(id))
    }

    /// Whether it is a package, with card, codebook, guidelines and parts.
    #[must_use]
    pub fn is_package(&self) -> bool {
        self.package
    }

    /// What was typed and means nothing, as a sentence that says what would.
    #[must_use]
    pub fn fault(&self) -> Option<String> {
        if self.package && ratios(&self.sizes).is_none() {
            return Some(format!(
                "“{}” are no sizes of train, dev and test: they are three numbers, as in “80, 10, 10”",
                self.sizes
            ));
        }
        let is_seed = self.seed.trim().parse::<u64>().is_ok();
        (self.package && !is_seed).then(|| {
            format!(
                "“{}” is no seed: that is a whole number, as in “0”",
                self.seed
            )
        })
    }

    /// Whether it has this format.
    #[must_use]
    pub fn has(&self, format: &Format) -> bool {
        self.formats.contains(&format.id.as_str())
    }

    /// Begins to make it. `shares` of all documents are needed for a package only.
    #[must_use]
    pub fn making(&self, shares: Vec<Share>) -> DatasetBuilder {
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

    /// What a small dataset comes to, made at once.
    ///
    /// Errors: it fails its own check.
    pub fn made(&self, documents: &[Document]) -> Result<Dataset, DatasetError> {
        let shares = match self.package {
            true => documents.iter().map(share_of).collect(),
            false => Vec::new(),
        };
        let mut making = self.making(shares);
        documents.iter().for_each(|document| making.add(document));
        making.finish()
    }

    /// This in the format, or with it, or without; a package has at least one.
    fn turned(&mut self, id: &str) {
        let has = |it: &str| self.formats.contains(&it);
        let wanted = |it: &str| match self.package {
            true => has(it) != (it == id),
            false => it == id,
        };
        let formats = FORMATS.iter().map(|format| format.id.as_str());
        let formats: Vec<&'static str> = formats.filter(|it| wanted(it)).collect();
        if !formats.is_empty() {
            self.formats = formats;
        }
    }
}

/// A change of what is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExportChange {
    /// Which marks.
    Scope(ExportScope),
    /// Which format, by its name; of a package, one more or one less.
    Format(String),
    /// Where tokens end, by its name.
    Tokens(String),
    /// What becomes of a mark that ends inside one, by its name.
    Edges(String),
    /// Which of two marks stays, by its name.
    Keep(String),
    /// Whether doccano's offsets are in UTF-16 units.
    Utf16(bool),
    /// Whether cells stay as they are.
    RawCells(bool),
    /// Whether as a package.
    Package(bool),
    /// The sizes of its parts.
    Sizes(String),
    /// The seed of its parts.
    Seed(String),
    /// Its licence.
    Licence(String),
    /// How far coders agree.
    Agreement(String),
}

impl ExportSettings {
    /// This with that changed. What means nothing changes nothing.
    #[must_use]
    pub fn with(&self, wish: &ExportChange) -> Self {
        fn named<T: Copy>(known: &[(T, &str)], name: &str, now: T) -> T {
            let found = known.iter().find(|(_, known)| *known == name);
            found.map_or(now, |(value, _)| *value)
        }
        let mut wanted = self.clone();
        let options = &mut wanted.options;
        match wish {
            ExportChange::Scope(_) => {}
            ExportChange::Format(id) => wanted.turned(id),
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
                let first = self
                    .formats
                    .iter()
                    .find(|id| **id != FORMATS[0].id.as_str());
                let first = first.copied().unwrap_or(FORMATS[0].id.as_str());
                wanted.package = *on;
                wanted.formats = match on {
                    // Our own file is with it unless it is taken out: it holds everything.
                    true if first != FORMATS[0].id.as_str() => vec![FORMATS[0].id.as_str(), first],
                    _ => vec![first],
                };
            }
            ExportChange::Sizes(sizes) => sizes.trim().clone_into(&mut wanted.sizes),
            ExportChange::Seed(seed) => seed.trim().clone_into(&mut wanted.seed),
            ExportChange::Licence(licence) => wanted.licence = licence.trim().to_owned(),
            ExportChange::Agreement(agreement) => wanted.agreement = agreement.trim().to_owned(),
        }
        wanted
    }
}
