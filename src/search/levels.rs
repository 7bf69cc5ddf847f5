//! What it takes to be shown, by kind of mark: bars are many and soon crowd the answer, marks that
//! are no bar are few and have room in it down to the cut-off.

use std::sync::Arc;

use super::SearchConfig;
use super::best::Cutoffs;
use super::prepared::Prepared;
use super::reach::Reach;
use crate::index::{Segment, Standing};

/// The cut-offs of one search in one segment, with what it takes to reach them.
pub(super) struct Levels<'c> {
    bars: Reach<'c>,
    /// `None` where it is as that of bars.
    evidence: Option<Reach<'c>>,
    standing: Arc<Standing>,
}

impl<'c> Levels<'c> {
    pub(super) fn new(segment: &Segment, query: &Prepared, cutoffs: Cutoffs, config: &SearchConfig) -> Self {
        let standing = segment.standing(config.today);
        let reach = |cutoff: f32| query.reach(cutoff, config.judgement);
        // Who asks or files when makes marks no bar of which the segment does not know: all may be.
        if query.owner != 0 || query.filed_on.is_some() || cutoffs.bars <= cutoffs.evidence {
            return Self { bars: reach(cutoffs.bars.min(cutoffs.evidence)), evidence: None, standing };
        }
        Self { bars: reach(cutoffs.bars), evidence: Some(reach(cutoffs.evidence)), standing }
    }

    /// What a mark must show.
    pub(super) fn of(&self, mark: u32) -> &Reach<'c> {
        if self.is_high(mark) { &self.bars } else { self.evidence.as_ref().unwrap_or(&self.bars) }
    }

    /// True for a mark of the kind with the higher cut-off.
    pub(super) fn is_high(&self, mark: u32) -> bool {
        !self.standing.is_no_bar(mark)
    }

    /// True for a word that is the whole of some mark; where none of those marks is of the kind with
    /// the lower cut-off, the second is true.
    pub(super) fn lone_word(&self, word: u32) -> (bool, bool) {
        (self.standing.is_lone(word), !self.standing.is_lone_no_bar(word))
    }

    /// Whole names below these similarities don't reach the cut-offs, the lower one first.
    pub(super) fn whole_floors(&self) -> (f32, f32) {
        let high = self.bars.whole_floor;
        (self.evidence.as_ref().map_or(high, |evidence| evidence.whole_floor.min(high)), high)
    }

    /// Each cut-off with the marks that it is for, 64 a number.
    pub(super) fn each(&self) -> impl Iterator<Item = (&Reach<'c>, impl Fn(usize) -> u64 + Sync)> {
        let is_split = self.evidence.is_some();
        let marks = move |is_bars: bool| {
            move |place: usize| match (is_split, is_bars) {
                (false, _) => u64::MAX,
                (true, true) => !self.standing.no_bars()[place],
                (true, false) => self.standing.no_bars()[place],
            }
        };
        std::iter::once((&self.bars, marks(true))).chain(self.evidence.iter().map(move |evidence| (evidence, marks(false))))
    }
}
