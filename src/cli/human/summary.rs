//! What a long verb did, as a short list of facts.

use super::text::{capital, cut, escape, width};
use super::{Layout, Page};

/// One fact: its key for scripts, its label for a person, its value.
pub(in crate::cli) struct Fact {
    pub key: &'static str,
    pub label: &'static str,
    pub value: String,
}

/// One fact a line: key and value apart by a tab in a pipe, labels in a column on a screen.
pub(in crate::cli) fn summary(facts: &[Fact], page: Page) -> String {
    let label_columns = facts.iter().map(|fact| width(fact.label)).max().unwrap_or(0) + 2;
    let line = |fact: &Fact| match page.layout {
        Layout::Pipe => format!("{}\t{}\n", fact.key, escape(&fact.value)),
        Layout::Terminal { columns, .. } => {
            let gap = " ".repeat(label_columns - width(fact.label));
            format!("{}\n", cut(&format!("{}{gap}{}", capital(fact.label), escape(&fact.value)), columns))
        }
    };
    facts.iter().map(line).collect()
}
