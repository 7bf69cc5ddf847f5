//! The exhaustive scan: one query against every form of a column.
//!
//! For each form it finds the length of the longest common subsequence with the query,
//! symbols that are alike taken for equal, and whether its ends hold, and reports the forms that
//! reach what is needed for their length and ends. These bound every name-level measure of this
//! crate from above (`score::alignment::needed_in_common`), so what is not reported can't matter.
//! There is no key, bucket or sample that could lose a form: this is why we do no blocking.
//!
//! The recurrence is Hyyrö's (2004), a bit a form: a step of logic is one for the forms of many blocks.

mod kernel;
mod pattern;

use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use crate::index::column::{Column, LANES};

pub use pattern::{MAX_PATTERN, Pattern};

/// A form that reaches what is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Candidate {
    /// Number of the form in its column.
    pub form: u32,
    /// The group of the form in its column.
    pub group: u8,
    /// The level of the form's block; see [`Needs`].
    pub level: u8,
}

/// How many symbols a form must have in common with the query to be a candidate, by the length of
/// the form and by its ends. For `u8::MAX` no number will do. Symbols that hold never ask
/// for more.
///
/// Ends are numbered by how many symbols hold there, 3 standing for all that are more: from the beginning in
/// bits 0 and 1, from the end in bits 2 and 3.
///
/// With one symbol at each end, 90,000 forms a query left the scan of two million marks in the mean;
/// a second one would have kept half of them back.
pub type Needed = [[u8; ENDS]; MAX_PATTERN + 1];

/// How many ends there are; see [`Needed`].
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

/// Blocks in one task: some 100 microseconds of work, so that the threads end together, and so little memory
/// that it is still in the cache when the next pattern reads it.
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
/// Jobs that are given together keep all threads busy to the end of the last, and those on one column read it
/// together.
///
/// Cost: every symbol of the lengths and levels that may have enough in common is looked up once a job, and comes from
/// memory once a column.
pub fn scan<T: Send>(jobs: &[Job<'_>], threads: Threads, measure: impl Fn(usize, Candidate) -> Option<T> + Sync) -> Vec<Vec<T>> {
    scan_by(kernel::Path::fastest(), jobs, threads, measure)
}

fn scan_by<T: Send>(
    path: kernel::Path,
    jobs: &[Job<'_>],
    threads: Threads,
    measure: impl Fn(usize, Candidate) -> Option<T> + Sync,
) -> Vec<Vec<T>> {
    let scan_task = |task: &Task, job: usize, kept: &mut Vec<T>| {
        let Job { column, pattern, needs } = jobs[job];
        let mut reached = Vec::new();
        for piece in &task.pieces {
            let Some((run, first_form)) = run_of(piece, column, needs) else { continue };
            reached.clear();
            kernel::scan(path, &run, pattern, &mut reached);
            column.ask_for(&column.groups[usize::from(piece.group)], reached.iter().map(|place| first_form + place));
            kept.extend(reached.iter().filter_map(|&place| {
                let level = run.level(place as usize / LANES);
                measure(job, Candidate { form: first_form + place, group: piece.group, level })
            }));
        }
    };
    let tasks = tasks_of(jobs);
    let mut kept: Vec<Vec<T>> = jobs.iter().map(|_| Vec::new()).collect();
    match threads {
        Threads::One => tasks.iter().for_each(|task| task.jobs.iter().for_each(|&job| scan_task(task, job, &mut kept[job]))),
        Threads::All => {
            let scan_apart = |task: &Task| -> Vec<Vec<T>> {
                let scan_job = |&job: &usize| {
                    let mut kept = Vec::new();
                    scan_task(task, job, &mut kept);
                    kept
                };
                task.jobs.iter().map(scan_job).collect()
            };
            let parts: Vec<Vec<Vec<T>>> = tasks.par_iter().map(scan_apart).collect();
            for (task, parts) in tasks.iter().zip(parts) {
                task.jobs.iter().zip(parts).for_each(|(&job, part)| kept[job].extend(part));
            }
        }
    }
    kept
}

/// What one thread reads of a column in one go, for each pattern that is held against it.
struct Task {
    jobs: Arc<[usize]>,
    pieces: Vec<Piece>,
}

/// Blocks of one group, by their numbers in the column.
struct Piece {
    group: u8,
    blocks: Range<usize>,
}

/// The tasks of all jobs; those of one column in its order.
fn tasks_of(jobs: &[Job<'_>]) -> Vec<Task> {
    let mut tasks = Vec::new();
    let column_of = |job: &Job<'_>| job.column.rows.as_ptr_range();
    for (first, Job { column, .. }) in jobs.iter().enumerate() {
        let of_column: Arc<[usize]> = (0..jobs.len()).filter(|&job| column_of(&jobs[job]) == column_of(&jobs[first])).collect();
        if of_column[0] < first {
            continue;
        }
        let is_wanted = |length: u32| of_column.iter().any(|&job| jobs[job].needs.can_be_met(length as usize));
        let mut room = 0;
        for (group, of_group) in (0..).zip(column.groups).filter(|(_, group)| is_wanted(group.length)) {
            let first_block = of_group.first_block as usize;
            let mut blocks = first_block..first_block + Column::block_count(of_group);
            while !blocks.is_empty() {
                if room == 0 {
                    tasks.push(Task { jobs: Arc::clone(&of_column), pieces: Vec::new() });
                    room = TASK_BLOCKS;
                }
                let part = blocks.start..blocks.end.min(blocks.start + room);
                (room, blocks.start) = (room - part.len(), part.end);
                tasks.last_mut().expect("one was just pushed").pieces.push(Piece { group, blocks: part });
            }
        }
    }
    tasks
}

/// The blocks of a piece as the kernel reads them, and the number of their first form; `None` where none needs to be
/// read.
fn run_of<'j>(piece: &Piece, column: Column<'j>, needs: Needs<'j>) -> Option<(kernel::Run<'j>, u32)> {
    let group = &column.groups[usize::from(piece.group)];
    let length = group.length as usize;
    if !needs.can_be_met(length) {
        return None;
    }
    let blocks = piece.blocks.clone();
    let first_form = group.first_form + ((blocks.start - group.first_block as usize) * LANES) as u32;
    let run = kernel::Run {
        blocks: column.blocks(group, blocks.clone()),
        needed: needs.by_level.iter().map(|needed| &needed[length]).collect(),
        levels: needs.levels.map(|levels| &levels[blocks]),
    };
    Some((run, first_form))
}

#[cfg(test)]
mod tests;
