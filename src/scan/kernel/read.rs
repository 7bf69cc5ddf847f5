//! The scan of a run: blocks are told by their ends, and what is left is read whole.
//!
//! A cell of the table of common subsequences is four steps of logic, for as many forms as a plane has bits: `v` says
//! where the length grows by a symbol of the query, `h` where it grows by one of the form. With `m` where the two
//! match, `v' = (m | v) & !h` and `h' = (m | h) & !v`. The length of all is how often `v` is set in the last column.
//! That is the recurrence of Hyyrö (2004), turned: a bit a form and a word a query symbol, where he has a word a form
//! and a bit a query symbol. So it is the same for queries of any length, and cells that no form with enough in common
//! can pass are left out.
//!
//! There are indices where there could be iterators: a call that the compiler does not inline is made for each row,
//! and knows nothing of the vectors that the rest is compiled for.
#![expect(clippy::needless_range_loop, reason = "see above")]

use std::ops::Range;

use super::Run;
use super::demand::{Demand, Demands};
use super::plane::{Batch, MOST_BLOCKS, Plane};
use crate::index::column::{LANES, PLANES};
use crate::scan::ENDS;
use crate::scan::pattern::{ENDMOST, KINDS, Kinds, Pattern};

/// Columns of the table that are filled side by side: a step in one need not wait for the last step in the next.
const STRIP: usize = 4;

/// Bits of a length.
const DIGITS: usize = 8;

/// Blocks whose sets of kinds are looked at in one go: a bit each.
const TILE: usize = 64;

/// See [`super::scan`]; the places come in no order.
#[inline(always)]
pub(super) fn scan<P: Plane>(run: &Run<'_>, pattern: &Pattern, reached: &mut Vec<u32>) {
    // Most runs are short and of few levels.
    let mut levels: Vec<Option<Level>> = run.needed.iter().map(|_| None).collect();
    let mut table = Table::<P>::new(pattern);
    for first in (0..run.blocks.count()).step_by(TILE) {
        ask::<P>(run, first, pattern, &mut levels);
        for level in levels.iter_mut().flatten() {
            while level.in_question != 0 {
                let place = first as u32 + level.in_question.trailing_zeros();
                level.in_question &= level.in_question - 1;
                level.take_in(place, run, &mut table, reached);
            }
        }
    }
    for level in levels.iter_mut().flatten() {
        while level.asked.count > 0 {
            level.look_at_ends::<P>(run, pattern);
            level.read_waiting(run, &mut table, reached);
        }
        while level.alive.count > 0 {
            level.read(run, &mut table, reached);
        }
    }
}

/// Notes the blocks in question of a tile that begins at `first`, by level: those whose sets of outermost kinds let some
/// form have enough in common.
///
/// Most blocks end here, for four bytes each: a form whose ends don't hold must have nearly all else in common.
#[inline(always)]
fn ask<P: Plane>(run: &Run<'_>, first: usize, pattern: &Pattern, levels: &mut [Option<Level>]) {
    let tile = first..run.blocks.count().min(first + TILE);
    let [beginning, end] = P::meeting(&run.blocks.end_sets[tile.clone()], [pattern.beginning[0], pattern.end[0]]);
    let mut rest = u64::MAX >> (TILE - tile.len());
    while rest != 0 {
        let (number, of_level) = match run.levels {
            // Blocks of one level stand together.
            Some(of_blocks) => {
                let number = of_blocks[first + rest.trailing_zeros() as usize];
                (number, P::equal(&of_blocks[tile.clone()], number))
            }
            None => (0, rest),
        };
        rest &= !of_level;
        // Blocks without a level are passed over.
        if usize::from(number) >= levels.len() {
            continue;
        }
        let needed = run.needed[usize::from(number)];
        let level = levels[usize::from(number)].get_or_insert_with(|| Level::new(needed, run.blocks.length, pattern.places.len()));
        let [neither, at_beginning, at_end, both] = level.doors;
        level.in_question = of_level & (neither | beginning & at_beginning | end & at_end | beginning & end & both);
    }
}

/// Blocks whose memory was asked for, and that wait for it; first in, first out.
///
/// A processor waits for no more than a few dozen lines of memory at once. So memory is asked for block by block between
/// reads; asked for many blocks in one go, it stands still until nearly all have come.
struct Queue {
    places: [u32; Self::ROOM],
    first: usize,
    count: usize,
}

impl Queue {
    const ROOM: usize = Self::WAITING + MOST_BLOCKS;
    /// So many blocks wait before the first of them is read. From none to forty it makes no difference that shows: what
    /// others do meanwhile is enough.
    const WAITING: usize = 16;

    fn new() -> Self {
        Self { places: [0; Self::ROOM], first: 0, count: 0 }
    }

    #[inline(always)]
    fn push(&mut self, place: u32) {
        self.places[(self.first + self.count) % Self::ROOM] = place;
        self.count += 1;
    }

    /// Whether enough of them wait for as many to be read as are read at once.
    #[inline(always)]
    fn is_full<P: Plane>(&self) -> bool {
        self.count >= Self::WAITING + P::BLOCKS
    }

    /// The first of them, as many as are read at once.
    #[inline(always)]
    fn take<P: Plane>(&mut self) -> ([u32; MOST_BLOCKS], usize) {
        let count = self.count.min(P::BLOCKS);
        let mut places = [0; MOST_BLOCKS];
        for at in 0..count {
            places[at] = self.places[(self.first + at) % Self::ROOM];
        }
        self.first = (self.first + count) % Self::ROOM;
        self.count -= count;
        (places, count)
    }
}

/// Blocks of one level.
struct Level {
    demands: Demands,
    /// Whether a form may reach the demands whose ends hold neither, at the beginning, at the end, or both: all bits set
    /// or none.
    doors: [u64; 4],
    /// Of a tile.
    in_question: u64,
    /// Blocks whose ends are to be looked at.
    asked: Queue,
    /// Blocks that are to be read whole.
    alive: Queue,
}

impl Level {
    fn new(needed: &[u8; ENDS], length: usize, pattern: usize) -> Self {
        let demands = Demands::new(needed, length, pattern);
        let door = |(beginning, end)| if demands.may_be_met(beginning, end) { u64::MAX } else { 0 };
        let doors = [(0, 0), (ENDMOST, 0), (0, ENDMOST), (ENDMOST, ENDMOST)].map(door);
        Self { doors, demands, in_question: 0, asked: Queue::new(), alive: Queue::new() }
    }

    /// Takes in a block in question.
    #[inline(always)]
    fn take_in<P: Plane>(&mut self, place: u32, run: &Run<'_>, table: &mut Table<'_, P>, reached: &mut Vec<u32>) {
        let rows = run.blocks.block(place as usize);
        let [of_all, ..] = self.doors;
        if of_all != 0 {
            // No block is told by its ends.
            P::ask_for(rows);
            self.alive.push(place);
        } else {
            let (first, last) = (ENDMOST.min(rows.len()), rows.len().saturating_sub(ENDMOST));
            P::ask_for(&rows[..first]);
            P::ask_for(&rows[last..]);
            self.asked.push(place);
            if self.asked.is_full::<P>() {
                self.look_at_ends::<P>(run, table.pattern);
            }
        }
        self.read_waiting(run, table, reached);
    }

    /// Reads blocks while enough of them wait.
    #[inline(always)]
    fn read_waiting<P: Plane>(&mut self, run: &Run<'_>, table: &mut Table<'_, P>, reached: &mut Vec<u32>) {
        while self.alive.is_full::<P>() {
            self.read(run, table, reached);
        }
    }

    /// Keeps those of the blocks that were asked for whose ends let some form have enough in common.
    #[inline(always)]
    fn look_at_ends<P: Plane>(&mut self, run: &Run<'_>, pattern: &Pattern) {
        let (places, count) = self.asked.take::<P>();
        let places = &places[..count];
        let batch = Batch::new(run.blocks, places);
        let held = Held::<P>::new(&batch, pattern);
        let mut may_reach = P::none();
        for demand in self.demands.each() {
            may_reach = may_reach.or(held.of(demand));
        }
        let may_reach = may_reach.by_block();
        for at in 0..places.len() {
            if may_reach[at] != 0 {
                P::ask_for(run.blocks.block(places[at] as usize));
                self.alive.push(places[at]);
            }
        }
    }

    /// Reads blocks whole, and adds the forms that reach what is needed.
    #[inline(always)]
    fn read<P: Plane>(&mut self, run: &Run<'_>, table: &mut Table<'_, P>, reached: &mut Vec<u32>) {
        let (places, count) = self.alive.take::<P>();
        let places = &places[..count];
        let batch = Batch::new(run.blocks, places);
        let held = Held::<P>::new(&batch, table.pattern);
        // No form of these needs less.
        let mut least = None;
        for demand in self.demands.each() {
            if least.is_none() && !held.of(demand).is_none() {
                least = Some(usize::from(demand.common));
            }
        }
        let Some(least) = least else { return };
        let digits = table.common(&batch, least);
        let mut found = P::none();
        for demand in self.demands.each() {
            let enough = at_least(&digits, demand.common.into());
            found = found.or(enough.and(held.of(demand)));
        }
        if found.is_none() {
            return;
        }
        let found = found.by_block();
        for at in 0..places.len() {
            let mut forms = found[at];
            while forms != 0 {
                reached.push(places[at] * LANES as u32 + forms.trailing_zeros());
                forms &= forms - 1;
            }
        }
    }
}

/// By number of symbols, the forms of which so many hold at an end, or more.
struct Held<P> {
    beginning: [P; ENDMOST + 1],
    end: [P; ENDMOST + 1],
}

impl<P: Plane> Held<P> {
    #[inline(always)]
    fn new(batch: &Batch<'_>, pattern: &Pattern) -> Self {
        let (mut beginning, mut end) = ([P::none(); ENDMOST + 1], [P::none(); ENDMOST + 1]);
        (beginning[0], end[0]) = (P::all(), P::all());
        let length = batch.length();
        for place in 0..ENDMOST.min(length) {
            beginning[place + 1] = beginning[place].and(ByKind::new(P::gather(batch, place)).any_of(pattern.beginning[place]));
            end[place + 1] = end[place].and(ByKind::new(P::gather(batch, length - 1 - place)).any_of(pattern.end[place]));
        }
        Self { beginning, end }
    }

    /// The forms whose ends hold as a demand has it.
    #[inline(always)]
    fn of(&self, demand: &Demand) -> P {
        self.beginning[usize::from(demand.beginning)].and(self.end[usize::from(demand.end)])
    }
}

/// Which forms have a symbol of which kind at a place.
struct ByKind<P> {
    /// By the lower two bits of the kind, and by the upper two.
    lower: [P; 4],
    upper: [P; 4],
}

impl<P: Plane> ByKind<P> {
    #[inline(always)]
    fn new(planes: [P; PLANES]) -> Self {
        let [a, b, c, d] = planes;
        let (neither, nor) = (P::all().without(a.or(b)), P::all().without(c.or(d)));
        Self { lower: [neither, a.without(b), b.without(a), a.and(b)], upper: [nor, c.without(d), d.without(c), c.and(d)] }
    }

    #[inline(always)]
    fn of(&self, kind: usize) -> P {
        self.lower[kind & 3].and(self.upper[kind >> 2])
    }

    #[inline(always)]
    fn any_of(&self, mut kinds: Kinds) -> P {
        let mut any = P::none();
        while kinds != 0 {
            any = any.or(self.of(kinds.trailing_zeros() as usize & (KINDS - 1)));
            kinds &= kinds - 1;
        }
        any
    }
}

/// The table of common subsequences of a pattern and many forms, as far as it is kept.
struct Table<'p, P> {
    pattern: &'p Pattern,
    /// By place of the pattern, `v` of the last column.
    grown: Vec<P>,
    /// By what matches, as the places of a pattern have it: where it does in the columns of a strip.
    matches: Vec<[P; STRIP]>,
}

impl<'p, P: Plane> Table<'p, P> {
    #[inline(always)]
    fn new(pattern: &'p Pattern) -> Self {
        let rows = KINDS + pattern.sets.len();
        Self { pattern, grown: vec![P::none(); pattern.places.len()], matches: vec![[P::none(); STRIP]; rows] }
    }

    /// How much each form has in common with the pattern, by binary digits, the lowest first, where it is `least` or
    /// more; what has less may come out lower.
    #[inline(always)]
    fn common(&mut self, batch: &Batch<'_>, least: usize) -> [P; DIGITS] {
        let (places, length) = (self.pattern.places.as_slice(), batch.length());
        for grown in &mut self.grown {
            *grown = P::none();
        }
        // A form with so much in common leaves out no more than the rest, and so does the pattern: two symbols that
        // are further apart than that match in none of them.
        let (left_out, left_out_of_pattern) = (length.saturating_sub(least), places.len().saturating_sub(least));
        for first in (0..length).step_by(STRIP) {
            let width = STRIP.min(length - first);
            let places = first.saturating_sub(left_out).min(places.len())..(first + width + left_out_of_pattern).min(places.len());
            match width {
                STRIP => self.fill::<STRIP>(batch, first, places),
                3 => self.fill::<3>(batch, first, places),
                2 => self.fill::<2>(batch, first, places),
                _ => self.fill::<1>(batch, first, places),
            }
        }
        sum(&self.grown)
    }

    /// Fills the cells of a strip from the column `first` on, at these places of the pattern.
    #[inline(always)]
    fn fill<const WIDTH: usize>(&mut self, batch: &Batch<'_>, first: usize, places: Range<usize>) {
        let (kinds, sets) = self.matches.split_at_mut(KINDS);
        for column in 0..WIDTH {
            let by_kind = ByKind::new(P::gather(batch, first + column));
            for kind in 1..KINDS {
                kinds[kind][column] = by_kind.of(kind);
            }
        }
        for place in 0..self.pattern.sets.len() {
            let mut any = [P::none(); STRIP];
            for &kind in &self.pattern.sets[place] {
                let of_kind = &kinds[usize::from(kind) % KINDS];
                for column in 0..WIDTH {
                    any[column] = any[column].or(of_kind[column]);
                }
            }
            sets[place] = any;
        }
        let mut h = [P::none(); WIDTH];
        let (grown, places) = (&mut self.grown[places.clone()], &self.pattern.places[places]);
        assert!(grown.len() == places.len(), "the same places");
        for at in 0..places.len() {
            let m = &self.matches[usize::from(places[at])];
            let mut v = grown[at];
            for column in 0..WIDTH {
                let next = m[column].or(v).without(h[column]);
                h[column] = m[column].or(h[column]).without(v);
                v = next;
            }
            grown[at] = v;
        }
    }
}

/// How many of the planes have each bit, by binary digits.
#[inline(always)]
fn sum<P: Plane>(planes: &[P]) -> [P; DIGITS] {
    let mut digits = [P::none(); DIGITS];
    // Two at a time: one of the digits takes both, and half as much is carried.
    for first in (0..planes.len()).step_by(2) {
        let (one, other) = (planes[first], if first + 1 < planes.len() { planes[first + 1] } else { P::none() });
        let differ = one.xor(other);
        let mut carried = one.and(other).or(differ.and(digits[0]));
        digits[0] = digits[0].xor(differ);
        for digit in 1..DIGITS {
            let carry = digits[digit].and(carried);
            digits[digit] = digits[digit].xor(carried);
            carried = carry;
        }
    }
    digits
}

/// Where a number is `least` or more.
#[inline(always)]
fn at_least<P: Plane>(digits: &[P; DIGITS], least: usize) -> P {
    let mut is_reached = P::all();
    for place in 0..DIGITS {
        // Where a digit differs it turns what the lower ones say, and where it is the same it keeps that.
        is_reached = if least >> place & 1 == 1 { digits[place].and(is_reached) } else { digits[place].or(is_reached) };
    }
    is_reached
}
