//! Quality on decided pairs: is the earlier mark found, how high, and are similar pairs told
//! from dissimilar and from random ones.

mod ablation;
mod calibration;
mod fit;
mod learning;
mod minimum;
mod pairs;

use std::fmt;
use std::path::Path;

use rayon::prelude::*;
use serde::Serialize;

use self::pairs::{GoldPair, compact};
use crate::Result;
use crate::index::Index;
use crate::mark::NiceClasses;
use crate::scan::Threads;
use crate::score::JudgementConfig;
use crate::search::{self, Query, SearchConfig};

pub use self::ablation::{Ablation, ablate};
pub use self::learning::{Fit, fit};

/// Which classes a query is asked with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum QueryClasses {
    /// Those of the later sign.
    #[default]
    Later,
    /// None.
    None,
}

/// How to evaluate.
#[derive(Clone, Copy, Debug)]
pub struct EvaluateConfig {
    /// Which classes a query is asked with.
    pub classes: QueryClasses,
    /// The judgement that is measured.
    pub judgement: &'static JudgementConfig,
}

impl Default for EvaluateConfig {
    fn default() -> Self {
        Self { classes: QueryClasses::default(), judgement: JudgementConfig::built_in() }
    }
}

/// The figures.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// Marks of the register.
    pub marks: u64,
    /// Retrieval of the earlier mark, by group of jurisdictions.
    pub retrieval: Vec<Retrieval>,
    /// Area under the ROC curve, decided similar against decided dissimilar pairs (basis signs).
    pub auc_dissimilar: f64,
    /// Where that area lies in nineteen of twenty samples drawn from these pairs.
    pub auc_dissimilar_interval: [f64; 2],
    /// The same against random pairs of a later and another pair's earlier mark.
    pub auc_random: f64,
    /// Share of decided similar pairs (basis signs) at or above `high`.
    pub similar_at_high: f64,
    /// Share at or above `medium`.
    pub similar_at_medium: f64,
}

/// How often the earlier mark is among the first hits of the later.
#[derive(Clone, Debug, Serialize)]
pub struct Retrieval {
    /// The group: `all`, `ID+MY`, or a jurisdiction.
    pub group: String,
    /// Pairs in it: decided similar on the signs, not identical, the earlier mark in the register.
    pub pairs: usize,
    /// Share of pairs whose earlier mark ranks first.
    pub recall_at_1: f64,
    /// Share among the first ten.
    pub recall_at_10: f64,
    /// Share among the first fifty.
    pub recall_at_50: f64,
    /// Mean of one over the rank.
    pub mean_reciprocal_rank: f64,
}

/// Marks below this score are not ranked.
const RANKED_SCORE: f64 = 0.25;

/// Ranks are looked for this deep.
const DEPTH: usize = 50;

/// Measures the judgement on decided pairs (`data/gold/decided.tsv` has the columns). Ties
/// count as the middle of their run. `progress` counts the pairs.
///
/// # Errors
/// [`crate::ErrorKind::Input`] where the file can't be read as decided pairs.
pub fn evaluate(index: &Index, pairs: &Path, config: &EvaluateConfig, progress: &(dyn Fn(u64, u64) + Sync)) -> Result<Report> {
    let mut pairs = pairs::read(pairs)?;
    if config.classes == QueryClasses::None {
        pairs.iter_mut().for_each(|pair| pair.later.classes = NiceClasses::EMPTY);
    }
    let today = SearchConfig::new(jiff::civil::date(2026, 1, 1));
    let search = SearchConfig { limit: 4 * DEPTH, min_score: Some(RANKED_SCORE), judgement: config.judgement, ..today };
    let asked: Vec<&GoldPair> = pairs.iter().filter(|pair| pair.is_asked()).collect();
    let total = asked.len() as u64;
    let done = std::sync::atomic::AtomicU64::new(0);
    let ranks: Vec<Option<f64>> = asked
        .par_iter()
        .map(|pair| {
            let rank = rank(index, pair, &search)?;
            progress(done.fetch_add(1, std::sync::atomic::Ordering::Relaxed) + 1, total);
            Ok(rank)
        })
        .collect::<Result<_>>()?;
    let of_group = |name: &str, is_in: &dyn Fn(&str) -> bool| {
        let ranks: Vec<Option<f64>> =
            asked.iter().zip(&ranks).filter(|(pair, _)| is_in(&pair.jurisdiction)).map(|(_, rank)| *rank).collect();
        retrieval(name, &ranks)
    };
    let mut groups = vec![of_group("all", &|_| true), of_group("ID+MY", &|jurisdiction| matches!(jurisdiction, "ID" | "MY"))];
    let mut jurisdictions: Vec<&str> = asked.iter().map(|pair| pair.jurisdiction.as_str()).collect();
    jurisdictions.sort_unstable();
    jurisdictions.dedup();
    groups.extend(jurisdictions.iter().map(|name| of_group(name, &|jurisdiction| jurisdiction == *name)));

    let score = |later: &Query, earlier: &Query| search::compare(index, later, earlier, &search).map(|found| found.assessment.overall);
    let scores = |is_similar: bool| -> Result<Vec<f32>> {
        let wanted = pairs.iter().filter(|pair| pair.is_on_signs && pair.is_similar == is_similar);
        wanted.map(|pair| score(&pair.later, &pair.earlier)).collect()
    };
    let similar = scores(true)?;
    let dissimilar = scores(false)?;
    let random: Vec<f32> = random_pairs(&pairs, RANDOM_SHIFTS).map(|(later, earlier)| score(later, earlier)).collect::<Result<_>>()?;
    let bands = search.judgement.bands;
    let share = |threshold: f32| similar.iter().filter(|score| **score >= threshold).count() as f64 / similar.len().max(1) as f64;
    Ok(Report {
        marks: index.marks(),
        retrieval: groups,
        auc_dissimilar: area_under_curve(&similar, &dissimilar),
        auc_dissimilar_interval: bootstrap(&similar, &dissimilar, area_under_curve),
        auc_random: area_under_curve(&similar, &random),
        similar_at_high: share(bands.high),
        similar_at_medium: share(bands.medium),
    })
}

/// How many times each later sign is set beside another pair's earlier mark.
const RANDOM_SHIFTS: usize = 39;

/// Later signs with other pairs' earlier marks, in a fixed pattern: the same on every machine.
fn random_pairs(pairs: &[GoldPair], shifts: usize) -> impl Iterator<Item = (&Query, &Query)> {
    let count = pairs.len();
    (1..count.min(shifts + 1))
        .flat_map(move |shift| (0..count).map(move |at| (at, (at + shift * 7) % count)))
        .filter(|(at, other)| compact(&pairs[*at].earlier) != compact(&pairs[*other].earlier))
        .map(|(at, other)| (&pairs[at].later, &pairs[other].earlier))
}

fn rank(index: &Index, pair: &GoldPair, config: &SearchConfig) -> Result<Option<f64>> {
    let answer = search::check_on(index, &pair.later, config, Threads::One)?;
    let wanted = compact(&pair.earlier);
    let is_wanted = |hit: &search::Hit| crate::name::Name::new(&hit.mark.verbal_element).compact() == wanted;
    let Some(own) = answer.hits.iter().find(|hit| is_wanted(hit)) else { return Ok(None) };
    let score = own.assessment.overall;
    let above = answer.hits.iter().filter(|hit| hit.assessment.overall > score).count() as f64;
    let equal = answer.hits.iter().filter(|hit| hit.assessment.overall == score).count() as f64;
    Ok(Some(above + (equal + 1.0) / 2.0))
}

fn retrieval(group: &str, ranks: &[Option<f64>]) -> Retrieval {
    let count = ranks.len().max(1) as f64;
    let within = |depth: f64| ranks.iter().flatten().filter(|rank| **rank <= depth).count() as f64 / count;
    Retrieval {
        group: group.to_owned(),
        pairs: ranks.len(),
        recall_at_1: within(1.0),
        recall_at_10: within(10.0),
        recall_at_50: within(50.0),
        mean_reciprocal_rank: ranks.iter().flatten().fold(0.0, |sum, rank| sum + 1.0 / rank) / count,
    }
}

/// Samples of a bootstrap.
const SAMPLES: u64 = 1000;

/// The middle nineteen twentieths of `area` in samples drawn with replacement (Efron 1979), the
/// same on every machine.
fn bootstrap<T: Copy>(positives: &[T], negatives: &[T], area: impl Fn(&[T], &[T]) -> f64) -> [f64; 2] {
    if positives.is_empty() || negatives.is_empty() {
        return [0.5, 0.5];
    }
    let mut areas: Vec<f64> = (0..SAMPLES)
        .map(|sample| {
            let mut state = sample;
            let mut draw =
                |from: &[T]| -> Vec<T> { (0..from.len()).map(|_| from[(next(&mut state) % from.len() as u64) as usize]).collect() };
            let (positives, negatives) = (draw(positives), draw(negatives));
            area(&positives, &negatives)
        })
        .collect();
    areas.sort_by(f64::total_cmp);
    [areas[areas.len() / 40], areas[areas.len() - 1 - areas.len() / 40]]
}

/// SplitMix64 (Steele and others 2014): random enough to draw a sample.
fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mixed = (*state ^ (*state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

/// Chance that a positive scores above a negative, ties counting half; 0.5 where a side is empty.
fn area_under_curve(positives: &[f32], negatives: &[f32]) -> f64 {
    if positives.is_empty() || negatives.is_empty() {
        return 0.5;
    }
    let wins: f64 = positives
        .iter()
        .flat_map(|positive| negatives.iter().map(move |negative| positive.total_cmp(negative)))
        .map(|order| match order {
            std::cmp::Ordering::Greater => 1.0,
            std::cmp::Ordering::Equal => 0.5,
            std::cmp::Ordering::Less => 0.0,
        })
        .sum();
    wins / (positives.len() * negatives.len()) as f64
}

impl fmt::Display for Retrieval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:8} {:>6} {:>7.3} {:>7.3} {:>7.3} {:>7.3}",
            self.group, self.pairs, self.recall_at_1, self.recall_at_10, self.recall_at_50, self.mean_reciprocal_rank
        )
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} marks", self.marks)?;
        writeln!(f, "{:8} {:>6} {:>7} {:>7} {:>7} {:>7}", "group", "pairs", "R@1", "R@10", "R@50", "MRR")?;
        for group in &self.retrieval {
            writeln!(f, "{group}")?;
        }
        let [least, most] = self.auc_dissimilar_interval;
        writeln!(f, "AUC similar / dissimilar {:.3} ({least:.3} to {most:.3})", self.auc_dissimilar)?;
        writeln!(f, "AUC similar / random     {:.3}", self.auc_random)?;
        write!(f, "similar pairs at or above high {:.3}, medium {:.3}", self.similar_at_high, self.similar_at_medium)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_area_counts_ties_half() {
        assert_eq!(area_under_curve(&[1.0, 0.5], &[0.5, 0.0]), 0.875);
        assert_eq!(area_under_curve(&[], &[0.5]), 0.5);
    }

    #[test]
    fn recall_counts_what_was_not_found() {
        let found = retrieval("x", &[Some(1.0), Some(10.5), None, Some(2.0)]);
        assert_eq!((found.recall_at_1, found.recall_at_10, found.recall_at_50), (0.25, 0.5, 0.75));
        // The sum of no numbers is a negative zero, which prints as "-0.000".
        for ranks in [&[None][..], &[]] {
            assert!(retrieval("x", ranks).mean_reciprocal_rank.is_sign_positive());
        }
    }
}
