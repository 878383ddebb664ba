//! Our own file, as one of the formats.

use crate::catalogue::SpanPrecision;
use crate::error::ReadBackError;
use crate::external::{ExternalDocument, ExternalSpan, ExternalSpans};
use crate::naming::stems::Stems;
use crate::options::Options;
use crate::output::{FileSink, Writer, WrittenDocument};
use crate::projection::spans::Projection;
use pullquote_core::model::document::Document;
use pullquote_formats::document_file::{read_document, write_document};

struct Own {
    options: Options,
    stems: Stems,
}

pub(crate) fn begin(options: &Options) -> Box<dyn Writer> {
    Box::new(Own {
        options: options.clone(),
        stems: Stems::default(),
    })
}

impl Writer for Own {
    fn add(&mut self, document: &Document, out: &mut dyn FileSink) -> Vec<WrittenDocument> {
        let labelled = Projection::new(document, &self.options, SpanPrecision::Exact);
        let stem = self.stems.next(&document.article().title);
        let file = format!("{stem}.pullquote.json");
        out.append(&file, write_document(document).as_bytes());
        vec![WrittenDocument::new(
            &file,
            &labelled,
            labelled.spans.iter(),
            |piece| labelled.label(piece).to_owned(),
        )]
    }

    fn finish(&mut self, _: &mut dyn FileSink) {}
}

pub(crate) fn read(bytes: &[u8]) -> Result<Vec<ExternalDocument>, ReadBackError> {
    let document = read_document(bytes)?.document;
    let labelled = Projection::new(&document, &Options::default(), SpanPrecision::Exact);
    let spans = labelled.spans.iter().map(|piece| {
        let [start, end] = labelled.chars(piece.span);
        let label = labelled.label(piece).to_owned();
        ExternalSpan {
            start,
            end,
            label,
            quote: Some(labelled.slice(piece.span).to_owned()),
        }
    });
    Ok(vec![ExternalDocument {
        text: Some(labelled.text().to_owned()),
        spans: ExternalSpans::Chars(spans.collect()),
        ..ExternalDocument::default()
    }])
}
