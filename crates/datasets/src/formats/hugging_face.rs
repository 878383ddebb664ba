//! A folder that `datasets` loads: tokens with tags, a row a sentence; and the texts with
//! their spans, a row an article. As JSON Lines, or as Parquet.

use crate::catalogue::SpanPrecision;
use crate::encoding::json_lines;
use crate::encoding::json_lines::{list, number, row, text};
use crate::encoding::parquet::{Cell, Column, Kind, ReadColumn, ReadTable, Table};
use crate::error::ReadBackError;
use crate::external::{ExternalDocument, ExternalSpan, ExternalSpans};
use crate::formats::columns;
use crate::formats::columns::{Scheme, tag};
use crate::naming::stems::{Folded, Ids, without_space};
use crate::options::Options;
use crate::output::{FileSink, Writer, WrittenDocument};
use crate::projection::spans::Projection;
use crate::provenance::{Provenance, program};
use pullquote_core::model::document::Document;

use serde::Serialize;
use serde_json::{Value as Json, json};

/// A sentence.
#[derive(Serialize)]
struct TokenRow<'a> {
    id: String,
    document: String,
    tokens: Vec<&'a str>,
    ner_tags: Vec<String>,
}

/// An article.
#[derive(Serialize)]
struct SpanRow<'a> {
    id: String,
    title: &'a str,
    url: &'a str,
    language: &'a str,
    text: &'a str,
    spans: Vec<Stretch<'a>>,
    relations: Vec<Relation<'a>>,
}

#[derive(Serialize)]
struct Stretch<'a> {
    start: u32,
    end: u32,
    label: &'a str,
    text: &'a str,
    mark: String,
    note: &'a str,
    coder: &'a str,
}

#[derive(Serialize)]
struct Relation<'a> {
    label: &'a str,
    from: String,
    to: String,
}

const STRETCH: [&str; 7] = ["start", "end", "label", "text", "mark", "note", "coder"];
const RELATION: [&str; 3] = ["label", "from", "to"];

struct HuggingFace {
    options: Options,
    folded: Folded,
    ids: Ids,
    tables: Option<[Table; 2]>,
    made_by: Option<Provenance>,
    documents: usize,
    sentences: usize,
}

const TOKENS: &str = "data/tokens";
const SPANS: &str = "data/spans";

pub(crate) fn begin(options: &Options) -> Box<dyn Writer> {
    Box::new(HuggingFace {
        options: options.clone(),
        folded: folded(&options.labels),
        ids: Ids::default(),
        tables: None,
        made_by: None,
        documents: 0,
        sentences: 0,
    })
}

pub(crate) fn begin_parquet(options: &Options) -> Box<dyn Writer> {
    let text = |way| Column::new(way, Kind::Text);
    let number = |way| Column::new(way, Kind::Number);
    let tokens = vec![
        text(&["id"]),
        text(&["document"]),
        text(&["tokens", "list", "element"]),
        number(&["ner_tags", "list", "element"]),
    ];
    let spans = vec![
        text(&["id"]),
        text(&["title"]),
        text(&["url"]),
        text(&["language"]),
        text(&["text"]),
        number(&["spans", "list", "element", "start"]),
        number(&["spans", "list", "element", "end"]),
        text(&["spans", "list", "element", "label"]),
        text(&["spans", "list", "element", "text"]),
        text(&["spans", "list", "element", "mark"]),
        text(&["spans", "list", "element", "note"]),
        text(&["spans", "list", "element", "coder"]),
        text(&["relations", "list", "element", "label"]),
        text(&["relations", "list", "element", "from"]),
        text(&["relations", "list", "element", "to"]),
    ];
    Box::new(HuggingFace {
        options: options.clone(),
        folded: folded(&options.labels),
        ids: Ids::default(),
        tables: Some([Table::new(tokens), Table::new(spans)]),
        made_by: None,
        documents: 0,
        sentences: 0,
    })
}

impl HuggingFace {
    fn extension(&self) -> &'static str {
        match self.tables {
            Some(_) => "parquet",
            None => "jsonl",
        }
    }

    fn tokens_row(&mut self, sentence: &TokenRow, out: &mut dyn FileSink) {
        let names = names(&self.folded);
        let Some([table, _]) = &mut self.tables else {
            out.append(&format!("{TOKENS}.jsonl"), row(sentence, false).as_bytes());
            return;
        };
        let [id, document, tokens, tags] = table.columns.as_mut_slice() else {
            return;
        };
        id.text(true, &sentence.id);
        document.text(true, &sentence.document);
        for (place, (token, tag)) in sentence.tokens.iter().zip(&sentence.ner_tags).enumerate() {
            tokens.text(place == 0, token);
            let number = names.iter().position(|name| name == tag);
            tags.number(place == 0, number.unwrap_or_default() as i64);
        }
        let bytes = table.row();
        out.append(&format!("{TOKENS}.parquet"), &bytes);
    }

    fn spans_row(&mut self, article: &SpanRow, out: &mut dyn FileSink) {
        let Some([_, table]) = &mut self.tables else {
            out.append(&format!("{SPANS}.jsonl"), row(article, false).as_bytes());
            return;
        };
        let (alone, lists) = table.columns.split_at_mut(5);
        let texts = [
            &article.id,
            article.title,
            article.url,
            article.language,
            article.text,
        ];
        for (column, text) in alone.iter_mut().zip(texts) {
            column.text(true, text);
        }
        let (stretches, relations) = lists.split_at_mut(STRETCH.len());
        for (place, it) in article.spans.iter().enumerate() {
            let (numbers, texts) = stretches.split_at_mut(2);
            for (column, number) in numbers.iter_mut().zip([it.start, it.end]) {
                column.number(place == 0, i64::from(number));
            }
            for (column, text) in texts
                .iter_mut()
                .zip([it.label, it.text, &it.mark, it.note, it.coder])
            {
                column.text(place == 0, text);
            }
        }
        for (place, it) in article.relations.iter().enumerate() {
            for (column, text) in relations.iter_mut().zip([it.label, &it.from, &it.to]) {
                column.text(place == 0, text);
            }
        }
        if article.spans.is_empty() {
            stretches.iter_mut().for_each(Column::nothing);
        }
        if article.relations.is_empty() {
            relations.iter_mut().for_each(Column::nothing);
        }
        let bytes = table.row();
        out.append(&format!("{SPANS}.parquet"), &bytes);
    }
}

impl Writer for HuggingFace {
    fn add(&mut self, document: &Document, out: &mut dyn FileSink) -> Vec<WrittenDocument> {
        let labelled = Projection::new(document, &self.options, SpanPrecision::Tokens);
        let article = document.article();
        let id = self.ids.next(article.id);
        let labels: Vec<String> = labelled
            .labels
            .iter()
            .map(|label| fold(&mut self.folded, label))
            .collect();
        let mut tags = vec!["O".to_owned(); labelled.tokens.len()];
        let tagged = labelled.token_tags();
        for piece in labelled.spans.iter().filter(|piece| piece.chosen) {
            for token in piece.tokens.clone() {
                tags[token] = tag(Scheme::Iob2, tagged[token].as_ref(), &labels[piece.tag]);
            }
        }
        for (number, sentence) in (1..).zip(&labelled.sentences) {
            let tokens = labelled.tokens[sentence.clone()].iter();
            let sentence = TokenRow {
                id: format!("{id}-{number}"),
                document: id.clone(),
                tokens: tokens.map(|token| labelled.slice(*token)).collect(),
                ner_tags: tags[sentence.clone()].to_vec(),
            };
            self.tokens_row(&sentence, out);
            self.sentences += 1;
        }
        let spans = labelled.spans.iter().map(|piece| {
            let [start, end] = labelled.chars(piece.span);
            let mark = labelled.mark(piece);
            Stretch {
                start,
                end,
                label: labelled.label(piece),
                text: labelled.slice(piece.span),
                mark: mark.id.to_string(),
                note: &mark.note,
                coder: &mark.coder,
            }
        });
        let marks = document.annotations();
        let relations = labelled.relations().map(|link| Relation {
            label: link.kind,
            from: marks[link.from].id.to_string(),
            to: marks[link.to].id.to_string(),
        });
        let whole = SpanRow {
            id: id.clone(),
            title: &article.title,
            url: &article.source.url,
            language: article.language.as_ref().map_or("", |it| it.as_str()),
            text: labelled.text(),
            spans: spans.collect(),
            relations: relations.collect(),
        };
        self.spans_row(&whole, out);
        self.documents += 1;
        Provenance::merge(&mut self.made_by, document, &self.options);
        let file = |name: &str| format!("{name}.{}", self.extension());
        let all = labelled.spans.iter();
        let spans = WrittenDocument::new(&file(SPANS), &labelled, all, |piece| {
            labelled.label(piece).to_owned()
        });
        let chosen = labelled.chosen().into_iter();
        let mut tokens = WrittenDocument::new(&file(TOKENS), &labelled, chosen, |piece| {
            labels[piece.tag].clone()
        });
        tokens.key = Some(id);
        tokens.counted_elsewhere = true;
        vec![spans, tokens]
    }

    fn finish(&mut self, out: &mut dyn FileSink) {
        let extension = self.extension();
        let names = names(&self.folded);
        if let Some([tokens, spans]) = self.tables.take() {
            let program = program();
            let made_by = self
                .made_by
                .as_ref()
                .map(Provenance::line)
                .unwrap_or_default();
            let about = |features: Json| {
                let info = json!({ "info": { "features": features } });
                [
                    ("huggingface", info.to_string()),
                    ("made_by", made_by.clone()),
                ]
            };
            let (of_tokens, of_spans) = (about(token_features(&names)), about(span_features()));
            out.append(
                &format!("{TOKENS}.parquet"),
                &tokens.finish(&of_tokens, &program),
            );
            out.append(
                &format!("{SPANS}.parquet"),
                &spans.finish(&of_spans, &program),
            );
        } else if self.documents == 0 {
            out.append(&format!("{SPANS}.jsonl"), b"");
            out.append(&format!("{TOKENS}.jsonl"), b"");
        }
        let made_by = self
            .made_by
            .as_ref()
            .map(Provenance::line)
            .unwrap_or_default();
        let card = card(extension, &names, self.documents, self.sentences, &made_by);
        out.append("README.md", card.as_bytes());
    }
}

fn value(kind: &str) -> Json {
    json!({ "dtype": kind, "_type": "Value" })
}

/// Lists are spelled so that old and new versions of `datasets` read them.
fn token_features(names: &[String]) -> Json {
    json!({
        "id": value("string"),
        "document": value("string"),
        "tokens": { "feature": value("string"), "_type": "Sequence" },
        "ner_tags": { "feature": { "names": names, "_type": "ClassLabel" }, "_type": "Sequence" },
    })
}

fn span_features() -> Json {
    let fields = |names: &[&str]| {
        let kind = |name: &str| {
            if matches!(name, "start" | "end") {
                "int64"
            } else {
                "string"
            }
        };
        let fields = names
            .iter()
            .map(|name| ((*name).to_owned(), value(kind(name))));
        Json::Array(vec![Json::Object(fields.collect())])
    };
    json!({
        "id": value("string"),
        "title": value("string"),
        "url": value("string"),
        "language": value("string"),
        "text": value("string"),
        "spans": fields(&STRETCH),
        "relations": fields(&RELATION),
    })
}

/// What a card says of the columns, where the labels are these.
pub(crate) fn features_yaml(labels: &[String]) -> String {
    info_yaml(&names(&folded(labels)))
}

fn folded(labels: &[String]) -> Folded {
    let mut folded = Folded::default();
    for label in labels {
        fold(&mut folded, label);
    }
    folded
}

fn fold(folded: &mut Folded, label: &str) -> String {
    folded.name_of(label, without_space, |number| format!("_{number}"))
}

/// The tags: `O`, then two a label.
fn names(folded: &Folded) -> Vec<String> {
    let labels = folded.names();
    let both = labels.flat_map(|(_, label)| [format!("B-{label}"), format!("I-{label}")]);
    std::iter::once("O".to_owned()).chain(both).collect()
}

fn info_yaml(names: &[String]) -> String {
    let mut card = String::from("dataset_info:\n- config_name: tokens\n  features:\n");
    for name in ["id", "document"] {
        card.push_str(&format!("  - name: {name}\n    dtype: string\n"));
    }
    card.push_str("  - name: tokens\n    sequence: string\n  - name: ner_tags\n    sequence:\n");
    card.push_str("      class_label:\n        names:\n");
    for (number, name) in names.iter().enumerate() {
        card.push_str(&format!(
            "          '{number}': {}\n",
            Json::from(name.as_str())
        ));
    }
    card.push_str("- config_name: spans\n  features:\n");
    for name in ["id", "title", "url", "language", "text"] {
        card.push_str(&format!("  - name: {name}\n    dtype: string\n"));
    }
    for (name, fields) in [("spans", &STRETCH[..]), ("relations", &RELATION[..])] {
        card.push_str(&format!("  - name: {name}\n    list:\n"));
        for field in fields {
            let kind = if matches!(*field, "start" | "end") {
                "int64"
            } else {
                "string"
            };
            card.push_str(&format!("    - name: {field}\n      dtype: {kind}\n"));
        }
    }
    card
}

/// The card: what `datasets` reads of it, and what people do.
fn card(
    extension: &str,
    names: &[String],
    documents: usize,
    sentences: usize,
    made_by: &str,
) -> String {
    let mut card = String::from("---\nconfigs:\n");
    for (config, is_default) in [("tokens", true), ("spans", false)] {
        card.push_str(&format!("- config_name: {config}\n"));
        if is_default {
            card.push_str("  default: true\n");
        }
        card.push_str(&format!(
            "  data_files:\n  - split: train\n    path: data/{config}.{extension}\n"
        ));
    }
    card.push_str(&info_yaml(names));
    card.push_str(&format!(
        "---\n\n# Annotated articles\n\n\
         Articles: {documents}. Sentences: {sentences}. Made by {made_by}.\n\n\
         - `tokens`: a row a sentence; tags are IOB2.\n\
         - `spans`: a row an article; `start` and `end` count Unicode code points of `text`, as \
         Python does, `end` is not in. Marks may overlap.\n"
    ));
    card
}

pub(crate) fn read(bytes: &[u8]) -> Result<Vec<ExternalDocument>, ReadBackError> {
    let beginning = bytes
        .split(|byte| *byte == b'\n')
        .next()
        .unwrap_or_default();
    let first: Json = serde_json::from_slice(beginning).unwrap_or_default();
    if first.get("ner_tags").is_some() {
        let rows = json_lines::each(bytes, |row| {
            let texts = |field| -> Result<Vec<String>, ReadBackError> {
                let texts = list(row, field)?.iter();
                Ok(texts
                    .map(|it| it.as_str().unwrap_or_default().to_owned())
                    .collect())
            };
            Ok((text(row, "document")?, texts("tokens")?, texts("ner_tags")?))
        });
        return sentences(rows?.into_iter().map(Ok));
    }
    json_lines::each(bytes, |row| {
        let spans = list(row, "spans")?.iter().map(|span| {
            let (start, end) = (number(span, "start")?, number(span, "end")?);
            Ok(ExternalSpan {
                start,
                end,
                label: text(span, "label")?,
                quote: Some(text(span, "text")?),
            })
        });
        let names: Vec<&Json> = list(row, "spans")?.iter().map(|it| &it["mark"]).collect();
        json_lines::ends_stand(list(row, "relations")?, ["from", "to"], &names)?;
        Ok(ExternalDocument {
            text: Some(text(row, "text")?),
            spans: ExternalSpans::Chars(spans.collect::<Result<_, ReadBackError>>()?),
            ..ExternalDocument::default()
        })
    })
}

/// Sentences put together to documents.
fn sentences(
    rows: impl Iterator<Item = Result<(String, Vec<String>, Vec<String>), ReadBackError>>,
) -> Result<Vec<ExternalDocument>, ReadBackError> {
    let mut documents: Vec<(String, columns::Tags)> = Vec::new();
    for row in rows {
        let (document, tokens, tags) = row?;
        if documents.last().is_none_or(|(last, _)| *last != document) {
            documents.push((document, columns::Tags::default()));
        }
        let Some((_, all)) = documents.last_mut() else {
            continue;
        };
        if tokens.len() != tags.len() {
            return Err(ReadBackError::Malformed(
                "there are more tokens than tags, or fewer",
            ));
        }
        for (token, tag) in tokens.into_iter().zip(&tags) {
            all.put(token, tag)?;
        }
        all.close();
    }
    let read = documents.into_iter().map(|(key, tags)| ExternalDocument {
        key: Some(key),
        ..tags.read()
    });
    Ok(read.collect())
}

pub(crate) fn read_parquet(bytes: &[u8]) -> Result<Vec<ExternalDocument>, ReadBackError> {
    let ReadTable { columns, about } = crate::encoding::parquet::read(bytes)?;
    let column = |way: &str| {
        let column = columns.iter().find(|column| column.way == way);
        column.ok_or_else(|| ReadBackError::MissingNamed {
            kind: "column",
            name: way.to_owned(),
        })
    };
    let first = |column: &ReadColumn, row: usize| {
        let cell = column.rows.get(row).and_then(|cells| cells.first());
        cell.map(Cell::text).unwrap_or_default()
    };
    if let Ok(tags) = column("ner_tags.list.element") {
        let (documents, tokens) = (column("document")?, column("tokens.list.element")?);
        let about = about.iter().find(|(name, _)| name == "huggingface");
        let about: Json = about
            .and_then(|(_, text)| serde_json::from_str(text).ok())
            .unwrap_or_default();
        let names = &about["info"]["features"]["ner_tags"]["feature"]["names"];
        let named = |cell: &Cell| {
            let name = cell
                .number()
                .and_then(|number| names[number as usize].as_str());
            name.map(str::to_owned)
                .ok_or(ReadBackError::Malformed("a tag has no name"))
        };
        return sentences((0..documents.rows.len()).map(|row| {
            let tokens = tokens.rows.get(row).into_iter().flatten().map(Cell::text);
            let tags = tags.rows.get(row).into_iter().flatten().map(named);
            Ok((
                first(documents, row),
                tokens.collect(),
                tags.collect::<Result<_, _>>()?,
            ))
        }));
    }
    let texts = column("text")?;
    let field = |name: &str| column(&format!("spans.list.element.{name}"));
    let (starts, ends) = (field("start")?, field("end")?);
    let (labels, words) = (field("label")?, field("text")?);
    let read = (0..texts.rows.len()).map(|row| {
        let cells = |column: &ReadColumn| column.rows.get(row).cloned().unwrap_or_default();
        let spans = cells(starts)
            .into_iter()
            .zip(cells(ends))
            .zip(cells(labels))
            .zip(cells(words));
        let spans = spans.map(|(((start, end), label), words)| {
            let at = |cell: Cell| {
                cell.number()
                    .ok_or(ReadBackError::Malformed("an offset is none"))
            };
            Ok(ExternalSpan {
                start: at(start)?,
                end: at(end)?,
                label: label.text(),
                quote: Some(words.text()),
            })
        });
        Ok(ExternalDocument {
            text: Some(first(texts, row)),
            spans: ExternalSpans::Chars(spans.collect::<Result<_, ReadBackError>>()?),
            ..ExternalDocument::default()
        })
    });
    read.collect()
}
