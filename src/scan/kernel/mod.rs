//! The inner loop: a portable path, and vector paths with the same contract.
//!
//! Contract of a path: for runs of blocks of forms of one length each, call `found(run, place, common, ends)` for
//! every form whose common length reaches what its run needs for its ends, in their order. All paths
//! give the same answers to the bit; a property test holds them together.

/// The door to a vector path: a function that asserts what the machine has, in front of one that
/// may only run where the machine has it.
#[cfg(target_arch = "x86_64")]
macro_rules! guarded {
    ($(#[$doc:meta])* $door:ident, $lane:ty, $path:ident, $($feature:tt),+) => {
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
            unsafe { $path(runs, table, ends, found) }
        }
    };
}

/// Runs a loop's body for each block whose ends let some form have enough in common, with its run, its place
/// in that and its ends.
///
/// What the vectors hold of the query is made once for all runs: most of these are a few dozen blocks, and to make
/// it takes as long as to read as many.
#[cfg(target_arch = "x86_64")]
macro_rules! for_blocks_in_question {
    ($runs:ident, $tables:ident, |$run:ident, $place:ident, $block:ident, $ends:ident| $body:block) => {
        let mut places = [0; $crate::scan::kernel::TILE];
        for $run in $runs {
            let below = $crate::scan::kernel::avx2::below($run.needed);
            for first in (0..$run.blocks.count()).step_by($crate::scan::kernel::TILE) {
                let count = $tables.in_question($run.blocks, below, first, &mut places);
                for &place in &places[..count] {
                    let $place = first + usize::from(place);
                    let $block = $run.blocks.block($place);
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

use crate::index::column::{Blocks, LANES, Row};
use crate::scan::pattern::{ENDMOST, Ends, Pattern, Places, Table};
use crate::scan::{ENDS, LeastShare};

/// Blocks that are looked over before the first of them is read: enough that the memory of each is there when
/// its turn comes, few enough that it is still in the cache.
#[cfg(target_arch = "x86_64")]
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

/// Blocks of one length that need the same.
#[derive(Clone, Copy)]
pub(super) struct Run<'r> {
    /// The blocks.
    pub blocks: Blocks<'r>,
    /// What their forms need, by [`crate::scan::Candidate::ends`].
    pub needed: &'r [u8; ENDS],
    /// The number of the first form in its column.
    pub first_form: u32,
    /// See [`crate::scan::Candidate::group`].
    pub group: u8,
    /// See [`crate::scan::Candidate::level`].
    pub level: u8,
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

/// Calls `found` with the place of every value that reaches what is asked of it; there is a weight for each.
pub(super) fn each_reaching(path: Path, values: &[i16], weights: &[u8], least: &LeastShare, found: &mut impl FnMut(usize)) {
    match path {
        #[cfg(target_arch = "x86_64")]
        Path::Avx2 | Path::Avx512 => avx2::each_reaching(values, weights, least, found),
        Path::Portable => reaching_portable(0, values, weights, least, found),
    }
}

/// The same from a place on.
fn reaching_portable(from: usize, values: &[i16], weights: &[u8], least: &LeastShare, found: &mut impl FnMut(usize)) {
    let rest = values.iter().zip(weights).enumerate().skip(from);
    rest.filter(|(_, (value, weight))| least.is_reached(**value, **weight)).for_each(|(place, _)| found(place));
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
            let ends: [u8; LANES] = std::array::from_fn(|lane| {
                let holds = |table: &[u8; 32], row: &Row, place: usize| table[usize::from(row[lane] & 31)] >> place & 1 == 1;
                let beginning = (0..endmost).take_while(|&place| holds(&ends.beginning, block.row(place), place)).count();
                let end = (0..endmost).take_while(|&place| holds(&ends.end, block.row(length - 1 - place), place)).count();
                (beginning | end << 2) as u8
            });
            // No form has more in common than it has symbols.
            if ends.iter().all(|&ends| usize::from(run.needed[usize::from(ends)]) > length) {
                continue;
            }
            let mut state = [W::ONES; LANES];
            for row in block.rows().into_iter().flatten() {
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
                if common > 0 && common >= run.needed[usize::from(ends)] {
                    found(&run, place_of_block * LANES + lane, common, ends);
                }
            }
        }
    }
}
