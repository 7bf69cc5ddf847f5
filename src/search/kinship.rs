//! Marks by how related their goods may be to the query's, in a few steps: what is far off must be all
//! the more alike.

use std::sync::Arc;

use crate::index::column::{ClassBits, NO_CLASS, WELL_KNOWN};
use crate::index::{BlockLevels, Segment};
use crate::mark::{NiceClass, NiceClasses};
use crate::scan::PASSED_OVER;
use crate::score::related::STRENGTH_3;
use crate::score::{Circumstances, Goods, JudgementConfig};

/// Upper ends of the steps: no relation, and one of each strength but the least two, which are one.
const STEPS: [f32; 5] = [0.0, 0.1, 0.2, STRENGTH_3, 1.0];

/// The steps of one query. A step is known by its place, the least related first; behind them all stands
/// one for well-known marks, whatever their goods.
pub(super) struct Kinships {
    /// By step, what its marks are at most.
    bounds: Vec<Circumstances>,
    /// By step but the first: marks with any of these bits are of it or of a later one.
    from: [ClassBits; STEPS.len()],
}

impl Kinships {
    /// For a query's goods.
    pub(super) fn new(goods: &Goods, config: &JudgementConfig) -> Self {
        let known = |goods: f32| Circumstances { goods: Some(goods), is_well_known: false };
        let well_known = |last: Circumstances| Circumstances { is_well_known: true, ..last };
        if goods.is_unknown() || goods.has_keys() {
            // Nothing is known of any mark before its goods are read.
            let all = if goods.is_unknown() { Circumstances { goods: None, is_well_known: false } } else { known(1.0) };
            let mut from = [0; STEPS.len()];
            from[0] = WELL_KNOWN;
            return Self { bounds: vec![all, well_known(all)], from };
        }
        let kinship = |classes: NiceClasses| goods.bound(classes).unwrap_or(config.evidence.unknown_goods);
        let kinds = NiceClass::all().map(|class| [class].into_iter().collect::<NiceClasses>());
        let kinds: Vec<(ClassBits, f32)> =
            kinds.map(|class| (class.bits(), kinship(class))).chain([(NO_CLASS, kinship(NiceClasses::default()))]).collect();
        let beyond = |step: f32| kinds.iter().filter(|(_, kinship)| *kinship > step).fold(WELL_KNOWN, |all, (bits, _)| all | bits);
        let bounds = STEPS.map(known);
        Self { bounds: bounds.into_iter().chain([well_known(known(1.0))]).collect(), from: STEPS.map(beyond) }
    }

    /// By step, what its marks are at most.
    pub(super) fn bounds(&self) -> &[Circumstances] {
        &self.bounds
    }

    /// The step of a mark, or of the closest of several. [`PASSED_OVER`] for what has no bits at all.
    #[inline]
    pub(super) fn step(&self, classes: ClassBits) -> u8 {
        // What is beyond a step is beyond all before it, so they need but be counted.
        let step = self.from.iter().map(|from| u8::from(classes & from != 0)).sum();
        if classes == 0 { PASSED_OVER } else { step }
    }

    /// The steps of a segment's blocks.
    ///
    /// They follow from the query's goods alone, and searches for the same goods come again.
    pub(super) fn steps_of(&self, segment: &Segment) -> Arc<BlockLevels> {
        let sheet = segment.sheet();
        let steps = |classes: &[ClassBits]| classes.iter().map(|&classes| self.step(classes)).collect();
        segment.levels_of_blocks(self.from, || [steps(sheet.name_written_classes()), steps(sheet.name_spoken_classes())])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_is_the_first_that_a_mark_is_within() {
        let config = JudgementConfig::built_in();
        for query in ["30", "9;42", "45", ""] {
            let goods = Goods::new(query.parse().expect("classes"), Vec::new());
            let kinships = Kinships::new(&goods, config);
            for earlier in ["30", "29", "9", "35", "1", "29;43", "1;2;3", ""] {
                let classes: NiceClasses = earlier.parse().expect("classes");
                let bits = if classes.is_empty() { NO_CLASS } else { classes.bits() };
                let of_bits = |bits: ClassBits| (usize::from(kinships.step(bits)), kinships.bounds()[usize::from(kinships.step(bits))]);
                assert!(of_bits(bits | WELL_KNOWN).1.is_well_known && !of_bits(bits).1.is_well_known);
                let step = of_bits(bits).0;
                match (goods.bound(classes), kinships.bounds()[step].goods) {
                    (_, None) => assert!(query.is_empty()),
                    (bound, Some(within)) => {
                        let bound = bound.unwrap_or(config.evidence.unknown_goods);
                        assert!(bound <= within, "{query} {earlier}: {bound} in step {step}");
                        assert!(step == 0 || bound > STEPS[step - 1], "{query} {earlier}: {bound} in step {step}");
                    }
                }
            }
            assert_eq!(kinships.step(0), PASSED_OVER);
        }
    }
}
