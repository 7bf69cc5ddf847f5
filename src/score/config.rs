//! The numbers of the judgement, read from `data/judgement.json`.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::meaning::lexicon::WeakKind;

/// Weights, floors and thresholds. They are data with a provenance, not constants in code.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JudgementConfig {
    /// Where the numbers come from.
    pub provenance: String,
    /// Words less similar than this are not alike at all.
    pub word_floor: f32,
    /// Whole names less similar than this are not alike at all.
    pub whole_floor: f32,
    /// What a query is worth, before its own words count, that holds the earlier mark whole.
    pub contained_base: f32,
    /// What a query is worth that is held whole by the earlier mark.
    pub containing_base: f32,
    /// Weight of the matched words from which a match counts fully.
    pub full_weight: f32,
    /// How much of the score rests on writing and sound agreeing with the strongest aspect.
    pub support: f32,
    /// Similarity of two words that translate each other.
    pub concept_translation: f32,
    /// Similarity of two synonyms of one language.
    pub concept_synonym: f32,
    /// Similarity of two spellings of one number.
    pub concept_number: f32,
    /// Factor of the score where the goods have nothing to do with each other.
    pub goods_base: f32,
    /// Rarity of the commonest word.
    pub rarity_floor: f32,
    /// Factor of a word of digits.
    pub number_factor: f32,
    /// Factor of a single letter.
    pub initial_factor: f32,
    /// Factors of weak words.
    pub weak_factors: WeakFactors,
    /// Where the bands begin.
    pub bands: Bands,
}

/// Factors of weak words by what makes them weak, 0 (mute) to 1.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WeakFactors {
    generic_product: f32,
    quality: f32,
    laudatory: f32,
    place: f32,
    business_form: f32,
    family_title: f32,
    function: f32,
}

impl WeakFactors {
    /// The factor of one kind.
    pub fn of(&self, kind: WeakKind) -> f32 {
        match kind {
            WeakKind::GenericProduct => self.generic_product,
            WeakKind::Quality => self.quality,
            WeakKind::Laudatory => self.laudatory,
            WeakKind::Place => self.place,
            WeakKind::BusinessForm => self.business_form,
            WeakKind::FamilyTitle => self.family_title,
            WeakKind::Function => self.function,
        }
    }
}

/// The scores at which the bands begin.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bands {
    /// Below it nothing is shown.
    pub low: f32,
    /// Worth a look.
    pub medium: f32,
    /// Most likely held against the name.
    pub high: f32,
}

/// How strong a similarity is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Band {
    /// Below the start of `low`.
    Clear,
    /// Some likeness.
    Low,
    /// Worth a look.
    Medium,
    /// Most likely held against the name.
    High,
    /// The same sign for the same kind of goods.
    Identical,
}

impl Bands {
    /// The band of a score between signs that are not the same.
    pub fn of(&self, score: f32) -> Band {
        if score >= self.high {
            Band::High
        } else if score >= self.medium {
            Band::Medium
        } else if score >= self.low {
            Band::Low
        } else {
            Band::Clear
        }
    }
}

impl JudgementConfig {
    /// The numbers that this build was made with.
    pub fn built_in() -> &'static Self {
        static BUILT_IN: LazyLock<JudgementConfig> =
            LazyLock::new(|| serde_json::from_str(include_str!("../../data/judgement.json")).expect("data/judgement.json is tested"));
        &BUILT_IN
    }
}
