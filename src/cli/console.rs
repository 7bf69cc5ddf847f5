//! The two ends of the command: what stdout and stderr are, and how to write to them.

use std::env;
use std::io::{self, IsTerminal, Write};
use std::time::Duration;

use serde::Serialize;

use super::human::{Fact, Layout, Page, escape_json, escape_lines};
use super::words::Words;
use crate::score::Language;
use crate::{Error, ErrorKind, Result};

/// Screens are taken for at least and at most so wide: below, no table can be read; above,
/// no eye finds the next line.
const COLUMNS: (usize, usize) = (40, 240);

/// Columns of a terminal that does not say.
const DEFAULT_COLUMNS: usize = 80;

/// Where results and remarks go.
pub(super) struct Console {
    page: Page,
    language: Language,
}

impl Console {
    /// The console of this process.
    pub fn new(language: Language) -> Self {
        let layout = if io::stdout().is_terminal() {
            let (least, most) = COLUMNS;
            let columns = terminal_size::terminal_size().map_or(DEFAULT_COLUMNS, |(width, _)| usize::from(width.0));
            Layout::Terminal { columns: columns.clamp(least, most), color: wants_color() }
        } else {
            Layout::Pipe
        };
        Self { page: Page { words: Words::of(language), layout }, language }
    }

    /// How results are laid out on stdout.
    pub fn page(&self) -> Page {
        self.page
    }

    /// Language of explanations.
    pub fn language(&self) -> Language {
        self.language
    }

    /// Writes text to stdout.
    ///
    /// # Errors
    /// [`ErrorKind::Output`]; a reader that went away shows in [`Error::is_broken_pipe`].
    pub fn print(&self, text: &str) -> Result<()> {
        let mut stdout = io::stdout().lock();
        let written = stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush());
        written.map_err(|error| Error::output("stdout: can't be written").caused_by(error))
    }

    /// Writes one JSON document and a line break to stdout: indented on a terminal, on one
    /// line in a pipe.
    pub fn print_json(&self, value: &impl Serialize) -> Result<()> {
        let document = match self.page.layout {
            Layout::Terminal { .. } => serde_json::to_string_pretty(value),
            Layout::Pipe => serde_json::to_string(value),
        };
        self.print(&json_line(document)?)
    }

    /// A number as one fact of a summary.
    pub fn count(&self, key: &'static str, label: &'static str, number: u64) -> Fact {
        let value = if self.page.layout == Layout::Pipe { number.to_string() } else { self.page.words.number(number) };
        Fact { key, label, value }
    }

    /// How long a verb took as one fact of a summary; in milliseconds in a pipe.
    pub fn time(&self, key: &'static str, elapsed: Duration) -> Fact {
        let words = self.page.words;
        let value = if self.page.layout == Layout::Pipe { elapsed.as_millis().to_string() } else { words.duration(elapsed) };
        Fact { key, label: words.time, value }
    }

    /// Says something on stderr that is no error: `mirip: message`.
    pub fn remark(&self, message: &str) {
        // A remark that nobody can read must not stop the work.
        let _ = writeln!(io::stderr(), "mirip: {}", escape_lines(message));
    }
}

/// A JSON document as it is printed.
pub(super) fn json_line(document: serde_json::Result<String>) -> Result<String> {
    let document = document.map_err(|error| Error::new(ErrorKind::Internal, "an answer has no JSON form").caused_by(error))?;
    Ok(escape_json(&document) + "\n")
}

/// False where `NO_COLOR` is set (no-color.org) or the terminal is a dumb one.
pub(super) fn wants_color() -> bool {
    let is_refused = env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    !is_refused && env::var_os("TERM").is_none_or(|terminal| terminal != "dumb")
}
