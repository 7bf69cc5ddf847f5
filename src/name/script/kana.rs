//! Hiragana and katakana, by the usual (Hepburn) spelling without long vowels: ラーメン is RAMEN.

use super::{Placed, letters_of, write};
use crate::name::fold::Folded;

/// A kana, a mark of voicing or the mark of a long vowel; not the dot between words.
pub(super) fn is_kana(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{3096}' | '\u{3099}' | '\u{309a}' | '\u{309d}'..='\u{309f}' | '\u{30a1}'..='\u{30fa}' | '\u{30fc}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}')
}

pub(super) fn read(run: &[Placed], folded: &mut Vec<Folded>) {
    let mut is_doubled = false;
    // Where the letters of the last full kana begin; before the first one, the end of what was there.
    let mut syllable = folded.len();
    for &Placed { c, at_chars } in run {
        match c {
            'っ' | 'ッ' => is_doubled = true,
            'ぁ' | 'ァ' => join(folded, syllable, "a", at_chars),
            'ぃ' | 'ィ' => join(folded, syllable, "i", at_chars),
            'ぅ' | 'ゥ' => join(folded, syllable, "u", at_chars),
            'ぇ' | 'ェ' => join(folded, syllable, "e", at_chars),
            'ぉ' | 'ォ' => join(folded, syllable, "o", at_chars),
            'ゃ' | 'ャ' => join_glide(folded, syllable, "a", at_chars),
            'ゅ' | 'ュ' => join_glide(folded, syllable, "u", at_chars),
            'ょ' | 'ョ' => join_glide(folded, syllable, "o", at_chars),
            _ => {
                let letters = letters_of(c);
                if letters.is_empty() {
                    continue;
                }
                if is_doubled {
                    write(folded, doubling(letters), at_chars);
                }
                is_doubled = false;
                syllable = folded.len();
                write(folded, letters, at_chars);
            }
        }
    }
}

/// A small vowel takes the place of the vowel before it: フ + ァ is FA. A lone u or i becomes a glide: ウ + ィ is WI.
fn join(folded: &mut Vec<Folded>, syllable: usize, vowel: &str, at_chars: usize) {
    let is_alone = folded.len() == syllable + 1;
    match pop_vowel(folded, syllable) {
        Some(('u', at)) if is_alone => write(folded, "w", at),
        Some(('i', at)) if is_alone => write(folded, "y", at),
        _ => {}
    }
    write(folded, vowel, at_chars);
}

/// A small ya, yu or yo: キ + ャ is KYA, シ + ャ is SHA.
fn join_glide(folded: &mut Vec<Folded>, syllable: usize, vowel: &str, at_chars: usize) {
    pop_vowel(folded, syllable);
    let onset: String = folded[syllable.min(folded.len())..].iter().map(|letter| letter.symbol).collect();
    if !matches!(onset.as_str(), "sh" | "ch" | "j") {
        write(folded, "y", at_chars);
    }
    write(folded, vowel, at_chars);
}

fn pop_vowel(folded: &mut Vec<Folded>, syllable: usize) -> Option<(char, usize)> {
    let last = folded.get(syllable..)?.last()?;
    let (symbol, at_chars) = (last.symbol, last.at_chars);
    if !matches!(symbol, 'a' | 'i' | 'u' | 'e' | 'o') {
        return None;
    }
    folded.pop();
    Some((symbol, at_chars))
}

/// What a small tsu adds before `letters`: their first consonant, t before ch.
fn doubling(letters: &str) -> &str {
    match letters.as_bytes() {
        [b'c', b'h', ..] => "t",
        [b'a' | b'i' | b'u' | b'e' | b'o' | b'n', ..] => "",
        _ => &letters[..1],
    }
}
