//! AVX2: a block of 32 forms in one register of 8-bit lanes, two of 16-bit, four of 32-bit or
//! eight of 64-bit lanes.
//!
//! The table of 32 entries is looked up byte by byte: two shuffles give the entries of the
//! symbols below and above 16, the symbol's bit 4 chooses between them, and unpacking puts
//! the bytes of an entry together. Unpacking works in 128-bit halves, so the lanes of a
//! register are not in the order of the forms; packing the counts to bytes, which works in
//! halves too, puts them back.
//!
//! What the loops call is `inline`, here and in the other paths: left to itself the compiler put
//! the loads into a unit of their own, and a call for each row took longer than all else.
#![expect(unsafe_code, reason = "vector loads take pointers, and a function for AVX2 may only run where AVX2 is")]

use std::arch::x86_64::*;

use crate::index::column::LANES;
use crate::scan::ENDS;
use crate::scan::pattern::{ENDMOST, Ends, Table};

/// The bytes of a table, one place of the entries each, for symbols below 16 and from 16 on.
struct ByteTables<const BYTES: usize>([[__m256i; 2]; BYTES]);

guarded! {
    /// See [`super::scan`]. For queries of up to 8 symbols: a block is one register, and no byte
    /// of the table needs a partner.
    scan8, u8, scan8_avx2, "avx2"
}

guarded! {
    /// See [`super::scan`]. For queries of up to 16 symbols.
    scan16, u16, scan16_avx2, "avx2"
}

guarded! {
    /// See [`super::scan`]. For queries of up to 32 symbols.
    scan32, u32, scan32_avx2, "avx2"
}

guarded! {
    /// See [`super::scan`]. For queries of up to 64 symbols.
    scan64, u64, scan64_avx2, "avx2"
}

#[target_feature(enable = "avx2")]
fn scan8_avx2(blocks: &[u8], length: usize, table: &Table<u8>, ends: &Ends, needed: &[u8; ENDS], found: &mut impl FnMut(usize, u8, u8)) {
    let tables = byte_tables(&table.positions.map(u8::to_le_bytes));
    let mask = _mm256_set1_epi8(table.mask as i8);
    let reached = Reached::new(ends, needed);
    for (block, symbols) in blocks.chunks_exact(length * LANES).enumerate() {
        let mut state = _mm256_set1_epi8(-1);
        for row in symbols.as_chunks::<LANES>().0 {
            let [positions] = look_up(&tables, row);
            let hit = _mm256_and_si256(state, positions);
            state = _mm256_or_si256(_mm256_add_epi8(state, hit), _mm256_sub_epi8(state, hit));
        }
        reached.report(block, symbols, byte_counts(_mm256_andnot_si256(state, mask)), found);
    }
}

#[target_feature(enable = "avx2")]
fn scan16_avx2(blocks: &[u8], length: usize, table: &Table<u16>, ends: &Ends, needed: &[u8; ENDS], found: &mut impl FnMut(usize, u8, u8)) {
    let tables = byte_tables(&table.positions.map(u16::to_le_bytes));
    let mask = _mm256_set1_epi16(table.mask as i16);
    let reached = Reached::new(ends, needed);
    for (block, symbols) in blocks.chunks_exact(length * LANES).enumerate() {
        let mut states = [_mm256_set1_epi8(-1); 2];
        for row in symbols.as_chunks::<LANES>().0 {
            let [low, high] = look_up(&tables, row);
            let positions = [_mm256_unpacklo_epi8(low, high), _mm256_unpackhi_epi8(low, high)];
            for (state, positions) in states.iter_mut().zip(positions) {
                let hit = _mm256_and_si256(*state, positions);
                *state = _mm256_or_si256(_mm256_add_epi16(*state, hit), _mm256_sub_epi16(*state, hit));
            }
        }
        // Pairs of byte counts add up to the count of a 16-bit lane.
        let counts = states.map(|state| _mm256_maddubs_epi16(byte_counts(_mm256_andnot_si256(state, mask)), _mm256_set1_epi8(1)));
        reached.report(block, symbols, _mm256_packus_epi16(counts[0], counts[1]), found);
    }
}

#[target_feature(enable = "avx2")]
fn scan32_avx2(blocks: &[u8], length: usize, table: &Table<u32>, ends: &Ends, needed: &[u8; ENDS], found: &mut impl FnMut(usize, u8, u8)) {
    let tables = byte_tables(&table.positions.map(u32::to_le_bytes));
    let mask = _mm256_set1_epi32(table.mask as i32);
    let reached = Reached::new(ends, needed);
    for (block, symbols) in blocks.chunks_exact(length * LANES).enumerate() {
        let mut states = [_mm256_set1_epi8(-1); 4];
        for row in symbols.as_chunks::<LANES>().0 {
            let bytes = look_up(&tables, row);
            let (low, high) = (
                [_mm256_unpacklo_epi8(bytes[0], bytes[1]), _mm256_unpackhi_epi8(bytes[0], bytes[1])],
                [_mm256_unpacklo_epi8(bytes[2], bytes[3]), _mm256_unpackhi_epi8(bytes[2], bytes[3])],
            );
            let positions = [
                _mm256_unpacklo_epi16(low[0], high[0]),
                _mm256_unpackhi_epi16(low[0], high[0]),
                _mm256_unpacklo_epi16(low[1], high[1]),
                _mm256_unpackhi_epi16(low[1], high[1]),
            ];
            for (state, positions) in states.iter_mut().zip(positions) {
                let hit = _mm256_and_si256(*state, positions);
                *state = _mm256_or_si256(_mm256_add_epi32(*state, hit), _mm256_sub_epi32(*state, hit));
            }
        }
        let counts = states.map(|state| {
            let pairs = _mm256_maddubs_epi16(byte_counts(_mm256_andnot_si256(state, mask)), _mm256_set1_epi8(1));
            _mm256_madd_epi16(pairs, _mm256_set1_epi16(1))
        });
        let halves = [_mm256_packus_epi32(counts[0], counts[1]), _mm256_packus_epi32(counts[2], counts[3])];
        reached.report(block, symbols, _mm256_packus_epi16(halves[0], halves[1]), found);
    }
}

#[target_feature(enable = "avx2")]
fn scan64_avx2(blocks: &[u8], length: usize, table: &Table<u64>, ends: &Ends, needed: &[u8; ENDS], found: &mut impl FnMut(usize, u8, u8)) {
    let tables = byte_tables(&table.positions.map(u64::to_le_bytes));
    let mask = _mm256_set1_epi64x(table.mask as i64);
    let reached = Reached::new(ends, needed);
    for (block, symbols) in blocks.chunks_exact(length * LANES).enumerate() {
        let mut states = [_mm256_set1_epi8(-1); 8];
        for row in symbols.as_chunks::<LANES>().0 {
            let bytes = look_up(&tables, row);
            let pairs =
                [0, 2, 4, 6].map(|at| [_mm256_unpacklo_epi8(bytes[at], bytes[at + 1]), _mm256_unpackhi_epi8(bytes[at], bytes[at + 1])]);
            for half in 0..2 {
                let low = [_mm256_unpacklo_epi16(pairs[0][half], pairs[1][half]), _mm256_unpackhi_epi16(pairs[0][half], pairs[1][half])];
                let high = [_mm256_unpacklo_epi16(pairs[2][half], pairs[3][half]), _mm256_unpackhi_epi16(pairs[2][half], pairs[3][half])];
                for quarter in 0..2 {
                    let positions =
                        [_mm256_unpacklo_epi32(low[quarter], high[quarter]), _mm256_unpackhi_epi32(low[quarter], high[quarter])];
                    for (state, positions) in states[half * 4 + quarter * 2..].iter_mut().zip(positions) {
                        let hit = _mm256_and_si256(*state, positions);
                        *state = _mm256_or_si256(_mm256_add_epi64(*state, hit), _mm256_sub_epi64(*state, hit));
                    }
                }
            }
        }
        // The sum of absolute differences from zero adds up the bytes of each 64-bit lane.
        let counts = states.map(|state| _mm256_sad_epu8(byte_counts(_mm256_andnot_si256(state, mask)), _mm256_setzero_si256()));
        let quarters = [0, 2, 4, 6].map(|at| lower_halves(counts[at], counts[at + 1]));
        let halves = [_mm256_packus_epi32(quarters[0], quarters[1]), _mm256_packus_epi32(quarters[2], quarters[3])];
        reached.report(block, symbols, _mm256_packus_epi16(halves[0], halves[1]), found);
    }
}

/// The lower 32 bits of the 64-bit lanes of two registers, in 128-bit halves as packing goes.
#[target_feature(enable = "avx2")]
#[inline]
fn lower_halves(first: __m256i, second: __m256i) -> __m256i {
    _mm256_castps_si256(_mm256_shuffle_ps::<0b10_00_10_00>(_mm256_castsi256_ps(first), _mm256_castsi256_ps(second)))
}

/// Tells the forms of a block that have enough in common.
///
/// To leave the ends alone where no form of a block reaches the least that is needed of any was
/// slower: where one in some hundred forms reaches it, the branch is a guess.
pub(super) struct Reached {
    beginning: ByteTables<1>,
    end: ByteTables<1>,
    /// By the bits of the places that hold, how many do without a gap; for the end, times four.
    unbroken: [__m256i; 2],
    /// By ends, one less than what is needed.
    below: __m256i,
}

impl Reached {
    #[target_feature(enable = "avx2")]
    pub(super) fn new(ends: &Ends, needed: &[u8; ENDS]) -> Self {
        let unbroken = |times: u8| twice(&std::array::from_fn(|bits: usize| times * (bits as u8 & 7).trailing_ones() as u8));
        // Padding has nothing in common: no form is asked for less than one symbol.
        let below = needed.map(|needed| needed.max(1) - 1);
        Self {
            beginning: byte_tables(&ends.beginning.map(|bits| [bits])),
            end: byte_tables(&ends.end.map(|bits| [bits])),
            unbroken: [unbroken(1), unbroken(4)],
            below: twice(&below),
        }
    }

    /// Reports the forms of a block whose `counts`, a byte each in their order, reach what is needed.
    #[target_feature(enable = "avx2")]
    #[inline]
    pub(super) fn report(&self, block: usize, symbols: &[u8], counts: __m256i, found: &mut impl FnMut(usize, u8, u8)) {
        let rows = symbols.as_chunks::<LANES>().0;
        let (mut beginning, mut end) = (_mm256_setzero_si256(), _mm256_setzero_si256());
        for (place, (first, last)) in rows.iter().zip(rows.iter().rev()).take(ENDMOST).enumerate() {
            let ([first], [last]) = (look_up(&self.beginning, first), look_up(&self.end, last));
            let bit = _mm256_set1_epi8(1 << place);
            beginning = _mm256_or_si256(beginning, _mm256_and_si256(first, bit));
            end = _mm256_or_si256(end, _mm256_and_si256(last, bit));
        }
        let holds = _mm256_or_si256(_mm256_shuffle_epi8(self.unbroken[0], beginning), _mm256_shuffle_epi8(self.unbroken[1], end));
        let below = _mm256_shuffle_epi8(self.below, holds);
        // Counts may be 128, which is no signed byte: what is left above `below` is not nothing.
        let beyond = _mm256_subs_epu8(counts, below);
        let mut reached = !_mm256_movemask_epi8(_mm256_cmpeq_epi8(beyond, _mm256_setzero_si256())) as u32;
        if reached == 0 {
            return;
        }
        let (commons, ends) = (bytes_of(counts), bytes_of(holds));
        while reached != 0 {
            let lane = reached.trailing_zeros() as usize;
            found(block * LANES + lane, commons[lane], ends[lane]);
            reached &= reached - 1;
        }
    }
}

/// Sixteen entries in both halves: a shuffle looks into its own.
#[target_feature(enable = "avx2")]
#[inline]
fn twice(entries: &[u8; 16]) -> __m256i {
    let mut bytes = [0; 32];
    bytes[..16].copy_from_slice(entries);
    bytes[16..].copy_from_slice(entries);
    load(&bytes)
}

#[target_feature(enable = "avx2")]
fn byte_tables<const BYTES: usize>(entries: &[[u8; BYTES]; 32]) -> ByteTables<BYTES> {
    ByteTables(std::array::from_fn(|place| [0, 16].map(|first| twice(&std::array::from_fn(|at| entries[first + at][place])))))
}

/// The table's bytes for 32 symbols.
#[target_feature(enable = "avx2")]
#[inline]
fn look_up<const BYTES: usize>(tables: &ByteTables<BYTES>, row: &[u8; LANES]) -> [__m256i; BYTES] {
    let symbols = load(row);
    // Bit 4 of each symbol moves to bit 7, which the blend looks at; what spills over from the
    // byte below lands in bits that nothing looks at.
    let upper = _mm256_slli_epi16(symbols, 3);
    let mut bytes = [symbols; BYTES];
    for (bytes, [below, above]) in bytes.iter_mut().zip(&tables.0) {
        *bytes = _mm256_blendv_epi8(_mm256_shuffle_epi8(*below, symbols), _mm256_shuffle_epi8(*above, symbols), upper);
    }
    bytes
}

/// One bits of each byte.
#[target_feature(enable = "avx2")]
#[inline]
pub(super) fn byte_counts(bits: __m256i) -> __m256i {
    let of_nibble = _mm256_setr_epi8(0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4, 0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4);
    let nibble = _mm256_set1_epi8(15);
    let low = _mm256_shuffle_epi8(of_nibble, _mm256_and_si256(bits, nibble));
    let high = _mm256_shuffle_epi8(of_nibble, _mm256_and_si256(_mm256_srli_epi16(bits, 4), nibble));
    _mm256_add_epi8(low, high)
}

#[target_feature(enable = "avx2")]
#[inline]
fn bytes_of(register: __m256i) -> [u8; LANES] {
    let mut bytes = [0; LANES];
    // SAFETY: the array has the 32 bytes that the store writes, and needs no alignment.
    unsafe { _mm256_storeu_si256(bytes.as_mut_ptr().cast(), register) };
    bytes
}

#[target_feature(enable = "avx2")]
#[inline]
pub(super) fn load(bytes: &[u8; 32]) -> __m256i {
    // SAFETY: the reference is to the 32 bytes that are read, and the load needs no alignment.
    unsafe { _mm256_loadu_si256(bytes.as_ptr().cast()) }
}
