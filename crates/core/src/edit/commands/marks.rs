//! Commands on one mark, and the title of the article.

use crate::edit::change::Edit;
use crate::edit::step_name::{StepName, short, short_quote};
use crate::edit::transaction::{Transaction, TypingRun};
use crate::model::annotation::{Annotation, Spans};
use crate::model::article::{Article, Source};
use crate::model::codebook::RelationKind;
use crate::model::document::Document;
use crate::model::error::ModelError;
use crate::model::id::{Id, Slug};
use crate::model::timestamp::Timestamp;
use crate::model::value::{Value, Values};

use std::rc::Rc;
use thiserror::Error;

/// Why a command was refused.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum CommandError {
    /// Something that it names does not exist, or the result would not be consistent.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// A mark or a name would be empty.
    #[error("a mark cannot be empty")]
    Empty,
    /// The same coder has given the same words this tag; the id is that of the mark.
    #[error("these words have this tag already")]
    Already(Id),
    /// Nothing would change.
    #[error("nothing would change")]
    Nothing,
}

/// An end of a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarkEnd {
    /// Where it begins.
    Start,
    /// Where it ends.
    End,
}

/// Gives the words of `spans` the tag `tag`, as the mark `id`.
///
/// Errors: the same coder has given the same words this tag; there is no such tag.
pub fn mark(
    document: &Document,
    id: Id,
    tag: &Slug,
    spans: Spans,
    now: Timestamp,
) -> Result<Transaction, CommandError> {
    let same = document
        .annotations()
        .iter()
        .find(|other| other.tag == *tag && other.spans == spans && other.coder == document.coder);
    if let Some(same) = same {
        return Err(CommandError::Already(same.id));
    }
    let annotation = Annotation {
        id,
        tag: tag.clone(),
        spans,
        values: Values::new(),
        entity: None,
        note: String::new(),
        flagged: false,
        coder: document.coder.clone(),
        created: now,
        modified: now,
    };
    let name = StepName::Tag {
        quote: short_quote(document, &annotation),
        tag: tag_name(document, tag)?,
    };
    Ok(Transaction::new(
        name,
        vec![Edit::PutAnnotation(Rc::new(annotation))],
    ))
}

/// Gives the mark another tag. Deletes the cast membership, and answers and relations that the
/// new tag does not allow; the name of the step says how many.
pub fn retag(
    document: &Document,
    id: Id,
    tag: &Slug,
    now: Timestamp,
) -> Result<Transaction, CommandError> {
    let old = annotation(document, id)?;
    if old.tag == *tag {
        return Err(CommandError::Nothing);
    }
    let change = retagged(document, id, tag, now)?;
    let name = StepName::Retag {
        quote: short_quote(document, old),
        from: tag_name(document, &old.tag)?,
        to: tag_name(document, tag)?,
        details: change.details,
        relations: change.relations,
    };
    Ok(Transaction::new(name, change.edits))
}

/// The edits that give a mark another tag, and how much they delete.
pub(crate) struct Retagged {
    pub(crate) edits: Vec<Edit>,
    /// How many answers and cast memberships go.
    pub(crate) details: usize,
    /// How many relations go.
    pub(crate) relations: usize,
}

pub(crate) fn retagged(
    document: &Document,
    id: Id,
    tag: &Slug,
    now: Timestamp,
) -> Result<Retagged, CommandError> {
    let old = annotation(document, id)?;
    let new = document
        .codebook()
        .tag(tag)
        .ok_or_else(|| ModelError::NoTag(tag.clone()))?;
    let keeps = |slug: &Slug, value: &Value| {
        new.attributes
            .iter()
            .any(|attribute| attribute.id == *slug && attribute.accepts(value))
    };
    let mut changed = (**old).clone();
    changed.tag = tag.clone();
    changed.modified = now;
    changed.values.retain(|slug, value| keeps(slug, value));
    let details = old.values.len() - changed.values.len() + usize::from(old.entity.is_some());
    changed.entity = None;
    let broken: Vec<Id> = document
        .relations_of(id)
        .filter(|relation| {
            let kind = document.codebook().relation(&relation.kind);
            let allows = |kind: &RelationKind| {
                (relation.from != id || kind.from.contains(tag))
                    && (relation.to != id || kind.to.contains(tag))
            };
            !kind.is_some_and(allows)
        })
        .map(|relation| relation.id)
        .collect();
    let count = broken.len();
    let mut edits: Vec<Edit> = broken.into_iter().map(Edit::DropRelation).collect();
    edits.push(Edit::PutAnnotation(Rc::new(changed)));
    Ok(Retagged {
        edits,
        details,
        relations: count,
    })
}

/// Changes the mark's note. Keys typed in a row are undone together.
pub fn write_note(
    document: &Document,
    id: Id,
    note: String,
    now: Timestamp,
) -> Result<Transaction, CommandError> {
    let name = StepName::Note {
        quote: short_quote(document, annotation(document, id)?),
    };
    change(
        document,
        id,
        now,
        name,
        Some(TypingRun::Note(id)),
        |annotation| {
            annotation.note = note;
        },
    )
}

/// Flags the mark, or removes the flag.
pub fn flag(document: &Document, id: Id, now: Timestamp) -> Result<Transaction, CommandError> {
    let old = annotation(document, id)?;
    let quote = short_quote(document, old);
    let name = if old.flagged {
        StepName::Unflag { quote }
    } else {
        StepName::Flag { quote }
    };
    change(document, id, now, name, None, |annotation| {
        annotation.flagged = !annotation.flagged;
    })
}

/// Deletes the mark and the relations that begin or end at it.
pub fn delete(document: &Document, id: Id) -> Result<Transaction, CommandError> {
    let old = annotation(document, id)?;
    let mut edits: Vec<Edit> = document
        .relations_of(id)
        .map(|relation| Edit::DropRelation(relation.id))
        .collect();
    let name = StepName::Delete {
        tag: tag_name(document, &old.tag)?,
        quote: short_quote(document, old),
        relations: edits.len(),
    };
    edits.push(Edit::DropAnnotation(id));
    Ok(Transaction::new(name, edits))
}

/// Renames the article. Its text, including the headline, stays.
pub fn rename(document: &Document, title: &str) -> Result<Transaction, CommandError> {
    let title = title.trim();
    if title.is_empty() || title == document.article().title {
        return Err(CommandError::Nothing);
    }
    let mut article = Article::clone(document.article());
    article.title = title.to_owned();
    Ok(Transaction::new(
        StepName::RenameArticle {
            title: short(title),
        },
        vec![Edit::PutArticle(Rc::new(article))],
    ))
}

/// Describes where the article comes from. Its text stays.
pub fn describe_source(document: &Document, source: Source) -> Result<Transaction, CommandError> {
    if source == document.article().source {
        return Err(CommandError::Nothing);
    }
    let mut article = Article::clone(document.article());
    article.source = source;
    let edits = vec![Edit::PutArticle(Rc::new(article))];
    Ok(Transaction::new(StepName::DescribeSource, edits))
}

pub(crate) fn change(
    document: &Document,
    id: Id,
    now: Timestamp,
    name: StepName,
    run: Option<TypingRun>,
    change: impl FnOnce(&mut Annotation),
) -> Result<Transaction, CommandError> {
    let old = annotation(document, id)?;
    let mut changed = (**old).clone();
    change(&mut changed);
    if changed == **old {
        return Err(CommandError::Nothing);
    }
    changed.modified = now;
    let edits = vec![Edit::PutAnnotation(Rc::new(changed))];
    Ok(Transaction {
        run,
        ..Transaction::new(name, edits)
    })
}

pub(crate) fn annotation(document: &Document, id: Id) -> Result<&Rc<Annotation>, CommandError> {
    document
        .annotation(id)
        .ok_or(CommandError::Model(ModelError::NoAnnotation(id)))
}

pub(crate) fn tag_name(document: &Document, tag: &Slug) -> Result<String, CommandError> {
    document
        .codebook()
        .tag(tag)
        .map(|tag| tag.name.clone())
        .ok_or_else(|| CommandError::Model(ModelError::NoTag(tag.clone())))
}
