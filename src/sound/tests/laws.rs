//! What holds for any word.

use proptest::prelude::*;

use crate::sound::{MAX_READINGS, Phoneme, Reading, ReadingKind, readings};

fn check_laws(word: &str) {
    let found = readings(word);
    assert_eq!(found, readings(word), "{word:?} is read the same each time");
    let has_letter = word.bytes().any(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    assert_eq!(!found.is_empty(), has_letter, "{word:?}");
    assert!(found.len() <= MAX_READINGS, "{word:?}");
    assert!(found.first().is_none_or(|first| first.kind() == ReadingKind::Indonesian), "{word:?}");
    for (place, reading) in found.iter().enumerate() {
        assert!(!reading.is_empty(), "{word:?}");
        // The longest name of a digit has eight sounds; a number of six digits says a unit after each.
        assert!(reading.len() <= 16 * word.len(), "{word:?}: {reading}");
        assert!(reading.as_codes().iter().all(|&code| Phoneme::from_code(code).is_some()), "{word:?}");
        assert_eq!(reading.to_string().len(), reading.len());
        assert!(found[..place].iter().all(|before| before.as_codes() != reading.as_codes()), "{word:?}");
    }
}

proptest! {
    #[test]
    fn any_folded_word_is_read(word in "[a-z0-9]{0,24}") {
        check_laws(&word);
    }

    /// Words made of what the rules look for, so that contexts meet.
    #[test]
    fn any_heap_of_patterns_is_read(parts in proptest::collection::vec(
        prop::sample::select(vec!["oe", "tj", "dj", "sj", "nj", "ch", "sy", "kh", "tion", "igh", "ough", "qu", "x", "y", "yy", "w", "uw", "iy",
            "e", "ce", "cc", "ck", "ng", "ny", "a", "h", "hh", "b", "le", "1", "0", "8", "ks", "er", "ber", "ee", "oo", "zz"]), 0..8)) {
        check_laws(&parts.concat());
    }

    /// Nothing that folding should have taken away does harm.
    #[test]
    fn any_text_is_read(word in any::<String>()) {
        check_laws(&word);
    }

    /// Doubling a letter that stands between vowels is not heard, in the Indonesian reading.
    #[test]
    fn doubled_consonants_are_not_heard(before in "[bdgklmnprst][aiuo]", letter in "[bdfgklmnprst]", after in "[aiuo][mnlrs]") {
        let single = format!("{before}{letter}{after}");
        let double = format!("{before}{letter}{letter}{after}");
        prop_assert_eq!(&readings(&single)[0], &readings(&double)[0]);
    }

    /// The old spelling of any word of plain syllables is read as the new one.
    #[test]
    fn old_spelling_is_read_as_new(syllables in proptest::collection::vec(("[bdgklmnprstcjy]", "[aiuo]"), 1..5)) {
        let new: String = syllables.iter().map(|(consonant, vowel)| format!("{consonant}{vowel}")).collect();
        let old: String = new.chars().map(|letter| match letter {
            'u' => "oe".to_owned(), 'c' => "tj".to_owned(), 'j' => "dj".to_owned(), 'y' => "j".to_owned(), other => other.to_string(),
        }).collect();
        // Only a word with oe, tj or dj shows that its j is old.
        prop_assume!(old.contains("oe") || old.contains("tj") || old.contains("dj"));
        let new = &readings(&new)[0];
        prop_assert!(readings(&old).iter().any(|reading| reading.as_codes() == new.as_codes()), "{}", old);
    }

    /// The join of readings is as long as its parts but for the seams, and keeps their order.
    #[test]
    fn a_join_loses_only_seams(words in proptest::collection::vec("[a-z]{1,6}", 0..5)) {
        let parts: Vec<Reading> = words.iter().map(|word| readings(word)[0].clone()).collect();
        let joined = Reading::join(&parts);
        let all: usize = parts.iter().map(Reading::len).sum();
        prop_assert!(joined.len() <= all && joined.len() + parts.len().saturating_sub(1) >= all);
        prop_assert!(joined.as_codes().windows(2).all(|pair| pair[0] != pair[1]) || joined.is_empty());
    }
}

#[test]
fn hard_words_are_read() {
    for word in [
        "",
        "a",
        "z",
        "0",
        "00",
        "007",
        "e",
        "ee",
        "eee",
        "h",
        "hh",
        "x",
        "xx",
        "xxx",
        "y",
        "yy",
        "w",
        "ww",
        "qqq",
        "nj",
        "ny",
        "ng",
        "1a1",
        "a1a",
        "0o0",
        "9999999999",
        "1000000",
        "100",
        "1000",
        "110",
        "sch",
        "tch",
        "ce",
        "ue",
        "ngue",
        "e e",
        "É",
        "ß",
        "naïve",
        "\0",
        "-",
    ] {
        check_laws(word);
    }
    for unit in ["a", "e", "b", "oe", "ch", "y", "xq", "tion", "0", "9", "1a"] {
        check_laws(&unit.repeat(10_000 / unit.len()));
    }
}

/// Each letter is looked at by a bounded number of rules: ten times the letters take about ten times as long.
/// Wide bounds, since a busy machine measures badly; a quadratic reading would take a hundred times.
#[test]
fn long_words_take_linear_time() {
    let time = |count: usize| {
        let word = "roemahch".repeat(count);
        (0..5)
            .map(|_| {
                let start = std::time::Instant::now();
                assert!(!readings(&word).is_empty());
                start.elapsed()
            })
            .min()
            .expect("five runs")
    };
    time(100);
    assert!(time(20_000) < 60 * time(2_000));
}
