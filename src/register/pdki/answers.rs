//! The register's answers: JSON in any envelope.

use super::facts::Facts;
use super::fields::{Field, is_kept, role};
use crate::register::Row;
use crate::register::json::{JsonFormat, Node};
use crate::register::notes::Notes;

/// How the register writes answers.
pub(super) const ANSWERS: JsonFormat = JsonFormat {
    role,
    keeps: is_kept,
    column: |key| Field::of_key(key).and_then(Field::column),
    // Answers don't say when they were given.
    row: |line, node, notes| (record(line, node, notes), None),
};

fn record(line: u64, node: Node<'_>, notes: &mut Notes) -> Row {
    let mut facts = Facts::default();
    fill(node, &mut facts);
    facts.row(line, notes)
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
