//! The arithmetic of the judgement: from what two signs have in common to one probability.
//!
//! Every number that goes in may be the true one or an upper bound of it: the result is
//! monotone in each, so bounds in give a bound out. The scan rests on that, and a property
//! test holds it.

use super::JudgementConfig;
use super::config::{MeaningWeights, WordWeights};
use super::similarity::WholeLikeness;

/// How alike two words are, each 0 to 1; 0 also stands for "below the floor".
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct WordSimilarity {
    /// Writing.
    pub visual: f32,
    /// Sound.
    pub aural: f32,
    /// Meaning.
    pub conceptual: f32,
}

/// How alike two whole names are, words joined.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct WholeSimilarity {
    /// Writing.
    pub visual: f32,
    /// Sound.
    pub aural: f32,
}

/// Everything that the judgement looks at.
#[derive(Clone, Copy, Debug)]
pub struct PairSimilarities<'p> {
    /// Weight of each word of the query.
    pub query_weights: &'p [f32],
    /// Weight of each word of the earlier mark.
    pub earlier_weights: &'p [f32],
    /// Query words by earlier words, row by row.
    pub words: &'p [WordSimilarity],
    /// The whole names.
    pub whole: WholeSimilarity,
    /// True where both sides have a word of known meaning.
    pub has_concepts: bool,
    /// What is known of the pair beside the signs.
    pub circumstances: Circumstances,
}

/// What is known of a pair beside the signs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Circumstances {
    /// Kinship of the goods, 0 to 1; `None` where a side names none.
    pub goods: Option<f32>,
    /// True where the earlier mark is well known: such a mark is protected more widely.
    pub is_well_known: bool,
}

/// The numbers of one comparison, each 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Assessment {
    /// Probability that the pair would be held similar, the goods taken into account.
    pub overall: f32,
    /// Writing.
    pub visual: f32,
    /// Sound.
    pub aural: f32,
    /// Meaning; `None` where a side has no known meaning.
    pub conceptual: Option<f32>,
    /// Kinship of the goods; `None` where a side names none.
    pub goods: Option<f32>,
}

/// Judges a pair.
///
/// Each aspect is the stronger of two grounds, the whole names and the words. The probability
/// follows from the three aspects and the circumstances alone, and grows with each of them.
pub fn judge(pair: &PairSimilarities<'_>, config: &JudgementConfig) -> Assessment {
    let visual = aspect(pair.whole.visual, &cover(pair, |word| word.visual), config);
    let aural = aspect(pair.whole.aural, &cover(pair, |word| word.aural), config);
    let conceptual = meaning(pair).of_meaning(&config.meaning);
    Assessment {
        overall: on_grid(config.calibration.probability(log_odds(visual, aural, conceptual, pair.circumstances, config))),
        visual: on_grid(visual),
        aural: on_grid(aural),
        conceptual: pair.has_concepts.then(|| on_grid(conceptual)),
        goods: pair.circumstances.goods.map(on_grid),
    }
}

/// What the judgement of a pair is made of, before any weight.
#[derive(Clone, Copy, Debug)]
pub struct PairEvidence {
    /// The whole names, by writing and by sound.
    pub whole: [WholeLikeness; 2],
    /// The words, by writing and by sound.
    pub words: [Cover; 2],
    /// The meanings.
    pub meaning: Cover,
    /// What is known beside the signs.
    pub circumstances: Circumstances,
}

impl PairEvidence {
    /// Of a pair whose closest forms of the whole names are `whole`.
    pub fn new(pair: &PairSimilarities<'_>, whole: [WholeLikeness; 2]) -> Self {
        let words = [cover(pair, |word| word.visual), cover(pair, |word| word.aural)];
        Self { whole, words, meaning: meaning(pair), circumstances: pair.circumstances }
    }
}

/// How well the words of each side are covered by words of the other, each 0 to 1.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Cover {
    /// Share of the query's weight that is matched.
    pub query_share: f32,
    /// Share of the earlier mark's weight that is matched.
    pub earlier_share: f32,
    /// Both at once: the harmonic mean of the two shares.
    pub mutual: f32,
    /// The weight that is matched itself, up to that of one rare word: a match of weak words
    /// alone counts for little, whatever share of a side it is.
    pub matched: f32,
    /// Share of the earlier mark's weight that is matched by equals.
    pub same: f32,
}

impl Cover {
    /// From shares and weights that are matched, or bounds of them.
    pub fn new(query_share: f32, earlier_share: f32, matched: f32, same: f32) -> Self {
        let sum = query_share + earlier_share;
        let mutual = if sum > 0.0 { 2.0 * query_share * earlier_share / sum } else { 0.0 };
        Self { query_share, earlier_share, mutual, matched: matched.min(1.0), same }
    }

    /// What the words say, 0 to 1.
    fn of_words(&self, weights: &WordWeights) -> f32 {
        weights.query_share * self.query_share
            + weights.earlier_share * self.earlier_share
            + weights.mutual * self.mutual
            + weights.matched * self.matched
            + weights.same * self.same
    }

    /// What the meanings say, 0 to 1.
    fn of_meaning(&self, weights: &MeaningWeights) -> f32 {
        weights.query_share * self.query_share
            + weights.earlier_share * self.earlier_share
            + weights.mutual * self.mutual
            + weights.matched * self.matched
    }
}

/// Words of at least this similarity are the same word.
const SAME_WORD: f32 = 0.999;

/// Each word takes its best counterpart; weights say how much of a side that is.
fn cover(pair: &PairSimilarities<'_>, aspect: impl Fn(&WordSimilarity) -> f32) -> Cover {
    let (rows, columns) = (pair.query_weights.len(), pair.earlier_weights.len());
    let (mut query_sum, mut query_matched) = (0.0_f32, 0.0_f32);
    for row in 0..rows {
        let best = (0..columns).map(|column| aspect(&pair.words[row * columns + column])).fold(0.0, f32::max);
        query_sum += pair.query_weights[row];
        query_matched += pair.query_weights[row] * best;
    }
    if query_matched <= 0.0 {
        return Cover::default();
    }
    let (mut earlier_sum, mut earlier_matched, mut same) = (0.0_f32, 0.0_f32, 0.0_f32);
    for column in 0..columns {
        let best = (0..rows).map(|row| aspect(&pair.words[row * columns + column])).fold(0.0, f32::max);
        earlier_sum += pair.earlier_weights[column];
        earlier_matched += pair.earlier_weights[column] * best;
        if best >= SAME_WORD {
            same += pair.earlier_weights[column];
        }
    }
    Cover::new(query_matched / query_sum, earlier_matched / earlier_sum, query_matched.min(earlier_matched), same / earlier_sum)
}

/// How well the meanings of each side cover the other's: translations, synonyms and numbers, and beside them the
/// words that are the same. Names that share words alone have no meaning in common that their
/// letters don't tell.
fn meaning(pair: &PairSimilarities<'_>) -> Cover {
    if pair.words.iter().all(|word| word.conceptual <= 0.0) {
        return Cover::default();
    }
    cover(pair, |word| if word.visual.max(word.aural) >= SAME_WORD { 1.0 } else { word.conceptual })
}

/// One aspect, writing or sound, 0 to 1: the stronger of two grounds, in log-odds.
fn aspect(whole: f32, words: &Cover, config: &JudgementConfig) -> f32 {
    let evidence = &config.evidence;
    let found = soft_max([evidence.whole * whole, evidence.words * words.of_words(&config.words) + evidence.words_offset]);
    let (least, most) = (config.least(), evidence.whole);
    ((found - least) / (most - least)).clamp(0.0, 1.0)
}

/// Log-odds of a pair, before calibration.
pub fn log_odds(visual: f32, aural: f32, conceptual: f32, circumstances: Circumstances, config: &JudgementConfig) -> f32 {
    let evidence = &config.evidence;
    let (least, most) = (config.least(), evidence.whole);
    let [visual, aural] = [visual, aural].map(|aspect| least + aspect * (most - least));
    let conceptual = evidence.meaning * conceptual;
    let grounds = soft_max([visual + evidence.visual_ground, aural + evidence.aural_ground, conceptual + evidence.conceptual_ground]);
    let support = evidence.visual_support * visual + evidence.aural_support * aural + evidence.conceptual_support * conceptual;
    let goods = evidence.goods * circumstances.goods.unwrap_or(evidence.unknown_goods);
    let well_known = if circumstances.is_well_known { evidence.well_known } else { 0.0 };
    grounds + support + goods + well_known
}

/// The highest [`Assessment::overall`] of names that are no more alike than `whole` as wholes, by
/// writing or sound, and whose words cover each other no better than `words` in either, and their
/// meanings no better than `meaning`.
pub fn judge_bound(whole: f32, words: &Cover, meaning: &Cover, circumstances: Circumstances, config: &JudgementConfig) -> f32 {
    let aspect = aspect(whole, words, config);
    config.calibration.probability(log_odds(aspect, aspect, meaning.of_meaning(&config.meaning), circumstances, config))
}

/// The logarithm of a sum of exponentials: the largest, and a little more where others are near.
pub(super) fn soft_max<const N: usize>(values: [f32; N]) -> f32 {
    let most = values.into_iter().fold(f32::NEG_INFINITY, f32::max);
    most + values.into_iter().map(|value| (value - most).exp()).sum::<f32>().ln()
}

/// Numbers are shown with four digits and ranked as they are shown.
fn on_grid(value: f32) -> f32 {
    (value * 10_000.0).round() / 10_000.0
}
