//! Our own file, as one of the formats.

use super::labelled::{Grain, Labelled};
use super::proof::{Labels, ReadBack, Written};
use super::stems::Stems;
use super::{Options, Out, Writer, said};
use crate::formats::{read_document, write_document};
use crate::model::Document;

struct Own {
    options: Options,
    stems: Stems,
}

pub(super) fn begin(options: &Options) -> Box<dyn Writer> {
    Box::new(Own {
        options: options.clone(),
        stems: Stems::default(),
    })
}

impl Writer for Own {
    fn add(&mut self, document: &Document, out: &mut dyn Out) -> Vec<Written> {
        let labelled = Labelled::of(document, &self.options, Grain::Exact);
        let stem = self.stems.next(&document.article().title);
        let file = format!("{stem}.pullquote.json");
        out.append(&file, write_document(document).as_bytes());
        vec![Written::of(
            &file,
            &labelled,
            labelled.pieces.iter(),
            |piece| labelled.label(piece).to_owned(),
        )]
    }

    fn finish(&mut self, _: &mut dyn Out) {}
}

pub(super) fn read(bytes: &[u8]) -> Result<Vec<ReadBack>, String> {
    let document = read_document(bytes).map_err(|error| said(&error))?.document;
    let labelled = Labelled::of(&document, &Options::default(), Grain::Exact);
    let spans = labelled.pieces.iter().map(|piece| {
        let [start, end] = labelled.chars(piece.span);
        let label = labelled.label(piece).to_owned();
        (
            start,
            end,
            label,
            Some(labelled.slice(piece.span).to_owned()),
        )
    });
    Ok(vec![ReadBack {
        text: Some(labelled.text().to_owned()),
        spans: Labels::Chars(spans.collect()),
        ..ReadBack::default()
    }])
}
