//! Reads values of JSON and tells where in the file a value is wrong.

use crate::error::ReadError;
use pullquote_core::model::error::ModelError;

use serde_json::Value as Json;
use std::str::FromStr;

/// A value of a JSON text that knows its path in the text.
///
/// A field that is `null` counts as missing.
#[derive(Clone, Copy)]
pub struct JsonNode<'a> {
    json: &'a Json,
    location: Location<'a>,
}

/// Where a value stands; it becomes text only where an error needs it.
#[derive(Clone, Copy)]
enum Location<'a> {
    Root,
    Field(&'a JsonNode<'a>, &'a str),
    Item(&'a JsonNode<'a>, usize),
}

impl<'a> JsonNode<'a> {
    /// The value of the whole text.
    pub fn root(json: &'a Json) -> Self {
        let location = Location::Root;
        Self { json, location }
    }

    /// The value itself.
    pub fn json(&self) -> &'a Json {
        self.json
    }

    /// The path of the value: `annotations[3].spans[0]`; empty at the root.
    pub fn path(&self) -> String {
        match self.location {
            Location::Root => String::new(),
            Location::Field(parent, name) if parent.is_root() => name.to_owned(),
            Location::Field(parent, name) => format!("{}.{name}", parent.path()),
            Location::Item(parent, index) => format!("{}[{index}]", parent.path()),
        }
    }

    fn is_root(&self) -> bool {
        matches!(self.location, Location::Root)
    }

    /// The error of a value that is not what was expected.
    pub fn expected(&self, expected: &str) -> ReadError {
        self.shape_error(format!("{expected} is expected"))
    }

    fn shape_error(&self, reason: String) -> ReadError {
        let place = match self.path() {
            path if path.is_empty() => "the file".to_owned(),
            path => path,
        };
        ReadError::Shape { place, reason }
    }

    /// The checked value, or the model's error with this path.
    pub fn checked<T>(&self, checked: Result<T, ModelError>) -> Result<T, ReadError> {
        checked.map_err(|error| ReadError::Model {
            place: self.path(),
            error,
        })
    }

    /// The field `name`, which must be there.
    pub fn field(&'a self, name: &'a str) -> Result<Self, ReadError> {
        let missing = || self.shape_error(format!("the field `{name}` is missing"));
        self.optional(name).ok_or_else(missing)
    }

    /// The field `name`; `None` if it is missing.
    pub fn optional(&'a self, name: &'a str) -> Option<Self> {
        let json = self.json.get(name).filter(|json| !json.is_null())?;
        let location = Location::Field(self, name);
        Some(Self { json, location })
    }

    /// The items of a list.
    pub fn items(&'a self) -> Result<impl Iterator<Item = Self>, ReadError> {
        let items = self
            .json
            .as_array()
            .ok_or_else(|| self.expected("a list"))?;
        Ok(items.iter().enumerate().map(move |(index, json)| {
            let location = Location::Item(self, index);
            Self { json, location }
        }))
    }

    /// The names and values of the fields of an object.
    pub fn fields(&'a self) -> Result<impl Iterator<Item = (&'a str, Self)>, ReadError> {
        let fields = self
            .json
            .as_object()
            .ok_or_else(|| self.expected("an object"))?;
        Ok(fields.iter().map(move |(name, json)| {
            let location = Location::Field(self, name);
            (name.as_str(), Self { json, location })
        }))
    }

    /// The items of the list in the field `name`, each read by `read`; none if the field is
    /// missing.
    pub fn list<T>(
        &'a self,
        name: &'a str,
        read: impl Fn(&JsonNode) -> Result<T, ReadError>,
    ) -> Result<Vec<T>, ReadError> {
        let mut list = Vec::new();
        self.for_each(name, &mut |item| {
            list.push(read(item)?);
            Ok(())
        })?;
        Ok(list)
    }

    /// Visits the items of the list in the field `name`. It is one function for all types of
    /// items, which keeps the built app small.
    fn for_each(
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

    /// The value as text.
    pub fn text(&self) -> Result<&'a str, ReadError> {
        self.json.as_str().ok_or_else(|| self.expected("a text"))
    }

    /// The value that the text stands for.
    pub fn parsed<T: FromStr<Err = ModelError>>(&self) -> Result<T, ReadError> {
        self.checked(self.text()?.parse())
    }

    /// The text in the field `name`; empty if the field is missing.
    pub fn text_or_empty(&'a self, name: &'a str) -> Result<String, ReadError> {
        let field = self.optional(name);
        field.map_or(Ok(String::new()), |field| field.text().map(str::to_owned))
    }

    /// The texts of the list in the field `name`; none if the field is missing.
    pub fn texts(&'a self, name: &'a str) -> Result<Vec<String>, ReadError> {
        self.list(name, |item| item.text().map(str::to_owned))
    }

    /// The value as a whole number below 2³².
    pub fn u32(&self) -> Result<u32, ReadError> {
        let number = self.json.as_u64().and_then(|number| number.try_into().ok());
        number.ok_or_else(|| self.expected("a whole number"))
    }

    /// The value as a whole number that is not negative.
    pub fn u64(&self) -> Result<u64, ReadError> {
        let number = self.json.as_u64();
        number.ok_or_else(|| self.expected("a whole number"))
    }

    /// The value as a whole number, which may be negative.
    pub fn i64(&self) -> Result<i64, ReadError> {
        let number = self.json.as_i64();
        number.ok_or_else(|| self.expected("a whole number"))
    }

    /// The value as any number.
    pub fn f64(&self) -> Result<f64, ReadError> {
        self.json.as_f64().ok_or_else(|| self.expected("a number"))
    }

    /// The value as true or false.
    pub fn bool(&self) -> Result<bool, ReadError> {
        let truth = self.json.as_bool();
        truth.ok_or_else(|| self.expected("true or false"))
    }

    /// True or false in the field `name`; false if the field is missing.
    pub fn bool_or_false(&'a self, name: &'a str) -> Result<bool, ReadError> {
        self.optional(name).map_or(Ok(false), |field| field.bool())
    }

    /// The value as a list of two whole numbers below 2³².
    pub fn pair(&'a self) -> Result<[u32; 2], ReadError> {
        let numbers: Vec<u32> = self
            .items()?
            .map(|item| item.u32())
            .collect::<Result<_, _>>()?;
        numbers
            .try_into()
            .map_err(|_| self.expected("a list of two whole numbers"))
    }
}
