//! What the scan finds in a segment: words, phrases and whole names that are like the query's.

use std::cell::Cell;

use super::levels::Levels;
use super::prepared::{Channel, FormPattern, Measure, Prepared};
use crate::index::Segment;
use crate::index::column::Column;
use crate::meaning::lexicon::{Concept, ConceptMatch};
use crate::scan::{self, Candidate, Needed, Threads};
use crate::score::alignment::similarity_from;
use crate::score::{JudgementConfig, WholeSimilarity, WordSimilarity, concept_similarity};

/// Words of a segment that are like a word of the query, with how much.
pub(super) struct WordMatches {
    rows: usize,
    /// By word of the segment, its place among `words`, or `NONE`.
    slot_of: Vec<u32>,
    words: Vec<u32>,
    /// By slot, then query word.
    similarities: Vec<WordSimilarity>,
    /// By query word: the words that are like it, by writing, sound or meaning, some repeatedly.
    of_row: Vec<Vec<(u32, f32)>>,
}

const NONE: u32 = u32::MAX;

thread_local! {
    /// The last search's slots, all `NONE` again: a register has a million words and a search
    /// touches some thousands, so making them anew would cost more than all their use.
    static SPARE_SLOTS: Cell<Vec<u32>> = const { Cell::new(Vec::new()) };
}

impl Drop for WordMatches {
    fn drop(&mut self) {
        self.words.iter().for_each(|&word| self.slot_of[word as usize] = NONE);
        SPARE_SLOTS.set(std::mem::take(&mut self.slot_of));
    }
}

impl WordMatches {
    fn new(rows: usize, word_count: u32) -> Self {
        let mut slot_of = SPARE_SLOTS.take();
        slot_of.resize(slot_of.len().max(word_count as usize), NONE);
        Self { rows, slot_of, words: Vec::new(), similarities: Vec::new(), of_row: vec![Vec::new(); rows] }
    }

    /// Similarities of a word with each word of the query; `None` where it is like none.
    pub(super) fn of(&self, word: u32) -> Option<&[WordSimilarity]> {
        let slot = self.slot_of[word as usize];
        (slot != NONE).then(|| &self.similarities[slot as usize * self.rows..][..self.rows])
    }

    /// Words that are like one word of the query, some repeatedly, with one of their similarities;
    /// the highest is among them.
    pub(super) fn of_row(&self, row: usize) -> &[(u32, f32)] {
        &self.of_row[row]
    }

    fn entry(&mut self, word: u32, row: usize) -> &mut WordSimilarity {
        let slot = &mut self.slot_of[word as usize];
        if *slot == NONE {
            *slot = self.words.len() as u32;
            self.words.push(word);
            self.similarities.resize(self.similarities.len() + self.rows, WordSimilarity::default());
        }
        &mut self.similarities[*slot as usize * self.rows + row]
    }
}

/// A phrase of a mark that means what a word or phrase of the query means, or something near it.
pub(super) struct PhraseMatch {
    pub mark: u32,
    pub query: std::ops::Range<usize>,
    pub earlier: std::ops::Range<usize>,
    pub similarity: f32,
}

/// Every form of a column whose similarity with a form of the query reaches the floor of the item
/// that it belongs to, with that item.
fn alike<Kind: Fn(u32) -> Option<Floor> + Sync, Raised: Fn(u32) -> f32 + Sync>(
    form: &FormPattern,
    needs: &Needs,
    column: Column<'_>,
    floors: &ItemFloors<Kind, Raised>,
    config: &JudgementConfig,
    threads: Threads,
) -> Vec<(u32, f32)> {
    scan::scan(column, &form.pattern, &needs.of_low, threads, |candidate: Candidate| {
        let item = column.items[candidate.form as usize];
        let group = &column.groups[usize::from(candidate.group)];
        let (floor, needed) = match (floors.kind)(item)? {
            Floor::Low => (needs.low, &needs.of_low),
            Floor::High => (needs.high, &needs.of_high),
        };
        if candidate.common < needed[group.length as usize][usize::from(candidate.ends)] {
            return None;
        }
        let mut symbols = [0_u8; crate::meaning::MAX_FORM];
        let symbols = column.read_form_of(group, candidate.form, &mut symbols);
        let common = usize::from(candidate.common);
        let of_form = |measure: &Measure| {
            similarity_from(measure.profile(), symbols, common, &config.form, floor, || floor.max((floors.raised)(item)))
        };
        form.measures.iter().filter_map(of_form).reduce(f32::max).map(|found| (item, found))
    })
}

/// Two floors, and what a form of a column must have in common with a pattern to reach each.
struct Needs {
    low: f32,
    of_low: Needed,
    /// No lower.
    high: f32,
    of_high: Needed,
}

impl Needs {
    fn new(form: &FormPattern, low: f32, high: f32, config: &JudgementConfig) -> Self {
        let of_low = form.needed(config, low);
        let of_high = if high > low { form.needed(config, high) } else { of_low };
        Self { low, of_low, high, of_high }
    }
}

/// Floors of items.
struct ItemFloors<Kind, Raised> {
    /// Which of the two is an item's; `None` where the item is not looked for. Asked of every candidate.
    kind: Kind,
    /// The floor of an item, no lower than that and costlier to know. Few are asked for it.
    raised: Raised,
}

#[derive(Clone, Copy)]
enum Floor {
    Low,
    High,
}

/// Matches words by writing and sound on all columns, and by meaning.
pub(super) fn match_words(segment: &Segment, query: &Prepared, config: &JudgementConfig, threads: Threads) -> WordMatches {
    let sheet = segment.sheet();
    let mut words = WordMatches::new(query.rows(), sheet.word_count());
    for form in &query.word_patterns {
        let column = match form.channel {
            Channel::Written => sheet.word_written(),
            Channel::Spoken => sheet.word_spoken(),
        };
        let floor = query.word_floor(form.row);
        let floors = ItemFloors { kind: |_| Some(Floor::Low), raised: |_| floor };
        let needs = Needs::new(form, floor, floor, config);
        for (word, similarity) in alike(form, &needs, column, &floors, config, threads) {
            let entry = words.entry(word, form.row);
            let value = match form.channel {
                Channel::Written => &mut entry.visual,
                Channel::Spoken => &mut entry.aural,
            };
            *value = value.max(similarity);
            words.of_row[form.row].push((word, similarity));
        }
    }
    for own in query.sign.concepts() {
        for concept in own.reachable() {
            for found in sheet.words_of_concept(concept.index()) {
                let earlier = ConceptMatch::from_nature(concept, 0..1, found.relation);
                let similarity = concept_similarity(own, &earlier, config);
                if similarity <= 0.0 {
                    continue;
                }
                for row in own.tokens.clone() {
                    let conceptual = &mut words.entry(found.word, row).conceptual;
                    *conceptual = conceptual.max(similarity);
                    words.of_row[query.row_of[row]].push((found.word, similarity));
                }
            }
        }
    }
    words
}

/// Matches phrases of marks by meaning; ascending by mark.
pub(super) fn match_phrases(segment: &Segment, query: &Prepared, config: &JudgementConfig) -> Vec<PhraseMatch> {
    let mut reachable: Vec<(Concept, &ConceptMatch)> =
        query.sign.concepts().iter().flat_map(|own| own.reachable().map(move |concept| (concept, own))).collect();
    reachable.sort_by_key(|(concept, _)| *concept);
    let mut found = Vec::new();
    if reachable.is_empty() {
        return found;
    }
    for phrase in segment.sheet().phrases() {
        let first = reachable.partition_point(|(concept, _)| concept.index() < phrase.concept);
        for &(concept, own) in reachable[first..].iter().take_while(|(concept, _)| concept.index() == phrase.concept) {
            let tokens = usize::from(phrase.start)..usize::from(phrase.end);
            let earlier = ConceptMatch::from_nature(concept, tokens.clone(), phrase.relation);
            let similarity = concept_similarity(own, &earlier, config);
            if similarity > 0.0 {
                found.push(PhraseMatch { mark: phrase.mark, query: own.tokens.clone(), earlier: tokens, similarity });
            }
        }
    }
    found
}

/// Marks whose whole name is like the query's, letters taken alike; ascending. The similarity
/// is before words are weighed, so it is an upper bound of the whole-name similarity; a channel
/// of which nothing is said is below the floor of `levels`.
pub(super) fn match_whole_names(
    segment: &Segment,
    query: &Prepared,
    levels: &Levels<'_>,
    config: &JudgementConfig,
    threads: Threads,
) -> Vec<(u32, WholeSimilarity)> {
    let sheet = segment.sheet();
    let (low, high) = levels.whole_floors();
    // Of a mark for other goods the name must be all the more alike.
    let floor_of = |mark: u32| levels.of(mark).whole_floor_for(query.goods.bound(sheet.facts()[mark as usize].classes()));
    let floor_if = |is_high: bool| if is_high { Floor::High } else { Floor::Low };
    let of_marks = ItemFloors { kind: |mark| Some(floor_if(levels.is_high(mark))), raised: floor_of };
    // Marks of one word have no form of their own among the names.
    let kind_of_word = |word: u32| {
        let (is_lone, is_high) = levels.lone_word(word);
        is_lone.then(|| floor_if(is_high))
    };
    let of_words = ItemFloors { kind: kind_of_word, raised: |_| low };
    let mut all: Vec<(u32, Channel, f32)> = Vec::new();
    for form in query.whole_patterns.iter() {
        let (names, words) = match form.channel {
            Channel::Written => (sheet.name_written(), sheet.word_written()),
            Channel::Spoken => (sheet.name_spoken(), sheet.word_spoken()),
        };
        let needs = Needs::new(form, low, high, config);
        all.extend(alike(form, &needs, names, &of_marks, config, threads).into_iter().map(|(mark, found)| (mark, form.channel, found)));
        let starts = sheet.token_starts();
        for (word, found) in alike(form, &needs, words, &of_words, config, threads) {
            let single = |&&mark: &&u32| starts[mark as usize + 1] - starts[mark as usize] == 1 && found >= floor_of(mark);
            all.extend(sheet.postings(word).iter().filter(single).map(|&mark| (mark, form.channel, found)));
        }
    }
    merged(all)
}

fn merged(mut all: Vec<(u32, Channel, f32)>) -> Vec<(u32, WholeSimilarity)> {
    all.sort_unstable_by_key(|(mark, _, _)| *mark);
    let mut merged: Vec<(u32, WholeSimilarity)> = Vec::new();
    for (mark, channel, found) in all {
        if merged.last().is_none_or(|(last, _)| *last != mark) {
            merged.push((mark, WholeSimilarity::default()));
        }
        let whole = &mut merged.last_mut().expect("one was just pushed").1;
        let value = match channel {
            Channel::Written => &mut whole.visual,
            Channel::Spoken => &mut whole.aural,
        };
        *value = value.max(found);
    }
    merged
}
