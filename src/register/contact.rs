//! What leads to a person's door stays out, wherever a file has it: offices' clerks put e-mail addresses and telephone
//! numbers behind names.

use std::borrow::Cow;

/// Fewest digits of a telephone number, or of a number by which a state knows a person.
const MIN_DIGITS: usize = 8;

/// Words that stand before such a number or address, in lower case.
const LABELS: [&str; 16] = [
    "email",
    "e-mail",
    "surel",
    "telp",
    "tlp",
    "telepon",
    "tel",
    "telephone",
    "phone",
    "hp",
    "handphone",
    "wa",
    "whatsapp",
    "fax",
    "nik",
    "no",
];

/// A name without e-mail addresses and telephone numbers, and without the words that announce them.
pub(super) fn without_contacts(name: &str) -> Cow<'_, str> {
    let digits = |text: &str| text.bytes().filter(u8::is_ascii_digit).count();
    if !name.contains('@') && digits(name) < MIN_DIGITS {
        return Cow::Borrowed(name);
    }
    let words: Vec<&str> = name.split_whitespace().collect();
    let mut is_dropped = vec![false; words.len()];
    let mut place = 0;
    while place < words.len() {
        let numbers = words[place..].iter().take_while(|word| is_of_number(word)).count();
        if numbers > 0 && words[place..place + numbers].iter().map(|word| digits(word)).sum::<usize>() >= MIN_DIGITS {
            is_dropped[place..place + numbers].fill(true);
        }
        is_dropped[place] |= is_address(words[place]);
        place += numbers.max(1);
    }
    if !is_dropped.contains(&true) {
        return Cow::Borrowed(name);
    }
    // Words that announce what is gone, from the last on: `HP/WA: 0812…`, `no. telp. 021…`.
    for place in (1..words.len()).rev() {
        let bare = words[place - 1].trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        is_dropped[place - 1] |= is_dropped[place] && bare.split('/').all(|word| LABELS.contains(&word));
    }
    let kept: Vec<&str> = words.into_iter().zip(is_dropped).filter(|(_, is_dropped)| !is_dropped).map(|(word, _)| word).collect();
    Cow::Owned(kept.join(" ").trim_matches(|c: char| matches!(c, ',' | ';' | ':' | '-' | '/' | '(' | ' ')).to_owned())
}

/// True for an e-mail address, with whatever is written close to it.
fn is_address(word: &str) -> bool {
    word.split_once('@')
        .is_some_and(|(name, host)| name.ends_with(|c: char| c.is_alphanumeric() || "._-".contains(c)) && host.contains('.'))
}

/// True for a part of a telephone number.
fn is_of_number(word: &str) -> bool {
    word.contains(|c: char| c.is_ascii_digit()) && word.chars().all(|c| c.is_ascii_digit() || "+-/().,;:".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_and_what_leads_to_a_person_goes() {
        for (text, expected) in [
            ("Budi Contoh, budi@contoh.id", "Budi Contoh"),
            ("Budi Contoh Email: budi.c@contoh.co.id Telp. 0812-3456-7890", "Budi Contoh"),
            ("Budi Contoh (HP/WA: 0812 3456 7890)", "Budi Contoh"),
            ("Budi; +62 812 3456 7890; PT Kenanga", "Budi; PT Kenanga"),
            ("NIK 3201012345678901 Budi", "Budi"),
            ("budi@contoh.id", ""),
            // Names, however they look.
            ("PT Kenanga 1945", "PT Kenanga 1945"),
            ("CV 99 @ Home", "CV 99 @ Home"),
            ("PT No Telp 1 Tbk", "PT No Telp 1 Tbk"),
            ("3M Company; PT 4 5 6", "3M Company; PT 4 5 6"),
            ("株式会社 12345", "株式会社 12345"),
            ("", ""),
        ] {
            assert_eq!(without_contacts(text), expected, "{text}");
        }
    }
}
