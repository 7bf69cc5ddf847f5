//! One part of a register: a sheet, which of its marks are live, and their documents.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::civil::Date;
use tantivy::DocId;
use tantivy::fastfield::AliveBitSet;
use tantivy::store::StoreReader;

use super::frequency::Rank;
use super::sheet::{Facts, Sheet};
use super::{build, damaged};
use crate::Result;
use crate::mark::{Bar, Mark};
use crate::meaning::WordShape;
use crate::meaning::lexicon::{self, Weakness};

/// A part of a register. Marks and words are numbered within it.
pub struct Segment {
    sheet: Sheet,
    alive: Option<AliveBitSet>,
    documents: Documents,
    /// By word.
    natures: Vec<WordNature>,
    well_known: Vec<u32>,
    weaknesses: Vec<&'static Weakness>,
    standing: Mutex<Option<(Date, Arc<Standing>)>>,
}

/// What is asked of a word whenever it is weighed, side by side: words of a mark lie far apart.
#[derive(Clone, Copy)]
struct WordNature {
    /// How common it is in the register.
    rank: Rank,
    /// 0, or one more than the place of its weakness.
    weak_place: u16,
    shape: WordShape,
    has_concept: bool,
}

/// What is no bar to anyone on a day, whoever asks and files when: sets of marks and words, a bit each.
pub struct Standing {
    no_bars: Vec<u64>,
    /// Words that are a whole mark.
    lone_words: Vec<u64>,
    /// Words that are a whole mark which is no bar.
    lone_words_of_no_bars: Vec<u64>,
}

impl Standing {
    fn new(sheet: &Sheet, today: Date) -> Self {
        let no_words = vec![0_u64; (sheet.word_count() as usize).div_ceil(64)];
        let mut standing = Self {
            no_bars: vec![0; (sheet.mark_count() as usize).div_ceil(64)],
            lone_words: no_words.clone(),
            lone_words_of_no_bars: no_words,
        };
        let put = |set: &mut [u64], at: u32| set[at as usize / 64] |= 1 << (at % 64);
        let starts = sheet.token_starts();
        for (mark, facts) in (0_u32..).zip(sheet.facts()) {
            let is_no_bar = Bar::of(facts.status(), None, facts.expires_on(), today, None) != Bar::Bar;
            if is_no_bar {
                put(&mut standing.no_bars, mark);
            }
            let start = starts[mark as usize];
            if starts[mark as usize + 1] - start == 1 {
                let word = sheet.tokens()[start as usize];
                put(&mut standing.lone_words, word);
                if is_no_bar {
                    put(&mut standing.lone_words_of_no_bars, word);
                }
            }
        }
        standing
    }

    /// Marks that are no bar, 64 a number.
    pub fn no_bars(&self) -> &[u64] {
        &self.no_bars
    }

    /// True for a mark that is no bar.
    pub fn is_no_bar(&self, mark: u32) -> bool {
        holds(&self.no_bars, mark)
    }

    /// True for a word that is a whole mark.
    pub fn is_lone(&self, word: u32) -> bool {
        holds(&self.lone_words, word)
    }

    /// True for a word that is a whole mark which is no bar.
    pub fn is_lone_no_bar(&self, word: u32) -> bool {
        holds(&self.lone_words_of_no_bars, word)
    }
}

fn holds(set: &[u64], at: u32) -> bool {
    set[at as usize / 64] >> (at % 64) & 1 == 1
}

pub(super) enum Documents {
    Memory(Vec<Mark>),
    Stored { path: PathBuf, store: Box<StoreReader>, mark_field: tantivy::schema::Field },
}

/// Decompressed blocks that a segment keeps: the hits of one answer lie in as many.
pub(super) const CACHED_BLOCKS: usize = 32;

impl Segment {
    pub(super) fn new(sheet: Sheet, alive: Option<AliveBitSet>, documents: Documents) -> Self {
        let nature = |word| WordNature { rank: Rank::default(), weak_place: 0, shape: WordShape::of(sheet.word(word)), has_concept: false };
        let mut natures: Vec<WordNature> = (0..sheet.word_count()).map(nature).collect();
        sheet.word_concepts().iter().for_each(|entry| natures[entry.word as usize].has_concept = true);
        let mut weaknesses = Vec::new();
        for (word, weakness) in lexicon::weak_words() {
            if let Some(number) = sheet.find_word(word) {
                weaknesses.push(weakness);
                natures[number as usize].weak_place = weaknesses.len() as u16;
            }
        }
        let well_known = (0..).zip(sheet.facts()).filter(|(_, facts)| facts.is_well_known()).map(|(mark, _)| mark).collect();
        Self { sheet, alive, documents, natures, well_known, weaknesses, standing: Mutex::new(None) }
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

    /// How common a word is in the whole register.
    pub fn rank(&self, word: u32) -> Rank {
        self.natures[word as usize].rank
    }

    /// What a word is made of.
    pub fn shape(&self, word: u32) -> WordShape {
        self.natures[word as usize].shape
    }

    /// Says how common the words are; they are all equal before.
    pub(super) fn set_ranks(&mut self, ranks: &[Rank]) {
        self.natures.iter_mut().zip(ranks).for_each(|(nature, &rank)| nature.rank = rank);
    }

    /// Marks that are well known, ascending.
    pub fn well_known(&self) -> &[u32] {
        &self.well_known
    }

    /// Why a word may be weak.
    pub fn weakness(&self, word: u32) -> Option<&'static Weakness> {
        let place = usize::from(self.natures[word as usize].weak_place);
        place.checked_sub(1).map(|place| self.weaknesses[place])
    }

    /// True where the lexicon knows a meaning of the word.
    pub fn has_concept(&self, word: u32) -> bool {
        self.natures[word as usize].has_concept
    }

    /// Which marks and words stand for bars on a day.
    ///
    /// Cost: a pass over all facts on the first asking of a day.
    pub fn standing(&self, today: Date) -> Arc<Standing> {
        let mut kept = self.standing.lock().unwrap_or_else(PoisonError::into_inner);
        match &*kept {
            Some((day, standing)) if *day == today => Arc::clone(standing),
            _ => {
                let standing = Arc::new(Standing::new(&self.sheet, today));
                *kept = Some((today, Arc::clone(&standing)));
                standing
            }
        }
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
        let starts = self.sheet.token_starts();
        (0..self.sheet.mark_count()).filter(|&mark| starts[mark as usize] < starts[mark as usize + 1] && self.is_live(mark)).count() as u64
    }

    pub(super) fn digest(&self) -> u64 {
        self.live_facts().map(|(_, facts)| facts.digest).fold(0, u64::wrapping_add)
    }

    /// Frequencies of the segment's words among its live marks; `None` where the sheet's are just that.
    pub(super) fn live_frequencies(&self) -> Option<Vec<u32>> {
        self.alive.as_ref()?;
        let mut frequencies = self.sheet.frequencies().to_vec();
        let (starts, tokens) = (self.sheet.token_starts(), self.sheet.tokens());
        for mark in (0..self.sheet.mark_count() as DocId).filter(|&mark| !self.is_live(mark)) {
            let words = &tokens[starts[mark as usize] as usize..starts[mark as usize + 1] as usize];
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
        let classes = |(mark, facts): (u32, &Facts)| if self.is_live(mark) { facts.classes().bits() } else { 0 };
        (0..).zip(self.sheet.facts()).map(classes).collect()
    }
}
