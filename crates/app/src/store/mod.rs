//! The records of the storage, and what is read from them.

pub mod article;
pub mod batch;
pub mod change;
pub mod error;
pub mod key;
pub mod library;
pub mod records;
pub mod upgrade;
