//! Journeys through the release build in a real Chromium.
//!
//! Run by `cargo xtask test journeys`, which builds the app, serves it and says
//! where everything is. Each journey takes pictures of its states:
//! `target/screenshots`.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a test that cannot go on should stop"
)]

mod analysis;
mod beside;
mod bidi;
mod breaks;
mod copies;
mod disk;
mod first_page;
mod forced;
mod in_view;
mod keyboard;
mod kill;
mod large_codebooks;
mod leaving;
mod library;
mod long;
mod look;
mod print;
mod saying;
mod scripts;
mod selecting;
mod site_data;
mod stage;
mod work;
