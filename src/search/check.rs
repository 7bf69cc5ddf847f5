//! All earlier marks that may be held against a name.

use std::time::Instant;

use rayon::prelude::*;

use super::bound::{BoundedMark, SegmentSearch};
use super::compare::{explained, identical};
use super::prepared::Prepared;
use super::{Answer, BandCounts, Hit, Query, RegisterFacts, SearchConfig};
use crate::Result;
use crate::index::Index;
use crate::meaning::Sign;
use crate::scan::Threads;
use crate::score::{Assessment, Band, Language, Reason, explain_status};

/// A mark that was scored.
struct Scored {
    segment: usize,
    mark: BoundedMark,
    assessment: Assessment,
}

/// Finds all earlier marks that may be held against a name, on all threads.
///
/// # Errors
/// [`crate::ErrorKind::Input`] where the name is empty, too long, or has no letter or digit;
/// [`crate::ErrorKind::Register`] where a document can't be read.
pub fn check(index: &Index, query: &Query, config: &SearchConfig) -> Result<Answer> {
    check_on(index, query, config, Threads::All)
}

/// [`check`] on the caller's thread alone or on all: the same answer.
pub fn check_on(index: &Index, query: &Query, config: &SearchConfig, threads: Threads) -> Result<Answer> {
    let started = Instant::now();
    let prepared = Prepared::new(index, query, config.judgement)?;
    let mut searches = Vec::with_capacity(index.segments().len());
    let mut bounded: Vec<(usize, BoundedMark)> = Vec::new();
    for (place, segment) in index.segments().iter().enumerate() {
        let (search, marks) = SegmentSearch::new(segment, &prepared, config, query.filed_on, threads);
        searches.push(search);
        bounded.extend(marks.into_iter().map(|mark| (place, mark)));
    }
    let cutoff = config.cutoff();
    let score = |&(segment, mark): &(usize, BoundedMark)| {
        let assessment = searches[segment].assess(&mark);
        (assessment.overall >= cutoff).then_some(Scored { segment, mark, assessment })
    };
    let scored: Vec<Scored> = match threads {
        Threads::One => bounded.iter().filter_map(score).collect(),
        Threads::All => bounded.par_iter().with_min_len(64).filter_map(score).collect(),
    };
    let (mut bars, mut evidence): (Vec<Scored>, Vec<Scored>) = scored.into_iter().partition(|scored| scored.mark.no_bar.is_none());
    let mut counts = BandCounts::default();
    for scored in &bars {
        match config.judgement.bands.of(scored.assessment.overall) {
            Band::High | Band::Identical => counts.high += 1,
            Band::Medium => counts.medium += 1,
            Band::Low | Band::Clear => counts.low += 1,
        }
    }
    let hits = |scored: &mut Vec<Scored>| -> Result<Vec<Hit>> {
        rank(index, scored, config.limit);
        scored.iter().map(|scored| hit(index, query, &prepared, &searches[scored.segment], scored, config)).collect()
    };
    let hits_shown = hits(&mut bars)?;
    // The same sign is counted apart; such a hit is among the first, since nothing scores higher.
    counts.identical = hits_shown.iter().filter(|hit| hit.band == Band::Identical).count() as u64;
    counts.high -= counts.identical.min(counts.high);
    Ok(Answer {
        query: query.clone(),
        readings: prepared.sign.readings(),
        register: RegisterFacts::of(index),
        verdict: hits_shown.iter().map(|hit| hit.band).max().unwrap_or(Band::Clear),
        evidence: hits(&mut evidence)?,
        hits: hits_shown,
        counts,
        flags: flags(&prepared, config.language),
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

/// Keeps the first `limit`: score descending, then id ascending.
fn rank(index: &Index, scored: &mut Vec<Scored>, limit: usize) {
    let id = |scored: &Scored| index.segments()[scored.segment].sheet().id(scored.mark.mark);
    let order = |a: &Scored, b: &Scored| b.assessment.overall.total_cmp(&a.assessment.overall).then_with(|| id(a).cmp(id(b)));
    if scored.len() > limit && limit > 0 {
        scored.select_nth_unstable_by(limit - 1, order);
    }
    scored.truncate(limit);
    scored.sort_unstable_by(order);
}

fn hit(
    index: &Index,
    query: &Query,
    prepared: &Prepared,
    search: &SegmentSearch<'_>,
    scored: &Scored,
    config: &SearchConfig,
) -> Result<Hit> {
    let mark = index.segments()[scored.segment].mark(scored.mark.mark)?;
    let earlier = Sign::new(&mark.verbal_element);
    let weights = search.earlier_weights(scored.mark.mark);
    let mut reasons = explained(prepared, query.classes, &earlier, &weights, mark.classes, &scored.assessment, config);
    reasons.push(explain_status(mark.status, scored.mark.no_bar, config.language));
    let band = if identical(&prepared.sign, &earlier, &scored.assessment) {
        Band::Identical
    } else {
        config.judgement.bands.of(scored.assessment.overall)
    };
    Ok(Hit { mark, assessment: scored.assessment, band, no_bar: scored.mark.no_bar, reasons })
}

/// A name of which every word weighs less than this is descriptive as a whole.
const DESCRIPTIVE_FACTOR: f32 = 0.5;

fn flags(prepared: &Prepared, language: Language) -> Vec<Reason> {
    let mut flags = Vec::new();
    let words: Vec<&str> = prepared.sign.name().tokens().iter().map(crate::name::Token::text).collect();
    let is_weak = |word: &&str| crate::meaning::lexicon::weakness(word).is_some_and(|weakness| prepared.context.is_weak(weakness));
    if words.iter().all(is_weak) && prepared.weights.iter().all(|&weight| weight < DESCRIPTIVE_FACTOR) {
        flags.push(Reason::new(
            "name.descriptive_as_a_whole",
            language.pick(
                "Semua kata pada nama ini lemah atau menyebut barangnya; nama seperti ini bisa ditolak karena tidak punya daya pembeda.",
                "Every word of this name is weak or names the goods; such a name may be refused for want of distinctive character.",
            ),
        ));
    }
    flags
}
