//! A training package: splits, data card, guidelines.

pub mod guidelines;
pub mod writer;
