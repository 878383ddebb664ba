//! Reads a DocBin. The offsets of spans must be those of their tokens, and entities must be in the
//! span group.

use crate::encoding::spacy_symbols;
use crate::error::ReadBackError;
use crate::external::{ExternalDocument, ExternalSpan, ExternalSpans};
use crate::formats::docbin::layout::{ATTRIBUTES, BEGINS, INSIDE, OUTSIDE, SPAN_BYTES, hash_of};

use flate2::read::ZlibDecoder;
use rmpv::Value;
use std::collections::BTreeMap;
use std::io::Read as _;

/// The largest size of an unpacked file, in bytes: 1 GiB.
const LIMIT: u64 = 1 << 30;

/// Reads two documents for each in the file: one with the spans of the group, and one with the
/// entities.
pub(crate) fn read(bytes: &[u8]) -> Result<Vec<ExternalDocument>, ReadBackError> {
    let mut unpacked = Vec::new();
    let mut decoder = ZlibDecoder::new(bytes).take(LIMIT);
    decoder.read_to_end(&mut unpacked)?;
    let all = value_of(&unpacked)?;
    let strings = Strings::new(list(&all, "strings")?);
    let (lengths, _) = binary(&all, "lengths")?.as_chunks::<4>();
    let (numbers, _) = binary(&all, "tokens")?.as_chunks::<8>();
    let rows = numbers.as_chunks::<{ ATTRIBUTES.len() }>().0.iter();
    let mut tokens = rows.zip(binary(&all, "spaces")?);
    let mut documents = Vec::new();
    for (length, group) in lengths.iter().zip(list(&all, "span_groups")?) {
        let length = u32::from_le_bytes(*length) as usize;
        let read = read_tokens(tokens.by_ref().take(length), length, &strings)?;
        let spans = read_groups(group, &read.tokens, &strings)?;
        for entity in &read.entities {
            if !spans.contains(entity) {
                return Err(ReadBackError::EntityNotInGroup(entity.label.clone()));
            }
        }
        documents.push(ExternalDocument {
            text: Some(read.text.clone()),
            spans: ExternalSpans::Chars(spans),
            ..ExternalDocument::default()
        });
        documents.push(ExternalDocument {
            text: Some(read.text),
            spans: ExternalSpans::Chars(read.entities),
            counted_elsewhere: true,
            ..ExternalDocument::default()
        });
    }
    Ok(documents)
}

/// The strings of a file, by their hashes.
struct Strings<'a>(BTreeMap<u64, &'a str>);

impl<'a> Strings<'a> {
    fn new(strings: &'a [Value]) -> Self {
        let symbols = spacy_symbols::numbers();
        let strings = strings.iter().filter_map(Value::as_str);
        let strings = strings.map(|string| (hash_of(&symbols, string), string));
        Self(strings.collect())
    }

    fn get(&self, hash: u64) -> Result<&'a str, ReadBackError> {
        let string = match hash {
            0 => Some(""),
            hash => self.0.get(&hash).copied(),
        };
        string.ok_or_else(|| ReadBackError::MissingNamed {
            kind: "string of the hash",
            name: hash.to_string(),
        })
    }
}

/// The tokens of a document, put together.
struct ReadTokens {
    text: String,
    // Start and end of each token, in code points.
    tokens: Vec<[u32; 2]>,
    entities: Vec<ExternalSpan>,
}

/// Reads `length` tokens: their rows, and whether a space follows each.
fn read_tokens<'a>(
    tokens: impl Iterator<Item = (&'a [[u8; 8]; 4], &'a u8)>,
    length: usize,
    strings: &Strings,
) -> Result<ReadTokens, ReadBackError> {
    let mut read = ReadTokens {
        text: String::new(),
        tokens: Vec::new(),
        entities: Vec::new(),
    };
    let mut at = 0;
    for (row, space) in tokens {
        let [form, position, label, _] = row.map(u64::from_le_bytes);
        let word = strings.get(form)?;
        let end = at + word.chars().count() as u32;
        read.text.push_str(word);
        read.tokens.push([at, end]);
        match (position, read.entities.last_mut()) {
            (BEGINS, _) => read.entities.push(ExternalSpan {
                start: at,
                end,
                label: strings.get(label)?.to_owned(),
                quote: None,
            }),
            (INSIDE, Some(last)) if last.label == strings.get(label)? => last.end = end,
            (OUTSIDE, _) => {}
            _ => return Err(ReadBackError::TokenContinuesNothing(word.to_owned())),
        }
        at = end + u32::from(*space);
        read.text.extend((*space == 1).then_some(' '));
    }
    match read.tokens.len() == length {
        true => Ok(read),
        false => Err(ReadBackError::Malformed(
            "there are fewer tokens than documents need",
        )),
    }
}

/// Reads the spans of all groups of a document with these tokens.
fn read_groups(
    groups: &Value,
    tokens: &[[u32; 2]],
    strings: &Strings,
) -> Result<Vec<ExternalSpan>, ReadBackError> {
    const NO_GROUP: ReadBackError = ReadBackError::Malformed("a span group is none");
    let groups = value_of(groups.as_slice().ok_or(NO_GROUP)?)?;
    let mut spans = Vec::new();
    for (group, _) in groups.as_map().ok_or(NO_GROUP)? {
        let group = value_of(group.as_slice().ok_or(NO_GROUP)?)?;
        for span in list(&group, "spans")? {
            let span = span.as_slice().and_then(|span| span.try_into().ok());
            let span = span.ok_or(ReadBackError::Malformed("a span is none"))?;
            spans.push(read_span(span, tokens, strings)?);
        }
    }
    Ok(spans)
}

/// Reads a span, whose tokens and code points must agree.
fn read_span(
    span: &[u8; SPAN_BYTES],
    tokens: &[[u32; 2]],
    strings: &Strings,
) -> Result<ExternalSpan, ReadBackError> {
    let (longs, shorts) = span.split_at(24);
    let label = u64::from_be_bytes(longs.as_chunks().0[2]);
    let number = |index: usize| u32::from_be_bytes(shorts.as_chunks().0[index]);
    let [first, token_end, start, end] = [0, 1, 2, 3].map(number);
    let first = tokens.get(first as usize).map(|token| token[0]);
    let last = (token_end as usize).checked_sub(1);
    let last = last.and_then(|last| tokens.get(last)).map(|token| token[1]);
    if (first, last) != (Some(start), Some(end)) {
        return Err(ReadBackError::TokensOfSpan { start, end });
    }
    Ok(ExternalSpan {
        start,
        end,
        label: strings.get(label)?.to_owned(),
        quote: None,
    })
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
