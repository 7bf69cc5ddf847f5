//! The alphabet of sounds, and which of them people take for one another.

use std::fmt;
use std::sync::LazyLock;

use super::rules;
use crate::name::alphabet::by_code;

/// Letters of the sounds by kind.
///
/// Sounds that are taken for each other are of one kind as far as there is room, for the scan takes them for equal
/// anyway. For the rest see [`crate::name::letter`].
const KINDS: [&str; 15] = ["a", "e@", "iy", "o", "uw", "pb", "td", "kg", "cj", "szS", "fXh", "m", "nNY", "l", "r"];

/// By code, the letter of its sound; 0 where there is none.
const LETTER_OF: [u8; 64] = by_code(&KINDS);

/// A sound. For what its code is made of see [`crate::name::alphabet`].
///
/// Written as one ASCII letter. Most are what they look like; the others are `@` (the
/// neutral e), `c` (as in *cinta*), `j` (as in *jaya*), `S` (sy), `X` (kh), `Y` (ny) and
/// `N` (ng). There is no `v`, `q` or `x`: they sound as `f`, `k` and `ks`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Phoneme(u8);

impl Phoneme {
    /// The sound with this code; `None` for 0 (padding) and other numbers that are no code.
    pub fn from_code(code: u8) -> Option<Self> {
        LETTER_OF.get(usize::from(code)).filter(|letter| **letter != 0).map(|_| Self(code))
    }

    /// The sound that this letter stands for, case told apart: `n` is n, `N` is ng.
    pub fn from_letter(letter: char) -> Option<Self> {
        Self::all().find(|sound| sound.letter() == letter)
    }

    /// 1 to 63.
    pub fn code(self) -> u8 {
        self.0
    }

    /// The letter that stands for the sound.
    pub fn letter(self) -> char {
        char::from(LETTER_OF[usize::from(self.0)])
    }

    /// True for a i u e o and the neutral e.
    pub fn is_vowel(self) -> bool {
        matches!(self.letter(), 'a' | 'e' | '@' | 'i' | 'o' | 'u')
    }

    /// Every sound, by code.
    pub fn all() -> impl Iterator<Item = Self> {
        (1..64).filter_map(Self::from_code)
    }
}

impl fmt::Display for Phoneme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.letter())
    }
}

/// How readily two sounds are taken for each other: 0 to 1, symmetric, 1 only where they are equal.
///
/// 0 for most pairs: a scan takes "above 0" as its match, so the relation is kept sparse.
/// No sound has more than four neighbors, and no value above 0 lies below 0.5. The values
/// and what tells each pair apart stand in `data/sound/likeness.tsv`. They are judgements by
/// distinctive features, not measured: voice alone or vowel height alone costs little, manner
/// more, two features most.
///
/// ```
/// use mirip::sound::{Phoneme, likeness};
///
/// let sound = |letter| Phoneme::from_letter(letter).expect("a sound");
/// assert_eq!(likeness(sound('f'), sound('f')), 1.0);
/// assert!(likeness(sound('f'), sound('p')) > 0.5);
/// assert_eq!(likeness(sound('f'), sound('k')), 0.0);
/// ```
pub fn likeness(a: Phoneme, b: Phoneme) -> f32 {
    LIKENESS[usize::from(a.0)][usize::from(b.0)]
}

const SIDE: usize = LETTER_OF.len();

static LIKENESS: LazyLock<[[f32; SIDE]; SIDE]> = LazyLock::new(|| {
    let mut table = [[0.0; SIDE]; SIDE];
    for sound in Phoneme::all() {
        table[usize::from(sound.0)][usize::from(sound.0)] = 1.0;
    }
    for row in rules::rows(include_str!("../../data/sound/likeness.tsv")) {
        let sound = |column: usize| {
            let letter = row[column].chars().next().expect("a cell is never empty");
            usize::from(Phoneme::from_letter(letter).expect("likeness.tsv names known sounds").0)
        };
        let value = row[2].parse().expect("likeness.tsv holds numbers");
        table[sound(0)][sound(1)] = value;
        table[sound(1)][sound(0)] = value;
    }
    table
});
