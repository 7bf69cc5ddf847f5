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
//! the loads into a unit of their own, and a call for each row took longer than all else. For the same reason
//! there are indices where there could be `map` and `zip`: what those are made of knows nothing of AVX2, so
//! closures over registers are not compiled into it.
#![expect(unsafe_code, reason = "vector loads take pointers, and a function for AVX2 may only run where AVX2 is")]
#![expect(clippy::needless_range_loop, reason = "see above")]

use std::arch::x86_64::*;

use super::Run;
use crate::index::column::{Blocks, LANES, Row};
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
    /// See [`super::scan`]. For queries of up to 24 symbols: names of middle length, and a byte less to look up.
    scan24, u32, scan32_avx2::<3>, "avx2"
}

guarded! {
    /// See [`super::scan`]. For queries of up to 32 symbols.
    scan32, u32, scan32_avx2::<4>, "avx2"
}

guarded! {
    /// See [`super::scan`]. For queries of up to 64 symbols.
    scan64, u64, scan64_avx2, "avx2"
}

#[target_feature(enable = "avx2")]
fn scan8_avx2<'r>(runs: impl Iterator<Item = Run<'r>>, table: &Table<u8>, ends: &Ends, found: &mut impl FnMut(&Run<'_>, usize, u8, u8)) {
    let tables = byte_tables(&table.positions.map(u8::to_le_bytes));
    let mask = _mm256_set1_epi8(table.mask as i8);
    let tables_of_ends = EndTables::new(ends);
    for_blocks_in_question!(runs, ends, tables_of_ends, |run, place, block, ends| {
        let mut state = _mm256_set1_epi8(-1);
        for row in block {
            let [positions] = look_up(&tables, row);
            let hit = _mm256_and_si256(state, positions);
            state = _mm256_or_si256(_mm256_add_epi8(state, hit), _mm256_sub_epi8(state, hit));
        }
        report(&run, place, &ends, byte_counts(_mm256_andnot_si256(state, mask)), found);
    });
}

#[target_feature(enable = "avx2")]
fn scan16_avx2<'r>(runs: impl Iterator<Item = Run<'r>>, table: &Table<u16>, ends: &Ends, found: &mut impl FnMut(&Run<'_>, usize, u8, u8)) {
    let tables = byte_tables(&table.positions.map(u16::to_le_bytes));
    let mask = _mm256_set1_epi16(table.mask as i16);
    let tables_of_ends = EndTables::new(ends);
    for_blocks_in_question!(runs, ends, tables_of_ends, |run, place, block, ends| {
        let mut states = [_mm256_set1_epi8(-1); 2];
        for row in block {
            let [low, high] = look_up(&tables, row);
            let positions = [_mm256_unpacklo_epi8(low, high), _mm256_unpackhi_epi8(low, high)];
            for at in 0..states.len() {
                let hit = _mm256_and_si256(states[at], positions[at]);
                states[at] = _mm256_or_si256(_mm256_add_epi16(states[at], hit), _mm256_sub_epi16(states[at], hit));
            }
        }
        report(&run, place, &ends, _mm256_packus_epi16(counts_of_shorts(states[0], mask), counts_of_shorts(states[1], mask)), found);
    });
}

#[target_feature(enable = "avx2")]
fn scan32_avx2<'r, const BYTES: usize>(
    runs: impl Iterator<Item = Run<'r>>,
    table: &Table<u32>,
    ends: &Ends,
    found: &mut impl FnMut(&Run<'_>, usize, u8, u8),
) {
    let tables = byte_tables(&table.positions.map(|positions| std::array::from_fn::<u8, BYTES, _>(|place| positions.to_le_bytes()[place])));
    let mask = _mm256_set1_epi32(table.mask as i32);
    let tables_of_ends = EndTables::new(ends);
    for_blocks_in_question!(runs, ends, tables_of_ends, |run, place, block, ends| {
        let mut states = [_mm256_set1_epi8(-1); 4];
        for row in block {
            let bytes = look_up(&tables, row);
            let fourth = if BYTES == 4 { bytes[BYTES - 1] } else { _mm256_setzero_si256() };
            let (low, high) = (
                [_mm256_unpacklo_epi8(bytes[0], bytes[1]), _mm256_unpackhi_epi8(bytes[0], bytes[1])],
                [_mm256_unpacklo_epi8(bytes[2], fourth), _mm256_unpackhi_epi8(bytes[2], fourth)],
            );
            let positions = [
                _mm256_unpacklo_epi16(low[0], high[0]),
                _mm256_unpackhi_epi16(low[0], high[0]),
                _mm256_unpacklo_epi16(low[1], high[1]),
                _mm256_unpackhi_epi16(low[1], high[1]),
            ];
            for at in 0..states.len() {
                let hit = _mm256_and_si256(states[at], positions[at]);
                states[at] = _mm256_or_si256(_mm256_add_epi32(states[at], hit), _mm256_sub_epi32(states[at], hit));
            }
        }
        let low = _mm256_packus_epi32(counts_of_ints(states[0], mask), counts_of_ints(states[1], mask));
        let high = _mm256_packus_epi32(counts_of_ints(states[2], mask), counts_of_ints(states[3], mask));
        report(&run, place, &ends, _mm256_packus_epi16(low, high), found);
    });
}

#[target_feature(enable = "avx2")]
fn scan64_avx2<'r>(runs: impl Iterator<Item = Run<'r>>, table: &Table<u64>, ends: &Ends, found: &mut impl FnMut(&Run<'_>, usize, u8, u8)) {
    let tables = byte_tables(&table.positions.map(u64::to_le_bytes));
    let mask = _mm256_set1_epi64x(table.mask as i64);
    let tables_of_ends = EndTables::new(ends);
    for_blocks_in_question!(runs, ends, tables_of_ends, |run, place, block, ends| {
        let mut states = [_mm256_set1_epi8(-1); 8];
        for row in block {
            let bytes = look_up(&tables, row);
            let low = [_mm256_unpacklo_epi8(bytes[0], bytes[1]), _mm256_unpackhi_epi8(bytes[0], bytes[1])];
            let next = [_mm256_unpacklo_epi8(bytes[2], bytes[3]), _mm256_unpackhi_epi8(bytes[2], bytes[3])];
            let third = [_mm256_unpacklo_epi8(bytes[4], bytes[5]), _mm256_unpackhi_epi8(bytes[4], bytes[5])];
            let high = [_mm256_unpacklo_epi8(bytes[6], bytes[7]), _mm256_unpackhi_epi8(bytes[6], bytes[7])];
            for half in 0..2 {
                let lower = [_mm256_unpacklo_epi16(low[half], next[half]), _mm256_unpackhi_epi16(low[half], next[half])];
                let upper = [_mm256_unpacklo_epi16(third[half], high[half]), _mm256_unpackhi_epi16(third[half], high[half])];
                for quarter in 0..2 {
                    let at = half * 4 + quarter * 2;
                    states[at] = next_long(states[at], _mm256_unpacklo_epi32(lower[quarter], upper[quarter]));
                    states[at + 1] = next_long(states[at + 1], _mm256_unpackhi_epi32(lower[quarter], upper[quarter]));
                }
            }
        }
        let low = _mm256_packus_epi32(counts_of_longs(states[0], states[1], mask), counts_of_longs(states[2], states[3], mask));
        let high = _mm256_packus_epi32(counts_of_longs(states[4], states[5], mask), counts_of_longs(states[6], states[7], mask));
        report(&run, place, &ends, _mm256_packus_epi16(low, high), found);
    });
}

/// The recurrence on 64-bit lanes.
#[target_feature(enable = "avx2")]
#[inline]
fn next_long(state: __m256i, positions: __m256i) -> __m256i {
    let hit = _mm256_and_si256(state, positions);
    _mm256_or_si256(_mm256_add_epi64(state, hit), _mm256_sub_epi64(state, hit))
}

/// The counts of 16-bit lanes out of their states: pairs of byte counts, added up.
#[target_feature(enable = "avx2")]
#[inline]
fn counts_of_shorts(state: __m256i, mask: __m256i) -> __m256i {
    _mm256_maddubs_epi16(byte_counts(_mm256_andnot_si256(state, mask)), _mm256_set1_epi8(1))
}

/// The same of 32-bit lanes.
#[target_feature(enable = "avx2")]
#[inline]
fn counts_of_ints(state: __m256i, mask: __m256i) -> __m256i {
    _mm256_madd_epi16(counts_of_shorts(state, mask), _mm256_set1_epi16(1))
}

/// The same of two registers of 64-bit lanes, in 32 bits each.
#[target_feature(enable = "avx2")]
#[inline]
fn counts_of_longs(first: __m256i, second: __m256i, mask: __m256i) -> __m256i {
    // The sum of absolute differences from zero adds up the bytes of each 64-bit lane.
    let first = _mm256_sad_epu8(byte_counts(_mm256_andnot_si256(first, mask)), _mm256_setzero_si256());
    let second = _mm256_sad_epu8(byte_counts(_mm256_andnot_si256(second, mask)), _mm256_setzero_si256());
    lower_halves(first, second)
}

/// The lower 32 bits of the 64-bit lanes of two registers, in 128-bit halves as packing goes.
#[target_feature(enable = "avx2")]
#[inline]
fn lower_halves(first: __m256i, second: __m256i) -> __m256i {
    _mm256_castps_si256(_mm256_shuffle_ps::<0b10_00_10_00>(_mm256_castsi256_ps(first), _mm256_castsi256_ps(second)))
}

/// By the bits of the places that hold, how many do without a gap, so many times.
#[target_feature(enable = "avx2")]
pub(super) fn unbroken(times: u8) -> __m256i {
    twice(&std::array::from_fn(|bits: usize| times * (bits as u8 & 7).trailing_ones() as u8))
}

/// Tells the forms of a block by their ends.
struct EndTables {
    beginning: ByteTables<1>,
    end: ByteTables<1>,
    /// By the bits of the places that hold, how many do without a gap; for the end, times four.
    unbroken: [__m256i; 2],
}

impl EndTables {
    #[target_feature(enable = "avx2")]
    fn new(ends: &Ends) -> Self {
        Self {
            beginning: byte_tables(&ends.beginning.map(|bits| [bits])),
            end: byte_tables(&ends.end.map(|bits| [bits])),
            unbroken: [unbroken(1), unbroken(4)],
        }
    }

    /// How the ends of a block's forms hold; `None` where that lets none of them have enough in common.
    #[target_feature(enable = "avx2")]
    #[inline]
    fn ends(&self, block: &[Row], below: __m256i) -> Option<EndsOfBlock> {
        let (mut beginning, mut end) = self.hold_at(block, 0);
        for place in 1..ENDMOST.min(block.len()) {
            let (first, last) = self.hold_at(block, place);
            beginning = _mm256_or_si256(beginning, first);
            end = _mm256_or_si256(end, last);
        }
        EndsOfBlock::new(beginning, end, &self.unbroken, below, block.len())
    }

    /// Where the symbols so far from the beginning and from the end hold: the bit of their place.
    #[target_feature(enable = "avx2")]
    #[inline]
    fn hold_at(&self, block: &[Row], place: usize) -> (__m256i, __m256i) {
        let ([first], [last]) = (look_up(&self.beginning, &block[place]), look_up(&self.end, &block[block.len() - 1 - place]));
        let bit = _mm256_set1_epi8(1 << place);
        (_mm256_and_si256(first, bit), _mm256_and_si256(last, bit))
    }
}

/// Asks for the memory of these blocks of a tile.
#[target_feature(enable = "avx2")]
#[inline]
pub(super) fn ask_for(blocks: Blocks<'_>, first_block: usize, places: &[u8]) {
    for &place in places {
        let rows = blocks.block(first_block + usize::from(place));
        // A chain of iterators took a tenth of all instructions of a search.
        let mut at = 0;
        while at < rows.len() {
            _mm_prefetch::<_MM_HINT_T0>(rows[at].as_ptr().cast());
            at += ROWS_OF_LINE;
        }
        // The last row, too: a block need not begin with a line.
        _mm_prefetch::<_MM_HINT_T0>(rows[rows.len() - 1].as_ptr().cast());
    }
}

/// Reports the forms of a block whose `counts`, a byte each in their order, reach what is needed.
#[target_feature(enable = "avx2")]
#[inline]
pub(super) fn report(run: &Run<'_>, block: usize, ends: &EndsOfBlock, counts: __m256i, found: &mut impl FnMut(&Run<'_>, usize, u8, u8)) {
    let mut reached = ends.reached(counts);
    if reached == 0 {
        return;
    }
    let (commons, ends) = (bytes_of(counts), bytes_of(ends.holds));
    while reached != 0 {
        let lane = reached.trailing_zeros() as usize;
        found(run, block * LANES + lane, commons[lane], ends[lane]);
        reached &= reached - 1;
    }
}

/// By ends, one less than what is needed. Padding has nothing in common: no form is asked for less than one symbol.
#[target_feature(enable = "avx2")]
#[inline]
pub(super) fn below(needed: &[u8; ENDS]) -> __m256i {
    // SAFETY: the reference is to the 16 bytes that are read, and the load needs no alignment.
    let needed = unsafe { _mm_loadu_si128(needed.as_ptr().cast()) };
    _mm256_broadcastsi128_si256(_mm_subs_epu8(needed, _mm_set1_epi8(1)))
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
    /// Of a block of which it is known which places hold, a bit each; `None` where that lets no form have enough in
    /// common.
    #[target_feature(enable = "avx2")]
    #[inline]
    pub(super) fn new(beginning: __m256i, end: __m256i, unbroken: &[__m256i; 2], below: __m256i, length: usize) -> Option<Self> {
        let holds = _mm256_or_si256(_mm256_shuffle_epi8(unbroken[0], beginning), _mm256_shuffle_epi8(unbroken[1], end));
        let ends = Self { holds, below: _mm256_shuffle_epi8(below, holds) };
        (ends.reached(most_in_common(length)) != 0).then_some(ends)
    }

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
    for at in 0..BYTES {
        let [below, above] = tables.0[at];
        bytes[at] = _mm256_blendv_epi8(_mm256_shuffle_epi8(below, symbols), _mm256_shuffle_epi8(above, symbols), upper);
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
