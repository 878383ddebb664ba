//! Tests of the core: properties that hold for every document, and single facts.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on should stop"
)]

mod analysis;
mod cases;
mod commands;
mod coverage;
mod history;
mod model;
mod offsets;
mod random_commands;
mod recoding;
mod snapping;
