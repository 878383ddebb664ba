//! The names that a format writes for tags, relations and answers.
//!
//! - Two different names are never written alike.
//! - A name that the grammar allows is not changed. A name in a script that the grammar does not
//!   allow is replaced by the id of its tag or relation, or by a word with a number.
//! - A writer and [`crate::loss_counts`] make the same names if they see the same documents in
//!   the same order.

use crate::naming::grammar::NameGrammar;
use crate::naming::stems::Folded;
use crate::options::Options;
use crate::projection::spans::Projection;
use pullquote_core::model::id::Slug;
use pullquote_core::model::value::{Attribute, AttributeKind, Value};
use pullquote_core::sorted::{VecMap, vec_map};
use pullquote_core::text::tokens::is_gap;

use std::rc::Rc;

/// The names that a format writes, gathered document by document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Naming {
    grammar: NameGrammar,
    tags: Folded,
    // Names of relations, for formats that write them apart from tags.
    relations: Folded,
    fields: Vec<Field>,
}

/// An attribute as brat writes it: its name, and its answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Field {
    tag: Slug,
    id: Slug,
    /// The written name.
    pub(crate) name: String,
    /// The name in the codebook.
    pub(crate) label: String,
    /// Its answers; empty if it is answered by yes.
    pub(crate) words: Folded,
}

/// The names that are written for one document.
pub(crate) struct Names {
    /// The name of each tag, in the order of the codebook.
    pub(crate) tags: Vec<String>,
    /// The name of each kind of relation, by its label.
    pub(crate) relations: VecMap<String, String>,
}

impl Naming {
    /// No document yet. The labels of `options` get their names first.
    pub(crate) fn new(grammar: NameGrammar, options: &Options) -> Self {
        let mut naming = Self {
            grammar,
            tags: Folded::default(),
            relations: Folded::default(),
            fields: Vec::new(),
        };
        for label in &options.labels {
            if let Some(folded) = grammar.folded(label).filter(|folded| !folded.is_empty()) {
                let suffix = |number| grammar.suffix(number);
                naming.tags.name_of(label, |_| folded.clone(), suffix);
            }
        }
        naming
    }

    /// The names of all tags and kinds of relation of a document.
    pub(crate) fn names(&mut self, projection: &Projection) -> Names {
        let codebook = projection.document.codebook();
        let tags = projection.labels.iter().zip(codebook.tags());
        let tags = (1..).zip(tags).map(|(number, (label, tag))| {
            let instead = [tag.id.as_str().to_owned(), format!("tag_{number}")];
            let grammar = match self.grammar {
                NameGrammar::RelationWord => NameGrammar::Any,
                grammar => grammar,
            };
            written(&mut self.tags, grammar, label, instead)
        });
        let tags: Vec<String> = tags.collect();
        let relations = projection.relation_labels.iter().zip(codebook.relations());
        let relations = (1..).zip(relations).map(|(number, (label, kind))| {
            let instead = [kind.id.as_str().to_owned(), format!("relation_{number}")];
            let name = match self.grammar {
                // brat has one list of names for both.
                NameGrammar::Ascii => written(&mut self.tags, self.grammar, label, instead),
                grammar => written(&mut self.relations, grammar, label, instead),
            };
            (label.clone(), name)
        });
        let relations = vec_map(relations.collect::<Vec<_>>());
        Names { tags, relations }
    }

    /// The names of tags, and of kinds of relation if they share one list, in the order in which
    /// they were made.
    pub(crate) fn tags(&self) -> &Folded {
        &self.tags
    }

    /// How an answer is written if it is one of several words, or "yes": its field, and the word
    /// unless it is "yes". `None` for other answers.
    pub(crate) fn answer(
        &mut self,
        projection: &Projection,
        tag: usize,
        attribute: &Attribute,
        value: &Value,
    ) -> Option<(&Field, Option<String>)> {
        let (choice, all): (Option<&str>, &[Rc<str>]) = match (value, &attribute.kind) {
            (Value::One(word), AttributeKind::OneOf(words)) => (Some(word), words),
            (Value::YesNo(true), _) => (None, &[]),
            _ => return None,
        };
        let id = &projection.document.codebook().tags()[tag].id;
        let has_ids = |field: &Field| field.tag == *id && field.id == attribute.id;
        // Another codebook may have a field with the same ids and another name.
        let is_same = |field: &Field| has_ids(field) && field.label == attribute.name;
        let index = match self.fields.iter().position(is_same) {
            Some(index) => index,
            None => {
                let label = format!("{}: {}", projection.labels[tag], attribute.name);
                let instead = [
                    format!("{id}_{}", attribute.id),
                    format!("field_{}", self.fields.len() + 1),
                ];
                let name = written(&mut self.tags, self.grammar, &label, instead);
                self.fields.push(Field {
                    tag: id.clone(),
                    id: attribute.id.clone(),
                    name,
                    label: attribute.name.clone(),
                    words: Folded::default(),
                });
                self.fields.len() - 1
            }
        };
        let field = &mut self.fields[index];
        for word in all.iter().map(|word| &**word).chain(choice) {
            field
                .words
                .name_of(word, value_of, |number| format!("_{number}"));
        }
        let word = choice.map(|word| field.words.name_of(word, value_of, |_| String::new()));
        Some((field, word))
    }

    /// The fields that have answers, in the order in which they were found.
    pub(crate) fn fields(&self) -> &[Field] {
        &self.fields
    }
}

/// The written name of a label: what the grammar makes of it, or of the first of `instead` that
/// it allows.
fn written(known: &mut Folded, grammar: NameGrammar, label: &str, instead: [String; 2]) -> String {
    let has_any = |name: &String| !name.is_empty();
    let fold = |label: &str| {
        let all = [label, &instead[0], &instead[1]];
        let mut folded = all.into_iter().filter_map(|name| grammar.folded(name));
        folded.find(has_any).unwrap_or_default()
    };
    known.name_of(label, fold, |number| grammar.suffix(number))
}

/// An answer as brat writes it: letters of every script, with `_` for the characters that would
/// end it.
fn value_of(word: &str) -> String {
    let is_separator = |char: char| is_gap(char) || char.is_control() || "|,<>:;\"'".contains(char);
    let parts: Vec<&str> = word
        .split(is_separator)
        .filter(|part| !part.is_empty())
        .collect();
    match parts.is_empty() {
        true => "answer".to_owned(),
        false => parts.join("_"),
    }
}

#[cfg(test)]
mod tests {
    use super::value_of;

    #[test]
    fn an_answer_keeps_every_letter() {
        assert_eq!(value_of("very firm, پکا: <1|2>"), "very_firm_پکا_1_2");
        assert_eq!(value_of("|"), "answer");
    }
}
