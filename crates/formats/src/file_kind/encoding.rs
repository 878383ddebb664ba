//! Texts in UTF-8, and in other encodings.

use crate::file_kind::kind::Encoding;

/// The most that is looked at to tell an encoding, in bytes.
const SAMPLE: usize = 64_000;

/// The text of these bytes, up to where they stop being UTF-8; `None` where they are not one:
/// because of a zero byte, or because more of what is beyond ASCII is wrong than right.
pub(crate) fn as_text(bytes: &[u8]) -> Option<&str> {
    if bytes.contains(&0) {
        return None;
    }
    match str::from_utf8(bytes) {
        Ok(text) => Some(text),
        Err(error) => {
            let (right, wrong) = beyond_ascii(&bytes[..bytes.len().min(SAMPLE)]);
            // A sample may end inside a character.
            let is_damaged = right > 0 && right >= wrong;
            let text = str::from_utf8(&bytes[..error.valid_up_to()]);
            text.ok().filter(|_| is_damaged)
        }
    }
}

/// How many characters beyond ASCII are whole, and how many stretches of bytes are none.
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

/// The encoding of a text that is not in UTF-8; `None` where this is no text.
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
            // Read in the wrong order of bytes, a space or a line end is another character.
            let gaps = |units: &[u16]| {
                let gaps = units.iter().filter(|unit| matches!(unit, 0x20 | 0x0A));
                gaps.count()
            };
            let likelier = match gaps(&little) >= gaps(&big) {
                true => little,
                false => big,
            };
            (gaps(&likelier) > 0 && is_utf16(&likelier)).then_some(Encoding::Utf16)
        }
        _ => of_bytes(sample),
    }
}

/// Whether these units are a text: whole characters without controls.
fn is_utf16(units: &[u16]) -> bool {
    let last = units.len().saturating_sub(1);
    let mut chars = char::decode_utf16(units.iter().copied()).enumerate();
    chars.all(|(at, char)| match char {
        Ok(char) => !is_control(u32::from(char)) && !matches!(char, '\u{FFFE}' | '\u{FFFF}'),
        // The sample may end inside a character.
        Err(_) => at >= last.saturating_sub(1),
    })
}

/// The encoding of bytes without a zero that are not UTF-8.
fn of_bytes(sample: &[u8]) -> Option<Encoding> {
    let controls = sample.iter().filter(|byte| is_control((**byte).into()));
    if controls.count() > 0 {
        return None;
    }
    let beyond = sample.iter().filter(|byte| !byte.is_ascii()).count();
    // Western languages use about one letter beyond ASCII in ten.
    Some(match beyond * 4 <= sample.len() {
        true => Encoding::Western,
        false => Encoding::Older,
    })
}

/// A control character that no text has: all but the white ones and escape, which terminals
/// leave behind, and end-of-file, which DOS does.
fn is_control(char: u32) -> bool {
    matches!(char, 0..=0x08 | 0x0E..=0x19 | 0x1C..=0x1F | 0x7F)
}
