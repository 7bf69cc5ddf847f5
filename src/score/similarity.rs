//! Similarities of words and of whole names, by writing, sound and meaning.

use std::sync::LazyLock;

use super::JudgementConfig;
use super::alignment::{FormMeasures, FormWeights, Likeness, Profile, bound_from, measures, similarity, weighted_order};
use crate::meaning::MAX_FORM;
use crate::meaning::lexicon::{Affinity, ConceptMatch};
use crate::name::letter;
use crate::sound::{self, Phoneme};

/// Which letters look alike.
pub fn written() -> &'static Likeness {
    static WRITTEN: LazyLock<Likeness> = LazyLock::new(|| Likeness::new(letter::likeness));
    &WRITTEN
}

/// Which sounds are alike.
pub fn spoken() -> &'static Likeness {
    static SPOKEN: LazyLock<Likeness> = LazyLock::new(|| {
        Likeness::new(|a, b| match (Phoneme::from_code(a), Phoneme::from_code(b)) {
            (Some(a), Some(b)) => sound::likeness(a, b),
            _ => 0.0,
        })
    });
    &SPOKEN
}

/// Similarity of two words over their forms: the best pair counts; below `floor` it is 0.
pub fn word_similarity<'q>(query: impl Iterator<Item = &'q Profile>, earlier: &[Vec<u8>], weights: &FormWeights, floor: f32) -> f32 {
    let best = query.flat_map(|query| earlier.iter().map(|earlier| similarity(query, earlier, weights))).fold(0.0, f32::max);
    if best >= floor { best } else { 0.0 }
}

/// One form of a whole name, prepared for many comparisons: words joined, each symbol with
/// the weight of its word.
pub struct WholeForm {
    profile: Profile,
    weights: Vec<u32>,
    words: usize,
}

/// How alike two whole names are in one pair of their forms.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct WholeLikeness {
    /// What the letters or sounds have in common.
    pub measures: FormMeasures,
    /// At most so similar are the names, for the weight of what they have in common.
    pub ceiling: f32,
}

impl WholeLikeness {
    /// The similarity, 0 to 1.
    pub fn similarity(&self, weights: &FormWeights) -> f32 {
        weights.of(&self.measures).min(self.ceiling)
    }
}

impl WholeForm {
    /// The form whose words are `parts`, with the weight of each.
    pub fn new(parts: &[&[u8]], weights: &[f32], likeness: &Likeness) -> Self {
        let mut joined = JoinedForm::default();
        parts.iter().zip(weights).for_each(|(part, &weight)| joined.push(part, weight));
        Self { profile: Profile::new(&joined.symbols, likeness), weights: joined.weights, words: joined.words }
    }

    /// The form without its weights.
    pub fn profile(&self) -> &Profile {
        &self.profile
    }

    /// How similar it is to a form of another whole name where that is more than `least`; most that are not are told
    /// by a bound.
    pub fn similarity_from(&self, earlier: &JoinedForm, weights: &FormWeights, least: f32) -> Option<f32> {
        bound_from(&self.profile, &earlier.symbols, weights, least)?;
        Some(self.likeness(earlier).similarity(weights)).filter(|found| *found > least)
    }

    /// How alike it is to a form of another whole name.
    ///
    /// Names that share the words of their trade have letters in common, and little of their weight: they are at most
    /// as similar as the weight that is common. KERIPIK PISANG ANGGREK and KERIPIK PISANG RAJAWALI have two letters of
    /// three in common, and a third of the weight. A name that stands whole in the other is spared: weak as it may be,
    /// it is all that was registered (KOPITIAM in LAU'S KOPITIAM).
    pub fn likeness(&self, earlier: &JoinedForm) -> WholeLikeness {
        let measures = measures(&self.profile, &earlier.symbols);
        // Of two single words each has but one weight, and the letters say all.
        let single = self.words <= 1 && earlier.words <= 1;
        let ceiling = if single || measures.is_contained() {
            1.0
        } else {
            weighted_order(&self.profile, &self.weights, &earlier.symbols, &earlier.weights)
        };
        WholeLikeness { measures, ceiling }
    }
}

/// The words of a whole name in one form, joined; at most [`MAX_FORM`] symbols.
#[derive(Default)]
pub struct JoinedForm {
    symbols: Vec<u8>,
    weights: Vec<u32>,
    words: usize,
}

impl JoinedForm {
    /// Takes all words off.
    pub fn clear(&mut self) {
        self.symbols.clear();
        self.weights.clear();
        self.words = 0;
    }

    /// Adds a word with its weight.
    pub fn push(&mut self, word: &[u8], weight: f32) {
        self.words += 1;
        let room = MAX_FORM - self.symbols.len();
        let word = &word[..word.len().min(room)];
        self.symbols.extend_from_slice(word);
        self.weights.extend(std::iter::repeat_n((weight * 1000.0) as u32 + 1, word.len()));
    }
}

/// Similarity of two concepts by how each side means it; 0 where they are neither the same nor near.
pub fn concept_similarity(query: &ConceptMatch, earlier: &ConceptMatch, config: &JudgementConfig) -> f32 {
    match query.affinity(earlier) {
        Some(Affinity::Number) => config.concept_number,
        Some(Affinity::Translation) => config.concept_translation,
        Some(Affinity::Synonym) => config.concept_synonym,
        Some(Affinity::Near) => config.concept_kin,
        None => 0.0,
    }
}
