//! The order in which marks are scored: the likeliest first, so that the cut-off rises soon and few come
//! after them.

use std::collections::HashSet;

use rayon::prelude::*;

use super::best::Best;
use super::reach::{Limits, least_log_odds};
use super::segment::{Candidate, Scored, SegmentSearch};
use crate::scan::Threads;
use crate::score::WholeSimilarity;

/// The scores of a segment's marks, as far as they have been asked for.
pub(super) struct Scoring<'r, 's> {
    search: &'r SegmentSearch<'s>,
    segment: usize,
    best: &'r mut Best,
    threads: Threads,
    is_scored: HashSet<u32>,
    scored: Vec<Scored>,
}

/// Candidates that are scored at once before the cut-off is looked at again: on one thread, and on all.
const CHUNK: usize = 8;
const SHARED_CHUNK: usize = 64;

impl<'r, 's> Scoring<'r, 's> {
    /// Of the segment of this number; the cut-off is that of `best`.
    pub(super) fn new(search: &'r SegmentSearch<'s>, segment: usize, best: &'r mut Best, threads: Threads) -> Self {
        Self { search, segment, best, threads, is_scored: HashSet::new(), scored: Vec::new() }
    }

    /// True where scores raise the cut-off.
    pub(super) fn raises(&self) -> bool {
        self.best.can_rise()
    }

    /// The marks that reached the cut-off when they were scored, in no order.
    pub(super) fn finish(self) -> Vec<Scored> {
        self.scored
    }

    /// What it takes to reach the cut-off as it is now, or a higher one.
    pub(super) fn limits(&self, least: f32) -> Limits<'_> {
        Limits::new(self.search.query, &self.search.kinships, self.best.cutoff().max(least), self.search.config.judgement)
    }

    /// Scores these marks.
    pub(super) fn score(&mut self, marks: &[u32]) {
        let marks: Vec<(u32, Option<WholeSimilarity>)> = marks.iter().map(|&mark| (mark, None)).collect();
        self.score_all(&marks);
    }

    /// Scores all that may reach the cut-off, the likeliest first, as it rises.
    pub(super) fn score_by_bound(&mut self, mut candidates: Vec<Candidate>) {
        candidates.sort_unstable_by(|a, b| b.bound.total_cmp(&a.bound));
        let chunk = if self.threads == Threads::One { CHUNK } else { SHARED_CHUNK };
        for chunk in candidates.chunks(chunk) {
            let least = least_log_odds(self.best.cutoff(), self.search.config.judgement);
            if chunk[0].bound < least {
                break;
            }
            let known = |candidate: &Candidate| candidate.bound.is_finite().then_some(candidate.whole);
            let marks: Vec<(u32, Option<WholeSimilarity>)> = chunk.iter().map(|candidate| (candidate.mark, known(candidate))).collect();
            self.score_all(&marks);
        }
    }

    /// Scores these marks, whose whole names are at most so alike where that is known.
    fn score_all(&mut self, marks: &[(u32, Option<WholeSimilarity>)]) {
        let marks: Vec<&(u32, Option<WholeSimilarity>)> = marks.iter().filter(|(mark, _)| self.is_scored.insert(*mark)).collect();
        let (search, cutoff) = (self.search, self.best.cutoff());
        let score = |&&(mark, whole): &&(u32, Option<WholeSimilarity>)| search.score(mark, whole, cutoff);
        let scored: Vec<Scored> = match self.threads {
            Threads::One => marks.iter().filter_map(score).collect(),
            Threads::All => marks.par_iter().with_min_len(8).filter_map(score).collect(),
        };
        for scored in scored.iter().filter(|scored| scored.no_bar.is_none()) {
            self.best.learn(self.segment, scored.mark, scored.assessment.overall);
        }
        self.scored.extend(scored);
    }
}
