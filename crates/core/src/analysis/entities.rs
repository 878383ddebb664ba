//! The entities of a document with their mentions, and suggestions which of them may be the
//! same.

use crate::analysis::case_folding::fold_case;
use crate::model::document::Document;
use crate::model::id::{Id, Slug};
use crate::sorted;
use crate::sorted::VecMap;

use std::rc::Rc;

/// An entity with all its mentions; or marks with the same words that mention no entity yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntityMentions {
    /// The entity; `None` for marks without one.
    pub entity: Option<Id>,
    /// The tag of all its marks.
    pub tag: Slug,
    /// The entity's name; for marks without one, the words of the first mark.
    pub name: String,
    /// All words that mention it in the article, each once, in the order of the text.
    pub called: Vec<String>,
    /// Its marks, in document order.
    pub marks: Vec<Id>,
}

/// The entities of a document. For each tag that has entities, in the order of the palette:
/// first those with mentions, in the order of their first mention, then those without.
#[must_use]
pub fn entities_of(document: &Document) -> Vec<EntityMentions> {
    let mut cast = Vec::new();
    for tag in document.codebook().tags().iter().filter(|tag| tag.is_cast) {
        let mut members: Vec<EntityMentions> = Vec::new();
        let mut by_entity: VecMap<Id, usize> = VecMap::new();
        let mut by_words: VecMap<String, usize> = VecMap::new();
        for mark in document
            .annotations()
            .iter()
            .filter(|mark| mark.tag == tag.id)
        {
            let words = mark.quote(document.article());
            let known = match mark.entity {
                Some(entity) => by_entity.get(&entity).copied(),
                None => by_words.get(&fold_case(&words)).copied(),
            };
            let index = known.unwrap_or(members.len());
            if known.is_none() {
                match mark.entity {
                    Some(entity) => by_entity.insert(entity, index),
                    None => by_words.insert(fold_case(&words), index),
                };
                let entity = document.member_of(mark);
                members.push(EntityMentions {
                    entity: mark.entity,
                    tag: tag.id.clone(),
                    name: entity.map_or_else(|| words.clone(), |entity| entity.name.clone()),
                    called: Vec::new(),
                    marks: Vec::new(),
                });
            }
            let member = &mut members[index];
            member.marks.push(mark.id);
            if !member.called.contains(&words) {
                member.called.push(words);
            }
        }
        let silent = document
            .entities()
            .iter()
            .filter(|entity| entity.tag == tag.id);
        for entity in silent.filter(|entity| !by_entity.contains_key(&entity.id)) {
            members.push(EntityMentions {
                entity: Some(entity.id),
                tag: tag.id.clone(),
                name: entity.name.clone(),
                called: Vec::new(),
                marks: Vec::new(),
            });
        }
        cast.extend(members);
    }
    cast
}

/// A suggestion that two entities may be the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// Index of the entity with the fuller name, which the other would join.
    pub one: usize,
    /// Index of the other entity.
    pub other: usize,
    /// The reason for the suggestion.
    pub why: SuggestionReason,
}

/// The reason why two entities may be the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SuggestionReason {
    /// They have the same name.
    SameName,
    /// One is an acronym of the other.
    Acronym,
    /// They have the same surname.
    Surname,
    /// All names of one are names of the other.
    Part,
}

impl SuggestionReason {
    /// The reason in words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::SameName => "the same words",
            Self::Acronym => "an acronym of the name",
            Self::Surname => "the same surname",
            Self::Part => "a part of the name",
        }
    }
}

/// A word that more than this many entities have in their names does not identify anyone.
const COMMON: usize = 24;

/// Pairs of entities that may be the same. Each pair is listed once, both have the same tag, and
/// the pairs are in the order of `cast`.
#[must_use]
pub fn suggestions(document: &Document, cast: &[EntityMentions]) -> Vec<Suggestion> {
    let names: Vec<Vec<Name>> = cast
        .iter()
        .map(|member| names_of(document, member))
        .collect();
    let mut found: Vec<Suggestion> = Vec::new();
    // Only entities that share a key are compared.
    for (key, bearers) in &bearers_by_key(&names) {
        if bearers.len() > COMMON && !key.ends_with('.') && !key.starts_with('=') {
            continue;
        }
        let is_letter = key.ends_with('.');
        for (number, &a) in bearers.iter().enumerate() {
            for &b in &bearers[number + 1..] {
                if cast[a].tag != cast[b].tag || is_letter && !has_acronym(&names[a], &names[b]) {
                    continue;
                }
                let Some(why) = why(&names[a], &names[b]) else {
                    continue;
                };
                let (one, other) = if is_fuller(&cast[b], &cast[a]) {
                    (b, a)
                } else {
                    (a, b)
                };
                let suggestion = Suggestion { one, other, why };
                if !found
                    .iter()
                    .any(|earlier| (earlier.one, earlier.other) == (one, other))
                {
                    found.push(suggestion);
                }
            }
        }
    }
    sorted::collect_sorted(found, |a, b| (a.one, a.other).cmp(&(b.one, b.other)))
}

/// The names of an entity, each once, with its main name first.
fn names_of(document: &Document, member: &EntityMentions) -> Vec<Name> {
    let entity = member.entity.and_then(|id| document.entity(id));
    let aliases = entity.map(|entity| entity.aliases.as_slice());
    let mut all = vec![Name::new(&member.name)];
    for name in member.called.iter().chain(aliases.unwrap_or_default()) {
        let name = Name::new(name);
        if !all.contains(&name) {
            all.push(name);
        }
    }
    all
}

/// The indices of the entities that have a key in one of their names. Keys are the words of a
/// name, its first letter with a full stop (to find acronyms), and `=` with the whole name.
fn bearers_by_key(names: &[Vec<Name>]) -> VecMap<Rc<str>, Vec<usize>> {
    let mut bearers: VecMap<Rc<str>, Vec<usize>> = VecMap::new();
    for (index, names) in names.iter().enumerate() {
        for name in names {
            let letter = name.initials.first().map(|letter| format!("{letter}."));
            // The whole name matches in any script and however common it is.
            let whole: Rc<str> = format!("={}", name.folded).into();
            let keys = name.words.iter().cloned().chain(letter.map(Into::into));
            let keys = keys.chain([whole]);
            for key in keys {
                let bearers = bearers.or_default(key);
                if bearers.last() != Some(&index) {
                    bearers.push(index);
                }
            }
        }
    }
    bearers
}

/// Whether `a` has the better claim to keep its name: an entity before marks without one, then
/// the longer name.
fn is_fuller(a: &EntityMentions, b: &EntityMentions) -> bool {
    let fullness = |member: &EntityMentions| (member.entity.is_some(), member.name.chars().count());
    fullness(a) > fullness(b)
}

/// A name divided into what is compared.
#[derive(PartialEq, Eq)]
struct Name {
    /// Its words that begin with a capital letter, in lower case; all words in a script without
    /// capitals.
    words: Vec<Rc<str>>,
    /// The first letter of each word, in lower case.
    initials: Vec<char>,
    /// Its letters in lower case, if the name is an acronym.
    acronym: Option<String>,
    /// The whole name, folded for comparison.
    folded: String,
    /// The letters of each word, in lower case.
    letters: Vec<String>,
}

impl Name {
    fn new(name: &str) -> Self {
        let trim = |word: &str| -> String {
            let word = word.trim_matches(|char: char| !char.is_alphanumeric());
            word.trim_end_matches("’s")
                .trim_end_matches("'s")
                .to_owned()
        };
        let parts =
            name.split(|char: char| char.is_whitespace() || matches!(char, '-' | '‑' | '–'));
        let parts: Vec<String> = parts.map(trim).filter(|word| !word.is_empty()).collect();
        let lower = |word: &str| {
            word.chars()
                .flat_map(char::to_lowercase)
                .collect::<String>()
        };
        let is_name = |word: &&String| {
            let first = word.chars().next();
            first.is_some_and(|first| !first.is_lowercase() && first.is_alphabetic())
        };
        let words = parts.iter().filter(is_name);
        let letters: Vec<String> = parts.iter().map(|word| lower(word)).collect();
        let dotless: Vec<String> = parts.iter().map(|word| word.replace('.', "")).collect();
        let acronym = match dotless.as_slice() {
            [only]
                if (2..=8).contains(&only.chars().count())
                    && only.chars().all(char::is_uppercase) =>
            {
                Some(lower(only))
            }
            _ => None,
        };
        Self {
            words: words.map(|word| lower(word).into()).collect(),
            initials: letters
                .iter()
                .filter_map(|word| word.chars().next())
                .collect(),
            acronym,
            folded: fold_case(name),
            letters,
        }
    }

    /// Whether `acronym` stands for this name: its letters occur in order, and every word with a
    /// capital letter contributes its first.
    fn is_called(&self, acronym: &str) -> bool {
        if self.letters.len() < 2 {
            return false;
        }
        let mut left = acronym.chars().peekable();
        for word in &self.letters {
            let mut letters = word.chars();
            let first = letters.next();
            let is_name = self.words.iter().any(|name| **name == **word);
            if left.peek().copied() == first {
                left.next();
                // A long word may contribute more than one letter: GHQ of General Headquarters.
                while let Some(next) = left.peek() {
                    let is_of_the_next = self
                        .letters
                        .iter()
                        .any(|other| other != word && other.starts_with(*next));
                    if is_of_the_next || !letters.any(|letter| letter == *next) {
                        break;
                    }
                    left.next();
                }
            } else if is_name {
                return false;
            }
        }
        left.next().is_none()
    }
}

fn has_acronym(a: &[Name], b: &[Name]) -> bool {
    let calls = |short: &[Name], long: &[Name]| {
        let mut acronyms = short.iter().filter_map(|name| name.acronym.as_deref());
        acronyms.any(|acronym| long.iter().any(|name| name.is_called(acronym)))
    };
    calls(a, b) || calls(b, a)
}

fn why(a: &[Name], b: &[Name]) -> Option<SuggestionReason> {
    let pairs = || a.iter().flat_map(|a| b.iter().map(move |b| (a, b)));
    if pairs().any(|(a, b)| a.folded == b.folded) {
        return Some(SuggestionReason::SameName);
    }
    if has_acronym(a, b) {
        return Some(SuggestionReason::Acronym);
    }
    let surname = |name: &Name| {
        let last = name.words.last().cloned();
        last.filter(|last| {
            last.chars().count() > 2 && name.letters.last().is_some_and(|word| **word == **last)
        })
    };
    let is_long = |name: &Name| name.words.len() > 1;
    if pairs().any(|(a, b)| {
        (is_long(a) || is_long(b)) && surname(a).is_some() && surname(a) == surname(b)
    }) {
        return Some(SuggestionReason::Surname);
    }
    let holds = |long: &Name, short: &Name| {
        let mut words = short.words.iter();
        long.words.len() > short.words.len()
            && !short.words.is_empty()
            && short.words.iter().any(|word| word.chars().count() > 2)
            && words.all(|word| long.words.contains(word))
    };
    pairs()
        .any(|(a, b)| holds(a, b) || holds(b, a))
        .then_some(SuggestionReason::Part)
}
