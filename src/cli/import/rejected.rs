//! The rows that an import could not read: `rejected.csv` beside the index.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::register::Rejection;
use crate::{Error, Result};

/// Name of the file in the register's folder.
const FILE_NAME: &str = "rejected.csv";

/// Begins the names of temporary files.
const PREFIX: &str = ".rejected-";

/// Writes rejected rows to a temporary file, which takes its name when the import is done.
///
/// An import that stops half-way leaves the file of the import before it in place.
pub(super) struct Rejected<'a> {
    folder: &'a Path,
    rows: Option<csv::Writer<NamedTempFile>>,
    count: u64,
    first: Option<String>,
}

impl<'a> Rejected<'a> {
    /// No row yet; nothing is written before the first. Whoever calls holds the register's
    /// lock: what an import that was killed has left here is taken away.
    pub fn new(folder: &'a Path) -> Self {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            if entry.file_name().to_string_lossy().starts_with(PREFIX) {
                // Best effort: it is in nobody's way.
                let _ = fs::remove_file(entry.path());
            }
        }
        Self { folder, rows: None, count: 0, first: None }
    }

    /// Rows so far.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// Adds a row of the file `path`.
    pub fn write(&mut self, path: &Path, rejection: &Rejection) -> Result<()> {
        let file = path.display().to_string();
        let line = rejection.line.to_string();
        let field = rejection.field.as_deref().unwrap_or("");
        if self.first.is_none() {
            let field = if field.is_empty() { String::new() } else { format!(", field {field}") };
            self.first = Some(format!("{file}, line {line}{field}: {}", rejection.reason));
        }
        self.count += 1;
        self.write_record([file.as_str(), &line, field, &rejection.reason, &rejection.raw])
    }

    /// Notes that the file `path`, or a member of it, can't be read to its end.
    pub fn note(&mut self, path: &Path, failure: &Error) -> Result<()> {
        self.write_record([&path.display().to_string(), "", "", &failure.to_string(), ""])
    }

    fn write_record(&mut self, fields: [&str; 5]) -> Result<()> {
        let target = self.folder.join(FILE_NAME);
        let rows = match &mut self.rows {
            Some(rows) => rows,
            None => self.rows.insert(start(self.folder).map_err(|error| Error::writing(&target, error))?),
        };
        rows.write_record(fields).map_err(|error| Error::writing_csv(&target, error))
    }

    /// An error where every one of `read` rows was rejected: a register of nothing would
    /// answer that no name has a conflict.
    pub fn refusal_of_all(&self, read: u64) -> Option<Error> {
        let first = self.first.as_ref().filter(|_| self.count == read)?;
        Some(Error::input(format!("none of the {read} rows can be read, so nothing was imported; the first: {first}")))
    }

    /// Brings every row so far to disk.
    pub fn flush(&mut self) -> Result<()> {
        let target = self.folder.join(FILE_NAME);
        let Some(rows) = &mut self.rows else { return Ok(()) };
        rows.flush().and_then(|()| rows.get_ref().as_file().sync_all()).map_err(|error| Error::writing(&target, error))
    }

    /// Puts the file in place and gives its path; where no row was rejected, takes away the
    /// file of an earlier import.
    pub fn finish(self) -> Result<Option<PathBuf>> {
        let target = self.folder.join(FILE_NAME);
        let written = |error| Error::writing(&target, error);
        let Some(rows) = self.rows else {
            return match fs::remove_file(&target) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => Err(written(error)),
                _ => Ok(None),
            };
        };
        let file = rows.into_inner().map_err(|error| written(error.into_error()))?;
        file.persist(&target).map_err(|error| written(error.error))?;
        Ok(Some(target))
    }
}

fn start(folder: &Path) -> io::Result<csv::Writer<NamedTempFile>> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(PREFIX).suffix(".csv");
    // Temporary files are for their owner alone; this one is to be read by colleagues, as
    // far as the user's own mask lets them.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut rows = csv::Writer::from_writer(builder.tempfile_in(folder)?);
    rows.write_record(["file", "line", "field", "reason", "raw"])?;
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rejection(line: u64, field: Option<&str>) -> Rejection {
        Rejection { line, field: field.map(str::to_owned), reason: "class 99 does not exist".into(), raw: "KOPI;\"99\"\nX".into() }
    }

    #[test]
    fn rejected_rows_come_back_as_they_were() {
        let folder = tempfile::tempdir().unwrap();
        let mut rejected = Rejected::new(folder.path());
        rejected.write(Path::new("a.csv"), &rejection(7, Some("classes"))).unwrap();
        rejected.write(Path::new("a.csv"), &rejection(9, None)).unwrap();
        assert!(!folder.path().join(FILE_NAME).exists(), "nothing in place before the end");
        let path = rejected.finish().unwrap().expect("two rows were rejected");
        let mut rows = csv::Reader::from_path(path).unwrap();
        let rows: Vec<Vec<String>> = rows.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
        assert_eq!(rows[0], ["a.csv", "7", "classes", "class 99 does not exist", "KOPI;\"99\"\nX"]);
        assert_eq!(rows[1][1..3], ["9", ""]);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "no temporary file stays");
    }

    #[test]
    fn a_clean_import_takes_the_old_file_away_and_a_stopped_one_does_not() {
        let folder = tempfile::tempdir().unwrap();
        let old = folder.path().join(FILE_NAME);
        fs::write(&old, "old").unwrap();
        let mut stopped = Rejected::new(folder.path());
        stopped.write(Path::new("a.csv"), &rejection(2, None)).unwrap();
        drop(stopped);
        assert_eq!(fs::read_to_string(&old).unwrap(), "old");
        assert_eq!(Rejected::new(folder.path()).finish().unwrap(), None);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn what_a_killed_import_left_is_taken_away() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(".rejected-x7.csv"), "left").unwrap();
        fs::write(folder.path().join("meta.json"), "{}").unwrap();
        Rejected::new(folder.path());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn an_import_of_nothing_but_bad_rows_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let mut rejected = Rejected::new(folder.path());
        assert!(rejected.refusal_of_all(0).is_none());
        rejected.write(Path::new("a.csv"), &rejection(2, Some("classes"))).unwrap();
        assert!(rejected.refusal_of_all(2).is_none());
        let refusal = rejected.refusal_of_all(1).expect("all rows were rejected").to_string();
        assert!(refusal.contains("a.csv, line 2, field classes: class 99"), "{refusal}");
    }
}
