//! A codebook in JSON.

use crate::error::ReadError;
use crate::json_reader::JsonNode;
use pullquote_core::model::codebook::{Codebook, RelationKind, Tag};
use pullquote_core::model::id::Slug;
use pullquote_core::model::value::{Attribute, AttributeKind};

use serde::Serialize;

#[derive(Serialize)]
pub(crate) struct WireCodebook<'a> {
    name: &'a str,
    version: &'a str,
    guide: &'a str,
    tags: Vec<WireTag<'a>>,
    relations: Vec<WireRelationKind<'a>>,
    questions: Vec<WireAttribute<'a>>,
}

#[derive(Serialize)]
struct WireTag<'a> {
    id: &'a str,
    name: &'a str,
    colour: String,
    key: Option<char>,
    definition: &'a str,
    include: &'a str,
    exclude: &'a str,
    example: &'a str,
    cast: bool,
    attributes: Vec<WireAttribute<'a>>,
}

#[derive(Serialize)]
struct WireAttribute<'a> {
    id: &'a str,
    name: &'a str,
    help: &'a str,
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    options: Option<Vec<&'a str>>,
    required: bool,
}

#[derive(Serialize)]
struct WireRelationKind<'a> {
    id: &'a str,
    name: &'a str,
    from: Vec<&'a str>,
    to: Vec<&'a str>,
    required: bool,
}

fn wire_attribute(attribute: &Attribute) -> WireAttribute<'_> {
    let (kind, options) = match &attribute.kind {
        AttributeKind::OneOf(words) => ("one_of", Some(words)),
        AttributeKind::ManyOf(words) => ("many_of", Some(words)),
        AttributeKind::YesNo => ("yes_no", None),
        AttributeKind::Text => ("text", None),
        AttributeKind::Number => ("number", None),
        AttributeKind::Date => ("date", None),
    };
    WireAttribute {
        id: attribute.id.as_str(),
        name: &attribute.name,
        help: &attribute.help,
        kind,
        options: options.map(|words| words.iter().map(AsRef::as_ref).collect()),
        required: attribute.required,
    }
}

fn read_attribute(node: &JsonNode) -> Result<Attribute, ReadError> {
    let options = node.list("options", |word| word.text().map(Into::into))?;
    let kind = node.field("kind")?;
    Ok(Attribute {
        id: node.field("id")?.parsed()?,
        name: node.field("name")?.text()?.to_owned(),
        help: node.text_or_empty("help")?,
        kind: match kind.text()? {
            "one_of" => AttributeKind::OneOf(options),
            "many_of" => AttributeKind::ManyOf(options),
            "yes_no" => AttributeKind::YesNo,
            "text" => AttributeKind::Text,
            "number" => AttributeKind::Number,
            "date" => AttributeKind::Date,
            _ => return Err(kind.expected("a kind of attribute")),
        },
        required: node.bool_or_false("required")?,
    })
}

pub(crate) fn wire_codebook(codebook: &Codebook) -> WireCodebook<'_> {
    fn words(slugs: &[Slug]) -> Vec<&str> {
        slugs.iter().map(Slug::as_str).collect()
    }
    let tags = codebook.tags().iter().map(|tag| WireTag {
        id: tag.id.as_str(),
        name: &tag.name,
        colour: tag.colour.to_string(),
        key: tag.key,
        definition: &tag.definition,
        include: &tag.include,
        exclude: &tag.exclude,
        example: &tag.example,
        cast: tag.is_cast,
        attributes: tag.attributes.iter().map(wire_attribute).collect(),
    });
    let relations = codebook.relations().iter().map(|kind| WireRelationKind {
        id: kind.id.as_str(),
        name: &kind.name,
        from: words(&kind.from),
        to: words(&kind.to),
        required: kind.required,
    });
    WireCodebook {
        name: &codebook.name,
        version: &codebook.version,
        guide: &codebook.guide,
        tags: tags.collect(),
        relations: relations.collect(),
        questions: codebook.questions().iter().map(wire_attribute).collect(),
    }
}

fn read_tag(node: &JsonNode) -> Result<Tag, ReadError> {
    let key = match node.optional("key") {
        None => None,
        Some(node) => {
            let mut chars = node.text()?.chars();
            match (chars.next(), chars.next()) {
                (Some(key), None) => Some(key),
                _ => return Err(node.expected("one character")),
            }
        }
    };
    Ok(Tag {
        id: node.field("id")?.parsed()?,
        name: node.field("name")?.text()?.to_owned(),
        colour: node.field("colour")?.parsed()?,
        key,
        definition: node.text_or_empty("definition")?,
        include: node.text_or_empty("include")?,
        exclude: node.text_or_empty("exclude")?,
        example: node.text_or_empty("example")?,
        is_cast: node.bool_or_false("cast")?,
        attributes: node.list("attributes", read_attribute)?,
    })
}

fn read_relation_kind(node: &JsonNode) -> Result<RelationKind, ReadError> {
    Ok(RelationKind {
        id: node.field("id")?.parsed()?,
        name: node.field("name")?.text()?.to_owned(),
        from: node.list("from", |slug| slug.parsed())?,
        to: node.list("to", |slug| slug.parsed())?,
        required: node.bool_or_false("required")?,
    })
}

pub(crate) fn read_codebook(node: &JsonNode) -> Result<Codebook, ReadError> {
    node.field("tags")?;
    node.checked(Codebook::new(
        node.field("name")?.text()?.to_owned(),
        node.text_or_empty("version")?,
        node.text_or_empty("guide")?,
        node.list("tags", read_tag)?,
        node.list("relations", read_relation_kind)?,
        node.list("questions", read_attribute)?,
    ))
}
