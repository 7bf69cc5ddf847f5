//! What the scan finds in a segment: words and phrases that are like the query's.

use std::cell::RefCell;

use super::prepared::{Channel, FormPattern, Measure, Prepared};
use super::word_memory::{Alike, Key, WordMemory};
use crate::index::Segment;
use crate::index::column::Column;
use crate::meaning::MAX_FORM;
use crate::meaning::lexicon::{Concept, ConceptMatch};
use crate::scan::{self, Candidate, Job, Needed, Needs, Threads};
use crate::score::alignment::{bound_from, similarity_from};
use crate::score::{JudgementConfig, SAME_WORD, WordSimilarity, concept_similarity};

/// Words of a segment that are like a word of the query, with how much.
pub(super) struct WordMatches {
    rows: usize,
    /// By word of the segment, its place among `words`, or `NONE`.
    slot_of: Vec<u32>,
    words: Vec<u32>,
    /// By slot, then query word.
    similarities: Vec<WordSimilarity>,
    /// By slot.
    matches: Vec<WordMatch>,
}

const NONE: u32 = u32::MAX;

thread_local! {
    /// The slots of searches that are done, all `NONE` again: a register has a million words and a search
    /// touches some thousands, so making them anew would cost more than all their use.
    static SPARE_SLOTS: RefCell<Vec<Vec<u32>>> = const { RefCell::new(Vec::new()) };
}

impl Drop for WordMatches {
    fn drop(&mut self) {
        self.words.iter().for_each(|&word| self.slot_of[word as usize] = NONE);
        SPARE_SLOTS.with_borrow_mut(|spare| spare.push(std::mem::take(&mut self.slot_of)));
    }
}

/// What a word of a segment may have in common with a query.
#[derive(Clone, Copy, Default)]
pub(super) struct WordMatch {
    pub word: u32,
    /// How alike it is to the word of the query that is closest.
    pub most: f32,
    /// Share of the query's weight that it matches at most.
    pub query_share: f32,
    /// True where it means what a word of the query means, or something near it.
    pub has_meaning: bool,
}

impl WordMatch {
    fn new(word: u32, query: &Prepared, similarities: &[WordSimilarity]) -> Self {
        // A word that comes repeatedly counts repeatedly, and a word is no less alike to one of the query
        // than to another: that is more than it is, never less.
        let of_row = |row: usize| query.weights[row] * closest(&similarities[query.row_of[row]], similarities[row].conceptual);
        Self {
            word,
            most: similarities.iter().map(|word| closest(word, word.conceptual)).fold(0.0, f32::max),
            query_share: (0..query.rows()).map(of_row).sum::<f32>() / query.weight(),
            has_meaning: similarities.iter().any(|word| word.conceptual > 0.0),
        }
    }
}

/// How alike two words are at most by writing, sound and meaning.
fn closest(letters: &WordSimilarity, conceptual: f32) -> f32 {
    whole_where_same(letters.visual.max(letters.aural).max(conceptual))
}

/// Meanings take words for the same that are so nearly.
fn whole_where_same(similarity: f32) -> f32 {
    if similarity >= SAME_WORD { 1.0 } else { similarity }
}

impl WordMatches {
    fn new(rows: usize, word_count: u32) -> Self {
        let mut slot_of = SPARE_SLOTS.with_borrow_mut(Vec::pop).unwrap_or_default();
        slot_of.resize(slot_of.len().max(word_count as usize), NONE);
        Self { rows, slot_of, words: Vec::new(), similarities: Vec::new(), matches: Vec::new() }
    }

    /// Similarities of a word with each word of the query; `None` where it is like none.
    #[inline]
    pub(super) fn of(&self, word: u32) -> Option<&[WordSimilarity]> {
        let slot = self.slot_of[word as usize];
        (slot != NONE).then(|| &self.similarities[slot as usize * self.rows..][..self.rows])
    }

    /// Every word that is like one of the query.
    pub(super) fn each(&self) -> impl Iterator<Item = &WordMatch> {
        self.matches.iter()
    }

    /// What words have in common with the query, each; nothing where one is like none of its words.
    pub(super) fn found(&self, words: &[u32]) -> Vec<WordMatch> {
        let slots: Vec<u32> = words.iter().map(|&word| self.slot_of[word as usize]).collect();
        slots.into_iter().map(|slot| if slot == NONE { WordMatch::default() } else { self.matches[slot as usize] }).collect()
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

/// A form of the query, and the column that it is held against.
pub(super) struct Side<'q> {
    pub form: &'q FormPattern,
    pub column: Column<'q>,
    pub needs: Needs<'q>,
    /// By level of a block, the similarity that its forms must have.
    pub floors: &'q [f32],
}

/// By side: every form of its column whose similarity is at least the floor of its block, as the item that it
/// belongs to. For whole names that is a bound of it.
pub(super) fn alike(sides: &[Side<'_>], config: &JudgementConfig, threads: Threads) -> Vec<Vec<(u32, f32)>> {
    let jobs: Vec<Job<'_>> = sides.iter().map(|side| Job { column: side.column, pattern: &side.form.pattern, needs: side.needs }).collect();
    scan::scan(&jobs, threads, |side, candidate: Candidate| {
        let Side { form, column, floors, .. } = &sides[side];
        let group = &column.groups[usize::from(candidate.group)];
        let mut symbols = [0_u8; MAX_FORM];
        let symbols = column.read_form_of(group, candidate.form, &mut symbols);
        let floor = floors[usize::from(candidate.level)];
        let of_form = |measure: &Measure| match measure {
            Measure::Word(profile) => similarity_from(profile, symbols, &config.form, floor),
            // What it is exactly depends on the weights of the words, of which nothing is known here.
            Measure::Whole(whole) => bound_from(whole.profile(), symbols, &config.form, floor),
        };
        let most = form.measures.iter().filter_map(of_form).reduce(f32::max);
        most.map(|found| (column.items[candidate.form as usize], found))
    })
}

/// By query, matches words by writing and sound on all columns, and by meaning. `memory` has what was found for
/// others of a list in the segment of this number.
pub(super) fn match_words(
    segment: &Segment,
    queries: &[&Prepared],
    memory: Option<(&WordMemory, usize)>,
    config: &JudgementConfig,
    threads: Threads,
) -> Vec<WordMatches> {
    let alike = alike_words(segment, queries, memory, config, threads);
    queries.iter().zip(alike).map(|(query, alike)| words_of_query(segment, query, &alike, config)).collect()
}

/// `alike` are the words that are like the forms of the query's words.
fn words_of_query(segment: &Segment, query: &Prepared, alike: &[Alike], config: &JudgementConfig) -> WordMatches {
    let sheet = segment.sheet();
    let mut words = WordMatches::new(query.rows(), sheet.word_count());
    for (form, alike) in query.word_patterns.iter().zip(alike) {
        for &(word, similarity) in alike.iter() {
            let entry = words.entry(word, form.row);
            let value = match form.channel {
                Channel::Written => &mut entry.visual,
                Channel::Spoken => &mut entry.aural,
            };
            *value = value.max(similarity);
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
                }
            }
        }
    }
    let similarities = words.similarities.chunks_exact(words.rows.max(1));
    words.matches = words.words.iter().zip(similarities).map(|(&word, similarities)| WordMatch::new(word, query, similarities)).collect();
    words
}

/// By query and form of its words, the words that are like it by writing or sound.
fn alike_words(
    segment: &Segment,
    queries: &[&Prepared],
    memory: Option<(&WordMemory, usize)>,
    config: &JudgementConfig,
    threads: Threads,
) -> Vec<Vec<Alike>> {
    let sheet = segment.sheet();
    let mut forms: Vec<(&FormPattern, f32)> = Vec::new();
    for query in queries {
        forms.extend(query.word_patterns.iter().map(|form| (form, query.word_floor(form.row))));
    }
    let key = |&(form, floor): &(&FormPattern, f32)| memory.map(|(_, number)| Key::new(number, form, floor));
    let keys: Vec<Option<Key>> = forms.iter().map(key).collect();
    // A word that several have is looked for once.
    let first_of = |place: usize| match &keys[place] {
        Some(_) => keys.iter().position(|key| *key == keys[place]).expect("a key equals itself"),
        None => place,
    };
    let known = |key: &Option<Key>| memory.zip(key.as_ref()).and_then(|((memory, _), key)| memory.get(key));
    let mut found: Vec<Option<Alike>> = keys.iter().map(known).collect();
    let unknown: Vec<usize> = (0..forms.len()).filter(|&place| found[place].is_none() && first_of(place) == place).collect();
    let needed: Vec<Needed> = unknown.iter().map(|&place| forms[place].0.needed(config, forms[place].1, |_| true)).collect();
    let mut sides = Vec::with_capacity(unknown.len());
    for (&place, needed) in unknown.iter().zip(&needed) {
        let (form, floor) = &forms[place];
        let (column, _) = form.channel.words_of(sheet);
        sides.push(Side { form, column, needs: Needs::of_all(needed), floors: std::slice::from_ref(floor) });
    }
    for (alike, &place) in alike(&sides, config, threads).into_iter().zip(&unknown) {
        let alike = Alike::new(alike);
        if let Some(((memory, _), key)) = memory.zip(keys[place].clone()) {
            memory.keep(key, &alike);
        }
        found[place] = Some(alike);
    }
    let mut all = (0..forms.len()).map(|place| found[first_of(place)].clone().expect("all are found"));
    queries.iter().map(|query| all.by_ref().take(query.word_patterns.len()).collect()).collect()
}

/// Concepts are told apart by so many slots before phrases are looked at: more than the lexicon has concepts, and so few
/// that they stay in the cache.
const PHRASE_SLOTS: u32 = 4096;

/// Matches phrases of marks by meaning; ascending by mark.
pub(super) fn match_phrases(segment: &Segment, query: &Prepared, config: &JudgementConfig) -> Vec<PhraseMatch> {
    let mut reachable: Vec<(Concept, &ConceptMatch)> =
        query.sign.concepts().iter().flat_map(|own| own.reachable().map(move |concept| (concept, own))).collect();
    reachable.sort_by_key(|(concept, _)| *concept);
    let mut found = Vec::new();
    if reachable.is_empty() {
        return found;
    }
    // Nearly all phrases mean something else, and one look tells.
    let slot = |concept: u32| (concept % PHRASE_SLOTS) as usize;
    let mut may_be_reachable = [false; PHRASE_SLOTS as usize];
    reachable.iter().for_each(|(concept, _)| may_be_reachable[slot(concept.index())] = true);
    for phrase in segment.sheet().phrases().iter().filter(|phrase| may_be_reachable[slot(phrase.concept)]) {
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
