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
    // Nearly all names of the register end here.
    if text.is_ascii() {
        let ascii = text.bytes().map(|byte| fold_ascii(char::from(byte))).enumerate();
        return ascii.map(|(at_chars, symbol)| Folded { symbol, at_chars }).collect();
    }
    let mut folded = Vec::with_capacity(text.len());
    // Characters of one script that are read together, once another one ends them.
    let mut run: Vec<Placed> = Vec::new();
    for (at_chars, original) in text.chars().enumerate() {
        let symbol = match original {
            _ if original.is_ascii() => fold_ascii(original),
            '\u{2018}' | '\u{2019}' | '\u{2bc}' | '\u{ff07}' => '\'',
            _ if is_sign(original) => ' ',
            _ if is_invisible(original) => continue,
            _ => {
                std::iter::once(original).nfkc().for_each(|c| take(Placed { c, at_chars }, &mut run, &mut folded));
                continue;
            }
        };
        if !run.is_empty() {
            end(&mut run, &mut folded);
        }
        folded.push(Folded { symbol, at_chars });
    }
    end(&mut run, &mut folded);
    folded
}

fn fold_ascii(c: char) -> char {
    if c.is_ascii_control() { ' ' } else { c.to_ascii_lowercase() }
}

/// Takes a character in compatibility form into the run that it belongs to, or romanizes it alone.
fn take(letter: Placed, run: &mut Vec<Placed>, folded: &mut Vec<Folded>) {
    // Half-width kana keep their voicing apart, old Korean keyboards the parts of a syllable.
    if let Some(last) = run.last_mut()
        && let Some(composed) = compose(last.c, letter.c)
    {
        last.c = composed;
    } else if let Some(script) = Script::of(letter.c) {
        if run.first().is_some_and(|first| Script::of(first.c) != Some(script)) {
            end(run, folded);
        }
        run.push(letter);
    } else if !is_silent_mark(letter.c) {
        end(run, folded);
        romanize(letter, folded);
    }
}

/// Reads the run, if there is one, and begins another.
fn end(run: &mut Vec<Placed>, folded: &mut Vec<Folded>) {
    if let Some(script) = run.first().and_then(|first| Script::of(first.c)) {
        script::read(script, run, folded);
        run.clear();
    }
}

/// A mark that changes no letter: an accent. Not the vowel signs of scripts that are read in
/// context, nor of those that are left to `any_ascii` (Khmer, Lao, Burmese, Tibetan).
fn is_silent_mark(c: char) -> bool {
    let may_be_vowel_sign = c.is_alphabetic() && matches!(c, '\u{900}'..='\u{1aaf}' | '\u{a800}'..='\u{abff}');
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
