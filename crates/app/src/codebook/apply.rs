//! Applies changes to a codebook.

use crate::codebook::codebook_edit::{
    CodebookEdit, CodebookEditError, CodebookItem, EditedCodebook,
};
use pullquote_core::analysis::case_folding::fold_case;
use pullquote_core::edit::commands::recoding::{Recoding, RenamedOption};
use pullquote_core::edit::step_name::CodebookChange;
use pullquote_core::model::codebook::{Codebook, RelationKind, Tag};
use pullquote_core::model::error::ModelError;
use pullquote_core::model::id::Slug;
use pullquote_core::model::value::AttributeKind;
use std::rc::Rc;

type Edited = Result<EditedCodebook, CodebookEditError>;

impl CodebookEdit {
    /// Applies the change to a codebook.
    ///
    /// Errors: nothing would change; the user has to be asked; or the codebook would not be valid.
    pub fn apply(&self, codebook: &Codebook) -> Edited {
        let edited = match self {
            Self::Describe {
                name,
                version,
                guide,
            } => describe(codebook, name, version, guide),
            Self::NewTag { name, confirmed } => new_tag(codebook, name.trim(), *confirmed),
            Self::ChangeTag(tag) => change_tag(codebook, tag),
            Self::MoveTag { tag, index } => {
                let tag = tag_of(codebook, tag)?;
                let step = CodebookChange::MoveTag(tag.name.clone());
                edited(codebook.with_tag((**tag).clone(), *index)?, step)
            }
            Self::DeleteTag(id) => {
                let step = CodebookChange::DeleteTag(tag_of(codebook, id)?.name.clone());
                edited(codebook.dissolving(id, None)?, step)
            }
            Self::MergeTags { from, into } => merge_tags(codebook, from, into),
            Self::NewRelation(name) => new_relation(codebook, name.trim()),
            Self::ChangeRelation(kind) => change_relation(codebook, kind),
            Self::MoveRelation { kind, index } => move_relation(codebook, kind, *index),
            Self::DeleteRelation(id) => delete_relation(codebook, id),
            Self::ChangeQuestions(questions) => edited(
                codebook.with_questions(questions.clone())?,
                CodebookChange::ChangeQuestions,
            ),
            Self::Use(other) => edited(
                Codebook::clone(other),
                CodebookChange::Use(other.name.clone()),
            ),
        }?;
        if edited.recoding.codebook == *codebook {
            return Err(CodebookEditError::Same);
        }
        Ok(edited)
    }
}

fn edited(codebook: Codebook, step: CodebookChange) -> Edited {
    Ok(EditedCodebook {
        recoding: Recoding::new(codebook),
        near: None,
        step,
    })
}

fn tag_of<'a>(codebook: &'a Codebook, id: &Slug) -> Result<&'a Rc<Tag>, ModelError> {
    let tag = codebook.tag(id);
    tag.ok_or_else(|| ModelError::NoTag(id.clone()))
}

fn describe(codebook: &Codebook, name: &str, version: &str, guide: &str) -> Edited {
    if name.trim().is_empty() {
        return Err(CodebookEditError::NoName(CodebookItem::Codebook));
    }
    let mut changed = codebook.clone();
    name.trim().clone_into(&mut changed.name);
    version.trim().clone_into(&mut changed.version);
    guide.trim().clone_into(&mut changed.guide);
    edited(changed, CodebookChange::Describe)
}

fn new_tag(codebook: &Codebook, name: &str, confirmed: bool) -> Edited {
    if name.is_empty() {
        return Err(CodebookEditError::NoName(CodebookItem::Tag));
    }
    if let Some(near) = near(codebook.tags(), name).filter(|_| !confirmed) {
        return Err(CodebookEditError::Near(near.id.clone()));
    }
    let tag = codebook.new_tag(name)?;
    let changed = codebook.with_tag(tag, codebook.tags().len())?;
    edited(changed, CodebookChange::NewTag(name.to_owned()))
}

fn change_tag(codebook: &Codebook, tag: &Tag) -> Edited {
    let index = codebook.index_of(&tag.id);
    let index = index.ok_or_else(|| ModelError::NoTag(tag.id.clone()))?;
    if tag.name.trim().is_empty() {
        return Err(CodebookEditError::NoName(CodebookItem::Tag));
    }
    if let Some(key) = tag.key
        && let Some(other) = codebook.tag_of_key(key)
        && other.id != tag.id
    {
        let tag = other.name.clone();
        return Err(CodebookEditError::KeyTaken { key, tag });
    }
    if tag.key.is_some_and(|key| !key.is_alphabetic()) {
        return Err(CodebookEditError::KeyIsNoLetter);
    }
    let old = &codebook.tags()[index];
    let mut near_name = None;
    if old.name != tag.name.trim() {
        let others = codebook.tags().iter().filter(|other| other.id != tag.id);
        let others: Vec<Rc<Tag>> = others.cloned().collect();
        near_name = near(&others, &tag.name).map(|other| other.name.clone());
    }
    let mut changed = tag.clone();
    changed.name = tag.name.trim().to_owned();
    Ok(EditedCodebook {
        recoding: Recoding {
            renamed: renamed_options(old, tag),
            ..Recoding::new(codebook.with_tag(changed, index)?)
        },
        near: near_name,
        step: CodebookChange::ChangeTag(tag.name.clone()),
    })
}

fn merge_tags(codebook: &Codebook, from: &Slug, into: &Slug) -> Edited {
    if from == into {
        return Err(CodebookEditError::Same);
    }
    let step = CodebookChange::MergeTags {
        from: tag_of(codebook, from)?.name.clone(),
        to: tag_of(codebook, into)?.name.clone(),
    };
    Ok(EditedCodebook {
        recoding: Recoding {
            merged: vec![(from.clone(), into.clone())],
            ..Recoding::new(codebook.dissolving(from, Some(into))?)
        },
        near: None,
        step,
    })
}

fn new_relation(codebook: &Codebook, name: &str) -> Edited {
    if name.is_empty() {
        return Err(CodebookEditError::NoName(CodebookItem::Relation));
    }
    let Some(first) = codebook.tags().first() else {
        return Err(CodebookEditError::NoTags);
    };
    let is_taken = |id: &Slug| codebook.relation(id).is_some();
    let mut kinds = codebook.relations().to_vec();
    kinds.push(RelationKind {
        id: Slug::for_name(name, is_taken)?,
        name: name.to_owned(),
        from: vec![first.id.clone()],
        to: vec![first.id.clone()],
        required: false,
    });
    let changed = codebook.with_relations(kinds)?;
    edited(changed, CodebookChange::NewRelation(name.to_owned()))
}

fn change_relation(codebook: &Codebook, kind: &RelationKind) -> Edited {
    if kind.name.trim().is_empty() || kind.from.is_empty() || kind.to.is_empty() {
        return Err(CodebookEditError::RelationIncomplete);
    }
    let mut kinds = codebook.relations().to_vec();
    if let Some(old) = kinds.iter_mut().find(|other| other.id == kind.id) {
        *old = kind.clone();
    }
    let step = CodebookChange::ChangeRelation(kind.name.clone());
    edited(codebook.with_relations(kinds)?, step)
}

fn move_relation(codebook: &Codebook, id: &Slug, index: usize) -> Edited {
    let mut kinds = codebook.relations().to_vec();
    let old = kinds.iter().position(|kind| kind.id == *id);
    let old = old.ok_or_else(|| ModelError::NoRelationKind(id.clone()))?;
    let kind = kinds.remove(old);
    let step = CodebookChange::MoveRelation(kind.name.clone());
    kinds.insert(index.min(kinds.len()), kind);
    edited(codebook.with_relations(kinds)?, step)
}

fn delete_relation(codebook: &Codebook, id: &Slug) -> Edited {
    let kind = codebook.relation(id);
    let kind = kind.ok_or_else(|| ModelError::NoRelationKind(id.clone()))?;
    let step = CodebookChange::DeleteRelation(kind.name.clone());
    let kinds = codebook.relations().iter().filter(|other| other.id != *id);
    edited(codebook.with_relations(kinds.cloned().collect())?, step)
}

/// A tag whose name is nearly the same: it differs by case, signs or one letter.
fn near<'a>(tags: &'a [Rc<Tag>], name: &str) -> Option<&'a Rc<Tag>> {
    let plain = |name: &str| -> Vec<char> {
        let fold_case = fold_case(name);
        let letters = fold_case.chars().filter(|char| char.is_alphanumeric());
        letters.collect()
    };
    let wanted = plain(name);
    // "Source A" and "Source B", or "Level 1" and "Level 2", are meant to differ.
    let number = |name: &str| -> String {
        let last = name.split_whitespace().next_back().unwrap_or_default();
        let is_number = last.chars().all(char::is_numeric) || last.chars().count() == 1;
        if is_number {
            fold_case(last)
        } else {
            String::new()
        }
    };
    let is_near = |tag: &&Rc<Tag>| {
        if number(name) != number(&tag.name) {
            return false;
        }
        let other = plain(&tag.name);
        let most = usize::from(wanted.len().min(other.len()) > 3);
        distance(&wanted, &other) <= most
    };
    tags.iter().find(is_near)
}

/// The options that were renamed: of lists in which exactly one option differs.
fn renamed_options(old: &Tag, new: &Tag) -> Vec<RenamedOption> {
    let words = |kind: &AttributeKind| match kind {
        AttributeKind::OneOf(words) | AttributeKind::ManyOf(words) => words.clone(),
        _ => Vec::new(),
    };
    let mut renamed = Vec::new();
    for attribute in &new.attributes {
        let Some(before) = old.attributes.iter().find(|other| other.id == attribute.id) else {
            continue;
        };
        let (before, after) = (words(&before.kind), words(&attribute.kind));
        let differing: Vec<usize> = (0..before.len().min(after.len()))
            .filter(|index| before[*index] != after[*index])
            .collect();
        if let ([index], true) = (differing.as_slice(), before.len() == after.len()) {
            renamed.push(RenamedOption {
                tag: new.id.clone(),
                attribute: attribute.id.clone(),
                from: before[*index].clone(),
                to: after[*index].clone(),
            });
        }
    }
    renamed
}

/// The edit distance of two words: how many letters have to be added, removed or replaced.
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
    use super::distance;
    use crate::codebook::codebook_edit::{CodebookEdit, CodebookEditError};
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
        let near = |name: &str| {
            CodebookEdit::NewTag {
                name: name.to_owned(),
                confirmed: false,
            }
            .apply(&book)
        };
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
        let sure = CodebookEdit::NewTag {
            name: "Actors".to_owned(),
            confirmed: true,
        }
        .apply(&book)
        .unwrap();
        let tag = sure.recoding.codebook.tags().last().unwrap();
        assert_eq!((tag.id.as_str(), tag.key), ("actors", Some('t')));
    }

    #[test]
    fn a_merged_tag_leaves_its_relations_to_the_other() {
        let book = Codebook::news();
        let slug = |text: &str| -> Slug { text.parse().unwrap() };
        let edit = CodebookEdit::MergeTags {
            from: slug("actor"),
            into: slug("place"),
        };
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
        let twice = CodebookEdit::MoveTag {
            tag: slug("actor"),
            index: 0,
        }
        .apply(&book);
        assert_eq!(twice, Err(CodebookEditError::Same));
    }
}
