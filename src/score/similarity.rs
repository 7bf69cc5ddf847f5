//! Similarities of words and of whole names, by writing, sound and meaning.

use std::sync::LazyLock;

use super::JudgementConfig;
use super::alignment::{Likeness, Profile, aligned_bound, containment_bound, similarity, similarity_from, weighted_similarity};
use crate::meaning::MAX_FORM;
use crate::meaning::lexicon::{ConceptMatch, Relation};
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
        Likeness::new(|a, b| match (Phoneme::from_index(a), Phoneme::from_index(b)) {
            (Some(a), Some(b)) => sound::likeness(a, b),
            _ => 0.0,
        })
    });
    &SPOKEN
}

/// Similarity of two words over their forms: the best pair counts; below `floor` it is 0.
pub fn word_similarity<'q>(query: impl Iterator<Item = &'q Profile>, earlier: &[Vec<u8>], floor: f32) -> f32 {
    let best = query.flat_map(|query| earlier.iter().map(|earlier| similarity(query, earlier))).fold(0.0, f32::max);
    if best >= floor { best } else { 0.0 }
}

/// Names whose letters are alike but weigh less than this share of the floor share the words of
/// their trade and no more.
const WEIGHTED_SHARE: f32 = 0.75;

/// One form of a whole name, prepared for many comparisons: words joined, each symbol with
/// the weight of its word.
pub struct WholeForm {
    profile: Profile,
    weights: Vec<u32>,
}

impl WholeForm {
    /// The form whose words are `parts`, with the weight of each.
    pub fn new(parts: &[&[u8]], weights: &[f32], likeness: &Likeness) -> Self {
        let mut joined = JoinedForm::default();
        parts.iter().zip(weights).for_each(|(part, &weight)| joined.push(part, weight));
        Self { profile: Profile::new(&joined.symbols, likeness), weights: joined.weights }
    }

    /// The form without its weights.
    pub fn profile(&self) -> &Profile {
        &self.profile
    }

    /// Similarity with a form of another whole name; 0 below `floor`.
    ///
    /// It is the lower of two: how alike the letters are, and how alike they are when each
    /// letter weighs what its word weighs. So names that share weak words alone are not alike.
    pub fn similarity(&self, earlier: &JoinedForm, floor: f32) -> f32 {
        // Names that share the words of their trade are many: the weights tell them apart first.
        let weighted = weighted_similarity(&self.profile, &self.weights, &earlier.symbols, &earlier.weights);
        if weighted < floor * WEIGHTED_SHARE {
            return 0.0;
        }
        let most = self.profile.symbols().len().min(earlier.symbols.len());
        similarity_from(&self.profile, &earlier.symbols, most, floor).map_or(0.0, |plain| plain.min(weighted))
    }
}

/// The words of a whole name in one form, joined; at most [`MAX_FORM`] symbols.
#[derive(Default)]
pub struct JoinedForm {
    symbols: Vec<u8>,
    weights: Vec<u32>,
}

impl JoinedForm {
    /// Takes all words off.
    pub fn clear(&mut self) {
        self.symbols.clear();
        self.weights.clear();
    }

    /// Adds a word with its weight.
    pub fn push(&mut self, word: &[u8], weight: f32) {
        let room = MAX_FORM - self.symbols.len();
        let word = &word[..word.len().min(room)];
        self.symbols.extend_from_slice(word);
        self.weights.extend(std::iter::repeat_n((weight * 1000.0) as u32 + 1, word.len()));
    }
}

/// Similarity of two concepts by how each side means it; 0 where they are not the same.
pub fn concept_similarity(query: &ConceptMatch, earlier: &ConceptMatch, config: &JudgementConfig) -> f32 {
    if query.concept != earlier.concept {
        return 0.0;
    }
    match query.relation_to(earlier) {
        Relation::Number => config.concept_number,
        Relation::Translation => config.concept_translation,
        Relation::Synonym => config.concept_synonym,
    }
}

/// What an earlier form must show for a similarity of at least `floor`, by its length.
///
/// This is all that a scan needs to know of the measure.
pub struct FormBound {
    /// How many symbols must be common; `u8::MAX` where no number of them reaches the floor by
    /// their order alone.
    pub common: [u8; MAX_FORM + 1],
    /// Whether the floor is reached where one form begins or ends with the other.
    pub contained: [bool; MAX_FORM + 1],
}

impl FormBound {
    /// The bound for a query form of `query_len` symbols.
    pub fn new(query_len: usize, floor: f32) -> Self {
        let query_len = query_len.min(MAX_FORM);
        let mut bound = Self { common: [u8::MAX; MAX_FORM + 1], contained: [false; MAX_FORM + 1] };
        for (earlier_len, (common, contained)) in bound.common.iter_mut().zip(&mut bound.contained).enumerate() {
            // The bound grows with what is common, so the first that reaches the floor is the least.
            let reaches = (1..=query_len.min(earlier_len)).find(|&common| aligned_bound(query_len, earlier_len, common) >= floor);
            *common = reaches.map_or(u8::MAX, |common| common as u8);
            *contained = containment_bound(query_len, earlier_len) >= floor;
        }
        bound
    }
}
