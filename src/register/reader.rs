//! What every format gives: rows, one after the other, and what there is to say of the file.

use jiff::civil::Date;

use super::{Fault, Row};
use crate::Result;
use crate::mark::Mark;

/// Reads the rows of one file, or of one member of an archive, in constant memory.
pub(crate) trait Reader: Send {
    /// The next row, in file order; `None` at the end. Nothing is asked for after the end or a failure.
    ///
    /// A record that can't be read is a [`Row::Rejected`]; one that is no mark at all (a header, an answer's
    /// envelope) is passed over.
    ///
    /// # Errors
    /// Where the rest of the file can't be read.
    fn next_row(&mut self) -> Result<Option<Row>>;

    /// What is left out of the file, and what was taken for granted, each said once; as far as it was read.
    fn warnings(&self) -> &[String] {
        &[]
    }

    /// The fields that the file has, and what becomes of them; as far as it was read.
    fn mapping(&self) -> Vec<Mapped> {
        Vec::new()
    }

    /// The date of the data, where the file says it; as far as it was read.
    fn data_date(&self) -> Option<Date> {
        None
    }
}

/// A field of a file, and which of ours it becomes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mapped {
    /// As the file has it: a header, a key, the path of an element.
    pub field: String,
    /// Our word for it (`name`, `classes`, …); none where it is left out.
    pub column: Option<&'static str>,
}

impl Mapped {
    /// `field` becomes `column`.
    pub(crate) fn new(field: impl Into<String>, column: impl Into<Option<&'static str>>) -> Self {
        Self { field: field.into(), column: column.into() }
    }
}

/// What reading a record led to, with where it stood, as a [`Row`].
pub(crate) fn row(line: u64, read: Result<Mark, Fault>, raw: &[u8]) -> Row {
    match read {
        Ok(mark) => Row::Mark(mark),
        Err(fault) => Row::rejected(line, fault, raw),
    }
}

/// As [`row`]; where rows of one id make one mark, a part of it.
pub(crate) fn row_or_part(line: u64, read: Result<Mark, Fault>, raw: &[u8], is_part: bool) -> Row {
    match row(line, read, raw) {
        Row::Mark(mark) if is_part => Row::Part(mark),
        row => row,
    }
}
