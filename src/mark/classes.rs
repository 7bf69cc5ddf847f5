//! Classes of the Nice Classification, and sets of them.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// One class of the Nice Classification, 1 to 45.
///
/// Sharing a class is an administrative hint, not proof of similar goods.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct NiceClass(u8);

impl NiceClass {
    /// The highest class number.
    pub const MAX: u8 = 45;

    /// The class with this number; `None` outside 1 to 45.
    pub fn new(number: u8) -> Option<Self> {
        (1..=Self::MAX).contains(&number).then_some(Self(number))
    }

    /// Every class, ascending.
    pub fn all() -> impl Iterator<Item = Self> {
        (1..=Self::MAX).map(Self)
    }

    /// The class number, 1 to 45.
    pub fn number(self) -> u8 {
        self.0
    }

    /// True for classes 35 to 45, which hold services.
    pub fn is_service(self) -> bool {
        self.0 >= 35
    }
}

impl TryFrom<u8> for NiceClass {
    type Error = String;

    fn try_from(number: u8) -> Result<Self, String> {
        Self::new(number).ok_or_else(|| format!("class {number} does not exist; Nice classes run from 1 to 45"))
    }
}

impl From<NiceClass> for u8 {
    fn from(class: NiceClass) -> u8 {
        class.0
    }
}

impl FromStr for NiceClass {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.trim().parse::<u8>() {
            Ok(number) => Self::try_from(number),
            Err(_) => Err(format!("{text:?} is no class; Nice classes run from 1 to 45")),
        }
    }
}

impl fmt::Display for NiceClass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A set of Nice classes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Vec<u8>", into = "Vec<u8>")]
pub struct NiceClasses(u64);

impl NiceClasses {
    /// The set with no class in it.
    pub const EMPTY: Self = Self(0);

    /// The set whose bit `n` stands for class `n`; bits outside 1 to 45 are dropped.
    pub fn from_bits(bits: u64) -> Self {
        Self(bits & (((1 << 45) - 1) << 1))
    }

    /// Bit `n` stands for class `n`.
    pub fn bits(self) -> u64 {
        self.0
    }

    /// Adds a class.
    pub fn insert(&mut self, class: NiceClass) {
        self.0 |= 1 << class.0;
    }

    /// True where `class` is in the set.
    pub fn contains(self, class: NiceClass) -> bool {
        self.0 & (1 << class.0) != 0
    }

    /// True where both sets have a class in common.
    pub fn shares_class(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Classes of either set.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// True where no class is known.
    pub fn is_empty(&self) -> bool {
        self.0 == 0
    }

    /// How many classes.
    pub fn count(self) -> u32 {
        self.0.count_ones()
    }

    /// The classes, ascending.
    pub fn iter(self) -> impl Iterator<Item = NiceClass> {
        NiceClass::all().filter(move |&class| self.contains(class))
    }
}

impl FromIterator<NiceClass> for NiceClasses {
    fn from_iter<I: IntoIterator<Item = NiceClass>>(classes: I) -> Self {
        let mut set = Self::EMPTY;
        classes.into_iter().for_each(|class| set.insert(class));
        set
    }
}

impl TryFrom<Vec<u8>> for NiceClasses {
    type Error = String;

    fn try_from(numbers: Vec<u8>) -> Result<Self, String> {
        numbers.into_iter().map(NiceClass::try_from).collect()
    }
}

impl From<NiceClasses> for Vec<u8> {
    fn from(classes: NiceClasses) -> Self {
        classes.iter().map(NiceClass::number).collect()
    }
}

impl FromStr for NiceClasses {
    type Err = String;

    /// Reads `30;43`, `30,43`, `30 43` or `Kelas 30, 43`; nothing is the empty set.
    fn from_str(text: &str) -> Result<Self, String> {
        text.split(|c: char| matches!(c, ';' | ',' | '|' | '/') || c.is_whitespace())
            .map(|part| part.trim_matches(|c: char| matches!(c, '.' | ':' | '[' | ']' | '"')))
            .filter(|part| !part.is_empty() && !part.eq_ignore_ascii_case("kelas") && !part.eq_ignore_ascii_case("class"))
            .map(NiceClass::from_str)
            .collect()
    }
}

impl fmt::Display for NiceClasses {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, class) in self.iter().enumerate() {
            if place > 0 {
                f.write_str(";")?;
            }
            class.fmt(f)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Result<&[u8], ()>) {
        let found = text.parse::<NiceClasses>().map(Vec::from).map_err(drop);
        assert_eq!(found, expected.map(<[u8]>::to_vec), "{text}");
    }

    #[test]
    fn classes_are_read_leniently_and_bounded_strictly() {
        check("30;43", Ok(&[30, 43]));
        check(" 43 , 30,30", Ok(&[30, 43]));
        check("Kelas 9", Ok(&[9]));
        check("[1]", Ok(&[1]));
        check("", Ok(&[]));
        check("0", Err(()));
        check("46", Err(()));
        check("99", Err(()));
        check("abc", Err(()));
        check("-3", Err(()));
        check("30;x", Err(()));
    }

    #[test]
    fn a_set_shows_as_it_is_read() {
        let set: NiceClasses = "43;9;30".parse().expect("three classes");
        assert_eq!(set.to_string(), "9;30;43");
        assert_eq!(NiceClasses::from_bits(set.bits()), set);
        assert_eq!(NiceClasses::from_bits(u64::MAX).count(), 45);
    }
}
