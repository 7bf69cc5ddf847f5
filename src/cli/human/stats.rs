//! What is in a register.

use super::table::{Column, table};
use super::text::{capital, cut, escape};
use super::{Layout, Page};
use crate::mark::{LegalStatus, MarkKind};
use crate::view::{Count, Stats};

/// Longest bar of a table, in columns of the screen.
const MAX_BAR: usize = 30;

/// The register's facts, then a table by status, kind, class and source.
///
/// In a pipe, one line per count: group, value, marks.
pub(in crate::cli) fn stats(stats: &Stats, page: Page) -> String {
    let groups = [&stats.by_status, &stats.by_kind, &stats.by_class, &stats.by_source];
    match page.layout {
        Layout::Pipe => {
            let register = &stats.register;
            let mut text = "group\tvalue\tmarks\n".to_owned();
            text.push_str(&format!("register\t{}\t{}\n", escape(&register.name), register.marks));
            text.push_str(&format!("compared\t\t{}\nwithout_words\t\t{}\n", register.compared, stats.without_words));
            for (group, counts) in ["status", "kind", "class", "source"].into_iter().zip(groups) {
                for count in counts {
                    let date = count.data_as_of.map(|date| format!("\t{date}")).unwrap_or_default();
                    text.push_str(&format!("{group}\t{}\t{}{date}\n", escape(&count.value), count.marks));
                }
            }
            let date = register.data_as_of.map(|date| date.to_string()).unwrap_or_default();
            let size = stats.size_bytes.map(|bytes| bytes.to_string()).unwrap_or_default();
            text.push_str(&format!("# data_as_of {date}\n# digest {}\n# size_bytes {size}\n", escape(&register.digest)));
            text
        }
        Layout::Terminal { columns, .. } => {
            let mut text = facts(stats, page, columns);
            for (title, (counts, translate)) in page.words.by.into_iter().zip(groups.into_iter().zip([status, kind, as_is, as_is])) {
                if !counts.is_empty() {
                    text.push('\n');
                    text.push_str(&count_table(title, counts, translate, page, columns));
                }
            }
            text
        }
    }
}

fn facts(stats: &Stats, page: Page, columns: usize) -> String {
    let words = page.words;
    let register = &stats.register;
    let facts = [
        (words.register, escape(&register.name)),
        (words.marks, words.number(register.marks)),
        (words.without_words, words.number(stats.without_words)),
        (words.data_as_of, register.data_as_of.map_or_else(|| words.unknown.to_owned(), |date| date.to_string())),
        (words.size, stats.size_bytes.map_or_else(|| words.built_in.to_owned(), |bytes| words.size(bytes))),
        (words.digest, escape(&register.digest)),
    ];
    facts.iter().map(|(label, value)| format!("{}\n", cut(&format!("{:<14}{value}", capital(label)), columns))).collect()
}

fn count_table(title: &'static str, counts: &[Count], translate: fn(&str, Page) -> String, page: Page, columns: usize) -> String {
    let most = counts.iter().map(|count| count.marks).max().unwrap_or(0).max(1);
    let max_bar = MAX_BAR.min(columns / 3);
    let rows = counts.iter().map(|count| {
        // A count that is not zero keeps one step, so that it is not taken for none.
        let steps = (u128::from(count.marks) * max_bar as u128).div_ceil(u128::from(most)) as usize;
        vec![escape(&dated(count, translate, page)), page.words.number(count.marks), "█".repeat(steps)]
    });
    let shape = [Column::flexible(title, 10), Column::right(page.words.marks), Column::new("")];
    table(&shape, &rows.collect::<Vec<_>>(), columns)
}

/// The value, with the date of the data where it has one of its own.
fn dated(count: &Count, translate: fn(&str, Page) -> String, page: Page) -> String {
    let value = translate(&count.value, page);
    match count.data_as_of {
        Some(date) => format!("{value} ({date})"),
        None => value,
    }
}

fn status(value: &str, page: Page) -> String {
    let known = LegalStatus::ALL.into_iter().find(|status| status.as_str() == value);
    known.map_or_else(|| value.to_owned(), |status| page.words.status(status).to_owned())
}

fn kind(value: &str, page: Page) -> String {
    let known = match value {
        "word" => MarkKind::Word,
        "figurative" => MarkKind::Figurative,
        "combined" => MarkKind::Combined,
        "other" => MarkKind::Other,
        _ => return value.to_owned(),
    };
    page.words.kind(known).to_owned()
}

fn as_is(value: &str, _page: Page) -> String {
    value.to_owned()
}
