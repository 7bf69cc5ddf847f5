//! All earlier marks that may be held against a name.

use std::time::Instant;

use super::compare::explained;
use super::flags::flags;
use super::prepared::Prepared;
use super::segment::{Scored, SegmentSearch};
use super::{Answer, BandCounts, Hit, Query, RegisterFacts, SearchConfig};
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

/// [`check`] on the caller's thread alone or on all: the same answer.
pub fn check_on(index: &Index, query: &Query, config: &SearchConfig, threads: Threads) -> Result<Answer> {
    let started = Instant::now();
    let prepared = Prepared::new(index, query, config.judgement)?;
    let mut searches = Vec::with_capacity(index.segments().len());
    let mut scored: Vec<(usize, Scored)> = Vec::new();
    for (place, segment) in index.segments().iter().enumerate() {
        let (search, found) = SegmentSearch::run(segment, &prepared, config, threads);
        searches.push(search);
        scored.extend(found.into_iter().map(|scored| (place, scored)));
    }
    let (mut bars, mut evidence): (Vec<_>, Vec<_>) = scored.into_iter().partition(|(_, scored)| scored.no_bar.is_none());
    let mut counts = BandCounts::default();
    for (_, scored) in &bars {
        match scored.band {
            Band::Identical => counts.identical += 1,
            Band::High => counts.high += 1,
            Band::Medium => counts.medium += 1,
            Band::Low | Band::Clear => counts.low += 1,
        }
    }
    let hits = |scored: &mut Vec<(usize, Scored)>| -> Result<Vec<Hit>> {
        rank(index, scored, config.limit);
        scored
            .iter()
            .map(|(segment, scored)| hit(&index.segments()[*segment], query, &prepared, &searches[*segment], scored, config))
            .collect()
    };
    // The strongest is not the first where the same letters stand for other goods.
    let verdict = bars.iter().map(|(_, scored)| scored.band).max().unwrap_or(Band::Clear);
    let hits_shown = hits(&mut bars)?;
    Ok(Answer {
        query: query.clone(),
        readings: prepared.sign.readings(),
        register: RegisterFacts::of(index),
        verdict,
        evidence: hits(&mut evidence)?,
        hits: hits_shown,
        counts,
        flags: flags(&prepared, query.classes, config.language),
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
fn rank(index: &Index, scored: &mut Vec<(usize, Scored)>, limit: usize) {
    let id = |(segment, scored): &(usize, Scored)| index.segments()[*segment].sheet().id(scored.mark);
    let order =
        |a: &(usize, Scored), b: &(usize, Scored)| b.1.assessment.overall.total_cmp(&a.1.assessment.overall).then_with(|| id(a).cmp(id(b)));
    if scored.len() > limit && limit > 0 {
        scored.select_nth_unstable_by(limit - 1, order);
    }
    scored.truncate(limit);
    scored.sort_unstable_by(order);
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
    let earlier = Sign::new(&mark.verbal_element);
    let weights = search.earlier_weights(scored.mark);
    let mut reasons = explained(prepared, query.classes, &earlier, &weights, mark.classes, &scored.assessment, config);
    reasons.push(explain_status(mark.status, scored.no_bar, config.language));
    Ok(Hit { mark, assessment: scored.assessment, band: scored.band, no_bar: scored.no_bar, reasons })
}
