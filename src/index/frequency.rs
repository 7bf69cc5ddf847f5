//! How common words are: in the whole register, and among marks for the goods in question.
//!
//! Counted when a register is opened, over the live marks of all segments: what a word weighs
//! must not depend on how the register is cut, nor on marks that were replaced. Counts by class
//! are kept for frequent words alone; of two million marks' million words they are ten thousand,
//! and two megabytes of memory.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use rayon::prelude::*;

use super::segment::Segment;
use crate::mark::{NiceClass, NiceClasses};
use crate::meaning::log_frequency;

/// Words of fewer marks are not counted by class: spread over the classes, so few tell a word of
/// the trade from a chance, and [`PRIOR_MARKS`] would leave hardly anything of them.
const FREQUENT: u32 = 32;

/// How many marks a class must show to be believed. A word's share of a class is reckoned as if
/// that many more of its marks were spread over all classes evenly (the prior of a gamma-Poisson
/// model): a word that has all its 32 marks in one small class counts there as if it were twice as
/// common, one that has a thousand as if thirty times, where the class is as small as that. With a
/// prior on the size of the class instead, 32 marks would count nearly as much as a thousand, and
/// the marks of one maker hardly make a word of the trade.
const PRIOR_MARKS: f32 = 32.0;

/// Marks that are counted in one task.
const PART_MARKS: usize = 1 << 16;

/// Columns of the table by class: class numbers, and 0 for none.
const COLUMNS: usize = NiceClass::MAX as usize + 1;

/// How common a word is, as a place in [`Frequencies`]: of a word below [`FREQUENT`] its
/// frequency, of others a number of their own, the same in every segment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rank(u32);

/// Frequencies by [`Rank`], and of frequent words by class.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Frequencies {
    /// By rank: marks that hold the word.
    frequencies: Vec<u32>,
    /// By rank: their logarithm.
    logs: Vec<f32>,
    marks: u64,
    /// Marks by class; a mark counts in each of its classes.
    of_class: Vec<u64>,
    /// By class, then frequent word: marks of the class that hold the word.
    of_word: Vec<u32>,
}

/// Logarithms of how common words are for some goods, by [`Rank`].
#[derive(Clone, Debug)]
pub struct LogFrequencies<'i>(std::borrow::Cow<'i, [f32]>);

impl LogFrequencies<'_> {
    /// That of a word.
    pub fn of(&self, rank: Rank) -> f32 {
        self.0[rank.0 as usize]
    }
}

impl Frequencies {
    /// Counts the words of all segments among live marks, and tells each segment the ranks of its words.
    ///
    /// Cost: a pass over the words, and one over the marks of frequent words.
    pub(super) fn count(segments: &mut [Segment]) -> Self {
        let mut frequencies: Vec<u32> = (0..FREQUENT).collect();
        let mut frequent: Vec<Vec<(usize, u32)>> = Vec::new();
        let own: Vec<Option<Vec<u32>>> = segments.iter().map(Segment::live_frequencies).collect();
        let frequency_of = |segments: &[Segment], at: usize, word: u32| match &own[at] {
            Some(live) => live[word as usize],
            None => segments[at].sheet().frequency(word),
        };
        let mut ranks: Vec<Vec<Rank>> =
            segments.iter().map(|segment| vec![Rank::default(); segment.sheet().word_count() as usize]).collect();
        each_word(segments, |places| {
            let sum: u32 = places.iter().map(|&(at, word)| frequency_of(segments, at, word)).sum();
            let rank = if sum < FREQUENT {
                Rank(sum)
            } else {
                frequencies.push(sum);
                frequent.push(places.to_vec());
                Rank(frequencies.len() as u32 - 1)
            };
            places.iter().for_each(|&(at, word)| ranks[at][word as usize] = rank);
        });
        let classes: Vec<Vec<u64>> = segments.iter().map(Segment::live_classes).collect();
        let count = |part: &[u64]| {
            let mut of_class = [0_u64; COLUMNS];
            part.iter().for_each(|&bits| each_class(bits, |class| of_class[class] += 1));
            of_class
        };
        let both = |one: [u64; COLUMNS], other: [u64; COLUMNS]| std::array::from_fn(|class| one[class] + other[class]);
        let parts = classes.par_iter().flat_map(|of_segment| of_segment.par_chunks(PART_MARKS));
        let of_class = parts.map(count).reduce(|| [0; COLUMNS], both).to_vec();
        let rows: Vec<[u32; COLUMNS]> = frequent
            .par_iter()
            .map(|places| {
                let mut row = [0_u32; COLUMNS];
                for &(at, word) in places {
                    let marks = segments[at].sheet().postings().of(word).iter();
                    marks.for_each(|&mark| each_class(classes[at][mark as usize], |class| row[class] += 1));
                }
                row
            })
            .collect();
        let of_word = (0..COLUMNS).flat_map(|class| rows.iter().map(move |row| row[class])).collect();
        let marks = segments.iter().map(Segment::live_count).sum();
        segments.iter_mut().zip(ranks).for_each(|(segment, ranks)| segment.set_ranks(&ranks));
        let logs = frequencies.iter().map(|&frequency| log_frequency(frequency)).collect();
        Self { frequencies, logs, marks, of_class, of_word }
    }

    /// By rank, [`Frequencies::log_frequency`] for those classes for which it is highest, or more.
    pub(super) fn greatest_log_frequencies(&self) -> LogFrequencies<'_> {
        let marks = self.marks.max(1) as f32;
        let evenly: Vec<f32> = self.of_class.iter().map(|&of_class| of_class as f32 / marks).collect();
        let mut greatest = self.logs.clone();
        for (word, log) in greatest[FREQUENT as usize..].iter_mut().enumerate() {
            let rank = word + FREQUENT as usize;
            let words = self.frequencies.len() - FREQUENT as usize;
            let in_class = |class: usize| self.of_word[class * words + word] as f32;
            let frequency = self.frequencies[rank] as f32;
            // Of all sets of classes the one with the highest lift is that of all classes which lift it
            // further (Dinkelbach 1967): a few rounds, each no lower than the one before.
            let mut lift = 1.0_f32;
            loop {
                let (mut counted, mut expected) = (PRIOR_MARKS, PRIOR_MARKS);
                for (class, evenly) in evenly.iter().enumerate().filter(|(class, evenly)| in_class(*class) > lift * frequency * **evenly) {
                    counted += in_class(class);
                    expected += frequency * evenly;
                }
                let next = counted / expected;
                if next <= lift * 1.000_1 {
                    break;
                }
                lift = next;
            }
            *log += (lift * 1.001).ln();
        }
        LogFrequencies(std::borrow::Cow::Owned(greatest))
    }

    /// How many marks hold a word.
    pub(super) fn frequency(&self, rank: Rank) -> u32 {
        self.frequencies[rank.0 as usize]
    }

    /// Logarithm of how common a word is for goods of `classes`: of the marks that hold it, or of
    /// as many as would give it in the whole register the share that it has among marks of these
    /// classes, whichever is more. Without classes that of the marks that hold it.
    pub(super) fn log_frequency(&self, rank: Rank, classes: NiceClasses) -> f32 {
        let in_classes = match rank.0.checked_sub(FREQUENT) {
            Some(word) => classes.iter().map(|class| self.column(class)[word as usize]).sum(),
            None => 0,
        };
        self.lifted(rank.0 as usize, in_classes, self.evenly(classes))
    }

    /// [`Frequencies::log_frequency`] of all words at once.
    ///
    /// Cost: one pass over the frequent words for each class.
    pub(super) fn log_frequencies(&self, classes: NiceClasses) -> LogFrequencies<'_> {
        if classes.is_empty() {
            return LogFrequencies(std::borrow::Cow::Borrowed(&self.logs));
        }
        let mut in_classes = vec![0_u32; self.logs.len()];
        for class in classes.iter() {
            in_classes[FREQUENT as usize..].iter_mut().zip(self.column(class)).for_each(|(sum, count)| *sum += count);
        }
        let evenly = self.evenly(classes);
        let lifted = in_classes.into_iter().enumerate().map(|(rank, in_classes)| self.lifted(rank, in_classes, evenly));
        LogFrequencies(std::borrow::Cow::Owned(lifted.collect()))
    }

    fn column(&self, class: NiceClass) -> &[u32] {
        let words = self.frequencies.len() - FREQUENT as usize;
        &self.of_word[usize::from(class.number()) * words..][..words]
    }

    /// How many marks the classes have for each mark of the register. A mark of two of them counts
    /// twice, here and in the counts of its words.
    fn evenly(&self, classes: NiceClasses) -> f32 {
        let in_classes: u64 = classes.iter().map(|class| self.of_class[usize::from(class.number())]).sum();
        in_classes as f32 / self.marks.max(1) as f32
    }

    /// The logarithm for a word that so many marks of the classes hold, where a word that is spread
    /// `evenly` is held by so many for each mark of its own.
    fn lifted(&self, rank: usize, in_classes: u32, evenly: f32) -> f32 {
        let lift = (in_classes as f32 + PRIOR_MARKS) / (self.frequencies[rank] as f32 * evenly + PRIOR_MARKS);
        // Most words are no commoner in a class than elsewhere: the logarithm is for the others.
        if lift > 1.0 { self.logs[rank] + lift.ln() } else { self.logs[rank] }
    }
}

fn each_class(bits: u64, mut each: impl FnMut(usize)) {
    let mut rest = bits;
    while rest != 0 {
        each(rest.trailing_zeros() as usize);
        rest &= rest - 1;
    }
}

/// Calls `each` with every word, ascending: its places are a segment and its number there.
fn each_word(segments: &[Segment], mut each: impl FnMut(&[(usize, u32)])) {
    if let [only] = segments {
        (0..only.sheet().word_count()).for_each(|word| each(&[(0, word)]));
        return;
    }
    // Words are sorted in each segment: the smallest heads of all meet at the top of the heap.
    let mut heads: BinaryHeap<Reverse<(&str, usize, u32)>> = BinaryHeap::new();
    for (at, segment) in segments.iter().enumerate() {
        if segment.sheet().word_count() > 0 {
            heads.push(Reverse((segment.sheet().word(0), at, 0)));
        }
    }
    let mut places: Vec<(usize, u32)> = Vec::new();
    while let Some(&Reverse((word, _, _))) = heads.peek() {
        places.clear();
        while let Some(&Reverse((other, at, number))) = heads.peek()
            && other == word
        {
            heads.pop();
            places.push((at, number));
            if number + 1 < segments[at].sheet().word_count() {
                heads.push(Reverse((segments[at].sheet().word(number + 1), at, number + 1)));
            }
        }
        each(&places);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::{Index, Writer};
    use crate::mark::Mark;
    use crate::score::{Context, JudgementConfig, Weighting};

    fn mark(id: usize, name: String, classes: &str) -> Mark {
        let mut mark = Mark::new(format!("M{id:05}"), name);
        mark.classes = classes.parse().expect("classes");
        mark
    }

    /// Two thousand marks of class 9 and as many of class 25: ZORVEX in a hundred of class 25 and
    /// one of class 9, BRAMKI in fifty of either, FLENTO in twenty of class 25, of which nothing is
    /// known.
    fn marks() -> Vec<Mark> {
        let name = |at: usize, class: &str| match (at, class) {
            (0..100, "25") | (0, "9") => format!("ZORVEX N{at}"),
            (100..150, _) => format!("BRAMKI N{at}"),
            (150..170, "25") => format!("FLENTO N{at}"),
            _ => format!("N{at}"),
        };
        let of = |class: &'static str, first: usize| (0..2000).map(move |at| mark(first + at, name(at, class), class));
        of("9", 0).chain(of("25", 2000)).collect()
    }

    #[test]
    fn a_word_of_the_trade_is_light_for_its_class_alone() {
        let index = Index::of_marks("test", marks(), None).expect("in memory");
        let config = JudgementConfig::built_in();
        let weight = |word: &str, classes: &str| {
            let classes: NiceClasses = classes.parse().expect("classes");
            let log_frequency = |word: &str| index.log_frequency(word, classes);
            Weighting::new(index.marks()).weights(&[word], log_frequency, Context::new(classes), config)[0]
        };
        for (word, lighter, as_ever) in [
            ("zorvex", &["25", "25;41"][..], &["9", "9;25", "41"][..]),
            // As common in one class as in the other.
            ("bramki", &[], &["9", "25", "9;25", "41"]),
            ("flento", &[], &["9", "25", "9;25", "41"]),
            ("quolta", &[], &["9", "25"]),
        ] {
            for classes in lighter {
                assert!(weight(word, classes) < 0.9 * weight(word, ""), "{word} {classes}: {}", weight(word, classes));
            }
            for classes in as_ever {
                assert_eq!(weight(word, classes), weight(word, ""), "{word} {classes}");
            }
        }
        // 101 marks of 4,000: as if 132 of 82.5 expected, times as common.
        let log = index.log_frequency("zorvex", "25".parse().expect("a class"));
        assert!((log - (101.0_f32 * 132.0 / 82.5).ln()).abs() < 1e-5, "{log}");
    }

    #[test]
    fn one_word_and_all_words_are_reckoned_alike() {
        let index = Index::of_marks("test", marks(), None).expect("in memory");
        for classes in ["", "25", "9", "9;25", "41"] {
            let classes: NiceClasses = classes.parse().expect("classes");
            let all = index.log_frequencies(classes);
            for segment in index.segments() {
                let greatest = index.greatest_log_frequencies();
                for word in 0..segment.sheet().word_count() {
                    let text = segment.sheet().word(word);
                    assert!(all.of(segment.nature(word).rank) <= greatest.of(segment.nature(word).rank), "{text} {classes}");
                    assert_eq!(all.of(segment.nature(word).rank), index.log_frequency(text, classes), "{text} {classes}");
                }
            }
        }
    }

    #[test]
    fn segments_add_up_and_replaced_marks_do_not_count() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("register");
        let mut kept = marks();
        // The first import says other classes and other words of some, which a later one mends.
        let mut first = kept[..1000].to_vec();
        for mark in &mut first[90..140] {
            mark.classes = "25;30".parse().expect("classes");
            mark.verbal_element = format!("ZORVEX {}", mark.verbal_element);
        }
        for part in [&first[..], &kept[1000..3000], &kept[90..140], &kept[3000..]] {
            let mut writer = Writer::open(&path).expect("a writer");
            part.iter().for_each(|mark| writer.add(mark).expect("a mark"));
            writer.commit(None, &|_, _| {}).expect("a commit");
        }
        let cut = Index::open(&path).expect("a register");
        assert!(cut.segments().len() > 1, "a register of several segments");
        kept.reverse();
        let whole = Index::of_marks("test", kept, None).expect("in memory");
        assert_eq!(cut.0.frequencies, whole.0.frequencies);
    }
}
