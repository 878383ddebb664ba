//! The writer and the reader of each format.
//!
//! This is the only file that names all of them. A program that only lists formats or counts
//! losses does not call it, and therefore does not contain them.

use crate::catalogue::{Format, FormatId};
use crate::external::ReadBack;
use crate::formats::{
    brat, cas, columns, conllu, docbin, doccano, hugging_face, label_studio, network, page,
    prodigy, pullquote, refi, table, tei, web_annotation, webanno_tsv, workbook,
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
        FormatId::SpacyDocBin => (docbin::begin, docbin::read),
        FormatId::Prodigy => (prodigy::begin, prodigy::read),
        FormatId::HuggingFaceJsonl => (hugging_face::begin, hugging_face::read),
        FormatId::HuggingFaceParquet => (hugging_face::begin_parquet, hugging_face::read_parquet),
        FormatId::Conll2003 => (columns::begin_conll2003, columns::read_conll2003),
        FormatId::Iob2 => (columns::begin_iob2, columns::read_two),
        FormatId::Bioes => (columns::begin_bioes, columns::read_two),
        FormatId::Bilou => (columns::begin_bilou, columns::read_two),
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
        FormatId::Csv => (table::begin_csv, table::read_csv),
        FormatId::Tsv => (table::begin_tsv, table::read_tsv),
        FormatId::Xlsx => (workbook::begin, workbook::read),
        FormatId::RefiQda => (refi::begin, refi::read),
        FormatId::RefiCodebook => (refi::begin_codebook, refi::read_codebook),
        FormatId::GraphMl => (network::begin_graphml, network::read),
        FormatId::Gexf => (network::begin_gexf, network::read),
        FormatId::Html => (page::begin_html, page::read_html),
        FormatId::Markdown => (page::begin_markdown, page::read_markdown),
    }
}
