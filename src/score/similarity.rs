//! Similarities of words and of whole names, by writing, sound and meaning.

use std::sync::LazyLock;

use super::JudgementConfig;
use super::alignment::{Likeness, Profile, similarity, similarity_bound, weighted_similarity};
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
pub fn word_similarity(query: &[Vec<u8>], earlier: &[Vec<u8>], likeness: &Likeness, floor: f32) -> f32 {
    let mut best = 0.0_f32;
    for query in query {
        let query = Profile::new(query, likeness);
        best = earlier.iter().map(|earlier| similarity(&query, earlier)).fold(best, f32::max);
    }
    if best >= floor { best } else { 0.0 }
}

/// Similarity of two whole names in one form each, given in parts (one a word) with the weight
/// of each word; 0 below `floor`.
///
/// It is the lower of two: how alike the letters are, and how alike they are when each letter
/// weighs what its word weighs. So names that share weak words alone are not alike.
pub fn whole_similarity(
    query: &[&[u8]],
    query_weights: &[f32],
    earlier: &[&[u8]],
    earlier_weights: &[f32],
    likeness: &Likeness,
    floor: f32,
) -> f32 {
    let mut query_symbols = Vec::with_capacity(MAX_FORM);
    let mut earlier_symbols = Vec::with_capacity(MAX_FORM);
    join(query, &mut query_symbols);
    join(earlier, &mut earlier_symbols);
    let plain = similarity(&Profile::new(&query_symbols, likeness), &earlier_symbols);
    if plain < floor {
        return 0.0;
    }
    let weighted = weighted_similarity(
        &query_symbols,
        &symbol_weights(query, query_weights),
        &earlier_symbols,
        &symbol_weights(earlier, earlier_weights),
        likeness,
    );
    plain.min(weighted)
}

fn join(parts: &[&[u8]], symbols: &mut Vec<u8>) {
    parts.iter().for_each(|part| symbols.extend_from_slice(part));
    symbols.truncate(MAX_FORM);
}

fn symbol_weights(parts: &[&[u8]], weights: &[f32]) -> Vec<u32> {
    let of_parts = parts.iter().zip(weights).flat_map(|(part, weight)| std::iter::repeat_n((weight * 1000.0) as u32 + 1, part.len()));
    of_parts.take(MAX_FORM).collect()
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

/// How many symbols must be common for a similarity of at least `floor`, by the earlier form's
/// length; `u8::MAX` where no number of them reaches it.
///
/// This is all that a scan needs to know of the measure.
pub struct FormBound {
    /// By length of the earlier form.
    pub needed: [u8; MAX_FORM + 1],
}

impl FormBound {
    /// The bound for a query form of `query_len` symbols.
    pub fn new(query_len: usize, floor: f32) -> Self {
        let query_len = query_len.min(MAX_FORM);
        let mut needed = [u8::MAX; MAX_FORM + 1];
        for (earlier_len, needed) in needed.iter_mut().enumerate() {
            // The bound grows with `common`, so the first that reaches the floor is the least.
            let reaches = (1..=query_len.min(earlier_len)).find(|&common| similarity_bound(query_len, earlier_len, common) >= floor);
            *needed = reaches.map_or(u8::MAX, |common| common as u8);
        }
        Self { needed }
    }
}
