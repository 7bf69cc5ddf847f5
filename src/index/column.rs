//! Packed columns: strings of equal length stand in blocks, letter by letter.
//!
//! A *form* is one spelling or reading of an item (a word of the dictionary, or the whole
//! name of a mark). Forms of one length make a group; a group is cut into blocks of
//! [`LANES`] forms; a block holds the first symbol of all its forms, then the second, and so
//! on. So a kernel reads one symbol of 32 forms at once, and the same symbol table serves
//! them all. The last block of a group is padded with 0, which matches nothing.

use std::ops::Range;

use bytemuck::{Pod, Zeroable};

/// Forms in a block: as many 16-bit lanes as a 512-bit register has.
pub const LANES: usize = 32;

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
    reserved: u32,
    /// Where the group's blocks begin among the column's symbols.
    pub offset: u64,
}

/// A packed column, borrowed from a sheet.
#[derive(Clone, Copy)]
pub struct Column<'a> {
    /// Groups by ascending length.
    pub groups: &'a [Group],
    /// All blocks.
    pub symbols: &'a [u8],
    /// The item that each form belongs to.
    pub items: &'a [u32],
}

impl Column<'_> {
    /// The symbols of block `block` of `group`: `group.length` rows of [`LANES`].
    pub fn blocks(&self, group: &Group, blocks: Range<usize>) -> &[u8] {
        let size = group.length as usize * LANES;
        let start = group.offset as usize;
        &self.symbols[start + blocks.start * size..start + blocks.end * size]
    }

    /// Reads the symbols of a form into `buffer`, and gives them back.
    pub fn read_form<'b>(&self, form: u32, buffer: &'b mut [u8]) -> &'b [u8] {
        self.read_form_of(&self.groups[self.groups.partition_point(|group| group.first_form <= form) - 1], form, buffer)
    }

    /// The same for a form whose group is known.
    pub fn read_form_of<'b>(&self, group: &Group, form: u32, buffer: &'b mut [u8]) -> &'b [u8] {
        let length = group.length as usize;
        let place = (form - group.first_form) as usize;
        let start = group.offset as usize + (place / LANES) * length * LANES + place % LANES;
        let symbols = self.symbols[start..].iter().step_by(LANES);
        buffer[..length].iter_mut().zip(symbols).for_each(|(into, symbol)| *into = *symbol);
        &buffer[..length]
    }
}

/// A column under construction, and which forms each item has.
#[derive(Default)]
pub struct PackedColumn {
    /// Groups by ascending length.
    pub groups: Vec<Group>,
    /// All blocks.
    pub symbols: Vec<u8>,
    /// The item that each form belongs to.
    pub items: Vec<u32>,
    /// `form_starts[item]..form_starts[item + 1]` are the item's entries in `forms`.
    pub form_starts: Vec<u32>,
    /// Form numbers by item, in the order in which they were given.
    pub forms: Vec<u32>,
}

impl PackedColumn {
    /// Packs the forms of `item_count` items; `forms` holds (item, symbols) by ascending item.
    /// Empty forms are left out.
    pub fn pack<'f>(item_count: usize, forms: impl Iterator<Item = (u32, &'f [u8])> + Clone) -> Self {
        let mut longest = 0;
        for (_, symbols) in forms.clone() {
            longest = longest.max(symbols.len());
        }
        let mut counts = vec![0_u32; longest + 1];
        for (_, symbols) in forms.clone() {
            counts[symbols.len()] += 1;
        }
        counts[0] = 0;
        let mut column = Self::default();
        let mut group_of_length = vec![usize::MAX; longest + 1];
        let (mut first_form, mut offset) = (0_u32, 0_u64);
        for (length, &form_count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
            group_of_length[length] = column.groups.len();
            column.groups.push(Group { length: length as u32, first_form, form_count, reserved: 0, offset });
            first_form += form_count;
            offset += (form_count as usize).div_ceil(LANES) as u64 * (length * LANES) as u64;
        }
        column.symbols = vec![0; offset as usize];
        column.items = vec![0; first_form as usize];
        column.form_starts = Vec::with_capacity(item_count + 1);
        column.forms = Vec::with_capacity(first_form as usize);
        let mut filled = vec![0_u32; column.groups.len()];
        column.form_starts.push(0);
        for (item, symbols) in forms.filter(|(_, symbols)| !symbols.is_empty()) {
            while column.form_starts.len() <= item as usize {
                column.form_starts.push(column.forms.len() as u32);
            }
            let at = group_of_length[symbols.len()];
            let group = column.groups[at];
            let place = filled[at] as usize;
            filled[at] += 1;
            let start = group.offset as usize + (place / LANES) * symbols.len() * LANES + place % LANES;
            for (row, &symbol) in symbols.iter().enumerate() {
                column.symbols[start + row * LANES] = symbol;
            }
            let form = group.first_form + place as u32;
            column.items[form as usize] = item;
            column.forms.push(form);
        }
        while column.form_starts.len() <= item_count {
            column.form_starts.push(column.forms.len() as u32);
        }
        column
    }

    /// The column as the scan reads it.
    pub fn as_column(&self) -> Column<'_> {
        Column { groups: &self.groups, symbols: &self.symbols, items: &self.items }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Every form comes back as it was packed, under the item that it was given for.
        #[test]
        fn packing_loses_nothing(items in proptest::collection::vec(proptest::collection::vec(proptest::collection::vec(1_u8..64, 0..40), 0..4), 0..120)) {
            let forms = items.iter().enumerate().flat_map(|(item, forms)| forms.iter().map(move |form| (item as u32, form.as_slice())));
            let packed = PackedColumn::pack(items.len(), forms);
            let mut buffer = [0; 64];
            for (item, forms) in items.iter().enumerate() {
                let numbers = &packed.forms[packed.form_starts[item] as usize..packed.form_starts[item + 1] as usize];
                let kept: Vec<&Vec<u8>> = forms.iter().filter(|form| !form.is_empty()).collect();
                prop_assert_eq!(numbers.len(), kept.len());
                for (&number, form) in numbers.iter().zip(kept) {
                    let column = packed.as_column();
                    prop_assert_eq!(column.read_form(number, &mut buffer), form.as_slice());
                    prop_assert_eq!(packed.items[number as usize], item as u32);
                }
            }
        }
    }
}
