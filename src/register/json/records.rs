//! Where a record begins and ends in a JSON text, in whatever envelope it stands.
//!
//! The text is walked from the outside in: lists and envelopes are entered, what is neither an envelope nor a
//! record is passed over without being kept, and a record is handed out as its bytes. So a syntax error costs
//! the record in which it stands where the record still closes, and an answer of any size takes the memory of
//! its largest record.

use memchr::memchr3;

use crate::register::{Fault, Input};
use crate::{Error, Result};

/// Longest record that is read, in bytes. Records with their picture inside reach some megabytes.
const MAX_RECORD_BYTES: usize = 16 * 1024 * 1024;

/// Lists and envelopes within one another; no answer has more than six.
const MAX_OPEN: usize = 32;

/// What a key says of the object that it stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// It is a record.
    Record,
    /// It is none: records stand in this key's value.
    Envelope,
    /// Nothing.
    Other,
}

/// What stands at the reader's place.
pub(crate) enum JsonFramed<'a> {
    /// An object that is a record: its line, from 1, and its bytes, from brace to brace.
    Record { line: u64, bytes: &'a [u8] },
    /// Something else where a record should be.
    Broken { line: u64, fault: Fault },
}

/// Finds record after record in an [`Input`].
pub(crate) struct JsonRecords {
    input: Input,
    role: fn(&[u8]) -> Role,
    /// Line at the window's beginning, from 1.
    line: u64,
    open: Vec<Open>,
    /// Bytes of the last record, let go when the next one is asked for.
    pending_bytes: usize,
}

/// A list or an envelope that is being walked.
struct Open {
    is_object: bool,
    line: u64,
    /// True behind a value, where a comma or the end must follow.
    has_value: bool,
}

/// What an object is, told by its keys.
enum Class {
    /// A record of so many bytes.
    Record(usize),
    Envelope,
    /// An object of so many bytes without a key that says anything.
    Neither(usize),
    /// The object goes on behind the bytes in sight.
    More {
        is_record: bool,
    },
    Bad,
}

impl JsonRecords {
    pub(crate) fn new(input: Input, role: fn(&[u8]) -> Role) -> Self {
        Self { input, role, line: 1, open: Vec::new(), pending_bytes: 0 }
    }

    /// The next record; `None` at the end of the file.
    ///
    /// # Errors
    /// Where the file can't be read on: it ends within a value, or is no JSON at a place where records
    /// can't be told apart any more.
    pub(crate) fn next_record(&mut self) -> Result<Option<JsonFramed<'_>>> {
        self.advance(self.pending_bytes);
        self.pending_bytes = 0;
        loop {
            let Some(byte) = self.peek()? else {
                return self.finish().map(|()| None);
            };
            let line = self.line;
            let fault = match self.open.last_mut() {
                None => self.value(byte, true)?,
                Some(open) if byte == if open.is_object { b'}' } else { b']' } => {
                    self.open.pop();
                    self.advance(1);
                    None
                }
                Some(open) if open.has_value => {
                    open.has_value = false;
                    if byte != b',' {
                        return Err(self.no_json("a comma or the end of the list is missing"));
                    }
                    self.advance(1);
                    None
                }
                Some(open) => {
                    open.has_value = true;
                    if open.is_object { self.pair()? } else { self.value(byte, true)? }
                }
            };
            if let Some(fault) = fault {
                return Ok(Some(JsonFramed::Broken { line, fault }));
            }
            if self.pending_bytes > 0 {
                return Ok(Some(JsonFramed::Record { line, bytes: &self.input.window()[..self.pending_bytes] }));
            }
        }
    }

    /// A key of an envelope and its value.
    fn pair(&mut self) -> Result<Option<Fault>> {
        let key_bytes = loop {
            match Skip::default().feed(self.input.window()) {
                End::At(len) if self.input.window()[0] == b'"' => break len,
                End::More if !self.input.is_at_end() && self.input.window().len() < MAX_RECORD_BYTES => self.input.fill(self.line)?,
                _ => return Err(self.no_json("a key in quotes is missing")),
            }
        };
        let role = (self.role)(&self.input.window()[1..key_bytes - 1]);
        self.advance(key_bytes);
        if self.peek()? != Some(b':') {
            return Err(self.no_json("a colon is missing behind a key"));
        }
        self.advance(1);
        match (role, self.peek()?) {
            (_, None) => Err(self.ends_early(self.line)),
            (Role::Envelope, Some(byte @ (b'{' | b'['))) => self.value(byte, false),
            (Role::Record, _) => {
                self.pass_over()?;
                Ok(Some(Fault::row("a field of a record stands beside a list of records; give the record an object of its own")))
            }
            _ => self.pass_over().map(|()| None),
        }
    }

    /// A value where records may be; what `must_be_record` and is none is a fault.
    fn value(&mut self, first: u8, must_be_record: bool) -> Result<Option<Fault>> {
        let fault = |reason: &str| Ok(must_be_record.then(|| Fault::row(reason)));
        match first {
            b'{' => self.object(must_be_record),
            b'[' => self.enter(false).map(|()| None),
            b'n' if self.input.window().starts_with(b"null") => self.pass_over().map(|()| None),
            b'"' | b'-' | b'0'..=b'9' | b't' | b'f' | b'n' if !self.open.is_empty() => {
                self.pass_over()?;
                fault("is no object; a record has keys and values in braces")
            }
            _ => self.bad("is no JSON object; write one object a line"),
        }
    }

    fn object(&mut self, must_be_record: bool) -> Result<Option<Fault>> {
        loop {
            match classify(self.input.window(), self.role) {
                Class::Record(len) => {
                    self.pending_bytes = len;
                    return Ok(None);
                }
                Class::Envelope => return self.enter(true).map(|()| None),
                Class::Neither(len) => {
                    self.advance(len);
                    return Ok(must_be_record
                        .then(|| Fault::row("has none of the keys of a record; is it another office's, or an error message?")));
                }
                Class::More { .. } if self.input.is_at_end() => return Err(self.ends_early(self.line)),
                Class::More { is_record: true } if self.input.window().len() >= MAX_RECORD_BYTES => {
                    self.pass_over()?;
                    return Ok(Some(Fault::row("the record is longer than 16 MiB; is a picture in it? leave it out")));
                }
                Class::More { is_record: false } if self.input.window().len() >= MAX_RECORD_BYTES => {
                    return self.enter(true).map(|()| None);
                }
                Class::More { .. } => self.input.fill(self.line)?,
                Class::Bad => return self.bad("is no JSON object: a key, a colon or a quote is missing; export it anew"),
            }
        }
    }

    fn enter(&mut self, is_object: bool) -> Result<()> {
        if self.open.len() >= MAX_OPEN {
            return Err(Error::input(format!(
                "{}, line {}: is nested more than {MAX_OPEN} levels deep, as no answer of an office is",
                self.input.name(),
                self.line
            )));
        }
        self.open.push(Open { is_object, line: self.line, has_value: false });
        self.advance(1);
        Ok(())
    }

    /// What is no JSON: of lines it costs one, within a list the file.
    fn bad(&mut self, reason: &str) -> Result<Option<Fault>> {
        if !self.open.is_empty() {
            return Err(self.no_json(reason));
        }
        loop {
            match self.input.window().iter().position(|&byte| byte == b'\n') {
                Some(len) => {
                    self.advance(len);
                    return Ok(Some(Fault::row(reason)));
                }
                None if self.input.is_at_end() => {
                    self.advance(self.input.window().len());
                    return Ok(Some(Fault::row(reason)));
                }
                None => {
                    self.advance(self.input.window().len());
                    self.input.fill(self.line)?;
                }
            }
        }
    }

    /// Lets a value go, whatever its size, in constant memory.
    fn pass_over(&mut self) -> Result<()> {
        let line = self.line;
        let mut skip = Skip::default();
        loop {
            match skip.feed(self.input.window()) {
                End::At(len) => {
                    self.advance(len);
                    return Ok(());
                }
                End::Bad => return Err(self.no_json("a value is missing, or a quote does not close in its line")),
                End::More => {
                    self.advance(self.input.window().len());
                    if self.input.is_at_end() {
                        // A number or a word ends with the file; anything else is cut off.
                        return if skip.in_scalar { Ok(()) } else { Err(self.ends_early(line)) };
                    }
                    self.input.fill(self.line)?;
                }
            }
        }
    }

    /// The next byte that is no white space; `None` at the end of the file.
    fn peek(&mut self) -> Result<Option<u8>> {
        // Between texts of their own, commas and record separators (RFC 7464) mean nothing.
        let is_between = self.open.is_empty();
        let is_blank = |byte: u8| byte.is_ascii_whitespace() || is_between && matches!(byte, b',' | 0x1E);
        loop {
            let window = self.input.window();
            match window.iter().position(|&byte| !is_blank(byte)) {
                Some(len) => {
                    let byte = window[len];
                    self.advance(len);
                    return Ok(Some(byte));
                }
                None => {
                    self.advance(window.len());
                    if self.input.is_at_end() {
                        return Ok(None);
                    }
                    self.input.fill(self.line)?;
                }
            }
        }
    }

    fn advance(&mut self, count: usize) {
        let breaks = self.input.window()[..count].iter().filter(|&&byte| byte == b'\n').count();
        self.line += breaks as u64;
        self.input.consume(count);
    }

    fn finish(&self) -> Result<()> {
        self.open.last().map_or(Ok(()), |open| Err(self.ends_early(open.line)))
    }

    fn ends_early(&self, line: u64) -> Error {
        Error::input(format!("{}: ends in the middle of what begins in line {line}; copy or download it again", self.input.name()))
    }

    fn no_json(&self, reason: &str) -> Error {
        Error::input(format!("{}, line {}: is no JSON here: {reason}", self.input.name(), self.line))
    }
}

/// Tells what the object at the beginning of `bytes` is.
fn classify(bytes: &[u8], role: fn(&[u8]) -> Role) -> Class {
    let mut is_record = false;
    let mut at = 1;
    let blank = |at: usize| at + bytes[at..].iter().position(|byte| !byte.is_ascii_whitespace()).unwrap_or(bytes.len() - at);
    loop {
        at = blank(at);
        match bytes.get(at) {
            None => return Class::More { is_record },
            Some(b'}') => return if is_record { Class::Record(at + 1) } else { Class::Neither(at + 1) },
            Some(b',') => at += 1,
            Some(b'"') => {
                let key = match Skip::default().feed(&bytes[at..]) {
                    End::At(len) => &bytes[at + 1..at + len - 1],
                    End::More => return Class::More { is_record },
                    End::Bad => return Class::Bad,
                };
                at = blank(at + key.len() + 2);
                match bytes.get(at) {
                    None => return Class::More { is_record },
                    Some(b':') => at = blank(at + 1),
                    Some(_) => return Class::Bad,
                }
                match (role(key), bytes.get(at)) {
                    (_, None) => return Class::More { is_record },
                    (Role::Record, _) => is_record = true,
                    (Role::Envelope, Some(b'{' | b'[')) if !is_record => return Class::Envelope,
                    _ => {}
                }
                match Skip::default().feed(&bytes[at..]) {
                    End::At(len) => at += len,
                    End::More => return Class::More { is_record },
                    End::Bad => return Class::Bad,
                }
            }
            Some(_) => return Class::Bad,
        }
    }
}

/// Finds the end of a value whose bytes may come in pieces.
#[derive(Default)]
struct Skip {
    depth: usize,
    in_string: bool,
    is_escaped: bool,
    /// In a number or a word outside of lists and objects.
    in_scalar: bool,
}

enum End {
    /// Behind so many bytes of the last piece.
    At(usize),
    /// In a later piece.
    More,
    /// No value stands here, or a string runs over its line.
    Bad,
}

impl Skip {
    fn feed(&mut self, bytes: &[u8]) -> End {
        let mut at = 0;
        while at < bytes.len() {
            if self.is_escaped {
                self.is_escaped = false;
                at += 1;
            } else if self.in_string {
                let Some(len) = memchr3(b'"', b'\\', b'\n', &bytes[at..]) else {
                    return End::More;
                };
                at += len + 1;
                match bytes[at - 1] {
                    b'"' if self.depth == 0 => return End::At(at),
                    b'"' => self.in_string = false,
                    b'\\' => self.is_escaped = true,
                    _ => return End::Bad,
                }
            } else if self.in_scalar {
                let is_end = |byte: &u8| matches!(byte, b',' | b']' | b'}') || byte.is_ascii_whitespace();
                match bytes[at..].iter().position(is_end) {
                    Some(len) => return End::At(at + len),
                    None => return End::More,
                }
            } else {
                match bytes[at] {
                    b'"' => self.in_string = true,
                    b'{' | b'[' => self.depth += 1,
                    b'}' | b']' if self.depth <= 1 => return if self.depth == 1 { End::At(at + 1) } else { End::Bad },
                    b'}' | b']' => self.depth -= 1,
                    b',' | b':' if self.depth == 0 => return End::Bad,
                    _ if self.depth == 0 => self.in_scalar = true,
                    _ => {}
                }
                at += 1;
            }
        }
        End::More
    }
}
