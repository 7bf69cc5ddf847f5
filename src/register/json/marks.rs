//! The marks of a file of JSON, by what its format says of the records in it.

use jiff::civil::Date;

use super::{JsonFramed, JsonRecords, Node, Role, keys, node};
use crate::Result;
use crate::register::notes::Notes;
use crate::register::reader::{Mapped, Reader};
use crate::register::{Input, Row};

/// Keys of a record that are listed; one has some thirty.
const MAX_KEYS: usize = 100;

/// How a format writes marks.
pub(crate) struct JsonFormat {
    /// What a key says of the object that it stands in.
    pub role: fn(&[u8]) -> Role,
    /// Whether what stands at a key is read.
    pub keeps: fn(&str) -> bool,
    /// Our word for a key; none where it is left out.
    pub column: fn(&[u8]) -> Option<&'static str>,
    /// The row that a record makes, and the date of the data, where the record says it. The number is its line.
    pub row: fn(u64, Node<'_>, &mut Notes) -> (Row, Option<Date>),
}

/// The rows of a file.
pub(crate) struct JsonReader {
    format: &'static JsonFormat,
    records: JsonRecords,
    notes: Notes,
    /// Those of the first record.
    keys: Vec<Mapped>,
    data_date: Option<Date>,
}

impl JsonReader {
    pub(crate) fn new(input: Input, format: &'static JsonFormat) -> Self {
        let notes = Notes::new(input.name());
        Self { format, records: JsonRecords::new(input, format.role), notes, keys: Vec::new(), data_date: None }
    }
}

impl Reader for JsonReader {
    fn next_row(&mut self) -> Result<Option<Row>> {
        let Some(framed) = self.records.next_record()? else {
            return Ok(None);
        };
        Ok(Some(match framed {
            JsonFramed::Broken { line, fault } => Row::rejected(line, fault, b""),
            JsonFramed::Record { line, bytes } => match node(bytes, self.format.keeps) {
                Err(fault) => Row::rejected(line, fault, b""),
                Ok(node) => {
                    if self.keys.is_empty() {
                        self.keys = mapping(bytes, self.format);
                    }
                    let (row, date) = (self.format.row)(line, node, &mut self.notes);
                    self.data_date = self.data_date.max(date);
                    row
                }
            },
        }))
    }

    fn warnings(&self) -> &[String] {
        self.notes.warnings()
    }

    fn mapping(&self) -> Vec<Mapped> {
        self.keys.clone()
    }

    fn data_date(&self) -> Option<Date> {
        self.data_date
    }
}

/// The keys of one record, and what becomes of them.
fn mapping(record: &[u8], format: &JsonFormat) -> Vec<Mapped> {
    let mut mapped: Vec<Mapped> = Vec::new();
    for key in keys(record).take(MAX_KEYS) {
        let shown = String::from_utf8_lossy(key);
        if mapped.iter().all(|known| known.field != shown) {
            mapped.push(Mapped::new(shown, (format.column)(key)));
        }
    }
    mapped
}
