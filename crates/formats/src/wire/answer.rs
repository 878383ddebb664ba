//! Answers (the values of attributes) in JSON, in the form that the codebook gives them.

use crate::error::ReadError;
use crate::json_reader::JsonNode;
use pullquote_core::model::error::ModelError;
use pullquote_core::model::id::Slug;
use pullquote_core::model::value::{Attribute, AttributeKind, Number, PartialDate, Value, Values};

use serde_json::Value as Json;

/// The answers as an object; `answer_json` writes each.
pub(crate) fn answers_json(values: &Values, answer_json: impl Fn(&Value) -> Json) -> Json {
    let mut object = serde_json::Map::new();
    for (id, answer) in values {
        object.insert(id.to_string(), answer_json(answer));
    }
    Json::Object(object)
}

/// Reads the answers in an object; none where there is no object. `read_answer` reads the answer
/// to the attribute with this slug.
pub(crate) fn read_answers(
    object: Option<JsonNode>,
    read_answer: impl Fn(&JsonNode, &Slug) -> Result<Value, ReadError>,
) -> Result<Values, ReadError> {
    let mut values = Values::new();
    if let Some(object) = object {
        for (name, answer) in object.fields()? {
            let id: Slug = answer.checked(name.parse())?;
            let answer = read_answer(&answer, &id)?;
            values.insert(id, answer);
        }
    }
    Ok(values)
}

/// An answer without its kind: the codebook beside it tells how it is read.
pub(crate) fn answer_json(value: &Value) -> Json {
    match value {
        Value::One(word) => Json::from(word.as_ref()),
        Value::Many(words) => words.iter().map(|word| Json::from(word.as_ref())).collect(),
        Value::YesNo(answer) => Json::from(*answer),
        Value::Text(text) => Json::from(text.as_str()),
        Value::Number(number) => {
            let number = number.as_f64();
            let whole = number as i64;
            if whole as f64 == number && number.abs() < 9e15 {
                Json::from(whole)
            } else {
                Json::from(number)
            }
        }
        Value::Date(date) => Json::from(date.as_str()),
    }
}

/// Reads the answer to the attribute `id`, as the kind of that attribute says.
///
/// Errors: none of the `attributes` has this slug; the answer does not fit the attribute.
pub(crate) fn read_answer(
    node: &JsonNode,
    attributes: &[Attribute],
    id: &Slug,
) -> Result<Value, ReadError> {
    let known = attributes.iter().find(|attribute| attribute.id == *id);
    let attribute = node.checked(known.ok_or_else(|| ModelError::NoAttribute(id.clone())))?;
    let value = match &attribute.kind {
        AttributeKind::OneOf(_) => Value::One(node.text()?.into()),
        AttributeKind::ManyOf(_) => {
            let words = node.items()?.map(|word| word.text().map(Into::into));
            Value::Many(words.collect::<Result<_, _>>()?)
        }
        AttributeKind::YesNo => Value::YesNo(node.bool()?),
        AttributeKind::Text => Value::Text(node.text()?.to_owned()),
        AttributeKind::Number => Value::Number(node.checked(Number::new(node.f64()?))?),
        AttributeKind::Date => Value::Date(node.checked(PartialDate::new(node.text()?))?),
    };
    let fits = attribute.accepts(&value);
    node.checked(
        fits.then_some(value)
            .ok_or_else(|| ModelError::BadValue(id.clone())),
    )
}
