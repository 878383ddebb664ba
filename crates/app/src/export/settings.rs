//! What leaves as a dataset: what is wanted, and what came of it.

use crate::job::{Texts, number};
use pullquote_core::analysis::split::Share;
use pullquote_core::model::document::Document;
use pullquote_core::model::id::Id;
use pullquote_core::model::timestamp::Timestamp;
use pullquote_core::text::tokens::TOKENIZERS;
use pullquote_datasets::builder::{Dataset, DatasetBuilder};
use pullquote_datasets::catalogue::{FORMATS, Format};
use pullquote_datasets::error::DatasetError;
use pullquote_datasets::options::{BOUNDARY_RULES, OVERLAP_RULES, Options};
use pullquote_datasets::package::plan::{PackagePlan, RATIOS, ratios, share_of};
use pullquote_datasets::verify::Verification;

use std::rc::Rc;

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
    formats: Vec<&'static str>,
    /// How it is written.
    pub options: Options,
    package: bool,
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

/// The screen on which a dataset is put together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Export {
    /// Which marks.
    pub scope: ExportScope,
    /// What is wanted.
    pub wanted: ExportSettings,
    /// Which try this is: what an earlier one came to is of no interest any more.
    pub number: u64,
    /// What it comes to.
    pub state: Progress,
    /// The articles that are in it.
    pub articles: Vec<Id>,
    /// When this try was asked for: what it holds is as of then.
    pub asked: Timestamp,
    /// What the last try came to, while a new one is made of the same article.
    pub before: Option<Rc<DatasetSummary>>,
}

/// How far it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Progress {
    /// Nothing was tried: the library takes a while, and waits to be asked.
    #[default]
    Waiting,
    /// It was broken off.
    Stopped,
    /// It is being made, of so many of so many articles; `true`: to be given.
    Busy(bool, usize, usize),
    /// This is what it is; `true`: it was given.
    Made(Rc<DatasetSummary>, bool),
    /// It cannot be made, or is wrong; why.
    Failed(String),
}

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
