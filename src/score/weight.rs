//! What a word weighs: rare words lead, words that describe the goods are nearly mute.

use super::JudgementConfig;
use crate::mark::NiceClasses;
use crate::meaning::lexicon::{self, Weakness};

/// The goods that words are weighed for.
#[derive(Clone, Copy, Debug)]
pub struct Context {
    classes: NiceClasses,
}

impl Context {
    /// Words are weak that describe goods of these classes; without classes, words that
    /// describe any goods are.
    pub fn new(classes: NiceClasses) -> Self {
        Self { classes }
    }

    /// True where `weakness` holds for these goods.
    pub fn is_weak(self, weakness: &Weakness) -> bool {
        weakness.applies_to(self.classes)
    }
}

/// Weighs words by their frequency in a register of a given size.
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

    /// Rarity of a word that `frequency` marks hold: 1 where none or one does, falling with
    /// the logarithm of the frequency to the floor of the configuration.
    pub fn rarity(self, frequency: u32, config: &JudgementConfig) -> f32 {
        (1.0 - (frequency.max(1) as f32).ln() / self.log_marks).max(config.rarity_floor)
    }

    /// The weight of a word, above 0 and at most 1; see [`weight_of_frequency`].
    pub fn weight(self, word: &str, frequency: u32, context: Context, config: &JudgementConfig) -> f32 {
        weight_of_frequency(self, frequency, lexicon::weakness(word), word, context, config)
    }
}

/// What a word of this frequency weighs, above 0 and at most 1: its rarity, times the factor of
/// its weakness where that holds for the goods.
///
/// `word` is looked at only where it is in no list of weak words.
pub fn weight_of_frequency(
    weighting: Weighting,
    frequency: u32,
    weakness: Option<&Weakness>,
    word: &str,
    context: Context,
    config: &JudgementConfig,
) -> f32 {
    let factor = match weakness {
        Some(weakness) if context.is_weak(weakness) => config.weak_factors.of(weakness.kind),
        _ if !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit()) => config.number_factor,
        _ if word.len() == 1 => config.initial_factor,
        _ => 1.0,
    };
    weighting.rarity(frequency, config) * factor
}
