//! Files as other programs leave them: with a byte-order mark, with the line ends of another
//! system, with tags of an older scheme.
//!
//! What is written here is read back by the codecs alone, which accept none of this.

use crate::catalogue::Format;
use crate::codecs::codec;
use crate::formats::columns::read_iob1;
use crate::verify;
use crate::verify::{CheckedFile, ExternalDocument};

use std::borrow::Cow;

const MARK: &[u8] = b"\xEF\xBB\xBF";

/// The bytes without a byte-order mark before them.
pub fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(MARK).unwrap_or(bytes)
}

/// The bytes with our line ends; `None` where they have no others, or are no text.
pub fn with_our_line_ends(bytes: &[u8]) -> Option<Vec<u8>> {
    let text = str::from_utf8(bytes).ok()?;
    let is_other = text.contains("\r\n");
    is_other.then(|| text.replace("\r\n", "\n").into_bytes())
}

/// Checks every span of a file, with the text that stands beside it where there is one.
///
/// Errors: what is wrong with the file as it is.
pub(crate) fn check(
    format: &Format,
    bytes: &[u8],
    beside: Option<&str>,
) -> Result<CheckedFile, String> {
    let bytes = without_mark(bytes);
    let checked = check_lines(format, bytes, beside);
    match (&checked, with_our_line_ends(bytes)) {
        (Err(_), Some(bytes)) => check_lines(format, &bytes, beside).or(checked),
        _ => checked,
    }
}

fn check_lines(format: &Format, bytes: &[u8], beside: Option<&str>) -> Result<CheckedFile, String> {
    let read = read(format, bytes)?;
    let mut texts = beside.map(texts).unwrap_or_default().into_iter();
    let first = texts.next();
    let checked = check_read(&read, first.as_deref());
    // Offsets count what the program that made them read of the text.
    checked.or_else(|reason| {
        let found = texts.find_map(|text| check_read(&read, Some(&text)).ok());
        found.ok_or(reason)
    })
}

fn check_read(read: &[ExternalDocument], beside: Option<&str>) -> Result<CheckedFile, String> {
    let mut all = CheckedFile::default();
    for one in read {
        let checked = match (&one.text, beside) {
            (None, Some(text)) => verify::check_alone(&ExternalDocument {
                text: Some(text.to_owned()),
                ..one.clone()
            })?,
            _ => verify::check_alone(one)?,
        };
        if !one.again {
            all.spans += checked.spans;
            all.compared += checked.compared;
        }
    }
    Ok(all)
}

fn read(format: &Format, bytes: &[u8]) -> Result<Vec<ExternalDocument>, String> {
    let read = (codec(format).read)(bytes);
    match format.id {
        "conll2003" => read.or_else(|reason| read_iob1(bytes, 4).map_err(|_| reason)),
        "iob2" => read.or_else(|reason| read_iob1(bytes, 2).map_err(|_| reason)),
        _ => read,
    }
}

/// A text beside a file, as programs may have read it: as it is; with our line ends; and both
/// without a byte-order mark.
fn texts(text: &str) -> Vec<Cow<'_, str>> {
    let bare = text.strip_prefix('\u{FEFF}');
    let mut texts: Vec<Cow<str>> = vec![Cow::Borrowed(text)];
    texts.extend(bare.map(Cow::Borrowed));
    if text.contains("\r\n") {
        let all = [Some(text), bare].into_iter().flatten();
        texts.extend(all.map(|text| Cow::Owned(text.replace("\r\n", "\n"))));
    }
    texts
}
