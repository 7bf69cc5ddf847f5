//! Packed columns: strings of equal length stand in blocks, letter by letter.
//!
//! A *form* is one spelling or reading of an item (a word of the dictionary, or the whole
//! name of a mark). Forms of one length make a group; a group is cut into blocks of
//! [`LANES`] forms; a block holds the first symbol of all its forms, then the second, and so
//! on. So a kernel reads one symbol of 32 forms at once, and the same symbol table serves
//! them all. The last block of a group is padded with 0, which matches nothing.
//!
//! Within a group the forms of whole names stand by the classes of their marks, so that most blocks are of marks for
//! like goods: a search passes over blocks of goods too far off to matter. Behind that all forms stand by their
//! first, last and second symbols: forms of a block have like ends, and most blocks are told by the sets of these,
//! eight bytes each, before their symbols are read.

use std::ops::Range;

use bytemuck::{Pod, Zeroable};
use rayon::prelude::*;

use crate::mark::NiceClasses;

/// Forms in a block: as many 16-bit lanes as a 512-bit register has.
pub const LANES: usize = 32;

/// One symbol of each form of a block.
pub type Row = [u8; LANES];

/// The classes among the bits.
pub fn nice_classes(bits: ClassBits) -> NiceClasses {
    NiceClasses::from_bits(bits & !(NO_CLASS | WELL_KNOWN))
}

/// Forms of one length.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
pub struct Group {
    /// Symbols in each form.
    pub length: u32,
    /// Number of the group's first form.
    pub first_form: u32,
    /// Forms in the group.
    pub form_count: u32,
    /// Number of the group's first block.
    pub first_block: u32,
    /// Where the group's blocks begin among the rows of the column.
    pub first_row: u64,
}

impl Group {
    /// The block of a form, by its number in the column, and its place in it.
    fn place_of(&self, form: u32) -> (usize, usize) {
        let place = (form - self.first_form) as usize;
        (self.first_block as usize + place / LANES, place % LANES)
    }

    /// Where the rows of a block begin.
    fn first_row_of(&self, block: usize) -> usize {
        self.first_row as usize + (block - self.first_block as usize) * self.length as usize
    }
}

/// A packed column, borrowed from a sheet.
#[derive(Clone, Copy)]
pub struct Column<'a> {
    /// Groups by ascending length.
    pub groups: &'a [Group],
    /// By block.
    pub end_sets: &'a [EndSets],
    /// The rows of all blocks, as many of each as its forms have symbols.
    pub rows: &'a [Row],
    /// The item that each form belongs to.
    pub items: &'a [u32],
}

/// Which symbols the forms of a block begin with, and which they end with: a bit for the low five bits of each.
pub type EndSets = [u32; 2];

/// What is to be known of a mark before it is looked at, a bit each: its Nice classes, [`NO_CLASS`] where it
/// names none, and [`WELL_KNOWN`]. Of a form, those of all marks that it is a whole name of; 0 where it is none.
pub type ClassBits = u64;

/// The bit of marks that name no class.
pub const NO_CLASS: ClassBits = 1 << 63;

/// The bit of marks on the list of well-known marks, which are protected more widely.
pub const WELL_KNOWN: ClassBits = 1 << 62;

/// The classes of items, each set of them once.
pub struct ClassSets {
    /// Every set that an item has, ascending.
    pub sets: Vec<ClassBits>,
    /// By item, its place among them.
    pub set_of: Vec<u32>,
}

impl ClassSets {
    /// Of items whose classes are these; fewer than 2^32 sets.
    pub fn new(classes: &[ClassBits]) -> Self {
        let mut sets = classes.to_vec();
        sets.par_sort_unstable();
        sets.dedup();
        let set_of = |classes: &ClassBits| sets.binary_search(classes).expect("every set is there") as u32;
        Self { set_of: classes.par_iter().map(set_of).collect(), sets }
    }

    /// Of items that have none.
    pub fn of_none(items: usize) -> Self {
        Self { sets: vec![0], set_of: vec![0; items] }
    }
}

/// Blocks of one length.
#[derive(Clone, Copy)]
pub struct Blocks<'a> {
    /// Symbols in each form, at least one.
    pub length: usize,
    /// By block.
    pub end_sets: &'a [EndSets],
    /// The rows of all blocks.
    pub rows: &'a [Row],
}

impl<'a> Blocks<'a> {
    /// How many.
    pub fn count(self) -> usize {
        self.end_sets.len()
    }

    /// The rows of one of them.
    #[inline]
    pub fn block(self, place: usize) -> &'a [Row] {
        &self.rows[place * self.length..(place + 1) * self.length]
    }
}

impl<'a> Column<'a> {
    /// How many blocks a group has.
    pub fn block_count(group: &Group) -> usize {
        (group.form_count as usize).div_ceil(LANES)
    }

    /// These blocks of a group, by their numbers in the column.
    pub fn blocks(&self, group: &Group, blocks: Range<usize>) -> Blocks<'a> {
        Blocks {
            length: group.length as usize,
            rows: &self.rows[group.first_row_of(blocks.start)..group.first_row_of(blocks.end)],
            end_sets: &self.end_sets[blocks],
        }
    }

    /// How many bytes a scan of the whole column reads.
    pub fn symbol_bytes(&self) -> usize {
        size_of_val(self.end_sets) + size_of_val(self.rows)
    }

    /// Reads the symbols of a form into `buffer`, and gives them back.
    pub fn read_form<'b>(&self, form: u32, buffer: &'b mut [u8]) -> &'b [u8] {
        self.read_form_of(&self.groups[self.groups.partition_point(|group| group.first_form <= form) - 1], form, buffer)
    }

    /// The same for a form whose group is known.
    pub fn read_form_of<'b>(&self, group: &Group, form: u32, buffer: &'b mut [u8]) -> &'b [u8] {
        let (block, lane) = group.place_of(form);
        let length = group.length as usize;
        let rows = &self.rows[group.first_row_of(block)..][..length];
        buffer.iter_mut().zip(rows).for_each(|(into, row)| *into = row[lane]);
        &buffer[..length]
    }
}

/// A column under construction, and which forms each item has.
#[derive(Default)]
pub struct PackedColumn {
    /// Groups by ascending length.
    pub groups: Vec<Group>,
    /// By block.
    pub end_sets: Vec<EndSets>,
    /// The rows of all blocks.
    pub rows: Vec<Row>,
    /// The item that each form belongs to.
    pub items: Vec<u32>,
    /// By block, the classes of its forms.
    pub block_classes: Vec<ClassBits>,
    /// `form_starts[item]..form_starts[item + 1]` are the item's entries in `forms`.
    pub form_starts: Vec<u32>,
    /// Form numbers by item, in the order in which they were given.
    pub forms: Vec<u32>,
}

impl PackedColumn {
    /// Packs the forms of items of these classes; `forms` holds (item, symbols) by ascending
    /// item, fewer than 2^32 of them and none longer than 255. Empty forms are left out.
    pub fn pack<'f>(classes: &ClassSets, forms: impl Iterator<Item = (u32, &'f [u8])> + Clone) -> Self {
        let forms = forms.filter(|(_, symbols)| !symbols.is_empty());
        // By length, classes, first, last and second symbol, then as they were given: what is behind the sort's key is the
        // form.
        let key = |(given, (item, symbols)): (u32, (u32, &[u8]))| {
            let at = |symbol: Option<&u8>| u64::from(symbol.copied().unwrap_or_default());
            let ends = at(symbols.first()) << 16 | at(symbols.last()) << 8 | at(symbols.get(1));
            ((symbols.len() as u64) << 56 | u64::from(classes.set_of[item as usize]) << 24 | ends, given)
        };
        let mut order: Vec<(u64, u32)> = (0..).zip(forms.clone()).map(key).collect();
        order.par_sort_unstable();
        let mut column = Self::default();
        let mut number_of = vec![0_u32; order.len()];
        let mut row_count = 0;
        for (number, &(key, given)) in (0_u32..).zip(&order) {
            number_of[given as usize] = number;
            let length = (key >> 56) as u32;
            if column.groups.last().is_none_or(|group| group.length != length) {
                let first_block = column.block_classes.len() as u32;
                column.groups.push(Group { length, first_form: number, form_count: 0, first_block, first_row: row_count as u64 });
            }
            let group = column.groups.last_mut().expect("one was just pushed");
            if (group.form_count as usize).is_multiple_of(LANES) {
                column.block_classes.push(0);
                row_count += length as usize;
            }
            group.form_count += 1;
            *column.block_classes.last_mut().expect("one was just pushed") |= classes.sets[(key >> 24 & u64::from(u32::MAX)) as usize];
        }
        drop(order);
        column.end_sets = vec![[0; 2]; column.block_classes.len()];
        column.rows = vec![[0; LANES]; row_count];
        column.items = vec![0; number_of.len()];
        column.form_starts = Vec::with_capacity(classes.set_of.len() + 1);
        column.form_starts.push(0);
        for (given, (item, symbols)) in forms.enumerate() {
            while column.form_starts.len() <= item as usize {
                column.form_starts.push(given as u32);
            }
            let form = number_of[given];
            let group = column.groups[column.groups.partition_point(|group| group.first_form <= form) - 1];
            let (block, lane) = group.place_of(form);
            let rows = &mut column.rows[group.first_row_of(block)..];
            rows.iter_mut().zip(symbols).for_each(|(row, &symbol)| row[lane] = symbol);
            let ends = [symbols[0], symbols[symbols.len() - 1]];
            column.end_sets[block].iter_mut().zip(ends).for_each(|(set, symbol)| *set |= 1 << (symbol & 31));
            column.items[form as usize] = item;
        }
        column.form_starts.resize(classes.set_of.len() + 1, number_of.len() as u32);
        column.forms = number_of;
        column
    }

    /// The column as the scan reads it.
    pub fn as_column(&self) -> Column<'_> {
        Column { groups: &self.groups, end_sets: &self.end_sets, rows: &self.rows, items: &self.items }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Every form comes back as it was packed, under the item that it was given for, and its block
        /// knows the item's classes.
        #[test]
        fn packing_loses_nothing(
            items in proptest::collection::vec((proptest::collection::vec(proptest::collection::vec(1_u8..64, 0..40), 0..4), 0_u64..6), 0..120),
        ) {
            let forms = items.iter().enumerate().flat_map(|(item, (forms, _))| forms.iter().map(move |form| (item as u32, form.as_slice())));
            let classes: Vec<ClassBits> = items.iter().map(|(_, classes)| *classes).collect();
            let packed = PackedColumn::pack(&ClassSets::new(&classes), forms);
            let mut buffer = [0; 64];
            for (item, (forms, classes)) in items.iter().enumerate() {
                let numbers = &packed.forms[packed.form_starts[item] as usize..packed.form_starts[item + 1] as usize];
                let kept: Vec<&Vec<u8>> = forms.iter().filter(|form| !form.is_empty()).collect();
                prop_assert_eq!(numbers.len(), kept.len());
                for (&number, form) in numbers.iter().zip(kept) {
                    let column = packed.as_column();
                    prop_assert_eq!(column.read_form(number, &mut buffer), form.as_slice());
                    prop_assert_eq!(packed.items[number as usize], item as u32);
                    let group = column.groups.iter().rev().find(|group| group.first_form <= number).expect("a group");
                    let block = group.first_block as usize + (number - group.first_form) as usize / LANES;
                    prop_assert_eq!(packed.block_classes[block] & classes, *classes);
                }
            }
            let blocks: usize = packed.groups.iter().map(Column::block_count).sum();
            prop_assert_eq!(packed.block_classes.len(), blocks);
        }
    }
}
