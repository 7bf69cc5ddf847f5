//! Marks to score first: what they reach is the cut-off for the rest.

use rayon::prelude::*;

use super::segment::SegmentSearch;
use crate::scan::Threads;
use crate::score::{WholeSimilarity, judge};

/// What stands for all of the query's weight.
pub(super) const FULL_SHARE: u8 = 127;

/// Marks of each kind that are scored first, for the cut-offs that follow: a millisecond.
const PROMISING: usize = 2048;

impl SegmentSearch<'_> {
    /// By mark, at most how much of the query's weight its words match, in parts of [`FULL_SHARE`];
    /// phrases apart.
    pub(super) fn shared(&self) -> Vec<u8> {
        let sum: f32 = self.query.weights.iter().sum();
        let mut shared = vec![0_u8; self.segment.sheet().mark_count() as usize];
        for row in 0..self.query.rows() {
            let share = self.query.weights[row] / sum * f32::from(FULL_SHARE);
            for &(word, found) in self.words.of_row(self.query.row_of[row]) {
                // A word that comes repeatedly counts repeatedly: that is more than it is, never less.
                let gain = (share * found).ceil() as u8;
                self.segment.sheet().postings(word).iter().for_each(|&mark| {
                    let shared = &mut shared[mark as usize];
                    *shared = shared.saturating_add(gain);
                });
            }
        }
        shared
    }

    /// Marks that share much weight with the query, and scores that they reach at least: the more
    /// they are, the fewer others need be looked at. Which they are is a guess; the scores are none.
    pub(super) fn promising(&self, shared: &[u8], wanted: usize, threads: Threads) -> Vec<(u32, f32)> {
        if wanted > PROMISING / 8 {
            return Vec::new();
        }
        let standing = self.segment.standing(self.config.today);
        let is_bar = |mark: usize| !standing.is_no_bar(mark as u32);
        // By kind of mark, how many share so much.
        let mut counts = [[0_usize; 256]; 2];
        let each = |visit: &mut dyn FnMut(usize, u8)| {
            for (place, chunk) in shared.chunks(8).enumerate().filter(|(_, chunk)| chunk.iter().any(|&shared| shared > 0)) {
                chunk.iter().enumerate().filter(|(_, shared)| **shared > 0).for_each(|(at, &shared)| visit(place * 8 + at, shared));
            }
        };
        each(&mut |mark, shared| counts[usize::from(is_bar(mark))][usize::from(shared)] += 1);
        let least = counts.map(|counts| {
            let mut room = PROMISING;
            let fits = |&shared: &usize| {
                room = room.saturating_sub(counts[shared]);
                room > 0
            };
            (1..256).rev().take_while(fits).last().unwrap_or(u8::MAX.into()) as u8
        });
        let mut marks: Vec<u32> = Vec::new();
        each(&mut |mark, shared| {
            if shared >= least[usize::from(is_bar(mark))] && self.segment.is_live(mark as u32) {
                marks.push(mark as u32);
            }
        });
        let at_least = |mark: u32, whole: WholeSimilarity| {
            let judgement = self.config.judgement;
            self.with_pair(mark, whole, self.circumstances(mark), |pair| judge(pair, judgement).overall)
        };
        let by_words = |&mark: &u32| (mark, at_least(mark, WholeSimilarity::default()));
        let exact = |&(mark, _): &(u32, f32)| (mark, at_least(mark, self.exact_whole(mark)));
        let mut found: Vec<(u32, f32)> = match threads {
            Threads::One => marks.iter().map(by_words).collect(),
            Threads::All => marks.par_iter().with_min_len(256).map(by_words).collect(),
        };
        found.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        // Of each kind a few more than are wanted: whole names change their order.
        let mut room = [4 * wanted; 2];
        found.retain(|(mark, _)| {
            let room = &mut room[usize::from(is_bar(*mark as usize))];
            *room = room.saturating_sub(1);
            *room > 0
        });
        match threads {
            Threads::One => found.iter().map(exact).collect(),
            Threads::All => found.par_iter().with_min_len(16).map(exact).collect(),
        }
    }
}
