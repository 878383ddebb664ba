//! Everything that knows the browser.

pub mod channel;
pub mod clipboard;
pub mod clock;
pub mod crash;
pub mod files;
pub mod js;
pub mod page;
pub mod storage;
pub mod worker;
