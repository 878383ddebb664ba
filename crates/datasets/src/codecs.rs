//! What writes a format and reads it back.
//!
//! Apart from the table of formats: a program that only says what there is does not have to
//! carry the code of all.

use crate::catalogue::{Format, Options, Writer};
use crate::formats::{
    brat, cas, columns, conllu, docbin, doccano, hugging_face, label_studio, network, page,
    prodigy, pullquote, refi, table, tei, web_annotation, webanno_tsv, workbook,
};
use crate::verify::ExternalDocument;

/// Begins to write, and reads what was written.
pub(crate) struct Codec {
    pub(crate) begin: fn(&Options) -> Box<dyn Writer>,
    pub(crate) read: fn(&[u8]) -> Result<Vec<ExternalDocument>, String>,
}

/// The codec of a format.
pub(crate) fn codec(format: &Format) -> Codec {
    type Begin = fn(&Options) -> Box<dyn Writer>;
    type Read = fn(&[u8]) -> Result<Vec<ExternalDocument>, String>;
    let (begin, read): (Begin, Read) = match format.id {
        "spacy" => (docbin::begin, docbin::read),
        "prodigy" => (prodigy::begin, prodigy::read),
        "hf" => (hugging_face::begin, hugging_face::read),
        "parquet" => (hugging_face::begin_parquet, hugging_face::read_parquet),
        "conll2003" => (columns::begin_conll2003, columns::read_conll2003),
        "iob2" => (columns::begin_iob2, columns::read_two),
        "bioes" => (columns::begin_bioes, columns::read_two),
        "bilou" => (columns::begin_bilou, columns::read_two),
        "conllu" => (conllu::begin, conllu::read),
        "brat" => (brat::begin, brat::read),
        "doccano" => (doccano::begin, doccano::read),
        "doccano-relations" => (doccano::begin_relations, doccano::read),
        "label-studio" => (label_studio::begin, label_studio::read),
        "w3c" => (web_annotation::begin, web_annotation::read),
        "cas-json" => (cas::begin_json, cas::read_json),
        "cas-xmi" => (cas::begin_xmi, cas::read_xmi),
        "webanno-tsv" => (webanno_tsv::begin, webanno_tsv::read),
        "tei" => (tei::begin, tei::read),
        "csv" => (table::begin_csv, table::read_csv),
        "tsv" => (table::begin_tsv, table::read_tsv),
        "xlsx" => (workbook::begin, workbook::read),
        "refi-qda" => (refi::begin, refi::read),
        "qdc" => (refi::begin_codebook, refi::read_codebook),
        "graphml" => (network::begin_graphml, network::read),
        "gexf" => (network::begin_gexf, network::read),
        "html" => (page::begin_html, page::read_html),
        "markdown" => (page::begin_markdown, page::read_markdown),
        // Every other is named above; a law sees to it.
        _ => (pullquote::begin, pullquote::read),
    };
    Codec { begin, read }
}
