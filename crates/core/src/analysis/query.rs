//! Searching the marks.

use crate::analysis::case_folding::fold_case;
use crate::analysis::completeness::Links;
use crate::model::annotation::Annotation;
use crate::model::document::Document;
use crate::model::id::Slug;
use crate::model::value::in_words;
use crate::text::shortened::one_line;

/// A search: a mark fits if all terms are true of it.
///
/// A term is a word, or words in quotation marks, to be found anywhere in the mark's texts; or
/// `tag:`, `note:`, `coder:`, `cast:` or the name of an attribute with a colon and what it
/// should hold; or `is:flagged`, `is:incomplete`; or `has no …` or `no:…` with what the mark
/// should lack: a note, an answer, a relation, an entity.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    words: Vec<String>,
    terms: Vec<Term>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Term {
    /// The field with this name contains this value.
    Holds {
        name: String,
        value: String,
    },
    /// The mark lacks this; `written` is the term as typed.
    Lacks {
        what: String,
        written: String,
    },
    Flagged,
    Incomplete,
}

/// One condition of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum QueryTerm {
    /// The field contains the value.
    Holds {
        /// The name of the field, as in the codebook.
        field: String,
        /// The value, in lower case.
        value: String,
    },
    /// The mark lacks the thing with this name.
    Lacks(String),
    /// The mark is flagged.
    Flagged,
    /// The mark lacks something that is required.
    Incomplete,
    /// These words occur in the mark's texts.
    Words(String),
    /// Like `Words`; it was typed like a field, but no field has this name.
    NoField {
        /// The words, in lower case.
        words: String,
        /// The name that was typed as a field.
        field: String,
    },
}

impl QueryTerm {
    /// Whether the term applies only to marks and not to the text.
    #[must_use]
    pub fn is_filter(&self) -> bool {
        !matches!(self, Self::Words(_) | Self::NoField { .. })
    }
}

impl Query {
    /// Parses a query.
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
                Some(("no", what)) => query.terms.push(Term::Lacks {
                    what: bare(what),
                    written: bare(&term),
                }),
                Some((name, value)) => {
                    query.terms.push(Term::Holds {
                        name: bare(name),
                        value: bare(value),
                    });
                }
                None => query.words.push(bare(&term)),
            }
        }
        if let Some(what) = lacks.filter(|what| !what.is_empty()) {
            query.terms.push(Term::Lacks {
                what: bare(what),
                written: format!("has no {}", bare(what)),
            });
        }
        query.words.retain(|word| !word.is_empty());
        query
    }

    /// Whether the query has no terms.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty() && self.terms.is_empty()
    }

    /// The conditions that it means in this document: filters first, then words.
    #[must_use]
    pub fn asked(&self, document: &Document) -> Vec<QueryTerm> {
        let terms = self.terms.iter().map(|term| term.asked(document));
        let words = self.words.iter().cloned().map(QueryTerm::Words);
        let mut asked: Vec<QueryTerm> = terms.chain(words).collect();
        asked.sort_by_key(|asked| !asked.is_filter());
        asked
    }

    /// Whether the mark fits. `known` must be its [`searchable_text`].
    #[must_use]
    pub fn fits(&self, document: &Document, links: &Links, mark: &Annotation, known: &str) -> bool {
        self.words.iter().all(|word| known.contains(word.as_str()))
            && self
                .terms
                .iter()
                .all(|term| term.fits(document, links, mark, known))
    }
}

/// All texts of a mark in lower case: its words, note, tag, answers and entity.
#[must_use]
pub fn searchable_text(document: &Document, mark: &Annotation) -> String {
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

/// Splits a query at white space, but not inside quotation marks.
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
            Self::Flagged => mark.flagged,
            Self::Incomplete => !links.gaps(document, mark).is_empty(),
            Self::Holds { name, value } if field(document, name).is_none() => {
                known.contains(&format!("{name}:{value}"))
            }
            Self::Holds { name, value } => holds(document, links, mark, name, value),
            Self::Lacks { what, written } if lackable(document, what).is_none() => {
                known.contains(written.as_str())
            }
            Self::Lacks { what, .. } => lacks(document, links, mark, what),
        }
    }

    /// What the term means in this document. If no field has its name, as in "10:30", the term
    /// is words.
    fn asked(&self, document: &Document) -> QueryTerm {
        match self {
            Self::Flagged => QueryTerm::Flagged,
            Self::Incomplete => QueryTerm::Incomplete,
            Self::Holds { name, value } => match field(document, name) {
                Some(field) => QueryTerm::Holds {
                    field: field.to_owned(),
                    value: value.clone(),
                },
                None => QueryTerm::NoField {
                    words: format!("{name}:{value}"),
                    field: name.clone(),
                },
            },
            Self::Lacks { what, written } => match lackable(document, what) {
                Some(what) => QueryTerm::Lacks(what.to_owned()),
                None => QueryTerm::Words(written.clone()),
            },
        }
    }
}

/// Whether `asked` is the id, the whole name or the first words of the name.
fn is_called(name: &str, id: &Slug, asked: &str) -> bool {
    let begins = |name: &str| {
        let rest = name.strip_prefix(asked);
        rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    };
    !asked.is_empty() && (begins(&fold_case(name)) || begins(&fold_case(id.as_str())))
}

/// The full name of the field called `name`; `None` if there is none.
fn field<'a>(document: &'a Document, name: &'a str) -> Option<&'a str> {
    match name {
        "tag" | "note" | "coder" | "cast" => Some(name),
        _ => in_codebook(document, name),
    }
}

/// The full name of the attribute or kind of relation called `name`.
fn in_codebook<'a>(document: &'a Document, name: &str) -> Option<&'a str> {
    let codebook = document.codebook();
    let attributes = codebook.tags().iter().flat_map(|tag| &tag.attributes);
    let attributes = attributes.map(|attribute| (&attribute.name, &attribute.id));
    let kinds = codebook
        .relations()
        .iter()
        .map(|kind| (&kind.name, &kind.id));
    let mut all = attributes.chain(kinds);
    let found = all.find(|(known, id)| is_called(known, id, name))?;
    Some(found.0)
}

/// The full name of the thing called `what` that a mark can lack.
fn lackable<'a>(document: &'a Document, what: &'a str) -> Option<&'a str> {
    match without_kind(what) {
        "note" | "cast" | "relation" | "relations" | "link" => Some(what),
        name => in_codebook(document, name),
    }
}

/// The `made by` of "relation made by".
fn without_kind(what: &str) -> &str {
    ["relation ", "link ", "answer to "]
        .iter()
        .find_map(|word| what.strip_prefix(word))
        .unwrap_or(what)
}

fn holds(document: &Document, links: &Links, mark: &Annotation, name: &str, value: &str) -> bool {
    let has = |text: &str| text.to_lowercase().contains(value);
    let tag = document.codebook().tag(&mark.tag);
    let is_field = match name {
        "tag" => tag.is_some_and(|tag| has(&tag.name) || has(tag.id.as_str())),
        "note" => has(&mark.note),
        "coder" => has(&mark.coder),
        "cast" => document.member_of(mark).is_some_and(|entity| {
            has(&entity.name) || entity.aliases.iter().any(|alias| has(alias))
        }),
        _ => false,
    };
    let attributes = tag.map(|tag| tag.attributes.as_slice()).unwrap_or_default();
    let is_answer = || {
        let asked = attributes
            .iter()
            .filter(|attribute| is_called(&attribute.name, &attribute.id, name));
        let mut answers = asked.filter_map(|attribute| mark.values.get(&attribute.id));
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

/// Whether the mark could have this thing but lacks it.
fn lacks(document: &Document, links: &Links, mark: &Annotation, what: &str) -> bool {
    let tag = document.codebook().tag(&mark.tag);
    let what = without_kind(what);
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
        .filter(|attribute| is_called(&attribute.name, &attribute.id, what));
    if asked.any(|attribute| mark.values.get(&attribute.id).is_none()) {
        return true;
    }
    let kinds = document.codebook().relations().iter();
    let mut kinds =
        kinds.filter(|kind| kind.from.contains(&mark.tag) && is_called(&kind.name, &kind.id, what));
    kinds.any(|kind| {
        !links
            .from(mark.id)
            .iter()
            .any(|relation| relation.kind == kind.id)
    })
}
