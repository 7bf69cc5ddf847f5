//! The alphabet of writing: codes of letters and digits, and which of them look alike.
//!
//! For what a code is made of see [`super::alphabet`].

use std::ops::RangeInclusive;

use super::alphabet::by_code;

/// Codes lie within; 0 is padding.
pub const CODES: RangeInclusive<u8> = 1..=63;

/// Letters and digits by kind.
///
/// What looks alike is of one kind, for the scan takes it for equal anyway. The rest of the room goes to the letters
/// that names have most: the rarer two letters are, the fewer names are looked at in vain for being of one kind.
const KINDS: [&str; 15] = ["a4", "e3", "i1jy", "o0", "uvw", "bh8", "ckqx", "d", "fp", "g9", "l", "mn", "r6", "sz25", "t7"];

const CODE_OF: [u8; 128] = {
    let (mut codes, letters) = ([0; 128], by_code(&KINDS));
    let mut code = 1;
    while code < letters.len() {
        codes[letters[code] as usize] = code as u8;
        code += 1;
    }
    // Codes without a letter went there.
    codes[0] = 0;
    codes
};

/// The code of a folded letter or digit.
///
/// # Panics
/// On a byte outside `a-z0-9`: [`super::Token`] holds no other.
pub fn code(byte: u8) -> u8 {
    match CODE_OF.get(usize::from(byte)) {
        Some(&code) if code != 0 => code,
        _ => panic!("a token holds only a-z0-9, not {byte:#04x}"),
    }
}

/// The codes of a folded word.
pub fn codes(word: &str) -> Vec<u8> {
    word.bytes().map(code).collect()
}

/// How much two codes look alike: 0 (not) to 1 (the same). Symmetric.
///
/// Above zero only for pairs that a reader mistakes in capitals or in print: the scan takes
/// such pairs for equal, and each further pair costs it candidates.
pub fn likeness(a: u8, b: u8) -> f32 {
    if a == b {
        return 1.0;
    }
    LOOK_ALIKES.iter().find(|(x, y, _)| (code(*x), code(*y)) == (a, b) || (code(*y), code(*x)) == (a, b)).map_or(0.0, |found| found.2)
}

/// Single letters and digits that look alike. Digits first: they stand for letters on purpose
/// (K0PI, S3GAR), so they count nearly as the letter itself.
const LOOK_ALIKES: &[(u8, u8, f32)] = &[
    (b'0', b'o', 0.9),
    (b'1', b'l', 0.9),
    (b'1', b'i', 0.9),
    (b'3', b'e', 0.9),
    (b'4', b'a', 0.9),
    (b'5', b's', 0.9),
    (b'7', b't', 0.75),
    (b'8', b'b', 0.75),
    (b'9', b'g', 0.75),
    (b'2', b'z', 0.75),
    (b'i', b'l', 0.5),
    (b'i', b'j', 0.5),
    (b'u', b'v', 0.5),
    (b'v', b'w', 0.5),
    (b'm', b'n', 0.5),
    (b'i', b'y', 0.5),
    (b'c', b'k', 0.5),
];

/// Letter pairs that look like one letter.
const LIGATURE_LOOK_ALIKES: &[(&str, &str)] = &[("rn", "m"), ("cl", "d"), ("vv", "w"), ("ii", "u")];

/// The word with letter pairs replaced by the letter that they look like; `None` where there is no such pair.
///
/// ```
/// use mirip::name::skeleton;
///
/// assert_eq!(skeleton("karna").as_deref(), Some("kama"));
/// assert_eq!(skeleton("kama"), None);
/// ```
pub fn skeleton(word: &str) -> Option<String> {
    let mut replaced = word.to_owned();
    for (pair, letter) in LIGATURE_LOOK_ALIKES {
        if replaced.contains(pair) {
            replaced = replaced.replace(pair, letter);
        }
    }
    (replaced != word).then_some(replaced)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_distinct_and_have_a_kind() {
        let alphabet: Vec<u8> = (b'a'..=b'z').chain(b'0'..=b'9').collect();
        for &a in &alphabet {
            assert!(CODES.contains(&code(a)) && code(a) & 15 != 0);
            for &b in &alphabet {
                assert_eq!(code(a) == code(b), a == b);
            }
        }
    }

    #[test]
    fn likeness_is_symmetric() {
        for a in CODES {
            for b in CODES {
                assert_eq!(likeness(a, b), likeness(b, a));
                assert!((0.0..=1.0).contains(&likeness(a, b)));
                assert_eq!(likeness(a, b) == 1.0, a == b);
            }
        }
        assert_eq!(likeness(code(b'0'), code(b'o')), 0.9);
        assert_eq!(likeness(code(b'k'), code(b'r')), 0.0);
    }

    #[test]
    fn skeletons() {
        assert_eq!(skeleton("clara").as_deref(), Some("dara"));
        assert_eq!(skeleton("vvarung").as_deref(), Some("warung"));
        assert_eq!(skeleton("warung"), None);
        assert_eq!(skeleton(""), None);
    }
}
