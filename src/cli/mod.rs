//! The command line: one verb a file, each turning arguments as typed into what they mean.
//!
//! Results go to stdout, progress, warnings and errors to stderr. Only this module prints,
//! and only [`exit`] decides the exit status.

mod arguments;
mod check;
mod compare;
mod console;
mod evaluate;
mod exit;
mod human;
mod import;
mod inspect;
mod progress;
mod reading;
mod screen;
mod serve;
mod stats;
mod words;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use arguments::Global;
use console::Console;
use exit::Finding;

use crate::Result;

/// Finds the earlier marks (merek) that an examiner may hold against a name, and says why.
///
/// Sound, writing and meaning are compared with every mark of a register; nothing is sent
/// anywhere. Without --register the starter register of well-known brands is used, which
/// is no official register.
#[derive(Debug, Parser)]
#[command(name = "mirip", version, arg_required_else_help = true, subcommand_required = true, max_term_width = 100)]
#[command(after_help = "\
Examples:
  mirip check \"KOPI KENANGGA\" --class 30
  mirip check \"SARI MURNI\" \"SARI MANIS\" \"MURNI JAYA\" --class 30 --class 43
  mirip inspect berita-resmi.pdf
  mirip import merek.csv --register ./register
  mirip screen daftar.xlsx --output hasil.xlsx --register ./register

Exit status: 0 done, nothing at or above `high`; 1 done, something at or above `high`;
2 wrong use or bad input; 3 the register can't be read.")]
struct Arguments {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    Import(import::Arguments),
    Inspect(inspect::Arguments),
    Check(check::Arguments),
    Compare(compare::Arguments),
    Screen(screen::Arguments),
    Evaluate(evaluate::Arguments),
    Serve(serve::Arguments),
    Stats(stats::Arguments),
}

/// Reads the command line, does what it says, and gives the exit status.
pub fn main() -> ExitCode {
    match Arguments::try_parse() {
        Ok(arguments) => exit::after(run(arguments)),
        Err(unread) => exit::unread(&unread),
    }
}

fn run(arguments: Arguments) -> Result<Finding> {
    let Arguments { global, verb } = arguments;
    let console = Console::new(global.language());
    match verb {
        Verb::Import(arguments) => import::run(arguments, &global, &console),
        Verb::Inspect(arguments) => inspect::run(arguments, &global, &console),
        Verb::Check(arguments) => check::run(arguments, &global, &console),
        Verb::Compare(arguments) => compare::run(arguments, &global, &console),
        Verb::Screen(arguments) => screen::run(arguments, &global, &console),
        Verb::Evaluate(arguments) => evaluate::run(arguments, &global, &console),
        Verb::Serve(arguments) => serve::run(arguments, &global),
        Verb::Stats(arguments) => stats::run(arguments, &global, &console),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_definition_of_the_command_line_holds_together() {
        Arguments::command().debug_assert();
    }
}
