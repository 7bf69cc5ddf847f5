//! How an answer is cut: the parameters that several routes share, and their bounds.

use jiff::Zoned;
use jiff::civil::Date;

use super::params::{Params, wrong};
use super::problem::Problem;
use crate::score::Language;
use crate::search::SearchConfig;

/// Most hits of one answer.
const MAX_LIMIT: usize = 100;
/// Hits of one answer where the caller does not say.
pub(super) const DEFAULT_LIMIT: usize = 20;

/// `limit`, `min_score` and `lang`, as typed.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Cut {
    pub limit: Option<usize>,
    pub min_score: Option<f64>,
    pub lang: Option<Language>,
}

impl Cut {
    /// Reads the three parameters of a query string.
    pub(super) fn of(params: &Params) -> Result<Self, Problem> {
        let limit = params.read("limit", "whole number from 1 to 100")?;
        let min_score = params.read("min_score", "number from 0 to 1")?;
        let lang = params.one("lang")?.map(read_language).transpose()?;
        Ok(Self { limit, min_score, lang })
    }

    /// Checks the bounds and fills in what was left out.
    pub(super) fn into_config(self, default_limit: usize) -> Result<SearchConfig, Problem> {
        let limit = self.limit.unwrap_or(default_limit);
        if !(1..=MAX_LIMIT).contains(&limit) {
            return Err(wrong("limit", &limit, "whole number from 1 to 100"));
        }
        if let Some(score) = self.min_score
            && !(0.0..=1.0).contains(&score)
        {
            return Err(wrong("min_score", &score, "number from 0 to 1"));
        }
        Ok(SearchConfig { limit, min_score: self.min_score, language: self.lang.unwrap_or_default(), ..SearchConfig::new(today()) })
    }
}

/// The word of a language: `id` or `en`.
pub(super) fn read_language(text: &str) -> Result<Language, Problem> {
    match text {
        "id" => Ok(Language::Id),
        "en" => Ok(Language::En),
        _ => Err(Problem::bad_request("lang", format!("lang: {text:?} is no language of this service; it speaks id and en"))),
    }
}

/// A date, or the problem that names the parameter.
pub(super) fn read_date(params: &Params, name: &str) -> Result<Option<Date>, Problem> {
    params.read(name, "date; write it as 2026-11-24")
}

/// Whether a renewal is still open depends on the day.
pub(super) fn today() -> Date {
    Zoned::now().date()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, value: &str, is_taken: bool) {
        let params = Params::new(vec![(name.to_owned(), value.to_owned())]);
        let config = Cut::of(&params).and_then(|cut| cut.into_config(DEFAULT_LIMIT));
        assert_eq!(config.is_ok(), is_taken, "{name}={value}");
        if let Err(problem) = config {
            let json = serde_json::to_value(&problem).expect("JSON");
            assert_eq!(json["field"], name, "{name}={value}");
        }
    }

    #[test]
    fn bounds_hold_at_both_ends() {
        for (value, is_taken) in [("1", true), ("100", true), ("0", false), ("101", false), ("-1", false), ("many", false), ("1.5", false)]
        {
            check("limit", value, is_taken);
        }
        for (value, is_taken) in [("0", true), ("1", true), ("0.5", true), ("1.01", false), ("-0.1", false), ("NaN", false), ("inf", false)]
        {
            check("min_score", value, is_taken);
        }
        for (value, is_taken) in [("id", true), ("en", true), ("jv", false), ("ID", false)] {
            check("lang", value, is_taken);
        }
    }
}
