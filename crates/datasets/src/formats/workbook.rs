//! A workbook for spreadsheets (Office Open XML), with the tables of [`crate::formats::tables`] as
//! sheets. Cells have a type, so no text is run as a formula.
//!
//! - **Readers**: Excel, LibreOffice, openpyxl (tested with 3.1).
//! - **Offsets**: code points.
//! - **What does not fit**: a cell holds at most 32,767 UTF-16 code units; the rest of a text is cut
//!   off. A row is one span, so the parts of a mark are rows with the same `mark_id`.
//! - **Source**: ECMA-376, part 1, sections 18.3 (worksheets) and 22.9.2.19 (`_xHHHH_`), and part 2
//!   (packages).

use crate::catalogue::{CELL_LIMIT, SpanPrecision};
use crate::encoding::xml::{XmlWriter, can_hold};
use crate::encoding::xml_reader::parse;
use crate::encoding::zip::{ZipWriter, unzip};
use crate::error::{ReadBackError, ZipError};
use crate::external::ExternalDocument;
use crate::formats::tables::{Cell, Ledgers, Table, marks_of, tables};
use crate::naming::stems::{Ids, Stems};
use crate::options::Options;
use crate::output::{FileSink, Writer, WrittenDocument};
use crate::projection::spans::Projection;
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
        let projection = Projection::new(document, &self.options, SpanPrecision::Exact);
        let id = self.ids.next(document.article().id);
        for table in tables(&id, &projection, &self.options) {
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
        let mut written = WrittenDocument::with_all_spans(&file, &projection);
        written.key = Some(id);
        vec![written]
    }

    fn finish(&mut self, out: &mut dyn FileSink) {
        // The sheet about the file comes last.
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
        // A file that cannot be packed is missing, and verification reports it.
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

/// The files of the package, each with its name: content types, relationships, the workbook, and a
/// file for each sheet.
fn parts(sheets: &[Table]) -> Vec<(String, String)> {
    let mut files = vec![
        (
            "[Content_Types].xml".to_owned(),
            content_types(sheets.len()),
        ),
        (
            "_rels/.rels".to_owned(),
            relationships(&[("officeDocument", "xl/workbook.xml".to_owned())]),
        ),
        ("xl/workbook.xml".to_owned(), workbook_xml(sheets)),
    ];
    let parts: Vec<String> = (1..=sheets.len())
        .map(|number| format!("worksheets/sheet{number}.xml"))
        .collect();
    let relations: Vec<(&str, String)> = parts
        .iter()
        .map(|part| ("worksheet", part.clone()))
        .collect();
    files.push((
        "xl/_rels/workbook.xml.rels".to_owned(),
        relationships(&relations),
    ));
    for (part, sheet) in parts.iter().zip(sheets) {
        files.push((format!("xl/{part}"), sheet_xml(sheet)));
    }
    files
}

/// The content type of each part.
fn content_types(sheets: usize) -> String {
    let mut xml = XmlWriter::with_head(HEAD);
    let mut types = xml
        .element("Types")
        .attribute("xmlns", format_args!("{PACKAGE}/content-types"))
        .open();
    let relationships = "application/vnd.openxmlformats-package.relationships+xml";
    for (extension, kind) in [("rels", relationships), ("xml", "application/xml")] {
        types
            .element("Default")
            .attribute("Extension", extension)
            .attribute("ContentType", kind)
            .empty();
    }
    let mut part = |name: &str, kind: &str| {
        types
            .element("Override")
            .attribute("PartName", name)
            .attribute("ContentType", format_args!("{KIND}.{kind}+xml"))
            .empty();
    };
    part("/xl/workbook.xml", "sheet.main");
    for number in 1..=sheets {
        part(&format!("/xl/worksheets/sheet{number}.xml"), "worksheet");
    }
    types.end();
    xml.finish()
}

/// Relationships by number, each with its type and target.
fn relationships(targets: &[(&str, String)]) -> String {
    let mut xml = XmlWriter::with_head(HEAD);
    let mut list = xml
        .element("Relationships")
        .attribute("xmlns", format_args!("{PACKAGE}/relationships"))
        .open();
    for (number, (kind, target)) in (1..).zip(targets) {
        list.element("Relationship")
            .attribute("Id", format_args!("rId{number}"))
            .attribute("Type", format_args!("{OFFICE}/{kind}"))
            .attribute("Target", target)
            .empty();
    }
    list.end();
    xml.finish()
}

/// The list of sheets.
fn workbook_xml(sheets: &[Table]) -> String {
    let mut xml = XmlWriter::with_head(HEAD);
    let mut workbook = xml
        .element("workbook")
        .attribute("xmlns", MAIN)
        .attribute("xmlns:r", OFFICE)
        .open();
    let mut list = workbook.element("sheets").open();
    let mut stems = Stems::default();
    for (number, sheet) in (1..).zip(sheets) {
        list.element("sheet")
            .attribute("name", sheet_name(&mut stems, &sheet.name))
            .attribute("sheetId", number)
            .attribute("r:id", format_args!("rId{number}"))
            .empty();
    }
    list.end();
    workbook.end();
    xml.finish()
}

/// The name of a sheet: at most 31 characters, without those that a workbook forbids.
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

/// A sheet. Its first row, the heading, stays in view.
fn sheet_xml(sheet: &Table) -> String {
    let mut xml = XmlWriter::with_head(HEAD);
    let mut root = xml.element("worksheet").attribute("xmlns", MAIN).open();
    let mut views = root.element("sheetViews").open();
    let mut view = views
        .element("sheetView")
        .attribute("workbookViewId", 0)
        .open();
    view.element("pane")
        .attribute("ySplit", 1)
        .attribute("topLeftCell", "A2")
        .attribute("activePane", "bottomLeft")
        .attribute("state", "frozen")
        .empty();
    view.end();
    views.end();
    let mut data = root.element("sheetData").open();
    let heading = sheet.heading.iter().map(|name| name.as_str().into());
    let heading: Vec<Cell> = heading.collect();
    for (number, cells) in (1..).zip(std::iter::once(&heading).chain(&sheet.rows)) {
        let mut row = data.element("row").attribute("r", number).open();
        for (index, cell) in cells.iter().enumerate() {
            let element = row
                .element("c")
                .attribute("r", format_args!("{}{number}", column(index)));
            match cell {
                Cell::Number(value) => element.open().element("v").text(value),
                Cell::Text(value) => {
                    let mut element = element.attribute("t", "inlineStr").open();
                    let mut inline = element.element("is").open();
                    inline
                        .element("t")
                        .attribute("xml:space", "preserve")
                        .text(escaped(value));
                }
            }
        }
    }
    data.end();
    root.end();
    xml.finish()
}

/// The name of a column: A, B, … Z, AA, ….
fn column(index: usize) -> String {
    let letter = char::from(b'A' + (index % 26) as u8);
    match index / 26 {
        0 => letter.to_string(),
        rest => format!("{}{letter}", column(rest - 1)),
    }
}

/// A text in a cell, cut to the limit. Characters that XML cannot hold are written as `_xHHHH_`,
/// and an underscore that would begin such a code is escaped too.
fn escaped(text: &str) -> String {
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
    out
}

/// The text that was escaped.
fn unescaped(text: &str) -> String {
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

/// Reads the first sheet, which has the marks.
pub(crate) fn read(bytes: &[u8]) -> Result<Vec<ExternalDocument>, ReadBackError> {
    let files = unzip(bytes)?;
    let sheet = files
        .iter()
        .find(|(name, _)| name == "xl/worksheets/sheet1.xml");
    let sheet = str::from_utf8(&sheet.ok_or(ReadBackError::Missing("first sheet"))?.1)?;
    let sheet = parse(sheet)?;
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
            .map(|cell| unescaped(&text(cell)))
            .collect::<Vec<String>>()
    });
    let heading = rows.next().unwrap_or_default();
    marks_of(&heading, rows)
}
