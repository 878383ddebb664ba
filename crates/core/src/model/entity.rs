//! A member of the article's cast.

use crate::model::id::{Id, Slug};

/// One actor or place, however often and under whatever names it is mentioned.
/// Its mentions are the annotations that name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity {
    /// Unique in the document.
    pub id: Id,
    /// The tag that it and all its mentions have.
    pub tag: Slug,
    /// The name to call it by.
    pub name: String,
    /// Other names.
    pub aliases: Vec<String>,
    /// An identifier elsewhere, typed by hand (`Q1234`, an address); may be empty.
    pub reference: String,
}
