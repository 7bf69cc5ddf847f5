//! Texts in other encodings become UTF-8 as they are read.

use std::fmt;
use std::io::{self, Read};

use encoding_rs::{Decoder, DecoderResult, Encoding, UTF_16BE, UTF_16LE};

/// Bytes that are decoded at once.
const PIECE_BYTES: usize = 64 * 1024;

/// The encoding that the first bytes of a file show: UTF-16 by its byte order mark, or by an XML declaration in it.
pub(crate) fn shown_encoding(head: &[u8]) -> Option<&'static Encoding> {
    match head {
        // Four bytes of that kind are UTF-32, which no office writes: its NULs have it refused.
        [0xff, 0xfe, 0, 0, ..] => None,
        [0xff, 0xfe, ..] | [b'<', 0, b'?', 0, ..] => Some(UTF_16LE),
        [0xfe, 0xff, ..] | [0, b'<', 0, b'?', ..] => Some(UTF_16BE),
        _ => None,
    }
}

/// A text in UTF-8, its byte order mark taken off.
///
/// # Cost
/// Two buffers of 64 KiB and about 192 KiB.
pub(crate) struct Transcoded {
    reader: Box<dyn Read + Send>,
    decoder: Decoder,
    /// Bytes as they stand in the file, and how much of them is decoded.
    coded: Vec<u8>,
    coded_start: usize,
    /// Decoded bytes, and how much of them is given.
    text: Vec<u8>,
    text_start: usize,
    is_at_end: bool,
    is_done: bool,
    is_malformed: bool,
}

impl Transcoded {
    pub(crate) fn new(reader: Box<dyn Read + Send>, encoding: &'static Encoding) -> Self {
        Self {
            reader,
            decoder: encoding.new_decoder_with_bom_removal(),
            coded: Vec::new(),
            coded_start: 0,
            text: Vec::new(),
            text_start: 0,
            is_at_end: false,
            is_done: false,
            is_malformed: false,
        }
    }

    /// Decodes the next piece into `text`, which is all given.
    fn decode(&mut self) -> io::Result<()> {
        if self.is_malformed {
            return Err(io::Error::new(io::ErrorKind::InvalidData, Malformed(self.decoder.encoding().name())));
        }
        if self.coded_start == self.coded.len() && !self.is_at_end {
            self.coded.clear();
            self.coded_start = 0;
            let count = self.reader.by_ref().take(PIECE_BYTES as u64).read_to_end(&mut self.coded)?;
            self.is_at_end = count < PIECE_BYTES;
        }
        let coded = &self.coded[self.coded_start..];
        // Three bytes for every one is the most that any encoding grows to, and a few more may be due from before.
        self.text.resize(coded.len() * 3 + 16, 0);
        self.text_start = 0;
        let (result, read, written) = self.decoder.decode_to_utf8_without_replacement(coded, &mut self.text, self.is_at_end);
        self.coded_start += read;
        self.text.truncate(written);
        match result {
            DecoderResult::InputEmpty => self.is_done = self.is_at_end,
            DecoderResult::OutputFull => {}
            DecoderResult::Malformed(..) => self.is_malformed = true,
        }
        Ok(())
    }
}

impl Read for Transcoded {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if into.is_empty() {
            return Ok(0);
        }
        while self.text_start == self.text.len() && !self.is_done {
            self.decode()?;
        }
        let count = (&self.text[self.text_start..]).read(into)?;
        self.text_start += count;
        Ok(count)
    }
}

/// Bytes that no text in the named encoding has.
#[derive(Debug)]
pub(crate) struct Malformed(&'static str);

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "bytes that are no {}", self.0)
    }
}

impl std::error::Error for Malformed {}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives one byte at a time.
    struct Slow(io::Cursor<Vec<u8>>);

    impl Read for Slow {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            let most = into.len().min(1);
            self.0.read(&mut into[..most])
        }
    }

    fn decoded(coded: &[u8], encoding: &'static Encoding) -> io::Result<String> {
        let mut text = String::new();
        Transcoded::new(Box::new(Slow(io::Cursor::new(coded.to_vec()))), encoding).read_to_string(&mut text).map(|_| text)
    }

    #[test]
    fn utf_16_of_either_order_is_known_by_its_first_bytes_and_read_whole() {
        for text in ["", "name\nA", "咖啡 \u{1f600} é", &"مرحبا".repeat(50_000)] {
            let little: Vec<u8> = format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect();
            let big: Vec<u8> = format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_be_bytes).collect();
            assert_eq!(shown_encoding(&little), Some(UTF_16LE));
            assert_eq!(shown_encoding(&big), Some(UTF_16BE));
            assert_eq!(decoded(&little, UTF_16LE).expect("is UTF-16"), text);
            assert_eq!(decoded(&big, UTF_16BE).expect("is UTF-16"), text);
        }
        assert_eq!(shown_encoding(b"name\n"), None);
        assert_eq!(shown_encoding(b"<?xml"), None);
        assert_eq!(shown_encoding(b"<\0?\0"), Some(UTF_16LE));
    }

    #[test]
    fn what_is_no_text_of_the_encoding_is_an_error_behind_what_is() {
        for coded in [&b"a\0\x00\xd8b\0"[..], b"a\0b"] {
            let error = decoded(coded, UTF_16LE).expect_err("is malformed");
            assert_eq!(error.kind(), io::ErrorKind::InvalidData);
            assert_eq!(error.to_string(), "bytes that are no UTF-16LE");
        }
    }
}
