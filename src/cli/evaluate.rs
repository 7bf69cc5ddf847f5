//! `mirip evaluate`: quality on decided pairs.

use std::fmt;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::arguments::{Global, today};
use super::console::Console;
use super::exit::Finding;
use super::progress::{Progress, Unit};
use crate::evaluate::{self, EvaluateConfig};
use crate::{Error, Result};

/// Measure quality on decided pairs: recall at k, MRR, AUC, calibration
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  mirip evaluate pairs.tsv --register ./register
  mirip evaluate pairs.tsv --classes none --json
  mirip evaluate pairs.tsv --register ./register --fit judgement.json
  mirip evaluate pairs.tsv --register ./register --ablation")]
pub(super) struct Arguments {
    /// Decided pairs, tab-separated with a line of field names
    #[arg(value_name = "PAIRS.tsv")]
    pairs: PathBuf,
    /// Classes of the query: those of the later sign, or none
    #[arg(long, value_name = "WHICH", value_enum, default_value_t = Classes::Later)]
    classes: Classes,
    /// Fit the weights of the judgement on the pairs and write them to a file
    #[arg(long, value_name = "FILE.json", conflicts_with = "classes")]
    fit: Option<PathBuf>,
    /// Measure what falls when each part of the judgement is taken out
    #[arg(long, conflicts_with = "fit")]
    ablation: bool,
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
        EvaluateConfig { classes, ..EvaluateConfig::default() }
    }
}

pub(super) fn run(arguments: Arguments, global: &Global, console: &Console) -> Result<Finding> {
    let index = global.open_index()?;
    let progress = Progress::new("evaluating", Unit::Count);
    if let Some(path) = &arguments.fit {
        let fit = evaluate::fit(&index, &arguments.pairs, today(), &|done, total| progress.set(done, total))?;
        progress.finish();
        let text = serde_json::to_string_pretty(&fit.config).expect("a configuration is plain data");
        std::fs::write(path, text + "\n").map_err(|cause| Error::writing(path, cause))?;
        show(&fit.cross_validated, arguments.json, console)?;
        return Ok(Finding::NothingHigh);
    }
    if arguments.ablation {
        let ablation = evaluate::ablate(&index, &arguments.pairs, &arguments.config(), &|done, total| progress.set(done, total))?;
        progress.finish();
        show(&ablation, arguments.json, console)?;
        return Ok(Finding::NothingHigh);
    }
    let report = evaluate::evaluate(&index, &arguments.pairs, &arguments.config(), &|done, total| progress.set(done, total))?;
    progress.finish();
    show(&report, arguments.json, console)?;
    Ok(Finding::NothingHigh)
}

fn show(figures: &(impl Serialize + fmt::Display), as_json: bool, console: &Console) -> Result<()> {
    if as_json { console.print_json(figures) } else { console.print(&figures.to_string()) }
}
