//! Learns the weights of the judgement from decided pairs, and says how well they carry over.

use std::fmt;
use std::path::Path;

use jiff::civil::Date;
use rayon::prelude::*;
use serde::Serialize;

use super::calibration::{Outcome, calibrate};
use super::fit::{Choice, Decided, Weights, fit as fit_choices};
use super::pairs::{self, GoldPair, compact};
use super::{Retrieval, area_under_curve, bootstrap, random_pairs, retrieval};
use crate::index::Index;
use crate::scan::Threads;
use crate::score::{Calibration, JudgementConfig};
use crate::search::{self, Query, SearchConfig};
use crate::{Error, Result};

/// Marks that a decided one is chosen from: those that a search puts first. Some thousands more
/// are so far behind that they change no weight.
const FIELD: usize = 600;
/// Below this score marks are not looked for.
const FIELD_SCORE: f64 = 0.3;
/// Parts of a cross-validation. Pairs with one earlier mark stay together.
const FOLDS: usize = 6;
/// Random pairs for calibration: each later sign beside so many others' earlier marks.
const CALIBRATION_SHIFTS: usize = 3;

/// What a fit found.
#[derive(Clone, Debug)]
pub struct Fit {
    /// The configuration with the new weights, bands as they were.
    pub config: JudgementConfig,
    /// How well weights carry over to pairs that they were not fitted on.
    pub cross_validated: Validation,
}

/// Figures over pairs that were left out of the fit, each part in turn.
#[derive(Clone, Debug, Serialize)]
pub struct Validation {
    /// Retrieval of the earlier mark among those of its field.
    pub retrieval: Vec<Retrieval>,
    /// Area under the ROC curve, decided similar against decided dissimilar pairs of one part.
    pub auc_dissimilar: f64,
    /// Where it lies in nineteen of twenty samples.
    pub auc_dissimilar_interval: [f64; 2],
    /// The same against random pairs.
    pub auc_random: f64,
    /// Mean distance of the probability said from the share seen, by tenths of the probability.
    pub calibration_error: f64,
    /// The tenths.
    pub reliability: Vec<Reliability>,
}

/// Pairs of one tenth of the probability.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Reliability {
    /// Where the tenth begins.
    pub from: f64,
    /// Pairs in it, by weight.
    pub pairs: f64,
    /// Mean of the probabilities that were said.
    pub said: f64,
    /// Share of the pairs that were held similar.
    pub seen: f64,
}

/// A labelled pair with what its judgement is made of.
struct Labelled {
    evidence: crate::score::PairEvidence,
    is_similar: bool,
    is_decided: bool,
    weight: f64,
    fold: usize,
}

/// Fits the weights on the decided pairs of a file, in a register that holds their earlier marks.
///
/// # Errors
/// [`crate::ErrorKind::Input`] where the file can't be read as decided pairs, or has too few.
pub fn fit(index: &Index, pairs: &Path, today: Date, progress: &(dyn Fn(u64, u64) + Sync)) -> Result<Fit> {
    let path = pairs;
    let pairs = pairs::read(path)?;
    let config = JudgementConfig::built_in();
    let search = SearchConfig { limit: FIELD, min_score: Some(FIELD_SCORE), ..SearchConfig::new(today) };
    let asked: Vec<&GoldPair> = pairs.iter().filter(|pair| pair.is_asked()).collect();
    if asked.len() < 4 * FOLDS {
        return Err(Error::input(format!(
            "{}: {} similar pairs are too few for a fit; give {} or more",
            path.display(),
            asked.len(),
            4 * FOLDS
        )));
    }
    let fold_of = folds(&pairs);
    let done = std::sync::atomic::AtomicU64::new(0);
    let choices: Vec<Choice> = asked
        .par_iter()
        .map(|pair| {
            let choice = choice(index, pair, &search)?;
            progress(done.fetch_add(1, std::sync::atomic::Ordering::Relaxed) + 1, asked.len() as u64);
            Ok(choice)
        })
        .collect::<Result<_>>()?;
    let labelled = labelled(index, &pairs, &fold_of, &search)?;
    let cross_validated = cross_validate(&asked, &choices, &labelled, &fold_of, config);

    let weights = fit_choices(&choices.iter().collect::<Vec<_>>(), &decided(labelled.iter()), config);
    let mut fitted = config.clone();
    weights.write_to(&mut fitted);
    fitted.calibration = calibrate(&outcomes(&weights, labelled.iter(), config), weights.same_log_odds());
    fitted.provenance = format!(
        "Fitted on {today} by `mirip evaluate --fit` on {} pairs held similar and {} decided pairs, in a register of {} marks.",
        choices.len(),
        labelled.iter().filter(|pair| pair.is_decided).count(),
        index.marks()
    );
    fitted.figures = serde_json::to_value(&cross_validated).expect("figures are plain data");
    Ok(Fit { config: fitted, cross_validated })
}

/// Which part of the cross-validation each earlier mark belongs to, by its first appearance.
fn folds(pairs: &[GoldPair]) -> impl Fn(&Query) -> usize + use<> {
    let mut seen: Vec<String> = Vec::new();
    for pair in pairs {
        let earlier = compact(&pair.earlier);
        if !seen.contains(&earlier) {
            seen.push(earlier);
        }
    }
    move |earlier: &Query| seen.iter().position(|known| *known == compact(earlier)).unwrap_or(0) % FOLDS
}

fn choice(index: &Index, pair: &GoldPair, search: &SearchConfig) -> Result<Choice> {
    let answer = search::check_on(index, &pair.later, search, Threads::One)?;
    let decided = compact(&pair.earlier);
    let others = answer.hits.iter().chain(&answer.evidence).map(|hit| Query {
        name: hit.mark.verbal_element.clone(),
        classes: hit.mark.classes,
        goods: hit.mark.goods.clone(),
        ..Query::default()
    });
    let field: Vec<Query> = std::iter::once(pair.earlier.clone()).chain(others.filter(|other| compact(other) != decided)).collect();
    let mut evidence = search::evidence(index, &pair.later, &field, search)?;
    let others = evidence.split_off(1);
    Ok(Choice { weight: pair.weight(), decided: evidence.swap_remove(0), others })
}

fn labelled(index: &Index, pairs: &[GoldPair], fold_of: &impl Fn(&Query) -> usize, search: &SearchConfig) -> Result<Vec<Labelled>> {
    let decided =
        pairs.iter().filter(|pair| pair.is_on_signs).map(|pair| (&pair.later, &pair.earlier, pair.is_similar, true, pair.weight()));
    let random = random_pairs(pairs, CALIBRATION_SHIFTS).map(|(later, earlier)| (later, earlier, false, false, 1.0));
    decided
        .chain(random)
        .map(|(later, earlier, is_similar, is_decided, weight)| {
            let evidence = search::evidence(index, later, std::slice::from_ref(earlier), search)?.swap_remove(0);
            Ok(Labelled { evidence, is_similar, is_decided, weight, fold: fold_of(earlier) })
        })
        .collect()
}

fn decided<'l>(pairs: impl Iterator<Item = &'l Labelled>) -> Vec<Decided<'l>> {
    let decided = |pair: &'l Labelled| Decided { pair: &pair.evidence, is_similar: pair.is_similar, weight: pair.weight };
    pairs.filter(|pair| pair.is_decided).map(decided).collect()
}

fn outcomes<'l>(weights: &Weights, pairs: impl Iterator<Item = &'l Labelled>, config: &JudgementConfig) -> Vec<Outcome> {
    let outcome =
        |pair: &Labelled| Outcome { log_odds: weights.log_odds(&pair.evidence, config), is_similar: pair.is_similar, weight: pair.weight };
    pairs.map(outcome).collect()
}

fn cross_validate(
    asked: &[&GoldPair],
    choices: &[Choice],
    labelled: &[Labelled],
    fold_of: &impl Fn(&Query) -> usize,
    config: &JudgementConfig,
) -> Validation {
    let of_choice: Vec<usize> = asked.iter().map(|pair| fold_of(&pair.earlier)).collect();
    let parts: Vec<(Weights, Calibration)> = (0..FOLDS)
        .map(|fold| {
            let train: Vec<&Choice> = choices.iter().zip(&of_choice).filter(|(_, of)| **of != fold).map(|(choice, _)| choice).collect();
            let others = || labelled.iter().filter(|pair| pair.fold != fold);
            let weights = fit_choices(&train, &decided(others()), config);
            let outcomes = outcomes(&weights, others(), config);
            let calibration = calibrate(&outcomes, weights.same_log_odds());
            (weights, calibration)
        })
        .collect();
    let ranks: Vec<Option<f64>> = choices
        .iter()
        .zip(&of_choice)
        .map(|(choice, &fold)| {
            let weights = &parts[fold].0;
            let own = weights.log_odds(&choice.decided, config);
            let above = choice.others.iter().filter(|other| weights.log_odds(other, config) > own).count();
            Some(above as f64 + 1.0)
        })
        .collect();
    let of_group = |name: &str, is_in: &dyn Fn(&str) -> bool| {
        let ranks: Vec<Option<f64>> =
            asked.iter().zip(&ranks).filter(|(pair, _)| is_in(&pair.jurisdiction)).map(|(_, rank)| *rank).collect();
        retrieval(name, &ranks)
    };
    let scored: Vec<(f64, f32, &Labelled)> = labelled
        .iter()
        .map(|pair| {
            let (weights, calibration) = &parts[pair.fold];
            let log_odds = weights.log_odds(&pair.evidence, config);
            (log_odds, calibration.probability(log_odds as f32), pair)
        })
        .collect();
    let of = |is_similar: bool, is_decided: bool| -> Vec<(usize, f32)> {
        let wanted = scored.iter().filter(|(_, _, pair)| pair.is_similar == is_similar && pair.is_decided == is_decided);
        wanted.map(|(log_odds, _, pair)| (pair.fold, *log_odds as f32)).collect()
    };
    let (similar, dissimilar, random) = (of(true, true), of(false, true), of(false, false));
    let reliability = reliability(&scored);
    let total: f64 = reliability.iter().map(|tenth| tenth.pairs).sum();
    Validation {
        retrieval: vec![of_group("all", &|_| true), of_group("ID+MY", &|jurisdiction| matches!(jurisdiction, "ID" | "MY"))],
        auc_dissimilar: area_within_parts(&similar, &dissimilar),
        auc_dissimilar_interval: bootstrap(&similar, &dissimilar, area_within_parts),
        auc_random: area_within_parts(&similar, &random),
        calibration_error: reliability.iter().map(|tenth| tenth.pairs * (tenth.said - tenth.seen).abs()).sum::<f64>() / total,
        reliability,
    }
}

/// Area under the curve over pairs of one part: each part was scored with weights of its own, and log-odds of one
/// say nothing beside those of another (Forman and Scholz 2010). Parts count by their pairs.
fn area_within_parts(positives: &[(usize, f32)], negatives: &[(usize, f32)]) -> f64 {
    let of_part = |scored: &[(usize, f32)], part: usize| -> Vec<f32> {
        scored.iter().filter(|(of, _)| *of == part).map(|(_, log_odds)| *log_odds).collect()
    };
    let (mut sum, mut pairs) = (0.0, 0.0);
    for part in 0..FOLDS {
        let (positives, negatives) = (of_part(positives, part), of_part(negatives, part));
        let of_part = (positives.len() * negatives.len()) as f64;
        sum += of_part * area_under_curve(&positives, &negatives);
        pairs += of_part;
    }
    if pairs > 0.0 { sum / pairs } else { 0.5 }
}

fn reliability(scored: &[(f64, f32, &Labelled)]) -> Vec<Reliability> {
    (0..10)
        .map(|tenth| {
            let is_in = |probability: f32| ((probability * 10.0) as usize).min(9) == tenth;
            let (mut pairs, mut said, mut seen) = (0.0, 0.0, 0.0);
            for (_, probability, pair) in scored.iter().filter(|(_, probability, _)| is_in(*probability)) {
                pairs += pair.weight;
                said += pair.weight * f64::from(*probability);
                seen += if pair.is_similar { pair.weight } else { 0.0 };
            }
            let of = |sum: f64| if pairs > 0.0 { sum / pairs } else { 0.0 };
            Reliability { from: tenth as f64 / 10.0, pairs, said: of(said), seen: of(seen) }
        })
        .collect()
}

impl fmt::Display for Validation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "cross-validated, pairs with one earlier mark together")?;
        for group in &self.retrieval {
            writeln!(f, "{group}")?;
        }
        let [least, most] = self.auc_dissimilar_interval;
        writeln!(f, "AUC similar / dissimilar {:.3} ({least:.3} to {most:.3})", self.auc_dissimilar)?;
        writeln!(f, "AUC similar / random     {:.3}", self.auc_random)?;
        writeln!(f, "calibration error        {:.3}", self.calibration_error)?;
        writeln!(f, "{:>11} {:>7} {:>6} {:>6}", "probability", "pairs", "said", "seen")?;
        for tenth in &self.reliability {
            writeln!(f, "{:>5.1} ..{:.1} {:>8.1} {:>6.2} {:>6.2}", tenth.from, tenth.from + 0.1, tenth.pairs, tenth.said, tenth.seen)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_area_is_taken_within_parts() {
        // The second part has all log-odds higher, and tells its pairs apart as well as the first.
        let (positives, negatives) = ([(0, 2.0), (1, 12.0)], [(0, 1.0), (1, 11.0)]);
        assert_eq!(area_within_parts(&positives, &negatives), 1.0);
        assert_eq!(area_within_parts(&positives, &[(0, 3.0), (1, 11.0)]), 0.5);
        // A part without pairs of one kind says nothing.
        assert_eq!(area_within_parts(&[(0, 2.0)], &[(0, 1.0), (1, 9.0)]), 1.0);
        assert_eq!(area_within_parts(&[], &negatives), 0.5);
    }
}
