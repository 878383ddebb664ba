//! A relation between two marks in JSON.

use crate::error::ReadError;
use crate::json_reader::JsonNode;
use pullquote_core::model::relation::Relation;

use serde::Serialize;

#[derive(Serialize)]
pub(crate) struct WireRelation<'a> {
    id: String,
    kind: &'a str,
    from: String,
    to: String,
}

pub(crate) fn wire_relation(relation: &Relation) -> WireRelation<'_> {
    WireRelation {
        id: relation.id.to_string(),
        kind: relation.kind.as_str(),
        from: relation.from.to_string(),
        to: relation.to.to_string(),
    }
}

pub(crate) fn read_relation(node: &JsonNode) -> Result<Relation, ReadError> {
    Ok(Relation {
        id: node.field("id")?.parsed()?,
        kind: node.field("kind")?.parsed()?,
        from: node.field("from")?.parsed()?,
        to: node.field("to")?.parsed()?,
    })
}
