//! The arithmetic of the judgement: from what two signs have in common to one probability.
//!
//! Every number that goes in may be the true one or an upper bound of it: the result is
//! monotone in each, so bounds in give a bound out. The scan rests on that, and a property
//! test holds it.

use std::sync::LazyLock;

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
    let [written, spoken] = words(pair, config);
    let visual = aspect(pair.whole.visual, &written, WRITING, Exact, config);
    let aural = aspect(pair.whole.aural, &spoken, SOUND, Exact, config);
    let conceptual = meaning(pair, config).of_meaning(&config.meaning);
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
    pub fn new(pair: &PairSimilarities<'_>, whole: [WholeLikeness; 2], config: &JudgementConfig) -> Self {
        Self { whole, words: words(pair, config), meaning: meaning(pair, config), circumstances: pair.circumstances }
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
    /// Share of the earlier mark's weight that is matched, each word by its [`closeness`].
    pub close: f32,
    /// How far all that is to be believed: words that weigh next to nothing say next to nothing,
    /// though they be all that a mark has. SATE is no one's, and SATE AYAM PAK KIRNO takes nothing
    /// from it. Names that cover each other are believed as far as they do: AIR and TIRTA mean
    /// the same, weak as AIR is.
    pub strength: f32,
}

impl Cover {
    /// From shares and weights that are matched, or bounds of them. `heavier` is the weight of the
    /// heavier side, or less: names that are weak as wholes are taken as they are.
    pub fn new(query_share: f32, earlier_share: f32, matched: f32, close: f32, heavier: f32, config: &JudgementConfig) -> Self {
        let sum = query_share + earlier_share;
        let mutual = if sum > 0.0 { 2.0 * query_share * earlier_share / sum } else { 0.0 };
        let strength = (matched / config.full_weight.min(heavier)).max(query_share.min(earlier_share)).min(1.0);
        Self { query_share, earlier_share, mutual, matched: matched.min(1.0), close, strength }
    }

    /// What the words say, in log-odds.
    fn of_words(&self, weights: &WordWeights) -> f32 {
        let all = weights.query_share * self.query_share
            + weights.earlier_share * self.earlier_share
            + weights.mutual * self.mutual
            + weights.matched * self.matched
            + weights.close * self.close;
        all * self.strength
    }

    /// What the meanings say, 0 to 1.
    fn of_meaning(&self, weights: &MeaningWeights) -> f32 {
        let all = weights.query_share * self.query_share + weights.earlier_share * self.earlier_share + weights.mutual * self.mutual;
        all * self.strength
    }
}

/// Words of at least this similarity are the same word.
pub const SAME_WORD: f32 = 0.999;

/// How close two words are that are alike: 0 at the floor below which words are not alike at all,
/// 1 where they are the same. A word that is the same says much more than one that is like it.
pub fn closeness(similarity: f32, floor: f32) -> f32 {
    ((similarity - floor) / (1.0 - floor)).max(0.0)
}

/// How well the words cover each other by writing and by sound.
fn words(pair: &PairSimilarities<'_>, config: &JudgementConfig) -> [Cover; 2] {
    [cover(pair, config, |word| word.visual), cover(pair, config, |word| word.aural)]
}

/// Each word takes its best counterpart; weights say how much of a side that is.
fn cover(pair: &PairSimilarities<'_>, config: &JudgementConfig, aspect: impl Fn(&WordSimilarity) -> f32) -> Cover {
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
    let (mut earlier_sum, mut earlier_matched, mut close) = (0.0_f32, 0.0_f32, 0.0_f32);
    for column in 0..columns {
        let best = (0..rows).map(|row| aspect(&pair.words[row * columns + column])).fold(0.0, f32::max);
        earlier_sum += pair.earlier_weights[column];
        earlier_matched += pair.earlier_weights[column] * best;
        close += pair.earlier_weights[column] * closeness(best, config.word_floor);
    }
    let (matched, heavier) = (query_matched.min(earlier_matched), query_sum.max(earlier_sum));
    Cover::new(query_matched / query_sum, earlier_matched / earlier_sum, matched, close / earlier_sum, heavier, config)
}

/// How well the meanings of each side cover the other's: translations, synonyms, numbers and near concepts, and
/// beside them the words that are the same. Names that share words alone have no meaning in common that their
/// letters don't tell.
fn meaning(pair: &PairSimilarities<'_>, config: &JudgementConfig) -> Cover {
    if pair.words.iter().all(|word| word.conceptual <= 0.0) {
        return Cover::default();
    }
    cover(pair, config, |word| if word.visual.max(word.aural) >= SAME_WORD { 1.0 } else { word.conceptual })
}

/// Places of writing and of sound where numbers are kept by aspect.
const WRITING: usize = 0;
const SOUND: usize = 1;

/// One aspect, 0 to 1: the stronger of two grounds, in log-odds.
fn aspect(whole: f32, words: &Cover, of: usize, soft_max: impl SoftMax, config: &JudgementConfig) -> f32 {
    let most = config.evidence.whole;
    let found = soft_max.of([most * whole, words.of_words(&config.words) + config.words_ahead()[of]]);
    let least = config.least()[of];
    ((found - least) / (most - least)).clamp(0.0, 1.0)
}

/// Log-odds of a pair, before calibration.
pub fn log_odds(visual: f32, aural: f32, conceptual: f32, circumstances: Circumstances, config: &JudgementConfig) -> f32 {
    log_odds_by(visual, aural, conceptual, circumstances, Exact, config)
}

fn log_odds_by(
    visual: f32,
    aural: f32,
    conceptual: f32,
    circumstances: Circumstances,
    soft_max: impl SoftMax,
    config: &JudgementConfig,
) -> f32 {
    let evidence = &config.evidence;
    let in_log_odds = |aspect: f32, of: usize| {
        let least = config.least()[of];
        least + aspect * (evidence.whole - least)
    };
    let (visual, aural) = (in_log_odds(visual, WRITING), in_log_odds(aural, SOUND));
    let conceptual = evidence.meaning * conceptual;
    let grounds = soft_max.of([visual + evidence.visual_ground, aural + evidence.aural_ground, conceptual + evidence.conceptual_ground]);
    let support = evidence.visual_support * visual + evidence.aural_support * aural + evidence.conceptual_support * conceptual;
    let goods = evidence.goods * circumstances.goods.unwrap_or(evidence.unknown_goods);
    let well_known = if circumstances.is_well_known { evidence.well_known } else { 0.0 };
    grounds + support + goods + well_known
}

/// The highest log-odds of names that are no more alike than `whole` as wholes, and whose words cover
/// each other no better than `words` in writing or in sound, and their meanings no better than `meaning`, or up to 0.002
/// more.
pub fn log_odds_bound(
    whole: WholeSimilarity,
    words: &Cover,
    meaning: &Cover,
    circumstances: Circumstances,
    config: &JudgementConfig,
) -> f32 {
    let soft_max = NoLess::new();
    let visual = aspect(whole.visual, words, WRITING, soft_max, config);
    let aural = aspect(whole.aural, words, SOUND, soft_max, config);
    log_odds_by(visual, aural, meaning.of_meaning(&config.meaning), circumstances, soft_max, config)
}

/// The logarithm of a sum of exponentials: the largest, and a little more where others are near.
pub(super) fn soft_max<const N: usize>(values: [f32; N]) -> f32 {
    Exact.of(values)
}

trait SoftMax: Copy {
    fn of<const N: usize>(self, values: [f32; N]) -> f32;
}

#[derive(Clone, Copy)]
struct Exact;

impl SoftMax for Exact {
    fn of<const N: usize>(self, values: [f32; N]) -> f32 {
        let most = values.into_iter().fold(f32::NEG_INFINITY, f32::max);
        most + values.into_iter().map(|value| (value - most).exp()).sum::<f32>().ln()
    }
}

/// Up to 0.001 more for two values and 0.002 for three, and a tenth of the time: a search bounds some thousands of marks
/// for each that it scores.
#[derive(Clone, Copy)]
struct NoLess {
    gains: &'static Gains,
}

impl NoLess {
    fn new() -> Self {
        Self { gains: &GAINS }
    }

    /// The gain where two values differ by so much. The curve is hollow from above, so a line between two of its points
    /// lies above it.
    #[inline]
    fn gain(self, difference: f32) -> f32 {
        let steps = (difference * STEPS as f32).min((16 * STEPS) as f32);
        let below = steps as usize;
        let (from, to) = (self.gains[below], self.gains[below + 1]);
        from + (to - from) * (steps - below as f32)
    }
}

impl SoftMax for NoLess {
    #[inline]
    fn of<const N: usize>(self, values: [f32; N]) -> f32 {
        values[1..].iter().fold(values[0], |sum, &value| sum.max(value) + self.gain((sum - value).abs()))
    }
}

/// Steps of a difference of 1 in [`Gains`].
const STEPS: usize = 8;

type Gains = [f32; 16 * STEPS + 2];

/// By difference of two values, in steps: by how much their sum of exponentials is above the greater.
static GAINS: LazyLock<Gains> = LazyLock::new(|| {
    // What arithmetic in single precision may take away is added.
    std::array::from_fn(|step| (-(step as f64) / STEPS as f64).exp().ln_1p() as f32 + 1e-5)
});

/// Numbers are shown with four digits and ranked as they are shown.
fn on_grid(value: f32) -> f32 {
    (value * 10_000.0).round() / 10_000.0
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// A bound of a sum of exponentials is one, and a close one.
        #[test]
        fn no_less_is_no_less(values in [-30.0_f32..40.0, -30.0_f32..40.0, -30.0_f32..40.0]) {
            let [first, second, _] = values;
            for (exact, above) in [(Exact.of(values), NoLess::new().of(values)), (Exact.of([first, second]), NoLess::new().of([first, second]))] {
                prop_assert!((0.0..0.002).contains(&(above - exact)), "{} {}", exact, above);
            }
        }
    }
}
