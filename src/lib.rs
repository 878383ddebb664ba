//! Pullquote: mark the words that matter in an article, in a browser, without a server.
//!
//! # The rooms
//!
//! A room uses only what is to its left: [`pullquote_core`] `·` [`pullquote_formats`] `·`
//! [`pullquote_datasets`] `·` [`pullquote_app`] `·` [`browser`] `·` [`ui`]. The first four are
//! crates of their own and know no browser. Here, only `browser` uses `web_sys`, `js_sys`,
//! `wasm_bindgen` or `gloo`; only `ui` and `main.rs` use `yew`.
//!
//! # The flow
//!
//! ```text
//!    pointer, key, file
//!         │
//!    browser               reads it into a value
//!         │  Action, with a Stamp (time and randomness)
//!    State::update         pure ─► new State, with its Effects
//!         │                              │
//!         │                   app views  what to draw, pure
//!         │                              │
//!         │                   ui         Html ─► Yew patches what differs
//!         │
//!    browser::effects      performs each new Effect ─► its outcome is an Action
//! ```
//!
//! Work that may take long is a [`pullquote_app::job::Job`]: `browser::worker` has the same
//! program do it in a worker, and its result is an action like any other. Datasets and backups are
//! [`pullquote_app::job::LibraryJob`]s, done by a program of their own (`src/datasets.rs`).
//!
//! # What is deliberately absent
//!
//! No clock and no random number to the left of `browser`. No DOM range in the state. No
//! `style` attribute: the policy of `index.html` would ignore it. No network request after the
//! app has loaded.

pub mod browser;
pub mod ui;
