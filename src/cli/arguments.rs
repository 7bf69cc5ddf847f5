//! Arguments that several verbs share, as typed → as meant.

use std::env;
use std::path::PathBuf;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};
use jiff::Zoned;
use jiff::civil::Date;

use crate::Result;
use crate::index::Index;
use crate::mark::NiceClasses;
use crate::register::Format;
use crate::score::Language;
use crate::search::SearchConfig;

/// Names the register where `--register` does not.
const REGISTER_VARIABLE: &str = "MIRIP_REGISTER";

/// Arguments of every verb.
#[derive(Debug, Args)]
pub(super) struct Global {
    /// Folder of the register [default: $MIRIP_REGISTER; without it the starter register, which can't be written]
    #[arg(long, value_name = "DIR", global = true)]
    register: Option<PathBuf>,
    /// Language of tables and explanations
    #[arg(long, value_name = "LANGUAGE", value_enum, default_value_t = LanguageName::Id, global = true)]
    lang: LanguageName,
}

/// The languages as typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum LanguageName {
    /// Indonesian
    Id,
    /// English
    En,
}

/// The formats of files as typed.
pub(super) fn format_parser() -> impl TypedValueParser<Value = Format> {
    let values = Format::ALL.map(|format| PossibleValue::new(format.as_str()).help(format.summary()));
    PossibleValuesParser::new(values).try_map(|text| text.parse::<Format>())
}

impl Global {
    /// The language asked for.
    pub fn language(&self) -> Language {
        match self.lang {
            LanguageName::Id => Language::Id,
            LanguageName::En => Language::En,
        }
    }

    /// The register's folder, from the flag or else the environment, where an empty value
    /// counts as none.
    pub fn register(&self) -> Option<PathBuf> {
        let from_environment = || env::var_os(REGISTER_VARIABLE).filter(|path| !path.is_empty()).map(PathBuf::from);
        self.register.clone().or_else(from_environment)
    }

    /// The register to read.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Register`] where the folder is not there or is no register.
    pub fn open_index(&self) -> Result<Index> {
        match self.register() {
            Some(path) => Index::open(&path),
            None => Index::starter(),
        }
    }
}

/// How hits are cut.
#[derive(Clone, Debug, Args)]
pub(super) struct Cut {
    /// Show at most N hits, 1 to 1000
    #[arg(long, value_name = "N", default_value_t = 20, value_parser = limit, allow_negative_numbers = true)]
    limit: u16,
    /// Show no hit below X, 0 to 1 [default: where the low band starts; of a list, the medium band]
    #[arg(long, value_name = "X", value_parser = score, allow_negative_numbers = true)]
    min_score: Option<f64>,
}

impl Cut {
    /// The cut as the engine takes it, as of today.
    pub fn config(&self, language: Language) -> SearchConfig {
        SearchConfig { limit: usize::from(self.limit), min_score: self.min_score, language, ..SearchConfig::new(today()) }
    }
}

/// Today where the computer stands: statuses depend on it.
pub(super) fn today() -> Date {
    Zoned::now().date()
}

/// The union of repeated class arguments.
pub(super) fn union(classes: &[NiceClasses]) -> NiceClasses {
    classes.iter().fold(NiceClasses::EMPTY, |all, &classes| all.union(classes))
}

/// Reads `30`, `30;43` or `30,43`.
pub(super) fn classes(text: &str) -> Result<NiceClasses, String> {
    let classes: NiceClasses = text.parse()?;
    if classes.is_empty() {
        return Err("no class in it; write --class 30 or --class 30,43, or leave it out".to_owned());
    }
    Ok(classes)
}

/// Reads an ISO date.
pub(super) fn date(text: &str) -> Result<Date, String> {
    text.trim().parse().map_err(|_| "is no date; write year-month-day, such as 2026-11-24".to_owned())
}

/// Reads a number of hits.
fn limit(text: &str) -> Result<u16, String> {
    let number = text.trim().parse().ok().filter(|number| (1..=1000).contains(number));
    number.ok_or_else(|| "hits are counted from 1 to 1000; write a whole number, such as 20".to_owned())
}

/// Reads a score.
fn score(text: &str) -> Result<f64, String> {
    match text.trim().parse::<f64>() {
        Ok(score) if (0.0..=1.0).contains(&score) => Ok(score),
        Ok(percent) if percent > 1.0 && percent <= 100.0 => {
            Err(format!("scores run from 0 to 1; for {percent} % write {}", percent / 100.0))
        }
        _ => Err("scores run from 0 to 1; write it with a point, such as 0.7".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_run_from_zero_to_one() {
        for (text, expected) in [("0", 0.0), ("0.7", 0.7), ("1", 1.0), (" 1.0 ", 1.0)] {
            assert_eq!(score(text), Ok(expected));
        }
        assert!(score("70").unwrap_err().ends_with("write 0.7"));
        for text in ["-0.1", "NaN", "inf", "0,7", "", "1e9"] {
            assert!(score(text).unwrap_err().contains("from 0 to 1"), "{text}");
        }
    }

    #[test]
    fn hits_are_counted_from_one_to_a_thousand() {
        assert_eq!((limit("1"), limit(" 1000 ")), (Ok(1), Ok(1000)));
        for text in ["0", "1001", "-1", "2.5", "70000", "abc", ""] {
            assert!(limit(text).unwrap_err().contains("from 1 to 1000"), "{text}");
        }
    }

    #[test]
    fn an_empty_class_is_a_slip_and_not_every_class() {
        assert_eq!(classes("30;43").map(|classes| classes.to_string()), Ok("30;43".to_owned()));
        assert_eq!(classes("43,30").map(|classes| classes.to_string()), Ok("30;43".to_owned()));
        assert!(classes("").unwrap_err().contains("no class"));
        assert!(classes("46").unwrap_err().contains("1 to 45"));
    }

    #[test]
    fn dates_are_iso_dates() {
        assert!(date("2026-02-28").is_ok());
        for text in ["2026-02-30", "24/11/2026", "", "kemarin"] {
            assert!(date(text).unwrap_err().contains("2026-11-24"), "{text}");
        }
    }
}
