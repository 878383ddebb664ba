//! Journeys through the release build in a real Chromium.
//!
//! `cargo xtask test journeys` runs them: it builds the app, serves it and passes the addresses
//! and paths in the environment. Each journey saves pictures of its states in
//! `target/screenshots`.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a test that cannot go on should stop"
)]

mod analysis;
mod annotating;
mod backups;
mod bidi;
mod browser;
mod calm;
mod codebook_screens;
mod export;
mod first_page;
mod forced_colours;
mod full_disk;
mod keyboard;
mod killed_browser;
mod large_codebooks;
mod layout;
mod library;
mod long_articles;
mod print;
mod recovery;
mod screens;
mod selecting;
mod site_data;
mod storage_upgrades;
mod whole_task;
mod worker;
mod writing_systems;
