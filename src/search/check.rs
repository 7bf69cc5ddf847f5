//! All earlier marks that may be held against a name.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

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
    let is_done = &AtomicBool::new(false);
    match threads {
        Threads::One => search(index, query, config, None, threads),
        // From among its own threads rayon shares work out without waking one to take it.
        Threads::All => rayon::scope(|scope| {
            let searching = rayon::current_thread_index();
            for _ in 1..rayon::current_num_threads() {
                scope.spawn(move |_| attend(searching, is_done));
            }
            let _done = Done(is_done);
            search(index, query, config, None, threads)
        }),
    }
}

/// Lets those go that attend a search, however it ends.
struct Done<'d>(&'d AtomicBool);

impl Drop for Done<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Release);
    }
}

/// Stays awake for the parts of a search until it is done: between two of them a thread falls asleep, and to wake it
/// a dozen times takes as long as a fifth of the search.
///
/// Nothing to do on the thread that searches: it would wait for itself.
fn attend(searching: Option<usize>, is_done: &AtomicBool) {
    while rayon::current_thread_index() != searching && !is_done.load(Ordering::Acquire) {
        if rayon::yield_now() != Some(rayon::Yield::Executed) {
            std::hint::spin_loop();
        }
    }
}

/// [`check_on`] the caller's thread, for a name of a list; `memory` is the list's. The same answer, sooner where names
/// of the list share words.
pub(crate) fn check_of_list(index: &Index, query: &Query, config: &SearchConfig, memory: &WordMemory) -> Result<Answer> {
    search(index, query, config, Some(memory), Threads::One)
}

fn search(index: &Index, query: &Query, config: &SearchConfig, memory: Option<&WordMemory>, threads: Threads) -> Result<Answer> {
    let started = Instant::now();
    let readings = Prepared::all(index, query, config.judgement)?;
    let register = Register::new(index, query.classes, memory);
    let mut searches = Vec::with_capacity(index.segments().len());
    let mut found: Vec<Found> = Vec::new();
    let mut best = Best::new(config.limit, config.cutoff());
    for segment in 0..index.segments().len() {
        let mut of_readings = Vec::with_capacity(readings.len());
        let mut marks: Vec<Found> = Vec::new();
        let mut whole = None;
        for (reading, prepared) in readings.iter().enumerate() {
            let (search, scored) = SegmentSearch::run(&register, segment, prepared, &mut whole, &mut best, config, threads);
            of_readings.push(search);
            marks.extend(scored.into_iter().map(|scored| Found { segment, reading, scored }));
        }
        if readings.len() > 1 {
            // Of a mark that several readings of the query find, the best counts, the first of equals.
            marks.sort_unstable_by(|a, b| {
                let by_score = b.scored.assessment.overall.total_cmp(&a.scored.assessment.overall);
                a.scored.mark.cmp(&b.scored.mark).then(by_score).then(a.reading.cmp(&b.reading))
            });
            marks.dedup_by_key(|found| found.scored.mark);
        }
        searches.push(of_readings);
        found.extend(marks);
    }
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
        elapsed: started.elapsed(),
        language: config.language,
    })
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
