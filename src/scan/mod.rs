//! The exhaustive scan: one query against every form of a column.
//!
//! For each form it finds the length of the longest common subsequence with the query,
//! symbols that are alike taken for equal, and whether its ends hold, and reports the forms that
//! reach what is needed for their length and ends. These bound every name-level measure of this
//! crate from above (`score::alignment::similarity_bound`), so what is not reported can't matter.
//! There is no key, bucket or sample that could lose a form: this is why we do no blocking.
//!
//! The recurrence is Hyyrö's (2004): one machine word a form, one bit a query symbol.

mod kernel;
mod pattern;

use std::ops::Range;

use rayon::prelude::*;

use crate::index::column::{Column, Group, LANES};

pub use pattern::{MAX_PATTERN, Pattern};

/// A form that reaches what is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Candidate {
    /// Number of the form in its column.
    pub form: u32,
    /// Length of the longest common subsequence with the pattern, symbols that are alike taken
    /// for equal: that with its form, or with several forms the most that any has, or more.
    pub common: u8,
    /// The group of the form in its column.
    pub group: u8,
    /// How many symbols hold at its ends, 3 standing for all that are more: from the beginning in
    /// bits 0 and 1, from the end in bits 2 and 3.
    pub ends: u8,
}

/// How many symbols a form must have in common with the query to be a candidate, by the length of
/// the form and by [`Candidate::ends`]. For `u8::MAX` no number will do. Symbols that hold never ask
/// for more.
///
/// With one symbol at each end, 90,000 forms a query left the scan of two million marks in the mean;
/// a second one would have kept half of them back.
pub type Needed = [[u8; ENDS]; MAX_PATTERN + 1];

/// Numbers that [`Candidate::ends`] may be.
pub const ENDS: usize = 16;

/// On how many threads a scan runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Threads {
    /// On the caller's alone: for callers that run many scans side by side.
    One,
    /// On all of rayon's.
    All,
}

/// Blocks in one task: some 100 microseconds of work, so that the threads end together.
const TASK_BLOCKS: usize = 1024;

/// Gives every form of `column` that shows what `needs` asks of its length to `measure`, on the
/// thread that found it, and keeps what comes back; in the order of the column, the same on any
/// number of threads.
///
/// Cost: every symbol of the lengths that may have enough in common is read once.
pub fn scan<T: Send>(
    column: Column<'_>,
    pattern: &Pattern,
    needed: &Needed,
    threads: Threads,
    measure: impl Fn(Candidate) -> Option<T> + Sync,
) -> Vec<T> {
    scan_by(kernel::Path::fastest(), column, pattern, needed, threads, measure)
}

fn scan_by<T: Send>(
    path: kernel::Path,
    column: Column<'_>,
    pattern: &Pattern,
    needed: &Needed,
    threads: Threads,
    measure: impl Fn(Candidate) -> Option<T> + Sync,
) -> Vec<T> {
    let wanted = (0..).zip(column.groups).filter(|(_, group)| needed[group.length as usize][ENDS - 1] != u8::MAX);
    let scan_blocks = |(place_of_group, group): (u8, &Group), blocks: Range<usize>, kept: &mut Vec<T>| {
        let length = group.length as usize;
        let first_form = group.first_form + (blocks.start * LANES) as u32;
        let blocks = column.blocks(group, blocks);
        let mut found = |place, common, ends| {
            kept.extend(measure(Candidate { form: first_form + place as u32, common, group: place_of_group, ends }));
        };
        kernel::scan(path, blocks, length, pattern, &needed[length], &mut found);
    };
    match threads {
        Threads::One => {
            let mut kept = Vec::new();
            wanted.for_each(|group| scan_blocks(group, 0..block_count(group.1), &mut kept));
            kept
        }
        Threads::All => {
            let tasks: Vec<((u8, &Group), Range<usize>)> = wanted
                .flat_map(|group| {
                    let count = block_count(group.1);
                    (0..count).step_by(TASK_BLOCKS).map(move |start| (group, start..(start + TASK_BLOCKS).min(count)))
                })
                .collect();
            let parts: Vec<Vec<T>> = tasks
                .into_par_iter()
                .map(|(group, blocks)| {
                    let mut kept = Vec::new();
                    scan_blocks(group, blocks, &mut kept);
                    kept
                })
                .collect();
            parts.into_iter().flatten().collect()
        }
    }
}

fn block_count(group: &Group) -> usize {
    (group.form_count as usize).div_ceil(LANES)
}

#[cfg(test)]
mod tests;
