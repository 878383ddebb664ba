//! What a folder for `datasets` says about its columns: the card (`README.md`), and the features in
//! the metadata of a Parquet file.
//!
//! Lists are written in the way that both old and new versions of `datasets` read.
//!
//! Source: the documentation of `datasets`, "Create a dataset card" (`dataset_info`, `configs`) and
//! "Main classes" (`Features`).

use crate::naming::stems::{Folded, without_space};

use serde_json::{Value as Json, json};

/// The columns of the spans of an article.
pub(crate) const SPAN_FIELDS: [&str; 7] =
    ["start", "end", "label", "text", "mark", "note", "coder"];
/// The columns of the relations of an article.
pub(crate) const RELATION_FIELDS: [&str; 3] = ["label", "from", "to"];

/// The type of a column of spans or relations.
fn field_type(name: &str) -> &'static str {
    match name {
        "start" | "end" => "int64",
        _ => "string",
    }
}

fn value(kind: &str) -> Json {
    json!({ "dtype": kind, "_type": "Value" })
}

/// The features of the rows of tokens, with the names of the tags.
pub(crate) fn token_features(tags: &[String]) -> Json {
    json!({
        "id": value("string"),
        "document": value("string"),
        "tokens": { "feature": value("string"), "_type": "Sequence" },
        "ner_tags": { "feature": { "names": tags, "_type": "ClassLabel" }, "_type": "Sequence" },
    })
}

/// The features of the rows of articles.
pub(crate) fn span_features() -> Json {
    let list = |names: &[&str]| {
        let fields = names
            .iter()
            .map(|name| ((*name).to_owned(), value(field_type(name))));
        Json::Array(vec![Json::Object(fields.collect())])
    };
    json!({
        "id": value("string"),
        "title": value("string"),
        "url": value("string"),
        "language": value("string"),
        "text": value("string"),
        "spans": list(&SPAN_FIELDS),
        "relations": list(&RELATION_FIELDS),
    })
}

/// The part of a card that describes the columns, for tags of these labels.
pub(crate) fn features_yaml(labels: &[String]) -> String {
    info_yaml(&tags(&folded_labels(labels)))
}

/// The labels with the names that they have in tags.
pub(crate) fn folded_labels(labels: &[String]) -> Folded {
    let mut folded = Folded::default();
    for label in labels {
        fold(&mut folded, label);
    }
    folded
}

/// The name of a label in tags, which has no white space and is added if missing.
pub(crate) fn fold(folded: &mut Folded, label: &str) -> String {
    folded.name_of(label, without_space, |number| format!("_{number}"))
}

/// All tags, in the order of their numbers: `O`, then two for each label.
pub(crate) fn tags(folded: &Folded) -> Vec<String> {
    let labels = folded.names();
    let both = labels.flat_map(|(_, label)| [format!("B-{label}"), format!("I-{label}")]);
    std::iter::once("O".to_owned()).chain(both).collect()
}

fn info_yaml(tags: &[String]) -> String {
    let mut card = String::from("dataset_info:\n- config_name: tokens\n  features:\n");
    for name in ["id", "document"] {
        card.push_str(&format!("  - name: {name}\n    dtype: string\n"));
    }
    card.push_str("  - name: tokens\n    sequence: string\n  - name: ner_tags\n    sequence:\n");
    card.push_str("      class_label:\n        names:\n");
    for (number, tag) in tags.iter().enumerate() {
        let tag = Json::from(tag.as_str());
        card.push_str(&format!("          '{number}': {tag}\n"));
    }
    card.push_str("- config_name: spans\n  features:\n");
    for name in ["id", "title", "url", "language", "text"] {
        card.push_str(&format!("  - name: {name}\n    dtype: string\n"));
    }
    for (name, fields) in [
        ("spans", &SPAN_FIELDS[..]),
        ("relations", &RELATION_FIELDS[..]),
    ] {
        card.push_str(&format!("  - name: {name}\n    list:\n"));
        for field in fields {
            let kind = field_type(field);
            card.push_str(&format!("    - name: {field}\n      dtype: {kind}\n"));
        }
    }
    card
}

/// The numbers that a card states.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Counts {
    pub(crate) articles: usize,
    pub(crate) sentences: usize,
}

/// The card: YAML for `datasets`, then text for people.
pub(crate) fn card(extension: &str, tags: &[String], counts: Counts, made_by: &str) -> String {
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
    card.push_str(&info_yaml(tags));
    card.push_str(&format!(
        "---\n\n# Annotated articles\n\n\
         Articles: {}. Sentences: {}. Made by {made_by}.\n\n\
         - `tokens`: a row a sentence; tags are IOB2.\n\
         - `spans`: a row an article; `start` and `end` count Unicode code points of `text`, as \
         Python does, `end` is not in. Marks may overlap.\n",
        counts.articles, counts.sentences
    ));
    card
}
