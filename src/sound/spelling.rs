//! Letters that are no sounds: digits in place of letters, letters by their names, initials.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::tables::TABLES;
use super::{ReadingKind, Readings, rules};

/// Initials longer than this are read as a word, whatever they look like.
const MAX_SPELLED_OUT: usize = 5;

/// What a digit inside a word stands for, from 0 to 9, by its shape.
const LEET: &[u8; 10] = b"oizeasgtbg";

static LETTER_NAMES: LazyLock<Vec<(&'static [u8], &'static [u8])>> = LazyLock::new(|| {
    rules::rows(include_str!("../../data/sound/letter_names.tsv")).map(|row| (row[1].as_bytes(), row[2].as_bytes())).collect()
});

/// Pairs of letters that a word can begin (first set) or end with (second set).
static CLUSTERS: LazyLock<[HashSet<&'static [u8]>; 2]> = LazyLock::new(|| {
    let of = |place: &str| {
        rules::rows(include_str!("../../data/sound/clusters.tsv"))
            .filter(|row| row[0] == place)
            .map(|row| row[1].as_bytes())
            .collect::<HashSet<&'static [u8]>>()
    };
    [of("start"), of("end")]
});

/// The word with its digits as the letters they resemble: S3GAR is SEGAR.
///
/// A 1 between vowels is l, elsewhere i.
pub(super) fn without_leet(word: &[u8]) -> Vec<u8> {
    let is_vowel = |place: Option<usize>| place.and_then(|place| word.get(place)).is_some_and(|letter| b"aiueo034".contains(letter));
    let plain = |(place, &letter): (usize, &u8)| match letter {
        b'1' if is_vowel(place.checked_sub(1)) && is_vowel(Some(place + 1)) => b'l',
        digit @ b'0'..=b'9' => LEET[usize::from(digit - b'0')],
        letter => letter,
    };
    word.iter().enumerate().map(plain).collect()
}

/// The letter that a digit resembles.
pub(super) fn leet(digit: u8) -> u8 {
    LEET[usize::from(digit - b'0')]
}

/// A letter that stands alone: by its Indonesian name, its English name, its sound.
pub(super) fn read_letter(letter: u8, found: &mut Readings) {
    let (indonesian, english) = names(letter);
    found.add(&TABLES.as_spoken(indonesian), ReadingKind::Indonesian);
    found.add(&TABLES.as_spoken(english), ReadingKind::English);
    found.add(&TABLES.sound_of(letter), ReadingKind::Indonesian);
}

/// Every letter by its Indonesian name.
pub(super) fn spelled_out(word: &[u8]) -> Vec<u8> {
    let mut heard: Vec<u8> = Vec::with_capacity(word.len() * 2);
    for &letter in word {
        for &sound in names(letter).0 {
            // As within a word: en-ka is eNka.
            if sound == b'k' && heard.last() == Some(&b'n') {
                heard.pop();
                heard.push(b'N');
            }
            if heard.last() != Some(&sound) {
                heard.push(sound);
            }
        }
    }
    heard
}

/// True for a short word that no tongue reads as one: without a vowel (BMW), or with an
/// opening or a close that no word has (NKRI, ABC).
pub(super) fn is_spelled_out(word: &[u8]) -> bool {
    if word.len() > MAX_SPELLED_OUT {
        return false;
    }
    // y is a vowel where no vowel follows it: GYM, FLY.
    let is_vowel = |(place, &letter): (usize, &u8)| {
        rules::is_vowel(letter) || (letter == b'y' && place > 0 && !word.get(place + 1).is_some_and(|&next| rules::is_vowel(next)))
    };
    let vowels: Vec<bool> = word.iter().enumerate().map(is_vowel).collect();
    let Some(first) = vowels.iter().position(|&vowel| vowel) else {
        return true;
    };
    let last = vowels.iter().rposition(|&vowel| vowel).expect("there is a first");
    let [starts, ends] = &*CLUSTERS;
    let start = &word[..first];
    let end = &word[last + 1..];
    !start.windows(2).all(|pair| starts.contains(pair)) || !end.windows(2).all(|pair| ends.contains(pair))
}

/// The sounds of a letter's English name.
pub(super) fn english_name(letter: u8) -> &'static [u8] {
    names(letter).1
}

fn names(letter: u8) -> (&'static [u8], &'static [u8]) {
    LETTER_NAMES[usize::from(letter - b'a')]
}
