//! An XML file record by record: events of the parser, walked along the elements of a format.
//!
//! The parser sees the window of the input and nothing else, so that it copies nothing and can't be made to
//! hold more than a window. What doesn't end in the window is read again when the window is wider.

use jiff::civil::Date;
use quick_xml::errors::Error as XmlError;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::reader::Reader as XmlReader;

use super::Dialect;
use super::draft::Draft;
use super::paths::{ASIDE, Field, Place, TOP, Tree};
use super::texts::{grouped, local, newlines, resolved};
use crate::register::reader::{Mapped, Reader, row};
use crate::register::{Fault, Input, Row};
use crate::{Error, Result};

/// Most bytes of a record; the largest of the samples has 60 KB. It bounds what a damaged or hostile
/// file makes us hold.
const MAX_RECORD_BYTES: u64 = 8 << 20;

/// Most elements within one another; offices' files have at most 25.
const MAX_DEPTH: usize = 64;

/// The records of one XML file.
pub(super) struct RecordReader {
    input: Input,
    /// Line at which the window begins.
    line: u64,
    /// Bytes before the window.
    offset: u64,
    walk: Walk,
    is_done: bool,
}

/// Why the reading of a window came to its end.
#[expect(clippy::large_enum_variant, reason = "one stands on the stack at a time")]
enum Halt {
    /// A record is read.
    Row(Row),
    /// What follows does not end in the window.
    Narrow,
    /// The parser must be set up anew.
    Again,
    /// The file is at its end.
    End,
    /// It is no XML from here on.
    Broken(String),
}

impl RecordReader {
    pub(super) fn new(input: Input, dialect: &'static Dialect, warnings: Vec<String>) -> Self {
        Self { input, line: 1, offset: 0, walk: Walk::new(dialect, warnings), is_done: false }
    }

    fn widen(&mut self) -> Result<()> {
        let window = self.input.window();
        if (window.len() as u64) < MAX_RECORD_BYTES {
            return self.input.fill(self.line);
        }
        if window.first() == Some(&b'<') {
            return Err(self.broken("a tag, a comment or a section opens here that does not close within 8 MiB"));
        }
        let taken = if window[0] == b'&' { 1 } else { window.len() };
        self.walk.draft.spoil(Fault::row("is longer than 8 MiB, as no mark is; have it exported anew"));
        self.advance(taken);
        Ok(())
    }

    fn advance(&mut self, bytes: usize) {
        self.line += newlines(&self.input.window()[..bytes]);
        self.offset += bytes as u64;
        self.input.consume(bytes);
    }

    fn broken(&self, what: &str) -> Error {
        let (name, line) = (self.input.name(), self.line);
        Error::input(format!("{name}: is no XML at line {line}: {what}; copy or download it again"))
    }

    /// What the end of the file gives.
    fn end(&mut self) -> Result<Option<Row>> {
        self.is_done = true;
        let (name, line, count) = (self.input.name(), self.line, self.walk.record_count);
        if self.walk.is_in_record() {
            return Err(Error::input(format!(
                "{name}: ends in the middle of record {}, line {line}; copy or download it again",
                grouped(count)
            )));
        }
        if !self.walk.levels.is_empty() || !self.walk.has_root {
            return Err(Error::input(format!(
                "{name}: ends behind record {}, line {line}, before its last tag; copy or download it again",
                grouped(count)
            )));
        }
        if count == 0 {
            self.walk
                .draft
                .warnings
                .say(format!("it holds no {}: no mark is read from it", self.walk.tree.name_of(self.walk.record_field())));
        }
        Ok(self.walk.finish())
    }
}

impl Reader for RecordReader {
    fn next_row(&mut self) -> Result<Option<Row>> {
        if self.is_done {
            return Ok(None);
        }
        loop {
            let (taken, halt) = self.walk.read(self.input.window(), self.input.is_at_end(), self.line, self.offset);
            self.advance(taken);
            match halt {
                Halt::Row(row) => return Ok(Some(row)),
                Halt::Narrow => self.widen()?,
                Halt::Again => {}
                Halt::End => return self.end(),
                Halt::Broken(what) => return Err(self.broken(&what)),
            }
        }
    }

    fn warnings(&self) -> &[String] {
        self.walk.draft.warnings.all()
    }

    fn mapping(&self) -> Vec<Mapped> {
        self.walk.tree.mapping()
    }

    fn data_date(&self) -> Option<Date> {
        self.walk.draft.data_date()
    }
}

/// Where the reading stands among the elements.
struct Walk {
    dialect: &'static Dialect,
    tree: Tree,
    draft: Draft,
    levels: Vec<Level>,
    /// Names of the open elements, one behind the other.
    names: String,
    /// Open elements beyond [`MAX_DEPTH`].
    excess: u64,
    text: String,
    /// Bytes of the file before the record that is read now.
    record_start: u64,
    record_count: u64,
    has_root: bool,
}

/// An open element.
struct Level {
    name_start: usize,
    place: Place,
    field: Option<Field>,
    /// Its text is gathered.
    is_wanted: bool,
}

impl Walk {
    fn new(dialect: &'static Dialect, warnings: Vec<String>) -> Self {
        let tree = Tree::new(dialect.table);
        Self {
            dialect,
            tree,
            draft: Draft::new(warnings),
            levels: Vec::new(),
            names: String::new(),
            excess: 0,
            text: String::new(),
            record_start: 0,
            record_count: 0,
            has_root: false,
        }
    }

    fn is_in_record(&self) -> bool {
        self.levels.iter().any(|level| matches!(level.field, Some(Field::Record | Field::OpenRecord)))
    }

    fn record_field(&self) -> Field {
        if self.dialect.is_open { Field::OpenRecord } else { Field::Record }
    }

    /// Takes events until something is to be done; gives how many bytes of the window they took.
    fn read(&mut self, window: &[u8], is_at_end: bool, line: u64, offset: u64) -> (usize, Halt) {
        // The parser takes these for a byte order mark; here they are text.
        let mark_bytes =
            [&b"\xef\xbb\xbf"[..], b"\xfe\xff", b"\xff\xfe"].into_iter().find(|mark| window.starts_with(mark)).map_or(0, <[u8]>::len);
        if mark_bytes > 0 {
            self.take_text(&String::from_utf8_lossy(&window[..mark_bytes]));
            return (mark_bytes, Halt::Again);
        }
        let mut parser = XmlReader::from_reader(window);
        let config = parser.config_mut();
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
        let mut taken = 0;
        loop {
            let event = parser.read_event();
            let end = usize::try_from(parser.buffer_position()).unwrap_or(window.len());
            let may_go_on = end == window.len() && !is_at_end;
            let line_here = || line + newlines(&window[..taken]);
            let done = match event {
                Ok(Event::Eof) if is_at_end => return (taken, Halt::End),
                Ok(Event::Eof) => return (taken, Halt::Narrow),
                Ok(Event::Text(_)) | Err(XmlError::Encoding(_)) if may_go_on => return (taken, Halt::Narrow),
                Err(XmlError::Syntax(_)) if !is_at_end && window.len() - taken < MAX_RECORD_BYTES as usize => return (taken, Halt::Narrow),
                // A piece that never ends: the file is cut off in it.
                Err(XmlError::Syntax(_)) if is_at_end && !self.levels.is_empty() => return (taken, Halt::End),
                Ok(event) => self.take(&event, line_here, offset + taken as u64),
                Err(XmlError::Encoding(_)) => {
                    let halt = self.take_malformed(&window[taken..end], line_here, offset + taken as u64);
                    return (end, halt.unwrap_or(Halt::Again));
                }
                Err(error) => return (taken, Halt::Broken(error.to_string())),
            };
            taken = end;
            if let Some(halt) = done {
                return (taken, halt);
            }
        }
    }

    /// Takes a piece with bytes that are no UTF-8: it stands, but it costs its record.
    fn take_malformed(&mut self, piece: &[u8], line_here: impl Fn() -> u64, at: u64) -> Option<Halt> {
        let mended = String::from_utf8_lossy(piece);
        let mut parser = XmlReader::from_str(&mended);
        parser.config_mut().allow_unmatched_ends = true;
        let Ok(event) = parser.read_event() else {
            return Some(Halt::Broken("bytes that are no UTF-8 stand in a tag".to_owned()));
        };
        if !matches!(event, Event::Comment(_) | Event::PI(_)) {
            let field = self.levels.last().filter(|level| level.is_wanted).and_then(|level| level.field);
            // Where nothing is read from the element, nothing is lost.
            if let Some(field) = field {
                let element = self.tree.name_of(field);
                self.draft.spoil(Fault::field(element, "holds bytes that are no UTF-8, which the file says it is; save it anew as UTF-8, or name its true encoding in its first line"));
            }
        }
        self.take(&event, line_here, at)
    }

    fn take(&mut self, event: &Event<'_>, line_here: impl Fn() -> u64, at: u64) -> Option<Halt> {
        match event {
            Event::Start(tag) => self.open(tag, line_here, at),
            Event::Empty(tag) => {
                let before = self.open(tag, line_here, at);
                let after = self.close();
                before.or(after)
            }
            Event::End(tag) => {
                if self.excess == 0 {
                    let name = tag.name().0;
                    match self.levels.last().map(|level| &self.names[level.name_start..]) {
                        Some(opened) if opened == name => {}
                        Some(opened) => return Some(Halt::Broken(format!("</{name}> closes <{opened}>"))),
                        None => return Some(Halt::Broken(format!("</{name}> closes nothing"))),
                    }
                }
                if self.draft.is_open() && at.saturating_sub(self.record_start) > MAX_RECORD_BYTES {
                    self.draft.spoil(Fault::row("is longer than 8 MiB, as no mark is; have it exported anew"));
                }
                self.close()
            }
            Event::Text(text) => {
                self.take_text(text);
                None
            }
            Event::CData(text) => {
                self.take_text(text);
                None
            }
            Event::GeneralRef(reference) => {
                self.take_reference(reference);
                None
            }
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) | Event::Eof => None,
        }
    }

    fn open(&mut self, tag: &BytesStart<'_>, line_here: impl Fn() -> u64, at: u64) -> Option<Halt> {
        let name = tag.name().0;
        if name.is_empty() {
            return Some(Halt::Broken("a < stands in a text; it is written &lt;".to_owned()));
        }
        self.has_root = true;
        if self.levels.len() == MAX_DEPTH {
            self.excess += 1;
            self.draft.spoil(Fault::row(format!(
                "holds more than {MAX_DEPTH} elements within one another, as no mark does; have it exported anew"
            )));
            return None;
        }
        let parent = self.levels.last().map_or(TOP, |level| level.place);
        let (place, field) = self.tree.step(parent, local(name).as_bytes());
        let mut level = Level { name_start: self.names.len(), place, field, is_wanted: false };
        self.names.push_str(name);
        let mut halt = None;
        if place != ASIDE
            && let Some(field) = field
        {
            if matches!(field, Field::Record | Field::OpenRecord) {
                halt = self.finish().map(Halt::Row);
                self.record_count += 1;
                self.record_start = at;
                self.draft.begin(line_here());
            }
            level.is_wanted = self.draft.open(field, tag);
            self.text.clear();
        }
        self.levels.push(level);
        halt
    }

    fn close(&mut self) -> Option<Halt> {
        if self.excess > 0 {
            self.excess -= 1;
            return None;
        }
        let level = self.levels.pop()?;
        self.names.truncate(level.name_start);
        let field = level.field?;
        if level.is_wanted {
            self.draft.take(field, self.text.trim(), &self.tree);
            self.text.clear();
        }
        self.draft.close(field);
        if matches!(field, Field::Record | Field::Unit) { self.finish().map(Halt::Row) } else { None }
    }

    fn take_text(&mut self, text: &str) {
        if let Some(level) = self.levels.last()
            && level.is_wanted
            && self.excess == 0
        {
            // A record that is too long is given up at its next tag; until then no more than that is held.
            if (self.text.len() + text.len()) as u64 <= MAX_RECORD_BYTES {
                self.text.push_str(text);
            }
        }
    }

    fn take_reference(&mut self, reference: &BytesRef<'_>) {
        let Some(field) = self.levels.last().filter(|level| level.is_wanted && self.excess == 0).and_then(|level| level.field) else {
            return;
        };
        let text: &str = reference;
        match resolved(text, reference) {
            Some(resolved) => self.take_text(&resolved),
            None => {
                let element = self.tree.name_of(field).to_owned();
                let named: String = text.chars().take(40).collect();
                let reason = format!(
                    "holds &{named};, which stands for a text that is given elsewhere and never put in; have the text itself written"
                );
                self.draft.spoil(Fault::field(&element, reason));
            }
        }
    }

    /// The mark that is read, or why it is none.
    fn finish(&mut self) -> Option<Row> {
        if !self.draft.is_open() {
            return None;
        }
        let read = self.draft.finish(self.dialect, &self.tree);
        Some(row(self.draft.line(), read, self.draft.outline().as_bytes()))
    }
}
