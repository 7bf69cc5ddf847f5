//! `mirip evaluate`: quality on decided pairs.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::arguments::Global;
use super::console::Console;
use super::exit::Finding;
use super::progress::{Progress, Unit};
use crate::Result;
use crate::evaluate::{self, EvaluateConfig};

/// Measure quality on decided pairs: recall at k, MRR, AUC, calibration
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  mirip evaluate pairs.tsv --register ./register
  mirip evaluate pairs.tsv --classes none --json")]
pub(super) struct Arguments {
    /// Decided pairs, tab-separated with a line of field names
    #[arg(value_name = "PAIRS.tsv")]
    pairs: PathBuf,
    /// Classes of the query: those of the later sign, or none
    #[arg(long, value_name = "WHICH", value_enum, default_value_t = Classes::Later)]
    classes: Classes,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// The choice as typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Classes {
    /// The classes of the later sign
    Later,
    /// No class
    None,
}

impl Arguments {
    fn config(&self) -> EvaluateConfig {
        let classes = match self.classes {
            Classes::Later => evaluate::QueryClasses::Later,
            Classes::None => evaluate::QueryClasses::None,
        };
        EvaluateConfig { classes }
    }
}

pub(super) fn run(arguments: Arguments, global: &Global, console: &Console) -> Result<Finding> {
    let index = global.open_index()?;
    let progress = Progress::new("evaluating", Unit::Count);
    let report = evaluate::evaluate(&index, &arguments.pairs, &arguments.config(), &|done, total| progress.set(done, total))?;
    progress.finish();
    if arguments.json {
        console.print_json(&report)?;
    } else {
        console.print(&report.to_string())?;
    }
    Ok(Finding::NothingHigh)
}
