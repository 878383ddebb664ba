//! The storage: its records, what is read from them, and the changes that are saved.

pub mod article;
pub mod batch;
pub mod change;
pub mod error;
pub mod key;
pub mod library;
pub mod records;
pub mod upgrade;
