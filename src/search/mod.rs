//! stub
use jiff::civil::Date;
use crate::index::Index;
use crate::mark::NiceClasses;
use crate::score::Language;
use crate::{Error, Result};
/// What is asked.
#[derive(Clone, Debug, Default)]
pub struct Query { pub name: String, pub classes: NiceClasses, pub goods: Option<String>, pub owner: Option<String>, pub filed_on: Option<Date> }
/// How the answer is cut.
#[derive(Clone, Debug)]
pub struct SearchConfig { /// hits shown, default 20
 pub limit: usize, /// nothing below is shown; `None` = start of the low band
 pub min_score: Option<f64>, pub today: Date, pub language: Language }
impl SearchConfig {
    /// stub
    pub fn new(today: Date) -> Self { Self { limit: 20, min_score: None, today, language: Language::default() } }
}
/// Name lengths above this are refused, in characters.
pub const MAX_NAME_CHARS: usize = 1000;
/// stub: the engine's answer; turn it into `view::Answer` by `view::Answer::from`.
pub struct Answer {}
/// stub
pub struct Comparison {}
/// All earlier marks that may be held against a name. Refuses (`ErrorKind::Input`) an empty name, a name without letters or digits, one over MAX_NAME_CHARS.
pub fn check(_index: &Index, _query: &Query, _config: &SearchConfig) -> Result<Answer> { Err(Error::new(crate::ErrorKind::Internal, "stub")) }
/// One pair, with the token weights of `index`.
pub fn compare(_index: &Index, _query: &Query, _earlier: &Query, _config: &SearchConfig) -> Result<Comparison> { Err(Error::new(crate::ErrorKind::Internal, "stub")) }
