//! Documents as datasets: one article or many, in 28 formats of other programs, every file read
//! back and verified.
//!
//! # The flow
//!
//! ```text
//! Document ─► Projection ─► Writer ─► bytes ─► ReadBack ─► ExternalDocument ─► Verification
//!                 │                                                               ▲
//!                 │                  WrittenDocument ─────────────────────────────┘
//!                 └► LossCounts: what the format cannot hold, before anything is written
//! ```
//!
//! 1. [`projection`] turns a document into labelled spans and, for formats of tokens, into
//!    tokens and sentences.
//! 2. A [`output::Writer`] writes documents one after the other into an [`output::FileSink`],
//!    and returns an [`output::WrittenDocument`] for each.
//! 3. An [`external::ReadBack`] reads the bytes of a file back, and returns an
//!    [`external::ExternalDocument`] for each document in it.
//! 4. [`verify`] slices every span that was read out of the text of the article, and compares
//!    it with what was written.
//!
//! [`builder`] does all of this in memory and puts the result into one file; [`package`] divides
//! a dataset into parts and adds a data card. [`foreign`] checks files that other programs may
//! have changed, without the document that they were written from.
//!
//! # Which file needs which
//!
//! - [`loss`], [`options`], [`error`] and [`external`] are the ground.
//! - [`catalogue`] describes the formats as data. It does not know their code.
//! - [`formats`] has a file for each format, or for several that are alike, with its writer and
//!   its reader.
//! - [`codecs`] is the only file that names all writers and readers. The web app lists formats
//!   and options, but does not call it: the code of the formats is in a separate program, which
//!   is loaded when a dataset is made.
//!
//! # Invariants
//!
//! - A writer keeps no more of a document than its format needs at the end.
//! - The same documents and options give the same bytes.
//! - Every format reads back what it writes, and a span that was not read back unchanged is an
//!   error.
//! - Whatever a format cannot hold is a [`loss::Loss`], and is counted.
//!
//! # How to add a format
//!
//! 1. Add a variant to [`catalogue::FormatId`], its name in `FormatId::as_str`, and its entry in
//!    [`catalogue::FORMATS`] at the same position. The compiler checks the name and the order.
//! 2. Write `formats/<name>.rs` with `begin`, which returns a writer, and `read`, its reader. A
//!    reader returns a [`error::ReadBackError`] that states what is wrong.
//! 3. Name both in [`codecs`]; the compiler asks for it.
//! 4. The tests in `tests/laws` run over all formats: a written file is verified, the same input
//!    gives the same bytes, and losses are counted.

pub mod builder;
pub mod catalogue;
pub mod codecs;
pub mod encoding;
pub mod error;
pub mod external;
pub mod foreign;
pub mod formats;
pub mod loss;
pub mod loss_counts;
pub mod naming;
pub mod options;
pub mod output;
pub mod package;
pub mod projection;
pub mod provenance;
pub mod typed_texts;
pub mod verify;
