//! Scripts whose consonants hold a vowel: those of Java, Bali, Sunda, Sulawesi and Sumatra, and of India.
//!
//! A consonant is read with `a` unless a vowel sign replaces it or a killer (pangkon, adeg
//! adeg, virama) takes it. Which of them a character is follows from Unicode: a mark of
//! combining class 9 is a killer, a mark with a vowel a vowel sign, another mark the end of
//! a syllable. `data/script/abugida.tsv` holds what does not follow.
//!
//! The `a` stays at the end of a word, as in Sanskrit and Javanese names (YOGA, SURYA); Hindi
//! drops it there.

use std::collections::HashMap;
use std::sync::LazyLock;

use unicode_normalization::char::{canonical_combining_class, is_combining_mark};

use super::{Placed, letters_of, table, write};
use crate::name::fold::Folded;

const TABLE: &str = include_str!("../../../data/script/abugida.tsv");

/// What a character does to its syllable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    /// Begins a syllable with `a`.
    Consonant,
    /// A second consonant before the vowel: cakra, pengkal.
    Medial,
    /// A syllable of its own.
    Vowel,
    /// Takes the place of the `a`.
    VowelSign,
    /// Ends the syllable: cecak, layar, wignyan.
    Final,
    /// Ends the syllable by a nasal at the place of what follows.
    Nasal,
    /// Takes the vowel.
    Killer,
    /// Is not heard.
    Silent,
}

/// Unicode's combining class of signs that take a consonant's vowel.
const VIRAMA: u8 = 9;

static EXCEPTIONS: LazyLock<HashMap<[char; 2], (Role, &str)>> = LazyLock::new(|| {
    let row = |[signs, role, letters]: [&'static str; 3]| (table::key(signs), (role_named(role), letters));
    table::rows(TABLE).map(row).collect()
});

/// # Panics
/// On a word that names no role. The table is part of the program, and a test reads it.
fn role_named(name: &str) -> Role {
    match name {
        "consonant" => Role::Consonant,
        "medial" => Role::Medial,
        "vowel" => Role::Vowel,
        "vowel_sign" => Role::VowelSign,
        "final" => Role::Final,
        "nasal" => Role::Nasal,
        "silent" => Role::Silent,
        _ => panic!("data/script/abugida.tsv: {name:?} is no role"),
    }
}

/// A letter or mark of these scripts.
pub(super) fn is_sign(c: char) -> bool {
    let is_in_block = matches!(c,
        // Devanagari, Bengali, Gurmukhi, Gujarati, Oriya, Tamil, Telugu, Kannada, Malayalam, Sinhala
        '\u{900}'..='\u{dff}'
        // Buginese (lontara)
        | '\u{1a00}'..='\u{1a1f}'
        // Balinese, Sundanese, Batak
        | '\u{1b00}'..='\u{1bff}'
        // Rejang
        | '\u{a930}'..='\u{a95f}'
        // Javanese
        | '\u{a980}'..='\u{a9df}'
        // Makasar
        | '\u{11ee0}'..='\u{11eff}');
    is_in_block && (c.is_alphabetic() || is_combining_mark(c))
}

pub(super) fn read(run: &[Placed], folded: &mut Vec<Folded>) {
    // The vowel of the syllable that is being read: it waits for a sign that replaces it.
    let mut vowel: Option<(&str, usize)> = None;
    let mut at = 0;
    while let Some(&Placed { c, at_chars }) = run.get(at) {
        let next = run.get(at + 1).map_or('\0', |next| next.c);
        let (role, letters, taken) = sign(c, next);
        at += taken;
        if !matches!(role, Role::Medial | Role::VowelSign | Role::Killer | Role::Silent)
            && let Some((letters, at_chars)) = vowel.take()
        {
            write(folded, letters, at_chars);
        }
        match role {
            Role::Consonant => {
                write(folded, letters, at_chars);
                vowel = Some(("a", at_chars));
            }
            Role::Medial | Role::Vowel | Role::Final => write(folded, letters, at_chars),
            Role::VowelSign => vowel = Some((letters, at_chars)),
            Role::Nasal => write(folded, nasal_before(run.get(at)), at_chars),
            Role::Killer => vowel = None,
            Role::Silent => {}
        }
    }
    if let Some((letters, at_chars)) = vowel {
        write(folded, letters, at_chars);
    }
}

/// Role and letters of `c`, with the `next` character where the two are one sign; and how many that took.
fn sign(c: char, next: char) -> (Role, &'static str, usize) {
    if let Some(&(role, letters)) = EXCEPTIONS.get(&[c, next]).filter(|_| next != '\0') {
        return (role, letters, 2);
    }
    if let Some(&(role, letters)) = EXCEPTIONS.get(&[c, '\0']) {
        return (role, letters, 1);
    }
    let (role, letters) = role_by_unicode(c);
    (role, letters, 1)
}

fn role_by_unicode(c: char) -> (Role, &'static str) {
    let letters = letters_of(c);
    let role = if canonical_combining_class(c) == VIRAMA {
        Role::Killer
    } else if letters.is_empty() {
        Role::Silent
    } else if is_combining_mark(c) {
        if letters.bytes().next().is_some_and(is_vowel) { Role::VowelSign } else { Role::Final }
    } else if letters.bytes().any(is_vowel) {
        Role::Vowel
    } else {
        Role::Consonant
    };
    (role, letters)
}

fn nasal_before(next: Option<&Placed>) -> &'static str {
    match next.and_then(|next| letters_of(next.c).bytes().next()) {
        None | Some(b'p' | b'b' | b'm') => "m",
        Some(b'k' | b'g') => "ng",
        Some(_) => "n",
    }
}

fn is_vowel(letter: u8) -> bool {
    matches!(letter.to_ascii_lowercase(), b'a' | b'i' | b'u' | b'e' | b'o')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_row_is_a_sign_of_these_scripts_and_says_something_new() {
        assert_eq!(EXCEPTIONS.len(), table::rows::<3>(TABLE).count(), "a sign stands twice");
        for (&[c, next], &(role, letters)) in EXCEPTIONS.iter() {
            assert!(is_sign(c) && (next == '\0' || is_sign(next)), "{c}{next}");
            assert!(letters.bytes().all(|byte| byte.is_ascii_lowercase()), "{letters}");
            let is_needed = next != '\0' || (role, letters) != role_by_unicode(c);
            assert!(is_needed, "{c} is read so without its row");
        }
    }
}
