//! Names as the grammar of a format can write them.
//!
//! - Two names are never written alike.
//! - What a grammar allows stays. Letters of another script than a grammar's do not become
//!   signs: the id of the thing stands for its name, or a word with a number.
//! - A writer and what tells its losses make the same names, as they see the same documents.

use crate::naming::grammar::NameGrammar;
use crate::naming::stems::Folded;
use crate::options::Options;
use crate::projection::spans::Projection;
use pullquote_core::model::id::Slug;
use pullquote_core::model::value::{Attribute, AttributeKind, Value};
use pullquote_core::sorted::VecMap;

use std::rc::Rc;

/// Names that were written so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Naming {
    grammar: NameGrammar,
    tags: Folded,
    // What a file says of tags and of relations is often in one place.
    others: Folded,
    fields: Vec<Field>,
}

/// An attribute as brat has it: its name, and the words that answer it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Field {
    tag: Slug,
    id: Slug,
    /// How it is written.
    pub(crate) name: String,
    /// How it is called.
    pub(crate) label: String,
    /// Its answers; none where it is answered by yes.
    pub(crate) words: Folded,
}

/// The names of one document.
pub(crate) struct Names {
    /// Of each tag, in the order of the palette.
    pub(crate) tags: Vec<String>,
    /// Of each kind of relation, by its label.
    pub(crate) relations: VecMap<String, String>,
}

impl Naming {
    /// Begins; the labels of the options have their names first.
    pub(crate) fn new(grammar: NameGrammar, options: &Options) -> Self {
        let mut naming = Self {
            grammar,
            tags: Folded::default(),
            others: Folded::default(),
            fields: Vec::new(),
        };
        for label in &options.labels {
            if let Some(folded) = grammar.folded(label).filter(|it| !it.is_empty()) {
                let suffix = |number| grammar.suffix(number);
                naming.tags.name_of(label, |_| folded.clone(), suffix);
            }
        }
        naming
    }

    /// The names of the tags and of the kinds of relation of a document.
    pub(crate) fn names(&mut self, labelled: &Projection) -> Names {
        let book = labelled.document.codebook();
        let tags = labelled.labels.iter().zip(book.tags());
        let tags = (1..).zip(tags).map(|(number, (label, tag))| {
            let instead = [tag.id.as_str().to_owned(), format!("tag_{number}")];
            let grammar = match self.grammar {
                NameGrammar::RelationWord => NameGrammar::Any,
                grammar => grammar,
            };
            written(&mut self.tags, grammar, label, instead)
        });
        let tags: Vec<String> = tags.collect();
        let relations = labelled.relation_labels.iter().zip(book.relations());
        let relations = (1..).zip(relations).map(|(number, (label, kind))| {
            let instead = [kind.id.as_str().to_owned(), format!("relation_{number}")];
            let name = match self.grammar {
                // One list has the shown names of tags and relations.
                NameGrammar::Ascii => written(&mut self.tags, self.grammar, label, instead),
                grammar => written(&mut self.others, grammar, label, instead),
            };
            (label.clone(), name)
        });
        let relations = pullquote_core::sorted::vec_map(relations.collect::<Vec<_>>());
        Names { tags, relations }
    }

    /// The names of tags and of kinds of relation that are one list, as they came.
    pub(crate) fn tags(&self) -> &Folded {
        &self.tags
    }

    /// How an answer to a question of one word, or of yes, is written: its field and the word,
    /// if there is one. `None` for other answers.
    pub(crate) fn answer(
        &mut self,
        labelled: &Projection,
        tag: usize,
        attribute: &Attribute,
        value: &Value,
    ) -> Option<(&Field, Option<String>)> {
        let (choice, all): (Option<&str>, &[Rc<str>]) = match (value, &attribute.kind) {
            (Value::One(word), AttributeKind::OneOf(words)) => (Some(word), words),
            (Value::YesNo(true), _) => (None, &[]),
            _ => return None,
        };
        let id = &labelled.document.codebook().tags()[tag].id;
        let is_it = |field: &Field| field.tag == *id && field.id == attribute.id;
        // Fields of other codebooks may have this id and another name.
        let is_it = |field: &Field| is_it(field) && field.label == attribute.name;
        let place = match self.fields.iter().position(is_it) {
            Some(place) => place,
            None => {
                let label = format!("{}: {}", labelled.labels[tag], attribute.name);
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
        let field = &mut self.fields[place];
        for word in all.iter().map(|word| &**word).chain(choice) {
            field
                .words
                .name_of(word, value_of, |number| format!("_{number}"));
        }
        let word = choice.map(|word| field.words.name_of(word, value_of, |_| String::new()));
        Some((field, word))
    }

    /// The fields that were answered, as they came.
    pub(crate) fn fields(&self) -> &[Field] {
        &self.fields
    }
}

/// How a name is written: as it is folded, or what stands instead of it.
fn written(known: &mut Folded, grammar: NameGrammar, label: &str, instead: [String; 2]) -> String {
    let has_any = |name: &String| !name.is_empty();
    let fold = |label: &str| {
        let all = [label, &instead[0], &instead[1]];
        let mut folded = all.into_iter().filter_map(|it| grammar.folded(it));
        folded.find(has_any).unwrap_or_default()
    };
    known.name_of(label, fold, |number| grammar.suffix(number))
}

/// An answer of brat's attributes: letters of every script, and `_` for what ends it.
fn value_of(word: &str) -> String {
    let is_end = |char: char| {
        pullquote_core::text::tokens::is_gap(char)
            || char.is_control()
            || "|,<>:;\"'".contains(char)
    };
    let parts: Vec<&str> = word.split(is_end).filter(|it| !it.is_empty()).collect();
    match parts.is_empty() {
        true => "answer".to_owned(),
        false => parts.join("_"),
    }
}

#[cfg(test)]
mod tests {
    use super::value_of;

    #[test]
    fn an_answer_has_every_letter() {
        assert_eq!(value_of("very firm, پکا: <1|2>"), "very_firm_پکا_1_2");
        assert_eq!(value_of("|"), "answer");
    }
}
