//! stub: replaced by the module of that name when it lands.
#![allow(missing_docs)]
use crate::mark::Mark;
use crate::{Error, Result};
use std::path::Path;
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    #[default]
    Auto,
    Csv,
    Tsv,
    Jsonl,
}
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejection {
    pub line: u64,
    pub field: Option<String>,
    pub reason: String,
    pub raw: String,
}
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Row {
    Mark(Mark),
    Rejected(Rejection),
}
pub struct Rows {}
impl Rows {
    pub fn bytes_read(&self) -> u64 {
        0
    }
    pub fn total_bytes(&self) -> Option<u64> {
        None
    }
    pub fn warnings(&self) -> &[String] {
        &[]
    }
}
impl Iterator for Rows {
    type Item = Result<Row>;
    fn next(&mut self) -> Option<Result<Row>> {
        None
    }
}
pub fn open(_path: &Path, _format: Format) -> Result<Rows> {
    Err(Error::new(crate::ErrorKind::Internal, "stub"))
}
