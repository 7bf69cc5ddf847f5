//! One part of a register: a sheet, which of its marks are live, and their documents.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;
use tantivy::DocId;
use tantivy::fastfield::AliveBitSet;
use tantivy::store::StoreReader;

use super::column::ClassBits;
use super::frequency::Rank;
use super::sheet::{Facts, Sheet};
use super::{build, damaged};
use crate::Result;
use crate::mark::Mark;
use crate::meaning::WordShape;
use crate::meaning::lexicon::{self, Weakness, Weaknesses};

/// A part of a register. Marks and words are numbered within it.
pub struct Segment {
    sheet: Sheet,
    alive: Option<AliveBitSet>,
    documents: Documents,
    /// By word.
    natures: Vec<WordNature>,
    weaknesses: Vec<&'static Weakness>,
    weak_phrases: WeakPhrases,
    sums: Mutex<Option<(usize, Arc<Vec<u8>>)>>,
    levels: Mutex<Vec<(LevelKey, Arc<BlockLevels>)>>,
}

/// A number for each block of the columns that hold whole names, written first.
pub type BlockLevels = [Vec<u8>; 2];

/// What the numbers of blocks follow from.
pub type LevelKey = [ClassBits; 5];

/// Numbers of blocks that are kept, for as many kinds of goods: some megabytes in a register of two million marks.
const KEPT_LEVELS: usize = 64;

/// What is asked of a word whenever it is weighed, side by side: words of a mark lie far apart.
#[derive(Clone, Copy, Default)]
pub struct WordNature {
    /// How common it is in the whole register.
    pub rank: Rank,
    /// 0, or one more than the place of its weakness.
    weak_place: u16,
    /// What it is made of.
    pub shape: WordShape,
    /// True where the lexicon knows a meaning of it.
    pub has_concept: bool,
    /// True where a weak phrase begins with it.
    pub begins_phrase: bool,
}

/// Weak phrases whose words all come in a segment: by the first two, the longest before others.
type WeakPhrases = HashMap<[u32; 2], Vec<(Vec<u32>, &'static Weakness)>>;

pub(super) enum Documents {
    Memory(Vec<Mark>),
    Stored { path: PathBuf, store: Box<StoreReader>, mark_field: tantivy::schema::Field },
}

/// Decompressed blocks that a segment keeps: the hits of one answer lie in as many.
pub(super) const CACHED_BLOCKS: usize = 32;

impl Segment {
    pub(super) fn new(sheet: Sheet, alive: Option<AliveBitSet>, documents: Documents) -> Self {
        let nature = |word| WordNature {
            rank: Rank::default(),
            weak_place: 0,
            shape: WordShape::of_bytes(sheet.word_bytes(word)),
            has_concept: false,
            begins_phrase: false,
        };
        let mut natures: Vec<WordNature> = (0..sheet.word_count()).into_par_iter().map(nature).collect();
        sheet.word_concepts().iter().for_each(|entry| natures[entry.word as usize].has_concept = true);
        let mut weaknesses = Vec::new();
        for (word, weakness) in lexicon::weak_words() {
            if let Some(number) = sheet.find_word(word) {
                weaknesses.push(weakness);
                natures[number as usize].weak_place = weaknesses.len() as u16;
            }
        }
        let mut weak_phrases = WeakPhrases::new();
        for (phrase, weakness) in lexicon::weak_phrases() {
            let words: Option<Vec<u32>> = phrase.split(' ').map(|word| sheet.find_word(word)).collect();
            if let Some(words) = words {
                natures[words[0] as usize].begins_phrase = true;
                weak_phrases.entry([words[0], words[1]]).or_default().push((words, weakness));
            }
        }
        weak_phrases.values_mut().for_each(|phrases| phrases.sort_by_key(|(words, _)| Reverse(words.len())));
        Self { sheet, alive, documents, natures, weaknesses, weak_phrases, sums: Mutex::new(None), levels: Mutex::default() }
    }

    pub(super) fn in_memory(marks: Vec<Mark>) -> Result<Self> {
        let read = |range: std::ops::Range<u32>| Ok(marks[range.start as usize..range.end as usize].to_vec());
        let sheet = build::build(marks.len() as u32, read, &|_| {})?;
        Ok(Self::new(sheet, None, Documents::Memory(marks)))
    }

    /// The columns.
    pub fn sheet(&self) -> &Sheet {
        &self.sheet
    }

    /// False for a mark that was replaced.
    pub fn is_live(&self, mark: u32) -> bool {
        self.alive.as_ref().is_none_or(|alive| alive.is_alive(mark))
    }

    /// Live marks and their facts.
    pub fn live_facts(&self) -> impl Iterator<Item = (u32, &Facts)> {
        (0..).zip(self.sheet.facts()).filter(|(mark, _)| self.is_live(*mark))
    }

    /// What is known of a word.
    #[inline]
    pub fn nature(&self, word: u32) -> WordNature {
        self.natures[word as usize]
    }

    /// Says how common the words are; they are all equal before.
    pub(super) fn set_ranks(&mut self, ranks: &[Rank]) {
        self.natures.iter_mut().zip(ranks).for_each(|(nature, &rank)| nature.rank = rank);
    }

    /// Why a word of this nature may be weak.
    pub fn weakness(&self, nature: WordNature) -> Option<&'static Weakness> {
        usize::from(nature.weak_place).checked_sub(1).map(|place| self.weaknesses[place])
    }

    /// What makes the words of a name weak, whose natures are these; as [`lexicon::weakness_in`] says it of their texts.
    #[inline]
    pub fn weaknesses<'n>(&'n self, words: &[u32], natures: &'n [WordNature]) -> impl Iterator<Item = Weaknesses> + use<'n> {
        // Few names have such a phrase: for most nothing is kept.
        let of_phrases = match natures.iter().any(|nature| nature.begins_phrase) {
            true => lexicon::weakness_of_phrases(words.len(), |at| self.longest_phrase(&words[at..])),
            false => Vec::new(),
        };
        let kind_at = |at: usize| self.weakness(natures[at]).map(|weakness| weakness.kind);
        natures.iter().enumerate().map(move |(at, &nature)| {
            let own = self.weakness(nature).filter(|weakness| weakness.holds_in(at, natures.len(), kind_at));
            Weaknesses { own, of_phrase: of_phrases.get(at).copied().flatten() }
        })
    }

    /// The longest weak phrase that these words begin with: its length, and why it is weak.
    fn longest_phrase(&self, words: &[u32]) -> Option<(usize, &'static Weakness)> {
        let phrases = self.weak_phrases.get(words.first_chunk::<2>()?)?;
        phrases.iter().find(|(phrase, _)| words.starts_with(phrase)).map(|(phrase, weakness)| (phrase.len(), *weakness))
    }

    /// A number of each posting that follows from the words of its mark, as `sums` gives it: worked out on the first
    /// asking, and anew where it is asked for by another `key`.
    pub fn sums_of_words(&self, key: usize, sums: impl FnOnce() -> Vec<u8>) -> Arc<Vec<u8>> {
        let kept = || self.sums.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, sums)) = kept().as_ref().filter(|(of, _)| *of == key) {
            return Arc::clone(sums);
        }
        // Not under the lock: the work is for all threads, and one that waits for a part of it may begin another search.
        let sums = Arc::new(sums());
        *kept() = Some((key, Arc::clone(&sums)));
        sums
    }

    /// Numbers of blocks that follow from `key`, as `levels` gives them: worked out where they are not among those
    /// that were asked for last.
    pub fn levels_of_blocks(&self, key: LevelKey, levels: impl FnOnce() -> BlockLevels) -> Arc<BlockLevels> {
        let known = || self.levels.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, levels)) = known().iter().find(|(of, _)| *of == key) {
            return Arc::clone(levels);
        }
        // Not under the lock: other searches go on meanwhile.
        let levels = Arc::new(levels());
        let mut known = known();
        if known.len() >= KEPT_LEVELS {
            known.remove(0);
        }
        known.push((key, Arc::clone(&levels)));
        levels
    }

    /// The document of a mark.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Register`] where the document store is damaged.
    pub fn mark(&self, mark: u32) -> Result<Mark> {
        match &self.documents {
            Documents::Memory(marks) => Ok(marks[mark as usize].clone()),
            Documents::Stored { path, store, mark_field } => {
                super::store::read_mark(store, *mark_field, mark).map_err(|cause| damaged(path, cause))
            }
        }
    }

    pub(super) fn find(&self, id: &str) -> Result<Option<Mark>> {
        // Ids are looked up for single marks only; a pass over them is some milliseconds.
        let found = self.live_facts().map(|(mark, _)| mark).find(|&mark| self.sheet.id(mark) == id);
        found.map(|mark| self.mark(mark)).transpose()
    }

    pub(super) fn live_count(&self) -> u64 {
        self.alive.as_ref().map_or(u64::from(self.sheet.mark_count()), |alive| alive.num_alive_docs() as u64)
    }

    pub(super) fn compared_count(&self) -> u64 {
        let tokens = self.sheet.tokens();
        (0..self.sheet.mark_count()).filter(|&mark| !tokens.places(mark).is_empty() && self.is_live(mark)).count() as u64
    }

    pub(super) fn digest(&self) -> u64 {
        self.live_facts().map(|(_, facts)| facts.digest()).fold(0, u64::wrapping_add)
    }

    /// Frequencies of the segment's words among its live marks; `None` where the sheet's are just that.
    pub(super) fn live_frequencies(&self) -> Option<Vec<u32>> {
        self.alive.as_ref()?;
        let mut frequencies = self.sheet.frequencies().collect::<Vec<u32>>();
        let tokens = self.sheet.tokens();
        for mark in (0..self.sheet.mark_count() as DocId).filter(|&mark| !self.is_live(mark)) {
            let words = tokens.of(mark);
            for (at, &word) in words.iter().enumerate() {
                if !words[..at].contains(&word) {
                    frequencies[word as usize] -= 1;
                }
            }
        }
        Some(frequencies)
    }

    /// Bits of each mark's classes; none for one that was replaced.
    pub(super) fn live_classes(&self) -> Vec<u64> {
        let of_mark = |mark: u32| if self.is_live(mark) { self.sheet.classes_of(mark).bits() } else { 0 };
        (0..self.sheet.mark_count()).into_par_iter().map(of_mark).collect()
    }
}
