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
    /// The level of the form's block; see [`Needs`].
    pub level: u8,
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

/// What the forms of a column need, by level: marks for goods far off need more than others.
#[derive(Clone, Copy)]
pub struct Needs<'n> {
    /// By level.
    pub by_level: &'n [Needed],
    /// By block of the column, its level; one without a level, such as [`PASSED_OVER`], is not read. `None`
    /// where all are of the first.
    pub levels: Option<&'n [u8]>,
}

/// No level: the block is not read.
pub const PASSED_OVER: u8 = u8::MAX;

impl<'n> Needs<'n> {
    /// The same for all forms.
    pub fn of_all(needed: &'n Needed) -> Self {
        Self { by_level: std::slice::from_ref(needed), levels: None }
    }

    /// True where some form of this length may show what is needed.
    fn can_be_met(&self, length: usize) -> bool {
        self.by_level.iter().any(|needed| can_be_met(needed, length))
    }

    /// Runs of blocks of one level, out of `blocks` of the column, that need to be read for their length.
    fn runs(self, blocks: Range<usize>, length: usize) -> impl Iterator<Item = (u8, &'n Needed, Range<usize>)> {
        let mut at = blocks.start;
        let run = move || {
            let start = at;
            let level = match self.levels {
                Some(levels) => *levels[..blocks.end].get(start)?,
                None => 0,
            };
            at = match self.levels {
                Some(levels) => start + levels[start..blocks.end].iter().take_while(|other| **other == level).count(),
                None => blocks.end,
            };
            (start < blocks.end).then_some((level, start..at))
        };
        std::iter::from_fn(run).filter_map(move |(level, run)| {
            let needed = self.by_level.get(usize::from(level)).filter(|needed| can_be_met(needed, length))?;
            Some((level, needed, run))
        })
    }
}

fn can_be_met(needed: &Needed, length: usize) -> bool {
    needed[length][ENDS - 1] != u8::MAX
}

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

/// A pattern, and what it is held against.
#[derive(Clone, Copy)]
pub struct Job<'j> {
    /// The forms.
    pub column: Column<'j>,
    /// The query.
    pub pattern: &'j Pattern,
    /// What a form must show.
    pub needs: Needs<'j>,
}

/// Gives every form of a job's column that shows what the job needs of its length and level to `measure`,
/// with the place of the job, on the thread that found it, and keeps what comes back: by job, in the order of
/// its column, the same on any number of threads.
///
/// Jobs that are given together keep all threads busy to the end of the last.
///
/// Cost: every symbol of the lengths and levels that may have enough in common is read once a job.
pub fn scan<T: Send>(jobs: &[Job<'_>], threads: Threads, measure: impl Fn(usize, Candidate) -> Option<T> + Sync) -> Vec<Vec<T>> {
    scan_by(kernel::Path::fastest(), jobs, threads, measure)
}

fn scan_by<T: Send>(
    path: kernel::Path,
    jobs: &[Job<'_>],
    threads: Threads,
    measure: impl Fn(usize, Candidate) -> Option<T> + Sync,
) -> Vec<Vec<T>> {
    let scan_task = |task: &Task<'_>, kept: &mut Vec<T>| {
        let Job { column, pattern, needs } = jobs[task.job];
        let group = task.group;
        let length = group.length as usize;
        for (level, needed, run) in needs.runs(task.blocks.clone(), length) {
            let first_form = group.first_form + ((run.start - group.first_block as usize) * LANES) as u32;
            let mut found = |place, common, ends| {
                let candidate = Candidate { form: first_form + place as u32, common, group: task.place_of_group, level, ends };
                kept.extend(measure(task.job, candidate));
            };
            kernel::scan(path, column.blocks(group, run), pattern, &needed[length], &mut found);
        }
    };
    let tasks = jobs.iter().enumerate().flat_map(|(place, job)| tasks_of(place, job));
    let mut kept: Vec<Vec<T>> = jobs.iter().map(|_| Vec::new()).collect();
    match threads {
        Threads::One => tasks.for_each(|task| scan_task(&task, &mut kept[task.job])),
        Threads::All => {
            let tasks: Vec<Task<'_>> = tasks.collect();
            let scan_apart = |task: &Task<'_>| {
                let mut kept = Vec::new();
                scan_task(task, &mut kept);
                kept
            };
            let parts: Vec<Vec<T>> = tasks.par_iter().map(scan_apart).collect();
            tasks.iter().zip(parts).for_each(|(task, part)| kept[task.job].extend(part));
        }
    }
    kept
}

/// Places of the values that are at least `least`, ascending; `least` is above the least number there is.
///
/// Cost: every value is read once, at the speed of memory where few are.
pub fn reaching(values: &[i16], least: i16) -> Vec<u32> {
    let mut places = Vec::new();
    kernel::each_reaching(kernel::Path::fastest(), values, least, &mut |place| places.push(place as u32));
    places
}

/// Blocks of one group, by their numbers in the column, read in one go.
struct Task<'j> {
    job: usize,
    place_of_group: u8,
    group: &'j Group,
    blocks: Range<usize>,
}

fn tasks_of<'j>(place: usize, job: &Job<'j>) -> impl Iterator<Item = Task<'j>> + use<'j> {
    let Job { column, needs, .. } = *job;
    let wanted = (0..).zip(column.groups).filter(move |(_, group)| needs.can_be_met(group.length as usize));
    wanted.flat_map(move |(place_of_group, group)| {
        let first = group.first_block as usize;
        let end = first + Column::block_count(group);
        let blocks = (first..end).step_by(TASK_BLOCKS).map(move |start| start..(start + TASK_BLOCKS).min(end));
        blocks.map(move |blocks| Task { job: place, place_of_group, group, blocks })
    })
}

#[cfg(test)]
mod tests;
