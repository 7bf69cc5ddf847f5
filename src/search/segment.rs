//! One query against one segment: which marks may reach the cut-off, and their scores.

use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use super::SearchConfig;
use super::best::Best;
use super::kinship::Kinships;
use super::matches::{PhraseMatch, WordMatch, WordMatches, match_phrases, match_words};
use super::prepared::{Channel, Prepared};
use super::reach::{Carried, SAME_LETTERS, SLACK, WholeFloors};
use super::scoring::Scoring;
use super::shared::{LeastShared, SharingMark, SharingMarks, least_weights, sharing};
use super::whole_names::{Found, Round, Wanted, WholeMarks, WholeMatch, match_round};
use super::word_memory::WordMemory;
use crate::index::column::{ClassBits, WELL_KNOWN, nice_classes};
use crate::index::{BlockLevels, Index, LogFrequencies, Segment, WordNature};
use crate::mark::{Bar, NiceClasses, NoBar};
use crate::meaning::lexicon::Weaknesses;
use crate::meaning::{MAX_FORM, WordForms, each_whole};
use crate::name::MAX_TOKENS;
use crate::scan::Threads;
use crate::score::related::STRENGTH_3;
use crate::score::{
    Assessment, Band, Circumstances, Cover, JoinedForm, JudgementConfig, PairSimilarities, WholeLikeness, WholeSimilarity, WordSimilarity,
    closeness, goods_similarity, judge, log_odds_bound,
};

/// A mark that reaches the cut-off.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scored {
    pub mark: u32,
    pub assessment: Assessment,
    pub band: Band,
    pub no_bar: Option<NoBar>,
}

/// A mark that may reach the cut-off.
#[derive(Clone, Copy)]
pub(super) struct Candidate {
    pub mark: u32,
    /// Similarities of its whole name, or more.
    pub whole: WholeSimilarity,
    /// Its log-odds are no higher.
    pub bound: f32,
}

/// A register, read for the classes of a query.
pub(super) struct Register<'s> {
    pub index: &'s Index,
    log_frequencies: LogFrequencies<'s>,
    memory: Option<&'s WordMemory>,
}

impl<'s> Register<'s> {
    /// `memory` is that of a list whose names are searched for.
    pub(super) fn new(index: &'s Index, classes: NiceClasses, memory: Option<&'s WordMemory>) -> Self {
        Self { index, log_frequencies: index.log_frequencies(classes), memory }
    }
}

/// Everything that one query needs to know of one segment.
pub(super) struct SegmentSearch<'s> {
    pub(super) query: &'s Prepared,
    pub(super) config: &'s SearchConfig,
    pub(super) kinships: Kinships,
    segment: &'s Segment,
    log_frequencies: &'s LogFrequencies<'s>,
    words: WordMatches,
    phrases: Vec<PhraseMatch>,
    shared: SharingMarks,
}

/// Marks that are looked at for their words before whole names are looked for, and how many of these
/// and of what a round finds are scored at once: what they reach is the cut-off for the rest.
const PROMISING: usize = 256;
const SCORED_FIRST: usize = 28;

/// Marks that a thread looks over for what they share.
const SHARED_PART: usize = 1 << 13;

/// Marks that are bounded in one go: what is read of them stays in the cache.
const PART: usize = 256;

impl<'s> SegmentSearch<'s> {
    /// Scans the segment for queries, each with the scores that it has so far. Gives the searches, for each of
    /// them every mark that may be shown, in no order (those that reach the cut-off that its scores come to, and
    /// others), and the marks whose whole name is like the query's.
    ///
    /// The queries go side by side, so that what is read of the segment is read once for all of them.
    pub(super) fn run_all(
        asked: &[(&'s Register<'s>, &'s Prepared)],
        number: usize,
        bests: &mut [&mut Best],
        config: &'s SearchConfig,
        threads: Threads,
    ) -> Vec<(Self, Vec<Scored>, WholeMarks)> {
        let searches = Self::all(asked, number, config, threads);
        let mut scorings: Vec<Scoring<'_, 's>> =
            searches.iter().zip(bests).map(|(search, best)| Scoring::new(search, number, best, threads)).collect();
        searches.iter().zip(&mut scorings).for_each(|(search, scoring)| search.score_promising(scoring, threads));
        let levels: Vec<Arc<BlockLevels>> = searches.iter().map(|search| search.kinships.steps_of(search.segment)).collect();
        let mut found: Vec<Found> = searches.iter().map(|_| Found::default()).collect();
        for round in Round::ALL {
            let floors: Vec<WholeFloors> = scorings.iter().map(|scoring| scoring.limits(0.0).whole_floors()).collect();
            let wanted = searches.iter().zip(&levels).zip(&floors);
            let wanted: Vec<Wanted<'_>> = wanted.map(|((search, levels), floors)| Wanted { query: search.query, levels, floors }).collect();
            let Some(first) = searches.first() else { continue };
            let of_round = match_round(round, first.segment, &wanted, config.judgement, threads);
            for (place, (of_query, floors)) in of_round.into_iter().zip(floors).enumerate() {
                scorings[place].score(&searches[place].closest(&of_query));
                found[place].add(of_query, floors);
            }
        }
        let wholes: Vec<WholeMarks> = found.into_iter().map(Found::merged).collect();
        for ((search, scoring), whole) in searches.iter().zip(&mut scorings).zip(&wholes) {
            search.score_rest(scoring, whole, threads);
        }
        let scored: Vec<Vec<Scored>> = scorings.into_iter().map(Scoring::finish).collect();
        searches.into_iter().zip(scored).zip(wholes).map(|((search, scored), whole)| (search, scored, whole)).collect()
    }

    /// The same for another reading of a query, for which `whole` was found.
    pub(super) fn run_again(
        (register, query): (&'s Register<'s>, &'s Prepared),
        number: usize,
        whole: &WholeMarks,
        best: &mut Best,
        config: &'s SearchConfig,
        threads: Threads,
    ) -> (Self, Vec<Scored>) {
        let search = Self::all(&[(register, query)], number, config, threads).pop().expect("one was asked for");
        let mut scoring = Scoring::new(&search, number, best, threads);
        search.score_promising(&mut scoring, threads);
        search.score_rest(&mut scoring, whole, threads);
        let scored = scoring.finish();
        (search, scored)
    }

    fn all(asked: &[(&'s Register<'s>, &'s Prepared)], number: usize, config: &'s SearchConfig, threads: Threads) -> Vec<Self> {
        let Some((register, _)) = asked.first() else { return Vec::new() };
        let segment = &register.index.segments()[number];
        let queries: Vec<&Prepared> = asked.iter().map(|(_, query)| *query).collect();
        let words = match_words(segment, &queries, register.memory.map(|memory| (memory, number)), config.judgement, threads);
        asked.iter().zip(words).map(|(&(register, query), words)| Self::new(register, segment, query, words, config, threads)).collect()
    }

    fn new(
        register: &'s Register<'s>,
        segment: &'s Segment,
        query: &'s Prepared,
        words: WordMatches,
        config: &'s SearchConfig,
        threads: Threads,
    ) -> Self {
        let (judgement, log_frequencies) = (config.judgement, &register.log_frequencies);
        // A word weighs most where only what holds anywhere makes it weak.
        let weight_of = |word: u32| {
            let nature = segment.nature(word);
            let own = segment.weakness(nature).filter(|weakness| weakness.holds_anywhere());
            weight(query, log_frequencies, nature, Weaknesses { own, of_phrase: None }, judgement)
        };
        let least_weights = segment.sums_of_words(std::ptr::from_ref(judgement).addr(), || {
            let log_frequencies = register.index.greatest_log_frequencies();
            let least = |nature: WordNature, weaknesses: Weaknesses| {
                query.weighting.least_weight(log_frequencies.of(nature.rank), nature.shape, weaknesses, judgement)
            };
            least_weights(segment, least, threads)
        });
        let shared = SharingMarks::new(segment, &words, &least_weights, weight_of, threads);
        Self {
            query,
            config,
            kinships: Kinships::new(&query.goods, judgement),
            phrases: match_phrases(segment, query, judgement),
            segment,
            log_frequencies,
            words,
            shared,
        }
    }

    /// Scores marks that are likely to be the closest by their words, so that the cut-off rises.
    fn score_promising(&self, scoring: &mut Scoring<'_, '_>, threads: Threads) {
        if scoring.raises() {
            let promising = self.promising(&scoring.limits(self.config.judgement.bands.high).carried(None), threads);
            scoring.score(&promising);
        }
    }

    /// Scores all that may reach the cut-off where whole names are known.
    fn score_rest(&self, scoring: &mut Scoring<'_, '_>, whole: &WholeMarks, threads: Threads) {
        let carried = scoring.limits(0.0).carried(Some(&whole.floors));
        scoring.score_by_bound(self.candidates(whole, &carried, threads));
    }

    /// Marks whose words may carry them to a cut-off although their whole names are below the floors; in no order.
    fn carried(&self, carried: &Carried<'_>, threads: Threads) -> Vec<u32> {
        if carried.leaves_all {
            return (0..self.segment.sheet().mark_count()).collect();
        }
        self.carried_of(self.shared.all(), carried, threads).into_iter().map(|sharing| sharing.mark).collect()
    }

    /// The same of some marks.
    fn carried_of<'m>(&self, parts: impl Iterator<Item = &'m [SharingMark]>, carried: &Carried<'_>, threads: Threads) -> Vec<SharingMark> {
        let least = &carried.least_shared();
        let of_part = |marks: &[SharingMark]| self.carried_of_part(marks, least, carried);
        match threads {
            Threads::One => parts.flat_map(of_part).collect(),
            Threads::All => {
                let parts: Vec<&[SharingMark]> = parts.flat_map(|part| part.chunks(SHARED_PART)).collect();
                parts.into_par_iter().flat_map_iter(of_part).collect()
            }
        }
    }

    fn carried_of_part(&self, marks: &[SharingMark], least: &LeastShared, carried: &Carried<'_>) -> Vec<SharingMark> {
        let mut sharing = sharing(marks, least);
        // The classes of one mark lie far from those of the next. Read for all of them before any is judged, the
        // processor waits for many at once.
        let classes = self.segment.sheet().class_bits();
        let steps: Vec<u8> = sharing.iter().map(|sharing| self.kinships.step(classes(sharing.mark))).collect();
        let mut steps = steps.into_iter();
        sharing.retain(|sharing| {
            let step = steps.next().expect("each mark has a step");
            carried.may_be_carried(step, sharing)
        });
        sharing
    }

    /// Marks that are likely to be the closest by their words. A guess, which costs nothing but time.
    fn promising(&self, carried: &Carried<'_>, threads: Threads) -> Vec<u32> {
        let likely = |sharing: &SharingMark| {
            let matched = sharing.shared.earlier_weight().unwrap_or_default();
            let own = f32::from(matched) / f32::from(sharing.least_weight.max(matched).max(1));
            f32::from(sharing.shared.query_share()) * (1.0 + own)
        };
        let mut marks = self.carried_of(self.shared.leading(), carried, threads);
        keep_highest(&mut marks, PROMISING, likely);
        let marks = marks.into_iter().map(|sharing| sharing.mark).filter(|&mark| self.segment.is_live(mark));
        let marks: Vec<(u32, WholeSimilarity)> = marks.map(|mark| (mark, WholeSimilarity::default())).collect();
        let mut marks: Vec<(f32, u32)> = self.bounds(&marks).into_iter().zip(marks.iter().map(|(mark, _)| *mark)).collect();
        keep_highest(&mut marks, SCORED_FIRST, |&(bound, _)| bound);
        marks.into_iter().map(|(_, mark)| mark).collect()
    }

    /// Of what a round has found, those that are likely to be the closest.
    fn closest(&self, found: &[WholeMatch]) -> Vec<u32> {
        let (classes, evidence) = (self.segment.sheet().class_bits(), &self.config.judgement.evidence);
        let likely = |found: &WholeMatch| {
            let circumstances = self.kinships.bounds()[usize::from(self.kinships.step(classes(found.mark)))];
            (evidence.whole * found.similarity + evidence.goods * circumstances.goods.unwrap_or_default(), found.mark)
        };
        let mut marks: Vec<(f32, u32)> = found.iter().map(likely).collect();
        keep_highest(&mut marks, SCORED_FIRST, |&(likely, _)| likely);
        marks.into_iter().map(|(_, mark)| mark).filter(|&mark| self.segment.is_live(mark)).collect()
    }

    /// Every live mark that may reach the cut-off, with its bound.
    fn candidates(&self, whole: &WholeMarks, carried: &Carried<'_>, threads: Threads) -> Vec<Candidate> {
        let mut marks = self.carried(carried, threads);
        marks.extend(whole.marks.iter().map(|(mark, _)| *mark));
        marks.extend(self.phrases.iter().map(|found| found.mark));
        marks.sort_unstable();
        marks.dedup();
        let mut found = whole.marks.iter().peekable();
        let classes = self.segment.sheet().class_bits();
        let with_whole = |mark: u32| {
            while found.next_if(|(other, _)| *other < mark).is_some() {}
            let found = found.next_if(|(other, _)| *other == mark).map_or(WholeSimilarity::default(), |(_, whole)| *whole);
            // A channel on which the scan did not find the mark is below the floor.
            let floor = carried.floors.of(self.kinships.step(classes(mark)));
            // The same sign makes the verdict, whatever goods push others before it.
            let may_be_same = found.visual >= SAME_LETTERS;
            (mark, WholeSimilarity { visual: found.visual.max(floor.visual), aural: found.aural.max(floor.aural) }, may_be_same)
        };
        let marks: Vec<(u32, WholeSimilarity, bool)> =
            marks.into_iter().filter(|&mark| self.segment.is_live(mark)).map(with_whole).collect();
        let of_part = |part: &[(u32, WholeSimilarity, bool)]| -> Vec<Candidate> {
            let wholes: Vec<(u32, WholeSimilarity)> = part.iter().map(|&(mark, whole, _)| (mark, whole)).collect();
            let candidate = |(&(mark, whole, may_be_same), bound): (&(u32, WholeSimilarity, bool), f32)| Candidate {
                mark,
                whole,
                bound: if may_be_same { f32::INFINITY } else { bound },
            };
            part.iter().zip(self.bounds(&wholes)).map(candidate).collect()
        };
        match threads {
            Threads::One => marks.chunks(PART).flat_map(of_part).collect(),
            Threads::All => marks.par_chunks(PART).flat_map_iter(of_part).collect(),
        }
    }

    /// The log-odds of marks, or more, where their whole names are at most so similar.
    fn bounds(&self, marks: &[(u32, WholeSimilarity)]) -> Vec<f32> {
        // What is read of a mark lies in half a dozen places, none of them in the cache. One step for all marks
        // after the other, with nothing to decide by what was read, the processor waits for many at once.
        let sheet = self.segment.sheet();
        let tokens = sheet.tokens();
        let places: Vec<Range<usize>> = marks.iter().map(|&(mark, _)| tokens.places(mark)).collect();
        let words: Vec<u32> = places.iter().flat_map(|places| &tokens.values[places.clone()]).copied().collect();
        let found = self.words.found(&words);
        let natures: Vec<WordNature> = words.iter().map(|&word| self.segment.nature(word)).collect();
        let class_bits = sheet.class_bits();
        let classes: Vec<ClassBits> = marks.iter().map(|&(mark, _)| class_bits(mark)).collect();
        let mut weights = Vec::new();
        let mut first = 0;
        let mut all = Vec::with_capacity(marks.len());
        for ((&(mark, whole), classes), places) in marks.iter().zip(classes).zip(places) {
            let of_mark = first..first + places.len();
            first = of_mark.end;
            weights.clear();
            weights.extend(self.weights(&words[of_mark.clone()], &natures[of_mark.clone()]));
            all.push(self.bound(mark, classes, whole, &weights, &found[of_mark]));
        }
        all
    }

    /// The log-odds of a mark of these classes, or more, where its whole name is at most so similar; its words have these
    /// weights and have at most so much in common with the query's.
    fn bound(&self, mark: u32, classes: ClassBits, whole: WholeSimilarity, weights: &[f32], words: &[WordMatch]) -> f32 {
        let judgement = self.config.judgement;
        let query_weight = self.query.weight();
        let (mut weight, mut query_share, mut matched, mut close) = (0.0_f32, 0.0_f32, 0.0_f32, 0.0_f32);
        let mut has_meaning = false;
        let mut add = |of_word: f32, most: f32| {
            matched += of_word * most;
            close += of_word * closeness(most, judgement.word_floor);
        };
        for (&of_word, found) in weights.iter().zip(words) {
            weight += of_word;
            query_share += found.query_share;
            has_meaning |= found.has_meaning;
            add(of_word, found.most);
        }
        for found in self.phrases_of(mark) {
            // What a phrase matches is added to what its words do.
            has_meaning = true;
            query_share += self.query.weights[found.query.clone()].iter().sum::<f32>() / query_weight * found.similarity;
            weights[found.earlier.clone()].iter().for_each(|&of_word| add(of_word, found.similarity));
        }
        // Sums in another order may be a step of rounding lower.
        let share = |part: f32| (part / weight * 1.000_01).min(1.0);
        let query_share = (query_share * 1.000_01).min(1.0);
        let both = (query_share * query_weight).min(matched * 1.000_01);
        let words = Cover::new(query_share, share(matched), both, share(close), weight.max(query_weight), judgement);
        // Names without a word of like meaning have none in common, whatever else their words are.
        let meaning = if has_meaning { words } else { Cover::default() };
        let goods = self.query.goods.bound(nice_classes(classes));
        let circumstances = Circumstances { goods, is_well_known: classes & WELL_KNOWN != 0 };
        log_odds_bound(whole, &words, &meaning, circumstances, judgement)
    }

    fn circumstances(&self, mark: u32) -> Circumstances {
        let sheet = self.segment.sheet();
        // Where the query names no goods, those of the mark are not asked for: they lie far apart.
        let keys = if self.query.goods.has_keys() { sheet.goods(mark) } else { &[] };
        let classes = sheet.class_bits()(mark);
        let goods = goods_similarity(&self.query.goods, nice_classes(classes), keys);
        Circumstances { goods, is_well_known: classes & WELL_KNOWN != 0 }
    }

    /// The score of a mark, where it is no lower than `cutoff` or the mark is the same sign. `whole` is how
    /// alike its whole name is at most, where that is known.
    pub(super) fn score(&self, mark: u32, whole: Option<WholeSimilarity>, cutoff: f32) -> Option<Scored> {
        let judgement = self.config.judgement;
        let assessment = self.with_pair(mark, self.circumstances(mark), |mut pair| {
            // Each step costs more than the one before, and few marks come so far.
            let reaches = |pair: &PairSimilarities<'_>| judge(pair, judgement).overall + SLACK >= cutoff;
            pair.whole = whole.unwrap_or(WholeSimilarity { visual: 1.0, aural: 1.0 });
            if whole.is_some() && !reaches(&pair) {
                return None;
            }
            pair.whole.visual = self.exact_whole(mark, pair.earlier_weights, Channel::Written);
            // The same sign makes the verdict, whatever its score.
            if pair.whole.visual < SAME_LETTERS && !reaches(&pair) {
                return None;
            }
            pair.whole.aural = self.exact_whole(mark, pair.earlier_weights, Channel::Spoken);
            Some(judge(&pair, judgement))
        })?;
        let band = self.band(mark, &assessment);
        if assessment.overall < if band == Band::Identical { self.config.cutoff() } else { cutoff } {
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
        if self.query.owner != 0 && facts.owner() == self.query.owner {
            return Some(NoBar::Own);
        }
        match Bar::of(facts.status(), facts.filed_on(), facts.expires_on(), self.config.today, self.query.filed_on) {
            Bar::Bar => None,
            Bar::NoBar(reason) => Some(reason),
        }
    }

    /// Weights of a mark's words.
    pub(super) fn earlier_weights(&self, mark: u32) -> Vec<f32> {
        let words = self.words_of(mark);
        let natures: Vec<WordNature> = words.iter().map(|&word| self.segment.nature(word)).collect();
        self.weights(words, &natures).collect()
    }

    fn words_of(&self, mark: u32) -> &'s [u32] {
        self.segment.sheet().tokens().of(mark)
    }

    /// Weights of the words of one name, whose natures are these.
    fn weights<'n>(&'n self, words: &[u32], natures: &'n [WordNature]) -> impl Iterator<Item = f32> + use<'n, 's> {
        let of = |(&nature, weaknesses): (&WordNature, Weaknesses)| {
            weight(self.query, self.log_frequencies, nature, weaknesses, self.config.judgement)
        };
        natures.iter().zip(self.segment.weaknesses(words, natures)).map(of)
    }

    /// Puts the similarities of a mark's words together, and gives them to `judge`; those of the whole
    /// names are for it to say.
    fn with_pair<T>(&self, mark: u32, circumstances: Circumstances, judge: impl FnOnce(PairSimilarities<'_>) -> T) -> T {
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
        let mut natures = [WordNature::default(); MAX_TOKENS];
        let natures = &mut natures[..columns];
        natures.iter_mut().zip(words).for_each(|(into, &word)| *into = self.segment.nature(word));
        let has_concept = natures.iter().any(|nature| nature.has_concept);
        for (column, (&word, weight)) in words.iter().zip(self.weights(words, natures)).enumerate() {
            weights[column] = weight;
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
            whole: WholeSimilarity::default(),
            has_concepts: !self.query.sign.concepts().is_empty() && (has_concept || !sheet.phrases_of(mark).is_empty()),
            circumstances,
        };
        judge(pair)
    }

    /// How alike the whole name of a mark, whose words have these weights, is on a channel.
    fn exact_whole(&self, mark: u32, weights: &[f32], channel: Channel) -> f32 {
        let words = self.words_of(mark);
        let sheet = self.segment.sheet();
        let mut joined = JoinedForm::default();
        let mut buffer = [0_u8; MAX_FORM];
        let (column, forms) = channel.words_of(sheet);
        let most = words.iter().map(|&word| forms.of(word).len()).max().unwrap_or(0);
        let mut best = 0.0_f32;
        for place in 0..most.min(channel.whole_limit()) {
            joined.clear();
            for (&word, &weight) in words.iter().zip(weights) {
                // As `each_whole` goes: a word with fewer forms stands in its first.
                let of_word = forms.of(word);
                if let Some(&form) = of_word.get(place).or(of_word.first()) {
                    joined.push(column.read_form(form, &mut buffer), weight);
                }
            }
            best = self.query.whole_similarity(channel, &joined, best, self.config.judgement);
        }
        best
    }
}

/// The weight of a word of a segment that these things make weak, for the goods of a query.
fn weight(
    query: &Prepared,
    log_frequencies: &LogFrequencies<'_>,
    nature: WordNature,
    weaknesses: Weaknesses,
    config: &JudgementConfig,
) -> f32 {
    query.weighting.weight_of(log_frequencies.of(nature.rank), nature.shape, weaknesses, query.context, config)
}

/// The band of a pair. The same letters are the identical mark where the goods are of the same
/// kind as far as is known; the letters are looked at only where the numbers allow that.
pub(super) fn band(assessment: &Assessment, has_same_letters: impl FnOnce() -> bool, config: &JudgementConfig) -> Band {
    let is_for_same_goods = assessment.goods.is_none_or(|goods| goods >= SAME_GOODS);
    if assessment.visual >= 1.0 && is_for_same_goods && has_same_letters() { Band::Identical } else { config.bands.of(assessment.overall) }
}

/// Kinship of goods that may be of the same kind: a class in common, whatever the goods' words say, classes of one
/// shelf, or words in common.
const SAME_GOODS: f32 = STRENGTH_3;

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

/// Keeps the `count` highest, in no order.
fn keep_highest<T>(all: &mut Vec<T>, count: usize, key: impl Fn(&T) -> f32) {
    if all.len() > count {
        all.select_nth_unstable_by(count, |a, b| key(b).total_cmp(&key(a)));
        all.truncate(count);
    }
}
