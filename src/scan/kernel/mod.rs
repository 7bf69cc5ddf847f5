//! The inner loop: one, for words or vector registers of any width.
//!
//! Contract: of a run of blocks of one length, find every form whose common length with the pattern reaches what the
//! run needs for its level and ends. All paths give the same answers; a property test holds them together.

#[cfg(target_arch = "x86_64")]
mod avx2;
#[cfg(target_arch = "x86_64")]
mod avx512;
mod demand;
mod plane;
mod read;

use std::sync::LazyLock;

use super::ENDS;
use super::pattern::Pattern;
use crate::index::column::Blocks;

/// Which path runs. Chosen once a process; tests run them all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Path {
    Portable,
    /// As many blocks at once as AVX-512, in plain words: so that machines without it test what that path shares.
    #[cfg(test)]
    Wide,
    #[cfg(target_arch = "x86_64")]
    Avx2,
    #[cfg(target_arch = "x86_64")]
    Avx512,
}

impl Path {
    /// Every path that was built, the fastest last.
    pub(super) const ALL: &[Self] = &[
        #[cfg(test)]
        Self::Wide,
        Self::Portable,
        #[cfg(target_arch = "x86_64")]
        Self::Avx2,
        #[cfg(target_arch = "x86_64")]
        Self::Avx512,
    ];

    /// The fastest path of this machine.
    pub(super) fn fastest() -> Self {
        *Self::available().last().expect("the portable path is always there")
    }

    /// Every path of this machine, the fastest last.
    pub(super) fn available() -> &'static [Self] {
        static AVAILABLE: LazyLock<Vec<Path>> = LazyLock::new(|| Path::ALL.iter().copied().filter(|path| path.is_available()).collect());
        &AVAILABLE
    }

    fn is_available(self) -> bool {
        match self {
            Self::Portable => true,
            #[cfg(test)]
            Self::Wide => true,
            #[cfg(target_arch = "x86_64")]
            Self::Avx2 => std::arch::is_x86_feature_detected!("avx2"),
            #[cfg(target_arch = "x86_64")]
            Self::Avx512 => std::arch::is_x86_feature_detected!("avx512f"),
        }
    }
}

/// Blocks of one length.
pub(super) struct Run<'r> {
    /// The blocks.
    pub blocks: Blocks<'r>,
    /// By block, its level; see [`crate::scan::Needs`].
    pub levels: Option<&'r [u8]>,
    /// By level, what forms need by their ends; see [`crate::scan::Needed`].
    pub needed: Vec<&'r [u8; ENDS]>,
}

impl Run<'_> {
    /// The level of a block.
    #[inline]
    pub(super) fn level(&self, block: usize) -> u8 {
        self.levels.map_or(0, |levels| levels[block])
    }
}

/// Adds the places in the run of all forms that reach what it needs, in their order.
pub(super) fn scan(path: Path, run: &Run<'_>, pattern: &Pattern, reached: &mut Vec<u32>) {
    let first = reached.len();
    match path {
        Path::Portable => read::scan::<u64>(run, pattern, reached),
        #[cfg(test)]
        Path::Wide => read::scan::<[u32; plane::MOST_BLOCKS]>(run, pattern, reached),
        #[cfg(target_arch = "x86_64")]
        Path::Avx2 => avx2::scan(run, pattern, reached),
        #[cfg(target_arch = "x86_64")]
        Path::Avx512 => avx512::scan(run, pattern, reached),
    }
    reached[first..].sort_unstable();
}
