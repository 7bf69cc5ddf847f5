//! Tables that were made from the register's answers: CSV and TSV with headers in the office's words.

use super::facts::Facts;
use super::fields::Field;
use crate::register::columns::{headers, listed};
use crate::register::framing::Record;
use crate::register::notes::Notes;
use crate::register::reader::{Mapped, Reader};
use crate::register::{Fault, Framed, Framing, Input, Records, Row};
use crate::{Error, Result};

/// The rows of a table.
pub(super) struct TableReader {
    records: Records,
    columns: Columns,
    notes: Notes,
}

/// Which column is which.
struct Columns {
    headers: Vec<String>,
    fields: Vec<(Field, usize)>,
    delimiter: u8,
}

impl TableReader {
    /// Reads the header, behind `skipped_lines`.
    ///
    /// # Errors
    /// Where it can't be read, or has no column of numbers or none of names.
    pub(super) fn new(input: Input, delimiter: u8, skipped_lines: u64) -> Result<Self> {
        let name = input.name().to_owned();
        let mut records = Records::new(input, Framing::Delimited(delimiter));
        records.skip_lines(skipped_lines)?;
        let headers = headers(&mut records, &name, "columns `nomor_permohonan` and `nama_merek`")?;
        records.set_max_fields(headers.len());
        let fields: Vec<(Field, usize)> =
            headers.iter().enumerate().filter_map(|(place, header)| Some((Field::of_header(header)?, place))).collect();
        for (field, column) in [(Field::Number, "nomor_permohonan"), (Field::Name, "nama_merek")] {
            if !fields.iter().any(|&(known, _)| known == field) {
                return Err(Error::input(format!("{name}: has no column `{column}`; its columns are {}", listed(&headers))));
            }
        }
        let mut notes = Notes::new(&name);
        for header in headers.iter().filter(|header| !header.is_empty() && Field::of_header(header).is_none()) {
            notes.say(&format!("column {header:?} is not known and is left out"));
        }
        Ok(Self { records, columns: Columns { headers, fields, delimiter }, notes })
    }
}

impl Reader for TableReader {
    fn next_row(&mut self) -> Result<Option<Row>> {
        let Some(framed) = self.records.next_record()? else {
            return Ok(None);
        };
        Ok(Some(match framed {
            Framed::Record(record) => self.columns.row(&record, &mut self.notes),
            // Where its fields end is not known: only the first is shown, lest an address be.
            Framed::Broken { line, fault, raw } => {
                Row::rejected(line, fault, raw.split(|&byte| byte == self.columns.delimiter).next().unwrap_or_default())
            }
        }))
    }

    fn warnings(&self) -> &[String] {
        self.notes.warnings()
    }

    fn mapping(&self) -> Vec<Mapped> {
        self.columns.headers.iter().map(|header| Mapped::new(header, Field::of_header(header).and_then(Field::column))).collect()
    }
}

impl Columns {
    fn row(&self, record: &Record<'_>, notes: &mut Notes) -> Row {
        let text = match record.text() {
            Ok(text) => text,
            Err(place) => {
                let field = self.headers.get(place).map_or("", String::as_str);
                let fault = Fault::field(field, "holds bytes that are no UTF-8; save the file as \"CSV UTF-8\"");
                return Row::rejected(record.line, fault, b"");
            }
        };
        let mut facts = Facts::default();
        for &(field, place) in &self.fields {
            facts.set(field, record.field(text, place));
        }
        facts.row(record.line, notes)
    }
}
