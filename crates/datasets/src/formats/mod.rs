//! One file per format: its writer, and the reader that verifies it.

pub mod brat;
pub mod cas;
pub mod columns;
pub mod conllu;
pub mod docbin;
pub mod doccano;
pub mod hugging_face;
pub mod label_studio;
pub mod network;
pub mod nodes;
pub mod page;
pub mod prodigy;
pub mod pullquote;
pub mod refi;
pub mod table;
pub mod tei;
pub mod web_annotation;
pub mod webanno_tsv;
pub mod workbook;
