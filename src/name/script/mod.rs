//! Scripts in which a character's letters depend on its neighbors.
//!
//! The letters themselves are those of `any_ascii` wherever it has the usual ones. What it
//! can't know, since it sees one character at a time, is added here: the vowels that Arabic
//! leaves out and an abugida implies, Thai vowels that are written before the consonant they
//! follow, small kana, Korean letters that change where syllables meet.
//!
//! Scripts that have no reader here are romanized character by character: Latin, Cyrillic,
//! Greek and Han (in Mandarin) lose nothing by it; Hebrew keeps no vowels, and Khmer, Lao,
//! Burmese and Tibetan only those that are written, in the order in which they are stored.

mod abugida;
mod arabic;
mod hangul;
mod kana;
mod table;
mod thai;

use super::fold::Folded;

/// A character in its compatibility form, and the place, in characters, of what it came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Placed {
    pub c: char,
    pub at_chars: usize,
}

/// A way of reading characters in context.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Script {
    /// Arabic, Jawi and Pegon, Persian, Urdu.
    Arabic,
    /// Scripts of consonants with a vowel in them: those of Indonesia and of India.
    Abugida,
    Thai,
    Kana,
    Hangul,
}

impl Script {
    /// The reader of `c`, a character in compatibility form; `None` where it needs no context.
    ///
    /// Digits and punctuation have none, so that they part words.
    pub(super) fn of(c: char) -> Option<Self> {
        if c < '\u{600}' {
            None
        } else if hangul::is_sign(c) {
            Some(Self::Hangul)
        } else if kana::is_kana(c) {
            Some(Self::Kana)
        } else if arabic::is_sign(c) {
            Some(Self::Arabic)
        } else if abugida::is_sign(c) {
            Some(Self::Abugida)
        } else if thai::is_sign(c) {
            Some(Self::Thai)
        } else {
            None
        }
    }
}

/// Reads a run of characters of one script. Cost: linear in its length.
pub(super) fn read(script: Script, run: &[Placed], folded: &mut Vec<Folded>) {
    match script {
        Script::Arabic => arabic::read(run, folded),
        Script::Abugida => abugida::read(run, folded),
        Script::Thai => thai::read(run, folded),
        Script::Kana => kana::read(run, folded),
        Script::Hangul => hangul::read(run, folded),
    }
}

/// Writes ASCII `letters` that came from the place `at_chars`, in lower case.
///
/// Where letters are heard in another order than they are written, a later one takes the
/// place of the one before it: places never descend.
pub(super) fn write(folded: &mut Vec<Folded>, letters: &str, at_chars: usize) {
    let at_chars = folded.last().map_or(at_chars, |last| last.at_chars.max(at_chars));
    folded.extend(letters.chars().map(|letter| Folded { symbol: letter.to_ascii_lowercase(), at_chars }));
}

/// What `any_ascii` writes for a letter; nothing where it writes signs.
fn letters_of(c: char) -> &'static str {
    let letters = any_ascii::any_ascii_char(c);
    if letters.bytes().all(|byte| byte.is_ascii_alphabetic()) { letters } else { "" }
}

#[cfg(test)]
mod tests;
