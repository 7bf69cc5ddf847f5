//! One query from text to ranked hits.
//!
//! Scan, bound, score: every mark of the register gets an upper bound of its score from what
//! the scan measured; marks whose bound reaches the cut-off are scored in full. The cut-off rises
//! to the score that as many marks are known to reach as are shown. The answer is what scoring
//! every mark would give, and a property test says so.

mod best;
mod prepared;
mod kinship;
mod matches;
mod shared;
mod reach;
mod whole_names;
mod word_memory;
mod segment;
mod scoring;
mod flags;
mod check;
mod compare;

use jiff::civil::Date;

use crate::mark::{Mark, NiceClasses, NoBar};
use crate::score::{Assessment, Band, JudgementConfig, Language, Reason};

pub(crate) use check::{SIDE_BY_SIDE, check_of_list};
pub use check::{check, check_all, check_on};
pub use compare::compare;
pub(crate) use compare::evidence;
pub(crate) use word_memory::WordMemory;

/// What is asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// The name, as the applicant writes it.
    pub name: String,
    /// Nice classes it is meant for; empty leaves classes out of account.
    pub classes: NiceClasses,
    /// Goods in the applicant's words.
    pub goods: Option<String>,
    /// The applicant, whose own marks are no bar.
    pub owner: Option<String>,
    /// The applicant's filing date: marks filed later are no bar.
    pub filed_on: Option<Date>,
}

/// How an answer is cut and worded.
#[derive(Clone, Debug)]
pub struct SearchConfig {
    /// Hits shown at most.
    pub limit: usize,
    /// Nothing below this score is shown; `None` is the start of the low band.
    pub min_score: Option<f64>,
    /// Decides whether an expired mark can still be renewed.
    pub today: Date,
    /// Language of the sentences.
    pub language: Language,
    /// The numbers of the judgement.
    pub judgement: &'static JudgementConfig,
}

impl SearchConfig {
    /// Twenty hits from the start of the low band, in Indonesian.
    pub fn new(today: Date) -> Self {
        Self { limit: 20, min_score: None, today, language: Language::default(), judgement: JudgementConfig::built_in() }
    }

    pub(crate) fn cutoff(&self) -> f32 {
        self.min_score.map_or(self.judgement.bands.low, |score| score as f32)
    }
}

/// Names beyond this many characters are refused: no office registers them.
pub const MAX_NAME_CHARS: usize = 1000;

/// The answer to one query.
#[derive(Clone, Debug)]
pub struct Answer {
    /// What was asked.
    pub query: Query,
    /// How the name is read aloud.
    pub readings: Vec<String>,
    /// What it was compared with.
    pub register: RegisterFacts,
    /// Band of the strongest hit.
    pub verdict: Band,
    /// Bars, the strongest first.
    pub hits: Vec<Hit>,
    /// Marks that are no bar, the strongest first, as far as they are as close as the last bar where
    /// `limit` bars are shown.
    pub evidence: Vec<Hit>,
    /// True where more bars reach the cut-off than are shown. How many is not known: what can't be
    /// shown is not looked for.
    pub has_more: bool,
    /// Remarks on the name itself.
    pub flags: Vec<Reason>,
    /// Time the search took.
    pub elapsed: std::time::Duration,
    /// Language of the sentences.
    pub language: Language,
}

/// What a query was compared with.
#[derive(Clone, Debug)]
pub struct RegisterFacts {
    /// Name of the register.
    pub name: String,
    /// True for the register that is built in.
    pub is_starter: bool,
    /// Marks it holds.
    pub marks: u64,
    /// Marks that were compared.
    pub compared: u64,
    /// Date of the data.
    pub data_as_of: Option<Date>,
    /// Fingerprint of the content.
    pub digest: String,
}

/// One earlier mark.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// The earlier mark.
    pub mark: Mark,
    /// The numbers.
    pub assessment: Assessment,
    /// The band.
    pub band: Band,
    /// Why it is no bar, where it is none.
    pub no_bar: Option<NoBar>,
    /// Why, in sentences.
    pub reasons: Vec<Reason>,
}

/// The comparison of one pair.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// The later sign.
    pub query: Query,
    /// How it is read aloud.
    pub query_readings: Vec<String>,
    /// The earlier sign.
    pub earlier: Query,
    /// How it is read aloud.
    pub earlier_readings: Vec<String>,
    /// The numbers.
    pub assessment: Assessment,
    /// The band.
    pub band: Band,
    /// Why, in sentences.
    pub reasons: Vec<Reason>,
    /// Language of the sentences.
    pub language: Language,
}

#[cfg(test)]
mod tests;
