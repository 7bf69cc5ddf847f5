//! From words to sounds: how a word is read aloud in Indonesian, and in English where the spelling suggests it.
//!
//! [`readings`] gives a word's few readings over an alphabet of [`Phoneme`]s, the Indonesian
//! one first. Spellings that sound the same come out equal (`TJANTIK` = `CANTIK`, `EXTRA` =
//! `EKSTRA`); sounds that are only near (f and p) stay apart here and are related by
//! [`likeness`]. The rules are tables under `data/sound`; the guide on sound explains them.
//!
//! The stage refuses nothing. It knows no words but a short list of loans that no rule
//! reaches, and it hears no stress, no tone and no length.

mod number;
mod phoneme;
mod rules;
mod spelling;
mod tables;

use std::fmt;

pub use phoneme::{Phoneme, likeness};
use tables::TABLES;

/// A word has at most this many readings.
pub const MAX_READINGS: usize = 3;

/// One way to read a word aloud: its sounds in order.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Reading {
    codes: Vec<u8>,
    kind: ReadingKind,
}

/// By which custom a reading came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReadingKind {
    /// As written, by the values that letters have in Indonesian; numbers as Indonesian words,
    /// a single letter by its name.
    Indonesian,
    /// By the spelling before 1972: j as y, nj as ny, ch as kh.
    OldSpelling,
    /// As Indonesians say an English word; numbers in English or for the letters they resemble.
    English,
    /// Letter by letter, as initials are.
    SpelledOut,
}

impl Reading {
    /// Joins the readings of neighboring words into one, as they are spoken in a row.
    ///
    /// Equal sounds at a seam are said once, as within a word: AN + NUR sounds as ANNUR. The
    /// kind is that of the first part that is not Indonesian, or Indonesian.
    pub fn join<'a>(parts: impl IntoIterator<Item = &'a Self>) -> Self {
        let mut joined = Self { codes: Vec::new(), kind: ReadingKind::Indonesian };
        for part in parts {
            let seam = usize::from(!part.codes.is_empty() && joined.codes.last() == part.codes.first());
            joined.codes.extend_from_slice(&part.codes[seam..]);
            if joined.kind == ReadingKind::Indonesian {
                joined.kind = part.kind;
            }
        }
        joined
    }

    /// The codes of the sounds.
    pub fn as_codes(&self) -> &[u8] {
        &self.codes
    }

    /// The sounds.
    pub fn phonemes(&self) -> impl ExactSizeIterator<Item = Phoneme> {
        self.codes.iter().map(|&code| Phoneme::from_code(code).expect("a reading holds codes of sounds"))
    }

    /// By which custom the word was read.
    pub fn kind(&self) -> ReadingKind {
        self.kind
    }

    /// How many sounds.
    pub fn len(&self) -> usize {
        self.codes.len()
    }

    /// True for the join of nothing; no reading of a word is empty.
    pub fn is_empty(&self) -> bool {
        self.codes.is_empty()
    }

    /// From the letters of sounds as the tables write them; the last pass must be done.
    fn from_letters(letters: &[u8], kind: ReadingKind) -> Self {
        let codes = letters.iter().filter_map(|&letter| TABLES.code_of(letter)).collect();
        Self { codes, kind }
    }
}

/// The letters of the sounds: `kopi`, `buNa`, `Xasiat`.
impl fmt::Display for Reading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.phonemes().try_for_each(|phoneme| phoneme.fmt(f))
    }
}

/// The readings of a folded word (`a-z0-9`, as [`Token::text`](crate::name::Token::text) gives it).
///
/// At least one for a word that holds a letter or digit, at most [`MAX_READINGS`], no two
/// with the same sounds, the Indonesian one first. The same word always has the same
/// readings. Bytes outside `a-z0-9` are passed over; a word of nothing else has none.
///
/// # Cost
/// Linear in the length of the word; 0.8 µs in the mean over two million words of real names, on one core.
///
/// # Examples
/// ```
/// use mirip::sound::readings;
///
/// let spoken = |word| readings(word).iter().map(ToString::to_string).collect::<Vec<_>>();
/// assert_eq!(spoken("roemah"), ["rumah"]);
/// assert_eq!(spoken("snack"), ["snak", "snek"]);
/// assert_eq!(spoken("13"), ["tigablas", "satutiga", "t@rtin"]);
/// assert!(spoken("").is_empty());
/// ```
pub fn readings(word: &str) -> Vec<Reading> {
    let is_known = |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let letters: Vec<u8> = word.bytes().filter(is_known).collect();
    let mut found = Readings(Vec::with_capacity(MAX_READINGS));
    match letters.as_slice() {
        [] => {}
        digits if digits.iter().all(u8::is_ascii_digit) => number::read(digits, &mut found),
        [letter] => spelling::read_letter(*letter, &mut found),
        [opening @ .., b'8'] if opening.iter().all(u8::is_ascii_lowercase) => number::read_with_eight(opening, &mut found),
        _ => read_word(&letters, &mut found),
    }
    found.0
}

/// Readings of one word while they are gathered.
struct Readings(Vec<Reading>);

impl Readings {
    /// Keeps a reading that differs from those before it, while there is room.
    fn add(&mut self, letters: &[u8], kind: ReadingKind) {
        let reading = Reading::from_letters(letters, kind);
        let is_new = !reading.is_empty() && self.0.iter().all(|known| known.codes != reading.codes);
        if is_new && self.0.len() < MAX_READINGS {
            self.0.push(reading);
        }
    }
}

/// A word of two letters or digits or more.
fn read_word(word: &[u8], found: &mut Readings) {
    let tables = &*TABLES;
    let letters = &spelling::without_leet(word);
    found.add(&tables.indonesian(letters), ReadingKind::Indonesian);
    let english = tables.english(letters);
    let shows_english = english.as_ref().map_or(0, |english| english.evidence);
    if tables.shows_old_spelling(letters, shows_english) {
        found.add(&tables.old_spelling(letters), ReadingKind::OldSpelling);
    }
    if let Some(english) = english {
        found.add(&english.sounds, ReadingKind::English);
    }
    if let Some(said) = number::said_within(word) {
        found.add(&said, ReadingKind::English);
    }
    if spelling::is_spelled_out(letters) {
        found.add(&spelling::spelled_out(letters), ReadingKind::SpelledOut);
    }
}

#[cfg(test)]
mod tests;
