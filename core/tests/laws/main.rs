//! The laws of the core, each a property or a fact.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on should stop"
)]

mod analysis;
mod backups;
mod cases;
mod coverage;
mod datasets;
mod file_kinds;
mod files;
mod history;
mod model;
mod offsets;
mod plain_text;
mod saying;
mod snapping;
