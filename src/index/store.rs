//! The folder of a register: tantivy's files, and the sheets beside its segments.

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use tantivy::Directory;
use tantivy::directory::MmapDirectory;
use tantivy::schema::{FAST, Field, STORED, STRING, Schema, Value};
use tantivy::store::StoreReader;
use tantivy::{SegmentReader, TantivyDocument, TantivyError};

use super::segment::{CACHED_BLOCKS, Documents, Segment};
use super::sheet::Sheet;
use super::{build, damaged, unreadable};
use crate::mark::Mark;
use crate::{Error, Result};

/// Name of the field of dates.
pub(super) const AS_OF: &str = "as_of";
const META_FILE: &str = "meta.json";
#[cfg(unix)]
const MANAGED_FILE: &str = ".managed.json";
const SHEET_FOLDER: &str = "sheets";

/// A register folder that was opened for reading.
pub(super) struct Store {
    path: PathBuf,
    index: tantivy::Index,
}

/// What a commit says of itself.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Commit {
    /// Date of the data.
    pub data_as_of: Option<Date>,
    /// The same by source.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub sources: BTreeMap<String, Date>,
    /// Number of the commit; grows with each.
    #[serde(skip)]
    pub opstamp: u64,
}

/// The fields of a document.
pub(super) struct Fields {
    pub id: Field,
    pub mark: Field,
    /// Date of the data that a mark is from, in days since 1970; registers of earlier builds have none.
    pub as_of: Option<Field>,
}

impl Fields {
    pub(super) fn schema() -> Schema {
        let mut schema = Schema::builder();
        schema.add_text_field("id", STRING);
        schema.add_bytes_field("mark", STORED);
        schema.add_i64_field(AS_OF, FAST);
        schema.build()
    }

    pub(super) fn of(index: &tantivy::Index) -> tantivy::Result<Self> {
        let schema = index.schema();
        Ok(Self { id: schema.get_field("id")?, mark: schema.get_field("mark")?, as_of: schema.get_field(AS_OF).ok() })
    }
}

impl Store {
    /// Opens a folder that holds a register.
    pub(super) fn open(path: &Path) -> Result<Self> {
        expect_register(path)?;
        let index = tantivy::Index::open_in_dir(path).map_err(|cause| unreadable(path, cause))?;
        Fields::of(&index).map_err(|cause| unreadable(path, cause))?;
        Ok(Self { path: path.to_owned(), index })
    }

    /// False where no import was ever finished: each writes down what it was.
    pub(super) fn has_commit(&self) -> Result<bool> {
        Ok(self.index.load_metas().map_err(|cause| unreadable(&self.path, cause))?.payload.is_some())
    }

    /// Number of the last commit in a folder.
    pub(super) fn opstamp(path: &Path) -> Result<u64> {
        Ok(Self::open(path)?.index.load_metas().map_err(|cause| unreadable(path, cause))?.opstamp)
    }

    /// The segments of the last commit, each with its sheet, and what the commit says.
    /// `progress` is told how many marks of how many have passed into new sheets.
    pub(super) fn segments(&self, progress: &(dyn Fn(u64, u64) + Sync)) -> Result<(Vec<Segment>, Commit)> {
        // A merge in another process may take files away between reading the list and opening them.
        let mut tries = 0;
        loop {
            match self.try_segments(progress) {
                Err(_) if tries < 5 && self.meta_has_changed_since(tries) => tries += 1,
                done => return done,
            }
        }
    }

    fn meta_has_changed_since(&self, tries: u32) -> bool {
        std::thread::sleep(std::time::Duration::from_millis(50 << tries));
        super::writer::is_locked(&self.path).unwrap_or(false)
    }

    fn try_segments(&self, progress: &(dyn Fn(u64, u64) + Sync)) -> Result<(Vec<Segment>, Commit)> {
        let failed = |cause: TantivyError| unreadable(&self.path, cause);
        let metas = self.index.load_metas().map_err(failed)?;
        // What a first import left that broke off: answering from it would find every name clear.
        let Some(payload) = metas.payload.as_deref() else {
            let path = self.path.display();
            return Err(Error::register(format!(
                "{path}: no import into this register was ever finished; if none is running, start it again with `mirip import FILE --register {path}`"
            )));
        };
        let mut commit: Commit = serde_json::from_str(payload).unwrap_or_default();
        commit.opstamp = metas.opstamp;
        let broken = self.index.validate_checksum().map_err(failed)?;
        if !broken.is_empty() {
            let files: Vec<String> = broken.iter().map(|file| file.display().to_string()).collect();
            return Err(damaged(&self.path, format!("checksum of {} is wrong", files.join(", "))));
        }
        let fields = Fields::of(&self.index).map_err(failed)?;
        let mut segments = Vec::with_capacity(metas.segments.len());
        let mut missing = Vec::new();
        for meta in metas.segments {
            let reader = SegmentReader::open(&self.index.segment(meta)).map_err(failed)?;
            let sheet = self.read_sheet(&reader);
            if sheet.is_none() {
                missing.push(u64::from(reader.max_doc()));
            }
            segments.push((reader, sheet));
        }
        let total: u64 = missing.iter().sum();
        let done = Mutex::new(0_u64);
        let step = |count: u64| {
            let mut done = done.lock().expect("counting does not panic");
            *done += count;
            progress(*done, total);
        };
        segments
            .into_iter()
            .map(|(reader, sheet)| {
                let sheet = match sheet {
                    Some(sheet) => sheet,
                    None => self.build_sheet(&reader, fields.mark, &step)?,
                };
                let store = reader.get_store_reader(CACHED_BLOCKS).map_err(|cause| damaged(&self.path, cause))?;
                let documents = Documents::Stored { path: self.path.clone(), store: Box::new(store), mark_field: fields.mark };
                Ok(Segment::new(sheet, reader.alive_bitset().cloned(), documents))
            })
            .collect::<Result<Vec<Segment>>>()
            .map(|segments| (segments, commit))
    }

    fn read_sheet(&self, reader: &SegmentReader) -> Option<Sheet> {
        let directory = MmapDirectory::open(self.path.join(SHEET_FOLDER)).ok()?;
        let file = directory.open_read(Path::new(&sheet_name(reader))).ok()?;
        let sheet = Sheet::open(file.read_bytes().ok()?)?;
        (sheet.mark_count() == reader.max_doc()).then_some(sheet)
    }

    /// Builds a sheet and keeps it; where the folder can't be written it lives in memory alone.
    fn build_sheet(&self, reader: &SegmentReader, mark_field: Field, progress: &(dyn Fn(u64) + Sync)) -> Result<Sheet> {
        let read = |range: std::ops::Range<u32>| {
            // A reader of its own: the cache of a shared one would be fought over.
            let store = reader.get_store_reader(1).map_err(|cause| damaged(&self.path, cause))?;
            range.map(|doc| read_mark(&store, mark_field, doc).map_err(|cause| damaged(&self.path, cause))).collect()
        };
        let sheet = build::build(reader.max_doc(), read, progress)?;
        let folder = self.path.join(SHEET_FOLDER);
        let kept = fs::create_dir_all(&folder).and_then(|()| write_atomically(&folder, &sheet_name(reader), sheet.as_bytes()));
        match kept {
            // Read back, so that the memory can go: a mapped file is the system's to drop.
            Ok(()) => Ok(self.read_sheet(reader).unwrap_or(sheet)),
            Err(_) => Ok(sheet),
        }
    }

    /// Removes sheets whose segment is gone; true where a segment has no sheet.
    pub(super) fn remove_stale_sheets(&self) -> Result<bool> {
        let live = self.index.searchable_segment_ids().map_err(|cause| unreadable(&self.path, cause))?;
        let mut missing: HashSet<String> = live.iter().map(|id| format!("{}.sheet", id.uuid_string())).collect();
        for entry in fs::read_dir(self.path.join(SHEET_FOLDER)).into_iter().flatten().flatten() {
            if !missing.remove(entry.file_name().to_string_lossy().as_ref()) {
                // Another process may have it open, or have removed it: either is fine.
                let _ = fs::remove_file(entry.path());
            }
        }
        Ok(!missing.is_empty())
    }
}

fn sheet_name(reader: &SegmentReader) -> String {
    format!("{}.sheet", reader.segment_id().uuid_string())
}

fn write_atomically(folder: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
    let mut file = tempfile::Builder::new().prefix(".sheet-").tempfile_in(folder)?;
    io::Write::write_all(&mut file, bytes)?;
    file.as_file().sync_all()?;
    // A temporary file is private; a register is as readable as its folder.
    #[cfg(unix)]
    fs::set_permissions(file.path(), std::os::unix::fs::PermissionsExt::from_mode(0o644))?;
    file.persist(folder.join(name)).map_err(|error| error.error)?;
    Ok(())
}

/// True where `path` is a folder with a register; false where it is absent or holds none.
///
/// # Errors
/// Where `path` is a file, or can't be looked at.
pub(super) fn exists(path: &Path) -> Result<bool> {
    match fs::metadata(path) {
        Ok(meta) if meta.is_dir() => Ok(path.join(META_FILE).is_file()),
        Ok(_) => Err(Error::register(format!("{}: is a file; a register is a folder: name another path", path.display()))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => {
            Err(Error::register(format!("{}: lies below a file; name a path whose parts are folders", path.display())))
        }
        Err(error) => Err(Error::register(format!("{}: can't be opened", path.display())).caused_by(error)),
    }
}

/// Refuses a path where no register is, with the way to make one.
///
/// # Errors
/// [`crate::ErrorKind::Register`].
pub fn expect_register(path: &Path) -> Result<()> {
    if exists(path)? {
        return Ok(());
    }
    let shown = path.display();
    Err(Error::register(if holds_other_files(path) {
        format!("{shown}: holds other files and no register; name the folder that `mirip import` was given")
    } else {
        let what = if path.is_dir() { "there is no register here" } else { "no such register" };
        format!("{shown}: {what}; make one with `mirip import FILE --register {shown}`")
    }))
}

/// True where a folder holds anything that no writer of ours leaves behind.
pub(super) fn holds_other_files(path: &Path) -> bool {
    fs::read_dir(path).is_ok_and(|entries| {
        entries.flatten().any(|entry| {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            !(name.starts_with('.') || [super::writer::LOCK_FILE, SHEET_FOLDER, "rejected.csv"].contains(&name.as_ref()))
        })
    })
}

/// Lets those read tantivy's lists of files who may read the others: written as temporary
/// files, they are for their owner alone, and a service often runs as somebody else.
pub(super) fn share_lists(path: &Path) {
    #[cfg(unix)]
    for list in [META_FILE, MANAGED_FILE] {
        // Whose file it is not may go on: the owner has let them in before, or has not.
        let _ = fs::set_permissions(path.join(list), std::os::unix::fs::PermissionsExt::from_mode(0o644));
    }
    #[cfg(not(unix))]
    let _ = path;
}

/// Bytes of all files of a folder, one level of subfolders included.
pub(super) fn size_bytes(path: &Path) -> Result<u64> {
    fn sum(path: &Path, depth: u32) -> io::Result<u64> {
        let mut bytes = 0;
        for entry in fs::read_dir(path)? {
            let entry = entry?;
            let meta = entry.metadata()?;
            bytes += if meta.is_dir() && depth > 0 { sum(&entry.path(), depth - 1)? } else { meta.len() };
        }
        Ok(bytes)
    }
    sum(path, 1).map_err(|cause| damaged(path, cause))
}

/// Reads the document of a mark.
pub(super) fn read_mark(store: &StoreReader, mark_field: Field, doc: u32) -> Result<Mark, Box<dyn std::error::Error + Send + Sync>> {
    let document: TantivyDocument = store.get(doc)?;
    let bytes = document.get_first(mark_field).and_then(|value| value.as_bytes().map(<[u8]>::to_vec)).ok_or("a document without a mark")?;
    Ok(serde_json::from_slice(&bytes)?)
}
