//! What Pullquote knows: an article, a codebook, and what was marked.
//!
//! Invariants of the folder: values are checked once, when they are made; a
//! [`Document`] is whole at all times; nothing here can be half-built.

mod annotation;
mod article;
mod codebook;
mod colour;
mod colour_vision;
mod coverage;
mod document;
mod entity;
mod error;
mod holding;
mod id;
mod marks;
mod moment;
mod relation;
mod shipped;
mod value;

pub use annotation::{Annotation, Spans};
pub use article::{Article, Block, BlockKind, Direction, Language, Source};
pub use codebook::{Codebook, RelationKind, Tag};
pub use colour::{Colour, Shades};
pub use colour_vision::{DISTINCT, PALETTE, Vision};
pub use coverage::{Coverage, Segment};
pub use document::{Document, Parts};
pub use entity::Entity;
pub use error::ModelError;
pub use holding::{Holding, TagCount};
pub use id::{Id, Slug};
pub use moment::Moment;
pub use relation::Relation;
pub use value::{Attribute, AttributeKind, Number, PartialDate, Value, Values};
