//! What the writer and the reader of a DocBin share: its numbers, and how it hashes strings.

use std::collections::BTreeMap;

/// The attributes of a token, by spaCy's numbers: ORTH (its form), ENT_IOB (its position in an
/// entity), ENT_TYPE (the label of the entity), SENT_START (1 where a sentence starts, otherwise
/// −1 or 0).
pub(crate) const ATTRIBUTES: [u64; 4] = [65, 77, 78, 80];
/// The name of the span group.
pub(crate) const GROUP: &str = "sc";

// Positions of a token in an entity.
pub(crate) const INSIDE: u64 = 1;
pub(crate) const OUTSIDE: u64 = 2;
pub(crate) const BEGINS: u64 = 3;

/// SENT_START of a token that starts no sentence: −1.
pub(crate) const NO_SENTENCE: u64 = u64::MAX;

/// The length of a span in bytes: three numbers of 64 bits (its id, its id in a knowledge base,
/// the hash of its label), four of 32 (its tokens and its code points), big-endian.
pub(crate) const SPAN_BYTES: usize = 40;

/// MurmurHash64A (Austin Appleby) with seed 1.
fn murmur(bytes: &[u8]) -> u64 {
    const MIX: u64 = 0xC6A4_A793_5BD1_E995;
    let mut hash = 1 ^ (bytes.len() as u64).wrapping_mul(MIX);
    let (words, rest) = bytes.as_chunks::<8>();
    for word in words {
        let mut key = u64::from_le_bytes(*word).wrapping_mul(MIX);
        key = (key ^ (key >> 47)).wrapping_mul(MIX);
        hash = (hash ^ key).wrapping_mul(MIX);
    }
    if !rest.is_empty() {
        let mut last = [0; 8];
        last[..rest.len()].copy_from_slice(rest);
        hash = (hash ^ u64::from_le_bytes(last)).wrapping_mul(MIX);
    }
    hash = (hash ^ (hash >> 47)).wrapping_mul(MIX);
    hash ^ (hash >> 47)
}

/// What spaCy stores for a string: 0 for the empty one, the number of a symbol, or a hash.
pub(crate) fn hash_of(symbols: &BTreeMap<&str, u64>, string: &str) -> u64 {
    let symbol = symbols.get(string).copied();
    symbol.unwrap_or_else(|| {
        if string.is_empty() {
            0
        } else {
            murmur(string.as_bytes())
        }
    })
}
