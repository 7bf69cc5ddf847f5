//! A query as the kernels read it: for each symbol, the places of the query that it matches.

/// Longest query, in symbols: the widest lane has as many bits.
pub const MAX_PATTERN: usize = 128;

/// One query form, or several that are read at once.
///
/// Several forms are laid on one another place by place, with room where one has a symbol that
/// another lacks: each form is a subsequence of the whole, so no form has more in common with a
/// name than the pattern does. One pass over a column then serves all of them.
pub struct Pattern {
    pub(super) places: Places,
    pub(super) ends: Ends,
}

/// Which symbols hold the places at the ends of the forms.
pub(super) struct Ends {
    /// For each symbol's low five bits: bit `i` where it holds a form's place `i`.
    pub beginning: [u8; 32],
    /// The same, counted from the end.
    pub end: [u8; 32],
}

/// Symbols that are looked at from each end.
pub(super) const ENDMOST: usize = 3;

/// The match table of a pattern.
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
    /// Bit `i` of `positions[s]`: a symbol at the query's place `i` matches `s`. Entry 0 is empty.
    pub positions: [W; 32],
    /// A bit for every place of the query.
    pub mask: W,
}

impl Pattern {
    /// The pattern of `forms`, each cut to [`MAX_PATTERN`]; `None` where they don't lie on one another
    /// within `most` places. `related(symbol)` is the set of symbols (codes 1 to 63, a bit each) that match
    /// one of the query, `holding(symbol)` of those that match it well enough to stand for it at an end of a
    /// form; codes with the same low five bits are one to the kernels, so a code matches where any
    /// of them does.
    pub fn of_forms(forms: &[&[u8]], most: usize, related: impl Fn(u8) -> u64, holding: impl Fn(u8) -> u64) -> Option<Self> {
        let cut = |form: &[u8]| -> Vec<u64> { form.iter().take(MAX_PATTERN).map(|&symbol| 1 << (symbol & 63)).collect() };
        let (first, others) = forms.split_first()?;
        let places = others.iter().fold(cut(first), |places, form| laid_on(&places, &cut(form)));
        if places.len() > most.min(MAX_PATTERN) {
            return None;
        }
        let mut ends = Ends { beginning: [0; 32], end: [0; 32] };
        for form in forms.iter().map(|form| &form[..form.len().min(MAX_PATTERN)]) {
            let mut enter = |table: fn(&mut Ends) -> &mut [u8; 32], place: usize, symbol: u8| {
                codes(holding(symbol)).for_each(|code| table(&mut ends)[code] |= 1 << place);
            };
            form.iter().take(ENDMOST).enumerate().for_each(|(place, &symbol)| enter(|ends| &mut ends.beginning, place, symbol));
            form.iter().rev().take(ENDMOST).enumerate().for_each(|(place, &symbol)| enter(|ends| &mut ends.end, place, symbol));
        }
        let places = match places.len() {
            0..=8 => Places::Bits8(table(&places, related)),
            9..=16 => Places::Bits16(table(&places, related)),
            17..=32 => Places::Bits32(table(&places, related)),
            33..=64 => Places::Bits64(table(&places, related)),
            _ => Places::Bits128(table(&places, related)),
        };
        Some(Self { places, ends })
    }

    /// The pattern of one form.
    pub fn new(symbols: &[u8], related: impl Fn(u8) -> u64, holding: impl Fn(u8) -> u64) -> Self {
        Self::of_forms(&[symbols], MAX_PATTERN, related, holding).expect("one form, cut to the longest pattern, fits")
    }
}

/// The low five bits of the codes of a set. Those that have none are padding to the kernels.
fn codes(set: u64) -> impl Iterator<Item = usize> {
    bits((set | set >> 32) & !1 & u64::from(u32::MAX))
}

/// The places of the bits of a set.
fn bits(mut set: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let place = set.trailing_zeros() as usize;
        (set != 0).then(|| {
            set &= set - 1;
            place
        })
    })
}

fn table<W: super::kernel::Lane>(places: &[u64], related: impl Fn(u8) -> u64) -> Table<W> {
    let mut positions = [W::ZERO; 32];
    let mut mask = W::ZERO;
    for (place, &symbols) in places.iter().enumerate() {
        mask = mask | W::bit(place);
        let all = bits(symbols).fold(0, |all, symbol| all | related(symbol as u8));
        codes(all).for_each(|code| positions[code] = positions[code] | W::bit(place));
    }
    Table { positions, mask }
}

/// The fewest places of which both sequences are subsequences, where a place may hold several
/// symbols: that of the least edits from one to the other.
fn laid_on(places: &[u64], form: &[u64]) -> Vec<u64> {
    let width = form.len() + 1;
    // `edits[i * width + j]`: from the first `i` places to the first `j` symbols.
    let mut edits = vec![0_usize; (places.len() + 1) * width];
    for i in 0..=places.len() {
        for j in 0..=form.len() {
            edits[i * width + j] = match (i, j) {
                (0, _) | (_, 0) => i + j,
                _ => {
                    let differs = usize::from(places[i - 1] & form[j - 1] == 0);
                    let either = edits[(i - 1) * width + j].min(edits[i * width + j - 1]) + 1;
                    either.min(edits[(i - 1) * width + j - 1] + differs)
                }
            };
        }
    }
    let (mut i, mut j) = (places.len(), form.len());
    let mut laid = Vec::with_capacity(i.max(j));
    while i > 0 || j > 0 {
        let here = edits[i * width + j];
        if i > 0 && j > 0 && here == edits[(i - 1) * width + j - 1] + usize::from(places[i - 1] & form[j - 1] == 0) {
            laid.push(places[i - 1] | form[j - 1]);
            (i, j) = (i - 1, j - 1);
        } else if i > 0 && here == edits[(i - 1) * width + j] + 1 {
            laid.push(places[i - 1]);
            i -= 1;
        } else {
            laid.push(form[j - 1]);
            j -= 1;
        }
    }
    laid.reverse();
    laid
}
