//! A record of the storage with a label and a checksum: what was truncated or garbled
//! is known before it is read.

use crate::error::ReadError;
use crate::wire::written;

use adler2::adler32_slice;
use serde::Serialize;

/// `body` under a seal: a line with the label, which has no space, and the Adler-32
/// (RFC 1950) of label and body; then the body.
#[must_use]
pub fn wrap(label: &str, body: &str) -> String {
    format!("{label} {:08x}\n{body}", checksum(label, body))
}

/// Label and body of a sealed record.
///
/// Errors: [`ReadError::Seal`] where the record is not what was written.
pub fn unwrap(record: &str) -> Result<(&str, &str), ReadError> {
    let (line, body) = record.split_once('\n').ok_or(ReadError::Seal)?;
    let (label, sum) = line.split_once(' ').ok_or(ReadError::Seal)?;
    if sum == format!("{:08x}", checksum(label, body)) {
        Ok((label, body))
    } else {
        Err(ReadError::Seal)
    }
}

/// What a record says its label is, unproven: to compare it costs no more than that.
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

/// The file of records that could not be read: a list of objects with the `key` under
/// which each was found, and the `record` as it was found.
#[must_use]
pub fn write_asides(asides: &[(String, String)]) -> String {
    let asides = asides.iter();
    let asides: Vec<WireAside> = asides
        .map(|(key, record)| WireAside { key, record })
        .collect();
    written(&asides, "  ") + "\n"
}
