//! A query as the kernels read it: for each symbol, the places of the query that it matches.

/// Longest query, in symbols: the widest lane has as many bits.
pub const MAX_PATTERN: usize = 128;

/// One query form.
pub struct Pattern {
    pub(super) places: Places,
}

/// The match table of one query form.
///
/// Lane width follows the query's length: most words fit 8 bits and most names 16, and a narrow
/// lane means more forms a register.
#[expect(clippy::large_enum_variant, reason = "a query has a handful of patterns")]
pub(super) enum Places {
    /// Up to 8 symbols.
    Bits8(Table<u8>),
    /// Up to 16 symbols.
    Bits16(Table<u16>),
    /// Up to 32 symbols.
    Bits32(Table<u32>),
    /// Up to 64 symbols.
    Bits64(Table<u64>),
    /// Up to 128 symbols.
    Bits128(Table<u128>),
}

/// For each symbol's low five bits, the set of query places that it matches.
pub(super) struct Table<W> {
    /// Bit `i` of `positions[s]`: the query's symbol `i` matches `s`. Entry 0 is empty.
    pub positions: [W; 32],
    /// A bit for every place of the query.
    pub mask: W,
}

impl Pattern {
    /// The pattern of `symbols`, cut to [`MAX_PATTERN`]. `relates(query_symbol, symbol)` says
    /// whether two symbols (codes 1 to 63) match; codes with the same low five bits are one
    /// to the kernels, so a code matches where any of them does.
    pub fn new(symbols: &[u8], relates: impl Fn(u8, u8) -> bool) -> Self {
        let symbols = &symbols[..symbols.len().min(MAX_PATTERN)];
        let places = match symbols.len() {
            0..=8 => Places::Bits8(table(symbols, relates)),
            9..=16 => Places::Bits16(table(symbols, relates)),
            17..=32 => Places::Bits32(table(symbols, relates)),
            33..=64 => Places::Bits64(table(symbols, relates)),
            _ => Places::Bits128(table(symbols, relates)),
        };
        Self { places }
    }
}

fn table<W: super::kernel::Lane>(symbols: &[u8], relates: impl Fn(u8, u8) -> bool) -> Table<W> {
    let mut positions = [W::ZERO; 32];
    let mut mask = W::ZERO;
    for (place, &query) in symbols.iter().enumerate() {
        mask = mask | W::bit(place);
        for code in (1..64_u8).filter(|code| code & 31 != 0) {
            if relates(query, code) {
                let entry = &mut positions[usize::from(code & 31)];
                *entry = *entry | W::bit(place);
            }
        }
    }
    Table { positions, mask }
}
