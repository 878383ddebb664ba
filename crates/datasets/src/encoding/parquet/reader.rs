//! Reads Parquet files that [`crate::encoding::parquet::writer`] wrote.

use crate::encoding::parquet::thrift::{ThriftReader, ThriftValue};
use crate::encoding::parquet::{MAGIC, TYPE_BYTE_ARRAY};
use crate::error::ReadBackError;

/// A table that was read.
pub(crate) struct ReadTable {
    pub(crate) columns: Vec<ReadColumn>,
    /// The metadata: texts by name.
    pub(crate) metadata: Vec<(String, String)>,
}

/// A column that was read.
pub(crate) struct ReadColumn {
    /// Its path, separated by `.`: `spans.list.element.start`.
    pub(crate) path: String,
    /// The values of each row; exactly one where the column is not a list.
    pub(crate) rows: Vec<Vec<Cell>>,
}

/// A value that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Cell {
    Text(String),
    Number(i64),
}

impl Cell {
    /// The value as a text.
    pub(crate) fn text(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Number(number) => number.to_string(),
        }
    }

    /// The value as a number; `None` if it is a text, negative or larger than 32 bits.
    pub(crate) fn number(&self) -> Option<u32> {
        match self {
            Self::Text(_) => None,
            Self::Number(number) => u32::try_from(*number).ok(),
        }
    }
}

/// Reads all columns of a file and its metadata.
///
/// Errors: the file is incomplete, or not Parquet as the writer writes it.
pub(crate) fn read_table(bytes: &[u8]) -> Result<ReadTable, ReadBackError> {
    table(bytes).ok_or(ReadBackError::NotParquet)
}

fn table(bytes: &[u8]) -> Option<ReadTable> {
    let body = bytes.strip_prefix(MAGIC)?.strip_suffix(MAGIC)?;
    let (body, length) = body.split_last_chunk::<4>()?;
    let length = u32::from_le_bytes(*length) as usize;
    let footer = body.len().checked_sub(length)?;
    let footer = ThriftReader::new(&body[footer..]).fields()?;
    let mut columns: Vec<ReadColumn> = Vec::new();
    for group in footer.list(4) {
        for (index, chunk) in group.list(1).iter().enumerate() {
            let chunk = chunk.field(3)?;
            let path: Vec<String> = chunk.list(3).iter().map(ThriftValue::text).collect();
            if columns.len() == index {
                columns.push(ReadColumn {
                    path: path.join("."),
                    rows: Vec::new(),
                });
            }
            let page = Page {
                bytes: bytes.get(usize::try_from(chunk.number(9)).ok()?..)?,
                entries: usize::try_from(chunk.number(5)).ok()?,
                is_list: path.len() > 1,
                is_text: chunk.number(1) == TYPE_BYTE_ARRAY,
            };
            page.read(&mut columns[index].rows)?;
        }
    }
    let metadata = footer.list(5).iter().map(|pair| {
        let text = |id| pair.field(id).map(ThriftValue::text).unwrap_or_default();
        (text(1), text(2))
    });
    Some(ReadTable {
        columns,
        metadata: metadata.collect(),
    })
}

/// A page of a column, with what the footer says about it.
struct Page<'a> {
    // From the header of the page on.
    bytes: &'a [u8],
    entries: usize,
    is_list: bool,
    is_text: bool,
}

impl Page<'_> {
    /// Appends the rows of the page.
    fn read(&self, rows: &mut Vec<Vec<Cell>>) -> Option<()> {
        let mut reader = ThriftReader::new(self.bytes);
        reader.fields()?;
        let mut continues_row = vec![false; self.entries];
        let mut has_value = vec![true; self.entries];
        if self.is_list {
            continues_row = levels(&mut reader, self.entries)?;
            has_value = levels(&mut reader, self.entries)?;
        }
        for (continues_row, has_value) in continues_row.into_iter().zip(has_value) {
            if !continues_row {
                rows.push(Vec::new());
            }
            if has_value {
                rows.last_mut()?.push(self.cell(&mut reader)?);
            }
        }
        Some(())
    }

    fn cell(&self, reader: &mut ThriftReader) -> Option<Cell> {
        if !self.is_text {
            let number = i64::from_le_bytes(*reader.take(8)?.first_chunk()?);
            return Some(Cell::Number(number));
        }
        let length = u32::from_le_bytes(*reader.take(4)?.first_chunk()?);
        let text = reader.take(length as usize)?;
        Some(Cell::Text(String::from_utf8(text.to_vec()).ok()?))
    }
}

/// The levels of the entries, of one bit each, as runs. The writer writes nothing but runs.
fn levels(reader: &mut ThriftReader, entries: usize) -> Option<Vec<bool>> {
    let length = u32::from_le_bytes(*reader.take(4)?.first_chunk()?);
    let mut runs = ThriftReader::new(reader.take(length as usize)?);
    let mut levels = Vec::new();
    while levels.len() < entries {
        let head = runs.varint()?;
        let count = usize::try_from(head >> 1).ok()?;
        if head & 1 == 1 || count > entries - levels.len() {
            return None;
        }
        let level = runs.byte()? == 1;
        levels.extend(std::iter::repeat_n(level, count));
    }
    Some(levels)
}
