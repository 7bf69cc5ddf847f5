mod laws;
mod mechanisms;
mod pairs;
mod tables;

use super::{Reading, readings};
use crate::name::Name;

/// The readings of a word as letters.
fn spoken(word: &str) -> Vec<String> {
    readings(word).iter().map(ToString::to_string).collect()
}

/// Every way to read a whole name: each word by each of its readings. Few, for names of few words.
fn readings_of_name(text: &str) -> Vec<Reading> {
    let mut whole = vec![Reading::join([])];
    for token in Name::new(text).tokens() {
        let of_word = readings(token.text());
        whole = whole.iter().flat_map(|before| of_word.iter().map(move |reading| Reading::join([before, reading]))).collect();
    }
    whole
}
