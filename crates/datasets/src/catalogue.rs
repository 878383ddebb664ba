//! The formats that datasets are written in, as data.
//!
//! This file says what each format is and what it can hold. It contains no code that reads
//! or writes: that is in [`crate::codecs`], so that a program that only lists formats does not
//! carry all of them.

use crate::encoding::xml;
use crate::loss::{
    Loss, Loss::Answers, Loss::Cast, Loss::Flags, Loss::MadeBy, Loss::Marks, Loss::Notes,
    Loss::Overlaps, Loss::Pieces, Loss::Questions, Loss::Relations, Loss::Rules, Loss::Spacing,
    Loss::Text,
};
use crate::naming::grammar::NameGrammar;

use std::fmt;

/// A format, as a value. Code that depends on the format matches on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FormatId {
    /// Our own file.
    PullquoteJson,
    /// spaCy DocBin.
    SpacyDocBin,
    /// Prodigy JSON Lines.
    Prodigy,
    /// Hugging Face, JSON Lines.
    HuggingFaceJsonl,
    /// Hugging Face, Parquet.
    HuggingFaceParquet,
    /// CoNLL-2003, four columns.
    Conll2003,
    /// Token and tag, IOB2.
    Iob2,
    /// Token and tag, BIOES.
    Bioes,
    /// Token and tag, BILOU.
    Bilou,
    /// CoNLL-U.
    Conllu,
    /// brat standoff.
    Brat,
    /// doccano JSON Lines.
    Doccano,
    /// doccano JSON Lines with relations.
    DoccanoRelations,
    /// Label Studio JSON.
    LabelStudio,
    /// W3C Web Annotation.
    WebAnnotation,
    /// UIMA CAS JSON.
    CasJson,
    /// UIMA CAS XMI.
    CasXmi,
    /// WebAnno TSV 3.
    WebannoTsv,
    /// TEI P5.
    Tei,
    /// CSV tables.
    Csv,
    /// TSV tables.
    Tsv,
    /// Excel workbook.
    Xlsx,
    /// REFI-QDA project.
    RefiQda,
    /// REFI-QDA codebook.
    RefiCodebook,
    /// GraphML network.
    GraphMl,
    /// GEXF network.
    Gexf,
    /// HTML page.
    Html,
    /// Markdown page.
    Markdown,
}

impl FormatId {
    /// The name that commands, records and addresses use for the format.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::PullquoteJson => "json",
            Self::SpacyDocBin => "spacy",
            Self::Prodigy => "prodigy",
            Self::HuggingFaceJsonl => "hf",
            Self::HuggingFaceParquet => "parquet",
            Self::Conll2003 => "conll2003",
            Self::Iob2 => "iob2",
            Self::Bioes => "bioes",
            Self::Bilou => "bilou",
            Self::Conllu => "conllu",
            Self::Brat => "brat",
            Self::Doccano => "doccano",
            Self::DoccanoRelations => "doccano-relations",
            Self::LabelStudio => "label-studio",
            Self::WebAnnotation => "w3c",
            Self::CasJson => "cas-json",
            Self::CasXmi => "cas-xmi",
            Self::WebannoTsv => "webanno-tsv",
            Self::Tei => "tei",
            Self::Csv => "csv",
            Self::Tsv => "tsv",
            Self::Xlsx => "xlsx",
            Self::RefiQda => "refi-qda",
            Self::RefiCodebook => "qdc",
            Self::GraphMl => "graphml",
            Self::Gexf => "gexf",
            Self::Html => "html",
            Self::Markdown => "markdown",
        }
    }

    /// The entry of the format in [`FORMATS`].
    #[must_use]
    pub fn format(self) -> &'static Format {
        // Entries have the order of the variants; this is checked when the crate is compiled.
        &FORMATS[self as usize]
    }
}

impl fmt::Display for FormatId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.as_str())
    }
}

/// How many files a format makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileLayout {
    /// One file for all articles.
    One,
    /// A file for each article.
    EachArticle,
    /// Several files that belong together.
    Several,
}

/// What a format is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormatPurpose {
    /// Files that Pullquote opens again.
    Own,
    /// Data to train models on.
    Training,
    /// Files for other annotation and analysis tools.
    Tools,
    /// Tables and networks to count and draw.
    Counting,
    /// Pages for people to read.
    Reading,
}

/// All purposes, each with its heading, in the order in which they are shown.
pub const FORMAT_PURPOSES: [(FormatPurpose, &str); 5] = [
    (FormatPurpose::Own, "To open here again"),
    (FormatPurpose::Training, "Machine learning"),
    (FormatPurpose::Tools, "Other annotation tools"),
    (FormatPurpose::Counting, "Spreadsheets and networks"),
    (FormatPurpose::Reading, "Documents"),
];

/// How close the spans of a format are to the marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum SpanPrecision {
    /// Exactly the marked characters.
    Exact,
    /// Exactly the marked characters, except that marks of white space alone are dropped.
    NonBlank,
    /// White space at the ends is removed, and spans start and end at token boundaries.
    Tokens,
}

/// Which characters the texts of a format may contain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CharacterSet {
    /// All of Unicode.
    Any,
    /// The characters of XML 1.0 (production 2, `Char`).
    Xml,
    /// All but U+0000, which CommonMark replaces (section 2.3).
    NoZero,
}

/// The most UTF-16 code units that a cell of an Excel workbook holds.
pub(crate) const CELL_LIMIT: usize = 32_767;

/// A format that datasets are written in.
pub struct Format {
    /// Which format this is.
    pub id: FormatId,
    /// Its name, as it is shown.
    pub name: &'static str,
    /// What it is for: which programs read it and what it contains, in one short line.
    pub about: &'static str,
    /// Further words that people look for it by, in lower case.
    words: &'static str,
    /// What it is for.
    pub purpose: FormatPurpose,
    /// The extension of its files, without the first dot.
    pub extension: &'static str,
    /// Media type (RFC 6838).
    pub media_type: &'static str,
    /// How many files it makes.
    pub layout: FileLayout,
    /// The unit of its offsets; empty if it has none.
    pub unit: &'static str,
    pub(crate) precision: SpanPrecision,
    pub(crate) characters: CharacterSet,
    pub(crate) names: NameGrammar,
    // Whether its files state the original of every name that is written differently.
    pub(crate) explains_names: bool,
    // Whether token tags without overlaps are written beside the spans.
    pub(crate) has_tags_beside_spans: bool,
    // The most UTF-16 code units in a cell, for a format of cells with a limit.
    pub(crate) cell_limit: Option<usize>,
    pub(crate) holds: &'static [Loss],
}

impl Format {
    /// The format with this name (see [`FormatId::as_str`]).
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        FORMATS.iter().find(|format| format.id.as_str() == name)
    }

    /// Whether each word of a search begins a word of what is known of the format: its name, what
    /// it is for, the ending of its files, or another word for it. Signs do not count.
    #[must_use]
    pub fn is_found_by(&self, search: &str) -> bool {
        let known = [
            self.name,
            self.about,
            self.words,
            self.extension,
            self.id.as_str(),
        ];
        let words = |text: &str| -> Vec<String> {
            let words = text.split(|char: char| !char.is_alphanumeric());
            let words = words.filter(|word| !word.is_empty());
            words.map(str::to_ascii_lowercase).collect()
        };
        let known = words(&known.join(" "));
        let is_known = |word: &String| known.iter().any(|other| other.starts_with(word.as_str()));
        words(search).iter().all(is_known)
    }

    /// Whether the format can always hold this, however much of it a document has.
    #[must_use]
    pub fn can_hold(&self, loss: Loss) -> bool {
        match loss {
            Loss::Dropped => self.precision == SpanPrecision::Exact,
            Loss::Names => self.names == NameGrammar::Any,
            Loss::Tags => !self.has_tags_beside_spans,
            Loss::Trimmed | Loss::InsideToken => self.precision != SpanPrecision::Tokens,
            Loss::Characters => self.characters == CharacterSet::Any,
            Loss::LongCells => self.cell_limit.is_none(),
            Overlaps | Pieces | Relations | Notes | Answers | Cast | Flags | Questions | Rules
            | Spacing | Text | Marks | MadeBy => self.holds.contains(&loss),
        }
    }

    /// Whether the texts of the format may contain this character.
    pub(crate) fn can_hold_character(&self, char: char) -> bool {
        match self.characters {
            CharacterSet::Any => true,
            CharacterSet::Xml => xml::can_hold(char),
            CharacterSet::NoZero => char != '\0',
        }
    }

    /// Whether its spans consist of tokens.
    #[must_use]
    pub fn has_tokens(&self) -> bool {
        self.precision == SpanPrecision::Tokens
    }
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

/// All formats, in the order of [`FormatId`]. The first is our own file, which holds everything.
pub const FORMATS: &[Format] = &[
    Format {
        id: FormatId::PullquoteJson,
        name: "Pullquote",
        about: "nothing is lost: text, marks, codebook",
        words: "backup copy native json",
        purpose: FormatPurpose::Own,
        extension: "pullquote.json",
        media_type: "application/json",
        layout: FileLayout::EachArticle,
        unit: "code points, UTF-16 units and bytes",
        precision: SpanPrecision::Exact,
        characters: CharacterSet::Any,
        names: NameGrammar::Any,
        explains_names: false,
        has_tags_beside_spans: false,
        cell_limit: None,
        holds: EVERYTHING,
    },
    Format {
        id: FormatId::SpacyDocBin,
        name: "spaCy (.spacy)",
        about: "train spaCy: entities, and span group sc",
        words: "docbin spancat ner python",
        purpose: FormatPurpose::Training,
        extension: "spacy",
        media_type: "application/octet-stream",
        layout: FileLayout::One,
        unit: "tokens and code points",
        precision: SpanPrecision::Tokens,
        characters: CharacterSet::Any,
        names: NameGrammar::Any,
        explains_names: false,
        has_tags_beside_spans: true,
        cell_limit: None,
        holds: &[Marks, Text, Spacing, Overlaps],
    },
    Format {
        id: FormatId::Prodigy,
        name: "Prodigy (.jsonl)",
        about: "review in Prodigy: tokens, spans, relations",
        words: "json lines ner spacy",
        purpose: FormatPurpose::Training,
        extension: "jsonl",
        media_type: "application/x-ndjson",
        layout: FileLayout::One,
        unit: "code points and tokens",
        precision: SpanPrecision::Tokens,
        characters: CharacterSet::Any,
        names: NameGrammar::Any,
        explains_names: false,
        has_tags_beside_spans: false,
        cell_limit: None,
        holds: &[Marks, Text, Spacing, Overlaps, Pieces, Relations, MadeBy],
    },
    Format {
        id: FormatId::HuggingFaceJsonl,
        name: "Hugging Face (.jsonl)",
        about: "load_dataset: tokens with tags, and spans",
        words: "huggingface transformers bert ner json lines",
        purpose: FormatPurpose::Training,
        extension: "zip",
        media_type: "application/zip",
        layout: FileLayout::Several,
        unit: "code points and tokens",
        precision: SpanPrecision::Tokens,
        characters: CharacterSet::Any,
        names: NameGrammar::Word,
        explains_names: false,
        has_tags_beside_spans: true,
        cell_limit: None,
        holds: &[
            Marks, Text, Spacing, Overlaps, Pieces, Relations, Notes, MadeBy,
        ],
    },
    Format {
        id: FormatId::HuggingFaceParquet,
        name: "Hugging Face (.parquet)",
        about: "load_dataset, pandas, DuckDB",
        words: "huggingface transformers bert ner",
        purpose: FormatPurpose::Training,
        extension: "zip",
        media_type: "application/zip",
        layout: FileLayout::Several,
        unit: "code points and tokens",
        precision: SpanPrecision::Tokens,
        characters: CharacterSet::Any,
        names: NameGrammar::Word,
        explains_names: false,
        has_tags_beside_spans: true,
        cell_limit: None,
        holds: &[
            Marks, Text, Spacing, Overlaps, Pieces, Relations, Notes, MadeBy,
        ],
    },
    Format {
        id: FormatId::Conll2003,
        name: "CoNLL-2003 (.conll)",
        about: "most trainers of entities: four columns",
        words: "bio iob iob2 ner nltk spacy flair",
        purpose: FormatPurpose::Training,
        extension: "conll",
        media_type: "text/plain",
        layout: FileLayout::One,
        unit: "tokens",
        precision: SpanPrecision::Tokens,
        characters: CharacterSet::Any,
        names: NameGrammar::Word,
        explains_names: false,
        has_tags_beside_spans: false,
        cell_limit: None,
        holds: COLUMNS,
    },
    Format {
        id: FormatId::Iob2,
        name: "BIO tags (IOB2)",
        about: "flair, seqeval, doccano: a token a line",
        words: "iob ner tsv columns",
        purpose: FormatPurpose::Training,
        extension: "iob2.tsv",
        media_type: "text/tab-separated-values",
        layout: FileLayout::EachArticle,
        unit: "tokens",
        precision: SpanPrecision::Tokens,
        characters: CharacterSet::Any,
        names: NameGrammar::Word,
        explains_names: false,
        has_tags_beside_spans: false,
        cell_limit: None,
        holds: COLUMNS,
    },
    Format {
        id: FormatId::Bioes,
        name: "BIOES tags",
        about: "iobes, seqeval (IOBES): with ends",
        words: "ner tsv columns",
        purpose: FormatPurpose::Training,
        extension: "bioes.tsv",
        media_type: "text/tab-separated-values",
        layout: FileLayout::EachArticle,
        unit: "tokens",
        precision: SpanPrecision::Tokens,
        characters: CharacterSet::Any,
        names: NameGrammar::Word,
        explains_names: false,
        has_tags_beside_spans: false,
        cell_limit: None,
        holds: COLUMNS,
    },
    Format {
        id: FormatId::Bilou,
        name: "BILOU tags",
        about: "seqeval (BILOU), spaCy’s scheme",
        words: "bioul ner tsv columns",
        purpose: FormatPurpose::Training,
        extension: "bilou.tsv",
        media_type: "text/tab-separated-values",
        layout: FileLayout::EachArticle,
        unit: "tokens",
        precision: SpanPrecision::Tokens,
        characters: CharacterSet::Any,
        names: NameGrammar::Word,
        explains_names: false,
        has_tags_beside_spans: false,
        cell_limit: None,
        holds: COLUMNS,
    },
    Format {
        id: FormatId::Conllu,
        name: "CoNLL-U (.conllu)",
        about: "conllu, pyconll: entities in MISC",
        words: "ud universal dependencies ner",
        purpose: FormatPurpose::Training,
        extension: "conllu",
        media_type: "text/plain",
        layout: FileLayout::One,
        unit: "tokens",
        precision: SpanPrecision::Tokens,
        characters: CharacterSet::Any,
        names: NameGrammar::Capitals,
        explains_names: true,
        has_tags_beside_spans: false,
        cell_limit: None,
        holds: &[Marks, Text, Spacing, MadeBy],
    },
    Format {
        id: FormatId::Brat,
        name: "brat (.ann)",
        about: "brat, pybrat: parts, relations, notes",
        words: "standoff",
        purpose: FormatPurpose::Tools,
        extension: "ann",
        media_type: "text/plain",
        layout: FileLayout::Several,
        unit: "code points",
        precision: SpanPrecision::NonBlank,
        characters: CharacterSet::Any,
        names: NameGrammar::Ascii,
        explains_names: true,
        has_tags_beside_spans: false,
        cell_limit: None,
        holds: &[Marks, Text, Spacing, Overlaps, Pieces, Relations, Notes],
    },
    Format {
        id: FormatId::Doccano,
        name: "doccano (.jsonl)",
        about: "doccano, sequence labelling",
        words: "json lines ner",
        purpose: FormatPurpose::Tools,
        extension: "jsonl",
        media_type: "application/x-ndjson",
        layout: FileLayout::One,
        unit: "code points, or UTF-16 units",
        precision: SpanPrecision::Exact,
        characters: CharacterSet::Any,
        names: NameGrammar::Any,
        explains_names: false,
        has_tags_beside_spans: false,
        cell_limit: None,
        holds: &[Marks, Text, Spacing, Overlaps, MadeBy],
    },
    Format {
        id: FormatId::DoccanoRelations,
        name: "doccano with relations (.jsonl)",
        about: "doccano, relation extraction",
        words: "json lines ner",
        purpose: FormatPurpose::Tools,
        extension: "jsonl",
        media_type: "application/x-ndjson",
        layout: FileLayout::One,
        unit: "code points, or UTF-16 units",
        precision: SpanPrecision::Exact,
        characters: CharacterSet::Any,
        names: NameGrammar::Any,
        explains_names: false,
        has_tags_beside_spans: false,
        cell_limit: None,
        holds: ROWS,
    },
    Format {
        id: FormatId::LabelStudio,
        name: "Label Studio (.json)",
        about: "tasks with annotations, and the configuration",
        words: "labelstudio ner",
        purpose: FormatPurpose::Tools,
        extension: "json",
        media_type: "application/json",
        layout: FileLayout::Several,
        unit: "code points",
        precision: SpanPrecision::Exact,
        characters: CharacterSet::Any,
        names: NameGrammar::Any,
        explains_names: false,
        has_tags_beside_spans: false,
        cell_limit: None,
        holds: &[Marks, Text, Spacing, Overlaps, Relations, Notes, MadeBy],
    },
    Format {
        id: FormatId::WebAnnotation,
        name: "W3C Web Annotation (.jsonld)",
        about: "Recogito, Apache Annotator",
        words: "json ld hypothesis",
        purpose: FormatPurpose::Tools,
        extension: "jsonld",
        media_type: "application/ld+json",
        layout: FileLayout::Several,
        unit: "code points",
        precision: SpanPrecision::Exact,
        characters: CharacterSet::Any,
        names: NameGrammar::Any,
        explains_names: false,
        has_tags_beside_spans: false,
        cell_limit: None,
        holds: &[Marks, Overlaps, Pieces, Relations, Notes, MadeBy],
    },
    Format {
        id: FormatId::CasJson,
        name: "UIMA CAS (.json)",
        about: "INCEpTION, dkpro-cassis",
        words: "",
        purpose: FormatPurpose::Tools,
        extension: "json",
        media_type: "application/json",
        layout: FileLayout::EachArticle,
        unit: "UTF-16 units",
        precision: SpanPrecision::Tokens,
        characters: CharacterSet::Any,
        names: NameGrammar::Any,
        explains_names: false,
        has_tags_beside_spans: false,
        cell_limit: None,
        holds: &[Marks, Text, Spacing, Overlaps, Relations, Notes, MadeBy],
    },
    Format {
        id: FormatId::CasXmi,
        name: "UIMA CAS (.xmi)",
        about: "INCEpTION, UIMA, dkpro-cassis",
        words: "xml",
        purpose: FormatPurpose::Tools,
        extension: "xmi",
        media_type: "application/vnd.xmi+xml",
        layout: FileLayout::Several,
        unit: "UTF-16 units",
        precision: SpanPrecision::Tokens,
        characters: CharacterSet::Xml,
        names: NameGrammar::Any,
        explains_names: false,
        has_tags_beside_spans: false,
        cell_limit: None,
        holds: &[Marks, Text, Spacing, Overlaps, Relations, Notes, MadeBy],
    },
    Format {
        id: FormatId::WebannoTsv,
        name: "WebAnno TSV 3.3",
        about: "INCEpTION, WebAnno",
        words: "",
        purpose: FormatPurpose::Tools,
        extension: "tsv",
        media_type: "text/tab-separated-values",
        layout: FileLayout::EachArticle,
        unit: "UTF-16 units",
        precision: SpanPrecision::Tokens,
        characters: CharacterSet::Any,
        names: NameGrammar::Any,
        explains_names: false,
        has_tags_beside_spans: false,
        cell_limit: None,
        holds: &[Marks, Text, Overlaps],
    },
    Format {
        id: FormatId::Tei,
        name: "TEI (.xml)",
        about: "digital editions: marks stand off, may overlap",
        words: "p5 humanities",
        purpose: FormatPurpose::Reading,
        extension: "xml",
        media_type: "application/tei+xml",
        layout: FileLayout::EachArticle,
        unit: "",
        precision: SpanPrecision::Exact,
        characters: CharacterSet::Xml,
        names: NameGrammar::RelationWord,
        explains_names: true,
        has_tags_beside_spans: false,
        cell_limit: None,
        holds: &[
            Marks, Text, Spacing, Overlaps, Pieces, Relations, Notes, Rules, MadeBy,
        ],
    },
    Format {
        id: FormatId::Csv,
        name: "CSV tables (.zip)",
        about: "spreadsheets, R, pandas: marks, relations, cast",
        words: "word list ledger statistics spss",
        purpose: FormatPurpose::Counting,
        extension: "zip",
        media_type: "application/zip",
        layout: FileLayout::Several,
        unit: "code points",
        precision: SpanPrecision::Exact,
        characters: CharacterSet::Any,
        names: NameGrammar::Any,
        explains_names: false,
        has_tags_beside_spans: false,
        cell_limit: None,
        holds: TABLES,
    },
    Format {
        id: FormatId::Tsv,
        name: "TSV tables (.zip)",
        about: "the CSV tables, with tabs between cells",
        words: "spreadsheet word list r pandas",
        purpose: FormatPurpose::Counting,
        extension: "zip",
        media_type: "application/zip",
        layout: FileLayout::Several,
        unit: "code points",
        precision: SpanPrecision::Exact,
        characters: CharacterSet::Any,
        names: NameGrammar::Any,
        explains_names: false,
        has_tags_beside_spans: false,
        cell_limit: None,
        holds: TABLES,
    },
    Format {
        id: FormatId::Xlsx,
        name: "Excel (.xlsx)",
        about: "Excel, LibreOffice: the tables as sheets",
        words: "spreadsheet workbook word list google",
        purpose: FormatPurpose::Counting,
        extension: "xlsx",
        media_type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        layout: FileLayout::One,
        unit: "code points",
        precision: SpanPrecision::Exact,
        characters: CharacterSet::Any,
        names: NameGrammar::Any,
        explains_names: false,
        has_tags_beside_spans: false,
        cell_limit: Some(CELL_LIMIT),
        holds: TABLES,
    },
    Format {
        id: FormatId::RefiQda,
        name: "REFI-QDA project (.qdpx)",
        about: "NVivo, ATLAS.ti, MAXQDA, QualCoder",
        words: "qualitative",
        purpose: FormatPurpose::Tools,
        extension: "qdpx",
        media_type: "application/zip",
        layout: FileLayout::One,
        unit: "code points",
        precision: SpanPrecision::Exact,
        characters: CharacterSet::Xml,
        names: NameGrammar::Any,
        explains_names: false,
        has_tags_beside_spans: false,
        cell_limit: None,
        holds: &[
            Marks, Text, Spacing, Overlaps, Relations, Notes, Rules, MadeBy,
        ],
    },
    Format {
        id: FormatId::RefiCodebook,
        name: "REFI-QDA codebook (.qdc)",
        about: "the codebook alone: NVivo, ATLAS.ti, MAXQDA",
        words: "qualitative qualcoder taguette",
        purpose: FormatPurpose::Tools,
        extension: "qdc",
        media_type: "application/xml",
        layout: FileLayout::One,
        unit: "",
        precision: SpanPrecision::Exact,
        characters: CharacterSet::Xml,
        names: NameGrammar::Any,
        explains_names: false,
        has_tags_beside_spans: false,
        cell_limit: None,
        holds: &[Rules, MadeBy],
    },
    Format {
        id: FormatId::GraphMl,
        name: "Network (.graphml)",
        about: "who is linked to whom: Gephi, yEd, igraph",
        words: "graph nodes edges networkx",
        purpose: FormatPurpose::Counting,
        extension: "graphml",
        media_type: "application/graphml+xml",
        layout: FileLayout::One,
        unit: "",
        precision: SpanPrecision::Exact,
        characters: CharacterSet::Xml,
        names: NameGrammar::Any,
        explains_names: false,
        has_tags_beside_spans: false,
        cell_limit: None,
        holds: &[Relations, Cast, MadeBy],
    },
    Format {
        id: FormatId::Gexf,
        name: "Network (.gexf)",
        about: "who is linked to whom: Gephi, networkx",
        words: "graph nodes edges",
        purpose: FormatPurpose::Counting,
        extension: "gexf",
        media_type: "application/gexf+xml",
        layout: FileLayout::One,
        unit: "",
        precision: SpanPrecision::Exact,
        characters: CharacterSet::Xml,
        names: NameGrammar::Any,
        explains_names: false,
        has_tags_beside_spans: false,
        cell_limit: None,
        holds: &[Relations, Cast, MadeBy],
    },
    Format {
        id: FormatId::Html,
        name: "Web page (.html)",
        about: "read or print the marked article",
        words: "htm pdf browser",
        purpose: FormatPurpose::Reading,
        extension: "html",
        media_type: "text/html",
        layout: FileLayout::EachArticle,
        unit: "",
        precision: SpanPrecision::Exact,
        characters: CharacterSet::Xml,
        names: NameGrammar::Any,
        explains_names: false,
        has_tags_beside_spans: false,
        cell_limit: None,
        holds: &[
            Marks, Text, Spacing, Overlaps, Relations, Answers, Notes, Rules, MadeBy,
        ],
    },
    Format {
        id: FormatId::Markdown,
        name: "Markdown (.md)",
        about: "read the article with its marks as text",
        words: "txt notes",
        purpose: FormatPurpose::Reading,
        extension: "md",
        media_type: "text/markdown",
        layout: FileLayout::EachArticle,
        unit: "",
        precision: SpanPrecision::Exact,
        characters: CharacterSet::NoZero,
        names: NameGrammar::Any,
        explains_names: false,
        has_tags_beside_spans: false,
        cell_limit: None,
        holds: &[Marks, Text, Overlaps, Relations, Answers, Notes, MadeBy],
    },
];

// `FormatId::format` relies on this order.
const _: () = {
    let mut index = 0;
    while index < FORMATS.len() {
        assert!(FORMATS[index].id as usize == index);
        index += 1;
    }
};
