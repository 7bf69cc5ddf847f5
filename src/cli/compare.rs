//! `mirip compare`: the assessment of one pair, with its reasons.

use clap::Args;

use super::arguments::{Global, classes, today, union};
use super::console::Console;
use super::exit::Finding;
use super::human;
use crate::Result;
use crate::mark::NiceClasses;
use crate::search::{self, Query, SearchConfig};
use crate::view;

/// Compare two signs: the later one, then the earlier one
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  mirip compare \"KOPI KENANGGA\" \"KOPI KENANGAN\"
  mirip compare \"SARI RAJA\" \"SARI RATU\" --class-a 30 --class-b 30,43 --lang en

Words weigh by how rare they are in the register, so a pair scores here what `check` gives
it on the same register. Exit status 1: the pair stands at or above `high`.")]
pub(super) struct Arguments {
    /// The later sign
    #[arg(value_name = "A")]
    query: String,
    /// The earlier sign
    #[arg(value_name = "B")]
    earlier: String,
    /// Nice class of A; may be repeated, and 30,43 is read too [default: left out of account]
    #[arg(long = "class-a", value_name = "N", value_parser = classes)]
    query_classes: Vec<NiceClasses>,
    /// Nice class of B
    #[arg(long = "class-b", value_name = "N", value_parser = classes)]
    earlier_classes: Vec<NiceClasses>,
    /// Print JSON, the same as the HTTP service gives
    #[arg(long)]
    json: bool,
}

pub(super) fn run(arguments: Arguments, global: &Global, console: &Console) -> Result<Finding> {
    let index = global.open_index()?;
    let side = |name: String, classes: &[NiceClasses]| Query { name, classes: union(classes), ..Query::default() };
    let query = side(arguments.query, &arguments.query_classes);
    let earlier = side(arguments.earlier, &arguments.earlier_classes);
    let config = SearchConfig { language: console.language(), ..SearchConfig::new(today()) };
    let comparison = view::Comparison::from(search::compare(&index, &query, &earlier, &config)?);
    if arguments.json {
        console.print_json(&comparison)?;
    } else {
        console.print(&human::comparison(&comparison, console.page()))?;
    }
    Ok(Finding::of([comparison.assessment.band]))
}
