//! Numbers as they are said.
//!
//! Brands are read digit by digit (SATE 212: *dua satu dua*), but for the teens (13: *tiga
//! belas*). The full number and the English one stand beside. One digit, or two that make a
//! syllable, may also stand for letters: 4YAM, BAK50. Within a word a number may be said in English: GR8, B2B.

use std::sync::LazyLock;

use super::tables::TABLES;
use super::{ReadingKind, Readings, rules, spelling};

/// Numbers of more digits than this have no reading as a whole: nobody says a telephone number so.
const MAX_WHOLE_DIGITS: usize = 6;

/// Indonesian and English sounds of 0 to 19.
static SMALL: LazyLock<Vec<(Vec<u8>, &'static [u8])>> = LazyLock::new(|| {
    rules::rows(include_str!("../../data/sound/numbers.tsv"))
        .map(|row| (row[1].split(' ').flat_map(said).collect(), row[2].as_bytes()))
        .collect()
});

/// The Indonesian and English sounds of a digit.
fn sounds_of(digit: u8) -> &'static (Vec<u8>, &'static [u8]) {
    &SMALL[usize::from(digit - b'0')]
}

/// The sounds of an Indonesian word.
fn said(word: &str) -> Vec<u8> {
    TABLES.indonesian(word.as_bytes())
}

/// Reads a word of digits alone.
pub(super) fn read(digits: &[u8], found: &mut Readings) {
    let whole = whole(digits);
    let one_by_one: Vec<u8> = digits.iter().flat_map(|&digit| &sounds_of(digit).0).copied().collect();
    match whole {
        Some(number @ 10..=19) => {
            found.add(&indonesian(number), ReadingKind::Indonesian);
            found.add(&one_by_one, ReadingKind::Indonesian);
        }
        _ => {
            found.add(&one_by_one, ReadingKind::Indonesian);
            if let Some(number) = whole {
                found.add(&indonesian(number), ReadingKind::Indonesian);
            }
        }
    }
    if let Some(letters) = as_syllable(digits) {
        found.add(&letters, ReadingKind::English);
    }
    found.add(&english(digits, whole), ReadingKind::English);
    if let [digit] = digits {
        found.add(&[spelling::leet(*digit)], ReadingKind::English);
    }
}

/// Reads letters with an 8 behind them: GR8 as *gr delapan*, as GREAT, and letter by letter.
pub(super) fn read_with_eight(opening: &[u8], found: &mut Readings) {
    let (eight, in_english) = sounds_of(b'8');
    let (letters, sounds) = (spelling::spelled_out(opening), TABLES.opening(opening));
    let in_a_row = if opening.len() > 1 { &sounds } else { &letters };
    found.add(&[in_a_row.as_slice(), eight].concat(), ReadingKind::Indonesian);
    found.add(&TABLES.as_spoken(&[sounds.as_slice(), in_english].concat()), ReadingKind::English);
    found.add(&[letters.as_slice(), eight].concat(), ReadingKind::SpelledOut);
}

/// A word with a number that is said within it, in English: GR8FUL, FACE2FACE, B2B; `None` where its digits are letters
/// at most.
///
/// An 8 may always be *eight*, a 2 *to*; a 4 is *for* beside a vowel, where an a makes no syllable.
pub(super) fn said_within(word: &[u8]) -> Option<Vec<u8>> {
    let at = word.iter().position(u8::is_ascii_digit)?;
    let (before, after) = (&word[..at], &word[at + 1..]);
    if after.iter().any(u8::is_ascii_digit) {
        return None;
    }
    let is_vowel = |letter: Option<&u8>| letter.is_some_and(|&letter| rules::is_vowel(letter));
    let is_said = match word[at] {
        b'2' | b'8' => true,
        b'4' => is_vowel(before.last()) || is_vowel(after.first()),
        _ => false,
    };
    if !is_said {
        return None;
    }
    let part = |letters: &[u8]| match letters {
        [letter] => spelling::english_name(*letter).to_vec(),
        letters => TABLES.heard_in_english(letters),
    };
    // Only an 8 begins with a vowel, so that letters may stand before it by their sounds.
    let before = if word[at] == b'8' { TABLES.opening(before) } else { part(before) };
    let heard = [before.as_slice(), sounds_of(word[at]).1, &part(after)].concat();
    Some(TABLES.as_spoken(&heard))
}

/// The value of a number that is said as a whole: short, and without a zero before it.
fn whole(digits: &[u8]) -> Option<u32> {
    if digits.len() > MAX_WHOLE_DIGITS || (digits.len() > 1 && digits[0] == b'0') {
        return None;
    }
    Some(digits.iter().fold(0, |value, digit| value * 10 + u32::from(digit - b'0')))
}

/// The full Indonesian number, up to 999,999.
fn indonesian(number: u32) -> Vec<u8> {
    let mut sounds = Vec::new();
    push_indonesian(number, &mut sounds);
    sounds
}

fn push_indonesian(number: u32, sounds: &mut Vec<u8>) {
    let (size, one, unit) = match number {
        0..20 => {
            sounds.extend_from_slice(&SMALL[number as usize].0);
            return;
        }
        20..100 => (10, "sepuluh", "puluh"),
        100..1000 => (100, "seratus", "ratus"),
        _ => (1000, "seribu", "ribu"),
    };
    if number / size == 1 {
        sounds.extend(said(one));
    } else {
        push_indonesian(number / size, sounds);
        sounds.extend(said(unit));
    }
    if !number.is_multiple_of(size) {
        push_indonesian(number % size, sounds);
    }
}

/// The teens as a whole, all else digit by digit.
fn english(digits: &[u8], whole: Option<u32>) -> Vec<u8> {
    let heard: Vec<u8> = match whole {
        Some(number @ 10..=19) => SMALL[number as usize].1.to_vec(),
        _ => digits.iter().flat_map(|&digit| sounds_of(digit).1).copied().collect(),
    };
    TABLES.as_spoken(&heard)
}

/// Two digits that look like a consonant and a vowel: 50 is SO in BAK50.
fn as_syllable(digits: &[u8]) -> Option<Vec<u8>> {
    let [first @ (b'5' | b'7' | b'8' | b'9'), second @ (b'0' | b'3' | b'4')] = digits else {
        return None;
    };
    Some(vec![spelling::leet(*first), spelling::leet(*second)])
}
