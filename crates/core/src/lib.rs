//! Everything of Pullquote that is true without a browser.
//!
//! # The rule of the house
//!
//! A module names only modules to its left: `order · text · model · edit · analysis · formats`.
//! Only [`formats`] mentions `serde`. Nothing here reads a clock, a random
//! number or a global: time and ids are arguments. `tests/tidy.rs` of the root
//! package checks all of it.
//!
//! # The flow
//!
//! ```text
//! bytes ─► formats ─► Document ─► command ─► Transaction ─► History ─► Document'
//!                        │                                              │
//!          Coverage (what lies where), analysis (what it says): derived     formats ─► bytes
//! ```
//!
//! # Invariants
//!
//! * The text of an article never changes. There are no change sets and no
//!   position maps, because nothing needs them.
//! * A [`crate::text::span::Span`] is half-open, never empty, counted in bytes of the
//!   article's text, and both ends are on `char` boundaries. The only door from
//!   an untrusted range is [`crate::model::article::Article::span`].
//! * A [`crate::model::document::Document`] is whole at all times: every tag, entity and relation
//!   that is named in it exists in it. An edit that would break that is refused.
//! * Everything listed or written has a stated order.
//!
//! # What is deliberately absent
//!
//! No JavaScript lengths: UTF-16 and code points exist as types of their own
//! ([`crate::text::offset::Utf16Offset`], [`crate::text::offset::CharOffset`]) and are converted at the border.
//! No `Serialize` on a model type: [`formats`] owns the wire types.

pub mod analysis;
pub mod edit;
pub mod model;
pub mod sorted;
pub mod text;
