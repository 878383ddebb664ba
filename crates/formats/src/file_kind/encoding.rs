//! Texts in UTF-8, and in other encodings.

use crate::file_kind::kind::Encoding;

/// The number of bytes by which an encoding is told.
const SAMPLE: usize = 64_000;

/// The text of these bytes, up to the first that is not UTF-8. `None` if they are not a text in
/// UTF-8: they contain a zero byte, or more of the bytes beyond ASCII are invalid than valid.
pub(crate) fn as_text(bytes: &[u8]) -> Option<&str> {
    if bytes.contains(&0) {
        return None;
    }
    match str::from_utf8(bytes) {
        Ok(text) => Some(text),
        Err(error) => {
            let (valid, invalid) = beyond_ascii(&bytes[..bytes.len().min(SAMPLE)]);
            // The sample can end inside a character.
            let is_damaged = valid > 0 && valid >= invalid;
            let text = str::from_utf8(&bytes[..error.valid_up_to()]);
            text.ok().filter(|_| is_damaged)
        }
    }
}

/// The number of valid characters beyond ASCII, and of invalid sequences of bytes.
fn beyond_ascii(bytes: &[u8]) -> (usize, usize) {
    let mut counts = (0, 0);
    for chunk in bytes.utf8_chunks() {
        counts.0 += chunk
            .valid()
            .chars()
            .filter(|char| !char.is_ascii())
            .count();
        counts.1 += usize::from(!chunk.invalid().is_empty());
    }
    counts
}

/// The encoding of a text that is not in UTF-8; `None` if the bytes are not a text.
pub(crate) fn kind(bytes: &[u8]) -> Option<Encoding> {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let unit = |bytes: [u8; 2]| [u16::from_le_bytes(bytes), u16::from_be_bytes(bytes)];
    let units = sample.as_chunks::<2>().0.iter().map(|bytes| unit(*bytes));
    let (little, big): (Vec<u16>, Vec<u16>) = units.map(|[little, big]| (little, big)).unzip();
    match sample {
        [0xFF, 0xFE, 0, 0, ..] | [0, 0, 0xFE, 0xFF, ..] => Some(Encoding::Utf32),
        [0xFF, 0xFE, ..] => is_utf16(&little).then_some(Encoding::Utf16),
        [0xFE, 0xFF, ..] => is_utf16(&big).then_some(Encoding::Utf16),
        _ if sample.contains(&0) => {
            // In the wrong byte order, spaces and line ends turn into other characters.
            let spaces = |units: &[u16]| {
                let spaces = units.iter().filter(|unit| matches!(unit, 0x20 | 0x0A));
                spaces.count()
            };
            let likelier = match spaces(&little) >= spaces(&big) {
                true => little,
                false => big,
            };
            (spaces(&likelier) > 0 && is_utf16(&likelier)).then_some(Encoding::Utf16)
        }
        _ => of_bytes(sample),
    }
}

/// Whether these units are a text: valid characters, none of them a control character.
fn is_utf16(units: &[u16]) -> bool {
    let last = units.len().saturating_sub(1);
    let mut chars = char::decode_utf16(units.iter().copied()).enumerate();
    chars.all(|(at, char)| match char {
        Ok(char) => !is_control(u32::from(char)) && !matches!(char, '\u{FFFE}' | '\u{FFFF}'),
        // The sample can end inside a character.
        Err(_) => at >= last.saturating_sub(1),
    })
}

/// The encoding of bytes that are not UTF-8 and have no zero among them.
fn of_bytes(sample: &[u8]) -> Option<Encoding> {
    let controls = sample.iter().filter(|byte| is_control((**byte).into()));
    if controls.count() > 0 {
        return None;
    }
    let beyond = sample.iter().filter(|byte| !byte.is_ascii()).count();
    // In western languages about one letter in ten is beyond ASCII.
    Some(match beyond * 4 <= sample.len() {
        true => Encoding::Western,
        false => Encoding::Older,
    })
}

/// Whether this is a control character that does not occur in texts: all except white space, escape
/// (written by terminals) and end-of-file (written by DOS).
fn is_control(char: u32) -> bool {
    matches!(char, 0..=0x08 | 0x0E..=0x19 | 0x1C..=0x1F | 0x7F)
}
