//! The alphabet of sounds.

/// A sound. At most 31 of them, so that a table over all of them fits a vector register.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Phoneme(u8);
