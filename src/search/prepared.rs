//! A query, ready for the scan: its sign, weights, and a pattern for each of its forms.

use super::reach::Reach;
use super::{MAX_NAME_CHARS, Query};
use crate::index::{Index, owner_key};
use crate::meaning::{Sign, WHOLE_READINGS, WHOLE_SPELLINGS, each_whole, goods};
use crate::scan::{Needed, Pattern};
use crate::score::alignment::{Likeness, Profile};
use crate::score::{Context, Goods, JoinedForm, JudgementConfig, Weighting, WholeForm, needed_in_common, spoken, written};
use crate::{Error, Result};

/// A query that was read against a register.
pub(super) struct Prepared {
    pub sign: Sign,
    pub context: Context,
    pub weighting: Weighting,
    /// By word of the sign.
    pub weights: Vec<f32>,
    pub goods: Goods,
    pub reach: Reach<'static>,
    /// 0 where no owner was given.
    pub owner: u64,
    pub filed_on: Option<jiff::civil::Date>,
    /// By word: the first word with the same text; its patterns serve both.
    pub row_of: Vec<usize>,
    pub word_patterns: Vec<FormPattern>,
    pub whole_patterns: Vec<FormPattern>,
    /// By word: less similar words are not alike at all.
    word_floors: Vec<f32>,
}

/// One form of the query as the scan reads it.
pub(super) struct FormPattern {
    /// The word it is a form of; 0 for a whole name.
    pub row: usize,
    pub channel: Channel,
    /// What is measured where the scan finds a candidate.
    pub measure: Measure,
    pub pattern: Pattern,
    pub needed: Needed,
    /// Less similar forms are not looked for.
    pub floor: f32,
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
    /// Reads a query that is to be searched for from `cutoff` up: as it is written, and with its
    /// compounds taken apart where it has any. What it is worth is the better of both.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Input`] where there is no name, no letter or digit in it, or too many.
    pub(super) fn all(index: &Index, query: &Query, cutoff: f32, config: &'static JudgementConfig) -> Result<Vec<Self>> {
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
        let mut readings = vec![Self::of_sign(index, query, sign, cutoff, config)];
        if let Some(sign) = taken_apart {
            let written = &readings[0];
            // As a whole it is the name that it is, whichever way its words are cut.
            let whole_patterns = whole_patterns(&written.sign, &written.weights, written.reach.whole_floor, config);
            let apart = Self { whole_patterns, ..Self::of_sign(index, query, sign, cutoff, config) };
            readings.push(apart);
        }
        Ok(readings)
    }

    fn of_sign(index: &Index, query: &Query, sign: Sign, cutoff: f32, config: &'static JudgementConfig) -> Self {
        let context = Context::new(query.classes);
        let weighting = Weighting::new(index.marks());
        let words: Vec<&str> = sign.name().tokens().iter().map(crate::name::Token::text).collect();
        let weight = |word: &str| weighting.weight(word, index.log_frequency(word, query.classes), context, config);
        // Half a word is half a word: nobody reads GA for itself in KENANGGA.
        let weights: Vec<f32> = sign.name().tokens().iter().map(|token| weight(token.text()) * token.share_of_compound()).collect();
        let row_of: Vec<usize> =
            words.iter().map(|word| words.iter().position(|other| other == word).expect("a word equals itself")).collect();
        let goods = Goods::new(query.classes, query.goods.as_deref().map(goods::keys).unwrap_or_default());
        let reach = Reach::new(&weights, &row_of, !goods.is_unknown(), cutoff, config);
        let word_floors: Vec<f32> = words.iter().map(|word| Weighting::floor(word, config)).collect();
        let word_patterns = word_patterns(&sign, &row_of, &word_floors, reach.whole_floor, config);
        let whole_patterns = whole_patterns(&sign, &weights, reach.whole_floor, config);
        Self {
            context,
            weighting,
            weights,
            goods,
            reach,
            word_floors,
            filed_on: query.filed_on,
            owner: query.owner.as_deref().map_or(0, owner_key),
            row_of,
            word_patterns,
            whole_patterns,
            sign,
        }
    }

    /// The similarity below which a word is not like another.
    pub(super) fn word_floor(&self, row: usize) -> f32 {
        self.word_floors[row]
    }

    /// The forms of a word on one channel, and the similarity below which it is not like another.
    pub(super) fn word_forms(&self, row: usize, channel: Channel) -> (impl Iterator<Item = &Profile>, f32) {
        let row = self.row_of[row];
        let of_row = self.word_patterns.iter().filter(move |form| form.row == row && form.channel == channel);
        (of_row.map(|form| form.measure.profile()), self.word_floors[row])
    }

    /// The forms of the whole name on one channel.
    pub(super) fn whole_forms(&self, channel: Channel) -> impl Iterator<Item = &WholeForm> {
        self.whole_patterns.iter().filter(move |form| form.channel == channel).filter_map(|form| match &form.measure {
            Measure::Whole(whole) => Some(whole),
            Measure::Word(_) => None,
        })
    }

    /// Similarity of the whole name with another on one channel.
    pub(super) fn whole_similarity(&self, channel: Channel, earlier: &JoinedForm, config: &JudgementConfig) -> f32 {
        self.whole_forms(channel).map(|own| own.likeness(earlier).similarity(&config.form)).fold(0.0, f32::max)
    }

    /// Number of words.
    pub(super) fn rows(&self) -> usize {
        self.weights.len()
    }
}

fn word_patterns(sign: &Sign, row_of: &[usize], floors: &[f32], whole_floor: f32, config: &JudgementConfig) -> Vec<FormPattern> {
    let mut patterns = Vec::new();
    for (row, word) in sign.words().iter().enumerate().filter(|(row, _)| row_of[*row] == *row) {
        // A name of one word is looked for as a word and as a whole at once.
        let floor = if sign.words().len() == 1 { floors[row].min(whole_floor) } else { floors[row] };
        for channel in Channel::ALL {
            let forms = channel.forms(word);
            let measures = forms.iter().map(|form| Measure::Word(Profile::new(form, channel.likeness())));
            patterns.extend(measures.map(|measure| FormPattern::new(row, channel, measure, config, floor)));
        }
    }
    patterns
}

fn whole_patterns(sign: &Sign, weights: &[f32], floor: f32, config: &JudgementConfig) -> Vec<FormPattern> {
    let mut patterns = Vec::new();
    for channel in Channel::ALL {
        let forms: Vec<&[Vec<u8>]> = sign.words().iter().map(|word| channel.forms(word)).collect();
        each_whole(&forms, channel.whole_limit(), |parts| {
            let whole = WholeForm::new(parts, weights, channel.likeness());
            patterns.push(FormPattern::new(0, channel, Measure::Whole(whole), config, floor));
        });
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

    /// The forms of a word on this channel.
    pub(super) fn forms(self, word: &crate::meaning::WordForms) -> &[Vec<u8>] {
        match self {
            Self::Written => &word.written,
            Self::Spoken => &word.spoken,
        }
    }
}

impl FormPattern {
    fn new(row: usize, channel: Channel, measure: Measure, config: &JudgementConfig, floor: f32) -> Self {
        let likeness = channel.likeness();
        let form = measure.profile().symbols();
        let pattern = Pattern::new(form, |query, symbol| likeness.relates(query, symbol));
        let needed = needed_in_common(form.len(), &config.form, floor);
        Self { row, channel, measure, pattern, needed, floor }
    }
}

/// A word that so many marks have is seen as one: SHIPPING is no SHIP and PING.
const FAMILIAR: u32 = 10;

fn shortened(name: &str) -> String {
    name.chars().take(40).collect()
}
