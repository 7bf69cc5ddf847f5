//! The cut-offs of a search in progress: they rise with what was found.
//!
//! An answer shows the best marks alone. Once so many are known to reach a score, marks below it
//! can't be shown, and need not be looked for. Bars and marks that are no bar are shown apart and
//! have a cut-off each.

use super::reach::SLACK;

/// The scores that marks are known to reach.
pub(super) struct Best {
    /// Marks of one kind that are looked for: those shown, and one to tell whether there are more.
    wanted: usize,
    cutoff: f32,
    bars: Vec<Known>,
    evidence: Vec<Known>,
}

/// A mark, by segment and number, and a score that it reaches.
#[derive(Clone, Copy)]
struct Known {
    mark: (usize, u32),
    score: f32,
}

/// Nothing below these scores can be shown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Cutoffs {
    pub bars: f32,
    pub evidence: f32,
}

impl Best {
    /// For an answer of `limit` marks of each kind from `cutoff` up.
    pub(super) fn new(limit: usize, cutoff: f32) -> Self {
        Self { wanted: limit.saturating_add(1), cutoff, bars: Vec::new(), evidence: Vec::new() }
    }

    /// How many marks of one kind an answer can need.
    pub(super) fn wanted(&self) -> usize {
        self.wanted
    }

    /// Learns that a mark reaches a score. The same mark may come again, with other scores.
    pub(super) fn learn(&mut self, segment: usize, mark: u32, score: f32, is_bar: bool) {
        if score >= self.cutoff {
            let known = if is_bar { &mut self.bars } else { &mut self.evidence };
            known.push(Known { mark: (segment, mark), score });
        }
    }

    /// The cut-offs as far as is known.
    pub(super) fn cutoffs(&mut self) -> Cutoffs {
        let Self { wanted, cutoff, .. } = *self;
        let [bars, evidence] = [&mut self.bars, &mut self.evidence].map(|known| {
            // Of a mark that came more than once the highest counts.
            known.sort_unstable_by(|a, b| a.mark.cmp(&b.mark).then(b.score.total_cmp(&a.score)));
            known.dedup_by_key(|known| known.mark);
            known.sort_unstable_by(|a, b| b.score.total_cmp(&a.score));
            // A mark that falls behind so many is needed no more.
            known.truncate(wanted);
            // A score that is known from a bound may be a step of rounding off.
            known.get(wanted - 1).map_or(cutoff, |last| (last.score - SLACK).max(cutoff))
        });
        Cutoffs { bars, evidence }
    }
}
