//! Which table a header tells, below whatever titles, and its reader.

use super::columns::{Column, known_columns};
use super::delimited::DelimitedReader;
use super::framing::records_with_lines;
use super::reader::Reader;
use super::{Format, Input, pdki, search_results};
use crate::{Error, Result};

/// Records among which the header is looked for: what stands above it are titles.
pub(crate) const MAX_TITLE_RECORDS: usize = 30;

/// Columns that a header below titles must have, so that no record of a table without one is taken for it.
const MIN_KNOWN_BELOW_TITLES: usize = 2;

/// The tables that are told apart.
#[derive(Clone, Copy)]
enum Table {
    /// In our own layout.
    Own,
    /// Made from the Indonesian register's answers.
    Pdki,
    /// Results of an office's search page.
    SearchResults(&'static search_results::Office),
}

/// The table of this header, and how many of its columns are known; `None` for what is no header.
fn table_of(header: &[String], format: Format) -> Option<(Table, usize)> {
    let is_asked = |of: Format| format == Format::Auto || format == of;
    if is_asked(Format::Pdki) && pdki::is_like_header(header) {
        return Some((Table::Pdki, pdki::known_columns(header)));
    }
    let office = search_results::OFFICES.into_iter().find(|office| is_asked(office.format) && office.is_header(header));
    if let Some(office) = office {
        return Some((Table::SearchResults(office), office.known_columns(header)));
    }
    match known_columns(Some(&header.to_vec())) {
        (true, count) if !matches!(format, Format::Pdki | Format::Uspto | Format::Tmview) => Some((Table::Own, count)),
        _ => None,
    }
}

/// True for a record with a column of names.
pub(crate) fn is_header(record: &[String]) -> bool {
    table_of(record, Format::Auto).is_some()
}

/// Whether the records hold a header with a column of names, and how many of its columns are known.
pub(crate) fn header_score(records: &[Vec<String>]) -> (bool, usize) {
    let counts = records.iter().enumerate().filter_map(|(place, record)| {
        let (_, count) = table_of(record, Format::Auto)?;
        (place == 0 || count >= MIN_KNOWN_BELOW_TITLES).then_some(count)
    });
    counts.max().map_or_else(|| known_columns(records.first()), |count| (true, count))
}

/// Opens the reader of a table whose header stands behind `skipped_lines`, or below titles.
///
/// # Errors
/// Where there is no header with a column of names, or not that of the format that is asked for.
pub(crate) fn open(input: Input, delimiter: u8, skipped_lines: u64, format: Format) -> Result<(Format, Box<dyn Reader>)> {
    let records = records_with_lines(input.window(), delimiter, MAX_TITLE_RECORDS);
    let records: Vec<_> = records.into_iter().filter(|&(lines, _)| lines >= skipped_lines).collect();
    let found = records.iter().enumerate().find_map(|(place, (lines, record))| {
        let (table, count) = table_of(record, format)?;
        let below = records.get(place + 1).map(|(_, record)| record.as_slice());
        let is_that = match table {
            Table::SearchResults(office) => format != Format::Auto || office.is_record(record, below),
            Table::Own | Table::Pdki => true,
        };
        let table = if is_that { table } else { Table::Own };
        let has_name = !matches!(table, Table::Own) || record.iter().any(|cell| matches!(Column::of_header(cell), Some((Column::Name, _))));
        (has_name && (place == 0 || count >= MIN_KNOWN_BELOW_TITLES)).then_some((table, *lines))
    });
    let (table, lines_above) = found.unwrap_or((Table::Own, skipped_lines));
    let own_format = if delimiter == b'\t' { Format::Tsv } else { Format::Csv };
    Ok(match (table, format) {
        (Table::Pdki, _) | (_, Format::Pdki) => (Format::Pdki, pdki::open_table(input, delimiter, lines_above)?),
        (Table::SearchResults(office), _) => (office.format, search_results::open(office, input, delimiter, lines_above)?),
        (Table::Own, Format::Uspto | Format::Tmview) => {
            let (name, kind) = (input.name(), if format == Format::Uspto { "XML" } else { "JSON" });
            return Err(Error::input(format!(
                "{name}: is no {kind}, which {format} is, and no table of its search page; leave --format out"
            )));
        }
        (Table::Own, _) => (own_format, Box::new(DelimitedReader::new(input, delimiter, lines_above)?)),
    })
}
