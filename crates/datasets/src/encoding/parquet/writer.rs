//! Writes tables as Parquet, a group of rows at a time.

use crate::encoding::parquet::thrift::{ThriftWriter, push_varint};
use crate::encoding::parquet::{MAGIC, TYPE_BYTE_ARRAY};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ColumnType {
    /// Texts in UTF-8.
    Text,
    /// Whole numbers of 64 bits.
    Number,
}

impl ColumnType {
    /// Its number in the format.
    fn number(self) -> i64 {
        match self {
            Self::Text => TYPE_BYTE_ARRAY,
            Self::Number => TYPE_INT64,
        }
    }
}

/// A column: its path, its type, and the values that are not written yet.
pub(crate) struct Column {
    // `["id"]` is a plain column, `["tokens", "list", "element"]` a list, and
    // `["spans", "list", "element", "start"]` a field of the structs of a list.
    path: &'static [&'static str],
    kind: ColumnType,
    // For each entry: whether it begins a row, and whether it has a value. An empty list is an
    // entry without a value.
    begins_row: Vec<bool>,
    has_value: Vec<bool>,
    values: Vec<u8>,
}

impl Column {
    pub(crate) fn new(path: &'static [&'static str], kind: ColumnType) -> Self {
        Self {
            path,
            kind,
            begins_row: Vec::new(),
            has_value: Vec::new(),
            values: Vec::new(),
        }
    }

    fn is_list(&self) -> bool {
        self.path.len() > 1
    }

    /// Adds a text to the current row, or to a new one.
    pub(crate) fn text(&mut self, begins_row: bool, text: &str) {
        self.values.extend((text.len() as u32).to_le_bytes());
        self.values.extend(text.as_bytes());
        self.entry(begins_row, true);
    }

    /// Adds a number to the current row, or to a new one.
    pub(crate) fn number(&mut self, begins_row: bool, number: i64) {
        self.values.extend(number.to_le_bytes());
        self.entry(begins_row, true);
    }

    /// Adds a row with an empty list.
    pub(crate) fn empty_list(&mut self) {
        self.entry(true, false);
    }

    fn entry(&mut self, begins_row: bool, has_value: bool) {
        self.begins_row.push(begins_row);
        self.has_value.push(has_value);
    }

    /// Appends the values as a page with its header, and forgets them.
    fn write_page(&mut self, bytes: &mut Vec<u8>) {
        let mut page = Vec::new();
        if self.is_list() {
            let continues_row = self.begins_row.iter().map(|begins| !begins);
            push_levels(&mut page, continues_row);
            push_levels(&mut page, self.has_value.iter().copied());
        }
        page.append(&mut self.values);
        let mut header = ThriftWriter::default();
        header.i32(1, DATA_PAGE);
        header.i32(2, page.len() as i64);
        header.i32(3, page.len() as i64);
        header.begin(5);
        header.i32(1, self.begins_row.len() as i64);
        header.i32(2, PLAIN);
        header.i32(3, RLE);
        header.i32(4, RLE);
        header.end();
        bytes.extend(header.finish());
        bytes.append(&mut page);
        self.begins_row.clear();
        self.has_value.clear();
    }
}

/// A table that is being written.
pub(crate) struct Table {
    pub(crate) columns: Vec<Column>,
    // The rows that are not written yet.
    rows: usize,
    groups: Vec<Group>,
    // The length of what is written, in bytes.
    written: u64,
}

/// A group of rows that is written.
struct Group {
    chunks: Vec<Chunk>,
    rows: usize,
}

/// The part of a column that is in a group: where it begins in the file and how long it is, in
/// bytes, and how many entries it has.
struct Chunk {
    start: u64,
    size: u64,
    entries: usize,
}

/// A group of rows is written when it is larger than this, in bytes: 16 MiB.
const GROUP_SIZE: usize = 16 << 20;

// Numbers of `parquet.thrift`.
const TYPE_INT64: i64 = 2;
const REQUIRED: i64 = 0;
const REPEATED: i64 = 2;
const CONVERTED_UTF8: i64 = 0;
const CONVERTED_LIST: i64 = 3;
const PLAIN: i64 = 0;
const RLE: i64 = 3;
const DATA_PAGE: i64 = 0;
const UNCOMPRESSED: i64 = 0;

impl Table {
    pub(crate) fn new(columns: Vec<Column>) -> Self {
        Self {
            columns,
            rows: 0,
            groups: Vec::new(),
            written: 0,
        }
    }

    /// Completes a row, of which every column has its entries. Returns what to append to the
    /// file, which is often nothing.
    pub(crate) fn row(&mut self) -> Vec<u8> {
        self.rows += 1;
        let columns = self.columns.iter();
        let size: usize = columns
            .map(|column| column.values.len() + column.begins_row.len())
            .sum();
        match size > GROUP_SIZE {
            true => self.group(),
            false => Vec::new(),
        }
    }

    /// Writes the rows so far as a group.
    fn group(&mut self) -> Vec<u8> {
        let mut bytes = Vec::new();
        if self.written == 0 {
            bytes.extend(MAGIC);
        }
        let mut chunks = Vec::new();
        for column in &mut self.columns {
            let entries = column.begins_row.len();
            let start = self.written + bytes.len() as u64;
            column.write_page(&mut bytes);
            chunks.push(Chunk {
                start,
                size: self.written + bytes.len() as u64 - start,
                entries,
            });
        }
        self.groups.push(Group {
            chunks,
            rows: std::mem::take(&mut self.rows),
        });
        self.written += bytes.len() as u64;
        bytes
    }

    /// Returns the rest of the file: the last group and the footer, with the metadata (texts by
    /// name) and the name of the program.
    pub(crate) fn finish(mut self, metadata: &[(&str, String)], program: &str) -> Vec<u8> {
        let mut bytes = self.group();
        let footer = self.footer(metadata, program);
        bytes.extend(&footer);
        bytes.extend((footer.len() as u32).to_le_bytes());
        bytes.extend(MAGIC);
        bytes
    }

    /// `FileMetaData`.
    fn footer(&self, metadata: &[(&str, String)], program: &str) -> Vec<u8> {
        let mut footer = ThriftWriter::default();
        footer.i32(1, 1);
        let schema = schema(&self.columns);
        footer.list(2, schema.len());
        for element in schema {
            element.write(&mut footer);
        }
        let rows: usize = self.groups.iter().map(|group| group.rows).sum();
        footer.i64(3, rows as i64);
        footer.list(4, self.groups.len());
        for group in &self.groups {
            self.write_group(group, &mut footer);
        }
        footer.list(5, metadata.len());
        for (name, text) in metadata {
            footer.begin_item();
            footer.text(1, name);
            footer.text(2, text);
            footer.end();
        }
        footer.text(6, program);
        footer.finish()
    }

    /// `RowGroup`, with a `ColumnChunk` and its `ColumnMetaData` for each column.
    fn write_group(&self, group: &Group, footer: &mut ThriftWriter) {
        footer.begin_item();
        footer.list(1, group.chunks.len());
        for (chunk, column) in group.chunks.iter().zip(&self.columns) {
            footer.begin_item();
            footer.i64(2, chunk.start as i64);
            footer.begin(3);
            footer.i32(1, column.kind.number());
            footer.numbers(2, &[PLAIN, RLE]);
            footer.texts(3, column.path);
            footer.i32(4, UNCOMPRESSED);
            footer.i64(5, chunk.entries as i64);
            footer.i64(6, chunk.size as i64);
            footer.i64(7, chunk.size as i64);
            footer.i64(9, chunk.start as i64);
            footer.end();
            footer.end();
        }
        let size: u64 = group.chunks.iter().map(|chunk| chunk.size).sum();
        footer.i64(2, size as i64);
        footer.i64(3, group.rows as i64);
        footer.end();
    }
}

const ROOT: &str = "schema";

/// `SchemaElement`: a node of the tree of columns. A leaf has a type.
struct SchemaElement {
    name: &'static str,
    kind: Option<ColumnType>,
    children: usize,
    is_list: bool,
}

impl SchemaElement {
    fn write(&self, footer: &mut ThriftWriter) {
        footer.begin_item();
        if let Some(kind) = self.kind {
            footer.i32(1, kind.number());
        }
        match self.name {
            ROOT => {}
            "list" => footer.i32(3, REPEATED),
            _ => footer.i32(3, REQUIRED),
        }
        footer.text(4, self.name);
        match self.kind {
            Some(ColumnType::Text) => footer.i32(6, CONVERTED_UTF8),
            Some(ColumnType::Number) => {}
            None => {
                footer.i32(5, self.children as i64);
                if self.is_list {
                    footer.i32(6, CONVERTED_LIST);
                }
            }
        }
        footer.end();
    }
}

/// The tree of the columns, each node before its children.
fn schema(columns: &[Column]) -> Vec<SchemaElement> {
    let mut elements = Vec::new();
    let columns = columns.iter().map(|column| (column.path, column.kind));
    push_elements(&mut elements, ROOT, &columns.collect::<Vec<Leaf>>());
    elements
}

/// A column below a node: the rest of its path, and its type.
type Leaf = (&'static [&'static str], ColumnType);

fn push_elements(elements: &mut Vec<SchemaElement>, name: &'static str, leaves: &[Leaf]) {
    let index = elements.len();
    let leaf = leaves.first().filter(|(path, _)| path.is_empty());
    elements.push(SchemaElement {
        name,
        kind: leaf.map(|(_, kind)| *kind),
        children: 0,
        is_list: false,
    });
    let mut rest = leaves;
    while let Some((first, _)) = rest.first().and_then(|(path, _)| path.split_first()) {
        let has_first = |(path, _): &&Leaf| path.first() == Some(first);
        let (same, others) = rest.split_at(rest.iter().take_while(has_first).count());
        let below = same.iter().map(|(path, kind)| (&path[1..], *kind));
        push_elements(elements, first, &below.collect::<Vec<Leaf>>());
        elements[index].children += 1;
        elements[index].is_list |= *first == "list";
        rest = others;
    }
}

/// Appends levels of one bit each as runs, with their length in bytes before them.
fn push_levels(page: &mut Vec<u8>, levels: impl Iterator<Item = bool>) {
    let mut runs: Vec<(bool, u64)> = Vec::new();
    for level in levels {
        match runs.last_mut().filter(|(last, _)| *last == level) {
            Some((_, count)) => *count += 1,
            None => runs.push((level, 1)),
        }
    }
    let mut bytes = Vec::new();
    for (level, count) in runs {
        push_varint(&mut bytes, count << 1);
        bytes.push(u8::from(level));
    }
    page.extend((bytes.len() as u32).to_le_bytes());
    page.append(&mut bytes);
}
