//! Changes of a codebook, as a person makes them.

use pullquote_core::analysis::case_folding::fold_case;
use pullquote_core::edit::commands::recoding::{Recoding, RenamedOption};
use pullquote_core::edit::step_name::CodebookChange;
use pullquote_core::model::codebook::{Codebook, RelationKind, Tag};
use pullquote_core::model::error::ModelError;
use pullquote_core::model::id::Slug;
use pullquote_core::model::value::{Attribute, AttributeKind};

use std::rc::Rc;
use thiserror::Error;

/// One change of a codebook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CodebookEdit {
    /// It is called so, in this version, with this guide.
    About(String, String, String),
    /// A new tag of this name; `true`: though its name is nearly that of another.
    NewTag(String, bool),
    /// The tag of this id is so.
    Tag(Box<Tag>),
    /// A tag goes to this place of the palette.
    MoveTag(Slug, usize),
    /// A tag goes, with its marks.
    DeleteTag(Slug),
    /// The first tag goes; its marks get the second.
    MergeTags(Slug, Slug),
    /// A new relation kind of this name.
    NewRelation(String),
    /// The relation kind of this id is so.
    Relation(RelationKind),
    /// A relation kind goes to this place among the others.
    MoveRelation(Slug, usize),
    /// A relation kind goes, with its relations.
    DeleteRelation(Slug),
    /// What is asked of the whole article.
    Questions(Vec<Attribute>),
    /// Another codebook takes the place of this one.
    Use(Rc<Codebook>),
}

/// A codebook that was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditedCodebook {
    /// The codebook, with what is named otherwise in it.
    pub recoding: Recoding,
    /// The name of a tag that the changed one is nearly called.
    pub near: Option<String>,
    /// What was changed, for the step's name.
    pub step: CodebookChange,
}

/// Why a change of a codebook was not made.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum CodebookEditError {
    /// This tag has nearly the same name: the user may mean it.
    #[error("the tag {0} has nearly the same name")]
    Near(Slug),
    /// Nothing would change.
    #[error("nothing would change")]
    Same,
    /// The name is empty.
    #[error("the name is empty")]
    NoName(CodebookItem),
    /// Another tag has the key.
    #[error("the key {key} is used by the tag {tag}")]
    KeyTaken {
        /// The key.
        key: char,
        /// The name of the other tag.
        tag: String,
    },
    /// The key is not a letter.
    #[error("the key is not a letter")]
    KeyIsNoLetter,
    /// A relation needs a tag, and there is none.
    #[error("the codebook has no tags")]
    NoTags,
    /// The relation has no name, or no tag at one of its ends.
    #[error("the relation has no name, or no tag at one end")]
    RelationIncomplete,
    /// The changed codebook is not valid.
    #[error(transparent)]
    Model(#[from] ModelError),
}

/// Something in a codebook that has a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodebookItem {
    /// The codebook itself.
    Codebook,
    /// A tag.
    Tag,
    /// A relation kind.
    Relation,
}

impl CodebookEdit {
    /// The codebook with this change.
    pub fn apply(&self, book: &Codebook) -> Result<EditedCodebook, CodebookEditError> {
        let mut merged = Vec::new();
        let mut renamed = Vec::new();
        let mut near_name = None;
        let tag_of = |id: &Slug| book.tag(id).ok_or_else(|| ModelError::NoTag(id.clone()));
        let (changed, step) = match self {
            Self::About(name, version, guide) => {
                let mut changed = book.clone();
                if name.trim().is_empty() {
                    return Err(CodebookEditError::NoName(CodebookItem::Codebook));
                }
                name.trim().clone_into(&mut changed.name);
                version.trim().clone_into(&mut changed.version);
                guide.trim().clone_into(&mut changed.guide);
                (changed, CodebookChange::Describe)
            }
            Self::NewTag(name, sure) => {
                let name = name.trim();
                if name.is_empty() {
                    return Err(CodebookEditError::NoName(CodebookItem::Tag));
                }
                if let Some(near) = near(book.tags(), name).filter(|_| !sure) {
                    return Err(CodebookEditError::Near(near.id.clone()));
                }
                let tag = book.new_tag(name)?;
                let place = book.tags().len();
                (
                    book.with_tag(tag, place)?,
                    CodebookChange::NewTag(name.to_owned()),
                )
            }
            Self::Tag(tag) => {
                let place = book.place_of(&tag.id);
                let place = place.ok_or_else(|| ModelError::NoTag(tag.id.clone()))?;
                if tag.name.trim().is_empty() {
                    return Err(CodebookEditError::NoName(CodebookItem::Tag));
                }
                if let Some(key) = tag.key
                    && let Some(other) = book.tag_of_key(key).filter(|other| other.id != tag.id)
                {
                    let tag = other.name.clone();
                    return Err(CodebookEditError::KeyTaken { key, tag });
                }
                if tag.key.is_some_and(|key| !key.is_alphabetic()) {
                    return Err(CodebookEditError::KeyIsNoLetter);
                }
                let old = &book.tags()[place];
                renamed = respelled(old, tag);
                if old.name != tag.name.trim() {
                    let others = book.tags().iter().filter(|other| other.id != tag.id);
                    let others: Vec<Rc<Tag>> = others.cloned().collect();
                    near_name = near(&others, &tag.name).map(|other| other.name.clone());
                }
                let mut changed = (**tag).clone();
                changed.name = tag.name.trim().to_owned();
                (
                    book.with_tag(changed, place)?,
                    CodebookChange::ChangeTag(tag.name.clone()),
                )
            }
            Self::MoveTag(id, place) => {
                let tag = tag_of(id)?;
                let step = CodebookChange::MoveTag(tag.name.clone());
                (book.with_tag((**tag).clone(), *place)?, step)
            }
            Self::DeleteTag(id) => {
                let step = CodebookChange::DeleteTag(tag_of(id)?.name.clone());
                (book.dissolving(id, None)?, step)
            }
            Self::MergeTags(from, to) if from == to => return Err(CodebookEditError::Same),
            Self::MergeTags(from, to) => {
                let step = CodebookChange::MergeTags {
                    from: tag_of(from)?.name.clone(),
                    to: tag_of(to)?.name.clone(),
                };
                merged.push((from.clone(), to.clone()));
                (book.dissolving(from, Some(to))?, step)
            }
            Self::NewRelation(name) => {
                let name = name.trim();
                if name.is_empty() {
                    return Err(CodebookEditError::NoName(CodebookItem::Relation));
                }
                let Some(first) = book.tags().first() else {
                    return Err(CodebookEditError::NoTags);
                };
                let taken = |id: &Slug| book.relation(id).is_some();
                let mut kinds = book.relations().to_vec();
                kinds.push(RelationKind {
                    id: Slug::for_name(name, taken)?,
                    name: name.to_owned(),
                    from: vec![first.id.clone()],
                    to: vec![first.id.clone()],
                    required: false,
                });
                (
                    book.with_relations(kinds)?,
                    CodebookChange::NewRelation(name.to_owned()),
                )
            }
            Self::Relation(kind) => {
                if kind.name.trim().is_empty() || kind.from.is_empty() || kind.to.is_empty() {
                    return Err(CodebookEditError::RelationIncomplete);
                }
                let mut kinds = book.relations().to_vec();
                if let Some(old) = kinds.iter_mut().find(|other| other.id == kind.id) {
                    *old = kind.clone();
                }
                let step = CodebookChange::ChangeRelation(kind.name.clone());
                (book.with_relations(kinds)?, step)
            }
            Self::MoveRelation(id, place) => {
                let mut kinds = book.relations().to_vec();
                let at = kinds.iter().position(|kind| kind.id == *id);
                let at = at.ok_or_else(|| ModelError::NoRelationKind(id.clone()))?;
                let kind = kinds.remove(at);
                let step = CodebookChange::MoveRelation(kind.name.clone());
                kinds.insert((*place).min(kinds.len()), kind);
                (book.with_relations(kinds)?, step)
            }
            Self::DeleteRelation(id) => {
                let kind = book.relation(id);
                let kind = kind.ok_or_else(|| ModelError::NoRelationKind(id.clone()))?;
                let step = CodebookChange::DeleteRelation(kind.name.clone());
                let kinds = book.relations().iter().filter(|other| other.id != *id);
                (book.with_relations(kinds.cloned().collect())?, step)
            }
            Self::Questions(questions) => {
                let changed = book.with_questions(questions.clone())?;
                (changed, CodebookChange::ChangeQuestions)
            }
            Self::Use(other) => {
                let step = CodebookChange::Use(other.name.clone());
                (Codebook::clone(other), step)
            }
        };
        if changed == *book {
            return Err(CodebookEditError::Same);
        }
        Ok(EditedCodebook {
            recoding: Recoding {
                merged,
                renamed,
                ..Recoding::to(changed)
            },
            near: near_name,
            step,
        })
    }
}

/// A new attribute of this name, asking for text.
///
/// Errors: no letter in the name that an id may have.
pub fn new_attribute(siblings: &[Attribute], name: &str) -> Result<Attribute, ModelError> {
    let taken = |id: &Slug| siblings.iter().any(|other| other.id == *id);
    Ok(Attribute {
        id: Slug::for_name(name, taken)?,
        name: name.trim().to_owned(),
        help: String::new(),
        kind: AttributeKind::Text,
        required: false,
    })
}

/// A tag whose name is nearly this: the same but for case, a plural, or one letter.
fn near<'a>(tags: &'a [Rc<Tag>], name: &str) -> Option<&'a Rc<Tag>> {
    let plain = |name: &str| -> Vec<char> {
        let fold_case = fold_case(name);
        let letters = fold_case.chars().filter(|char| char.is_alphanumeric());
        letters.collect()
    };
    let wanted = plain(name);
    let is_near = |tag: &&Rc<Tag>| {
        let other = plain(&tag.name);
        let most = usize::from(wanted.len().min(other.len()) > 3);
        distance(&wanted, &other) <= most
    };
    tags.iter().find(is_near)
}

/// The words of lists in which all but one word are as before, at its place.
fn respelled(old: &Tag, new: &Tag) -> Vec<RenamedOption> {
    let words = |kind: &AttributeKind| match kind {
        AttributeKind::OneOf(words) | AttributeKind::ManyOf(words) => words.clone(),
        _ => Vec::new(),
    };
    let mut renamed = Vec::new();
    for attribute in &new.attributes {
        let Some(before) = old.attributes.iter().find(|it| it.id == attribute.id) else {
            continue;
        };
        let (before, after) = (words(&before.kind), words(&attribute.kind));
        let differing: Vec<usize> = (0..before.len().min(after.len()))
            .filter(|place| before[*place] != after[*place])
            .collect();
        if let ([place], true) = (differing.as_slice(), before.len() == after.len()) {
            renamed.push(RenamedOption {
                tag: new.id.clone(),
                attribute: attribute.id.clone(),
                from: before[*place].clone(),
                to: after[*place].clone(),
            });
        }
    }
    renamed
}

/// How many letters must be put in, taken out or changed to make one word into the other.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, letter) in a.iter().enumerate() {
        let mut corner = i;
        row[0] = i + 1;
        for (j, other) in b.iter().enumerate() {
            let changed = corner + usize::from(letter != other);
            corner = row[j + 1];
            row[j + 1] = changed.min(corner + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]
mod tests {
    use super::{CodebookEdit, CodebookEditError, distance};
    use pullquote_core::model::codebook::Codebook;
    use pullquote_core::model::id::Slug;

    #[test]
    fn words_have_a_distance() {
        let of = |a: &str, b: &str| {
            let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
            distance(&a, &b)
        };
        assert_eq!(
            (
                of("actor", "actors"),
                of("actor", "factor"),
                of("place", "palace")
            ),
            (1, 1, 1)
        );
        assert_eq!((of("", "abc"), of("event", "actor")), (3, 5));
    }

    #[test]
    fn a_tag_that_is_nearly_there_is_asked_about() {
        let book = Codebook::news();
        let near = |name: &str| CodebookEdit::NewTag(name.to_owned(), false).apply(&book);
        for name in ["actors", "ACTOR ", "Comitment", "events"] {
            assert!(
                matches!(near(name), Err(CodebookEditError::Near(_))),
                "{name}"
            );
        }
        let edited = near("Weather").unwrap();
        let tag = edited.recoding.codebook.tags().last().unwrap();
        assert_eq!((tag.name.as_str(), tag.key), ("Weather", Some('w')));
        assert!(book.tags().iter().all(|other| other.colour != tag.colour));
        let sure = CodebookEdit::NewTag("Actors".to_owned(), true)
            .apply(&book)
            .unwrap();
        let tag = sure.recoding.codebook.tags().last().unwrap();
        assert_eq!((tag.id.as_str(), tag.key), ("actors", Some('t')));
    }

    #[test]
    fn a_merged_tag_leaves_its_relations_to_the_other() {
        let book = Codebook::news();
        let slug = |text: &str| -> Slug { text.parse().unwrap() };
        let edit = CodebookEdit::MergeTags(slug("actor"), slug("place"));
        let edited = edit.apply(&book).unwrap();
        assert_eq!(edited.recoding.codebook.tags().len(), 3);
        assert_eq!(
            edited.recoding.codebook.relations().len(),
            book.relations().len()
        );
        let made_by = edited.recoding.codebook.relation(&slug("made-by")).unwrap();
        assert_eq!(made_by.to, [slug("place")]);
        assert_eq!(edited.recoding.merged, [(slug("actor"), slug("place"))]);
        let gone = CodebookEdit::DeleteTag(slug("commitment"))
            .apply(&book)
            .unwrap();
        assert_eq!(gone.recoding.codebook.relations().len(), 6);
        let twice = CodebookEdit::MoveTag(slug("actor"), 0).apply(&book);
        assert_eq!(twice, Err(CodebookEditError::Same));
    }
}
