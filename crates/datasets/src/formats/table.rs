//! Tables of marks, relations, cast, and a ledger of each tag, for spreadsheets.

use crate::catalogue::{CELL_LIMIT, SpanPrecision};
use crate::encoding::xml;
use crate::error::ReadBackError;
use crate::external::{ExternalDocument, ExternalSpan, GroupedSpans};
use crate::naming::stems::{Ids, Stems};
use crate::options::Options;
use crate::output::{FileSink, Writer, WrittenDocument};
use crate::projection::labels::tag_labels;
use crate::projection::spans::Projection;
use crate::provenance::Provenance;
use pullquote_core::analysis::entities::entities_of;
use pullquote_core::analysis::ledger::{ledger, name_of};
use pullquote_core::edit::commands::relations::in_words;
use pullquote_core::model::annotation::Annotation;
use pullquote_core::model::document::Document;
use pullquote_core::text::shortened::one_line;
use pullquote_formats::csv::{FormulaGuard, read_records, unguarded, write_record};
use pullquote_formats::wire::time::time;

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Cell {
    Text(String),
    Number(u64),
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<usize> for Cell {
    fn from(number: usize) -> Self {
        Self::Number(number as u64)
    }
}

impl From<u32> for Cell {
    fn from(number: u32) -> Self {
        Self::Number(u64::from(number))
    }
}

/// A table: its name, its heading, its rows.
pub(crate) struct Table {
    pub(crate) name: String,
    pub(crate) heading: Vec<String>,
    pub(crate) rows: Vec<Vec<Cell>>,
}

pub(crate) const MARKS: &str = "marks";

pub(crate) const MARK_COLUMNS: [&str; 16] = [
    "doc_id", "title", "url", "mark_id", "piece", "start", "end", "label", "text", "cast", "note",
    "flagged", "coder", "created", "modified", "answers",
];

/// What is answered of a mark: "strength: firm".
pub(crate) fn answers(document: &Document, mark: &Annotation) -> Vec<String> {
    let answers = mark.values.iter().map(|(slug, value)| {
        let tag = document.codebook().tag(&mark.tag);
        let asked = tag.and_then(|tag| tag.attributes.iter().find(|it| it.id == *slug));
        let name = asked.map_or(slug.as_str(), |asked| asked.name.as_str());
        format!("{name}: {}", one_line(&in_words(value)))
    });
    answers.collect()
}

/// The tables of one document but for the ledgers.
pub(crate) fn tables(id: &str, labelled: &Projection, options: &Options) -> [Table; 4] {
    let document = labelled.document;
    let article = document.article();
    let title = article.title.as_str();
    let marks = labelled.spans.iter().map(|piece| {
        let mark = labelled.mark(piece);
        let [start, end] = labelled.chars(piece.span);
        let member = document.member_of(mark);
        let answers = answers(document, mark);
        vec![
            id.into(),
            title.into(),
            article.source.url.as_str().into(),
            mark.id.to_string().into(),
            (piece.part + 1).into(),
            start.into(),
            end.into(),
            labelled.label(piece).into(),
            labelled.slice(piece.span).into(),
            member.map_or("", |member| member.name.as_str()).into(),
            mark.note.as_str().into(),
            if mark.flagged { "yes" } else { "" }.into(),
            mark.coder.as_str().into(),
            time(mark.created).into(),
            time(mark.modified).into(),
            answers.join("; ").into(),
        ]
    });
    let marks = table(MARKS, &MARK_COLUMNS, marks.collect());
    let ends = |mark: usize| {
        let annotation = &document.annotations()[mark];
        let tag = document
            .codebook()
            .place_of(&annotation.tag)
            .unwrap_or_default();
        [
            Cell::from(annotation.id.to_string()),
            Cell::from(labelled.labels[tag].as_str()),
            Cell::from(name_of(document, annotation)),
        ]
    };
    let relations = labelled.relations().map(|link| {
        let head = [
            id.into(),
            title.into(),
            link.id.to_string().into(),
            Cell::from(link.kind),
        ];
        head.into_iter()
            .chain(ends(link.from))
            .chain(ends(link.to))
            .collect()
    });
    let relations = table(
        "relations",
        &[
            "doc_id",
            "title",
            "relation_id",
            "relation",
            "from_mark",
            "from_label",
            "from_text",
            "to_mark",
            "to_label",
            "to_text",
        ],
        relations.collect(),
    );
    let members = entities_of(document);
    let mentions = |id| {
        let member = members.iter().find(|member| member.entity == Some(id));
        member.map_or(0, |member| member.marks.len())
    };
    let members = document.entities().iter().map(|member| {
        let tag = document
            .codebook()
            .place_of(&member.tag)
            .unwrap_or_default();
        vec![
            id.into(),
            title.into(),
            member.id.to_string().into(),
            labelled.labels[tag].as_str().into(),
            member.name.as_str().into(),
            member.aliases.join("; ").into(),
            member.reference.as_str().into(),
            mentions(member.id).into(),
        ]
    });
    let members = table(
        "cast",
        &[
            "doc_id",
            "title",
            "member_id",
            "label",
            "name",
            "aliases",
            "reference",
            "mentions",
        ],
        members.collect(),
    );
    let source = &article.source;
    let language = article.language.as_ref().map_or("", |it| it.as_str());
    let about = vec![
        id.into(),
        title.into(),
        source.url.as_str().into(),
        source.outlet.as_str().into(),
        source.byline.as_str().into(),
        source.published.as_str().into(),
        language.into(),
        article.sha256().into(),
        "code points".into(),
        Provenance::new(document, options).line().into(),
    ];
    let about = table(
        "about",
        &[
            "doc_id",
            "title",
            "url",
            "outlet",
            "byline",
            "published",
            "language",
            "text_sha256",
            "offset_unit",
            "made_by",
        ],
        vec![about],
    );
    [marks, relations, members, about]
}

fn table(name: &str, heading: &[&str], rows: Vec<Vec<Cell>>) -> Table {
    Table {
        name: name.to_owned(),
        heading: heading.iter().map(|name| (*name).to_owned()).collect(),
        rows,
    }
}

/// The ledgers of all documents, by label. A column stands where the first document has it;
/// what one has not is empty.
#[derive(Default)]
pub(crate) struct Ledgers(pub(crate) Vec<Table>);

impl Ledgers {
    /// Adds those of a document.
    pub(crate) fn add(&mut self, id: &str, document: &Document) {
        let article = document.article();
        for (tag, label) in document
            .codebook()
            .tags()
            .iter()
            .zip(tag_labels(document.codebook()))
        {
            let ledger = ledger(document, &tag.id);
            if ledger.rows.is_empty() {
                continue;
            }
            let place = self.0.iter().position(|table| table.name == label);
            let place = place.unwrap_or_else(|| {
                let fixed = ["doc_id", "title", "mark_id", "start", "end"];
                self.0.push(table(&label, &fixed, Vec::new()));
                self.0.len() - 1
            });
            let table = &mut self.0[place];
            let mut places = Vec::new();
            for column in &ledger.columns {
                let known = table.heading.iter().position(|name| *name == column.name);
                // Two columns of one name in one ledger stay two.
                let known = known.filter(|place| *place > 4 && !places.contains(place));
                places.push(known.unwrap_or(table.heading.len()));
                if known.is_none() {
                    table.heading.push(column.name.clone());
                }
            }
            for row in &ledger.rows {
                let Some(mark) = document.annotation(row.id) else {
                    continue;
                };
                let chars = |at| article.offsets().chars(at).unwrap_or_default().0;
                let mut cells: Vec<Cell> = vec![
                    id.into(),
                    article.title.as_str().into(),
                    row.id.to_string().into(),
                    chars(mark.spans.start()).into(),
                    chars(mark.spans.end()).into(),
                ];
                cells.resize(table.heading.len(), Cell::from(""));
                for (place, cell) in places.iter().zip(&row.cells) {
                    cells[*place] = cell.as_str().into();
                }
                table.rows.push(cells);
            }
        }
        for table in &mut self.0 {
            let width = table.heading.len();
            table
                .rows
                .iter_mut()
                .for_each(|row| row.resize(width, Cell::from("")));
        }
    }
}

struct Tables {
    options: Options,
    between: char,
    extension: &'static str,
    begun: bool,
    ledgers: Ledgers,
    ids: Ids,
}

pub(crate) fn begin_csv(options: &Options) -> Box<dyn Writer> {
    begin(options, ',', "csv")
}

pub(crate) fn begin_tsv(options: &Options) -> Box<dyn Writer> {
    begin(options, '\t', "tsv")
}

fn begin(options: &Options, between: char, extension: &'static str) -> Box<dyn Writer> {
    Box::new(Tables {
        options: options.clone(),
        between,
        extension,
        begun: false,
        ledgers: Ledgers::default(),
        ids: Ids::default(),
    })
}

impl Tables {
    fn put(&self, file: &str, table: &Table, begins: bool, out: &mut dyn FileSink) {
        let mut text = String::new();
        if begins {
            text.push('\u{FEFF}');
            let heading: Vec<Cell> = table.heading.iter().map(|it| it.as_str().into()).collect();
            self.line(&mut text, &heading);
        }
        table.rows.iter().for_each(|row| self.line(&mut text, row));
        out.append(&format!("{file}.{}", self.extension), text.as_bytes());
    }

    fn line(&self, text: &mut String, cells: &[Cell]) {
        let guard = match self.options.raw_cells {
            true => FormulaGuard::Off,
            false => FormulaGuard::Reversible,
        };
        let cells = cells.iter().map(|cell| match cell {
            Cell::Number(number) => number.to_string().into(),
            Cell::Text(cell) => guard.guarded(cell),
        });
        write_record(text, self.between, &cells.collect::<Vec<_>>());
    }
}

impl Writer for Tables {
    fn add(&mut self, document: &Document, out: &mut dyn FileSink) -> Vec<WrittenDocument> {
        let labelled = Projection::new(document, &self.options, SpanPrecision::Exact);
        let begins = !std::mem::replace(&mut self.begun, true);
        let id = self.ids.next(document.article().id);
        for table in tables(&id, &labelled, &self.options) {
            self.put(&table.name, &table, begins, out);
        }
        self.ledgers.add(&id, document);
        let file = format!("{MARKS}.{}", self.extension);
        let label =
            |piece: &crate::projection::spans::ProjectedSpan| labelled.label(piece).to_owned();
        let mut written = WrittenDocument::new(&file, &labelled, labelled.spans.iter(), label);
        written.key = Some(id);
        vec![written]
    }

    fn finish(&mut self, out: &mut dyn FileSink) {
        let mut stems = Stems::default();
        for table in &self.ledgers.0 {
            let stem = stems.next(&format!("ledger-{}", table.name));
            self.put(&stem, table, true, out);
        }
    }
}

pub(crate) fn read_csv(bytes: &[u8]) -> Result<Vec<ExternalDocument>, ReadBackError> {
    read(bytes, ',')
}

pub(crate) fn read_tsv(bytes: &[u8]) -> Result<Vec<ExternalDocument>, ReadBackError> {
    read(bytes, '\t')
}

fn read(bytes: &[u8], between: char) -> Result<Vec<ExternalDocument>, ReadBackError> {
    let text = xml::utf8(bytes)?;
    let mut rows = read_records(text.trim_start_matches('\u{FEFF}'), between).into_iter();
    let heading = rows.next().unwrap_or_default();
    marks_of(
        &heading,
        rows.map(|row| row.iter().map(|cell| unguarded(cell).to_owned()).collect()),
    )
}

/// The marks of a table whose heading says where their parts are.
pub(crate) fn marks_of(
    heading: &[String],
    rows: impl Iterator<Item = Vec<String>>,
) -> Result<Vec<ExternalDocument>, ReadBackError> {
    let column = |name: &str| {
        let place = heading.iter().position(|cell| cell == name);
        place.ok_or_else(|| ReadBackError::MissingNamed {
            kind: "column",
            name: name.to_owned(),
        })
    };
    let places = [
        column("doc_id")?,
        column("start")?,
        column("end")?,
        column("label")?,
        column("text")?,
    ];
    let mut documents = GroupedSpans::default();
    for (number, row) in (2..).zip(rows) {
        if row.len() != heading.len() {
            return Err(ReadBackError::Cells {
                record: number,
                cells: row.len(),
            });
        }
        let [id, start, end, label, words] = places.map(|place| row[place].clone());
        let at = |cell: &str| {
            let wrong = |_| ReadBackError::CellIsNoOffset {
                record: number,
                cell: cell.to_owned(),
            };
            cell.parse::<u32>().map_err(wrong)
        };
        // A workbook has a limit for what stands in a cell.
        let is_cut = words.len() >= CELL_LIMIT;
        let span = ExternalSpan {
            start: at(&start)?,
            end: at(&end)?,
            label,
            quote: (!is_cut).then_some(words),
        };
        documents.push(id, span);
    }
    Ok(documents.into_documents())
}
