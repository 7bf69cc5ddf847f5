//! The numbers of the judgement, read from `data/judgement.json`.

use std::collections::BTreeMap;
use std::sync::{LazyLock, OnceLock};

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::alignment::{FormMeasures, FormWeights};
use super::judge::soft_max;
use crate::meaning::lexicon::WeakKind;

/// Weights, floors and thresholds. They are data with a provenance, not constants in code.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct JudgementConfig {
    /// Where the numbers come from.
    pub provenance: String,
    /// See [`JudgementConfig::least`].
    #[serde(skip)]
    least: OnceLock<[f32; 2]>,
    /// What the fit showed, for readers: figures and the table of calibration.
    #[serde(default)]
    pub figures: serde_json::Value,
    /// Words less similar than this are not alike at all.
    pub word_floor: f32,
    /// What the measures of two forms are worth.
    #[serde(deserialize_with = "form_weights", serialize_with = "named_form_weights")]
    pub form: FormWeights,
    /// What words and meanings say is believed where so much weight is matched, and less in
    /// proportion below; above 0.
    pub full_weight: f32,
    /// What the measures of words that cover each other are worth.
    pub words: WordWeights,
    /// The same for meanings.
    pub meaning: MeaningWeights,
    /// From aspects to log-odds.
    pub evidence: Evidence,
    /// From log-odds to a probability.
    pub calibration: Calibration,
    /// Similarity of two words that translate each other.
    pub concept_translation: f32,
    /// Similarity of two synonyms of one language.
    pub concept_synonym: f32,
    /// Similarity of two words of near concepts.
    pub concept_kin: f32,
    /// Similarity of two spellings of one number.
    pub concept_number: f32,
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

/// What the measures of words that cover each other are worth, in log-odds.
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct WordWeights {
    /// Share of the query's weight that is matched.
    pub query_share: f32,
    /// Share of the earlier mark's weight that is matched.
    pub earlier_share: f32,
    /// Harmonic mean of the two shares.
    pub mutual: f32,
    /// The weight that is matched.
    pub matched: f32,
    /// Share of the earlier mark's weight that is matched closely.
    pub close: f32,
}

/// What the measures of meanings that cover each other are worth; they sum to 1.
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct MeaningWeights {
    /// Share of the query's weight that is matched.
    pub query_share: f32,
    /// Share of the earlier mark's weight that is matched.
    pub earlier_share: f32,
    /// Harmonic mean of the two shares.
    pub mutual: f32,
}

/// What similarity is worth, in log-odds; none is below 0 but the grounds.
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// Whole names that are the same.
    pub whole: f32,
    /// By how much words are ahead of whole names.
    pub words_ahead: f32,
    /// By how much words that sound alike are behind words that are written alike: a register of
    /// two million marks has a word of the same sound for nearly every word.
    pub spoken_words_behind: f32,
    /// The same meaning.
    pub meaning: f32,
    /// By how much writing is ahead as the strongest ground.
    pub visual_ground: f32,
    /// By how much sound is.
    pub aural_ground: f32,
    /// By how much meaning is.
    pub conceptual_ground: f32,
    /// What writing adds to the strongest ground.
    pub visual_support: f32,
    /// What sound adds to it.
    pub aural_support: f32,
    /// What meaning adds to it.
    pub conceptual_support: f32,
    /// Goods of one class.
    pub goods: f32,
    /// Kinship that is taken for granted where a side names no goods.
    pub unknown_goods: f32,
    /// A well-known earlier mark.
    pub well_known: f32,
}

fn named_form_weights<S: Serializer>(weights: &FormWeights, serializer: S) -> Result<S::Ok, S::Error> {
    let rounded = weights.weights().map(|weight| (weight * 10_000.0).round() / 10_000.0);
    serializer.collect_map(FormMeasures::NAMES.into_iter().zip(rounded))
}

fn form_weights<'de, D: Deserializer<'de>>(deserializer: D) -> Result<FormWeights, D::Error> {
    let mut named = BTreeMap::<String, f32>::deserialize(deserializer)?;
    let mut weights = [0.0; FormMeasures::COUNT];
    for (weight, name) in weights.iter_mut().zip(FormMeasures::NAMES) {
        *weight = named.remove(name).ok_or_else(|| D::Error::custom(format!("form: {name} is missing")))?;
    }
    match named.into_keys().next() {
        Some(unknown) => Err(D::Error::custom(format!("form: no measure {unknown:?}"))),
        None => Ok(FormWeights::new(weights)),
    }
}

/// From log-odds to a probability: straight between knots that rise in both.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(transparent)]
pub struct Calibration(Vec<(f32, f32)>);

impl Calibration {
    /// Takes knots of log-odds and probability, ascending.
    pub fn new(knots: Vec<(f32, f32)>) -> Self {
        Self(knots)
    }

    /// The same with its knots so much further up in log-odds.
    pub fn shifted(&self, by: f32) -> Self {
        Self(self.0.iter().map(|knot| (knot.0 + by, knot.1)).collect())
    }

    /// The probability, 0 to 1; that of the nearest knot beyond the first and the last.
    pub fn probability(&self, log_odds: f32) -> f32 {
        let above = self.0.partition_point(|knot| knot.0 <= log_odds);
        match (above.checked_sub(1).map(|below| self.0[below]), self.0.get(above)) {
            (Some(below), Some(above)) => below.1 + (above.1 - below.1) * ((log_odds - below.0) / (above.0 - below.0)),
            (Some(last), None) => last.1,
            (None, Some(first)) => first.1,
            (None, None) => 0.0,
        }
    }

    /// The least log-odds of so high a probability; infinite where none or all have it.
    pub fn log_odds_of(&self, probability: f32) -> f32 {
        let above = self.0.partition_point(|knot| knot.1 < probability);
        match (above.checked_sub(1).map(|below| self.0[below]), self.0.get(above)) {
            (Some(below), Some(above)) => below.0 + (above.0 - below.0) * ((probability - below.1) / (above.1 - below.1)),
            (None, Some(_)) => f32::NEG_INFINITY,
            (_, None) => f32::INFINITY,
        }
    }
}

/// Factors of weak words by what makes them weak, 0 (mute) to 1.
#[derive(Clone, Debug, Deserialize, Serialize)]
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
    /// No word is weak for what it says.
    pub const NONE: Self =
        Self { generic_product: 1.0, quality: 1.0, laudatory: 1.0, place: 1.0, business_form: 1.0, family_title: 1.0, function: 1.0 };

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
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
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
    /// Log-odds of writing and of sound where there is nothing in common at all. Asked for with
    /// every pair, so they are reckoned once.
    pub fn least(&self) -> [f32; 2] {
        *self.least.get_or_init(|| self.words_ahead().map(|ahead| soft_max([0.0, ahead])))
    }

    /// By how much words are ahead of whole names in writing and in sound.
    pub fn words_ahead(&self) -> [f32; 2] {
        [self.evidence.words_ahead, self.evidence.words_ahead - self.evidence.spoken_words_behind]
    }

    /// The same with other evidence.
    pub fn with_evidence(self, evidence: Evidence) -> Self {
        Self { evidence, least: OnceLock::new(), ..self }
    }

    /// The numbers that this build was made with.
    pub fn built_in() -> &'static Self {
        static BUILT_IN: LazyLock<JudgementConfig> =
            LazyLock::new(|| serde_json::from_str(include_str!("../../data/judgement.json")).expect("data/judgement.json is tested"));
        &BUILT_IN
    }
}
