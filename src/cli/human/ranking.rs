//! The answer to several names: the ranking, then each name in short.

use super::answer::{FIELDS, body, compared, flags, heading, lines, paragraph};
use super::table::{Column, table};
use super::text::escape;
use super::{Detail, Layout, Page};
use crate::view::Ranking;

/// The names, the safest first, then each answer in the order asked.
///
/// In a pipe, two blocks apart by an empty line: the ranking, and the hits of all names.
pub(in crate::cli) fn ranking(ranking: &Ranking, detail: Detail, page: Page) -> String {
    let notice = ranking.answers.first().map_or("", |answer| &answer.notice);
    // All names met the same register.
    let compared_once = ranking.answers.first().map(|answer| compared(answer, page)).unwrap_or_default();
    match page.layout {
        Layout::Pipe => {
            let mut text = "rank\tname\tverdict\tscore\ttop_id\ttop_name\twhy\n".to_owned();
            for (place, name) in ranking.ranking.iter().enumerate() {
                let top = name.top.as_ref();
                let fields = [
                    (place + 1).to_string(),
                    escape(&name.name),
                    name.verdict.as_str().to_owned(),
                    top.map(|top| format!("{:.4}", top.score)).unwrap_or_default(),
                    top.map(|top| escape(&top.id)).unwrap_or_default(),
                    top.map(|top| escape(&top.name)).unwrap_or_default(),
                    escape(&name.why),
                ];
                text.push_str(&fields.join("\t"));
                text.push('\n');
            }
            text.push('\n');
            text.push_str(&compared_once);
            for answer in &ranking.answers {
                text.push_str(&heading(answer, page));
                text.push_str(&flags(answer, page));
            }
            text.push_str(FIELDS);
            for answer in &ranking.answers {
                text.push_str(&lines(answer, detail));
            }
            text.push_str(&format!("# {}\n", escape(notice)));
            text
        }
        Layout::Terminal { columns, .. } => {
            let mut text = ranking_table(ranking, page, columns) + "\n" + &compared_once;
            for answer in &ranking.answers {
                text.push_str(&format!("\n{}\n", "─".repeat(columns.min(40))));
                text.push_str(&heading(answer, page));
                text.push_str(&flags(answer, page));
                text.push_str(&body(answer, detail, page, columns));
            }
            text.push('\n');
            text.push_str(&paragraph(notice, columns));
            text
        }
    }
}

fn ranking_table(ranking: &Ranking, page: Page, columns: usize) -> String {
    let words = page.words;
    let titles = &words.titles;
    let shape = [
        Column::right("#"),
        Column::flexible(titles.name, 12),
        Column::new(titles.verdict),
        Column::right(titles.score),
        Column::flexible(titles.top, 12),
        Column::flexible(titles.why, 16),
    ];
    let rows = ranking.ranking.iter().enumerate().map(|(place, name)| {
        let top = name.top.as_ref();
        vec![
            (place + 1).to_string(),
            escape(&name.name),
            words.band(name.verdict).to_owned(),
            top.map_or_else(|| words.unknown.to_owned(), |top| format!("{:.2}", top.score)),
            top.map_or_else(|| words.unknown.to_owned(), |top| escape(&top.name)),
            escape(&name.why),
        ]
    });
    format!("{}\n\n{}", words.ranking, table(&shape, &rows.collect::<Vec<_>>(), columns))
}
