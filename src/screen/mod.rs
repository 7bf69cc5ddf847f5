//! stub
pub mod list;
use crate::index::Index;
use crate::mark::NiceClasses;
use crate::score::Language;
use crate::{Result};
use jiff::civil::Date;
/// One row of a list: `name` and what else the list says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry { /// 1-based line (or row) of the file
 pub line: u64, pub id: Option<String>, pub name: String, pub classes: NiceClasses, pub goods: Option<String>, pub owner: Option<String>, pub group: Option<String> }
/// A row of a list that could not be read: it gets its line in the output too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadEntry { pub line: u64, pub field: Option<String>, pub reason: String, pub name: Option<String>, pub id: Option<String> }
/// How to screen.
pub struct ScreenConfig { pub limit: usize, pub min_score: Option<f64>, pub today: Date, pub language: Language }
/// The answer to one row, in the shape that files and the service give (see `view::ScreenedRow`).
pub struct Outcome {}
/// Screens a list against the register and against itself; calls `each` in input order, from the calling thread; `progress(done)` from any.
pub fn screen(_index: &Index, _rows: &[std::result::Result<Entry, BadEntry>], _config: &ScreenConfig, _progress: &(dyn Fn(u64) + Sync), _each: &mut dyn FnMut(Outcome) -> Result<()>) -> Result<()> { Ok(()) }
