//! One pair, by the same arithmetic as a search.

use super::prepared::{Channel, Prepared};
use super::segment::{band, whole_likenesses};
use super::{Comparison, Query, SearchConfig};
use crate::Result;
use crate::index::Index;
use crate::mark::NiceClasses;
use crate::meaning::{Sign, goods, lexicon};
use crate::name::Token;
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
    let side = Earlier::new(index, &readings[0], other.sign, earlier.classes, earlier.goods.as_deref(), config.judgement);
    let (prepared, assessment) = side.assess_best(&readings, config.judgement);
    let reasons = side.explained(prepared, query.classes, &assessment, config);
    let band = band(&assessment, || prepared.sign.name().compact() == side.sign.name().compact(), config.judgement);
    Ok(Comparison {
        query: query.clone(),
        query_readings: readings[0].sign.readings(),
        earlier: earlier.clone(),
        earlier_readings: side.sign.readings(),
        assessment,
        band,
        reasons,
        language: config.language,
    })
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
        let side = Earlier::new(index, &readings[0], sign, earlier.classes, earlier.goods.as_deref(), judgement);
        let (closest, _) = side.assess_best(&readings, judgement);
        side.with_pair(closest, judgement, |pair, whole| PairEvidence::new(pair, whole, judgement))
    };
    Ok(earlier.iter().map(of_pair).collect())
}

/// The earlier side of a pair, read for one query.
pub(super) struct Earlier {
    pub sign: Sign,
    /// By word, for the goods of the query.
    pub weights: Vec<f32>,
    pub classes: NiceClasses,
    /// Keys of the goods' words.
    pub goods: Vec<u32>,
}

impl Earlier {
    pub(super) fn new(
        index: &Index,
        query: &Prepared,
        sign: Sign,
        classes: NiceClasses,
        goods: Option<&str>,
        config: &JudgementConfig,
    ) -> Self {
        let words: Vec<&str> = sign.name().tokens().iter().map(Token::text).collect();
        let log_frequency = |word: &str| index.log_frequency(word, query.context.classes());
        let weights = query.weighting.weights(&words, log_frequency, query.context, config);
        Self { sign, weights, classes, goods: goods.map(goods::keys).unwrap_or_default() }
    }

    /// The numbers of the pair by that reading of the query that is closest, the first of equals.
    pub(super) fn assess_best<'r>(&self, readings: &'r [Prepared], config: &JudgementConfig) -> (&'r Prepared, Assessment) {
        let assess = |query: &'r Prepared| (query, self.with_pair(query, config, |pair, _| judge(pair, config)));
        let closer = |best: (&'r Prepared, Assessment), other: (&'r Prepared, Assessment)| {
            if other.1.overall > best.1.overall { other } else { best }
        };
        readings.iter().map(assess).reduce(closer).expect("a query has at least one reading")
    }

    /// Puts the similarities of the pair together, and gives them to `judge` with the closest forms
    /// of the whole names.
    fn with_pair<T>(
        &self,
        query: &Prepared,
        config: &JudgementConfig,
        judge: impl Fn(&PairSimilarities<'_>, [WholeLikeness; 2]) -> T,
    ) -> T {
        let words = word_matrix(query, &self.sign, config);
        let whole = whole_likenesses(query, self.sign.words(), &self.weights, config);
        let [visual, aural] = whole.map(|whole| whole.similarity(&config.form));
        let pair = PairSimilarities {
            query_weights: &query.weights,
            earlier_weights: &self.weights,
            words: &words,
            whole: WholeSimilarity { visual, aural },
            has_concepts: !query.sign.concepts().is_empty() && !self.sign.concepts().is_empty(),
            circumstances: Circumstances {
                goods: goods_similarity(&query.goods, self.classes, &self.goods),
                is_well_known: lexicon::well_known(&self.sign.name().compact()).is_some(),
            },
        };
        judge(&pair, whole)
    }

    /// The reasons of the pair, whose numbers are known.
    pub(super) fn explained(
        &self,
        query: &Prepared,
        query_classes: NiceClasses,
        assessment: &Assessment,
        config: &SearchConfig,
    ) -> Vec<Reason> {
        let words = word_matrix(query, &self.sign, config.judgement);
        let pair = Explained {
            query: &query.sign,
            earlier: &self.sign,
            query_weights: &query.weights,
            earlier_weights: &self.weights,
            words: &words,
            assessment,
            context: query.context,
            query_classes,
            earlier_classes: self.classes,
        };
        explain(&pair, config.language)
    }
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
