//! Writing a register: all that an import adds becomes visible at once, or nothing.

use std::collections::{HashMap, HashSet};
use std::ffi::OsString;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::civil::Date;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, IndexWriter, ReloadPolicy, Searcher, TERMINATED, TantivyDocument, TantivyError, Term};
use xxhash_rust::xxh3::xxh3_64;

use super::store::{self, AS_OF, Commit, Fields, Store};
use super::{Index, unreadable};
use crate::error::mend_of_writing;
use crate::mark::Mark;
use crate::{Error, ErrorKind, Result};

pub(super) const LOCK_FILE: &str = "writer.lock";

/// A reader that looks whether somebody writes holds the lock for some microseconds. Who
/// still has it after these tries, with a pause between, is a writer.
const LOCK_TRIES: u32 = 5;
const LOCK_PAUSE: Duration = Duration::from_millis(20);

/// Memory that tantivy may fill before it writes a segment out: two million ids fit.
const WRITER_MEMORY_BYTES: usize = 400 << 20;

/// Threads that write segments. One keeps up with any reader here, and makes fewer segments.
const WRITER_THREADS: usize = 1;

/// Days since 1970. Dates beyond what it can hold, of which registers have none, are its ends.
type Day = i16;

/// tantivy can index no longer term; far more than any office's number.
const MAX_ID_BYTES: usize = 1_000;

/// Writes to a register folder: creates or extends it. Holds the register's lock while it lives.
pub struct Writer {
    path: PathBuf,
    writer: IndexWriter,
    fields: Fields,
    /// Hashes of the ids that the register held when the writer opened, and of those added.
    known: HashSet<u64>,
    /// With the days that they are of, where that is said.
    added: HashMap<u64, Option<Day>>,
    /// What the register held when the writer opened, once it is asked.
    held: Option<Searcher>,
    imported: Imported,
    /// What the last commit said, with what this one adds.
    commit: Commit,
    /// Until the first commit, what the folder held before; `None` where there was no folder.
    first: Option<Option<HashSet<OsString>>>,
    lock: File,
}

/// What an import did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// Marks that are in the register through this import.
    pub kept: u64,
    /// Of them, marks that took the place of one with the same id.
    pub replaced: u64,
    /// Marks that stay as they are, because the register has them from newer data.
    pub outdated: u64,
    /// True where a sheet could not be kept: every opening builds it again.
    pub lacks_sheets: bool,
}

impl Writer {
    /// Sources whose dates are kept. A file with more has something else in that field.
    pub const MOST_DATED_SOURCES: usize = 1000;

    /// Takes the lock of the register in `path`, and creates the folder where it is absent.
    ///
    /// # Errors
    /// [`ErrorKind::Locked`], naming the process, where another one writes;
    /// [`ErrorKind::Register`] where `path` is a file, holds something else or can't be written.
    pub fn open(path: &Path) -> Result<Self> {
        let is_register = store::exists(path)?;
        if !is_register && store::holds_other_files(path) {
            return Err(Error::register(format!(
                "{}: holds other files and no register; name a folder that is empty or new",
                path.display()
            )));
        }
        let before = fs::read_dir(path).ok().map(|entries| entries.flatten().map(|entry| entry.file_name()).collect());
        fs::create_dir_all(path).map_err(|error| unwritable(path, error))?;
        let lock = lock(path)?;
        let has_commit = is_register && Store::open(path)?.has_commit()?;
        let mut known = HashSet::new();
        let mut commit = Commit::default();
        if has_commit {
            let open = Index::open(path)?;
            commit.clone_from(&open.0.commit);
            for segment in open.segments() {
                known.extend(segment.live_facts().map(|(mark, _)| xxh3_64(segment.sheet().id(mark).as_bytes())));
            }
        }
        let index = if is_register { tantivy::Index::open_in_dir(path) } else { tantivy::Index::create_in_dir(path, Fields::schema()) };
        let index = index.map_err(|cause| write_failed(path, cause))?;
        let writer = index.writer_with_num_threads(WRITER_THREADS, WRITER_MEMORY_BYTES).map_err(|cause| write_failed(path, cause))?;
        let fields = Fields::of(&index).map_err(|cause| unreadable(path, cause))?;
        Ok(Self {
            path: path.to_owned(),
            writer,
            fields,
            known,
            added: HashMap::new(),
            held: None,
            imported: Imported::default(),
            commit,
            first: (!has_commit).then_some(before),
            lock,
        })
    }

    /// The folder.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Adds a mark; one with the same id goes.
    ///
    /// # Errors
    /// [`ErrorKind::Input`] where the id is empty or longer than a thousand bytes: the others
    /// may go in. [`ErrorKind::Register`] where the folder can't be written.
    pub fn add(&mut self, mark: &Mark) -> Result<()> {
        self.add_of_day(mark, None)
    }

    /// As [`Writer::add`], from data of this date: where the register has the mark from newer data, it stays as it is.
    ///
    /// # Errors
    /// As [`Writer::add`].
    pub fn add_as_of(&mut self, mark: &Mark, date: Date) -> Result<()> {
        self.add_of_day(mark, Some(day_of(date)))
    }

    fn add_of_day(&mut self, mark: &Mark, day: Option<Day>) -> Result<()> {
        if mark.id.is_empty() || mark.id.len() > MAX_ID_BYTES {
            return Err(Error::input(format!("id has {} bytes; give 1 to {MAX_ID_BYTES}", mark.id.len())));
        }
        let hash = xxh3_64(mark.id.as_bytes());
        let before = self.added.get(&hash).copied();
        let held = match before {
            Some(day) => day,
            None if self.known.contains(&hash) && self.may_be_outdated(day) => self.held_day(&mark.id)?,
            None => None,
        };
        if day.is_some_and(|day| held.is_some_and(|held| day < held)) {
            self.imported.outdated += 1;
            return Ok(());
        }
        self.added.insert(hash, day);
        let was_added = before.is_some();
        // Two ids with one hash cost a needless deletion, which finds nothing.
        if was_added || self.known.contains(&hash) {
            self.writer.delete_term(Term::from_field_text(self.fields.id, &mark.id));
            self.imported.replaced += 1;
        }
        self.imported.kept += u64::from(!was_added);
        let bytes = serde_json::to_vec(mark).expect("a mark is plain data");
        let mut document = TantivyDocument::default();
        document.add_text(self.fields.id, &mark.id);
        document.add_bytes(self.fields.mark, &bytes);
        if let (Some(field), Some(day)) = (self.fields.as_of, day) {
            document.add_i64(field, i64::from(day));
        }
        self.writer.add_document(document).map_err(|cause| write_failed(&self.path, cause))?;
        Ok(())
    }

    /// False for data as new as the newest of the register: nothing needs to be looked up then.
    fn may_be_outdated(&self, day: Option<Day>) -> bool {
        day.is_some_and(|day| self.commit.data_as_of.is_some_and(|newest| day < day_of(newest)))
    }

    /// The day of the data from which the register has a mark; none where that is not known.
    fn held_day(&mut self, id: &str) -> Result<Option<Day>> {
        let failed = |cause: TantivyError| unreadable(&self.path, cause);
        if self.held.is_none() {
            let reader = self.writer.index().reader_builder().reload_policy(ReloadPolicy::Manual).try_into().map_err(failed)?;
            self.held = Some(tantivy::IndexReader::searcher(&reader));
        }
        let term = Term::from_field_text(self.fields.id, id);
        for segment in self.held.iter().flat_map(Searcher::segment_readers) {
            let inverted = segment.inverted_index(self.fields.id).map_err(failed)?;
            let postings = inverted.read_postings(&term, IndexRecordOption::Basic).map_err(|error| failed(error.into()))?;
            let Some(mut postings) = postings else { continue };
            let days = segment.fast_fields().column_opt::<i64>(AS_OF).map_err(failed)?;
            while postings.doc() != TERMINATED {
                if !segment.is_deleted(postings.doc()) {
                    let day = days.as_ref().and_then(|days| days.first(postings.doc()));
                    return Ok(day.and_then(|day| Day::try_from(day).ok()));
                }
                postings.advance();
            }
        }
        Ok(None)
    }

    /// Says how old the data of a source are that was added. The newest date counts.
    pub fn date_source(&mut self, source: &str, date: Date) {
        if self.commit.sources.len() < Self::MOST_DATED_SOURCES || self.commit.sources.contains_key(source) {
            let known = self.commit.sources.entry(source.to_owned()).or_insert(date);
            *known = date.max(*known);
        }
    }

    /// Makes everything that was added visible, at once and durably, and builds the sheets.
    /// `progress` is told how many marks of how many have passed into sheets.
    ///
    /// # Errors
    /// [`ErrorKind::Register`] where the folder can't be written; all that was added is given
    /// up then, as [`Writer::abandon`] does.
    pub fn commit(mut self, data_as_of: Option<Date>, progress: &(dyn Fn(u64, u64) + Sync)) -> Result<Imported> {
        if let Err(error) = self.commit_marks(data_as_of) {
            self.abandon();
            return Err(error);
        }
        let Self { path, writer, imported, lock, known, added, held, .. } = self;
        // What marks were told by is a hundred megabytes in a register of two million, and sheets need room.
        drop((known, added, held));
        // A merge that failed leaves more and smaller segments, and every mark in its place.
        let _ = writer.wait_merging_threads();
        store::share_lists(&path);
        let store = Store::open(&path)?;
        store.segments(progress)?;
        let lacks_sheets = store.remove_stale_sheets()?;
        // The lock goes last: a reader that sees it gone finds every sheet.
        drop(lock);
        Ok(Imported { lacks_sheets, ..imported })
    }

    fn commit_marks(&mut self, data_as_of: Option<Date>) -> Result<()> {
        self.commit.data_as_of = data_as_of.max(self.commit.data_as_of);
        let payload = serde_json::to_string(&self.commit).expect("a commit is plain data");
        let failed = |cause| write_failed(&self.path, cause);
        let mut prepared = self.writer.prepare_commit().map_err(failed)?;
        prepared.set_payload(&payload);
        prepared.commit().map_err(failed)?;
        Ok(())
    }

    /// Gives up all that was added. Of a first import nothing stays: neither a folder that it
    /// made nor, in one that was there, a file other than the lock.
    pub fn abandon(self) {
        let Self { path, writer, first, lock, .. } = self;
        drop(writer);
        // Best effort: what stays is no finished register, and refused as such.
        match first {
            None => {}
            Some(None) => {
                let _ = fs::remove_dir_all(&path);
            }
            Some(Some(before)) => {
                for entry in fs::read_dir(&path).into_iter().flatten().flatten() {
                    // The lock stays: who waits for it has it open, and must not lock a file that is gone.
                    if entry.file_name() != LOCK_FILE && !before.contains(&entry.file_name()) {
                        let _ = fs::remove_file(entry.path()).or_else(|_| fs::remove_dir_all(entry.path()));
                    }
                }
            }
        }
        // Last, as long as others see the folder.
        drop(lock);
    }
}

fn day_of(date: Date) -> Day {
    const EPOCH: Date = jiff::civil::date(1970, 1, 1);
    let days = EPOCH.until(date).map_or(i32::MIN, |span| span.get_days());
    Day::try_from(days).unwrap_or(if days < 0 { Day::MIN } else { Day::MAX })
}

/// True while a process writes the register in `path`.
pub(super) fn is_locked(path: &Path) -> Result<bool> {
    let Ok(file) = File::open(path.join(LOCK_FILE)) else { return Ok(false) };
    Ok(matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock)))
}

/// The lock is the system's, on an open file: it goes with its process, however that ends.
fn lock(path: &Path) -> Result<File> {
    let failed = |error| unwritable(path, error);
    let mut lock = OpenOptions::new().create(true).truncate(false).read(true).write(true).open(path.join(LOCK_FILE)).map_err(failed)?;
    for is_last in (1..=LOCK_TRIES).map(|number| number == LOCK_TRIES) {
        match lock.try_lock() {
            Ok(()) => {
                lock.set_len(0).map_err(failed)?;
                write!(lock, "{}", std::process::id()).map_err(failed)?;
                return Ok(lock);
            }
            Err(TryLockError::WouldBlock) if is_last => break,
            Err(TryLockError::WouldBlock) => std::thread::sleep(LOCK_PAUSE),
            Err(TryLockError::Error(error)) => return Err(failed(error)),
        }
    }
    let mut holder = String::new();
    // Only for the message: an unreadable number leaves it out.
    let _ = lock.read_to_string(&mut holder);
    let who = if holder.is_empty() { "another process".to_owned() } else { format!("process {holder}") };
    Err(Error::new(ErrorKind::Locked, format!("{}: {who} is writing this register", path.display())))
}

fn unwritable(path: &Path, error: io::Error) -> Error {
    Error::register(format!("{}: can't be written{}", path.display(), mend_of_writing(error.kind()))).caused_by(error)
}

fn write_failed(path: &Path, cause: TantivyError) -> Error {
    let failed = |mend: &str| Error::register(format!("{}: can't be written, and is as it was before{mend}", path.display()));
    match cause {
        TantivyError::IoError(error) => failed(mend_of_writing(error.kind())).caused_by(error.to_string()),
        // tantivy keeps the reason of its own threads to itself.
        TantivyError::ErrorInThread(_) => failed("; look whether its disk is full"),
        other => failed("").caused_by(other),
    }
}
