//! The inner loop: a portable path, and vector paths with the same contract.
//!
//! Contract of a path: for runs of blocks of forms of one length each, call `found(run, place, common, ends)` for
//! every form whose common length reaches what its run needs for its ends, in their order. All paths
//! give the same answers to the bit; a property test holds them together.

/// The door to a vector path: a function that asserts what the machine has, in front of one that
/// may only run where the machine has it.
#[cfg(target_arch = "x86_64")]
macro_rules! guarded {
    ($(#[$doc:meta])* $door:ident, $lane:ty, $path:expr, $($feature:tt),+) => {
        $(#[$doc])*
        ///
        /// # Panics
        /// Where the machine lacks what the path needs.
        pub(super) fn $door<'r>(
            runs: impl Iterator<Item = Run<'r>>,
            table: &Table<$lane>,
            ends: &Ends,
            found: &mut impl FnMut(&Run<'_>, usize, u8, u8),
        ) {
            let is_able = $(std::arch::is_x86_feature_detected!($feature))&&+;
            assert!(is_able, "the path is chosen by what the machine has");
            // SAFETY: the machine has all that the path needs, as was just asserted.
            unsafe { ($path)(runs, table, ends, found) }
        }
    };
}

/// Runs a loop's body for each block whose ends let some form have enough in common, with its run, its place
/// in that and its ends.
///
/// What the vectors hold of the query is made once for all runs: many of these are short, and to make it takes as
/// long as to read a few dozen blocks.
#[cfg(target_arch = "x86_64")]
macro_rules! for_blocks_in_question {
    ($runs:ident, $ends_of_query:ident, $tables:ident, |$run:ident, $place:ident, $block:ident, $ends:ident| $body:block) => {
        let sets = $crate::scan::kernel::outermost($ends_of_query);
        let mut places = [0; $crate::scan::kernel::TILE];
        for $run in $runs {
            let doors = $run.doors();
            for first in (0..$run.blocks.count()).step_by($crate::scan::kernel::TILE) {
                let count = $run.in_question(first, &doors, sets, &mut places);
                $crate::scan::kernel::avx2::ask_for($run.blocks, first, &places[..count]);
                for &place in &places[..count] {
                    let $place = first + usize::from(place);
                    let $block = $run.blocks.block($place);
                    let below = $crate::scan::kernel::avx2::below($run.needed($place));
                    if let Some($ends) = $tables.ends($block, below) {
                        $body
                    }
                }
            }
        }
    };
}

#[cfg(target_arch = "x86_64")]
mod avx2;
#[cfg(target_arch = "x86_64")]
mod avx512;

use std::ops::{BitAnd, BitOr};
use std::sync::LazyLock;

use crate::index::column::{Blocks, EndSets, LANES, Row};
use crate::scan::pattern::{ENDMOST, Ends, Pattern, Places, Table};
use crate::scan::{ENDS, MAX_PATTERN};

/// Blocks that are looked over before the first of them is read: enough that the memory of each is there when
/// its turn comes, few enough that it is still in the cache.
const TILE: usize = 32;

/// A machine word that holds one bit per query symbol.
pub(super) trait Lane: Copy + BitAnd<Output = Self> + BitOr<Output = Self> {
    const ZERO: Self;
    const ONES: Self;
    fn bit(place: usize) -> Self;
    /// The recurrence: `(state + hit) | (state - hit)` with `hit = state & positions`.
    fn step(self, positions: Self) -> Self;
    /// Zero bits under `mask`: the length of the common subsequence.
    fn zeros(self, mask: Self) -> u8;
}

macro_rules! lane {
    ($word:ty) => {
        impl Lane for $word {
            const ZERO: Self = 0;
            const ONES: Self = <$word>::MAX;

            #[inline(always)]
            fn bit(place: usize) -> Self {
                1 << place
            }

            #[inline(always)]
            fn step(self, positions: Self) -> Self {
                let hit = self & positions;
                self.wrapping_add(hit) | self.wrapping_sub(hit)
            }

            #[inline(always)]
            fn zeros(self, mask: Self) -> u8 {
                (!self & mask).count_ones() as u8
            }
        }
    };
}

lane!(u8);
lane!(u16);
lane!(u32);
lane!(u64);
lane!(u128);

/// Which path runs. Chosen once a process; tests run them all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Path {
    Portable,
    #[cfg(target_arch = "x86_64")]
    Avx2,
    /// AVX-512 with BW, VL and VBMI.
    #[cfg(target_arch = "x86_64")]
    Avx512,
}

impl Path {
    /// Every path that was built, the fastest last.
    #[cfg(target_arch = "x86_64")]
    pub(super) const ALL: &[Self] = &[Self::Portable, Self::Avx2, Self::Avx512];
    #[cfg(not(target_arch = "x86_64"))]
    pub(super) const ALL: &[Self] = &[Self::Portable];

    /// The fastest path of this machine.
    pub(super) fn fastest() -> Self {
        *Self::available().last().expect("the portable path is always there")
    }

    /// Every path of this machine, the fastest last.
    pub(super) fn available() -> &'static [Self] {
        static AVAILABLE: LazyLock<Vec<Path>> = LazyLock::new(|| Path::ALL.iter().copied().filter(|path| path.is_available()).collect());
        &AVAILABLE
    }

    fn is_available(self) -> bool {
        match self {
            Self::Portable => true,
            #[cfg(target_arch = "x86_64")]
            Self::Avx2 => std::arch::is_x86_feature_detected!("avx2"),
            #[cfg(target_arch = "x86_64")]
            Self::Avx512 => {
                std::arch::is_x86_feature_detected!("avx512bw")
                    && std::arch::is_x86_feature_detected!("avx512vl")
                    && std::arch::is_x86_feature_detected!("avx512vbmi")
            }
        }
    }
}

/// Blocks of one length.
pub(super) struct Run<'r> {
    /// The blocks.
    pub blocks: Blocks<'r>,
    /// By block, its level; see [`crate::scan::Needs`].
    pub levels: Option<&'r [u8]>,
    /// By level, what forms need by [`crate::scan::Candidate::ends`].
    pub needed: Vec<&'r [u8; ENDS]>,
    /// The number of the first form in its column.
    pub first_form: u32,
    /// See [`crate::scan::Candidate::group`].
    pub group: u8,
}

/// By level, whether a form may have enough in common whose ends hold neither, at the beginning, at the end, or both: a
/// bit each.
type Doors = [u8; 256];

impl<'r> Run<'r> {
    /// The level of a block.
    #[inline]
    pub(super) fn level(&self, block: usize) -> u8 {
        self.levels.map_or(0, |levels| levels[block])
    }

    /// What the forms of a block need; the block is of a level.
    #[inline]
    fn needed(&self, block: usize) -> &'r [u8; ENDS] {
        self.needed[usize::from(self.level(block))]
    }

    fn doors(&self) -> Doors {
        // No form has more in common than it has symbols.
        let is_open = |needed: &[u8; ENDS], held: usize| usize::from(needed[held]) <= self.blocks.length.min(MAX_PATTERN);
        let mut doors = [0; 256];
        for (door, needed) in doors.iter_mut().zip(&self.needed) {
            *door = (0..).zip(MOST_HELD).fold(0, |open, (place, held)| open | u8::from(is_open(needed, held)) << place);
        }
        doors
    }

    /// Of a tile of blocks that begins at `first`, those whose sets of outermost symbols let some form have enough in
    /// common, as places in the tile; `outermost` are the symbols that hold.
    ///
    /// Most blocks end here, for eight bytes each: a form whose ends don't hold must have nearly all else in common.
    #[inline]
    fn in_question(&self, first: usize, doors: &Doors, outermost: EndSets, places: &mut [u8; TILE]) -> usize {
        let last = self.blocks.count().min(first + TILE);
        let mut count = 0;
        let mut look_at = |place: u8, sets: &EndSets, level: u8| {
            let held = u8::from(sets[0] & outermost[0] != 0) | u8::from(sets[1] & outermost[1] != 0) << 1;
            // Without a branch: nobody could foresee which it is.
            places[count] = place;
            count += usize::from(doors[usize::from(level)] >> held & 1);
        };
        let sets = (0..).zip(&self.blocks.end_sets[first..last]);
        match self.levels {
            Some(levels) => sets.zip(&levels[first..last]).for_each(|((place, sets), &level)| look_at(place, sets, level)),
            None => sets.for_each(|(place, sets)| look_at(place, sets, 0)),
        }
        count
    }
}

/// By the bits of a door, the most that may hold at the ends, as [`crate::scan::Candidate::ends`] has it.
const MOST_HELD: [usize; 4] = [0, ENDMOST, ENDMOST << 2, ENDMOST | ENDMOST << 2];

/// The symbols that hold outermost.
fn outermost(ends: &Ends) -> EndSets {
    [&ends.beginning, &ends.end].map(|table| (0..).zip(table).fold(0, |set, (symbol, places)| set | u32::from(places & 1) << symbol))
}

/// Scans whole blocks of forms; places count from the beginning of a run.
pub(super) fn scan<'r>(
    path: Path,
    runs: impl Iterator<Item = Run<'r>>,
    pattern: &Pattern,
    found: &mut impl FnMut(&Run<'_>, usize, u8, u8),
) {
    let ends = &pattern.ends;
    match (path, &pattern.places) {
        #[cfg(target_arch = "x86_64")]
        (Path::Avx2, Places::Bits8(table)) => avx2::scan8(runs, table, ends, found),
        #[cfg(target_arch = "x86_64")]
        (Path::Avx2, Places::Bits16(table)) => avx2::scan16(runs, table, ends, found),
        #[cfg(target_arch = "x86_64")]
        (Path::Avx2, Places::Bits32(table)) if table.mask >> 24 == 0 => avx2::scan24(runs, table, ends, found),
        #[cfg(target_arch = "x86_64")]
        (Path::Avx2, Places::Bits32(table)) => avx2::scan32(runs, table, ends, found),
        #[cfg(target_arch = "x86_64")]
        (Path::Avx2, Places::Bits64(table)) => avx2::scan64(runs, table, ends, found),
        #[cfg(target_arch = "x86_64")]
        (Path::Avx512, Places::Bits8(table)) => avx512::scan8(runs, table, ends, found),
        #[cfg(target_arch = "x86_64")]
        (Path::Avx512, Places::Bits16(table)) => avx512::scan16(runs, table, ends, found),
        #[cfg(target_arch = "x86_64")]
        (Path::Avx512, Places::Bits32(table)) => avx512::scan32(runs, table, ends, found),
        #[cfg(target_arch = "x86_64")]
        (Path::Avx512, Places::Bits64(table)) => avx512::scan64(runs, table, ends, found),
        #[cfg(target_arch = "x86_64")]
        (Path::Avx512, Places::Bits128(table)) => avx512::scan128(runs, table, ends, found),
        (_, Places::Bits8(table)) => scan_portable(runs, table, ends, found),
        (_, Places::Bits16(table)) => scan_portable(runs, table, ends, found),
        (_, Places::Bits32(table)) => scan_portable(runs, table, ends, found),
        (_, Places::Bits64(table)) => scan_portable(runs, table, ends, found),
        (_, Places::Bits128(table)) => scan_portable(runs, table, ends, found),
    }
}

fn scan_portable<'r, W: Lane>(
    runs: impl Iterator<Item = Run<'r>>,
    table: &Table<W>,
    ends: &Ends,
    found: &mut impl FnMut(&Run<'_>, usize, u8, u8),
) {
    for run in runs {
        let (length, endmost) = (run.blocks.length, run.blocks.length.min(ENDMOST));
        for place_of_block in 0..run.blocks.count() {
            let block = run.blocks.block(place_of_block);
            let Some(needed) = run.needed.get(usize::from(run.level(place_of_block))) else { continue };
            let ends: [u8; LANES] = std::array::from_fn(|lane| {
                let holds = |table: &[u8; 32], row: &Row, place: usize| table[usize::from(row[lane] & 31)] >> place & 1 == 1;
                let beginning = (0..endmost).take_while(|&place| holds(&ends.beginning, &block[place], place)).count();
                let end = (0..endmost).take_while(|&place| holds(&ends.end, &block[length - 1 - place], place)).count();
                (beginning | end << 2) as u8
            });
            // No form has more in common than it has symbols.
            if ends.iter().all(|&ends| usize::from(needed[usize::from(ends)]) > length) {
                continue;
            }
            let mut state = [W::ONES; LANES];
            for row in block {
                // Two plain loops over whole arrays: the compiler turns the second into vector code.
                let mut positions = [W::ZERO; LANES];
                for (lane, &symbol) in positions.iter_mut().zip(row) {
                    *lane = table.positions[usize::from(symbol & 31)];
                }
                for (lane, positions) in state.iter_mut().zip(positions) {
                    *lane = lane.step(positions);
                }
            }
            for (lane, (state, ends)) in state.iter().zip(ends).enumerate() {
                let common = state.zeros(table.mask);
                if common > 0 && common >= needed[usize::from(ends)] {
                    found(&run, place_of_block * LANES + lane, common, ends);
                }
            }
        }
    }
}
