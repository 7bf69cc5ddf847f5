//! The alphabet of sounds, and which of them people take for one another.

use std::fmt;
use std::sync::LazyLock;

use super::rules;

/// Letters of the sounds in the order of their indices; the place of a letter plus one is the index.
///
/// Vowels stand first, so that a range tells them apart.
const LETTERS: &[u8; Phoneme::COUNT as usize] = b"aiueo@pbtdkgcjfszSXhmnYNlrwy";

/// The vowels are the first letters of [`LETTERS`].
const VOWEL_COUNT: u8 = 6;

/// A sound. At most 31 of them, so that a table over all of them fits a vector register.
///
/// Written as one ASCII letter. Most are what they look like; the others are `@` (the
/// neutral e), `c` (as in *cinta*), `j` (as in *jaya*), `S` (sy), `X` (kh), `Y` (ny) and
/// `N` (ng). There is no `v`, `q` or `x`: they sound as `f`, `k` and `ks`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Phoneme(u8);

impl Phoneme {
    /// How many sounds there are. Indices run from 1 to this; 0 is padding.
    pub const COUNT: u8 = 28;

    /// The sound with this index; `None` for 0 (padding) and beyond [`Phoneme::COUNT`].
    pub fn from_index(index: u8) -> Option<Self> {
        (1..=Self::COUNT).contains(&index).then_some(Self(index))
    }

    /// The sound that this letter stands for, case told apart: `n` is n, `N` is ng.
    pub fn from_letter(letter: char) -> Option<Self> {
        let place = LETTERS.iter().position(|&known| char::from(known) == letter)?;
        u8::try_from(place).ok().map(|place| Self(place + 1))
    }

    /// 1 to [`Phoneme::COUNT`].
    pub fn index(self) -> u8 {
        self.0
    }

    /// The letter that stands for the sound.
    pub fn letter(self) -> char {
        char::from(LETTERS[usize::from(self.0) - 1])
    }

    /// True for a i u e o and the neutral e.
    pub fn is_vowel(self) -> bool {
        self.0 <= VOWEL_COUNT
    }

    /// Every sound, by index.
    pub fn all() -> impl Iterator<Item = Self> {
        (1..=Self::COUNT).map(Self)
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

const SIDE: usize = Phoneme::COUNT as usize + 1;

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
