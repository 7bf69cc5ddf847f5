//! One query against one segment: which marks may reach the cut-off, and their scores.

use rayon::prelude::*;

use super::SearchConfig;
use super::best::Best;
use super::levels::Levels;
use super::matches::{PhraseMatch, WordMatches, match_phrases, match_whole_names, match_words};
use super::prepared::{Channel, Prepared};
use super::promising::FULL_SHARE;
use super::reach::{Reach, SLACK};
use crate::index::{LogFrequencies, Segment};
use crate::mark::{Bar, NoBar};
use crate::meaning::{MAX_FORM, WordForms, each_whole};
use crate::name::MAX_TOKENS;
use crate::scan::Threads;
use crate::score::{
    Assessment, Band, Circumstances, JoinedForm, JudgementConfig, PairSimilarities, WholeLikeness, WholeSimilarity, WordSimilarity,
    goods_similarity, judge,
};

/// A mark that reaches the cut-off.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scored {
    pub mark: u32,
    pub assessment: Assessment,
    pub band: Band,
    pub no_bar: Option<NoBar>,
}

/// Everything that one query needs to know of one segment.
pub(super) struct SegmentSearch<'s> {
    pub(super) segment: &'s Segment,
    pub(super) query: &'s Prepared,
    log_frequencies: &'s LogFrequencies<'s>,
    pub(super) config: &'s SearchConfig,
    pub(super) words: WordMatches,
    phrases: Vec<PhraseMatch>,
}

impl<'s> SegmentSearch<'s> {
    /// Scans the segment. Gives the search and every mark that may be shown, ascending: those that
    /// reach the cut-offs that `best` comes to.
    ///
    /// `whole` are the marks whose whole name is like the query's, where another reading of the
    /// same query has found them already; they are left there for the next. `log_frequencies` are those for the query's classes.
    pub(super) fn run(
        (number, segment): (usize, &'s Segment),
        query: &'s Prepared,
        whole: &mut Option<Vec<(u32, WholeSimilarity)>>,
        log_frequencies: &'s LogFrequencies<'s>,
        best: &mut Best,
        config: &'s SearchConfig,
        threads: Threads,
    ) -> (Self, Vec<Scored>) {
        let words = match_words(segment, query, config.judgement, threads);
        let phrases = match_phrases(segment, query, config.judgement);
        let search = Self { segment, query, log_frequencies, config, words, phrases };
        let shared = search.shared();
        for (mark, score) in search.promising(&shared, best.wanted(), threads) {
            best.learn(number, mark, score, search.no_bar(mark).is_none());
        }
        let levels = Levels::new(segment, query, best.cutoffs(), config);
        let whole = whole.get_or_insert_with(|| match_whole_names(segment, query, &levels, config.judgement, threads));
        let marks = search.marks_in_question(whole, &shared, &levels, threads);
        let score = |&(mark, whole): &(u32, WholeSimilarity)| search.score(mark, shared[mark as usize], whole, levels.of(mark));
        let scored: Vec<Scored> = match threads {
            Threads::One => marks.iter().filter_map(score).collect(),
            Threads::All => marks.par_iter().with_min_len(1024).filter_map(score).collect(),
        };
        scored.iter().for_each(|scored| best.learn(number, scored.mark, scored.assessment.overall, scored.no_bar.is_none()));
        (search, scored)
    }

    /// Every live mark that may reach its cut-off, ascending, with the bound of its whole name.
    fn marks_in_question(
        &self,
        whole: &[(u32, WholeSimilarity)],
        shared: &[u8],
        levels: &Levels<'_>,
        threads: Threads,
    ) -> Vec<(u32, WholeSimilarity)> {
        let mut touched = self.no_marks();
        for (reach, marks) in levels.each() {
            self.touch_by_words(reach, shared, marks, &mut touched, threads);
        }
        let mut touch = |mark: u32| touched[mark as usize / 64] |= 1 << (mark % 64);
        self.phrases.iter().for_each(|found| touch(found.mark));
        self.segment.well_known().iter().for_each(|&mark| touch(mark));
        whole.iter().for_each(|&(mark, _)| touch(mark));
        let mut whole = whole.iter().peekable();
        let mut marks = Vec::new();
        for (place, &bits) in touched.iter().enumerate() {
            let mut bits = bits;
            while bits != 0 {
                let mark = (place * 64) as u32 + bits.trailing_zeros();
                bits &= bits - 1;
                while whole.next_if(|(other, _)| *other < mark).is_some() {}
                let of_whole = whole.next_if(|(other, _)| *other == mark).map_or(WholeSimilarity::default(), |(_, whole)| *whole);
                if self.segment.is_live(mark) {
                    marks.push((mark, of_whole));
                }
            }
        }
        marks
    }

    /// Adds to `all` those of `marks` that may reach a cut-off by their words.
    ///
    /// A mark is in question where its whole name or a phrase is alike enough; where a single
    /// word is alike enough to carry it alone; where two words of the query are alike, of
    /// which one at least carries; where it has light words in common and hardly any other; and
    /// where it is well known.
    fn touch_by_words(&self, reach: &Reach<'_>, shared: &[u8], marks: impl Fn(usize) -> u64 + Sync, all: &mut [u64], threads: Threads) {
        let sum: f32 = self.query.weights.iter().sum();
        let mut touched = self.no_marks();
        let mut heavy = self.no_marks();
        let mut of_row = self.no_marks();
        for row in (0..self.query.rows()).filter(|&row| reach.carries[row] && self.query.row_of[row] == row) {
            let same = (0..self.query.rows()).filter(|&other| self.query.row_of[other] == row);
            let weight = same.map(|other| self.query.weights[other]).sum::<f32>();
            of_row.fill(0);
            for &(word, found) in self.words.of_row(row) {
                self.touch(word, &mut of_row);
                if reach.carries_alone(weight, weight / sum, found) {
                    self.touch(word, &mut touched);
                }
            }
            for ((touched, heavy), of_row) in touched.iter_mut().zip(&mut heavy).zip(&of_row) {
                *touched |= *heavy & *of_row;
                *heavy |= *of_row;
            }
        }
        if reach.carries.contains(&false) {
            let mut light = self.no_marks();
            for row in (0..self.query.rows()).filter(|&row| !reach.carries[row]) {
                self.words.of_row(row).iter().for_each(|&(word, _)| self.touch(word, &mut light));
            }
            let least = reach.least_share_for(None) * f32::from(FULL_SHARE);
            let touch_light = |(place, touched): (usize, &mut u64)| {
                *touched |= heavy[place] & light[place];
                let mut alone = light[place] & !*touched & marks(place);
                while alone != 0 {
                    let bit = alone.trailing_zeros();
                    alone &= alone - 1;
                    let mark = (place * 64) as u32 + bit;
                    if f32::from(shared[mark as usize]) >= least && self.is_mostly_matched(mark, reach.light_share) {
                        *touched |= 1 << bit;
                    }
                }
            };
            match threads {
                Threads::One => touched.iter_mut().enumerate().for_each(touch_light),
                Threads::All => touched.par_iter_mut().with_min_len(1024).enumerate().for_each(touch_light),
            }
        }
        for (place, (all, touched)) in all.iter_mut().zip(touched).enumerate() {
            *all |= touched & marks(place);
        }
    }

    /// True where the words of a mark that are like any of the query make at least `share` of its weight.
    fn is_mostly_matched(&self, mark: u32, share: f32) -> bool {
        let (mut matched, mut all) = (0.0_f32, 0.0_f32);
        for &word in self.words_of(mark) {
            let weight = self.weight(word);
            all += weight;
            matched += if self.words.of(word).is_some() { weight } else { 0.0 };
        }
        matched + SLACK >= share * all
    }

    /// A set of marks, a bit each.
    fn no_marks(&self) -> Vec<u64> {
        vec![0; (self.segment.sheet().mark_count() as usize).div_ceil(64)]
    }

    fn touch(&self, word: u32, marks: &mut [u64]) {
        self.segment.sheet().postings(word).iter().for_each(|&mark| marks[mark as usize / 64] |= 1 << (mark % 64));
    }

    pub(super) fn circumstances(&self, mark: u32) -> Circumstances {
        let sheet = self.segment.sheet();
        let facts = &sheet.facts()[mark as usize];
        // Where the query names no goods, those of the mark are not asked for: they lie far apart.
        let keys = if self.query.goods.has_keys() { sheet.goods(mark) } else { &[] };
        Circumstances { goods: goods_similarity(&self.query.goods, facts.classes(), keys), is_well_known: facts.is_well_known() }
    }

    /// The score of a mark, where it reaches the cut-off of `reach` or is the same sign: that makes
    /// the verdict, whatever goods push others before it. `shared` and `whole` are bounds of what its
    /// words match and of its whole name.
    fn score(&self, mark: u32, shared: u8, whole: WholeSimilarity, reach: &Reach<'_>) -> Option<Scored> {
        let facts = &self.segment.sheet().facts()[mark as usize];
        let goods = self.query.goods.bound(facts.classes());
        // A channel on which the scan did not find the mark is below the floor.
        let floor = reach.whole_floor_for(goods);
        let is_below = whole.visual <= floor && whole.aural <= floor;
        let least = reach.least_share_for(goods) * f32::from(FULL_SHARE);
        if is_below && f32::from(shared) < least && !facts.is_well_known() && self.phrases_of(mark).next().is_none() {
            return None;
        }
        let circumstances = self.circumstances(mark);
        let judgement = self.config.judgement;
        let bound = WholeSimilarity { visual: whole.visual.max(floor), aural: whole.aural.max(floor) };
        let may_be_same = whole.visual >= SAME_LETTERS;
        let bound = self.with_pair(mark, bound, circumstances, |pair| judge(pair, judgement).overall);
        if bound + SLACK < reach.cutoff && !may_be_same {
            return None;
        }
        let whole = self.exact_whole(mark);
        let assessment = self.with_pair(mark, whole, circumstances, |pair| judge(pair, judgement));
        let band = self.band(mark, &assessment);
        if assessment.overall < if band == Band::Identical { self.config.cutoff() } else { reach.cutoff } {
            return None;
        }
        Some(Scored { mark, assessment, band, no_bar: self.no_bar(mark) })
    }

    fn band(&self, mark: u32, assessment: &Assessment) -> Band {
        let has_same_letters = || {
            let words = self.words_of(mark).iter().map(|&word| self.segment.sheet().word(word));
            words.flat_map(str::bytes).eq(self.query.sign.name().tokens().iter().flat_map(|token| token.text().bytes()))
        };
        band(assessment, has_same_letters, self.config.judgement)
    }

    /// What the phrases of a mark have in common with the query.
    fn phrases_of(&self, mark: u32) -> impl Iterator<Item = &PhraseMatch> {
        let first = self.phrases.partition_point(|found| found.mark < mark);
        self.phrases[first..].iter().take_while(move |found| found.mark == mark)
    }

    fn no_bar(&self, mark: u32) -> Option<NoBar> {
        let facts = &self.segment.sheet().facts()[mark as usize];
        if self.query.owner != 0 && facts.owner == self.query.owner {
            return Some(NoBar::Own);
        }
        match Bar::of(facts.status(), facts.filed_on(), facts.expires_on(), self.config.today, self.query.filed_on) {
            Bar::Bar => None,
            Bar::NoBar(reason) => Some(reason),
        }
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
        self.query.weighting.weight_of(
            self.log_frequencies.of(self.segment.rank(word)),
            self.segment.shape(word),
            self.segment.weakness(word),
            self.query.context,
            self.config.judgement,
        )
    }

    /// Puts the similarities of a mark's words together, and gives them to `judge`.
    pub(super) fn with_pair<T>(
        &self,
        mark: u32,
        whole: WholeSimilarity,
        circumstances: Circumstances,
        judge: impl Fn(&PairSimilarities<'_>) -> T,
    ) -> T {
        let words = self.words_of(mark);
        let (rows, columns) = (self.query.rows(), words.len());
        let mut weights = [0.0_f32; MAX_TOKENS];
        let mut few = [WordSimilarity::default(); 64];
        let mut many = Vec::new();
        let matrix: &mut [WordSimilarity] = if rows * columns <= few.len() {
            &mut few[..rows * columns]
        } else {
            many.resize(rows * columns, WordSimilarity::default());
            &mut many
        };
        let mut has_concept = false;
        for (column, &word) in words.iter().enumerate() {
            weights[column] = self.weight(word);
            has_concept |= self.segment.has_concept(word);
            if let Some(similarities) = self.words.of(word) {
                for row in 0..rows {
                    // Words that stand twice in the query are scanned once, but each has its own meaning.
                    let letters = similarities[self.query.row_of[row]];
                    let conceptual = similarities[row].conceptual;
                    matrix[row * columns + column] = WordSimilarity { conceptual, ..letters };
                }
            }
        }
        for found in self.phrases_of(mark) {
            for row in found.query.clone() {
                for column in found.earlier.clone() {
                    let conceptual = &mut matrix[row * columns + column].conceptual;
                    *conceptual = conceptual.max(found.similarity);
                }
            }
        }
        let sheet = self.segment.sheet();
        let pair = PairSimilarities {
            query_weights: &self.query.weights,
            earlier_weights: &weights[..columns],
            words: matrix,
            whole,
            has_concepts: !self.query.sign.concepts().is_empty() && (has_concept || !sheet.phrases_of(mark).is_empty()),
            circumstances,
        };
        judge(&pair)
    }

    /// The whole-name similarities of a mark.
    pub(super) fn exact_whole(&self, mark: u32) -> WholeSimilarity {
        let words = self.words_of(mark);
        let sheet = self.segment.sheet();
        let mut joined = JoinedForm::default();
        let mut buffer = [0_u8; MAX_FORM];
        let mut on = |channel: Channel| {
            let column = match channel {
                Channel::Written => sheet.word_written(),
                Channel::Spoken => sheet.word_spoken(),
            };
            let forms = |word: u32| match channel {
                Channel::Written => sheet.word_written_forms(word),
                Channel::Spoken => sheet.word_spoken_forms(word),
            };
            let most = words.iter().map(|&word| forms(word).len()).max().unwrap_or(0);
            let mut best = 0.0_f32;
            for place in 0..most.min(channel.whole_limit()) {
                joined.clear();
                for &word in words {
                    // As `each_whole` goes: a word with fewer forms stands in its first.
                    let of_word = forms(word);
                    if let Some(&form) = of_word.get(place).or(of_word.first()) {
                        joined.push(column.read_form(form, &mut buffer), self.weight(word));
                    }
                }
                best = self.query.whole_similarity(channel, &joined, self.config.judgement).max(best);
            }
            best
        };
        WholeSimilarity { visual: on(Channel::Written), aural: on(Channel::Spoken) }
    }
}

/// The band of a pair. The same letters are the identical mark where the goods are of the same
/// kind as far as is known; the letters are looked at only where the numbers allow that.
pub(super) fn band(assessment: &Assessment, has_same_letters: impl FnOnce() -> bool, config: &JudgementConfig) -> Band {
    let is_for_same_goods = assessment.goods.is_none_or(|goods| goods >= SAME_GOODS);
    if assessment.visual >= 1.0 && is_for_same_goods && has_same_letters() { Band::Identical } else { config.bands.of(assessment.overall) }
}

/// The scan finds the whole names of signs with the same letters at least so similar.
const SAME_LETTERS: f32 = 0.999;

/// Kinship of goods that are of the same kind: a class in common, whatever the goods' words say.
const SAME_GOODS: f32 = 0.8;

/// How alike the query's whole name is to one that has these words, by writing and by sound.
pub(super) fn whole_likenesses(
    query: &Prepared,
    earlier: &[WordForms],
    earlier_weights: &[f32],
    config: &JudgementConfig,
) -> [WholeLikeness; 2] {
    Channel::ALL.map(|channel| {
        let mut best = WholeLikeness::default();
        let mut joined = JoinedForm::default();
        let forms: Vec<&[Vec<u8>]> = earlier.iter().map(|word| channel.forms(word)).collect();
        each_whole(&forms, channel.whole_limit(), |parts| {
            joined.clear();
            parts.iter().zip(earlier_weights).for_each(|(part, &weight)| joined.push(part, weight));
            for found in query.whole_forms(channel).map(|own| own.likeness(&joined)) {
                if found.similarity(&config.form) > best.similarity(&config.form) {
                    best = found;
                }
            }
        });
        best
    })
}
