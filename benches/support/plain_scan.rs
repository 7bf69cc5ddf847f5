//! The baseline: what a program does that holds a name against every other with a string measure.

use rapidfuzz::fuzz::{Args, RatioBatchComparator};
use rayon::prelude::*;

/// Names as the plain scans read them: lower case, made before the clock starts.
pub struct PlainNames(Vec<String>);

/// A name and how like the query it is.
pub type Found = (f64, u32);

/// Hits that are kept: as many as an answer of mirip shows.
pub const BEST: usize = 20;

/// Names in one task of the scan on all threads.
const TASK_NAMES: usize = 8192;

impl PlainNames {
    /// Folds the names.
    pub fn new(names: &[String]) -> Self {
        Self(names.iter().map(|name| plain(name)).collect())
    }

    /// The best by `strsim::normalized_levenshtein`, on one thread.
    pub fn best_by_strsim(&self, query: &str) -> Vec<Found> {
        let query = plain(query);
        let mut best = Best::default();
        for (number, name) in (0..).zip(&self.0) {
            best.offer(strsim::normalized_levenshtein(&query, name), number);
        }
        best.0
    }

    /// The best by rapidfuzz's `ratio`, the query prepared once, on one thread.
    pub fn best_by_rapidfuzz(&self, query: &str) -> Vec<Found> {
        let comparator = RatioBatchComparator::new(plain(query).bytes());
        best_of(&comparator, 0, &self.0).0
    }

    /// The same on all of rayon's threads.
    pub fn best_by_rapidfuzz_on_all_threads(&self, query: &str) -> Vec<Found> {
        let comparator = RatioBatchComparator::new(plain(query).bytes());
        let parts: Vec<Best> = self
            .0
            .par_chunks(TASK_NAMES)
            .enumerate()
            .map(|(task, names)| best_of(&comparator, (task * TASK_NAMES) as u32, names))
            .collect();
        let mut best = Best::default();
        parts.into_iter().flat_map(|part| part.0).for_each(|(similarity, number)| best.offer(similarity, number));
        best.0
    }
}

/// The names of which `first` is the number of the first.
///
/// The cut-off rises with what was found: the library is at its fastest so.
fn best_of(comparator: &RatioBatchComparator<u8>, first: u32, names: &[String]) -> Best {
    let mut best = Best::default();
    for (number, name) in (first..).zip(names) {
        let args = Args::default().score_cutoff(best.cutoff());
        if let Some(similarity) = comparator.similarity_with_args(name.bytes(), &args) {
            best.offer(similarity, number);
        }
    }
    best
}

/// The best so far, the most similar first, then by number.
#[derive(Default)]
struct Best(Vec<Found>);

impl Best {
    /// What a name must reach to be kept.
    fn cutoff(&self) -> f64 {
        if self.0.len() < BEST { 0.0 } else { self.0[BEST - 1].0 }
    }

    fn offer(&mut self, similarity: f64, number: u32) {
        if self.0.len() == BEST && similarity <= self.cutoff() {
            return;
        }
        let place = self.0.partition_point(|(other, _)| *other >= similarity);
        self.0.insert(place, (similarity, number));
        self.0.truncate(BEST);
    }
}

/// A name in lower case: all that the string measures get by way of folding.
pub fn plain(name: &str) -> String {
    name.to_lowercase()
}
