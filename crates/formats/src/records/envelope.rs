//! The envelope of a record of the storage: a label and a checksum, by which a truncated or
//! garbled record is recognised before it is read.

use crate::error::ReadError;
use crate::wire::json_text::json_text;

use adler2::adler32_slice;
use serde::Serialize;

/// Puts `body` into an envelope: a line with the label and the Adler-32 checksum (RFC 1950) of
/// label and body, then the body. The label must not contain spaces.
#[must_use]
pub fn wrap(label: &str, body: &str) -> String {
    format!("{label} {:08x}\n{body}", checksum(label, body))
}

/// The label and the body of a record.
///
/// Errors: [`ReadError::Envelope`] if the record is not what was written.
pub fn unwrap(record: &str) -> Result<(&str, &str), ReadError> {
    let (line, body) = record.split_once('\n').ok_or(ReadError::Envelope)?;
    let (label, sum) = line.split_once(' ').ok_or(ReadError::Envelope)?;
    if sum == format!("{:08x}", checksum(label, body)) {
        Ok((label, body))
    } else {
        Err(ReadError::Envelope)
    }
}

/// The label of a record without a check of its checksum, which would take longer.
#[must_use]
pub fn label_of(record: &str) -> &str {
    record.split_once(' ').map_or("", |(label, _)| label)
}

fn checksum(label: &str, body: &str) -> u32 {
    adler32_slice(label.as_bytes()).rotate_left(16) ^ adler32_slice(body.as_bytes())
}

#[derive(Serialize)]
struct WireAside<'a> {
    key: &'a str,
    record: &'a str,
}

/// The file of records that could not be read: a list of objects, each with the `key` in the
/// storage and the `record` as it was found there.
#[must_use]
pub fn write_asides(asides: &[(String, String)]) -> String {
    let asides = asides.iter();
    let asides: Vec<WireAside> = asides
        .map(|(key, record)| WireAside { key, record })
        .collect();
    json_text(&asides, "  ") + "\n"
}
