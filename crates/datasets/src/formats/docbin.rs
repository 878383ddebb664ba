//! spaCy's DocBin: what `spacy train` reads.
//!
//! zlib around a MessagePack map. Tokens are rows of 64-bit numbers, strings their hashes
//! (MurmurHash64A, seed 1) but for those of [`crate::encoding::spacy_symbols`]. The marks stand twice:
//! those that stay where none may overlap as entities, all of them as the span group `sc`.

use crate::catalogue::SpanPrecision;
use crate::encoding::spacy_symbols;
use crate::error::ReadBackError;
use crate::external::{ExternalDocument, ExternalSpan, ExternalSpans};
use crate::options::Options;
use crate::output::{FileSink, Writer, WrittenDocument};
use crate::projection::spaced_tokens::{range, spaced};
use crate::projection::spans::{ProjectedSpan, Projection};
use pullquote_core::model::document::Document;

use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use rmpv::Value;
use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};

// Attributes of a token: its form, how it stands in an entity, of which kind, whether it
// begins a sentence.
const ATTRIBUTES: [u64; 4] = [65, 77, 78, 80];
const GROUP: &str = "sc";

// How a token stands in an entity.
const INSIDE: u64 = 1;
const OUTSIDE: u64 = 2;
const BEGINS: u64 = 3;

#[derive(Default)]
struct DocBin {
    options: Options,
    tokens: Vec<u8>,
    spaces: Vec<u8>,
    lengths: Vec<u8>,
    documents: usize,
    groups: Vec<Value>,
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

/// MurmurHash64A of Austin Appleby, with seed 1.
fn murmur(bytes: &[u8]) -> u64 {
    const MIX: u64 = 0xC6A4_A793_5BD1_E995;
    let mut hash = 1 ^ (bytes.len() as u64).wrapping_mul(MIX);
    let (words, rest) = bytes.as_chunks::<8>();
    for word in words {
        let mut key = u64::from_le_bytes(*word).wrapping_mul(MIX);
        key = (key ^ (key >> 47)).wrapping_mul(MIX);
        hash = (hash ^ key).wrapping_mul(MIX);
    }
    if !rest.is_empty() {
        let mut last = [0; 8];
        last[..rest.len()].copy_from_slice(rest);
        hash = (hash ^ u64::from_le_bytes(last)).wrapping_mul(MIX);
    }
    hash = (hash ^ (hash >> 47)).wrapping_mul(MIX);
    hash ^ (hash >> 47)
}

fn hash_of(symbols: &BTreeMap<&str, u64>, string: &str) -> u64 {
    let symbol = symbols.get(string).copied();
    symbol.unwrap_or_else(|| {
        if string.is_empty() {
            0
        } else {
            murmur(string.as_bytes())
        }
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
    fn hash(&mut self, string: &str) -> u64 {
        if let Some(hash) = self.strings.get(string) {
            return *hash;
        }
        let hash = hash_of(&self.symbols, string);
        self.strings.insert(string.to_owned(), hash);
        hash
    }
}

impl Writer for DocBin {
    fn add(&mut self, document: &Document, _: &mut dyn FileSink) -> Vec<WrittenDocument> {
        let labelled = Projection::new(document, &self.options, SpanPrecision::Tokens);
        let (all, places) = spaced(&labelled);
        let mut rows = vec![[0_u64, OUTSIDE, 0, u64::MAX]; all.len()];
        for (row, token) in rows.iter_mut().zip(&all) {
            row[0] = self.hash(labelled.slice(token.span));
            self.spaces.push(u8::from(token.space));
        }
        for sentence in &labelled.sentences {
            // White space before a sentence is of the one before.
            rows[places[sentence.start]][3] = 1;
        }
        if let Some(first) = rows.first_mut() {
            first[3] = 1;
        }
        if places.first().is_some_and(|place| *place > 0) {
            rows[places[0]][3] = u64::MAX;
        }
        for piece in labelled.chosen() {
            let label = self.hash(labelled.label(piece));
            let tokens = range(&piece.tokens, &places);
            for (place, row) in rows[tokens].iter_mut().enumerate() {
                row[1] = if place == 0 { BEGINS } else { INSIDE };
                row[2] = label;
            }
        }
        for number in rows.iter().flatten() {
            self.tokens.extend(number.to_le_bytes());
        }
        self.lengths.extend((all.len() as u32).to_le_bytes());
        let mut spans = Vec::new();
        for piece in &labelled.spans {
            let mut span = Vec::with_capacity(40);
            let label = self.hash(labelled.label(piece));
            // Its id, that of a knowledge base, its label.
            for number in [0, 0, label] {
                span.extend(number.to_be_bytes());
            }
            let tokens = range(&piece.tokens, &places);
            let [start, end] = labelled.chars(piece.span);
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
        self.documents += 1;
        let file = format!("{}.spacy", self.options.name);
        let label = |piece: &ProjectedSpan| labelled.label(piece).to_owned();
        let all = WrittenDocument::new(&file, &labelled, labelled.spans.iter(), label);
        let mut entities =
            WrittenDocument::new(&file, &labelled, labelled.chosen().into_iter(), label);
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

/// The most that a file may hold when it is unpacked, in bytes: 1 GiB.
const LIMIT: u64 = 1 << 30;

pub(crate) fn read(bytes: &[u8]) -> Result<Vec<ExternalDocument>, ReadBackError> {
    let mut unpacked = Vec::new();
    let mut decoder = ZlibDecoder::new(bytes).take(LIMIT);
    decoder.read_to_end(&mut unpacked)?;
    let all = value_of(&unpacked)?;
    let symbols = spacy_symbols::numbers();
    let strings = list(&all, "strings")?;
    let strings: BTreeMap<u64, &str> = strings
        .iter()
        .filter_map(Value::as_str)
        .map(|string| (hash_of(&symbols, string), string))
        .collect();
    let string = |hash: u64| {
        let string = if hash == 0 {
            Some(&"")
        } else {
            strings.get(&hash)
        };
        string.copied().ok_or_else(|| ReadBackError::MissingNamed {
            kind: "string of the hash",
            name: hash.to_string(),
        })
    };
    let (lengths, _) = binary(&all, "lengths")?.as_chunks::<4>();
    let (numbers, _) = binary(&all, "tokens")?.as_chunks::<8>();
    let mut rows = numbers.as_chunks::<{ ATTRIBUTES.len() }>().0.iter();
    let mut spaces = binary(&all, "spaces")?.iter();
    let groups = list(&all, "span_groups")?;
    let mut read = Vec::new();
    for (length, group) in lengths.iter().zip(groups) {
        let mut text = String::new();
        let mut entities: Vec<ExternalSpan> = Vec::new();
        // Where each token begins and ends, in code points.
        let mut tokens: Vec<[u32; 2]> = Vec::new();
        let mut at = 0;
        for _ in 0..u32::from_le_bytes(*length) {
            let (Some(row), Some(space)) = (rows.next(), spaces.next()) else {
                return Err(ReadBackError::Malformed(
                    "there are fewer tokens than documents need",
                ));
            };
            let word = string(u64::from_le_bytes(row[0]))?;
            let end = at + word.chars().count() as u32;
            text.push_str(word);
            tokens.push([at, end]);
            match (row.map(u64::from_le_bytes), entities.last_mut()) {
                ([_, BEGINS, label, _], _) => {
                    entities.push(ExternalSpan {
                        start: at,
                        end,
                        label: string(label)?.to_owned(),
                        quote: None,
                    });
                }
                ([_, INSIDE, label, _], Some(last)) if last.label == string(label)? => {
                    last.end = end;
                }
                ([_, OUTSIDE, ..], _) => {}
                _ => return Err(ReadBackError::TokenContinuesNothing(word.to_owned())),
            }
            at = end + u32::from(*space);
            text.extend((*space == 1).then_some(' '));
        }
        let group = value_of(
            group
                .as_slice()
                .ok_or(ReadBackError::Malformed("a span group is none"))?,
        )?;
        let groups = group
            .as_map()
            .ok_or(ReadBackError::Malformed("a span group is none"))?;
        let mut spans = Vec::new();
        for (group, _) in groups {
            let group = value_of(
                group
                    .as_slice()
                    .ok_or(ReadBackError::Malformed("a span group is none"))?,
            )?;
            for span in list(&group, "spans")? {
                let span = span.as_slice().filter(|span| span.len() == 40);
                let span = span.ok_or(ReadBackError::Malformed("a span is none"))?;
                let (longs, rest) = span.split_at(24);
                let label = u64::from_be_bytes(longs.as_chunks::<8>().0[2]);
                let numbers: Vec<u32> = rest
                    .as_chunks::<4>()
                    .0
                    .iter()
                    .map(|number| u32::from_be_bytes(*number))
                    .collect();
                let first = tokens.get(numbers[0] as usize).map(|token| token[0]);
                let last = (numbers[1] as usize).checked_sub(1);
                let last = last.and_then(|last| tokens.get(last)).map(|token| token[1]);
                if (first, last) != (Some(numbers[2]), Some(numbers[3])) {
                    return Err(ReadBackError::TokensOfSpan {
                        start: numbers[2],
                        end: numbers[3],
                    });
                }
                spans.push(ExternalSpan {
                    start: numbers[2],
                    end: numbers[3],
                    label: string(label)?.to_owned(),
                    quote: None,
                });
            }
        }
        for entity in &entities {
            if !spans.contains(entity) {
                return Err(ReadBackError::EntityNotInGroup(entity.label.clone()));
            }
        }
        read.push(ExternalDocument {
            text: Some(text.clone()),
            spans: ExternalSpans::Chars(spans),
            ..ExternalDocument::default()
        });
        read.push(ExternalDocument {
            text: Some(text),
            spans: ExternalSpans::Chars(entities),
            counted_elsewhere: true,
            ..ExternalDocument::default()
        });
    }
    Ok(read)
}

fn value_of(mut bytes: &[u8]) -> Result<Value, ReadBackError> {
    Ok(rmpv::decode::read_value(&mut bytes)?)
}

fn field<'a>(map: &'a Value, name: &str) -> Result<&'a Value, ReadBackError> {
    let fields = map.as_map().map(Vec::as_slice).unwrap_or_default();
    let field = fields.iter().find(|(key, _)| key.as_str() == Some(name));
    field
        .map(|(_, value)| value)
        .ok_or_else(|| ReadBackError::MissingField(name.to_owned()))
}

fn list<'a>(map: &'a Value, name: &str) -> Result<&'a [Value], ReadBackError> {
    let list = field(map, name)?.as_array().map(Vec::as_slice);
    list.ok_or_else(|| ReadBackError::FieldIsNoList(name.to_owned()))
}

fn binary<'a>(map: &'a Value, name: &str) -> Result<&'a [u8], ReadBackError> {
    field(map, name)?
        .as_slice()
        .ok_or_else(|| ReadBackError::FieldIsNotBinary(name.to_owned()))
}
