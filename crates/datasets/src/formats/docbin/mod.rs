//! spaCy's DocBin, from which `spacy train` reads its examples.
//!
//! A zlib stream around a MessagePack map. Tokens are rows of 64-bit numbers; strings are stored as
//! hashes (MurmurHash64A, seed 1), or as the small numbers of [`crate::encoding::spacy_symbols`].
//!
//! - **Readers**: spaCy 3 (tested with 3.8).
//! - **Offsets**: tokens; a span of the group also has code points.
//! - **What does not fit**: spans are moved to the edges of tokens. Entities must not overlap, so
//!   only the chosen spans are entities; all spans are in the span group `sc`. The parts of a mark
//!   are spans of their own. Relations, notes and provenance are left out.
//! - **Source**: spaCy, `spacy/tokens/_serialize.py` (DocBin), `spacy/tokens/span_group.pyx`
//!   (`SpanGroup.to_bytes`) and `spacy/strings.pyx` (hashes).

pub mod layout;
pub mod reader;
pub mod writer;
