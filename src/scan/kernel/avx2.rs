//! AVX2: eight blocks of 32 forms in a register.
#![expect(clippy::needless_range_loop, reason = "see [`plane`]")]
#![expect(unsafe_code, reason = "vector loads take pointers, and a function for AVX2 may only run where AVX2 is")]

use std::arch::x86_64::*;

use super::plane::{self, Batch, MOST_BLOCKS, Plane, vector_logic};
use super::{Run, read};
use crate::index::column::{EndSets, PLANES, Row};
use crate::scan::Pattern;

/// See [`super::scan`].
///
/// # Panics
/// Where the machine has no AVX2.
pub(super) fn scan(run: &Run<'_>, pattern: &Pattern, reached: &mut Vec<u32>) {
    assert!(std::arch::is_x86_feature_detected!("avx2"), "the path is chosen by what the machine has");
    // SAFETY: the machine has AVX2, as was just asserted.
    unsafe { scan_avx2(run, pattern, reached) }
}

#[target_feature(enable = "avx2")]
fn scan_avx2(run: &Run<'_>, pattern: &Pattern, reached: &mut Vec<u32>) {
    read::scan::<Plane256>(run, pattern, reached);
}

/// Only `scan_avx2` makes any.
#[derive(Clone, Copy)]
struct Plane256(__m256i);

impl Plane for Plane256 {
    const BLOCKS: usize = 8;

    vector_logic! {
        none: _mm256_setzero_si256(),
        all: _mm256_set1_epi8(-1),
        and: _mm256_and_si256,
        or: _mm256_or_si256,
        xor: _mm256_xor_si256,
        and_not: _mm256_andnot_si256
    }

    #[inline(always)]
    fn gather(batch: &Batch<'_>, at: usize) -> [Self; PLANES] {
        let row = batch.rows(at);
        // SAFETY: see `none`; the pointers are to rows of 16 bytes, and the loads need no alignment.
        unsafe {
            let [a, b, c, d] = [[row(0), row(4)], [row(1), row(5)], [row(2), row(6)], [row(3), row(7)]];
            let (a, b, c, d) = (load(a), load(b), load(c), load(d));
            // Four rows of four planes to four planes of four rows, in each half.
            let (low, high) =
                ([_mm256_unpacklo_epi32(a, b), _mm256_unpacklo_epi32(c, d)], [_mm256_unpackhi_epi32(a, b), _mm256_unpackhi_epi32(c, d)]);
            [
                Self(_mm256_unpacklo_epi64(low[0], low[1])),
                Self(_mm256_unpackhi_epi64(low[0], low[1])),
                Self(_mm256_unpacklo_epi64(high[0], high[1])),
                Self(_mm256_unpackhi_epi64(high[0], high[1])),
            ]
        }
    }

    #[inline(always)]
    fn by_block(self) -> [u32; MOST_BLOCKS] {
        let mut blocks = [0; MOST_BLOCKS];
        // SAFETY: see `none`; the array has the 32 bytes that are written, and the store needs no alignment.
        unsafe { _mm256_storeu_si256(blocks.as_mut_ptr().cast(), self.0) };
        blocks
    }

    #[inline(always)]
    fn is_none(self) -> bool {
        // SAFETY: see `none`.
        unsafe { _mm256_testz_si256(self.0, self.0) != 0 }
    }

    #[inline(always)]
    fn ask_for(block: &[Row]) {
        ask_for(block);
    }

    #[inline(always)]
    fn meeting(end_sets: &[EndSets], kinds: EndSets) -> [u64; 2] {
        // SAFETY: see `none`.
        unsafe { meeting(end_sets, kinds) }
    }

    #[inline(always)]
    fn equal(levels: &[u8], level: u8) -> u64 {
        // SAFETY: see `none`.
        unsafe { equal(levels, level) }
    }
}

/// See [`Plane::meeting`].
///
/// # Safety
/// The machine has AVX2.
#[inline(always)]
pub(super) unsafe fn meeting(end_sets: &[EndSets], kinds: EndSets) -> [u64; 2] {
    let (eights, _) = end_sets.as_chunks::<8>();
    let mut meeting = plane::meeting_from(eights.len() * 8, end_sets, kinds);
    for at in 0..eights.len() {
        // SAFETY: as of this function; the load reads the 32 bytes of eight blocks and needs no alignment.
        unsafe {
            let sets = _mm256_loadu_si256(eights[at].as_ptr().cast());
            for end in 0..2 {
                let kinds = _mm256_set1_epi32((u32::from(kinds[end]) << (16 * end)) as i32);
                let is_none = _mm256_cmpeq_epi32(_mm256_and_si256(sets, kinds), _mm256_setzero_si256());
                let meets = !_mm256_movemask_ps(_mm256_castsi256_ps(is_none)) as u8;
                meeting[end] |= u64::from(meets) << (8 * at);
            }
        }
    }
    meeting
}

/// See [`Plane::equal`].
///
/// # Safety
/// The machine has AVX2.
#[inline(always)]
pub(super) unsafe fn equal(levels: &[u8], level: u8) -> u64 {
    let (halves, _) = levels.as_chunks::<32>();
    let mut equal = plane::equal_from(halves.len() * 32, levels, level);
    for at in 0..halves.len() {
        // SAFETY: as of this function; the load reads 32 bytes and needs no alignment.
        let is_equal = unsafe {
            let levels = _mm256_loadu_si256(halves[at].as_ptr().cast());
            _mm256_movemask_epi8(_mm256_cmpeq_epi8(levels, _mm256_set1_epi8(level as i8))) as u32
        };
        equal |= u64::from(is_equal) << (32 * at);
    }
    equal
}

/// Two rows, side by side.
///
/// # Safety
/// The machine has AVX2, and the pointers are to rows.
#[inline(always)]
unsafe fn load([first, second]: [*const Row; 2]) -> __m256i {
    // SAFETY: a row has the 16 bytes that a load reads, and the loads need no alignment.
    unsafe { _mm256_inserti128_si256::<1>(_mm256_castsi128_si256(_mm_loadu_si128(first.cast())), _mm_loadu_si128(second.cast())) }
}

/// See [`Plane::ask_for`].
#[inline(always)]
pub(super) fn ask_for(block: &[Row]) {
    let mut at = 0;
    while at < block.len() {
        // SAFETY: every x86-64 has SSE, and to ask for memory reads nothing.
        unsafe { _mm_prefetch::<_MM_HINT_T0>(block[at].as_ptr().cast()) };
        at += ROWS_OF_LINE;
    }
    // The last row, too: a block need not begin with a line.
    if let Some(last) = block.last() {
        // SAFETY: as above.
        unsafe { _mm_prefetch::<_MM_HINT_T0>(last.as_ptr().cast()) };
    }
}

/// Rows in a line of the cache.
const ROWS_OF_LINE: usize = 64 / size_of::<Row>();
