//! The effects of the app, performed in the browser. Each is performed once, in order; its
//! outcome comes back as an action.
//!
//! [`perform`] has the one match over all effects; the other files have a function for each
//! effect that takes time.

pub mod backup;
pub mod dispatch;
pub mod export;
pub mod folder;
pub mod perform;
pub mod storage;
