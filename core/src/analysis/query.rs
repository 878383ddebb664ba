//! What is asked of the marks in the search box.

use super::{Links, folded};
use crate::edit::in_words;
use crate::model::{Annotation, Document, Slug};
use crate::text::one_line;

/// What is searched for: every term must be true of a mark.
///
/// A term is a word or words in quotation marks, which stand somewhere in what is known of
/// the mark; `tag:`, `note:`, `coder:`, `cast:` or the name of an attribute with a colon and
/// what it should hold; `is:flagged`, `is:incomplete`; and `has no …` or `no:…` with what it
/// should lack: a note, an answer, a relation, a member of the cast.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    words: Vec<String>,
    terms: Vec<Term>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Term {
    /// This field holds this.
    Holds(String, String),
    /// It lacks this.
    Lacks(String),
    Flagged,
    Incomplete,
}

impl Query {
    /// The query that is written in `text`.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut query = Self::default();
        let lower = text.to_lowercase();
        let lower = lower.trim();
        let (asked, lacks) = match lower.find("has no ") {
            Some(at) if at == 0 || lower[..at].ends_with(' ') => {
                (&lower[..at], Some(lower[at + 7..].trim()))
            }
            _ => (lower, None),
        };
        for term in split(asked) {
            let field = term.split_once(':').filter(|(name, value)| {
                let is_plain = !term.starts_with('"') && !value.starts_with('/');
                is_plain && !name.is_empty() && !value.is_empty()
            });
            match field {
                Some(("is", "flagged")) => query.terms.push(Term::Flagged),
                Some(("is", "incomplete")) => query.terms.push(Term::Incomplete),
                Some(("no", what)) => query.terms.push(Term::Lacks(bare(what))),
                Some((name, value)) => {
                    query.terms.push(Term::Holds(bare(name), bare(value)));
                }
                None => query.words.push(bare(&term)),
            }
        }
        if let Some(what) = lacks.filter(|what| !what.is_empty()) {
            query.terms.push(Term::Lacks(bare(what)));
        }
        query.words.retain(|word| !word.is_empty());
        query
    }

    /// Whether it asks for nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty() && self.terms.is_empty()
    }

    /// Whether it is true of a mark, of which `known` is all that is known in lower case: see
    /// [`known_of`].
    #[must_use]
    pub fn fits(&self, document: &Document, links: &Links, mark: &Annotation, known: &str) -> bool {
        self.words.iter().all(|word| known.contains(word.as_str()))
            && self
                .terms
                .iter()
                .all(|term| term.fits(document, links, mark, known))
    }
}

/// All that is known of a mark, in lower case: its words, note, tag, answers, member of the
/// cast.
#[must_use]
pub fn known_of(document: &Document, mark: &Annotation) -> String {
    let tag = document.codebook().tag(&mark.tag);
    let mut known = mark.quote(document.article());
    let mut add = |more: &str| {
        if !more.is_empty() {
            known.push('\n');
            known.push_str(more);
        }
    };
    add(&one_line(&mark.note));
    add(tag.map(|tag| tag.name.as_str()).unwrap_or_default());
    for (_, value) in &mark.values {
        add(&in_words(value));
    }
    let entity = document.member_of(mark);
    add(entity
        .map(|entity| entity.name.as_str())
        .unwrap_or_default());
    add(&mark.coder);
    known.to_lowercase()
}

/// The terms: words, and stretches in quotation marks.
fn split(text: &str) -> Vec<String> {
    let mut terms = Vec::new();
    let mut term = String::new();
    let mut quoted = false;
    for char in text.chars() {
        match char {
            '"' | '“' | '”' => {
                quoted = !quoted;
                term.push('"');
            }
            char if char.is_whitespace() && !quoted => terms.push(std::mem::take(&mut term)),
            char => term.push(char),
        }
    }
    terms.push(term);
    terms.retain(|term| !term.is_empty());
    terms
}

fn bare(term: &str) -> String {
    term.replace('"', "")
}

impl Term {
    fn fits(&self, document: &Document, links: &Links, mark: &Annotation, known: &str) -> bool {
        match self {
            // What no field is called so is words with a colon: "10:30".
            Self::Holds(name, value) if !is_field(document, name) => {
                known.contains(&format!("{name}:{value}"))
            }
            Self::Flagged => mark.flagged,
            Self::Incomplete => !links.gaps(document, mark).is_empty(),
            Self::Holds(name, value) => holds(document, links, mark, name, value),
            Self::Lacks(what) => lacks(document, links, mark, what),
        }
    }
}

/// Whether what has this name and this id may be asked for so.
fn is_called(name: &str, id: &Slug, asked: &str) -> bool {
    folded(name).starts_with(asked) || folded(id.as_str()).starts_with(asked)
}

/// Whether something that is known of marks is called so.
fn is_field(document: &Document, name: &str) -> bool {
    let book = document.codebook();
    let mut attributes = book.tags().iter().flat_map(|tag| &tag.attributes);
    let mut kinds = book.relations().iter();
    ["tag", "note", "coder", "cast"].contains(&name)
        || attributes.any(|it| is_called(&it.name, &it.id, name))
        || kinds.any(|it| is_called(&it.name, &it.id, name))
}

fn holds(document: &Document, links: &Links, mark: &Annotation, name: &str, value: &str) -> bool {
    let has = |text: &str| text.to_lowercase().contains(value);
    let tag = document.codebook().tag(&mark.tag);
    let is_field = match name {
        "tag" => tag.is_some_and(|tag| has(&tag.name) || has(tag.id.as_str())),
        "note" => has(&mark.note),
        "coder" => has(&mark.coder),
        "cast" => document
            .member_of(mark)
            .is_some_and(|entity| has(&entity.name) || entity.aliases.iter().any(|it| has(it))),
        _ => false,
    };
    let attributes = tag.map(|tag| tag.attributes.as_slice()).unwrap_or_default();
    let is_answer = || {
        let asked = attributes
            .iter()
            .filter(|it| is_called(&it.name, &it.id, name));
        let mut answers = asked.filter_map(|it| mark.values.get(&it.id));
        answers.any(|answer| has(&in_words(answer)))
    };
    let is_link = || {
        links.from(mark.id).iter().any(|relation| {
            let kind = document.codebook().relation(&relation.kind);
            let other = document.annotation(relation.to);
            kind.is_some_and(|kind| is_called(&kind.name, &kind.id, name))
                && other.is_some_and(|other| {
                    has(&other.quote(document.article())) || {
                        let entity = document.member_of(other);
                        entity.is_some_and(|entity| has(&entity.name))
                    }
                })
        })
    };
    is_field || is_answer() || is_link()
}

/// Whether a mark that could have it has no such thing.
fn lacks(document: &Document, links: &Links, mark: &Annotation, what: &str) -> bool {
    let tag = document.codebook().tag(&mark.tag);
    let what = ["relation ", "link ", "answer to "]
        .iter()
        .find_map(|word| what.strip_prefix(word))
        .unwrap_or(what);
    match what {
        "note" => return mark.note.is_empty(),
        "cast" => return tag.is_some_and(|tag| tag.is_cast) && mark.entity.is_none(),
        "relation" | "relations" | "link" => {
            return links.from(mark.id).is_empty() && links.to(mark.id).is_empty();
        }
        _ => {}
    }
    let attributes = tag.map(|tag| tag.attributes.as_slice()).unwrap_or_default();
    let mut asked = attributes
        .iter()
        .filter(|it| is_called(&it.name, &it.id, what));
    if asked.any(|it| mark.values.get(&it.id).is_none()) {
        return true;
    }
    let kinds = document.codebook().relations().iter();
    let mut kinds =
        kinds.filter(|kind| kind.from.contains(&mark.tag) && is_called(&kind.name, &kind.id, what));
    kinds.any(|kind| !links.from(mark.id).iter().any(|it| it.kind == kind.id))
}
