//! Answers as text for a person: pure functions from the view shapes to text.
//!
//! A terminal gets tables that fit its width. A pipe gets lines that scripts can cut: one
//! hit per line, fields apart by tabs, a line of field names first, and all that is for a
//! person alone behind `# `. Nothing that comes from a register or a name reaches either
//! unescaped.

mod answer;
mod comparison;
mod inspection;
mod ranking;
mod stats;
mod summary;
mod table;
mod text;
mod tree;

pub(super) use answer::answer;
pub(super) use comparison::comparison;
pub(super) use inspection::inspection;
pub(super) use ranking::ranking;
pub(super) use stats::stats;
pub(super) use summary::{Fact, summary};
pub(super) use text::{escape_json, escape_lines};

use super::words::Words;
use crate::view::Band;

/// Where text goes, and in which words.
#[derive(Clone, Copy)]
pub(super) struct Page {
    pub words: &'static Words,
    pub layout: Layout,
}

/// The two layouts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layout {
    /// Tables for a screen of so many columns.
    Terminal { columns: usize, color: bool },
    /// Lines for a script.
    Pipe,
}

/// Which hits get all their reasons; the others get the first one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Detail {
    /// No hit.
    Short,
    /// The strongest hit.
    First,
    /// Every hit.
    All,
}

/// Text in the color of a band, where colors are wanted.
fn paint(text: &str, band: Band, color: bool) -> String {
    if !color {
        return text.to_owned();
    }
    let code = match band {
        Band::Identical | Band::High => "1;31",
        Band::Medium => "1;33",
        Band::Low | Band::Clear => "1;32",
    };
    format!("\x1b[{code}m{text}\x1b[0m")
}

#[cfg(test)]
mod samples;
#[cfg(test)]
mod tests;
