//! Fits the weights of the judgement on decided pairs.
//!
//! Each decided pair that was held similar is a choice: of all marks that a search of the later
//! name finds, the earlier mark of the pair is the one that was held against it. The weights are
//! those under which these choices are likeliest (a conditional logit, McFadden 1974), drawn
//! towards 0 by a penalty on their squares. The loss is smooth and has two dozen weights, so a
//! plain quasi-Newton step with a line search (BFGS) finds its least in some hundred steps. Weights that must not be
//! negative are fitted by their logarithm: so the judgement stays monotone.
//!
//! What is alike at all, which form of a name is the closest and which reading of a query, is
//! decided by the weights that are given; a fit that changes them much is worth repeating.

use super::minimum::least;
use crate::score::alignment::FormMeasures;
use crate::score::{Cover, Evidence, JudgementConfig, MeaningWeights, PairEvidence, WordWeights};

/// A pair that was held similar among the marks that a search finds.
pub(super) struct Choice {
    /// Its weight among the others.
    pub weight: f64,
    /// The pair that was decided.
    pub decided: PairEvidence,
    /// The later name with every other mark that was found.
    pub others: Vec<PairEvidence>,
}

const FORMS: usize = FormMeasures::COUNT;
const WORDS: usize = 5;
const MEANING: usize = 3;

/// Places of the weights in one vector.
const FORM: usize = 0;
const WORD: usize = FORM + FORMS;
const MEAN: usize = WORD + WORDS;
const SUPPORT: usize = MEAN + MEANING;
const GOODS: usize = SUPPORT + 3;
const WELL_KNOWN: usize = GOODS + 1;
/// From here on weights may be negative.
const OFFSET: usize = WELL_KNOWN + 1;
const GROUND: usize = OFFSET + 1;
const COUNT: usize = GROUND + 3;

/// Penalty on the square of a weight, in pairs: with 154 of them it costs next to nothing, and keeps the
/// weights of measures that say the same in proportion.
const PENALTY: f64 = 0.05;

/// What it weighs to tell pairs that were held similar from those that were not, beside the choices.
/// Courts disagree on pairs that came before them: ten times as much tells them apart a little
/// better in cross-validation, and costs a tenth of the earlier marks that are found.
const APART: f64 = 0.3;

/// All weights of the judgement that are fitted, in log-odds.
#[derive(Clone, Copy, Debug)]
pub(super) struct Weights([f64; COUNT]);

/// What one aspect needs: measures of the whole name, its ceiling, words.
struct Ground {
    forms: [f64; FORMS],
    ceiling: f64,
    words: [f64; WORDS],
    /// By how much words count less here; it is given, not fitted.
    behind: f64,
}

/// The evidence of a pair as plain numbers.
struct Row {
    grounds: [Ground; 2],
    meaning: [f64; MEANING],
    goods: f64,
    is_well_known: f64,
}

impl Row {
    fn new(pair: &PairEvidence, given: &JudgementConfig) -> Self {
        let ground = |at: usize| Ground {
            forms: pair.whole[at].measures.0.map(f64::from),
            ceiling: f64::from(pair.whole[at].ceiling),
            words: of_words(&pair.words[at]),
            behind: [0.0, f64::from(given.evidence.spoken_words_behind)][at],
        };
        Self {
            grounds: [ground(0), ground(1)],
            meaning: of_meaning(&pair.meaning),
            goods: pair.circumstances.goods.unwrap_or(given.evidence.unknown_goods).into(),
            is_well_known: f64::from(u8::from(pair.circumstances.is_well_known)),
        }
    }
}

fn of_words(cover: &Cover) -> [f64; WORDS] {
    let measures = [cover.query_share, cover.earlier_share, cover.mutual, cover.matched, cover.close];
    measures.map(|measure| f64::from(measure * cover.strength))
}

fn of_meaning(cover: &Cover) -> [f64; MEANING] {
    [cover.query_share, cover.earlier_share, cover.mutual].map(|measure| f64::from(measure * cover.strength))
}

impl Weights {
    pub(super) fn of(config: &JudgementConfig) -> Self {
        let mut all = [0.0; COUNT];
        let evidence = &config.evidence;
        let scaled = |weight: f32, scale: f32| f64::from(weight * scale);
        for (at, weight) in config.form.weights().into_iter().enumerate() {
            all[FORM + at] = scaled(weight, evidence.whole);
        }
        let words = &config.words;
        let weights = [words.query_share, words.earlier_share, words.mutual, words.matched, words.close];
        weights.into_iter().enumerate().for_each(|(at, weight)| all[WORD + at] = weight.into());
        let meaning = &config.meaning;
        for (at, weight) in [meaning.query_share, meaning.earlier_share, meaning.mutual].into_iter().enumerate() {
            all[MEAN + at] = scaled(weight, evidence.meaning);
        }
        let support = [evidence.visual_support, evidence.aural_support, evidence.conceptual_support];
        support.into_iter().enumerate().for_each(|(at, weight)| all[SUPPORT + at] = weight.into());
        all[GOODS] = evidence.goods.into();
        all[WELL_KNOWN] = evidence.well_known.into();
        all[OFFSET] = evidence.words_ahead.into();
        let grounds = [evidence.visual_ground, evidence.aural_ground, evidence.conceptual_ground];
        grounds.into_iter().enumerate().for_each(|(at, weight)| all[GROUND + at] = weight.into());
        Self(all)
    }

    /// The configuration with these weights.
    pub(super) fn write_to(&self, config: &mut JudgementConfig) {
        let sum = |from: usize, count: usize| self.0[from..from + count].iter().sum::<f64>();
        let (whole, meaning) = (sum(FORM, FORMS), sum(MEAN, MEANING));
        let share = |at: usize, of: f64| rounded(self.0[at] / of);
        config.form = crate::score::alignment::FormWeights::new(std::array::from_fn(|at| share(FORM + at, whole)));
        config.words = WordWeights {
            query_share: rounded(self.0[WORD]),
            earlier_share: rounded(self.0[WORD + 1]),
            mutual: rounded(self.0[WORD + 2]),
            matched: rounded(self.0[WORD + 3]),
            close: rounded(self.0[WORD + 4]),
        };
        config.meaning =
            MeaningWeights { query_share: share(MEAN, meaning), earlier_share: share(MEAN + 1, meaning), mutual: share(MEAN + 2, meaning) };
        let evidence = Evidence {
            whole: rounded(whole),
            words_ahead: rounded(self.0[OFFSET]),
            meaning: rounded(meaning),
            visual_ground: rounded(self.0[GROUND]),
            aural_ground: rounded(self.0[GROUND + 1]),
            conceptual_ground: rounded(self.0[GROUND + 2]),
            visual_support: rounded(self.0[SUPPORT]),
            aural_support: rounded(self.0[SUPPORT + 1]),
            conceptual_support: rounded(self.0[SUPPORT + 2]),
            goods: rounded(self.0[GOODS]),
            well_known: rounded(self.0[WELL_KNOWN]),
            ..config.evidence
        };
        *config = config.clone().with_evidence(evidence);
    }

    /// Log-odds of the same sign for goods of one class.
    pub(super) fn same_log_odds(&self) -> f64 {
        let w = &self.0;
        let whole: f64 = w[FORM..FORM + FORMS].iter().sum();
        let (grounds, _) = soft_max([whole + w[GROUND], whole + w[GROUND + 1]]);
        grounds + (w[SUPPORT] + w[SUPPORT + 1]) * whole + w[GOODS]
    }

    /// Log-odds of a pair.
    pub(super) fn log_odds(&self, pair: &PairEvidence, config: &JudgementConfig) -> f64 {
        self.score(&Row::new(pair, config), None)
    }

    /// Log-odds of a pair; adds `times` their gradient to `gradient`.
    fn score(&self, row: &Row, gradient: Option<(f64, &mut [f64; COUNT])>) -> f64 {
        let w = &self.0;
        let dot = |from: usize, values: &[f64]| values.iter().zip(&w[from..]).map(|(value, weight)| value * weight).sum::<f64>();
        let most: f64 = w[FORM..FORM + FORMS].iter().sum();
        let aspects: [_; 2] = std::array::from_fn(|at| {
            let ground = &row.grounds[at];
            let plain = dot(FORM, &ground.forms);
            let capped = plain > ground.ceiling * most;
            let whole = if capped { ground.ceiling * most } else { plain };
            let (sum, shares) = soft_max([whole, dot(WORD, &ground.words) + w[OFFSET] - ground.behind]);
            (sum, shares, capped)
        });
        let meaning = dot(MEAN, &row.meaning);
        let (grounds, shares) = soft_max([aspects[0].0 + w[GROUND], aspects[1].0 + w[GROUND + 1], meaning + w[GROUND + 2]]);
        let support = w[SUPPORT] * aspects[0].0 + w[SUPPORT + 1] * aspects[1].0 + w[SUPPORT + 2] * meaning;
        if let Some((times, gradient)) = gradient {
            for (at, (ground, (value, within, capped))) in row.grounds.iter().zip(&aspects).enumerate() {
                let of_aspect = times * (shares[at] + w[SUPPORT + at]);
                for form in 0..FORMS {
                    gradient[FORM + form] += of_aspect * within[0] * if *capped { ground.ceiling } else { ground.forms[form] };
                }
                for word in 0..WORDS {
                    gradient[WORD + word] += of_aspect * within[1] * ground.words[word];
                }
                gradient[OFFSET] += of_aspect * within[1];
                gradient[SUPPORT + at] += times * value;
                gradient[GROUND + at] += times * shares[at];
            }
            for (at, value) in row.meaning.iter().enumerate() {
                gradient[MEAN + at] += times * (shares[2] + w[SUPPORT + 2]) * value;
            }
            gradient[SUPPORT + 2] += times * meaning;
            gradient[GROUND + 2] += times * shares[2];
            gradient[GOODS] += times * row.goods;
            gradient[WELL_KNOWN] += times * row.is_well_known;
        }
        grounds + support + w[GOODS] * row.goods + w[WELL_KNOWN] * row.is_well_known
    }
}

/// Weights are written with four digits.
pub(super) fn rounded(weight: f64) -> f32 {
    ((weight * 10_000.0).round() / 10_000.0) as f32
}

/// Logarithm of the sum of exponentials, and the share of each.
fn soft_max<const N: usize>(values: [f64; N]) -> (f64, [f64; N]) {
    let most = values.into_iter().fold(f64::NEG_INFINITY, f64::max);
    let powers = values.map(|value| (value - most).exp());
    let sum: f64 = powers.iter().sum();
    (most + sum.ln(), powers.map(|power| power / sum))
}

/// A pair that was decided either way.
pub(super) struct Decided<'p> {
    pub pair: &'p PairEvidence,
    pub is_similar: bool,
    pub weight: f64,
}

/// Fits the weights on choices and on decided pairs, beginning with those of `config`.
pub(super) fn fit(choices: &[&Choice], decided: &[Decided<'_>], config: &JudgementConfig) -> Weights {
    let row = |pair: &PairEvidence| Row::new(pair, config);
    let rows: Vec<(f64, Row, Vec<Row>)> =
        choices.iter().map(|choice| (choice.weight, row(&choice.decided), choice.others.iter().map(row).collect())).collect();
    let apart: Vec<(Row, &Decided<'_>)> = decided.iter().map(|decided| (row(decided.pair), decided)).collect();
    let total: f64 = rows.iter().map(|(weight, _, _)| weight).sum();
    let loss = |free: &[f64; COUNT]| {
        let weights = Weights(bound(free));
        let parts: Vec<(f64, [f64; COUNT])> = {
            use rayon::prelude::*;
            rows.par_iter().map(|(weight, decided, others)| of_choice(&weights, *weight, decided, others)).collect()
        };
        let (mut value, mut gradient) = (0.0, [0.0; COUNT]);
        for (of_choice, slope) in &parts {
            value += of_choice / total;
            gradient.iter_mut().zip(slope).for_each(|(sum, part)| *sum += part / total);
        }
        value += APART * told_apart(&weights, &apart, &mut gradient);
        for (at, slope) in gradient.iter_mut().enumerate() {
            let weight = weights.0[at];
            value += PENALTY * weight * weight / total;
            *slope += 2.0 * PENALTY * weight / total;
            if at < OFFSET {
                *slope *= weight;
            }
        }
        (value, gradient)
    };
    Weights(bound(&least(free(&Weights::of(config).0), loss)))
}

/// Loss over all pairs of a pair that was held similar and one that was not: the logarithm of the
/// odds that they stand in the wrong order (Burges and others 2005). Adds [`APART`] times its
/// gradient to `gradient`.
fn told_apart(weights: &Weights, pairs: &[(Row, &Decided<'_>)], gradient: &mut [f64; COUNT]) -> f64 {
    let scores: Vec<f64> = pairs.iter().map(|(row, _)| weights.score(row, None)).collect();
    let of = |is_similar: bool| (0..pairs.len()).filter(move |&at| pairs[at].1.is_similar == is_similar);
    let (mut sum, mut total) = (0.0, 0.0);
    let mut slopes = vec![0.0; pairs.len()];
    for similar in of(true) {
        for dissimilar in of(false) {
            let weight = pairs[similar].1.weight * pairs[dissimilar].1.weight;
            let margin = scores[similar] - scores[dissimilar];
            total += weight;
            sum += weight * ((-margin.abs()).exp().ln_1p() + (-margin).max(0.0));
            let slope = weight / (1.0 + margin.exp());
            slopes[similar] -= slope;
            slopes[dissimilar] += slope;
        }
    }
    if total == 0.0 {
        return 0.0;
    }
    for ((row, _), slope) in pairs.iter().zip(&slopes) {
        weights.score(row, Some((APART * slope / total, gradient)));
    }
    sum / total
}

/// Loss of one choice and its gradient.
fn of_choice(weights: &Weights, weight: f64, decided: &Row, others: &[Row]) -> (f64, [f64; COUNT]) {
    let own = weights.score(decided, None);
    let scores: Vec<f64> = others.iter().map(|other| weights.score(other, None)).collect();
    let most = scores.iter().copied().fold(own, f64::max);
    let sum: f64 = (own - most).exp() + scores.iter().map(|score| (score - most).exp()).sum::<f64>();
    let mut gradient = [0.0; COUNT];
    weights.score(decided, Some((weight * ((own - most).exp() / sum - 1.0), &mut gradient)));
    for (other, score) in others.iter().zip(&scores) {
        let share = (score - most).exp() / sum;
        // Most are too far behind to move anything.
        if share > 1e-9 {
            weights.score(other, Some((weight * share, &mut gradient)));
        }
    }
    (weight * (most + sum.ln() - own), gradient)
}

/// Weights that must not be negative, by their logarithm.
fn free(weights: &[f64; COUNT]) -> [f64; COUNT] {
    std::array::from_fn(|at| if at < OFFSET { weights[at].max(0.01).ln() } else { weights[at] })
}

fn bound(free: &[f64; COUNT]) -> [f64; COUNT] {
    std::array::from_fn(|at| if at < OFFSET { free[at].exp() } else { free[at] })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluate::next;
    use crate::score::alignment::FormMeasures;
    use crate::score::{Circumstances, WholeLikeness};

    /// Evidence drawn by lot, the same on every machine.
    fn drawn(seed: u64) -> PairEvidence {
        let mut state = seed;
        let mut draw = || (next(&mut state) % 1000) as f32 / 1000.0;
        let mut whole =
            || WholeLikeness { measures: FormMeasures(std::array::from_fn(|_| draw())), ceiling: if draw() < 0.3 { 0.4 } else { 1.0 } };
        let whole = [whole(), whole()];
        let config = JudgementConfig::built_in();
        let mut cover = || Cover::new(draw(), draw(), draw(), draw(), 1.0, config);
        let words = [cover(), cover()];
        let meaning = cover();
        PairEvidence { whole, words, meaning, circumstances: Circumstances { goods: Some(draw()), is_well_known: seed.is_multiple_of(3) } }
    }

    /// The slope of `loss` along each weight is `gradient`.
    fn check_gradient(weights: &Weights, gradient: &[f64; COUNT], loss: impl Fn(&Weights) -> f64) {
        for (at, slope) in gradient.iter().enumerate() {
            let step = |by: f64| {
                let mut moved = *weights;
                moved.0[at] += by;
                loss(&moved)
            };
            let seen = (step(1e-5) - step(-1e-5)) / 2e-5;
            assert!((seen - slope).abs() < 1e-4, "weight {at}: {seen} is not {slope}");
        }
    }

    #[test]
    fn the_gradients_are_the_slopes_of_the_losses() {
        let config = JudgementConfig::built_in();
        let weights = Weights::of(config);
        let row = |seed| Row::new(&drawn(seed), config);
        let others: Vec<Row> = (1..20).map(row).collect();
        let (_, gradient) = of_choice(&weights, 0.5, &row(0), &others);
        check_gradient(&weights, &gradient, |weights| of_choice(weights, 0.5, &row(0), &others).0);

        let evidence: Vec<PairEvidence> = (0..12).map(drawn).collect();
        let decided: Vec<Decided<'_>> =
            (0..12).map(|at| Decided { pair: &evidence[at], is_similar: at % 3 > 0, weight: [0.5, 1.0][at % 2] }).collect();
        let rows: Vec<(Row, &Decided<'_>)> = decided.iter().map(|decided| (Row::new(decided.pair, config), decided)).collect();
        let mut gradient = [0.0; COUNT];
        told_apart(&weights, &rows, &mut gradient);
        check_gradient(&weights, &gradient, |weights| APART * told_apart(weights, &rows, &mut [0.0; COUNT]));
    }

    #[test]
    fn weights_are_written_as_they_are_read() {
        let config = JudgementConfig::built_in();
        let mut written = config.clone();
        let weights = Weights::of(config);
        weights.write_to(&mut written);
        let again = Weights::of(&written);
        assert!(weights.0.iter().zip(&again.0).all(|(one, other)| (one - other).abs() < 2e-3), "{weights:?} {again:?}");
    }
}
