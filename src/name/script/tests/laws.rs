use proptest::prelude::*;

use super::super::super::fold::Folded;
use super::*;

/// What breaks folding: case that changes length, marks, widths, directions, invisible signs,
/// and of each script that is read in context the signs that lean on a neighbor.
const HARD: &[&str] = &[
    "İ",
    "ı",
    "ß",
    "ﬁ",
    "ς",
    "e\u{301}",
    "\u{301}",
    "Ａ",
    "ａ",
    "①",
    "㈱",
    "½",
    "™",
    "®",
    "&",
    "'",
    "’",
    "\u{200d}",
    "\u{200b}",
    "\u{ad}",
    "\u{202e}",
    "\u{202c}",
    "\u{feff}",
    "☕",
    "👩🏽‍🍳",
    "Я",
    "щ",
    "ψ",
    "可",
    "乐",
    "۵",
    "ก",
    "เ",
    "แ",
    "โ",
    "ไ",
    "อ",
    "ร",
    "ั",
    "ว",
    "ำ",
    "์",
    "้",
    "า",
    "ا",
    "ل",
    "أ",
    "إ",
    "آ",
    "ة",
    "و",
    "ي",
    "ى",
    "ء",
    "ع",
    "م",
    "ش",
    "خ",
    "\u{64e}",
    "\u{64f}",
    "\u{650}",
    "\u{651}",
    "\u{652}",
    "\u{64b}",
    "ـ",
    "ﻻ",
    "ﷲ",
    "ﷺ",
    "ڠ",
    "ڤ",
    "ۏ",
    "ꦲ",
    "ꦏ",
    "꧀",
    "ꦺ",
    "ꦴ",
    "ꦁ",
    "ꦿ",
    "ꦾ",
    "ꦽ",
    "꦳",
    "ᬓ",
    "᬴",
    "᭄",
    "ᬾ",
    "ᬵ",
    "ᮊ",
    "ᮢ",
    "᮪",
    "क",
    "्",
    "ि",
    "़",
    "ं",
    "ॐ",
    "த",
    "ொ",
    "കൻ",
    "ক",
    "ং",
    "コ",
    "ー",
    "ッ",
    "ャ",
    "ァ",
    "ﾞ",
    "ﾟ",
    "ｶ",
    "・",
    "っ",
    "한",
    "라",
    "\u{1100}",
    "\u{1161}",
    "\u{11a8}",
    "ㄱ",
    "ខ",
    "ែ",
    "ລ",
    "ཀ",
    "ི",
    " ",
    "-",
    "a",
    "Z",
    "7",
    "\0",
];

fn hard_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![4 => proptest::sample::select(HARD).prop_map(str::to_owned), 1 => any::<char>().prop_map(String::from)];
    proptest::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

fn text_of(folded: &[Folded]) -> String {
    folded.iter().map(|letter| letter.symbol).collect()
}

#[track_caller]
fn holds(text: &str) {
    let found = fold(text);
    let chars = text.chars().count();
    let ascii = text_of(&found);
    assert!(ascii.is_ascii(), "{text:?} folds to {ascii:?}");
    assert!(!ascii.bytes().any(|byte| byte.is_ascii_uppercase() || byte.is_ascii_control()), "{text:?} folds to {ascii:?}");
    assert!(found.iter().all(|letter| letter.at_chars < chars), "{text:?}: a place outside");
    assert!(found.is_sorted_by_key(|letter| letter.at_chars), "{text:?}: places descend");
    assert_eq!(text_of(&fold(&ascii)), ascii, "{text:?}");
}

proptest! {
    #[test]
    fn any_text_folds_to_ascii_in_order_and_once(text in hard_text()) {
        holds(&text);
    }

    #[test]
    fn random_text_does_too(text in any::<String>()) {
        holds(&text);
    }

    /// ASCII is folded letter by letter, alone or beside another script.
    #[test]
    fn ascii_folds_letter_by_letter(text in "[\\x00-\\x7f]{0,40}") {
        let expected: String = text.chars().map(|c| if c.is_ascii_control() { ' ' } else { c.to_ascii_lowercase() }).collect();
        prop_assert_eq!(text_of(&fold(&text)), expected.clone());
        let beside = fold(&format!("{text}©"));
        prop_assert_eq!(text_of(&beside), format!("{expected} "));
    }
}

#[test]
fn each_hard_piece_alone_and_beside_each_other() {
    for one in HARD {
        holds(one);
        for other in HARD {
            holds(&format!("{one}{other}"));
        }
    }
}

#[test]
fn long_text() {
    for one in HARD {
        holds(&one.repeat(10_000));
    }
    holds(&HARD.concat().repeat(60));
    holds("");
}

#[test]
fn places_are_those_of_the_source() {
    let places = |text: &str| fold(text).iter().map(|letter| (letter.symbol, letter.at_chars)).collect::<Vec<_>>();
    // One character may become two letters of two sounds, two may become one.
    assert_eq!(places("ﻻ"), [('l', 0), ('a', 0)]);
    assert_eq!(places("ﾊﾟｱ"), [('p', 0), ('a', 0), ('a', 2)]);
    // A vowel before its consonant: both hold the place of both.
    assert_eq!(places("เก"), [('k', 0), ('e', 1)]);
    assert_eq!(places("a ꦏꦺꦴ"), [('a', 0), (' ', 1), ('k', 2), ('o', 3)]);
    assert_eq!(places("جبل"), [('j', 0), ('a', 0), ('b', 1), ('a', 1), ('l', 2)]);
    assert_eq!(places("한국어").iter().map(|place| place.1).collect::<Vec<_>>(), [0, 0, 0, 1, 1, 1, 2, 2]);
    let name = Name::new("KOPI النور ™");
    let spans: Vec<_> = name.tokens().iter().map(Token::span_chars).collect();
    assert_eq!(spans, [0..4, 5..7, 7..10]);
}
