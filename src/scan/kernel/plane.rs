//! One bit of each form of several blocks, in one machine word or vector register.
//!
//! There are indices where there could be iterators: a call that the compiler does not inline is made for each row,
//! and knows nothing of the vectors that the rest is compiled for.
#![expect(clippy::needless_range_loop, reason = "see above")]

use crate::index::column::{Blocks, EndSets, PLANES, Row};

/// Blocks that are read at once, at most: as many as the widest register has room for.
pub(super) const MOST_BLOCKS: usize = 16;

/// Blocks of one length that are read at once.
pub(super) struct Batch<'r> {
    rows: &'r [Row],
    /// Where the rows of each block begin; all of them are among `rows`.
    firsts: [usize; MOST_BLOCKS],
    length: usize,
}

impl<'r> Batch<'r> {
    /// Of the blocks at some places, at least one and at most [`MOST_BLOCKS`]; the first stands in the places that are
    /// left over.
    ///
    /// # Panics
    /// Where there is no such block.
    #[inline(always)]
    pub(super) fn new(blocks: Blocks<'r>, places: &[u32]) -> Self {
        let mut firsts = [places[0] as usize * blocks.length; MOST_BLOCKS];
        for at in 0..places.len() {
            assert!((places[at] as usize) < blocks.count(), "a block of the run");
            firsts[at] = places[at] as usize * blocks.length;
        }
        assert!(blocks.rows.len() == blocks.count() * blocks.length, "the rows of all blocks");
        Self { rows: blocks.rows, firsts, length: blocks.length }
    }

    /// Symbols of each form.
    #[inline(always)]
    pub(super) fn length(&self) -> usize {
        self.length
    }

    /// The row of a block.
    #[inline(always)]
    fn row(&self, block: usize, at: usize) -> &'r Row {
        assert!(at < self.length, "a row of the blocks");
        &self.rows[self.firsts[block] + at]
    }

    /// Gives the rows of the blocks at a place: pointers to rows that are there.
    ///
    /// # Panics
    /// Where the blocks have no such row.
    #[inline(always)]
    pub(super) fn rows(&self, at: usize) -> impl Fn(usize) -> *const Row {
        // One look for all of them: they are of one length.
        assert!(at < self.length, "a row of the blocks");
        let rows = self.rows.as_ptr().wrapping_add(at);
        move |block| rows.wrapping_add(self.firsts[block])
    }
}

/// One bit of each form of as many blocks as there is room for.
///
/// What is generic over planes is `inline(always)`, so that it is compiled with what the machine has: left to itself
/// the compiler makes calls of single instructions. For the same reason no closure there takes or gives a plane.
pub(super) trait Plane: Copy {
    /// Blocks that there is room for, no more than [`MOST_BLOCKS`].
    const BLOCKS: usize;

    /// No bit set.
    fn none() -> Self;
    /// Every bit set.
    fn all() -> Self;
    fn and(self, other: Self) -> Self;
    fn or(self, other: Self) -> Self;
    fn xor(self, other: Self) -> Self;
    /// The bits that the other has not.
    fn without(self, other: Self) -> Self;
    /// The planes of the rows of a batch at a place.
    ///
    /// # Panics
    /// Where the blocks have no such row.
    fn gather(batch: &Batch<'_>, at: usize) -> [Self; PLANES];
    /// By block, the bits of its forms.
    fn by_block(self) -> [u32; MOST_BLOCKS];
    fn is_none(self) -> bool;
    /// Has the memory of a block brought into the cache.
    fn ask_for(_block: &[Row]) {}

    /// Of at most 64 blocks those that have one of `kinds` first, and those that have one last: a bit each.
    #[inline(always)]
    fn meeting(end_sets: &[EndSets], kinds: EndSets) -> [u64; 2] {
        meeting_from(0, end_sets, kinds)
    }

    /// Of at most 64 levels those that are `level`, a bit each.
    #[inline(always)]
    fn equal(levels: &[u8], level: u8) -> u64 {
        equal_from(0, levels, level)
    }
}

/// [`Plane::meeting`] for the blocks from `first` on; 0 for others.
#[inline(always)]
pub(super) fn meeting_from(first: usize, end_sets: &[EndSets], kinds: EndSets) -> [u64; 2] {
    let mut meeting = [0; 2];
    for at in first..end_sets.len() {
        for end in 0..2 {
            meeting[end] |= u64::from(end_sets[at][end] & kinds[end] != 0) << at;
        }
    }
    meeting
}

/// [`Plane::equal`] for the levels from `first` on; 0 for others.
#[inline(always)]
pub(super) fn equal_from(first: usize, levels: &[u8], level: u8) -> u64 {
    let mut equal = 0;
    for at in first..levels.len() {
        equal |= u64::from(levels[at] == level) << at;
    }
    equal
}

/// The logic of [`Plane`] out of a vector's instructions.
///
/// A plane of vectors is made nowhere but on the path that is for machines which have the instructions.
#[cfg(target_arch = "x86_64")]
macro_rules! vector_logic {
    (none: $none:expr, all: $all:expr, and: $and:ident, or: $or:ident, xor: $xor:ident, and_not: $and_not:ident) => {
        #[inline(always)]
        fn none() -> Self {
            // SAFETY: the machine has what the path is for; so in all of this.
            Self(unsafe { $none })
        }

        #[inline(always)]
        fn all() -> Self {
            // SAFETY: see `none`.
            Self(unsafe { $all })
        }

        #[inline(always)]
        fn and(self, other: Self) -> Self {
            // SAFETY: see `none`.
            Self(unsafe { $and(self.0, other.0) })
        }

        #[inline(always)]
        fn or(self, other: Self) -> Self {
            // SAFETY: see `none`.
            Self(unsafe { $or(self.0, other.0) })
        }

        #[inline(always)]
        fn xor(self, other: Self) -> Self {
            // SAFETY: see `none`.
            Self(unsafe { $xor(self.0, other.0) })
        }

        #[inline(always)]
        fn without(self, other: Self) -> Self {
            // SAFETY: see `none`.
            Self(unsafe { $and_not(other.0, self.0) })
        }
    };
}

#[cfg(target_arch = "x86_64")]
pub(super) use vector_logic;

/// Where the machine has no vectors that are known here.
impl Plane for u64 {
    const BLOCKS: usize = 2;

    #[inline(always)]
    fn none() -> Self {
        0
    }

    #[inline(always)]
    fn all() -> Self {
        Self::MAX
    }

    #[inline(always)]
    fn and(self, other: Self) -> Self {
        self & other
    }

    #[inline(always)]
    fn or(self, other: Self) -> Self {
        self | other
    }

    #[inline(always)]
    fn xor(self, other: Self) -> Self {
        self ^ other
    }

    #[inline(always)]
    fn without(self, other: Self) -> Self {
        self & !other
    }

    #[inline(always)]
    fn gather(batch: &Batch<'_>, at: usize) -> [Self; PLANES] {
        let (first, second) = (batch.row(0, at), batch.row(1, at));
        std::array::from_fn(|plane| Self::from(first[plane]) | Self::from(second[plane]) << u32::BITS)
    }

    #[inline(always)]
    fn by_block(self) -> [u32; MOST_BLOCKS] {
        let mut blocks = [0; MOST_BLOCKS];
        (blocks[0], blocks[1]) = (self as u32, (self >> u32::BITS) as u32);
        blocks
    }

    #[inline(always)]
    fn is_none(self) -> bool {
        self == 0
    }
}

#[cfg(test)]
impl Plane for [u32; MOST_BLOCKS] {
    const BLOCKS: usize = MOST_BLOCKS;

    fn none() -> Self {
        [0; MOST_BLOCKS]
    }

    fn all() -> Self {
        [u32::MAX; MOST_BLOCKS]
    }

    fn and(self, other: Self) -> Self {
        std::array::from_fn(|block| self[block] & other[block])
    }

    fn or(self, other: Self) -> Self {
        std::array::from_fn(|block| self[block] | other[block])
    }

    fn xor(self, other: Self) -> Self {
        std::array::from_fn(|block| self[block] ^ other[block])
    }

    fn without(self, other: Self) -> Self {
        std::array::from_fn(|block| self[block] & !other[block])
    }

    fn gather(batch: &Batch<'_>, at: usize) -> [Self; PLANES] {
        std::array::from_fn(|plane| std::array::from_fn(|block| batch.row(block, at)[plane]))
    }

    fn by_block(self) -> [u32; MOST_BLOCKS] {
        self
    }

    fn is_none(self) -> bool {
        self == [0; MOST_BLOCKS]
    }
}
