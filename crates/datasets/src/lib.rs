//! Documents as datasets: one article or many, in the formats of other programs.

pub mod builder;
pub mod catalogue;
pub mod codecs;
pub mod encoding;
pub mod error;
pub mod external;
pub mod foreign;
pub mod formats;
pub mod loss;
pub mod loss_counts;
pub mod naming;
pub mod options;
pub mod output;
pub mod package;
pub mod projection;
pub mod provenance;
pub mod typed_texts;
pub mod verify;
