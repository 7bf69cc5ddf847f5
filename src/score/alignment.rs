//! How alike two strings of symbols are: the best common order, the beginning weighing more.
//!
//! The same measure serves writing and sound; only the table of which symbols are alike
//! differs. It counts in whole numbers, so that it is exact, symmetric to the last bit and
//! the same on every machine.

use crate::meaning::MAX_FORM;

/// Likeness is counted in sixteenths.
const WHOLE: u32 = 16;

/// Which symbols of an alphabet are alike, in sixteenths; symmetric, the diagonal is whole.
pub struct Likeness {
    table: Box<[[u8; 64]; 64]>,
    /// By level, the most that a pair can be alike which does not reach the next one.
    most: [u32; LEVELS.len()],
}

impl Likeness {
    /// Tabulates `likeness` (0 to 1) over the codes 1 to 63.
    pub fn new(likeness: impl Fn(u8, u8) -> f32) -> Self {
        let mut table = Box::new([[0_u8; 64]; 64]);
        for a in 1..64_u8 {
            for b in 1..64_u8 {
                let value = if a == b { 1.0 } else { likeness(a, b).clamp(0.0, 1.0) };
                table[usize::from(a)][usize::from(b)] = (value * WHOLE as f32).round() as u8;
            }
        }
        let values = || table.iter().flatten().map(|&alike| u32::from(alike));
        let most = std::array::from_fn(|level| match LEVELS.get(level + 1) {
            Some(&next) => values().filter(|&alike| alike < next).max().unwrap_or(0),
            None => WHOLE,
        });
        Self { table, most }
    }

    /// True where the two symbols are alike at all.
    pub fn relates(&self, a: u8, b: u8) -> bool {
        self.table[usize::from(a & 63)][usize::from(b & 63)] > 0
    }

    fn sixteenths(&self, a: u8, b: u8) -> u32 {
        u32::from(self.table[usize::from(a & 63)][usize::from(b & 63)])
    }
}

/// Weight of the symbol at a place, counted from the beginning, in 64ths: 1.6, 1.36, 1.22, … towards 1.
///
/// Practice gives more weight to the beginning of a mark; the factor by which it does is to be
/// fitted on decided pairs, this is a first setting (2026-11).
const fn place_weight(place: usize) -> u32 {
    const HEAD: [u32; 8] = [102, 87, 78, 72, 69, 67, 66, 65];
    if place < HEAD.len() { HEAD[place] } else { 64 }
}

/// `PREFIX[n]` is the weight of the first `n` places.
const PREFIX: [u32; MAX_FORM + 1] = {
    let mut sums = [0; MAX_FORM + 1];
    let mut place = 0;
    while place < MAX_FORM {
        sums[place + 1] = sums[place] + place_weight(place);
        place += 1;
    }
    sums
};

/// One side of a comparison, prepared for many: for each symbol, the places that it matches.
pub struct Profile {
    symbols: Vec<u8>,
    /// `matches[starts[s]..starts[s + 1]]` are the matches of symbol `s`.
    starts: [u16; 65],
    /// Place and likeness in sixteenths, the last place first.
    matches: Vec<(u8, u8)>,
    levels: Box<[Level; LEVELS.len()]>,
}

/// The places that each symbol matches with at least some likeness, a bit each.
struct Level {
    places: [u64; 64],
    /// By how much this level raises the most that a pair of the level below can be alike.
    height: u32,
}

/// Likeness in sixteenths at which a level begins. The first lets in all that is alike.
const LEVELS: [u32; 3] = [1, 12, WHOLE];

impl Profile {
    /// Prepares a string, cut to [`MAX_FORM`].
    pub fn new(symbols: &[u8], likeness: &Likeness) -> Self {
        let symbols = cut(symbols).to_vec();
        let mut starts = [0_u16; 65];
        let mut matches = Vec::with_capacity(2 * symbols.len());
        let mut levels = Box::new(std::array::from_fn(|at: usize| {
            let below = at.checked_sub(1).map_or(0, |below| likeness.most[below]);
            Level { places: [0; 64], height: likeness.most[at] - below }
        }));
        for symbol in 0..64_u8 {
            starts[usize::from(symbol)] = matches.len() as u16;
            for (place, &own) in symbols.iter().enumerate().rev() {
                let alike = likeness.sixteenths(own, symbol);
                if alike == 0 {
                    continue;
                }
                matches.push((place as u8, alike as u8));
                // Places beyond the 64th have no bit: longer strings are not bounded by levels.
                let bit = 1_u64.checked_shl(place as u32).unwrap_or(0);
                let reached = levels.iter_mut().zip(LEVELS).take_while(|(_, begins)| alike >= *begins);
                reached.for_each(|(level, _): (&mut Level, u32)| level.places[usize::from(symbol)] |= bit);
            }
        }
        starts[64] = matches.len() as u16;
        Self { symbols, starts, matches, levels }
    }

    /// The string.
    pub fn symbols(&self) -> &[u8] {
        &self.symbols
    }

    /// An upper bound of [`similarity`], several times as fast. 1 for strings of over 64 symbols.
    /// `common` is the length of the longest common subsequence, all that is alike taken for equal.
    ///
    /// Stops where it is below `floor`.
    ///
    /// A sum of likenesses is at most the sum over the levels of their height times the longest
    /// common subsequence at that level; the first places weigh most.
    fn bound(&self, earlier: &[u8], common: usize, floor: f32) -> f32 {
        let mask = match self.symbols.len() {
            64.. => return 1.0,
            len => (1_u64 << len) - 1,
        };
        let total = WHOLE * (PREFIX[self.symbols.len()] + PREFIX[earlier.len()]);
        let contained = containment(&self.symbols, earlier);
        let mut sum = self.levels[0].height * PREFIX[common];
        for (at, level) in self.levels.iter().enumerate().skip(1) {
            let mut state = u64::MAX;
            for &symbol in earlier {
                let hit = state & level.places[usize::from(symbol & 63)];
                state = state.wrapping_add(hit) | state.wrapping_sub(hit);
            }
            let common = (!state & mask).count_ones() as usize;
            sum += level.height * PREFIX[common];
            // No higher level has more in common: often that is enough to know.
            let rest: u32 = self.levels[at + 1..].iter().map(|level| level.height * PREFIX[common]).sum();
            let bound = ((2 * (sum + rest)) as f32 / total as f32).max(contained);
            if bound < floor {
                return bound;
            }
        }
        ((2 * sum) as f32 / total as f32).max(contained)
    }

    fn matches(&self, symbol: u8) -> &[(u8, u8)] {
        let symbol = usize::from(symbol & 63);
        &self.matches[usize::from(self.starts[symbol])..usize::from(self.starts[symbol + 1])]
    }

    /// Greatest sum of likeness times weight over pairs that keep the order of both sides.
    ///
    /// Only places that match are visited: most symbols match one place or none, so this is
    /// several times faster than the full table, with the same sum.
    fn best_order(&self, earlier: &[u8], weight: impl Fn(usize, usize) -> u32) -> u32 {
        // `best[i]` is the greatest sum over the query's places up to `i`.
        let mut best = [0_u32; MAX_FORM];
        let best = &mut best[..self.symbols.len()];
        for (j, &symbol) in earlier.iter().enumerate() {
            // The last place first: a place must not build on what this very symbol gave.
            for &(place, alike) in self.matches(symbol) {
                let place = usize::from(place);
                let before = if place > 0 { best[place - 1] } else { 0 };
                let sum = before + u32::from(alike) * weight(place, j);
                for best in best[place..].iter_mut().take_while(|best| **best < sum) {
                    *best = sum;
                }
            }
        }
        best.last().copied().unwrap_or(0)
    }
}

/// Similarity of two strings of symbols, 0 to 1; 1 where they are equal.
///
/// Twice the weight of the best common order over the weight of both, or what
/// [`containment`] gives where one begins or ends with the other. Empty strings are similar
/// to nothing. Symmetric. Cost: the number of matching pairs of places.
pub fn similarity(query: &Profile, earlier: &[u8]) -> f32 {
    let earlier = cut(earlier);
    if query.symbols.is_empty() || earlier.is_empty() {
        return 0.0;
    }
    let total = WHOLE * (PREFIX[query.symbols.len()] + PREFIX[earlier.len()]);
    let aligned = query.best_order(earlier, |i, j| place_weight(i) + place_weight(j)) as f32 / total as f32;
    aligned.max(containment(&query.symbols, earlier))
}

/// [`similarity`] where it is at least `floor`; most that are not are told apart by a bound.
/// `common` is the length of the longest common subsequence, all that is alike taken for equal,
/// or more.
pub fn similarity_from(query: &Profile, earlier: &[u8], common: usize, floor: f32) -> Option<f32> {
    if query.symbols.is_empty() || earlier.is_empty() || query.bound(cut(earlier), common, floor) < floor {
        return None;
    }
    Some(similarity(query, earlier)).filter(|found| *found >= floor)
}

/// The same with a weight for each symbol instead of its place: what the symbols of weak words
/// share counts for little. Weights in any unit, below 2^16. 0 where all weights are 0.
pub fn weighted_similarity(query: &Profile, query_weights: &[u32], earlier: &[u8], earlier_weights: &[u32]) -> f32 {
    let earlier = cut(earlier);
    let total = WHOLE * (query_weights[..query.symbols.len()].iter().sum::<u32>() + earlier_weights[..earlier.len()].iter().sum::<u32>());
    if total == 0 {
        return 0.0;
    }
    query.best_order(earlier, |i, j| query_weights[i] + earlier_weights[j]) as f32 / total as f32
}

/// The highest [`similarity`] that two strings of these lengths can have by their
/// best common order, where their longest common subsequence, alike symbols taken for equal,
/// has `common` symbols.
///
/// The scan measures `common`; with [`containment_bound`] this is a bound that no pair exceeds.
pub fn aligned_bound(query_len: usize, earlier_len: usize, common: usize) -> f32 {
    let (query_len, earlier_len) = (query_len.min(MAX_FORM), earlier_len.min(MAX_FORM));
    let common = common.min(query_len).min(earlier_len);
    if common == 0 {
        return 0.0;
    }
    (2 * WHOLE * PREFIX[common]) as f32 / (WHOLE * (PREFIX[query_len] + PREFIX[earlier_len])) as f32
}

/// The highest [`similarity`] that two strings of these lengths can have because one begins or
/// ends with the other.
pub fn containment_bound(query_len: usize, earlier_len: usize) -> f32 {
    let (query_len, earlier_len) = (query_len.min(MAX_FORM), earlier_len.min(MAX_FORM));
    contained_prefix(query_len.min(earlier_len), query_len.max(earlier_len))
}

/// What it is worth that one string begins or ends with the other (AQUA in AQUALIVA, RION in ORION).
///
/// A pair of which one is contained whole shares more than its letters say: the earlier mark
/// stays recognizable. Below three symbols a beginning says nothing.
fn containment(query: &[u8], earlier: &[u8]) -> f32 {
    let (shorter, longer) = if query.len() <= earlier.len() { (query, earlier) } else { (earlier, query) };
    if longer.starts_with(shorter) {
        contained_prefix(shorter.len(), longer.len())
    } else if longer.ends_with(shorter) {
        contained_suffix(shorter.len(), longer.len())
    } else {
        0.0
    }
}

fn contained_prefix(shorter: usize, longer: usize) -> f32 {
    let share = shorter as f32 / longer as f32;
    match shorter {
        0..=2 => 0.0,
        3 => 0.45 + 0.55 * share,
        _ => 0.6 + 0.4 * share,
    }
}

/// Never above [`contained_prefix`]: the bound rests on it.
fn contained_suffix(shorter: usize, longer: usize) -> f32 {
    let share = shorter as f32 / longer as f32;
    match shorter {
        0..=2 => 0.0,
        3 => 0.4 + 0.6 * share,
        _ => 0.5 + 0.5 * share,
    }
}

fn cut(symbols: &[u8]) -> &[u8] {
    &symbols[..symbols.len().min(MAX_FORM)]
}

/// Pairs of places that the best order puts against each other, for an explanation.
pub fn aligned_places(query: &[u8], earlier: &[u8], likeness: &Likeness) -> Vec<(usize, usize)> {
    let (query, earlier) = (cut(query), cut(earlier));
    let width = earlier.len() + 1;
    let mut best = vec![0_u32; (query.len() + 1) * width];
    let gain = |i: usize, j: usize| likeness.sixteenths(query[i], earlier[j]) * (place_weight(i) + place_weight(j));
    for i in 0..query.len() {
        for j in 0..earlier.len() {
            best[(i + 1) * width + j + 1] = (best[i * width + j] + gain(i, j)).max(best[i * width + j + 1]).max(best[(i + 1) * width + j]);
        }
    }
    let (mut i, mut j) = (query.len(), earlier.len());
    let mut places = Vec::new();
    while i > 0 && j > 0 {
        let here = best[i * width + j];
        if gain(i - 1, j - 1) > 0 && here == best[(i - 1) * width + j - 1] + gain(i - 1, j - 1) {
            places.push((i - 1, j - 1));
            (i, j) = (i - 1, j - 1);
        } else if here == best[(i - 1) * width + j] {
            i -= 1;
        } else {
            j -= 1;
        }
    }
    places.reverse();
    places
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::name::letter;

    fn written() -> Likeness {
        Likeness::new(|a, b| if letter::CODES.contains(&a) && letter::CODES.contains(&b) { letter::likeness(a, b) } else { 0.0 })
    }

    #[track_caller]
    fn check(query: &str, earlier: &str, at_least: f32, at_most: f32) {
        let found = similarity(&Profile::new(&letter::codes(query), &written()), &letter::codes(earlier));
        assert!((at_least..=at_most).contains(&found), "{query} / {earlier}: {found}");
    }

    #[test]
    fn likeness_of_written_words() {
        check("aqua", "aqua", 1.0, 1.0);
        check("indomart", "indomaret", 0.9, 0.99);
        check("aqualiva", "aqua", 0.79, 0.81);
        check("rion", "orion", 0.85, 0.95);
        check("k0pi", "kopi", 0.9, 0.99);
        check("kopi", "teh", 0.0, 0.1);
        check("gajah", "melati", 0.0, 0.4);
        check("", "kopi", 0.0, 0.0);
        check("", "", 0.0, 0.0);
        // The same letter wrong costs more at the beginning.
        check("xorion", "orionx", 0.5, 0.95);
    }

    #[test]
    fn aligned_places_keep_the_order() {
        let (query, earlier) = (letter::codes("indomart"), letter::codes("indomaret"));
        let places = aligned_places(&query, &earlier, &written());
        assert_eq!(places, [(0, 0), (1, 1), (2, 2), (3, 3), (4, 4), (5, 5), (6, 6), (7, 8)]);
    }

    /// Greatest sum of `gain(i, j)` over pairs that keep the order of both sides, by the full table.
    fn best_by_table(query: &[u8], earlier: &[u8], gain: impl Fn(usize, usize) -> u32) -> u32 {
        let mut row = vec![0; earlier.len() + 1];
        for i in 0..query.len() {
            let mut diagonal = 0;
            for j in 0..earlier.len() {
                let above = row[j + 1];
                row[j + 1] = (diagonal + gain(i, j)).max(above).max(row[j]);
                diagonal = above;
            }
        }
        row[earlier.len()]
    }

    fn common_subsequence(query: &[u8], earlier: &[u8], likeness: &Likeness) -> usize {
        best_by_table(query, earlier, |i, j| u32::from(likeness.relates(query[i], earlier[j]))) as usize
    }

    proptest! {
        /// Symmetric, within 0 and 1, whole for equals, never above its bound.
        #[test]
        fn laws(query in "[a-g0-9rnm]{0,14}", earlier in "[a-g0-9rnm]{0,14}") {
            let likeness = written();
            let (query, earlier) = (letter::codes(&query), letter::codes(&earlier));
            let profile = Profile::new(&query, &likeness);
            let found = similarity(&profile, &earlier);
            prop_assert_eq!(found.to_bits(), similarity(&Profile::new(&earlier, &likeness), &query).to_bits());
            let by_table = best_by_table(&query, &earlier, |i, j| likeness.sixteenths(query[i], earlier[j]) * (place_weight(i) + place_weight(j)));
            prop_assert_eq!(profile.best_order(&earlier, |i, j| place_weight(i) + place_weight(j)), by_table);
            prop_assert!(query.is_empty() || earlier.is_empty() || found <= profile.bound(&earlier, common_subsequence(&query, &earlier, &likeness), 0.0));
            for floor in [0.3, found.max(0.01), 0.9] {
                let from = similarity_from(&profile, &earlier, common_subsequence(&query, &earlier, &likeness), floor);
                prop_assert_eq!(from, Some(found).filter(|found| *found >= floor && *found > 0.0));
            }
            prop_assert!((0.0..=1.0).contains(&found));
            if query == earlier && !query.is_empty() {
                prop_assert_eq!(found, 1.0);
            }
            let bound = aligned_bound(query.len(), earlier.len(), common_subsequence(&query, &earlier, &likeness));
            let is_contained = [(&query, &earlier), (&earlier, &query)].iter().any(|(a, b)| a.starts_with(b) || a.ends_with(b));
            let bound = if is_contained { bound.max(containment_bound(query.len(), earlier.len())) } else { bound };
            prop_assert!(found <= bound, "{} > {}", found, bound);
        }
    }
}
