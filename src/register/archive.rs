//! ZIP archives of office files: each member is read as a stream, and nothing is unpacked to disk.
//!
//! So a member's path can't lead anywhere, and what a member grows to costs time and no room.

use std::collections::BTreeMap;
use std::io::{self, Read, Seek, SeekFrom};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use flate2::Crc;
use flate2::read::DeflateDecoder;
use zip::{CompressionMethod, ZipArchive};

use super::workbook::Make;
use crate::{Error, Result};

/// What a reader of containers needs.
pub(crate) trait ReadSeek: Read + Seek + Send {}

impl<T: Read + Seek + Send> ReadSeek for T {}

/// A file that can be read at any place.
pub(crate) type Seekable = Box<dyn ReadSeek>;

/// How often its own size a member may hold before it is taken for a bomb, once it is larger than
/// [`HARMLESS_BYTES`]. XML of offices packs thirtyfold at the most.
const MAX_RATIO: u64 = 300;
const HARMLESS_BYTES: u64 = 64 << 20;

/// Largest part of a workbook, in bytes once unpacked: its texts are kept in memory.
const MAX_PART_BYTES: u64 = 2 << 30;

/// Bytes that are read to learn what a container holds. Its directory is kept in memory, where each file takes some
/// 300 bytes beside its name: at 46 bytes in the directory at the least, that is some 200 MB at the most.
const MAX_DIRECTORY_BYTES: u64 = 32 << 20;

/// How far from its end a container says where its directory stands.
const END_BYTES: u64 = 66 << 10;

/// What a ZIP container holds.
pub(crate) enum Zip {
    /// Files.
    Archive(Archive),
    /// A workbook of this make, to be read from its beginning.
    Workbook(Make, Seekable),
}

impl Zip {
    /// Tells what a container holds by its directory.
    ///
    /// # Errors
    /// Where the directory can't be read or lists too many files, or the container is a document of another kind, or a
    /// workbook of more than two gigabytes.
    pub(crate) fn open(file: Seekable, name: &str) -> Result<Self> {
        let damaged = |cause: String| damaged(name, cause);
        let mut file = Shared { file: Arc::new(Mutex::new(file)), place: 0, left: Arc::new(AtomicU64::new(MAX_DIRECTORY_BYTES)) };
        let opened = ZipArchive::new(file.clone());
        let is_too_much = file.left.swap(u64::MAX, Ordering::Relaxed) == 0;
        let mut members = opened.map_err(|error| match is_too_much && has_end(&mut file) {
            true => Error::input(format!(
                "{name}: is a ZIP container whose list of files is too long to keep in memory; unpack it, or pack it into several of 100,000 files each"
            )),
            false => damaged(error.to_string()),
        })?;
        let has = |path: &str| members.index_for_name_raw(path.as_bytes()).is_some();
        if has("word/document.xml") || has("ppt/presentation.xml") {
            return Err(Error::input(format!("{name}: is a document and no workbook; save its table as XLSX or CSV")));
        }
        let makes = [("xl/workbook.xml", Make::Xlsx), ("xl/workbook.bin", Make::Xlsb), ("content.xml", Make::Ods)];
        let Some((_, make)) = makes.into_iter().find(|(path, _)| has(path)) else {
            return Archive::new(file, members, name).map(Self::Archive);
        };
        for number in 0..members.len() {
            let mut part = members.by_index(number).map_err(|error| damaged(error.to_string()))?;
            let (packed_bytes, told_bytes) = (part.compressed_size(), part.size());
            if told_bytes > MAX_PART_BYTES {
                return Err(Error::input(format!("{name}: is a workbook of more than 2 GiB once unpacked; save the sheet as CSV")));
            }
            if told_bytes > HARMLESS_BYTES.max(packed_bytes.saturating_mul(MAX_RATIO)) {
                return Err(Error::input(format!("{name}: grows to hundreds of times its size, as no workbook does; save it anew")));
            }
            // Sheets of an XLSX are read as a stream; of the rest, what is unpacked is kept, and may be more than is told.
            let is_streamed = part.name().is_ok_and(|path| path.starts_with("xl/worksheets/") && path.ends_with(".xml"));
            if make != Make::Ods && is_streamed || packed_bytes == told_bytes {
                continue;
            }
            let unpacked = io::copy(&mut part.by_ref().take(told_bytes + 1), &mut io::sink());
            if unpacked.map_err(|error| damaged(error.to_string()))? > told_bytes {
                return Err(damaged("a part is larger than is told".to_owned()));
            }
        }
        drop(members);
        let mut file: Seekable = Box::new(file);
        file.rewind().map_err(|error| damaged(error.to_string()))?;
        Ok(Self::Workbook(make, file))
    }
}

fn damaged(name: &str, cause: String) -> Error {
    Error::input(format!("{name}: the ZIP container is damaged or its end is missing; copy or download it again")).caused_by(cause)
}

/// True where a container's end is there: what stands before it may be too much to look through.
fn has_end(file: &mut Shared) -> bool {
    let mut end = Vec::new();
    let length = file.seek(SeekFrom::End(0)).unwrap_or(0);
    let read = file.seek(SeekFrom::Start(length.saturating_sub(END_BYTES))).and_then(|_| file.read_to_end(&mut end));
    read.is_ok() && memchr::memmem::rfind(&end, b"PK\x05\x06").is_some()
}

/// Members of an archive, in its order.
pub(crate) struct Archive {
    name: String,
    file: Shared,
    members: std::vec::IntoIter<Member>,
    /// The member that was given last.
    current: String,
    warnings: Vec<String>,
    bytes_read: Arc<AtomicU64>,
}

/// A file in an archive.
#[derive(Clone, Debug)]
struct Member {
    path: String,
    start: u64,
    packed_bytes: u64,
    method: CompressionMethod,
    crc: u32,
    is_encrypted: bool,
}

impl Archive {
    /// The files of a directory.
    fn new(file: Shared, mut archive: ZipArchive<Shared>, name: &str) -> Result<Self> {
        let damaged = |cause: String| damaged(name, cause);
        let mut members = Vec::new();
        for number in 0..archive.len() {
            let entry = archive.by_index_raw(number).map_err(|error| damaged(error.to_string()))?;
            let path = entry.name().map_err(|error| damaged(error.to_string()))?.to_string();
            if !entry.is_file() || is_by_the_way(&path) {
                continue;
            }
            let start = entry.data_start().ok_or_else(|| damaged(format!("{path} has no place")))?;
            let (packed_bytes, crc) = (entry.compressed_size(), entry.crc32());
            members.push(Member { path, start, packed_bytes, method: entry.compression(), crc, is_encrypted: entry.encrypted() });
        }
        let warnings = pass_over(&mut members);
        Ok(Self { name: name.to_owned(), file, members: members.into_iter(), current: String::new(), warnings, bytes_read: Arc::default() })
    }

    /// What is passed over.
    pub(crate) fn warnings(&self) -> &[String] {
        &self.warnings
    }

    /// The path of the member that was given last.
    pub(crate) fn current(&self) -> &str {
        &self.current
    }

    /// True where members are still to be read.
    pub(crate) fn has_more(&self) -> bool {
        !self.members.as_slice().is_empty()
    }

    /// Counts the bytes taken from the archive.
    pub(crate) fn counter(&self) -> &Arc<AtomicU64> {
        &self.bytes_read
    }

    /// The next member: its name for messages, and its bytes.
    ///
    /// # Errors
    /// Where it is encrypted or packed in a way that is not known.
    pub(crate) fn next_member(&mut self) -> Option<Result<(String, Box<dyn Read + Send>)>> {
        let member = self.members.next()?;
        let name = format!("{}, member {}", self.name, member.path);
        self.current.clone_from(&member.path);
        let packed = Packed {
            file: Shared { place: member.start, ..self.file.clone() },
            left: member.packed_bytes,
            counter: self.bytes_read.clone(),
        };
        let unpacked: Box<dyn Read + Send> = match member.method {
            _ if member.is_encrypted => {
                return Some(Err(Error::input(format!("{name}: is protected by a password; unpack it and import what is in it"))));
            }
            CompressionMethod::Stored => Box::new(packed),
            CompressionMethod::Deflated => Box::new(DeflateDecoder::new(io::BufReader::with_capacity(64 * 1024, packed))),
            other => {
                return Some(Err(Error::input(format!("{name}: is packed by {other}; unpack it, or pack it anew by Deflate"))));
            }
        };
        let most = HARMLESS_BYTES.max(member.packed_bytes.saturating_mul(MAX_RATIO));
        Some(Ok((name, Box::new(Checked { reader: unpacked, crc: Crc::new(), expected: member.crc, most }))))
    }
}

/// Endings of files that come along with data and hold none: schemas, pictures, prose, checksums.
const NO_DATA: [&str; 30] = [
    "dtd", "xsd", "xsl", "xslt", "md", "html", "htm", "css", "js", "pdf", "doc", "docx", "rtf", "log", "md5", "sha1", "sha256", "asc",
    "sig", "jpg", "jpeg", "png", "gif", "tif", "tiff", "bmp", "svg", "mp3", "mp4", "wav",
];

/// What a text file is called that tells of the data.
const PROSE: [&str; 6] = ["readme", "read_me", "license", "licence", "copying", "changelog"];

/// Takes members away that hold no data, unless there is nothing else; gives a warning for each kind of them.
fn pass_over(members: &mut Vec<Member>) -> Vec<String> {
    /// Members that a warning names.
    const NAMED_COUNT: usize = 3;
    if !members.iter().any(|member| no_data(&member.path).is_none()) {
        return Vec::new();
    }
    let mut passed: BTreeMap<String, (usize, Vec<String>)> = BTreeMap::new();
    members.retain(|member| {
        let Some(kind) = no_data(&member.path) else { return true };
        let (count, named) = passed.entry(kind).or_default();
        *count += 1;
        if named.len() < NAMED_COUNT {
            named.push(member.path.clone());
        }
        false
    });
    let told = passed.into_values().map(|(count, named)| match count - named.len() {
        0 => format!("holds no marks and is passed over: {}", named.join(", ")),
        others => format!("holds no marks and is passed over: {} and {others} more of the kind", named.join(", ")),
    });
    told.collect()
}

/// The kind of a member that holds no data, as its name tells.
fn no_data(path: &str) -> Option<String> {
    let name = path.rsplit('/').next().unwrap_or(path).to_ascii_lowercase();
    let (stem, ending) = name.rsplit_once('.').unwrap_or((&name, ""));
    let is_prose = matches!(ending, "txt" | "") && PROSE.iter().any(|word| stem.contains(word));
    (is_prose || NO_DATA.contains(&ending)).then(|| ending.to_owned())
}

/// What computers put into archives of their own accord.
fn is_by_the_way(path: &str) -> bool {
    let is_hidden = |part: &str| part.starts_with('.') && part.len() > 1 && !part.starts_with("..");
    path.split('/').any(|part| is_hidden(part) || part == "__MACOSX") || path.ends_with("Thumbs.db")
}

/// One of several readers of one file, each at its own place.
#[derive(Clone)]
struct Shared {
    file: Arc<Mutex<Seekable>>,
    place: u64,
    /// Bytes that may still be read, by all of them together.
    left: Arc<AtomicU64>,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Seekable> {
        self.file.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Read for Shared {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let left = self.left.load(Ordering::Relaxed);
        let most = into.len().min(usize::try_from(left).unwrap_or(usize::MAX));
        if most == 0 && !into.is_empty() {
            return Err(io::Error::other("more than may be read"));
        }
        let count = {
            let mut file = self.lock();
            file.seek(SeekFrom::Start(self.place))?;
            file.read(&mut into[..most])?
        };
        if left != u64::MAX {
            self.left.store(left - count as u64, Ordering::Relaxed);
        }
        self.place += count as u64;
        Ok(count)
    }
}

impl Seek for Shared {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let to = match to {
            SeekFrom::Current(by) => SeekFrom::Start(self.place.checked_add_signed(by).ok_or(io::ErrorKind::InvalidInput)?),
            other => other,
        };
        let place = self.lock().seek(to)?;
        self.place = place;
        Ok(self.place)
    }
}

/// The bytes of a member as they stand in the archive.
struct Packed {
    file: Shared,
    left: u64,
    counter: Arc<AtomicU64>,
}

impl Read for Packed {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let most = into.len().min(usize::try_from(self.left).unwrap_or(usize::MAX));
        let count = self.file.read(&mut into[..most])?;
        if count == 0 && most > 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.left -= count as u64;
        self.counter.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}

/// A member as it was before it was packed, held against its checksum at its end.
struct Checked {
    reader: Box<dyn Read + Send>,
    crc: Crc,
    expected: u32,
    most: u64,
}

impl Read for Checked {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let bad = |reason: &str| Err(io::Error::new(io::ErrorKind::InvalidData, reason));
        let count = self.reader.read(into)?;
        self.crc.update(&into[..count]);
        self.most = match self.most.checked_sub(count as u64) {
            Some(left) => left,
            None => return bad("it grows to hundreds of times its size, as no office's file does"),
        };
        if count == 0 && !into.is_empty() && self.crc.sum() != self.expected {
            return bad("its checksum is another: it is damaged");
        }
        Ok(count)
    }
}
