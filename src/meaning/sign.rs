//! A sign: what is compared.

use super::lexicon::{self, ConceptMatch};
use crate::name::{Name, letter, skeleton};
use crate::sound::{self, Phoneme};

/// Forms are compared up to this many symbols. A longer name is no longer a name.
pub const MAX_FORM: usize = 128;

/// A name with its spellings, readings and concepts.
#[derive(Clone, Debug)]
pub struct Sign {
    name: Name,
    words: Vec<WordForms>,
    concepts: Vec<ConceptMatch>,
}

/// What a word is made of, where that says how much it tells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WordShape {
    /// Digits alone.
    Number,
    /// A single letter.
    Initial,
    /// Anything else.
    #[default]
    Other,
}

impl WordShape {
    /// The shape of a folded word.
    pub fn of(word: &str) -> Self {
        Self::of_bytes(word.as_bytes())
    }

    /// The shape of a folded word in UTF-8.
    pub fn of_bytes(word: &[u8]) -> Self {
        if !word.is_empty() && word.iter().all(u8::is_ascii_digit) {
            Self::Number
        } else if word.len() == 1 {
            Self::Initial
        } else {
            Self::Other
        }
    }
}

/// Logarithm of how many marks hold a word; 0 where none does.
pub fn log_frequency(frequency: u32) -> f32 {
    (frequency.max(1) as f32).ln()
}

/// How one word is written and read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordForms {
    /// Letter codes: as written, and with letter pairs replaced that look like one letter.
    pub written: Vec<Vec<u8>>,
    /// Phoneme codes: each reading, the Indonesian one first.
    pub spoken: Vec<Vec<u8>>,
}

impl WordForms {
    /// The forms of a folded word.
    pub fn new(word: &str) -> Self {
        let written = std::iter::once(letter::codes(word)).chain(skeleton(word).map(|skeleton| letter::codes(&skeleton))).collect();
        let spoken = sound::readings(word).iter().map(|reading| reading.as_codes().to_vec()).collect();
        Self { written, spoken }
    }
}

impl Sign {
    /// Reads a verbal element.
    ///
    /// Cost: some microseconds a word.
    pub fn new(text: &str) -> Self {
        Self::from_name(Name::new(text))
    }

    /// Reads a name that is already cut into words.
    pub fn from_name(name: Name) -> Self {
        let words = name.tokens().iter().map(|token| WordForms::new(token.text())).collect();
        let concepts = concepts_of(&name);
        Self { name, words, concepts }
    }

    /// The sign with its compounds taken apart (NLSPORT as NL SPORT); `None` where it has none.
    /// Words for which `is_one` holds are left as they are.
    pub fn taken_apart(&self, is_one: impl Fn(&str) -> bool) -> Option<Self> {
        let name = self.name.taken_apart(|word| if is_one(word) { None } else { lexicon::compound(word) });
        (name.tokens().len() > self.name.tokens().len()).then(|| Self::from_name(name))
    }

    /// The name.
    pub fn name(&self) -> &Name {
        &self.name
    }

    /// The forms of each word of the name.
    pub fn words(&self) -> &[WordForms] {
        &self.words
    }

    /// Concepts of single words and of phrases.
    pub fn concepts(&self) -> &[ConceptMatch] {
        &self.concepts
    }

    /// How the whole name is read aloud, one spelling per reading, words apart.
    pub fn readings(&self) -> Vec<String> {
        let most = self.words.iter().map(|word| word.spoken.len()).max().unwrap_or(0);
        let mut readings: Vec<String> = Vec::with_capacity(most);
        for place in 0..most {
            let parts: Vec<String> = self.words.iter().map(|word| letters(nth_or_first(&word.spoken, place))).collect();
            let reading = parts.join(" ");
            if !readings.contains(&reading) {
                readings.push(reading);
            }
        }
        readings
    }
}

/// Concepts of the words and phrases of a name.
pub fn concepts_of(name: &Name) -> Vec<ConceptMatch> {
    let words: Vec<&str> = name.tokens().iter().map(crate::name::Token::text).collect();
    lexicon::concepts_in(&words)
}

/// How many spellings a whole name has: as it is written. Letter pairs that look like one letter
/// are a matter of single words.
pub const WHOLE_SPELLINGS: usize = 1;

/// How many readings a whole name has: all words in Indonesian, then in English or the next best.
/// A third hardly ever differs from both, and each costs a pass over all names.
pub const WHOLE_READINGS: usize = 2;

/// The forms of whole names: the words' forms joined, all words in their first form, then all
/// in their second where they have one, and so on up to `limit`.
///
/// Calls `each` with the parts of each whole form.
pub fn each_whole<'w>(forms_of_words: &[&'w [Vec<u8>]], limit: usize, mut each: impl FnMut(&[&'w [u8]])) {
    let most = forms_of_words.iter().map(|forms| forms.len()).max().unwrap_or(0);
    let mut parts: Vec<&'w [u8]> = Vec::with_capacity(forms_of_words.len());
    for place in 0..most.min(limit) {
        parts.clear();
        parts.extend(forms_of_words.iter().map(|forms| nth_or_first(forms, place)));
        each(&parts);
    }
}

fn letters(phonemes: &[u8]) -> String {
    phonemes.iter().filter_map(|&code| Phoneme::from_code(code)).map(Phoneme::letter).collect()
}

fn nth_or_first(forms: &[Vec<u8>], place: usize) -> &[u8] {
    forms.get(place).or(forms.first()).map_or(&[], Vec::as_slice)
}
