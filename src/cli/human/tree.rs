//! Explanations as an indented tree.

use super::text::{escape, width, wrap};
use crate::view::Reason;

/// Lines narrower than this hold a word or two; a tree so deep overruns the screen instead.
const LEAST_COLUMNS: usize = 24;

/// Each reason on lines of its own behind a branch, what it rests on below it, all within
/// `columns` and behind `indent`.
pub(super) fn tree(reasons: &[Reason], indent: &str, columns: usize) -> String {
    let mut text = String::new();
    grow(reasons, indent, columns, &mut text);
    text
}

fn grow(reasons: &[Reason], indent: &str, columns: usize, text: &mut String) {
    for (place, reason) in reasons.iter().enumerate() {
        let is_last = place + 1 == reasons.len();
        let (branch, below) = if is_last { ("└ ", "  ") } else { ("├ ", "│ ") };
        let space = columns.saturating_sub(width(indent) + 2).max(LEAST_COLUMNS.min(columns));
        for (line, words) in wrap(&escape(&reason.text), space).iter().enumerate() {
            let before = if line == 0 { branch } else { below };
            text.push_str(&format!("{indent}{before}{words}\n"));
        }
        grow(&reason.because, &format!("{indent}{below}"), columns, text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reason(text: &str, because: Vec<Reason>) -> Reason {
        Reason { code: "x.y".into(), text: text.into(), query_span: None, earlier_span: None, because }
    }

    #[test]
    fn what_a_reason_rests_on_stands_below_it() {
        let reasons = [
            reason("Bunyinya sama.", vec![reason("g tanpa bunyi di akhir kata dan huruf ganda", vec![]), reason("e = @", vec![])]),
            reason("Kelas sama.", vec![reason("30", vec![])]),
        ];
        assert_eq!(
            tree(&reasons, "  ", 30),
            "  ├ Bunyinya sama.\n  │ ├ g tanpa bunyi di akhir\n  │ │ kata dan huruf ganda\n  │ └ e = @\n  └ Kelas sama.\n    └ 30\n"
        );
    }
}
