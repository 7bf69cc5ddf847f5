//! Thai: vowels in the order in which they are heard, silent letters left out.
//!
//! Vowels that are not written (o in นม) are not added, and consonants at the end of a
//! syllable keep the letter that they have at its start.

use super::{Placed, letters_of, write};
use crate::name::fold::Folded;

/// Vowels written before their consonant, what of them is written after it, and both in letters.
/// Of two that fit, the first is taken.
const AROUND: &[(char, &str, &str)] = &[
    ('เ', "ียะ", "ia"),
    ('เ', "ีย", "ia"),
    ('เ', "ือ", "uea"),
    ('เ', "าะ", "o"),
    ('เ', "า", "ao"),
    ('เ', "อะ", "oe"),
    ('เ', "อ", "oe"),
    ('เ', "ิ", "oe"),
    ('เ', "ะ", "e"),
    ('เ', "", "e"),
    ('แ', "ะ", "ae"),
    ('แ', "", "ae"),
    ('โ', "ะ", "o"),
    ('โ', "", "o"),
    ('ใ', "", "ai"),
    ('ไ', "ย", "ai"),
    ('ไ', "", "ai"),
];
/// Vowels of two characters after their consonant.
const AFTER: &[(&str, &str)] = &[("ัวะ", "ua"), ("ัว", "ua"), ("\u{e4d}า", "am")];

/// A letter or mark, not the sign of the currency.
pub(super) fn is_sign(c: char) -> bool {
    matches!(c, '\u{e01}'..='\u{e3a}' | '\u{e40}'..='\u{e4e}')
}

pub(super) fn read(run: &[Placed], folded: &mut Vec<Folded>) {
    let heard = without_silent(run);
    let mut rest = heard.as_slice();
    while let [first, after @ ..] = rest {
        if AROUND.iter().any(|&(lead, ..)| lead == first.c) && after.first().is_some_and(|next| is_consonant(next.c)) {
            let (onset, after) = after.split_at(onset_len(after));
            let around = AROUND.iter().find(|(lead, tail, _)| *lead == first.c && starts_with(after, tail));
            let (_, tail, vowel) = around.expect("each leading vowel has a row without more");
            // What is heard first takes the place of what stands first, so that the word's span holds both.
            for (place, consonant) in rest.iter().zip(onset) {
                write(folded, onset_letters(consonant.c), place.at_chars);
            }
            let (tail, after) = after.split_at(tail.chars().count());
            write(folded, vowel, tail.last().or(onset.last()).map_or(first.at_chars, |last| last.at_chars));
            rest = after;
        } else if let Some((signs, vowel)) = AFTER.iter().find(|(signs, _)| starts_with(rest, signs)) {
            let (signs, after) = rest.split_at(signs.chars().count());
            write(folded, vowel, signs[signs.len() - 1].at_chars);
            rest = after;
        } else {
            let is_onset = after.first().is_some_and(|next| is_vowel_after(next.c));
            write(folded, if is_onset { onset_letters(first.c) } else { letters_of(first.c) }, first.at_chars);
            rest = after;
        }
    }
}

/// The run without tone marks, and without the letters that a thanthakhat silences: เบียร์ is BIA.
fn without_silent(run: &[Placed]) -> Vec<Placed> {
    let mut heard: Vec<Placed> = Vec::with_capacity(run.len());
    for &letter in run {
        match letter.c {
            '\u{e4c}' => while heard.pop().is_some_and(|silenced| !is_consonant(silenced.c)) {},
            '\u{e47}'..='\u{e4b}' | '\u{e4e}' | '\u{e46}' | '\u{e2f}' | '\u{e3a}' => {}
            _ => heard.push(letter),
        }
    }
    heard
}

fn is_consonant(c: char) -> bool {
    matches!(c, '\u{e01}'..='\u{e2e}')
}

/// A vowel sign after or around its consonant.
fn is_vowel_after(c: char) -> bool {
    matches!(c, '\u{e30}'..='\u{e39}' | '\u{e4d}')
}

/// Consonants before a leading vowel's sound: two where a stop is followed by ร or ล without a vowel of its own.
fn onset_len(letters: &[Placed]) -> usize {
    match letters {
        [first, second, rest @ ..]
            if matches!(first.c, 'ก' | 'ข' | 'ค' | 'ต' | 'ท' | 'บ' | 'ป' | 'ผ' | 'พ' | 'ฟ')
                && matches!(second.c, 'ร' | 'ล')
                && !rest.first().is_some_and(|next| matches!(next.c, 'ั' | 'า' | 'ึ' | 'ุ' | 'ู' | '\u{e4d}')) =>
        {
            2
        }
        _ => 1,
    }
}

/// อ only carries a vowel at the start of a syllable.
fn onset_letters(c: char) -> &'static str {
    if c == 'อ' { "" } else { letters_of(c) }
}

fn starts_with(letters: &[Placed], signs: &str) -> bool {
    let count = signs.chars().count();
    letters.len() >= count && letters.iter().zip(signs.chars()).all(|(letter, sign)| letter.c == sign)
}
