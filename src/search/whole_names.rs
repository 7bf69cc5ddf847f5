//! Marks whose whole name is like the query's, letters taken alike.
//!
//! They are looked for in rounds, the likeliest first: names as long as the query's before others,
//! writing before sound. What a round finds raises the cut-off for the next.

use rayon::prelude::*;

use super::matches::{Side, alike};
use super::prepared::{Channel, FormPattern, Prepared};
use super::reach::WholeFloors;
use crate::index::{BlockLevels, Segment};
use crate::scan::{Needed, Needs, Threads};
use crate::score::{JudgementConfig, WholeSimilarity};

/// What is looked for in one go.
#[derive(Clone, Copy)]
pub(super) struct Round {
    channel: Channel,
    /// True for names about as long as the query's, false for all others.
    is_near: bool,
}

impl Round {
    /// All of them, in order.
    pub(super) const ALL: [Self; 4] = [
        Self { channel: Channel::Written, is_near: true },
        Self { channel: Channel::Written, is_near: false },
        Self { channel: Channel::Spoken, is_near: true },
        Self { channel: Channel::Spoken, is_near: false },
    ];

    /// True for lengths of this round. A sixth more or less is about as long.
    fn has(self, form: &FormPattern, length: usize) -> bool {
        let is_near = |own: usize| own.abs_diff(length) * 6 <= own;
        form.measures.iter().any(|measure| is_near(measure.profile().symbols().len())) == self.is_near
    }
}

/// A mark whose whole name is like the query's on a channel.
#[derive(Clone, Copy)]
pub(super) struct WholeMatch {
    pub mark: u32,
    pub channel: Channel,
    /// Before words are weighed, so it is an upper bound.
    pub similarity: f32,
}

/// A query, and how alike whole names must be to it by now.
pub(super) struct Wanted<'q> {
    pub query: &'q Prepared,
    /// By block, its step.
    pub levels: &'q BlockLevels,
    pub floors: &'q WholeFloors,
}

/// What a round finds, by query: every mark whose whole name is as alike as its floors ask of the mark's step, some
/// repeatedly, and others.
pub(super) fn match_round(
    round: Round,
    segment: &Segment,
    all: &[Wanted<'_>],
    config: &JudgementConfig,
    threads: Threads,
) -> Vec<Vec<WholeMatch>> {
    let sheet = segment.sheet();
    let column = match round.channel {
        Channel::Written => sheet.name_written(),
        Channel::Spoken => sheet.name_spoken(),
    };
    let forms = all.iter().enumerate().flat_map(|(place, wanted)| {
        let of_channel = wanted.query.whole_patterns.iter().filter(|form| form.channel == round.channel);
        of_channel.map(move |form| (place, form))
    });
    let forms: Vec<(usize, &FormPattern)> = forms.collect();
    let needed = |&(place, form): &(usize, &FormPattern)| -> Vec<Needed> {
        let floors = all[place].floors.on(round.channel);
        let of_floor = |&floor: &f32| form.needed(config, floor, |length| round.has(form, length));
        match threads {
            Threads::One => floors.iter().map(of_floor).collect(),
            Threads::All => floors.par_iter().map(of_floor).collect(),
        }
    };
    let needed: Vec<Vec<Needed>> = forms.iter().map(needed).collect();
    let mut sides = Vec::with_capacity(forms.len());
    for (&(place, form), needed) in forms.iter().zip(&needed) {
        let Wanted { levels, floors, .. } = all[place];
        let needs = Needs { by_level: needed, levels: Some(&levels[round.channel as usize]) };
        sides.push(Side { form, column, needs, floors: floors.on(round.channel) });
    }
    let whole = |(mark, similarity): (u32, f32)| WholeMatch { mark, channel: round.channel, similarity };
    let mut of_queries: Vec<Vec<WholeMatch>> = all.iter().map(|_| Vec::new()).collect();
    for (&(place, _), of_form) in forms.iter().zip(alike(&sides, config, threads)) {
        of_queries[place].extend(of_form.into_iter().map(whole));
    }
    of_queries
}

/// Marks whose whole name is like the query's; the same for all readings of a query.
pub(super) struct WholeMarks {
    /// Ascending. A channel of which nothing is said is 0.
    pub marks: Vec<(u32, WholeSimilarity)>,
    /// What was not found is no more alike than this.
    pub floors: WholeFloors,
}

/// What the rounds have found so far.
#[derive(Default)]
pub(super) struct Found {
    all: Vec<WholeMatch>,
    floors: WholeFloors,
}

impl Found {
    /// Adds what a round has found, and the floors that it had.
    pub(super) fn add(&mut self, found: Vec<WholeMatch>, floors: WholeFloors) {
        self.all.extend(found);
        // Floors rise with the cut-off, as a rule and not by law.
        self.floors = floors.raised_to(&self.floors);
    }

    /// The matches of each mark together.
    pub(super) fn merged(mut self) -> WholeMarks {
        self.all.sort_unstable_by_key(|found| found.mark);
        let mut marks: Vec<(u32, WholeSimilarity)> = Vec::new();
        for found in self.all {
            if marks.last().is_none_or(|(last, _)| *last != found.mark) {
                marks.push((found.mark, WholeSimilarity::default()));
            }
            let whole = &mut marks.last_mut().expect("one was just pushed").1;
            let value = match found.channel {
                Channel::Written => &mut whole.visual,
                Channel::Spoken => &mut whole.aural,
            };
            *value = value.max(found.similarity);
        }
        WholeMarks { marks, floors: self.floors }
    }
}
