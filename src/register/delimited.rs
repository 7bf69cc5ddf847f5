//! CSV and TSV in the native layout.

use super::columns::{Column, Columns};
use super::framing::{Framed, Framing, Records};
use super::reader::{Mapped, Reader, row_or_part};
use super::{Input, Row};
use crate::Result;

/// The rows of a CSV or TSV file.
pub(crate) struct DelimitedReader {
    records: Records,
    columns: Columns,
    warnings: Vec<String>,
}

impl DelimitedReader {
    /// Reads the header, behind `skipped_lines`.
    pub(crate) fn new(input: Input, delimiter: u8, skipped_lines: u64) -> Result<Self> {
        let name = input.name().to_owned();
        let mut records = Records::new(input, Framing::Delimited(delimiter));
        records.skip_lines(skipped_lines)?;
        let mut warnings = Vec::new();
        let columns = Columns::read(&mut records, &name, &mut warnings)?;
        Ok(Self { records, columns, warnings })
    }
}

#[cfg(test)]
impl DelimitedReader {
    /// What is read.
    pub(crate) fn input(&self) -> &Input {
        self.records.input()
    }
}

impl Reader for DelimitedReader {
    fn next_row(&mut self) -> Result<Option<Row>> {
        let row = self.records.next_record()?.map(|framed| match framed {
            Framed::Record(record) => row_or_part(record.line, self.columns.mark(&record), record.bytes, self.columns.has_parts()),
            Framed::Broken { line, fault, raw } => Row::rejected(line, fault, raw),
        });
        Ok(row)
    }

    fn warnings(&self) -> &[String] {
        &self.warnings
    }

    fn mapping(&self) -> Vec<Mapped> {
        self.columns.mapping().map(|(header, column)| Mapped::new(header, column.map(Column::as_str))).collect()
    }
}
