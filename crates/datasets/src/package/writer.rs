//! A dataset to hand on: the data in several formats, divided into parts, with a card that
//! says what it is, the codebook and its guidelines.

use crate::catalogue::{Format, FormatId};
use crate::codecs::{reader, writer};
use crate::error::VerifyError;
use crate::formats::hugging_face::features_yaml;
use crate::loss_counts::LossCounts;
use crate::options::Options;
use crate::output::{FileSink, Writer, WrittenDocument};
use crate::package::guidelines::guidelines as guidelines_of;
use crate::projection::spans::tag_labels;
use crate::provenance::program;
use crate::verify::{Verification, verify};
use pullquote_core::analysis::split::{Share, split};
use pullquote_core::model::codebook::Codebook;
use pullquote_core::model::document::Document;
use pullquote_core::text::shortened::one_line;
use pullquote_core::text::tokens::TOKENIZERS;
use pullquote_formats::codebook_file::{CODEBOOK, write_codebook};
use pullquote_formats::file_name::file_name;
use pullquote_formats::wire::time;

use serde_json::Value as Json;
use std::rc::Rc;

/// The parts of a dataset, as its files are called.
pub const PARTS: [&str; 3] = ["train", "dev", "test"];

/// How large they are unless it is said otherwise.
pub const RATIOS: [f64; 3] = [80.0, 10.0, 10.0];

/// Sizes of the parts, as they are written: `80, 10, 10`. `None`: this is not that.
#[must_use]
pub fn ratios(text: &str) -> Option<[f64; 3]> {
    let parts: Option<Vec<f64>> = text
        .split(',')
        .map(|part| part.trim().parse().ok())
        .collect();
    let parts: [f64; 3] = parts?.try_into().ok()?;
    let is_size = |part: &f64| part.is_finite() && *part >= 0.0;
    (parts.iter().all(is_size) && parts.iter().sum::<f64>() > 0.0).then_some(parts)
}

/// What matters of a document for dividing, with its labels as they are written.
#[must_use]
pub fn share_of(document: &Document) -> Share {
    Share::of(document, tag_labels(document.codebook()))
}

/// All labels, in the order in which they come: parts of one dataset give each the same
/// number by them.
#[must_use]
pub fn labels_of(shares: &[Share]) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for (label, _) in shares.iter().flat_map(|share| &share.counts) {
        if !all.contains(label) {
            all.push(label.clone());
        }
    }
    all
}

/// What a package is made of.
#[derive(Clone)]
pub struct PackagePlan {
    /// Its formats, each in a folder of its own.
    pub formats: Vec<&'static Format>,
    /// How they are written; the name is that of the dataset.
    pub options: Options,
    /// How large the parts are, as shares of their sum.
    pub ratios: [f64; 3],
    /// What decides between articles that fit equally well.
    pub seed: u64,
    /// Under what terms it may be used: an identifier of SPDX, or empty.
    pub licence: String,
    /// How far coders agree, if that is known, as a sentence.
    pub agreement: String,
}

/// A package on its way. Documents are handed in twice: first [`Share`]s of all, then each.
pub struct Package {
    plan: PackagePlan,
    parts: Vec<usize>,
    shares: Vec<Share>,
    // For each format its writers, one a part; and what they wrote.
    writers: Vec<[Box<dyn Writer>; 3]>,
    written: Vec<[Vec<WrittenDocument>; 3]>,
    next: usize,
    rows: String,
    sources: Vec<String>,
    books: Vec<Rc<Codebook>>,
    languages: Vec<String>,
    // How often each kind of relation is there, in the order in which they came.
    kinds: Vec<(String, usize)>,
    losses: Vec<(&'static Format, LossCounts)>,
}

impl Package {
    /// A package of the documents of which these are the shares, in their order.
    #[must_use]
    pub fn new(mut plan: PackagePlan, shares: Vec<Share>) -> Self {
        let parts = split(&shares, &plan.ratios, plan.seed);
        plan.options.labels = labels_of(&shares);
        let begin = |format: &Format, part: &str| {
            writer(
                format,
                &Options {
                    name: part.to_owned(),
                    ..plan.options.clone()
                },
            )
        };
        let writers = plan
            .formats
            .iter()
            .map(|format| PARTS.map(|part| begin(format, part)));
        Self {
            writers: writers.collect(),
            written: plan.formats.iter().map(|_| Default::default()).collect(),
            rows: "doc_id\tpart\tsha256\ttitle\n".to_owned(),
            losses: plan
                .formats
                .iter()
                .map(|format| (*format, LossCounts::none(&plan.options)))
                .collect(),
            plan,
            parts,
            shares,
            next: 0,
            sources: Vec::new(),
            books: Vec::new(),
            languages: Vec::new(),
            kinds: Vec::new(),
        }
    }

    /// What each of its formats does not hold.
    #[must_use]
    pub fn losses(&self) -> &[(&'static Format, LossCounts)] {
        &self.losses
    }

    /// How many articles each part has.
    #[must_use]
    pub fn sizes(&self) -> [(&'static str, usize); 3] {
        let count = |part| self.parts.iter().filter(|it| **it == part).count();
        std::array::from_fn(|part| (PARTS[part], count(part)))
    }

    /// Writes the next document.
    pub fn add(&mut self, document: &Document, out: &mut dyn FileSink) {
        let part = self.parts.get(self.next).copied().unwrap_or_default();
        self.next += 1;
        for (place, format) in self.plan.formats.iter().enumerate() {
            let mut folder = Folder::new(format, part, out);
            let written = self.writers[place][part].add(document, &mut folder);
            self.written[place][part].extend(written);
        }
        for (format, losses) in &mut self.losses {
            losses.add(format, document, &self.plan.options);
        }
        let article = document.article();
        let title = one_line(&article.title);
        self.rows.push_str(&format!(
            "{}\t{}\t{}\t{title}\n",
            article.id,
            PARTS[part],
            article.sha256()
        ));
        let source = &article.source;
        let outlet = [&source.outlet, &source.url];
        let outlet: Vec<&str> = outlet
            .into_iter()
            .map(String::as_str)
            .filter(|it| !it.is_empty())
            .collect();
        self.sources
            .push(format!("{title} ({})", outlet.join(", ")).replace(" ()", ""));
        if self.books.iter().all(|book| book != document.codebook()) {
            self.books.push(document.codebook().clone());
        }
        let language = article.language.as_ref().map(|it| it.as_str().to_owned());
        if let Some(language) = language.filter(|it| !self.languages.contains(it)) {
            self.languages.push(language);
        }
        for kind in document.codebook().relations() {
            let relations = document.relations().iter().filter(|it| it.kind == kind.id);
            let count = relations.count();
            match self.kinds.iter_mut().find(|(name, _)| *name == kind.name) {
                Some((_, known)) => *known += count,
                None if count > 0 => self.kinds.push((kind.name.clone(), count)),
                None => {}
            }
        }
    }

    /// Writes what is left, and the card.
    pub fn finish(&mut self, out: &mut dyn FileSink) {
        for (place, format) in self.plan.formats.iter().enumerate() {
            for part in 0..PARTS.len() {
                if !self.written[place][part].is_empty() {
                    let mut folder = Folder::new(format, part, out);
                    self.writers[place][part].finish(&mut folder);
                }
            }
        }
        out.append("splits.tsv", self.rows.as_bytes());
        let mut guidelines = String::from("# Guidelines\n");
        for (number, book) in (1..).zip(&self.books) {
            let name = match number {
                1 => "codebook".to_owned(),
                number => format!("codebook-{number}"),
            };
            out.append(&file_name(&name, CODEBOOK), write_codebook(book).as_bytes());
            guidelines.push('\n');
            guidelines.push_str(&guidelines_of(book));
        }
        out.append("GUIDELINES.md", guidelines.as_bytes());
        out.append("README.md", self.card().as_bytes());
    }

    /// Reads all formats back; see [`verify`].
    pub fn prove(
        &self,
        open: &mut dyn FnMut(&str) -> Option<Vec<u8>>,
    ) -> Result<Verification, VerifyError> {
        let mut all = Verification::default();
        for (place, format) in self.plan.formats.iter().enumerate() {
            for (part, written) in self.written[place].iter().enumerate() {
                let folder = folder(format, part);
                let proof = verify(format, reader(format), written, &mut |file| {
                    open(&format!("{folder}{file}"))
                })?;
                all.verified += proof.verified;
                all.spans += proof.spans;
            }
        }
        // Each is in every format.
        all.documents = self.next;
        Ok(all)
    }

    fn card(&self) -> String {
        let options = &self.plan.options;
        let count = |part: usize| self.parts.iter().filter(|it| **it == part).count();
        let mut card = String::from("---\n");
        if !self.plan.licence.is_empty() {
            card.push_str(&format!(
                "license: {}\n",
                Json::from(self.plan.licence.to_lowercase())
            ));
        }
        card.push_str(&format!(
            "pretty_name: {}\n",
            Json::from(options.name.as_str())
        ));
        if !self.languages.is_empty() {
            card.push_str("language:\n");
            for language in &self.languages {
                // The first part: what the cards of a hub know.
                let base = language.split('-').next().unwrap_or_default();
                card.push_str(&format!("- {}\n", Json::from(base)));
            }
        }
        card.push_str("task_categories:\n- token-classification\n");
        let of_hf = self.plan.formats.iter().find(|it| {
            matches!(
                it.id,
                FormatId::HuggingFaceJsonl | FormatId::HuggingFaceParquet
            )
        });
        if let Some(format) = of_hf {
            let extension = if format.id == FormatId::HuggingFaceJsonl {
                "jsonl"
            } else {
                "parquet"
            };
            card.push_str("configs:\n");
            for config in ["tokens", "spans"] {
                card.push_str(&format!("- config_name: {config}\n"));
                if config == "tokens" {
                    card.push_str("  default: true\n");
                }
                card.push_str("  data_files:\n");
                for (part, split) in ["train", "validation", "test"].iter().enumerate() {
                    if count(part) > 0 {
                        let path = format!("{}data/{config}.{extension}", folder(format, part));
                        card.push_str(&format!("  - split: {split}\n    path: {path}\n"));
                    }
                }
            }
            card.push_str(&features_yaml(&options.labels));
        }
        let made_by = format!("{}, {}", program(), time(options.made));
        card.push_str(&format!(
            "---\n\n# {}\n\nMade by {made_by}.\n\n",
            options.name
        ));
        card.push_str(&format!(
            "Articles: {}. Licence: {}. Agreement between coders: {}.\n\n\
             Offsets count Unicode code points unless the format says otherwise (`data/cas-*`, \
             `data/webanno-tsv`: UTF-16 units); ends are not in.\n\n\
             ## Parts\n\nDivided by the seed {}, by label, the rarest first; an article and its near-copies \
             (half of the runs of five words of the shorter) are on one side: `splits.tsv`.\n\n| part | articles |",
            self.parts.len(),
            if self.plan.licence.is_empty() {
                "not stated"
            } else {
                &self.plan.licence
            },
            if self.plan.agreement.is_empty() {
                "not measured"
            } else {
                &self.plan.agreement
            },
            self.plan.seed
        ));
        let marks = |part: usize, label: &str| -> usize {
            let shares = self
                .shares
                .iter()
                .zip(&self.parts)
                .filter(|(_, it)| **it == part);
            let counts = shares.flat_map(|(share, _)| &share.counts);
            counts
                .filter(|(name, _)| name == label)
                .map(|(_, count)| count)
                .sum()
        };
        options
            .labels
            .iter()
            .for_each(|label| card.push_str(&format!(" {} |", label.replace('|', "\\|"))));
        card.push_str(&format!(
            "\n|---|---|{}\n",
            "---|".repeat(options.labels.len())
        ));
        for (part, name) in PARTS.iter().enumerate() {
            card.push_str(&format!("| {name} | {} |", count(part)));
            let labels = options.labels.iter();
            labels.for_each(|label| card.push_str(&format!(" {} |", marks(part, label))));
            card.push('\n');
        }
        if !self.kinds.is_empty() {
            card.push_str("\nRelations:");
            for (place, (kind, count)) in self.kinds.iter().enumerate() {
                let comma = if place == 0 { "" } else { "," };
                card.push_str(&format!("{comma} {kind} {count}"));
            }
            card.push_str(".\n");
        }
        card.push_str("\n## Formats\n\n");
        for (format, losses) in &self.losses {
            card.push_str(&format!(
                "- `data/{}`: {}; {}\n",
                format.id, format.name, format.about
            ));
            for loss in losses.phrases() {
                card.push_str(&format!("  - does not hold: {loss}\n"));
            }
        }
        if self.plan.formats.iter().any(|format| format.has_tokens()) {
            let name = TOKENIZERS.iter().find(|it| it.0 == options.tokenizer);
            card.push_str(&format!(
                "\nTokens: {}. Sentences: UAX #29, and at line ends; never within a mark.\n",
                name.map_or("", |it| it.1)
            ));
        }
        card.push_str("\n## Codebook\n\nThe rules of each tag stand in `GUIDELINES.md`.\n\n");
        for book in &self.books {
            card.push_str(&format!("- {} {}\n", book.name, book.version));
        }
        card.push_str("\n## Sources\n\n");
        self.sources
            .iter()
            .for_each(|source| card.push_str(&format!("- {source}\n")));
        card
    }
}

fn folder(format: &Format, part: usize) -> String {
    format!("data/{}/{}/", format.id, PARTS[part])
}

/// Files within a folder.
struct Folder<'a> {
    name: String,
    out: &'a mut dyn FileSink,
}

impl<'a> Folder<'a> {
    fn new(format: &Format, part: usize, out: &'a mut dyn FileSink) -> Self {
        Self {
            name: folder(format, part),
            out,
        }
    }
}

impl FileSink for Folder<'_> {
    fn append(&mut self, file: &str, bytes: &[u8]) {
        self.out.append(&format!("{}{file}", self.name), bytes);
    }
}
