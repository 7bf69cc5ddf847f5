//! Household names and marks fought over in court. No official list: Indonesia has none.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::mark::NiceClasses;
use crate::name::Name;

use super::table;

/// A mark that people in Indonesia know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WellKnown {
    /// The mark.
    pub mark: &'static str,
    /// Its owner, from memory, where known.
    pub owner: Option<&'static str>,
    /// Classes of its main goods.
    pub classes: NiceClasses,
    /// True where a court dealt with it, false where it is a household name.
    pub is_litigated: bool,
    /// What else to know; may be empty.
    pub note: &'static str,
    /// Where it comes from.
    pub source: &'static str,
}

/// The well-known mark whose folded words without spaces are `compact`, as
/// [`crate::name::Name::compact`] gives them. Good for a hint, never for a refusal.
pub fn well_known(compact: &str) -> Option<&'static WellKnown> {
    LIST.by_compact.get(compact).map(|&place| &LIST.marks[place])
}

/// Every well-known mark, as listed.
pub fn all_well_known() -> &'static [WellKnown] {
    &LIST.marks
}

struct List {
    marks: Vec<WellKnown>,
    by_compact: HashMap<String, usize>,
}

const FILE: &str = "wellknown.tsv";

static LIST: LazyLock<List> = LazyLock::new(|| {
    parse(include_str!("../../../data/lexicon/wellknown.tsv")).expect("the embedded table parses: `every_row_parses` reads it")
});

fn parse(text: &'static str) -> Result<List, String> {
    let mut list = List { marks: Vec::new(), by_compact: HashMap::new() };
    for [mark, owner, classes, basis, note, source] in table::rows(FILE, text, ["mark", "owner", "classes", "basis", "note", "source"])? {
        let is_litigated = match basis {
            "litigation" => true,
            "consumer_brand" => false,
            _ => return Err(format!("{FILE}, {mark}: no basis {basis:?}")),
        };
        let classes = table::classes(FILE, mark, classes)?;
        if classes.is_empty() {
            return Err(format!("{FILE}, {mark}: no class"));
        }
        let compact = Name::new(mark).compact();
        if compact.is_empty() || list.by_compact.insert(compact, list.marks.len()).is_some() {
            return Err(format!("{FILE}, {mark}: comes twice, or has no word"));
        }
        let owner = Some(owner).filter(|owner| !owner.is_empty());
        list.marks.push(WellKnown { mark, owner, classes, is_litigated, note, source });
    }
    Ok(list)
}

/// Reads the embedded table once more, for tests.
#[cfg(test)]
pub(super) fn check_table() -> Result<usize, String> {
    parse(include_str!("../../../data/lexicon/wellknown.tsv")).map(|list| list.marks.len())
}
