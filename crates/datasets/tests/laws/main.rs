//! Laws of the datasets: every file that is written is verified, and every loss is counted.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on should stop"
)]

mod as_found;
#[expect(
    dead_code,
    reason = "other laws share these cases and need more of them"
)]
#[path = "../../../core/tests/laws/cases.rs"]
mod cases;
mod control_characters;
mod datasets;
mod names;
mod networks;
mod packages;
