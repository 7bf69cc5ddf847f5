//! Geographical indications that a name may touch (UU 20/2016, art. 21(1) d).

use std::sync::LazyLock;

use crate::mark::NiceClasses;

use super::table;

/// A geographical indication.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gi {
    /// As registered or filed, as far as known.
    pub name: &'static str,
    /// The product, in English.
    pub product: &'static str,
    /// Nice classes of such goods: a guess of the authors, since indications have no class.
    pub classes: NiceClasses,
    /// Where it comes from.
    pub place: &'static str,
    /// Registration number, where it was seen.
    pub reg_no: Option<&'static str>,
    /// Year of registration, where known.
    pub year: Option<u16>,
    /// How sure the row is.
    pub confidence: Confidence,
    /// Where it was read.
    pub source: &'static str,
    /// Alternatives; of one of them every word must be in the name.
    keys: Vec<Vec<String>>,
}

/// How sure a row on a geographical indication is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Confidence {
    /// Read in a source.
    High,
    /// From memory, or its status was not stated.
    Medium,
    /// From memory alone.
    Low,
    /// Filed, and not known to be registered.
    Pending,
}

/// Indications whose distinctive words are among `words` (`a-z0-9`), as listed.
///
/// A rare place name is enough (KINTAMANI); a large place counts with its product alone (LOMBOK
/// with MUTIARA). Whether the goods are of the same kind is for the caller to ask, by
/// [`Gi::classes`]. The list is incomplete: an empty answer clears nothing.
pub fn geographical_indications(words: &[&str]) -> Vec<&'static Gi> {
    let has_all = |key: &Vec<String>| key.iter().all(|word| words.contains(&word.as_str()));
    INDICATIONS.iter().filter(|indication| indication.keys.iter().any(has_all)).collect()
}

const FILE: &str = "gi.tsv";

static INDICATIONS: LazyLock<Vec<Gi>> =
    LazyLock::new(|| parse(include_str!("../../../data/lexicon/gi.tsv")).expect("the embedded table parses: `every_row_parses` reads it"));

fn parse(text: &'static str) -> Result<Vec<Gi>, String> {
    let columns = ["name", "key", "product", "classes", "place", "reg_no", "year", "confidence", "source"];
    let mut found: Vec<Gi> = Vec::new();
    for [name, key, product, classes, place, reg_no, year, confidence, source] in table::rows(FILE, text, columns)? {
        if found.iter().any(|known| known.name == name) {
            return Err(format!("{FILE}, {name}: comes twice"));
        }
        let year = match year {
            "" => None,
            year => Some(year.parse().map_err(|_| format!("{FILE}, {name}: {year:?} is no year"))?),
        };
        let confidence = match confidence {
            "high" => Confidence::High,
            "medium" => Confidence::Medium,
            "low" => Confidence::Low,
            "pending" => Confidence::Pending,
            _ => return Err(format!("{FILE}, {name}: no confidence {confidence:?}")),
        };
        found.push(Gi {
            name,
            product,
            classes: table::classes(FILE, name, classes)?,
            place,
            reg_no: Some(reg_no).filter(|number| !number.is_empty()),
            year,
            confidence,
            source,
            keys: key.split(';').map(table::words).collect::<Result<_, _>>()?,
        });
    }
    Ok(found)
}

/// Reads the embedded table once more, for tests.
#[cfg(test)]
pub(super) fn check_table() -> Result<Vec<Gi>, String> {
    parse(include_str!("../../../data/lexicon/gi.tsv"))
}
