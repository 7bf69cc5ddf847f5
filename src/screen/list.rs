//! A list of names to screen: CSV, TSV, JSON Lines or the first sheet of a workbook.
//!
//! Offices keep such lists in every spelling of every header, under title rows, with the
//! merchant's own columns between. A header row is looked for, the rest is taken leniently;
//! a row that can't be read becomes a [`BadEntry`] and gets its line in the output too.

mod headers;
mod workbook;

#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::io::Read;
use std::path::Path;

use super::{BadEntry, Entry};
use crate::mark::NiceClasses;
use crate::register::{Container, Format, Framed, Framing, Input, Opening, Records, Value, container, object, open_input, split_opening};
use crate::{Error, Result};

use headers::{ListColumn, ListColumns};

/// How a list is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ListKind {
    /// Fields parted by commas, semicolons or tabs.
    Csv,
    /// Fields parted by tabs.
    Tsv,
    /// One JSON object a line.
    Jsonl,
    /// An Excel workbook; its first sheet counts.
    Xlsx,
}

/// Title rows, blank ones left out, that may stand above the header.
const MAX_TITLE_ROWS: usize = 20;

/// Columns of a list at most, before its header is known. Wider sheets hold no list of names.
const MAX_COLUMNS: usize = 256;

/// The rows of a list, the unreadable ones in their places.
pub type List = Vec<Result<Entry, BadEntry>>;

/// Reads the list in the file `path`; what it is shows in its content, then in its ending.
///
/// # Errors
/// [`ErrorKind::Input`](crate::ErrorKind::Input) where the file can't be read, is no list, or
/// has no column of names. A bad row is no error: it comes as a [`BadEntry`].
///
/// # Cost
/// The whole list is held in memory.
pub fn read_list(path: &Path) -> Result<List> {
    read_input(open_input(path)?, None)
}

/// Reads a list from anywhere, such as an upload; `name` stands for it in messages, and its
/// ending counts where `kind` is not given and the content does not tell.
///
/// # Errors
/// As [`read_list`].
///
/// # Examples
/// ```
/// use mirip::screen::list::read_list_from;
///
/// let upload = "DAFTAR IKM 2026;;\nNo;Nama Merek;Kelas\n1;KOPI KENANGA;30\n2;TEH;99\n";
/// let list = read_list_from(upload.as_bytes(), "daftar.csv", None)?;
/// assert_eq!(list[0].as_ref().map(|entry| entry.name.as_str()), Ok("KOPI KENANGA"));
/// assert_eq!(list[1].as_ref().map_err(|bad| bad.line), Err(4));
/// # Ok::<(), mirip::Error>(())
/// ```
pub fn read_list_from(reader: impl Read + Send + 'static, name: &str, kind: Option<ListKind>) -> Result<List> {
    read_input(Input::new(Box::new(reader), name)?, kind)
}

fn read_input(mut input: Input, kind: Option<ListKind>) -> Result<List> {
    // A workbook is known by its content even where it is called otherwise: reading it as text helps nobody.
    if kind == Some(ListKind::Xlsx) || matches!(container(input.window()), Some(Container::Zip | Container::OldOffice)) {
        return workbook::read(input);
    }
    let format = match kind {
        None => Format::Auto,
        Some(ListKind::Csv) => Format::Csv,
        Some(ListKind::Tsv) => Format::Tsv,
        Some(ListKind::Jsonl | ListKind::Xlsx) => Format::Jsonl,
    };
    let opening = split_opening(&mut input, format, MAX_TITLE_ROWS, |records| {
        let known = records.iter().filter_map(|record| ListColumns::of_header(record)).map(|columns| columns.known_count());
        known.max().map_or((false, 0), |count| (true, count))
    })?;
    match opening {
        Opening::Office(_) => Err(Error::input(format!("{}: is an office's file and no list of names; import it", input.name()))),
        Opening::JsonLines => read_json_lines(Records::new(input, Framing::Lines)),
        Opening::Delimited { delimiter, skipped_lines } => {
            let mut records = Records::new(input, Framing::Delimited(delimiter));
            records.skip_lines(skipped_lines)?;
            read_delimited(records)
        }
    }
}

fn read_delimited(mut records: Records) -> Result<List> {
    records.set_max_fields(MAX_COLUMNS);
    let mut table = Table::new(records.input().name());
    loop {
        let column_count = match records.next_record()? {
            None => return table.finish(),
            Some(Framed::Broken { line, fault, .. }) => {
                table.push_bad(line, None, fault.reason)?;
                continue;
            }
            Some(Framed::Record(record)) => match record.text() {
                Ok(text) => {
                    let cells: Vec<Cow<'_, str>> = (0..record.field_count()).map(|place| record.field(text, place)).collect();
                    table.push(record.line, &cells)?;
                    table.column_count()
                }
                Err(place) => {
                    let line = record.line;
                    table.push_bad(line, Some(place), "holds bytes that are no UTF-8; save the file as \"CSV UTF-8\"".into())?;
                    continue;
                }
            },
        };
        records.set_max_fields(column_count.unwrap_or(MAX_COLUMNS));
    }
}

fn read_json_lines(mut records: Records) -> Result<List> {
    let mut list = List::new();
    while let Some(framed) = records.next_record()? {
        list.push(match framed {
            Framed::Broken { line, fault, .. } => Err(bad(line, fault.field, fault.reason)),
            Framed::Record(record) => match object(record.bytes) {
                Ok(object) => json_entry(record.line, object.0),
                Err(fault) => Err(bad(record.line, fault.field, fault.reason)),
            },
        });
    }
    Ok(list)
}

fn json_entry(line: u64, pairs: Vec<(Cow<'_, str>, Value<'_>)>) -> Result<Entry, BadEntry> {
    let (keys, values): (Vec<_>, Vec<_>) = pairs.into_iter().unzip();
    let Some(columns) = ListColumns::of_header(&keys) else {
        return Err(bad(line, Some("name".into()), "is not there; give the row a key `name`"));
    };
    let mut odd = None;
    let mut cells = Vec::with_capacity(values.len());
    for (place, value) in values.into_iter().enumerate() {
        cells.push(match value {
            Value::Text(text) => text,
            Value::Whole(number) => Cow::Owned(number),
            Value::Null => Cow::Borrowed(""),
            Value::List(list) if columns.column_at(place) == Some(ListColumn::Classes) => Cow::Owned(list),
            Value::List(_) | Value::Fraction | Value::Other(_) => {
                if let Some(column) = columns.column_at(place) {
                    odd.get_or_insert(column);
                }
                Cow::Borrowed("")
            }
        });
    }
    let entry = entry(line, &columns, &cells);
    match odd {
        Some(column) => {
            let (name, id) = match entry {
                Ok(entry) => (Some(entry.name), entry.id),
                Err(bad) => (bad.name, bad.id),
            };
            Err(BadEntry {
                line,
                field: Some(column.as_str().into()),
                reason: "is neither text nor a whole number; write it as text".into(),
                name,
                id,
            })
        }
        None => entry,
    }
}

/// Rows of cells as they come, from a delimited file or a sheet: titles, the header, then entries.
struct Table {
    file: String,
    columns: Option<ListColumns>,
    /// Rows above the header so far, broken ones too: titles for all we know.
    title_count: usize,
    /// Line and filled cells of the fullest of them, which may be a header that we do not know.
    fullest_title: Option<(u64, usize)>,
    list: List,
}

impl Table {
    fn new(file: &str) -> Self {
        Self { file: file.to_owned(), columns: None, title_count: 0, fullest_title: None, list: List::new() }
    }

    /// Columns of the header, once it is found.
    fn column_count(&self) -> Option<usize> {
        self.columns.as_ref().map(ListColumns::column_count)
    }

    fn push<S: AsRef<str>>(&mut self, line: u64, cells: &[S]) -> Result<()> {
        // Spreadsheets keep formatted rows without a letter in them: nothing is lost there.
        if cells.iter().all(|cell| cell.as_ref().trim().is_empty()) {
            return Ok(());
        }
        match &self.columns {
            Some(columns) => self.list.push(entry(line, columns, cells)),
            None => match ListColumns::of_header(cells) {
                Some(columns) => self.columns = Some(columns),
                None => self.push_title(line, cells.iter().filter(|cell| !cell.as_ref().trim().is_empty()).count())?,
            },
        }
        Ok(())
    }

    fn push_bad(&mut self, line: u64, place: Option<usize>, reason: String) -> Result<()> {
        match &self.columns {
            Some(columns) => {
                let field = place.and_then(|place| columns.column_at(place)).map(|column| column.as_str().to_owned());
                self.list.push(Err(bad(line, field, reason)));
                Ok(())
            }
            None => self.push_title(line, 0),
        }
    }

    fn push_title(&mut self, line: u64, filled_count: usize) -> Result<()> {
        self.title_count += 1;
        if self.fullest_title.is_none_or(|(_, count)| filled_count > count) {
            self.fullest_title = Some((line, filled_count));
        }
        if self.title_count > MAX_TITLE_ROWS { Err(self.no_header()) } else { Ok(()) }
    }

    /// Names lines, not what stands in them: in a list without a header these are names not yet filed,
    /// and a message may end up in a log.
    fn no_header(&self) -> Error {
        let file = &self.file;
        match self.fullest_title {
            Some((line, _)) => Error::input(format!(
                "{file}: has no column `name` (or `Nama Merek`, `Merek`); if line {line} is the header, call the column of names `name`"
            )),
            None => Error::input(format!("{file}: is empty; it needs a header with a column `name` (or `Nama Merek`, `Merek`)")),
        }
    }

    fn finish(self) -> Result<List> {
        if self.columns.is_none() { Err(self.no_header()) } else { Ok(self.list) }
    }
}

fn bad(line: u64, field: Option<String>, reason: impl Into<String>) -> BadEntry {
    BadEntry { line, field, reason: reason.into(), name: None, id: None }
}

fn entry<S: AsRef<str>>(line: u64, columns: &ListColumns, cells: &[S]) -> Result<Entry, BadEntry> {
    let text = |column: ListColumn| {
        let cell = columns.place(column).and_then(|place| cells.get(place)).map_or("", |cell| cell.as_ref().trim());
        (!cell.is_empty() && cell != "-").then(|| cell.to_owned())
    };
    let id = text(ListColumn::Id);
    let name = text(ListColumn::Name).map(|name| name.replace("\r\n", " ").replace(['\n', '\r'], " "));
    let fail = |column: ListColumn, reason: String| BadEntry {
        line,
        field: Some(column.as_str().to_owned()),
        reason,
        name: name.clone(),
        id: id.clone(),
    };
    let Some(known_name) = name.clone() else {
        return Err(fail(ListColumn::Name, "is empty; write the name to screen here".into()));
    };
    if known_name.starts_with('#') && workbook::is_cell_error(&known_name) {
        return Err(fail(ListColumn::Name, format!("holds the spreadsheet's error {known_name}; write the name here")));
    }
    let classes = match text(ListColumn::Classes) {
        Some(text) => classes(&text).map_err(|reason| fail(ListColumn::Classes, reason.chars().take(200).collect()))?,
        None => NiceClasses::EMPTY,
    };
    Ok(Entry {
        line,
        id,
        name: known_name,
        classes,
        goods: text(ListColumn::Goods),
        owner: text(ListColumn::Owner),
        group: text(ListColumn::Group),
    })
}

/// Classes as people write them in a list: `30 dan 43`, `30 & 43` too.
fn classes(text: &str) -> Result<NiceClasses, String> {
    let words = text.split_whitespace().filter(|word| !["dan", "and", "&"].iter().any(|and| word.eq_ignore_ascii_case(and)));
    words.collect::<Vec<_>>().join(" ").replace('&', " ").parse()
}
