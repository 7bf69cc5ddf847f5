//! From log-odds to probabilities, as outcomes bear them out.

use super::fit::rounded;
use crate::score::Calibration;

/// A pair with an outcome, for calibration.
#[derive(Clone, Copy, Debug)]
pub(super) struct Outcome {
    pub log_odds: f64,
    pub is_similar: bool,
    pub weight: f64,
}

/// What is said of the same sign for the same goods: courts have let even such pairs stand.
const SAME: f32 = 0.99;

/// Pairs of one knot of the calibration at least, by weight: fewer say nothing of a share.
const KNOT_WEIGHT: f64 = 12.0;

/// From log-odds to a probability that rises with them: pooled adjacent violators (Ayer and
/// others 1955), a knot at the middle of each pool.
///
/// Signs that are the same, for the same goods, end the scale whatever the sample says: at the
/// log-odds `same` the probability is [`SAME`].
pub(super) fn calibrate(outcomes: &[Outcome], same: f64) -> Calibration {
    let mut sorted = outcomes.to_vec();
    sorted.sort_by(|a, b| a.log_odds.total_cmp(&b.log_odds));
    // Sum of log-odds, of similar pairs and of all, by weight.
    let mut pools: Vec<[f64; 3]> = Vec::new();
    let share = |pool: &[f64; 3]| (pool[1] + 0.5) / (pool[2] + 1.0);
    let mut open = [0.0; 3];
    for outcome in &sorted {
        let similar = if outcome.is_similar { outcome.weight } else { 0.0 };
        open = [open[0] + outcome.weight * outcome.log_odds, open[1] + similar, open[2] + outcome.weight];
        if open[2] >= KNOT_WEIGHT {
            pools.push(std::mem::take(&mut open));
            while let [.., before, last] = pools[..] {
                if share(&before) < share(&last) {
                    break;
                }
                pools.truncate(pools.len() - 2);
                pools.push(std::array::from_fn(|part| before[part] + last[part]));
            }
        }
    }
    let mut knots: Vec<(f32, f32)> = pools.iter().map(|pool| (rounded(pool[0] / pool[2]), rounded(share(pool)))).collect();
    knots.retain(|knot| knot.0 < rounded(same) && knot.1 < SAME);
    knots.push((rounded(same), SAME));
    knots.dedup_by(|later, earlier| later.0 <= earlier.0 || later.1 <= earlier.1);
    Calibration::new(knots)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_calibration_rises_whatever_the_outcomes() {
        let outcome = |at: u32| Outcome { log_odds: f64::from(at % 40), is_similar: at * 7 % 40 < at % 40, weight: 1.0 };
        let outcomes: Vec<Outcome> = (0..400).map(outcome).collect();
        let calibration = calibrate(&outcomes, 50.0);
        let said: Vec<f32> = (0..60).map(|at| calibration.probability(at as f32)).collect();
        assert!(said.windows(2).all(|pair| pair[0] <= pair[1]), "{said:?}");
        assert!(said[0] < 0.2 && said[59] == SAME, "{said:?}");
    }
}
