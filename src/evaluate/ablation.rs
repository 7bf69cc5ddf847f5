//! What falls when a part of the judgement is taken out.
//!
//! The other weights stay as they were fitted with it, so a part's worth is rather over- than
//! understated: a fit without it would make up for some.

use std::fmt;
use std::path::Path;

use serde::Serialize;

use super::{EvaluateConfig, Report, evaluate};
use crate::Result;
use crate::index::Index;
use crate::score::alignment::{FormMeasures, FormWeights};
use crate::score::{Circumstances, Evidence, JudgementConfig, WeakFactors, log_odds};

/// Log-odds that nothing makes up for.
const NEVER: f32 = -100.0;

/// The judgement as it is, and without each of its parts.
#[derive(Clone, Debug, Serialize)]
pub struct Ablation {
    /// As it is.
    pub whole: Report,
    /// By part: the figures without it.
    pub without: Vec<(String, Report)>,
}

/// Measures the judgement on decided pairs as it is and without each of its parts. `progress`
/// counts the parts.
///
/// # Errors
/// As [`evaluate`].
pub fn ablate(index: &Index, pairs: &Path, config: &EvaluateConfig, progress: &(dyn Fn(u64, u64) + Sync)) -> Result<Ablation> {
    let parts = parts(config.judgement);
    let total = parts.len() as u64 + 1;
    let whole = evaluate(index, pairs, config, &|_, _| ())?;
    progress(1, total);
    let mut without = Vec::new();
    for (name, judgement) in parts {
        // A search holds its judgement for as long as the program runs; these are two dozen.
        let config = EvaluateConfig { judgement: Box::leak(Box::new(judgement)), ..*config };
        without.push((name, evaluate(index, pairs, &config, &|_, _| ())?));
        progress(without.len() as u64 + 1, total);
    }
    Ok(Ablation { whole, without })
}

/// The judgement without each part of it, with the part's name.
fn parts(config: &JudgementConfig) -> Vec<(String, JudgementConfig)> {
    let evidence = |change: fn(&mut Evidence)| {
        let mut evidence = config.evidence;
        change(&mut evidence);
        config.clone().with_evidence(evidence)
    };
    let other = |change: fn(&mut JudgementConfig)| {
        let mut config = config.clone();
        change(&mut config);
        config
    };
    let mut parts = vec![
        ("writing", evidence(|evidence| (evidence.visual_ground, evidence.visual_support) = (NEVER, 0.0))),
        ("sound", evidence(|evidence| (evidence.aural_ground, evidence.aural_support) = (NEVER, 0.0))),
        ("meaning", evidence(|evidence| (evidence.conceptual_ground, evidence.conceptual_support) = (NEVER, 0.0))),
        ("goods", evidence(|evidence| evidence.goods = 0.0)),
        ("reputation", evidence(|evidence| evidence.well_known = 0.0)),
        ("words", evidence(|evidence| evidence.words_ahead = NEVER)),
        ("words by sound", evidence(|evidence| evidence.spoken_words_behind = -NEVER)),
        ("closeness of words", other(|config| config.words.close = 0.0)),
        ("rarity of words", other(|config| config.rarity_floor = 1.0)),
        ("weakness of words", other(|config| config.weak_factors = WeakFactors::NONE)),
        ("synonyms", other(|config| config.concept_synonym = 0.0)),
        ("near concepts", other(|config| config.concept_kin = 0.0)),
    ]
    .into_iter()
    .map(|(name, config)| (name.to_owned(), config))
    .collect::<Vec<_>>();
    for (at, name) in FormMeasures::NAMES.into_iter().enumerate() {
        let mut weights = config.form.weights();
        weights[at] = 0.0;
        let mut config = config.clone();
        config.form = FormWeights::new(weights);
        parts.push((format!("form: {name}"), config));
    }
    let same = same_log_odds(config);
    for (_, part) in &mut parts {
        // What is taken out must not put marks below the score from which they are ranked.
        part.calibration = part.calibration.shifted(same_log_odds(part) - same);
    }
    parts
}

/// Log-odds of the same sign for goods of one class.
fn same_log_odds(config: &JudgementConfig) -> f32 {
    log_odds(1.0, 1.0, 0.0, Circumstances { goods: Some(1.0), is_well_known: false }, config)
}

impl fmt::Display for Ablation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{:20} {:>6} {:>6} {:>6} {:>6} {:>11} {:>11} {:>8} {:>8}",
            "without", "R@1", "R@10", "R@50", "MRR", "ID+MY R@10", "ID+MY MRR", "AUC dis", "AUC rnd"
        )?;
        let reports = std::iter::once(("nothing", &self.whole)).chain(self.without.iter().map(|(name, report)| (name.as_str(), report)));
        for (name, report) in reports {
            let [all, local, ..] = &report.retrieval[..] else { continue };
            writeln!(
                f,
                "{:20} {:>6.3} {:>6.3} {:>6.3} {:>6.3} {:>11.3} {:>11.3} {:>8.3} {:>8.3}",
                name,
                all.recall_at_1,
                all.recall_at_10,
                all.recall_at_50,
                all.mean_reciprocal_rank,
                local.recall_at_10,
                local.mean_reciprocal_rank,
                report.auc_dissimilar,
                report.auc_random
            )?;
        }
        Ok(())
    }
}
