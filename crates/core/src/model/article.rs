//! The article: a text that never changes, and what is known about it.

use crate::model::error::ModelError;
use crate::model::id::Id;
use crate::text::bidi;
use crate::text::invisible::is_invisible;
use crate::text::offset::{CharOffset, Utf16Offset};
use crate::text::offset_map::{OffsetMap, wide_chars};
use crate::text::span::Span;

use sha2::{Digest, Sha256};
use std::cell::OnceCell;
use std::fmt::Write as _;
use std::ops::Range;
use std::rc::Rc;
use std::str::FromStr;

/// A text with its blocks and its source.
///
/// The headline is part of the text, so that it can be annotated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Article {
    /// The id of the document that contains the article.
    pub id: Id,
    /// The title in the library.
    pub title: String,
    /// The language, if known.
    pub language: Option<Language>,
    /// The direction of its lines.
    pub direction: TextDirection,
    /// Its source.
    pub source: Source,
    body: Rc<Body>,
}

/// The part that never changes.
#[derive(Debug)]
struct Body {
    text: String,
    // Invariant: in order, apart, and not empty; only invisible characters lie between them.
    blocks: Vec<Block>,
    offsets: OffsetMap,
    // Computed on demand, as showing a book does not need it.
    sha256: OnceCell<String>,
}

impl PartialEq for Body {
    fn eq(&self, other: &Self) -> bool {
        // The other fields follow from these.
        self.text == other.text && self.blocks == other.blocks
    }
}

impl Eq for Body {}

/// A paragraph, a heading or another block of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// The kind of block.
    pub kind: BlockKind,
    /// Its range in the text.
    pub span: Span,
    /// The direction of its lines.
    pub direction: TextDirection,
}

/// The kind of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// A heading of level 1 to 6; other levels are clamped.
    Heading(u8),
    /// Running text.
    Paragraph,
    /// A quotation that is set apart.
    Quote,
    /// One item of a list.
    ListItem,
    /// Words below a picture.
    Caption,
    /// Text whose line breaks and spaces matter.
    Preformatted,
}

/// The direction of lines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TextDirection {
    /// From left to right.
    #[default]
    LeftToRight,
    /// From right to left.
    RightToLeft,
}

impl TextDirection {
    /// The direction of the first letter of `text` (UAX #9, rule P2, by the blocks whose
    /// characters are right-to-left by default), unless two thirds of the letters run the other
    /// way: a sentence may begin with a foreign name.
    #[must_use]
    pub fn from_text(text: &str) -> Self {
        let letters = text.bytes().filter(u8::is_ascii_alphabetic);
        let (mut right, mut left) = (0, letters.count());
        let mut first = text
            .bytes()
            .position(|byte| byte.is_ascii_alphabetic())
            .map(|at| (at, Self::LeftToRight));
        for (at, char) in wide_chars(text) {
            let direction = match () {
                () if bidi::is_right_to_left(char) => Self::RightToLeft,
                () if char.is_alphabetic() => Self::LeftToRight,
                () => continue,
            };
            match direction {
                Self::RightToLeft => right += 1,
                Self::LeftToRight => left += 1,
            }
            if first.is_none_or(|(earlier, _)| at < earlier) {
                first = Some((at, direction));
            }
        }
        let is_most = |some: usize| some * 3 >= (left + right) * 2;
        match first {
            Some((_, Self::LeftToRight)) if is_most(right) => Self::RightToLeft,
            Some((_, Self::RightToLeft)) if is_most(left) => Self::LeftToRight,
            Some((_, direction)) => direction,
            None => Self::LeftToRight,
        }
    }
}

/// A language tag in the form of BCP 47: letters and digits in parts of up to
/// eight, joined by `-`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Language(String);

impl Language {
    /// The tag as written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Language {
    type Err = ModelError;

    fn from_str(text: &str) -> Result<Self, ModelError> {
        let fits = |part: &str| {
            (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        };
        if text.split('-').all(fits) {
            Ok(Self(text.to_owned()))
        } else {
            Err(ModelError::BadLanguage(text.to_owned()))
        }
    }
}

/// Where an article comes from. Every field may be empty; dates are kept as the source writes
/// them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// Its address.
    pub url: String,
    /// Who published it.
    pub outlet: String,
    /// Who wrote it.
    pub byline: String,
    /// When it was published.
    pub published: String,
    /// When it was retrieved.
    pub retrieved: String,
}

impl Article {
    /// An article with this text, divided into `blocks` (kind and byte range).
    ///
    /// Errors: the text is empty or has 4 GiB or more; a block is empty, out of order, cuts a
    /// character, or leaves words between it and its neighbour.
    pub fn new(
        id: Id,
        title: String,
        text: String,
        blocks: Vec<(BlockKind, Range<usize>)>,
    ) -> Result<Self, ModelError> {
        if text.trim().is_empty() {
            return Err(ModelError::NoText);
        }
        u32::try_from(text.len()).map_err(|_| ModelError::TooLong)?;
        let blocks = checked_blocks(&text, blocks)?;
        let direction = TextDirection::from_text(&text);
        let offsets = OffsetMap::new(&text);
        Ok(Self {
            id,
            title,
            language: None,
            direction,
            source: Source::default(),
            body: Rc::new(Body {
                text,
                blocks,
                offsets,
                sha256: OnceCell::new(),
            }),
        })
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.body.text
    }

    /// Its blocks, in order. Only invisible characters lie between them, see [`is_invisible`].
    #[must_use]
    pub fn blocks(&self) -> &[Block] {
        &self.body.blocks
    }

    /// Its offsets in the three units.
    #[must_use]
    pub fn offsets(&self) -> &OffsetMap {
        &self.body.offsets
    }

    /// SHA-256 of the text's UTF-8, as 64 lower-case hexadecimal digits.
    #[must_use]
    pub fn sha256(&self) -> &str {
        let digest = || hex(&Sha256::digest(self.text().as_bytes()));
        self.body.sha256.get_or_init(digest)
    }

    /// Whether both have the same text, in the same blocks.
    #[must_use]
    pub fn has_body_of(&self, other: &Self) -> bool {
        self.body == other.body
    }

    /// The span of a byte range: the only way to make one from an untrusted range.
    ///
    /// Errors: the range is empty, lies outside the text, or cuts a character.
    pub fn span(&self, range: Range<usize>) -> Result<Span, ModelError> {
        let bad = ModelError::BadSpan {
            start: range.start,
            end: range.end,
        };
        if self.text().get(range.clone()).is_none() {
            return Err(bad);
        }
        let start = u32::try_from(range.start).map_err(|_| ModelError::TooLong)?;
        let end = u32::try_from(range.end).map_err(|_| ModelError::TooLong)?;
        Span::new(start, end).ok_or(bad)
    }

    /// The span of a range in code points, the unit of files. `None` if it is empty or ends
    /// outside the text.
    #[must_use]
    pub fn span_of_chars(&self, range: Range<CharOffset>) -> Option<Span> {
        let start = self.offsets().from_chars(range.start)?;
        let end = self.offsets().from_chars(range.end)?;
        Span::new(start.0, end.0)
    }

    /// The byte range of a range in UTF-16 code units, the unit of the DOM. It may be empty;
    /// `None` if an end cuts a character or lies outside the text.
    #[must_use]
    pub fn bytes_of_utf16(&self, range: Range<Utf16Offset>) -> Option<Range<usize>> {
        let start = self.offsets().from_utf16(range.start)?;
        let end = self.offsets().from_utf16(range.end)?;
        (start <= end).then(|| start.index()..end.index())
    }

    /// Whether `span` fits this article: inside the text, on character boundaries.
    #[must_use]
    pub fn holds(&self, span: Span) -> bool {
        span.slice(self.text()).is_some()
    }

    /// Number of words (UAX #29).
    #[must_use]
    pub fn word_count(&self) -> usize {
        use unicode_segmentation::UnicodeSegmentation as _;
        self.text().unicode_words().count()
    }
}

fn checked_blocks(
    text: &str,
    blocks: Vec<(BlockKind, Range<usize>)>,
) -> Result<Vec<Block>, ModelError> {
    let mut checked = Vec::with_capacity(blocks.len());
    let mut behind = 0;
    let is_gap = |range: Range<usize>| {
        text.get(range)
            .is_some_and(|gap| gap.chars().all(is_invisible))
    };
    for (index, (kind, range)) in blocks.into_iter().enumerate() {
        let bad = || ModelError::BadBlock { index };
        if !is_gap(behind..range.start) || text.get(range.clone()).is_none() {
            return Err(bad());
        }
        behind = range.end;
        let span = Span::new(range.start as u32, range.end as u32).ok_or_else(bad)?;
        let kind = match kind {
            BlockKind::Heading(level) => BlockKind::Heading(level.clamp(1, 6)),
            other => other,
        };
        let direction = TextDirection::from_text(span.slice(text).unwrap_or_default());
        checked.push(Block {
            kind,
            span,
            direction,
        });
    }
    if is_gap(behind..text.len()) {
        Ok(checked)
    } else {
        Err(ModelError::BadBlock {
            index: checked.len(),
        })
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}
