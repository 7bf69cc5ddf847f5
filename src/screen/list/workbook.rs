//! The first sheet of an XLSX workbook, cell by cell.

use std::io::Cursor;

use calamine::{DataRef, Reader, Xlsx};

use super::{List, MAX_COLUMNS, Table};
use crate::register::Input;
use crate::{Error, Result};

/// Largest workbook that is opened. A list of 100,000 names takes some 5 MB.
const MAX_WORKBOOK_BYTES: usize = 64 * 1024 * 1024;

/// Texts that spreadsheets show for a formula that failed.
const CELL_ERRORS: [&str; 8] = ["#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#DATA!"];

/// True for what a failed formula leaves in its cell.
pub(super) fn is_cell_error(text: &str) -> bool {
    CELL_ERRORS.contains(&text)
}

pub(super) fn read(mut input: Input) -> Result<List> {
    let name = input.name().to_owned();
    // A ZIP archive has its directory at the end: it can't be read as a stream.
    while !input.is_at_end() {
        if input.window().len() > MAX_WORKBOOK_BYTES {
            return Err(Error::input(format!("{name}: is larger than 64 MiB; save the sheet as CSV")));
        }
        input.fill(1)?;
    }
    let unreadable = |error: calamine::XlsxError| {
        Error::input(format!("{name}: is no XLSX workbook that can be read; open it and save it anew, or as CSV")).caused_by(error)
    };
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(input.window().to_vec())).map_err(unreadable)?;
    let Some(sheet) = workbook.sheet_names().first().cloned() else {
        return Err(Error::input(format!("{name}: is a workbook without a sheet")));
    };
    let mut table = Table::new(&name);
    let mut row = SheetRow::default();
    // Cell by cell: the dense table that calamine builds takes memory for every cell up to a
    // stray one in the sheet's last corner.
    let mut cells = workbook.worksheet_cells_reader(&sheet).map_err(unreadable)?;
    while let Some(cell) = cells.next_cell().map_err(unreadable)? {
        let (line, place) = cell.get_position();
        if line != row.line {
            table.push(u64::from(row.line) + 1, &row.cells)?;
            row.line = line;
            row.cells.clear();
        }
        let text = text(cell.get_value());
        if !text.is_empty() && (place as usize) < MAX_COLUMNS {
            let place = place as usize;
            row.cells.resize(row.cells.len().max(place + 1), String::new());
            row.cells[place] = text;
        }
    }
    table.push(u64::from(row.line) + 1, &row.cells)?;
    table.finish()
}

/// The row at hand; `line` counts from 0 as the sheet does.
#[derive(Default)]
struct SheetRow {
    line: u32,
    cells: Vec<String>,
}

fn text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Empty => String::new(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Int(number) => number.to_string(),
        // A sheet knows no whole numbers: 30 is stored as 30.0, and shows as 30 either way.
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(truth) => if *truth { "TRUE" } else { "FALSE" }.to_owned(),
        DataRef::DateTime(date) => date.to_string(),
        DataRef::Error(error) => error.to_string(),
    }
}
