//! One pair, by the same arithmetic as a search.

use super::prepared::{Channel, Prepared};
use super::segment::{band, whole_likenesses};
use super::{Comparison, Query, SearchConfig};
use crate::Result;
use crate::index::Index;
use crate::mark::NiceClasses;
use crate::meaning::{Sign, goods, lexicon};
use crate::score::{
    Assessment, Circumstances, Explained, JudgementConfig, PairEvidence, PairSimilarities, Reason, WholeLikeness, WholeSimilarity,
    WordSimilarity, concept_similarity, explain, goods_similarity, judge, word_similarity,
};

/// Compares two signs, `query` the later one, with the token weights of `index`.
///
/// What a search says of a mark of the register is what this says of the pair.
///
/// # Errors
/// [`crate::ErrorKind::Input`] where a name is empty, too long, or has no letter or digit.
pub fn compare(index: &Index, query: &Query, earlier: &Query, config: &SearchConfig) -> Result<Comparison> {
    let readings = Prepared::all(index, query, config.judgement)?;
    let other = Prepared::all(index, earlier, config.judgement)?.swap_remove(0);
    let weights = weights_of(index, &readings[0], &other.sign, config.judgement);
    let keys = earlier.goods.as_deref().map(goods::keys).unwrap_or_default();
    let (prepared, assessment) = assess_best(&readings, &other.sign, &weights, earlier.classes, &keys, config.judgement);
    let reasons = explained(prepared, query.classes, &other.sign, &weights, earlier.classes, &assessment, config);
    let band = band(&assessment, || prepared.sign.name().compact() == other.sign.name().compact(), config.judgement);
    Ok(Comparison {
        query: query.clone(),
        query_readings: readings[0].sign.readings(),
        earlier: earlier.clone(),
        earlier_readings: other.sign.readings(),
        assessment,
        band,
        reasons,
        language: config.language,
    })
}

/// Weights of an earlier mark's words, for the goods of the query.
pub(super) fn weights_of(index: &Index, query: &Prepared, earlier: &Sign, config: &JudgementConfig) -> Vec<f32> {
    let weight = |word: &str| query.weighting.weight(word, index.log_frequency(word, query.context.classes()), query.context, config);
    earlier.name().tokens().iter().map(|token| weight(token.text())).collect()
}

/// The numbers of a pair by that reading of the query that is closest, the first of equals.
pub(super) fn assess_best<'r>(
    readings: &'r [Prepared],
    earlier: &Sign,
    earlier_weights: &[f32],
    earlier_classes: NiceClasses,
    earlier_goods: &[u32],
    config: &JudgementConfig,
) -> (&'r Prepared, Assessment) {
    let assess = |query: &'r Prepared| (query, assess(query, earlier, earlier_weights, earlier_classes, earlier_goods, config));
    let closer = |best: (&'r Prepared, Assessment), other: (&'r Prepared, Assessment)| {
        if other.1.overall > best.1.overall { other } else { best }
    };
    readings.iter().map(assess).reduce(closer).expect("a query has at least one reading")
}

/// The numbers of a pair, from the signs alone.
fn assess(
    query: &Prepared,
    earlier: &Sign,
    earlier_weights: &[f32],
    earlier_classes: NiceClasses,
    earlier_goods: &[u32],
    config: &JudgementConfig,
) -> Assessment {
    with_pair(query, earlier, earlier_weights, earlier_classes, earlier_goods, config, |pair, _| judge(pair, config))
}

/// What the judgement of a query with each of `earlier` is made of, by that reading of the query
/// that is closest.
///
/// # Errors
/// As [`compare`].
pub(crate) fn evidence(index: &Index, query: &Query, earlier: &[Query], config: &SearchConfig) -> Result<Vec<PairEvidence>> {
    let judgement = config.judgement;
    let readings = Prepared::all(index, query, judgement)?;
    let of_pair = |earlier: &Query| {
        let sign = Sign::new(&earlier.name);
        let weights = weights_of(index, &readings[0], &sign, judgement);
        let keys = earlier.goods.as_deref().map(goods::keys).unwrap_or_default();
        let (closest, _) = assess_best(&readings, &sign, &weights, earlier.classes, &keys, judgement);
        with_pair(closest, &sign, &weights, earlier.classes, &keys, judgement, |pair, whole| PairEvidence::new(pair, whole, judgement))
    };
    Ok(earlier.iter().map(of_pair).collect())
}

/// Puts the similarities of a pair together, and gives them to `judge` with the closest forms of
/// the whole names.
fn with_pair<T>(
    query: &Prepared,
    earlier: &Sign,
    earlier_weights: &[f32],
    earlier_classes: NiceClasses,
    earlier_goods: &[u32],
    config: &JudgementConfig,
    judge: impl Fn(&PairSimilarities<'_>, [WholeLikeness; 2]) -> T,
) -> T {
    let words = word_matrix(query, earlier, config);
    let whole = whole_likenesses(query, earlier.words(), earlier_weights, config);
    let [visual, aural] = whole.map(|whole| whole.similarity(&config.form));
    let pair = PairSimilarities {
        query_weights: &query.weights,
        earlier_weights,
        words: &words,
        whole: WholeSimilarity { visual, aural },
        has_concepts: !query.sign.concepts().is_empty() && !earlier.concepts().is_empty(),
        circumstances: Circumstances {
            goods: goods_similarity(&query.goods, earlier_classes, earlier_goods),
            is_well_known: lexicon::well_known(&earlier.name().compact()).is_some(),
        },
    };
    judge(&pair, whole)
}

fn word_matrix(query: &Prepared, earlier: &Sign, config: &JudgementConfig) -> Vec<WordSimilarity> {
    let mut words = Vec::with_capacity(query.rows() * earlier.words().len());
    for row in 0..query.rows() {
        for other in earlier.words() {
            let on = |channel: Channel| {
                let (own, floor) = query.word_forms(row, channel);
                word_similarity(own, channel.forms(other), &config.form, floor)
            };
            words.push(WordSimilarity { visual: on(Channel::Written), aural: on(Channel::Spoken), conceptual: 0.0 });
        }
    }
    for own in query.sign.concepts() {
        for other in earlier.concepts() {
            let similarity = concept_similarity(own, other, config);
            for row in own.tokens.clone() {
                for column in other.tokens.clone() {
                    let conceptual = &mut words[row * earlier.words().len() + column].conceptual;
                    *conceptual = conceptual.max(similarity);
                }
            }
        }
    }
    words
}

/// The reasons of a pair whose numbers are known.
pub(super) fn explained(
    query: &Prepared,
    query_classes: NiceClasses,
    earlier: &Sign,
    earlier_weights: &[f32],
    earlier_classes: NiceClasses,
    assessment: &Assessment,
    config: &SearchConfig,
) -> Vec<Reason> {
    let words = word_matrix(query, earlier, config.judgement);
    let pair = Explained {
        query: &query.sign,
        earlier,
        query_weights: &query.weights,
        earlier_weights,
        words: &words,
        assessment,
        context: query.context,
        query_classes,
        earlier_classes,
    };
    explain(&pair, config.language)
}

/// The goods keys of a text, for tests that score pairs by hand.
#[cfg(test)]
pub(super) fn goods_keys(text: Option<&str>) -> Vec<u32> {
    text.map(goods::keys).unwrap_or_default()
}
