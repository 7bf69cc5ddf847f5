//! A file's bytes in one buffer that moves along: unpacked where gzipped, in UTF-8 where they show themselves
//! as UTF-16 (Excel's "Unicode text", some XML), counted for the progress bar.

use std::io::{self, BufRead, BufReader, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use encoding_rs::Encoding;
use flate2::read::MultiGzDecoder;

use super::transcode::{Malformed, Transcoded, shown_encoding};
use crate::{Error, Result};

/// Bytes that the buffer begins with; it grows only where one record needs more.
const FIRST_BUFFER_BYTES: usize = 256 * 1024;

const GZIP_MAGIC: [u8; 2] = [0x1f, 0x8b];

/// Bytes of a file, seen through a window that the reader of records moves along.
pub(crate) struct Input {
    name: String,
    reader: Box<dyn Read + Send>,
    buffer: Vec<u8>,
    start: usize,
    end: usize,
    is_at_end: bool,
    is_gzip: bool,
    is_transcoded: bool,
    /// A failure that came behind bytes which are still good.
    failure: Option<io::Error>,
    bytes_read: Arc<AtomicU64>,
}

impl Input {
    /// Takes `reader` over and fills the first window. `name` stands for it in messages.
    pub(crate) fn new(mut reader: Box<dyn Read + Send>, name: &str) -> Result<Self> {
        let mut magic = Vec::with_capacity(GZIP_MAGIC.len());
        reader.by_ref().take(GZIP_MAGIC.len() as u64).read_to_end(&mut magic).map_err(|error| unreadable(name, error))?;
        let is_gzip = magic == GZIP_MAGIC;
        let bytes_read = Arc::new(AtomicU64::new(0));
        let counted = Counted { reader: io::Cursor::new(magic).chain(reader), bytes_read: Arc::clone(&bytes_read) };
        let reader: Box<dyn Read + Send> =
            if is_gzip { Box::new(MultiGzDecoder::new(BufReader::with_capacity(64 * 1024, counted))) } else { Box::new(counted) };
        let mut input = Self {
            name: name.to_owned(),
            reader,
            buffer: Vec::new(),
            start: 0,
            end: 0,
            is_at_end: false,
            is_gzip,
            is_transcoded: false,
            failure: None,
            bytes_read,
        };
        input.fill(0)?;
        if let Some(encoding) = shown_encoding(input.window()) {
            input.transcode(encoding)?;
        }
        Ok(input)
    }

    /// From here on the file is read as text in `encoding`, and seen as UTF-8.
    ///
    /// # Errors
    /// Where the window can't be filled anew.
    pub(crate) fn transcode(&mut self, encoding: &'static Encoding) -> Result<()> {
        let seen = io::Cursor::new(self.window().to_vec());
        let rest = std::mem::replace(&mut self.reader, Box::new(io::empty()));
        self.reader = match self.failure.take() {
            Some(failure) => Box::new(Transcoded::new(Box::new(seen.chain(Failing(Some(failure)))), encoding)),
            None => Box::new(Transcoded::new(Box::new(seen.chain(rest)), encoding)),
        };
        (self.start, self.end, self.is_at_end, self.is_transcoded) = (0, 0, false, true);
        self.fill(1)
    }

    /// True where the file was no UTF-8, and is seen as such.
    pub(crate) fn is_transcoded(&self) -> bool {
        self.is_transcoded
    }

    /// Name of the file, for messages.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// The bytes in sight.
    pub(crate) fn window(&self) -> &[u8] {
        &self.buffer[self.start..self.end]
    }

    /// True where the window ends with the file.
    pub(crate) fn is_at_end(&self) -> bool {
        self.is_at_end
    }

    /// Lets `count` bytes at the window's beginning go.
    pub(crate) fn consume(&mut self, count: usize) {
        self.start += count;
        debug_assert!(self.start <= self.end);
    }

    /// Bytes of memory that the window may take.
    #[cfg(test)]
    pub(crate) fn buffer_bytes(&self) -> usize {
        self.buffer.len()
    }

    /// Counts the bytes taken from the file.
    pub(crate) fn counter(&self) -> &Arc<AtomicU64> {
        &self.bytes_read
    }

    /// Widens the window by at least one byte, or notes that the file has ended.
    ///
    /// # Errors
    /// Where the file can't be read on; `line` is the line reached.
    pub(crate) fn fill(&mut self, line: u64) -> Result<()> {
        self.buffer.copy_within(self.start..self.end, 0);
        self.end -= self.start;
        self.start = 0;
        if self.end == self.buffer.len() {
            self.buffer.resize((self.buffer.len() * 2).max(FIRST_BUFFER_BYTES), 0);
        }
        let filled_before = self.end;
        while self.failure.is_none() && !self.is_at_end && self.end < self.buffer.len() {
            match self.reader.read(&mut self.buffer[self.end..]) {
                Ok(0) => self.is_at_end = true,
                Ok(count) => self.end += count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => self.failure = Some(error),
            }
        }
        if self.end == filled_before
            && let Some(error) = self.failure.take()
        {
            return Err(self.failed(error, line));
        }
        Ok(())
    }

    fn failed(&self, error: io::Error, line: u64) -> Error {
        let name = &self.name;
        match error.kind() {
            _ if error.get_ref().is_some_and(|cause| cause.is::<Malformed>()) => {
                Error::input(format!("{name}: can't be read on from line {line}, or a little below it; save it anew as UTF-8"))
                    .caused_by(error)
            }
            io::ErrorKind::UnexpectedEof if self.is_gzip => {
                Error::input(format!("{name}: the gzip file ends in the middle, in line {line}; copy or download it again"))
            }
            io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData if self.is_gzip => {
                Error::input(format!("{name}: the gzip file is damaged, in line {line}; copy or download it again")).caused_by(error)
            }
            _ => Error::input(format!("{name}: can't be read on from line {line}")).caused_by(error),
        }
    }
}

/// The bytes in sight, and behind them the rest: for parsers that read a stream.
impl BufRead for Input {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.window().is_empty() && !self.is_at_end {
            // The place is for the parser to say.
            self.fill(0).map_err(io::Error::other)?;
        }
        Ok(self.window())
    }

    fn consume(&mut self, count: usize) {
        Self::consume(self, count);
    }
}

impl Read for Input {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(into)?;
        Self::consume(self, count);
        Ok(count)
    }
}

/// A file that can't be read at all.
pub(super) fn unreadable(name: &str, error: io::Error) -> Error {
    Error::input(format!("{name}: can't be read")).caused_by(error)
}

/// Fails once, where a reader failed that is no longer asked.
struct Failing(Option<io::Error>);

impl Read for Failing {
    fn read(&mut self, _into: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

/// Counts what goes through.
struct Counted<R> {
    reader: R,
    bytes_read: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.reader.read(buffer)?;
        self.bytes_read.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}
