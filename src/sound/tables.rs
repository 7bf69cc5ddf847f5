//! The tables under `data/sound`, made ready once, and the passes that follow them.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::phoneme::Phoneme;
use super::rules::{self, RuleSet};

/// The tables in use.
pub(super) static TABLES: InUse = InUse;

static BUILT_IN: LazyLock<Tables> = LazyLock::new(|| Tables::new(INDONESIAN, OLD, ENGLISH, SOUNDS));

/// The built-in tables; in a test, others for a while.
pub(super) struct InUse;

impl std::ops::Deref for InUse {
    type Target = Tables;

    fn deref(&self) -> &Tables {
        #[cfg(test)]
        if let Some(other) = OTHER.get() {
            return other;
        }
        &BUILT_IN
    }
}

#[cfg(test)]
thread_local! {
    /// Tables that a test tries on its thread instead of the built-in ones.
    pub(super) static OTHER: std::cell::Cell<Option<&'static Tables>> = const { std::cell::Cell::new(None) };
}

pub(super) const INDONESIAN: &str = include_str!("../../data/sound/indonesian.tsv");
pub(super) const OLD: &str = include_str!("../../data/sound/old.tsv");
pub(super) const ENGLISH: &str = include_str!("../../data/sound/english.tsv");
pub(super) const SOUNDS: &str = include_str!("../../data/sound/sounds.tsv");
pub(super) const NATIVE_SIGNS: &str = include_str!("../../data/sound/native_signs.tsv");
pub(super) const NATIVE_WORDS: &str = include_str!("../../data/sound/native_words.tsv");
pub(super) const ENGLISH_WORDS: &str = include_str!("../../data/sound/english_words.tsv");

/// Evidence that a word of the list of English words carries: as much as any rule.
const LISTED: i32 = 2;

/// Every table, ready to be followed.
pub(super) struct Tables {
    indonesian: RuleSet,
    /// The Indonesian rules with the old ones before them.
    old: RuleSet,
    pub(super) english: RuleSet,
    /// From sounds to sounds: what a whole word makes of them.
    sounds: RuleSet,
    pub(super) native_signs: RuleSet,
    native_words: HashSet<&'static [u8]>,
    pub(super) english_words: HashMap<&'static [u8], &'static [u8]>,
    codes: [u8; 128],
}

/// An English reading and how much the spelling spoke for it.
pub(super) struct English {
    pub sounds: Vec<u8>,
    pub evidence: i32,
}

impl Tables {
    pub(super) fn new(indonesian: &str, old: &str, english: &str, sounds: &str) -> Self {
        let mut codes = [0; 128];
        for sound in Phoneme::all() {
            codes[usize::from(u8::try_from(sound.letter()).expect("sounds are written in ASCII"))] = sound.code();
        }
        Self {
            indonesian: RuleSet::parse(&[indonesian], None),
            old: RuleSet::parse(&[old, indonesian], None),
            english: RuleSet::parse(&[english], Some(4)),
            sounds: RuleSet::parse(&[sounds, ALL_SOUNDS], None),
            native_signs: RuleSet::parse_signs(NATIVE_SIGNS),
            native_words: rules::rows(NATIVE_WORDS).map(|row| row[0].as_bytes()).collect(),
            english_words: rules::rows(ENGLISH_WORDS).map(|row| (row[0].as_bytes(), row[1].as_bytes())).collect(),
            codes,
        }
    }

    /// Code of the sound with this letter.
    pub(super) fn code_of(&self, letter: u8) -> Option<u8> {
        self.codes.get(usize::from(letter)).copied().filter(|&code| code > 0)
    }

    /// By the values that letters have today; oe, tj, dj and sj keep their old ones, having no other.
    pub(super) fn indonesian(&self, word: &[u8]) -> Vec<u8> {
        self.as_spoken(&self.heard(word))
    }

    /// The same of what is no whole word.
    fn heard(&self, letters: &[u8]) -> Vec<u8> {
        let mut heard = Vec::with_capacity(letters.len() + 4);
        self.indonesian.read(letters, &mut heard, |_| {});
        heard
    }

    /// What one letter sounds like in front of others: no end of a word devoices it.
    pub(super) fn sound_of(&self, letter: u8) -> Vec<u8> {
        self.heard(&[letter])
    }

    /// What letters sound like in front of an e, where the last of them is a consonant.
    pub(super) fn opening(&self, letters: &[u8]) -> Vec<u8> {
        if letters.last().is_some_and(|&letter| rules::is_vowel(letter)) {
            return self.heard(letters);
        }
        let mut heard = self.heard(&[letters, b"e"].concat());
        heard.pop();
        heard
    }

    /// By the values that letters had before 1972.
    pub(super) fn old_spelling(&self, word: &[u8]) -> Vec<u8> {
        let mut heard = Vec::with_capacity(word.len() + 4);
        self.old.read(word, &mut heard, |_| {});
        self.as_spoken(&heard)
    }

    /// True where the spelling is old, or holds a ch that nothing else explains.
    pub(super) fn shows_old_spelling(&self, word: &[u8], english_evidence: i32) -> bool {
        word.windows(2).any(|pair| match pair {
            b"oe" | b"tj" | b"dj" | b"sj" => true,
            // A ch weighs 1 by itself; more evidence makes it an English ch.
            b"ch" => english_evidence <= 1,
            _ => false,
        }) || word.starts_with(b"nj")
    }

    /// As an English word; `None` where the spelling does not suggest it.
    pub(super) fn english(&self, word: &[u8]) -> Option<English> {
        if let Some(&sounds) = self.english_words.get(word) {
            return Some(English { sounds: self.as_spoken(sounds), evidence: LISTED });
        }
        let English { sounds: heard, mut evidence } = self.by_english_rules(word);
        if evidence <= 0 || self.native_words.contains(word) {
            return None;
        }
        evidence += self.native_signs.weigh(word);
        (evidence > 0).then(|| English { sounds: self.as_spoken(&heard), evidence })
    }

    /// A part of a word in English, whatever it looks like.
    pub(super) fn heard_in_english(&self, letters: &[u8]) -> Vec<u8> {
        self.english_words.get(letters).map_or_else(|| self.by_english_rules(letters).sounds, |sounds| sounds.to_vec())
    }

    /// What the rules alone make of it, and how much they spoke for it; no whole word yet.
    fn by_english_rules(&self, letters: &[u8]) -> English {
        let (mut sounds, mut evidence) = (Vec::with_capacity(letters.len() + 4), 0);
        self.english.read(letters, &mut sounds, |rule| evidence += i32::from(rule.weight));
        English { sounds, evidence }
    }

    /// What becomes of the sounds in a whole word: neutral e dropped, glides merged, the end devoiced.
    pub(super) fn as_spoken(&self, heard: &[u8]) -> Vec<u8> {
        let mut spoken = Vec::with_capacity(heard.len());
        self.sounds.read(heard, &mut spoken, |_| {});
        spoken
    }
}

/// Sounds that no rule touches are kept.
pub(super) const ALL_SOUNDS: &str = "\
pattern\tleft\tright\tsounds
a\t-\t-\ta\ni\t-\t-\ti\nu\t-\t-\tu\ne\t-\t-\te\no\t-\t-\to\n@\t-\t-\t@
p\t-\t-\tp\nb\t-\t-\tb\nt\t-\t-\tt\nd\t-\t-\td\nk\t-\t-\tk\ng\t-\t-\tg\nc\t-\t-\tc\nj\t-\t-\tj
f\t-\t-\tf\ns\t-\t-\ts\nz\t-\t-\tz\nS\t-\t-\tS\nX\t-\t-\tX\nh\t-\t-\th
m\t-\t-\tm\nn\t-\t-\tn\nY\t-\t-\tY\nN\t-\t-\tN\nl\t-\t-\tl\nr\t-\t-\tr\nw\t-\t-\tw\ny\t-\t-\ty
";
