//! Each row of each table is needed and does what it says.

use std::collections::HashSet;

use crate::sound::rules::{self, RuleSet};
use crate::sound::tables::{ENGLISH, ENGLISH_WORDS, INDONESIAN, NATIVE_SIGNS, NATIVE_WORDS, OLD, SOUNDS, TABLES};
use crate::sound::{Phoneme, likeness};

/// The table with weight 1 in one row and 0 in all others, so that the sum tells whether the row was taken.
fn with_one_weight(table: &str, marked: usize) -> String {
    let mut lines = vec!["pattern\tleft\tright\tsounds\tweight".to_owned()];
    for (place, row) in rules::rows(table).enumerate() {
        lines.push(format!("{}\t{}", row[..4].join("\t"), u8::from(place == marked)));
    }
    lines.join("\n")
}

/// Checks example and reading of every row; `first` gives the letters or sounds that the table reads.
#[track_caller]
fn check_rows(table: &str, above: &str, weight_columns: usize, first: impl Fn(&str) -> Vec<u8>) {
    let mut wrong = Vec::new();
    for (place, row) in rules::rows(table).enumerate() {
        let [example, reading, mechanism] = row[4 + weight_columns..] else { panic!("{row:?}: three columns must follow the sounds") };
        assert!(!mechanism.is_empty(), "{row:?}");
        let marked = with_one_weight(table, place);
        let set = RuleSet::parse(&[&marked, above], Some(4));
        let mut heard = Vec::new();
        let mut taken = 0;
        set.read(&first(example), &mut heard, |rule| taken += i32::from(rule.weight));
        let heard = TABLES.as_spoken(&heard);
        if taken == 0 || heard != reading.as_bytes() {
            wrong.push(format!("{row:?}: taken {taken} times, heard {}", String::from_utf8_lossy(&heard)));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_indonesian_row_has_an_example_that_needs_it() {
    check_rows(INDONESIAN, "\n", 0, |example| example.as_bytes().to_vec());
}

#[test]
fn every_english_row_has_an_example_that_needs_it() {
    check_rows(ENGLISH, "\n", 1, |example| example.as_bytes().to_vec());
}

#[test]
fn every_old_row_has_an_example_that_needs_it() {
    check_rows(OLD, &with_one_weight(INDONESIAN, usize::MAX), 0, |example| example.as_bytes().to_vec());
}

#[test]
fn every_row_of_sounds_has_an_example_that_needs_it() {
    let indonesian = RuleSet::parse(&[INDONESIAN], None);
    check_rows(SOUNDS, &with_one_weight(crate::sound::tables::ALL_SOUNDS, usize::MAX), 0, |example| {
        let mut heard = Vec::new();
        indonesian.read(example.as_bytes(), &mut heard, |_| {});
        heard
    });
}

#[test]
fn every_native_sign_has_an_example_that_shows_it() {
    let mut wrong = Vec::new();
    for row in rules::rows(NATIVE_SIGNS) {
        let [pattern, left, right, weight, example] = row[..] else { panic!("{row:?}: five columns") };
        let alone = RuleSet::parse_signs(&format!("heading\n{pattern}\t{left}\t{right}\t{weight}\n"));
        if alone.weigh(example.as_bytes()) >= 0 {
            wrong.push(row);
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}");
}

/// A listed native word that no rule takes for English would be a dead row.
#[test]
fn every_native_word_looks_english() {
    let english = RuleSet::parse(&[ENGLISH], Some(4));
    let mut needless = Vec::new();
    for row in rules::rows(NATIVE_WORDS) {
        let word = row[0].as_bytes();
        let mut evidence = TABLES.native_signs.weigh(word);
        english.read(word, &mut Vec::new(), |rule| evidence += i32::from(rule.weight));
        if evidence <= 0 {
            needless.push(row[0]);
        }
        assert!(!TABLES.english_words.contains_key(word), "{} is listed twice", row[0]);
    }
    assert!(needless.is_empty(), "{}", needless.join(" "));
}

/// A listed English word that the rules read so would be a dead row.
#[test]
fn every_english_word_is_an_exception() {
    let mut seen = HashSet::new();
    let mut needless = Vec::new();
    for row in rules::rows(ENGLISH_WORDS) {
        let (word, sounds) = (row[0].as_bytes(), row[1]);
        assert!(seen.insert(word), "{} stands twice", row[0]);
        assert!(sounds.bytes().all(|sound| TABLES.code_of(sound).is_some()), "{row:?}");
        let mut by_rule = Vec::new();
        let mut evidence = TABLES.native_signs.weigh(word);
        TABLES.english.read(word, &mut by_rule, |rule| evidence += i32::from(rule.weight));
        let known = evidence > 0 && TABLES.as_spoken(&by_rule) == TABLES.as_spoken(sounds.as_bytes());
        let indonesian = TABLES.indonesian(word) == TABLES.as_spoken(sounds.as_bytes());
        if known || indonesian {
            needless.push(row[0]);
        }
    }
    assert!(needless.is_empty(), "{}", needless.join(" "));
}

#[test]
fn every_rule_speaks_in_known_sounds() {
    for table in [INDONESIAN, OLD, ENGLISH, SOUNDS] {
        for row in rules::rows(table) {
            assert!(row[3] == "-" || row[3].bytes().all(|sound| TABLES.code_of(sound).is_some()), "{row:?}");
        }
    }
}

#[test]
fn likeness_is_symmetric_and_sparse() {
    for sound in Phoneme::all() {
        assert_eq!(Phoneme::from_code(sound.code()), Some(sound));
        assert_eq!(Phoneme::from_letter(sound.letter()), Some(sound));
        let mut neighbors = 0;
        for other in Phoneme::all() {
            let value = likeness(sound, other);
            assert_eq!(value.to_bits(), likeness(other, sound).to_bits(), "{sound} {other}");
            assert_eq!(value >= 1.0, sound == other, "{sound} {other}");
            assert!(value == 0.0 || (0.5..=1.0).contains(&value), "{sound} {other}: {value}");
            neighbors += usize::from(value > 0.0 && sound != other);
        }
        assert!(neighbors <= 4, "{sound} has {neighbors} neighbors");
    }
    assert_eq!(Phoneme::from_code(0), None);
    assert_eq!(Phoneme::from_code(16), None);
    assert_eq!(Phoneme::from_code(64), None);
    assert_eq!(Phoneme::all().count(), 28);
    assert_eq!(Phoneme::from_letter('q'), None);
    assert_eq!(Phoneme::all().filter(|sound| sound.is_vowel()).map(Phoneme::letter).collect::<String>(), "aeiou@");
}

#[test]
fn confused_sounds_are_near_and_others_are_not() {
    let sound = |letter| Phoneme::from_letter(letter).expect("a sound");
    for pair in
        ["fp", "zs", "zj", "sS", "cS", "cj", "kX", "Xh", "kg", "bp", "td", "nN", "nY", "ie", "uo", "@e", "@a", "ao", "ae", "iy", "uw"]
    {
        let letters: Vec<char> = pair.chars().collect();
        assert!(likeness(sound(letters[0]), sound(letters[1])) > 0.5, "{pair}");
    }
    for pair in ["pk", "ai", "mb", "tk", "bd", "hn", "lt", "fk", "rk"] {
        let letters: Vec<char> = pair.chars().collect();
        assert_eq!(likeness(sound(letters[0]), sound(letters[1])), 0.0, "{pair}");
    }
}
