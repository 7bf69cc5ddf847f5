//! Screened rows as a file for people and scripts: CSV, XLSX or JSON Lines, by the file's ending.
//!
//! The file appears whole or not at all: rows go to a temporary file beside it, which takes
//! the name at [`RowWriter::finish`].

use std::cell;
use std::fmt::Write as _;
use std::io::{self, BufWriter, Write};
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::sync::Once;

use rust_xlsxwriter::{Format, Workbook, XlsxError};
use tempfile::NamedTempFile;

use super::{Band, ListHit, ScreenedRow};
use crate::{Error, Result};

#[cfg(test)]
mod tests;

/// Columns of the CSV and XLSX files, and how wide a sheet shows each, in characters.
const COLUMNS: [(&str, f64); 15] = [
    ("line", 6.0),
    ("id", 12.0),
    ("name", 28.0),
    ("verdict", 10.0),
    ("best_score", 10.0),
    ("best_id", 18.0),
    ("best_name", 28.0),
    ("best_classes", 12.0),
    ("best_status", 12.0),
    ("best_owner", 24.0),
    ("best_why", 60.0),
    ("hits", 6.0),
    ("list_conflicts", 40.0),
    ("flags", 40.0),
    ("error", 40.0),
];

/// Rows of a sheet, the header among them.
const MAX_SHEET_ROWS: u32 = 1_048_576;

/// Longest text of a cell, in UTF-16 units as Excel counts.
const MAX_CELL_UNITS: usize = 32_767;

/// Writes screened rows in the order in which they come.
///
/// A writer that is dropped before [`finish`](Self::finish) leaves nothing behind.
pub struct RowWriter {
    path: PathBuf,
    sink: Sink,
}

enum Sink {
    Csv(Box<csv::Writer<NamedTempFile>>),
    Jsonl(BufWriter<NamedTempFile>),
    Xlsx { workbook: Box<Workbook>, next_row: u32, file: NamedTempFile },
}

/// One cell: a sheet sorts numbers as numbers.
#[derive(Clone, Debug, PartialEq)]
enum Cell {
    Empty,
    Text(String),
    Number(f64),
}

impl RowWriter {
    /// Begins the file that will stand at `path`; its ending says the format: `.csv`, `.jsonl` or `.xlsx`.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`](crate::ErrorKind::Usage) for another ending,
    /// [`ErrorKind::Output`](crate::ErrorKind::Output) where the folder can't be written to.
    pub fn create(path: &Path) -> Result<Self> {
        let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_ascii_lowercase();
        if !matches!(ending.as_str(), "csv" | "jsonl" | "xlsx") {
            return Err(Error::usage(format!("{}: the ending says how results are written; use .csv, .jsonl or .xlsx", path.display())));
        }
        if path.is_dir() {
            return Err(Error::output(format!("{}: is a folder; name a file in it", path.display())));
        }
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let file = temporary(folder).map_err(|error| Error::writing(path, error))?;
        let sink = match ending.as_str() {
            "csv" => {
                let mut writer = csv::Writer::from_writer(file);
                writer.write_record(COLUMNS.map(|(name, _)| name)).map_err(|error| Error::writing_csv(path, error))?;
                Sink::Csv(Box::new(writer))
            }
            "jsonl" => Sink::Jsonl(BufWriter::new(file)),
            _ => Sink::Xlsx { workbook: Box::new(in_workbook(path, || new_workbook(folder))?), next_row: 1, file },
        };
        Ok(Self { path: path.to_owned(), sink })
    }

    /// Adds a row.
    ///
    /// # Errors
    /// [`ErrorKind::Output`](crate::ErrorKind::Output) where it can't be written, or a sheet is full.
    ///
    /// # Cost
    /// Memory does not grow with the rows.
    pub fn write(&mut self, row: &ScreenedRow) -> Result<()> {
        let path = &self.path;
        match &mut self.sink {
            Sink::Csv(writer) => {
                let record = cells(row).map(csv_text);
                writer.write_record(&record).map_err(|error| Error::writing_csv(path, error))
            }
            Sink::Jsonl(writer) => {
                serde_json::to_writer(&mut *writer, row).map_err(|error| Error::writing(path, error.into()))?;
                writer.write_all(b"\n").map_err(|error| Error::writing(path, error))
            }
            Sink::Xlsx { workbook, next_row, .. } => {
                if *next_row >= MAX_SHEET_ROWS {
                    return Err(Error::output(format!(
                        "{}: a sheet holds {} rows; write to .csv instead",
                        path.display(),
                        MAX_SHEET_ROWS - 1
                    )));
                }
                in_workbook(path, || write_sheet_row(workbook, *next_row, &cells(row)))?;
                *next_row += 1;
                Ok(())
            }
        }
    }

    /// Completes the file and gives it its name, in place of a file that had it.
    ///
    /// # Errors
    /// [`ErrorKind::Output`](crate::ErrorKind::Output) where the rest can't be written; the file that
    /// stood there before then stands there still.
    pub fn finish(self) -> Result<()> {
        let path = &self.path;
        let failed = |error: io::Error| Error::writing(path, error);
        let file = match self.sink {
            Sink::Csv(writer) => writer.into_inner().map_err(|error| failed(error.into_error()))?,
            Sink::Jsonl(writer) => writer.into_inner().map_err(|error| failed(error.into_error()))?,
            Sink::Xlsx { mut workbook, file, .. } => {
                let mut writer = BufWriter::new(file);
                in_workbook(path, || workbook.save_to_writer(&mut writer))?;
                writer.into_inner().map_err(|error| failed(error.into_error()))?
            }
        };
        // Renamed before its content is on disk, a file is empty after a power cut.
        file.as_file().sync_all().map_err(failed)?;
        file.persist(path).map_err(|error| failed(error.error))?;
        Ok(())
    }
}

/// A temporary file that gets the permissions of any new file, which the usual private ones would not be.
fn temporary(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".mirip-").suffix(".tmp");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
}

fn not_written(path: &Path, error: XlsxError) -> Error {
    match error {
        XlsxError::IoError(error) => Error::writing(path, error),
        other => Error::output(format!("{}: can't be written", path.display())).caused_by(other),
    }
}

thread_local! {
    /// True while this thread is inside the writer of workbooks.
    static IS_IN_WORKBOOK: cell::Cell<bool> = const { cell::Cell::new(false) };
}

/// Runs `work`, a step of writing a workbook. Its writer knows no error for the temporary
/// file that keeps its memory constant: where that can't be written, because the disk is
/// full, it panics, which becomes an error here, without a word on stderr.
fn in_workbook<T>(path: &Path, work: impl FnOnce() -> Result<T, XlsxError>) -> Result<T> {
    static QUIET: Once = Once::new();
    QUIET.call_once(|| {
        let others = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            if !IS_IN_WORKBOOK.get() {
                others(panic);
            }
        }));
    });
    IS_IN_WORKBOOK.set(true);
    // A workbook that panicked is used no more: its file is given up.
    let outcome = panic::catch_unwind(AssertUnwindSafe(work));
    IS_IN_WORKBOOK.set(false);
    match outcome {
        Ok(done) => done.map_err(|error| not_written(path, error)),
        Err(_) => Err(Error::output(format!("{}: can't be written; look whether its disk is full, or write to .csv", path.display()))),
    }
}

fn new_workbook(folder: &Path) -> Result<Workbook, XlsxError> {
    let mut workbook = Workbook::new();
    // Beside the result: names not yet filed have no business in a shared folder of the system.
    workbook.set_tempdir(folder)?;
    let sheet = workbook.add_worksheet_with_constant_memory()?;
    sheet.set_name("mirip")?;
    sheet.set_freeze_panes(1, 0)?;
    let bold = Format::new().set_bold();
    for (place, (name, width)) in (0..).zip(COLUMNS) {
        sheet.set_column_width(place, width)?;
        sheet.write_string_with_format(0, place, name, &bold)?;
    }
    Ok(workbook)
}

fn write_sheet_row(workbook: &mut Workbook, row: u32, cells: &[Cell]) -> Result<(), XlsxError> {
    let sheet = workbook.worksheet_from_index(0)?;
    for (place, cell) in (0..).zip(cells) {
        match cell {
            Cell::Empty => {}
            // As a string, never as a formula, whatever it begins with.
            Cell::Text(text) => {
                sheet.write_string(row, place, cut(text))?;
            }
            Cell::Number(number) => {
                sheet.write_number(row, place, *number)?;
            }
        }
    }
    Ok(())
}

fn cut(text: &str) -> &str {
    let mut units = 0;
    for (place, c) in text.char_indices() {
        units += c.len_utf16();
        if units > MAX_CELL_UNITS {
            return &text[..place];
        }
    }
    text
}

/// A cell as CSV has it. Spreadsheets run a text that begins like a formula when they open a
/// CSV file (a name of the list may be `=HYPERLINK(…)`): an apostrophe keeps it text.
fn csv_text(cell: Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Number(number) => number.to_string(),
        Cell::Text(text) if text.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']) => format!("'{text}"),
        Cell::Text(text) => text,
    }
}

fn cells(row: &ScreenedRow) -> [Cell; COLUMNS.len()] {
    let text = |text: &str| if text.is_empty() { Cell::Empty } else { Cell::Text(text.to_owned()) };
    let maybe = |value: Option<&str>| value.map_or(Cell::Empty, text);
    let best = row.hits.first();
    let mark = best.map(|hit| &hit.mark);
    [
        Cell::Number(row.line as f64),
        maybe(row.id.as_deref()),
        text(&row.name),
        maybe(row.verdict.map(Band::as_str)),
        best.map_or(Cell::Empty, |hit| Cell::Number(four_digits(hit.score))),
        maybe(mark.map(|mark| mark.id.as_str())),
        maybe(mark.map(|mark| mark.name.as_str())),
        maybe(mark.map(|mark| mark.classes.to_string()).as_deref()),
        maybe(mark.map(|mark| mark.status.as_str())),
        maybe(mark.and_then(|mark| mark.owner.as_deref())),
        maybe(best.map(|hit| joined(hit.explanation.iter().map(|reason| reason.text.as_str()))).as_deref()),
        // A row that was not screened has no count, which is not the same as none found.
        row.verdict.map_or(Cell::Empty, |_| Cell::Number(row.hits.len() as f64)),
        text(&list_conflicts(&row.within_list)),
        text(&joined(row.flags.iter().map(|flag| flag.text.as_str()))),
        maybe(row.error.as_deref()),
    ]
}

/// As `3: KOPI X (0.93, first); 9: KOPI Y (0.71)`: line, name, score, and who asked first.
fn list_conflicts(hits: &[ListHit]) -> String {
    let mut text = String::new();
    for hit in hits {
        let before = if text.is_empty() { "" } else { "; " };
        let first = if hit.earlier { ", first" } else { "" };
        write!(text, "{before}{}: {} ({:.2}{first})", hit.line, hit.name, hit.score).expect("a string takes all");
    }
    text
}

fn joined<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    texts.collect::<Vec<_>>().join("; ")
}

/// Scores are told apart by more digits in JSON; a sheet of them is read by eye.
fn four_digits(score: f64) -> f64 {
    (score * 10_000.0).round() / 10_000.0
}
