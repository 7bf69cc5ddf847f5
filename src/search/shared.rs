//! By mark, at most how much its words and the query's have in common: two bytes that are added up
//! along the marks of each word, and tell nearly all marks apart before any word of theirs is read.

use std::cell::RefCell;
use std::ops::Deref;

use bytemuck::{Pod, Zeroable};

use super::matches::WordMatches;
use super::prepared::Prepared;
use crate::index::Segment;
use crate::index::column::{ClassBits, WELL_KNOWN};
use crate::scan::{self, LeastShare};

/// What stands for all of the query's weight.
pub(super) const FULL_SHARE: u8 = 127;

/// Parts of [`FULL_SHARE`] in a band.
pub(super) const BAND: usize = (FULL_SHARE as usize + 1) / BANDS;

/// Parts of a weight of 1, the heaviest a word can have, in [`Shared::earlier_weight`].
const PARTS: f32 = 32.0;

/// What the words of a mark have in common with the query, or more; phrases apart.
///
/// Two bytes in one number, the share above the weight: numbers are compared many at a time. It is never
/// negative, and signed because every machine has a vector instruction for the greater of such.
#[derive(Clone, Copy, Default, PartialEq, Eq, Pod, Zeroable)]
#[repr(transparent)]
pub(super) struct Shared(i16);

impl Shared {
    /// Of a share and a weight, no less than both.
    fn new(query_share: f32, earlier_weight: f32) -> Self {
        let share = (query_share * f32::from(FULL_SHARE)).ceil().min(FULL_SHARE.into()) as u8;
        let weight = (earlier_weight * PARTS).ceil().min(u8::MAX.into()) as u8;
        Self(i16::from_be_bytes([share, weight]))
    }

    /// The least with such a share.
    pub(super) fn of_share(query_share: u8) -> Self {
        Self(i16::from_be_bytes([query_share.min(FULL_SHARE), 0]))
    }

    /// In which of the [`BANDS`] its share of the query's weight is.
    pub(super) fn band(self) -> usize {
        usize::from(self.query_share()) / BAND
    }

    /// How much of the query's weight is matched, in parts of [`FULL_SHARE`].
    pub(super) fn query_share(self) -> u8 {
        self.0.to_be_bytes()[0]
    }

    /// How much of their own weight is matched, in parts of 1 / [`PARTS`]; `None` where it is too much to tell.
    pub(super) fn earlier_weight(self) -> Option<u8> {
        Some(self.0.to_be_bytes()[1]).filter(|weight| *weight < u8::MAX)
    }

    /// A weight in parts of 1 / [`PARTS`].
    pub(super) fn weight(parts: u8) -> f32 {
        f32::from(parts) / PARTS
    }

    fn add(&mut self, gain: Self) {
        let ([share, weight], [more_share, more_weight]) = (self.0.to_be_bytes(), gain.0.to_be_bytes());
        self.0 = i16::from_be_bytes([(share + more_share).min(FULL_SHARE), weight.saturating_add(more_weight)]);
    }
}

/// Shares of the query's weight that are told apart.
pub(super) const BANDS: usize = 16;

/// What a mark must share, by the share of the query's weight that it has.
pub(super) struct LeastShared(LeastShare);

impl LeastShared {
    /// Of marks that share at least `least`, those of whose own weight at least the share of its band is matched;
    /// above 1 where nothing is known of it.
    pub(super) fn new(least: Shared, earlier_shares: &[f32; BANDS]) -> Self {
        let whole = f32::from(LeastShare::WHOLE);
        Self(LeastShare { value: least.0, ratios: earlier_shares.map(|share| (share * whole).clamp(0.0, whole) as u8) })
    }
}

/// Marks that share as much as is asked, ascending; `least_weights` are theirs. It may be more of them, never fewer.
pub(super) fn sharing(shared: &[Shared], least_weights: &[u8], least: &LeastShared) -> Vec<u32> {
    scan::reaching(bytemuck::cast_slice(shared), least_weights, &least.0)
}

/// By mark. `weight_of` gives the weight of a word for the query's goods.
pub(super) fn shared(segment: &Segment, query: &Prepared, words: &WordMatches, weight_of: impl Fn(u32) -> f32) -> SharedWeights {
    let sheet = segment.sheet();
    let sum: f32 = query.weights.iter().sum();
    let mut of_marks = SharedWeights::new(sheet.mark_count());
    let shared = &mut of_marks.0;
    for matched in words.each() {
        // A word that comes repeatedly counts repeatedly, and a word is no less alike to one of the query
        // than to another: that is more than it is, never less.
        let share: f32 = (0..query.rows()).map(|row| query.weights[row] / sum * matched.with_row(query.row_of[row], row)).sum();
        let gain = Shared::new(share, weight_of(matched.word) * matched.most);
        sheet.postings(matched.word).iter().for_each(|&mark| shared[mark as usize].add(gain));
    }
    of_marks
}

/// [`Shared`] by mark.
pub(super) struct SharedWeights(Vec<Shared>);

thread_local! {
    /// The memory of searches that are done: four megabytes that are asked for anew each time cost more than
    /// what is done with them.
    static SPARE: RefCell<Vec<Vec<Shared>>> = const { RefCell::new(Vec::new()) };
}

impl SharedWeights {
    fn new(marks: u32) -> Self {
        let mut shared = SPARE.with_borrow_mut(Vec::pop).unwrap_or_default();
        shared.clear();
        shared.resize(marks as usize, Shared::default());
        Self(shared)
    }
}

impl Drop for SharedWeights {
    fn drop(&mut self) {
        SPARE.with_borrow_mut(|spare| spare.push(std::mem::take(&mut self.0)));
    }
}

impl Deref for SharedWeights {
    type Target = [Shared];

    fn deref(&self) -> &[Shared] {
        &self.0
    }
}

/// By mark, the weight of its words together or less, and 0 for well-known marks, as [`Shared::earlier_weight`] has it.
///
/// `least_weight_of` gives the least weight of a word, whatever the goods.
pub(super) fn least_weights(segment: &Segment, least_weight_of: impl Fn(u32) -> f32) -> Vec<u8> {
    let sheet = segment.sheet();
    let of_word: Vec<f32> = (0..sheet.word_count()).map(least_weight_of).collect();
    let of_mark = |(bounds, classes): (&[u32], &ClassBits)| {
        let words = &sheet.tokens()[bounds[0] as usize..bounds[1] as usize];
        // A word that a mark has twice is matched twice, and added up once: nothing is known of its share.
        let has_repetition = (1..words.len()).any(|at| words[..at].contains(&words[at]));
        if has_repetition || classes & WELL_KNOWN != 0 {
            return 0;
        }
        let sum: f32 = words.iter().map(|&word| of_word[word as usize]).sum();
        // Rounding of the sum itself must not raise it.
        (sum * PARTS - 0.001).clamp(0.0, u8::MAX.into()) as u8
    };
    sheet.token_starts().windows(2).zip(sheet.classes()).map(of_mark).collect()
}
