//! Answers in a form that states its kind, so that they are read without a codebook.

use crate::error::ReadError;
use crate::json_reader::JsonNode;
use pullquote_core::model::error::ModelError;
use pullquote_core::model::value::{Number, PartialDate, Value};

use serde_json::{Value as Json, json};

/// The value as an object of one field, whose name is the kind: `{"one": "firm"}`.
pub(crate) fn write_value(value: &Value) -> Json {
    match value {
        Value::One(word) => json!({ "one": word.as_ref() }),
        Value::Many(words) => {
            let words: Vec<Json> = words.iter().map(|word| Json::from(word.as_ref())).collect();
            json!({ "many": words })
        }
        Value::YesNo(answer) => json!({ "yes_no": answer }),
        Value::Text(text) => json!({ "text": text }),
        Value::Number(number) => json!({ "number": number.as_f64() }),
        Value::Date(date) => json!({ "date": date.as_str() }),
    }
}

/// Reads what [`write_value`] wrote.
pub(crate) fn read_value(node: &JsonNode) -> Result<Value, ReadError> {
    let (kind, value) = node
        .fields()?
        .next()
        .ok_or_else(|| node.expected("a value"))?;
    let checked: Result<Value, ModelError> = match kind {
        "one" => Ok(Value::One(value.text()?.into())),
        "many" => {
            let words = value.items()?.map(|word| word.text().map(Into::into));
            Ok(Value::Many(words.collect::<Result<_, _>>()?))
        }
        "yes_no" => Ok(Value::YesNo(value.bool()?)),
        "text" => Ok(Value::Text(value.text()?.to_owned())),
        "number" => Number::new(value.f64()?).map(Value::Number),
        "date" => PartialDate::new(value.text()?).map(Value::Date),
        _ => return Err(node.expected("a kind of value")),
    };
    value.checked(checked)
}
