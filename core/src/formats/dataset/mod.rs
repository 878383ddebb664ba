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
//! documents and options; every format reads its own bytes back, and [`prove`] compares
//! every span with the text that it was taken from.

mod as_found;
mod brat;
mod cas;
mod codec;
mod columns;
mod conllu;
mod docbin;
mod doccano;
mod guidelines;
mod hugging_face;
mod label_studio;
mod labelled;
mod losses;
mod made_by;
mod making;
mod naming;
mod network;
mod nodes;
mod own;
mod package;
mod page;
mod parquet;
mod prodigy;
mod proof;
mod refi;
mod rows;
mod spaced;
mod spacy_symbols;
mod stems;
mod table;
mod tei;
mod typed;
mod web_annotation;
mod webanno_tsv;
mod workbook;
mod xml;
mod zip;

pub use as_found::{with_our_line_ends, without_mark};
pub use losses::{Loss, Losses};
pub use making::{Made, Making};
pub use package::{PARTS, Package, Plan, RATIOS, labels_of, ratios, share_of};
pub use proof::{Checked, Proof, Written, prove};
pub(super) use table::records;
pub use zip::{ZipWriter, unzip};

use super::ReadError;
use crate::model::{Document, Moment};
use crate::text::Tokenizer;
use codec::codec;
use labelled::Grain;
use thiserror::Error;

/// What to do where a mark ends inside a token.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Edges {
    /// The token is cut there: the mark stays as it is.
    #[default]
    Split,
    /// The mark grows to the whole token.
    Expand,
    /// The mark shrinks to whole tokens; without one it goes.
    Shrink,
}

/// All of them, each with the name by which it is asked for.
pub const EDGES: [(Edges, &str); 3] = [
    (Edges::Split, "split"),
    (Edges::Expand, "expand"),
    (Edges::Shrink, "shrink"),
];

/// Which mark stays where a format has no room for two.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Keep {
    /// The longest, then the earliest.
    #[default]
    Longest,
    /// The shortest, then the earliest.
    Shortest,
    /// The one that begins first, then the longest.
    First,
}

/// All of them, each with the name by which it is asked for.
pub const KEEPS: [(Keep, &str); 3] = [
    (Keep::Longest, "longest"),
    (Keep::Shortest, "shortest"),
    (Keep::First, "first"),
];

/// How a dataset is written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// What files of the whole dataset are called, without their extension.
    pub name: String,
    /// When it is written.
    pub made: Moment,
    /// Where tokens end.
    pub tokenizer: Tokenizer,
    /// What becomes of marks that end inside one.
    pub edges: Edges,
    /// Which of two marks stays.
    pub keep: Keep,
    /// Whether doccano's offsets are in UTF-16 units, as its editor counts them.
    pub utf16: bool,
    /// Whether cells of CSV and TSV stay as they are, formulas too.
    pub raw_cells: bool,
    /// Labels that have the first numbers, in this order, whichever come first.
    pub labels: Vec<String>,
}

/// Where files go. To append to a file that is not there begins it.
pub trait Out {
    /// Appends to the file of this name; `/` stands between folders.
    fn append(&mut self, file: &str, bytes: &[u8]);
}

/// Writes documents, one after the other.
pub trait Writer {
    /// Writes a document. What was written of it comes
    /// back, to be proved.
    fn add(&mut self, document: &Document, out: &mut dyn Out) -> Vec<Written>;
    /// Writes what can be written only when all documents are known.
    fn finish(&mut self, out: &mut dyn Out);
}

/// How many files a format makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bundle {
    /// One file, however many articles.
    One,
    /// A file for each article.
    EachArticle,
    /// Several files together.
    Several,
}

/// What documents leave for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
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
pub const PURPOSES: [(Purpose, &str); 5] = [
    (Purpose::Own, "Pullquote"),
    (Purpose::Training, "Machine learning"),
    (Purpose::Tools, "For other annotation tools"),
    (Purpose::Counting, "Spreadsheets and networks"),
    (Purpose::Reading, "Documents"),
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
    pub purpose: Purpose,
    /// Of the file's name, without the first dot.
    pub extension: &'static str,
    /// Media type (RFC 6838).
    pub media_type: &'static str,
    /// How many files it makes.
    pub bundle: Bundle,
    /// In which unit its offsets are; empty where it has none.
    pub unit: &'static str,
    grain: Grain,
    is_xml: bool,
    holds: &'static [Loss],
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
            Loss::Gone => self.grain == Grain::Exact,
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
            Loss::Trimmed | Loss::Inside => self.grain != Grain::Tokens,
            Loss::Characters => !self.is_xml && self.id != "markdown",
            Loss::Long => self.id != "xlsx",
            loss => self.holds.contains(&loss),
        }
    }

    /// Whether the format can write this character. CommonMark has no zero (section 2.3).
    fn can_hold(&self, char: char) -> bool {
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
    pub fn check_with(&self, bytes: &[u8], text: Option<&str>) -> Result<Checked, String> {
        as_found::check(self, bytes, text)
    }

    /// The same of a file that stands alone.
    pub fn check(&self, bytes: &[u8]) -> Result<Checked, String> {
        self.check_with(bytes, None)
    }

    /// Whether tokens play a part.
    #[must_use]
    pub fn has_tokens(&self) -> bool {
        self.grain == Grain::Tokens
    }
}

/// Why a file that was written is not what it should be.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Faults {
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
fn said(error: &ReadError) -> String {
    error.to_string()
}

use Loss::{
    Answers, Cast, Flags, MadeBy, Marks, Notes, Overlaps, Pieces, Questions, Relations, Rules,
    Spacing, Text,
};

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
        purpose: Purpose::Own,
        extension: "pullquote.json",
        media_type: "application/json",
        bundle: Bundle::EachArticle,
        unit: "code points, UTF-16 units and bytes",
        grain: Grain::Exact,
        is_xml: false,
        holds: EVERYTHING,
    },
    Format {
        id: "spacy",
        name: "spaCy DocBin",
        about: "spacy train; entities, and all marks as the span group sc",
        purpose: Purpose::Training,
        extension: "spacy",
        media_type: "application/octet-stream",
        bundle: Bundle::One,
        unit: "tokens and code points",
        grain: Grain::Tokens,
        is_xml: false,
        holds: &[Marks, Text, Spacing, Overlaps],
    },
    Format {
        id: "prodigy",
        name: "Prodigy JSONL",
        about: "Prodigy, spaCy scripts; tokens, spans, relations",
        purpose: Purpose::Training,
        extension: "jsonl",
        media_type: "application/x-ndjson",
        bundle: Bundle::One,
        unit: "code points and tokens",
        grain: Grain::Tokens,
        is_xml: false,
        holds: &[Marks, Text, Spacing, Overlaps, Pieces, Relations, MadeBy],
    },
    Format {
        id: "hf",
        name: "Hugging Face, JSONL",
        about: "datasets.load_dataset of the folder; tokens with tags, and spans",
        purpose: Purpose::Training,
        extension: "zip",
        media_type: "application/zip",
        bundle: Bundle::Several,
        unit: "code points and tokens",
        grain: Grain::Tokens,
        is_xml: false,
        holds: &[
            Marks, Text, Spacing, Overlaps, Pieces, Relations, Notes, MadeBy,
        ],
    },
    Format {
        id: "parquet",
        name: "Hugging Face, Parquet",
        about: "datasets, pandas, DuckDB; tokens with tags, and spans",
        purpose: Purpose::Training,
        extension: "zip",
        media_type: "application/zip",
        bundle: Bundle::Several,
        unit: "code points and tokens",
        grain: Grain::Tokens,
        is_xml: false,
        holds: &[
            Marks, Text, Spacing, Overlaps, Pieces, Relations, Notes, MadeBy,
        ],
    },
    Format {
        id: "conll2003",
        name: "CoNLL-2003",
        about: "four columns, tags IOB2; spaCy convert, NLTK, most NER trainers",
        purpose: Purpose::Training,
        extension: "conll",
        media_type: "text/plain",
        bundle: Bundle::One,
        unit: "tokens",
        grain: Grain::Tokens,
        is_xml: false,
        holds: COLUMNS,
    },
    Format {
        id: "iob2",
        name: "IOB2 columns",
        about: "token and tag; flair, seqeval, doccano’s import",
        purpose: Purpose::Training,
        extension: "iob2.tsv",
        media_type: "text/tab-separated-values",
        bundle: Bundle::EachArticle,
        unit: "tokens",
        grain: Grain::Tokens,
        is_xml: false,
        holds: COLUMNS,
    },
    Format {
        id: "bioes",
        name: "BIOES columns",
        about: "token and tag; iobes, seqeval (IOBES)",
        purpose: Purpose::Training,
        extension: "bioes.tsv",
        media_type: "text/tab-separated-values",
        bundle: Bundle::EachArticle,
        unit: "tokens",
        grain: Grain::Tokens,
        is_xml: false,
        holds: COLUMNS,
    },
    Format {
        id: "bilou",
        name: "BILOU columns",
        about: "token and tag; seqeval (BILOU), spaCy’s scheme",
        purpose: Purpose::Training,
        extension: "bilou.tsv",
        media_type: "text/tab-separated-values",
        bundle: Bundle::EachArticle,
        unit: "tokens",
        grain: Grain::Tokens,
        is_xml: false,
        holds: COLUMNS,
    },
    Format {
        id: "conllu",
        name: "CoNLL-U",
        about: "conllu, pyconll: entities in MISC, the text as it is; spaCy convert: entities alone",
        purpose: Purpose::Training,
        extension: "conllu",
        media_type: "text/plain",
        bundle: Bundle::One,
        unit: "tokens",
        grain: Grain::Tokens,
        is_xml: false,
        holds: &[Marks, Text, Spacing, MadeBy],
    },
    Format {
        id: "brat",
        name: "brat standoff",
        about: "brat, bioc, pybrat; pieces, relations, notes, with annotation.conf",
        purpose: Purpose::Tools,
        extension: "ann",
        media_type: "text/plain",
        bundle: Bundle::Several,
        unit: "code points",
        grain: Grain::Worded,
        is_xml: false,
        holds: &[Marks, Text, Spacing, Overlaps, Pieces, Relations, Notes],
    },
    Format {
        id: "doccano",
        name: "doccano JSONL",
        about: "doccano, sequence labelling",
        purpose: Purpose::Tools,
        extension: "jsonl",
        media_type: "application/x-ndjson",
        bundle: Bundle::One,
        unit: "code points, or UTF-16 units",
        grain: Grain::Exact,
        is_xml: false,
        holds: &[Marks, Text, Spacing, Overlaps, MadeBy],
    },
    Format {
        id: "doccano-relations",
        name: "doccano JSONL with relations",
        about: "doccano, relation extraction",
        purpose: Purpose::Tools,
        extension: "jsonl",
        media_type: "application/x-ndjson",
        bundle: Bundle::One,
        unit: "code points, or UTF-16 units",
        grain: Grain::Exact,
        is_xml: false,
        holds: ROWS,
    },
    Format {
        id: "label-studio",
        name: "Label Studio",
        about: "tasks with annotations, and the labelling configuration",
        purpose: Purpose::Tools,
        extension: "json",
        media_type: "application/json",
        bundle: Bundle::Several,
        unit: "code points",
        grain: Grain::Exact,
        is_xml: false,
        holds: &[Marks, Text, Spacing, Overlaps, Relations, Notes, MadeBy],
    },
    Format {
        id: "w3c",
        name: "W3C Web Annotation",
        about: "JSON-LD; Recogito, Hypothesis’ selectors, Apache Annotator",
        purpose: Purpose::Tools,
        extension: "jsonld",
        media_type: "application/ld+json",
        bundle: Bundle::Several,
        unit: "code points",
        grain: Grain::Exact,
        is_xml: false,
        holds: &[Marks, Overlaps, Pieces, Relations, Notes, MadeBy],
    },
    Format {
        id: "cas-json",
        name: "UIMA CAS, JSON",
        about: "INCEpTION, dkpro-cassis",
        purpose: Purpose::Tools,
        extension: "json",
        media_type: "application/json",
        bundle: Bundle::EachArticle,
        unit: "UTF-16 units",
        grain: Grain::Tokens,
        is_xml: false,
        holds: &[Marks, Text, Spacing, Overlaps, Relations, Notes, MadeBy],
    },
    Format {
        id: "cas-xmi",
        name: "UIMA CAS, XMI",
        about: "INCEpTION, UIMA, dkpro-cassis; with TypeSystem.xml",
        purpose: Purpose::Tools,
        extension: "xmi",
        media_type: "application/vnd.xmi+xml",
        bundle: Bundle::Several,
        unit: "UTF-16 units",
        grain: Grain::Tokens,
        is_xml: true,
        holds: &[Marks, Text, Spacing, Overlaps, Relations, Notes, MadeBy],
    },
    Format {
        id: "webanno-tsv",
        name: "WebAnno TSV 3.3",
        about: "INCEpTION, WebAnno",
        purpose: Purpose::Tools,
        extension: "tsv",
        media_type: "text/tab-separated-values",
        bundle: Bundle::EachArticle,
        unit: "UTF-16 units",
        grain: Grain::Tokens,
        is_xml: false,
        holds: &[Marks, Text, Overlaps],
    },
    Format {
        id: "tei",
        name: "TEI P5",
        about: "digital editions; marks stand off from the text, so they may overlap",
        purpose: Purpose::Reading,
        extension: "xml",
        media_type: "application/tei+xml",
        bundle: Bundle::EachArticle,
        unit: "",
        grain: Grain::Exact,
        is_xml: true,
        holds: &[
            Marks, Text, Spacing, Overlaps, Pieces, Relations, Notes, Rules, MadeBy,
        ],
    },
    Format {
        id: "csv",
        name: "Tables, CSV",
        about: "spreadsheets, R, pandas; marks, relations, cast, a ledger of each tag",
        purpose: Purpose::Counting,
        extension: "zip",
        media_type: "application/zip",
        bundle: Bundle::Several,
        unit: "code points",
        grain: Grain::Exact,
        is_xml: false,
        holds: TABLES,
    },
    Format {
        id: "tsv",
        name: "Tables, TSV",
        about: "the same, with tabs between cells",
        purpose: Purpose::Counting,
        extension: "zip",
        media_type: "application/zip",
        bundle: Bundle::Several,
        unit: "code points",
        grain: Grain::Exact,
        is_xml: false,
        holds: TABLES,
    },
    Format {
        id: "xlsx",
        name: "Workbook",
        about: "Excel, LibreOffice; the same tables as sheets",
        purpose: Purpose::Counting,
        extension: "xlsx",
        media_type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        bundle: Bundle::One,
        unit: "code points",
        grain: Grain::Exact,
        is_xml: false,
        holds: TABLES,
    },
    Format {
        id: "refi-qda",
        name: "REFI-QDA project",
        about: "NVivo, ATLAS.ti, MAXQDA, QualCoder",
        purpose: Purpose::Tools,
        extension: "qdpx",
        media_type: "application/zip",
        bundle: Bundle::One,
        unit: "code points",
        grain: Grain::Exact,
        is_xml: true,
        holds: &[
            Marks, Text, Spacing, Overlaps, Relations, Notes, Rules, MadeBy,
        ],
    },
    Format {
        id: "qdc",
        name: "REFI-QDA codebook",
        about: "the codebook alone, for NVivo, ATLAS.ti, MAXQDA, QualCoder",
        purpose: Purpose::Tools,
        extension: "qdc",
        media_type: "application/xml",
        bundle: Bundle::One,
        unit: "",
        grain: Grain::Exact,
        is_xml: true,
        holds: &[Rules, MadeBy],
    },
    Format {
        id: "graphml",
        name: "Network, GraphML",
        about: "networkx, igraph, Gephi, yEd; who is linked to whom",
        purpose: Purpose::Counting,
        extension: "graphml",
        media_type: "application/graphml+xml",
        bundle: Bundle::One,
        unit: "",
        grain: Grain::Exact,
        is_xml: true,
        holds: &[Relations, Cast, MadeBy],
    },
    Format {
        id: "gexf",
        name: "Network, GEXF",
        about: "Gephi, networkx; who is linked to whom",
        purpose: Purpose::Counting,
        extension: "gexf",
        media_type: "application/gexf+xml",
        bundle: Bundle::One,
        unit: "",
        grain: Grain::Exact,
        is_xml: true,
        holds: &[Relations, Cast, MadeBy],
    },
    Format {
        id: "html",
        name: "Page",
        about: "for people: one file with the marked article, for any browser and for print",
        purpose: Purpose::Reading,
        extension: "html",
        media_type: "text/html",
        bundle: Bundle::EachArticle,
        unit: "",
        grain: Grain::Exact,
        is_xml: true,
        holds: &[
            Marks, Text, Spacing, Overlaps, Relations, Answers, Notes, Rules, MadeBy,
        ],
    },
    Format {
        id: "markdown",
        name: "Markdown",
        about: "for people: the article with its marks, as text",
        purpose: Purpose::Reading,
        extension: "md",
        media_type: "text/markdown",
        bundle: Bundle::EachArticle,
        unit: "",
        grain: Grain::Exact,
        is_xml: false,
        holds: &[Marks, Text, Overlaps, Relations, Answers, Notes, MadeBy],
    },
];
