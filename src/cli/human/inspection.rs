//! What is in a file that could be imported.

use super::table::{Column, table};
use super::text::{capital, cut, escape};
use super::{Layout, Page};
use crate::cli::inspect::Inspection;
use crate::mark::Mark;

/// The facts of a file, then its fields, its first marks, and what can't be read.
///
/// In a pipe, one line per fact, field, mark or problem: what it is, then its parts.
pub(in crate::cli) fn inspection(inspection: &Inspection, page: Page) -> String {
    match page.layout {
        Layout::Pipe => lines(inspection),
        Layout::Terminal { columns, .. } => tables(inspection, page, columns),
    }
}

fn lines(inspection: &Inspection) -> String {
    let mut text = String::new();
    let mut line = |parts: &[&str]| {
        text.push_str(&parts.iter().map(|part| escape(part)).collect::<Vec<_>>().join("\t"));
        text.push('\n');
    };
    line(&["what", "value", "more"]);
    for (key, value) in facts(inspection, "") {
        line(&[key, &value]);
    }
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
    let mut text: String = facts(inspection, page.words.unknown)
        .into_iter()
        .zip(words.facts)
        .map(|((_, value), label)| format!("{}\n", cut(&format!("{:<14}{}", capital(label), escape(&value)), columns)))
        .collect();
    let mut section = |shape: &[Column], rows: Vec<Vec<String>>| {
        if !rows.is_empty() {
            text.push('\n');
            text.push_str(&table(shape, &rows, columns));
        }
    };
    let becomes = |field: &crate::cli::inspect::Field| vec![escape(&field.field), field.becomes.unwrap_or(words.left_out).to_owned()];
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

/// Key and value.
fn facts(inspection: &Inspection, unknown: &str) -> [(&'static str, String); 6] {
    [
        ("file", inspection.file.display().to_string()),
        ("format", inspection.format.to_owned()),
        ("data_as_of", inspection.data_as_of.map_or_else(|| unknown.to_owned(), |date| date.to_string())),
        ("rows", inspection.rows.to_string()),
        ("marks", inspection.marks.to_string()),
        ("rejected", inspection.rejected.to_string()),
    ]
}

/// Id, name, classes, status, filing date, owner.
fn row(mark: &Mark) -> [String; 6] {
    let classes: Vec<String> = mark.classes.iter().map(|class| class.to_string()).collect();
    [
        mark.id.clone(),
        mark.verbal_element.clone(),
        classes.join(";"),
        mark.status.as_str().to_owned(),
        mark.filed_on.map(|date| date.to_string()).unwrap_or_default(),
        mark.owner.clone().unwrap_or_default(),
    ]
}
