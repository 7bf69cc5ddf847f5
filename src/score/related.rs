//! How related the goods of two sets of Nice classes are, before anyone has read the goods.
//!
//! A prior, no finding: one class holds goods of different kinds, and goods of one kind lie
//! in two classes (Permenkumham 67/2016, art. 17, asks for seven criteria, none of them the
//! class). Nothing is ever dropped for a low figure.

use std::sync::LazyLock;

use crate::mark::{NiceClass, NiceClasses};

/// A class that both sides have.
const SAME_CLASS: f32 = 1.0;
/// Strength 3 of the table: one shelf, one maker (29 and 30, 24 and 25), or held so by a court.
pub const STRENGTH_3: f32 = 0.26;
/// Strength 2: the goods may be of one kind (coffee powder and ready drinks).
pub(super) const STRENGTH_2: f32 = 0.2;
/// Strength 1: related for some goods only, such as a product and the shop that sells it.
const STRENGTH_1: f32 = 0.1;
/// Strength 0: on a list of the US office, but on a blanket one that says next to nothing.
const STRENGTH_0: f32 = 0.04;

// Equal steps of these figures are equal steps of log-odds. They come from a fit on decided pairs in a register of
// two million marks (2026-11) in which each strength had a weight of its own: 0.04, 0.10, 0.20 and 0.26 of what a
// class in common is worth. In cross-validation the mean reciprocal rank was 0.64, and 0.62 where strength 3 stood at
// 0.9 and strength 2 at 0.42.

/// Relatedness of two sets of classes, 0.0 (no relation known) to 1.0 (a class in common): that
/// of the closest pair of classes, in whichever direction the table has it.
///
/// `None` where a side names no class. Symmetric. Cost: at most 45 × 45 look-ups.
///
/// ```
/// use mirip::score::related::relatedness;
///
/// assert_eq!(relatedness("30;43".parse()?, "30".parse()?), Some(1.0));
/// assert!(relatedness("29".parse()?, "30".parse()?) > relatedness("29".parse()?, "35".parse()?));
/// assert_eq!(relatedness("30".parse()?, "".parse()?), None);
/// # Ok::<(), String>(())
/// ```
pub fn relatedness(query: NiceClasses, earlier: NiceClasses) -> Option<f32> {
    if query.is_empty() || earlier.is_empty() {
        return None;
    }
    if query.shares_class(earlier) {
        return Some(SAME_CLASS);
    }
    let pairs = query.iter().flat_map(|of_query| earlier.iter().map(move |of_earlier| (of_query, of_earlier)));
    let closest = pairs.map(|(of_query, of_earlier)| TABLE.value(of_query, of_earlier)).fold(0.0, f32::max);
    Some(closest)
}

/// [`relatedness`] of one side with many others: the class of each is looked up once.
#[derive(Clone, Debug)]
pub struct Kinship {
    classes: NiceClasses,
    /// By class number.
    closest: [f32; SIDE],
}

impl Kinship {
    /// Of a query's classes with any others.
    pub fn new(query: NiceClasses) -> Self {
        let mut closest = [0.0; SIDE];
        for class in NiceClass::all() {
            let alone = [class].into_iter().collect();
            closest[usize::from(class.number())] = relatedness(query, alone).unwrap_or(0.0);
        }
        Self { classes: query, closest }
    }

    /// True where the query names no class.
    pub fn is_unknown(&self) -> bool {
        self.classes.is_empty()
    }

    /// As [`relatedness`] says.
    pub fn with(&self, earlier: NiceClasses) -> Option<f32> {
        if self.classes.is_empty() || earlier.is_empty() {
            return None;
        }
        let mut bits = earlier.bits();
        let mut closest = 0.0_f32;
        while bits != 0 {
            closest = closest.max(self.closest[bits.trailing_zeros() as usize]);
            bits &= bits - 1;
        }
        Some(closest)
    }
}

/// Why two classes are related, in English, where the table says so. Symmetric.
pub fn relation_note(query: NiceClass, earlier: NiceClass) -> Option<&'static str> {
    TABLE.notes[cell(query, earlier)].filter(|note| !note.is_empty())
}

const SIDE: usize = NiceClass::MAX as usize + 1;

fn cell(query: NiceClass, earlier: NiceClass) -> usize {
    usize::from(query.number()) * SIDE + usize::from(earlier.number())
}

struct Table {
    values: Vec<f32>,
    notes: Vec<Option<&'static str>>,
}

impl Table {
    fn value(&self, query: NiceClass, earlier: NiceClass) -> f32 {
        self.values[cell(query, earlier)]
    }
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    parse(include_str!("../../data/lexicon/related_classes.tsv")).expect("the embedded table parses: `every_row_parses` reads it")
});

fn parse(text: &'static str) -> Result<Table, String> {
    let mut table = Table { values: vec![0.0; SIDE * SIDE], notes: vec![None; SIDE * SIDE] };
    let mut lines = text.lines();
    if lines.next() != Some("class_a\tclass_b\tdirection\tstrength\tbasis\tnote\tsource") {
        return Err("related_classes.tsv: other columns than expected".to_owned());
    }
    for (at, line) in lines.enumerate() {
        let place = format!("related_classes.tsv, line {}", at + 2);
        let [class_a, class_b, direction, strength, _, note, _] = <[&'static str; 7]>::try_from(line.split('\t').collect::<Vec<_>>())
            .map_err(|cells| format!("{place}: {} cells, not 7", cells.len()))?;
        let class = |cell: &str| cell.parse::<NiceClass>().map_err(|reason| format!("{place}: {reason}"));
        let (first, second) = (class(class_a)?, class(class_b)?);
        if first == second || !matches!(direction, "directed" | "symmetric") {
            return Err(format!("{place}: no relation of two classes"));
        }
        let value = match strength {
            "3" => STRENGTH_3,
            "2" => STRENGTH_2,
            "1" => STRENGTH_1,
            "0" => STRENGTH_0,
            _ => return Err(format!("{place}: no strength {strength:?}")),
        };
        // A directed row is from a list of what to search for goods of the first class. Which side
        // filed first says nothing about the kind of the goods, so that both directions are taken.
        for cell in [cell(first, second), cell(second, first)] {
            let is_stronger = value > table.values[cell];
            if is_stronger {
                table.values[cell] = value;
            }
            if is_stronger || table.notes[cell].is_none_or(str::is_empty) {
                table.notes[cell] = Some(note);
            }
        }
    }
    Ok(table)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_row_parses() {
        let table = parse(include_str!("../../data/lexicon/related_classes.tsv")).expect("rows of seven cells");
        assert!(table.values.iter().filter(|value| **value > 0.0).count() > 400);
    }

    #[track_caller]
    fn check(query: &str, earlier: &str, expected: Option<f32>) {
        let (query, earlier) = (query.parse().expect("classes"), earlier.parse().expect("classes"));
        assert_eq!(relatedness(query, earlier), expected, "{query} / {earlier}");
    }

    #[test]
    fn the_closest_pair_of_classes_counts() {
        check("30", "30", Some(SAME_CLASS));
        check("30;43", "43;9", Some(SAME_CLASS));
        check("29", "30", Some(STRENGTH_3));
        check("30", "43", Some(STRENGTH_3));
        // The PROFIL case: 6 and 11 against 21.
        check("6", "21", Some(STRENGTH_3));
        check("21", "11", Some(STRENGTH_3));
        check("30", "32", Some(STRENGTH_2));
        check("30", "35", Some(STRENGTH_1));
        check("12", "30", Some(0.0));
        check("12;32", "30", Some(STRENGTH_2));
        check("", "30", None);
        check("30", "", None);
        check("", "", None);
    }

    #[test]
    fn notes_tell_why() {
        let class = |number| NiceClass::new(number).expect("a class");
        assert!(relation_note(class(30), class(43)).is_some_and(|note| note.contains("coffee")));
        assert_eq!(relation_note(class(43), class(30)), relation_note(class(30), class(43)));
        assert_eq!(relation_note(class(12), class(30)), None);
    }

    proptest! {
        #[test]
        fn relatedness_is_symmetric_bounded_and_grows_with_classes(query in any::<u64>(), earlier in any::<u64>(), more in any::<u64>()) {
            let [query, earlier, more] = [query & more, earlier, more].map(NiceClasses::from_bits);
            let found = relatedness(query, earlier);
            prop_assert_eq!(found, relatedness(earlier, query));
            if let Some(found) = found {
                prop_assert!((0.0..=1.0).contains(&found));
                prop_assert!(relatedness(query.union(more), earlier).is_some_and(|wider| wider >= found));
            }
        }
    }
}
