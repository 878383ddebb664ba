//! Messages between a window and its worker.
//!
//! A message is JSON with named fields, and enums by name, like the records of the storage. Large
//! texts, such as the snapshot of a document, travel beside the JSON, which would have to escape
//! and copy them. Both sides run the same version of the program, so a message has no version.

use crate::error::ReadError;
use crate::json_reader::JsonNode;
use crate::wire::json_text::{json_text, parse_json};
use pullquote_core::model::id::Id;
use pullquote_core::model::timestamp::Timestamp;

use std::rc::Rc;

/// A JSON value, for the crates that do not know of `serde`.
pub type Json = serde_json::Value;

/// A value that can be sent between a window and its worker.
pub trait WorkerMessage: Sized {
    /// The value as JSON; its large texts are added to `large`.
    fn to_json(&self, large: &mut LargeTexts) -> Json;

    /// Reads the value that [`to_json`](Self::to_json) wrote, and takes its large texts from
    /// `large`.
    ///
    /// Errors: the JSON is not that of such a value.
    fn from_json(node: &JsonNode, large: &mut LargeTexts) -> Result<Self, ReadError>;
}

/// The large texts of a message, which are not part of its JSON.
#[derive(Clone, Debug, Default)]
pub struct LargeTexts(Vec<String>);

impl LargeTexts {
    /// Adds a text and returns the JSON that stands for it.
    pub fn add(&mut self, text: &str) -> Json {
        self.0.push(text.to_owned());
        Json::from(self.0.len() - 1)
    }

    /// Takes the text that stands in the field `name`. Each can be taken once.
    ///
    /// Errors: there is no such text.
    pub fn take(&mut self, node: &JsonNode, name: &str) -> Result<String, ReadError> {
        let node = node.field(name)?;
        let text = self.0.get_mut(node.u32()? as usize).map(std::mem::take);
        text.ok_or_else(|| node.expected("the index of a large text"))
    }
}

/// The texts that are sent for a message: its JSON, then its large texts.
#[must_use]
pub fn to_texts(message: &impl WorkerMessage) -> Vec<String> {
    let mut large = LargeTexts::default();
    let json = message.to_json(&mut large);
    let mut texts = vec![json_text(&json, "")];
    texts.append(&mut large.0);
    texts
}

/// Reads the message for which these texts were sent.
///
/// Errors: they are not those of such a message.
pub fn from_texts<T: WorkerMessage>(texts: Vec<String>) -> Result<T, ReadError> {
    let mut texts = texts.into_iter();
    let json = parse_json(&texts.next().unwrap_or_default())?;
    T::from_json(&JsonNode::root(&json), &mut LargeTexts(texts.collect()))
}

/// A JSON object with these fields.
#[must_use]
pub fn object(fields: Vec<(&str, Json)>) -> Json {
    // Inserting one by one shares its code with the records; collecting would add some.
    let mut object = serde_json::Map::new();
    for (name, json) in fields {
        object.insert(name.to_owned(), json);
    }
    Json::Object(object)
}

/// Reads the field `name`, which must be there.
pub fn read_field<T: WorkerMessage>(
    node: &JsonNode,
    name: &str,
    large: &mut LargeTexts,
) -> Result<T, ReadError> {
    T::from_json(&node.field(name)?, large)
}

/// Reads the field `name`; `None` if it is missing or `null`.
pub fn read_optional<T: WorkerMessage>(
    node: &JsonNode,
    name: &str,
    large: &mut LargeTexts,
) -> Result<Option<T>, ReadError> {
    let field = node.optional(name);
    field.map(|field| T::from_json(&field, large)).transpose()
}

/// The name of a value in a table of names, as JSON; `null` if it has none.
#[must_use]
pub fn name_json<T: PartialEq>(names: &[(T, &str)], value: &T) -> Json {
    let known = names.iter().find(|(known, _)| known == value);
    known.map_or(Json::Null, |(_, name)| Json::from(*name))
}

/// Reads the name of a value in the field `field`.
///
/// Errors: no value in the table has this name.
pub fn read_name<T: Copy>(
    node: &JsonNode,
    field: &str,
    names: &[(T, &str)],
) -> Result<T, ReadError> {
    let node = node.field(field)?;
    let name = node.text()?;
    let known = names.iter().find(|(_, known)| *known == name);
    known
        .map(|(value, _)| *value)
        .ok_or_else(|| node.expected("a known name"))
}

impl WorkerMessage for String {
    fn to_json(&self, _: &mut LargeTexts) -> Json {
        Json::from(self.as_str())
    }

    fn from_json(node: &JsonNode, _: &mut LargeTexts) -> Result<Self, ReadError> {
        node.text().map(str::to_owned)
    }
}

impl WorkerMessage for bool {
    fn to_json(&self, _: &mut LargeTexts) -> Json {
        Json::from(*self)
    }

    fn from_json(node: &JsonNode, _: &mut LargeTexts) -> Result<Self, ReadError> {
        node.bool()
    }
}

impl WorkerMessage for u64 {
    fn to_json(&self, _: &mut LargeTexts) -> Json {
        Json::from(*self)
    }

    fn from_json(node: &JsonNode, _: &mut LargeTexts) -> Result<Self, ReadError> {
        node.u64()
    }
}

impl WorkerMessage for usize {
    fn to_json(&self, _: &mut LargeTexts) -> Json {
        Json::from(*self)
    }

    fn from_json(node: &JsonNode, _: &mut LargeTexts) -> Result<Self, ReadError> {
        node.u32().map(|number| number as usize)
    }
}

impl WorkerMessage for Id {
    fn to_json(&self, _: &mut LargeTexts) -> Json {
        Json::from(self.to_string())
    }

    fn from_json(node: &JsonNode, _: &mut LargeTexts) -> Result<Self, ReadError> {
        node.parsed()
    }
}

/// In milliseconds since 1970.
impl WorkerMessage for Timestamp {
    fn to_json(&self, _: &mut LargeTexts) -> Json {
        Json::from(self.0)
    }

    fn from_json(node: &JsonNode, _: &mut LargeTexts) -> Result<Self, ReadError> {
        node.i64().map(Timestamp)
    }
}

impl<T: WorkerMessage> WorkerMessage for Vec<T> {
    fn to_json(&self, large: &mut LargeTexts) -> Json {
        Json::Array(self.iter().map(|item| item.to_json(large)).collect())
    }

    fn from_json(node: &JsonNode, large: &mut LargeTexts) -> Result<Self, ReadError> {
        let items = node.items()?;
        items.map(|item| T::from_json(&item, large)).collect()
    }
}

impl<T: WorkerMessage> WorkerMessage for Option<T> {
    fn to_json(&self, large: &mut LargeTexts) -> Json {
        self.as_ref()
            .map_or(Json::Null, |value| value.to_json(large))
    }

    fn from_json(node: &JsonNode, large: &mut LargeTexts) -> Result<Self, ReadError> {
        match node.json().is_null() {
            true => Ok(None),
            false => T::from_json(node, large).map(Some),
        }
    }
}

impl<T: WorkerMessage, E: WorkerMessage> WorkerMessage for Result<T, E> {
    fn to_json(&self, large: &mut LargeTexts) -> Json {
        match self {
            Ok(value) => object(vec![("ok", value.to_json(large))]),
            Err(error) => object(vec![("error", error.to_json(large))]),
        }
    }

    fn from_json(node: &JsonNode, large: &mut LargeTexts) -> Result<Self, ReadError> {
        match node.optional("error") {
            Some(error) => E::from_json(&error, large).map(Err),
            None => read_field(node, "ok", large).map(Ok),
        }
    }
}

impl<T: WorkerMessage> WorkerMessage for Box<T> {
    fn to_json(&self, large: &mut LargeTexts) -> Json {
        T::to_json(self, large)
    }

    fn from_json(node: &JsonNode, large: &mut LargeTexts) -> Result<Self, ReadError> {
        T::from_json(node, large).map(Box::new)
    }
}

impl<T: WorkerMessage> WorkerMessage for Rc<T> {
    fn to_json(&self, large: &mut LargeTexts) -> Json {
        T::to_json(self, large)
    }

    fn from_json(node: &JsonNode, large: &mut LargeTexts) -> Result<Self, ReadError> {
        T::from_json(node, large).map(Rc::new)
    }
}
