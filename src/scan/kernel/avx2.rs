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

use super::TILE;
use crate::index::column::{Block, Blocks, LANES, Row};
use crate::scan::pattern::{ENDMOST, Ends, Table};
use crate::scan::{ENDS, MAX_PATTERN};

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
fn scan8_avx2(blocks: Blocks<'_>, table: &Table<u8>, ends: &Ends, needed: &[u8; ENDS], found: &mut impl FnMut(usize, u8, u8)) {
    let tables = byte_tables(&table.positions.map(u8::to_le_bytes));
    let mask = _mm256_set1_epi8(table.mask as i8);
    let reached = Reached::new(ends, needed);
    for_blocks_in_question!(blocks, reached, reached, |place, block, ends| {
        let mut state = _mm256_set1_epi8(-1);
        for row in block.rows().into_iter().flatten() {
            let [positions] = look_up(&tables, row);
            let hit = _mm256_and_si256(state, positions);
            state = _mm256_or_si256(_mm256_add_epi8(state, hit), _mm256_sub_epi8(state, hit));
        }
        reached.report(place, &ends, byte_counts(_mm256_andnot_si256(state, mask)), found);
    });
}

#[target_feature(enable = "avx2")]
fn scan16_avx2(blocks: Blocks<'_>, table: &Table<u16>, ends: &Ends, needed: &[u8; ENDS], found: &mut impl FnMut(usize, u8, u8)) {
    let tables = byte_tables(&table.positions.map(u16::to_le_bytes));
    let mask = _mm256_set1_epi16(table.mask as i16);
    let reached = Reached::new(ends, needed);
    for_blocks_in_question!(blocks, reached, reached, |place, block, ends| {
        let mut states = [_mm256_set1_epi8(-1); 2];
        for row in block.rows().into_iter().flatten() {
            let [low, high] = look_up(&tables, row);
            let positions = [_mm256_unpacklo_epi8(low, high), _mm256_unpackhi_epi8(low, high)];
            for (state, positions) in states.iter_mut().zip(positions) {
                let hit = _mm256_and_si256(*state, positions);
                *state = _mm256_or_si256(_mm256_add_epi16(*state, hit), _mm256_sub_epi16(*state, hit));
            }
        }
        // Pairs of byte counts add up to the count of a 16-bit lane.
        let counts = states.map(|state| _mm256_maddubs_epi16(byte_counts(_mm256_andnot_si256(state, mask)), _mm256_set1_epi8(1)));
        reached.report(place, &ends, _mm256_packus_epi16(counts[0], counts[1]), found);
    });
}

#[target_feature(enable = "avx2")]
fn scan32_avx2(blocks: Blocks<'_>, table: &Table<u32>, ends: &Ends, needed: &[u8; ENDS], found: &mut impl FnMut(usize, u8, u8)) {
    let tables = byte_tables(&table.positions.map(u32::to_le_bytes));
    let mask = _mm256_set1_epi32(table.mask as i32);
    let reached = Reached::new(ends, needed);
    for_blocks_in_question!(blocks, reached, reached, |place, block, ends| {
        let mut states = [_mm256_set1_epi8(-1); 4];
        for row in block.rows().into_iter().flatten() {
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
        reached.report(place, &ends, _mm256_packus_epi16(halves[0], halves[1]), found);
    });
}

#[target_feature(enable = "avx2")]
fn scan64_avx2(blocks: Blocks<'_>, table: &Table<u64>, ends: &Ends, needed: &[u8; ENDS], found: &mut impl FnMut(usize, u8, u8)) {
    let tables = byte_tables(&table.positions.map(u64::to_le_bytes));
    let mask = _mm256_set1_epi64x(table.mask as i64);
    let reached = Reached::new(ends, needed);
    for_blocks_in_question!(blocks, reached, reached, |place, block, ends| {
        let mut states = [_mm256_set1_epi8(-1); 8];
        for row in block.rows().into_iter().flatten() {
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
        reached.report(place, &ends, _mm256_packus_epi16(halves[0], halves[1]), found);
    });
}

/// See [`super::each_reaching`].
///
/// # Panics
/// Where the machine lacks what the path needs.
pub(super) fn each_reaching(values: &[i16], least: i16, found: &mut impl FnMut(usize)) {
    assert!(std::arch::is_x86_feature_detected!("avx2"), "the path is chosen by what the machine has");
    // SAFETY: the machine has AVX2, as was just asserted.
    unsafe { each_reaching_avx2(values, least, found) }
}

#[target_feature(enable = "avx2")]
fn each_reaching_avx2(values: &[i16], least: i16, found: &mut impl FnMut(usize)) {
    const CHUNK: usize = 32;
    let below = _mm256_set1_epi16(least - 1);
    let (chunks, rest) = values.as_chunks::<CHUNK>();
    for (place, chunk) in chunks.iter().enumerate() {
        // SAFETY: each half of the chunk has the 32 bytes that are read, and the load needs no alignment.
        let [low, high] = [0, CHUNK / 2].map(|first| unsafe { _mm256_loadu_si256(chunk[first..].as_ptr().cast()) });
        // Two bits a value.
        let bits = |values| u64::from(_mm256_movemask_epi8(_mm256_cmpgt_epi16(values, below)) as u32);
        let mut reaching = bits(low) | bits(high) << 32;
        while reaching != 0 {
            let twice = reaching.trailing_zeros();
            found(place * CHUNK + twice as usize / 2);
            reaching &= !(3 << twice);
        }
    }
    let first = chunks.len() * CHUNK;
    rest.iter().enumerate().filter(|(_, value)| **value >= least).for_each(|(place, _)| found(first + place));
}

/// The lower 32 bits of the 64-bit lanes of two registers, in 128-bit halves as packing goes.
#[target_feature(enable = "avx2")]
#[inline]
fn lower_halves(first: __m256i, second: __m256i) -> __m256i {
    _mm256_castps_si256(_mm256_shuffle_ps::<0b10_00_10_00>(_mm256_castsi256_ps(first), _mm256_castsi256_ps(second)))
}

/// Tells the forms of a block that have enough in common.
pub(super) struct Reached {
    beginning: ByteTables<1>,
    end: ByteTables<1>,
    /// By the bits of the places that hold, how many do without a gap; for the end, times four.
    unbroken: [__m256i; 2],
    /// By the bit of the outermost place, the most that may hold; for the end, times four.
    outermost: [__m256i; 2],
    /// By ends, one less than what is needed.
    below: __m256i,
}

impl Reached {
    #[target_feature(enable = "avx2")]
    pub(super) fn new(ends: &Ends, needed: &[u8; ENDS]) -> Self {
        let unbroken = |times: u8| twice(&std::array::from_fn(|bits: usize| times * (bits as u8 & 7).trailing_ones() as u8));
        let outermost = |times: u8| twice(&std::array::from_fn(|bits: usize| times * ENDMOST as u8 * (bits as u8 & 1)));
        Self {
            beginning: byte_tables(&ends.beginning.map(|bits| [bits])),
            end: byte_tables(&ends.end.map(|bits| [bits])),
            unbroken: [unbroken(1), unbroken(4)],
            outermost: [outermost(1), outermost(4)],
            below: below(needed),
        }
    }

    /// Of a tile of blocks that begins at `first`, those whose outermost symbols let some form have enough in
    /// common, as places in the tile; the memory between their ends is asked for.
    ///
    /// Most blocks end here: a form whose ends don't hold must have nearly all else in common, and one that
    /// is much longer or shorter than the query never has enough. Which do is nothing that a processor could
    /// foresee, so it would wait for the memory of each of the others.
    #[target_feature(enable = "avx2")]
    #[inline]
    pub(super) fn in_question(&self, blocks: Blocks<'_>, first: usize, places: &mut [u8; TILE]) -> usize {
        let most = most_in_common(blocks.length);
        places_in_question(blocks, first, places, |[first, last]| {
            let ([first], [last]) = (look_up(&self.beginning, first), look_up(&self.end, last));
            // Of forms whose first symbol holds more may hold, of others none.
            let outermost = _mm256_or_si256(_mm256_shuffle_epi8(self.outermost[0], first), _mm256_shuffle_epi8(self.outermost[1], last));
            let best = EndsOfBlock { holds: outermost, below: _mm256_shuffle_epi8(self.below, outermost) };
            best.reached(most) != 0
        })
    }

    /// How the ends of a block's forms hold; `None` where that lets none of them have enough in common.
    #[target_feature(enable = "avx2")]
    #[inline]
    pub(super) fn ends(&self, block: Block<'_>) -> Option<EndsOfBlock> {
        let (mut beginning, mut end) = self.hold_at(block, 0);
        for place in 1..ENDMOST.min(block.length()) {
            let (first, last) = self.hold_at(block, place);
            beginning = _mm256_or_si256(beginning, first);
            end = _mm256_or_si256(end, last);
        }
        let holds = _mm256_or_si256(_mm256_shuffle_epi8(self.unbroken[0], beginning), _mm256_shuffle_epi8(self.unbroken[1], end));
        let ends = EndsOfBlock { holds, below: _mm256_shuffle_epi8(self.below, holds) };
        (ends.reached(most_in_common(block.length())) != 0).then_some(ends)
    }

    /// Where the symbols so far from the beginning and from the end hold: the bit of their place.
    #[target_feature(enable = "avx2")]
    #[inline]
    fn hold_at(&self, block: Block<'_>, place: usize) -> (__m256i, __m256i) {
        let ([first], [last]) = (look_up(&self.beginning, block.row(place)), look_up(&self.end, block.row(block.length() - 1 - place)));
        let bit = _mm256_set1_epi8(1 << place);
        (_mm256_and_si256(first, bit), _mm256_and_si256(last, bit))
    }

    /// Reports the forms of a block whose `counts`, a byte each in their order, reach what is needed.
    #[target_feature(enable = "avx2")]
    #[inline]
    pub(super) fn report(&self, block: usize, ends: &EndsOfBlock, counts: __m256i, found: &mut impl FnMut(usize, u8, u8)) {
        let mut reached = ends.reached(counts);
        if reached == 0 {
            return;
        }
        let (commons, ends) = (bytes_of(counts), bytes_of(ends.holds));
        while reached != 0 {
            let lane = reached.trailing_zeros() as usize;
            found(block * LANES + lane, commons[lane], ends[lane]);
            reached &= reached - 1;
        }
    }
}

/// The places of the tile's blocks whose ends `may_reach`; the memory between these is asked for.
#[inline(always)]
pub(super) fn places_in_question(
    blocks: Blocks<'_>,
    first: usize,
    places: &mut [u8; TILE],
    may_reach: impl Fn(&[Row; 2]) -> bool,
) -> usize {
    let mut count = 0;
    for (place, ends) in (0..).zip(blocks.ends[first..].iter().take(TILE)) {
        // Without a branch: nobody could foresee which it is.
        places[count] = place;
        count += usize::from(may_reach(ends));
    }
    for &place in &places[..count] {
        for row in blocks.block(first + usize::from(place)).between.iter().step_by(ROWS_OF_LINE) {
            // SAFETY: x86-64 has SSE, and to ask for memory reads nothing.
            unsafe { _mm_prefetch::<_MM_HINT_T0>(row.as_ptr().cast()) };
        }
    }
    count
}

/// By ends, one less than what is needed. Padding has nothing in common: no form is asked for less than one symbol.
#[target_feature(enable = "avx2")]
pub(super) fn below(needed: &[u8; ENDS]) -> __m256i {
    twice(&needed.map(|needed| needed.max(1) - 1))
}

/// No form has more in common than it has symbols.
#[target_feature(enable = "avx2")]
#[inline]
pub(super) fn most_in_common(length: usize) -> __m256i {
    _mm256_set1_epi8(length.min(MAX_PATTERN) as i8)
}

/// Rows in a line of the cache.
const ROWS_OF_LINE: usize = 2;

/// How the ends of a block's forms hold, a byte a form.
pub(super) struct EndsOfBlock {
    /// As [`crate::scan::Candidate::ends`] has it.
    holds: __m256i,
    /// One less than what is needed.
    below: __m256i,
}

impl EndsOfBlock {
    /// The forms that reach what is needed with so much in common, a bit each.
    #[target_feature(enable = "avx2")]
    #[inline]
    fn reached(&self, counts: __m256i) -> u32 {
        // Counts may be 128, which is no signed byte: what is left above `below` is not nothing.
        let beyond = _mm256_subs_epu8(counts, self.below);
        !_mm256_movemask_epi8(_mm256_cmpeq_epi8(beyond, _mm256_setzero_si256())) as u32
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
fn look_up<const BYTES: usize>(tables: &ByteTables<BYTES>, row: &Row) -> [__m256i; BYTES] {
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
