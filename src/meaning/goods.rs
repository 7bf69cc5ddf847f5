//! The words of goods: keys that are equal where two terms speak of the same thing.
//!
//! "Kopi bubuk; teh" and "ground coffee" share a key, because kopi and coffee are one concept;
//! words outside the lexicon are compared by their Indonesian or English stem.

use frostem::{Algorithm, Stemmer};
use xxhash_rust::xxh3::xxh3_64;

use super::lexicon;
use crate::name::Name;

/// Goods texts beyond this many distinct words say "everything" and tell nothing apart.
const MAX_KEYS: usize = 64;

/// Words that stand in goods texts without naming goods.
const EMPTY_WORDS: &[&str] = &[
    "dan",
    "atau",
    "untuk",
    "yang",
    "dari",
    "dengan",
    "dalam",
    "pada",
    "kelas",
    "yaitu",
    "serta",
    "lain",
    "lainnya",
    "jenis",
    "segala",
    "macam",
    "barang",
    "jasa",
    "termasuk",
    "tidak",
    "bukan",
    "bahan",
    "produk",
    "and",
    "or",
    "for",
    "of",
    "the",
    "in",
    "with",
    "other",
    "than",
    "goods",
    "services",
    "including",
    "namely",
    "all",
    "not",
    "being",
    "products",
    "preparations",
    "class",
];

/// Keys of the goods words in `text`, ascending, each once; at most 64.
pub fn keys(text: &str) -> Vec<u32> {
    let indonesian = Stemmer::new(Algorithm::Indonesian);
    let english = Stemmer::new(Algorithm::English);
    let name = Name::new(text);
    let mut keys: Vec<u32> = Vec::new();
    for token in name.tokens() {
        let word = token.text();
        if word.len() < 3 || token.is_number() || EMPTY_WORDS.contains(&word) {
            continue;
        }
        let concepts = lexicon::concepts_in(&[word]);
        if concepts.is_empty() {
            let stem = english.stem(&indonesian.stem(word)).into_owned();
            // The top bit keeps stems and concepts apart.
            keys.push((xxh3_64(stem.as_bytes()) as u32) | 1 << 31);
        } else {
            keys.extend(concepts.iter().map(|found| found.concept.index()));
        }
    }
    keys.sort_unstable();
    keys.dedup();
    keys.truncate(MAX_KEYS);
    keys
}

/// Share of the shorter list that the longer one holds, 0 to 1; `None` where a list is empty.
/// Both ascending.
pub fn overlap(query: &[u32], earlier: &[u32]) -> Option<f32> {
    let shorter = query.len().min(earlier.len());
    if shorter == 0 {
        return None;
    }
    let shared = query.iter().filter(|key| earlier.binary_search(key).is_ok()).count();
    Some(shared as f32 / shorter as f32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(query: &str, earlier: &str, expected: Option<f32>) {
        assert_eq!(overlap(&keys(query), &keys(earlier)), expected, "{query} / {earlier}");
    }

    #[test]
    fn goods_meet_across_languages_and_affixes() {
        check("kopi", "coffee", Some(1.0));
        check("kopi bubuk", "pakaian jadi", Some(0.0));
        check("kopi", "kopi; teh; gula", Some(1.0));
        check("minuman", "minuman ringan", Some(1.0));
        check("", "kopi", None);
        check("dan untuk", "kopi", None);
    }
}
