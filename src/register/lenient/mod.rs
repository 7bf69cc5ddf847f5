//! Cells as offices write them: dates in any order, nothing in many words, classes in lists, markup in text.
//!
//! What can't be read is said to be so (`None`, or a list that is marked as cut) and is never guessed.

mod dates;
mod markup;

use crate::mark::{NiceClass, NiceClasses};

pub(crate) use dates::{date, date_at};
pub(crate) use markup::one_line;

/// Words that stand for nothing, in lower case.
const NOTHING: [&str; 8] = ["null", "n/a", "tidak ada", "none", "nan", "nil", "undefined", "kosong"];

/// What a cell says, white space around it taken off; `None` where it says nothing: empty, dashes, `null`,
/// `N/A`, `tidak ada` and their like.
///
/// Not for names of marks, which may be such a word: see [`said_name`].
pub(crate) fn said(text: &str) -> Option<&str> {
    let text = said_name(text)?;
    let is_nothing = text.len() <= 9 && NOTHING.iter().any(|word| word.eq_ignore_ascii_case(text));
    (!is_nothing).then_some(text)
}

/// As [`said`], of the words of a mark or a name: only dashes and white space are nothing.
pub(crate) fn said_name(text: &str) -> Option<&str> {
    let text = text.trim();
    let is_nothing = text.chars().all(|c| matches!(c, '-' | '–' | '—' | ' '));
    (!is_nothing).then_some(text)
}

/// The classes that a text names, and whether it names all that it has: what is outside 1 to 45, and words
/// without a number, are left out.
///
/// Reads `9;35`, `Kode kelas: 9,35`, `3 (at least)`, `["9","35"]`, `09` and `30.0`.
pub(crate) fn classes(text: &str) -> (NiceClasses, AllNamed) {
    let Some(text) = said(text) else {
        return (NiceClasses::EMPTY, AllNamed::Yes);
    };
    let mut classes = NiceClasses::EMPTY;
    let mut all_named = AllNamed::Yes;
    let mut has_number = false;
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        rest = &rest[start..];
        let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let (number, behind) = rest.split_at(end);
        match number.parse().ok().and_then(NiceClass::new) {
            Some(class) => classes.insert(class),
            None => all_named = AllNamed::No,
        }
        has_number = true;
        rest = without_fraction(behind);
    }
    if !has_number {
        all_named = AllNamed::No;
    }
    (classes, all_named)
}

/// Whether a list of classes was read as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AllNamed {
    /// Every part of it is a class.
    Yes,
    /// A part was left out.
    No,
}

/// Takes off the `.0` of a whole number that went through a table of floating-point numbers.
fn without_fraction(text: &str) -> &str {
    let behind = text.strip_prefix(".0").filter(|behind| !behind.starts_with(|c: char| c.is_ascii_digit()));
    behind.unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_written_in_many_ways() {
        for text in ["", " ", "-", "--", " - ", "—", "null", "NULL", "N/A", "n/a", "tidak ada", "Tidak Ada", "None", "NaN", "\t\r\n"] {
            assert_eq!(said(text), None, "{text:?}");
        }
        for text in ["0", "nol", "-1", "- a", "tidak ada lagi", "NA", "ada", "咖啡"] {
            assert_eq!(said(text), Some(text), "{text:?}");
        }
        assert_eq!(said("  PT Kenanga\n"), Some("PT Kenanga"));
        assert_eq!((said_name("NULL"), said_name(" -- ")), (Some("NULL"), None));
    }

    #[track_caller]
    fn check(text: &str, expected: &str, all_named: AllNamed) {
        let (classes, named) = classes(text);
        assert_eq!((classes.to_string().as_str(), named), (expected, all_named), "{text:?}");
    }

    #[test]
    fn classes_are_read_from_lists_of_any_look() {
        use AllNamed::{No, Yes};
        check("9;35", "9;35", Yes);
        check("Kode kelas: 9,35", "9;35", Yes);
        check("3 (at least)", "3", Yes);
        check(r#"["9","35"]"#, "9;35", Yes);
        check("['9', '35']", "9;35", Yes);
        check("09", "9", Yes);
        check("30.0", "30", Yes);
        check("30.05", "5;30", Yes);
        check("Kelas 30 dan 43", "30;43", Yes);
        check("", "", Yes);
        check("-", "", Yes);
        check("tidak ada", "", Yes);
        check("99", "", No);
        check("0", "", No);
        check("unknown", "", No);
        check("9;99", "9", No);
        check("46", "", No);
        check("300000000000000000000000", "", No);
        check("٣", "", No);
    }
}
