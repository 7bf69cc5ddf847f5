//! JSON Lines: one object a line, with the keys of the native layout.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::columns::{Column, day_first, is_day_first};
use super::framing::{Framed, Framing, Records};
use super::reader::{Mapped, Reader, row_or_part};
use super::row::{self as cells_to_mark, Cells};
use super::{Fault, Input, Row};
use crate::Result;
use crate::mark::Mark;

/// Unknown keys that are named; a file with more has keys that are data.
const MAX_UNKNOWN_KEYS: usize = 50;

/// The rows of a file of JSON Lines.
pub(crate) struct JsonLinesReader {
    records: Records,
    keys: Keys,
}

impl JsonLinesReader {
    pub(crate) fn new(input: Input) -> Self {
        let file = input.name().to_owned();
        Self { records: Records::new(input, Framing::Lines), keys: Keys { file, ..Keys::default() } }
    }
}

impl Reader for JsonLinesReader {
    fn next_row(&mut self) -> Result<Option<Row>> {
        let row = self.records.next_record()?.map(|framed| match framed {
            Framed::Record(record) => {
                let (read, has_parts) = self.keys.mark(record.bytes);
                row_or_part(record.line, read, record.bytes, has_parts)
            }
            Framed::Broken { line, fault, raw } => Row::rejected(line, fault, raw),
        });
        Ok(row)
    }

    fn warnings(&self) -> &[String] {
        &self.keys.warnings
    }

    fn mapping(&self) -> Vec<Mapped> {
        let known = self.keys.known.iter().flatten().map(|(key, column)| Mapped::new(key, column.as_str()));
        known.chain(self.keys.unknown.iter().map(|key| Mapped::new(key, None))).collect()
    }
}

/// The keys that the lines of one file have had.
#[derive(Default)]
struct Keys {
    file: String,
    /// By column, the first key that meant it.
    known: [Option<(String, Column)>; Column::ALL.len()],
    unknown: BTreeSet<String>,
    warnings: Vec<String>,
}

impl Keys {
    /// The mark of one line, and whether its id is the number of an application, which may stand on several.
    fn mark(&mut self, line: &[u8]) -> (Result<Mark, Fault>, bool) {
        let mut own_words = [false; Column::ALL.len()];
        let mark = self.mark_of(line, &mut own_words);
        (mark, !own_words[Column::Id as usize])
    }

    fn mark_of(&mut self, line: &[u8], own_words: &mut [bool; Column::ALL.len()]) -> Result<Mark, Fault> {
        let object = object(line)?;
        let mut cells = Cells::default();
        for (key, value) in object.0 {
            let Some((column, is_own_word)) = Column::of_header(&key) else {
                self.warn_of(&key);
                continue;
            };
            // Our own word wins over another office's, as in a header.
            if cells.has(column) && own_words[column as usize] >= is_own_word {
                if own_words[column as usize] == is_own_word {
                    return Err(Fault::field(column.as_str(), "stands twice in the object; keep one"));
                }
                continue;
            }
            own_words[column as usize] = is_own_word;
            let is_day_first = column.is_of_dates() && is_day_first(&key);
            self.known[column as usize].get_or_insert_with(|| (key.into_owned(), column));
            if let Some(cell) = cell(column, value)? {
                cells.set(column, if is_day_first { day_first(cell) } else { cell });
            }
        }
        // A line without an id has its own.
        own_words[Column::Id as usize] |= !cells.has(Column::Id);
        cells_to_mark::refuse_nul(&cells)?;
        cells_to_mark::mark(&cells)
    }

    fn warn_of(&mut self, key: &str) {
        if self.unknown.len() < MAX_UNKNOWN_KEYS && !self.unknown.contains(key) {
            self.unknown.insert(key.to_owned());
            self.warnings.push(format!("{}: key {key:?} is not known and is left out", self.file));
        }
    }
}

/// Reads one line as a JSON object.
pub(crate) fn object(line: &[u8]) -> Result<Object<'_>, Fault> {
    let text = std::str::from_utf8(line).map_err(|_| Fault::row("holds bytes that are no UTF-8; save the file as UTF-8"))?;
    serde_json::from_str(text).map_err(|error| {
        // The line within the text is always 1: rows have their own count.
        let reason = error.to_string();
        let reason = reason.split(" at line ").next().unwrap_or_default();
        Fault::row(format!("is no JSON object ({reason}, column {}); write one object a line", error.column()))
    })
}

fn cell<'a>(column: Column, value: Value<'a>) -> Result<Option<Cow<'a, str>>, Fault> {
    let bad = |reason: &str| Err(Fault::field(column.as_str(), reason));
    match value {
        Value::Null => Ok(None),
        Value::Text(text) => Ok(Some(text)),
        Value::Whole(number) => Ok(Some(Cow::Owned(number))),
        Value::List(list) if column == Column::Classes => Ok(Some(Cow::Owned(list))),
        Value::List(_) => bad("is a list; write it as text"),
        Value::Fraction => bad("is a number with a fraction or too many digits; write it in quotes"),
        Value::Other(what) => bad(&format!("is {what}; write it as text")),
    }
}

/// An object's pairs in their order.
pub(crate) struct Object<'a>(pub(crate) Vec<(Cow<'a, str>, Value<'a>)>);

/// A value, as far as a column can hold it.
pub(crate) enum Value<'a> {
    Null,
    Text(Cow<'a, str>),
    /// A whole number's digits.
    Whole(String),
    Fraction,
    /// Texts and whole numbers, joined by `;`.
    List(String),
    /// Named for the message.
    Other(&'static str),
}

impl<'de> Deserialize<'de> for Object<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ObjectVisitor;
        impl<'de> Visitor<'de> for ObjectVisitor {
            type Value = Object<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut pairs = Vec::with_capacity(map.size_hint().unwrap_or(Column::ALL.len()));
                while let Some(key) = map.next_key::<Text<'de>>()? {
                    pairs.push((key.0, map.next_value()?));
                }
                Ok(Object(pairs))
            }
        }
        deserializer.deserialize_map(ObjectVisitor)
    }
}

/// A string, borrowed where it holds no escapes (a plain `Cow` always copies).
struct Text<'a>(Cow<'a, str>);

impl<'de> Deserialize<'de> for Text<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Value::deserialize(deserializer)? {
            Value::Text(text) => Ok(Self(text)),
            _ => Err(D::Error::custom("a key is no text")),
        }
    }
}

impl<'de> Deserialize<'de> for Value<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ValueVisitor;
        impl<'de> Visitor<'de> for ValueVisitor {
            type Value = Value<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a value")
            }

            fn visit_unit<E>(self) -> Result<Self::Value, E> {
                Ok(Value::Null)
            }

            fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
                Ok(Value::Other("true or false"))
            }

            fn visit_i64<E>(self, number: i64) -> Result<Self::Value, E> {
                Ok(Value::Whole(number.to_string()))
            }

            fn visit_u64<E>(self, number: u64) -> Result<Self::Value, E> {
                Ok(Value::Whole(number.to_string()))
            }

            fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
                Ok(Value::Fraction)
            }

            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
                Ok(Value::Text(Cow::Borrowed(text)))
            }

            fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
                Ok(Value::Text(Cow::Owned(text.to_owned())))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
                let mut joined = String::new();
                let mut odd = None;
                while let Some(item) = list.next_element::<Value<'de>>()? {
                    if !joined.is_empty() {
                        joined.push(';');
                    }
                    match item {
                        Value::Text(text) => joined.push_str(&text),
                        Value::Whole(number) => joined.push_str(&number),
                        Value::Null => {}
                        Value::Fraction | Value::List(_) | Value::Other(_) => odd = Some("a list of more than texts and whole numbers"),
                    }
                }
                Ok(odd.map_or(Value::List(joined), Value::Other))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                Ok(Value::Other("an object"))
            }
        }
        deserializer.deserialize_any(ValueVisitor)
    }
}
