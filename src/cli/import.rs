//! `mirip import`: office files → a register.
//!
//! All files go into one commit. A row that can't be read is written to `rejected.csv`
//! beside the index and stops nothing; a file that can't be read stops everything, with
//! the register left as it was, unless `--keep-going` has it noted there too. A mark that the register has
//! from newer data stays as it is.

mod rejected;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use clap::Args;
use jiff::civil::Date;
use jiff::{Timestamp, tz::TimeZone};
use serde::Serialize;

use super::arguments::{Global, date, format_parser};
use super::console::Console;
use super::exit::Finding;
use super::human::{Fact, summary};
use super::progress::{Progress, Unit};
use super::reading::each_row;
use crate::index::Writer;
use crate::mark::Mark;
use crate::register::{self, Format, Parts, ReadConfig, Row};
use crate::{Error, ErrorKind, Result};

use rejected::Rejected;

/// Between two tries to take the lock of a register.
const TRY_AGAIN_AFTER: Duration = Duration::from_millis(500);

/// Read an office's files into a register, creating or extending it; the same id replaces
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  mirip import merek.csv --register ./register
  mirip import berita-resmi.pdf apc260101.zip --register ./register
  mirip import berita-*.tsv.gz --register ./register --as-of 2026-11-24 --wait

What a file is, is told by its content, also in ZIP archives and gzipped; `mirip inspect FILE`
shows it. Of tables in our own layout the field `name` is required; id, classes (30;43), kind,
status, filed_on, registered_on, expires_on, owner, goods, translation, mark_type, group and
source are optional. Rows that can't be read are written to DIR/rejected.csv with line, field and
reason. A file that can't be read to its end stops the import, and nothing is kept; with
--keep-going what could be read is kept, the rest is noted in DIR/rejected.csv, and the exit status
is 2.

A mark whose data in the register are of a later date than the file stays as it is.")]
pub(super) struct Arguments {
    /// Files of an office
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// How the files are laid out
    #[arg(long, value_name = "FORMAT", default_value_t = Format::Auto, value_parser = format_parser())]
    format: Format,
    /// Of workbooks, the sheet to read [default: the first that holds a table]
    #[arg(long, value_name = "NAME")]
    sheet: Option<String>,
    /// Date of the data [default: what each file says, or else when it was last changed]
    #[arg(long, value_name = "DATE", value_parser = date)]
    as_of: Option<Date>,
    /// Keep what can be read of files, and of members of archives, that can't be read to their end [default: keep nothing]
    #[arg(long)]
    keep_going: bool,
    /// Wait while another process writes the register [default: give up at once]
    #[arg(long)]
    wait: bool,
    /// Print the summary as JSON
    #[arg(long)]
    json: bool,
}

/// What an import did.
#[derive(Debug, Serialize)]
struct Summary {
    register: PathBuf,
    read: u64,
    kept: u64,
    replaced: u64,
    /// Marks that the register has from newer data.
    outdated: u64,
    rejected: u64,
    /// Files, and members of archives, that could not be read to their end.
    failed: u64,
    rejected_file: Option<PathBuf>,
    data_as_of: Date,
    elapsed_ms: u64,
}

pub(super) fn run(arguments: Arguments, global: &Global, console: &Console) -> Result<Finding> {
    let started = Instant::now();
    let Some(folder) = global.register() else {
        return Err(Error::usage("import writes into a register; name its folder with --register DIR"));
    };
    // Every file is opened before the register is touched: a slip in the last name must not
    // cost the time of reading the first.
    let config = ReadConfig { format: arguments.format, sheet: arguments.sheet };
    let mut files = Vec::with_capacity(arguments.files.len());
    let mut unopened = Vec::new();
    for path in &arguments.files {
        match register::open(path, config.clone()) {
            Ok(rows) => files.push((path.as_path(), rows)),
            Err(error) if arguments.keep_going => unopened.push((path.as_path(), error)),
            Err(error) => return Err(error),
        }
    }
    let mut writer = open_writer(&folder, arguments.wait, console)?;
    let mut rejected = Rejected::new(&folder);
    let mut failures = Failures { is_noted: arguments.keep_going, count: 0, last: None };
    let noted = unopened.into_iter().try_for_each(|(path, error)| failures.note(path, error, &mut rejected, console));
    let read = noted.and_then(|()| read_files(files, arguments.as_of, &mut writer, &mut rejected, &mut failures, console));
    let read = read.and_then(|read| rejected.refusal_of_all(read.rows).map_or(Ok(read), Err));
    let read = read.and_then(|read| if read.rows == 0 { failures.last.take().map_or(Ok(read), Err) } else { Ok(read) });
    // On disk before the commit: marks must not go in where the list of those left out can't be had.
    let read = match read.and_then(|read| rejected.flush().map(|()| read)) {
        Ok(read) => read,
        Err(error) => {
            // Its temporary file goes first, because a folder made for this import goes too.
            drop(rejected);
            writer.abandon();
            return Err(error);
        }
    };
    if read.rows == 0 {
        console.remark("the files hold no row; the register keeps what it had");
    }
    let progress = Progress::new("building", Unit::Count);
    let imported = writer.commit(Some(read.data_as_of), &|done, total| progress.set(done, total))?;
    progress.finish();
    if imported.lacks_sheets {
        console.remark(&format!(
            "{}: every mark is in, but what speeds up the search can't be kept and is made anew at each opening, until there is room on its disk",
            folder.display()
        ));
    }
    if imported.outdated > 0 {
        console.remark(&format!(
            "{} marks stay as they are: the register has them from newer data; to have them as in these files, give --as-of DATE",
            imported.outdated
        ));
    }
    let rejected_count = rejected.count();
    let summary = Summary {
        rejected_file: rejected.finish()?,
        register: folder,
        read: read.rows,
        kept: imported.kept,
        replaced: imported.replaced,
        outdated: imported.outdated,
        rejected: rejected_count,
        failed: failures.count,
        data_as_of: read.data_as_of,
        elapsed_ms: u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX),
    };
    show(&summary, arguments.json, console)?;
    Ok(if failures.count > 0 { Finding::Incomplete } else { Finding::NothingHigh })
}

/// What could not be read to its end.
struct Failures {
    /// Noted, and gone on behind.
    is_noted: bool,
    count: u64,
    last: Option<Error>,
}

impl Failures {
    /// Notes a failure in the file `path`, or gives it back.
    fn note(&mut self, path: &Path, error: Error, rejected: &mut Rejected<'_>, console: &Console) -> Result<()> {
        if !self.is_noted {
            return Err(error);
        }
        console.remark(&format!("{error}; going on without the rest of it"));
        rejected.note(path, &error)?;
        self.count += 1;
        self.last = Some(error);
        Ok(())
    }
}

/// What was read of all files.
struct Read {
    rows: u64,
    /// Date of the newest.
    data_as_of: Date,
}

/// Passes every mark to the writer and every other row to the rejected ones.
fn read_files(
    files: Vec<(&Path, register::Rows)>,
    as_of: Option<Date>,
    writer: &mut Writer,
    rejected: &mut Rejected<'_>,
    failures: &mut Failures,
    console: &Console,
) -> Result<Read> {
    // One file of unknown size, such as a pipe, leaves the whole unknown.
    let total = files.iter().map(|(_, rows)| rows.total_bytes()).sum::<Option<u64>>().unwrap_or(0);
    let progress = Progress::new("reading", Unit::Bytes);
    let mut read = Read { rows: 0, data_as_of: as_of.unwrap_or(Date::MIN) };
    let mut bytes_before = 0;
    // Pages of one answer may be files of their own: parts are put together over all files.
    let mut parts = Parts::new();
    for (path, mut rows) in files {
        let mut sources = Sources::default();
        let changed_on = changed_on(path);
        // What the file says, or else when it was last changed; a pipe has no such day.
        let dated = |said: Option<Date>| as_of.or(said).or(changed_on.as_ref().ok().copied()).unwrap_or(Date::MIN);
        let mut failed = Vec::new();
        read.rows += each_row(
            &mut rows,
            &progress,
            bytes_before,
            total,
            |row, said| match row {
                Row::Mark(mark) => {
                    sources.note(&mark);
                    writer.add_as_of(&mark, dated(said))
                }
                Row::Part(part) => {
                    sources.note(&part);
                    parts.add(part, dated(said)).map_or(Ok(()), |(mark, date)| writer.add_as_of(&mark, date))
                }
                Row::Rejected(rejection) => rejected.write(path, &rejection),
            },
            |error| {
                failed.push(error);
                if failures.is_noted { Ok(()) } else { failed.pop().map_or(Ok(()), Err) }
            },
        )?;
        for error in failed {
            progress.above(|| failures.note(path, error, rejected, console))?;
        }
        bytes_before += rows.bytes_read();
        progress.set(bytes_before, total);
        let file = path.display().to_string();
        for warning in rows.warnings() {
            let warning = if warning.starts_with(&file) { warning } else { format!("{file}: {warning}") };
            progress.above(|| console.remark(&warning));
        }
        let date = as_of.or(rows.data_date()).map_or(changed_on, Ok)?;
        read.data_as_of = read.data_as_of.max(date);
        for source in sources.0 {
            writer.date_source(&source, date);
        }
    }
    parts.finish().try_for_each(|(mark, date)| writer.add_as_of(&mark, date))?;
    Ok(read)
}

/// The sources that the marks of a file name.
#[derive(Default)]
struct Sources(BTreeSet<String>);

impl Sources {
    fn note(&mut self, mark: &Mark) {
        if let Some(source) = &mark.source
            && self.0.len() < Writer::MOST_DATED_SOURCES
            && !self.0.contains(source)
        {
            self.0.insert(source.clone());
        }
    }
}

/// Takes the register's lock, at once or when its holder lets go.
fn open_writer(folder: &Path, is_patient: bool, console: &Console) -> Result<Writer> {
    let mut is_said = false;
    loop {
        match Writer::open(folder) {
            Err(error) if error.kind() == ErrorKind::Locked && is_patient => {
                if !std::mem::replace(&mut is_said, true) {
                    console.remark(&format!("{error}; waiting until it is done"));
                }
                thread::sleep(TRY_AGAIN_AFTER);
            }
            Err(error) if error.kind() == ErrorKind::Locked => {
                return Err(Error::new(ErrorKind::Locked, format!("{error}; try again when it is done, or wait for it with --wait")));
            }
            opened => return opened,
        }
    }
}

/// The day on which a file was last changed, where the computer stands.
fn changed_on(path: &Path) -> Result<Date> {
    let changed = fs::metadata(path).and_then(|facts| facts.modified()).map_err(|error| Error::reading(path, error))?;
    let changed = Timestamp::try_from(changed)
        .map_err(|error| Error::input(format!("{}: has no date of change; give --as-of DATE", path.display())).caused_by(error))?;
    Ok(changed.to_zoned(TimeZone::system()).date())
}

fn show(summary_of: &Summary, is_json: bool, console: &Console) -> Result<()> {
    if is_json {
        return console.print_json(summary_of);
    }
    let words = console.page().words;
    let [read, kept, replaced, rejected, rejected_file] = words.imported;
    let mut facts = vec![
        Fact { key: "register", label: words.register, value: summary_of.register.display().to_string() },
        console.count("read", read, summary_of.read),
        console.count("kept", kept, summary_of.kept),
        console.count("replaced", replaced, summary_of.replaced),
        console.count("rejected", rejected, summary_of.rejected),
    ];
    if let Some(path) = &summary_of.rejected_file {
        facts.push(Fact { key: "rejected_file", label: rejected_file, value: path.display().to_string() });
    }
    facts.push(Fact { key: "data_as_of", label: words.data_as_of, value: summary_of.data_as_of.to_string() });
    facts.push(console.time("elapsed_ms", Duration::from_millis(summary_of.elapsed_ms)));
    console.print(&summary(&facts, console.page()))
}
