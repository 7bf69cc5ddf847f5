//! AVX-512: sixteen blocks of 32 forms in a register. What takes two instructions of AVX2 is one of three inputs here,
//! which the compiler finds by itself.
#![expect(unsafe_code, reason = "vector loads take pointers, and a function for AVX-512 may only run where AVX-512 is")]

use std::arch::x86_64::*;

use super::plane::{Batch, MOST_BLOCKS, Plane, vector_logic};
use super::{Run, avx2, read};
use crate::index::column::{EndSets, PLANES, Row};
use crate::scan::Pattern;

/// See [`super::scan`].
///
/// # Panics
/// Where the machine has no AVX-512.
pub(super) fn scan(run: &Run<'_>, pattern: &Pattern, reached: &mut Vec<u32>) {
    assert!(std::arch::is_x86_feature_detected!("avx512f"), "the path is chosen by what the machine has");
    // SAFETY: the machine has AVX-512, as was just asserted.
    unsafe { scan_avx512(run, pattern, reached) }
}

#[target_feature(enable = "avx512f")]
fn scan_avx512(run: &Run<'_>, pattern: &Pattern, reached: &mut Vec<u32>) {
    read::scan::<Plane512>(run, pattern, reached);
}

/// Only `scan_avx512` makes any.
#[derive(Clone, Copy)]
struct Plane512(__m512i);

impl Plane for Plane512 {
    const BLOCKS: usize = 16;

    vector_logic! {
        none: _mm512_setzero_si512(),
        all: _mm512_set1_epi32(-1),
        and: _mm512_and_si512,
        or: _mm512_or_si512,
        xor: _mm512_xor_si512,
        and_not: _mm512_andnot_si512
    }

    #[inline(always)]
    fn gather(batch: &Batch<'_>, at: usize) -> [Self; PLANES] {
        let row = batch.rows(at);
        // SAFETY: see `none`; the pointers are to rows of 16 bytes, and the loads need no alignment.
        unsafe {
            let (a, b) = (load([row(0), row(4), row(8), row(12)]), load([row(1), row(5), row(9), row(13)]));
            let (c, d) = (load([row(2), row(6), row(10), row(14)]), load([row(3), row(7), row(11), row(15)]));
            // Four rows of four planes to four planes of four rows, in each quarter.
            let (low, high) =
                ([_mm512_unpacklo_epi32(a, b), _mm512_unpacklo_epi32(c, d)], [_mm512_unpackhi_epi32(a, b), _mm512_unpackhi_epi32(c, d)]);
            [
                Self(_mm512_unpacklo_epi64(low[0], low[1])),
                Self(_mm512_unpackhi_epi64(low[0], low[1])),
                Self(_mm512_unpacklo_epi64(high[0], high[1])),
                Self(_mm512_unpackhi_epi64(high[0], high[1])),
            ]
        }
    }

    #[inline(always)]
    fn by_block(self) -> [u32; MOST_BLOCKS] {
        let mut blocks = [0; MOST_BLOCKS];
        // SAFETY: see `none`; the array has the 64 bytes that are written, and the store needs no alignment.
        unsafe { _mm512_storeu_si512(blocks.as_mut_ptr().cast(), self.0) };
        blocks
    }

    #[inline(always)]
    fn is_none(self) -> bool {
        // SAFETY: see `none`.
        unsafe { _mm512_test_epi32_mask(self.0, self.0) == 0 }
    }

    #[inline(always)]
    fn ask_for(block: &[Row]) {
        avx2::ask_for(block);
    }

    #[inline(always)]
    fn meeting(end_sets: &[EndSets], kinds: EndSets) -> [u64; 2] {
        // SAFETY: see `none`; what has AVX-512 has AVX2.
        unsafe { avx2::meeting(end_sets, kinds) }
    }

    #[inline(always)]
    fn equal(levels: &[u8], level: u8) -> u64 {
        // SAFETY: as above.
        unsafe { avx2::equal(levels, level) }
    }
}

/// Four rows, side by side.
///
/// # Safety
/// The machine has AVX-512, and the pointers are to rows.
#[inline(always)]
unsafe fn load([a, b, c, d]: [*const Row; 4]) -> __m512i {
    // SAFETY: a row has the 16 bytes that a load reads, and the loads need no alignment.
    unsafe {
        let rows = _mm512_castsi128_si512(_mm_loadu_si128(a.cast()));
        let rows = _mm512_inserti32x4::<1>(rows, _mm_loadu_si128(b.cast()));
        let rows = _mm512_inserti32x4::<2>(rows, _mm_loadu_si128(c.cast()));
        _mm512_inserti32x4::<3>(rows, _mm_loadu_si128(d.cast()))
    }
}
