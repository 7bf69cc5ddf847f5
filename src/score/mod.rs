//! The judgement: two signs and two sets of goods to an [`Assessment`]; the same numbers with
//! reasons to an explanation.
//!
//! It knows no register: what a word weighs in one comes in as a number.

pub mod alignment;
mod config;
mod explain;
mod goods;
mod judge;
pub mod related;
mod similarity;
mod weight;

pub use config::{Band, Bands, Calibration, Evidence, JudgementConfig, MeaningWeights, WeakFactors, WordWeights};
pub use explain::{Explained, Language, Reason, explain, explain_status};
pub use goods::{Goods, goods_similarity};
pub use judge::{
    Assessment, Circumstances, Cover, PairEvidence, PairSimilarities, SAME_WORD, WholeSimilarity, WordSimilarity, closeness, judge,
    log_odds, log_odds_bound,
};
pub use related::relatedness;
pub use similarity::{JoinedForm, WholeForm, WholeLikeness, concept_similarity, spoken, word_similarity, written};
pub use weight::{Context, Weighting};
