//! What it takes to reach the cut-off: how alike whole names must be, which words carry a score.
//!
//! Everything here is a bound of the judgement, with the arithmetic of the judgement: a mark
//! that is left out for what is said here could not have reached the cut-off.

use crate::score::{Circumstances, Cover, JudgementConfig, closeness, judge_bound};

/// Rounding may put a bound a step of the score's grid below the true value.
pub(super) const SLACK: f32 = 0.000_2;

/// By how much whole names may be less alike than what reaches the cut-off alone before they are
/// left to their words: room for the little that light words add.
const ROOM: f32 = 0.04;

/// What a mark that is not well known must show to reach a cut-off.
pub(super) struct Reach<'c> {
    pub cutoff: f32,
    circumstances: Circumstances,
    has_meaning: bool,
    config: &'c JudgementConfig,
    /// Whole names below this similarity don't reach the cut-off, unless words that count do more.
    pub whole_floor: f32,
    /// Marks whose whole names are below, and whose words match less than this share of the query's
    /// weight, don't reach the cut-off, whatever else they are.
    least_share: f32,
    /// The same for marks whose goods are no more related than the first of each, ascending.
    floors: Vec<(f32, f32, f32)>,
    /// By word: whether it may carry a score beside others, whatever mark it stands in.
    pub carries: Vec<bool>,
    /// Marks that have but words that don't carry in common with the query may reach the cut-off
    /// where those are at least this share of their weight. A word of the mark may weigh more than
    /// the light word that it is like.
    pub light_share: f32,
}

impl<'c> Reach<'c> {
    /// For a query with these word weights; `row_of` says which words have the same text. Whether it
    /// names goods and whether a word or phrase of it has a known meaning bounds what it can reach.
    pub(super) fn new(
        weights: &[f32],
        row_of: &[usize],
        (names_goods, has_meaning): (bool, bool),
        cutoff: f32,
        config: &'c JudgementConfig,
    ) -> Self {
        let circumstances = Circumstances { goods: names_goods.then_some(1.0), is_well_known: false };
        let mut reach = Self {
            cutoff,
            circumstances,
            has_meaning,
            config,
            whole_floor: 0.0,
            least_share: 0.0,
            floors: Vec::new(),
            carries: vec![true; weights.len()],
            light_share: 0.0,
        };
        let floor = |reach: &Self| (least(|whole| reach.reaches(whole, &Cover::default())) - ROOM).max(0.0);
        let sum: f32 = weights.iter().sum();
        let share = |reach: &Self, floor: f32| least(|share| reach.reaches(floor, &Cover::new(share, 1.0, share * sum, 1.0, sum, config)));
        reach.whole_floor = floor(&reach);
        reach.least_share = share(&reach, reach.whole_floor);
        if names_goods {
            for kinship in KINSHIPS {
                reach.circumstances.goods = Some(kinship);
                let floor = floor(&reach);
                reach.floors.push((kinship, floor, share(&reach, floor)));
            }
            reach.circumstances = circumstances;
        }
        let mut order: Vec<usize> = (0..weights.len()).collect();
        order.sort_by(|&a, &b| weights[a].total_cmp(&weights[b]));
        let mut light = 0.0_f32;
        for row in order {
            // With the same text, words are matched together.
            let same: f32 = (0..weights.len()).filter(|&other| row_of[other] == row_of[row]).map(|other| weights[other]).sum();
            if !reach.carries[row] {
                continue;
            }
            let cover = |share: f32| Cover::new((light + same) / sum, share, light + same, share, sum, config);
            if reach.reaches(reach.whole_floor, &cover(0.0)) {
                break;
            }
            let share = least(|share| reach.reaches(reach.whole_floor, &cover(share)));
            if share < LIGHT_SHARE {
                break;
            }
            light += same;
            reach.light_share = share;
            (0..weights.len()).filter(|&other| row_of[other] == row_of[row]).for_each(|other| reach.carries[other] = false);
        }
        reach
    }

    /// [`Reach::whole_floor`] for marks whose goods are at most so related.
    ///
    /// Words that are light for marks of one class are all the lighter for goods further off.
    pub(super) fn whole_floor_for(&self, goods: Option<f32>) -> f32 {
        self.level(goods).map_or(self.whole_floor, |(_, floor, _)| *floor)
    }

    /// The share of the query's weight that the words of marks whose goods are at most so related must
    /// match, where their whole names are below the floor.
    pub(super) fn least_share_for(&self, goods: Option<f32>) -> f32 {
        self.level(goods).map_or(self.least_share, |(_, _, share)| *share)
    }

    fn level(&self, goods: Option<f32>) -> Option<&(f32, f32, f32)> {
        goods.and_then(|goods| self.floors.iter().find(|(kinship, _, _)| goods <= *kinship))
    }

    /// Whether a mark may reach the cut-off by one word of the query alone that weighs `weight`
    /// and is this `share` of it, where the mark has a word `similarity` alike.
    pub(super) fn carries_alone(&self, weight: f32, share: f32, similarity: f32) -> bool {
        let close = closeness(similarity, self.config.word_floor);
        self.reaches(self.whole_floor, &Cover::new(share * similarity, similarity, weight * similarity, close, weight / share, self.config))
    }

    fn reaches(&self, whole: f32, words: &Cover) -> bool {
        // A query without a known meaning has none in common.
        let none = Cover::default();
        let meaning = if self.has_meaning { words } else { &none };
        judge_bound(whole, words, meaning, self.circumstances, self.config) + SLACK >= self.cutoff
    }
}

/// Steps of kinship for which floors are kept.
const KINSHIPS: [f32; 4] = [0.0, 0.25, 0.5, 0.9];

/// Words of which a mark must consist to at least this share to reach a cut-off are light.
const LIGHT_SHARE: f32 = 0.5;

/// The least value from 0 to 1 for which `holds`, a little below rather than above; 1 where none is known to.
fn least(holds: impl Fn(f32) -> bool) -> f32 {
    let (mut below, mut above) = (0.0_f32, 1.0_f32);
    if holds(below) {
        return 0.0;
    }
    for _ in 0..12 {
        let middle = (below + above) / 2.0;
        if holds(middle) { above = middle } else { below = middle }
    }
    below
}
