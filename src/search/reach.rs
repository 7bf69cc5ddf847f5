//! What it takes to reach the cut-off: how alike whole names must be, how much words must match.
//!
//! Everything here is a bound of the judgement, with the arithmetic of the judgement: a mark
//! that is left out for what is said here could not have reached the cut-off.

use super::kinship::Kinships;
use super::prepared::{Channel, Prepared};
use super::shared::{BAND, BANDS, FULL_SHARE, LeastShared, Shared, SharingMark};
use crate::score::{Circumstances, Cover, JudgementConfig, WholeSimilarity, log_odds_bound};

/// Rounding may put a bound a step of the score's grid below the true value.
pub(super) const SLACK: f32 = 0.000_2;

/// By how much writing may be less alike than what reaches the cut-off with sound as much alike, before
/// whole names are left to their words.
///
/// The lower it is, the more names are found by writing, and the fewer are to be found by sound: a name that is
/// not alike by writing must sound all the more so. There are more sounds than letters to read, and more of them
/// are alike.
const ROOM_OF_WRITING: f32 = 0.05;

/// Log-odds that words may add to whole names that are less alike: the fewer, the more names are found by
/// their whole, and the more, the more by words.
const ROOM: f32 = 0.4;

/// The scan finds the whole names of signs with the same letters at least so similar. They make the verdict,
/// whatever the cut-off, so they are looked for always.
pub(super) const SAME_LETTERS: f32 = 0.999;

/// Log-odds below which no mark reaches `cutoff`.
pub(super) fn least_log_odds(cutoff: f32, config: &JudgementConfig) -> f32 {
    config.calibration.log_odds_of(cutoff - SLACK)
}

/// How alike whole names must be to reach a cut-off, by [`Kinships`]: those below don't reach it, unless
/// words do more.
#[derive(Clone, Default)]
pub(super) struct WholeFloors {
    visual: Vec<f32>,
    aural: Vec<f32>,
}

impl WholeFloors {
    fn new(limits: &Limits<'_>) -> Self {
        let floors = |&circumstances: &Circumstances| {
            let nothing = Cover::default();
            let of_both = least(STEPS_OF_WHOLE, |whole| {
                limits.is_reached(WholeSimilarity { visual: whole, aural: whole }, &nothing, false, circumstances, 0.0)
            });
            let visual = (of_both.min(1.0) - ROOM_OF_WRITING).clamp(0.0, SAME_LETTERS);
            let aural =
                least(STEPS_OF_WHOLE, |aural| limits.is_reached(WholeSimilarity { visual, aural }, &nothing, false, circumstances, ROOM));
            WholeSimilarity { visual, aural }
        };
        let floors: Vec<WholeSimilarity> = limits.kinships.bounds().iter().map(floors).collect();
        Self { visual: floors.iter().map(|floors| floors.visual).collect(), aural: floors.iter().map(|floors| floors.aural).collect() }
    }

    /// Marks of a step whose whole name was not found on a channel are at most so alike on it.
    pub(super) fn of(&self, step: u8) -> WholeSimilarity {
        let of = |floors: &[f32]| floors[usize::from(step)].min(1.0);
        WholeSimilarity { visual: of(&self.visual), aural: of(&self.aural) }
    }

    /// The same, and no lower than `others`.
    pub(super) fn raised_to(mut self, others: &Self) -> Self {
        self.visual.iter_mut().zip(&others.visual).for_each(|(floor, other)| *floor = floor.max(*other));
        self.aural.iter_mut().zip(&others.aural).for_each(|(floor, other)| *floor = floor.max(*other));
        self
    }

    /// By step; above 1 where nothing is looked for.
    pub(super) fn on(&self, channel: Channel) -> &[f32] {
        match channel {
            Channel::Written => &self.visual,
            Channel::Spoken => &self.aural,
        }
    }
}

/// A cut-off, and what bounds the score of all marks for a query.
#[derive(Clone, Copy)]
pub(super) struct Limits<'q> {
    query_weight: f32,
    has_meaning: bool,
    least_log_odds: f32,
    kinships: &'q Kinships,
    config: &'q JudgementConfig,
}

impl<'q> Limits<'q> {
    pub(super) fn new(query: &Prepared, kinships: &'q Kinships, cutoff: f32, config: &'q JudgementConfig) -> Self {
        // A query without a known meaning has none in common.
        let has_meaning = !query.sign.concepts().is_empty();
        Self { query_weight: query.weight(), has_meaning, least_log_odds: least_log_odds(cutoff, config), kinships, config }
    }

    /// See [`WholeFloors`].
    pub(super) fn whole_floors(&self) -> WholeFloors {
        WholeFloors::new(self)
    }

    /// See [`Carried`]; for the floors of the cut-off where none are given.
    pub(super) fn carried(self, floors: Option<&WholeFloors>) -> Carried<'q> {
        Carried::new(self, floors.cloned().unwrap_or_else(|| self.whole_floors()))
    }

    /// Whether a mark reaches the cut-off, or misses it by no more than `room`. `has_meaning` is whether its words may
    /// mean what the query's mean.
    fn is_reached(&self, whole: WholeSimilarity, words: &Cover, has_meaning: bool, circumstances: Circumstances, room: f32) -> bool {
        let meaning = if has_meaning { *words } else { Cover::default() };
        log_odds_bound(whole, words, &meaning, circumstances, self.config) + room >= self.least_log_odds
    }
}

/// How much words must match to carry marks to a cut-off whose whole names are below the floors.
pub(super) struct Carried<'q> {
    limits: Limits<'q>,
    pub floors: WholeFloors,
    /// True where floors that rose unevenly leave room for names below them that share nothing: then all are
    /// in question.
    pub leaves_all: bool,
    /// By step, then by the band of the shared weight: the share of a mark's weight that must be
    /// matched; infinite where nothing will do.
    least_earlier_shares: Vec<[f32; BANDS]>,
}

impl<'q> Carried<'q> {
    fn new(limits: Limits<'q>, floors: WholeFloors) -> Self {
        let query_weight = limits.query_weight;
        let of_step = |(&circumstances, step): (&Circumstances, u8)| {
            let of_band = |band: usize| {
                let query_share = (((band + 1) * BAND) as f32 / f32::from(FULL_SHARE)).min(1.0);
                let reaches = |earlier_share: f32| {
                    let cover =
                        Cover::new(query_share, earlier_share, query_share * query_weight, earlier_share, query_weight, limits.config);
                    limits.is_reached(floors.of(step), &cover, limits.has_meaning, circumstances, 0.0)
                };
                least(STEPS_OF_WORDS, reaches)
            };
            std::array::from_fn(of_band)
        };
        let steps = || limits.kinships.bounds().iter().zip(0..);
        let least_earlier_shares = steps().map(of_step).collect();
        let leaves_all =
            steps().any(|(&circumstances, step)| limits.is_reached(floors.of(step), &Cover::default(), false, circumstances, 0.0));
        Self { limits, floors, leaves_all, least_earlier_shares }
    }

    /// What a mark must share, whatever its goods, so that it may be carried.
    pub(super) fn least_shared(&self) -> LeastShared {
        let least = |shares: &[f32; BANDS]| shares.iter().position(|share| share.is_finite());
        let least = self.least_earlier_shares.iter().filter_map(least).min().map_or(u8::MAX, |band| (band * BAND) as u8);
        // Of the last step are the well-known marks, whose words have no weight here: no share of it is too small.
        let (_, others) = self.least_earlier_shares.split_last().expect("a query has a step for well-known marks");
        let of_band = |band: usize| others.iter().map(|of_step| of_step[band]).fold(f32::INFINITY, f32::min);
        let earlier_shares = std::array::from_fn(of_band);
        LeastShared::new(least, &earlier_shares)
    }

    /// Whether the words of a mark of this step may carry it, where its whole name is below the floor.
    pub(super) fn may_be_carried(&self, step: u8, mark: &SharingMark) -> bool {
        let SharingMark { shared, least_weight: weight, .. } = *mark;
        let least = self.least_earlier_shares[usize::from(step)][shared.band()];
        let is_in_band = match shared.earlier_weight() {
            Some(matched) => f32::from(matched) >= least * f32::from(weight) && least.is_finite(),
            None => least.is_finite(),
        };
        // The band tells most marks for next to nothing, and what they share themselves most of the others.
        is_in_band && self.reaches(step, mark)
    }

    fn reaches(&self, step: u8, mark: &SharingMark) -> bool {
        let SharingMark { shared, least_weight: weight, has_meaning, .. } = *mark;
        let Limits { query_weight, kinships, config, .. } = self.limits;
        let query_share = f32::from(shared.query_share()) / f32::from(FULL_SHARE);
        let (earlier_share, matched) = match shared.earlier_weight() {
            Some(matched) => ((f32::from(matched) / f32::from(weight)).min(1.0), Shared::weight(matched)),
            None => (1.0, f32::INFINITY),
        };
        let matched = matched.min(query_share * query_weight);
        let cover = Cover::new(query_share, earlier_share, matched, earlier_share, query_weight, config);
        self.limits.is_reached(self.floors.of(step), &cover, has_meaning, kinships.bounds()[usize::from(step)], 0.0)
    }
}

/// Halvings of the interval from 0 to 1. Whole names are told by what comes of it alone, and the finer it is the fewer
/// are found; words are told by more than that.
const STEPS_OF_WHOLE: usize = 10;
const STEPS_OF_WORDS: usize = 7;

/// The least value from 0 to 1 for which `holds`, a little below rather than above; infinite where there is none.
fn least(steps: usize, holds: impl Fn(f32) -> bool) -> f32 {
    let (mut below, mut above) = (0.0_f32, 1.0_f32);
    if holds(below) {
        return 0.0;
    }
    if !holds(above) {
        return f32::INFINITY;
    }
    for _ in 0..steps {
        let middle = (below + above) / 2.0;
        if holds(middle) { above = middle } else { below = middle }
    }
    below
}
