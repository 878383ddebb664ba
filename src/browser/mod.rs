//! Everything that knows a browser: the page, files, the storage, workers.
//!
//! | folder or file | what it does |
//! |---|---|
//! | [`effects`] | performs the effects of the app; outcomes come back as actions |
//! | [`page`] | elements, focus, selection, pointer, keyboard, scrolling |
//! | [`files`] | files that are opened, downloaded, backed up, and kept in a folder |
//! | [`storage`] | IndexedDB and `localStorage` |
//! | [`worker`] | long jobs, in a worker where there is one |
//! | [`channel`], [`clipboard`], [`clock`], [`crash`] | other tabs, the clipboard, time and randomness, the message of last resort |
//! | [`file_system`] | handles of the File System API |
//! | [`error`], [`js`] | what the browser refuses; reading and calling JavaScript objects |
//!
//! Invariants: a function reads something of the browser into a value, or does one thing in
//! the browser. None sees the app's state. What a browser lacks or refuses is returned as
//! `None` or as an error and never panics. `yew` is not used here.

pub mod channel;
pub mod clipboard;
pub mod clock;
pub mod crash;
pub mod effects;
pub mod error;
pub mod file_system;
pub mod files;
pub mod js;
pub mod page;
pub mod storage;
pub mod worker;
