//! A query, ready for the scan: its sign, weights, and a pattern for each of its forms.

use super::{MAX_NAME_CHARS, Query};
use crate::index::{Index, owner_key};
use crate::meaning::{Sign, WHOLE_READINGS, WHOLE_SPELLINGS, each_whole, goods};
use crate::scan::{Needs, Pattern};
use crate::score::alignment::{Likeness, Profile};
use crate::score::{Context, FormBound, Goods, JudgementConfig, Weighting, WholeForm, spoken, written};
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
    pub whole_patterns: Vec<FormPattern>,
}

/// One form of the query as the scan reads it.
pub(super) struct FormPattern {
    /// The word it is a form of; 0 for a whole name.
    pub row: usize,
    pub channel: Channel,
    /// What is measured where the scan finds a candidate.
    pub measure: Measure,
    pub pattern: Pattern,
    pub needs: Needs,
    /// Less similar forms are not alike at all.
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
    /// Reads a query.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Input`] where there is no name, no letter or digit in it, or too many.
    pub(super) fn new(index: &Index, query: &Query, config: &JudgementConfig) -> Result<Self> {
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
        let context = Context::new(query.classes);
        let weighting = Weighting::new(index.marks());
        let words: Vec<&str> = sign.name().tokens().iter().map(crate::name::Token::text).collect();
        let weights: Vec<f32> = words.iter().map(|word| weighting.weight(word, index.frequency(word), context, config)).collect();
        let row_of: Vec<usize> =
            words.iter().map(|word| words.iter().position(|other| other == word).expect("a word equals itself")).collect();
        let word_patterns = word_patterns(&sign, &row_of, config);
        let whole_patterns = whole_patterns(&sign, &weights, config);
        Ok(Self {
            context,
            weighting,
            weights,
            goods: Goods::new(query.classes, query.goods.as_deref().map(goods::keys).unwrap_or_default()),
            filed_on: query.filed_on,
            owner: query.owner.as_deref().map_or(0, owner_key),
            row_of,
            word_patterns,
            whole_patterns,
            sign,
        })
    }

    /// The forms of a word on one channel, and the similarity below which it is not like another.
    pub(super) fn word_forms(&self, row: usize, channel: Channel) -> (impl Iterator<Item = &Profile>, f32) {
        let row = self.row_of[row];
        let of_row = self.word_patterns.iter().filter(move |form| form.row == row && form.channel == channel);
        let floor = of_row.clone().next().map_or(1.0, |form| form.floor);
        (of_row.map(|form| form.measure.profile()), floor)
    }

    /// The forms of the whole name on one channel.
    pub(super) fn whole_forms(&self, channel: Channel) -> impl Iterator<Item = &WholeForm> {
        self.whole_patterns.iter().filter(move |form| form.channel == channel).filter_map(|form| match &form.measure {
            Measure::Whole(whole) => Some(whole),
            Measure::Word(_) => None,
        })
    }

    /// Number of words.
    pub(super) fn rows(&self) -> usize {
        self.weights.len()
    }
}

fn word_patterns(sign: &Sign, row_of: &[usize], config: &JudgementConfig) -> Vec<FormPattern> {
    let mut patterns = Vec::new();
    for (row, word) in sign.words().iter().enumerate().filter(|(row, _)| row_of[*row] == *row) {
        let floor = Weighting::floor(sign.name().tokens()[row].text(), config);
        for channel in Channel::ALL {
            let forms = channel.forms(word);
            let measures = forms.iter().map(|form| Measure::Word(Profile::new(form, channel.likeness())));
            patterns.extend(measures.map(|measure| FormPattern::new(row, channel, measure, floor)));
        }
    }
    patterns
}

fn whole_patterns(sign: &Sign, weights: &[f32], config: &JudgementConfig) -> Vec<FormPattern> {
    let mut patterns = Vec::new();
    for channel in Channel::ALL {
        let forms: Vec<&[Vec<u8>]> = sign.words().iter().map(|word| channel.forms(word)).collect();
        each_whole(&forms, channel.whole_limit(), |parts| {
            let whole = WholeForm::new(parts, weights, channel.likeness());
            patterns.push(FormPattern::new(0, channel, Measure::Whole(whole), config.whole_floor));
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
    fn new(row: usize, channel: Channel, measure: Measure, floor: f32) -> Self {
        let likeness = channel.likeness();
        let form = measure.profile().symbols();
        let pattern = Pattern::new(form, |query, symbol| likeness.relates(query, symbol));
        let FormBound { common, contained } = FormBound::new(form.len(), floor);
        Self { row, channel, measure, pattern, needs: Needs { common, contained }, floor }
    }
}

fn shortened(name: &str) -> String {
    name.chars().take(40).collect()
}
