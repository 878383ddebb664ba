//! The storage of the browser: what is kept, and where.
//!
//! | where | what | when |
//! |---|---|---|
//! | IndexedDB `pullquote`, store `records` | everything, as [`pullquote_app::store::records`] lists it | with every step, `durability: "strict"` |
//! | `localStorage` `pullquote.tail.…` | the entries that IndexedDB has not confirmed, see [`pending_log`] | at once; removed when confirmed |
//! | `localStorage` `pullquote.place.…` | where the reader left each article | after scrolling |
//! | `localStorage` `pullquote.wounded` | that a disk was full while IndexedDB wrote, see [`disk_full`] | until the storage is repaired |
//! | `localStorage` `pullquote.persisted` | what the browser last answered when it was asked to keep the storage | at the first work |
//! | `localStorage` `pullquote.codebook` | the codebook that new articles begin with, see [`preferences`] | when it is chosen |
//! | IndexedDB `pullquote-folder`, `localStorage` `pullquote.folder.…` | the folder that is kept up to date, and what is in it | when it is chosen; when a file is written |
//!
//! Why two storages (measured on 2026-11-24 in Chromium 156, Firefox 153 and WebKitGTK 2.50,
//! killing the whole browser): a value set in `localStorage` was lost when the browser was
//! killed within 5 s (in Chromium, up to a minute), while a completed transaction of IndexedDB
//! was lost in no trial in any of the three. But `localStorage` is written before the next line
//! of the program runs and survives the death of a tab, where an IndexedDB write under way may
//! not. So a step is *saved* when its transaction is complete, and not before; until then the
//! pending log has it.
//!
//! The cost of a step depends on the step alone: two records are looked up, one journal entry
//! and one library entry are written.
//!
//! The files, from the ground up: [`local_storage`] · [`pending_log`], [`disk_full`] ·
//! [`request`] · [`closing`], [`upgrade_1`] · [`opening`] · [`transaction`] · [`database`] ·
//! [`disk_repair`] · [`records`] · [`documents`] (reads), [`saving`] (writes).

pub mod closing;
pub mod database;
pub mod disk_full;
pub mod disk_repair;
pub mod documents;
pub mod local_storage;
pub mod opening;
pub mod pending_log;
pub mod persistence;
pub mod preferences;
pub mod records;
pub mod request;
pub mod saving;
pub mod transaction;
pub mod upgrade_1;
