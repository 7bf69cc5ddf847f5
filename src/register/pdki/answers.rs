//! The register's answers: JSON in any envelope.

use std::borrow::Cow;

use super::facts::Facts;
use super::fields::{Field, is_kept, role};
use crate::Result;
use crate::register::json::{self, JsonFramed, JsonRecords, Node};
use crate::register::notes::Notes;
use crate::register::reader::{Mapped, Reader, row};
use crate::register::{Fault, Input, Row};

/// Keys of records that are listed; an answer has some thirty.
const MAX_KEYS: usize = 100;

/// The marks of a file of answers.
pub(super) struct AnswersReader {
    records: JsonRecords,
    notes: Notes,
    keys: Vec<Mapped>,
}

impl AnswersReader {
    pub(super) fn new(input: Input) -> Self {
        let notes = Notes::new(input.name());
        Self { records: JsonRecords::new(input, role), notes, keys: Vec::new() }
    }
}

impl Reader for AnswersReader {
    fn next_row(&mut self) -> Result<Option<Row>> {
        let Some(framed) = self.records.next_record()? else {
            return Ok(None);
        };
        Ok(Some(match framed {
            JsonFramed::Broken { line, fault } => row::<Row>(line, Err(fault), b""),
            JsonFramed::Record { line, bytes } => match json::node(bytes, is_kept) {
                Err(fault) => row::<Row>(line, Err(fault), b""),
                Ok(node) => {
                    if self.keys.is_empty() {
                        self.keys = mapping(bytes);
                    }
                    record(line, node, &mut self.notes)
                }
            },
        }))
    }

    fn warnings(&self) -> &[String] {
        self.notes.warnings()
    }

    fn mapping(&self) -> Vec<Mapped> {
        self.keys.clone()
    }
}

fn record(line: u64, node: Node<'_>, notes: &mut Notes) -> Row {
    let mut facts = Facts::default();
    fill(node, &mut facts);
    let read: Result<Row, Fault> = facts.mark(notes).map(Row::Part);
    let (number, name) = facts.number_and_name();
    match read {
        Ok(row) => row,
        Err(fault) => row::<Row>(line, Err(fault), json::raw(number, name).as_bytes()),
    }
}

/// Takes the pairs of a record, and of what wraps it.
fn fill<'a>(node: Node<'a>, facts: &mut Facts<'a>) {
    let Node::Object(pairs) = node else {
        return;
    };
    for (key, node) in pairs {
        match Field::of_key(key.as_bytes()) {
            Some(Field::Source) => fill(node, facts),
            Some(field @ (Field::Owner | Field::Classes)) => node.each_item(&mut |item| fill_item(field, item, facts)),
            Some(Field::PriorityOn) => node.each_text(&mut |text| facts.set(Field::PriorityOn, text)),
            Some(field) => {
                if let Some(text) = node.into_text() {
                    facts.set(field, text);
                }
            }
            None => {}
        }
    }
}

/// Takes one owner or one class: an object, or its text alone.
fn fill_item<'a>(field: Field, item: Node<'a>, facts: &mut Facts<'a>) {
    let Node::Object(pairs) = item else {
        return item.each_text(&mut |text| facts.set(field, text));
    };
    for (key, node) in pairs {
        let part = match Field::of_key(key.as_bytes()) {
            Some(part @ (Field::Owner | Field::Country | Field::CountryCode | Field::Classes | Field::Goods)) => part,
            None if field == Field::Owner && matches!(&*key, "name" | "nama") => Field::Owner,
            _ => continue,
        };
        node.each_text(&mut |text| facts.set(part, text));
    }
}

/// The keys of one record, and what becomes of them.
fn mapping(record: &[u8]) -> Vec<Mapped> {
    let mut keys: Vec<Mapped> = Vec::new();
    for key in json::keys(record).take(MAX_KEYS) {
        let shown: Cow<'_, str> = String::from_utf8_lossy(key);
        if keys.iter().all(|known| known.field != shown) {
            keys.push(Mapped::new(shown, Field::of_key(key).and_then(Field::column)));
        }
    }
    keys
}
