//! What is to be said of a file's cells that were left out, each kind once.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::lenient::{self, AllNamed};
use crate::mark::NiceClasses;

/// Cells are shown up to this length in a note.
const MAX_SHOWN_CHARS: usize = 40;

/// The notes on one file.
pub(crate) struct Notes {
    file: String,
    /// Kinds that were said, by field.
    said: BTreeSet<&'static str>,
    warnings: Vec<String>,
}

impl Notes {
    /// None yet on the file of this name.
    pub(crate) fn new(file: &str) -> Self {
        Self { file: file.to_owned(), said: BTreeSet::new(), warnings: Vec::new() }
    }

    /// The notes so far.
    pub(crate) fn warnings(&self) -> &[String] {
        &self.warnings
    }

    /// Says something of the file as a whole.
    pub(crate) fn say(&mut self, note: &str) {
        self.warnings.push(format!("{}: {note}", self.file));
    }

    /// The date in a cell of `field`, on the office's clock (see [`lenient::date_at`]); what is none is noted.
    pub(crate) fn date(&mut self, field: &'static str, text: &str, hours: i8) -> Option<Date> {
        let text = lenient::said(text)?;
        let date = lenient::date_at(text, hours);
        if date.is_none() {
            self.left_out(field, text, "no date in the calendar, day first");
        }
        date
    }

    /// The classes in a cell of `field`; what is none is noted.
    pub(crate) fn classes(&mut self, field: &'static str, text: &str) -> NiceClasses {
        let (classes, all_named) = lenient::classes(text);
        if all_named == AllNamed::No {
            self.left_out(field, text, "not altogether Nice classes, which run from 1 to 45");
        }
        classes
    }

    fn left_out(&mut self, field: &'static str, text: &str, reason: &str) {
        if self.said.insert(field) {
            let shown: String = text.chars().take(MAX_SHOWN_CHARS).collect();
            self.say(&format!("{field} {shown:?} is {reason}; that and the like are left out"));
        }
    }
}
