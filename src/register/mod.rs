//! An office's file to rows: CSV, TSV or JSON Lines, gzipped or not, in one pass and constant memory.
//!
//! A bad row is a value, never a failed import: it becomes a [`Rejection`] with its line,
//! its field and its reason, and the rows around it go in. Only what makes the rest of the
//! file unreadable (an I/O error, a gzip that ends in the middle) ends the reading.
//!
//! Refused at the door, each with its mend: workbooks and other binary files, UTF-16, files
//! without a column of names.

mod columns;
mod framing;
mod input;
mod json_lines;
mod row;
mod sniff;
#[cfg(test)]
mod tests;

use std::fmt;
use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::str::FromStr;

use crate::mark::Mark;
use crate::{Error, Result};

pub(crate) use columns::normalize_header;
pub(crate) use framing::{Framed, Framing, Records};
pub(crate) use input::Input;
pub(crate) use json_lines::{Value, object};
pub(crate) use sniff::{Opening, is_zip, split_opening};

use columns::Columns;
use json_lines::JsonRows;

/// How the rows of a file are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Format {
    /// Told by the file's name and its first line.
    #[default]
    Auto,
    /// A header, then one record a row, fields parted by commas or (as Indonesian Excel does) semicolons.
    Csv,
    /// As CSV, fields parted by tabs.
    Tsv,
    /// One JSON object a line.
    Jsonl,
}

impl Format {
    /// Every format, in the order in which messages list them.
    pub const ALL: [Self; 4] = [Self::Auto, Self::Csv, Self::Tsv, Self::Jsonl];

    /// The word used for `--format`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Csv => "csv",
            Self::Tsv => "tsv",
            Self::Jsonl => "jsonl",
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Format {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL
            .into_iter()
            .find(|format| format.as_str().eq_ignore_ascii_case(text.trim()))
            .ok_or_else(|| format!("{text:?} is no format; choose one of auto, csv, tsv, jsonl"))
    }
}

/// One row of an office's file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Row {
    /// A row that could be read.
    Mark(Mark),
    /// A row that could not, and why.
    Rejected(Rejection),
}

/// Why a row stayed out of the register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejection {
    /// Line on which the row begins, from 1, counted in lines of the file.
    pub line: u64,
    /// The column at fault; none where the row as a whole is.
    pub field: Option<String>,
    /// What is wrong and how to mend it.
    pub reason: String,
    /// The row as it stands in the file, cut to [`Rejection::MAX_RAW_CHARS`]; bytes that are no UTF-8 show as `�`.
    pub raw: String,
}

impl Rejection {
    /// Characters of a rejected row that are kept.
    pub const MAX_RAW_CHARS: usize = 500;

    fn new(line: u64, fault: Fault, raw: &[u8]) -> Self {
        Self { line, field: fault.field, reason: fault.reason, raw: cut_raw(raw) }
    }
}

impl fmt::Display for Rejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.field {
            Some(field) => write!(f, "line {}, field {field}: {}", self.line, self.reason),
            None => write!(f, "line {}: {}", self.line, self.reason),
        }
    }
}

/// What is wrong with a row, before it is known where the row stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) field: Option<String>,
    pub(crate) reason: String,
}

impl Fault {
    pub(crate) fn row(reason: impl Into<String>) -> Self {
        Self { field: None, reason: reason.into() }
    }

    pub(crate) fn field(field: &str, reason: impl Into<String>) -> Self {
        Self { field: Some(field.to_owned()), reason: reason.into() }
    }
}

/// The rows of one file, in file order.
///
/// Every record that is not a blank line comes as one [`Row`]. An `Err` is a failure of the
/// file as a whole, after which the iteration ends; rows given before it stand.
///
/// # Cost
/// Memory does not grow with the file: one buffer of at most some 2 MiB.
pub struct Rows {
    layout: Layout,
    format: Format,
    warnings: Vec<String>,
    is_done: bool,
}

enum Layout {
    Delimited { records: Records, columns: Columns },
    JsonLines { records: Records, rows: JsonRows },
}

/// Opens an office's file. Gzip is known by its content, whatever the file is called.
///
/// # Errors
/// [`ErrorKind::Input`](crate::ErrorKind::Input) where the file is not there, is a folder, is
/// empty, is not text in UTF-8, or has no column of names.
pub fn open(path: &Path, format: Format) -> Result<Rows> {
    Rows::from_input(open_input(path)?, format)
}

/// Reads an office's file from anywhere; `name` stands for it in messages, and its ending
/// counts as a file's ending does.
///
/// # Errors
/// As [`open`].
///
/// # Examples
/// ```
/// use mirip::register::{Format, Row, read};
///
/// let file = "name,classes\nKOPI KENANGA,30\nTEH,99\n";
/// let rows: Vec<Row> = read(file.as_bytes(), "marks.csv", Format::Auto)?.collect::<mirip::Result<_>>()?;
/// assert!(matches!(&rows[0], Row::Mark(mark) if mark.verbal_element == "KOPI KENANGA"));
/// // A bad row costs nothing but itself.
/// assert!(matches!(&rows[1], Row::Rejected(rejection) if rejection.line == 3));
///
/// // A file without names is refused as a whole.
/// assert!(read("kelas\n30\n".as_bytes(), "marks.csv", Format::Auto).is_err());
/// # Ok::<(), mirip::Error>(())
/// ```
pub fn read(reader: impl Read + Send + 'static, name: &str, format: Format) -> Result<Rows> {
    Rows::from_input(Input::new(Box::new(reader), name, None)?, format)
}

/// Opens a file of the user's for reading, with the mend where that fails.
pub(crate) fn open_input(path: &Path) -> Result<Input> {
    let name = path.display().to_string();
    let file = File::open(path).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => Error::input(format!("{name}: does not exist; check the path")),
        _ => Error::reading(path, error),
    })?;
    let metadata = file.metadata().map_err(|error| Error::reading(path, error))?;
    if metadata.is_dir() {
        return Err(Error::input(format!("{name}: is a folder; name a file in it")));
    }
    Input::new(Box::new(file), &name, metadata.is_file().then_some(metadata.len()))
}

impl Rows {
    fn from_input(mut input: Input, format: Format) -> Result<Self> {
        let opening = split_opening(&mut input, format, 1, |records| columns::known_columns(records.first()))?;
        let name = input.name().to_owned();
        let mut warnings = Vec::new();
        let (layout, format) = match opening {
            Opening::JsonLines => {
                let records = Records::new(input, Framing::Lines);
                (Layout::JsonLines { records, rows: JsonRows::new(name) }, Format::Jsonl)
            }
            Opening::Delimited { delimiter, skipped_lines } => {
                let mut records = Records::new(input, Framing::Delimited(delimiter));
                records.skip_lines(skipped_lines)?;
                let columns = Columns::read(&mut records, &name, &mut warnings)?;
                let format = if delimiter == b'\t' { Format::Tsv } else { Format::Csv };
                (Layout::Delimited { records, columns }, format)
            }
        };
        Ok(Self { layout, format, warnings, is_done: false })
    }

    /// What the reader should know: columns left out, each named once. Grows while JSON Lines
    /// are read, whose keys are seen only as they come.
    pub fn warnings(&self) -> &[String] {
        match &self.layout {
            Layout::Delimited { .. } => &self.warnings,
            Layout::JsonLines { rows, .. } => rows.warnings(),
        }
    }

    /// The format that the file is read as; never [`Format::Auto`].
    pub fn decided_format(&self) -> Format {
        self.format
    }

    /// Bytes taken from the file so far, compressed ones where it is gzipped.
    pub fn bytes_read(&self) -> u64 {
        self.input().bytes_read()
    }

    /// Size of the file in bytes; none for a pipe or another reader.
    pub fn total_bytes(&self) -> Option<u64> {
        self.input().total_bytes()
    }

    fn input(&self) -> &Input {
        match &self.layout {
            Layout::Delimited { records, .. } | Layout::JsonLines { records, .. } => records.input(),
        }
    }
}

impl Iterator for Rows {
    type Item = Result<Row>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_done {
            return None;
        }
        let framed = match &mut self.layout {
            Layout::Delimited { records, columns } => match records.next_record() {
                Ok(Some(Framed::Record(record))) => Ok(Some((record.line, columns.mark(&record), record.bytes))),
                Ok(Some(Framed::Broken { line, fault, raw })) => Ok(Some((line, Err(fault), raw))),
                Ok(None) => Ok(None),
                Err(error) => Err(error),
            },
            Layout::JsonLines { records, rows } => match records.next_record() {
                Ok(Some(Framed::Record(record))) => Ok(Some((record.line, rows.mark(record.bytes), record.bytes))),
                Ok(Some(Framed::Broken { line, fault, raw })) => Ok(Some((line, Err(fault), raw))),
                Ok(None) => Ok(None),
                Err(error) => Err(error),
            },
        };
        match framed {
            Ok(Some((_, Ok(mark), _))) => Some(Ok(Row::Mark(mark))),
            Ok(Some((line, Err(fault), raw))) => Some(Ok(Row::Rejected(Rejection::new(line, fault, raw)))),
            Ok(None) => {
                self.is_done = true;
                None
            }
            Err(error) => {
                self.is_done = true;
                Some(Err(error))
            }
        }
    }
}

fn cut_raw(raw: &[u8]) -> String {
    // A character has at most four bytes: the rest of a huge line is never decoded.
    let head = &raw[..raw.len().min(Rejection::MAX_RAW_CHARS * 4)];
    String::from_utf8_lossy(head).chars().take(Rejection::MAX_RAW_CHARS).collect()
}
