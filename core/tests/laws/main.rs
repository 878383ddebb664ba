//! The laws of the core, each a property or a fact.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on should stop"
)]

mod analysis;
mod as_found;
mod backups;
mod cases;
mod control_characters;
mod coverage;
mod datasets;
mod file_kinds;
mod files;
mod history;
mod model;
mod names;
mod networks;
mod offsets;
mod plain_text;
mod recoding;
mod saying;
mod snapping;
