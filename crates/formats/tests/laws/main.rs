//! Laws of the files and records: what is written is read back; what is damaged is refused.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on should stop"
)]

#[path = "../../../core/tests/laws/cases.rs"]
mod cases;
#[path = "../../../core/tests/laws/random_commands.rs"]
mod random_commands;

mod backups;
mod csv;
mod file_kinds;
mod files;
mod plain_text;
