//! Every sentence that the app says, by subject: a constant, or a function with typed arguments.
//! A translation of the interface translates these files.
//!
//! Errors of the other modules carry facts; the functions here turn them into sentences that say
//! what happened and what to do.

pub mod ago;
pub mod backup;
pub mod byte_count;
pub mod codebook;
pub mod counts;
pub mod editor;
pub mod export;
pub mod files;
pub(crate) mod library;
pub(crate) mod offers;
pub(crate) mod saving;
pub(crate) mod search;
pub mod step_names;
pub mod storage;

/// A sentence for the user, in the language of the interface.
///
/// Errors that come from the worker are sentences: the worker makes them with the functions of
/// this module before it answers.
pub type Sentence = String;
