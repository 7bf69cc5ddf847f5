//! What the forms of a run must show, without what says nothing.

use crate::scan::pattern::ENDMOST;
use crate::scan::{ENDS, MAX_PATTERN};

/// Forms whose ends hold so, or more, reach what is needed with so much in common.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Demand {
    pub beginning: u8,
    pub end: u8,
    pub common: u8,
}

/// What forms of one length must show.
#[derive(Default)]
pub(super) struct Demands {
    /// The least in common first. Of two with as little the ends of neither hold in both places where the other's do.
    all: [Demand; ENDS],
    count: usize,
}

impl Demands {
    /// Of forms and a pattern of these lengths, where so much is needed by ends.
    pub(super) fn new(needed: &[u8; ENDS], length: usize, pattern: usize) -> Self {
        // Neither has more in common than it has symbols, and padding has nothing.
        let most = length.min(pattern).min(MAX_PATTERN) as u8;
        let common = |number: usize| needed[number].max(1);
        let mut demands = Self::default();
        for number in (0..ENDS).filter(|&number| common(number) <= most) {
            let (beginning, end) = ((number & ENDMOST) as u8, (number >> 2) as u8);
            // Where less holds at the ends and no more is asked for, this asks for nothing new.
            let is_new = (beginning == 0 || common(number - 1) > common(number)) && (end == 0 || common(number - 4) > common(number));
            if is_new {
                demands.all[demands.count] = Demand { beginning, end, common: common(number) };
                demands.count += 1;
            }
        }
        demands.all[..demands.count].sort_unstable_by_key(|demand| demand.common);
        demands
    }

    /// The least in common first.
    #[inline(always)]
    pub(super) fn each(&self) -> &[Demand] {
        &self.all[..self.count]
    }

    /// True where forms may reach them whose ends hold at most so.
    pub(super) fn may_be_met(&self, beginning: usize, end: usize) -> bool {
        self.each().iter().any(|demand| usize::from(demand.beginning) <= beginning && usize::from(demand.end) <= end)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Demands say what the table says.
        #[test]
        fn demands_say_what_is_needed(steps in proptest::array::uniform16(0_u8..4), length in 1_usize..20, pattern in 1_usize..20) {
            // Symbols that hold never ask for more.
            let mut needed = [0; ENDS];
            for number in (0..ENDS).rev() {
                let above = |step: usize, bits: usize| if number & bits == bits { 0 } else { needed[number + step] };
                needed[number] = above(1, 3).max(above(4, 12)) + steps[number];
            }
            let demands = Demands::new(&needed, length, pattern);
            for (number, &needed) in needed.iter().enumerate() {
                for common in 1..=length.min(pattern) {
                    let is_met = |demand: &Demand| usize::from(demand.beginning) <= number & 3 && usize::from(demand.end) <= number >> 2 && usize::from(demand.common) <= common;
                    prop_assert_eq!(demands.each().iter().any(is_met), usize::from(needed) <= common);
                }
            }
            prop_assert!(demands.each().is_sorted_by_key(|demand| demand.common));
        }
    }
}
