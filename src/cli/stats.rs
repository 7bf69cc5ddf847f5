//! `mirip stats`: what is in a register.

use clap::Args;

use super::arguments::Global;
use super::console::Console;
use super::exit::Finding;
use super::human;
use crate::Result;
use crate::view;

/// Show what is in a register: marks by status, kind, class and source, data date, size
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  mirip stats
  mirip stats --register ./register --json")]
pub(super) struct Arguments {
    /// Print JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(arguments: Arguments, global: &Global, console: &Console) -> Result<Finding> {
    let stats = view::Stats::of(&global.open_index()?)?;
    if arguments.json {
        console.print_json(&stats)?;
    } else {
        console.print(&human::stats(&stats, console.page()))?;
    }
    Ok(Finding::NothingHigh)
}
