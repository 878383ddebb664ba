//! A workbook for spreadsheets (Office Open XML): each table a sheet. Texts stand in their
//! cells as they are, where no program runs them.

use crate::catalogue::{CELL_LIMIT, SpanPrecision};
use crate::encoding::xml;
use crate::encoding::xml::{can_hold, content};
use crate::encoding::zip::{ZipWriter, unzip};
use crate::error::{ReadBackError, ZipError};
use crate::external::ExternalDocument;
use crate::formats::table::{Cell, Ledgers, Table, marks_of, tables};
use crate::naming::stems::{Ids, Stems};
use crate::options::Options;
use crate::output::{FileSink, Writer, WrittenDocument};
use crate::projection::spans::{ProjectedSpan, Projection};
use pullquote_core::model::document::Document;
use pullquote_core::text::shortened::capitalised;

use std::fmt::Write as _;

struct Workbook {
    options: Options,
    tables: Vec<Table>,
    ledgers: Ledgers,
    ids: Ids,
}

pub(crate) fn begin(options: &Options) -> Box<dyn Writer> {
    Box::new(Workbook {
        options: options.clone(),
        tables: Vec::new(),
        ledgers: Ledgers::default(),
        ids: Ids::default(),
    })
}

impl Writer for Workbook {
    fn add(&mut self, document: &Document, _: &mut dyn FileSink) -> Vec<WrittenDocument> {
        let labelled = Projection::new(document, &self.options, SpanPrecision::Exact);
        let id = self.ids.next(document.article().id);
        for table in tables(&id, &labelled, &self.options) {
            match self
                .tables
                .iter_mut()
                .find(|known| known.name == table.name)
            {
                Some(known) => known.rows.extend(table.rows),
                None => self.tables.push(table),
            }
        }
        self.ledgers.add(&id, document);
        let file = format!("{}.xlsx", self.options.name);
        let label = |piece: &ProjectedSpan| labelled.label(piece).to_owned();
        let mut written = WrittenDocument::new(&file, &labelled, labelled.spans.iter(), label);
        written.key = Some(id);
        vec![written]
    }

    fn finish(&mut self, out: &mut dyn FileSink) {
        // What is told of the file comes last.
        let about = self.tables.pop();
        let mut sheets: Vec<Table> = std::mem::take(&mut self.tables);
        sheets.append(&mut self.ledgers.0);
        sheets.extend(about);
        let files = parts(&sheets);
        let mut zip = ZipWriter::new(self.options.made);
        let put = |zip: &mut ZipWriter| -> Result<(), ZipError> {
            files
                .iter()
                .try_for_each(|(name, text)| zip.put(name, text.as_bytes()))
        };
        // What cannot be packed is not there, and the proof says so.
        if put(&mut zip).is_ok()
            && let Ok(bytes) = zip.finish()
        {
            out.append(&format!("{}.xlsx", self.options.name), &bytes);
        }
    }
}

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const KIND: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml";

fn parts(sheets: &[Table]) -> Vec<(String, String)> {
    let mut kinds = format!(
        "{HEAD}<Types xmlns=\"{PACKAGE}/content-types\"><Default Extension=\"rels\" \
         ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
         <Override PartName=\"/xl/workbook.xml\" ContentType=\"{KIND}.sheet.main+xml\"/>"
    );
    let mut book = format!("{HEAD}<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><sheets>");
    let mut links = format!("{HEAD}<Relationships xmlns=\"{PACKAGE}/relationships\">");
    let mut files = Vec::new();
    let mut stems = Stems::default();
    for (number, sheet) in (1..).zip(sheets) {
        let name = sheet_name(&mut stems, &sheet.name);
        let part = format!("worksheets/sheet{number}.xml");
        // Writing into a string does not fail.
        let _ = write!(
            kinds,
            "<Override PartName=\"/xl/{part}\" ContentType=\"{KIND}.worksheet+xml\"/>"
        );
        let _ = write!(
            book,
            "<sheet name=\"{}\" sheetId=\"{number}\" r:id=\"rId{number}\"/>",
            xml::attribute(&name)
        );
        let _ = write!(
            links,
            "<Relationship Id=\"rId{number}\" Type=\"{OFFICE}/worksheet\" Target=\"{part}\"/>"
        );
        files.push((format!("xl/{part}"), sheet_xml(sheet)));
    }
    let root = format!(
        "{HEAD}<Relationships xmlns=\"{PACKAGE}/relationships\"><Relationship Id=\"rId1\" \
         Type=\"{OFFICE}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
    );
    let mut all = vec![
        ("[Content_Types].xml".to_owned(), kinds + "</Types>"),
        ("_rels/.rels".to_owned(), root),
        ("xl/workbook.xml".to_owned(), book + "</sheets></workbook>"),
        (
            "xl/_rels/workbook.xml.rels".to_owned(),
            links + "</Relationships>",
        ),
    ];
    all.append(&mut files);
    all
}

/// The name of a sheet: at most 31 characters, and none that is not allowed.
fn sheet_name(stems: &mut Stems, name: &str) -> String {
    let plain = |char: char| {
        if "[]:*?/\\'".contains(char) {
            ' '
        } else {
            char
        }
    };
    let name: String = capitalised(name).chars().map(plain).take(26).collect();
    stems.next(&name)
}

fn sheet_xml(sheet: &Table) -> String {
    let mut text = format!(
        "{HEAD}<worksheet xmlns=\"{MAIN}\"><sheetViews><sheetView workbookViewId=\"0\">\
         <pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/>\
         </sheetView></sheetViews><sheetData>"
    );
    let heading: Vec<Cell> = sheet.heading.iter().map(|it| it.as_str().into()).collect();
    for (number, row) in (1..).zip(std::iter::once(&heading).chain(&sheet.rows)) {
        let _ = write!(text, "<row r=\"{number}\">");
        for (place, cell) in row.iter().enumerate() {
            let column = column(place);
            let _ = match cell {
                Cell::Number(value) => write!(text, "<c r=\"{column}{number}\"><v>{value}</v></c>"),
                Cell::Text(value) => write!(
                    text,
                    "<c r=\"{column}{number}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{}</t></is></c>",
                    written(value)
                ),
            };
        }
        text.push_str("</row>");
    }
    text + "</sheetData></worksheet>"
}

/// A, B, … Z, AA, ….
fn column(place: usize) -> String {
    let letter = char::from(b'A' + (place % 26) as u8);
    match place / 26 {
        0 => letter.to_string(),
        rest => format!("{}{letter}", column(rest - 1)),
    }
}

/// A text in a cell. What XML cannot hold is written as `_xHHHH_`, and so is what would be
/// taken for that.
fn written(text: &str) -> String {
    let mut room = CELL_LIMIT;
    let fits = |char: &char| {
        let left = room.checked_sub(char.len_utf16());
        room = left.unwrap_or_default();
        left.is_some()
    };
    let cut: String = text.chars().take_while(fits).collect();
    let mut out = String::new();
    let is_code = |rest: &str| {
        let bytes = rest.as_bytes();
        bytes.len() >= 7
            && rest.starts_with("_x")
            && bytes[2..6].iter().all(u8::is_ascii_hexdigit)
            && bytes[6] == b'_'
    };
    for (at, char) in cut.char_indices() {
        match char {
            '_' if is_code(&cut[at..]) => out.push_str("_x005F_"),
            char if !can_hold(char) || char == '\r' => {
                let _ = write!(out, "_x{:04X}_", u32::from(char));
            }
            char => out.push(char),
        }
    }
    content(&out)
}

fn unwritten(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let code = rest
            .get(at + 2..at + 6)
            .filter(|_| rest[at + 6..].starts_with('_'));
        let char = code.and_then(|code| u32::from_str_radix(code, 16).ok());
        out.push_str(&rest[..at]);
        match char.and_then(char::from_u32) {
            Some(char) => {
                out.push(char);
                rest = &rest[at + 7..];
            }
            None => {
                out.push_str("_x");
                rest = &rest[at + 2..];
            }
        }
    }
    out + rest
}

pub(crate) fn read(bytes: &[u8]) -> Result<Vec<ExternalDocument>, ReadBackError> {
    let files = unzip(bytes)?;
    let sheet = files
        .iter()
        .find(|(name, _)| name == "xl/worksheets/sheet1.xml");
    let sheet = xml::utf8(&sheet.ok_or(ReadBackError::Missing("first sheet"))?.1)?;
    let sheet = xml::parsed(sheet)?;
    let rows = sheet
        .descendants()
        .filter(|node| node.tag_name().name() == "row");
    let mut rows = rows.map(|row| {
        let cells = row.children().filter(|node| node.is_element());
        let text = |cell: roxmltree::Node| {
            let texts = cell.descendants().filter(|node| node.is_text());
            texts.filter_map(|node| node.text()).collect::<String>()
        };
        cells
            .map(|cell| unwritten(&text(cell)))
            .collect::<Vec<String>>()
    });
    let heading = rows.next().unwrap_or_default();
    marks_of(&heading, rows)
}
