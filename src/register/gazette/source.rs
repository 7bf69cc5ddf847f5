//! A PDF's bytes without its pictures.
//!
//! A gazette is pictures for the most part: 150 MB of them around a few MB of text. They are passed over
//! while the file is read in, and never copied; their place in the file stays, empty, because the PDF's own
//! table of contents counts in bytes.

use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};

use flate2::read::ZlibDecoder;
use memchr::memmem;

use crate::register::archive::Seekable;

/// Bytes of the file that are looked at in one go.
const BUFFER_BYTES: usize = 64 * 1024;

/// How far before a stream its dictionary is looked for. Those of pictures take some 300 bytes; one that is
/// longer leaves its picture in, which costs memory alone.
const DICTIONARY_BYTES: usize = 4 * 1024;

/// What the compressed tables of a PDF (object streams) may unpack to, all together. Those of 900 pages take
/// less than 10 MB.
const MAX_TABLE_BYTES: u64 = 512 << 20;

/// Why a file can't be taken in.
#[derive(Debug)]
pub(super) enum SourceError {
    Io(io::Error),
    /// The file does not end as PDFs end.
    Truncated,
    /// Its compressed tables unpack to more than any gazette needs.
    Bomb,
}

impl From<io::Error> for SourceError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// Reads a PDF in, the data of its pictures left out as zeros.
///
/// # Cost
/// One pass. At most as much memory as the file is long. The zeros are never touched, so that the system gives
/// them no room where it hands out small pages: an import of 133 MB, 123 MB of them pictures, took 65 MiB more than
/// one of as many marks from JSON Lines. With large pages, for which mimalloc asks Linux, it took 129 MiB more.
pub(super) fn without_pictures(mut file: Seekable) -> Result<Vec<u8>, SourceError> {
    let length = file.seek(SeekFrom::End(0))?;
    file.rewind()?;
    let length = usize::try_from(length).map_err(|_| io::Error::from(io::ErrorKind::FileTooLarge))?;
    let mut source = Source { reader: BufReader::with_capacity(BUFFER_BYTES, file), bytes: vec![0; length], at: 0, table_bytes: 0 };
    source.read_all()?;
    let tail = &source.bytes[length.saturating_sub(1024)..];
    if memmem::find(tail, b"%%EOF").is_none() {
        return Err(SourceError::Truncated);
    }
    Ok(source.bytes)
}

struct Source {
    reader: BufReader<Seekable>,
    bytes: Vec<u8>,
    /// Place of the reader in the file.
    at: usize,
    table_bytes: u64,
}

impl Source {
    fn read_all(&mut self) -> Result<(), SourceError> {
        let finder = memmem::Finder::new(b"stream");
        let mut searched = 0;
        while self.copy_some()? {
            // A word that is cut in two by the buffer's end is found with the next buffer.
            while let Some(found) = finder.find(&self.bytes[searched..self.at]) {
                let word = searched + found;
                searched = word + b"stream".len();
                if !self.bytes[..word].ends_with(b"end") && self.pass_over(word)? {
                    searched = self.at;
                }
            }
            searched = searched.max(self.at.saturating_sub(b"stream".len() - 1));
        }
        Ok(())
    }

    /// Copies what the buffer holds; false at the end of the file.
    fn copy_some(&mut self) -> io::Result<bool> {
        let room = self.bytes.len() - self.at;
        let buffer = self.reader.fill_buf()?;
        let count = buffer.len().min(room).min(DICTIONARY_BYTES);
        self.bytes[self.at..self.at + count].copy_from_slice(&buffer[..count]);
        self.reader.consume(count);
        self.at += count;
        Ok(count > 0)
    }

    /// Where the stream whose word stands at `word` is a picture, goes on behind it; true where it did.
    fn pass_over(&mut self, word: usize) -> Result<bool, SourceError> {
        let before = &self.bytes[word.saturating_sub(DICTIONARY_BYTES)..word];
        let dictionary = memmem::rfind(before, b" obj").map_or(before, |start| &before[start..]);
        if !dictionary.trim_ascii_end().ends_with(b">>") {
            return Ok(false);
        }
        let length = number_after(dictionary, b"/Length");
        if has_value(dictionary, b"/Subtype", b"/Image") {
            let start = word + b"stream".len();
            return Ok(self.leave_out(start, length.and_then(|length| start.checked_add(length)))?);
        }
        let is_table = has_value(dictionary, b"/Type", b"/ObjStm") || has_value(dictionary, b"/Type", b"/XRef");
        if let (Some(length), true) = (length, is_table) {
            self.weigh_table(word + b"stream".len(), length)?;
        }
        Ok(false)
    }

    /// Leaves bytes out from `start` on: up to `end`, where the word `endstream` stands there, else up to that word.
    fn leave_out(&mut self, start: usize, end: Option<usize>) -> io::Result<bool> {
        if end.is_some_and(|end| end <= self.at) {
            // It is in memory already, and small.
            return Ok(false);
        }
        // Keeps the line break behind the word, which belongs to the frame.
        let start = (start + 2).min(self.at);
        if let Some(end) = end.filter(|&end| end > self.at && end < self.bytes.len()) {
            let here = self.at;
            self.skip_to(end)?;
            if self.ends_here()? {
                self.bytes[start..here].fill(0);
                return Ok(true);
            }
            self.skip_to(here)?;
        }
        let copied = self.at;
        if let Some(found) = memmem::find(&self.bytes[start..copied], b"endstream") {
            self.bytes[start..start + found].fill(0);
            return Ok(false);
        }
        // The word may begin in what is copied.
        self.skip_to(copied.saturating_sub(b"endstream".len()).max(start))?;
        self.bytes[start..copied].fill(0);
        self.skip_to_word()?;
        Ok(true)
    }

    /// True where `endstream` follows, white space or a line break before it.
    fn ends_here(&mut self) -> io::Result<bool> {
        let mut next = [0; 16];
        let mut count = 0;
        while count < next.len() {
            match self.reader.read(&mut next[count..])? {
                0 => break,
                more => count += more,
            }
        }
        self.reader.seek_relative(-(count as i64))?;
        Ok(next[..count].trim_ascii_start().starts_with(b"endstream"))
    }

    fn skip_to(&mut self, place: usize) -> io::Result<()> {
        self.reader.seek_relative(place as i64 - self.at as i64)?;
        self.at = place;
        Ok(())
    }

    /// For pictures whose length is not told beside them.
    fn skip_to_word(&mut self) -> io::Result<()> {
        const WORD: &[u8] = b"endstream";
        let mut kept: Vec<u8> = Vec::new();
        loop {
            let buffer = self.reader.fill_buf()?;
            if buffer.is_empty() {
                return Ok(());
            }
            let count = buffer.len();
            let kept_count = kept.len();
            kept.extend_from_slice(buffer);
            if let Some(found) = memmem::find(&kept, WORD) {
                // The word itself is read again, into its place.
                let back = (kept_count + count - found) as i64;
                self.reader.consume(count);
                self.at += count;
                return self.skip_to((self.at as i64 - back) as usize);
            }
            kept.drain(..kept.len().saturating_sub(WORD.len() - 1));
            self.reader.consume(count);
            self.at += count;
        }
    }

    /// Unpacks a compressed table for its size alone: the PDF's reader unpacks it without a limit.
    fn weigh_table(&mut self, start: usize, length: usize) -> Result<(), SourceError> {
        let end = start.saturating_add(length).saturating_add(2).min(self.bytes.len());
        while self.at < end && self.copy_some()? {}
        let data = self.bytes[start..end.max(start)].trim_ascii_start();
        let left = MAX_TABLE_BYTES.saturating_sub(self.table_bytes);
        let mut unpacked = ZlibDecoder::new(data).take(left + 1);
        let mut buffer = [0; 8 * 1024];
        // What is no zlib data, or damaged, is for the PDF's reader to judge.
        while let Ok(count @ 1..) = unpacked.read(&mut buffer) {
            self.table_bytes += count as u64;
        }
        if self.table_bytes > MAX_TABLE_BYTES { Err(SourceError::Bomb) } else { Ok(()) }
    }
}

/// The number behind a key; none where a reference (`12 0 R`) or nothing stands there.
fn number_after(dictionary: &[u8], key: &[u8]) -> Option<usize> {
    let value = value_after(dictionary, key)?;
    let digits = value.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let number = std::str::from_utf8(&value[..digits]).ok()?.parse().ok()?;
    let rest = value[digits..].trim_ascii_start();
    if rest.first().is_some_and(u8::is_ascii_digit) { None } else { Some(number) }
}

fn has_value(dictionary: &[u8], key: &[u8], value: &[u8]) -> bool {
    value_after(dictionary, key)
        .is_some_and(|found| found.starts_with(value) && !found.get(value.len()).is_some_and(u8::is_ascii_alphanumeric))
}

/// What stands behind a key, which is no part of a longer one.
fn value_after<'a>(dictionary: &'a [u8], key: &[u8]) -> Option<&'a [u8]> {
    memmem::find_iter(dictionary, key)
        .map(|start| &dictionary[start + key.len()..])
        .find(|rest| !rest.first().is_some_and(u8::is_ascii_alphanumeric))
        .map(<[u8]>::trim_ascii_start)
}
