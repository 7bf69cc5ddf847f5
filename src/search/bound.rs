//! From what the scan measured to an upper bound for every mark of a segment.

use std::sync::atomic::{AtomicU64, Ordering};

use rayon::prelude::*;

use super::prepared::{Channel, FormPattern, Prepared};
use crate::index::Segment;
use crate::index::column::Column;
use crate::mark::{Bar, NiceClasses, NoBar};
use crate::meaning::lexicon::ConceptMatch;
use crate::meaning::{WordForms, each_whole};
use crate::scan::{self, Candidate, Threads};
use crate::score::{
    Assessment, Goods, JudgementConfig, PairSimilarities, WholeSimilarity, WordSimilarity, concept_similarity, goods_similarity, judge,
    weight_of_frequency, whole_similarity, word_similarity,
};
use crate::search::SearchConfig;

/// Bounds of floating-point sums may fall a step of the score's grid below the true value.
const SLACK: f32 = 0.000_2;

/// A mark whose bound reaches the cut-off.
#[derive(Clone, Copy, Debug)]
pub(super) struct BoundedMark {
    pub mark: u32,
    pub no_bar: Option<NoBar>,
    /// Bound of the whole-name similarities; 0 where the exact ones are.
    whole: WholeSimilarity,
}

/// Everything that one query needs to know of one segment.
pub(super) struct SegmentSearch<'s> {
    segment: &'s Segment,
    query: &'s Prepared,
    config: &'s JudgementConfig,
    words: WordMatches,
    phrases: Vec<ConceptMatchOfMark>,
}

/// Words of the segment that are like a word of the query.
struct WordMatches {
    rows: usize,
    /// By word of the segment, its place among `words`, or `NONE`.
    slot_of: Vec<u32>,
    words: Vec<u32>,
    /// By slot, then query word.
    bounds: Vec<WordSimilarity>,
    /// Exact visual and aural similarity, packed; `UNKNOWN` until asked for.
    exact: Vec<AtomicU64>,
}

/// A phrase of a mark that means what a word or phrase of the query means.
struct ConceptMatchOfMark {
    mark: u32,
    query: std::ops::Range<usize>,
    earlier: std::ops::Range<usize>,
    similarity: f32,
}

const NONE: u32 = u32::MAX;
const UNKNOWN: u64 = u64::MAX;

impl<'s> SegmentSearch<'s> {
    /// Scans the segment. Gives the search and every mark whose bound reaches the cut-off, in
    /// no particular order.
    pub(super) fn new(
        segment: &'s Segment,
        query: &'s Prepared,
        config: &'s SearchConfig,
        query_filed_on: Option<jiff::civil::Date>,
        threads: Threads,
    ) -> (Self, Vec<BoundedMark>) {
        let judgement = config.judgement;
        let mut words = WordMatches::new(query.rows(), segment.sheet().word_count());
        scan_words(segment, query, &mut words, threads);
        match_concepts(segment, query, judgement, &mut words);
        words.exact = (0..words.bounds.len()).map(|_| AtomicU64::new(UNKNOWN)).collect();
        let phrases = match_phrases(segment, query, judgement);
        let whole = scan_whole_names(segment, query, &words, judgement, threads);
        let search = Self { segment, query, config: judgement, words, phrases };
        let marks = search.touched_marks(&whole);
        let cutoff = config.cutoff();
        let bound = |&(mark, whole): &(u32, WholeSimilarity)| search.bound_mark(mark, whole, cutoff, config, query_filed_on);
        let bounded = match threads {
            Threads::One => marks.iter().filter_map(bound).collect(),
            Threads::All => marks.par_iter().with_min_len(4096).filter_map(bound).collect(),
        };
        (search, bounded)
    }

    /// Every mark that the scan touched, ascending, with the bound of its whole name.
    fn touched_marks(&self, whole: &[(u32, WholeSimilarity)]) -> Vec<(u32, WholeSimilarity)> {
        let sheet = self.segment.sheet();
        let mut touched = vec![0_u64; (sheet.mark_count() as usize).div_ceil(64)];
        let mut touch = |mark: u32| touched[mark as usize / 64] |= 1 << (mark % 64);
        for &word in &self.words.words {
            sheet.postings(word).iter().for_each(|&mark| touch(mark));
        }
        self.phrases.iter().for_each(|found| touch(found.mark));
        whole.iter().for_each(|&(mark, _)| touch(mark));
        let mut whole = whole.iter().peekable();
        let mut marks = Vec::new();
        for (place, &bits) in touched.iter().enumerate() {
            let mut bits = bits;
            while bits != 0 {
                let mark = (place * 64) as u32 + bits.trailing_zeros();
                bits &= bits - 1;
                let of_whole = whole.next_if(|(other, _)| *other == mark).map_or(WholeSimilarity::default(), |(_, whole)| *whole);
                if self.segment.is_live(mark) {
                    marks.push((mark, of_whole));
                }
            }
        }
        marks
    }

    fn bound_mark(
        &self,
        mark: u32,
        whole: WholeSimilarity,
        cutoff: f32,
        config: &SearchConfig,
        query_filed_on: Option<jiff::civil::Date>,
    ) -> Option<BoundedMark> {
        let bound = self.judge(mark, whole, |slot, row| self.words.bounds[slot as usize * self.words.rows + row]).overall;
        if bound + SLACK < cutoff {
            return None;
        }
        let facts = &self.segment.sheet().facts()[mark as usize];
        let no_bar = if self.query.owner != 0 && facts.owner == self.query.owner {
            Some(NoBar::Own)
        } else {
            match Bar::of(facts.status(), facts.filed_on(), facts.expires_on(), config.today, query_filed_on) {
                Bar::Bar => None,
                Bar::NoBar(reason) => Some(reason),
            }
        };
        Some(BoundedMark { mark, no_bar, whole })
    }

    /// The true numbers of a mark.
    pub(super) fn assess(&self, bounded: &BoundedMark) -> Assessment {
        let whole = if bounded.whole == WholeSimilarity::default() { bounded.whole } else { self.exact_whole(bounded.mark) };
        self.judge(bounded.mark, whole, |slot, row| self.exact_word(slot, row))
    }

    /// Weights of a mark's words.
    pub(super) fn earlier_weights(&self, mark: u32) -> Vec<f32> {
        self.words_of(mark).iter().map(|&word| self.weight(word)).collect()
    }

    fn words_of(&self, mark: u32) -> &'s [u32] {
        let sheet = self.segment.sheet();
        let starts = sheet.token_starts();
        &sheet.tokens()[starts[mark as usize] as usize..starts[mark as usize + 1] as usize]
    }

    fn weight(&self, word: u32) -> f32 {
        let weakness = self.segment.weakness(word);
        // Only words outside the lexicon are weighed by how they are written.
        let text = if weakness.is_none() { self.segment.sheet().word(word) } else { "" };
        weight_of_frequency(self.query.weighting, self.segment.frequency(word), weakness, text, self.query.context, self.config)
    }

    fn judge(&self, mark: u32, whole: WholeSimilarity, similarity: impl Fn(u32, usize) -> WordSimilarity) -> Assessment {
        let words = self.words_of(mark);
        let (rows, columns) = (self.query.rows(), words.len());
        let mut weights = [0.0_f32; crate::name::MAX_TOKENS];
        let mut matrix_inline = [WordSimilarity::default(); 64];
        let mut matrix_spilled = Vec::new();
        let matrix: &mut [WordSimilarity] = if rows * columns <= matrix_inline.len() {
            &mut matrix_inline[..rows * columns]
        } else {
            matrix_spilled.resize(rows * columns, WordSimilarity::default());
            &mut matrix_spilled
        };
        let mut has_concept = false;
        for (column, &word) in words.iter().enumerate() {
            weights[column] = self.weight(word);
            has_concept |= self.segment.has_concept(word);
            let slot = self.words.slot_of[word as usize];
            if slot != NONE {
                for row in 0..rows {
                    matrix[row * columns + column] = similarity(slot, self.query.row_of[row]);
                }
            }
        }
        let first_phrase = self.phrases.partition_point(|found| found.mark < mark);
        for found in self.phrases[first_phrase..].iter().take_while(|found| found.mark == mark) {
            has_concept = true;
            for row in found.query.clone() {
                for column in found.earlier.clone() {
                    let conceptual = &mut matrix[row * columns + column].conceptual;
                    *conceptual = conceptual.max(found.similarity);
                }
            }
        }
        let facts = &self.segment.sheet().facts()[mark as usize];
        let pair = PairSimilarities {
            query_weights: &self.query.weights,
            earlier_weights: &weights[..columns],
            words: matrix,
            whole,
            has_concepts: !self.query.sign.concepts().is_empty() && (has_concept || !self.segment.sheet().phrases_of(mark).is_empty()),
            goods: self.goods(facts.classes(), mark),
        };
        judge(&pair, self.config)
    }

    fn goods(&self, classes: NiceClasses, mark: u32) -> Option<f32> {
        let query = Goods { classes: self.query.classes, keys: &self.query.goods };
        goods_similarity(query, Goods { classes, keys: self.segment.sheet().goods(mark) })
    }

    fn exact_word(&self, slot: u32, row: usize) -> WordSimilarity {
        let at = slot as usize * self.words.rows + row;
        let bound = self.words.bounds[at];
        let known = self.words.exact[at].load(Ordering::Relaxed);
        let packed = if known == UNKNOWN {
            let forms = forms_of(self.segment, self.words.words[slot as usize]);
            let exact = |channel: Channel, bound: f32| {
                if bound == 0.0 {
                    return 0.0;
                }
                let query = channel.forms(&self.query.sign.words()[row]);
                word_similarity(query, channel.forms(&forms).iter().map(Vec::as_slice), channel.likeness(), self.config.word_floor)
            };
            let packed =
                u64::from(exact(Channel::Written, bound.visual).to_bits()) << 32 | u64::from(exact(Channel::Spoken, bound.aural).to_bits());
            self.words.exact[at].store(packed, Ordering::Relaxed);
            packed
        } else {
            known
        };
        let (visual, aural) = (f32::from_bits((packed >> 32) as u32), f32::from_bits(packed as u32));
        WordSimilarity { visual, aural, conceptual: bound.conceptual }
    }

    fn exact_whole(&self, mark: u32) -> WholeSimilarity {
        let words: Vec<WordForms> = self.words_of(mark).iter().map(|&word| forms_of(self.segment, word)).collect();
        whole_similarities(self.query, &words, &self.earlier_weights(mark), self.config)
    }
}

/// Similarities of the query's whole name with one that has these words.
pub(super) fn whole_similarities(
    query: &Prepared,
    earlier: &[WordForms],
    earlier_weights: &[f32],
    config: &JudgementConfig,
) -> WholeSimilarity {
    let on = |channel: Channel| {
        let query_forms: Vec<&[Vec<u8>]> = query.sign.words().iter().map(|word| channel.forms(word)).collect();
        let earlier_forms: Vec<&[Vec<u8>]> = earlier.iter().map(|word| channel.forms(word)).collect();
        let mut best = 0.0_f32;
        each_whole(&query_forms, |query_parts| {
            each_whole(&earlier_forms, |earlier_parts| {
                let found =
                    whole_similarity(query_parts, &query.weights, earlier_parts, earlier_weights, channel.likeness(), config.whole_floor);
                best = best.max(found);
            });
        });
        best
    };
    WholeSimilarity { visual: on(Channel::Written), aural: on(Channel::Spoken) }
}

fn forms_of(segment: &Segment, word: u32) -> WordForms {
    let sheet = segment.sheet();
    let read = |column: Column<'_>, forms: &[u32]| {
        let one = |&form: &u32| {
            let mut symbols = Vec::new();
            column.copy_form(form, &mut symbols);
            symbols
        };
        forms.iter().map(one).collect()
    };
    WordForms {
        written: read(sheet.word_written(), sheet.word_written_forms(word)),
        spoken: read(sheet.word_spoken(), sheet.word_spoken_forms(word)),
    }
}

impl WordMatches {
    fn new(rows: usize, word_count: u32) -> Self {
        Self { rows, slot_of: vec![NONE; word_count as usize], words: Vec::new(), bounds: Vec::new(), exact: Vec::new() }
    }

    fn bound(&mut self, word: u32, row: usize) -> &mut WordSimilarity {
        let slot = &mut self.slot_of[word as usize];
        if *slot == NONE {
            *slot = self.words.len() as u32;
            self.words.push(word);
            self.bounds.resize(self.bounds.len() + self.rows, WordSimilarity::default());
        }
        &mut self.bounds[*slot as usize * self.rows + row]
    }
}

fn scan_words(segment: &Segment, query: &Prepared, words: &mut WordMatches, threads: Threads) {
    let sheet = segment.sheet();
    let mut found: Vec<Candidate> = Vec::new();
    for form in &query.word_patterns {
        let column = match form.channel {
            Channel::Written => sheet.word_written(),
            Channel::Spoken => sheet.word_spoken(),
        };
        found.clear();
        scan::scan(column, &form.pattern, &form.bound.needed, threads, &mut found);
        for candidate in &found {
            let similarity = words.bound(column.items[candidate.form as usize], form.row);
            let value = match form.channel {
                Channel::Written => &mut similarity.visual,
                Channel::Spoken => &mut similarity.aural,
            };
            *value = value.max(form.bound.of(candidate.length, candidate.common));
        }
    }
}

fn match_concepts(segment: &Segment, query: &Prepared, config: &JudgementConfig, words: &mut WordMatches) {
    for own in query.sign.concepts() {
        for entry in segment.sheet().words_of_concept(own.concept.index()) {
            let earlier = ConceptMatch::from_nature(own.concept, 0..1, entry.relation);
            let similarity = concept_similarity(own, &earlier, config);
            for row in own.tokens.clone() {
                let conceptual = &mut words.bound(entry.word, query.row_of[row]).conceptual;
                *conceptual = conceptual.max(similarity);
            }
        }
    }
}

fn match_phrases(segment: &Segment, query: &Prepared, config: &JudgementConfig) -> Vec<ConceptMatchOfMark> {
    let own = query.sign.concepts();
    if own.is_empty() {
        return Vec::new();
    }
    let mut found = Vec::new();
    for phrase in segment.sheet().phrases() {
        for own in own.iter().filter(|own| own.concept.index() == phrase.concept) {
            let tokens = usize::from(phrase.start)..usize::from(phrase.end);
            let earlier = ConceptMatch::from_nature(own.concept, tokens.clone(), phrase.relation);
            let similarity = concept_similarity(own, &earlier, config);
            found.push(ConceptMatchOfMark { mark: phrase.mark, query: own.tokens.clone(), earlier: tokens, similarity });
        }
    }
    found
}

/// Marks whose whole name may be like the query's, ascending, with the bounds.
fn scan_whole_names(
    segment: &Segment,
    query: &Prepared,
    words: &WordMatches,
    config: &JudgementConfig,
    threads: Threads,
) -> Vec<(u32, WholeSimilarity)> {
    let sheet = segment.sheet();
    let mut all: Vec<(u32, Channel, f32)> = Vec::new();
    let mut found: Vec<Candidate> = Vec::new();
    let mut scan = |form: &FormPattern, column: Column<'_>, each: &mut dyn FnMut(u32, f32)| {
        found.clear();
        scan::scan(column, &form.pattern, &form.bound.needed, threads, &mut found);
        found.iter().for_each(|candidate| each(column.items[candidate.form as usize], form.bound.of(candidate.length, candidate.common)));
    };
    for form in &query.whole_patterns {
        let (names, of_words) = match form.channel {
            Channel::Written => (sheet.name_written(), sheet.word_written()),
            Channel::Spoken => (sheet.name_spoken(), sheet.word_spoken()),
        };
        scan(form, names, &mut |mark, bound| all.push((mark, form.channel, bound)));
        // Marks of one word have no form of their own among the names. Where the query is one
        // word too, the scan of the words has already measured it.
        if query.rows() > 1 {
            scan(form, of_words, &mut |word, bound| push_single_word_marks(segment, word, form.channel, bound, &mut all));
        }
    }
    if query.rows() == 1 {
        for (&word, bound) in words.words.iter().zip(&words.bounds) {
            for (channel, bound) in [(Channel::Written, bound.visual), (Channel::Spoken, bound.aural)] {
                if bound >= config.whole_floor {
                    push_single_word_marks(segment, word, channel, bound, &mut all);
                }
            }
        }
    }
    all.sort_unstable_by_key(|(mark, _, _)| *mark);
    let mut merged: Vec<(u32, WholeSimilarity)> = Vec::new();
    for (mark, channel, bound) in all {
        if merged.last().is_none_or(|(last, _)| *last != mark) {
            merged.push((mark, WholeSimilarity::default()));
        }
        let whole = &mut merged.last_mut().expect("one was just pushed").1;
        let value = match channel {
            Channel::Written => &mut whole.visual,
            Channel::Spoken => &mut whole.aural,
        };
        *value = value.max(bound);
    }
    merged
}

fn push_single_word_marks(segment: &Segment, word: u32, channel: Channel, bound: f32, all: &mut Vec<(u32, Channel, f32)>) {
    let starts = segment.sheet().token_starts();
    let single = |&&mark: &&u32| starts[mark as usize + 1] - starts[mark as usize] == 1;
    all.extend(segment.sheet().postings(word).iter().filter(single).map(|&mark| (mark, channel, bound)));
}
