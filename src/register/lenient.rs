//! Cells as offices write them: dates in any order, nothing in many words, classes in lists.

use jiff::civil::Date;

/// A date in any of the ways of offices; `None` for anything else.
pub(crate) fn date(text: &str) -> Option<Date> {
    text.trim().get(..10)?.parse().ok()
}
