//! Ordered rules from letters to sounds: at each place the first rule that fits is taken.
//!
//! A rule reads `left[pattern]right → sounds`. The tables under `data/sound` are the rules;
//! this file only knows how to follow them. A word costs one step per letter, and a step
//! tries the few rules that begin with its letter: linear in the length of the word.

/// A table of rules, ready to be followed.
pub(super) struct RuleSet {
    rules: Vec<Rule>,
    /// For each first letter the range of `rules` that begin with it; others are silent.
    by_first: [(u16, u16); 128],
}

/// One row of a table.
#[derive(Clone)]
pub(super) struct Rule {
    /// Letters that the rule reads. The first may be a class.
    pattern: Vec<Class>,
    /// What must stand before, the nearest first.
    left: Vec<Class>,
    /// What must stand after, the nearest first.
    right: Vec<Class>,
    /// A vowel must have stood anywhere before.
    after_vowel: bool,
    /// What is heard.
    sounds: Vec<u8>,
    /// How much the row speaks for its table's language.
    pub weight: i8,
}

/// A set of ASCII letters; bit 0 stands for the edge of the word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Class(u128);

const VOWELS: &[u8] = b"aiueo@";

/// Whether a letter, or a sound as the tables write it, is a vowel.
pub(super) fn is_vowel(letter: u8) -> bool {
    VOWELS.contains(&letter)
}

impl RuleSet {
    /// Reads tables in order: rows of an earlier one are tried first.
    ///
    /// Columns: pattern, left, right, sounds; `weight_column` names a fifth where there is one.
    ///
    /// # Panics
    /// On a row that is no rule. The tables are part of the program, and a test reads each.
    pub(super) fn parse(tables: &[&str], weight_column: Option<usize>) -> Self {
        let rows = tables.iter().flat_map(|table| rows(table)).map(|row| {
            let weight = weight_column.map_or(0, |column| row[column].parse().expect("a weight is a small number"));
            Rule::parse(row[0], row[1], row[2], row[3], weight)
        });
        Self::new(rows)
    }

    /// Rules that tell nothing of sounds, only of a language: columns pattern, left, right, weight.
    pub(super) fn parse_signs(table: &str) -> Self {
        Self::new(rows(table).map(|row| {
            let weight = row[3].parse().expect("a weight is a small number");
            Rule::parse(row[0], row[1], row[2], "-", weight)
        }))
    }

    fn new(rows: impl Iterator<Item = Rule>) -> Self {
        let rows: Vec<Rule> = rows.collect();
        let mut rules = Vec::new();
        let mut by_first = [(0, 0); 128];
        let place = |rules: &Vec<Rule>| u16::try_from(rules.len()).expect("a table has a few hundred rows");
        for first in 0..128_u8 {
            let start = place(&rules);
            rules.extend(rows.iter().filter(|rule| rule.pattern[0].holds(first)).cloned());
            by_first[usize::from(first)] = (start, place(&rules));
        }
        Self { rules, by_first }
    }

    /// Appends to `out` what is heard of `word`, equal neighbors once; calls `fired` for each rule taken.
    ///
    /// Letters without a rule are passed over.
    pub(super) fn read(&self, word: &[u8], out: &mut Vec<u8>, mut fired: impl FnMut(&Rule)) {
        let first_vowel = first_vowel(word);
        let mut at = 0;
        while at < word.len() {
            let Some(rule) = self.at(word, at, first_vowel).next() else {
                at += 1;
                continue;
            };
            for &sound in &rule.sounds {
                if out.last() != Some(&sound) {
                    out.push(sound);
                }
            }
            fired(rule);
            at += rule.pattern.len();
        }
    }

    /// Sum of the weights of all rules that fit anywhere.
    pub(super) fn weigh(&self, word: &[u8]) -> i32 {
        let first_vowel = first_vowel(word);
        (0..word.len()).flat_map(|at| self.at(word, at, first_vowel)).map(|rule| i32::from(rule.weight)).sum()
    }

    /// Rules that fit at a place, in order.
    fn at<'a>(&'a self, word: &'a [u8], at: usize, first_vowel: usize) -> impl Iterator<Item = &'a Rule> {
        let (start, end) = self.by_first[usize::from(word[at] & 0x7f)];
        self.rules[usize::from(start)..usize::from(end)].iter().filter(move |rule| rule.fits(word, at, first_vowel))
    }
}

impl Rule {
    fn parse(pattern: &str, left: &str, right: &str, sounds: &str, weight: i8) -> Self {
        let silent = sounds == "-";
        let mut left_classes = if left == "-" { Vec::new() } else { classes(left.trim_start_matches('~')) };
        left_classes.reverse();
        Self {
            pattern: classes(pattern),
            left: left_classes,
            right: if right == "-" { Vec::new() } else { classes(right) },
            after_vowel: left.starts_with('~'),
            sounds: if silent { Vec::new() } else { sounds.bytes().collect() },
            weight,
        }
    }

    fn fits(&self, word: &[u8], at: usize, first_vowel: usize) -> bool {
        let letter = |place: Option<usize>| place.and_then(|place| word.get(place)).copied().unwrap_or(0);
        let end = at + self.pattern.len();
        self.pattern.iter().skip(1).zip(at + 1..).all(|(class, place)| class.holds(letter(Some(place))))
            && self.right.iter().zip(end..).all(|(class, place)| class.holds(letter(Some(place))))
            && self.left.iter().zip(1..).all(|(class, back)| class.holds(letter(at.checked_sub(back))))
            // The vowel must stand before what the left side already names.
            && (!self.after_vowel || first_vowel + self.left.len() < at)
    }
}

impl Class {
    fn holds(self, letter: u8) -> bool {
        letter < 128 && self.0 >> letter & 1 == 1
    }

    fn of(letters: impl IntoIterator<Item = u8>) -> Self {
        Self(letters.into_iter().fold(0, |bits, letter| bits | 1 << letter))
    }

    /// `V` a vowel, `C` any other letter or consonant sound, `#` the edge, a letter itself.
    fn named(name: u8) -> Self {
        match name {
            b'#' => Self(1),
            b'V' => Self::of(VOWELS.iter().copied()),
            b'C' => Self::of((b'a'..=b'z').chain(*b"SXYN").filter(|letter| !is_vowel(*letter))),
            _ => Self(1 << name),
        }
    }
}

/// Reads `#`, `V`, `C`, letters and `[sets]` of them.
fn classes(text: &str) -> Vec<Class> {
    let mut classes = Vec::new();
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        classes.push(match byte {
            b'[' => Class(bytes.by_ref().take_while(|&inner| inner != b']').fold(0, |bits, inner| bits | Class::named(inner).0)),
            _ => Class::named(byte),
        });
    }
    classes
}

fn first_vowel(word: &[u8]) -> usize {
    word.iter().position(|&letter| is_vowel(letter) || letter == b'y').unwrap_or(word.len())
}

/// Rows of a table without its heading: cells by tabulator.
pub(super) fn rows(table: &str) -> impl Iterator<Item = Vec<&str>> {
    table.lines().skip(1).filter(|line| !line.is_empty()).map(|line| line.split('\t').collect())
}
