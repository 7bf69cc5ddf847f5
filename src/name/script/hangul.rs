//! Korean syllables by the Revised Romanization, with the changes where two of them meet.
//!
//! Left out: changes of meaning-bearing parts that spelling does not show, and h beside other consonants.

use super::{Placed, write};
use crate::name::fold::Folded;

const FIRST: u32 = 0xac00;
const LAST: u32 = 0xd7a3;
const VOWEL_COUNT: u32 = 21;
const FINAL_COUNT: u32 = 28;

const INITIALS: [&str; 19] = ["g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p", "h"];
const VOWELS: [&str; VOWEL_COUNT as usize] =
    ["a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we", "wi", "yu", "eu", "ui", "i"];
/// Finals before a consonant or a pause, and before a vowel, to which they pass over.
const FINALS: [(&str, &str); FINAL_COUNT as usize] = [
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

pub(super) fn is_syllable(c: char) -> bool {
    (FIRST..=LAST).contains(&u32::from(c))
}

pub(super) fn read(run: &[Placed], folded: &mut Vec<Folded>) {
    let mut last = ("", "");
    for (at, &Placed { c, at_chars }) in run.iter().enumerate() {
        let (initial, vowel, ending) = parts(c);
        write(folded, initial_after(last, initial), at_chars);
        write(folded, vowel, at_chars);
        let next = run.get(at + 1).map(|next| parts(next.c).0);
        write(folded, final_before(ending, next), at_chars);
        last = ending;
    }
}

/// Initial, vowel and final of a syllable, in letters.
fn parts(syllable: char) -> (&'static str, &'static str, (&'static str, &'static str)) {
    let number = u32::from(syllable) - FIRST;
    let at = |number: u32| usize::try_from(number).expect("a small number");
    let initial = INITIALS[at(number / (VOWEL_COUNT * FINAL_COUNT))];
    (initial, VOWELS[at(number / FINAL_COUNT % VOWEL_COUNT)], FINALS[at(number % FINAL_COUNT)])
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
