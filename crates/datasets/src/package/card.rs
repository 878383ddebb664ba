//! The data card of a package (`README.md`): the metadata that the Hugging Face Hub reads, and
//! for people what the dataset is.

use crate::catalogue::{Format, FormatId};
use crate::formats::hugging_face::card::features_yaml;
use crate::loss_counts::LossCounts;
use crate::package::cautions::cautions;
use crate::package::plan::{PARTS, PackagePlan};
use crate::projection::spans::Projection;
use crate::provenance::program;
use pullquote_core::analysis::split::Share;
use pullquote_core::model::codebook::Codebook;
use pullquote_core::model::document::Document;
use pullquote_core::text::shortened::one_line;
use pullquote_core::text::tokens::TOKENIZERS;
use pullquote_formats::wire::time::time;

use serde_json::Value as Json;
use std::rc::Rc;

/// What the card states, gathered document by document.
pub(crate) struct Card {
    /// What the package consists of.
    pub(crate) plan: PackagePlan,
    /// For each document, the index of its part.
    pub(crate) parts: Vec<usize>,
    /// The codebooks of the documents, each once.
    pub(crate) codebooks: Vec<Rc<Codebook>>,
    /// What each format does not hold.
    pub(crate) losses: Vec<(&'static Format, LossCounts)>,
    shares: Vec<Share>,
    sources: Vec<String>,
    languages: Vec<String>,
    // How often each kind of relation occurs, in the order in which they were found.
    relations: Vec<(String, usize)>,
    // The most tokens of a mark; 0 unless spaCy's format is in the package.
    longest: usize,
}

impl Card {
    /// A card without documents. `parts` and `shares` have one entry for each document.
    pub(crate) fn new(plan: PackagePlan, parts: Vec<usize>, shares: Vec<Share>) -> Self {
        let formats = plan.formats.iter();
        let losses = formats.map(|format| (*format, LossCounts::none(&plan.options)));
        Self {
            losses: losses.collect(),
            plan,
            parts,
            shares,
            codebooks: Vec::new(),
            sources: Vec::new(),
            languages: Vec::new(),
            relations: Vec::new(),
            longest: 0,
        }
    }

    /// Adds a document.
    pub(crate) fn add(&mut self, document: &Document) {
        for (format, losses) in &mut self.losses {
            losses.add(format, document, &self.plan.options);
        }
        self.longest = self.longest.max(self.longest_mark(document));
        let article = document.article();
        let source = &article.source;
        let outlet: Vec<&str> = [&source.outlet, &source.url]
            .into_iter()
            .map(String::as_str)
            .filter(|text| !text.is_empty())
            .collect();
        let source = format!("{} ({})", one_line(&article.title), outlet.join(", "));
        self.sources.push(source.replace(" ()", ""));
        let codebook = document.codebook();
        if self.codebooks.iter().all(|known| known != codebook) {
            self.codebooks.push(codebook.clone());
        }
        let language = article.language.as_ref().map(|language| language.as_str());
        if let Some(language) = language
            && self.languages.iter().all(|known| known != language)
        {
            self.languages.push(language.to_owned());
        }
        for kind in codebook.relations() {
            let relations = document.relations().iter();
            let count = relations
                .filter(|relation| relation.kind == kind.id)
                .count();
            match self
                .relations
                .iter_mut()
                .find(|(name, _)| *name == kind.name)
            {
                Some((_, known)) => *known += count,
                None if count > 0 => self.relations.push((kind.name.clone(), count)),
                None => {}
            }
        }
    }

    /// The most tokens of a mark of the document; 0 unless spaCy's format is in the package.
    fn longest_mark(&self, document: &Document) -> usize {
        let mut formats = self.plan.formats.iter();
        let Some(spacy) = formats.find(|format| format.id == FormatId::SpacyDocBin) else {
            return 0;
        };
        let projection = Projection::new(document, &self.plan.options, spacy.precision);
        let lengths = projection.spans.iter().map(|span| span.tokens.len());
        lengths.max().unwrap_or_default()
    }

    /// How many articles the part with this index has.
    pub(crate) fn articles_in(&self, part: usize) -> usize {
        self.parts.iter().filter(|other| **other == part).count()
    }

    /// How many marks with this label the part with this index has.
    fn marks_in(&self, part: usize, label: &str) -> usize {
        let shares = self.shares.iter().zip(&self.parts);
        let shares = shares.filter(|(_, other)| **other == part);
        let counts = shares.flat_map(|(share, _)| &share.counts);
        let counts = counts.filter(|(name, _)| name == label);
        counts.map(|(_, count)| count).sum()
    }

    /// The card in Markdown, with the metadata in front.
    pub(crate) fn markdown(&self) -> String {
        [
            self.metadata(),
            self.introduction(),
            self.table_of_parts(),
            self.relations_line(),
            self.formats_section(),
            cautions(&self.plan.formats, self.longest),
            self.origin_sections(),
        ]
        .concat()
    }

    /// The metadata in YAML, as the Hub documents them.
    fn metadata(&self) -> String {
        let options = &self.plan.options;
        let mut yaml = String::from("---\n");
        if !self.plan.licence.is_empty() {
            let licence = Json::from(self.plan.licence.to_lowercase());
            yaml.push_str(&format!("license: {licence}\n"));
        }
        let name = Json::from(options.name.as_str());
        yaml.push_str(&format!("pretty_name: {name}\n"));
        if !self.languages.is_empty() {
            yaml.push_str("language:\n");
            for language in &self.languages {
                // The Hub knows the first subtag only.
                let subtag = language.split('-').next().unwrap_or_default();
                yaml.push_str(&format!("- {}\n", Json::from(subtag)));
            }
        }
        yaml.push_str("task_categories:\n- token-classification\n");
        let hub_formats = self.plan.formats.iter().find_map(|format| match format.id {
            FormatId::HuggingFaceJsonl => Some((format, "jsonl")),
            FormatId::HuggingFaceParquet => Some((format, "parquet")),
            _ => None,
        });
        if let Some((format, extension)) = hub_formats {
            yaml.push_str(&self.configurations(format, extension));
            yaml.push_str(&features_yaml(&options.labels));
        }
        yaml.push_str("---\n");
        yaml
    }

    /// Where the Hub finds the data of each configuration and split.
    fn configurations(&self, format: &Format, extension: &str) -> String {
        let mut yaml = String::from("configs:\n");
        for config in ["tokens", "spans"] {
            yaml.push_str(&format!("- config_name: {config}\n"));
            if config == "tokens" {
                yaml.push_str("  default: true\n");
            }
            yaml.push_str("  data_files:\n");
            for (part, split) in ["train", "validation", "test"].iter().enumerate() {
                if self.articles_in(part) > 0 {
                    let path = format!("{}data/{config}.{extension}", folder(format, part));
                    yaml.push_str(&format!("  - split: {split}\n    path: {path}\n"));
                }
            }
        }
        yaml
    }

    fn introduction(&self) -> String {
        let options = &self.plan.options;
        let licence = match self.plan.licence.as_str() {
            "" => "not stated",
            licence => licence,
        };
        let agreement = match self.plan.agreement.as_str() {
            "" => "not measured",
            agreement => agreement,
        };
        format!(
            "\n# {}\n\nMade by {}, {}.\n\n\
             Articles: {}. Licence: {licence}. Agreement between coders: {agreement}.\n\n\
             Offsets count Unicode code points unless the format says otherwise (`data/cas-*`, \
             `data/webanno-tsv`: UTF-16 units); ends are not in.\n\n",
            options.name,
            program(),
            time(options.made),
            self.parts.len(),
        )
    }

    fn table_of_parts(&self) -> String {
        let labels = &self.plan.options.labels;
        let mut table = format!(
            "## Parts\n\nDivided by the seed {}, by label, the rarest first; an article and its near-copies \
             (half of the runs of five words of the shorter) are on one side: `splits.tsv`.\n\n| part | articles |",
            self.plan.seed
        );
        for label in labels {
            table.push_str(&format!(" {} |", label.replace('|', "\\|")));
        }
        table.push_str(&format!("\n|---|---|{}\n", "---|".repeat(labels.len())));
        for (part, name) in PARTS.iter().enumerate() {
            table.push_str(&format!("| {name} | {} |", self.articles_in(part)));
            for label in labels {
                table.push_str(&format!(" {} |", self.marks_in(part, label)));
            }
            table.push('\n');
        }
        table
    }

    fn relations_line(&self) -> String {
        if self.relations.is_empty() {
            return String::new();
        }
        let relations = self.relations.iter();
        let counts: Vec<String> = relations
            .map(|(name, count)| format!("{name} {count}"))
            .collect();
        format!("\nRelations: {}.\n", counts.join(", "))
    }

    fn formats_section(&self) -> String {
        let mut section = String::from("\n## Formats\n\n");
        for (format, losses) in &self.losses {
            section.push_str(&format!(
                "- `data/{}`: {}; {}\n",
                format.id, format.name, format.about
            ));
            for loss in losses.phrases() {
                section.push_str(&format!("  - does not hold: {loss}\n"));
            }
        }
        if self.plan.formats.iter().any(|format| format.has_tokens()) {
            let tokenizer = self.plan.options.tokenizer;
            let name = TOKENIZERS.iter().find(|(known, _)| *known == tokenizer);
            section.push_str(&format!(
                "\nTokens: {}. Sentences: UAX #29, and at line ends; never within a mark.\n",
                name.map_or("", |(_, name)| name)
            ));
        }
        section
    }

    fn origin_sections(&self) -> String {
        let mut sections =
            String::from("\n## Codebook\n\nThe rules of each tag stand in `GUIDELINES.md`.\n\n");
        for codebook in &self.codebooks {
            sections.push_str(&format!("- {} {}\n", codebook.name, codebook.version));
        }
        sections.push_str("\n## Sources\n\n");
        for source in &self.sources {
            sections.push_str(&format!("- {source}\n"));
        }
        sections
    }
}

/// The folder of a format and a part within the package: `data/conllu/train/`.
pub(crate) fn folder(format: &Format, part: usize) -> String {
    format!("data/{}/{}/", format.id, PARTS[part])
}
