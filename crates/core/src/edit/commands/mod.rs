//! What a user can do to a document. Each command returns a transaction and changes nothing.

pub mod bulk;
pub mod entities;
pub mod marks;
pub mod recode;
pub mod recoding;
pub mod relations;
pub mod spans;
