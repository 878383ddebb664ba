//! Identifiers: globally unique ids of records, and readable ids of codebook parts.

use crate::model::error::ModelError;
use crate::model::timestamp::Timestamp;
use std::fmt;
use std::rc::Rc;
use std::str::FromStr;
use uuid::{Builder, Uuid};

/// The id of a document, an annotation, a relation or an entity: a UUID. Those that Pullquote
/// makes have version 7 (RFC 9562 §5.7), so that ids of two tabs, two devices or thirty students
/// never collide, and ids sort by age.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(Uuid);

impl Id {
    /// The id for a time in milliseconds since 1970 and ten random bytes.
    #[must_use]
    pub fn new(millis: u64, random: &[u8; 10]) -> Self {
        Self(Builder::from_unix_timestamp_millis(millis, random).into_uuid())
    }
}

impl Id {
    /// When the id was made; `None` if it is not a UUID of version 7.
    #[must_use]
    pub fn made_at(self) -> Option<Timestamp> {
        let is_timed = self.0.get_version_num() == 7;
        let millis = self.0.as_u64_pair().0 >> 16;
        is_timed.then(|| Timestamp(i64::try_from(millis).unwrap_or(i64::MAX)))
    }

    /// Adds this id to `before`, the checksum of a list of ids. Two different lists have the
    /// same checksum only with negligible probability.
    #[must_use]
    pub fn chained(self, before: u64) -> u64 {
        let (high, low) = self.0.as_u64_pair();
        // The odd number nearest to 2^64 divided by the golden ratio.
        const SPREAD: u64 = 0x9E37_79B9_7F4A_7C15;
        let mixed = (before.rotate_left(23) ^ high).wrapping_mul(SPREAD);
        (mixed.rotate_left(29) ^ low).wrapping_mul(SPREAD)
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.as_hyphenated().fmt(f)
    }
}

impl FromStr for Id {
    type Err = ModelError;

    fn from_str(text: &str) -> Result<Self, ModelError> {
        Uuid::try_parse(text)
            .map(Self)
            .map_err(|_| ModelError::BadId(text.to_owned()))
    }
}

/// The id of a tag, an attribute or a kind of relation: a short word that a person can read in a
/// file, unique among its siblings.
///
/// 1 to 64 characters: letters and digits of any script, `-`, `_`, `.`, `:`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slug(Rc<str>);

impl Slug {
    /// The word itself.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Slug {
    /// A free id for something with this name: its letters and digits in lower case, with `-`
    /// between words, and a number at the end if `is_taken` without one.
    ///
    /// Errors: no character of the name can be part of an id.
    pub fn for_name(name: &str, is_taken: impl Fn(&Self) -> bool) -> Result<Self, ModelError> {
        let mut word = String::new();
        for char in name.trim().chars().flat_map(char::to_lowercase) {
            if char.is_alphanumeric() {
                word.push(char);
            } else if !word.is_empty() && !word.ends_with('-') {
                word.push('-');
            }
        }
        let word: String = word.trim_end_matches('-').chars().take(48).collect();
        let word = if word.is_empty() {
            "x".to_owned()
        } else {
            word
        };
        let mut number = 1;
        loop {
            let id: Self = match number {
                1 => word.parse()?,
                number => format!("{word}-{number}").parse()?,
            };
            if !is_taken(&id) {
                return Ok(id);
            }
            number += 1;
        }
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for Slug {
    type Err = ModelError;

    fn from_str(text: &str) -> Result<Self, ModelError> {
        let fits = |char: char| char.is_alphanumeric() || matches!(char, '-' | '_' | '.' | ':');
        if (1..=64).contains(&text.chars().count()) && text.chars().all(fits) {
            Ok(Self(text.into()))
        } else {
            Err(ModelError::BadSlug(text.to_owned()))
        }
    }
}
