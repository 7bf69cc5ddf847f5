//! An office's file to rows, in one pass and constant memory, whatever shape the office gives it.
//!
//! One module a format; what a file is, is told by its content. A bad row is a value, never a failed
//! import: it becomes a [`Rejection`] with its line, its field and its reason, and the rows around it go
//! in. Only what makes the rest of the file unreadable (an I/O error, an archive that ends in the middle)
//! ends the reading.
//!
//! Refused at the door, each with its mend: files of no known format, and tables without a column of names.

mod archive;
mod columns;
mod contact;
mod delimited;
mod framing;
mod gazette;
mod guarded;
mod input;
mod json;
mod json_lines;
mod lenient;
mod merge;
mod notes;
mod office;
mod old_office;
mod pdki;
mod reader;
mod row;
mod rows;
mod search_results;
mod sniff;
mod table;
mod tmview;
mod transcode;
mod workbook;
mod xml;
#[cfg(test)]
mod tests;

use std::fmt;
use std::str::FromStr;

use crate::mark::Mark;

pub(crate) use columns::normalize_header;
pub(crate) use framing::{Framed, Framing, Records};
pub(crate) use input::Input;
pub(crate) use json_lines::{Value, object};
pub use merge::Parts;
pub use reader::Mapped;
pub(crate) use rows::open_input;
pub use rows::{Rows, open, read};
pub(crate) use sniff::{Container, Opening, container, split_opening};
pub(crate) use workbook::{Make as WorkbookMake, Table as SheetTable};

/// How a file is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Format {
    /// Told by the file's content.
    #[default]
    Auto,
    /// A header, then one record a row, fields parted by commas or (as Indonesian Excel does) semicolons.
    Csv,
    /// As CSV, fields parted by tabs.
    Tsv,
    /// One JSON object a line.
    Jsonl,
    /// A sheet of a workbook (XLSX, XLS, ODS), in the layout of a CSV file.
    Workbook,
    /// The Indonesian register's answers (JSON), and tables made from them (CSV, TSV).
    Pdki,
    /// Berita Resmi Merek, the Indonesian office's weekly gazette (PDF).
    Gazette,
    /// The US office's daily application files (XML, DTD 2.0), and results of its search page (CSV).
    Uspto,
    /// ST.96, the present XML standard of offices.
    St96,
    /// ST.66, the XML standard before it, in the dialects of WIPO's IPAS and of the US office.
    St66,
    /// The EU office's bulk files (XML, EM-TM-TradeMark).
    Euipo,
    /// Rows of TMview (JSON), and results of its search page (CSV).
    Tmview,
}

impl Format {
    /// Every format, in the order in which messages list them.
    pub const ALL: [Self; 12] = [
        Self::Auto,
        Self::Csv,
        Self::Tsv,
        Self::Jsonl,
        Self::Workbook,
        Self::Pdki,
        Self::Gazette,
        Self::Uspto,
        Self::St96,
        Self::St66,
        Self::Euipo,
        Self::Tmview,
    ];

    /// The word used for `--format`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Csv => "csv",
            Self::Tsv => "tsv",
            Self::Jsonl => "jsonl",
            Self::Workbook => "workbook",
            Self::Pdki => "pdki",
            Self::Gazette => "gazette",
            Self::Uspto => "uspto",
            Self::St96 => "st96",
            Self::St66 => "st66",
            Self::Euipo => "euipo",
            Self::Tmview => "tmview",
        }
    }

    /// What it is, in a few words.
    pub fn summary(self) -> &'static str {
        match self {
            Self::Auto => "Told by the content of each file",
            Self::Csv => "Comma- or semicolon-separated, the first line names the fields",
            Self::Tsv => "Tab-separated, the first line names the fields",
            Self::Jsonl => "One JSON object a line",
            Self::Workbook => "A sheet of a workbook: XLSX, XLS, ODS",
            Self::Pdki => "Indonesia: answers of the register (JSON), and tables made from them",
            Self::Gazette => "Indonesia: Berita Resmi Merek (PDF)",
            Self::Uspto => "USA: daily application files (XML), search results (CSV)",
            Self::St96 => "ST.96 (XML) of any office",
            Self::St66 => "ST.66 (XML) of WIPO's IPAS offices and the USA",
            Self::Euipo => "EU: bulk files (XML)",
            Self::Tmview => "TMview: rows (JSON), search results (CSV)",
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
        let found = Self::ALL.into_iter().find(|format| format.as_str().eq_ignore_ascii_case(text.trim()));
        found.ok_or_else(|| format!("{text:?} is no format; choose one of {}", Self::ALL.map(Self::as_str).join(", ")))
    }
}

/// How to read a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadConfig {
    /// What it is.
    pub format: Format,
    /// Of a workbook, the sheet to read; none for the first that holds a table.
    pub sheet: Option<String>,
}

impl From<Format> for ReadConfig {
    fn from(format: Format) -> Self {
        Self { format, sheet: None }
    }
}

/// One row of an office's file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Row {
    /// A row that could be read.
    Mark(Mark),
    /// A part of a mark: those with one id make one mark together, see [`Parts`]. So come rows of offices
    /// that list an application once a class.
    Part(Mark),
    /// A row that could not, and why.
    Rejected(Rejection),
}

impl Row {
    /// A row that can't be read: the line on which it begins, what is wrong, and its bytes.
    fn rejected(line: u64, fault: Fault, raw: &[u8]) -> Self {
        Self::Rejected(Rejection::new(line, fault, raw))
    }
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

fn cut_raw(raw: &[u8]) -> String {
    // A character has at most four bytes: the rest of a huge line is never decoded.
    let head = &raw[..raw.len().min(Rejection::MAX_RAW_CHARS * 4)];
    String::from_utf8_lossy(head).chars().take(Rejection::MAX_RAW_CHARS).collect()
}
