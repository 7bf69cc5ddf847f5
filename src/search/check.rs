//! All earlier marks that may be held against a name.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use rayon::prelude::*;

use super::best::Best;
use super::compare::Earlier;
use super::flags::flags;
use super::prepared::Prepared;
use super::segment::{Register, Scored, SegmentSearch};
use super::word_memory::WordMemory;
use super::{Answer, Hit, Query, RegisterFacts, SearchConfig};
use crate::Result;
use crate::index::{Index, Segment};
use crate::meaning::Sign;
use crate::scan::Threads;
use crate::score::{Band, explain_status};

/// Finds all earlier marks that may be held against a name, on all threads.
///
/// # Errors
/// [`crate::ErrorKind::Input`] where the name is empty, too long, or has no letter or digit;
/// [`crate::ErrorKind::Register`] where a document can't be read.
pub fn check(index: &Index, query: &Query, config: &SearchConfig) -> Result<Answer> {
    check_on(index, query, config, Threads::All)
}

/// [`check`] on the caller's thread alone or on all: the same answer. On all threads, none of them does anything else
/// meanwhile: where many searches run at once, give each a thread of its own.
pub fn check_on(index: &Index, query: &Query, config: &SearchConfig, threads: Threads) -> Result<Answer> {
    check_all(index, std::slice::from_ref(query), config, threads).pop().expect("one name has one answer")
}

/// Does `work`, which is on these threads, with all of them awake until it is done.
fn attended<T: Send>(threads: Threads, work: impl FnOnce() -> T + Send) -> T {
    let is_done = &AtomicBool::new(false);
    match threads {
        Threads::One => work(),
        // From among its own threads rayon shares work out without waking one to take it.
        Threads::All => rayon::scope(|scope| {
            let working = rayon::current_thread_index();
            for _ in 1..rayon::current_num_threads() {
                scope.spawn(move |_| attend(working, is_done));
            }
            let _done = Done(is_done);
            work()
        }),
    }
}

/// Lets those go that attend a piece of work, however it ends.
struct Done<'d>(&'d AtomicBool);

impl Drop for Done<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Release);
    }
}

/// Stays awake for the parts of a piece of work until it is done: between two parts of a search a thread falls asleep,
/// and to wake it a dozen times takes as long as a fifth of the search.
///
/// Nothing to do on the thread that works: it would wait for itself.
fn attend(working: Option<usize>, is_done: &AtomicBool) {
    while rayon::current_thread_index() != working && !is_done.load(Ordering::Acquire) {
        if rayon::yield_now() != Some(rayon::Yield::Executed) {
            std::hint::spin_loop();
        }
    }
}

/// Names that are searched for side by side, so that what is read of the register serves all of them. Each takes
/// some eight megabytes meanwhile in a register of two million marks.
pub(crate) const SIDE_BY_SIDE: usize = 16;

/// [`check_on`] for several names: the same answers, sooner.
pub fn check_all(index: &Index, queries: &[Query], config: &SearchConfig, threads: Threads) -> Vec<Result<Answer>> {
    attended(threads, || queries.chunks(SIDE_BY_SIDE).flat_map(|queries| search(index, queries, config, None, threads)).collect())
}

/// [`check_all`] on the caller's thread, for some names of a list, no more than [`SIDE_BY_SIDE`]; `memory` is the list's.
/// The same answers, sooner where names of the list share words.
pub(crate) fn check_of_list(index: &Index, queries: &[Query], config: &SearchConfig, memory: &WordMemory) -> Vec<Result<Answer>> {
    search(index, queries, config, Some(memory), Threads::One)
}

fn search(index: &Index, queries: &[Query], config: &SearchConfig, memory: Option<&WordMemory>, threads: Threads) -> Vec<Result<Answer>> {
    let started = Instant::now();
    let mut readings: Vec<Vec<Prepared>> = Vec::with_capacity(queries.len());
    let read: Vec<Result<usize>> = queries
        .iter()
        .map(|query| {
            readings.push(Prepared::all(index, query, config.judgement)?);
            Ok(readings.len() - 1)
        })
        .collect();
    let asked = queries.iter().zip(&read).filter(|(_, read)| read.is_ok()).map(|(query, _)| query).zip(&readings);
    let asked: Vec<Asked<'_>> =
        asked.map(|(query, readings)| Asked { query, readings, register: Register::new(index, query.classes, memory) }).collect();
    let mut progress: Vec<Progress<'_>> = asked.iter().map(|_| Progress::new(config)).collect();
    for segment in 0..index.segments().len() {
        let first: Vec<(&Register<'_>, &Prepared)> = asked.iter().map(|asked| (&asked.register, &asked.readings[0])).collect();
        let mut bests: Vec<&mut Best> = progress.iter_mut().map(|progress| &mut progress.best).collect();
        let found = SegmentSearch::run_all(&first, segment, &mut bests, config, threads);
        for ((asked, progress), (search, scored, whole)) in asked.iter().zip(&mut progress).zip(found) {
            let mut of_readings = vec![(search, scored)];
            for reading in &asked.readings[1..] {
                let read = (&asked.register, reading);
                of_readings.push(SegmentSearch::run_again(read, segment, &whole, &mut progress.best, config, threads));
            }
            progress.add(segment, of_readings);
        }
    }
    let share = started.elapsed() / queries.len().max(1) as u32;
    let mut answers = asked.iter().zip(progress).map(|(asked, progress)| asked.answer(index, progress, share, config, threads));
    read.into_iter().map(|read| read.and_then(|_| answers.next().expect("each query that was read is answered"))).collect()
}

/// A query that was read.
struct Asked<'a> {
    query: &'a Query,
    readings: &'a [Prepared],
    register: Register<'a>,
}

/// What was found for a query so far.
struct Progress<'a> {
    best: Best,
    /// By segment and reading.
    searches: Vec<Vec<SegmentSearch<'a>>>,
    found: Vec<Found>,
}

impl<'a> Progress<'a> {
    fn new(config: &SearchConfig) -> Self {
        Self { best: Best::new(config.limit, config.cutoff()), searches: Vec::new(), found: Vec::new() }
    }

    /// Adds what each reading found in a segment.
    fn add(&mut self, segment: usize, of_readings: Vec<(SegmentSearch<'a>, Vec<Scored>)>) {
        let mut searches = Vec::with_capacity(of_readings.len());
        let mut marks: Vec<Found> = Vec::new();
        for (reading, (search, scored)) in of_readings.into_iter().enumerate() {
            searches.push(search);
            marks.extend(scored.into_iter().map(|scored| Found { segment, reading, scored }));
        }
        if searches.len() > 1 {
            // Of a mark that several readings of the query find, the best counts, the first of equals.
            marks.sort_unstable_by(|a, b| {
                let by_score = b.scored.assessment.overall.total_cmp(&a.scored.assessment.overall);
                a.scored.mark.cmp(&b.scored.mark).then(by_score).then(a.reading.cmp(&b.reading))
            });
            marks.dedup_by_key(|found| found.scored.mark);
        }
        self.searches.push(searches);
        self.found.extend(marks);
    }
}

impl Asked<'_> {
    /// `spent` is what the query took so far.
    fn answer(&self, index: &Index, progress: Progress<'_>, spent: Duration, config: &SearchConfig, threads: Threads) -> Result<Answer> {
        let began = Instant::now();
        let Self { query, readings, .. } = *self;
        let Progress { searches, found, .. } = progress;
        let (mut bars, mut evidence): (Vec<Found>, Vec<Found>) = found.into_iter().partition(|found| found.scored.no_bar.is_none());
        let hits = |found: &mut Vec<Found>| -> Result<Vec<Hit>> {
            rank(index, found, config.limit);
            let hit = |found: &Found| {
                let search = &searches[found.segment][found.reading];
                hit(&index.segments()[found.segment], query, &readings[found.reading], search, &found.scored, config)
            };
            match threads {
                Threads::One => found.iter().map(hit).collect(),
                Threads::All => found.par_iter().map(hit).collect(),
            }
        };
        // The strongest is not the first where the same letters stand for other goods.
        let verdict = bars.iter().map(|found| found.scored.band).max().unwrap_or(Band::Clear);
        let has_more = bars.len() > config.limit;
        let hits_shown = hits(&mut bars)?;
        if let Some(last) = bars.last().filter(|_| bars.len() == config.limit) {
            // What is less close than all the bars that are shown tells nobody anything.
            evidence.retain(|found| found.scored.assessment.overall >= last.scored.assessment.overall);
        }
        Ok(Answer {
            query: query.clone(),
            readings: readings[0].sign.readings(),
            register: RegisterFacts::of(index),
            verdict,
            evidence: hits(&mut evidence)?,
            hits: hits_shown,
            has_more,
            flags: flags(&readings[0], query.classes, config.language),
            language: config.language,
            elapsed: spent + began.elapsed(),
        })
    }
}

impl RegisterFacts {
    pub(super) fn of(index: &Index) -> Self {
        Self {
            name: index.name().to_owned(),
            is_starter: index.is_starter(),
            marks: index.marks(),
            compared: index.compared(),
            data_as_of: index.data_as_of(),
            digest: index.digest(),
        }
    }
}

/// A mark that reaches the cut-off, in which segment and by which reading of the query.
struct Found {
    segment: usize,
    reading: usize,
    scored: Scored,
}

/// Keeps the first `limit`: score descending, then id ascending.
fn rank(index: &Index, found: &mut Vec<Found>, limit: usize) {
    let id = |found: &Found| index.segments()[found.segment].sheet().id(found.scored.mark);
    let order = |a: &Found, b: &Found| b.scored.assessment.overall.total_cmp(&a.scored.assessment.overall).then_with(|| id(a).cmp(id(b)));
    if found.len() > limit && limit > 0 {
        found.select_nth_unstable_by(limit - 1, order);
    }
    found.truncate(limit);
    found.sort_unstable_by(order);
}

fn hit(
    segment: &Segment,
    query: &Query,
    prepared: &Prepared,
    search: &SegmentSearch<'_>,
    scored: &Scored,
    config: &SearchConfig,
) -> Result<Hit> {
    let mark = segment.mark(scored.mark)?;
    let earlier = Earlier {
        sign: Sign::new(&mark.verbal_element),
        weights: search.earlier_weights(scored.mark),
        classes: mark.classes,
        // How related the goods are is known by now.
        goods: Vec::new(),
    };
    let mut reasons = earlier.explained(prepared, query.classes, &scored.assessment, config);
    reasons.push(explain_status(mark.status, scored.no_bar, config.language));
    Ok(Hit { mark, assessment: scored.assessment, band: scored.band, no_bar: scored.no_bar, reasons })
}
