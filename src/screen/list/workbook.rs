//! The first sheet of a workbook that holds a list of names.

use std::io::Cursor;

use super::{List, ListColumns, Table};
use crate::register::{Input, SheetTable, WorkbookMake};
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
    let (make, file) = WorkbookMake::of(Box::new(Cursor::new(input.window().to_vec())), &name)?;
    let mut sheet = SheetTable::open(file, make, &name, None, |cells| ListColumns::of_header(cells).is_some())?;
    let mut table = Table::new(&name);
    table.push(u64::from(sheet.first_line), &sheet.header)?;
    while let Some(row) = sheet.next_row()? {
        let cells: Vec<String> = row.cells.into_iter().map(|cell| cell.text).collect();
        table.push(u64::from(row.line), &cells)?;
    }
    table.finish()
}
