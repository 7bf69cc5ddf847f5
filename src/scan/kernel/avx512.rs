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

use super::Run;
use super::avx2::{self, EndsOfBlock, load, report};
use crate::index::column::Row;
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
fn scan8_vbmi<'r>(runs: impl Iterator<Item = Run<'r>>, table: &Table<u8>, ends: &Ends, found: &mut impl FnMut(&Run<'_>, usize, u8, u8)) {
    let mask = _mm256_set1_epi8(table.mask as i8);
    let table = load(&table.positions);
    let tables_of_ends = EndTables::new(ends);
    for_blocks_in_question!(runs, ends, tables_of_ends, |run, place, block, ends| {
        let mut state = _mm256_set1_epi8(-1);
        for row in block {
            let positions = _mm256_permutexvar_epi8(load(row), table);
            let sum = _mm256_add_epi8(state, _mm256_and_si256(state, positions));
            state = _mm256_ternarylogic_epi32::<STEP>(sum, state, positions);
        }
        report(&run, place, &ends, avx2::byte_counts(_mm256_andnot_si256(state, mask)), found);
    });
}

#[target_feature(enable = "avx512bw,avx512vl,avx512vbmi")]
fn scan16_vbmi<'r>(runs: impl Iterator<Item = Run<'r>>, table: &Table<u16>, ends: &Ends, found: &mut impl FnMut(&Run<'_>, usize, u8, u8)) {
    let mask = _mm512_set1_epi16(table.mask as i16);
    // SAFETY: the table has the 64 bytes that are read, and the load needs no alignment.
    let table = unsafe { _mm512_loadu_si512(table.positions.as_ptr().cast()) };
    let tables_of_ends = EndTables::new(ends);
    for_blocks_in_question!(runs, ends, tables_of_ends, |run, place, block, ends| {
        let mut state = _mm512_set1_epi8(-1);
        for row in block {
            let positions = _mm512_permutexvar_epi16(_mm512_cvtepu8_epi16(load(row)), table);
            state = next(state, positions, _mm512_add_epi16(state, _mm512_and_si512(state, positions)));
        }
        // Pairs of byte counts add up to the count of a 16-bit lane.
        let counts = _mm512_maddubs_epi16(byte_counts(_mm512_andnot_si512(state, mask)), _mm512_set1_epi8(1));
        report(&run, place, &ends, _mm512_cvtepi16_epi8(counts), found);
    });
}

#[target_feature(enable = "avx512bw,avx512vl,avx512vbmi")]
fn scan32_vbmi<'r>(runs: impl Iterator<Item = Run<'r>>, table: &Table<u32>, ends: &Ends, found: &mut impl FnMut(&Run<'_>, usize, u8, u8)) {
    let mask = _mm512_set1_epi32(table.mask as i32);
    let table = PartTable::new(&table.positions);
    let tables_of_ends = EndTables::new(ends);
    for_blocks_in_question!(runs, ends, tables_of_ends, |run, place, block, ends| {
        let (mut low, mut high) = (_mm512_set1_epi8(-1), _mm512_set1_epi8(-1));
        for row in block {
            let [first, second] = halves(row);
            low = next_int(low, table.look_up(first));
            high = next_int(high, table.look_up(second));
        }
        let (low, high) = (counts_of_ints(low, mask), counts_of_ints(high, mask));
        report(&run, place, &ends, _mm256_set_m128i(high, low), found);
    });
}

#[target_feature(enable = "avx512bw,avx512vl,avx512vbmi")]
fn scan64_vbmi<'r>(runs: impl Iterator<Item = Run<'r>>, table: &Table<u64>, ends: &Ends, found: &mut impl FnMut(&Run<'_>, usize, u8, u8)) {
    let mask = _mm512_set1_epi64(table.mask as i64);
    let part = |shift: u32| table.positions.map(|positions| (positions >> shift) as u32);
    let (low, high) = (PartTable::new(&part(0)), PartTable::new(&part(32)));
    let tables_of_ends = EndTables::new(ends);
    for_blocks_in_question!(runs, ends, tables_of_ends, |run, place, block, ends| {
        // By half of the block, then by the order in which unpacking leaves the forms.
        let ones = _mm512_set1_epi8(-1);
        let (mut a, mut b, mut c, mut d) = (ones, ones, ones, ones);
        for row in block {
            let [first, second] = halves(row);
            let (first, second) = ([low.look_up(first), high.look_up(first)], [low.look_up(second), high.look_up(second)]);
            a = next_long(a, _mm512_unpacklo_epi32(first[0], first[1]));
            b = next_long(b, _mm512_unpackhi_epi32(first[0], first[1]));
            c = next_long(c, _mm512_unpacklo_epi32(second[0], second[1]));
            d = next_long(d, _mm512_unpackhi_epi32(second[0], second[1]));
        }
        let (low, high) = (counts_of_longs(bits(a, mask), bits(b, mask)), counts_of_longs(bits(c, mask), bits(d, mask)));
        report(&run, place, &ends, _mm256_set_m128i(high, low), found);
    });
}

#[target_feature(enable = "avx512bw,avx512vl,avx512vbmi")]
fn scan128_vbmi<'r>(
    runs: impl Iterator<Item = Run<'r>>,
    table: &Table<u128>,
    ends: &Ends,
    found: &mut impl FnMut(&Run<'_>, usize, u8, u8),
) {
    let masks = [_mm512_set1_epi64(table.mask as i64), _mm512_set1_epi64((table.mask >> 64) as i64)];
    let part = |shift: u32| table.positions.map(|positions| (positions >> shift) as u32);
    let tables = [PartTable::new(&part(0)), PartTable::new(&part(32)), PartTable::new(&part(64)), PartTable::new(&part(96))];
    let tables_of_ends = EndTables::new(ends);
    for_blocks_in_question!(runs, ends, tables_of_ends, |run, place, block, ends| {
        // By half of the block and the order in which unpacking leaves the forms; each by half of the word.
        let ones = [_mm512_set1_epi8(-1); 2];
        let (mut states_a, mut states_b, mut states_c, mut states_d) = (ones, ones, ones, ones);
        for row in block {
            let [first, second] = halves(row);
            let (a, b, c, d) = (tables[0].look_up(first), tables[1].look_up(first), tables[2].look_up(first), tables[3].look_up(first));
            states_a = next_of_two(states_a, [_mm512_unpacklo_epi32(a, b), _mm512_unpacklo_epi32(c, d)]);
            states_b = next_of_two(states_b, [_mm512_unpackhi_epi32(a, b), _mm512_unpackhi_epi32(c, d)]);
            let (a, b, c, d) = (tables[0].look_up(second), tables[1].look_up(second), tables[2].look_up(second), tables[3].look_up(second));
            states_c = next_of_two(states_c, [_mm512_unpacklo_epi32(a, b), _mm512_unpacklo_epi32(c, d)]);
            states_d = next_of_two(states_d, [_mm512_unpackhi_epi32(a, b), _mm512_unpackhi_epi32(c, d)]);
        }
        let low = counts_of_longs(bits_of_two(states_a, masks), bits_of_two(states_b, masks));
        let high = counts_of_longs(bits_of_two(states_c, masks), bits_of_two(states_d, masks));
        report(&run, place, &ends, _mm256_set_m128i(high, low), found);
    });
}

/// Tells the forms of a block by their ends, as those of [`avx2`] do.
struct EndTables {
    /// By symbol, which places it holds, a bit each.
    beginning: __m256i,
    end: __m256i,
    /// By the bits of the places that hold, how many do without a gap; for the end, times four.
    unbroken: [__m256i; 2],
}

impl EndTables {
    #[target_feature(enable = "avx512bw,avx512vl,avx512vbmi")]
    fn new(ends: &Ends) -> Self {
        Self { beginning: load(&ends.beginning), end: load(&ends.end), unbroken: [avx2::unbroken(1), avx2::unbroken(4)] }
    }

    /// As [`avx2::EndTables::ends`].
    #[target_feature(enable = "avx512bw,avx512vl,avx512vbmi")]
    #[inline]
    fn ends(&self, block: &[Row], below: __m256i) -> Option<EndsOfBlock> {
        let length = block.len();
        let mut beginning = _mm256_and_si256(_mm256_permutexvar_epi8(load(&block[0]), self.beginning), _mm256_set1_epi8(1));
        let mut end = _mm256_and_si256(_mm256_permutexvar_epi8(load(&block[length - 1]), self.end), _mm256_set1_epi8(1));
        for place in 1..ENDMOST.min(length) {
            let bit = _mm256_set1_epi8(1 << place);
            let first = _mm256_permutexvar_epi8(load(&block[place]), self.beginning);
            let last = _mm256_permutexvar_epi8(load(&block[length - 1 - place]), self.end);
            beginning = _mm256_or_si256(beginning, _mm256_and_si256(first, bit));
            end = _mm256_or_si256(end, _mm256_and_si256(last, bit));
        }
        EndsOfBlock::new(beginning, end, &self.unbroken, below, length)
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

/// The recurrence on 32-bit lanes.
#[target_feature(enable = "avx512bw")]
#[inline]
fn next_int(state: __m512i, positions: __m512i) -> __m512i {
    next(state, positions, _mm512_add_epi32(state, _mm512_and_si512(state, positions)))
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
        unsafe { Self([_mm512_loadu_si512(entries.as_ptr().cast()), _mm512_loadu_si512(entries[16..].as_ptr().cast())]) }
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

/// By byte, how much of what the mask has is in common.
#[target_feature(enable = "avx512bw")]
#[inline]
fn bits(state: __m512i, mask: __m512i) -> __m512i {
    byte_counts(_mm512_andnot_si512(state, mask))
}

/// The same of words of two lanes.
#[target_feature(enable = "avx512bw")]
#[inline]
fn bits_of_two(states: [__m512i; 2], masks: [__m512i; 2]) -> __m512i {
    _mm512_add_epi8(bits(states[0], masks[0]), bits(states[1], masks[1]))
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
