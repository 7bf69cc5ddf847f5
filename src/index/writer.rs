//! Writing a register: all that an import adds becomes visible at once, or nothing.

use std::collections::HashSet;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use tantivy::{IndexWriter, TantivyDocument, Term};
use xxhash_rust::xxh3::xxh3_64;

use super::store::{self, Commit, Fields, Store};
use super::{Index, damaged};
use crate::mark::Mark;
use crate::{Error, ErrorKind, Result};

const LOCK_FILE: &str = "writer.lock";

/// Memory that tantivy may fill before it writes a segment out: two million ids fit.
const WRITER_MEMORY_BYTES: usize = 400 << 20;

/// Threads that write segments. One keeps up with any reader here, and makes fewer segments.
const WRITER_THREADS: usize = 1;

/// tantivy can index no longer term; far more than any office's number.
const MAX_ID_BYTES: usize = 1_000;

/// Writes to a register folder: creates or extends it. Holds the register's lock while it lives.
pub struct Writer {
    path: PathBuf,
    writer: IndexWriter,
    fields: Fields,
    /// Hashes of the ids that the register held when the writer opened, and of those added.
    known: HashSet<u64>,
    added: HashSet<u64>,
    imported: Imported,
    previous: Option<Date>,
    created: bool,
    lock: File,
}

/// What an import did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// Marks that are in the register through this import.
    pub kept: u64,
    /// Of them, marks that took the place of one with the same id.
    pub replaced: u64,
}

impl Writer {
    /// Takes the lock of the register in `path`, and creates the folder where it is absent.
    ///
    /// # Errors
    /// [`ErrorKind::Locked`], naming the process, where another one writes;
    /// [`ErrorKind::Register`] where `path` is a file, holds something else or can't be written.
    pub fn open(path: &Path) -> Result<Self> {
        let is_register = store::exists(path)?;
        let unwritable = |error: std::io::Error| Error::register(format!("{}: can't be written", path.display())).caused_by(error);
        if !is_register && fs::read_dir(path).is_ok_and(|entries| entries.flatten().any(|entry| !is_left_by_us(&entry))) {
            return Err(Error::register(format!(
                "{}: holds other files and no register; name a folder that is empty or new",
                path.display()
            )));
        }
        fs::create_dir_all(path).map_err(unwritable)?;
        let lock = lock(path)?;
        let mut known = HashSet::new();
        let mut previous = None;
        let index = if is_register {
            let open = Index::open(path)?;
            previous = open.data_as_of();
            for segment in open.segments() {
                known.extend(segment.live_facts().map(|(mark, _)| xxh3_64(segment.sheet().id(mark).as_bytes())));
            }
            tantivy::Index::open_in_dir(path)
        } else {
            tantivy::Index::create_in_dir(path, Fields::schema())
        };
        let index = index.map_err(|cause| write_failed(path, cause))?;
        let writer = index.writer_with_num_threads(WRITER_THREADS, WRITER_MEMORY_BYTES).map_err(|cause| write_failed(path, cause))?;
        let fields = Fields::of(&index).map_err(|cause| damaged(path, cause))?;
        Ok(Self {
            path: path.to_owned(),
            writer,
            fields,
            known,
            added: HashSet::new(),
            imported: Imported::default(),
            previous,
            created: !is_register,
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
        if mark.id.is_empty() || mark.id.len() > MAX_ID_BYTES {
            return Err(Error::input(format!("id has {} bytes; give 1 to {MAX_ID_BYTES}", mark.id.len())));
        }
        let hash = xxh3_64(mark.id.as_bytes());
        let was_added = !self.added.insert(hash);
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
        self.writer.add_document(document).map_err(|cause| write_failed(&self.path, cause))?;
        Ok(())
    }

    /// Makes everything that was added visible, at once and durably, and builds the sheets.
    /// `progress` is told how many marks of how many have passed into sheets.
    pub fn commit(mut self, data_as_of: Option<Date>, progress: &(dyn Fn(u64, u64) + Sync)) -> Result<Imported> {
        let commit = Commit { data_as_of: data_as_of.max(self.previous), opstamp: 0 };
        let payload = serde_json::to_string(&commit).expect("a commit is plain data");
        let path = self.path.clone();
        let failed = |cause| write_failed(&path, cause);
        let mut prepared = self.writer.prepare_commit().map_err(failed)?;
        prepared.set_payload(&payload);
        prepared.commit().map_err(failed)?;
        self.created = false;
        self.writer.wait_merging_threads().map_err(failed)?;
        let store = Store::open(&path)?;
        store.segments(progress)?;
        store.remove_stale_sheets()?;
        let imported = self.imported;
        // The lock goes last: a reader that sees it gone finds every sheet.
        drop(self.lock);
        Ok(imported)
    }

    /// Gives up all that was added. A folder that this writer created is taken away again.
    pub fn abandon(self) {
        let (path, created) = (self.path.clone(), self.created);
        drop(self);
        if created {
            // Best effort: what stays is an empty register.
            let _ = fs::remove_dir_all(path);
        }
    }
}

/// True while a process writes the register in `path`.
pub(super) fn is_locked(path: &Path) -> Result<bool> {
    let Ok(file) = File::open(path.join(LOCK_FILE)) else { return Ok(false) };
    Ok(matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock)))
}

fn is_left_by_us(entry: &fs::DirEntry) -> bool {
    let name = entry.file_name();
    let name = name.to_string_lossy();
    name == LOCK_FILE || name.starts_with('.') || name == "rejected.csv" || name == "sheets"
}

/// The lock is the system's, on an open file: it goes with its process, however that ends.
fn lock(path: &Path) -> Result<File> {
    let file = path.join(LOCK_FILE);
    let failed = |error: std::io::Error| Error::register(format!("{}: can't be written", path.display())).caused_by(error);
    let mut lock = OpenOptions::new().create(true).truncate(false).read(true).write(true).open(&file).map_err(failed)?;
    match lock.try_lock() {
        Ok(()) => {
            lock.set_len(0).map_err(failed)?;
            write!(lock, "{}", std::process::id()).map_err(failed)?;
            Ok(lock)
        }
        Err(TryLockError::WouldBlock) => {
            let mut holder = String::new();
            // Only for the message: an unreadable number leaves it out.
            let _ = lock.read_to_string(&mut holder);
            let who = if holder.is_empty() { "another process".to_owned() } else { format!("process {holder}") };
            Err(Error::new(
                ErrorKind::Locked,
                format!("{}: {who} is writing this register; wait until it is done, or use --wait", path.display()),
            ))
        }
        Err(TryLockError::Error(error)) => Err(failed(error)),
    }
}

fn write_failed(path: &Path, cause: tantivy::TantivyError) -> Error {
    Error::register(format!("{}: can't be written; what was committed before is untouched", path.display())).caused_by(cause)
}
