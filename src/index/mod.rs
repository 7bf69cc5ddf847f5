//! What is kept: marks in tantivy, and beside each of its segments a sheet for the scan.
//!
//! tantivy owns what must last: documents, atomic commits, deletes, merges. A [`Sheet`] is
//! derived from one segment and thrown away with it. A reader sees one commit for as long as
//! it lives; a writer makes all it added visible at once, or nothing.

mod build;
pub mod column;
mod frequency;
mod segment;
mod sheet;
mod starter;
mod store;
mod writer;

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::Date;

use self::frequency::Frequencies;
use self::store::Commit;
use crate::mark::{LegalStatus, Mark, MarkKind, NiceClass, NiceClasses};
use crate::{Error, Result};

pub use build::owner_key;
pub use frequency::{LogFrequencies, Rank};
pub use segment::{BlockLevels, Segment, WordNature};
pub use sheet::{Facts, Lists, Phrase, Sheet, WordConcept};
pub use store::expect_register;
pub use writer::{Imported, Writer};

/// An open register. Cheap to clone; a clone sees the same commit for as long as it lives.
#[derive(Clone)]
pub struct Index(Arc<Opened>);

struct Opened {
    name: String,
    path: Option<PathBuf>,
    segments: Vec<Segment>,
    frequencies: Frequencies,
    marks: u64,
    compared: u64,
    commit: Commit,
    digest: u64,
}

/// Counts of a register.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stats {
    /// Marks by legal status.
    pub by_status: Vec<(String, u64)>,
    /// Marks by what the sign consists of.
    pub by_kind: Vec<(String, u64)>,
    /// Marks by Nice class; a mark counts in each of its classes.
    pub by_class: Vec<(String, u64)>,
    /// Marks by source.
    pub by_source: Vec<(String, u64)>,
    /// Marks with nothing to compare.
    pub without_words: u64,
    /// Size on disk; `None` for a register in memory.
    pub size_bytes: Option<u64>,
}

/// Name of the register that is built into the program.
pub const STARTER: &str = "starter";

/// Date of the package of brand names that the starter register is made of.
const STARTER_DATA_AS_OF: Date = jiff::civil::date(2026, 9, 18);

impl Index {
    /// Opens the register in the folder `path`. Sheets that are missing or damaged are built
    /// again, and kept where the folder can be written.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Register`] where there is no register, or it is damaged.
    ///
    /// # Cost
    /// All files are read once for their checksums.
    pub fn open(path: &Path) -> Result<Self> {
        let store = store::Store::open(path)?;
        let (segments, commit) = store.segments(&|_, _| {})?;
        let name = path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned());
        Ok(Self::new(name, Some(path.to_owned()), segments, commit))
    }

    /// The starter register: brands that people know, built into the program.
    ///
    /// It is no official register.
    pub fn starter() -> Result<Self> {
        Self::of_marks(STARTER, starter::marks()?, Some(STARTER_DATA_AS_OF))
    }

    /// A register in memory. Marks with the same id replace earlier ones.
    pub fn of_marks(name: &str, marks: Vec<Mark>, data_as_of: Option<Date>) -> Result<Self> {
        let mut place_of_id = std::collections::HashMap::with_capacity(marks.len());
        let mut kept: Vec<Mark> = Vec::with_capacity(marks.len());
        for mark in marks {
            match place_of_id.get(&mark.id) {
                Some(&place) => kept[place] = mark,
                None => {
                    place_of_id.insert(mark.id.clone(), kept.len());
                    kept.push(mark);
                }
            }
        }
        let segment = Segment::in_memory(kept)?;
        Ok(Self::new(name.to_owned(), None, vec![segment], Commit { data_as_of, ..Commit::default() }))
    }

    fn new(name: String, path: Option<PathBuf>, mut segments: Vec<Segment>, commit: Commit) -> Self {
        let frequencies = Frequencies::count(&mut segments);
        let marks = segments.iter().map(Segment::live_count).sum();
        let (compared, digest) = rayon::join(
            || segments.iter().map(Segment::compared_count).sum(),
            || segments.iter().map(Segment::digest).fold(0, u64::wrapping_add),
        );
        Self(Arc::new(Opened { name, path, segments, frequencies, marks, compared, commit, digest }))
    }

    /// `starter`, or the name of the folder.
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// The folder; `None` for a register in memory.
    pub fn path(&self) -> Option<&Path> {
        self.0.path.as_deref()
    }

    /// True for the register that is built into the program.
    pub fn is_starter(&self) -> bool {
        self.0.path.is_none() && self.0.name == STARTER
    }

    /// Marks it holds.
    pub fn marks(&self) -> u64 {
        self.0.marks
    }

    /// Marks that have a word to compare.
    pub fn compared(&self) -> u64 {
        self.0.compared
    }

    /// Date of the data.
    pub fn data_as_of(&self) -> Option<Date> {
        self.0.commit.data_as_of
    }

    /// Date of the data of a source, as far as its files said one or an import was told.
    pub fn source_date(&self, source: &str) -> Option<Date> {
        self.0.commit.sources.get(source).copied()
    }

    /// Fingerprint of the content, in hexadecimal: the same for the same marks, in whatever
    /// order and however many steps they were imported.
    pub fn digest(&self) -> String {
        format!("{:016x}", self.0.digest)
    }

    /// The parts of the register.
    pub fn segments(&self) -> &[Segment] {
        &self.0.segments
    }

    /// How many marks hold a word.
    pub fn frequency(&self, word: &str) -> u32 {
        self.0.frequencies.frequency(self.rank(word))
    }

    /// Logarithm of how common a word is for goods of `classes`: of the number of marks that hold
    /// it, raised where it is commoner among marks of these classes than elsewhere. 0 for a word
    /// of one mark or none.
    pub fn log_frequency(&self, word: &str, classes: NiceClasses) -> f32 {
        self.0.frequencies.log_frequency(self.rank(word), classes)
    }

    /// [`Index::log_frequency`] of all words of the segments, for who asks for thousands.
    ///
    /// Cost: one pass over the frequent words, ten thousand of two million marks, for each class.
    pub fn log_frequencies(&self, classes: NiceClasses) -> LogFrequencies<'_> {
        self.0.frequencies.log_frequencies(classes)
    }

    /// Logarithms of how common words are for those goods for which each is commonest, or more.
    pub fn greatest_log_frequencies(&self) -> LogFrequencies<'_> {
        self.0.frequencies.greatest_log_frequencies()
    }

    fn rank(&self, word: &str) -> Rank {
        self.segments().iter().find_map(|segment| Some(segment.nature(segment.sheet().find_word(word)?).rank)).unwrap_or_default()
    }

    /// One mark by its id.
    pub fn mark(&self, id: &str) -> Result<Option<Mark>> {
        for segment in self.segments() {
            if let Some(mark) = segment.find(id)? {
                return Ok(Some(mark));
            }
        }
        Ok(None)
    }

    /// True where a later commit than the one seen here has been finished in the folder.
    pub fn is_outdated(&self) -> Result<bool> {
        match self.path() {
            // The lock is looked at second: a later commit whose writer has let go is finished.
            Some(path) => Ok(store::Store::opstamp(path)? != self.0.commit.opstamp && !writer::is_locked(path)?),
            None => Ok(false),
        }
    }

    /// Counts. Cost: one pass over the facts of all marks.
    pub fn stats(&self) -> Result<Stats> {
        let mut by_status = [0_u64; LegalStatus::ALL.len()];
        let mut by_kind = [0_u64; 4];
        let mut by_class = [0_u64; NiceClass::MAX as usize + 1];
        let mut by_source = BTreeMap::<String, u64>::new();
        for segment in self.segments() {
            let sources: Vec<&str> = segment.sheet().sources().collect();
            let mut of_source = vec![0_u64; sources.len()];
            for (mark, facts) in segment.live_facts() {
                let status = LegalStatus::ALL.iter().position(|&status| status == facts.status());
                by_status[status.expect("the list holds every status")] += 1;
                by_kind[facts.kind() as usize] += 1;
                segment.sheet().classes_of(mark).iter().for_each(|class| by_class[usize::from(class.number())] += 1);
                of_source[usize::from(facts.source)] += 1;
            }
            for (source, count) in sources.into_iter().zip(of_source).filter(|(_, count)| *count > 0) {
                *by_source.entry(source.to_owned()).or_default() += count;
            }
        }
        let kinds = [MarkKind::Word, MarkKind::Figurative, MarkKind::Combined, MarkKind::Other];
        let kind_names = kinds.map(|kind| ["word", "figurative", "combined", "other"][kind as usize]);
        let counted = |name: &str, count: u64| (count > 0).then(|| (name.to_owned(), count));
        Ok(Stats {
            by_status: LegalStatus::ALL.iter().zip(by_status).filter_map(|(status, count)| counted(status.as_str(), count)).collect(),
            by_kind: kind_names.iter().zip(by_kind).filter_map(|(kind, count)| counted(kind, count)).collect(),
            by_class: NiceClass::all().filter_map(|class| counted(&class.to_string(), by_class[usize::from(class.number())])).collect(),
            by_source: by_source.into_iter().collect(),
            without_words: self.marks() - self.compared(),
            size_bytes: self.path().map(store::size_bytes).transpose()?,
        })
    }
}

/// A register that tantivy can't read: the file at fault in plain words, for tantivy's own
/// tell of footers and magic bytes.
fn unreadable(path: &Path, cause: tantivy::TantivyError) -> Error {
    use tantivy::TantivyError::{DataCorruption, OpenReadError};
    use tantivy::directory::error::OpenReadError::{FileDoesNotExist, IoError};
    let file_name = |file: &Path| file.file_name().unwrap_or(file.as_os_str()).to_string_lossy().into_owned();
    match cause {
        OpenReadError(FileDoesNotExist(file)) => damaged(path, format!("{} is missing", file_name(&file))),
        OpenReadError(IoError { io_error, filepath }) => match io_error.kind() {
            io::ErrorKind::PermissionDenied => {
                Error::register(format!("{}: may not be read by you; ask its owner to let you read its files", path.display()))
                    .caused_by(format!("{}: {io_error}", file_name(&filepath)))
            }
            io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof => damaged(path, format!("{} is damaged", file_name(&filepath))),
            _ => damaged(path, format!("{}: {io_error}", file_name(&filepath))),
        },
        // Its words quote the whole file.
        DataCorruption(_) => damaged(path, "its list of files, meta.json or .managed.json, is damaged"),
        other => damaged(path, other),
    }
}

/// A register that can't be read, with what lay underneath.
fn damaged(path: &Path, cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Error {
    Error::register(format!("{}: the register can't be read; import its files again into a new folder", path.display())).caused_by(cause)
}
