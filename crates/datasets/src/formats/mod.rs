//! The formats: for each a file or a folder with its writer, and with the reader that verifies what
//! was written. A file begins with what the format is, who reads it, the unit of its offsets, what
//! happens to marks that do not fit, and where the format is specified.

pub mod brat;
pub mod cas;
pub mod columns;
pub mod conllu;
pub mod csv;
pub mod docbin;
pub mod doccano;
pub mod html;
pub mod hugging_face;
pub mod label_studio;
pub mod markdown;
pub mod network;
pub mod page;
pub mod prodigy;
pub mod pullquote;
pub mod refi;
pub mod refi_codebook;
pub mod tables;
pub mod tag_scheme;
pub mod tei;
pub mod web_annotation;
pub mod webanno_tsv;
pub mod workbook;
