//! `mirip check`: the earlier marks that may be held against one name, or which of several
//! names is safest.

use std::io::{self, BufRead, IsTerminal, Read};

use clap::Args;
use jiff::civil::Date;

use super::arguments::{Cut, Global, classes, date, union};
use super::console::Console;
use super::exit::Finding;
use super::human::{self, Detail};
use crate::mark::NiceClasses;
use crate::search::{self, Query};
use crate::view;
use crate::{Error, Result};

/// Check one name against the register, or rank several, the safest first
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  mirip check \"KOPI KENANGGA\" --class 30
  mirip check \"SARI MURNI\" \"SARI MANIS\" --class 30,43 --owner \"CV Murni Jaya\"
  mirip check - --class 30 --json < names.txt

In a pipe, a hit is one line of fields apart by tabs, and lines that start with # are for
people. With --json, one NAME gives an answer; several, or -, give a ranking with the answers.
Exit status 1: a name met a mark at or above `high`.")]
pub(super) struct Arguments {
    /// The name, or several alternatives; - reads names from stdin, one a line
    #[arg(value_name = "NAME", required = true)]
    names: Vec<String>,
    /// Nice class of the goods; may be repeated, and 30,43 is read too [default: classes left out of account]
    #[arg(long = "class", value_name = "N", value_parser = classes)]
    classes: Vec<NiceClasses>,
    /// Goods or services in your own words
    #[arg(long, value_name = "TEXT")]
    goods: Option<String>,
    /// The applicant, whose own marks are no bar
    #[arg(long, value_name = "NAME")]
    owner: Option<String>,
    /// Filing date of the name; marks filed later are no bar [default: all marks are earlier]
    #[arg(long, value_name = "DATE", value_parser = date)]
    filed_on: Option<Date>,
    #[command(flatten)]
    cut: Cut,
    /// Give all reasons for every hit [default: for the strongest]
    #[arg(long)]
    explain: bool,
    /// Print JSON, the same as the HTTP service gives
    #[arg(long)]
    json: bool,
}

/// The names that were meant.
enum Names {
    One(String),
    Several(Vec<String>),
}

pub(super) fn run(arguments: Arguments, global: &Global, console: &Console) -> Result<Finding> {
    if arguments.names.iter().any(|name| name == "-") && io::stdin().is_terminal() {
        console.remark("write one name a line; end with Ctrl-D on a line of its own");
    }
    let names = meant(&arguments.names, &mut io::stdin().lock())?;
    let index = global.open_index()?;
    let config = arguments.cut.config(console.language());
    let ask = |name: String| {
        let query = Query {
            name,
            classes: union(&arguments.classes),
            goods: arguments.goods.clone(),
            owner: arguments.owner.clone(),
            filed_on: arguments.filed_on,
        };
        search::check(&index, &query, &config)
    };
    let detail = |otherwise| if arguments.explain { Detail::All } else { otherwise };
    match names {
        Names::One(name) => {
            let answer = view::Answer::from(ask(name)?);
            if arguments.json {
                console.print_json(&answer)?;
            } else {
                console.print(&human::answer(&answer, detail(Detail::First), console.page()))?;
            }
            Ok(Finding::of([answer.verdict]))
        }
        Names::Several(names) => {
            let answers: Result<Vec<search::Answer>> =
                (1..).zip(names).map(|(place, name)| ask(name).map_err(|error| of_name(place, &error))).collect();
            let ranking = view::Ranking::from(answers?);
            if arguments.json {
                console.print_json(&ranking)?;
            } else {
                console.print(&human::ranking(&ranking, detail(Detail::Short), console.page()))?;
            }
            Ok(Finding::of(ranking.answers.iter().map(|answer| answer.verdict)))
        }
    }
}

/// Names as typed, `-` replaced by the lines of `stdin`.
fn meant(typed: &[String], stdin: &mut impl BufRead) -> Result<Names> {
    if let [name] = typed
        && name != "-"
    {
        return Ok(Names::One(name.clone()));
    }
    let mut names = Vec::new();
    let mut is_read = false;
    for name in typed {
        if name != "-" {
            names.push(name.clone());
        } else if std::mem::replace(&mut is_read, true) {
            return Err(Error::usage("- stands for the names on stdin; write it once"));
        } else {
            read_names(stdin, &mut names)?;
        }
    }
    if names.is_empty() {
        return Err(Error::input("stdin: no name in it; write one name a line"));
    }
    Ok(Names::Several(names))
}

/// Longest line of a list of names. No name has a hundredth of it: beyond, stdin is no list,
/// and may have no end.
const MAX_LINE_BYTES: u64 = 64 * 1024;

fn read_names(stdin: &mut impl BufRead, names: &mut Vec<String>) -> Result<()> {
    let mut line = Vec::new();
    for number in 1_u64.. {
        line.clear();
        let read = stdin.take(MAX_LINE_BYTES + 1).read_until(b'\n', &mut line);
        read.map_err(|error| Error::input("stdin: can't be read").caused_by(error))?;
        if line.is_empty() {
            break;
        }
        if line.len() as u64 > MAX_LINE_BYTES {
            return Err(Error::input(format!("stdin, line {number}: is longer than 64 KiB; write one name a line")));
        }
        let Ok(text) = std::str::from_utf8(&line) else {
            return Err(Error::input(format!("stdin, line {number}: is no UTF-8; save the list as UTF-8")));
        };
        // A list from a Windows editor starts with a byte order mark.
        let name = text.trim_start_matches('\u{feff}').trim();
        if !name.is_empty() {
            names.push(name.to_owned());
        }
    }
    Ok(())
}

/// Says which of several names an error is about, by its place: names are secrets, and
/// stderr is often kept.
fn of_name(place: usize, error: &Error) -> Error {
    Error::new(error.kind(), format!("name {place}: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(typed: &[&str], stdin: &str, expected: &[&str]) {
        let typed: Vec<String> = typed.iter().map(|&name| name.to_owned()).collect();
        let names = match meant(&typed, &mut stdin.as_bytes()).unwrap() {
            Names::One(name) => vec!["one".to_owned(), name],
            Names::Several(names) => names,
        };
        assert_eq!(names, expected);
    }

    #[test]
    fn a_dash_stands_for_the_lines_of_stdin() {
        check(&["KOPI"], "X", &["one", "KOPI"]);
        check(&["-"], "\u{feff}SARI MURNI\r\n\n  RAJA \n", &["SARI MURNI", "RAJA"]);
        check(&["A", "-", "B"], "X\nY", &["A", "X", "Y", "B"]);
        check(&["-"], "X", &["X"]);
    }

    #[track_caller]
    fn check_refused(typed: &[&str], stdin: &[u8], part: &str) {
        let typed: Vec<String> = typed.iter().map(|&name| name.to_owned()).collect();
        let error = meant(&typed, &mut &stdin[..]).err().expect("refused");
        assert!(error.to_string().contains(part), "{error}");
        assert_eq!(error.exit_status(), 2);
    }

    #[test]
    fn a_list_that_means_nothing_is_refused() {
        check_refused(&["-"], b" \n\n", "no name");
        check_refused(&["-", "-"], b"X", "once");
        check_refused(&["-"], b"X\n\xff\n", "line 2");
        let endless = [b"X\n".as_slice(), &vec![b'a'; 100_000]].concat();
        check_refused(&["-"], &endless, "line 2: is longer");
    }
}
