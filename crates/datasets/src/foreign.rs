//! Files as other programs leave them: with a byte-order mark, with the line ends of another
//! system, with tags of an older scheme.
//!
//! The codecs accept none of this: they read back what they wrote.

use crate::catalogue::{Format, FormatId};
use crate::codecs::reader;
use crate::error::{CheckError, ReadBackError};
use crate::external::ExternalDocument;
use crate::formats::columns::read_iob1;
use crate::verify::{CheckedFile, check_alone};

use std::borrow::Cow;

const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// The bytes without the byte-order mark at their beginning.
#[must_use]
pub fn without_byte_order_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes)
}

/// The text with `\n` in place of `\r\n`. `None` if it has no `\r\n` or is not UTF-8.
#[must_use]
pub fn with_our_line_ends(bytes: &[u8]) -> Option<Vec<u8>> {
    let text = str::from_utf8(bytes).ok()?;
    let has_others = text.contains("\r\n");
    has_others.then(|| text.replace("\r\n", "\n").into_bytes())
}

/// Checks the file without the document that it was written from: every span is sliced out of
/// the text in the file, or out of `text` if the format keeps its text in a file beside it.
///
/// A byte-order mark and the line ends of another system are allowed; so are tags in IOB1
/// where columns usually have IOB2.
///
/// # Errors
///
/// The file cannot be read, or a span is wrong; the error is about the file as it is.
pub fn check(format: &Format, bytes: &[u8], text: Option<&str>) -> Result<CheckedFile, CheckError> {
    let bytes = without_byte_order_mark(bytes);
    let checked = check_lines(format, bytes, text);
    match (&checked, with_our_line_ends(bytes)) {
        (Err(_), Some(bytes)) => check_lines(format, &bytes, text).or(checked),
        _ => checked,
    }
}

fn check_lines(
    format: &Format,
    bytes: &[u8],
    text: Option<&str>,
) -> Result<CheckedFile, CheckError> {
    let documents = read(format, bytes)?;
    let mut texts = text.map(texts_as_read).unwrap_or_default().into_iter();
    let first = texts.next();
    let checked = check_documents(&documents, first.as_deref());
    // Offsets count the text as the program that wrote them has read it.
    checked.or_else(|error| {
        let found = texts.find_map(|text| check_documents(&documents, Some(&text)).ok());
        found.ok_or(error)
    })
}

fn check_documents(
    documents: &[ExternalDocument],
    text: Option<&str>,
) -> Result<CheckedFile, CheckError> {
    let mut sum = CheckedFile::default();
    for document in documents {
        let checked = match (&document.text, text) {
            (None, Some(text)) => check_alone(&ExternalDocument {
                text: Some(text.to_owned()),
                ..document.clone()
            })?,
            _ => check_alone(document)?,
        };
        if !document.counted_elsewhere {
            sum.spans += checked.spans;
            sum.compared += checked.compared;
        }
    }
    Ok(sum)
}

fn read(format: &Format, bytes: &[u8]) -> Result<Vec<ExternalDocument>, ReadBackError> {
    let read = reader(format)(bytes);
    let iob1_columns = match format.id {
        FormatId::Conll2003 => 4,
        FormatId::Iob2 => 2,
        _ => return read,
    };
    read.or_else(|error| read_iob1(bytes, iob1_columns).map_err(|_| error))
}

/// The text of a file beside the checked one, as programs may have read it: as it is; with
/// `\n` at line ends; and each of the two without its byte-order mark.
fn texts_as_read(text: &str) -> Vec<Cow<'_, str>> {
    let bare = text.strip_prefix('\u{FEFF}');
    let mut texts: Vec<Cow<str>> = vec![Cow::Borrowed(text)];
    texts.extend(bare.map(Cow::Borrowed));
    if text.contains("\r\n") {
        let all = [Some(text), bare].into_iter().flatten();
        texts.extend(all.map(|text| Cow::Owned(text.replace("\r\n", "\n"))));
    }
    texts
}
