//! Writes a DocBin, all documents in one file.

use crate::catalogue::SpanPrecision;
use crate::encoding::spacy_symbols;
use crate::formats::docbin::layout::{
    ATTRIBUTES, BEGINS, GROUP, INSIDE, NO_SENTENCE, OUTSIDE, SPAN_BYTES, hash_of,
};
use crate::options::Options;
use crate::output::{FileSink, Writer, WrittenDocument};
use crate::projection::spaced_tokens::{Spaced, range, spaced};
use crate::projection::spans::{ProjectedSpan, Projection};
use pullquote_core::model::document::Document;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use rmpv::Value;
use std::collections::BTreeMap;
use std::io::Write as _;

#[derive(Default)]
struct DocBin {
    options: Options,
    // Of all documents: the rows of the tokens, whether a space follows each (0 or 1), and how
    // many tokens each document has.
    tokens: Vec<u8>,
    spaces: Vec<u8>,
    lengths: Vec<u8>,
    documents: usize,
    // The packed span groups of each document.
    groups: Vec<Value>,
    // Every string with its hash.
    strings: BTreeMap<String, u64>,
    symbols: BTreeMap<&'static str, u64>,
}

pub(crate) fn begin(options: &Options) -> Box<dyn Writer> {
    Box::new(DocBin {
        options: options.clone(),
        symbols: spacy_symbols::numbers(),
        ..DocBin::default()
    })
}

fn packed(value: &Value) -> Vec<u8> {
    let mut bytes = Vec::new();
    #[expect(
        clippy::expect_used,
        reason = "writing into a list of bytes does not fail"
    )]
    rmpv::encode::write_value(&mut bytes, value).expect("a list of bytes takes all");
    bytes
}

fn map(fields: Vec<(&str, Value)>) -> Value {
    let fields = fields
        .into_iter()
        .map(|(name, value)| (Value::from(name), value));
    Value::Map(fields.collect())
}

impl DocBin {
    /// The hash of a string, which is added to the strings of the file.
    fn hash(&mut self, string: &str) -> u64 {
        if let Some(hash) = self.strings.get(string) {
            return *hash;
        }
        let hash = hash_of(&self.symbols, string);
        self.strings.insert(string.to_owned(), hash);
        hash
    }

    /// Adds the tokens of a document, with entities for the chosen spans. `indices` has the index
    /// among `tokens` of each token of the projection.
    fn add_tokens(&mut self, projection: &Projection, tokens: &[Spaced], indices: &[usize]) {
        let mut rows = vec![[0_u64, OUTSIDE, 0, NO_SENTENCE]; tokens.len()];
        for (row, token) in rows.iter_mut().zip(tokens) {
            row[0] = self.hash(projection.slice(token.span));
            self.spaces.push(u8::from(token.space));
        }
        for sentence in &projection.sentences {
            // White space before a sentence belongs to the sentence before it.
            rows[indices[sentence.start]][3] = 1;
        }
        if let Some(first) = rows.first_mut() {
            first[3] = 1;
        }
        if indices.first().is_some_and(|index| *index > 0) {
            rows[indices[0]][3] = NO_SENTENCE;
        }
        for projected in projection.chosen() {
            let label = self.hash(projection.label(projected));
            let tokens = range(&projected.tokens, indices);
            for (index, row) in rows[tokens].iter_mut().enumerate() {
                row[1] = if index == 0 { BEGINS } else { INSIDE };
                row[2] = label;
            }
        }
        for number in rows.iter().flatten() {
            self.tokens.extend(number.to_le_bytes());
        }
        self.lengths.extend((tokens.len() as u32).to_le_bytes());
    }

    /// Adds the span group of a document, which has all its spans.
    fn add_group(&mut self, projection: &Projection, indices: &[usize]) {
        let mut spans = Vec::new();
        for projected in &projection.spans {
            let mut span = Vec::with_capacity(SPAN_BYTES);
            let label = self.hash(projection.label(projected));
            for number in [0, 0, label] {
                span.extend(number.to_be_bytes());
            }
            let tokens = range(&projected.tokens, indices);
            let [start, end] = projection.chars(projected.span);
            for number in [tokens.start as u32, tokens.end as u32, start, end] {
                span.extend(number.to_be_bytes());
            }
            spans.push(Value::Binary(span));
        }
        let group = map(vec![
            ("name", Value::from(GROUP)),
            ("attrs", map(Vec::new())),
            ("spans", Value::Array(spans)),
        ]);
        let keys = Value::Array(vec![Value::from(GROUP)]);
        let group = Value::Map(vec![(Value::Binary(packed(&group)), keys)]);
        self.groups.push(Value::Binary(packed(&group)));
    }
}

impl Writer for DocBin {
    fn add(&mut self, document: &Document, _: &mut dyn FileSink) -> Vec<WrittenDocument> {
        let projection = Projection::new(document, &self.options, SpanPrecision::Tokens);
        let (tokens, indices) = spaced(&projection);
        self.add_tokens(&projection, &tokens, &indices);
        self.add_group(&projection, &indices);
        self.documents += 1;
        let file = format!("{}.spacy", self.options.name);
        let all = WrittenDocument::with_all_spans(&file, &projection);
        let label = |projected: &ProjectedSpan| projection.label(projected).to_owned();
        let chosen = projection.chosen().into_iter();
        let mut entities = WrittenDocument::new(&file, &projection, chosen, label);
        entities.counted_elsewhere = true;
        vec![all, entities]
    }

    fn finish(&mut self, out: &mut dyn FileSink) {
        let each = |value: Value| Value::Array(vec![value; self.documents]);
        let flags = map(vec![("has_unknown_spaces", Value::from(false))]);
        let strings = self
            .strings
            .keys()
            .map(|string| Value::from(string.as_str()));
        let attributes = ATTRIBUTES.iter().map(|number| Value::from(*number));
        let all = map(vec![
            ("version", Value::from("0.1")),
            ("attrs", Value::Array(attributes.collect())),
            ("tokens", Value::Binary(std::mem::take(&mut self.tokens))),
            ("spaces", Value::Binary(std::mem::take(&mut self.spaces))),
            ("lengths", Value::Binary(std::mem::take(&mut self.lengths))),
            ("strings", Value::Array(strings.collect())),
            ("cats", each(map(Vec::new()))),
            ("flags", each(flags)),
            (
                "span_groups",
                Value::Array(std::mem::take(&mut self.groups)),
            ),
        ]);
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
        #[expect(
            clippy::expect_used,
            reason = "writing into a list of bytes does not fail"
        )]
        let bytes = encoder
            .write_all(&packed(&all))
            .and_then(|()| encoder.finish())
            .expect("a list of bytes takes all");
        out.append(&format!("{}.spacy", self.options.name), &bytes);
    }
}
