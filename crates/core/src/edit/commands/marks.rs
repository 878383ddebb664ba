//! What a person does, as transactions with a name.
//!
//! A command reads a document and says what would change; it changes nothing.

use crate::edit::change::Edit;
use crate::edit::transaction::{Transaction, TypingRun};
use crate::model::annotation::{Annotation, Spans};
use crate::model::article::Article;
use crate::model::codebook::RelationKind;
use crate::model::document::Document;
use crate::model::error::ModelError;
use crate::model::id::{Id, Slug};
use crate::model::timestamp::Timestamp;
use crate::model::value::{Value, Values};
use crate::text::offset::ByteOffset;
use crate::text::shortened::shortened;

use std::rc::Rc;
use thiserror::Error;

/// Why a command cannot be carried out.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum CommandError {
    /// It names what is not there, or makes what does not fit.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// The two ends of a mark would meet or cross.
    #[error("a mark cannot be empty")]
    Empty,
    /// These very words have this tag already.
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
/// Refused where the same coder has given the very same words this tag.
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
    let name = format!(
        "tag {} as {}",
        quoted(document, &annotation),
        tag_name(document, tag)?
    );
    Ok(Transaction::new(
        name,
        vec![Edit::PutAnnotation(Rc::new(annotation))],
    ))
}

/// Gives the mark another tag. Answers, the member of the cast and relations
/// that the new tag does not allow go, and the step's name says how many.
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
    let name = format!(
        "change {} from {} to {}{}",
        quoted(document, old),
        tag_name(document, &old.tag)?,
        tag_name(document, tag)?,
        losses(&[(change.details, "detail"), (change.broken, "relation")]),
    );
    Ok(Transaction::new(name, change.edits))
}

/// The edits that give a mark another tag, and what goes with the old one.
pub(crate) struct Retagged {
    pub(crate) edits: Vec<Edit>,
    /// Answers, and the member of the cast.
    pub(crate) details: usize,
    /// Relations.
    pub(crate) broken: usize,
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
        broken: count,
    })
}

/// Writes the mark's note. The keys of one note are undone together.
pub fn write_note(
    document: &Document,
    id: Id,
    note: String,
    now: Timestamp,
) -> Result<Transaction, CommandError> {
    let name = format!("note on {}", quoted(document, annotation(document, id)?));
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

/// Sets the mark aside for another look, or takes it back.
pub fn flag(document: &Document, id: Id, now: Timestamp) -> Result<Transaction, CommandError> {
    let old = annotation(document, id)?;
    let verb = if old.flagged { "unflag" } else { "flag" };
    let name = format!("{verb} {}", quoted(document, old));
    change(document, id, now, name, None, |annotation| {
        annotation.flagged = !annotation.flagged;
    })
}

/// Moves one end of the mark. Moves of one end in a row are undone together.
pub fn move_end(
    document: &Document,
    id: Id,
    end: MarkEnd,
    to: ByteOffset,
    now: Timestamp,
) -> Result<Transaction, CommandError> {
    let old = annotation(document, id)?;
    let (spans, name, run) = match end {
        MarkEnd::Start => (old.spans.starting_at(to), "start", TypingRun::Start(id)),
        MarkEnd::End => (old.spans.ending_at(to), "end", TypingRun::End(id)),
    };
    let spans = spans.ok_or(CommandError::Empty)?;
    let name = format!("move the {name} of {}", quoted(document, old));
    change(document, id, now, name, Some(run), |annotation| {
        annotation.spans = spans;
    })
}

/// Deletes the mark and the relations that begin or end there.
pub fn delete(document: &Document, id: Id) -> Result<Transaction, CommandError> {
    let old = annotation(document, id)?;
    let mut edits: Vec<Edit> = document
        .relations_of(id)
        .map(|relation| Edit::DropRelation(relation.id))
        .collect();
    let name = format!(
        "delete {} {}{}",
        tag_name(document, &old.tag)?,
        quoted(document, old),
        losses(&[(edits.len(), "relation")]),
    );
    edits.push(Edit::DropAnnotation(id));
    Ok(Transaction::new(name, edits))
}

/// Calls the article by another title. Its text, headline included, stays.
pub fn rename(document: &Document, title: &str) -> Result<Transaction, CommandError> {
    let title = title.trim();
    if title.is_empty() || title == document.article().title {
        return Err(CommandError::Nothing);
    }
    let mut article = Article::clone(document.article());
    article.title = title.to_owned();
    Ok(Transaction::new(
        format!("rename the article to ‘{}’", shortened(title, SHORT)),
        vec![Edit::PutArticle(Rc::new(article))],
    ))
}

pub(crate) fn change(
    document: &Document,
    id: Id,
    now: Timestamp,
    name: String,
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

pub(crate) fn tag_name<'a>(document: &'a Document, tag: &Slug) -> Result<&'a str, CommandError> {
    document
        .codebook()
        .tag(tag)
        .map(|tag| tag.name.as_str())
        .ok_or_else(|| CommandError::Model(ModelError::NoTag(tag.clone())))
}

pub(crate) fn quoted(document: &Document, annotation: &Annotation) -> String {
    format!(
        "‘{}’",
        shortened(&annotation.quote(document.article()), SHORT)
    )
}

/// Characters of words in the name of a step.
const SHORT: usize = 40;

/// " (2 marks and 1 relation deleted)", or nothing.
pub(crate) fn losses(counts: &[(usize, &str)]) -> String {
    match counted(counts) {
        counted if counted.is_empty() => counted,
        counted => format!(" ({counted} deleted)"),
    }
}

/// "2 marks, 1 relation and 3 details" of what there is any; empty where there is nothing.
pub(crate) fn counted(counts: &[(usize, &str)]) -> String {
    let said: Vec<String> = counts
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, name)| match (*count, name.split_once(' ')) {
            (1, _) => format!("1 {name}"),
            (_, Some((noun, rest))) => format!("{count} {noun}s {rest}"),
            _ => format!("{count} {name}s"),
        })
        .collect();
    match said.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
        None => String::new(),
    }
}
