//! Structs in the compact protocol of Apache Thrift.

// The types of fields and of items of lists.
const I32: u8 = 5;
const I64: u8 = 6;
const BINARY: u8 = 8;
const LIST: u8 = 9;
const STRUCT: u8 = 12;

/// Appends a number with seven bits a byte, the lowest first.
pub(crate) fn push_varint(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

/// A struct that is being written. The fields of a struct are written in rising order.
#[derive(Default)]
pub(crate) struct ThriftWriter {
    bytes: Vec<u8>,
    // The last field of each struct around the current one.
    outer: Vec<i16>,
    // The last field of the current struct.
    last: i16,
}

impl ThriftWriter {
    fn field(&mut self, id: i16, kind: u8) {
        // The ids of the fields written here rise by less than 16, so the short form is enough.
        self.bytes.push(((id - self.last) as u8) << 4 | kind);
        self.last = id;
    }

    fn zigzag(&mut self, number: i64) {
        push_varint(&mut self.bytes, ((number << 1) ^ (number >> 63)) as u64);
    }

    fn binary(&mut self, text: &str) {
        push_varint(&mut self.bytes, text.len() as u64);
        self.bytes.extend(text.as_bytes());
    }

    fn list_head(&mut self, id: i16, kind: u8, length: usize) {
        self.field(id, LIST);
        match length {
            0..15 => self.bytes.push((length as u8) << 4 | kind),
            length => {
                self.bytes.push(0xF0 | kind);
                push_varint(&mut self.bytes, length as u64);
            }
        }
    }

    /// A field of 32 bits.
    pub(crate) fn i32(&mut self, id: i16, number: i64) {
        self.field(id, I32);
        self.zigzag(number);
    }

    /// A field of 64 bits.
    pub(crate) fn i64(&mut self, id: i16, number: i64) {
        self.field(id, I64);
        self.zigzag(number);
    }

    /// A text.
    pub(crate) fn text(&mut self, id: i16, text: &str) {
        self.field(id, BINARY);
        self.binary(text);
    }

    /// A list of numbers of 32 bits.
    pub(crate) fn numbers(&mut self, id: i16, numbers: &[i64]) {
        self.list_head(id, I32, numbers.len());
        for number in numbers {
            self.zigzag(*number);
        }
    }

    /// A list of texts.
    pub(crate) fn texts(&mut self, id: i16, texts: &[&str]) {
        self.list_head(id, BINARY, texts.len());
        for text in texts {
            self.binary(text);
        }
    }

    /// A list of structs. `length` times [`Self::begin_item`], fields and [`Self::end`] follow.
    pub(crate) fn list(&mut self, id: i16, length: usize) {
        self.list_head(id, STRUCT, length);
    }

    /// Begins a field that is a struct. Its fields and [`Self::end`] follow.
    pub(crate) fn begin(&mut self, id: i16) {
        self.field(id, STRUCT);
        self.begin_item();
    }

    /// Begins an item of a list of structs.
    pub(crate) fn begin_item(&mut self) {
        self.outer.push(std::mem::take(&mut self.last));
    }

    /// Ends the current struct.
    pub(crate) fn end(&mut self) {
        self.bytes.push(0);
        self.last = self.outer.pop().unwrap_or_default();
    }

    /// Ends the outermost struct and returns its bytes.
    pub(crate) fn finish(mut self) -> Vec<u8> {
        self.bytes.push(0);
        self.bytes
    }
}

/// A value that was read.
pub(crate) enum ThriftValue {
    Number(i64),
    Text(String),
    List(Vec<ThriftValue>),
    Fields(Vec<(i16, ThriftValue)>),
}

impl ThriftValue {
    /// The field of a struct; `None` if it is missing, or the value is no struct.
    pub(crate) fn field(&self, id: i16) -> Option<&ThriftValue> {
        let Self::Fields(fields) = self else {
            return None;
        };
        let mut fields = fields.iter();
        fields.find_map(|(known, value)| (*known == id).then_some(value))
    }

    /// The items of a list in a field; none if there is no such list.
    pub(crate) fn list(&self, id: i16) -> &[ThriftValue] {
        match self.field(id) {
            Some(Self::List(list)) => list,
            _ => &[],
        }
    }

    /// The number in a field; 0 if there is none.
    pub(crate) fn number(&self, id: i16) -> i64 {
        match self.field(id) {
            Some(Self::Number(number)) => *number,
            _ => 0,
        }
    }

    /// The text; empty if the value is no text.
    pub(crate) fn text(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Number(_) | Self::List(_) | Self::Fields(_) => String::new(),
        }
    }
}

/// Reads values from the beginning of bytes. Everything returns `None` where the bytes end too
/// early or are not what the protocol allows.
pub(crate) struct ThriftReader<'a> {
    rest: &'a [u8],
}

impl<'a> ThriftReader<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// The next bytes as they are.
    pub(crate) fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some(taken)
    }

    /// The next byte.
    pub(crate) fn byte(&mut self) -> Option<u8> {
        self.take(1).map(|bytes| bytes[0])
    }

    /// The next number with seven bits a byte.
    pub(crate) fn varint(&mut self) -> Option<u64> {
        let mut number = 0_u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    fn zigzag(&mut self) -> Option<i64> {
        let number = self.varint()?;
        Some((number >> 1) as i64 ^ -((number & 1) as i64))
    }

    /// The next struct.
    pub(crate) fn fields(&mut self) -> Option<ThriftValue> {
        let mut fields = Vec::new();
        let mut last = 0_i16;
        loop {
            let head = self.byte()?;
            if head == 0 {
                return Some(ThriftValue::Fields(fields));
            }
            last = match head >> 4 {
                0 => i16::try_from(self.zigzag()?).ok()?,
                step => last.checked_add(i16::from(step))?,
            };
            fields.push((last, self.value(head & 0xF)?));
        }
    }

    fn value(&mut self, kind: u8) -> Option<ThriftValue> {
        Some(match kind {
            // Booleans.
            1 | 2 => ThriftValue::Number(i64::from(kind == 1)),
            3..=I64 => ThriftValue::Number(self.zigzag()?),
            BINARY => {
                let length = usize::try_from(self.varint()?).ok()?;
                let text = String::from_utf8_lossy(self.take(length)?);
                ThriftValue::Text(text.into_owned())
            }
            LIST => {
                let head = self.byte()?;
                let length = match head >> 4 {
                    15 => self.varint()?,
                    length => u64::from(length),
                };
                let list = (0..length).map(|_| self.value(head & 0xF));
                ThriftValue::List(list.collect::<Option<_>>()?)
            }
            STRUCT => self.fields()?,
            _ => return None,
        })
    }
}
