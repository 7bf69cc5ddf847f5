//! The two parts of a gazette put together: a mark of the contents table and its detail block.

use std::collections::HashMap;

use super::contents::ContentsRow;
use super::detail::Block;
use crate::mark::{LegalStatus, Mark, MarkKind, MarkType, NiceClass, NiceClasses};
use crate::register::office::OfficeWords;

/// What the gazette's words mean.
const WORDS: OfficeWords = OfficeWords {
    statuses: &[("diumumkan", LegalStatus::Pending)],
    kinds: &[
        ("kata dan lukisan", MarkKind::Combined),
        ("kata & lukisan", MarkKind::Combined),
        ("lukisan dan kata", MarkKind::Combined),
        ("dimensi", MarkKind::Other),
        ("suara", MarkKind::Other),
        ("hologram", MarkKind::Other),
        ("lukisan", MarkKind::Figurative),
        ("gambar", MarkKind::Figurative),
        ("logo", MarkKind::Figurative),
        ("kata", MarkKind::Word),
    ],
    types: &[("kolektif", MarkType::Collective), ("dagang", MarkType::Trade), ("jasa", MarkType::Service)],
};

/// The office's word for a mark that is announced, and open to opposition.
const STATUS: &str = "Diumumkan";

/// A list of classes as the gazette has it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Classes {
    pub known: NiceClasses,
    /// How many numbers it holds, those of no class among them.
    pub count: usize,
}

impl Classes {
    pub(super) fn read(text: &str) -> Self {
        let mut classes = Self::default();
        classes.add(text);
        classes
    }

    pub(super) fn add(&mut self, text: &str) {
        for number in text.split(|letter: char| !letter.is_ascii_digit()).filter(|word| !word.is_empty()) {
            self.count += 1;
            if let Some(class) = number.parse().ok().and_then(NiceClass::new) {
                self.known.insert(class);
            }
        }
    }

    /// Numbers that are no class of the Nice Classification.
    fn unknown_count(self) -> usize {
        self.count.saturating_sub(self.known.count() as usize)
    }
}

/// What is to be said of the marks as a whole.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Discrepancies {
    /// Marks whose class list and goods, or whose two class lists, do not agree.
    pub classes: usize,
    /// Marks that only the contents table has, and that only the details have; counted where the gazette has both.
    pub without_details: usize,
    pub without_contents: usize,
    /// Class numbers beyond 45, or 0.
    pub unknown_classes: usize,
}

/// Marks from both parts, in the order of the contents table, and behind them those that stand in the details alone.
pub(super) fn joined(rows: Vec<ContentsRow>, blocks: Vec<Block>) -> (Vec<Mark>, Discrepancies) {
    let mut discrepancies = Discrepancies::default();
    let has_both = !rows.is_empty() && !blocks.is_empty();
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut pairs: Vec<(Option<ContentsRow>, Option<Block>)> = Vec::new();
    for row in rows {
        let place = *places.entry(row.number.clone()).or_insert(pairs.len());
        match pairs.get_mut(place) {
            // Listed once a class.
            Some((Some(known), _)) => {
                known.classes.known = known.classes.known.union(row.classes.known);
                known.classes.count += row.classes.count;
            }
            _ => pairs.push((Some(row), None)),
        }
    }
    for block in blocks {
        let place = *places.entry(block.number.clone()).or_insert(pairs.len());
        match pairs.get_mut(place) {
            Some((_, Some(known))) => known.join(block),
            Some((_, known @ None)) => *known = Some(block),
            None => pairs.push((None, Some(block))),
        }
    }
    let marks = pairs
        .into_iter()
        .map(|(row, block)| {
            discrepancies.without_details += usize::from(has_both && block.is_none());
            discrepancies.without_contents += usize::from(has_both && row.is_none());
            discrepancies.classes += usize::from(do_classes_disagree(row.as_ref(), block.as_ref()));
            let unknown = |classes: Option<Classes>| classes.map_or(0, Classes::unknown_count);
            discrepancies.unknown_classes +=
                unknown(block.as_ref().map(|block| block.classes)).max(unknown(row.as_ref().map(|row| row.classes)));
            mark(row.unwrap_or_default(), block.unwrap_or_default())
        })
        .collect();
    (marks, discrepancies)
}

fn do_classes_disagree(row: Option<&ContentsRow>, block: Option<&Block>) -> bool {
    let Some(block) = block else { return false };
    let groups = block.goods.len();
    let lists_differ = row.is_some_and(|row| row.classes.count > 0 && block.classes.count > 0 && row.classes.known != block.classes.known);
    lists_differ || groups > 0 && block.classes.count > 0 && groups != block.classes.count
}

fn mark(row: ContentsRow, block: Block) -> Mark {
    let id = if row.number.is_empty() { block.number } else { row.number };
    let said = |text: String| Some(text).filter(|text| !is_nothing(text));
    let verbal_element = said(block.name).or(said(row.name)).unwrap_or_default();
    let kind = WORDS.kind(&block.kind);
    let kind = match kind {
        // The office says that there are words, and names none.
        None | Some(MarkKind::Word) if verbal_element.is_empty() => MarkKind::Figurative,
        kind => kind.unwrap_or_default(),
    };
    // Service marks were numbered apart, J…; later ones of both sorts are numbered alike.
    let by_number = if id.starts_with('J') { MarkType::Service } else { MarkType::Trade };
    Mark {
        verbal_element,
        classes: row.classes.known.union(block.classes.known),
        kind,
        status: WORDS.status(STATUS),
        filed_on: row.filed_on.into_iter().chain(block.earliest_on).min(),
        office_status: Some(STATUS.to_owned()),
        owner: said(block.owners.join("; ")),
        goods: said(block.goods.join("; ")),
        translation: said(block.translation),
        mark_type: WORDS.mark_type(&block.kind).unwrap_or(by_number),
        source: Some("brm".to_owned()),
        ..Mark::new(id, "")
    }
}

/// How the gazette says that there is nothing to say.
fn is_nothing(text: &str) -> bool {
    text.chars().all(|letter| matches!(letter, '-' | '.' | ':' | ' ' | '\u{2013}' | '\u{2014}'))
}

/// Goods between `===` and `===`, a group for each class.
pub(super) fn groups(goods: &str) -> Vec<String> {
    let groups = goods.split("===").map(|group| group.trim_matches(['=', ' ']).to_owned());
    groups.filter(|group| !is_nothing(group)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(number: &str, classes: &str) -> ContentsRow {
        ContentsRow { number: number.to_owned(), classes: Classes::read(classes), name: "KOPI".to_owned(), ..ContentsRow::default() }
    }

    fn block(number: &str, classes: &str, goods: &[&str]) -> Block {
        let goods = goods.iter().map(|&group| group.to_owned()).collect();
        Block { number: number.to_owned(), classes: Classes::read(classes), goods, ..Block::default() }
    }

    #[test]
    fn a_mark_of_one_part_is_a_mark() {
        let (marks, discrepancies) =
            joined(vec![row("DID1", "30"), row("DID2", "30")], vec![block("DID3", "9", &[]), block("DID2", "30", &[])]);
        assert_eq!(marks.iter().map(|mark| mark.id.as_str()).collect::<Vec<_>>(), ["DID1", "DID2", "DID3"]);
        assert_eq!((discrepancies.without_details, discrepancies.without_contents), (1, 1));
    }

    #[test]
    fn classes_that_disagree_are_all_taken_and_counted() {
        let (marks, discrepancies) = joined(
            vec![row("DID1", "30"), row("DID2", "30, 99")],
            vec![block("DID1", "30, 43", &["kopi"]), block("DID2", "30", &["kopi"])],
        );
        assert_eq!(marks[0].classes.to_string(), "30;43");
        assert_eq!((discrepancies.classes, discrepancies.unknown_classes), (1, 1));
    }

    #[test]
    fn goods_are_parted_by_their_marks() {
        assert_eq!(groups("=== kopi; teh === === jasa kafe ==="), ["kopi; teh", "jasa kafe"]);
        assert_eq!(groups("===kopi=== ===jasa kafe"), ["kopi", "jasa kafe"]);
        assert_eq!(groups("kopi"), ["kopi"]);
        assert!(groups("=== - ===").is_empty());
    }
}
