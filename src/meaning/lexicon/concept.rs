//! Concepts: what different words of several languages name alike.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::LazyLock;

use super::morphology::{self, StemLanguage};
use super::weak::{self, WeakContext, WeakKind};
use super::{number, table};

/// Something that words name: an entry of the lexicon, or a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Concept(u32);

/// Numbers come after every row that the lexicon may ever have.
const NUMBER_OFFSET: u32 = 1 << 24;

impl Concept {
    /// The number `value` as a concept; `None` from 2^24 on.
    pub fn number(value: u64) -> Option<Self> {
        u32::try_from(value).ok().filter(|&value| value < NUMBER_OFFSET).map(|value| Self(NUMBER_OFFSET + value))
    }

    /// The value, where the concept is a number.
    pub fn value(self) -> Option<u64> {
        self.0.checked_sub(NUMBER_OFFSET).map(u64::from)
    }

    /// A number that stands for the concept in one build: the place of its row, or 2^24 and the value.
    pub fn index(self) -> u32 {
        self.0
    }

    /// The concept with this [`Concept::index`]; `None` where there is none.
    pub fn from_index(index: u32) -> Option<Self> {
        let is_row = (index as usize) < LEXICON.glosses.len();
        (is_row || (NUMBER_OFFSET..2 * NUMBER_OFFSET).contains(&index)).then_some(Self(index))
    }

    /// How to name the concept to a reader.
    ///
    /// ```
    /// use mirip::meaning::lexicon::concepts_in;
    ///
    /// let gloss = concepts_in(&["koning"])[0].concept.gloss();
    /// assert_eq!((&*gloss.indonesian, &*gloss.english), ("raja", "king"));
    /// ```
    pub fn gloss(self) -> Gloss {
        if let Some(value) = self.value() {
            return Gloss { indonesian: Cow::Owned(value.to_string()), english: Cow::Owned(value.to_string()) };
        }
        let (indonesian, english) = LEXICON.glosses[self.0 as usize];
        Gloss { indonesian: Cow::Borrowed(indonesian), english: Cow::Borrowed(english) }
    }
}

/// A concept in words: its first Indonesian and its first English term; digits for a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gloss {
    /// As Indonesian names it.
    pub indonesian: Cow<'static, str>,
    /// As English names it.
    pub english: Cow<'static, str>,
}

/// How words and a concept hang together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// By value: digits or number words.
    Number,
    /// The concept's own name in its language. Two of them are translations of each other.
    Translation,
    /// Another word for it in the same language, or a word derived from one.
    Synonym,
}

/// How what two names' words mean stands to each other, the closest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Affinity {
    /// One number.
    Number,
    /// One concept, by its own name in two languages.
    Translation,
    /// One concept.
    Synonym,
    /// Two concepts that are near each other.
    Near,
}

/// Languages in which a term names a concept; empty for numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Languages(u32);

/// Codes as the lexicon writes them: two letters by ISO 639-1; `ban` Balinese, `mad` Madurese,
/// `min` Minangkabau, `bet` Betawi, `bjn` Banjarese, `bug` Buginese, `aceh` Acehnese, `skt`
/// Sanskrit and Old Javanese.
const LANGUAGE_CODES: [&str; 24] = [
    "id", "en", "jv", "su", "ban", "mad", "min", "bet", "bjn", "bug", "aceh", "ar", "skt", "nl", "es", "fr", "it", "la", "de", "zh", "ja",
    "ko", "hi", "pt",
];

impl Languages {
    fn of(code: &str) -> Option<Self> {
        LANGUAGE_CODES.iter().position(|known| *known == code).map(|bit| Self(1 << bit))
    }

    /// True where the term is a word of the language with this code.
    pub fn contains(self, code: &str) -> bool {
        Self::of(code).is_some_and(|language| self.0 & language.0 != 0)
    }

    /// True where both have a language in common.
    pub fn shares_language(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Codes of the languages, in the lexicon's order.
    pub fn codes(self) -> impl Iterator<Item = &'static str> {
        LANGUAGE_CODES.into_iter().filter(move |code| self.contains(code))
    }
}

/// Words of a name that name a concept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConceptMatch {
    /// What they name.
    pub concept: Concept,
    /// Which words: a range of the words that were given.
    pub tokens: Range<usize>,
    /// How close the words are to the concept.
    pub relation: Relation,
    /// Languages in which they name it.
    pub languages: Languages,
    /// True where the words are as common in another sense (TEH: tea, or a sister).
    pub is_ambiguous: bool,
}

/// Where [`ConceptMatch::nature`] keeps the mark of ambiguity: above every language, below the relation.
const AMBIGUOUS_BIT: u32 = 1 << 29;
const _: () = assert!(LANGUAGE_CODES.len() <= 29, "languages fit below the mark of ambiguity");

impl ConceptMatch {
    /// Relation, ambiguity and languages in one number, as a sheet keeps them.
    pub fn nature(&self) -> u32 {
        let ambiguity = if self.is_ambiguous { AMBIGUOUS_BIT } else { 0 };
        (self.relation as u32) << 30 | ambiguity | self.languages.0
    }

    /// A match read back from [`ConceptMatch::nature`].
    pub fn from_nature(concept: Concept, tokens: Range<usize>, nature: u32) -> Self {
        let relation = match nature >> 30 {
            0 => Relation::Number,
            1 => Relation::Translation,
            _ => Relation::Synonym,
        };
        let languages = Languages(nature & (AMBIGUOUS_BIT - 1));
        Self { concept, tokens, relation, languages, is_ambiguous: nature & AMBIGUOUS_BIT != 0 }
    }

    /// How words of two names stand to each other, either way round; `None` where their meanings
    /// have nothing to do with each other.
    ///
    /// Of one concept they are translations where no language has both, each is the concept's own
    /// name and neither is ambiguous, else synonyms. Of two near concepts they are near where
    /// neither is ambiguous: a guess at a meaning and a guess at its kin are too many guesses.
    /// The same term is best told by its letters.
    pub fn affinity(&self, other: &Self) -> Option<Affinity> {
        let is_sure = !self.is_ambiguous && !other.is_ambiguous;
        if self.concept != other.concept {
            return (is_sure && self.concept.is_kin_of(other.concept)).then_some(Affinity::Near);
        }
        Some(match (self.relation, other.relation) {
            (Relation::Number, Relation::Number) => Affinity::Number,
            (Relation::Translation, Relation::Translation) if is_sure && !self.languages.shares_language(other.languages) => {
                Affinity::Translation
            }
            _ => Affinity::Synonym,
        })
    }

    /// Concepts whose words may have an [`ConceptMatch::affinity`] with these: their own and its kin.
    pub fn reachable(&self) -> impl Iterator<Item = Concept> {
        let kin = if self.is_ambiguous { &[] } else { self.concept.kin() };
        std::iter::once(self.concept).chain(kin.iter().copied())
    }
}

/// The longest term of the lexicon that is looked for, in words.
const MAX_PHRASE_WORDS: usize = 4;
/// Phrases written in one (WALISONGO) are looked up from this length on: shorter ones meet other words by chance.
const MIN_JOINED_LEN: usize = 6;

/// Concepts that `words` name: every single word, every phrase of up to four words, every number.
///
/// Words are `a-z0-9`, as a name's tokens are. Ordered by first word, longer phrases first, then
/// by concept; a word with several meanings gives several matches. Words inside a phrase are
/// reported beside it, words inside a number are not: TIGA BELAS is no TIGA. A form of address
/// counts only where it is all of a name.
///
/// Cost: some four look-ups per word.
///
/// ```
/// use mirip::meaning::lexicon::{Concept, concepts_in};
///
/// let thirteen = concepts_in(&["tiga", "belas"]);
/// assert_eq!(thirteen[0].concept, Concept::number(13).expect("a small number"));
/// assert_eq!(thirteen[0].tokens, 0..2);
/// assert!(concepts_in(&["indomie"]).is_empty());
/// ```
pub fn concepts_in(words: &[&str]) -> Vec<ConceptMatch> {
    let mut found = Vec::new();
    let mut key = String::new();
    for start in 0..words.len() {
        if LEXICON.phrase_starts.contains(words[start]) {
            for len in (2..=MAX_PHRASE_WORDS.min(words.len() - start)).rev() {
                key.clear();
                join(&mut key, &words[start..start + len]);
                report(&mut found, LEXICON.terms.get(&key), start..start + len, None);
            }
        }
        let is_doubled = words.get(start + 1) == Some(&words[start]);
        if is_doubled && !found.iter().any(|earlier| earlier.tokens == (start..start + 2)) {
            // Reduplication makes a plural of any noun: ANAK-ANAK.
            report(&mut found, LEXICON.terms.get(words[start]), start..start + 2, Some(Relation::Synonym));
        }
        if words.len() == 1 || !is_address(words[start]) {
            single(&mut found, words[start], start);
        }
    }
    for number in number::numbers_in(words) {
        if let Some(concept) = Concept::number(number.value) {
            let languages = Languages::default();
            found.push(ConceptMatch { concept, tokens: number.words, relation: Relation::Number, languages, is_ambiguous: false });
        }
    }
    found.sort_by_key(|hit| (hit.tokens.start, std::cmp::Reverse(hit.tokens.end), hit.concept));
    found.dedup_by(|later, earlier| later.concept == earlier.concept && later.tokens == earlier.tokens);
    found
}

/// True for a single word that the lexicon lists in Indonesian or English: the languages that
/// coined words are made of.
pub(super) fn is_word(word: &str) -> bool {
    let of_coinages = |term: &Term| ["id", "en"].iter().any(|code| term.languages.contains(code));
    LEXICON.terms.get(word).is_some_and(|terms| terms.iter().any(of_coinages))
}

/// The concept of the row with this id.
pub(super) fn with_id(id: &str) -> Option<Concept> {
    LEXICON.ids.get(id).copied()
}

/// A form of address, whose meaning counts where it is all of a name: IBU is BUNDA, but CAK and
/// MAS before two names make no brothers of them.
pub fn is_address(word: &str) -> bool {
    weak::weakness(word).is_some_and(|weakness| weakness.kind == WeakKind::FamilyTitle && weakness.context == WeakContext::Always)
}

/// Reports one word: as listed or as a phrase written in one, and by its stem. A listed word is
/// read on only where its stem is sure.
fn single(found: &mut Vec<ConceptMatch>, word: &str, at: usize) {
    let listed = LEXICON.terms.get(word).or_else(|| LEXICON.joined.get(word));
    report(found, listed, at..at + 1, None);
    if !word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return;
    }
    let stems = if listed.is_some() { morphology::sure_stems(word) } else { morphology::stems(word) };
    for (stem, language) in stems {
        let codes: &[&str] = match language {
            StemLanguage::Indonesian => &["id"],
            StemLanguage::Shared => &["id", "jv"],
            StemLanguage::English => &["en"],
        };
        let named: Vec<Term> = LEXICON
            .terms
            .get(stem.as_str())
            .into_iter()
            .flatten()
            .copied()
            .filter(|term| codes.iter().any(|code| term.languages.contains(code)))
            .collect();
        if !named.is_empty() {
            return report(found, Some(&named), at..at + 1, Some(Relation::Synonym));
        }
    }
}

fn report(found: &mut Vec<ConceptMatch>, terms: Option<&Vec<Term>>, tokens: Range<usize>, relation: Option<Relation>) {
    found.extend(terms.into_iter().flatten().map(|term| ConceptMatch {
        concept: term.concept,
        tokens: tokens.clone(),
        relation: relation.unwrap_or(if term.is_own_name { Relation::Translation } else { Relation::Synonym }),
        languages: term.languages,
        is_ambiguous: term.is_ambiguous,
    }));
}

fn join<S: AsRef<str>>(key: &mut String, words: &[S]) {
    for (at, word) in words.iter().enumerate() {
        if at > 0 {
            key.push(' ');
        }
        key.push_str(word.as_ref());
    }
}

/// A term's part in one concept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Term {
    concept: Concept,
    languages: Languages,
    /// The first term of some language in its row.
    is_own_name: bool,
    /// Marked as a common word of another meaning too.
    is_ambiguous: bool,
}

/// Ends a term that is also a common word of another meaning.
const AMBIGUOUS_MARK: char = '?';

struct Lexicon {
    /// By the id of its row.
    ids: HashMap<&'static str, Concept>,
    /// First Indonesian and first English term of each row.
    glosses: Vec<(&'static str, &'static str)>,
    /// By the words, parted by single spaces.
    terms: HashMap<String, Vec<Term>>,
    /// Phrases without their spaces, where no single word is written so.
    joined: HashMap<String, Vec<Term>>,
    phrase_starts: HashSet<String>,
}

const FILE: &str = "concepts.tsv";

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    parse(include_str!("../../../data/lexicon/concepts.tsv")).expect("the embedded table parses: `every_row_parses` reads it")
});

fn parse(text: &'static str) -> Result<Lexicon, String> {
    let columns = ["id", "domain", "en_terms", "id_terms", "regional_terms", "other_terms", "note"];
    let mut lexicon =
        Lexicon { ids: HashMap::new(), glosses: Vec::new(), terms: HashMap::new(), joined: HashMap::new(), phrase_starts: HashSet::new() };
    for [id, _, english, indonesian, regional, other, _] in table::rows(FILE, text, columns)? {
        let row = u32::try_from(lexicon.glosses.len()).map_err(|_| format!("{FILE}: too many rows"))?;
        let concept = Concept(row);
        if lexicon.ids.insert(id, concept).is_some() {
            return Err(format!("{FILE}, {id}: comes twice"));
        }
        let mut add = |code: &str, terms: &mut dyn Iterator<Item = &'static str>| {
            let language = Languages::of(code).ok_or_else(|| format!("{FILE}, {id}: no language {code:?}"))?;
            for (place, cell) in terms.enumerate() {
                let term = cell.strip_suffix(AMBIGUOUS_MARK).unwrap_or(cell);
                let added = Term { concept, languages: language, is_own_name: place == 0, is_ambiguous: term != cell };
                add_term(&mut lexicon, term, added).map_err(|reason| format!("{FILE}, {id}: {reason}"))?;
            }
            Ok::<(), String>(())
        };
        add("id", &mut indonesian.split(';'))?;
        add("en", &mut english.split(';'))?;
        for column in [regional, other].into_iter().filter(|column| !column.is_empty()) {
            for group in column.split(';') {
                let (code, terms) = group.split_once(':').ok_or_else(|| format!("{FILE}, {id}: {group:?} names no language"))?;
                add(code, &mut terms.split(','))?;
            }
        }
        let first = |cell: &'static str| cell.split(';').next().unwrap_or_default().trim_end_matches(AMBIGUOUS_MARK);
        lexicon.glosses.push((first(indonesian), first(english)));
    }
    let phrases: Vec<(String, Vec<Term>)> =
        lexicon.terms.iter().filter(|(key, _)| key.contains(' ')).map(|(key, terms)| (key.replace(' ', ""), terms.clone())).collect();
    for (key, terms) in phrases {
        if key.len() >= MIN_JOINED_LEN && !lexicon.terms.contains_key(&key) {
            lexicon.joined.entry(key).or_default().extend(terms);
        }
    }
    for terms in lexicon.joined.values_mut() {
        // Two phrases may be one when joined; a map's order must not show.
        terms.sort_by_key(|term| (term.concept, !term.is_own_name));
        terms.dedup_by_key(|term| term.concept);
    }
    Ok(lexicon)
}

fn add_term(lexicon: &mut Lexicon, term: &str, added: Term) -> Result<(), String> {
    if term.contains(AMBIGUOUS_MARK) {
        return Err(format!("{term:?} has {AMBIGUOUS_MARK:?} before its end"));
    }
    let words = table::words(term)?;
    if words.len() > MAX_PHRASE_WORDS {
        return Err(format!("{term:?} has more than {MAX_PHRASE_WORDS} words"));
    }
    let mut key = String::new();
    join(&mut key, &words);
    if words.len() > 1 {
        lexicon.phrase_starts.insert(words[0].clone());
    }
    let terms = lexicon.terms.entry(key).or_default();
    match terms.iter_mut().find(|known| known.concept == added.concept) {
        Some(known) if known.languages.shares_language(added.languages) => Err(format!("{term:?} comes twice in one language")),
        Some(known) => {
            known.languages.0 |= added.languages.0;
            known.is_own_name |= added.is_own_name;
            // The letters are the same, so the other sense is there in every language.
            known.is_ambiguous |= added.is_ambiguous;
            Ok(())
        }
        None => {
            terms.push(added);
            Ok(())
        }
    }
}

/// Every term as words, for tests.
#[cfg(test)]
pub(super) fn all_terms() -> Vec<String> {
    let mut terms: Vec<String> = LEXICON.terms.keys().cloned().collect();
    terms.sort();
    terms
}

/// Terms with each (concept, languages), for tests.
#[cfg(test)]
pub(super) fn concepts_of(term: &str) -> Vec<(Concept, Languages)> {
    LEXICON.terms.get(term).into_iter().flatten().map(|term| (term.concept, term.languages)).collect()
}

/// Reads the embedded table once more, for tests.
#[cfg(test)]
pub(super) fn check_table() -> Result<usize, String> {
    parse(include_str!("../../../data/lexicon/concepts.tsv")).map(|lexicon| lexicon.glosses.len())
}
