//! Where a record begins and ends, and its fields within.
//!
//! CSV readers take a quote that never closes for a field that runs to the end of the file:
//! one slip of the keyboard swallows every row behind it. Here quotes are read strictly
//! (after a closing quote only a delimiter or a line end may follow), and whatever breaks the
//! rule costs the line on which its record began and nothing else: reading goes on with the
//! very next line.

use std::borrow::Cow;

use super::{Fault, Input};
use crate::Result;

/// Longest record that is read. Real rows stay below a hundredth of it, the longest list of
/// goods included; above it a "record" is an unclosed quote or no register at all.
pub(crate) const MAX_RECORD_BYTES: usize = 1024 * 1024;

/// How records are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Framing {
    /// One record a line, quotes mean nothing.
    Lines,
    /// CSV: fields parted by this byte, line breaks allowed inside quotes.
    Delimited(u8),
}

/// Reads record after record off an [`Input`].
pub(crate) struct Records {
    input: Input,
    framing: Framing,
    max_fields: usize,
    /// Line of the record that comes next, from 1.
    line: u64,
    /// Bytes of the last record, let go when the next one is asked for.
    pending_bytes: usize,
    spans: Vec<Span>,
    raw: Vec<u8>,
}

/// What stands at the reader's place.
pub(crate) enum Framed<'a> {
    /// A record in good form.
    Record(Record<'a>),
    /// A line that begins no record; only this line is lost.
    Broken { line: u64, fault: Fault, raw: &'a [u8] },
}

/// A record, fields found, quotes not yet taken off.
pub(crate) struct Record<'a> {
    /// Line on which it begins, from 1.
    pub(crate) line: u64,
    /// Its bytes without the line end.
    pub(crate) bytes: &'a [u8],
    spans: &'a [Span],
}

/// Place of a field within its record, quotes left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Span {
    start: usize,
    end: usize,
    has_doubled_quotes: bool,
}

impl<'a> Record<'a> {
    /// How many fields.
    pub(crate) fn field_count(&self) -> usize {
        self.spans.len()
    }

    /// The whole record as text, for [`Record::field`].
    ///
    /// # Errors
    /// The place (from 0) of the field with the first byte that is no UTF-8.
    pub(crate) fn text(&self) -> Result<&'a str, usize> {
        std::str::from_utf8(self.bytes).map_err(|error| {
            let bad = error.valid_up_to();
            self.spans.iter().position(|span| bad < span.end).unwrap_or(self.spans.len().saturating_sub(1))
        })
    }

    /// The field at `place`, from 0; empty where the record is shorter. `text` is [`Record::text`].
    pub(crate) fn field(&self, text: &'a str, place: usize) -> Cow<'a, str> {
        match self.spans.get(place) {
            // Quotes, delimiters and line ends are ASCII: the cut never falls within a character.
            Some(span) if span.has_doubled_quotes => Cow::Owned(text[span.start..span.end].replace("\"\"", "\"")),
            Some(span) => Cow::Borrowed(&text[span.start..span.end]),
            None => Cow::Borrowed(""),
        }
    }
}

impl Records {
    pub(crate) fn new(input: Input, framing: Framing) -> Self {
        Self { input, framing, max_fields: usize::MAX, line: 1, pending_bytes: 0, spans: Vec::new(), raw: Vec::new() }
    }

    /// A record of more fields than this is broken. Also bounds how far a stray quote can reach
    /// in a file made to be slow: each line is scanned at most `max_fields` times.
    pub(crate) fn set_max_fields(&mut self, max_fields: usize) {
        self.max_fields = max_fields;
    }

    pub(crate) fn input(&self) -> &Input {
        &self.input
    }

    /// Passes over whole lines, quotes or not.
    pub(crate) fn skip_lines(&mut self, count: u64) -> Result<()> {
        (0..count).try_for_each(|_| self.finish_line())
    }

    /// The next record; blank lines are passed over. `None` at the end of the file.
    ///
    /// # Errors
    /// Where the file can't be read on.
    pub(crate) fn next_record(&mut self) -> Result<Option<Framed<'_>>> {
        self.input.consume(std::mem::take(&mut self.pending_bytes));
        let fault = loop {
            let window = self.input.window();
            // Two bytes above the limit show whether a record of just that length has ended.
            let view = &window[..window.len().min(MAX_RECORD_BYTES + 2)];
            let is_at_end = self.input.is_at_end() && view.len() == window.len();
            if view.is_empty() && is_at_end {
                return Ok(None);
            }
            self.spans.clear();
            let scan = match self.framing {
                Framing::Lines => scan_line(view, is_at_end, &mut self.spans),
                Framing::Delimited(delimiter) => scan_record(view, delimiter, is_at_end, self.max_fields, &mut self.spans),
            };
            match scan {
                Scan::Record { len: 0, consumed, .. } => {
                    self.input.consume(consumed);
                    self.line += 1;
                }
                Scan::Record { len, consumed, line_breaks } if len <= MAX_RECORD_BYTES => {
                    let line = self.line;
                    self.line += 1 + line_breaks;
                    self.pending_bytes = consumed;
                    return Ok(Some(Framed::Record(Record { line, bytes: &self.input.window()[..len], spans: &self.spans })));
                }
                Scan::More if view.len() < MAX_RECORD_BYTES + 2 => self.input.fill(self.line)?,
                Scan::Record { .. } | Scan::More => break too_long(view),
                Scan::Broken(fault) => break fault,
            }
        };
        let line = self.line;
        let window = self.input.window();
        let head = &window[..window.len().min(super::Rejection::MAX_RAW_CHARS * 4)];
        let raw = &head[..line_end(head, true).map_or(head.len(), |end| end.len)];
        self.raw.clear();
        self.raw.extend_from_slice(raw);
        self.finish_line()?;
        Ok(Some(Framed::Broken { line, fault, raw: &self.raw }))
    }

    /// Goes on behind the next line end, however far it is, in constant memory.
    fn finish_line(&mut self) -> Result<()> {
        loop {
            let window = self.input.window();
            if let Some(end) = line_end(window, self.input.is_at_end()) {
                self.input.consume(end.consumed);
                break;
            }
            // A carriage return at the window's end waits for its line feed.
            let kept = usize::from(window.last() == Some(&b'\r'));
            self.input.consume(window.len() - kept);
            if self.input.is_at_end() {
                break;
            }
            self.input.fill(self.line)?;
        }
        self.line += 1;
        Ok(())
    }
}

enum Scan {
    /// `len` bytes of record with `line_breaks` inside its quotes, `consumed` with the line end.
    Record { len: usize, consumed: usize, line_breaks: u64 },
    /// The record goes on behind the bytes in sight.
    More,
    /// No record begins here.
    Broken(Fault),
}

struct LineEnd {
    len: usize,
    consumed: usize,
}

/// The first line end (LF, CR LF or CR alone); `None` where none is in sight, or where a
/// carriage return is the last byte in sight of a file that goes on.
fn line_end(bytes: &[u8], is_at_end: bool) -> Option<LineEnd> {
    let len = bytes.iter().position(|&byte| byte == b'\n' || byte == b'\r')?;
    end_at(bytes, len, is_at_end)
}

fn end_at(bytes: &[u8], len: usize, is_at_end: bool) -> Option<LineEnd> {
    match (bytes[len], bytes.get(len + 1)) {
        (b'\r', Some(b'\n')) => Some(LineEnd { len, consumed: len + 2 }),
        (b'\r', None) if !is_at_end => None,
        _ => Some(LineEnd { len, consumed: len + 1 }),
    }
}

fn line_break_count(bytes: &[u8]) -> u64 {
    let mut count = 0;
    let mut last = 0;
    for &byte in bytes {
        count += u64::from(byte == b'\r' || byte == b'\n' && last != b'\r');
        last = byte;
    }
    count
}

fn scan_line(bytes: &[u8], is_at_end: bool, spans: &mut Vec<Span>) -> Scan {
    let (len, consumed) = match line_end(bytes, is_at_end) {
        Some(end) => (end.len, end.consumed),
        None if is_at_end => (bytes.len(), bytes.len()),
        None => return Scan::More,
    };
    spans.push(Span { start: 0, end: len, has_doubled_quotes: false });
    Scan::Record { len, consumed, line_breaks: 0 }
}

fn scan_record(bytes: &[u8], delimiter: u8, is_at_end: bool, max_fields: usize, spans: &mut Vec<Span>) -> Scan {
    let mut at = 0;
    let mut line_breaks = 0;
    loop {
        if bytes.get(at) == Some(&b'"') {
            match scan_quoted(bytes, at + 1, is_at_end) {
                Quoted::Closed { span, next } => {
                    spans.push(span);
                    line_breaks += line_break_count(&bytes[span.start..span.end]);
                    at = next;
                }
                Quoted::More => return Scan::More,
                Quoted::Unclosed => {
                    return Scan::Broken(Fault::row(
                        "a quote opens here and never closes; close it, or write a quote that belongs to the text twice",
                    ));
                }
            }
        } else {
            let len = bytes[at..].iter().position(|&byte| byte == delimiter || byte == b'\n' || byte == b'\r');
            if len.is_none() && !is_at_end {
                return Scan::More;
            }
            let end = len.map_or(bytes.len(), |len| at + len);
            spans.push(Span { start: at, end, has_doubled_quotes: false });
            at = end;
        }
        match bytes.get(at) {
            None | Some(b'\n' | b'\r') => return record_end(bytes, at, is_at_end, line_breaks),
            Some(&byte) if byte == delimiter => {
                if spans.len() >= max_fields {
                    // Spreadsheets end a row with delimiters for cells that were once touched: nothing is lost there.
                    let empty = bytes[at..].iter().position(|&byte| byte != delimiter && byte != b' ');
                    match empty.map_or(bytes.len(), |empty| at + empty) {
                        end if end == bytes.len() && !is_at_end => return Scan::More,
                        end if end == bytes.len() || matches!(bytes[end], b'\n' | b'\r') => {
                            return record_end(bytes, end, is_at_end, line_breaks);
                        }
                        _ => {}
                    }
                    return Scan::Broken(Fault::row(format!(
                        "has more fields than the header's {max_fields}; put a field that holds the delimiter in quotes"
                    )));
                }
                at += 1;
            }
            Some(_) => {
                return Scan::Broken(Fault::row(
                    "text follows a closing quote; put the whole field in quotes and write a quote that belongs to the text twice",
                ));
            }
        }
    }
}

/// The record that ends at `len`, where the file or its line does.
fn record_end(bytes: &[u8], len: usize, is_at_end: bool, line_breaks: u64) -> Scan {
    if len == bytes.len() {
        return Scan::Record { len, consumed: len, line_breaks };
    }
    match end_at(bytes, len, is_at_end) {
        Some(end) => Scan::Record { len: end.len, consumed: end.consumed, line_breaks },
        None => Scan::More,
    }
}

enum Quoted {
    Closed { span: Span, next: usize },
    More,
    Unclosed,
}

/// A quoted field whose text begins at `start`.
fn scan_quoted(bytes: &[u8], start: usize, is_at_end: bool) -> Quoted {
    let mut has_doubled_quotes = false;
    let mut at = start;
    loop {
        let Some(len) = bytes[at..].iter().position(|&byte| byte == b'"') else {
            return if is_at_end { Quoted::Unclosed } else { Quoted::More };
        };
        let quote = at + len;
        match bytes.get(quote + 1) {
            Some(b'"') => {
                has_doubled_quotes = true;
                at = quote + 2;
            }
            None if !is_at_end => return Quoted::More,
            _ => return Quoted::Closed { span: Span { start, end: quote, has_doubled_quotes }, next: quote + 1 },
        }
    }
}

/// What to say of a record above the limit.
fn too_long(view: &[u8]) -> Fault {
    match line_end(view, false) {
        Some(end) if end.len <= MAX_RECORD_BYTES => {
            Fault::row("a quote opens here and does not close within 1 MiB; close it, or write a quote that belongs to the text twice")
        }
        _ => Fault::row("the line is longer than 1 MiB; is this a register of marks, one a line?"),
    }
}

/// The first records of a file's beginning as text, broken lines left out: for finding the delimiter.
pub(crate) fn records_in(bytes: &[u8], delimiter: u8, max_records: usize) -> Vec<Vec<String>> {
    records_with_lines(bytes, delimiter, max_records).into_iter().map(|(_, record)| record).collect()
}

/// As [`records_in`], each with the count of lines above it: for finding the header.
pub(crate) fn records_with_lines(bytes: &[u8], delimiter: u8, max_records: usize) -> Vec<(u64, Vec<String>)> {
    let mut records = Vec::new();
    let mut spans = Vec::new();
    let mut rest = bytes;
    let mut lines = 0;
    while !rest.is_empty() && records.len() < max_records {
        spans.clear();
        let (consumed, line_breaks) = match scan_record(rest, delimiter, true, usize::MAX, &mut spans) {
            Scan::Record { len, consumed, line_breaks } => {
                if len > 0 {
                    let record = spans.iter().map(|span| String::from_utf8_lossy(&rest[span.start..span.end]).into_owned()).collect();
                    records.push((lines, record));
                }
                (consumed, line_breaks)
            }
            Scan::More | Scan::Broken(_) => (line_end(rest, true).map_or(rest.len(), |end| end.consumed), 0),
        };
        lines += 1 + line_breaks;
        rest = &rest[consumed..];
    }
    records
}
