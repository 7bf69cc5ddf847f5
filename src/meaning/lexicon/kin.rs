//! Near concepts: not the same, but a reader takes one for the other, or for a part of it.

use std::sync::LazyLock;

use super::concept::{self, Concept};
use super::table;

impl Concept {
    /// Concepts near this one, ascending, itself not among them; none where it is a number.
    ///
    /// Nearness goes both ways, but no further: HAWK is near EAGLE and EAGLE near PHOENIX, which
    /// makes no phoenix of a hawk.
    ///
    /// ```
    /// use mirip::meaning::lexicon::concepts_in;
    ///
    /// let [king, queen, star] = ["king", "queen", "star"].map(|word| concepts_in(&[word])[0].concept);
    /// assert!(king.kin().contains(&queen) && queen.kin().contains(&king));
    /// assert!(!king.kin().contains(&star) && !king.kin().contains(&king));
    /// ```
    pub fn kin(self) -> &'static [Self] {
        KIN.get(self.index() as usize).map_or(&[], Vec::as_slice)
    }

    /// True where `other` is near this concept.
    pub fn is_kin_of(self, other: Self) -> bool {
        self.kin().binary_search(&other).is_ok()
    }
}

const FILE: &str = "kin.tsv";

/// By [`Concept::index`].
static KIN: LazyLock<Vec<Vec<Concept>>> = LazyLock::new(|| {
    let (kin, _) = parse(include_str!("../../../data/lexicon/kin.tsv")).expect("the embedded table parses: `every_row_parses` reads it");
    kin
});

/// Near concepts of each concept, and how many groups there are.
fn parse(text: &'static str) -> Result<(Vec<Vec<Concept>>, usize), String> {
    let rows = table::rows(FILE, text, ["group", "concepts", "note"])?;
    let mut kin: Vec<Vec<Concept>> = Vec::new();
    let mut groups: Vec<(&str, Vec<Concept>)> = Vec::with_capacity(rows.len());
    for [group, cell, note] in rows {
        let mut members = Vec::new();
        for id in cell.split(';') {
            let member = concept::with_id(id).ok_or_else(|| format!("{FILE}, {group}: no concept {id:?}"))?;
            if members.contains(&member) {
                return Err(format!("{FILE}, {group}: {id} comes twice"));
            }
            members.push(member);
        }
        if members.len() < 2 {
            return Err(format!("{FILE}, {group}: one concept is near no other"));
        }
        if note.is_empty() {
            return Err(format!("{FILE}, {group}: no note says why"));
        }
        members.sort();
        for (other, known) in &groups {
            if *other == group {
                return Err(format!("{FILE}, {group}: comes twice"));
            }
            let (small, large) = if known.len() < members.len() { (known, &members) } else { (&members, known) };
            if small.iter().all(|member| large.contains(member)) {
                return Err(format!("{FILE}, {group}: says no more than {other}, or all that it says"));
            }
        }
        for &member in &members {
            let place = member.index() as usize;
            kin.resize_with(kin.len().max(place + 1), Vec::new);
            kin[place].extend(members.iter().filter(|&&other| other != member));
        }
        groups.push((group, members));
    }
    for near in &mut kin {
        near.sort();
        near.dedup();
    }
    Ok((kin, groups.len()))
}

/// Reads the embedded table once more, for tests: how many groups it has.
#[cfg(test)]
pub(super) fn check_table() -> Result<usize, String> {
    parse(include_str!("../../../data/lexicon/kin.tsv")).map(|(_, groups)| groups)
}

/// Reads a table of the same columns, for tests.
#[cfg(test)]
pub(super) fn check_rows(rows: &'static str) -> Result<usize, String> {
    parse(rows).map(|(_, groups)| groups)
}
