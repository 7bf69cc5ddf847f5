//! One pair, by the same arithmetic as a search.

use super::prepared::{Channel, Prepared};
use super::segment::{band, whole_similarities};
use super::{Comparison, Query, SearchConfig};
use crate::Result;
use crate::index::Index;
use crate::mark::NiceClasses;
use crate::meaning::{Sign, goods};
use crate::score::{
    Assessment, Explained, JudgementConfig, PairSimilarities, Reason, WordSimilarity, concept_similarity, explain, goods_similarity, judge,
    word_similarity,
};

/// Compares two signs, `query` the later one, with the token weights of `index`.
///
/// What a search says of a mark of the register is what this says of the pair.
///
/// # Errors
/// [`crate::ErrorKind::Input`] where a name is empty, too long, or has no letter or digit.
pub fn compare(index: &Index, query: &Query, earlier: &Query, config: &SearchConfig) -> Result<Comparison> {
    let prepared = Prepared::new(index, query, config.judgement)?;
    let other = Prepared::new(index, earlier, config.judgement)?;
    let weights: Vec<f32> = other
        .sign
        .name()
        .tokens()
        .iter()
        .map(|token| prepared.weighting.weight(token.text(), index.frequency(token.text()), prepared.context, config.judgement))
        .collect();
    let keys = earlier.goods.as_deref().map(goods::keys).unwrap_or_default();
    let assessment = assess(&prepared, &other.sign, &weights, earlier.classes, &keys, config.judgement);
    let reasons = explained(&prepared, query.classes, &other.sign, &weights, earlier.classes, &assessment, config);
    let band = band(&assessment, || prepared.sign.name().compact() == other.sign.name().compact(), config.judgement);
    Ok(Comparison {
        query: query.clone(),
        query_readings: prepared.sign.readings(),
        earlier: earlier.clone(),
        earlier_readings: other.sign.readings(),
        assessment,
        band,
        reasons,
        language: config.language,
    })
}

/// The numbers of a pair, from the signs alone.
pub(super) fn assess(
    query: &Prepared,
    earlier: &Sign,
    earlier_weights: &[f32],
    earlier_classes: NiceClasses,
    earlier_goods: &[u32],
    config: &JudgementConfig,
) -> Assessment {
    let words = word_matrix(query, earlier, config);
    let pair = PairSimilarities {
        query_weights: &query.weights,
        earlier_weights,
        words: &words,
        whole: whole_similarities(query, earlier.words(), earlier_weights, config),
        has_concepts: !query.sign.concepts().is_empty() && !earlier.concepts().is_empty(),
        goods: goods_similarity(&query.goods, earlier_classes, earlier_goods),
    };
    judge(&pair, config)
}

fn word_matrix(query: &Prepared, earlier: &Sign, config: &JudgementConfig) -> Vec<WordSimilarity> {
    let mut words = Vec::with_capacity(query.rows() * earlier.words().len());
    for row in 0..query.rows() {
        for other in earlier.words() {
            let on = |channel: Channel| {
                let (own, floor) = query.word_forms(row, channel);
                word_similarity(own, channel.forms(other), floor)
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
