//! Words in a name that law or halal practice looks at, whatever the register holds.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::table;

/// A word or phrase that raises a flag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameFlag {
    /// The term, as the list writes it.
    pub term: &'static str,
    /// What it touches.
    pub kind: FlagKind,
    /// How grave that is.
    pub severity: Severity,
    /// What to know; may be empty.
    pub note: &'static str,
    /// Where the rule was read.
    pub source: &'static str,
    words: Vec<String>,
}

/// What a flagged term touches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FlagKind {
    /// Halal naming: liquor.
    HalalAlcohol,
    /// Halal naming: pig, dog.
    HalalAnimal,
    /// Halal naming: demons.
    HalalDemon,
    /// Halal naming: erotic wording.
    HalalErotic,
    /// Halal naming: rites of other faiths.
    HalalRitual,
    /// A claim that must be true, such as halal or organic.
    CertificationWord,
    /// A claim of healing or efficacy.
    HealthClaim,
    /// Name of a famous person.
    FamousPerson,
    /// Word of a registered geographical indication.
    GiTrigger,
    /// Name of a state or international body.
    Institution,
    /// Names and emblems of the state.
    StateSymbol,
    /// Ideology and public order.
    Politics,
    /// Religious feeling.
    Religion,
    /// Praise with nothing else in it.
    TradeDescription,
}

impl FlagKind {
    /// Every kind, in the order in which reports list them.
    pub const ALL: [Self; 14] = [
        Self::StateSymbol,
        Self::Institution,
        Self::FamousPerson,
        Self::Religion,
        Self::Politics,
        Self::GiTrigger,
        Self::HealthClaim,
        Self::CertificationWord,
        Self::TradeDescription,
        Self::HalalAlcohol,
        Self::HalalAnimal,
        Self::HalalDemon,
        Self::HalalErotic,
        Self::HalalRitual,
    ];

    /// The word used in files and answers.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::HalalAlcohol => "halal_alcohol",
            Self::HalalAnimal => "halal_animal",
            Self::HalalDemon => "halal_demon",
            Self::HalalErotic => "halal_erotic",
            Self::HalalRitual => "halal_ritual",
            Self::CertificationWord => "certification_word",
            Self::HealthClaim => "health_claim",
            Self::FamousPerson => "famous_person",
            Self::GiTrigger => "gi_trigger",
            Self::Institution => "institution",
            Self::StateSymbol => "state_symbol",
            Self::Politics => "politics",
            Self::Religion => "religion",
            Self::TradeDescription => "trade_description",
        }
    }

    /// True for the kinds that matter for halal certification of a product, not for the mark as such.
    pub fn is_halal(self) -> bool {
        matches!(self, Self::HalalAlcohol | Self::HalalAnimal | Self::HalalDemon | Self::HalalErotic | Self::HalalRitual)
    }
}

/// How grave a flag is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing.
    Low,
    /// Asks for a look.
    Medium,
    /// Likely to be refused, by the office or in halal certification.
    High,
}

impl Severity {
    /// The word used in files and answers.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }
}

/// Flags that `words` (`a-z0-9`) raise, by the place of the term in the name, then as listed.
///
/// Whole words only: BIRU raises no flag for BIR. A flag is a hint to look, never a verdict.
pub fn name_flags(words: &[&str]) -> Vec<&'static NameFlag> {
    let mut found: Vec<&'static NameFlag> = Vec::new();
    for start in 0..words.len() {
        for flag in FLAGS.get(words[start]).into_iter().flatten() {
            let tail = &words[start..];
            let is_there = tail.len() >= flag.words.len() && flag.words.iter().zip(tail).all(|(expected, word)| expected == word);
            if is_there && !found.iter().any(|known| std::ptr::eq(*known, flag)) {
                found.push(flag);
            }
        }
    }
    found
}

const FILE: &str = "name_flags.tsv";

/// By the first word of the term.
static FLAGS: LazyLock<HashMap<String, Vec<NameFlag>>> = LazyLock::new(|| {
    parse(include_str!("../../../data/lexicon/name_flags.tsv")).expect("the embedded table parses: `every_row_parses` reads it")
});

fn parse(text: &'static str) -> Result<HashMap<String, Vec<NameFlag>>, String> {
    let mut found: HashMap<String, Vec<NameFlag>> = HashMap::new();
    for [term, kind, severity, note, source] in table::rows(FILE, text, ["term", "kind", "severity", "note", "source"])? {
        let words = table::words(term)?;
        let kind =
            FlagKind::ALL.into_iter().find(|known| known.as_str() == kind).ok_or_else(|| format!("{FILE}, {term}: no kind {kind:?}"))?;
        let severity = [Severity::Low, Severity::Medium, Severity::High].into_iter().find(|known| known.as_str() == severity);
        let severity = severity.ok_or_else(|| format!("{FILE}, {term}: no such severity"))?;
        let flags = found.entry(words[0].clone()).or_default();
        if flags.iter().any(|known| known.words == words && known.kind == kind) {
            return Err(format!("{FILE}, {term}: comes twice as {}", kind.as_str()));
        }
        flags.push(NameFlag { term, kind, severity, note, source, words });
    }
    Ok(found)
}

/// Reads the embedded table once more, for tests.
#[cfg(test)]
pub(super) fn check_table() -> Result<usize, String> {
    parse(include_str!("../../../data/lexicon/name_flags.tsv")).map(|found| found.values().map(Vec::len).sum())
}
