//! The starter register: marks that people know, built into the program.

use jiff::civil::{Date, date};

use crate::mark::Mark;
use crate::meaning::lexicon;
use crate::Result;

/// When the list was put together.
pub(super) fn data_as_of() -> Option<Date> {
    Some(date(2026, 11, 24))
}

/// The marks of the starter register.
pub(super) fn marks() -> Result<Vec<Mark>> {
    let mark = |(place, known): (usize, &lexicon::WellKnown)| {
        let mut mark = Mark::new(format!("WK-{:04}", place + 1), known.mark);
        mark.classes = known.classes;
        mark.owner = known.owner.map(str::to_owned);
        mark.source = Some("wellknown".to_owned());
        mark
    };
    Ok(lexicon::all_well_known().iter().enumerate().map(mark).collect())
}
