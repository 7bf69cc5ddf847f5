//! The arithmetic of the judgement.
//!
//! Every number that goes in may be the true one or an upper bound of it: the result is
//! monotone in each, so bounds in give a bound out. The scan rests on that, and a property
//! test holds it.

use super::JudgementConfig;

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
    /// Kinship of the goods; `None` where a side names none.
    pub goods: Option<f32>,
}

/// The numbers of one comparison, each 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Assessment {
    /// Similarity with the goods taken into account.
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
/// `overall` never exceeds the strongest of the mixed word match and the whole-name
/// similarities, times the factor of the goods.
pub fn judge(pair: &PairSimilarities<'_>, config: &JudgementConfig) -> Assessment {
    let visual = cover(pair, config, |word| word.visual).max(pair.whole.visual);
    let aural = cover(pair, config, |word| word.aural).max(pair.whole.aural);
    let conceptual = cover(pair, config, |word| word.conceptual);
    let mixed = cover(pair, config, mixed);
    let strongest = mixed.max(visual).max(aural).max(conceptual);
    let agreement = ((visual + aural) / 2.0).min(strongest);
    let signs = strongest - config.support * (strongest - agreement);
    Assessment {
        overall: on_grid(signs * goods_factor(pair.goods, config)),
        visual: on_grid(visual),
        aural: on_grid(aural),
        conceptual: pair.has_concepts.then(|| on_grid(conceptual)),
        goods: pair.goods.map(on_grid),
    }
}

/// What the kinship of the goods leaves of a score, at most 1; 1 where it is not known.
pub fn goods_factor(goods: Option<f32>, config: &JudgementConfig) -> f32 {
    config.goods_base + (1.0 - config.goods_base) * goods.unwrap_or(1.0)
}

/// Numbers are shown with four digits and ranked as they are shown.
fn on_grid(value: f32) -> f32 {
    (value * 10_000.0).round() / 10_000.0
}

/// An upper bound of [`Assessment::overall`]: the strongest that any aspect can be.
///
/// A third of the cost of [`judge`]: most marks that a scan touches end here.
pub fn judge_bound(pair: &PairSimilarities<'_>, config: &JudgementConfig) -> f32 {
    let mixed = cover(pair, config, mixed);
    mixed.max(pair.whole.visual).max(pair.whole.aural) * goods_factor(pair.goods, config)
}

fn mixed(word: &WordSimilarity) -> f32 {
    word.visual.max(word.aural).max(word.conceptual)
}

/// How well the words of each side are covered by words of the other, 0 to 1.
///
/// Each word takes its best counterpart; weights say how much of a side that is. Three
/// readings of the same two shares, the strongest counts: both sides cover each other; the
/// earlier mark stands whole in the query; the query stands whole in the earlier mark. A match
/// of weak words alone counts for little, whatever share of a side it is.
fn cover(pair: &PairSimilarities<'_>, config: &JudgementConfig, aspect: impl Fn(&WordSimilarity) -> f32) -> f32 {
    let (rows, columns) = (pair.query_weights.len(), pair.earlier_weights.len());
    let (mut query_sum, mut query_matched) = (0.0_f32, 0.0_f32);
    for row in 0..rows {
        let best = (0..columns).map(|column| aspect(&pair.words[row * columns + column])).fold(0.0, f32::max);
        query_sum += pair.query_weights[row];
        query_matched += pair.query_weights[row] * best;
    }
    if query_matched <= 0.0 {
        return 0.0;
    }
    let (mut earlier_sum, mut earlier_matched) = (0.0_f32, 0.0_f32);
    for column in 0..columns {
        let best = (0..rows).map(|row| aspect(&pair.words[row * columns + column])).fold(0.0, f32::max);
        earlier_sum += pair.earlier_weights[column];
        earlier_matched += pair.earlier_weights[column] * best;
    }
    let query_share = query_matched / query_sum;
    let earlier_share = earlier_matched / earlier_sum;
    let matched = query_matched.min(earlier_matched);
    let distinctive = (matched / config.full_weight).min(1.0);
    strongest_reading(query_share, earlier_share, config) * distinctive
}

/// The strongest of the three readings of two shares: an upper bound of what words can give
/// whose matched weight is no more than these shares of each side.
pub fn strongest_reading(query_share: f32, earlier_share: f32, config: &JudgementConfig) -> f32 {
    if query_share <= 0.0 || earlier_share <= 0.0 {
        return 0.0;
    }
    let mutual = 2.0 * query_share * earlier_share / (query_share + earlier_share);
    let contained = earlier_share * (config.contained_base + (1.0 - config.contained_base) * query_share);
    let containing = query_share * (config.containing_base + (1.0 - config.containing_base) * earlier_share);
    mutual.max(contained).max(containing)
}
