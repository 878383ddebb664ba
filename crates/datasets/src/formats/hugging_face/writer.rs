//! Writes the folder: its two tables and its card.

use crate::catalogue::SpanPrecision;
use crate::encoding::json_lines::row;
use crate::encoding::parquet::writer::{Column, ColumnType, Table};
use crate::formats::hugging_face::card::{
    Counts, SPAN_FIELDS, card, fold, folded_labels, span_features, tags, token_features,
};
use crate::formats::tag_scheme::TagScheme;
use crate::naming::stems::{Folded, Ids};
use crate::options::Options;
use crate::output::{FileSink, Writer, WrittenDocument};
use crate::projection::spans::Projection;
use crate::provenance::{Provenance, line_of, program};
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
struct ArticleRow<'a> {
    id: String,
    title: &'a str,
    url: &'a str,
    language: &'a str,
    text: &'a str,
    spans: Vec<SpanFields<'a>>,
    relations: Vec<RelationFields<'a>>,
}

#[derive(Serialize)]
struct SpanFields<'a> {
    start: u32,
    end: u32,
    label: &'a str,
    text: &'a str,
    mark: String,
    note: &'a str,
    coder: &'a str,
}

#[derive(Serialize)]
struct RelationFields<'a> {
    label: &'a str,
    from: String,
    to: String,
}

struct HuggingFace {
    options: Options,
    folded: Folded,
    ids: Ids,
    // The tables of tokens and of spans, if they are Parquet.
    tables: Option<[Table; 2]>,
    made_by: Option<Provenance>,
    counts: Counts,
}

const TOKENS: &str = "data/tokens";
const SPANS: &str = "data/spans";

pub(crate) fn begin(options: &Options) -> Box<dyn Writer> {
    begin_variant(options, None)
}

pub(crate) fn begin_parquet(options: &Options) -> Box<dyn Writer> {
    begin_variant(options, Some([tokens_table(), spans_table()]))
}

fn begin_variant(options: &Options, tables: Option<[Table; 2]>) -> Box<dyn Writer> {
    Box::new(HuggingFace {
        options: options.clone(),
        folded: folded_labels(&options.labels),
        ids: Ids::default(),
        tables,
        made_by: None,
        counts: Counts::default(),
    })
}

fn tokens_table() -> Table {
    Table::new(vec![
        Column::new(&["id"], ColumnType::Text),
        Column::new(&["document"], ColumnType::Text),
        Column::new(&["tokens", "list", "element"], ColumnType::Text),
        Column::new(&["ner_tags", "list", "element"], ColumnType::Number),
    ])
}

/// The columns of [`ArticleRow`], in the order of its fields.
fn spans_table() -> Table {
    let text = |path| Column::new(path, ColumnType::Text);
    let number = |path| Column::new(path, ColumnType::Number);
    Table::new(vec![
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
    ])
}

impl HuggingFace {
    fn extension(&self) -> &'static str {
        match self.tables {
            Some(_) => "parquet",
            None => "jsonl",
        }
    }

    fn put_sentence(&mut self, sentence: &TokenRow, out: &mut dyn FileSink) {
        let names = tags(&self.folded);
        let Some([table, _]) = &mut self.tables else {
            out.append(&format!("{TOKENS}.jsonl"), row(sentence, false).as_bytes());
            return;
        };
        let [id, document, tokens, tags] = table.columns.as_mut_slice() else {
            return;
        };
        id.text(true, &sentence.id);
        document.text(true, &sentence.document);
        for (index, (token, tag)) in sentence.tokens.iter().zip(&sentence.ner_tags).enumerate() {
            tokens.text(index == 0, token);
            let number = names.iter().position(|name| name == tag);
            tags.number(index == 0, number.unwrap_or_default() as i64);
        }
        let bytes = table.row();
        out.append(&format!("{TOKENS}.parquet"), &bytes);
    }

    fn put_article(&mut self, article: &ArticleRow, out: &mut dyn FileSink) {
        let Some([_, table]) = &mut self.tables else {
            out.append(&format!("{SPANS}.jsonl"), row(article, false).as_bytes());
            return;
        };
        let (single, lists) = table.columns.split_at_mut(5);
        let texts = [
            &article.id,
            article.title,
            article.url,
            article.language,
            article.text,
        ];
        for (column, text) in single.iter_mut().zip(texts) {
            column.text(true, text);
        }
        let (spans, relations) = lists.split_at_mut(SPAN_FIELDS.len());
        for (index, span) in article.spans.iter().enumerate() {
            let (numbers, texts) = spans.split_at_mut(2);
            for (column, number) in numbers.iter_mut().zip([span.start, span.end]) {
                column.number(index == 0, i64::from(number));
            }
            let fields = [span.label, span.text, &span.mark, span.note, span.coder];
            for (column, text) in texts.iter_mut().zip(fields) {
                column.text(index == 0, text);
            }
        }
        for (index, relation) in article.relations.iter().enumerate() {
            let fields = [relation.label, &relation.from, &relation.to];
            for (column, text) in relations.iter_mut().zip(fields) {
                column.text(index == 0, text);
            }
        }
        if article.spans.is_empty() {
            spans.iter_mut().for_each(Column::empty_list);
        }
        if article.relations.is_empty() {
            relations.iter_mut().for_each(Column::empty_list);
        }
        let bytes = table.row();
        out.append(&format!("{SPANS}.parquet"), &bytes);
    }
}

impl Writer for HuggingFace {
    fn add(&mut self, document: &Document, out: &mut dyn FileSink) -> Vec<WrittenDocument> {
        let projection = Projection::new(document, &self.options, SpanPrecision::Tokens);
        let id = self.ids.next(document.article().id);
        let labels: Vec<String> = projection
            .labels
            .iter()
            .map(|label| fold(&mut self.folded, label))
            .collect();
        let tags = TagScheme::Iob2.tags(&projection, &labels);
        for (number, sentence) in (1..).zip(&projection.sentences) {
            let tokens = projection.tokens[sentence.clone()].iter();
            let sentence = TokenRow {
                id: format!("{id}-{number}"),
                document: id.clone(),
                tokens: tokens.map(|token| projection.slice(*token)).collect(),
                ner_tags: tags[sentence.clone()].to_vec(),
            };
            self.put_sentence(&sentence, out);
            self.counts.sentences += 1;
        }
        self.put_article(&article_row(&projection, id.clone()), out);
        self.counts.articles += 1;
        Provenance::merge(&mut self.made_by, document, &self.options);
        let file = |name: &str| format!("{name}.{}", self.extension());
        let spans = WrittenDocument::with_all_spans(&file(SPANS), &projection);
        let chosen = projection.chosen().into_iter();
        let mut tokens = WrittenDocument::new(&file(TOKENS), &projection, chosen, |projected| {
            labels[projected.tag].clone()
        });
        tokens.key = Some(id);
        tokens.counted_elsewhere = true;
        vec![spans, tokens]
    }

    fn finish(&mut self, out: &mut dyn FileSink) {
        let extension = self.extension();
        let tags = tags(&self.folded);
        let made_by = line_of(self.made_by.as_ref());
        if let Some([tokens, spans]) = self.tables.take() {
            let mut put = |name: &str, table: Table, features: Json| {
                let info = json!({ "info": { "features": features } });
                let metadata = [
                    ("huggingface", info.to_string()),
                    ("made_by", made_by.clone()),
                ];
                let bytes = table.finish(&metadata, &program());
                out.append(&format!("{name}.parquet"), &bytes);
            };
            put(TOKENS, tokens, token_features(&tags));
            put(SPANS, spans, span_features());
        } else if self.counts.articles == 0 {
            out.append(&format!("{SPANS}.jsonl"), b"");
            out.append(&format!("{TOKENS}.jsonl"), b"");
        }
        let card = card(extension, &tags, self.counts, &made_by);
        out.append("README.md", card.as_bytes());
    }
}

/// The row of an article, with all its spans.
fn article_row<'a>(projection: &'a Projection, id: String) -> ArticleRow<'a> {
    let document = projection.document;
    let article = document.article();
    let spans = projection.spans.iter().map(|projected| {
        let [start, end] = projection.chars(projected.span);
        let mark = projection.mark(projected);
        SpanFields {
            start,
            end,
            label: projection.label(projected),
            text: projection.slice(projected.span),
            mark: mark.id.to_string(),
            note: &mark.note,
            coder: &mark.coder,
        }
    });
    let marks = document.annotations();
    let relations = projection.relations().map(|relation| RelationFields {
        label: relation.kind,
        from: marks[relation.from].id.to_string(),
        to: marks[relation.to].id.to_string(),
    });
    let language = article.language.as_ref();
    ArticleRow {
        id,
        title: &article.title,
        url: &article.source.url,
        language: language.map_or("", |language| language.as_str()),
        text: projection.text(),
        spans: spans.collect(),
        relations: relations.collect(),
    }
}
