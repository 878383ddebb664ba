//! Tables as Parquet has them: as much of the format as texts, numbers and lists of them
//! need. Pages are plain and not packed.
//!
//! Written here and not by the crate `parquet`: that one alone would make the app half as
//! large again. Apache Arrow reads what this writes, in the tests.

use crate::error::ReadBackError;

/// What stands in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// UTF-8.
    Text,
    /// Whole numbers of 64 bits.
    Number,
}

/// A column: the way to it, and what it holds. `["spans", "list", "element", "start"]` is the
/// field of the structs of a list, `["tokens", "list", "element"]` a list, `["id"]` neither.
pub(crate) struct Column {
    way: &'static [&'static str],
    kind: Kind,
    // Whether each value begins its row's list; whether it is there at all. Empty lists have
    // an entry without a value.
    begins: Vec<bool>,
    is_there: Vec<bool>,
    values: Vec<u8>,
}

impl Column {
    pub(crate) fn new(way: &'static [&'static str], kind: Kind) -> Self {
        Self {
            way,
            kind,
            begins: Vec::new(),
            is_there: Vec::new(),
            values: Vec::new(),
        }
    }

    fn is_list(&self) -> bool {
        self.way.len() > 1
    }

    /// The next text; `begins` a row.
    pub(crate) fn text(&mut self, begins: bool, text: &str) {
        self.values.extend((text.len() as u32).to_le_bytes());
        self.values.extend(text.as_bytes());
        self.entry(begins, true);
    }

    /// The next number; `begins` a row.
    pub(crate) fn number(&mut self, begins: bool, number: i64) {
        self.values.extend(number.to_le_bytes());
        self.entry(begins, true);
    }

    /// A row with an empty list.
    pub(crate) fn nothing(&mut self) {
        self.entry(true, false);
    }

    fn entry(&mut self, begins: bool, is_there: bool) {
        self.begins.push(begins);
        self.is_there.push(is_there);
    }
}

/// A table on its way into a file.
pub(crate) struct Table {
    pub(crate) columns: Vec<Column>,
    rows: usize,
    // Of the groups that are written: their columns' places and sizes, and rows.
    groups: Vec<(Vec<Chunk>, usize)>,
    written: u64,
}

struct Chunk {
    at: u64,
    size: u64,
    entries: usize,
}

/// A group of rows is written when it has grown to about so many bytes.
const GROUP: usize = 16 << 20;

const MAGIC: &[u8] = b"PAR1";

// Numbers of the format's own lists.
const TYPE_INT64: i64 = 2;
const TYPE_BYTES: i64 = 6;
const REQUIRED: i64 = 0;
const REPEATED: i64 = 2;
const UTF8: i64 = 0;
const LIST: i64 = 3;
const PLAIN: i64 = 0;
const RLE: i64 = 3;

impl Table {
    pub(crate) fn new(columns: Vec<Column>) -> Self {
        Self {
            columns,
            rows: 0,
            groups: Vec::new(),
            written: 0,
        }
    }

    /// A row is complete. Gives what is to be written next.
    pub(crate) fn row(&mut self) -> Vec<u8> {
        self.rows += 1;
        let size: usize = self
            .columns
            .iter()
            .map(|it| it.values.len() + it.begins.len())
            .sum();
        if size > GROUP {
            self.group()
        } else {
            Vec::new()
        }
    }

    /// The rows so far as a group.
    fn group(&mut self) -> Vec<u8> {
        let mut bytes = Vec::new();
        if self.written == 0 {
            bytes.extend(MAGIC);
        }
        let mut chunks = Vec::new();
        for column in &mut self.columns {
            let at = self.written + bytes.len() as u64;
            let mut page = Vec::new();
            if column.is_list() {
                levels(&mut page, column.begins.iter().map(|begins| !begins));
                levels(&mut page, column.is_there.iter().copied());
            }
            page.append(&mut column.values);
            let entries = column.begins.len();
            let mut header = Thrift::default();
            header.number(1, 0);
            header.number(2, page.len() as i64);
            header.number(3, page.len() as i64);
            header.begin(5);
            header.number(1, entries as i64);
            header.number(2, PLAIN);
            header.number(3, RLE);
            header.number(4, RLE);
            header.end();
            bytes.extend(header.done());
            bytes.append(&mut page);
            chunks.push(Chunk {
                at,
                size: self.written + bytes.len() as u64 - at,
                entries,
            });
            column.begins.clear();
            column.is_there.clear();
        }
        self.groups.push((chunks, std::mem::take(&mut self.rows)));
        self.written += bytes.len() as u64;
        bytes
    }

    /// What ends the file, with texts by name that its readers may ask for.
    pub(crate) fn finish(mut self, about: &[(&str, String)], program: &str) -> Vec<u8> {
        let mut bytes = self.group();
        let mut footer = Thrift::default();
        footer.number(1, 1);
        let schema = schema(&self.columns);
        footer.list(2, schema.len());
        for element in schema {
            footer.open();
            if let Some(kind) = element.kind {
                footer.number(
                    1,
                    if kind == Kind::Text {
                        TYPE_BYTES
                    } else {
                        TYPE_INT64
                    },
                );
            }
            if element.name != ROOT {
                let repetition = if element.name == "list" {
                    REPEATED
                } else {
                    REQUIRED
                };
                footer.number(3, repetition);
            }
            footer.text(4, element.name);
            if element.kind.is_none() {
                footer.number(5, element.children as i64);
            }
            match element.kind {
                Some(Kind::Text) => footer.number(6, UTF8),
                None if element.is_list => footer.number(6, LIST),
                _ => {}
            }
            footer.end();
        }
        let rows: usize = self.groups.iter().map(|(_, rows)| rows).sum();
        footer.long(3, rows as i64);
        footer.list(4, self.groups.len());
        for (chunks, rows) in &self.groups {
            footer.open();
            footer.list(1, chunks.len());
            for (chunk, column) in chunks.iter().zip(&self.columns) {
                footer.open();
                footer.long(2, chunk.at as i64);
                footer.begin(3);
                footer.number(
                    1,
                    if column.kind == Kind::Text {
                        TYPE_BYTES
                    } else {
                        TYPE_INT64
                    },
                );
                footer.numbers(2, &[PLAIN, RLE]);
                footer.texts(3, column.way);
                footer.number(4, 0);
                footer.long(5, chunk.entries as i64);
                footer.long(6, chunk.size as i64);
                footer.long(7, chunk.size as i64);
                footer.long(9, chunk.at as i64);
                footer.end();
                footer.end();
            }
            let size: u64 = chunks.iter().map(|chunk| chunk.size).sum();
            footer.long(2, size as i64);
            footer.long(3, *rows as i64);
            footer.end();
        }
        footer.list(5, about.len());
        for (name, text) in about {
            footer.open();
            footer.text(1, name);
            footer.text(2, text);
            footer.end();
        }
        footer.text(6, program);
        let footer = footer.done();
        bytes.extend(&footer);
        bytes.extend((footer.len() as u32).to_le_bytes());
        bytes.extend(MAGIC);
        bytes
    }
}

const ROOT: &str = "schema";

/// A node of the tree of columns.
struct Element {
    name: &'static str,
    kind: Option<Kind>,
    children: usize,
    is_list: bool,
}

/// The tree, each node before those below it.
fn schema(columns: &[Column]) -> Vec<Element> {
    let mut elements = Vec::new();
    let ways: Vec<(&[&'static str], Kind)> = columns
        .iter()
        .map(|column| (column.way, column.kind))
        .collect();
    put(&mut elements, ROOT, &ways);
    elements
}

fn put(elements: &mut Vec<Element>, name: &'static str, ways: &[(&[&'static str], Kind)]) {
    let place = elements.len();
    let kind = ways
        .first()
        .filter(|(way, _)| way.is_empty())
        .map(|(_, kind)| *kind);
    elements.push(Element {
        name,
        kind,
        children: 0,
        is_list: false,
    });
    let mut rest = ways;
    while let Some((first, _)) = rest.first().and_then(|(way, _)| way.split_first()) {
        let same = rest
            .iter()
            .take_while(|(way, _)| way.first() == Some(first))
            .count();
        let below: Vec<(&[&'static str], Kind)> = rest[..same]
            .iter()
            .map(|(way, kind)| (&way[1..], *kind))
            .collect();
        put(elements, first, &below);
        elements[place].children += 1;
        elements[place].is_list |= *first == "list";
        rest = &rest[same..];
    }
}

/// Levels of one bit, as runs, with their length before them.
fn levels(page: &mut Vec<u8>, levels: impl Iterator<Item = bool>) {
    let mut runs: Vec<(bool, u64)> = Vec::new();
    for level in levels {
        match runs.last_mut().filter(|(last, _)| *last == level) {
            Some((_, count)) => *count += 1,
            None => runs.push((level, 1)),
        }
    }
    let mut bytes = Vec::new();
    for (level, count) in runs {
        varint(&mut bytes, count << 1);
        bytes.push(u8::from(level));
    }
    page.extend((bytes.len() as u32).to_le_bytes());
    page.append(&mut bytes);
}

fn varint(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

/// A struct in Thrift's compact protocol.
#[derive(Default)]
struct Thrift {
    bytes: Vec<u8>,
    // The last field of each struct that is open.
    open: Vec<i16>,
    last: i16,
}

impl Thrift {
    fn field(&mut self, id: i16, kind: u8) {
        // Fields rise by less than 16 in all that is written here.
        self.bytes.push(((id - self.last) as u8) << 4 | kind);
        self.last = id;
    }

    fn zigzag(&mut self, number: i64) {
        varint(&mut self.bytes, ((number << 1) ^ (number >> 63)) as u64);
    }

    fn number(&mut self, id: i16, number: i64) {
        self.field(id, 5);
        self.zigzag(number);
    }

    fn long(&mut self, id: i16, number: i64) {
        self.field(id, 6);
        self.zigzag(number);
    }

    fn binary(&mut self, text: &str) {
        varint(&mut self.bytes, text.len() as u64);
        self.bytes.extend(text.as_bytes());
    }

    fn text(&mut self, id: i16, text: &str) {
        self.field(id, 8);
        self.binary(text);
    }

    fn head(&mut self, id: i16, kind: u8, length: usize) {
        self.field(id, 9);
        match length {
            0..15 => self.bytes.push((length as u8) << 4 | kind),
            length => {
                self.bytes.push(0xF0 | kind);
                varint(&mut self.bytes, length as u64);
            }
        }
    }

    /// A list of so many structs, each with [`Self::open`] and [`Self::end`].
    fn list(&mut self, id: i16, length: usize) {
        self.head(id, 12, length);
    }

    fn numbers(&mut self, id: i16, numbers: &[i64]) {
        self.head(id, 5, numbers.len());
        numbers.iter().for_each(|number| self.zigzag(*number));
    }

    fn texts(&mut self, id: i16, texts: &[&str]) {
        self.head(id, 8, texts.len());
        texts.iter().for_each(|text| self.binary(text));
    }

    fn begin(&mut self, id: i16) {
        self.field(id, 12);
        self.open();
    }

    fn open(&mut self) {
        self.open.push(std::mem::take(&mut self.last));
    }

    fn end(&mut self) {
        self.bytes.push(0);
        self.last = self.open.pop().unwrap_or_default();
    }

    fn done(mut self) -> Vec<u8> {
        self.bytes.push(0);
        self.bytes
    }
}

/// A column that was read: for each row its values.
pub(crate) struct ReadColumn {
    /// The way to it, with `.` between.
    pub(crate) way: String,
    /// Its rows; one value where it is no list.
    pub(crate) rows: Vec<Vec<Cell>>,
}

/// A table that was read: its columns, and its texts by name.
pub(crate) struct ReadTable {
    pub(crate) columns: Vec<ReadColumn>,
    pub(crate) about: Vec<(String, String)>,
}

/// A value that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Cell {
    Text(String),
    Number(i64),
}

impl Cell {
    pub(crate) fn text(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Number(number) => number.to_string(),
        }
    }

    pub(crate) fn number(&self) -> Option<u32> {
        match self {
            Self::Text(_) => None,
            Self::Number(number) => u32::try_from(*number).ok(),
        }
    }
}

/// The columns of a file that this wrote, and its texts by name.
pub(crate) fn read(bytes: &[u8]) -> Result<ReadTable, ReadBackError> {
    let cut = || ReadBackError::NotParquet;
    let body = bytes
        .strip_prefix(MAGIC)
        .and_then(|it| it.strip_suffix(MAGIC));
    let body = body.ok_or_else(cut)?;
    let (body, length) = body.split_last_chunk::<4>().ok_or_else(cut)?;
    let length = u32::from_le_bytes(*length) as usize;
    let footer = body.len().checked_sub(length).ok_or_else(cut)?;
    let footer = Reader::new(&body[footer..]).fields().ok_or_else(cut)?;
    let mut columns: Vec<ReadColumn> = Vec::new();
    for group in footer.list(4) {
        for (place, chunk) in group.list(1).iter().enumerate() {
            let about = chunk.field(3).ok_or_else(cut)?;
            let texts: Vec<String> = about.list(3).iter().map(Thing::text).collect();
            let way = texts.join(".");
            if columns.len() == place {
                columns.push(ReadColumn {
                    way,
                    rows: Vec::new(),
                });
            }
            let at = usize::try_from(about.number(9)).map_err(|_| cut())?;
            let entries = usize::try_from(about.number(5)).map_err(|_| cut())?;
            let is_text = about.number(1) == TYPE_BYTES;
            let page = bytes.get(at..).ok_or_else(cut)?;
            read_page(
                page,
                entries,
                texts.len() > 1,
                is_text,
                &mut columns[place].rows,
            )
            .ok_or_else(cut)?;
        }
    }
    let about = footer.list(5).iter();
    let about = about.map(|pair| {
        let text = |id| pair.field(id).map(Thing::text).unwrap_or_default();
        (text(1), text(2))
    });
    Ok(ReadTable {
        columns,
        about: about.collect(),
    })
}

fn read_page(
    bytes: &[u8],
    entries: usize,
    is_list: bool,
    is_text: bool,
    rows: &mut Vec<Vec<Cell>>,
) -> Option<()> {
    let mut reader = Reader::new(bytes);
    reader.fields()?;
    let goes_on = if is_list {
        reader.levels(entries)?
    } else {
        vec![false; entries]
    };
    let is_there = if is_list {
        reader.levels(entries)?
    } else {
        vec![true; entries]
    };
    for (goes_on, is_there) in goes_on.into_iter().zip(is_there) {
        if !goes_on {
            rows.push(Vec::new());
        }
        if is_there {
            let cell = match is_text {
                true => {
                    let length = u32::from_le_bytes(*reader.take(4)?.first_chunk()?);
                    let text = reader.take(length as usize)?;
                    Cell::Text(String::from_utf8(text.to_vec()).ok()?)
                }
                false => Cell::Number(i64::from_le_bytes(*reader.take(8)?.first_chunk()?)),
            };
            rows.last_mut()?.push(cell);
        }
    }
    Some(())
}

/// A value of Thrift's compact protocol.
enum Thing {
    Number(i64),
    Text(String),
    List(Vec<Thing>),
    Fields(Vec<(i16, Thing)>),
}

impl Thing {
    fn field(&self, id: i16) -> Option<&Thing> {
        let Self::Fields(fields) = self else {
            return None;
        };
        fields
            .iter()
            .find(|(known, _)| *known == id)
            .map(|(_, thing)| thing)
    }

    fn list(&self, id: i16) -> &[Thing] {
        match self.field(id) {
            Some(Self::List(list)) => list,
            _ => &[],
        }
    }

    fn number(&self, id: i16) -> i64 {
        match self.field(id) {
            Some(Self::Number(number)) => *number,
            _ => 0,
        }
    }

    fn text(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            _ => String::new(),
        }
    }
}

struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    fn byte(&mut self) -> Option<u8> {
        self.take(1).map(|bytes| bytes[0])
    }

    fn varint(&mut self) -> Option<u64> {
        let mut number = 0_u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    fn zigzag(&mut self) -> Option<i64> {
        let number = self.varint()?;
        Some((number >> 1) as i64 ^ -((number & 1) as i64))
    }

    fn fields(&mut self) -> Option<Thing> {
        let mut fields = Vec::new();
        let mut last = 0_i16;
        loop {
            let head = self.byte()?;
            if head == 0 {
                return Some(Thing::Fields(fields));
            }
            last = match head >> 4 {
                0 => i16::try_from(self.zigzag()?).ok()?,
                step => last.checked_add(i16::from(step))?,
            };
            fields.push((last, self.thing(head & 0xF)?));
        }
    }

    fn thing(&mut self, kind: u8) -> Option<Thing> {
        Some(match kind {
            1 | 2 => Thing::Number(i64::from(kind == 1)),
            3..=6 => Thing::Number(self.zigzag()?),
            8 => {
                let length = usize::try_from(self.varint()?).ok()?;
                Thing::Text(String::from_utf8_lossy(self.take(length)?).into_owned())
            }
            9 => {
                let head = self.byte()?;
                let length = match head >> 4 {
                    15 => self.varint()?,
                    length => u64::from(length),
                };
                let list = (0..length).map(|_| self.thing(head & 0xF));
                Thing::List(list.collect::<Option<_>>()?)
            }
            12 => self.fields()?,
            _ => return None,
        })
    }

    fn levels(&mut self, entries: usize) -> Option<Vec<bool>> {
        let length = u32::from_le_bytes(*self.take(4)?.first_chunk()?);
        let mut runs = Reader(self.take(length as usize)?);
        let mut levels = Vec::new();
        while levels.len() < entries {
            let head = runs.varint()?;
            let count = usize::try_from(head >> 1).ok()?;
            // Only runs are written.
            if head & 1 == 1 || count > entries - levels.len() {
                return None;
            }
            let level = runs.byte()? == 1;
            levels.extend(std::iter::repeat_n(level, count));
        }
        Some(levels)
    }
}
