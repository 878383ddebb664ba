//! Ids in the form of a UUID that are made from words.

use sha2::{Digest as _, Sha256};
use uuid::Builder;

/// The id of these words, which is always the same. It is a UUID of version 8 (RFC 9562, section
/// 5.8), with bits of the SHA-256 of the words.
pub(crate) fn guid(words: &[&str]) -> String {
    let digest = Sha256::digest(words.join("\u{1F}").as_bytes());
    let bytes: [u8; 16] = std::array::from_fn(|index| digest[index]);
    Builder::from_custom_bytes(bytes).into_uuid().to_string()
}
