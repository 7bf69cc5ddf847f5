//! Text of any script to lower-case ASCII, each letter with the place it came from.

use any_ascii::any_ascii_char;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{decompose_canonical, is_combining_mark};

/// A folded character and the place, in characters, of what it was folded from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Folded {
    pub symbol: char,
    pub at_chars: usize,
}

/// Folds `text`. Letters and digits become `a-z0-9`; everything else that was visible
/// stays as one separator or sign; what is invisible goes.
pub(super) fn fold(text: &str) -> Vec<Folded> {
    let mut folded = Vec::with_capacity(text.len());
    for (at_chars, original) in text.chars().enumerate() {
        if original.is_ascii() {
            let symbol = if original.is_ascii_control() { ' ' } else { original.to_ascii_lowercase() };
            folded.push(Folded { symbol, at_chars });
            continue;
        }
        if is_invisible(original) {
            continue;
        }
        if matches!(original, '\u{2018}' | '\u{2019}' | '\u{2bc}' | '\u{ff07}') {
            folded.push(Folded { symbol: '\'', at_chars });
            continue;
        }
        if is_sign(original) {
            folded.push(Folded { symbol: ' ', at_chars });
            continue;
        }
        for symbol in romanize(original) {
            folded.push(Folded { symbol, at_chars });
        }
    }
    folded
}

/// Compatibility form, then diacritics off, then the romanization of what is left.
fn romanize(original: char) -> impl Iterator<Item = char> {
    let mut plain = String::new();
    for compatible in std::iter::once(original).nfkc() {
        decompose_canonical(compatible, |part| {
            if !is_combining_mark(part) {
                plain.push(part);
            }
        });
    }
    // A Han character is a syllable, and romanization marks it by a capital: case goes last.
    let romanized: String = plain
        .chars()
        .flat_map(|c| {
            let romanized = if c.is_alphanumeric() { any_ascii_char(c) } else { "" };
            let kept = if c.is_alphanumeric() { None } else { Some(if c.is_ascii() { c } else { ' ' }) };
            romanized.chars().chain(kept)
        })
        .collect();
    romanized.to_ascii_lowercase().into_bytes().into_iter().map(char::from)
}

/// Characters that a reader does not see: soft hyphen, zero-width, direction and variation marks.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}' | '\u{e0000}'..='\u{e0fff}')
        || is_combining_mark(c)
}

/// Signs whose compatibility form would put letters into the name: ™ is no "TM".
fn is_sign(c: char) -> bool {
    matches!(c, '©' | '®' | '™' | '℠' | '℗' | '№')
}
