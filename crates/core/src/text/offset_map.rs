//! Converts offsets of one text between the three units.

use crate::text::offset::{ByteOffset, CharOffset, Utf16Offset};

/// Converts offsets of one text between bytes, UTF-16 code units and code points, each in O(log
/// n) for n non-ASCII characters.
///
/// It keeps one entry of 12 bytes for each non-ASCII character and none for the others: between
/// two entries all three units advance together.
///
/// ```
/// use pullquote_core::text::offset::{ByteOffset, CharOffset, Utf16Offset};
/// use pullquote_core::text::offset_map::OffsetMap;
///
/// let map = OffsetMap::new("a🙂b");
/// assert_eq!(map.utf16(ByteOffset(5)), Some(Utf16Offset(3)));
/// assert_eq!(map.chars(ByteOffset(5)), Some(CharOffset(2)));
/// assert_eq!(map.from_utf16(Utf16Offset(2)), None); // between two surrogates
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OffsetMap {
    // Invariant: one entry for each non-ASCII character, in text order: the offset where that
    // character ends.
    wide: Vec<Ends>,
    total: Ends,
}

/// The number of leading bytes that are ASCII.
fn ascii_prefix(bytes: &[u8]) -> usize {
    const HIGH: u64 = 0x8080_8080_8080_8080;
    let (words, _) = bytes.as_chunks::<8>();
    let is_ascii = |word: &&[u8; 8]| u64::from_ne_bytes(**word) & HIGH == 0;
    let start = 8 * words.iter().take_while(is_ascii).count();
    let rest = bytes[start..].iter();
    start + rest.take_while(|byte| byte.is_ascii()).count()
}

/// The characters of `text` that are not ASCII, each with its byte offset. ASCII is skipped
/// eight bytes at a time.
pub(crate) fn wide_chars(text: &str) -> impl Iterator<Item = (usize, char)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        at += ascii_prefix(&text.as_bytes()[at..]);
        let char = text[at..].chars().next()?;
        let index = at;
        at += char.len_utf8();
        Some((index, char))
    })
}

/// One offset in the three units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Ends {
    byte: u32,
    utf16: u32,
    char: u32,
}

impl Ends {
    /// The offset after `ascii` more ASCII characters.
    fn ahead(self, ascii: u32) -> Self {
        Self {
            byte: self.byte + ascii,
            utf16: self.utf16 + ascii,
            char: self.char + ascii,
        }
    }
}

impl OffsetMap {
    /// The map of `text`, which must be shorter than 4 GiB.
    /// [`Article::new`](crate::model::article::Article::new) refuses longer texts.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut wide = Vec::new();
        let mut at = Ends::default();
        for (index, char) in wide_chars(text) {
            at = at.ahead(index as u32 - at.byte);
            at.byte += char.len_utf8() as u32;
            at.utf16 += char.len_utf16() as u32;
            at.char += 1;
            wide.push(at);
        }
        let total = at.ahead(text.len() as u32 - at.byte);
        Self { wide, total }
    }

    /// Length of the text in UTF-16 code units.
    #[must_use]
    pub fn utf16_len(&self) -> u32 {
        self.total.utf16
    }

    /// Length of the text in code points.
    #[must_use]
    pub fn char_len(&self) -> u32 {
        self.total.char
    }

    /// UTF-16 offset of a byte offset; `None` inside a character or past the end.
    #[must_use]
    pub fn utf16(&self, at: ByteOffset) -> Option<Utf16Offset> {
        self.convert(at.0, |ends| ends.byte)
            .map(|ends| Utf16Offset(ends.utf16))
    }

    /// Code point offset of a byte offset; `None` inside a character or past the end.
    #[must_use]
    pub fn chars(&self, at: ByteOffset) -> Option<CharOffset> {
        self.convert(at.0, |ends| ends.byte)
            .map(|ends| CharOffset(ends.char))
    }

    /// Byte offset of a UTF-16 offset; `None` between two surrogates or past the end.
    #[must_use]
    pub fn from_utf16(&self, at: Utf16Offset) -> Option<ByteOffset> {
        self.convert(at.0, |ends| ends.utf16)
            .map(|ends| ByteOffset(ends.byte))
    }

    /// Byte offset of a code point offset; `None` past the end.
    #[must_use]
    pub fn from_chars(&self, at: CharOffset) -> Option<ByteOffset> {
        self.convert(at.0, |ends| ends.char)
            .map(|ends| ByteOffset(ends.byte))
    }

    /// Converts the offset `at`, given in `unit`, to all three units.
    fn convert(&self, at: u32, unit: impl Fn(&Ends) -> u32) -> Option<Ends> {
        if at > unit(&self.total) {
            return None;
        }
        let after = self.wide.partition_point(|ends| unit(ends) <= at);
        let base = match after {
            0 => Ends::default(),
            n => self.wide[n - 1],
        };
        let ahead = at - unit(&base);
        if let Some(next) = self.wide.get(after) {
            // All characters from `base` up to the next wide one are ASCII.
            let ascii = next.char - base.char - 1;
            if ahead > ascii {
                return None;
            }
        }
        Some(Ends {
            byte: base.byte + ahead,
            utf16: base.utf16 + ahead,
            char: base.char + ahead,
        })
    }
}
