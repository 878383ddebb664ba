//! Attributes and questions, and the answers to them.

use crate::model::error::ModelError;
use crate::model::id::Slug;
use crate::sorted::VecMap;
use crate::text::shortened::one_line;

use std::rc::Rc;

/// Answers by the id of their attribute, in the order of the ids.
pub type Values = VecMap<Slug, Value>;

/// A question asked of every mark of a tag, or of the whole article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribute {
    /// Unique among the attributes of its tag, or among the questions.
    pub id: Slug,
    /// The name, as shown.
    pub name: String,
    /// What to look for when answering; may be empty.
    pub help: String,
    /// The kind of answer.
    pub kind: AttributeKind,
    /// Whether a mark without an answer counts as incomplete.
    pub required: bool,
}

/// The kind of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AttributeKind {
    /// One of these options.
    OneOf(Vec<Rc<str>>),
    /// Any number of these options, in this order.
    ManyOf(Vec<Rc<str>>),
    /// Yes or no.
    YesNo,
    /// Free text.
    Text,
    /// A number.
    Number,
    /// A year, a month or a day.
    Date,
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// To [`AttributeKind::OneOf`].
    One(Rc<str>),
    /// To [`AttributeKind::ManyOf`]: in the order of the attribute's options, none twice.
    Many(Vec<Rc<str>>),
    /// To [`AttributeKind::YesNo`].
    YesNo(bool),
    /// To [`AttributeKind::Text`].
    Text(String),
    /// To [`AttributeKind::Number`].
    Number(Number),
    /// To [`AttributeKind::Date`].
    Date(PartialDate),
}

impl Attribute {
    /// Whether `value` is a valid answer.
    #[must_use]
    pub fn accepts(&self, value: &Value) -> bool {
        match (&self.kind, value) {
            (AttributeKind::OneOf(words), Value::One(word)) => words.contains(word),
            (AttributeKind::ManyOf(words), Value::Many(chosen)) => {
                let mut left = words.iter();
                chosen
                    .iter()
                    .all(|word| left.by_ref().any(|next| next == word))
            }
            (AttributeKind::YesNo, Value::YesNo(_))
            | (AttributeKind::Text, Value::Text(_))
            | (AttributeKind::Number, Value::Number(_))
            | (AttributeKind::Date, Value::Date(_)) => true,
            _ => false,
        }
    }
}

/// The answer as one line of text.
#[must_use]
pub fn in_words(value: &Value) -> String {
    match value {
        Value::One(word) => word.to_string(),
        Value::Many(words) => words.join(", "),
        Value::YesNo(true) => "yes".to_owned(),
        Value::YesNo(false) => "no".to_owned(),
        Value::Text(text) => one_line(text),
        Value::Number(number) => number.as_f64().to_string(),
        Value::Date(date) => date.as_str().to_owned(),
    }
}

/// Checks that every value is a valid answer to one of `attributes`.
pub(crate) fn check(attributes: &[Attribute], values: &Values) -> Result<(), ModelError> {
    for (id, value) in values {
        let attribute = attributes
            .iter()
            .find(|attribute| attribute.id == *id)
            .ok_or_else(|| ModelError::NoAttribute(id.clone()))?;
        if !attribute.accepts(value) {
            return Err(ModelError::BadValue(id.clone()));
        }
    }
    Ok(())
}

/// A number that a decimal text of at most 15 digits represents exactly, so that files can hold
/// it without loss: 0, or a size from 10⁻⁷ up to but not including 10¹⁵.
#[derive(Clone, Copy, Debug)]
pub struct Number(f64); // Invariant: as described above; zero is positive.

impl Number {
    /// Checks the number. Errors: it has more digits, or it is too large or too small.
    pub fn new(number: f64) -> Result<Self, ModelError> {
        let size = number.abs();
        if size == 0.0 {
            return Ok(Self(0.0));
        }
        // `digits` is the number as an integer of 15 digits, and `move_by` is the power of ten
        // between the two. Both are exact in 53 bits, so one division gives the floating-point
        // number nearest to the decimal text, which is what every JSON reader returns.
        let mut move_by = 1.0;
        while size * move_by < 1e14 && move_by < 1e22 {
            move_by *= 10.0;
        }
        let digits = (size * move_by).round();
        if (1e-7..1e15).contains(&size) && digits < 1e15 && digits / move_by == size {
            Ok(Self(number))
        } else {
            Err(ModelError::BadNumber)
        }
    }

    /// The number in floating point.
    #[must_use]
    pub fn as_f64(self) -> f64 {
        self.0
    }
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        self.0.to_bits() == other.0.to_bits()
    }
}

impl Eq for Number {}

/// A day, a month or a year of ISO 8601: `2024-01-30`, `2024-01`, `2024`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PartialDate(String);

impl PartialDate {
    /// Reads the date in `text`. Errors: it has another form, or the day does not exist.
    pub fn new(text: &str) -> Result<Self, ModelError> {
        let parts: Vec<&str> = text.split('-').collect();
        let widths = parts.iter().zip([4, 2, 2]).all(|(part, width)| {
            part.len() == width && part.bytes().all(|byte| byte.is_ascii_digit())
        });
        let number = |at: usize| parts.get(at).map_or(Ok(1), |part| part.parse::<u32>());
        let is_date = match (number(0), number(1), number(2)) {
            (Ok(year), Ok(month), Ok(day)) => (1..=days_of(year, month)).contains(&day),
            _ => false,
        };
        if parts.len() <= 3 && widths && is_date {
            Ok(Self(text.to_owned()))
        } else {
            Err(ModelError::BadDate(text.to_owned()))
        }
    }

    /// As written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The number of days of a month of the Gregorian calendar; 0 if there is no such month.
fn days_of(year: u32, month: u32) -> u32 {
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    }
}
