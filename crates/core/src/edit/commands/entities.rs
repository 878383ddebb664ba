//! Members of the cast, and which marks mention them.

use crate::edit::change::Edit;
use crate::edit::commands::marks::{CommandError, annotation};
use crate::edit::step_name::{StepName, short};
use crate::edit::transaction::Transaction;
use crate::model::annotation::Annotation;
use crate::model::document::Document;
use crate::model::entity::Entity;
use crate::model::error::ModelError;
use crate::model::id::Id;
use crate::model::timestamp::Timestamp;

use std::rc::Rc;

/// Makes these marks mentions of one member of the cast, called `name`: of `member`, or of a new
/// one with the id `new`. Members that have no mention left are deleted; their names become
/// aliases of this one.
///
/// Errors: no marks, no name, or marks of different tags; nothing would change.
pub fn assign_entity(
    document: &Document,
    member: Option<Id>,
    new: Id,
    name: &str,
    marks: &[Id],
    now: Timestamp,
) -> Result<Transaction, CommandError> {
    let name = name.trim();
    let first = marks.first().ok_or(CommandError::Nothing)?;
    let tag = annotation(document, *first)?.tag.clone();
    if name.is_empty() {
        return Err(CommandError::Empty);
    }
    let old = member.map(|id| document.entity(id).ok_or(ModelError::NoEntity(id)));
    let old = old.transpose()?;
    let mut entity = match old {
        Some(old) => (**old).clone(),
        None => Entity {
            id: new,
            tag,
            name: name.to_owned(),
            aliases: Vec::new(),
            reference: String::new(),
        },
    };
    if old.is_some() && entity.name != name {
        let before = std::mem::replace(&mut entity.name, name.to_owned());
        add_alias(&mut entity, &before);
    }
    let mut edits = Vec::new();
    let mut left: Vec<Id> = Vec::new();
    for id in marks {
        let mark = annotation(document, *id)?;
        if mark.tag != entity.tag {
            return Err(ModelError::EntityTag(*id).into());
        }
        add_alias(&mut entity, &mark.quote(document.article()));
        if mark.entity == Some(entity.id) {
            continue;
        }
        left.extend(mark.entity.filter(|id| !left.contains(id)));
        edits.push(put(mark, Some(entity.id), now));
    }
    for id in left {
        if mentions(document, id).all(|mark| marks.contains(&mark.id)) {
            if let Some(gone) = document.entity(id) {
                absorb(&mut entity, gone);
            }
            edits.push(Edit::DropEntity(id));
        }
    }
    let name = entity.name.clone();
    entity.aliases.retain(|alias| *alias != name);
    if old.is_none_or(|old| **old != entity) {
        edits.insert(0, Edit::PutEntity(Rc::new(entity.clone())));
    }
    if edits.is_empty() {
        return Err(CommandError::Nothing);
    }
    let name = StepName::AssignEntity {
        marks: marks.len(),
        entity: short(&entity.name),
    };
    Ok(Transaction::new(name, edits))
}

/// Adds the names and the identifier of `gone` to `entity`, which replaces it.
fn absorb(entity: &mut Entity, gone: &Entity) {
    add_alias(entity, &gone.name);
    for alias in &gone.aliases {
        add_alias(entity, alias);
    }
    if entity.reference.is_empty() {
        entity.reference.clone_from(&gone.reference);
    } else if !gone.reference.is_empty() && gone.reference != entity.reference {
        entity.reference = format!("{}; {}", entity.reference, gone.reference);
    }
}

/// Makes these marks mentions of nobody. Members that have no mention left are deleted.
///
/// Errors: none of them mentions a member.
pub fn detach_from_entity(
    document: &Document,
    marks: &[Id],
    now: Timestamp,
) -> Result<Transaction, CommandError> {
    let mut edits = Vec::new();
    let mut left: Vec<Id> = Vec::new();
    for id in marks {
        let mark = annotation(document, *id)?;
        let Some(entity) = mark.entity else { continue };
        if !left.contains(&entity) {
            left.push(entity);
        }
        edits.push(put(mark, None, now));
    }
    let first = left.first().and_then(|id| document.entity(*id));
    let name = StepName::DetachFromEntity {
        marks: edits.len(),
        entity: first.map(|entity| short(&entity.name)).unwrap_or_default(),
    };
    for id in left {
        if mentions(document, id).all(|mark| marks.contains(&mark.id)) {
            edits.push(Edit::DropEntity(id));
        }
    }
    if edits.is_empty() {
        return Err(CommandError::Nothing);
    }
    Ok(Transaction::new(name, edits))
}

/// Renames a member of the cast. The old name becomes an alias.
pub fn rename_entity(document: &Document, id: Id, name: &str) -> Result<Transaction, CommandError> {
    let name = name.trim();
    let old = document.entity(id).ok_or(ModelError::NoEntity(id))?;
    if name.is_empty() || name == old.name {
        return Err(CommandError::Nothing);
    }
    let mut entity = (**old).clone();
    entity.name = name.to_owned();
    entity.aliases.retain(|alias| alias != name);
    add_alias(&mut entity, &old.name);
    let name = StepName::RenameEntity {
        from: short(&old.name),
        to: short(name),
    };
    Ok(Transaction::new(
        name,
        vec![Edit::PutEntity(Rc::new(entity))],
    ))
}

/// Deletes a member of the cast.
///
/// Errors: a mark mentions it.
pub fn delete_entity(document: &Document, id: Id) -> Result<Transaction, CommandError> {
    let old = document.entity(id).ok_or(ModelError::NoEntity(id))?;
    if mentions(document, id).next().is_some() {
        return Err(ModelError::InUse(id.to_string()).into());
    }
    let name = StepName::DeleteEntity {
        entity: short(&old.name),
    };
    Ok(Transaction::new(name, vec![Edit::DropEntity(id)]))
}

/// Sets the identifier of a member of the cast in another database, as typed.
pub fn set_entity_reference(
    document: &Document,
    id: Id,
    reference: &str,
) -> Result<Transaction, CommandError> {
    let old = document.entity(id).ok_or(ModelError::NoEntity(id))?;
    let reference = reference.trim();
    if reference == old.reference {
        return Err(CommandError::Nothing);
    }
    let entity = Entity {
        reference: reference.to_owned(),
        ..(**old).clone()
    };
    let name = StepName::SetEntityReference {
        entity: short(&old.name),
    };
    Ok(Transaction::new(
        name,
        vec![Edit::PutEntity(Rc::new(entity))],
    ))
}

/// The marks that mention the member `id`, in document order.
pub fn mentions(document: &Document, id: Id) -> impl Iterator<Item = &Rc<Annotation>> {
    let marks = document.annotations().iter();
    marks.filter(move |mark| mark.entity == Some(id))
}

fn put(mark: &Annotation, entity: Option<Id>, now: Timestamp) -> Edit {
    Edit::PutAnnotation(Rc::new(Annotation {
        entity,
        modified: now,
        ..mark.clone()
    }))
}

/// Adds an alias, unless it is empty or known.
fn add_alias(entity: &mut Entity, name: &str) {
    let is_new = name != entity.name && !entity.aliases.iter().any(|alias| alias == name);
    if is_new && !name.is_empty() {
        entity.aliases.push(name.to_owned());
    }
}
