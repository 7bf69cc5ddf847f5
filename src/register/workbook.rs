//! A sheet of a workbook: XLSX, XLS or ODS.

use super::archive::Seekable;
use super::reader::Reader;
use crate::{Error, Result};

/// Reads the sheet of this name, or the first that holds a table.
pub(crate) fn open(_file: Seekable, name: &str, _sheet: Option<&str>) -> Result<Box<dyn Reader>> {
    Err(Error::input(format!("{name}: this format can't be read yet")))
}
