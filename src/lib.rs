//! Pullquote: mark the words that matter in an article, in a browser, without a server.
//!
//! # The rooms
//!
//! A module names only modules to its left: `order · text · model · edit · analysis ·
//! formats` in [`pullquote_core`], then [`app`] `·` [`browser`] `·` [`ui`] here. Only
//! `browser` mentions `web_sys`, `js_sys`, `wasm_bindgen` or `gloo`; only `ui`
//! and `main.rs` mention `yew`. `tests/tidy.rs` checks all of it.
//!
//! # The flow
//!
//! ```text
//!    pointer, key, file
//!         │
//!    browser   reads the outside into a value
//!         │  Action, with a Stamp (time and randomness)
//!    app::State::update   pure ───────────► new State, with its Requests
//!         │                                     │
//!         │                        app::view (what to draw), pure
//!         │                                     │
//!         │                        ui  Html ─► Yew patches what differs
//!         │
//!    ui::App hands new Requests to browser ─► the outcome comes back as an Action
//! ```
//!
//! What may take long for a book is an [`pullquote_app::job::Job`]: `browser` has it done by the same
//! program in a worker, and what comes of it is an action like any other. A dataset is
//! an [`pullquote_app::export::dataset_job::DatasetJob`], carried out by a program of its own (`src/datasets.rs`).
//!
//! # What is deliberately absent
//!
//! No clock and no random number left of `browser`. No DOM range in the state. No
//! `style` attribute: the policy of `index.html` would ignore it. No network
//! request after the app has loaded.

pub mod browser;
pub mod ui;
