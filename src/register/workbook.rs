//! A sheet of a workbook (XLSX, XLSB, XLS, ODS), as rows of text.
//!
//! Sheets are read on a thread of their own, since the reader of an XLSX sheet borrows its workbook; rows come
//! in batches, a few of which are held at a time. Office files pass through the readers of CSV from there
//! on: a sheet is a table like another.

use std::io::{BufReader, Cursor, Read, Seek};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::{io, thread, vec};

use calamine::{Data, DataRef, Ods, Reader as _, Xls, Xlsb, Xlsx};
use jiff::ToSpan;
use jiff::civil::{Date, date};

use super::archive::{Seekable, Zip};
use super::columns::Column;
use super::guarded::guarded;
use super::input::unreadable;
use super::reader::Reader;
use super::{Format, Input, lenient, old_office, table};
use crate::{Error, Result};

/// Rows among which the header is looked for: what stands above it are titles.
const MAX_TITLE_ROWS: usize = 30;

/// Widest row that is read. A cell that somebody formatted in the last column is no column.
const MAX_COLUMNS: usize = 1024;

/// Rows in a batch, and batches that are held.
const BATCH_ROWS: usize = 512;
const HELD_BATCHES: usize = 4;

/// Days that a number in a column of dates may mean, as spreadsheets count them: from 1927 to 2119.
const SERIAL_DAYS: std::ops::RangeInclusive<i64> = 10_000..=80_000;

/// Opens the sheet of this name, or the first that holds a table of marks.
///
/// # Errors
/// Where the file is damaged or protected by a password, has no such sheet, or none with a column of names.
pub(crate) fn open(file: Seekable, make: Make, name: &str, sheet: Option<&str>) -> Result<Box<dyn Reader>> {
    let table = Table::open(file, make, name, sheet, table::is_header)?;
    let skipped_lines = u64::from(table.first_line) - 1;
    let input = Input::new(Box::new(CsvOfTable::new(table)), name)?;
    Ok(table::open(input, b',', skipped_lines, Format::Auto)?.1)
}

/// The makes of workbooks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Make {
    Xlsx,
    Xlsb,
    Xls,
    Ods,
}

impl Make {
    /// The make of a file that must be a workbook, and the file.
    ///
    /// # Errors
    /// Where it is a ZIP container of something else, or a damaged one.
    pub(crate) fn of(mut file: Seekable, name: &str) -> Result<(Self, Seekable)> {
        let mut magic = Vec::new();
        let peeked = file.by_ref().take(2).read_to_end(&mut magic).and_then(|_| file.rewind());
        peeked.map_err(|error| unreadable(name, error))?;
        if magic != b"PK" {
            return Ok((Self::Xls, file));
        }
        match Zip::open(file, name)? {
            Zip::Workbook(make, file) => Ok((make, file)),
            Zip::Archive(_) => Err(no_workbook(name)),
        }
    }
}

/// The refusal of an archive where a workbook is wanted.
pub(crate) fn no_workbook(name: &str) -> Error {
    Error::input(format!("{name}: is a ZIP archive and no workbook; leave --format out"))
}

/// The rows of a sheet, from its header on.
pub(crate) struct Table {
    /// Line of the header, from 1.
    pub first_line: u32,
    /// The header's cells.
    pub header: Vec<String>,
    rows: Receiver<Result<Vec<SheetRow>>>,
    batch: vec::IntoIter<SheetRow>,
}

/// A row of a sheet that has any cell.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct SheetRow {
    /// From 1, as spreadsheets number their rows.
    pub line: u32,
    /// As the spreadsheet shows them, numbers apart: 30 for 30.0.
    pub cells: Vec<Cell>,
}

/// A cell.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Cell {
    /// What it says; a date in ISO.
    pub text: String,
    /// True for a number that is not shown as a date: in a column of dates it may be one.
    is_number: bool,
}

impl Table {
    /// Opens a sheet. `is_header` tells the row of headers.
    pub(crate) fn open(
        file: Seekable,
        make: Make,
        name: &str,
        sheet: Option<&str>,
        is_header: impl Fn(&[String]) -> bool + Send + 'static,
    ) -> Result<Self> {
        let (sender, rows) = sync_channel(HELD_BATCHES);
        let (file_name, sheet) = (name.to_owned(), sheet.map(str::to_owned));
        thread::spawn(move || {
            let sending = Sending { sender: &sender, name: &file_name };
            // Rows that stop because the library gave up on the file are not the end of the sheet.
            let sent = guarded(|| sending.send_sheet(file, make, sheet.as_deref(), &is_header));
            if let Err(error) = sent.unwrap_or_else(|| Err(damaged(&file_name))) {
                // Who asked may be gone: then nobody wants the error.
                let _ = sender.send(Err(error));
            }
        });
        let mut table = Self { first_line: 1, header: Vec::new(), rows, batch: Vec::new().into_iter() };
        if let Some(header) = table.next_row()? {
            table.first_line = header.line;
            table.header = header.cells.into_iter().map(|cell| cell.text.trim().to_owned()).collect();
        }
        Ok(table)
    }

    /// The next row; rows without a cell are passed over.
    pub(crate) fn next_row(&mut self) -> Result<Option<SheetRow>> {
        loop {
            if let Some(row) = self.batch.next() {
                return Ok(Some(row));
            }
            match self.rows.recv() {
                Ok(batch) => self.batch = batch?.into_iter(),
                Err(_) => return Ok(None),
            }
        }
    }
}

/// The thread's side: a sheet's rows on their way to the [`Table`].
struct Sending<'s> {
    sender: &'s SyncSender<Result<Vec<SheetRow>>>,
    name: &'s str,
}

/// Ends the reading of a sheet: all is read, or nobody wants more.
struct Enough;

impl Sending<'_> {
    fn send_sheet(&self, mut file: Seekable, make: Make, sheet: Option<&str>, is_header: &dyn Fn(&[String]) -> bool) -> Result<()> {
        if make == Make::Xls {
            let has_ends = old_office::has_ends(&mut file).and_then(|has_ends| file.rewind().map(|()| has_ends));
            if !has_ends.map_err(|error| unreadable(self.name, error))? {
                return Err(damaged(self.name));
            }
        }
        let file = BufReader::new(file);
        match make {
            Make::Xlsx => {
                let mut workbook = Xlsx::new(file).map_err(|error| self.unreadable(&error))?;
                let names = workbook.sheet_names();
                self.send_first(names, sheet, is_header, |sheet, each| self.each_of_xlsx(&mut workbook, sheet, each))
            }
            Make::Xlsb => self.send_of_ranges::<Xlsb<_>>(file, sheet, is_header),
            Make::Xls => self.send_of_ranges::<Xls<_>>(file, sheet, is_header),
            Make::Ods => self.send_of_ranges::<Ods<_>>(file, sheet, is_header),
        }
    }

    /// Of makes whose sheets are taken in as a whole.
    fn send_of_ranges<W: calamine::Reader<BufReader<Seekable>, Error: std::error::Error>>(
        &self,
        file: BufReader<Seekable>,
        sheet: Option<&str>,
        is_header: &dyn Fn(&[String]) -> bool,
    ) -> Result<()> {
        let mut workbook = W::new(file).map_err(|error| self.unreadable(&error))?;
        let names = workbook.sheet_names();
        self.send_first(names, sheet, is_header, |sheet, each| {
            each_of_range(&workbook.worksheet_range(sheet).map_err(|error| self.unreadable(&error))?, each);
            Ok(())
        })
    }

    /// Sends the sheet that is asked for, or else the first with a header.
    fn send_first(
        &self,
        names: Vec<String>,
        sheet: Option<&str>,
        is_header: &dyn Fn(&[String]) -> bool,
        mut each_row: impl FnMut(&str, &mut dyn FnMut(SheetRow) -> Result<(), Enough>) -> Result<()>,
    ) -> Result<()> {
        let file = self.name;
        let listed = || names.iter().map(|name| format!("{name:?}")).collect::<Vec<_>>().join(", ");
        let candidates: Vec<&String> = names.iter().filter(|name| sheet.is_none_or(|sheet| name.trim() == sheet.trim())).collect();
        if candidates.is_empty() {
            return Err(Error::input(match sheet {
                Some(sheet) => format!("{file}: has no sheet {sheet:?}; its sheets are {}", listed()),
                None => format!("{file}: is a workbook without a sheet"),
            }));
        }
        for sheet in &candidates {
            let (mut titles, mut batch) = (0, None);
            each_row(sheet, &mut |row| match &mut batch {
                None => {
                    titles += 1;
                    let cells: Vec<String> = row.cells.iter().map(|cell| cell.text.trim().to_owned()).collect();
                    if is_header(&cells) {
                        batch = Some(vec![row]);
                    }
                    if batch.is_none() && titles == MAX_TITLE_ROWS { Err(Enough) } else { Ok(()) }
                }
                Some(batch) => {
                    batch.push(row);
                    if batch.len() < BATCH_ROWS {
                        return Ok(());
                    }
                    self.sender.send(Ok(std::mem::replace(batch, Vec::with_capacity(BATCH_ROWS)))).map_err(|_| Enough)
                }
            })?;
            if let Some(batch) = batch {
                // Nobody may be there to take it.
                let _ = self.sender.send(Ok(batch));
                return Ok(());
            }
        }
        Err(Error::input(format!(
            "{file}: has no column `name` (or `Nama Merek`, `Merek`) in the first {MAX_TITLE_ROWS} rows of {}; call the column of names `name`",
            if candidates.len() == 1 { format!("sheet {:?}", candidates[0]) } else { format!("any of its sheets {}", listed()) }
        )))
    }

    /// Cell by cell: the dense table that calamine builds takes memory for every cell up to a stray one in the
    /// sheet's last corner.
    fn each_of_xlsx<R: Read + Seek>(
        &self,
        workbook: &mut Xlsx<R>,
        sheet: &str,
        each: &mut dyn FnMut(SheetRow) -> Result<(), Enough>,
    ) -> Result<()> {
        let mut cells = workbook.worksheet_cells_reader(sheet).map_err(|error| self.unreadable(&error))?;
        let mut row = SheetRow::default();
        while let Some(cell) = cells.next_cell().map_err(|error| self.unreadable(&error))? {
            let (line, place) = (cell.get_position().0 + 1, cell.get_position().1 as usize);
            if line != row.line {
                let full = std::mem::replace(&mut row, SheetRow { line, cells: Vec::new() });
                if !full.cells.is_empty() && each(full).is_err() {
                    return Ok(());
                }
            }
            let cell = self::cell(cell.get_value());
            if !cell.text.is_empty() && place < MAX_COLUMNS {
                row.cells.resize(row.cells.len().max(place + 1), Cell::default());
                row.cells[place] = cell;
            }
        }
        if !row.cells.is_empty() {
            let _ = each(row);
        }
        Ok(())
    }

    fn unreadable(&self, error: &dyn std::error::Error) -> Error {
        let cause = error.to_string();
        let error = if cause.to_lowercase().contains("password") {
            Error::input(format!("{}: is protected by a password; save a copy without it", self.name))
        } else {
            damaged(self.name)
        };
        error.caused_by(cause)
    }
}

fn damaged(name: &str) -> Error {
    Error::input(format!("{name}: is damaged, or no workbook that can be read; open it and save it anew, or as CSV"))
}

fn each_of_range(range: &calamine::Range<Data>, each: &mut dyn FnMut(SheetRow) -> Result<(), Enough>) {
    let Some((first_line, first_column)) = range.start() else { return };
    for (line, values) in (first_line + 1..).zip(range.rows()) {
        let before = std::iter::repeat_n(Cell::default(), first_column as usize);
        let cells = values.iter().map(|value| cell(&borrowed(value)));
        let mut cells: Vec<Cell> = before.chain(cells).take(MAX_COLUMNS).collect();
        cells.truncate(cells.iter().rposition(|cell| !cell.text.is_empty()).map_or(0, |last| last + 1));
        if !cells.is_empty() && each(SheetRow { line, cells }).is_err() {
            break;
        }
    }
}

/// The two makes of calamine's values, as one.
fn borrowed(value: &Data) -> DataRef<'_> {
    match value {
        Data::Empty => DataRef::Empty,
        Data::Int(number) => DataRef::Int(*number),
        Data::Float(number) => DataRef::Float(*number),
        Data::String(text) => DataRef::SharedString(text),
        Data::Bool(truth) => DataRef::Bool(*truth),
        Data::DateTime(moment) => DataRef::DateTime(*moment),
        Data::DateTimeIso(text) => DataRef::DateTimeIso(text.clone()),
        Data::DurationIso(text) => DataRef::DurationIso(text.clone()),
        Data::Error(error) => DataRef::Error(error.clone()),
        // Rich text, and what later versions may add.
        #[allow(unreachable_patterns, reason = "calamine may add kinds of cells")]
        other => DataRef::String(other.to_string()),
    }
}

fn cell(value: &DataRef<'_>) -> Cell {
    let text = match value {
        DataRef::Empty => String::new(),
        DataRef::String(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::DateTimeIso(text) => text.split('T').next().unwrap_or_default().to_owned(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Int(number) => number.to_string(),
        // A sheet knows no whole numbers: 30 is stored as 30.0, and shows as 30 either way.
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(truth) => if *truth { "TRUE" } else { "FALSE" }.to_owned(),
        DataRef::DateTime(moment) if moment.is_datetime() => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        DataRef::DateTime(moment) => moment.as_f64().to_string(),
        DataRef::Error(error) => error.to_string(),
    };
    Cell { text, is_number: matches!(value, DataRef::Int(_) | DataRef::Float(_)) }
}

/// A table written as CSV, its lines those of the sheet.
struct CsvOfTable {
    table: Table,
    /// By column, whether it holds dates.
    has_dates: Vec<bool>,
    /// Lines written so far.
    lines: u32,
    written: Cursor<Vec<u8>>,
}

impl CsvOfTable {
    fn new(table: Table) -> Self {
        let header = table.header.iter().map(|text| Cell { text: text.clone(), is_number: false }).collect();
        let has_dates = table.header.iter().map(|header| is_of_dates(header)).collect();
        let first_line = table.first_line;
        let mut csv = Self { table, has_dates: Vec::new(), lines: 0, written: Cursor::default() };
        csv.write(&SheetRow { line: first_line, cells: header });
        csv.has_dates = has_dates;
        csv
    }

    fn write(&mut self, row: &SheetRow) {
        let out = self.written.get_mut();
        // Lines that the sheet has empty: what is said of a line must be of the sheet's.
        while self.lines + 1 < row.line {
            out.push(b'\n');
            self.lines += 1;
        }
        for (place, cell) in row.cells.iter().enumerate() {
            if place > 0 {
                out.push(b',');
            }
            let as_date = if self.has_dates.get(place) == Some(&true) { iso_date(cell) } else { None };
            let text = as_date.as_deref().unwrap_or(&cell.text);
            out.push(b'"');
            for byte in text.bytes() {
                match byte {
                    b'"' => out.extend_from_slice(b"\"\""),
                    // A line break would make two lines of one row.
                    b'\n' | b'\r' => out.push(b' '),
                    other => out.push(other),
                }
            }
            out.push(b'"');
        }
        out.push(b'\n');
        self.lines += 1;
    }
}

impl Read for CsvOfTable {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        const ENOUGH_BYTES: usize = 64 * 1024;
        if self.written.position() == self.written.get_ref().len() as u64 {
            self.written.get_mut().clear();
            self.written.set_position(0);
            while self.written.get_ref().len() < ENOUGH_BYTES {
                match self.table.next_row().map_err(io::Error::other)? {
                    Some(row) => self.write(&row),
                    None => break,
                }
            }
        }
        self.written.read(into)
    }
}

fn is_of_dates(header: &str) -> bool {
    let is_known = Column::of_header(header).is_some_and(|(column, _)| column.is_of_dates());
    let header = header.to_lowercase();
    is_known || ["tanggal", "tgl", "date"].iter().any(|word| header.contains(word))
}

/// What a cell in a column of dates says, in ISO; `None` where it is left as it is.
fn iso_date(cell: &Cell) -> Option<String> {
    let date = if cell.is_number { date_of_serial(cell.text.parse().ok()?) } else { lenient::date(&cell.text) };
    date.map(|date| date.to_string())
}

/// The date that spreadsheets count by this number of days.
fn date_of_serial(days: f64) -> Option<Date> {
    /// What the count begins with, for all dates since March 1900.
    const EPOCH: Date = date(1899, 12, 30);
    let days = days.trunc() as i64;
    SERIAL_DAYS.contains(&days).then(|| EPOCH.checked_add(days.days()).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_that_stop_with_a_panic_are_no_end() {
        let mut workbook = rust_xlsxwriter::Workbook::new();
        let sheet = workbook.add_worksheet();
        sheet.write(0, 0, "name").expect("a cell");
        sheet.write(1, 0, "A").expect("a cell");
        let file = workbook.save_to_buffer().expect("a workbook");
        let panics_at_second_row = |cells: &[String]| if cells[0] == "A" { panic!("as a library may") } else { false };
        let table = Table::open(Box::new(Cursor::new(file)), Make::Xlsx, "a.xlsx", None, panics_at_second_row);
        assert!(table.err().expect("an error").to_string().contains("a.xlsx: is damaged"));
    }
}
