//! AVX2: a block of 32 forms in one register of 8-bit lanes, two of 16-bit, four of 32-bit or
//! eight of 64-bit lanes.
//!
//! The table of 32 entries is looked up byte by byte: two shuffles give the entries of the
//! symbols below and above 16, the symbol's bit 4 chooses between them, and unpacking puts
//! the bytes of an entry together. Unpacking works in 128-bit halves, so the lanes of a
//! register are not in the order of the forms; [`LANES_16`] and its like say which form
//! each lane holds.
#![expect(unsafe_code, reason = "vector loads take pointers, and a function for AVX2 may only run where AVX2 is")]

use std::arch::x86_64::*;

use crate::index::column::LANES;
use crate::scan::pattern::Table;

/// First form of each run of sixteen lanes.
const LANES_8: [usize; 2] = [0, 16];
/// First form of each run of eight lanes, by register.
const LANES_16: [[usize; 2]; 2] = [[0, 16], [8, 24]];
/// First form of each run of four lanes, by register.
const LANES_32: [[usize; 2]; 4] = [[0, 16], [4, 20], [8, 24], [12, 28]];
/// First form of each run of two lanes, by register.
const LANES_64: [[usize; 2]; 8] = [[0, 16], [2, 18], [4, 20], [6, 22], [8, 24], [10, 26], [12, 28], [14, 30]];

/// The bytes of a table, one place of the entries each, for symbols below 16 and from 16 on.
struct ByteTables<const BYTES: usize>([[__m256i; 2]; BYTES]);

/// See [`super::scan`]. For queries of up to 8 symbols: a block is one register, and no byte
/// of the table needs a partner.
///
/// # Panics
/// Where the machine has no AVX2.
pub(super) fn scan8(blocks: &[u8], length: usize, table: &Table<u8>, needed: u8, found: &mut impl FnMut(usize, u8)) {
    assert!(std::arch::is_x86_feature_detected!("avx2"), "the path is chosen by what the machine has");
    // SAFETY: the machine has AVX2, as was just asserted.
    unsafe { scan8_avx2(blocks, length, table, needed, found) }
}

/// See [`super::scan`]. For queries of up to 16 symbols.
///
/// # Panics
/// Where the machine has no AVX2.
pub(super) fn scan16(blocks: &[u8], length: usize, table: &Table<u16>, needed: u8, found: &mut impl FnMut(usize, u8)) {
    assert!(std::arch::is_x86_feature_detected!("avx2"), "the path is chosen by what the machine has");
    // SAFETY: the machine has AVX2, as was just asserted.
    unsafe { scan16_avx2(blocks, length, table, needed, found) }
}

/// See [`super::scan`]. For queries of up to 32 symbols.
///
/// # Panics
/// Where the machine has no AVX2.
pub(super) fn scan32(blocks: &[u8], length: usize, table: &Table<u32>, needed: u8, found: &mut impl FnMut(usize, u8)) {
    assert!(std::arch::is_x86_feature_detected!("avx2"), "the path is chosen by what the machine has");
    // SAFETY: the machine has AVX2, as was just asserted.
    unsafe { scan32_avx2(blocks, length, table, needed, found) }
}

/// See [`super::scan`]. For queries of up to 64 symbols.
///
/// # Panics
/// Where the machine has no AVX2.
pub(super) fn scan64(blocks: &[u8], length: usize, table: &Table<u64>, needed: u8, found: &mut impl FnMut(usize, u8)) {
    assert!(std::arch::is_x86_feature_detected!("avx2"), "the path is chosen by what the machine has");
    // SAFETY: the machine has AVX2, as was just asserted.
    unsafe { scan64_avx2(blocks, length, table, needed, found) }
}

#[target_feature(enable = "avx2")]
fn scan8_avx2(blocks: &[u8], length: usize, table: &Table<u8>, needed: u8, found: &mut impl FnMut(usize, u8)) {
    let tables = byte_tables(&table.positions.map(u8::to_le_bytes));
    let mask = _mm256_set1_epi8(table.mask as i8);
    // Counts are at most 8, so signed bytes compare them.
    let below = _mm256_set1_epi8(needed as i8 - 1);
    for (block, symbols) in blocks.chunks_exact(length * LANES).enumerate() {
        let mut state = _mm256_set1_epi8(-1);
        for row in symbols.as_chunks::<LANES>().0 {
            let [positions] = look_up(&tables, row);
            let hit = _mm256_and_si256(state, positions);
            state = _mm256_or_si256(_mm256_add_epi8(state, hit), _mm256_sub_epi8(state, hit));
        }
        let counts = byte_counts(_mm256_andnot_si256(state, mask));
        let reached = _mm256_movemask_epi8(_mm256_cmpgt_epi8(counts, below)) as u32;
        if reached != 0 {
            let mut lanes = [0_u8; LANES];
            // SAFETY: the array has the 32 bytes that the store writes, and needs no alignment.
            unsafe { _mm256_storeu_si256(lanes.as_mut_ptr().cast(), counts) };
            report(block * LANES, reached, &lanes.map(u16::from), LANES_8, found);
        }
    }
}

#[target_feature(enable = "avx2")]
fn scan16_avx2(blocks: &[u8], length: usize, table: &Table<u16>, needed: u8, found: &mut impl FnMut(usize, u8)) {
    let tables = byte_tables(&table.positions.map(u16::to_le_bytes));
    let mask = _mm256_set1_epi16(table.mask as i16);
    let below = _mm256_set1_epi16(i16::from(needed) - 1);
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
        for (state, runs) in states.into_iter().zip(LANES_16) {
            // Pairs of byte counts add up to the count of a 16-bit lane.
            let counts = _mm256_maddubs_epi16(byte_counts(_mm256_andnot_si256(state, mask)), _mm256_set1_epi8(1));
            let reached = _mm256_movemask_epi8(_mm256_cmpgt_epi16(counts, below)) as u32;
            if reached != 0 {
                let mut lanes = [0_u16; 16];
                // SAFETY: the array has the 32 bytes that the store writes, and needs no alignment.
                unsafe { _mm256_storeu_si256(lanes.as_mut_ptr().cast(), counts) };
                report(block * LANES, reached, &lanes, runs, found);
            }
        }
    }
}

#[target_feature(enable = "avx2")]
fn scan32_avx2(blocks: &[u8], length: usize, table: &Table<u32>, needed: u8, found: &mut impl FnMut(usize, u8)) {
    let tables = byte_tables(&table.positions.map(u32::to_le_bytes));
    let mask = _mm256_set1_epi32(table.mask as i32);
    let below = _mm256_set1_epi32(i32::from(needed) - 1);
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
        for (state, runs) in states.into_iter().zip(LANES_32) {
            let pairs = _mm256_maddubs_epi16(byte_counts(_mm256_andnot_si256(state, mask)), _mm256_set1_epi8(1));
            let counts = _mm256_madd_epi16(pairs, _mm256_set1_epi16(1));
            let reached = _mm256_movemask_epi8(_mm256_cmpgt_epi32(counts, below)) as u32;
            if reached != 0 {
                let mut lanes = [0_u32; 8];
                // SAFETY: the array has the 32 bytes that the store writes, and needs no alignment.
                unsafe { _mm256_storeu_si256(lanes.as_mut_ptr().cast(), counts) };
                report(block * LANES, reached, &lanes.map(|count| count as u16), runs, found);
            }
        }
    }
}

#[target_feature(enable = "avx2")]
fn scan64_avx2(blocks: &[u8], length: usize, table: &Table<u64>, needed: u8, found: &mut impl FnMut(usize, u8)) {
    let tables = byte_tables(&table.positions.map(u64::to_le_bytes));
    let mask = _mm256_set1_epi64x(table.mask as i64);
    let below = _mm256_set1_epi64x(i64::from(needed) - 1);
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
        for (state, runs) in states.into_iter().zip(LANES_64) {
            // The sum of absolute differences from zero adds up the bytes of each 64-bit lane.
            let counts = _mm256_sad_epu8(byte_counts(_mm256_andnot_si256(state, mask)), _mm256_setzero_si256());
            let reached = _mm256_movemask_epi8(_mm256_cmpgt_epi64(counts, below)) as u32;
            if reached != 0 {
                let mut lanes = [0_u64; 4];
                // SAFETY: the array has the 32 bytes that the store writes, and needs no alignment.
                unsafe { _mm256_storeu_si256(lanes.as_mut_ptr().cast(), counts) };
                report(block * LANES, reached, &lanes.map(|count| count as u16), runs, found);
            }
        }
    }
}

/// Reports the lanes of one register that reach `needed`: `bytes` has a bit for each byte of the
/// lanes that do, `run` lanes each begin at the forms `runs`.
fn report<const LANE_COUNT: usize>(
    first_form: usize,
    mut bytes: u32,
    counts: &[u16; LANE_COUNT],
    runs: [usize; 2],
    found: &mut impl FnMut(usize, u8),
) {
    let (lane_bytes, run) = (32 / LANE_COUNT, LANE_COUNT / 2);
    while bytes != 0 {
        let lane = bytes.trailing_zeros() as usize / lane_bytes;
        found(first_form + runs[lane / run] + lane % run, counts[lane] as u8);
        bytes &= !(((1_u64 << lane_bytes) - 1) << (lane * lane_bytes)) as u32;
    }
}

#[target_feature(enable = "avx2")]
fn byte_tables<const BYTES: usize>(entries: &[[u8; BYTES]; 32]) -> ByteTables<BYTES> {
    ByteTables(std::array::from_fn(|place| {
        [0, 16].map(|first| {
            let mut bytes = [0_u8; 32];
            for (at, byte) in bytes.iter_mut().enumerate() {
                // A shuffle looks into its own half: both halves hold the sixteen entries.
                *byte = entries[first + at % 16][place];
            }
            load(&bytes)
        })
    }))
}

/// The table's bytes for 32 symbols.
#[target_feature(enable = "avx2")]
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
fn byte_counts(bits: __m256i) -> __m256i {
    let of_nibble = _mm256_setr_epi8(0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4, 0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4);
    let nibble = _mm256_set1_epi8(15);
    let low = _mm256_shuffle_epi8(of_nibble, _mm256_and_si256(bits, nibble));
    let high = _mm256_shuffle_epi8(of_nibble, _mm256_and_si256(_mm256_srli_epi16(bits, 4), nibble));
    _mm256_add_epi8(low, high)
}

#[target_feature(enable = "avx2")]
fn load(bytes: &[u8; 32]) -> __m256i {
    // SAFETY: the reference is to the 32 bytes that are read, and the load needs no alignment.
    unsafe { _mm256_loadu_si256(bytes.as_ptr().cast()) }
}
