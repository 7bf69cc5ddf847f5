//! AVX-512: a block of 32 forms in half a register of 8-bit lanes, one of 16-bit, two of 32-bit,
//! four of 64-bit or eight of 128-bit lanes.
//!
//! A register holds the whole table of 32 entries of 16 bits, and two hold one of 32 bits: one
//! permutation looks it up. Wider entries are put together of 32-bit parts. The
//! permutation of bytes is an extension of its own (VBMI), which the path asks for.
//!
//! Blocks are read one after the other. Two blocks side by side in one register of 8-bit lanes
//! halve the steps, and took half as long again: reading in two places is what costs.
#![expect(unsafe_code, reason = "vector loads take pointers, and a function for AVX-512 may only run where AVX-512 is")]

use std::arch::x86_64::*;

use super::TILE;
use super::avx2::{self, Reached, load};
use crate::index::column::{Blocks, Row};
use crate::scan::ENDS;
use crate::scan::pattern::{ENDMOST, Ends, Table};

guarded! {
    /// See [`super::scan`]. For queries of up to 8 symbols.
    scan8, u8, scan8_vbmi, "avx512bw", "avx512vl", "avx512vbmi"
}

guarded! {
    /// See [`super::scan`]. For queries of up to 16 symbols.
    scan16, u16, scan16_vbmi, "avx512bw", "avx512vl", "avx512vbmi"
}

guarded! {
    /// See [`super::scan`]. For queries of up to 32 symbols.
    scan32, u32, scan32_vbmi, "avx512bw", "avx512vl", "avx512vbmi"
}

guarded! {
    /// See [`super::scan`]. For queries of up to 64 symbols.
    scan64, u64, scan64_vbmi, "avx512bw", "avx512vl", "avx512vbmi"
}

guarded! {
    /// See [`super::scan`]. For queries of up to 128 symbols.
    scan128, u128, scan128_vbmi, "avx512bw", "avx512vl", "avx512vbmi"
}

#[target_feature(enable = "avx512bw,avx512vl,avx512vbmi")]
fn scan8_vbmi(blocks: Blocks<'_>, table: &Table<u8>, ends: &Ends, needed: &[u8; ENDS], found: &mut impl FnMut(usize, u8, u8)) {
    let mask = _mm256_set1_epi8(table.mask as i8);
    let table = load(&table.positions);
    let (outermost, reached) = (Outermost::new(ends, needed), Reached::new(ends, needed));
    for_blocks_in_question!(blocks, outermost, reached, |place, block, ends| {
        let mut state = _mm256_set1_epi8(-1);
        for row in block.rows().into_iter().flatten() {
            let positions = _mm256_permutexvar_epi8(load(row), table);
            let sum = _mm256_add_epi8(state, _mm256_and_si256(state, positions));
            state = _mm256_ternarylogic_epi32::<STEP>(sum, state, positions);
        }
        reached.report(place, &ends, avx2::byte_counts(_mm256_andnot_si256(state, mask)), found);
    });
}

#[target_feature(enable = "avx512bw,avx512vl,avx512vbmi")]
fn scan16_vbmi(blocks: Blocks<'_>, table: &Table<u16>, ends: &Ends, needed: &[u8; ENDS], found: &mut impl FnMut(usize, u8, u8)) {
    let mask = _mm512_set1_epi16(table.mask as i16);
    // SAFETY: the table has the 64 bytes that are read, and the load needs no alignment.
    let table = unsafe { _mm512_loadu_si512(table.positions.as_ptr().cast()) };
    let (outermost, reached) = (Outermost::new(ends, needed), Reached::new(ends, needed));
    for_blocks_in_question!(blocks, outermost, reached, |place, block, ends| {
        let mut state = _mm512_set1_epi8(-1);
        for row in block.rows().into_iter().flatten() {
            let positions = _mm512_permutexvar_epi16(_mm512_cvtepu8_epi16(load(row)), table);
            state = next(state, positions, _mm512_add_epi16(state, _mm512_and_si512(state, positions)));
        }
        // Pairs of byte counts add up to the count of a 16-bit lane.
        let counts = _mm512_maddubs_epi16(byte_counts(_mm512_andnot_si512(state, mask)), _mm512_set1_epi8(1));
        reached.report(place, &ends, _mm512_cvtepi16_epi8(counts), found);
    });
}

#[target_feature(enable = "avx512bw,avx512vl,avx512vbmi")]
fn scan32_vbmi(blocks: Blocks<'_>, table: &Table<u32>, ends: &Ends, needed: &[u8; ENDS], found: &mut impl FnMut(usize, u8, u8)) {
    let mask = _mm512_set1_epi32(table.mask as i32);
    let table = PartTable::new(&table.positions);
    let (outermost, reached) = (Outermost::new(ends, needed), Reached::new(ends, needed));
    for_blocks_in_question!(blocks, outermost, reached, |place, block, ends| {
        let mut states = [_mm512_set1_epi8(-1); 2];
        for row in block.rows().into_iter().flatten() {
            for (state, symbols) in states.iter_mut().zip(halves(row)) {
                let positions = table.look_up(symbols);
                *state = next(*state, positions, _mm512_add_epi32(*state, _mm512_and_si512(*state, positions)));
            }
        }
        let (low, high) = (counts_of_ints(states[0], mask), counts_of_ints(states[1], mask));
        reached.report(place, &ends, _mm256_set_m128i(high, low), found);
    });
}

#[target_feature(enable = "avx512bw,avx512vl,avx512vbmi")]
fn scan64_vbmi(blocks: Blocks<'_>, table: &Table<u64>, ends: &Ends, needed: &[u8; ENDS], found: &mut impl FnMut(usize, u8, u8)) {
    let mask = _mm512_set1_epi64(table.mask as i64);
    let part = |shift: u32| table.positions.map(|positions| (positions >> shift) as u32);
    let (low, high) = (PartTable::new(&part(0)), PartTable::new(&part(32)));
    let bits = |state| byte_counts(_mm512_andnot_si512(state, mask));
    let (outermost, reached) = (Outermost::new(ends, needed), Reached::new(ends, needed));
    for_blocks_in_question!(blocks, outermost, reached, |place, block, ends| {
        // By half of the block, then by the order in which unpacking leaves the forms.
        let ones = _mm512_set1_epi8(-1);
        let (mut a, mut b, mut c, mut d) = (ones, ones, ones, ones);
        for row in block.rows().into_iter().flatten() {
            let [first, second] = halves(row);
            let (first, second) = ([low.look_up(first), high.look_up(first)], [low.look_up(second), high.look_up(second)]);
            a = next_long(a, _mm512_unpacklo_epi32(first[0], first[1]));
            b = next_long(b, _mm512_unpackhi_epi32(first[0], first[1]));
            c = next_long(c, _mm512_unpacklo_epi32(second[0], second[1]));
            d = next_long(d, _mm512_unpackhi_epi32(second[0], second[1]));
        }
        let (low, high) = (counts_of_longs(bits(a), bits(b)), counts_of_longs(bits(c), bits(d)));
        reached.report(place, &ends, _mm256_set_m128i(high, low), found);
    });
}

#[target_feature(enable = "avx512bw,avx512vl,avx512vbmi")]
fn scan128_vbmi(blocks: Blocks<'_>, table: &Table<u128>, ends: &Ends, needed: &[u8; ENDS], found: &mut impl FnMut(usize, u8, u8)) {
    let (low_mask, high_mask) = (_mm512_set1_epi64(table.mask as i64), _mm512_set1_epi64((table.mask >> 64) as i64));
    let bits = |[low, high]: [__m512i; 2]| {
        let (low, high) = (_mm512_andnot_si512(low, low_mask), _mm512_andnot_si512(high, high_mask));
        _mm512_add_epi8(byte_counts(low), byte_counts(high))
    };
    let part = |shift: u32| table.positions.map(|positions| (positions >> shift) as u32);
    let tables = [PartTable::new(&part(0)), PartTable::new(&part(32)), PartTable::new(&part(64)), PartTable::new(&part(96))];
    let (outermost, reached) = (Outermost::new(ends, needed), Reached::new(ends, needed));
    for_blocks_in_question!(blocks, outermost, reached, |place, block, ends| {
        // By half of the block, the order in which unpacking leaves the forms, and half of the word.
        let mut states = [[[_mm512_set1_epi8(-1); 2]; 2]; 2];
        for row in block.rows().into_iter().flatten() {
            for (states, symbols) in states.iter_mut().zip(halves(row)) {
                let [a, b, c, d] = &tables;
                let (a, b, c, d) = (a.look_up(symbols), b.look_up(symbols), c.look_up(symbols), d.look_up(symbols));
                let positions = [
                    [_mm512_unpacklo_epi32(a, b), _mm512_unpacklo_epi32(c, d)],
                    [_mm512_unpackhi_epi32(a, b), _mm512_unpackhi_epi32(c, d)],
                ];
                for (state, positions) in states.iter_mut().zip(positions) {
                    *state = next_of_two(*state, positions);
                }
            }
        }
        let (low, high) =
            (counts_of_longs(bits(states[0][0]), bits(states[0][1])), counts_of_longs(bits(states[1][0]), bits(states[1][1])));
        reached.report(place, &ends, _mm256_set_m128i(high, low), found);
    });
}

/// Tells blocks by the outermost symbols of their forms, as [`Reached::in_question`] does.
struct Outermost {
    /// By symbol, what may hold at the ends of a form that begins or ends with it.
    first: __m256i,
    last: __m256i,
    /// By ends, one less than what is needed.
    below: __m256i,
}

impl Outermost {
    #[target_feature(enable = "avx512bw,avx512vl,avx512vbmi")]
    fn new(ends: &Ends, needed: &[u8; ENDS]) -> Self {
        let may_hold = |table: &[u8; 32], most: usize| load(&table.map(|bits| (bits & 1) * most as u8));
        let [first, last] = [(&ends.beginning, ENDMOST), (&ends.end, ENDMOST << 2)].map(|(table, most)| may_hold(table, most));
        Self { first, last, below: avx2::below(needed) }
    }

    #[target_feature(enable = "avx512bw,avx512vl,avx512vbmi")]
    #[inline]
    fn in_question(&self, blocks: Blocks<'_>, first_block: usize, places: &mut [u8; TILE]) -> usize {
        let most = avx2::most_in_common(blocks.length);
        avx2::places_in_question(blocks, first_block, places, |[first, last]| {
            let first = _mm256_permutexvar_epi8(load(first), self.first);
            let last = _mm256_permutexvar_epi8(load(last), self.last);
            let below = _mm256_shuffle_epi8(self.below, _mm256_or_si256(first, last));
            _mm256_cmpgt_epu8_mask(most, below) != 0
        })
    }
}

/// `sum | (state & !positions)`: the recurrence, where `sum` is `state + hit`. A hit is part of the
/// state, so taking it away clears the bits of the positions.
const STEP: i32 = 0b1111_0100;

#[target_feature(enable = "avx512bw")]
#[inline]
fn next(state: __m512i, positions: __m512i, sum: __m512i) -> __m512i {
    _mm512_ternarylogic_epi32::<STEP>(sum, state, positions)
}

/// The recurrence on 64-bit lanes.
#[target_feature(enable = "avx512bw")]
#[inline]
fn next_long(state: __m512i, positions: __m512i) -> __m512i {
    next(state, positions, _mm512_add_epi64(state, _mm512_and_si512(state, positions)))
}

/// The recurrence on words of two 64-bit lanes, the lower first.
#[target_feature(enable = "avx512bw")]
#[inline]
fn next_of_two(state: [__m512i; 2], positions: [__m512i; 2]) -> [__m512i; 2] {
    let low = _mm512_add_epi64(state[0], _mm512_and_si512(state[0], positions[0]));
    let high = _mm512_add_epi64(state[1], _mm512_and_si512(state[1], positions[1]));
    // A sum that wrapped is below what was added to.
    let carries = _mm512_cmplt_epu64_mask(low, state[0]);
    let high = _mm512_mask_sub_epi64(high, carries, high, _mm512_set1_epi64(-1));
    [next(state[0], positions[0], low), next(state[1], positions[1], high)]
}

/// A table of 32 bits an entry, for symbols below 16 and from 16 on.
struct PartTable([__m512i; 2]);

impl PartTable {
    #[target_feature(enable = "avx512bw")]
    #[inline]
    fn new(entries: &[u32; 32]) -> Self {
        // SAFETY: each half of the table has the 64 bytes that are read, and the load needs no alignment.
        Self([0, 16].map(|first| unsafe { _mm512_loadu_si512(entries[first..first + 16].as_ptr().cast()) }))
    }

    #[target_feature(enable = "avx512bw")]
    #[inline]
    fn look_up(&self, symbols: __m512i) -> __m512i {
        _mm512_permutex2var_epi32(self.0[0], symbols, self.0[1])
    }
}

/// The symbols of a row in 32-bit lanes.
#[target_feature(enable = "avx512bw")]
#[inline]
fn halves(row: &Row) -> [__m512i; 2] {
    let row = load(row);
    [_mm512_cvtepu8_epi32(_mm256_castsi256_si128(row)), _mm512_cvtepu8_epi32(_mm256_extracti128_si256::<1>(row))]
}

/// The counts of sixteen forms, a byte each, out of their states in 32-bit lanes.
#[target_feature(enable = "avx512bw")]
#[inline]
fn counts_of_ints(state: __m512i, mask: __m512i) -> __m128i {
    let pairs = _mm512_maddubs_epi16(byte_counts(_mm512_andnot_si512(state, mask)), _mm512_set1_epi8(1));
    _mm512_cvtepi32_epi8(_mm512_madd_epi16(pairs, _mm512_set1_epi16(1)))
}

/// The counts of sixteen forms, a byte each in their order, out of the byte counts of their 64-bit
/// lanes as unpacking left them.
#[target_feature(enable = "avx512bw")]
#[inline]
fn counts_of_longs(low: __m512i, high: __m512i) -> __m128i {
    // The sum of absolute differences from zero adds up the bytes of each lane.
    let (low, high) = (_mm512_sad_epu8(low, _mm512_setzero_si512()), _mm512_sad_epu8(high, _mm512_setzero_si512()));
    let lower_halves = _mm512_shuffle_ps::<0b10_00_10_00>(_mm512_castsi512_ps(low), _mm512_castsi512_ps(high));
    _mm512_cvtepi32_epi8(_mm512_castps_si512(lower_halves))
}

/// One bits of each byte.
#[target_feature(enable = "avx512bw")]
#[inline]
fn byte_counts(bits: __m512i) -> __m512i {
    let of_nibble = _mm512_broadcast_i32x4(_mm_setr_epi8(0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4));
    let nibble = _mm512_set1_epi8(15);
    let low = _mm512_shuffle_epi8(of_nibble, _mm512_and_si512(bits, nibble));
    let high = _mm512_shuffle_epi8(of_nibble, _mm512_and_si512(_mm512_srli_epi16::<4>(bits), nibble));
    _mm512_add_epi8(low, high)
}
