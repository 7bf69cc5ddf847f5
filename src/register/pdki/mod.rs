//! The Indonesian register (Pangkalan Data Kekayaan Intelektual): its search answers as a user saves them,
//! and tables that others made from them.

use super::Input;
use super::reader::Reader;
use crate::{Error, Result};

/// True where the beginning of a JSON text is that of the register's answers, in whatever envelope.
pub(crate) fn is_like_json(_window: &[u8]) -> bool {
    false
}

/// True where a header is that of a table made from the register's answers.
pub(crate) fn is_like_header(_header: &[String]) -> bool {
    false
}

/// Reads answers: one, an array of them, or JSON Lines of hits or of their `_source`.
pub(crate) fn open_json(input: Input) -> Result<Box<dyn Reader>> {
    Err(Error::input(format!("{}: this format can't be read yet", input.name())))
}

/// Reads a table.
pub(crate) fn open_table(input: Input, _delimiter: u8, _skipped_lines: u64) -> Result<Box<dyn Reader>> {
    Err(Error::input(format!("{}: this format can't be read yet", input.name())))
}
