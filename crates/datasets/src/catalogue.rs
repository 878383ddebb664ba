//! Documents as datasets: one article or many, in the formats of those who train on them,
//! read them, count them.
//!
//! ```text
//! Document ─► Labelled (spans, tokens, sentences) ─► Writer ─► bytes ─► read ─► Proof
//!                  └► Losses: what the format cannot hold, before anything is written
//! ```
//!
//! Invariants of the folder: a writer is handed one document after the other and keeps of
//! them no more than its format needs at the end; what it writes is the same for the same
//! documents and options; every format reads its own bytes back, and [`verify`] compares
//! every span with the text that it was taken from.

use crate::codecs::codec;
use crate::encoding::xml;
use crate::foreign;
use crate::losses::{
    Loss, Loss::Answers, Loss::Cast, Loss::Flags, Loss::MadeBy, Loss::Marks, Loss::Notes,
    Loss::Overlaps, Loss::Pieces, Loss::Questions, Loss::Relations, Loss::Rules, Loss::Spacing,
    Loss::Text,
};
use crate::projection::spans::SpanPrecision;
use crate::verify::{CheckedFile, WrittenDocument};
use pullquote_core::model::document::Document;
use pullquote_core::model::timestamp::Timestamp;
use pullquote_core::text::tokens::Tokenizer;
use pullquote_formats::error::ReadError;

use thiserror::Error;

/// What to do where a mark ends inside a token.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BoundaryRule {
    /// The token is cut there: the mark stays as it is.
    #[default]
    Split,
    /// The mark grows to the whole token.
    Expand,
    /// The mark shrinks to whole tokens; without one it goes.
    Shrink,
}

/// All of them, each with the name by which it is asked for.
pub const BOUNDARY_RULES: [(BoundaryRule, &str); 3] = [
    (BoundaryRule::Split, "split"),
    (BoundaryRule::Expand, "expand"),
    (BoundaryRule::Shrink, "shrink"),
];

/// Which mark stays where a format has no room for two.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OverlapRule {
    /// The longest, then the earliest.
    #[default]
    Longest,
    /// The shortest, then the earliest.
    Shortest,
    /// The one that begins first, then the longest.
    First,
}

/// All of them, each with the name by which it is asked for.
pub const OVERLAP_RULES: [(OverlapRule, &str); 3] = [
    (OverlapRule::Longest, "longest"),
    (OverlapRule::Shortest, "shortest"),
    (OverlapRule::First, "first"),
];

/// How a dataset is written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// What files of the whole dataset are called, without their extension.
    pub name: String,
    /// When it is written.
    pub made: Timestamp,
    /// Where tokens end.
    pub tokenizer: Tokenizer,
    /// What becomes of marks that end inside one.
    pub edges: BoundaryRule,
    /// Which of two marks stays.
    pub keep: OverlapRule,
    /// Whether doccano's offsets are in UTF-16 units, as its editor counts them.
    pub utf16: bool,
    /// Whether cells of CSV and TSV stay as they are, formulas too.
    pub raw_cells: bool,
    /// Labels that have the first numbers, in this order, whichever come first.
    pub labels: Vec<String>,
}

/// Where files go. To append to a file that is not there begins it.
pub trait FileSink {
    /// Appends to the file of this name; `/` stands between folders.
    fn append(&mut self, file: &str, bytes: &[u8]);
}

/// Writes documents, one after the other.
pub trait Writer {
    /// Writes a document. What was written of it comes
    /// back, to be proved.
    fn add(&mut self, document: &Document, out: &mut dyn FileSink) -> Vec<WrittenDocument>;
    /// Writes what can be written only when all documents are known.
    fn finish(&mut self, out: &mut dyn FileSink);
}

/// How many files a format makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileLayout {
    /// One file, however many articles.
    One,
    /// A file for each article.
    EachArticle,
    /// Several files together.
    Several,
}

/// What documents leave for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormatPurpose {
    /// To be opened here again.
    Own,
    /// To be trained on.
    Training,
    /// For other tools to annotate, or to analyse.
    Tools,
    /// To be counted and drawn.
    Counting,
    /// To be read by people.
    Reading,
}

/// All of them, each as a heading, in the order in which they are offered.
pub const FORMAT_PURPOSES: [(FormatPurpose, &str); 5] = [
    (FormatPurpose::Own, "Pullquote"),
    (FormatPurpose::Training, "Machine learning"),
    (FormatPurpose::Tools, "For other annotation tools"),
    (FormatPurpose::Counting, "Spreadsheets and networks"),
    (FormatPurpose::Reading, "Documents"),
];

/// A format that documents leave in.
pub struct Format {
    /// The name by which it is asked for.
    pub id: &'static str,
    /// As shown.
    pub name: &'static str,
    /// Who reads it, in a few words.
    pub about: &'static str,
    /// What it is for.
    pub purpose: FormatPurpose,
    /// Of the file's name, without the first dot.
    pub extension: &'static str,
    /// Media type (RFC 6838).
    pub media_type: &'static str,
    /// How many files it makes.
    pub bundle: FileLayout,
    /// In which unit its offsets are; empty where it has none.
    pub unit: &'static str,
    pub(crate) grain: SpanPrecision,
    pub(crate) is_xml: bool,
    pub(crate) holds: &'static [Loss],
}

impl Format {
    /// The format that is asked for by this name.
    #[must_use]
    pub fn named(id: &str) -> Option<&'static Self> {
        FORMATS.iter().find(|format| format.id == id)
    }

    /// Begins to write.
    #[must_use]
    pub fn writer(&self, options: &Options) -> Box<dyn Writer> {
        (codec(self).begin)(options)
    }

    /// Whether the files of this format hold this, whatever there is of it.
    #[must_use]
    pub fn has_room_for(&self, loss: Loss) -> bool {
        match loss {
            Loss::Gone => self.grain == SpanPrecision::Exact,
            Loss::Names => !matches!(
                self.id,
                "conll2003"
                    | "iob2"
                    | "bioes"
                    | "bilou"
                    | "conllu"
                    | "hf"
                    | "parquet"
                    | "brat"
                    | "tei"
            ),
            Loss::Tags => !matches!(self.id, "spacy" | "hf" | "parquet"),
            Loss::Trimmed | Loss::Inside => self.grain != SpanPrecision::Tokens,
            Loss::Characters => !self.is_xml && self.id != "markdown",
            Loss::Long => self.id != "xlsx",
            loss => self.holds.contains(&loss),
        }
    }

    /// Whether the format can write this character. CommonMark has no zero (section 2.3).
    pub(crate) fn can_hold(&self, char: char) -> bool {
        match self.id {
            "markdown" => char != '\0',
            _ => !self.is_xml || xml::can_hold(char),
        }
    }

    /// Slices every span that a file of this format has out of the text that it has, or of
    /// the one that stands beside it. A byte-order mark and the line ends of another system
    /// are no fault, nor are tags in IOB1 where columns have IOB2.
    ///
    /// Errors: why it cannot be read, or the first span that is wrong.
    pub fn check_with(&self, bytes: &[u8], text: Option<&str>) -> Result<CheckedFile, String> {
        foreign::check(self, bytes, text)
    }

    /// The same of a file that stands alone.
    pub fn check(&self, bytes: &[u8]) -> Result<CheckedFile, String> {
        self.check_with(bytes, None)
    }

    /// Whether tokens play a part.
    #[must_use]
    pub fn has_tokens(&self) -> bool {
        self.grain == SpanPrecision::Tokens
    }
}

/// Why a file that was written is not what it should be.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum VerifyError {
    /// It is not there.
    #[error("{0} is not there")]
    Missing(String),
    /// It cannot be read.
    #[error("{file} cannot be read back: {reason}")]
    Unreadable {
        /// Which file.
        file: String,
        /// Why not.
        reason: String,
    },
    /// It has more documents, or fewer.
    #[error("{file} has {read} documents, {written} were written")]
    Documents {
        /// Which file.
        file: String,
        /// How many it has.
        read: usize,
        /// How many it should have.
        written: usize,
    },
    /// It says something else.
    #[error("{file}, “{title}”: {what}")]
    Differs {
        /// Which file.
        file: String,
        /// Which article.
        title: String,
        /// What is wrong.
        what: String,
    },
}

/// What a reader of our own file says, for the proof.
pub(crate) fn said(error: &ReadError) -> String {
    error.to_string()
}

const EVERYTHING: &[Loss] = &[
    Marks, Text, Overlaps, Pieces, Relations, Notes, Answers, Cast, Questions, Flags, Rules,
    Spacing, MadeBy,
];
const TABLES: &[Loss] = &[
    Marks, Overlaps, Pieces, Relations, Notes, Answers, Cast, Flags, MadeBy,
];
const COLUMNS: &[Loss] = &[Marks, Text];
const ROWS: &[Loss] = &[Marks, Text, Spacing, Overlaps, Relations, MadeBy];

/// All of them, the one that holds everything first.
pub const FORMATS: &[Format] = &[
    Format {
        id: "json",
        name: "Pullquote",
        about: "opens here again without a difference; the text, every mark, the codebook",
        purpose: FormatPurpose::Own,
        extension: "pullquote.json",
        media_type: "application/json",
        bundle: FileLayout::EachArticle,
        unit: "code points, UTF-16 units and bytes",
        grain: SpanPrecision::Exact,
        is_xml: false,
        holds: EVERYTHING,
    },
    Format {
        id: "spacy",
        name: "spaCy DocBin",
        about: "spacy train; entities, and all marks as the span group sc",
        purpose: FormatPurpose::Training,
        extension: "spacy",
        media_type: "application/octet-stream",
        bundle: FileLayout::One,
        unit: "tokens and code points",
        grain: SpanPrecision::Tokens,
        is_xml: false,
        holds: &[Marks, Text, Spacing, Overlaps],
    },
    Format {
        id: "prodigy",
        name: "Prodigy JSONL",
        about: "Prodigy, spaCy scripts; tokens, spans, relations",
        purpose: FormatPurpose::Training,
        extension: "jsonl",
        media_type: "application/x-ndjson",
        bundle: FileLayout::One,
        unit: "code points and tokens",
        grain: SpanPrecision::Tokens,
        is_xml: false,
        holds: &[Marks, Text, Spacing, Overlaps, Pieces, Relations, MadeBy],
    },
    Format {
        id: "hf",
        name: "Hugging Face, JSONL",
        about: "datasets.load_dataset of the folder; tokens with tags, and spans",
        purpose: FormatPurpose::Training,
        extension: "zip",
        media_type: "application/zip",
        bundle: FileLayout::Several,
        unit: "code points and tokens",
        grain: SpanPrecision::Tokens,
        is_xml: false,
        holds: &[
            Marks, Text, Spacing, Overlaps, Pieces, Relations, Notes, MadeBy,
        ],
    },
    Format {
        id: "parquet",
        name: "Hugging Face, Parquet",
        about: "datasets, pandas, DuckDB; tokens with tags, and spans",
        purpose: FormatPurpose::Training,
        extension: "zip",
        media_type: "application/zip",
        bundle: FileLayout::Several,
        unit: "code points and tokens",
        grain: SpanPrecision::Tokens,
        is_xml: false,
        holds: &[
            Marks, Text, Spacing, Overlaps, Pieces, Relations, Notes, MadeBy,
        ],
    },
    Format {
        id: "conll2003",
        name: "CoNLL-2003",
        about: "four columns, tags IOB2; spaCy convert, NLTK, most NER trainers",
        purpose: FormatPurpose::Training,
        extension: "conll",
        media_type: "text/plain",
        bundle: FileLayout::One,
        unit: "tokens",
        grain: SpanPrecision::Tokens,
        is_xml: false,
        holds: COLUMNS,
    },
    Format {
        id: "iob2",
        name: "IOB2 columns",
        about: "token and tag; flair, seqeval, doccano’s import",
        purpose: FormatPurpose::Training,
        extension: "iob2.tsv",
        media_type: "text/tab-separated-values",
        bundle: FileLayout::EachArticle,
        unit: "tokens",
        grain: SpanPrecision::Tokens,
        is_xml: false,
        holds: COLUMNS,
    },
    Format {
        id: "bioes",
        name: "BIOES columns",
        about: "token and tag; iobes, seqeval (IOBES)",
        purpose: FormatPurpose::Training,
        extension: "bioes.tsv",
        media_type: "text/tab-separated-values",
        bundle: FileLayout::EachArticle,
        unit: "tokens",
        grain: SpanPrecision::Tokens,
        is_xml: false,
        holds: COLUMNS,
    },
    Format {
        id: "bilou",
        name: "BILOU columns",
        about: "token and tag; seqeval (BILOU), spaCy’s scheme",
        purpose: FormatPurpose::Training,
        extension: "bilou.tsv",
        media_type: "text/tab-separated-values",
        bundle: FileLayout::EachArticle,
        unit: "tokens",
        grain: SpanPrecision::Tokens,
        is_xml: false,
        holds: COLUMNS,
    },
    Format {
        id: "conllu",
        name: "CoNLL-U",
        about: "conllu, pyconll: entities in MISC, the text as it is; spaCy convert: entities alone",
        purpose: FormatPurpose::Training,
        extension: "conllu",
        media_type: "text/plain",
        bundle: FileLayout::One,
        unit: "tokens",
        grain: SpanPrecision::Tokens,
        is_xml: false,
        holds: &[Marks, Text, Spacing, MadeBy],
    },
    Format {
        id: "brat",
        name: "brat standoff",
        about: "brat, bioc, pybrat; pieces, relations, notes, with annotation.conf",
        purpose: FormatPurpose::Tools,
        extension: "ann",
        media_type: "text/plain",
        bundle: FileLayout::Several,
        unit: "code points",
        grain: SpanPrecision::Worded,
        is_xml: false,
        holds: &[Marks, Text, Spacing, Overlaps, Pieces, Relations, Notes],
    },
    Format {
        id: "doccano",
        name: "doccano JSONL",
        about: "doccano, sequence labelling",
        purpose: FormatPurpose::Tools,
        extension: "jsonl",
        media_type: "application/x-ndjson",
        bundle: FileLayout::One,
        unit: "code points, or UTF-16 units",
        grain: SpanPrecision::Exact,
        is_xml: false,
        holds: &[Marks, Text, Spacing, Overlaps, MadeBy],
    },
    Format {
        id: "doccano-relations",
        name: "doccano JSONL with relations",
        about: "doccano, relation extraction",
        purpose: FormatPurpose::Tools,
        extension: "jsonl",
        media_type: "application/x-ndjson",
        bundle: FileLayout::One,
        unit: "code points, or UTF-16 units",
        grain: SpanPrecision::Exact,
        is_xml: false,
        holds: ROWS,
    },
    Format {
        id: "label-studio",
        name: "Label Studio",
        about: "tasks with annotations, and the labelling configuration",
        purpose: FormatPurpose::Tools,
        extension: "json",
        media_type: "application/json",
        bundle: FileLayout::Several,
        unit: "code points",
        grain: SpanPrecision::Exact,
        is_xml: false,
        holds: &[Marks, Text, Spacing, Overlaps, Relations, Notes, MadeBy],
    },
    Format {
        id: "w3c",
        name: "W3C Web Annotation",
        about: "JSON-LD; Recogito, Hypothesis’ selectors, Apache Annotator",
        purpose: FormatPurpose::Tools,
        extension: "jsonld",
        media_type: "application/ld+json",
        bundle: FileLayout::Several,
        unit: "code points",
        grain: SpanPrecision::Exact,
        is_xml: false,
        holds: &[Marks, Overlaps, Pieces, Relations, Notes, MadeBy],
    },
    Format {
        id: "cas-json",
        name: "UIMA CAS, JSON",
        about: "INCEpTION, dkpro-cassis",
        purpose: FormatPurpose::Tools,
        extension: "json",
        media_type: "application/json",
        bundle: FileLayout::EachArticle,
        unit: "UTF-16 units",
        grain: SpanPrecision::Tokens,
        is_xml: false,
        holds: &[Marks, Text, Spacing, Overlaps, Relations, Notes, MadeBy],
    },
    Format {
        id: "cas-xmi",
        name: "UIMA CAS, XMI",
        about: "INCEpTION, UIMA, dkpro-cassis; with TypeSystem.xml",
        purpose: FormatPurpose::Tools,
        extension: "xmi",
        media_type: "application/vnd.xmi+xml",
        bundle: FileLayout::Several,
        unit: "UTF-16 units",
        grain: SpanPrecision::Tokens,
        is_xml: true,
        holds: &[Marks, Text, Spacing, Overlaps, Relations, Notes, MadeBy],
    },
    Format {
        id: "webanno-tsv",
        name: "WebAnno TSV 3.3",
        about: "INCEpTION, WebAnno",
        purpose: FormatPurpose::Tools,
        extension: "tsv",
        media_type: "text/tab-separated-values",
        bundle: FileLayout::EachArticle,
        unit: "UTF-16 units",
        grain: SpanPrecision::Tokens,
        is_xml: false,
        holds: &[Marks, Text, Overlaps],
    },
    Format {
        id: "tei",
        name: "TEI P5",
        about: "digital editions; marks stand off from the text, so they may overlap",
        purpose: FormatPurpose::Reading,
        extension: "xml",
        media_type: "application/tei+xml",
        bundle: FileLayout::EachArticle,
        unit: "",
        grain: SpanPrecision::Exact,
        is_xml: true,
        holds: &[
            Marks, Text, Spacing, Overlaps, Pieces, Relations, Notes, Rules, MadeBy,
        ],
    },
    Format {
        id: "csv",
        name: "Tables, CSV",
        about: "spreadsheets, R, pandas; marks, relations, cast, a ledger of each tag",
        purpose: FormatPurpose::Counting,
        extension: "zip",
        media_type: "application/zip",
        bundle: FileLayout::Several,
        unit: "code points",
        grain: SpanPrecision::Exact,
        is_xml: false,
        holds: TABLES,
    },
    Format {
        id: "tsv",
        name: "Tables, TSV",
        about: "the same, with tabs between cells",
        purpose: FormatPurpose::Counting,
        extension: "zip",
        media_type: "application/zip",
        bundle: FileLayout::Several,
        unit: "code points",
        grain: SpanPrecision::Exact,
        is_xml: false,
        holds: TABLES,
    },
    Format {
        id: "xlsx",
        name: "Workbook",
        about: "Excel, LibreOffice; the same tables as sheets",
        purpose: FormatPurpose::Counting,
        extension: "xlsx",
        media_type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        bundle: FileLayout::One,
        unit: "code points",
        grain: SpanPrecision::Exact,
        is_xml: false,
        holds: TABLES,
    },
    Format {
        id: "refi-qda",
        name: "REFI-QDA project",
        about: "NVivo, ATLAS.ti, MAXQDA, QualCoder",
        purpose: FormatPurpose::Tools,
        extension: "qdpx",
        media_type: "application/zip",
        bundle: FileLayout::One,
        unit: "code points",
        grain: SpanPrecision::Exact,
        is_xml: true,
        holds: &[
            Marks, Text, Spacing, Overlaps, Relations, Notes, Rules, MadeBy,
        ],
    },
    Format {
        id: "qdc",
        name: "REFI-QDA codebook",
        about: "the codebook alone, for NVivo, ATLAS.ti, MAXQDA, QualCoder",
        purpose: FormatPurpose::Tools,
        extension: "qdc",
        media_type: "application/xml",
        bundle: FileLayout::One,
        unit: "",
        grain: SpanPrecision::Exact,
        is_xml: true,
        holds: &[Rules, MadeBy],
    },
    Format {
        id: "graphml",
        name: "Network, GraphML",
        about: "networkx, igraph, Gephi, yEd; who is linked to whom",
        purpose: FormatPurpose::Counting,
        extension: "graphml",
        media_type: "application/graphml+xml",
        bundle: FileLayout::One,
        unit: "",
        grain: SpanPrecision::Exact,
        is_xml: true,
        holds: &[Relations, Cast, MadeBy],
    },
    Format {
        id: "gexf",
        name: "Network, GEXF",
        about: "Gephi, networkx; who is linked to whom",
        purpose: FormatPurpose::Counting,
        extension: "gexf",
        media_type: "application/gexf+xml",
        bundle: FileLayout::One,
        unit: "",
        grain: SpanPrecision::Exact,
        is_xml: true,
        holds: &[Relations, Cast, MadeBy],
    },
    Format {
        id: "html",
        name: "Page",
        about: "for people: one file with the marked article, for any browser and for print",
        purpose: FormatPurpose::Reading,
        extension: "html",
        media_type: "text/html",
        bundle: FileLayout::EachArticle,
        unit: "",
        grain: SpanPrecision::Exact,
        is_xml: true,
        holds: &[
            Marks, Text, Spacing, Overlaps, Relations, Answers, Notes, Rules, MadeBy,
        ],
    },
    Format {
        id: "markdown",
        name: "Markdown",
        about: "for people: the article with its marks, as text",
        purpose: FormatPurpose::Reading,
        extension: "md",
        media_type: "text/markdown",
        bundle: FileLayout::EachArticle,
        unit: "",
        grain: SpanPrecision::Exact,
        is_xml: false,
        holds: &[Marks, Text, Overlaps, Relations, Answers, Notes, MadeBy],
    },
];
