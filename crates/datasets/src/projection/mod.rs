//! A document projected onto spans, tokens and sentences.

pub mod spaced_tokens;
pub mod spans;
