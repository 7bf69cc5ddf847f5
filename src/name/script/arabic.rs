//! Arabic script, with the vowels that are not written: as Indonesians spell Arabic.
//!
//! Vowels that are written are read. Where a word has none, a consonant opens a syllable
//! with `a`, or closes the one before it where another syllable follows: زمزم is ZAM-ZAM,
//! جبل JA-BAL, مدرسة MAD-RA-SAH. The guess is often another vowel than the one that is said
//! (MASJAD for MASJID); the consonants stand in their places all the same. Words that are
//! frequent in names and come out wrong are listed in `data/script/arabic_words.tsv`, the
//! letters in `data/script/arabic.tsv`.
//!
//! The article stands apart and is not assimilated (النور is AL NUR). Hamza and ain are not
//! heard, a final ta marbuta is AH, and T after a long vowel. Jawi and Pegon write the vowels
//! i and u and leave out fewer; o and e can't be told from u and i.

use std::collections::HashMap;
use std::sync::LazyLock;

use unicode_normalization::char::is_combining_mark;

use super::{Placed, letters_of, table, write};
use crate::name::fold::Folded;

const LETTERS: &str = include_str!("../../../data/script/arabic.tsv");
const WORDS: &str = include_str!("../../../data/script/arabic_words.tsv");

/// What a character does in a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    /// A consonant; without letters where it is not heard but parts vowels.
    Consonant,
    /// A vowel that is always written.
    Long,
    /// A consonant or a vowel, by what stands beside it: `w;u`.
    Semivowel,
    TaMarbuta,
    /// A vowel mark over or under the consonant before it.
    Vowel,
    /// The mark for no vowel.
    Sukun,
    /// The mark that doubles a consonant.
    Shadda,
    /// The mark of the ending -an.
    Tanwin,
    Silent,
}

static ROLES: LazyLock<HashMap<char, (Role, &str)>> = LazyLock::new(|| {
    let row = |[sign, role, letters]: [&'static str; 3]| (table::key(sign)[0], (role_named(role), letters));
    table::rows(LETTERS).map(row).collect()
});

/// Readings of words, by their letters without marks.
static READINGS: LazyLock<HashMap<String, &str>> =
    LazyLock::new(|| table::rows(WORDS).map(|[word, reading]| (word.chars().map(bare).collect(), reading)).collect());

/// # Panics
/// On a word that names no role. The table is part of the program, and a test reads it.
fn role_named(name: &str) -> Role {
    match name {
        "consonant" => Role::Consonant,
        "long" => Role::Long,
        "semivowel" => Role::Semivowel,
        "ta_marbuta" => Role::TaMarbuta,
        "vowel" => Role::Vowel,
        "sukun" => Role::Sukun,
        "shadda" => Role::Shadda,
        "tanwin" => Role::Tanwin,
        _ => panic!("data/script/arabic.tsv: {name:?} is no role"),
    }
}

/// Role and letters of any character of the script; those without a row are consonants or silent.
fn role_of(c: char) -> (Role, &'static str) {
    let known = ROLES.get(&c).copied();
    known.unwrap_or_else(|| {
        let letters = letters_of(c);
        if is_combining_mark(c) || letters.is_empty() { (Role::Silent, "") } else { (Role::Consonant, letters) }
    })
}

/// A letter or mark of the script; not its digits and punctuation.
pub(super) fn is_sign(c: char) -> bool {
    matches!(c, '\u{600}'..='\u{6ff}' | '\u{750}'..='\u{77f}' | '\u{870}'..='\u{8ff}') && (c.is_alphabetic() || is_combining_mark(c))
}

const ALIF: char = 'ا';
const LAM: char = 'ل';

/// A letter with the marks on it.
#[derive(Clone, Copy, Debug)]
struct Sign {
    c: char,
    role: Role,
    letters: &'static str,
    at_chars: usize,
    is_doubled: bool,
    vowel: Vowel,
}

/// The vowel after a consonant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Vowel {
    /// Not written: to be guessed, unless a long vowel follows.
    Open,
    None,
    Written(&'static str),
}

/// A sound of a word.
#[derive(Clone, Copy, Debug)]
enum Unit {
    Consonant { letters: &'static str, at_chars: usize, is_doubled: bool, vowel: Vowel },
    Vowel { letters: &'static str, at_chars: usize },
}

pub(super) fn read(run: &[Placed], folded: &mut Vec<Folded>) {
    let mut signs = signs(run);
    if read_listed(&signs, folded) {
        return;
    }
    // Two letters at least stand behind an article: الف is no article with an F.
    if let [alif, lam, first, _, ..] = signs.as_mut_slice()
        && (alif.c, lam.c) == (ALIF, LAM)
    {
        // A shadda there says that the article is assimilated: the letter is written once.
        first.is_doubled = false;
        write(folded, "a", alif.at_chars);
        write(folded, "l", lam.at_chars);
        write(folded, " ", lam.at_chars);
        if !read_listed(&signs[2..], folded) {
            speak(&units(&signs[2..]), folded);
        }
    } else {
        speak(&units(&signs), folded);
    }
}

/// Puts marks to their letters. A mark without a letter before it goes.
fn signs(run: &[Placed]) -> Vec<Sign> {
    let mut signs: Vec<Sign> = Vec::with_capacity(run.len());
    for &Placed { c, at_chars } in run {
        let (role, letters) = role_of(c);
        let last = signs.last_mut();
        match role {
            Role::Silent => {}
            Role::Vowel | Role::Tanwin => last.into_iter().for_each(|last| last.vowel = Vowel::Written(letters)),
            Role::Sukun => last.into_iter().for_each(|last| last.vowel = Vowel::None),
            Role::Shadda => last.into_iter().for_each(|last| last.is_doubled = true),
            Role::Consonant | Role::Long | Role::Semivowel | Role::TaMarbuta => {
                signs.push(Sign { c, role, letters, at_chars, is_doubled: false, vowel: Vowel::Open });
            }
        }
    }
    signs
}

/// An alif without its hamza, which many leave out.
fn bare(c: char) -> char {
    if matches!(c, 'أ' | 'إ' | 'آ' | 'ٱ') { ALIF } else { c }
}

/// Reads a word of the list; false where it is none, or its marks say another vowel.
fn read_listed(word: &[Sign], folded: &mut Vec<Folded>) -> bool {
    /// No word of the list is longer.
    const MAX_CHARS: usize = 12;
    if word.is_empty() || word.len() > MAX_CHARS {
        return false;
    }
    let key: String = word.iter().map(|sign| bare(sign.c)).collect();
    let Some(reading) = READINGS.get(&key).filter(|reading| agrees(word, reading)) else { return false };
    // Which letter came from which sign is not known: they are spread evenly, the ends on the ends.
    for at in 0..reading.len() {
        let sign = at * (word.len() - 1) / (reading.len() - 1).max(1);
        write(folded, &reading[at..=at], word[sign].at_chars);
    }
    true
}

/// True where the vowels that are written stand in the reading, in order.
fn agrees(word: &[Sign], reading: &str) -> bool {
    let is_vowel = |letter: &char| matches!(letter, 'a' | 'i' | 'u');
    let written = word.iter().filter_map(|sign| if let Vowel::Written(letters) = sign.vowel { Some(letters) } else { None });
    let mut read = reading.chars().filter(is_vowel);
    written.flat_map(str::chars).filter(is_vowel).all(|vowel| read.any(|letter| letter == vowel))
}

/// Decides of each sign whether it is a consonant or a vowel.
fn units(word: &[Sign]) -> Vec<Unit> {
    let mut units: Vec<Unit> = Vec::with_capacity(word.len() + 1);
    for (at, sign) in word.iter().enumerate() {
        match sign.role {
            Role::Long => long(word, at, &mut units),
            Role::Semivowel => semivowel(word, at, &mut units),
            Role::TaMarbuta => ta_marbuta(sign, &mut units),
            _ => units.push(consonant(sign, sign.letters, sign.vowel)),
        }
    }
    units
}

fn consonant(sign: &Sign, letters: &'static str, vowel: Vowel) -> Unit {
    Unit::Consonant { letters, at_chars: sign.at_chars, is_doubled: sign.is_doubled, vowel }
}

/// The vowel that was just heard, if one was.
fn vowel_of(unit: Option<&Unit>) -> Option<&'static str> {
    match unit {
        Some(&Unit::Vowel { letters, .. }) => Some(letters),
        Some(&Unit::Consonant { vowel: Vowel::Written(letters), .. }) => Some(letters),
        _ => None,
    }
}

fn long(word: &[Sign], at: usize, units: &mut Vec<Unit>) {
    let sign = &word[at];
    // An alif at the start carries the vowel that is written behind it: ايمان is IMAN.
    let is_carrier = at == 0 && sign.c == ALIF && sign.vowel == Vowel::Open && word.len() > 2 && word[1].role == Role::Semivowel;
    let letters = if let Vowel::Written(letters) = sign.vowel { letters } else { sign.letters };
    let heard_before = vowel_of(units.last()).unwrap_or_default();
    if !is_carrier && heard_before != letters && heard_before != "an" {
        units.push(Unit::Vowel { letters, at_chars: sign.at_chars });
    }
}

fn semivowel(word: &[Sign], at: usize, units: &mut Vec<Unit>) {
    let sign = &word[at];
    let (glide, vowel) = sign.letters.split_once(';').unwrap_or((sign.letters, sign.letters));
    let next = word.get(at + 1);
    let is_before_vowel = next.is_some_and(|next| matches!(next.role, Role::Long | Role::TaMarbuta | Role::Semivowel) && !next.is_doubled);
    let before = vowel_of(units.last());
    let is_carried = at == 1 && units.is_empty();
    if next.is_some_and(|next| next.role == Role::TaMarbuta) && before.is_none() && !units.is_empty() && vowel == "i" {
        // The ending -iyyah: سعودية is SAUDIYAH.
        units.push(Unit::Vowel { letters: vowel, at_chars: sign.at_chars });
        units.push(Unit::Consonant { letters: glide, at_chars: sign.at_chars, is_doubled: false, vowel: Vowel::Open });
    } else if sign.is_doubled || matches!(sign.vowel, Vowel::Written(_)) || is_before_vowel || (units.is_empty() && !is_carried) {
        units.push(consonant(sign, glide, sign.vowel));
    } else {
        match (before, units.last()) {
            // Two ways to write one long vowel: the mark, and the letter behind it.
            (Some(before), Some(Unit::Consonant { .. })) if before == vowel => {}
            (Some("a"), Some(Unit::Consonant { .. })) => units.push(Unit::Vowel { letters: vowel, at_chars: sign.at_chars }),
            (Some(_), _) if next.is_none() => units.push(Unit::Vowel { letters: vowel, at_chars: sign.at_chars }),
            (Some(_), _) if sign.vowel == Vowel::Open => units.push(consonant(sign, glide, Vowel::Written("a"))),
            (Some(_), _) => units.push(consonant(sign, glide, sign.vowel)),
            (None, _) => units.push(Unit::Vowel { letters: vowel, at_chars: sign.at_chars }),
        }
    }
}

fn ta_marbuta(sign: &Sign, units: &mut Vec<Unit>) {
    let at_chars = sign.at_chars;
    let closing = |letters| Unit::Consonant { letters, at_chars, is_doubled: false, vowel: Vowel::None };
    match (vowel_of(units.last()), units.last()) {
        (Some(_), Some(Unit::Vowel { .. })) => units.push(closing("t")),
        (Some(_), _) => units.push(closing("h")),
        _ => units.extend([Unit::Vowel { letters: "a", at_chars }, closing("h")]),
    }
}

/// Writes the sounds, and between consonants the vowels that are not written.
fn speak(units: &[Unit], folded: &mut Vec<Folded>) {
    // True after a vowel: the next consonant may close its syllable.
    let mut is_open = false;
    for (at, unit) in units.iter().enumerate() {
        match *unit {
            Unit::Vowel { letters, at_chars } => {
                write(folded, letters, at_chars);
                is_open = true;
            }
            Unit::Consonant { letters, at_chars, is_doubled, vowel } => {
                if is_doubled && letters.len() == 1 {
                    write(folded, letters, at_chars);
                }
                write(folded, letters, at_chars);
                let guessed = || guess(units, at, is_open && !is_doubled);
                let heard = match vowel {
                    Vowel::Written(letters) => Some(letters),
                    Vowel::None => None,
                    Vowel::Open => guessed(),
                };
                write(folded, heard.unwrap_or_default(), at_chars);
                is_open = heard.is_some();
            }
        }
    }
}

/// The vowel after the consonant at `at`, where none is written.
fn guess(units: &[Unit], at: usize, may_close: bool) -> Option<&'static str> {
    let Some(&Unit::Consonant { is_doubled: next_is_doubled, .. }) = units.get(at + 1) else { return None };
    // فاعل, the one who does: FATIH, KHALID, FATIMAH.
    let is_doer = at == 2
        && matches!(units[..2], [Unit::Consonant { .. }, Unit::Vowel { letters: "a", .. }])
        && (units.len() == 4 || matches!(units[4..], [Unit::Vowel { .. }, Unit::Consonant { letters: "h", .. }]));
    if is_doer {
        return Some("i");
    }
    let next_is_last = at + 2 == units.len();
    if may_close && !next_is_doubled && !next_is_last { None } else { Some("a") }
}

#[cfg(test)]
mod tests;
