//! Names as the grammar of a format can write them.
//!
//! - Two names are never written alike.
//! - What a grammar allows stays. Letters of another script than a grammar's do not become
//!   signs: the id of the thing stands for its name, or a word with a number.
//! - A writer and what tells its losses make the same names, as they see the same documents.

use crate::catalogue::Options;
use crate::naming::stems::{Folded, without_space};
use crate::projection::spans::Projection;
use pullquote_core::model::id::Slug;
use pullquote_core::model::value::{Attribute, AttributeKind, Value};
use pullquote_core::sorted::VecMap;

use std::rc::Rc;

/// What a format allows in a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Grammar {
    /// Everything that is a label.
    Any,
    /// No white space.
    Word,
    /// The same for relations alone; tags may have any name.
    RelationWord,
    /// Letters and digits of ASCII, `-` and `_`: brat's configuration makes signs of all else.
    Ascii,
    /// Capitals of ASCII and `_`: spaCy's reader of CoNLL-U keeps no more of a label.
    Capitals,
}

impl Grammar {
    fn of(format: &str) -> Self {
        match format {
            "conll2003" | "iob2" | "bioes" | "bilou" | "hf" | "parquet" => Self::Word,
            "brat" => Self::Ascii,
            "conllu" => Self::Capitals,
            "tei" => Self::RelationWord,
            _ => Self::Any,
        }
    }

    fn suffix(self, number: usize) -> String {
        match self {
            Self::Capitals => letters(number),
            _ => format!("_{number}"),
        }
    }

    /// The name as it can be written; `None` where letters of it cannot be.
    fn folded(self, name: &str) -> Option<String> {
        match self {
            Self::Any => Some(name.to_owned()),
            Self::Word | Self::RelationWord => Some(without_space(name)),
            Self::Ascii => ascii(name),
            Self::Capitals => ascii(name).and_then(|name| capitals(&name)),
        }
    }
}

/// Names that were written so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Naming {
    grammar: Grammar,
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
    pub(crate) fn of(format: &str, options: &Options) -> Self {
        let mut naming = Self {
            grammar: Grammar::of(format),
            tags: Folded::default(),
            others: Folded::default(),
            fields: Vec::new(),
        };
        let grammar = naming.grammar;
        for label in &options.labels {
            if let Some(folded) = grammar.folded(label).filter(|it| !it.is_empty()) {
                let suffix = |number| grammar.suffix(number);
                naming.tags.of(label, |_| folded.clone(), suffix);
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
                Grammar::RelationWord => Grammar::Any,
                grammar => grammar,
            };
            written(&mut self.tags, grammar, label, instead)
        });
        let tags: Vec<String> = tags.collect();
        let relations = labelled.kinds.iter().zip(book.relations());
        let relations = (1..).zip(relations).map(|(number, (label, kind))| {
            let instead = [kind.id.as_str().to_owned(), format!("relation_{number}")];
            let name = match self.grammar {
                // One list has the shown names of tags and relations.
                Grammar::Ascii => written(&mut self.tags, self.grammar, label, instead),
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
                .of(word, value_of, |number| format!("_{number}"));
        }
        let word = choice.map(|word| field.words.of(word, value_of, |_| String::new()));
        Some((field, word))
    }

    /// The fields that were answered, as they came.
    pub(crate) fn fields(&self) -> &[Field] {
        &self.fields
    }
}

/// How a name is written: as it is folded, or what stands instead of it.
fn written(known: &mut Folded, grammar: Grammar, label: &str, instead: [String; 2]) -> String {
    let has_any = |name: &String| !name.is_empty();
    let fold = |label: &str| {
        let all = [label, &instead[0], &instead[1]];
        let mut folded = all.into_iter().filter_map(|it| grammar.folded(it));
        folded.find(has_any).unwrap_or_default()
    };
    known.of(label, fold, |number| grammar.suffix(number))
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

/// Letters with a mark, or two in one, and how ASCII has them.
const LATIN: [(&str, &str); 44] = [
    ("ÀÁÂÃÅĀĂĄǍ", "A"),
    ("àáâãåāăąǎ", "a"),
    ("ÇĆĈĊČ", "C"),
    ("çćĉċč", "c"),
    ("ÐĎĐ", "D"),
    ("ðďđ", "d"),
    ("ÈÉÊËĒĔĖĘĚ", "E"),
    ("èéêëēĕėęě", "e"),
    ("ĜĞĠĢ", "G"),
    ("ĝğġģ", "g"),
    ("ĤĦ", "H"),
    ("ĥħ", "h"),
    ("ÌÍÎÏĨĪĬĮİ", "I"),
    ("ìíîïĩīĭįı", "i"),
    ("Ĵ", "J"),
    ("ĵ", "j"),
    ("Ķ", "K"),
    ("ķ", "k"),
    ("ĹĻĽĿŁ", "L"),
    ("ĺļľŀł", "l"),
    ("ÑŃŅŇ", "N"),
    ("ñńņň", "n"),
    ("ÒÓÔÕŌŎŐØ", "O"),
    ("òóôõōŏőø", "o"),
    ("ŔŖŘ", "R"),
    ("ŕŗř", "r"),
    ("ŚŜŞŠȘ", "S"),
    ("śŝşšș", "s"),
    ("ŢŤŦȚ", "T"),
    ("ţťŧț", "t"),
    ("ÙÚÛŨŪŬŮŰŲ", "U"),
    ("ùúûũūŭůűų", "u"),
    ("ŴÝŶŸ", "Y"),
    ("ýÿŷ", "y"),
    ("ŹŻŽ", "Z"),
    ("źżž", "z"),
    ("ÄÆ", "Ae"),
    ("äæ", "ae"),
    ("ÖŒ", "Oe"),
    ("öœ", "oe"),
    ("Ü", "Ue"),
    ("ü", "ue"),
    ("ßſ", "ss"),
    ("Þþ", "th"),
];

/// The name in letters and digits of ASCII, `-` and `_`; `None` where it has other letters.
fn ascii(name: &str) -> Option<String> {
    let mut out = String::new();
    for char in name.chars() {
        match char {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '_' | '-' => out.push(char),
            // An accent that is a character of its own.
            '\u{300}'..='\u{36F}' => {}
            char => match LATIN.iter().find(|(letters, _)| letters.contains(char)) {
                Some((_, ascii)) => out.push_str(ascii),
                None if char.is_alphanumeric() => return None,
                None if out.ends_with('_') => {}
                None => out.push('_'),
            },
        }
    }
    let is_replaced = |char: char| char == '_';
    let bare = match name.starts_with('_') || name.ends_with('_') {
        true => out.as_str(),
        false => out.trim_matches(is_replaced),
    };
    // Hyphens alone are a line between others in brat's configuration.
    let has_letter = bare.contains(|char: char| char.is_ascii_alphanumeric());
    Some(if has_letter {
        bare.to_owned()
    } else {
        String::new()
    })
}

/// The same in capitals of ASCII and `_`.
fn capitals(name: &str) -> Option<String> {
    let name = name.to_ascii_uppercase();
    let words = name.split(|char: char| !char.is_ascii_uppercase());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    Some(words.join("_"))
}

fn letters(number: usize) -> String {
    let letter = |number: usize| char::from(b'A' + (number % 26) as u8);
    let mut letters = String::from("_");
    let mut rest = number;
    while rest > 0 {
        letters.push(letter(rest - 1));
        rest /= 27;
    }
    letters
}

#[cfg(test)]
mod tests {
    use super::{Grammar, value_of};

    #[track_caller]
    fn check(grammar: Grammar, name: &str, expected: Option<&str>) {
        assert_eq!(grammar.folded(name).as_deref(), expected, "{name}");
    }

    #[test]
    fn brat_has_letters_of_ascii_and_none_of_another_script() {
        check(Grammar::Ascii, "Vague promise", Some("Vague_promise"));
        check(
            Grammar::Ascii,
            "Évènement e\u{301}lan",
            Some("Evenement_elan"),
        );
        check(Grammar::Ascii, "🚜 farm – (old)", Some("farm_old"));
        check(Grammar::Ascii, "_a_ - b", Some("_a_-_b"));
        check(Grammar::Ascii, "رہنما", None);
        check(Grammar::Ascii, "Actor 指導者", None);
        check(Grammar::Ascii, "🚜", Some(""));
        check(Grammar::Ascii, "---", Some(""));
    }

    #[test]
    fn conllu_has_capitals() {
        check(Grammar::Capitals, "Vague promise", Some("VAGUE_PROMISE"));
        check(Grammar::Capitals, "Phase 2 (of 3)", Some("PHASE_OF"));
        check(Grammar::Capitals, "42", Some(""));
        check(Grammar::Capitals, "رہنما", None);
    }

    #[test]
    fn columns_have_every_letter_and_no_space() {
        check(Grammar::Word, "Vague\u{a0} promise", Some("Vague_promise"));
        check(Grammar::Word, "رہنما اول", Some("رہنما_اول"));
    }

    #[test]
    fn an_answer_has_every_letter() {
        assert_eq!(value_of("very firm, پکا: <1|2>"), "very_firm_پکا_1_2");
        assert_eq!(value_of("|"), "answer");
    }
}
