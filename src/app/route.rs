//! Which screen, as the address after `#` says it.

use pullquote_core::model::Id;
use std::fmt;

/// A screen. Hash routes, so that the built folder works on any static host.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Route {
    /// `#/`: every article that is kept here.
    #[default]
    Library,
    /// `#/a/<id>`: one article.
    Article(Id),
}

impl Route {
    /// The screen of an address's hash; the library for any that means nothing.
    #[must_use]
    pub fn of_hash(hash: &str) -> Self {
        let id = hash.trim_start_matches('#').strip_prefix("/a/");
        id.and_then(|id| id.parse().ok())
            .map_or(Self::Library, Self::Article)
    }
}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Library => f.write_str("#/"),
            Self::Article(id) => write!(f, "#/a/{id}"),
        }
    }
}
