//! stub: replaced by the module of that name when it lands.
#![allow(missing_docs)]
use crate::index::Index;
use crate::{Error, Result};
use std::path::Path;
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum QueryClasses {
    #[default]
    Later,
    None,
}
#[derive(Clone, Copy, Debug, Default)]
pub struct EvaluateConfig {
    pub classes: QueryClasses,
}
#[derive(serde::Serialize)]
pub struct Report {}
impl std::fmt::Display for Report {
    fn fmt(&self, _: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        Ok(())
    }
}
pub fn evaluate(_index: &Index, _pairs: &Path, _config: &EvaluateConfig, _progress: &(dyn Fn(u64, u64) + Sync)) -> Result<Report> {
    Err(Error::new(crate::ErrorKind::Internal, "stub"))
}
