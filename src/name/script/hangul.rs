//! Korean syllables by the Revised Romanization, with the changes where two of them meet.
//!
//! Left out: changes that depend on the word rather than on its letters, and h beside other consonants.

use super::{Placed, letters_of, write};
use crate::name::fold::Folded;

const FIRST: char = '가';
const LAST: char = '힣';

const INITIALS: [&str; 19] = ["g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p", "h"];
const VOWELS: [&str; 21] =
    ["a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we", "wi", "yu", "eu", "ui", "i"];
/// Finals before a consonant or a pause, and before a vowel, to which they pass over.
const FINALS: [(&str, &str); 28] = [
    ("", ""),
    ("k", "g"),
    ("k", "kk"),
    ("k", "ks"),
    ("n", "n"),
    ("n", "nj"),
    ("n", "n"),
    ("t", "d"),
    ("l", "r"),
    ("k", "lg"),
    ("m", "lm"),
    ("l", "lb"),
    ("l", "ls"),
    ("l", "lt"),
    ("p", "lp"),
    ("l", "r"),
    ("m", "m"),
    ("p", "b"),
    ("p", "ps"),
    ("t", "s"),
    ("t", "ss"),
    ("ng", "ng"),
    ("t", "j"),
    ("t", "ch"),
    ("k", "k"),
    ("t", "t"),
    ("p", "p"),
    ("t", ""),
];

/// A syllable, or a part of one that stands alone.
pub(super) fn is_sign(c: char) -> bool {
    matches!(c, FIRST..=LAST | '\u{1100}'..='\u{11ff}')
}

pub(super) fn read(run: &[Placed], folded: &mut Vec<Folded>) {
    let mut last = ("", "");
    for (at, &Placed { c, at_chars }) in run.iter().enumerate() {
        let Some((initial, vowel, ending)) = parts(c) else {
            write(folded, letters_of(c), at_chars);
            last = ("", "");
            continue;
        };
        write(folded, initial_after(last, initial), at_chars);
        write(folded, vowel, at_chars);
        let next = run.get(at + 1).and_then(|next| parts(next.c)).map(|(initial, ..)| initial);
        write(folded, final_before(ending, next), at_chars);
        last = ending;
    }
}

/// Initial, vowel and final of a syllable, in letters.
fn parts(c: char) -> Option<(&'static str, &'static str, (&'static str, &'static str))> {
    if !(FIRST..=LAST).contains(&c) {
        return None;
    }
    let number = usize::try_from(u32::from(c) - u32::from(FIRST)).ok()?;
    let (syllable, ending) = (number / FINALS.len(), number % FINALS.len());
    Some((INITIALS[syllable / VOWELS.len()], VOWELS[syllable % VOWELS.len()], FINALS[ending]))
}

/// ㄹ is l after l and n, and n after other consonants: 콜라 KOLLA, 신라 SILLA, 종로 JONGNO.
fn initial_after((last, _): (&str, &str), initial: &'static str) -> &'static str {
    match (last, initial) {
        ("l" | "n", "r") | ("l", "n") => "l",
        ("m" | "ng" | "k" | "p" | "t", "r") => "n",
        _ => initial,
    }
}

/// A final passes over to a vowel (한국어 HANGUGEO), and sounds through the nose before a nasal (국민 GUNGMIN).
fn final_before((closed, before_vowel): (&'static str, &'static str), next: Option<&str>) -> &'static str {
    match (closed, next) {
        (_, Some("")) => before_vowel,
        ("n", Some("r")) => "l",
        ("k", Some("n" | "m" | "r")) => "ng",
        ("t", Some("n" | "m" | "r")) => "n",
        ("p", Some("n" | "m" | "r")) => "m",
        _ => closed,
    }
}
