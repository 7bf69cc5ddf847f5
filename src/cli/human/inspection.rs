//! What is in a file that could be imported.

use super::table::{Column, table};
use super::text::escape;
use super::{Fact, Layout, Page, summary};
use crate::cli::inspect::{Field, Inspection};
use crate::mark::Mark;

/// The facts of a file, then its fields, its first marks, and what can't be read.
///
/// In a pipe, one line per fact, field, mark or problem: what it is, then its parts.
pub(in crate::cli) fn inspection(inspection: &Inspection, page: Page) -> String {
    match page.layout {
        Layout::Pipe => format!("what\tvalue\tmore\n{}{}", summary(&facts(inspection, "", page), page), lines(inspection)),
        Layout::Terminal { columns, .. } => tables(inspection, page, columns),
    }
}

fn lines(inspection: &Inspection) -> String {
    let mut text = String::new();
    let mut line = |parts: &[&str]| {
        text.push_str(&parts.iter().map(|part| escape(part)).collect::<Vec<_>>().join("\t"));
        text.push('\n');
    };
    for field in &inspection.fields {
        line(&["field", &field.field, field.becomes.unwrap_or_default()]);
    }
    for mark in &inspection.first {
        let cells = row(mark);
        line(&std::iter::once("mark").chain(cells.iter().map(String::as_str)).collect::<Vec<_>>());
    }
    for problem in &inspection.problems {
        line(&["problem", &problem.line.to_string(), problem.field.as_deref().unwrap_or_default(), &problem.reason]);
    }
    for warning in &inspection.warnings {
        line(&["warning", warning]);
    }
    text
}

fn tables(inspection: &Inspection, page: Page, columns: usize) -> String {
    let words = page.words.inspected;
    let mut text = summary(&facts(inspection, page.words.unknown, page), page);
    let mut section = |shape: &[Column], rows: Vec<Vec<String>>| {
        if !rows.is_empty() {
            text.push('\n');
            text.push_str(&table(shape, &rows, columns));
        }
    };
    let becomes = |field: &Field| vec![escape(&field.field), field.becomes.unwrap_or(words.left_out).to_owned()];
    section(&[Column::flexible(words.field, 12), Column::new(words.becomes)], inspection.fields.iter().map(becomes).collect());
    let [id, name, classes, status, filed, owner] = words.mark;
    let shape = [
        Column::new(id),
        Column::flexible(name, 12),
        Column::new(classes),
        Column::new(status),
        Column::new(filed),
        Column::flexible(owner, 8),
    ];
    let marks = inspection.first.iter().map(|mark| row(mark).map(|cell| escape(&cell)).to_vec());
    section(&shape, marks.collect());
    let problems = inspection
        .problems
        .iter()
        .map(|problem| vec![problem.line.to_string(), escape(problem.field.as_deref().unwrap_or_default()), escape(&problem.reason)]);
    let [line, field, reason] = words.problem;
    section(&[Column::right(line), Column::new(field), Column::flexible(reason, 20)], problems.collect());
    if !inspection.warnings.is_empty() {
        text.push('\n');
    }
    inspection.warnings.iter().for_each(|warning| text.push_str(&format!("{}\n", escape(warning))));
    text
}

/// What is told of the file as a whole; `unknown` stands where it has no date.
fn facts(inspection: &Inspection, unknown: &str, page: Page) -> [Fact; 6] {
    let [file, format, date, rows, marks, rejected] = page.words.inspected.facts;
    let fact = |key, label, value| Fact { key, label, value };
    [
        fact("file", file, inspection.file.display().to_string()),
        fact("format", format, inspection.format.to_owned()),
        fact("data_as_of", date, inspection.data_as_of.map_or_else(|| unknown.to_owned(), |date| date.to_string())),
        fact("rows", rows, inspection.rows.to_string()),
        fact("marks", marks, inspection.marks.to_string()),
        fact("rejected", rejected, inspection.rejected.to_string()),
    ]
}

/// Id, name, classes, status, filing date, owner.
fn row(mark: &Mark) -> [String; 6] {
    [
        mark.id.clone(),
        mark.verbal_element.clone(),
        mark.classes.to_string(),
        mark.status.as_str().to_owned(),
        mark.filed_on.map(|date| date.to_string()).unwrap_or_default(),
        mark.owner.clone().unwrap_or_default(),
    ]
}
