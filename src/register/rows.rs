//! A file is opened, its container and its format are told by its content, and its rows are read.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Cursor, Read, Seek};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use jiff::civil::Date;

use super::archive::{Archive, Seekable, Zip};
use super::contact::without_contacts;
use super::input::unreadable;
use super::json_lines::JsonLinesReader;
use super::reader::{Mapped, Reader};
use super::sniff::{Container, Opening, container, split_opening};
use super::table::{self, MAX_TITLE_RECORDS};
use super::workbook::{Make, no_workbook};
use super::{Format, Input, ReadConfig, Row, gazette, pdki, tmview, workbook, xml};
use crate::mark::Mark;
use crate::{Error, Result};

/// Largest container that is read from a pipe, in bytes: its directory stands at its end, so it is kept whole.
const MAX_KEPT_BYTES: u64 = 1 << 30;

/// The rows of one file, in file order.
///
/// Every record comes as one [`Row`]. An `Err` is a failure of the file as a whole, after which the
/// iteration ends; rows given before it stand.
///
/// # Cost
/// Memory does not grow with the file: one buffer of at most some 2 MiB. Workbooks are the exception: their
/// texts stand apart from their cells.
pub struct Rows {
    reader: Box<dyn Reader>,
    format: Format,
    /// Members of an archive that are still to be read.
    archive: Option<Archive>,
    config: ReadConfig,
    /// Warnings, and the date, of the members that were read.
    warnings: Vec<String>,
    data_date: Option<Date>,
    bytes_read: Arc<AtomicU64>,
    total_bytes: Option<u64>,
    is_done: bool,
}

/// Opens an office's file. Gzip and ZIP are known by their content, whatever the file is called.
///
/// # Errors
/// [`ErrorKind::Input`](crate::ErrorKind::Input) where the file is not there, is a folder, is
/// empty, is of no known format, or has no column of names.
pub fn open(path: &Path, config: impl Into<ReadConfig>) -> Result<Rows> {
    let name = path.display().to_string();
    let (mut file, total_bytes) = open_file(path)?;
    let Some(total) = total_bytes else {
        return Rows::of_stream(Box::new(file), &name, None, config.into());
    };
    let mut head = Vec::new();
    let peeked = file.by_ref().take(HEAD_BYTES).read_to_end(&mut head).and_then(|_| file.rewind());
    peeked.map_err(|error| Error::reading(path, error))?;
    match container(&head) {
        None => Rows::of_stream(Box::new(file), &name, Some(total), config.into()),
        Some(container) => Rows::of_container(container, Box::new(file), &name, Some(total), config.into()),
    }
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
pub fn read(mut reader: impl Read + Send + 'static, name: &str, config: impl Into<ReadConfig>) -> Result<Rows> {
    let mut head = Vec::new();
    reader.by_ref().take(HEAD_BYTES).read_to_end(&mut head).map_err(|error| unreadable(name, error))?;
    match container(&head) {
        None => Rows::of_stream(Box::new(Cursor::new(head).chain(reader)), name, None, config.into()),
        Some(container) => {
            let kept = kept_whole(Cursor::new(head).chain(reader), name)?;
            Rows::of_container(container, kept, name, None, config.into())
        }
    }
}

/// Warnings of an archive's members that are kept.
const MAX_WARNINGS: usize = 200;

/// Keeps in memory what can be read from its beginning alone.
fn kept_whole(reader: impl Read, name: &str) -> Result<Seekable> {
    let mut kept = Vec::new();
    reader.take(MAX_KEPT_BYTES).read_to_end(&mut kept).map_err(|error| unreadable(name, error))?;
    if kept.len() as u64 >= MAX_KEPT_BYTES {
        return Err(Error::input(format!("{name}: is larger than 1 GiB; give it as a file, unpacked and not through a pipe")));
    }
    Ok(Box::new(Cursor::new(kept)))
}

/// Bytes by which a container is known.
const HEAD_BYTES: u64 = 4;

/// Opens a file of the user's for reading, with the mend where that fails.
pub(crate) fn open_input(path: &Path) -> Result<Input> {
    let (file, _) = open_file(path)?;
    Input::new(Box::new(file), &path.display().to_string())
}

/// A file and its size; none for what is no regular file.
fn open_file(path: &Path) -> Result<(File, Option<u64>)> {
    let name = path.display().to_string();
    let file = File::open(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => Error::input(format!("{name}: does not exist; check the path")),
        _ => Error::reading(path, error),
    })?;
    let metadata = file.metadata().map_err(|error| Error::reading(path, error))?;
    if metadata.is_dir() {
        return Err(Error::input(format!("{name}: is a folder; name a file in it")));
    }
    Ok((file, metadata.is_file().then_some(metadata.len())))
}

impl Rows {
    fn of_stream(reader: Box<dyn Read + Send>, name: &str, total_bytes: Option<u64>, config: ReadConfig) -> Result<Self> {
        let input = Input::new(reader, name)?;
        let bytes_read = Arc::clone(input.counter());
        let (format, reader) = reader_of(input, &config)?;
        Ok(Self::new(reader, format, config, bytes_read, total_bytes))
    }

    fn of_container(container: Container, file: Seekable, name: &str, total_bytes: Option<u64>, config: ReadConfig) -> Result<Self> {
        match container {
            Container::Pdf => Self::of_whole(gazette::open(file, name)?, Format::Gazette, config, total_bytes),
            Container::OldOffice => Self::of_workbook(file, Make::Xls, name, total_bytes, config),
            Container::Zip => match Zip::open(file, name)? {
                Zip::Workbook(make, file) => Self::of_workbook(file, make, name, total_bytes, config),
                Zip::Archive(_) if config.format == Format::Workbook => Err(no_workbook(name)),
                Zip::Archive(archive) => Self::of_archive(archive, name, total_bytes, config),
            },
        }
    }

    fn of_archive(mut archive: Archive, name: &str, total_bytes: Option<u64>, config: ReadConfig) -> Result<Self> {
        let bytes_read = Arc::clone(archive.counter());
        let Some(first) = archive.next_member() else {
            return Err(Error::input(format!("{name}: is an archive without a file in it")));
        };
        let (format, reader) = match reader_of_member(first, &config) {
            Err(error) if archive.has_more() => (config.format, Box::new(Unread(Some(error))) as Box<dyn Reader>),
            opened => opened?,
        };
        let warnings = archive.warnings().to_vec();
        Ok(Self { archive: Some(archive), warnings, ..Self::new(reader, format, config, bytes_read, total_bytes) })
    }

    fn of_workbook(file: Seekable, make: Make, name: &str, total_bytes: Option<u64>, config: ReadConfig) -> Result<Self> {
        Self::of_whole(workbook::open(file, make, name, config.sheet.as_deref())?, Format::Workbook, config, total_bytes)
    }

    /// Of a file that was taken in as a whole when it was opened.
    fn of_whole(reader: Box<dyn Reader>, format: Format, config: ReadConfig, total_bytes: Option<u64>) -> Result<Self> {
        Ok(Self::new(reader, format, config, Arc::new(AtomicU64::new(total_bytes.unwrap_or(0))), total_bytes))
    }

    fn new(reader: Box<dyn Reader>, format: Format, config: ReadConfig, bytes_read: Arc<AtomicU64>, total_bytes: Option<u64>) -> Self {
        Self { reader, format, archive: None, config, warnings: Vec::new(), data_date: None, bytes_read, total_bytes, is_done: false }
    }

    /// What the reader should know: what is left out, each named once; as far as the file was read.
    pub fn warnings(&self) -> Vec<String> {
        let further = self.reader.warnings().iter().filter(|warning| !self.warnings.contains(warning));
        self.warnings.iter().chain(further).cloned().collect()
    }

    /// Takes over what the member that was read last had to say. Members of one archive are alike: what
    /// thousands of them say is said once.
    fn keep_warnings(&mut self) {
        for warning in self.reader.warnings() {
            if self.warnings.len() < MAX_WARNINGS && !self.warnings.contains(warning) {
                self.warnings.push(warning.clone());
            }
        }
    }

    /// The format that the file, or the member of the archive that is read now, is read as; never [`Format::Auto`].
    pub fn decided_format(&self) -> Format {
        self.format
    }

    /// The fields of the file and what becomes of them; of an archive, those of the member that is read now.
    pub fn mapping(&self) -> Vec<Mapped> {
        self.reader.mapping()
    }

    /// The date of the data, where the file says it; as far as it was read.
    pub fn data_date(&self) -> Option<Date> {
        self.data_date.max(self.reader.data_date())
    }

    /// Bytes taken from the file so far, compressed ones where it is packed.
    pub fn bytes_read(&self) -> u64 {
        self.bytes_read.load(Ordering::Relaxed)
    }

    /// Size of the file in bytes; none for a pipe or another reader.
    pub fn total_bytes(&self) -> Option<u64> {
        self.total_bytes
    }

    /// After a failure in a member of an archive, goes on with the next one; false where there is none.
    ///
    /// # Examples
    /// ```no_run
    /// # let path = std::path::Path::new("archive.zip");
    /// let mut rows = mirip::register::open(path, mirip::register::Format::Auto)?;
    /// loop {
    ///     match rows.next() {
    ///         None => break,
    ///         Some(Ok(_row)) => {}
    ///         Some(Err(error)) => {
    ///             eprintln!("{error}");
    ///             if !rows.pass_over_failure() {
    ///                 break;
    ///             }
    ///         }
    ///     }
    /// }
    /// # Ok::<(), mirip::Error>(())
    /// ```
    pub fn pass_over_failure(&mut self) -> bool {
        if !self.is_done || !self.archive.as_ref().is_some_and(Archive::has_more) {
            return false;
        }
        self.keep_warnings();
        self.data_date = self.data_date();
        (self.reader, self.is_done) = (Box::new(Unread(None)), false);
        true
    }

    /// The date of the file, or of the member of the archive that is read now, where it says it; as far as it was read.
    pub fn current_date(&self) -> Option<Date> {
        self.reader.data_date()
    }

    fn next_row(&mut self) -> Result<Option<Row>> {
        loop {
            if let Some(mut row) = self.reader.next_row()? {
                match (&mut row, &self.archive) {
                    (Row::Mark(mark) | Row::Part(mark), _) => drop_contacts(mark),
                    // A line alone would not tell in which member.
                    (Row::Rejected(rejection), Some(archive)) => {
                        rejection.reason = format!("{} (member {})", rejection.reason, archive.current());
                    }
                    (Row::Rejected(_), None) => {}
                }
                return Ok(Some(row));
            }
            let Some(next) = self.archive.as_mut().and_then(Archive::next_member) else {
                return Ok(None);
            };
            self.keep_warnings();
            self.data_date = self.data_date();
            (self.format, self.reader) = reader_of_member(next, &self.config)?;
        }
    }
}

impl Iterator for Rows {
    type Item = Result<Row>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_done {
            return None;
        }
        let row = self.next_row().transpose();
        self.is_done = !matches!(row, Some(Ok(_)));
        row
    }
}

/// Takes e-mail addresses and telephone numbers off the owner.
fn drop_contacts(mark: &mut Mark) {
    if let Some(owner) = &mark.owner
        && let Cow::Owned(name) = without_contacts(owner)
    {
        mark.owner = Some(name).filter(|name| !name.is_empty());
    }
}

/// Stands for what can't be read, and says so once.
struct Unread(Option<Error>);

impl Reader for Unread {
    fn next_row(&mut self) -> Result<Option<Row>> {
        self.0.take().map_or(Ok(None), Err)
    }
}

fn reader_of_member(member: Result<(String, Box<dyn Read + Send>)>, config: &ReadConfig) -> Result<(Format, Box<dyn Reader>)> {
    let (name, reader) = member?;
    reader_of(Input::new(reader, &name)?, config)
}

/// Opens the reader of a container that stands in an archive or is gzipped.
fn reader_of_packed(container: Container, input: Input, config: &ReadConfig) -> Result<(Format, Box<dyn Reader>)> {
    let name = input.name().to_owned();
    let file = kept_whole(input, &name)?;
    let (make, file) = match container {
        Container::Pdf => return Ok((Format::Gazette, gazette::open(file, &name)?)),
        Container::OldOffice => (Make::Xls, file),
        Container::Zip => match Zip::open(file, &name)? {
            Zip::Workbook(make, file) => (make, file),
            Zip::Archive(_) => {
                return Err(Error::input(format!("{name}: is an archive in an archive; unpack it, and import what is in it")));
            }
        },
    };
    Ok((Format::Workbook, workbook::open(file, make, &name, config.sheet.as_deref())?))
}

/// Tells the format of a stream, and opens its reader.
fn reader_of(mut input: Input, config: &ReadConfig) -> Result<(Format, Box<dyn Reader>)> {
    if let Some(container) = container(input.window()) {
        return reader_of_packed(container, input, config);
    }
    Ok(match split_opening(&mut input, config.format, MAX_TITLE_RECORDS, table::header_score)? {
        Opening::JsonLines => (Format::Jsonl, Box::new(JsonLinesReader::new(input))),
        Opening::Office(Format::Pdki) => (Format::Pdki, pdki::open_json(input)?),
        Opening::Office(Format::Gazette) => (Format::Gazette, gazette::open_text(input)?),
        Opening::Office(Format::Tmview) => (Format::Tmview, tmview::open(input)?),
        Opening::Office(format) => (format, xml::open(input, format)?),
        Opening::Delimited { delimiter, skipped_lines } => table::open(input, delimiter, skipped_lines, config.format)?,
    })
}
