//! The writer and the reader of each format.
//!
//! This is the only file that names all of them. A program that only lists formats or counts
//! losses does not call it, and therefore does not contain them.

use crate::catalogue::{Format, FormatId};
use crate::external::ReadBack;
use crate::formats::{
    brat, cas, columns, conllu, csv, docbin, doccano, html, hugging_face, label_studio, markdown,
    network, prodigy, pullquote, refi, refi_codebook, tei, web_annotation, webanno_tsv, workbook,
};
use crate::options::Options;
use crate::output::Writer;

type Begin = fn(&Options) -> Box<dyn Writer>;

/// A writer of the format.
#[must_use]
pub fn writer(format: &Format, options: &Options) -> Box<dyn Writer> {
    codec(format.id).0(options)
}

/// The reader of the format, which accepts what its writer writes.
#[must_use]
pub fn reader(format: &Format) -> ReadBack {
    codec(format.id).1
}

fn codec(format: FormatId) -> (Begin, ReadBack) {
    match format {
        FormatId::PullquoteJson => (pullquote::begin, pullquote::read),
        FormatId::SpacyDocBin => (docbin::writer::begin, docbin::reader::read),
        FormatId::Prodigy => (prodigy::begin, prodigy::read),
        FormatId::HuggingFaceJsonl => (hugging_face::writer::begin, hugging_face::reader::read),
        FormatId::HuggingFaceParquet => (
            hugging_face::writer::begin_parquet,
            hugging_face::reader::read_parquet,
        ),
        FormatId::Conll2003 => (columns::begin_conll2003, columns::read_conll2003),
        FormatId::Iob2 => (columns::begin_iob2, columns::read_token_and_tag),
        FormatId::Bioes => (columns::begin_bioes, columns::read_token_and_tag),
        FormatId::Bilou => (columns::begin_bilou, columns::read_token_and_tag),
        FormatId::Conllu => (conllu::begin, conllu::read),
        FormatId::Brat => (brat::begin, brat::read),
        FormatId::Doccano => (doccano::begin, doccano::read),
        FormatId::DoccanoRelations => (doccano::begin_relations, doccano::read),
        FormatId::LabelStudio => (label_studio::begin, label_studio::read),
        FormatId::WebAnnotation => (web_annotation::begin, web_annotation::read),
        FormatId::CasJson => (cas::begin_json, cas::read_json),
        FormatId::CasXmi => (cas::begin_xmi, cas::read_xmi),
        FormatId::WebannoTsv => (webanno_tsv::begin, webanno_tsv::read),
        FormatId::Tei => (tei::begin, tei::read),
        FormatId::Csv => (csv::begin_csv, csv::read_csv),
        FormatId::Tsv => (csv::begin_tsv, csv::read_tsv),
        FormatId::Xlsx => (workbook::begin, workbook::read),
        FormatId::RefiQda => (refi::begin, refi::read),
        FormatId::RefiCodebook => (refi_codebook::begin, refi_codebook::read),
        FormatId::GraphMl => (network::codec::begin_graphml, network::codec::read),
        FormatId::Gexf => (network::codec::begin_gexf, network::codec::read),
        FormatId::Html => (html::begin, html::read),
        FormatId::Markdown => (markdown::begin, markdown::read),
    }
}
