//! Berita Resmi Merek, the Indonesian office's weekly gazette: pending marks, from its PDF.

use super::archive::Seekable;
use super::reader::Reader;
use crate::{Error, Result};

/// Reads a gazette.
pub(crate) fn open(_file: Seekable, name: &str) -> Result<Box<dyn Reader>> {
    Err(Error::input(format!("{name}: this format can't be read yet")))
}
