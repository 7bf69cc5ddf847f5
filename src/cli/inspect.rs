//! `mirip inspect`: what an import would read in a file, without a register.

use std::path::{Path, PathBuf};

use clap::Args;
use serde::Serialize;

use super::arguments::{Global, format_parser};
use super::console::Console;
use super::exit::Finding;
use super::human;
use super::progress::{Progress, Unit};
use super::reading::each_row;
use crate::Result;
use crate::mark::Mark;
use crate::register::{self, Format, Parts, ReadConfig, Row};

/// Rows that can't be read and are shown.
const MAX_PROBLEMS: usize = 10;

/// Show how a file would be read: its format, its fields and what they become, its first marks, its problems
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  mirip inspect berita-resmi.pdf
  mirip inspect apc260101.zip --rows 20 --json
  mirip inspect daftar.xlsx --sheet \"Merek 2026\"

The whole file is read and nothing is written. Addresses, telephone numbers and e-mail addresses
are left out here as in an import.")]
pub(super) struct Arguments {
    /// A file of an office
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// How the file is written
    #[arg(long, value_name = "FORMAT", default_value_t = Format::Auto, value_parser = format_parser())]
    format: Format,
    /// Of a workbook, the sheet to read [default: the first that holds a table]
    #[arg(long, value_name = "NAME")]
    sheet: Option<String>,
    /// Marks to show
    #[arg(long, value_name = "N", default_value_t = 5)]
    rows: usize,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// What is in a file.
#[derive(Debug, Serialize)]
pub(in crate::cli) struct Inspection {
    pub file: PathBuf,
    /// As it is read: of an archive, its last member.
    pub format: &'static str,
    /// The date of the data, where the file says it.
    pub data_as_of: Option<jiff::civil::Date>,
    /// Rows in all.
    pub rows: u64,
    /// Marks that they make: one application may stand on several rows.
    pub marks: u64,
    /// Rows that can't be read.
    pub rejected: u64,
    pub fields: Vec<Field>,
    /// The first marks.
    pub first: Vec<Mark>,
    /// The first rows that can't be read.
    pub problems: Vec<Problem>,
    pub warnings: Vec<String>,
}

/// A field of the file.
#[derive(Debug, Serialize)]
pub(in crate::cli) struct Field {
    pub field: String,
    /// Ours; none where it is left out.
    pub becomes: Option<&'static str>,
}

/// A row that can't be read.
#[derive(Debug, Serialize)]
pub(in crate::cli) struct Problem {
    pub line: u64,
    pub field: Option<String>,
    pub reason: String,
}

pub(super) fn run(arguments: Arguments, _global: &Global, console: &Console) -> Result<Finding> {
    let config = ReadConfig { format: arguments.format, sheet: arguments.sheet };
    let inspection = inspect(&arguments.file, config, arguments.rows)?;
    if arguments.json {
        console.print_json(&inspection)?;
    } else {
        console.print(&human::inspection(&inspection, console.page()))?;
    }
    Ok(Finding::NothingHigh)
}

fn inspect(file: &Path, config: ReadConfig, shown: usize) -> Result<Inspection> {
    let mut rows = register::open(file, config)?;
    let progress = Progress::new("reading", Unit::Bytes);
    let total = rows.total_bytes().unwrap_or(0);
    let (mut marks, mut rejected) = (0, 0);
    let (mut first, mut problems, mut parts) = (Vec::new(), Vec::new(), Parts::new());
    let mut take = |mark: Mark| {
        marks += 1;
        if first.len() < shown {
            first.push(mark);
        }
    };
    let read = each_row(
        &mut rows,
        &progress,
        0,
        total,
        |row, date| {
            match row {
                Row::Mark(mark) => take(mark),
                Row::Part(part) => parts.add(part, date.unwrap_or_default()).into_iter().for_each(|(mark, _)| take(mark)),
                Row::Rejected(rejection) => {
                    rejected += 1;
                    if problems.len() < MAX_PROBLEMS {
                        problems.push(Problem { line: rejection.line, field: rejection.field, reason: rejection.reason });
                    }
                }
            }
            Ok(())
        },
        Err,
    )?;
    parts.finish().for_each(|(mark, _)| take(mark));
    progress.finish();
    Ok(Inspection {
        file: file.to_owned(),
        format: rows.decided_format().as_str(),
        data_as_of: rows.data_date(),
        rows: read,
        marks,
        rejected,
        fields: rows.mapping().into_iter().map(|mapped| Field { field: mapped.field, becomes: mapped.column }).collect(),
        first,
        problems,
        warnings: rows.warnings(),
    })
}
