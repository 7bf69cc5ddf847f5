//! Light morphology: which bare words a word may have grown from.
//!
//! Indonesian affixes and the English plural, by spelling alone. Candidates may be wrong;
//! a caller keeps one only where the lexicon lists it in the language of the affix. So
//! PARIS is no plural of the Javanese PARI, and BERUANG (bear), listed itself, is never
//! read as BER-UANG.

/// The language in which a stem must be listed to count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum StemLanguage {
    /// Indonesian or a regional language that shares its affixes.
    Indonesian,
    /// English.
    English,
}

/// Shortest stem looked up. With two letters nearly every word would have one.
const MIN_STEM_LEN: usize = 3;
/// The suffix -an alone, and ber- alone, need longer stems: short ones are mostly chance (ROM-AN, BER-ITA).
const MIN_LOOSE_STEM_LEN: usize = 4;

/// Stems that `word` may have grown from, the likeliest first. At most some 20.
pub(super) fn stems(word: &str) -> Vec<(String, StemLanguage)> {
    let mut found = Vec::new();
    plurals(word, &mut found);
    let possessed = ["nya", "ku", "mu"].iter().find_map(|suffix| word.strip_suffix(suffix));
    if let Some(stem) = possessed {
        push(&mut found, stem, MIN_STEM_LEN);
    }
    prefixed(word, MIN_LOOSE_STEM_LEN, &mut found);
    if let Some(stem) = word.strip_suffix("an") {
        // Both ends at once: KE-INDAH-AN, BER-SAMA-AN, PER-RUMAH-AN.
        prefixed(stem, MIN_STEM_LEN, &mut found);
        for prefix in ["ke", "per"] {
            if let Some(stem) = stem.strip_prefix(prefix) {
                push(&mut found, stem, MIN_STEM_LEN);
            }
        }
        push(&mut found, stem, MIN_LOOSE_STEM_LEN);
    }
    found
}

fn push(found: &mut Vec<(String, StemLanguage)>, stem: &str, min_len: usize) {
    if stem.len() >= min_len {
        found.push((stem.to_owned(), StemLanguage::Indonesian));
    }
}

/// Stems under ber-, me- and pe- with their nasals.
fn prefixed(word: &str, min_len: usize, found: &mut Vec<(String, StemLanguage)>) {
    if let Some(stem) = word.strip_prefix("ber") {
        push(found, stem, min_len);
    }
    for first in ["me", "pe"] {
        let Some(rest) = word.strip_prefix(first) else { continue };
        // The nasal takes the place of the stem's first letter, or stands before it.
        for (nasal, swallowed, before) in [("ny", "s", ""), ("ng", "k", "ghaeiou"), ("m", "p", "bfv"), ("n", "t", "cdjz")] {
            let Some(stem) = rest.strip_prefix(nasal) else { continue };
            if stem.starts_with(|c| before.contains(c)) {
                push(found, stem, min_len);
            }
            if stem.starts_with(['a', 'e', 'i', 'o', 'u']) {
                push(found, &format!("{swallowed}{stem}"), min_len);
            }
        }
        if rest.starts_with(['l', 'm', 'n', 'r', 'w', 'y']) {
            push(found, rest, min_len);
        }
    }
}

/// Singulars of an English plural.
fn plurals(word: &str, found: &mut Vec<(String, StemLanguage)>) {
    let Some(stem) = word.strip_suffix('s').filter(|stem| !stem.ends_with('s')) else { return };
    let mut push = |stem: String| {
        if stem.len() >= MIN_STEM_LEN {
            found.push((stem, StemLanguage::English));
        }
    };
    push(stem.to_owned());
    if let Some(stem) = word.strip_suffix("ies") {
        push(format!("{stem}y"));
    } else if let Some(stem) = word.strip_suffix("ves") {
        push(format!("{stem}f"));
        push(format!("{stem}fe"));
    } else if let Some(stem) = word.strip_suffix("es") {
        push(stem.to_owned());
    }
}
