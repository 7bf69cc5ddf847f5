//! TMview's rows: JSON, one object a row, of many offices.

use super::Input;
use super::reader::Reader;
use crate::{Error, Result};

/// True where the beginning of a JSON text is that of TMview's rows.
pub(crate) fn is_like(_window: &[u8]) -> bool {
    false
}

/// Reads rows: JSON Lines, or an array of them.
pub(crate) fn open(input: Input) -> Result<Box<dyn Reader>> {
    Err(Error::input(format!("{}: this format can't be read yet", input.name())))
}
