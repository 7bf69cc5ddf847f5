//! Text of any script to lower-case ASCII, each letter with the place it came from.

use any_ascii::any_ascii_char;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{compose, decompose_canonical, is_combining_mark};

use super::script::{self, Placed, Script};

/// A folded character and the place, in characters, of what it was folded from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Folded {
    pub symbol: char,
    pub at_chars: usize,
}

/// Folds `text`. Letters and digits become `a-z0-9`; everything else that was visible
/// stays as one separator or sign; what is invisible goes. Places never descend.
pub(super) fn fold(text: &str) -> Vec<Folded> {
    if text.is_ascii() {
        return text.chars().enumerate().map(|(at_chars, c)| Folded { symbol: fold_ascii(c), at_chars }).collect();
    }
    let mut folded = Vec::with_capacity(text.len());
    let placed = compatible(text);
    for run in placed.chunk_by(|one, next| Script::of(one.c) == Script::of(next.c)) {
        match Script::of(run[0].c) {
            Some(script) => script::read(script, run, &mut folded),
            None => run.iter().for_each(|&letter| romanize(letter, &mut folded)),
        }
    }
    folded
}

fn fold_ascii(c: char) -> char {
    if c.is_ascii_control() { ' ' } else { c.to_ascii_lowercase() }
}

/// The characters of `text` in their compatibility form (NFKC), without those that are invisible.
///
/// Marks stay where a reader of their script asks for them, and are put together with
/// their letter where Unicode has one character for both; other marks go.
fn compatible(text: &str) -> Vec<Placed> {
    let mut placed: Vec<Placed> = Vec::with_capacity(text.len());
    for (at_chars, original) in text.chars().enumerate() {
        match original {
            _ if original.is_ascii() => placed.push(Placed { c: fold_ascii(original), at_chars }),
            '\u{2018}' | '\u{2019}' | '\u{2bc}' | '\u{ff07}' => placed.push(Placed { c: '\'', at_chars }),
            _ if is_sign(original) => placed.push(Placed { c: ' ', at_chars }),
            _ if is_invisible(original) => {}
            _ => {
                for c in std::iter::once(original).nfkc() {
                    match placed.last_mut() {
                        Some(last) if let Some(composed) = compose_in_script(last.c, c) => last.c = composed,
                        _ if is_silent_mark(c) => {}
                        _ => placed.push(Placed { c, at_chars }),
                    }
                }
            }
        }
    }
    placed
}

/// Half-width kana keep their voicing apart, old Korean keyboards the parts of a syllable.
fn compose_in_script(last: char, c: char) -> Option<char> {
    let is_part_of_hangul = matches!(last, '\u{1100}'..='\u{11ff}');
    if is_part_of_hangul || Script::of(last).is_some() { compose(last, c) } else { None }
}

/// A mark that changes no letter: an accent. Not the vowel signs of scripts that are read in
/// context, nor of those that are left to `any_ascii` (Khmer, Lao, Burmese, Tibetan).
fn is_silent_mark(c: char) -> bool {
    let may_be_vowel_sign = matches!(c, '\u{900}'..='\u{1aaf}' | '\u{a800}'..='\u{abff}');
    is_combining_mark(c)
        && Script::of(c).is_none()
        && !(may_be_vowel_sign && any_ascii_char(c).bytes().any(|byte| byte.is_ascii_alphabetic()))
}

/// Diacritics off, then the romanization of what is left, whatever stands beside it.
fn romanize(letter: Placed, folded: &mut Vec<Folded>) {
    decompose_canonical(letter.c, |part| {
        if !is_silent_mark(part) {
            // A Han character is a syllable, and romanization marks it by a capital: writing lowers it.
            let letters = if part.is_alphanumeric() || part.is_ascii() { any_ascii_char(part) } else { " " };
            script::write(folded, letters, letter.at_chars);
        }
    });
}

/// Characters that a reader does not see: soft hyphen, zero-width, direction and variation marks.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}' | '\u{e0000}'..='\u{e0fff}')
}

/// Signs whose compatibility form would put letters into the name: ™ is no "TM".
fn is_sign(c: char) -> bool {
    matches!(c, '©' | '®' | '™' | '℠' | '℗' | '№')
}
