//! What the user is doing: a value, and what can happen to it. No Yew, no
//! browser; tested natively.
//!
//! Invariants of the folder: [`State::update`] is pure; what it wants done
//! outside stands in the state as a [`Request`], in order, until it is taken;
//! an error becomes a sentence exactly once, in `sentence`.

mod action;
mod ago;
mod book;
mod desk;
mod export;
mod incoming;
mod job;
mod notice;
mod outside;
mod recoding;
pub mod records;
mod request;
mod route;
mod sample;
mod sentence;
mod spot;
mod state;
mod update;
pub mod view;

pub use action::{Action, Purpose, Stamp, Stride};
pub use ago::ago;
pub use book::{BookEdit, new_attribute};
pub use desk::{Choice, Desk, Doing, Linking, NoteInHand, Panel, Preview, Review, Shows};
pub use export::{Export, Lack, Look, Order, Progress, Scope, Wanted, Wish};
pub use incoming::{Incoming, codebook_of, imported_codebook, incoming, too_large};
pub use job::{Job, Texts, of_texts, to_texts};
pub use notice::{NOTICE_LIFE, Notice, Offer, Work};
pub use outside::{Backup, CopiedOut, Folder, Shelter, Transfer, Written, bytes, due};
pub use recoding::{PendingEdit, PendingRow};
pub use request::{Change, Fold, Request, Ticket};
pub use route::Route;
pub use sample::sample;
pub use spot::Spot;
pub use state::{Journal, Keeping, SavedState, Shelf, State};
pub use update::listed_marks;
