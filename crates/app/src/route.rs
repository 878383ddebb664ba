//! Routes: the screens of the app, and their addresses after `#`.

use pullquote_core::model::id::Id;
use std::fmt;

/// A screen. Hash routes, so that the built folder works on any static host.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Route {
    /// `#/`: the library.
    #[default]
    Library,
    /// `#/a/<id>`: one article.
    Article(Id),
    /// `#/codebook/<id>`: the codebook of that article.
    Codebook(Id),
    /// `#/export/<id>`: the export of that article.
    Export(Id),
    /// `#/export`: the export of the library.
    ExportAll,
    /// `#/codebooks`: the codebooks that new articles can begin with.
    Codebooks,
}

impl Route {
    /// The screen of the hash of an address. Unknown hashes mean the library.
    #[must_use]
    pub fn of_hash(hash: &str) -> Self {
        let hash = hash.trim_start_matches('#');
        let of = |name: &str| hash.strip_prefix(name)?.parse().ok();
        let article = of("/a/").map(Self::Article);
        let route = article.or_else(|| of("/codebook/").map(Self::Codebook));
        let route = route.or_else(|| of("/export/").map(Self::Export));
        route.unwrap_or(match hash {
            "/export" => Self::ExportAll,
            "/codebooks" => Self::Codebooks,
            _ => Self::Library,
        })
    }

    /// The article that the screen is about.
    #[must_use]
    pub fn article(self) -> Option<Id> {
        match self {
            Self::Library | Self::ExportAll | Self::Codebooks => None,
            Self::Article(id) | Self::Codebook(id) | Self::Export(id) => Some(id),
        }
    }
}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Library => f.write_str("#/"),
            Self::Article(id) => write!(f, "#/a/{id}"),
            Self::Codebook(id) => write!(f, "#/codebook/{id}"),
            Self::Export(id) => write!(f, "#/export/{id}"),
            Self::ExportAll => f.write_str("#/export"),
            Self::Codebooks => f.write_str("#/codebooks"),
        }
    }
}
