//! stub: replaced by the module of that name when it lands.
use super::ScreenedRow;
use crate::{Error, Result};
use std::path::Path;
/// stub
pub struct RowWriter {}
impl RowWriter {
    /// stub
    pub fn create(_path: &Path) -> Result<Self> {
        Err(Error::new(crate::ErrorKind::Internal, "stub"))
    }
    /// stub
    pub fn write(&mut self, _row: &ScreenedRow) -> Result<()> {
        Ok(())
    }
    /// stub
    pub fn finish(self) -> Result<()> {
        Ok(())
    }
}
