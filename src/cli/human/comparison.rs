//! The comparison of one pair.

use super::answer::paragraph;
use super::text::{cut, escape, width};
use super::tree::tree;
use super::{Layout, Page, paint};
use crate::view::{Comparison, Query, Reason};

/// Both signs, the numbers, and the reasons.
///
/// In a pipe, a line per number (`overall`, `band`, the aspects; empty where nothing is
/// known), then a line per reason: `reason`, how deep it stands from 0, its code, its text.
pub(in crate::cli) fn comparison(comparison: &Comparison, page: Page) -> String {
    let assessment = &comparison.assessment;
    let aspects = &assessment.aspects;
    let values = [Some(aspects.visual), Some(aspects.aural), aspects.conceptual, aspects.goods];
    match page.layout {
        Layout::Pipe => {
            let mut text = format!("query\t{}\nearlier\t{}\n", escape(&comparison.query.name), escape(&comparison.earlier.name));
            text.push_str(&format!("overall\t{:.4}\nband\t{}\n", assessment.overall, assessment.band.as_str()));
            for (aspect, value) in ["visual", "aural", "conceptual", "goods"].into_iter().zip(values) {
                text.push_str(&format!("{aspect}\t{}\n", value.map(|value| format!("{value:.4}")).unwrap_or_default()));
            }
            reason_lines(&comparison.explanation, 0, &mut text);
            text.push_str(&format!("# {}\n", escape(&comparison.notice)));
            text
        }
        Layout::Terminal { columns, color } => {
            let words = page.words;
            let labels = [words.query, words.earlier, words.similarity].into_iter().chain(words.aspects);
            let label_columns = labels.map(width).max().unwrap_or(0) + 2;
            let line = |label: &str, value: &str| {
                let gap = " ".repeat(label_columns - width(label));
                format!("{}\n", cut(&format!("{label}{gap}{value}"), columns))
            };
            let mut text = line(words.query, &sign(&comparison.query, page));
            text.push_str(&line(words.earlier, &sign(&comparison.earlier, page)));
            let overall = line(words.similarity, &format!("{:.2} ({})", assessment.overall, words.band(assessment.band)));
            text.push_str(&paint(overall.trim_end(), assessment.band, color));
            text.push_str("\n\n");
            for (aspect, value) in words.aspects.into_iter().zip(values) {
                text.push_str(&line(aspect, &value.map_or_else(|| words.unknown.to_owned(), |value| format!("{value:.2}"))));
            }
            if !comparison.explanation.is_empty() {
                text.push_str(&format!("\n{}\n", words.why));
                text.push_str(&tree(&comparison.explanation, "", columns));
            }
            text.push('\n');
            text.push_str(&paragraph(&comparison.notice, columns));
            text
        }
    }
}

fn sign(query: &Query, page: Page) -> String {
    let mut text = escape(&query.name);
    if !query.classes.is_empty() {
        text.push_str(&format!(" ({} {})", page.words.class, query.classes));
    }
    if let Some(reading) = query.readings.first() {
        text.push_str(&format!(" [{}]", escape(reading)));
    }
    text
}

fn reason_lines(reasons: &[Reason], depth: usize, text: &mut String) {
    for reason in reasons {
        text.push_str(&format!("reason\t{depth}\t{}\t{}\n", escape(&reason.code), escape(&reason.text)));
        reason_lines(&reason.because, depth + 1, text);
    }
}
