//! How alike two strings of symbols are: what they have in common, in order and unbroken.
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
    /// See [`Likeness::related`] and [`Likeness::holding`].
    related: [u64; 64],
    holding: [u64; 64],
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
        let reaching = |least: u32| {
            let set = |row: &[u8; 64]| (0..64).filter(|&at| u32::from(row[at]) >= least).fold(0, |set, at| set | 1 << at);
            std::array::from_fn(|symbol| set(&table[symbol]))
        };
        let (related, holding) = (reaching(1), reaching(UNBROKEN));
        Self { table, related, holding, most }
    }

    /// The symbols that are alike to one at all, a bit each.
    pub fn related(&self, symbol: u8) -> u64 {
        self.related[usize::from(symbol & 63)]
    }

    /// The symbols that break no run in place of one, nor what two strings have in common at their ends, a
    /// bit each.
    pub fn holding(&self, symbol: u8) -> u64 {
        self.holding[usize::from(symbol & 63)]
    }

    fn sixteenths(&self, a: u8, b: u8) -> u32 {
        u32::from(self.table[usize::from(a & 63)][usize::from(b & 63)])
    }
}

/// How two strings of symbols are alike: five measures, each 0 to 1, all 1 where they are equal.
///
/// Symbols that are alike count by how much. Where nothing is in common all are 0.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct FormMeasures(pub [f32; FormMeasures::COUNT]);

impl FormMeasures {
    /// How many there are.
    pub const COUNT: usize = 5;
    /// Their names, as the configuration has them.
    pub const NAMES: [&'static str; Self::COUNT] = ["order", "beginning", "end", "run", "length"];

    /// True where the shorter stands unbroken in the longer.
    pub fn is_contained(&self) -> bool {
        self.0[3] >= 1.0
    }

    /// Of what is common, in sixteenths, between strings of these lengths, none of them 0.
    fn new(query_len: usize, earlier_len: usize, common: u32, beginning: u32, end: u32, run: u32) -> Self {
        let (shorter, longer) = (query_len.min(earlier_len) as f32, query_len.max(earlier_len) as f32);
        let share = |sixteenths: u32, of: f32| sixteenths as f32 / (WHOLE as f32 * of);
        Self([
            // Twice the best common order over both lengths.
            share(2 * common, shorter + longer),
            share(beginning, shorter),
            share(end, shorter),
            // The longest part that both have unbroken.
            share(run, shorter),
            shorter / longer,
        ])
    }
}

/// What each of [`FormMeasures`] is worth; they sum to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FormWeights([f32; FormMeasures::COUNT]);

impl FormWeights {
    /// Takes weights of any sum above 0.
    pub fn new(weights: [f32; FormMeasures::COUNT]) -> Self {
        let sum: f32 = weights.iter().sum();
        Self(weights.map(|weight| weight / sum))
    }

    /// The weights, in the order of [`FormMeasures::NAMES`].
    pub fn weights(&self) -> [f32; FormMeasures::COUNT] {
        self.0
    }

    /// The weighted sum of the measures, 0 to 1.
    pub fn of(&self, measures: &FormMeasures) -> f32 {
        // In pairs, always in this order: a sum of floats depends on it.
        let [order, beginning, end, run, length] = std::array::from_fn(|at| self.0[at] * measures.0[at]);
        let sum = order + ((beginning + end) + (run + length));
        // Equal strings are whole, however the weights were rounded.
        if sum > 0.999_999 { 1.0 } else { sum }
    }
}

/// A symbol of at least this likeness, in sixteenths, does not break a run.
const UNBROKEN: u32 = 8;

/// A name so much longer than another is another name, whatever its letters are: their words are
/// compared instead. Of the decided pairs that are similar none is told by less.
const SHORTEST_SHARE: f32 = 0.3;

/// One side of a comparison, prepared for many: for each symbol, the places that it matches.
pub struct Profile {
    symbols: Vec<u8>,
    /// `matches[starts[s]..starts[s + 1]]` are the matches of symbol `s`.
    starts: [u16; 65],
    /// Place and likeness in sixteenths, the last place first.
    matches: Vec<(u8, u8)>,
    levels: Box<[Level; LEVELS.len()]>,
    /// The places that each symbol matches without breaking a run, a bit each.
    unbroken: Box<[u64; 64]>,
}

/// The places that each symbol matches with at least some likeness, a bit each.
struct Level {
    places: [u64; 64],
    /// By how much this level raises the most that a pair of the level below can be alike.
    height: u32,
}

/// Pairs of strings up to this many symbols, nearly all, are bounded before they are measured: a word has a bit for
/// each place.
const SHORT: usize = 64;

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
        let mut unbroken = Box::new([0_u64; 64]);
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
                if alike >= UNBROKEN {
                    unbroken[usize::from(symbol)] |= bit;
                }
            }
        }
        starts[64] = matches.len() as u16;
        Self { symbols, starts, matches, levels, unbroken }
    }

    /// The string.
    pub fn symbols(&self) -> &[u8] {
        &self.symbols
    }

    /// Length of the longest common subsequence, where what is as alike as a level has it is taken for equal.
    fn common_at(&self, level: &Level, earlier: &[u8]) -> usize {
        let mut state = u64::MAX;
        for &symbol in earlier {
            let hit = state & level.places[usize::from(symbol & 63)];
            state = state.wrapping_add(hit) | state.wrapping_sub(hit);
        }
        // No bit beyond the last place is a hit, so none is ever cleared.
        (!state).count_ones() as usize
    }

    /// An upper bound of what is common, in sixteenths, several times as fast as the best order.
    /// `common` is the length of the longest common subsequence, all that is alike taken for equal.
    ///
    /// A sum of likenesses is at most the sum over the levels of their height times the longest
    /// common subsequence at that level.
    fn common_bound(&self, earlier: &[u8], common: usize) -> u32 {
        let first = self.levels[0].height * common as u32;
        self.levels[1..].iter().fold(first, |sum, level| sum + level.height * self.common_at(level, earlier) as u32)
    }

    /// An upper bound of the longest unbroken run, in sixteenths, that is no more than `common` symbols.
    ///
    /// Runs are grown by doubling: where a run of two ends is where two matches follow each
    /// other, of four where two runs of two do.
    fn run_bound(&self, earlier: &[u8], common: usize) -> u32 {
        let mut ends = [0_u64; SHORT];
        let ends = &mut ends[..earlier.len()];
        ends.iter_mut().zip(earlier).for_each(|(ends, &symbol)| *ends = self.unbroken[usize::from(symbol & 63)]);
        let mut length = 1;
        while length < common {
            let mut any = 0;
            // From the back, so that what stands `length` before is still the shorter run.
            for at in (length..ends.len()).rev() {
                ends[at] &= ends[at - length] << length;
                any |= ends[at];
            }
            ends[..length.min(earlier.len())].fill(0);
            if any == 0 {
                // There is none of twice the length.
                return WHOLE * (2 * length - 1).min(common) as u32;
            }
            length *= 2;
        }
        WHOLE * common as u32
    }

    /// How alike the symbols at two places are, in sixteenths.
    fn alike(&self, place: usize, symbol: u8) -> u32 {
        self.matches(symbol).iter().find(|(own, _)| usize::from(*own) == place).map_or(0, |(_, alike)| u32::from(*alike))
    }

    /// Upper bounds of [`Profile::ends`]: what breaks no run is taken for equal.
    fn ends_bound(&self, earlier: &[u8]) -> (u32, u32) {
        let shorter = self.symbols.len().min(earlier.len());
        let holds = |place: usize, symbol: u8| self.unbroken[usize::from(symbol & 63)] >> place & 1 == 1;
        let beginning = (0..shorter).take_while(|&at| holds(at, earlier[at])).count();
        let end = (1..=shorter).take_while(|&at| holds(self.symbols.len() - at, earlier[earlier.len() - at])).count();
        (WHOLE * beginning as u32, WHOLE * end as u32)
    }

    /// What both have in common unbroken from the beginning and from the end, in sixteenths.
    fn ends(&self, earlier: &[u8]) -> (u32, u32) {
        let (own_len, len) = (self.symbols.len(), earlier.len());
        let unbroken = |alike: &u32| *alike >= UNBROKEN;
        let beginning = (0..own_len.min(len)).map(|at| self.alike(at, earlier[at])).take_while(unbroken).sum();
        let end = (1..=own_len.min(len)).map(|at| self.alike(own_len - at, earlier[len - at])).take_while(unbroken).sum();
        (beginning, end)
    }

    /// The best common order and the longest unbroken run, in sixteenths.
    ///
    /// Only places that match are visited: most symbols match one place or none, so this is
    /// several times faster than the full table, with the same sums.
    fn common_and_run(&self, earlier: &[u8]) -> (u32, u32) {
        // `best[i]` is the greatest sum over the query's places up to `i`; `runs[i]` the run that
        // ends with place `i` at the symbol `at[i]`.
        let mut best = [0_u32; MAX_FORM];
        let best = &mut best[..self.symbols.len()];
        let mut runs = [(u32::MAX, 0_u32); MAX_FORM];
        let mut longest = 0;
        for (at, &symbol) in (0_u32..).zip(earlier) {
            // The last place first: a place must not build on what this very symbol gave.
            for &(place, alike) in self.matches(symbol) {
                let (place, alike) = (usize::from(place), u32::from(alike));
                let (before, run) = match place.checked_sub(1) {
                    Some(before) => (best[before], if runs[before].0 == at.wrapping_sub(1) { runs[before].1 } else { 0 }),
                    None => (0, 0),
                };
                if alike >= UNBROKEN {
                    runs[place] = (at, run + alike);
                    longest = longest.max(run + alike);
                }
                let sum = before + alike;
                for best in best[place..].iter_mut().take_while(|best| **best < sum) {
                    *best = sum;
                }
            }
        }
        (best.last().copied().unwrap_or(0), longest)
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

/// How alike two strings of symbols are. Symmetric. All 0 where one is empty or more than three
/// times as long as the other.
///
/// Cost: the number of matching pairs of places.
pub fn measures(query: &Profile, earlier: &[u8]) -> FormMeasures {
    let earlier = cut(earlier);
    let (query_len, earlier_len) = (query.symbols.len(), earlier.len());
    if !comparable(query_len, earlier_len) {
        return FormMeasures::default();
    }
    let (common, run) = query.common_and_run(earlier);
    if common == 0 {
        return FormMeasures::default();
    }
    let (beginning, end) = query.ends(earlier);
    FormMeasures::new(query_len, earlier_len, common, beginning, end, run)
}

/// Similarity of two strings of symbols, 0 to 1; 1 where they are equal.
pub fn similarity(query: &Profile, earlier: &[u8], weights: &FormWeights) -> f32 {
    weights.of(&measures(query, earlier))
}

/// [`similarity`] where it is at least `floor`; most that are not are told apart by a bound.
pub fn similarity_from(query: &Profile, earlier: &[u8], weights: &FormWeights, floor: f32) -> Option<f32> {
    bound_from(query, earlier, weights, floor)?;
    Some(similarity(query, earlier, weights)).filter(|found| *found >= floor && *found > 0.0)
}

/// An upper bound of [`similarity`], mostly no more than a step above it, where it is at least `floor`.
///
/// Cost: a third of the similarity's, and less where the floor is not reached.
pub fn bound_from(query: &Profile, earlier: &[u8], weights: &FormWeights, floor: f32) -> Option<f32> {
    let earlier = cut(earlier);
    let bound = Bound::new(query.symbols.len(), earlier.len(), weights)?;
    if query.symbols.len() > SHORT || earlier.len() > SHORT {
        return Some(similarity(query, earlier, weights)).filter(|found| *found >= floor && *found > 0.0);
    }
    // What costs least comes first: the ends, what is common, runs, and how alike what is common is.
    let (beginning, end) = query.ends_bound(earlier);
    let most = WHOLE * bound.shorter as u32;
    if bound.of(most, most, beginning, end) < floor {
        return None;
    }
    let common = query.common_at(&query.levels[0], earlier);
    let whole = WHOLE * common as u32;
    if common == 0 || bound.of(whole, whole, beginning, end) < floor {
        return None;
    }
    let run = query.run_bound(earlier, common);
    if bound.of(whole, run, beginning, end) < floor {
        return None;
    }
    let by_common = bound.of(query.common_bound(earlier, common), run, beginning, end);
    (by_common >= floor).then_some(by_common.min(1.0))
}

/// An upper bound of the similarity of two strings of given lengths, by what is common and unbroken: one
/// product each.
struct Bound {
    shorter: usize,
    /// True where both are as long.
    is_even: bool,
    of_length: f32,
    of_common: f32,
    of_beginning: f32,
    of_end: f32,
    of_run: f32,
}

impl Bound {
    /// Sums in another order than [`FormWeights::of`] may be this much lower.
    const ROUNDING: f32 = 1e-5;

    /// `None` where strings of these lengths are never alike.
    fn new(query_len: usize, earlier_len: usize, weights: &FormWeights) -> Option<Self> {
        if !comparable(query_len, earlier_len) {
            return None;
        }
        let [order, beginning, end, run, length] = weights.0;
        let shorter = query_len.min(earlier_len);
        let (short, long) = (shorter as f32, query_len.max(earlier_len) as f32);
        let per_shorter = 1.0 / (WHOLE as f32 * short);
        Some(Self {
            shorter,
            is_even: query_len == earlier_len,
            of_length: length * short / long + Self::ROUNDING,
            of_common: order * 2.0 / (WHOLE as f32 * (short + long)),
            of_beginning: beginning * per_shorter,
            of_end: end * per_shorter,
            of_run: run * per_shorter,
        })
    }

    /// For so much in common, unbroken, and unbroken from either end, in sixteenths.
    fn of(&self, common: u32, run: u32, beginning: u32, end: u32) -> f32 {
        let of_ends = self.of_beginning * beginning as f32 + self.of_end * end as f32;
        self.of_length + of_ends + self.of_common * common as f32 + self.of_run * run.min(common) as f32
    }

    /// No fewer symbols in common reach `floor` where the ends hold so.
    fn least_symbols(&self, ends: Ends, floor: f32) -> usize {
        let (mut fixed, mut of_symbol) = (self.of_length, self.of_common + self.of_run);
        for (held, of_end) in [(ends.beginning, self.of_beginning), (ends.end, self.of_end)] {
            if held < Ends::MOST { fixed += of_end * (WHOLE * u32::from(held)) as f32 } else { of_symbol += of_end }
        }
        // Rounding must not make it one more.
        ((floor - fixed - Self::ROUNDING) / (of_symbol * WHOLE as f32)).ceil().max(1.0) as usize
    }

    /// For so many symbols in common, or fewer, where the ends hold so, or less.
    fn of_symbols(&self, common: usize, ends: Ends) -> f32 {
        let whole = WHOLE * common as u32;
        let most = |held: u8| if held < Ends::MOST { whole.min(WHOLE * u32::from(held)) } else { whole };
        let (beginning, end) = (most(ends.beginning), most(ends.end));
        let broken = if self.is_even { ends.broken(common) } else { 0 };
        if common < self.shorter {
            // Its beginning and its end are parts of one common subsequence and share its length.
            let with = |beginning, end| self.of(whole, whole, beginning, end);
            with(beginning, end.min(whole - beginning)).max(with(beginning.min(whole - end), end))
        } else if broken == 0 || common == 1 {
            self.of(whole, whole, beginning, end)
        } else {
            // Each symbol faces its like, but where an end ceases to hold one that is less alike, and breaks the run.
            let run = whole - WHOLE * broken;
            self.of(run + (UNBROKEN - 1) * broken, run, beginning, end).max(self.of_symbols(common - 1, ends))
        }
    }
}

fn comparable(query_len: usize, earlier_len: usize) -> bool {
    let (shorter, longer) = (query_len.min(earlier_len), query_len.max(earlier_len));
    shorter > 0 && shorter as f32 >= SHORTEST_SHARE * longer as f32
}

/// Twice the best common order over both, where each symbol has a weight of its own: what the
/// symbols of weak words share counts for little. Weights in any unit, below 2^16. 0 where all
/// weights are 0.
pub fn weighted_order(query: &Profile, query_weights: &[u32], earlier: &[u8], earlier_weights: &[u32]) -> f32 {
    let earlier = cut(earlier);
    let total = WHOLE * (query_weights[..query.symbols.len()].iter().sum::<u32>() + earlier_weights[..earlier.len()].iter().sum::<u32>());
    if total == 0 {
        return 0.0;
    }
    query.best_order(earlier, |i, j| query_weights[i] + earlier_weights[j]) as f32 / total as f32
}

/// How many symbols of two strings hold from the beginning, and from the end: as many, and no more,
/// they have in common there unbroken. From [`Ends::MOST`] on it may be any number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ends {
    /// From the beginning, at most [`Ends::MOST`].
    pub beginning: u8,
    /// From the end, at most [`Ends::MOST`].
    pub end: u8,
}

impl Ends {
    /// Where counting stops.
    pub const MOST: u8 = 3;
    /// How many there are.
    pub const COUNT: usize = 16;

    /// Of strings of so many symbols that face each other, how many certainly don't hold.
    fn broken(self, length: usize) -> u32 {
        let ceases = |held: u8| held < Self::MOST && usize::from(held) < length;
        match (ceases(self.beginning), ceases(self.end)) {
            // Counted from both ends it may be the same symbol.
            (true, true) if usize::from(self.beginning + self.end) + 1 < length => 2,
            (false, false) => 0,
            _ => 1,
        }
    }

    /// By number, which counts the beginning in its lower two bits and the end in the next two.
    pub fn of_number(number: usize) -> Self {
        Self { beginning: number as u8 & 3, end: number as u8 >> 2 & 3 }
    }
}

/// How many symbols strings of these lengths must have in common, alike symbols taken for equal, for a [`similarity`]
/// of at least `floor`, by the number of their [`Ends`]; `u8::MAX` where no number of them reaches it.
///
/// The scan measures what is common and looks at the ends; no pair with less reaches the floor.
///
/// Cost: one or two bounds for each number of ends.
pub fn needed_in_common(query_len: usize, earlier_len: usize, floor: f32, weights: &FormWeights) -> [u8; Ends::COUNT] {
    let mut needed = [u8::MAX; Ends::COUNT];
    let Some(bound) = Bound::new(query_len.min(MAX_FORM), earlier_len.min(MAX_FORM), weights) else { return needed };
    for number in (0..Ends::COUNT).rev() {
        let ends = Ends::of_number(number);
        // Where less holds at the ends as much or more is needed: begin with that.
        let of_more = |held: u8, step: usize| if held < Ends::MOST { usize::from(needed[number + step]) } else { 1 };
        let least = of_more(ends.beginning, 1).max(of_more(ends.end, 4)).max(bound.least_symbols(ends, floor));
        let enough = (least..=bound.shorter).find(|&common| bound.of_symbols(common, ends) >= floor);
        needed[number] = enough.map_or(u8::MAX, |common| common as u8);
    }
    needed
}

fn cut(symbols: &[u8]) -> &[u8] {
    &symbols[..symbols.len().min(MAX_FORM)]
}

/// Pairs of places that the best order puts against each other, for an explanation.
pub fn aligned_places(query: &[u8], earlier: &[u8], likeness: &Likeness) -> Vec<(usize, usize)> {
    let (query, earlier) = (cut(query), cut(earlier));
    let width = earlier.len() + 1;
    let mut best = vec![0_u32; (query.len() + 1) * width];
    let gain = |i: usize, j: usize| likeness.sixteenths(query[i], earlier[j]);
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

    /// Weights that leave no measure out, whatever the configuration says of them.
    fn weights() -> FormWeights {
        FormWeights::new([0.4, 0.1, 0.15, 0.25, 0.1])
    }

    fn measured(query: &str, earlier: &str) -> FormMeasures {
        measures(&Profile::new(&letter::codes(query), &written()), &letter::codes(earlier))
    }

    #[track_caller]
    fn check(query: &str, earlier: &str, [order, beginning, end, run, length]: [f32; 5]) {
        let expected = [order, beginning, end, run, length];
        let found = measured(query, earlier).0;
        let is_near = found.iter().zip(expected).all(|(found, expected)| (found - expected).abs() < 0.001);
        assert!(is_near, "{query} / {earlier}: {found:?}");
    }

    #[test]
    fn what_written_words_have_in_common() {
        check("aqua", "aqua", [1.0; 5]);
        check("indomart", "indomaret", [16.0 / 17.0, 7.0 / 8.0, 1.0 / 8.0, 7.0 / 8.0, 8.0 / 9.0]);
        // Of AQUALIVA's end, VA is somewhat like UA.
        check("aqualiva", "aqua", [8.0 / 12.0, 1.0, 0.375, 1.0, 0.5]);
        check("rion", "orion", [8.0 / 9.0, 0.0, 1.0, 1.0, 0.8]);
        check("gajah", "teh", [2.0 / 8.0, 0.0, 1.0 / 3.0, 1.0 / 3.0, 0.6]);
        // The same letters in another order: a run, and neither end.
        check("xorion", "orionx", [10.0 / 12.0, 0.0, 0.0, 5.0 / 6.0, 1.0]);
        // A look-alike counts by how alike it is, and breaks nothing.
        assert!(measured("k0pi", "kopi").0.iter().all(|measure| (0.9..=1.0).contains(measure)));
        // Nothing in common, nothing there, too long.
        check("kopi", "bbbb", [0.0; 5]);
        check("", "kopi", [0.0; 5]);
        check("", "", [0.0; 5]);
        check("abc", "abcdefghijk", [0.0; 5]);
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
        best_by_table(query, earlier, |i, j| u32::from(likeness.sixteenths(query[i], earlier[j]) > 0)) as usize
    }

    /// The longest unbroken run, by looking at every pair of beginnings.
    fn run_by_table(query: &[u8], earlier: &[u8], likeness: &Likeness) -> u32 {
        let run = |i: usize, j: usize| -> u32 {
            let alike = query[i..].iter().zip(&earlier[j..]).map(|(&query, &earlier)| likeness.sixteenths(query, earlier));
            alike.take_while(|alike| *alike >= UNBROKEN).sum()
        };
        (0..query.len()).flat_map(|i| (0..earlier.len()).map(move |j| (i, j))).map(|(i, j)| run(i, j)).max().unwrap_or(0)
    }

    /// The highest [`similarity`] that two strings of these lengths can have, where their longest
    /// common subsequence, alike symbols taken for equal, has `common` symbols, or a little more.
    fn similarity_bound(query_len: usize, earlier_len: usize, common: usize, ends: Ends, weights: &FormWeights) -> f32 {
        match Bound::new(query_len, earlier_len, weights) {
            Some(bound) if common > 0 => bound.of_symbols(common.min(bound.shorter), ends),
            _ => 0.0,
        }
    }

    proptest! {
        /// Symmetric, within 0 and 1, whole for equals, never above a bound.
        #[test]
        fn laws(query in "[a-g0-9rnm]{0,14}", earlier in "[a-g0-9rnm]{0,14}") {
            let (likeness, weights) = (written(), weights());
            let (query, earlier) = (letter::codes(&query), letter::codes(&earlier));
            let profile = Profile::new(&query, &likeness);
            let found = similarity(&profile, &earlier, &weights);
            prop_assert_eq!(found.to_bits(), similarity(&Profile::new(&earlier, &likeness), &query, &weights).to_bits());
            let by_table = best_by_table(&query, &earlier, |i, j| likeness.sixteenths(query[i], earlier[j]));
            prop_assert_eq!(profile.common_and_run(&earlier), (by_table, run_by_table(&query, &earlier, &likeness)));
            prop_assert_eq!(profile.best_order(&earlier, |_, _| 1), by_table);
            let common = common_subsequence(&query, &earlier, &likeness);
            prop_assert_eq!(profile.common_at(&profile.levels[0], &earlier), common);
            prop_assert!(by_table <= profile.common_bound(&earlier, common));
            prop_assert!(run_by_table(&query, &earlier, &likeness) <= profile.run_bound(&earlier, common));
            for floor in [0.3, found.max(0.01), 0.9] {
                let from = similarity_from(&profile, &earlier, &weights, floor);
                prop_assert_eq!(from, Some(found).filter(|found| *found >= floor && *found > 0.0));
                let bound = bound_from(&profile, &earlier, &weights, floor);
                prop_assert!(found < floor || found <= 0.0 || bound.is_some_and(|bound| bound >= found), "{:?} {}", bound, found);
            }
            prop_assert!((0.0..=1.0).contains(&found));
            if query == earlier && !query.is_empty() {
                prop_assert_eq!(found, 1.0);
            }
            let held = |pairs: &mut dyn Iterator<Item = (&u8, &u8)>| pairs.take(3).take_while(|(a, b)| likeness.sixteenths(**a, **b) >= UNBROKEN).count() as u8;
            let ends = Ends {
                beginning: held(&mut query.iter().zip(&earlier)),
                end: held(&mut query.iter().rev().zip(earlier.iter().rev())),
            };
            let bound = similarity_bound(query.len(), earlier.len(), common, ends, &weights);
            prop_assert!(found <= bound, "{} > {}", found, bound);
        }

        /// What the scan asks for is the least number that will do: less is too little, and as much or more is enough.
        #[test]
        fn the_least_that_is_needed(query_len in 1_usize..40, earlier_len in 1_usize..40, floor in 0.01_f32..1.1) {
            let needed = needed_in_common(query_len, earlier_len, floor, &weights());
            for (number, needed) in needed.into_iter().enumerate() {
                for common in 1..=query_len.min(earlier_len) {
                    let bound = similarity_bound(query_len, earlier_len, common, Ends::of_number(number), &weights());
                    prop_assert_eq!(bound >= floor, common >= usize::from(needed), "{} of {} for {}", common, needed, floor);
                }
            }
        }
    }
}
