//! `mirip screen`: a list of names against the register and against one another.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use clap::Args;
use serde::Serialize;

use super::arguments::{Cut, Global, classes, union};
use super::console::{Console, json_line};
use super::exit::Finding;
use super::human::{Fact, summary};
use super::progress::{Progress, Unit};
use crate::mark::NiceClasses;
use crate::screen::list::read_list;
use crate::screen::{self, ScreenConfig};
use crate::view::table::RowWriter;
use crate::view::{Band, ScreenedRow};
use crate::{Error, Result};

/// Screen a list of names against the register and against itself
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  mirip screen daftar.xlsx --output hasil.xlsx --register ./register
  mirip screen names.csv --output - --class 30 | jq .verdict

The list (csv, tsv, jsonl, xlsx) needs a column `name`; id, classes, goods, owner and group are
optional. The output is written as its ending says (csv, jsonl, xlsx); - writes JSON lines to
stdout and the summary to stderr. Rows that can't be read have their line in the output too.
Exit status 1: a row met a mark at or above `high`.")]
pub(super) struct Arguments {
    /// The list
    #[arg(value_name = "FILE")]
    list: PathBuf,
    /// Where the result goes; replaced where it exists
    #[arg(long, short, value_name = "FILE")]
    output: PathBuf,
    /// Nice class of rows that name none; may be repeated, and 30,43 is read too [default: classes left out of account]
    #[arg(long = "class", value_name = "N", value_parser = classes)]
    classes: Vec<NiceClasses>,
    #[command(flatten)]
    cut: Cut,
    /// Print the summary as JSON
    #[arg(long)]
    json: bool,
}

/// How many rows stand in each band.
#[derive(Clone, Copy, Debug, Default, Serialize)]
struct BandCounts {
    /// The same sign.
    identical: u64,
    /// Above the `high` threshold.
    high: u64,
    /// Above the `medium` threshold.
    medium: u64,
    /// Above the cut-off.
    low: u64,
}

/// What a screening found.
#[derive(Debug, Default, Serialize)]
struct Summary {
    rows: u64,
    clear: u64,
    #[serde(flatten)]
    counts: BandCounts,
    /// Rows that resemble another row of the list.
    within_list: u64,
    /// Rows that could not be read.
    unreadable: u64,
    elapsed_ms: u64,
}

/// Where rows go.
enum Output<'a> {
    File(RowWriter),
    Stdout(&'a Console),
}

impl Output<'_> {
    fn write(&mut self, row: &ScreenedRow) -> Result<()> {
        match self {
            Self::File(rows) => rows.write(row),
            Self::Stdout(console) => console.print(&json_line(serde_json::to_string(row))?),
        }
    }

    fn finish(self) -> Result<()> {
        match self {
            Self::File(rows) => rows.finish(),
            Self::Stdout(_) => Ok(()),
        }
    }
}

pub(super) fn run(arguments: Arguments, global: &Global, console: &Console) -> Result<Finding> {
    let started = Instant::now();
    let is_to_stdout = arguments.output == Path::new("-");
    if is_to_stdout && arguments.json {
        return Err(Error::usage("--json prints the summary to stdout, where `--output -` writes the rows; leave one out"));
    }
    if is_same_file(&arguments.list, &arguments.output) {
        return Err(Error::usage(format!("{}: is the list itself; give --output another name", arguments.output.display())));
    }
    let mut rows = read_list(&arguments.list)?;
    let default_classes = union(&arguments.classes);
    for entry in rows.iter_mut().flatten().filter(|entry| entry.classes.is_empty()) {
        entry.classes = default_classes;
    }
    // The output is begun before the register is opened: a slip in its name shows at once.
    let mut output = if is_to_stdout { Output::Stdout(console) } else { Output::File(RowWriter::create(&arguments.output)?) };
    let index = global.open_index()?;
    let cut = arguments.cut.config(console.language());
    let config = ScreenConfig { limit: cut.limit, min_score: cut.min_score, today: cut.today, language: cut.language };
    let mut found = Summary::default();
    let progress = Progress::new("screening", Unit::Count);
    let total = rows.len() as u64;
    screen::screen(&index, &rows, &config, &|done| progress.set(done, total), &mut |outcome| {
        let row = ScreenedRow::from(outcome);
        found.add(&row);
        output.write(&row)
    })?;
    progress.finish();
    output.finish()?;
    found.elapsed_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
    if arguments.json {
        console.print_json(&found)?;
    } else if is_to_stdout {
        found.facts(console).iter().for_each(|fact| console.remark(&format!("{} {}", fact.label, fact.value)));
    } else {
        console.print(&summary(&found.facts(console), console.page()))?;
    }
    Ok(found.finding())
}

impl Summary {
    fn add(&mut self, row: &ScreenedRow) {
        self.rows += 1;
        self.within_list += u64::from(!row.within_list.is_empty());
        let Some(verdict) = row.verdict else {
            self.unreadable += 1;
            return;
        };
        let counted = match verdict {
            Band::Clear => &mut self.clear,
            Band::Low => &mut self.counts.low,
            Band::Medium => &mut self.counts.medium,
            Band::High => &mut self.counts.high,
            Band::Identical => &mut self.counts.identical,
        };
        *counted += 1;
    }

    fn finding(&self) -> Finding {
        if self.counts.identical + self.counts.high > 0 { Finding::High } else { Finding::NothingHigh }
    }

    fn facts(&self, console: &Console) -> Vec<Fact> {
        let words = console.page().words;
        let [rows, within_list, unreadable] = words.screened;
        let verdicts = [
            (Band::Identical, self.counts.identical),
            (Band::High, self.counts.high),
            (Band::Medium, self.counts.medium),
            (Band::Low, self.counts.low),
            (Band::Clear, self.clear),
        ];
        let mut facts = vec![console.count("rows", rows, self.rows)];
        facts.extend(verdicts.map(|(band, count)| console.count(band.as_str(), words.band(band), count)));
        facts.push(console.count("within_list", within_list, self.within_list));
        facts.push(console.count("unreadable", unreadable, self.unreadable));
        facts.push(console.time("elapsed_ms", Duration::from_millis(self.elapsed_ms)));
        facts
    }
}

/// True where both names lead to one file, by whatever way.
fn is_same_file(list: &Path, output: &Path) -> bool {
    fs::canonicalize(list).is_ok_and(|list| fs::canonicalize(output).is_ok_and(|output| list == output))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(verdict: Option<Band>) -> ScreenedRow {
        ScreenedRow { line: 2, id: None, name: "X".into(), verdict, error: None, hits: vec![], within_list: vec![], flags: vec![] }
    }

    #[test]
    fn every_row_is_counted_once() {
        let mut found = Summary::default();
        assert_eq!(found.finding(), Finding::NothingHigh);
        for verdict in [None, Some(Band::Clear), Some(Band::Low), Some(Band::Medium), Some(Band::Medium)] {
            found.add(&row(verdict));
        }
        assert_eq!(found.finding(), Finding::NothingHigh);
        found.add(&row(Some(Band::Identical)));
        assert_eq!(found.finding(), Finding::High);
        let counts = found.counts;
        let sum = found.unreadable + found.clear + counts.low + counts.medium + counts.high + counts.identical;
        assert_eq!((found.rows, sum, counts.medium), (6, 6, 2));
    }

    #[test]
    fn the_list_is_not_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let list = folder.path().join("list.csv");
        fs::write(&list, "name\n").unwrap();
        assert!(is_same_file(&list, &folder.path().join("../").join(folder.path().file_name().unwrap()).join("list.csv")));
        assert!(!is_same_file(&list, &folder.path().join("other.csv")));
    }
}
