//! What a word weighs: rare words lead, words that describe the goods are nearly mute.

use std::ops::RangeInclusive;

use super::JudgementConfig;
use super::related::{STRENGTH_3, relatedness};
use crate::mark::{NiceClass, NiceClasses};
use crate::meaning::WordShape;
use crate::meaning::lexicon::{self, WeakKind, Weakness, Weaknesses};

/// The goods that words are weighed for.
#[derive(Clone, Copy, Debug)]
pub struct Context {
    classes: NiceClasses,
    /// The classes and those whose goods lie on one shelf with theirs, or are sold and served under them.
    shelf: NiceClasses,
}

/// Services of shops.
const SHOPS: u8 = 35;
/// Services of eating houses, and the classes of what they serve.
const EATING_HOUSES: u8 = 43;
const FOOD_AND_DRINK: RangeInclusive<u8> = 29..=33;

impl Context {
    /// Words are weak that describe goods of these classes, or of classes so closely related that
    /// makers and shelves are the same (SATE, class 29, says no more in class 30); without classes,
    /// words that describe any goods are. What an eating house serves describes it, and so does what a shop sells: of
    /// shops that name no goods beside, that may be anything.
    pub fn new(classes: NiceClasses) -> Self {
        let has = |number: u8| classes.iter().any(|class| class.number() == number);
        let (serves, sells) = (has(EATING_HOUSES), has(SHOPS) && classes.iter().all(|class| class.is_service()));
        let is_near = |class: NiceClass| relatedness(classes, [class].into_iter().collect()).is_some_and(|near| near >= STRENGTH_3);
        let is_shown = |class: NiceClass| (serves && FOOD_AND_DRINK.contains(&class.number())) || (sells && !class.is_service());
        Self { classes, shelf: NiceClass::all().filter(|&class| is_near(class) || is_shown(class)).collect() }
    }

    /// The classes; empty where none are known.
    pub fn classes(self) -> NiceClasses {
        self.classes
    }

    /// True where `weakness` holds for these goods.
    pub fn is_weak(self, weakness: &Weakness) -> bool {
        weakness.applies_to(self.shelf)
    }
}

/// Weighs words by how common they are in a register of a given size, for the goods in question.
#[derive(Clone, Copy, Debug)]
pub struct Weighting {
    log_marks: f32,
}

/// Registers smaller than this are weighed as if they were as large: in a list of twenty
/// names every word is "common".
const MIN_MARKS: u64 = 20_000;

impl Weighting {
    /// For a register of `marks` marks.
    pub fn new(marks: u64) -> Self {
        Self { log_marks: (marks.max(MIN_MARKS) as f32 + 1.0).ln() }
    }

    /// The weights of the words of a name, each above 0 and at most 1; see [`Weighting::weight_of`]. `log_frequency` is
    /// that of a word.
    pub fn weights(self, words: &[&str], log_frequency: impl Fn(&str) -> f32, context: Context, config: &JudgementConfig) -> Vec<f32> {
        let weight =
            |(word, weaknesses): (&&str, Weaknesses)| self.weight_of(log_frequency(word), WordShape::of(word), weaknesses, context, config);
        words.iter().zip(lexicon::weakness_in(words)).map(weight).collect()
    }

    /// The floor below which a word is not like another: words that join others or name a form
    /// of business are like themselves alone. PT and PK share a letter and no trade.
    pub fn floor(word: &str, config: &JudgementConfig) -> f32 {
        match lexicon::weakness(word).map(|weakness| weakness.kind) {
            Some(WeakKind::Function | WeakKind::BusinessForm) => 1.0,
            _ => config.word_floor,
        }
    }

    /// The weight of a word of which these things are known: its rarity, times the factor of
    /// its weakness where that holds for the goods; a phrase may make it weaker than it is alone.
    ///
    /// `log_frequency` is the logarithm of how many marks hold it, or of as many as would make it as common in the
    /// register as it is among marks for these goods. Rarity is 1 where no mark or one holds the word, and falls with
    /// the square of the logarithm's share to the floor of the configuration: a word of a thousandth of all marks
    /// weighs a quarter.
    pub fn weight_of(
        self,
        log_frequency: f32,
        shape: WordShape,
        weaknesses: Weaknesses,
        context: Context,
        config: &JudgementConfig,
    ) -> f32 {
        let factor =
            |weakness: Option<&Weakness>| Some(config.weak_factors.of(weakness.filter(|weakness| context.is_weak(weakness))?.kind));
        let alone = factor(weaknesses.own).unwrap_or_else(|| of_shape(shape, config));
        self.rarity(log_frequency, config) * factor(weaknesses.of_phrase).map_or(alone, |of_phrase| of_phrase.min(alone))
    }

    /// The weight of a word of which these things are known, or less, whatever the goods.
    pub fn least_weight(self, log_frequency: f32, shape: WordShape, weaknesses: Weaknesses, config: &JudgementConfig) -> f32 {
        let factors = weaknesses.each().map(|weakness| config.weak_factors.of(weakness.kind));
        self.rarity(log_frequency, config) * factors.fold(of_shape(shape, config), f32::min)
    }

    fn rarity(self, log_frequency: f32, config: &JudgementConfig) -> f32 {
        (1.0 - log_frequency / self.log_marks).max(0.0).powi(2).max(config.rarity_floor)
    }
}

/// The factor of a word that is not weak.
fn of_shape(shape: WordShape, config: &JudgementConfig) -> f32 {
    match shape {
        WordShape::Number => config.number_factor,
        WordShape::Initial => config.initial_factor,
        WordShape::Other => 1.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Which words of a name are light for goods of these classes, in a register where none is common.
    #[track_caller]
    fn check_light(name: &str, classes: &str, expected: &str) {
        let words: Vec<&str> = name.split(' ').collect();
        let context = Context::new(classes.parse().expect("classes"));
        let weights = Weighting::new(0).weights(&words, |_| 0.0, context, JudgementConfig::built_in());
        let light: Vec<&str> = words.into_iter().zip(weights).filter(|(_, weight)| *weight < 1.0).map(|(word, _)| word).collect();
        assert_eq!(light.join(" "), expected, "{name} in {classes:?}");
    }

    #[test]
    fn words_are_light_where_they_stand() {
        check_light("minyak kayu putih lang", "5", "minyak kayu putih");
        check_light("kayu putih lang", "5", "putih");
        check_light("air minum isi ulang pelita", "", "air minum isi ulang");
        check_light("isi hati", "", "");
        check_light("raja keripik", "", "raja keripik");
        check_light("raja batara", "", "");
        check_light("bu tini", "", "bu");
    }

    #[test]
    fn what_is_served_and_sold_describes_the_house() {
        check_light("sate kirana", "29", "sate");
        check_light("sate kirana", "43", "sate");
        check_light("sabun kirana", "43", "");
        check_light("sabun kirana", "35", "sabun");
        check_light("sabun kirana", "35;44", "sabun");
        check_light("sabun kirana", "25;35", "");
        check_light("sabun kirana", "9", "");
    }

    #[test]
    fn a_phrase_makes_no_word_heavier() {
        let (config, context) = (JudgementConfig::built_in(), Context::new(NiceClasses::EMPTY));
        for (phrase, _) in lexicon::weak_phrases() {
            let words: Vec<&str> = phrase.split(' ').collect();
            let together = Weighting::new(0).weights(&words, |_| 0.0, context, config);
            for (at, word) in words.iter().enumerate() {
                let own = lexicon::weakness(word).filter(|weakness| weakness.holds_in(at, words.len(), |_| None));
                let alone = Weighting::new(0).weight_of(0.0, WordShape::of(word), Weaknesses { own, of_phrase: None }, context, config);
                assert!(together[at] <= alone, "{word} of {phrase}: {} and {alone}", together[at]);
                assert!(together[at] < 1.0, "{word} of {phrase}");
            }
        }
    }
}
