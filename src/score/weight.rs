//! What a word weighs: rare words lead, words that describe the goods are nearly mute.

use super::JudgementConfig;
use super::related::{STRENGTH_3, relatedness};
use crate::mark::{NiceClass, NiceClasses};
use crate::meaning::WordShape;
use crate::meaning::lexicon::{self, WeakKind, Weakness, WordPlace};

/// The goods that words are weighed for.
#[derive(Clone, Copy, Debug)]
pub struct Context {
    classes: NiceClasses,
    /// The classes and those whose goods lie on one shelf with theirs.
    shelf: NiceClasses,
}

impl Context {
    /// Words are weak that describe goods of these classes, or of classes so closely related that
    /// makers and shelves are the same (SATE, class 29, says no more in class 30); without classes,
    /// words that describe any goods are.
    pub fn new(classes: NiceClasses) -> Self {
        let is_near = |class: &NiceClass| relatedness(classes, [*class].into_iter().collect()).is_some_and(|near| near >= STRENGTH_3);
        Self { classes, shelf: NiceClass::all().filter(is_near).collect() }
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

    /// The weight of a word at a place of its name, above 0 and at most 1; see [`Weighting::weight_of`].
    pub fn weight(self, word: &str, place: WordPlace, log_frequency: f32, context: Context, config: &JudgementConfig) -> f32 {
        self.weight_of(log_frequency, WordShape::of(word), lexicon::weakness_at(word, place), context, config)
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
    /// its weakness where that holds for the goods. `log_frequency` is the logarithm of how many
    /// marks hold it, or of as many as would make it as common in the register as it is among marks
    /// for these goods. Rarity is 1 where no mark or one holds the word, and falls with the square of the logarithm's share to the floor of the configuration:
    /// a word of a thousandth of all marks weighs a quarter.
    pub fn weight_of(
        self,
        log_frequency: f32,
        shape: WordShape,
        weakness: Option<&Weakness>,
        context: Context,
        config: &JudgementConfig,
    ) -> f32 {
        let rarity = (1.0 - log_frequency / self.log_marks).max(0.0).powi(2).max(config.rarity_floor);
        let factor = match (weakness, shape) {
            (Some(weakness), _) if context.is_weak(weakness) => config.weak_factors.of(weakness.kind),
            (_, WordShape::Number) => config.number_factor,
            (_, WordShape::Initial) => config.initial_factor,
            (_, WordShape::Other) => 1.0,
        };
        rarity * factor
    }

    /// The weight of a word of which these things are known, or less, whatever the goods.
    pub fn least_weight(self, log_frequency: f32, shape: WordShape, weakness: Option<&Weakness>, config: &JudgementConfig) -> f32 {
        let rarity = (1.0 - log_frequency / self.log_marks).max(0.0).powi(2).max(config.rarity_floor);
        let of_shape = match shape {
            WordShape::Number => config.number_factor,
            WordShape::Initial => config.initial_factor,
            WordShape::Other => 1.0,
        };
        rarity * weakness.map_or(of_shape, |weakness| config.weak_factors.of(weakness.kind).min(of_shape))
    }
}
