//! Long work, done in a worker so that the window stays responsive.
//!
//! A worker is started for one job and ends with it. It runs the program of the window, or for
//! datasets a program of its own (`src/datasets.rs`), and reads and writes the storage as
//! another tab does. `boot.js` keeps scripts and modules in memory, so nothing is requested
//! from the network. Where no worker can be started, as in an old browser, the window does the
//! job itself.
//!
//! [`client`] and [`datasets`] are the side of the window, [`server`] and [`dataset_server`]
//! the side of the worker, [`message`] is what goes between them, [`jobs`] is the work.

pub mod client;
pub mod dataset_server;
pub mod datasets;
pub mod error;
pub mod jobs;
pub mod message;
pub mod server;
