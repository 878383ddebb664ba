//! Values of JSON, read with the place where they stand.

use crate::error::ReadError;
use pullquote_core::model::error::ModelError;

use serde_json::Value as Json;
use std::str::FromStr;

/// A value of a JSON text, and the way to it.
#[derive(Clone, Copy)]
pub(crate) struct JsonNode<'a> {
    json: &'a Json,
    way: Way<'a>,
}

/// The way to a value; made into text only where something is wrong.
#[derive(Clone, Copy)]
enum Way<'a> {
    Root,
    Field(&'a JsonNode<'a>, &'a str),
    Item(&'a JsonNode<'a>, usize),
}

impl<'a> JsonNode<'a> {
    /// The whole text's value.
    pub(crate) fn root(json: &'a Json) -> Self {
        let way = Way::Root;
        Self { json, way }
    }

    /// The value itself.
    pub(crate) fn json(&self) -> &'a Json {
        self.json
    }

    /// The way here: `annotations[3].spans[0]`.
    pub(crate) fn place(&self) -> String {
        match self.way {
            Way::Root => String::new(),
            Way::Field(JsonNode { way: Way::Root, .. }, name) => name.to_owned(),
            Way::Field(parent, name) => format!("{}.{name}", parent.place()),
            Way::Item(parent, number) => format!("{}[{number}]", parent.place()),
        }
    }

    /// The error of a value that is not `expected`.
    pub(crate) fn wrong(&self, expected: &str) -> ReadError {
        let place = match self.place() {
            place if place.is_empty() => "the file".to_owned(),
            place => place,
        };
        ReadError::Shape {
            place,
            reason: format!("{expected} is expected"),
        }
    }

    /// The model's error, at this place.
    pub(crate) fn model<T>(&self, checked: Result<T, ModelError>) -> Result<T, ReadError> {
        checked.map_err(|error| ReadError::Model {
            place: self.place(),
            error,
        })
    }

    /// The field of this name, which must be there.
    pub(crate) fn field(&'a self, name: &'a str) -> Result<Self, ReadError> {
        self.optional(name).ok_or_else(|| ReadError::Shape {
            place: match self.place() {
                place if place.is_empty() => "the file".to_owned(),
                place => place,
            },
            reason: format!("the field `{name}` is missing"),
        })
    }

    /// The field of this name, unless it is not there or `null`.
    pub(crate) fn optional(&'a self, name: &'a str) -> Option<Self> {
        let json = self.json.get(name).filter(|json| !json.is_null())?;
        let way = Way::Field(self, name);
        Some(Self { json, way })
    }

    /// The items of a list.
    pub(crate) fn items(&'a self) -> Result<impl Iterator<Item = Self>, ReadError> {
        let items = self.json.as_array().ok_or_else(|| self.wrong("a list"))?;
        Ok(items.iter().enumerate().map(move |(number, json)| {
            let way = Way::Item(self, number);
            Self { json, way }
        }))
    }

    /// The fields of an object, by name.
    pub(crate) fn fields(&'a self) -> Result<impl Iterator<Item = (&'a str, Self)>, ReadError> {
        let fields = self
            .json
            .as_object()
            .ok_or_else(|| self.wrong("an object"))?;
        Ok(fields.iter().map(move |(name, json)| {
            let way = Way::Field(self, name);
            (name.as_str(), Self { json, way })
        }))
    }

    /// Every item of the list in the field of this name; none if it is not there.
    pub(crate) fn list<T>(
        &'a self,
        name: &'a str,
        read: impl Fn(&JsonNode) -> Result<T, ReadError>,
    ) -> Result<Vec<T>, ReadError> {
        let mut list = Vec::new();
        self.each(name, &mut |item| {
            list.push(read(item)?);
            Ok(())
        })?;
        Ok(list)
    }

    /// Visits every item of the list in the field of this name. One function for
    /// all kinds of items: the app is smaller by what it does not repeat.
    fn each(
        &'a self,
        name: &'a str,
        visit: &mut dyn FnMut(&JsonNode) -> Result<(), ReadError>,
    ) -> Result<(), ReadError> {
        if let Some(list) = self.optional(name) {
            for item in list.items()? {
                visit(&item)?;
            }
        }
        Ok(())
    }

    /// A text.
    pub(crate) fn text(&self) -> Result<&'a str, ReadError> {
        self.json.as_str().ok_or_else(|| self.wrong("a text"))
    }

    /// A text that is read as something.
    pub(crate) fn parsed<T: FromStr<Err = ModelError>>(&self) -> Result<T, ReadError> {
        self.model(self.text()?.parse())
    }

    /// The text in the field of this name, or the empty one.
    pub(crate) fn text_of(&'a self, name: &'a str) -> Result<String, ReadError> {
        let field = self.optional(name);
        field.map_or(Ok(String::new()), |field| field.text().map(str::to_owned))
    }

    /// The texts in the list of this name, or none.
    pub(crate) fn texts_of(&'a self, name: &'a str) -> Result<Vec<String>, ReadError> {
        self.list(name, |item| item.text().map(str::to_owned))
    }

    /// A whole number of 32 bits.
    pub(crate) fn whole(&self) -> Result<u32, ReadError> {
        let number = self.json.as_u64().and_then(|number| number.try_into().ok());
        number.ok_or_else(|| self.wrong("a whole number"))
    }

    /// A whole number.
    pub(crate) fn count(&self) -> Result<u64, ReadError> {
        self.json
            .as_u64()
            .ok_or_else(|| self.wrong("a whole number"))
    }

    /// Any number.
    pub(crate) fn number(&self) -> Result<f64, ReadError> {
        self.json.as_f64().ok_or_else(|| self.wrong("a number"))
    }

    /// True or false.
    pub(crate) fn truth(&self) -> Result<bool, ReadError> {
        self.json
            .as_bool()
            .ok_or_else(|| self.wrong("true or false"))
    }

    /// True or false in the field of this name; false if it is not there.
    pub(crate) fn truth_of(&'a self, name: &'a str) -> Result<bool, ReadError> {
        self.optional(name).map_or(Ok(false), |field| field.truth())
    }

    /// Two whole numbers.
    pub(crate) fn pair(&'a self) -> Result<[u32; 2], ReadError> {
        let numbers: Vec<u32> = self
            .items()?
            .map(|item| item.whole())
            .collect::<Result<_, _>>()?;
        numbers
            .try_into()
            .map_err(|_| self.wrong("a list of two whole numbers"))
    }
}
