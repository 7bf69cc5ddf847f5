//! The answer to one name.

use std::borrow::Cow;

use super::table::{Column, table};
use super::text::{cut, escape, wrap};
use super::tree::tree;
use super::{Detail, Layout, Page, paint};
use crate::view::{Answer, Hit, Reason};

/// On screens below this, a table with a column of reasons would leave names some ten
/// letters; the reasons then stand under the table.
const COLUMNS_FOR_WHY: usize = 90;

/// Hits shown of each of several names, unless all reasons are asked for.
const SHORT_HITS: usize = 3;

/// The fields of a line of [`Layout::Pipe`].
pub(super) const FIELDS: &str = "query\trank\tscore\tband\tbar\tid\tname\tclasses\tstatus\tfiled_on\towner\twhy\n";

/// The whole answer: verdict, hits, evidence, flags, notice.
pub(in crate::cli) fn answer(answer: &Answer, detail: Detail, page: Page) -> String {
    let mut text = heading(answer, page) + &compared(answer, page) + &flags(answer, page);
    match page.layout {
        Layout::Pipe => {
            text.push_str(FIELDS);
            text.push_str(&lines(answer, detail));
            text.push_str(&format!("# {}\n", escape(&answer.notice)));
        }
        Layout::Terminal { columns, .. } => {
            text.push_str(&body(answer, detail, page, columns));
            text.push('\n');
            text.push_str(&paragraph(&answer.notice, columns));
        }
    }
    text
}

/// The name, its verdict, and how it is read.
pub(super) fn heading(answer: &Answer, page: Page) -> String {
    let words = page.words;
    let mut name = escape(&answer.query.name);
    if !answer.query.classes.is_empty() {
        name.push_str(&format!(" ({} {})", words.class, answer.query.classes));
    }
    let verdict = words.verdict(answer.verdict);
    let Layout::Terminal { columns, color } = page.layout else { return format!("# {name}: {verdict}\n") };
    let mut text = format!("{}\n", cut(&name, columns));
    for line in wrap(verdict, columns) {
        text.push_str(&format!("{}\n", paint(&line, answer.verdict, color)));
    }
    let readings = answer.query.readings.iter().map(|reading| escape(reading)).collect::<Vec<_>>().join(" / ");
    if !readings.is_empty() {
        text.push_str(&format!("{}\n", cut(&format!("{} {readings}", words.read_as), columns)));
    }
    text
}

/// With how many marks, of which register and date, a name was compared.
pub(super) fn compared(answer: &Answer, page: Page) -> String {
    let words = page.words;
    let register = &answer.register;
    let [before, after] = words.compared;
    let date = register.data_as_of.map_or_else(|| words.unknown.to_owned(), |date| date.to_string());
    let parts = [
        format!("{before} {} {after}", words.number(register.compared)),
        format!("{} {}", words.register, escape(&register.name)),
        format!("{} {date}", words.data_as_of),
    ];
    let line = parts.join(" · ");
    match page.layout {
        Layout::Pipe => format!("# {line}\n"),
        Layout::Terminal { columns, .. } => paragraph(&line, columns),
    }
}

/// Remarks on the name itself.
pub(super) fn flags(answer: &Answer, page: Page) -> String {
    let title = page.words.flags;
    let flags = answer.flags.iter().map(|flag| escape(&flag.text));
    match page.layout {
        Layout::Pipe => flags.map(|flag| format!("# {title}: {flag}\n")).collect(),
        Layout::Terminal { .. } if answer.flags.is_empty() => String::new(),
        Layout::Terminal { columns, .. } => {
            let flags: String = flags.map(|flag| bullet(&flag, columns)).collect();
            format!("\n{title}\n{flags}")
        }
    }
}

/// Hits and evidence for a screen.
pub(super) fn body(answer: &Answer, detail: Detail, page: Page, columns: usize) -> String {
    let words = page.words;
    let shown = if detail == Detail::Short { answer.hits.len().min(SHORT_HITS) } else { answer.hits.len() };
    let hits = &answer.hits[..shown];
    let mut text = String::new();
    if !hits.is_empty() {
        text.push('\n');
        text.push_str(&hit_table(hits, page, columns));
    }
    if answer.has_more || shown < answer.hits.len() {
        text.push_str(&paragraph(&format!("{shown} {}", words.shown), columns));
    }
    text.push_str(&reasons(hits, detail, page, columns));
    if !answer.evidence.is_empty() && detail != Detail::Short {
        text.push_str(&format!("\n{}\n", words.evidence));
        text.push_str(&hit_table(&answer.evidence, page, columns));
        if detail == Detail::All || columns < COLUMNS_FOR_WHY {
            text.push_str(&reasons(&answer.evidence, if detail == Detail::All { detail } else { Detail::Short }, page, columns));
        }
    }
    if detail == Detail::First && hits.len() + answer.evidence.len() > 1 {
        text.push('\n');
        text.push_str(&paragraph(words.explain_hint, columns));
    }
    text
}

fn hit_table(hits: &[Hit], page: Page, columns: usize) -> String {
    let words = page.words;
    let titles = &words.titles;
    let has_why = columns >= COLUMNS_FOR_WHY;
    let mut shape = vec![
        Column::right("#"),
        Column::flexible(titles.name, 16),
        Column::flexible(titles.classes, 8),
        Column::new(titles.status),
        Column::right(titles.score),
        Column::new(titles.band),
    ];
    if has_why {
        shape.push(Column::flexible(titles.why, 20));
    }
    let rows = hits.iter().map(|hit| {
        let mut row = vec![
            hit.rank.to_string(),
            escape(&hit.mark.name),
            hit.mark.classes.to_string(),
            words.status(hit.mark.status).to_owned(),
            format!("{:.2}", hit.score),
            words.band(hit.band).to_owned(),
        ];
        if has_why {
            row.push(first_reason(&hit.explanation).into_owned());
        }
        row
    });
    table(&shape, &rows.collect::<Vec<_>>(), columns)
}

/// Under the table: all reasons of the hits that are to have them, and the first one of
/// the others where the table had no room for it.
fn reasons(hits: &[Hit], detail: Detail, page: Page, columns: usize) -> String {
    let mut text = String::new();
    for (place, hit) in hits.iter().enumerate() {
        let is_whole = detail == Detail::All || (detail == Detail::First && place == 0);
        if is_whole {
            text.push('\n');
            text.push_str(&mark_lines(hit, page, columns));
            text.push_str(&indented(&aspects(hit, page), columns));
            text.push_str(&tree(&hit.explanation, "   ", columns));
        } else if columns < COLUMNS_FOR_WHY {
            text.push_str(&cut(&format!("{}. {}", hit.rank, first_reason(&hit.explanation)), columns));
            text.push('\n');
        }
    }
    text
}

/// What a person needs to look a mark up and to judge it: name, number, classes, status,
/// dates, owner, goods.
fn mark_lines(hit: &Hit, page: Page, columns: usize) -> String {
    let words = page.words;
    let mark = &hit.mark;
    let mut facts = vec![escape(&mark.id)];
    if !mark.classes.is_empty() {
        facts.push(format!("{} {}", words.class, mark.classes));
    }
    facts.push(words.status(mark.status).to_owned());
    let dates = [(words.filed_on, mark.filed_on), (words.registered_on, mark.registered_on), (words.expires_on, mark.expires_on)];
    facts.extend(dates.into_iter().filter_map(|(label, date)| Some(format!("{label} {}", date?))));
    facts.extend(mark.owner.as_deref().map(escape));
    let mut text = cut(&format!("{}. {}", hit.rank, escape(&mark.name)), columns) + "\n";
    text.push_str(&indented(&facts.join(", "), columns));
    if let Some(goods) = &mark.goods {
        // Some registers list a page of goods; the first line tells the kind.
        text.push_str(&cut(&format!("   {}", escape(goods)), columns));
        text.push('\n');
    }
    text
}

fn aspects(hit: &Hit, page: Page) -> String {
    let values = [Some(hit.aspects.visual), Some(hit.aspects.aural), hit.aspects.conceptual, hit.aspects.goods];
    let parts = page.words.aspects.iter().zip(values).map(|(aspect, value)| match value {
        Some(value) => format!("{aspect} {value:.2}"),
        None => format!("{aspect} {}", page.words.unknown),
    });
    parts.collect::<Vec<_>>().join(" · ")
}

/// The lines of an answer for a script, bars before evidence, without the line of fields.
pub(super) fn lines(answer: &Answer, detail: Detail) -> String {
    let mut text = String::new();
    let query = escape(&answer.query.name);
    let marked = answer.hits.iter().map(|hit| (hit, "bar")).chain(answer.evidence.iter().map(|hit| (hit, "no_bar")));
    for (hit, bar) in marked {
        let mark = &hit.mark;
        let fields = [
            query.clone(),
            hit.rank.to_string(),
            format!("{:.4}", hit.score),
            hit.band.as_str().to_owned(),
            bar.to_owned(),
            escape(&mark.id),
            escape(&mark.name),
            mark.classes.to_string(),
            mark.status.as_str().to_owned(),
            mark.filed_on.map(|date| date.to_string()).unwrap_or_default(),
            mark.owner.as_deref().map(escape).unwrap_or_default(),
            first_reason(&hit.explanation).into_owned(),
        ];
        text.push_str(&fields.join("\t"));
        text.push('\n');
        if detail == Detail::All {
            for line in tree(&hit.explanation, "#   ", usize::MAX).lines() {
                text.push_str(line);
                text.push('\n');
            }
        }
    }
    text
}

/// The weightiest reason, or nothing.
fn first_reason(reasons: &[Reason]) -> Cow<'_, str> {
    reasons.first().map_or(Cow::Borrowed(""), |reason| Cow::Owned(escape(&reason.text)))
}

/// Text in lines of the screen's width.
pub(super) fn paragraph(text: &str, columns: usize) -> String {
    wrap(&escape(text), columns).into_iter().map(|line| line + "\n").collect()
}

fn bullet(text: &str, columns: usize) -> String {
    let lines = wrap(text, columns.saturating_sub(2));
    lines.iter().enumerate().map(|(place, line)| format!("{}{line}\n", if place == 0 { "- " } else { "  " })).collect()
}

fn indented(text: &str, columns: usize) -> String {
    wrap(text, columns.saturating_sub(3)).iter().map(|line| format!("   {line}\n")).collect()
}
