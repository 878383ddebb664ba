//! An entity (a member of the cast) in JSON.

use crate::error::ReadError;
use crate::json_reader::JsonNode;
use pullquote_core::model::entity::Entity;

use serde::Serialize;

#[derive(Serialize)]
pub(crate) struct WireEntity<'a> {
    id: String,
    tag: &'a str,
    name: &'a str,
    aliases: &'a [String],
    reference: &'a str,
}

pub(crate) fn wire_entity(entity: &Entity) -> WireEntity<'_> {
    WireEntity {
        id: entity.id.to_string(),
        tag: entity.tag.as_str(),
        name: &entity.name,
        aliases: &entity.aliases,
        reference: &entity.reference,
    }
}

pub(crate) fn read_entity(node: &JsonNode) -> Result<Entity, ReadError> {
    Ok(Entity {
        id: node.field("id")?.parsed()?,
        tag: node.field("tag")?.parsed()?,
        name: node.field("name")?.text()?.to_owned(),
        aliases: node.texts("aliases")?,
        reference: node.text_or_empty("reference")?,
    })
}
