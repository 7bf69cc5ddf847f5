//! A query, ready for the scan: its sign, weights, and a pattern for each of its forms.

use std::sync::Arc;

use super::{MAX_NAME_CHARS, Query};
use crate::index::column::Column;
use crate::index::{Index, Lists, Sheet, owner_key};
use crate::meaning::{Sign, WHOLE_READINGS, WHOLE_SPELLINGS, each_whole, goods};
use crate::scan::{Needed, Pattern};
use crate::score::alignment::{Ends, Likeness, Profile, needed_in_common};
use crate::score::{Context, Goods, JoinedForm, JudgementConfig, Weighting, WholeForm, spoken, written};
use crate::{Error, Result};

/// A query that was read against a register.
pub(super) struct Prepared {
    pub sign: Sign,
    pub context: Context,
    pub weighting: Weighting,
    /// By word of the sign.
    pub weights: Vec<f32>,
    pub goods: Goods,
    /// 0 where no owner was given.
    pub owner: u64,
    pub filed_on: Option<jiff::civil::Date>,
    /// By word: the first word with the same text; its patterns serve both.
    pub row_of: Vec<usize>,
    pub word_patterns: Vec<FormPattern>,
    pub whole_patterns: Arc<[FormPattern]>,
    /// By word: less similar words are not alike at all.
    word_floors: Vec<f32>,
}

/// Forms of one word, or of the whole name, as the scan reads them: in one pass.
pub(super) struct FormPattern {
    /// The word they are forms of; 0 for a whole name.
    pub row: usize,
    pub channel: Channel,
    /// What is measured where the scan finds a candidate: the most of all forms counts.
    pub measures: Vec<Measure>,
    pub pattern: Pattern,
}

/// A form of one word, or of the whole name.
pub(super) enum Measure {
    Word(Profile),
    Whole(WholeForm),
}

impl Measure {
    pub(super) fn profile(&self) -> &Profile {
        match self {
            Self::Word(profile) => profile,
            Self::Whole(whole) => whole.profile(),
        }
    }
}

/// Which columns a form is held against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Channel {
    Written,
    Spoken,
}

impl Channel {
    pub(super) const ALL: [Self; 2] = [Self::Written, Self::Spoken];

    pub(super) fn likeness(self) -> &'static Likeness {
        match self {
            Self::Written => written(),
            Self::Spoken => spoken(),
        }
    }
}

impl Prepared {
    /// Reads a query: as it is written, and with its compounds taken apart where it has any. What it
    /// is worth is the better of both.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Input`] where there is no name, no letter or digit in it, or too many.
    pub(super) fn all(index: &Index, query: &Query, config: &JudgementConfig) -> Result<Vec<Self>> {
        let chars = query.name.chars().count();
        if chars > MAX_NAME_CHARS {
            return Err(Error::input(format!("the name has {chars} characters; a name may have {MAX_NAME_CHARS}: shorten it")));
        }
        if query.name.trim().is_empty() {
            return Err(Error::input("the name is empty; give a name of at least one letter or digit"));
        }
        let sign = Sign::new(&query.name);
        if sign.name().is_empty() {
            let mend = if sign.name().set_aside().is_empty() {
                "there is no letter or digit in it; pictures are not compared: give the words of the mark"
            } else {
                "it says only what the label shows; give the words of the mark"
            };
            return Err(Error::input(format!("the name {:?} can't be compared: {mend}", shortened(&query.name))));
        }
        let taken_apart = sign.taken_apart(|word| index.frequency(word) >= FAMILIAR);
        let written = Self::of_sign(index, query, sign, None, config);
        // As a whole it is the name that it is, whichever way its words are cut.
        let whole = Arc::clone(&written.whole_patterns);
        let apart = taken_apart.map(|sign| Self::of_sign(index, query, sign, Some(whole), config));
        Ok(std::iter::once(written).chain(apart).collect())
    }

    /// `whole` are the patterns of the whole name, where they are known.
    fn of_sign(index: &Index, query: &Query, sign: Sign, whole: Option<Arc<[FormPattern]>>, config: &JudgementConfig) -> Self {
        let context = Context::new(query.classes);
        let weighting = Weighting::new(index.marks());
        let words: Vec<&str> = sign.name().tokens().iter().map(crate::name::Token::text).collect();
        let weights = weighting.weights(&words, |word| index.log_frequency(word, query.classes), context, config);
        // Half a word is half a word: nobody reads GA for itself in KENANGGA.
        let weights: Vec<f32> =
            sign.name().tokens().iter().zip(weights).map(|(token, weight)| weight * token.share_of_compound()).collect();
        let row_of: Vec<usize> =
            words.iter().map(|word| words.iter().position(|other| other == word).expect("a word equals itself")).collect();
        let goods = Goods::new(query.classes, query.goods.as_deref().map(goods::keys).unwrap_or_default());
        let word_floors: Vec<f32> = words.iter().map(|word| Weighting::floor(word, config)).collect();
        let word_patterns = word_patterns(&sign, &row_of);
        let whole_patterns = whole.unwrap_or_else(|| whole_patterns(&sign, &weights).into());
        Self {
            context,
            weighting,
            weights,
            goods,
            word_floors,
            filed_on: query.filed_on,
            owner: query.owner.as_deref().map_or(0, owner_key),
            row_of,
            word_patterns,
            whole_patterns,
            sign,
        }
    }

    /// What its words weigh together.
    pub(super) fn weight(&self) -> f32 {
        self.weights.iter().sum()
    }

    /// The similarity below which a word is not like another.
    pub(super) fn word_floor(&self, row: usize) -> f32 {
        self.word_floors[row]
    }

    /// The forms of a word on one channel, and the similarity below which it is not like another.
    pub(super) fn word_forms(&self, row: usize, channel: Channel) -> (impl Iterator<Item = &Profile>, f32) {
        let row = self.row_of[row];
        let of_row = self.word_patterns.iter().filter(move |form| form.row == row && form.channel == channel);
        (of_row.flat_map(|form| &form.measures).map(Measure::profile), self.word_floors[row])
    }

    /// The forms of the whole name on one channel.
    pub(super) fn whole_forms(&self, channel: Channel) -> impl Iterator<Item = &WholeForm> {
        let of_channel = self.whole_patterns.iter().filter(move |form| form.channel == channel);
        of_channel.flat_map(|form| &form.measures).filter_map(|measure| match measure {
            Measure::Whole(whole) => Some(whole),
            Measure::Word(_) => None,
        })
    }

    /// Similarity of the whole name with another on one channel, or `least` where it is less.
    pub(super) fn whole_similarity(&self, channel: Channel, earlier: &JoinedForm, least: f32, config: &JudgementConfig) -> f32 {
        self.whole_forms(channel).fold(least, |most, own| own.similarity_from(earlier, &config.form, most).unwrap_or(most))
    }

    /// Number of words.
    pub(super) fn rows(&self) -> usize {
        self.weights.len()
    }
}

fn word_patterns(sign: &Sign, row_of: &[usize]) -> Vec<FormPattern> {
    let mut patterns = Vec::new();
    for (row, word) in sign.words().iter().enumerate().filter(|(row, _)| row_of[*row] == *row) {
        for channel in Channel::ALL {
            let forms = channel.forms(word);
            let measures = forms.iter().map(|form| Measure::Word(Profile::new(form, channel.likeness())));
            patterns.extend(FormPattern::all(row, channel, measures.collect()));
        }
    }
    patterns
}

fn whole_patterns(sign: &Sign, weights: &[f32]) -> Vec<FormPattern> {
    let mut patterns = Vec::new();
    for channel in Channel::ALL {
        let forms: Vec<&[Vec<u8>]> = sign.words().iter().map(|word| channel.forms(word)).collect();
        let mut measures = Vec::new();
        each_whole(&forms, channel.whole_limit(), |parts| {
            measures.push(Measure::Whole(WholeForm::new(parts, weights, channel.likeness())));
        });
        patterns.extend(FormPattern::all(0, channel, measures));
    }
    patterns
}

impl Channel {
    /// How many forms a whole name has on this channel.
    pub(super) fn whole_limit(self) -> usize {
        match self {
            Self::Written => WHOLE_SPELLINGS,
            Self::Spoken => WHOLE_READINGS,
        }
    }

    /// The words of a segment on this channel, and which forms each has.
    pub(super) fn words_of(self, sheet: &Sheet) -> (Column<'_>, Lists<'_>) {
        match self {
            Self::Written => (sheet.word_written(), sheet.word_written_forms()),
            Self::Spoken => (sheet.word_spoken(), sheet.word_spoken_forms()),
        }
    }

    /// The forms of a word on this channel.
    pub(super) fn forms(self, word: &crate::meaning::WordForms) -> &[Vec<u8>] {
        match self {
            Self::Written => &word.written,
            Self::Spoken => &word.spoken,
        }
    }
}

impl FormPattern {
    /// The patterns of these forms, as few as they fit.
    fn all(row: usize, channel: Channel, measures: Vec<Measure>) -> Vec<Self> {
        let likeness = channel.likeness();
        let pattern = |measures: &[Measure]| {
            let forms: Vec<&[u8]> = measures.iter().map(|measure| measure.profile().symbols()).collect();
            let shortest = forms.iter().map(|form| form.len()).min().unwrap_or(0);
            Pattern::of_forms(&forms, shortest + shortest / SPARE, |symbol| likeness.related(symbol), |symbol| likeness.holding(symbol))
        };
        let mut groups: Vec<(Vec<Measure>, Pattern)> = Vec::new();
        'measures: for measure in measures {
            let mut measure = measure;
            for (group, laid) in &mut groups {
                group.push(measure);
                if let Some(pattern) = pattern(group) {
                    *laid = pattern;
                    continue 'measures;
                }
                measure = group.pop().expect("it was just pushed");
            }
            let group = vec![measure];
            let pattern = pattern(&group).expect("one form fits");
            groups.push((group, pattern));
        }
        groups.into_iter().map(|(measures, pattern)| Self { row, channel, measures, pattern }).collect()
    }

    /// How much a form must have in common with the pattern to be `floor` alike to one of its forms.
    /// Lengths that are not `wanted` are left out.
    pub(super) fn needed(&self, config: &JudgementConfig, floor: f32, wanted: impl Fn(usize) -> bool) -> Needed {
        let mut lengths: Vec<usize> = self.measures.iter().map(|measure| measure.profile().symbols().len()).collect();
        lengths.sort_unstable();
        lengths.dedup();
        let least = |one: [u8; Ends::COUNT], other: [u8; Ends::COUNT]| std::array::from_fn(|ends| one[ends].min(other[ends]));
        let of_length = |earlier: usize| {
            let of_forms = lengths.iter().map(|&own| needed_in_common(own, earlier, floor, &config.form));
            of_forms.reduce(least).expect("a pattern has a form")
        };
        std::array::from_fn(|earlier| if wanted(earlier) { of_length(earlier) } else { [u8::MAX; Ends::COUNT] })
    }
}

/// Forms are read at once where that takes no more places than the shortest has and one more of
/// so many: the more room, the more names have as much in common by chance.
const SPARE: usize = 8;

/// A word that so many marks have is seen as one: SHIPPING is no SHIP and PING.
const FAMILIAR: u32 = 10;

fn shortened(name: &str) -> String {
    name.chars().take(40).collect()
}
