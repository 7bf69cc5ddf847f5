//! At most how much the words of a mark and the query's have in common: two bytes that are added up along the
//! marks of each word, and tell nearly all marks apart before any word of theirs is read. A few in a hundred share
//! anything; nothing is kept for the others.

use std::cell::RefCell;
use std::ops::Range;

use rayon::prelude::*;

use super::matches::{WordMatch, WordMatches};
use crate::index::column::WELL_KNOWN;
use crate::index::{Segment, WordNature};
use crate::meaning::lexicon::Weaknesses;
use crate::scan::Threads;

/// What stands for all of the query's weight.
pub(super) const FULL_SHARE: u8 = 127;

/// Parts of [`FULL_SHARE`] in a band.
pub(super) const BAND: usize = (FULL_SHARE as usize + 1) / BANDS;

/// Parts of a weight of 1, the heaviest a word can have, in [`Shared::earlier_weight`].
const PARTS: f32 = 64.0;

/// What the words of a mark have in common with the query, or more; phrases apart.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Shared {
    /// How much of the query's weight is matched, in parts of [`FULL_SHARE`].
    query_share: u8,
    /// How much of their own weight is matched, in parts of 1 / [`PARTS`]; 255 where it is too much to tell.
    earlier_weight: u8,
}

impl Shared {
    /// Of a share and a weight, no less than both.
    fn new(query_share: f32, earlier_weight: f32) -> Self {
        Self {
            query_share: (query_share * f32::from(FULL_SHARE)).ceil().min(FULL_SHARE.into()) as u8,
            earlier_weight: (earlier_weight * PARTS).ceil().min(u8::MAX.into()) as u8,
        }
    }

    /// In which of the [`BANDS`] its share of the query's weight is.
    pub(super) fn band(self) -> usize {
        usize::from(self.query_share) / BAND
    }

    /// How much of the query's weight is matched, in parts of [`FULL_SHARE`].
    pub(super) fn query_share(self) -> u8 {
        self.query_share
    }

    /// How much of their own weight is matched, in parts of 1 / [`PARTS`]; `None` where it is too much to tell.
    pub(super) fn earlier_weight(self) -> Option<u8> {
        Some(self.earlier_weight).filter(|weight| *weight < u8::MAX)
    }

    /// A weight in parts of 1 / [`PARTS`].
    pub(super) fn weight(parts: u8) -> f32 {
        f32::from(parts) / PARTS
    }

    fn add(&mut self, gain: Self) {
        self.query_share = (self.query_share + gain.query_share).min(FULL_SHARE);
        self.earlier_weight = self.earlier_weight.saturating_add(gain.earlier_weight);
    }
}

/// Shares of the query's weight that are told apart.
pub(super) const BANDS: usize = 16;

/// What a mark must share, by the share of the query's weight that it has.
pub(super) struct LeastShared {
    query_share: u8,
    /// By band: the least ratio of matched weight and own, in parts of [`WHOLE`].
    ratios: [u8; BANDS],
}

/// The ratio of a matched weight that is as much as its own.
const WHOLE: u8 = 128;

impl LeastShared {
    /// Of marks that share at least `query_share`, those of whose own weight at least the share of its band is matched;
    /// above 1 where nothing is known of it.
    pub(super) fn new(query_share: u8, earlier_shares: &[f32; BANDS]) -> Self {
        let whole = f32::from(WHOLE);
        Self { query_share, ratios: earlier_shares.map(|share| (share * whole).clamp(0.0, whole) as u8) }
    }

    /// Whether a mark shares as much. It may be said of more marks, never of fewer.
    fn is_reached(&self, mark: &SharingMark) -> bool {
        let shared = mark.shared;
        let has_ratio =
            |matched: u8| u32::from(matched) * u32::from(WHOLE) >= u32::from(self.ratios[shared.band()]) * u32::from(mark.least_weight);
        shared.query_share >= self.query_share && shared.earlier_weight().is_none_or(has_ratio)
    }
}

/// A mark that shares something with the query.
#[derive(Clone, Copy)]
pub(super) struct SharingMark {
    pub mark: u32,
    pub shared: Shared,
    /// The weight of its words, or less; see [`least_weights`].
    pub least_weight: u8,
    /// True where a word of it means what one of the query means, or something near it.
    pub has_meaning: bool,
}

/// The marks of a segment that share anything with a query: a few in a hundred.
pub(super) struct SharingMarks {
    /// Of so many ranges of marks, which threads looked over side by side.
    parts: Vec<Part>,
}

struct Part {
    all: Vec<SharingMark>,
    /// So many of them share a leading word of the query.
    leading: usize,
}

/// What a word adds to what its marks share.
struct Gain {
    word: u32,
    shared: Shared,
    has_meaning: bool,
}

/// A word leads the query whose share of its weight is so much, in parts of [`FULL_SHARE`].
const LEADING: u8 = 8;

thread_local! {
    /// Marks of a search that were met, and those that were met again: a bit each. They stay in the cache, where a number
    /// for each mark would come from memory.
    static MET: RefCell<[MarkSet; 2]> = const { RefCell::new([MarkSet::new(), MarkSet::new()]) };
}

impl SharingMarks {
    /// What marks share with a query whose words are like these. `weight_of` gives the weight of a word for the query's
    /// goods, `least_weights` those of marks, by posting.
    pub(super) fn new(
        segment: &Segment,
        words: &WordMatches,
        least_weights: &[u8],
        weight_of: impl Fn(u32) -> f32,
        threads: Threads,
    ) -> Self {
        let gain = |matched: &WordMatch| Gain {
            word: matched.word,
            shared: Shared::new(matched.query_share, weight_of(matched.word) * matched.most),
            has_meaning: matched.has_meaning,
        };
        let mut gains: Vec<Gain> = words.each().map(gain).filter(|gain| gain.shared != Shared::default()).collect();
        // Marks that share a leading word stand before others.
        gains.sort_by_key(|gain| gain.shared.query_share < LEADING);
        let postings = segment.sheet().postings();
        // Where the marks of a word stand lies far from those of the next. Read for all of them before any is added
        // up, the processor waits for many at once.
        let places: Vec<Range<usize>> = gains.iter().map(|gain| postings.places(gain.word)).collect();
        std::hint::black_box(places.iter().filter_map(|places| postings.values.get(places.start)).fold(0, |all, mark| all ^ mark));
        let lists: Vec<(&[u32], &[u8])> =
            places.into_iter().map(|places| (&postings.values[places.clone()], &least_weights[places])).collect();
        let mark_count = segment.sheet().mark_count();
        let of_range = |marks: Range<u32>| Part::new(&gains, &lists, marks);
        let parts = match threads {
            Threads::One => vec![of_range(0..mark_count)],
            Threads::All => {
                let parts = rayon::current_num_threads() as u64;
                let bound = |part: u64| (u64::from(mark_count) * part / parts) as u32;
                (0..parts).into_par_iter().map(|part| of_range(bound(part)..bound(part + 1))).collect()
            }
        };
        Self { parts }
    }

    /// Every one of them, in some parts.
    pub(super) fn all(&self) -> impl Iterator<Item = &[SharingMark]> {
        self.parts.iter().map(|part| part.all.as_slice())
    }

    /// Those that share a leading word of the query, in some parts.
    pub(super) fn leading(&self) -> impl Iterator<Item = &[SharingMark]> {
        self.parts.iter().map(|part| &part.all[..part.leading])
    }
}

/// A longer list of marks is searched for the beginning of a range, a shorter one read through.
const SEARCHED: usize = 64;

impl Part {
    /// Of the marks of a range; `lists` are the marks of each gain, with their weights.
    fn new(gains: &[Gain], lists: &[(&[u32], &[u8])], range: Range<u32>) -> Self {
        MET.with_borrow_mut(|[met, again]| {
            met.clear(range.len());
            again.clear(range.len());
            let most = lists.iter().map(|(marks, _)| marks.len()).sum::<usize>().min(range.len());
            let (mut all, mut leading) = (Vec::with_capacity(most), 0);
            let mut repeated: Vec<(u32, Shared, bool)> = Vec::new();
            for (&Gain { shared, has_meaning, .. }, (marks, least_weights)) in gains.iter().zip(lists) {
                let first = if marks.len() > SEARCHED { marks.partition_point(|&mark| mark < range.start) } else { 0 };
                let of_list = marks[first..].iter().zip(&least_weights[first..]).take_while(|(mark, _)| **mark < range.end);
                for (&mark, &least_weight) in of_list.filter(|(mark, _)| **mark >= range.start) {
                    let place = mark - range.start;
                    if met.insert(place) {
                        all.push(SharingMark { mark, shared, least_weight, has_meaning });
                    } else {
                        again.insert(place);
                        repeated.push((mark, shared, has_meaning));
                    }
                }
                if shared.query_share >= LEADING {
                    leading = all.len();
                }
            }
            add_repeated(&mut all, again, range.start, &repeated);
            Self { all, leading }
        })
    }
}

/// Adds what marks share besides what they were first met for; `again` are the marks that have any such thing, counted
/// from the first of their range.
fn add_repeated(all: &mut [SharingMark], again: &MarkSet, first: u32, repeated: &[(u32, Shared, bool)]) {
    let ranks = again.ranks();
    let mut place_of = vec![0_u32; ranks.count()];
    for (place, sharing) in (0..).zip(all.iter()) {
        if again.has(sharing.mark - first) {
            place_of[ranks.of(sharing.mark - first)] = place;
        }
    }
    for &(mark, shared, has_meaning) in repeated {
        let sharing = &mut all[place_of[ranks.of(mark - first)] as usize];
        sharing.shared.add(shared);
        sharing.has_meaning |= has_meaning;
    }
}

/// A set of marks, a bit each.
struct MarkSet(Vec<u64>);

impl MarkSet {
    const fn new() -> Self {
        Self(Vec::new())
    }

    /// Makes it a set of none of so many marks.
    fn clear(&mut self, marks: usize) {
        self.0.clear();
        self.0.resize(marks.div_ceil(64), 0);
    }

    /// False where it was there before.
    #[inline]
    fn insert(&mut self, mark: u32) -> bool {
        let (word, bit) = (&mut self.0[mark as usize / 64], 1 << (mark % 64));
        let is_new = *word & bit == 0;
        *word |= bit;
        is_new
    }

    #[inline]
    fn has(&self, mark: u32) -> bool {
        self.0[mark as usize / 64] >> (mark % 64) & 1 == 1
    }

    fn ranks(&self) -> Ranks<'_> {
        let before = self.0.iter().scan(0, |before, word| Some(std::mem::replace(before, *before + word.count_ones())));
        Ranks { set: self, before: before.collect() }
    }
}

/// The marks of a set, numbered.
struct Ranks<'s> {
    set: &'s MarkSet,
    /// How many marks are before those of each word of the set.
    before: Vec<u32>,
}

impl Ranks<'_> {
    fn count(&self) -> usize {
        self.before.last().zip(self.set.0.last()).map_or(0, |(before, word)| (before + word.count_ones()) as usize)
    }

    /// The number of a mark of the set.
    fn of(&self, mark: u32) -> usize {
        let word = mark as usize / 64;
        (self.before[word] + (self.set.0[word] & ((1 << (mark % 64)) - 1)).count_ones()) as usize
    }
}

/// Of these marks those that share as much as is asked.
pub(super) fn sharing(marks: &[SharingMark], least: &LeastShared) -> Vec<SharingMark> {
    marks.iter().filter(|mark| least.is_reached(mark)).copied().collect()
}

/// By posting, the weight of all words of its mark together or less, and 0 for well-known marks, as
/// [`Shared::earlier_weight`] has it.
///
/// `least_weight_of` gives the least weight of a word that these things make weak, whatever the goods.
pub(super) fn least_weights(
    segment: &Segment,
    least_weight_of: impl Fn(WordNature, Weaknesses) -> f32 + Sync,
    threads: Threads,
) -> Vec<u8> {
    let sheet = segment.sheet();
    // With a minus sign where a weak phrase begins with the word: the words of such names are looked at again.
    let of_word = |word: u32| {
        let nature = segment.nature(word);
        let weight = least_weight_of(nature, Weaknesses { own: segment.weakness(nature), of_phrase: None });
        if nature.begins_phrase { -weight } else { weight }
    };
    let of_word = each(sheet.word_count(), of_word, threads);
    let (tokens, classes) = (sheet.tokens(), sheet.class_bits());
    let of_mark = |mark: u32| {
        let words = tokens.of(mark);
        // A word that a mark has twice is matched twice, and added up once: nothing is known of its share.
        let has_repetition = (1..words.len()).any(|at| words[..at].contains(&words[at]));
        if has_repetition || classes(mark) & WELL_KNOWN != 0 {
            return 0;
        }
        let (mut sum, mut has_phrase) = (0.0, false);
        for &word in words {
            let weight = of_word[word as usize];
            sum += weight;
            has_phrase |= weight.is_sign_negative();
        }
        if has_phrase {
            let natures: Vec<WordNature> = words.iter().map(|&word| segment.nature(word)).collect();
            let weaknesses = segment.weaknesses(words, &natures);
            sum = natures.iter().zip(weaknesses).map(|(&nature, weaknesses)| least_weight_of(nature, weaknesses)).sum();
        }
        // Rounding of the sum itself must not raise it.
        (sum * PARTS - 0.001).clamp(0.0, u8::MAX.into()) as u8
    };
    let of_mark = each(sheet.mark_count(), of_mark, threads);
    // Marks of a posting list lie far apart, and so would their weights: side by side with the list they come as it does.
    let postings = sheet.postings().values;
    each(postings.len() as u32, |place| of_mark[postings[place as usize] as usize], threads)
}

/// What comes of each number below `count`.
fn each<T: Send>(count: u32, of: impl Fn(u32) -> T + Sync, threads: Threads) -> Vec<T> {
    match threads {
        Threads::One => (0..count).map(of).collect(),
        Threads::All => (0..count).into_par_iter().map(&of).collect(),
    }
}
