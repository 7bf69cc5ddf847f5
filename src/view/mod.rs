//! The JSON shapes that callers see, on the command line with `--json` and over HTTP.
//!
//! Scripts of others stand on these: a field is added, never renamed or taken away.

mod convert;
pub mod table;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::mark::{LegalStatus, Mark, MarkKind, NiceClasses};

/// The answer to one name.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Answer {
    /// What was asked, and how the name is read.
    pub query: Query,
    /// What it was compared with.
    pub register: Register,
    /// The band of the strongest hit; `clear` where nothing reached the cut-off.
    pub verdict: Band,
    /// Earlier marks that are a bar, the strongest first.
    pub hits: Vec<Hit>,
    /// Marks that are no bar (refused, withdrawn, removed, long expired, the applicant's own, later filed).
    pub evidence: Vec<Hit>,
    /// True where more bars reach the cut-off than are shown.
    pub has_more: bool,
    /// Remarks on the name itself.
    pub flags: Vec<Flag>,
    /// Time the search took, in milliseconds.
    pub elapsed_ms: f64,
    /// What this answer is not.
    pub notice: String,
}

/// What was asked.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Query {
    /// The name as it came.
    #[schema(examples("KOPI KENANGGA"))]
    pub name: String,
    /// Nice classes asked for; empty means that classes were left out of account.
    #[schema(value_type = Vec<u8>, examples(json!([30, 43])))]
    pub classes: NiceClasses,
    /// Goods in the applicant's words.
    pub goods: Option<String>,
    /// How the name is read aloud, one spelling per reading; `N` is ng, `Y` ny, `S` sy, `X` kh, `@` the neutral e.
    pub readings: Vec<String>,
}

/// What the name was compared with.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Register {
    /// Name of the register: `starter`, or the folder's name.
    pub name: String,
    /// Marks it holds.
    pub marks: u64,
    /// Marks compared: all that have a word.
    pub compared: u64,
    /// Date of the data.
    #[schema(value_type = Option<String>, format = Date)]
    pub data_as_of: Option<Date>,
    /// Fingerprint of the content, in hexadecimal.
    pub digest: String,
}

/// How strong a similarity is, by the thresholds in `data/judgement.json`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Band {
    /// Nothing at or above the cut-off.
    Clear,
    /// Some likeness, rarely held against a name.
    Low,
    /// Worth a look.
    Medium,
    /// An examiner would most likely hold it against the name.
    High,
    /// The same sign.
    Identical,
}

impl Band {
    /// The word used in files and answers.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Clear => "clear",
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Identical => "identical",
        }
    }
}

/// One earlier mark.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Hit {
    /// 1 is the strongest.
    pub rank: u32,
    /// Similarity with the goods taken into account, 0 to 1.
    pub score: f64,
    /// The band of the score.
    pub band: Band,
    /// The earlier mark.
    pub mark: EarlierMark,
    /// The aspects the score was led by.
    pub aspects: Aspects,
    /// Why, in plain sentences, the weightiest first.
    pub explanation: Vec<Reason>,
}

/// What a hit shows of a mark.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct EarlierMark {
    /// Identity in the register.
    pub id: String,
    /// The verbal element as filed.
    pub name: String,
    /// Nice classes.
    #[schema(value_type = Vec<u8>)]
    pub classes: NiceClasses,
    /// What the sign consists of.
    #[schema(value_type = String, examples("word"))]
    pub kind: MarkKind,
    /// Where the right stands.
    #[schema(value_type = String, examples("registered"))]
    pub status: LegalStatus,
    /// Filing date.
    #[schema(value_type = Option<String>, format = Date)]
    pub filed_on: Option<Date>,
    /// Date of registration.
    #[schema(value_type = Option<String>, format = Date)]
    pub registered_on: Option<Date>,
    /// End of protection.
    #[schema(value_type = Option<String>, format = Date)]
    pub expires_on: Option<Date>,
    /// Proprietor or applicant.
    pub owner: Option<String>,
    /// Goods and services in the register's words.
    pub goods: Option<String>,
    /// Where the row came from.
    pub source: Option<String>,
}

impl From<&Mark> for EarlierMark {
    fn from(mark: &Mark) -> Self {
        Self {
            id: mark.id.clone(),
            name: mark.verbal_element.clone(),
            classes: mark.classes,
            kind: mark.kind,
            status: mark.status,
            filed_on: mark.filed_on,
            registered_on: mark.registered_on,
            expires_on: mark.expires_on,
            owner: mark.owner.clone(),
            goods: mark.goods.clone(),
            source: mark.source.clone(),
        }
    }
}

/// The aspects in which two signs are compared, each 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Aspects {
    /// Writing.
    pub visual: f64,
    /// Sound.
    pub aural: f64,
    /// Meaning; null where a side has no known meaning.
    pub conceptual: Option<f64>,
    /// Kinship of the goods; null where a side names neither class nor goods.
    pub goods: Option<f64>,
}

/// One sentence of an explanation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Reason {
    /// Stable name of the kind of reason, such as `aural.same_sound`.
    pub code: String,
    /// The sentence, in the language asked for.
    pub text: String,
    /// Where in the query, `[start, end)` in characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Vec<usize>>)]
    pub query_span: Option<[usize; 2]>,
    /// Where in the earlier mark's name, `[start, end)` in characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Vec<usize>>)]
    pub earlier_span: Option<[usize; 2]>,
    /// Sentences that this one rests on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(no_recursion)]
    pub because: Vec<Reason>,
}

/// A remark on the name itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Flag {
    /// Stable name, such as `name.descriptive_as_a_whole`.
    pub code: String,
    /// The sentence, in the language asked for.
    pub text: String,
}

/// The answer to several names: the safest first, then each answer in the order asked.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Ranking {
    /// The names, the safest first.
    pub ranking: Vec<RankedName>,
    /// One answer per name, in the order asked.
    pub answers: Vec<Answer>,
}

/// One name among alternatives.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct RankedName {
    /// The name as it came.
    pub name: String,
    /// Band of its strongest hit.
    pub verdict: Band,
    /// Its strongest hit, if there is one.
    pub top: Option<TopHit>,
    /// One line of why it stands where it stands.
    pub why: String,
}

/// The strongest hit of a name, in short.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct TopHit {
    /// Identity in the register.
    pub id: String,
    /// The earlier mark's verbal element.
    pub name: String,
    /// Score of the hit, 0 to 1.
    pub score: f64,
}

/// The comparison of one pair.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Comparison {
    /// The later sign.
    pub query: Query,
    /// The earlier sign.
    pub earlier: Query,
    /// The numbers.
    pub assessment: Assessment,
    /// Why, in plain sentences.
    pub explanation: Vec<Reason>,
    /// What this answer is not.
    pub notice: String,
}

/// The numbers of one comparison.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
pub struct Assessment {
    /// Similarity with the goods taken into account, 0 to 1.
    pub overall: f64,
    /// The band of `overall`.
    pub band: Band,
    /// The aspects it was led by.
    pub aspects: Aspects,
}

/// What is in a register.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Stats {
    /// The register.
    pub register: Register,
    /// Marks by legal status.
    pub by_status: Vec<Count>,
    /// Marks by what the sign consists of.
    pub by_kind: Vec<Count>,
    /// Marks by Nice class; one mark counts in each of its classes.
    pub by_class: Vec<Count>,
    /// Marks by source.
    pub by_source: Vec<Count>,
    /// Marks with nothing to compare (no word, or an office phrase alone).
    pub without_words: u64,
    /// Size on disk in bytes; null for the starter register.
    pub size_bytes: Option<u64>,
}

/// How many marks share a value.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Count {
    /// The value.
    pub value: String,
    /// Marks that have it.
    pub marks: u64,
    /// Of a source, the date of its data, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Date)]
    pub data_as_of: Option<Date>,
}

/// What screening found for one row of a list.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct ScreenedRow {
    /// Line of the row in its file, or place in the request, from 1.
    pub line: u64,
    /// The row's own id.
    pub id: Option<String>,
    /// The row's name as it came.
    pub name: String,
    /// Band of its strongest hit in the register; null where the row could not be read.
    pub verdict: Option<Band>,
    /// Why the row could not be screened.
    pub error: Option<String>,
    /// Hits in the register, the strongest first.
    pub hits: Vec<Hit>,
    /// Rows of the same list that it resembles: the earlier row first.
    pub within_list: Vec<ListHit>,
    /// Remarks on the name itself.
    pub flags: Vec<Flag>,
}

/// Another row of the same list that resembles this one.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct ListHit {
    /// Line of the other row.
    pub line: u64,
    /// The other row's id.
    pub id: Option<String>,
    /// The other row's name.
    pub name: String,
    /// The other row's owner.
    pub owner: Option<String>,
    /// True where the other row stands earlier in the list and so asked first.
    pub earlier: bool,
    /// Score of the pair, 0 to 1.
    pub score: f64,
    /// The band of the score.
    pub band: Band,
}
