//! Light morphology: which bare words a word may have grown from.
//!
//! Indonesian affixes and the English plural, by spelling alone. Candidates may be wrong;
//! a caller keeps one only where the lexicon lists it in the language of the affix. So
//! PARIS is no plural of the Javanese PARI, and BERUANG (bear), listed itself, is never
//! read as BER-UANG.
//!
//! The English diminutive is left alone: BROWNIE, GENIE and HONEY are none, and a lexicon
//! of names cannot tell them from BIRDIE.

/// The language in which a stem must be listed to count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum StemLanguage {
    /// Indonesian alone.
    Indonesian,
    /// Indonesian or Javanese, which share the affix.
    Shared,
    /// English.
    English,
}

/// Shortest stem looked up. With two letters nearly every word would have one.
const MIN_STEM_LEN: usize = 3;
/// One affix alone needs longer stems: short ones are mostly chance (ROM-AN, BER-ITA).
const MIN_LOOSE_STEM_LEN: usize = 4;
/// So do -kan and -i alone: KUTAI is no KUTA-I, TARIKAN is TARIK-AN.
const MIN_VERB_STEM_LEN: usize = 5;
/// ku- before its verb (KUCINTA) needs the longest: KUPANG is a town, not KU-PANG.
const MIN_CLITIC_STEM_LEN: usize = 5;

/// Words that look grown and are not, or from another stem, though the lexicon lists what looks
/// like their stem. Found by reading the whole of a word list through [`stems`]. In alphabetical order.
const NOT_GROWN: &[&str] = &[
    "akilah",
    "alasan",
    "askes",
    "banggai",
    "berikan",
    "berlaku",
    "bermuda",
    "blues",
    "bungan",
    "bungku",
    "diperdanakan",
    "divisi",
    "empunya",
    "gonggong",
    "haiku",
    "jalalah",
    "kaili",
    "kajian",
    "kalian",
    "kangkang",
    "keramu",
    "keretakan",
    "kupakan",
    "lampes",
    "lawean",
    "magribi",
    "maluku",
    "marimu",
    "memaruh",
    "memita",
    "memohon",
    "menaga",
    "mengali",
    "menilai",
    "meniti",
    "menong",
    "menuai",
    "menyeru",
    "merapi",
    "merawai",
    "merayap",
    "meriang",
    "mores",
    "mustari",
    "pangku",
    "papas",
    "pelaku",
    "pemalang",
    "pematang",
    "pematih",
    "pembuluh",
    "pemburukan",
    "pemohon",
    "penaga",
    "penanya",
    "pengali",
    "pengang",
    "penganggur",
    "pengecut",
    "pengemas",
    "penggadai",
    "penghulu",
    "pengilang",
    "penilai",
    "penuai",
    "penyalak",
    "penyuling",
    "perempuan",
    "perjamuan",
    "perubah",
    "perusa",
    "petes",
    "praktisi",
    "preman",
    "sebatang",
    "sebuah",
    "sebuku",
    "seekor",
    "sejari",
    "sekali",
    "sekalian",
    "sekang",
    "sekering",
    "sekuas",
    "selaku",
    "selama",
    "selamanya",
    "selancar",
    "selangka",
    "selawe",
    "selayar",
    "selipan",
    "seluar",
    "selurah",
    "semalu",
    "semata",
    "sematang",
    "sembak",
    "seminyak",
    "sepala",
    "sepatung",
    "sepura",
    "seputar",
    "seraya",
    "serui",
    "setahu",
    "setang",
    "setangan",
    "setimbal",
    "setopan",
    "suksesi",
    "tegari",
    "teluki",
    "teralis",
    "teritik",
    "terkemudian",
    "ternilai",
    "terombak",
    "terselat",
    "tersuling",
    "tertangguh",
    "terungku",
    "teruntai",
    "tingting",
    "tongtong",
    "topes",
    "tunai",
    "ulaman",
    "untai",
    "urutan",
    "walian",
    "yakiniku",
];

/// Stems that `word` may have grown from, the likeliest first. At most some 60.
pub(super) fn stems(word: &str) -> Vec<(String, StemLanguage)> {
    if NOT_GROWN.binary_search(&word).is_ok() {
        return Vec::new();
    }
    let mut found = Vec::new();
    plurals(word, &mut found);
    // Reduplication written in one: BUNGABUNGA.
    let (head, tail) = word.split_at(word.len() / 2);
    if head == tail {
        push(&mut found, head, MIN_LOOSE_STEM_LEN, StemLanguage::Shared);
    }
    found.extend(sure_stems(word));
    for base in [Some(word), without_enclitic(word)].into_iter().flatten() {
        one_ended(base, &mut found);
    }
    found
}

/// Those of [`stems`] that hold even where the lexicon lists the word itself: KERAJAAN names the
/// kingdom, and a king in it. Only whose it is (RUMAH-KU), and affixes at both ends.
pub(super) fn sure_stems(word: &str) -> Vec<(String, StemLanguage)> {
    if NOT_GROWN.binary_search(&word).is_ok() {
        return Vec::new();
    }
    let mut found = Vec::new();
    let base = without_enclitic(word);
    if let Some(base) = base {
        push(&mut found, base, MIN_STEM_LEN, StemLanguage::Shared);
    }
    for stem in [Some(word), base].into_iter().flatten().filter_map(|base| base.strip_suffix("an")) {
        // KE-INDAH-AN, PER-UBAH-AN, KE-BER-SAMA-AN; then PE-NGEMBANG-AN, BER-PELUK-AN.
        for prefix in ["ke", "per", "keber", "kese", "keter"] {
            if let Some(stem) = stem.strip_prefix(prefix) {
                push(&mut found, stem, MIN_STEM_LEN, StemLanguage::Shared);
            }
        }
        prefixed(stem, MIN_STEM_LEN, &mut found);
    }
    found
}

/// The word without whose it is, or without the particle -lah: these stand behind every other
/// affix (KEINDAHAN-NYA).
fn without_enclitic(word: &str) -> Option<&str> {
    ["nya", "ku", "mu", "lah"].iter().find_map(|suffix| word.strip_suffix(suffix))
}

/// Stems under a prefix, under -an, and under the verb's -kan and -i with and without a prefix.
fn one_ended(word: &str, found: &mut Vec<(String, StemLanguage)>) {
    prefixed(word, MIN_LOOSE_STEM_LEN, found);
    if let Some(stem) = word.strip_prefix("ku") {
        push(found, stem, MIN_CLITIC_STEM_LEN, StemLanguage::Indonesian);
    }
    if let Some(stem) = word.strip_suffix("an") {
        push(found, stem, MIN_LOOSE_STEM_LEN, StemLanguage::Shared);
    }
    for suffix in ["kan", "i"] {
        if let Some(stem) = word.strip_suffix(suffix) {
            prefixed(stem, MIN_STEM_LEN, found);
            push(found, stem, MIN_VERB_STEM_LEN, StemLanguage::Indonesian);
        }
    }
}

fn push(found: &mut Vec<(String, StemLanguage)>, stem: &str, min_len: usize, language: StemLanguage) {
    if stem.len() >= min_len {
        found.push((stem.to_owned(), language));
    }
}

/// Stems under ber-, di-, ter-, se-, memper-, and me- and pe- with their nasals.
fn prefixed(word: &str, min_len: usize, found: &mut Vec<(String, StemLanguage)>) {
    for prefix in ["ber", "di", "ter", "se", "memper", "diper"] {
        if let Some(stem) = word.strip_prefix(prefix) {
            // di-, se- and ter- begin too many words (DI-ANA, SE-KAR) to go with a short stem.
            let min_len = if prefix == "ber" { min_len } else { MIN_LOOSE_STEM_LEN };
            push(found, stem, min_len, StemLanguage::Indonesian);
        }
    }
    for first in ["me", "pe"] {
        let Some(rest) = word.strip_prefix(first) else { continue };
        // The nasal takes the place of the stem's first letter, or stands before it.
        for (nasal, swallowed, before) in [("ny", "s", ""), ("ng", "k", "ghaeiou"), ("m", "p", "bfv"), ("n", "t", "cdjz")] {
            let Some(stem) = rest.strip_prefix(nasal) else { continue };
            if stem.starts_with(|c| before.contains(c)) {
                push(found, stem, min_len, StemLanguage::Indonesian);
            }
            if stem.starts_with(['a', 'e', 'i', 'o', 'u']) {
                push(found, &format!("{swallowed}{stem}"), min_len, StemLanguage::Indonesian);
            }
        }
        if rest.starts_with(['l', 'm', 'n', 'r', 'w', 'y']) {
            push(found, rest, min_len, StemLanguage::Indonesian);
        }
    }
}

/// Singulars of an English plural.
fn plurals(word: &str, found: &mut Vec<(String, StemLanguage)>) {
    let Some(stem) = word.strip_suffix('s').filter(|stem| !stem.ends_with('s')) else { return };
    push(found, stem, MIN_STEM_LEN, StemLanguage::English);
    if let Some(stem) = word.strip_suffix("ies") {
        push(found, &format!("{stem}y"), MIN_STEM_LEN, StemLanguage::English);
    } else if let Some(stem) = word.strip_suffix("ves") {
        push(found, &format!("{stem}f"), MIN_STEM_LEN, StemLanguage::English);
        push(found, &format!("{stem}fe"), MIN_STEM_LEN, StemLanguage::English);
    } else if let Some(stem) = word.strip_suffix("es") {
        push(found, stem, MIN_STEM_LEN, StemLanguage::English);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_only_look_grown_are_in_order() {
        assert!(NOT_GROWN.is_sorted_by(|a, b| a < b));
    }
}
