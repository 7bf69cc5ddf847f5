//! What the templates show, made from the shapes that all callers see.

use askama::Template;

use super::classes::{self, COMMON};
use super::words::Words;
use crate::mark::{NiceClass, NiceClasses};
use crate::view::{Answer, Band, Hit, RankedName, Ranking, Reason, Register};

/// Name fields of the form: the office asks for five alternatives.
pub(super) const NAME_FIELDS: usize = 5;

/// The whole page.
#[derive(Template)]
#[template(path = "page.html", config = "src/serve/page/askama.toml")]
pub(super) struct Page {
    pub words: &'static Words,
    pub names: Vec<String>,
    pub goods: String,
    pub common: Vec<ClassChoice>,
    pub others: Vec<ClassChoice>,
    pub others_chosen: bool,
    pub max_chars: usize,
    pub style: &'static str,
    pub script: &'static str,
    pub trouble: Option<String>,
    pub result: Option<Findings>,
}

/// One class to choose.
pub(super) struct ClassChoice {
    pub number: u8,
    pub label: &'static str,
    pub is_chosen: bool,
}

/// The answer to a form.
pub(super) struct Findings {
    pub names: Vec<NameFindings>,
    pub compared: String,
    pub data_as_of: Option<String>,
    pub register: String,
    pub is_starter: bool,
    pub notice: String,
}

/// What was found for one name.
pub(super) struct NameFindings {
    pub place: usize,
    pub name: String,
    pub tone: &'static str,
    pub verdict: &'static str,
    pub why: String,
    pub flags: Vec<String>,
    pub hits: Vec<HitCard>,
    /// True where hits above the cut-off are not shown.
    pub has_more: bool,
    pub evidence: Vec<HitCard>,
}

/// One earlier mark.
pub(super) struct HitCard {
    pub name: String,
    pub score: u32,
    pub tone: &'static str,
    pub band: &'static str,
    pub status: &'static str,
    pub facts: Vec<(&'static str, String)>,
    pub classes: Vec<(u8, &'static str)>,
    pub aspects: Vec<(&'static str, Option<u32>)>,
    pub reasons: Reasons,
}

/// Sentences with those that they rest on.
#[derive(Template)]
#[template(path = "reasons.html", config = "src/serve/page/askama.toml")]
pub(super) struct Reasons {
    pub reasons: Vec<(String, Reasons)>,
}

impl From<&[Reason]> for Reasons {
    fn from(reasons: &[Reason]) -> Self {
        Self { reasons: reasons.iter().map(|reason| (reason.text.clone(), Self::from(reason.because.as_slice()))).collect() }
    }
}

/// The classes to choose from: the common ones first, then the others, ascending.
pub(super) fn choices(words: &Words, chosen: NiceClasses) -> (Vec<ClassChoice>, Vec<ClassChoice>) {
    let choice = |class: NiceClass| ClassChoice {
        number: class.number(),
        label: classes::label(class, words.language),
        is_chosen: chosen.contains(class),
    };
    let common = COMMON.into_iter().filter_map(NiceClass::new).map(choice).collect();
    let others = NiceClass::all().filter(|class| !COMMON.contains(&class.number())).map(choice).collect();
    (common, others)
}

impl Findings {
    /// Brings the ranking and its answers together, the safest name first.
    pub(super) fn new(words: &Words, register: &Register, ranking: Ranking) -> Self {
        let notice = ranking.answers.first().map(|answer| answer.notice.clone()).unwrap_or_default();
        let mut answers: Vec<Option<Answer>> = ranking.answers.into_iter().map(Some).collect();
        let mut names = Vec::new();
        for (ranked, place) in ranking.ranking.into_iter().zip(1..) {
            let own = answers.iter_mut().find(|answer| answer.as_ref().is_some_and(|answer| answer.query.name == ranked.name));
            // A ranked name without an answer would be a defect of the ranking: shown, never dropped.
            let answer = own.and_then(Option::take);
            names.push(NameFindings::new(words, place, ranked, answer));
        }
        Self {
            names,
            compared: words.number(register.compared),
            data_as_of: register.data_as_of.map(|date| words.date(date)),
            register: register.name.clone(),
            is_starter: register.name == "starter",
            notice,
        }
    }
}

impl NameFindings {
    fn new(words: &Words, place: usize, ranked: RankedName, answer: Option<Answer>) -> Self {
        let RankedName { name, verdict, why, .. } = ranked;
        let mut found = Self {
            place,
            name,
            tone: tone(verdict),
            verdict: words.verdict(verdict),
            why,
            flags: Vec::new(),
            hits: Vec::new(),
            has_more: false,
            evidence: Vec::new(),
        };
        if let Some(answer) = answer {
            found.has_more = answer.has_more;
            found.flags = answer.flags.into_iter().map(|flag| flag.text).collect();
            found.hits = answer.hits.iter().map(|hit| HitCard::new(words, hit)).collect();
            found.evidence = answer.evidence.iter().map(|hit| HitCard::new(words, hit)).collect();
        }
        found
    }
}

impl HitCard {
    fn new(words: &Words, hit: &Hit) -> Self {
        let mark = &hit.mark;
        let facts = [
            (words.number, Some(mark.id.clone())),
            (words.status, Some(words.legal_status(mark.status).to_owned())),
            (words.owner, Some(mark.owner.clone().unwrap_or_else(|| words.unknown.to_owned()))),
            (words.filed_on, mark.filed_on.map(|date| words.date(date))),
            (words.registered_on, mark.registered_on.map(|date| words.date(date))),
            (words.expires_on, mark.expires_on.map(|date| words.date(date))),
            (words.kind, Some(words.mark_kind(mark.kind).to_owned())),
            (words.goods_of, mark.goods.clone()),
            (words.source, mark.source.clone()),
        ];
        Self {
            name: mark.name.clone(),
            score: percent(hit.score),
            tone: tone(hit.band),
            band: words.band(hit.band),
            status: words.legal_status(mark.status),
            facts: facts.into_iter().filter_map(|(label, fact)| Some((label, fact?))).collect(),
            classes: mark.classes.iter().map(|class| (class.number(), classes::label(class, words.language))).collect(),
            aspects: vec![
                (words.aural, Some(percent(hit.aspects.aural))),
                (words.visual, Some(percent(hit.aspects.visual))),
                (words.conceptual, hit.aspects.conceptual.map(percent)),
                (words.goods_aspect, hit.aspects.goods.map(percent)),
            ],
            reasons: Reasons::from(hit.explanation.as_slice()),
        }
    }
}

/// Hundredths, rounded down: 100 is said of nothing less.
fn percent(score: f64) -> u32 {
    // A hair is added because 0.29 * 100 is 28.999…; a score is never negative or above 1.
    (score * 100.0 + 1e-9).clamp(0.0, 100.0) as u32
}

/// Which of three looks a band has.
fn tone(band: Band) -> &'static str {
    match band {
        Band::Identical | Band::High => "risky",
        Band::Medium => "look",
        Band::Low | Band::Clear => "safe",
    }
}

#[cfg(test)]
mod tests;
