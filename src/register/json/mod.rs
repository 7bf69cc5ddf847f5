//! JSON of any envelope: the records in it one after the other, each as a small tree.
//!
//! Offices' answers come as one object, as lists of them, as lines, and wrapped by the tools that fetched
//! them. Where a record begins is told by its keys, so that none of these shapes needs a reader of its own.

mod node;
mod records;
mod marks;

pub(crate) use marks::{JsonFormat, JsonReader};
pub(crate) use node::Node;
pub(crate) use records::Role;

use node::node;
use records::{JsonFramed, JsonRecords};

use super::Rejection;

/// The keys that stand in a text, in their order and as often as they stand there, as far as the text can
/// be followed.
pub(crate) fn keys(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = text;
    std::iter::from_fn(move || {
        loop {
            let start = rest.iter().position(|&byte| byte == b'"')? + 1;
            let len = string_len(&rest[start..])?;
            let word = &rest[start..start + len];
            rest = &rest[start + len + 1..];
            if rest.trim_ascii_start().first() == Some(&b':') {
                return Some(word);
            }
        }
    })
}

/// Bytes of a string up to the quote that closes it; `None` where none is in sight.
fn string_len(text: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        match text.get(at)? {
            b'"' => return Some(at),
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
}

/// What is kept of a rejected record: its number and its name, so that it can be found again, and
/// nothing of its persons.
pub(crate) fn raw(number: &str, name: &str) -> String {
    let raw = [number, name].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ");
    raw.chars().take(Rejection::MAX_RAW_CHARS).collect()
}
