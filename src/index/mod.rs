//! stub
use std::path::{Path, PathBuf};
use jiff::civil::Date;
use crate::mark::Mark;
use crate::{Error, Result};

/// An open register. Cheap to clone; a clone sees the same committed state for ever.
#[derive(Clone)]
pub struct Index {}
impl Index {
    /// Opens the register in the folder `path`.
    pub fn open(_path: &Path) -> Result<Self> { Err(Error::new(crate::ErrorKind::Internal, "stub")) }
    /// The register that is built into the program.
    pub fn starter() -> Result<Self> { Err(Error::new(crate::ErrorKind::Internal, "stub")) }
    /// `starter`, or the folder's name.
    pub fn name(&self) -> &str { "" }
    /// The folder; none for the starter register.
    pub fn path(&self) -> Option<&Path> { None }
    /// Marks it holds.
    pub fn marks(&self) -> u64 { 0 }
    /// Marks that have a word to compare.
    pub fn compared(&self) -> u64 { 0 }
    /// Date of the data.
    pub fn data_as_of(&self) -> Option<Date> { None }
    /// Fingerprint of the content, hexadecimal.
    pub fn digest(&self) -> String { String::new() }
    /// One mark by its id.
    pub fn mark(&self, _id: &str) -> Result<Option<Mark>> { Ok(None) }
    /// Counts.
    pub fn stats(&self) -> Result<Stats> { Ok(Stats::default()) }
    /// True where a later commit than the one this index sees has been finished in its folder.
    pub fn is_outdated(&self) -> Result<bool> { Ok(false) }
}
/// Counts of a register.
#[derive(Clone, Debug, Default)]
pub struct Stats {
    pub by_status: Vec<(String, u64)>, pub by_kind: Vec<(String, u64)>, pub by_class: Vec<(String, u64)>, pub by_source: Vec<(String, u64)>,
    pub without_words: u64, pub size_bytes: Option<u64>,
}
/// Writes to a register folder: creates or extends it. Holds the register's lock while it lives.
pub struct Writer {}
/// What a finished import did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Imported { pub kept: u64, pub replaced: u64 }
impl Writer {
    /// Takes the lock, creates the folder where it is absent. `ErrorKind::Locked` names the holder.
    pub fn open(_path: &Path) -> Result<Self> { Err(Error::new(crate::ErrorKind::Internal, "stub")) }
    /// Adds or replaces (same id) a mark.
    pub fn add(&mut self, _mark: &Mark) -> Result<()> { Ok(()) }
    /// Makes everything added visible at once and durable; nothing is visible before. `progress(done, total)` reports the building of sheets.
    pub fn commit(self, _data_as_of: Option<Date>, _progress: &(dyn Fn(u64, u64) + Sync)) -> Result<Imported> { Ok(Imported::default()) }
    /// stub
    pub fn abandon(self) {}
    /// The folder.
    pub fn path(&self) -> PathBuf { PathBuf::new() }
}
