//! Reads the tables of tokens and of spans.

use crate::encoding::json_lines;
use crate::encoding::json_lines::{list, number, text};
use crate::encoding::parquet::reader::{Cell, ReadColumn, ReadTable, read_table};
use crate::error::ReadBackError;
use crate::external::{ExternalDocument, ExternalSpan, ExternalSpans};
use crate::formats::tag_scheme::TaggedTokens;

use serde_json::Value as Json;

/// Reads a file of JSON Lines, whose first row tells whether it has tokens or spans.
pub(crate) fn read(bytes: &[u8]) -> Result<Vec<ExternalDocument>, ReadBackError> {
    let mut lines = bytes.split(|byte| *byte == b'\n');
    let first: Json = serde_json::from_slice(lines.next().unwrap_or_default()).unwrap_or_default();
    match first.get("ner_tags") {
        Some(_) => documents_of(json_lines::each(bytes, read_sentence)?),
        None => json_lines::each(bytes, read_article),
    }
}

/// A sentence that was read.
struct Sentence {
    document: String,
    tokens: Vec<String>,
    tags: Vec<String>,
}

fn read_sentence(row: &Json) -> Result<Sentence, ReadBackError> {
    let texts = |field| -> Result<Vec<String>, ReadBackError> {
        let texts = list(row, field)?.iter();
        let texts = texts.map(|text| text.as_str().unwrap_or_default().to_owned());
        Ok(texts.collect())
    };
    Ok(Sentence {
        document: text(row, "document")?,
        tokens: texts("tokens")?,
        tags: texts("ner_tags")?,
    })
}

fn read_article(row: &Json) -> Result<ExternalDocument, ReadBackError> {
    let spans = list(row, "spans")?;
    let ids: Vec<&Json> = spans.iter().map(|span| &span["mark"]).collect();
    let spans = spans.iter().map(|span| {
        Ok(ExternalSpan {
            start: number(span, "start")?,
            end: number(span, "end")?,
            label: text(span, "label")?,
            quote: Some(text(span, "text")?),
        })
    });
    json_lines::check_relation_ends(list(row, "relations")?, ["from", "to"], &ids)?;
    Ok(ExternalDocument {
        text: Some(text(row, "text")?),
        spans: ExternalSpans::Chars(spans.collect::<Result<_, ReadBackError>>()?),
        ..ExternalDocument::default()
    })
}

/// Puts sentences together to documents. The sentences of a document follow each other.
fn documents_of(sentences: Vec<Sentence>) -> Result<Vec<ExternalDocument>, ReadBackError> {
    let mut documents: Vec<(String, TaggedTokens)> = Vec::new();
    for sentence in sentences {
        let document = sentence.document;
        if documents.last().is_none_or(|(last, _)| *last != document) {
            documents.push((document, TaggedTokens::default()));
        }
        let Some((_, all)) = documents.last_mut() else {
            continue;
        };
        if sentence.tokens.len() != sentence.tags.len() {
            return Err(ReadBackError::Malformed(
                "there are more tokens than tags, or fewer",
            ));
        }
        for (token, tag) in sentence.tokens.into_iter().zip(&sentence.tags) {
            all.put(token, tag)?;
        }
        all.end_sentence();
    }
    let documents = documents.into_iter().map(|(key, tags)| ExternalDocument {
        key: Some(key),
        ..tags.into_document()
    });
    Ok(documents.collect())
}

/// Reads a Parquet file with tokens or with spans.
pub(crate) fn read_parquet(bytes: &[u8]) -> Result<Vec<ExternalDocument>, ReadBackError> {
    let table = read_table(bytes)?;
    match column(&table, "ner_tags.list.element") {
        Ok(tags) => documents_of(parquet_sentences(&table, tags)?),
        Err(_) => parquet_articles(&table),
    }
}

fn column<'a>(table: &'a ReadTable, path: &str) -> Result<&'a ReadColumn, ReadBackError> {
    let column = table.columns.iter().find(|column| column.path == path);
    column.ok_or_else(|| ReadBackError::MissingNamed {
        kind: "column",
        name: path.to_owned(),
    })
}

/// The text in a row of a column that is not a list.
fn text_in(column: &ReadColumn, row: usize) -> String {
    let cell = column.rows.get(row).and_then(|cells| cells.first());
    cell.map(Cell::text).unwrap_or_default()
}

/// The sentences. Tags are numbers, whose names are in the metadata.
fn parquet_sentences(table: &ReadTable, tags: &ReadColumn) -> Result<Vec<Sentence>, ReadBackError> {
    let documents = column(table, "document")?;
    let tokens = column(table, "tokens.list.element")?;
    let mut metadata = table.metadata.iter();
    let info = metadata.find(|(name, _)| name == "huggingface");
    let info: Json = info
        .and_then(|(_, text)| serde_json::from_str(text).ok())
        .unwrap_or_default();
    let names = &info["info"]["features"]["ner_tags"]["feature"]["names"];
    let name_of = |cell: &Cell| {
        let number = cell.number();
        let name = number.and_then(|number| names[number as usize].as_str());
        name.map(str::to_owned)
            .ok_or(ReadBackError::Malformed("a tag has no name"))
    };
    let sentences = (0..documents.rows.len()).map(|row| {
        let tokens = tokens.rows.get(row).into_iter().flatten().map(Cell::text);
        let tags = tags.rows.get(row).into_iter().flatten().map(name_of);
        Ok(Sentence {
            document: text_in(documents, row),
            tokens: tokens.collect(),
            tags: tags.collect::<Result<_, _>>()?,
        })
    });
    sentences.collect()
}

fn parquet_articles(table: &ReadTable) -> Result<Vec<ExternalDocument>, ReadBackError> {
    let texts = column(table, "text")?;
    let field = |name: &str| column(table, &format!("spans.list.element.{name}"));
    let (starts, ends) = (field("start")?, field("end")?);
    let (labels, words) = (field("label")?, field("text")?);
    let documents = (0..texts.rows.len()).map(|row| {
        let cells = |column: &ReadColumn| column.rows.get(row).cloned().unwrap_or_default();
        let offsets = cells(starts).into_iter().zip(cells(ends));
        let texts_of_spans = cells(labels).into_iter().zip(cells(words));
        let spans = offsets.zip(texts_of_spans);
        let spans = spans.map(|((start, end), (label, words))| {
            let offset = |cell: Cell| {
                cell.number()
                    .ok_or(ReadBackError::Malformed("an offset is none"))
            };
            Ok(ExternalSpan {
                start: offset(start)?,
                end: offset(end)?,
                label: label.text(),
                quote: Some(words.text()),
            })
        });
        Ok(ExternalDocument {
            text: Some(text_in(texts, row)),
            spans: ExternalSpans::Chars(spans.collect::<Result<_, ReadBackError>>()?),
            ..ExternalDocument::default()
        })
    });
    documents.collect()
}
