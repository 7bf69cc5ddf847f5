//! The cut-off of a search in progress: it rises with what was found.
//!
//! An answer shows the best bars alone. Once so many are known to reach a score, marks below it
//! can't be shown, and need not be looked for. Marks that are no bar are shown as far as they are as
//! close as the bars beside them, so they have no cut-off of their own.

/// The scores of the best bars.
pub(super) struct Best {
    /// Bars that are looked for: those shown, and one to tell whether there are more.
    wanted: usize,
    cutoff: f32,
    known: Vec<Known>,
}

/// A bar, by segment and number, and its score.
#[derive(Clone, Copy)]
struct Known {
    mark: (usize, u32),
    score: f32,
}

/// Where more are wanted, the cut-off stays where it is: keeping them in order would cost more than it saves.
const MOST_WANTED: usize = 1024;

impl Best {
    /// For an answer of `limit` bars from `cutoff` up.
    pub(super) fn new(limit: usize, cutoff: f32) -> Self {
        Self { wanted: limit.saturating_add(1), cutoff, known: Vec::new() }
    }

    /// False where the cut-off stays where it is.
    pub(super) fn can_rise(&self) -> bool {
        self.wanted <= MOST_WANTED
    }

    /// Nothing below this score can be shown, as far as is known.
    pub(super) fn cutoff(&self) -> f32 {
        self.cutoff
    }

    /// Learns the score of a bar. The same mark may come again, with the score by another reading.
    pub(super) fn learn(&mut self, segment: usize, mark: u32, score: f32) {
        if !self.can_rise() || score < self.cutoff {
            return;
        }
        let mark = (segment, mark);
        match self.known.iter_mut().find(|known| known.mark == mark) {
            Some(known) => known.score = known.score.max(score),
            None => self.known.push(Known { mark, score }),
        }
        if self.known.len() >= self.wanted {
            self.known.sort_unstable_by(|a, b| b.score.total_cmp(&a.score));
            // A mark that falls behind so many is needed no more.
            self.known.truncate(self.wanted);
            self.cutoff = self.cutoff.max(self.known[self.wanted - 1].score);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cutoff_is_the_last_score_that_can_matter() {
        let mut best = Best::new(1, 0.4);
        let mut after = |mark: u32, score: f32| {
            best.learn(0, mark, score);
            best.cutoff()
        };
        // One is shown, and a second tells whether there are more.
        assert_eq!([after(1, 0.3), after(2, 0.5), after(2, 0.6), after(3, 0.5), after(4, 0.45)], [0.4, 0.4, 0.4, 0.5, 0.5]);
        // The second best rises with the third.
        assert_eq!([after(5, 0.55), after(5, 0.7), after(3, 0.65)], [0.55, 0.6, 0.65]);
    }

    #[test]
    fn an_answer_without_a_limit_keeps_its_cutoff() {
        let mut best = Best::new(usize::MAX, 0.4);
        (0..5000).for_each(|mark| best.learn(0, mark, 0.9));
        assert_eq!(best.cutoff(), 0.4);
    }
}
