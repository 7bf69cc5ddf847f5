//! Marks whose whole name is like the query's, letters taken alike.
//!
//! They are looked for in rounds, the likeliest first: names as long as the query's before others,
//! writing before sound. What a round finds raises the cut-off for the next.

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

/// What a round finds: every mark whose whole name is as alike as `floors` ask of its step, some
/// repeatedly, and others.
pub(super) fn match_round(
    round: Round,
    segment: &Segment,
    query: &Prepared,
    levels: &BlockLevels,
    floors: &WholeFloors,
    config: &JudgementConfig,
    threads: Threads,
) -> Vec<WholeMatch> {
    let forms: Vec<&FormPattern> = query.whole_patterns.iter().filter(|form| form.channel == round.channel).collect();
    let needed: Vec<Vec<Needed>> = forms
        .iter()
        .map(|form| floors.on(round.channel).iter().map(|&floor| form.needed(config, floor, |length| round.has(form, length))).collect())
        .collect();
    // Marks of one word have no form of their own among the names: they are found by their word.
    let sheet = segment.sheet();
    let columns = match round.channel {
        Channel::Written => [sheet.name_written(), sheet.word_written()],
        Channel::Spoken => [sheet.name_spoken(), sheet.word_spoken()],
    };
    let levels = &levels[round.channel as usize];
    let mut sides = Vec::new();
    for (form, needed) in forms.iter().zip(&needed) {
        for (&column, levels) in columns.iter().zip(levels) {
            let needs = Needs { by_level: needed, levels: Some(levels) };
            sides.push(Side { form, column, needs, floors: floors.on(round.channel) });
        }
    }
    let found = alike(&sides, config, threads);
    let whole = |(mark, similarity): (u32, f32)| WholeMatch { mark, channel: round.channel, similarity };
    let mut all = Vec::new();
    for of_form in found.chunks_exact(columns.len()) {
        let [names, words] = of_form else { unreachable!("each form has as many sides as there are columns") };
        all.extend(names.iter().copied().map(whole));
        let marks = words.iter().flat_map(|&(word, similarity)| sheet.lone_marks(word).iter().map(move |&mark| (mark, similarity)));
        all.extend(marks.map(whole));
    }
    all
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
