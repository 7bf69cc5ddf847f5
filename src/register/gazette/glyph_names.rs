//! Names of glyphs to letters: Adobe's for Latin text, and the names that spell a code point out.

/// Names of the code points from U+0020 on that are no letters or digits of ASCII.
const PUNCTUATION: &str = "space exclam quotedbl numbersign dollar percent ampersand quotesingle parenleft parenright asterisk plus comma \
    hyphen period slash colon semicolon less equal greater question at bracketleft backslash bracketright asciicircum underscore grave \
    braceleft bar braceright asciitilde";
const PUNCTUATION_LETTERS: &str = " !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

const DIGITS: &str = "zero one two three four five six seven eight nine";

/// Names of the code points from U+00A1 to U+00FF.
const LATIN_1: &str = "exclamdown cent sterling currency yen brokenbar section dieresis copyright ordfeminine guillemotleft logicalnot \
    softhyphen registered macron degree plusminus twosuperior threesuperior acute mu paragraph periodcentered cedilla onesuperior \
    ordmasculine guillemotright onequarter onehalf threequarters questiondown Agrave Aacute Acircumflex Atilde Adieresis Aring AE Ccedilla \
    Egrave Eacute Ecircumflex Edieresis Igrave Iacute Icircumflex Idieresis Eth Ntilde Ograve Oacute Ocircumflex Otilde Odieresis multiply \
    Oslash Ugrave Uacute Ucircumflex Udieresis Yacute Thorn germandbls agrave aacute acircumflex atilde adieresis aring ae ccedilla egrave \
    eacute ecircumflex edieresis igrave iacute icircumflex idieresis eth ntilde ograve oacute ocircumflex otilde odieresis divide oslash \
    ugrave uacute ucircumflex udieresis yacute thorn ydieresis";

const OTHERS: [(&str, &str); 30] = [
    ("quoteleft", "\u{2018}"),
    ("quoteright", "\u{2019}"),
    ("quotesinglbase", "\u{201a}"),
    ("quotedblleft", "\u{201c}"),
    ("quotedblright", "\u{201d}"),
    ("quotedblbase", "\u{201e}"),
    ("endash", "\u{2013}"),
    ("emdash", "\u{2014}"),
    ("bullet", "\u{2022}"),
    ("ellipsis", "\u{2026}"),
    ("dagger", "\u{2020}"),
    ("daggerdbl", "\u{2021}"),
    ("perthousand", "\u{2030}"),
    ("guilsinglleft", "\u{2039}"),
    ("guilsinglright", "\u{203a}"),
    ("trademark", "\u{2122}"),
    ("Euro", "\u{20ac}"),
    ("minus", "\u{2212}"),
    ("fraction", "\u{2044}"),
    ("OE", "\u{152}"),
    ("oe", "\u{153}"),
    ("Scaron", "\u{160}"),
    ("scaron", "\u{161}"),
    ("Ydieresis", "\u{178}"),
    ("Zcaron", "\u{17d}"),
    ("zcaron", "\u{17e}"),
    ("fi", "fi"),
    ("fl", "fl"),
    ("ff", "ff"),
    ("nbspace", "\u{a0}"),
];

/// The letter, or letters, of a glyph; none for a name that says nothing, such as `g12`.
pub(super) fn letter(name: &str) -> Option<String> {
    // A variant (`a.sc`) is the letter itself.
    let name = name.split_once('.').map_or(name, |(name, _)| name);
    if let [letter] = name.as_bytes()
        && letter.is_ascii_alphabetic()
    {
        return Some(name.to_owned());
    }
    let of_list = |names: &str, letter: &dyn Fn(usize) -> Option<char>| {
        names.split_ascii_whitespace().position(|known| known == name).and_then(letter).map(String::from)
    };
    of_list(PUNCTUATION, &|place| PUNCTUATION_LETTERS.chars().nth(place))
        .or_else(|| of_list(DIGITS, &|place| char::from_digit(u32::try_from(place).ok()?, 10)))
        .or_else(|| of_list(LATIN_1, &|place| char::from_u32(0xa1 + u32::try_from(place).ok()?)))
        .or_else(|| OTHERS.iter().find(|(known, _)| *known == name).map(|(_, letter)| (*letter).to_owned()))
        .or_else(|| spelled_out(name))
}

/// `uni0041`, `u1F600`.
fn spelled_out(name: &str) -> Option<String> {
    let digits = name.strip_prefix("uni").or_else(|| name.strip_prefix('u'))?;
    if !(4..=6).contains(&digits.len()) || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    char::from_u32(u32::from_str_radix(digits, 16).ok()?).map(String::from)
}

#[cfg(test)]
mod tests {
    use super::letter;

    #[test]
    fn names_of_glyphs_are_letters() {
        for (name, expected) in [
            ("A", "A"),
            ("z.sc", "z"),
            ("asciitilde", "~"),
            ("seven", "7"),
            ("exclamdown", "¡"),
            ("Eth", "Ð"),
            ("ydieresis", "ÿ"),
            ("fi", "fi"),
            ("uni00E9", "é"),
            ("u1F600", "😀"),
        ] {
            assert_eq!(letter(name).as_deref(), Some(expected), "{name}");
        }
        for name in ["g12", "cid2034", "uniZZZZ", ".notdef", ""] {
            assert_eq!(letter(name), None, "{name}");
        }
    }
}
