//! Packed columns: strings of equal length stand in blocks, symbol by symbol and bit by bit.
//!
//! A *form* is one spelling or reading of an item (a word of the dictionary, or the whole
//! name of a mark). Forms of one length make a group; a group is cut into blocks of
//! [`LANES`] forms; a block holds the first symbol of all its forms, then the second, and so
//! on: a *row* each. A row holds the kinds of its symbols, the low four bits of their codes, as four *planes*: the
//! lowest bit of all forms, then the next. So a kernel takes one step of logic for the forms of many blocks at once,
//! and half the memory that symbols in bytes would fill. The last block of a group is padded with kind 0, which matches
//! nothing.
//!
//! What a code has beyond its kind, two bits, stands apart, form by form: it is read of the few forms that a scan
//! finds.
//!
//! Within a group the forms of whole names stand by the classes of their marks, so that most blocks are of marks for
//! like goods: a search passes over blocks of goods too far off to matter. Behind that all forms stand by the kinds of
//! their ends: forms of a block have like ends, and most blocks are told by the sets of their first and last kinds,
//! four bytes a block, before their rows are read.

use std::ops::Range;

use bytemuck::{Pod, Zeroable};
use rayon::prelude::*;

use crate::mark::NiceClasses;

/// Forms in a block: one bit of each is a machine word.
pub const LANES: usize = 32;

/// Bits of a code that are its kind.
pub const PLANES: usize = 4;

/// The kinds of one symbol of each form of a block: a plane for each bit, in which each form has a bit.
pub type Row = [u32; PLANES];

/// The kind of a symbol.
pub fn kind(symbol: u8) -> u8 {
    symbol & ((1 << PLANES) - 1)
}

/// Symbols whose variants, what their codes have beyond the kind, share a byte.
const VARIANTS_OF_BYTE: usize = 4;

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
    /// Where the variants of the group's forms begin.
    pub first_variants: u64,
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

    /// Bytes that the variants of a form take.
    fn variants_len(&self) -> usize {
        (self.length as usize).div_ceil(VARIANTS_OF_BYTE)
    }

    /// Where the variants of a form stand.
    fn variants_of(&self, form: u32) -> Range<usize> {
        let first = self.first_variants as usize + (form - self.first_form) as usize * self.variants_len();
        first..first + self.variants_len()
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
    /// The variants of all forms, each form in bytes of its own: two bits a symbol, the first symbol lowest.
    pub variants: &'a [u8],
    /// The item that each form belongs to.
    pub items: &'a [u32],
}

/// Which kinds of symbols the forms of a block begin with, and which they end with: a bit for each.
pub type EndSets = [u16; 2];

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
        let variants = &self.variants[group.variants_of(form)];
        // Whole bytes of variants first: their symbols are read without a look at where they end.
        let (symbols, last_symbols) = buffer[..length].as_chunks_mut::<VARIANTS_OF_BYTE>();
        let (rows, last_rows) = rows.as_chunks::<VARIANTS_OF_BYTE>();
        for at in 0..rows.len() {
            for place in 0..VARIANTS_OF_BYTE {
                symbols[at][place] = symbol_in(&rows[at][place], lane, variants[at], place);
            }
        }
        for place in 0..last_rows.len() {
            last_symbols[place] = symbol_in(&last_rows[place], lane, variants[rows.len()], place);
        }
        &buffer[..length]
    }

    /// Has the memory of forms of a group brought that [`Column::read_form_of`] reads and the scan has not, all at once
    /// and not one after the other.
    pub fn ask_for(&self, group: &Group, forms: impl Iterator<Item = u32>) {
        let first = |form| self.variants[group.variants_of(form).start];
        std::hint::black_box(forms.fold(0, |all, form| all ^ first(form)));
    }
}

/// The symbol of a form in a row, by the form's place in the block; `place` is that of its variant in a byte of these.
#[inline]
fn symbol_in(row: &Row, lane: usize, variants: u8, place: usize) -> u8 {
    // Two planes at once, each in half a word: their bits end up side by side.
    let two = |low: u32, high: u32| (u64::from(low) | u64::from(high) << u32::BITS) >> lane & (1 | 1 << u32::BITS);
    let planes = two(row[0], row[1]) | two(row[2], row[3]) << 2;
    (planes | planes >> (u32::BITS - 1)) as u8 & 15 | (variants >> (2 * place) & 3) << PLANES
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
    /// The variants of all forms.
    pub variants: Vec<u8>,
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
    /// item, fewer than 2^32 of them and none longer than 255, of codes below 64. Empty forms are left out.
    pub fn pack<'f>(classes: &ClassSets, forms: impl Iterator<Item = (u32, &'f [u8])> + Clone) -> Self {
        let forms = forms.filter(|(_, symbols)| !symbols.is_empty());
        // By length, classes, and the kinds of the symbols at the ends, outermost first; then as they were given: what is
        // behind the sort's key is the form.
        let key = |(given, (item, symbols)): (u32, (u32, &[u8]))| {
            let outer = symbols.iter().zip(symbols.iter().rev()).take(OUTER).enumerate();
            let ends = outer.fold(0, |ends, (place, (&first, &last))| {
                let pair = u64::from(kind(first)) << PLANES | u64::from(kind(last));
                ends | pair << (2 * PLANES * (OUTER - 1 - place))
            });
            ((symbols.len() as u64) << 56 | u64::from(classes.set_of[item as usize]) << 24 | ends, given)
        };
        let mut order: Vec<(u64, u32)> = (0..).zip(forms.clone()).map(key).collect();
        order.par_sort_unstable();
        let mut column = Self::default();
        let mut number_of = vec![0_u32; order.len()];
        let (mut row_count, mut variants_len) = (0, 0);
        for (number, &(key, given)) in (0_u32..).zip(&order) {
            number_of[given as usize] = number;
            let length = (key >> 56) as u32;
            if column.groups.last().is_none_or(|group| group.length != length) {
                let first_block = column.block_classes.len() as u32;
                let (first_row, first_variants) = (row_count as u64, variants_len as u64);
                column.groups.push(Group { length, first_form: number, form_count: 0, first_block, first_row, first_variants });
            }
            let group = column.groups.last_mut().expect("one was just pushed");
            if (group.form_count as usize).is_multiple_of(LANES) {
                column.block_classes.push(0);
                row_count += length as usize;
            }
            group.form_count += 1;
            variants_len += group.variants_len();
            *column.block_classes.last_mut().expect("one was just pushed") |= classes.sets[(key >> 24 & u64::from(u32::MAX)) as usize];
        }
        drop(order);
        column.end_sets = vec![[0; 2]; column.block_classes.len()];
        column.rows = vec![[0; PLANES]; row_count];
        column.variants = vec![0; variants_len];
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
            for (row, &symbol) in rows.iter_mut().zip(symbols) {
                (0..).zip(row).for_each(|(bit, plane)| *plane |= u32::from(symbol >> bit & 1) << lane);
            }
            let variants = &mut column.variants[group.variants_of(form)];
            for (variants, symbols) in variants.iter_mut().zip(symbols.chunks(VARIANTS_OF_BYTE)) {
                *variants = (0..).zip(symbols).fold(0, |all, (at, symbol)| all | symbol >> PLANES << (2 * at));
            }
            let ends = [symbols[0], symbols[symbols.len() - 1]];
            column.end_sets[block].iter_mut().zip(ends).for_each(|(set, symbol)| *set |= 1 << kind(symbol));
            column.items[form as usize] = item;
        }
        column.form_starts.resize(classes.set_of.len() + 1, number_of.len() as u32);
        column.forms = number_of;
        column
    }

    /// The column as the scan reads it.
    pub fn as_column(&self) -> Column<'_> {
        Column { groups: &self.groups, end_sets: &self.end_sets, rows: &self.rows, variants: &self.variants, items: &self.items }
    }
}

/// Symbols of each end by whose kinds forms stand.
const OUTER: usize = 3;

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
