//! Our own file as a dataset format.
//!
//! - **Readers**: Pullquote.
//! - **Offsets**: code points, UTF-16 code units and bytes, side by side.
//! - **What does not fit**: nothing; the file holds the whole document.
//! - **Source**: `schema/pullquote-1.schema.json`.

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
        let projection = Projection::new(document, &self.options, SpanPrecision::Exact);
        let stem = self.stems.next(&document.article().title);
        let file = format!("{stem}.pullquote.json");
        out.append(&file, write_document(document).as_bytes());
        vec![WrittenDocument::with_all_spans(&file, &projection)]
    }

    fn finish(&mut self, _: &mut dyn FileSink) {}
}

/// Reads a document with its spans in code points.
pub(crate) fn read(bytes: &[u8]) -> Result<Vec<ExternalDocument>, ReadBackError> {
    let document = read_document(bytes)?.document;
    let projection = Projection::new(&document, &Options::default(), SpanPrecision::Exact);
    let spans = projection.spans.iter().map(|projected| {
        let [start, end] = projection.chars(projected.span);
        let label = projection.label(projected).to_owned();
        ExternalSpan {
            start,
            end,
            label,
            quote: Some(projection.slice(projected.span).to_owned()),
        }
    });
    Ok(vec![ExternalDocument {
        text: Some(projection.text().to_owned()),
        spans: ExternalSpans::Chars(spans.collect()),
        ..ExternalDocument::default()
    }])
}
