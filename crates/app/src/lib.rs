//! What the user is doing, as a value: the state of the app, and everything that can happen to it.
//! No Yew, no browser, no clock; tested natively.
//!
//! # The loop
//!
//! ```text
//! action ──► State::update ──► next State ──► views ──► screen
//!   ▲                              │                      │
//!   │                          effects                 the user
//!   └────────── browser ◄──────────┘                      │
//!   └─────────────────────────────────────────────────────┘
//! ```
//!
//! - An [`action::Action`] says what happened: a click, a key, a file that was read, an answer of
//!   the storage. Actions are nested by feature, and each feature handles its own in its
//!   `update.rs`.
//! - [`state::State::update`] returns the next state, or `None` if nothing changed.
//! - An [`effect::Effect`] is something to be done outside: read, save, download, scroll. Effects
//!   are values in the state. The browser takes them in order, performs each once, and answers
//!   with actions.
//! - A view computes what a screen shows: `editor/view`, and [`messages`] for every sentence.
//!
//! # How to add an action
//!
//! Add a variant to the action of its feature. The compiler then names the `match` that has to
//! handle it. If it concerns the open article, decide in `update.rs` whether it works while an
//! earlier version is shown.
//!
//! # How to add an effect
//!
//! Add a variant to [`effect::Effect`], and an action for its result. The compiler names the two
//! places that perform effects: the browser, and the tests, which perform them on records in
//! memory.
//!
//! # Invariants
//!
//! - `update` is pure: time and randomness come with the action, as a [`stamp::Stamp`].
//! - [`saving::state::SavedState::Saved`] is shown only if the storage has confirmed everything.
//! - The journal of an article stays in memory until all of it is saved: it may be the only copy.
//! - Errors carry facts. They become sentences in [`messages`], once.
//! - No file imports another in a circle. A feature has a folder with its state, action and update.

pub mod action;
pub mod backup;
pub mod browser_reason;
pub mod codebook;
pub mod editor;
pub mod effect;
pub mod export;
pub mod job;
pub mod library;
pub mod messages;
pub mod notice;
pub mod route;
pub mod saving;
pub mod stamp;
pub mod state;
pub mod store;
pub mod update;
