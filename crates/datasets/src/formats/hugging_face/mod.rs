//! A folder that the Python library `datasets` loads, with JSON Lines or Parquet files: in `tokens` a
//! row is a sentence and tags are IOB2; in `spans` a row is an article with all its spans. The card
//! of the folder is in [`card`].
//!
//! - **Readers**: `datasets` (tested with 5.2), pyarrow (26.0), pandas, DuckDB.
//! - **Offsets**: tokens in `tokens`, code points in `spans`.
//! - **What does not fit**: spans are moved to the edges of tokens. Tags must not overlap, so only the
//!   chosen spans have tags; `spans` has all. The parts of a mark are rows with the same `mark`.
//! - **Source**: the documentation of `datasets`, "Structure your repository" and "Main classes"
//!   (`Features`).

pub mod card;
pub mod reader;
pub mod writer;
