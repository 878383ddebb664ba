//! Documents projected onto spans, tokens and sentences, which is what formats write.

pub mod labels;
pub mod spaced_tokens;
pub mod spans;
