//! Numbers by value, from digits and from number words.
//!
//! TIGA BELAS, TIGABELAS, THIRTEEN and 13 are one concept, and so are DUA SATU DUA,
//! read digit by digit, and 212. Words of two languages do not make one number.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use super::table;

/// A number that was found: the words it takes and its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Number {
    pub words: Range<usize>,
    pub value: u64,
}

/// Longest run of single digits that is read as one number: a telephone number is no concept.
const MAX_DIGITS: usize = 7;
/// Longest sequence of number words looked at; "nine hundred and ninety nine thousand nine hundred
/// and ninety nine" has eleven.
const MAX_PIECES: usize = 12;

/// Languages in which number words make longer numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Composer {
    Indonesian,
    English,
    Javanese,
}

/// What a number word may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Use {
    /// Take part in longer numbers of its language.
    Compose(Composer),
    /// Stand for a digit in a row of digits only: KOSONG also means empty.
    Digit(Composer),
    /// Stand alone only.
    Alone,
}

#[derive(Clone, Copy, Debug)]
struct NumberWord {
    value: u64,
    role: Use,
}

struct NumberWords {
    single: HashMap<String, NumberWord>,
    /// Number names of several words, such as JI SAM SU, which no rule composes.
    phrases: Vec<(Vec<String>, u64)>,
}

static NUMBER_WORDS: LazyLock<NumberWords> = LazyLock::new(|| {
    parse(include_str!("../../../data/lexicon/number_words.tsv")).expect("the embedded table parses: `every_row_parses` reads it")
});

fn parse(text: &'static str) -> Result<NumberWords, String> {
    let file = "number_words.tsv";
    let mut found = NumberWords { single: HashMap::new(), phrases: Vec::new() };
    for [value, language, terms, role] in table::rows(file, text, ["value", "language", "terms", "use"])? {
        let value: u64 = value.parse().map_err(|_| format!("{file}: {value:?} is no number"))?;
        let composer = match language {
            "id" => Some(Composer::Indonesian),
            "en" => Some(Composer::English),
            "jv" => Some(Composer::Javanese),
            _ => None,
        };
        let role = match (role, composer) {
            ("compose", Some(composer)) => Use::Compose(composer),
            ("digit", Some(composer)) => Use::Digit(composer),
            ("alone", _) => Use::Alone,
            _ => return Err(format!("{file}: {terms} can't be {role:?} in {language:?}")),
        };
        for term in terms.split(';') {
            let mut words = table::words(term)?;
            if words.len() > 1 {
                found.phrases.push((words, value));
            } else if let Some(word) = words.pop()
                && found.single.insert(word, NumberWord { value, role }).is_some()
            {
                return Err(format!("{file}: {term} comes twice"));
            }
        }
    }
    Ok(found)
}

/// Numbers among `words`, in order, not overlapping; the longest reading wins.
pub(super) fn numbers_in(words: &[&str]) -> Vec<Number> {
    // Number words written in one are cut first, so that DUAPULUH SATU is DUA PULUH SATU.
    let mut pieces: Vec<&str> = Vec::with_capacity(words.len());
    let mut starts: Vec<usize> = Vec::with_capacity(words.len() + 1);
    for word in words {
        starts.push(pieces.len());
        match joined(word) {
            Some(cut) => pieces.extend(cut),
            None => pieces.push(word),
        }
    }
    starts.push(pieces.len());
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let ends: Vec<usize> = starts[at + 1..].iter().map(|end| end - starts[at]).collect();
        match number_at(&pieces[starts[at]..], &ends) {
            Some((len, value)) => {
                found.push(Number { words: at..at + len, value });
                at += len;
            }
            None => at += 1,
        }
    }
    found
}

/// The longest number at the head of `pieces` that ends where a word does: how many words, and the value.
fn number_at(pieces: &[&str], ends: &[usize]) -> Option<(usize, u64)> {
    let pieces = &pieces[..pieces.len().min(MAX_PIECES)];
    let mut best: Option<(usize, u64)> = None;
    let mut offer = |reading: Option<(usize, u64)>| {
        if let Some((len, value)) = reading
            && let Ok(place) = ends.binary_search(&len)
            && best.is_none_or(|(longest, _)| place + 1 > longest)
        {
            best = Some((place + 1, value));
        }
    };
    for (phrase, value) in &NUMBER_WORDS.phrases {
        let is_head = pieces.len() >= phrase.len() && phrase.iter().zip(pieces).all(|(expected, word)| expected == word);
        offer(is_head.then_some((phrase.len(), *value)));
    }
    let first = *pieces.first()?;
    let known = NUMBER_WORDS.single.get(first);
    // Every number begins with a number word, a multiplier or digits; most words end here.
    if known.is_none() && !is_multiplier(first) && digits(pieces).is_none() {
        return best;
    }
    for composer in [Composer::Indonesian, Composer::English] {
        offer(compose(pieces, composer));
    }
    for composer in [Composer::Indonesian, Composer::English, Composer::Javanese] {
        offer(digit_row(pieces, composer));
    }
    offer(known.filter(|word| !matches!(word.role, Use::Digit(_))).map(|word| (1, word.value)));
    best
}

/// Whether `word` multiplies what stands before it in some language.
fn is_multiplier(word: &str) -> bool {
    [Composer::Indonesian, Composer::English].into_iter().any(|composer| scale(word, composer).is_some())
}

/// One digit of `word`, read in the language of `composer`.
fn digit(word: &str, composer: Composer) -> Option<u64> {
    if let [digit @ b'0'..=b'9'] = word.as_bytes() {
        return Some(u64::from(digit - b'0'));
    }
    let word = NUMBER_WORDS.single.get(word)?;
    (word.value < 10 && (word.role == Use::Compose(composer) || word.role == Use::Digit(composer))).then_some(word.value)
}

/// DUA SATU DUA: two or more single digits in a row.
fn digit_row(words: &[&str], composer: Composer) -> Option<(usize, u64)> {
    let digits: Vec<u64> = words.iter().map_while(|word| digit(word, composer)).take(MAX_DIGITS).collect();
    (digits.len() >= 2).then(|| (digits.len(), digits.iter().fold(0, |value, digit| value * 10 + digit)))
}

/// The words of TIGABELAS, where `word` is nothing but number words of one language.
fn joined(word: &str) -> Option<Vec<&str>> {
    // Shorter than two words of three letters; most words of a register end here.
    if word.len() < 6 || !word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return None;
    }
    [Composer::Indonesian, Composer::English].into_iter().find_map(|composer| {
        let mut pieces = Vec::new();
        cut(word, composer, &mut pieces).then_some(pieces)
    })
}

/// Cuts `word` into number words of one language, two at least.
fn cut<'word>(word: &'word str, composer: Composer, pieces: &mut Vec<&'word str>) -> bool {
    if word.is_empty() {
        return pieces.len() >= 2;
    }
    for end in (3..=word.len().min(9)).rev() {
        let (piece, rest) = word.split_at(end);
        if is_piece(piece, composer) {
            pieces.push(piece);
            if cut(rest, composer, pieces) {
                return true;
            }
            pieces.pop();
        }
    }
    false
}

fn is_piece(piece: &str, composer: Composer) -> bool {
    scale(piece, composer).is_some()
        || (composer == Composer::Indonesian && matches!(piece, "puluh" | "belas"))
        || NUMBER_WORDS.single.get(piece).is_some_and(|word| word.role == Use::Compose(composer))
}

/// 100, 1000 or 1000000 where `word` multiplies what stands before it.
fn scale(word: &str, composer: Composer) -> Option<u64> {
    match (composer, word) {
        (Composer::Indonesian, "ratus") | (Composer::English, "hundred") => Some(100),
        (Composer::Indonesian, "ribu") | (Composer::English, "thousand") => Some(1_000),
        (Composer::Indonesian, "juta") | (Composer::English, "million") => Some(1_000_000),
        _ => None,
    }
}

/// The longest composed number at the head of `words`.
fn compose(words: &[&str], composer: Composer) -> Option<(usize, u64)> {
    let mut total = 0;
    let mut used = 0;
    for unit in [1_000_000, 1_000] {
        let rest = &words[used..];
        let is_unit = |word: Option<&&str>| word.is_some_and(|word| scale(word, composer) == Some(unit));
        let multiplied = below_thousand(rest, composer).or_else(|| digits(rest)).filter(|&(len, _)| is_unit(rest.get(len)));
        if let Some((len, value)) = multiplied {
            total += u64::checked_mul(value, unit)?;
            used += len + 1;
        } else if is_unit(rest.first()) || whole(rest.first(), composer) == Some(unit) {
            // SERIBU, SEJUTA, and the bare THOUSAND.
            total += unit;
            used += 1;
        }
    }
    if let Some((len, value)) = below_thousand(&words[used..], composer) {
        total += value;
        used += len;
    } else if used == 0 {
        return digits(words);
    }
    Some((used, total))
}

/// A word of digits.
fn digits(words: &[&str]) -> Option<(usize, u64)> {
    let word = words.first().filter(|word| word.bytes().all(|byte| byte.is_ascii_digit()))?;
    word.parse().ok().map(|value| (1, value))
}

/// Value of a number word that composes in this language.
fn whole(word: Option<&&str>, composer: Composer) -> Option<u64> {
    NUMBER_WORDS.single.get(*word?).filter(|word| word.role == Use::Compose(composer)).map(|word| word.value)
}

fn below_thousand(words: &[&str], composer: Composer) -> Option<(usize, u64)> {
    let is_hundred = |at: usize| words.get(at).is_some_and(|word| scale(word, composer) == Some(100));
    let (mut used, mut total) = match words.first().and_then(|word| digit(word, composer)) {
        Some(digit) if is_hundred(1) => (2, digit * 100),
        // RATUS alone is an incense.
        _ if (is_hundred(0) && composer == Composer::English) || whole(words.first(), composer) == Some(100) => (1, 100),
        _ => return below_hundred(words, composer),
    };
    let joint = usize::from(composer == Composer::English && words.get(used) == Some(&"and"));
    if let Some((len, value)) = below_hundred(&words[used + joint..], composer) {
        used += joint + len;
        total += value;
    }
    Some((used, total))
}

fn below_hundred(words: &[&str], composer: Composer) -> Option<(usize, u64)> {
    let value = whole(words.first(), composer).filter(|&value| value < 100)?;
    let next_unit = |at: usize| whole(words.get(at), composer).filter(|unit| (1..10).contains(unit));
    match composer {
        Composer::Indonesian if (1..10).contains(&value) => match words.get(1) {
            Some(&"belas") => Some((2, 10 + value)),
            Some(&"puluh") => match next_unit(2) {
                // TIGA PULUH DUA; but DUA PULUH LIMA BELAS is no number.
                Some(unit) if !matches!(words.get(3), Some(&"belas" | &"puluh" | &"ratus")) => Some((3, value * 10 + unit)),
                _ => Some((2, value * 10)),
            },
            _ => Some((1, value)),
        },
        Composer::English if value >= 20 => match next_unit(1) {
            Some(unit) if words.get(2) != Some(&"hundred") => Some((2, value + unit)),
            _ => Some((1, value)),
        },
        _ => Some((1, value)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[(Range<usize>, u64)]) {
        let words: Vec<&str> = text.split(' ').collect();
        let found: Vec<(Range<usize>, u64)> = numbers_in(&words).into_iter().map(|number| (number.words, number.value)).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn every_row_parses() {
        let words = parse(include_str!("../../../data/lexicon/number_words.tsv")).expect("rows of four cells");
        assert!(words.single.len() > 80 && !words.phrases.is_empty());
    }

    #[test]
    fn numbers_are_read_by_value() {
        check("13", &[(0..1, 13)]);
        check("tiga belas", &[(0..2, 13)]);
        check("tigabelas", &[(0..1, 13)]);
        check("thirteen", &[(0..1, 13)]);
        check("sebelas", &[(0..1, 11)]);
        check("sembilan belas", &[(0..2, 19)]);
        check("dua puluh", &[(0..2, 20)]);
        check("dua puluh satu", &[(0..3, 21)]);
        check("duapuluh satu", &[(0..2, 21)]);
        check("duapuluhsatu", &[(0..1, 21)]);
        check("twenty one", &[(0..2, 21)]);
        check("seratus", &[(0..1, 100)]);
        check("seratus dua puluh tiga", &[(0..4, 123)]);
        check("tiga ratus", &[(0..2, 300)]);
        check("two hundred and twelve", &[(0..4, 212)]);
        check("seribu satu malam", &[(0..2, 1001)]);
        check("seribu", &[(0..1, 1000)]);
        check("dua ribu dua puluh empat", &[(0..5, 2024)]);
        check("10 ribu", &[(0..2, 10_000)]);
        check("sejuta rasa", &[(0..1, 1_000_000)]);
        check("lima juta", &[(0..2, 5_000_000)]);
        check("lawang sewu", &[(1..2, 1000)]);
        check("pitulas", &[(0..1, 17)]);
        check("wali songo", &[(1..2, 9)]);
        check("wali 9", &[(1..2, 9)]);
    }

    #[test]
    fn digits_are_read_one_by_one() {
        check("dua satu dua", &[(0..3, 212)]);
        check("duasatudua", &[(0..1, 212)]);
        check("2 1 2", &[(0..3, 212)]);
        check("two one two", &[(0..3, 212)]);
        check("dua kosong dua empat", &[(0..4, 2024)]);
        check("lima lima lima", &[(0..3, 555)]);
        check("telu loro siji", &[(0..3, 321)]);
        check("dji sam soe", &[(0..3, 234)]);
        check("ji sam su", &[(0..3, 234)]);
        check("k dua empat", &[(1..3, 24)]);
    }

    #[test]
    fn what_is_no_number_stays_none() {
        check("kosong", &[]);
        check("sam soe", &[]);
        check("belas kasih", &[]);
        check("puluhan", &[]);
        check("satria", &[]);
        check("tigaraksa", &[]);
        check("99999999999999999999999", &[]);
        check("dua three", &[(0..1, 2), (1..2, 3)]);
        check("ratus", &[]);
    }
}
