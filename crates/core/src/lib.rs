//! The core of Pullquote: articles, marks, codebooks and their changes, without a browser.
//!
//! This page is the map of the whole project.
//!
//! # The crates
//!
//! ```text
//! core ◄── formats ◄── datasets ◄── app ◄── the web app (src/)
//!                          ▲
//!                          └──────────────── cli
//! ```
//!
//! * `core`: the document and what changes it. No `serde`, no browser, no clock.
//! * `formats`: Pullquote's own files and the records of the browser's storage. All wire types
//!   are here.
//! * `datasets`: the export formats of other tools, and the splits of a dataset.
//! * `app`: what the user is doing, as one state. A folder a feature, each with its actions and
//!   its update.
//! * the web app: everything that knows a browser. `src/browser` performs effects, `src/ui`
//!   renders the state.
//! * `cli`: converts and splits on the command line.
//!
//! Inside the core, a module uses only modules to its left:
//! `sorted · text · model · edit · analysis`.
//!
//! # The flow
//!
//! ```text
//!  a click, a key, a file, an answer of the storage
//!        │
//!        ▼
//!     Action ──► State::update ──► State' ──► view ──► the page
//!                    │    │
//!                    │    └──────► Effect ──► the browser ──► Action
//!                    ▼
//!                 command ──► Transaction ──► History ──► Document'
//!                                                │
//!                                                └──► JournalEntry ──► the storage, other tabs
//! ```
//!
//! An update is a pure function. What it wants done outside is an effect, a value that the
//! browser performs; the result comes back as an action.
//!
//! # Invariants
//!
//! * The text of an article never changes. Therefore offsets stay valid, and there are no
//!   position maps.
//! * A [`Span`](crate::text::span::Span) is half-open, never empty, counted in bytes of the
//!   article's text, with both ends on `char` boundaries. Outside ranges become spans in
//!   [`Article::span`](crate::model::article::Article::span) only.
//! * A [`Document`](crate::model::document::Document) is consistent: every tag, entity and mark
//!   that it refers to exists in it. An edit that would break this is refused.
//! * Applying an edit returns its inverse. Undoing every step gives the document that was there
//!   before the first.
//! * Everything listed or written has a stated order. No order depends on a hash.
//! * Time, ids and random numbers are arguments.
//!
//! # What is deliberately absent
//!
//! * JavaScript lengths: UTF-16 units and code points are types of their own
//!   ([`Utf16Offset`](crate::text::offset::Utf16Offset),
//!   [`CharOffset`](crate::text::offset::CharOffset)) and are converted at the border.
//! * `Serialize` on a type of the model: the `formats` crate has the wire types.
//! * Sentences for the user: the core returns values, and `pullquote_app::messages` renders them.
//!
//! # Glossary
//!
//! | word | meaning |
//! |---|---|
//! | article | a text with its title, language, direction and source |
//! | document | an article with its codebook, marks, entities, relations and answers |
//! | span | a range of the article's text |
//! | mark, annotation | one or more spans with a tag, answers, a note and a flag |
//! | tag | a category of the codebook that marks are given |
//! | codebook | the tags, attributes, relation kinds and questions of an analysis |
//! | attribute | what a tag asks about each of its marks |
//! | question | what the codebook asks about the whole article |
//! | answer, value | what a mark or an article answers |
//! | relation | a directed link between two marks |
//! | entity | a person or thing that several marks mention; on the screen, a member of the cast |
//! | coder | the person who makes the marks |
//! | ledger | the table of all marks of one tag |
//! | edit | one change of a document, which has an inverse |
//! | command | a function that turns what a user wants into a transaction |
//! | transaction, step | edits that are done together or not at all, with a name |
//! | journal | all steps of an article, in order; undo and redo are entries too |
//! | journal entry | a step in the journal, with its number, time and coder |
//! | history | a document with the end of its journal, which can undo and redo |
//! | snapshot | a document as stored, as of one entry of its journal |
//! | rebase | doing a step again on a state that another tab has changed |
//! | merge | making one document of two copies, record by record |
//! | library entry | what the library lists about an article without opening it |
//! | envelope | the first line of a stored record: its label and a checksum |
//! | action | something that happened: input of an update |
//! | effect | something that the app wants done: output of an update |
//! | projection | a document as a flat list of spans or labelled tokens, for one format |
//! | boundary rule | what a projection does with a span that ends inside a token |
//! | losses | what an export format cannot express, or what a step deletes |

pub mod analysis;
pub mod edit;
pub mod model;
pub mod sorted;
pub mod text;
