//! People and places that several marks mention.

use crate::model::id::{Id, Slug};

/// An actor or a place, however often it is mentioned and under whatever names. Its mentions are
/// the annotations that name its id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity {
    /// Unique in the document.
    pub id: Id,
    /// The tag of the entity and of all its mentions.
    pub tag: Slug,
    /// The main name.
    pub name: String,
    /// Other names.
    pub aliases: Vec<String>,
    /// An identifier elsewhere, typed by hand (`Q1234`, an address); may be empty.
    pub reference: String,
}
