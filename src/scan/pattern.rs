//! A query as the kernels read it: for each of its places, the kinds of symbols that match there.

use crate::index::column::{PLANES, kind};

/// Longest query, in symbols.
pub const MAX_PATTERN: usize = 128;

/// Kinds of symbols, a bit each; see [`crate::index::column`]. Kind 0 is padding and in none.
pub(super) type Kinds = u16;

/// How many kinds there are, padding among them.
pub(super) const KINDS: usize = 1 << PLANES;

/// One query form, or several that are read at once.
///
/// Several forms are laid on one another place by place, with room where one has a symbol that
/// another lacks: each form is a subsequence of the whole, so no form has more in common with a
/// name than the pattern does. One pass over a column then serves all of them.
pub struct Pattern {
    /// By place, what matches there: a kind, or from [`KINDS`] on one of `sets`.
    pub(super) places: Vec<u8>,
    /// What matches at some place and is not of one kind, each once, as the kinds that are in it.
    pub(super) sets: Vec<Vec<u8>>,
    /// By place counted from the beginning, the kinds that hold for one of the forms.
    pub(super) beginning: [Kinds; ENDMOST],
    /// The same, counted from the end.
    pub(super) end: [Kinds; ENDMOST],
}

/// Symbols that are looked at from each end.
pub(super) const ENDMOST: usize = 3;

impl Pattern {
    /// The pattern of `forms`, each cut to [`MAX_PATTERN`]; `None` where they don't lie on one another
    /// within `most` places. `related(symbol)` is the set of symbols (codes 1 to 63, a bit each) that match
    /// one of the query, `holding(symbol)` of those that match it well enough to stand for it at an end of a
    /// form; codes of one kind are one to the kernels, so a code matches where any of its kind does.
    pub fn of_forms(forms: &[&[u8]], most: usize, related: impl Fn(u8) -> u64, holding: impl Fn(u8) -> u64) -> Option<Self> {
        let cut = |form: &[u8]| -> Vec<u64> { form.iter().take(MAX_PATTERN).map(|&symbol| 1 << (symbol & 63)).collect() };
        let (first, others) = forms.split_first()?;
        let places = others.iter().fold(cut(first), |places, form| laid_on(&places, &cut(form)));
        if places.len() > most.min(MAX_PATTERN) {
            return None;
        }
        let (mut beginning, mut end) = ([0; ENDMOST], [0; ENDMOST]);
        for form in forms.iter().map(|form| &form[..form.len().min(MAX_PATTERN)]) {
            beginning.iter_mut().zip(form).for_each(|(kinds, &symbol)| *kinds |= kinds_of(holding(symbol)));
            end.iter_mut().zip(form.iter().rev()).for_each(|(kinds, &symbol)| *kinds |= kinds_of(holding(symbol)));
        }
        let mut sets: Vec<Kinds> = Vec::new();
        let place = |symbols: &u64| {
            let kinds = kinds_of(bits(*symbols).fold(0, |all, symbol| all | related(symbol as u8)));
            if kinds.is_power_of_two() {
                return kinds.trailing_zeros() as u8;
            }
            let known = sets.iter().position(|known| *known == kinds).unwrap_or_else(|| {
                sets.push(kinds);
                sets.len() - 1
            });
            (KINDS + known) as u8
        };
        let places = places.iter().map(place).collect();
        let members = |kinds: &Kinds| bits(u64::from(*kinds)).map(|kind| kind as u8).collect();
        Some(Self { places, sets: sets.iter().map(members).collect(), beginning, end })
    }

    /// The pattern of one form.
    pub fn new(symbols: &[u8], related: impl Fn(u8) -> u64, holding: impl Fn(u8) -> u64) -> Self {
        Self::of_forms(&[symbols], MAX_PATTERN, related, holding).expect("one form, cut to the longest pattern, fits")
    }
}

/// The kinds of a set of codes.
fn kinds_of(codes: u64) -> Kinds {
    bits(codes).fold(0, |kinds, code| kinds | 1 << kind(code as u8)) & !1
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
