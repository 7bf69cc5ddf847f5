//! From the engine's values to the shapes that callers see.

use super::*;
use crate::index::Index;
use crate::score::{self, Language};
use crate::{Result, screen, search};

/// Numbers are shown with four digits.
fn number(value: f32) -> f64 {
    (f64::from(value) * 10_000.0).round() / 10_000.0
}

fn notice(language: Language, is_starter: bool) -> String {
    let mut notice = language
        .pick(
            "Ini bukan keputusan DJKI, melainkan bahan pertimbangan: pemeriksa dapat menilai lain.",
            "This is no decision of the Indonesian office (DJKI) but material for one: an examiner may judge otherwise.",
        )
        .to_owned();
    if is_starter {
        notice.push_str(language.pick(
            " Daftar awal ini berisi merek yang dikenal umum dan bukan daftar resmi.",
            " The starter register holds brands that people know and is no official register.",
        ));
    }
    notice
}

impl From<score::Band> for Band {
    fn from(band: score::Band) -> Self {
        match band {
            score::Band::Clear => Self::Clear,
            score::Band::Low => Self::Low,
            score::Band::Medium => Self::Medium,
            score::Band::High => Self::High,
            score::Band::Identical => Self::Identical,
        }
    }
}

impl From<&score::Assessment> for Aspects {
    fn from(assessment: &score::Assessment) -> Self {
        Self {
            visual: number(assessment.visual),
            aural: number(assessment.aural),
            conceptual: assessment.conceptual.map(number),
            goods: assessment.goods.map(number),
        }
    }
}

impl From<score::Reason> for Reason {
    fn from(reason: score::Reason) -> Self {
        Self {
            code: reason.code.to_owned(),
            text: reason.text,
            query_span: reason.query_span,
            earlier_span: reason.earlier_span,
            because: reason.because.into_iter().map(Self::from).collect(),
        }
    }
}

fn reasons(reasons: Vec<score::Reason>) -> Vec<Reason> {
    reasons.into_iter().map(Reason::from).collect()
}

fn flag(reason: score::Reason) -> Flag {
    Flag { code: reason.code.to_owned(), text: reason.text }
}

fn hits(hits: Vec<search::Hit>) -> Vec<Hit> {
    let hit = |(rank, hit): (u32, search::Hit)| Hit {
        rank,
        score: number(hit.assessment.overall),
        band: hit.band.into(),
        mark: EarlierMark::from(&hit.mark),
        aspects: Aspects::from(&hit.assessment),
        explanation: reasons(hit.reasons),
    };
    (1..).zip(hits).map(hit).collect()
}

fn query(query: search::Query, readings: Vec<String>) -> Query {
    Query { name: query.name, classes: query.classes, goods: query.goods, readings }
}

impl From<search::RegisterFacts> for Register {
    fn from(facts: search::RegisterFacts) -> Self {
        Self { name: facts.name, marks: facts.marks, compared: facts.compared, data_as_of: facts.data_as_of, digest: facts.digest }
    }
}

impl From<search::Answer> for Answer {
    fn from(answer: search::Answer) -> Self {
        Self {
            notice: notice(answer.language, answer.register.is_starter),
            query: query(answer.query, answer.readings),
            register: answer.register.into(),
            verdict: answer.verdict.into(),
            hits: hits(answer.hits),
            evidence: hits(answer.evidence),
            has_more: answer.has_more,
            flags: answer.flags.into_iter().map(flag).collect(),
            elapsed_ms: (answer.elapsed.as_secs_f64() * 10_000.0).round() / 10.0,
        }
    }
}

impl From<Vec<search::Answer>> for Ranking {
    /// The safest first: by verdict, then the strongest score, then as asked.
    fn from(answers: Vec<search::Answer>) -> Self {
        let languages: Vec<Language> = answers.iter().map(|answer| answer.language).collect();
        let answers: Vec<Answer> = answers.into_iter().map(Answer::from).collect();
        let mut order: Vec<usize> = (0..answers.len()).collect();
        let strongest = |at: usize| answers[at].hits.first().map_or(0.0, |hit| hit.score);
        order.sort_by(|&a, &b| answers[a].verdict.cmp(&answers[b].verdict).then(strongest(a).total_cmp(&strongest(b))));
        let ranking = order.iter().map(|&at| ranked(&answers[at], languages[at])).collect();
        Self { ranking, answers }
    }
}

fn ranked(answer: &Answer, language: Language) -> RankedName {
    let top = answer.hits.first();
    let why = match top {
        None => language.pick(
            format!("Tidak ada yang mirip di antara {} merek.", answer.register.compared),
            format!("Nothing alike among {} marks.", answer.register.compared),
        ),
        Some(hit) => {
            let reason = hit.explanation.first().map_or("", |reason| reason.text.as_str());
            format!("{}: {reason}", hit.mark.name)
        }
    };
    RankedName {
        name: answer.query.name.clone(),
        verdict: answer.verdict,
        top: top.map(|hit| TopHit { id: hit.mark.id.clone(), name: hit.mark.name.clone(), score: hit.score }),
        why,
    }
}

impl From<search::Comparison> for Comparison {
    fn from(found: search::Comparison) -> Self {
        Self {
            notice: notice(found.language, false),
            assessment: Assessment {
                overall: number(found.assessment.overall),
                band: found.band.into(),
                aspects: Aspects::from(&found.assessment),
            },
            query: query(found.query, found.query_readings),
            earlier: query(found.earlier, found.earlier_readings),
            explanation: reasons(found.reasons),
        }
    }
}

impl From<screen::Outcome> for ScreenedRow {
    fn from(outcome: screen::Outcome) -> Self {
        let (line, id, name) = (outcome.line, outcome.id, outcome.name);
        let within_list = outcome
            .within_list
            .into_iter()
            .map(|found| ListHit {
                line: found.line,
                id: found.id,
                name: found.name,
                owner: found.owner,
                earlier: found.is_earlier,
                score: number(found.score),
                band: found.band.into(),
            })
            .collect();
        match outcome.found {
            Ok(answer) => {
                let answer = Answer::from(answer);
                Self { line, id, name, verdict: Some(answer.verdict), error: None, hits: answer.hits, within_list, flags: answer.flags }
            }
            Err(reason) => Self { line, id, name, verdict: None, error: Some(reason), hits: Vec::new(), within_list, flags: Vec::new() },
        }
    }
}

impl Stats {
    /// Counts of a register.
    ///
    /// # Errors
    /// [`crate::ErrorKind::Register`] where its folder can't be read.
    pub fn of(index: &Index) -> Result<Self> {
        let stats = index.stats()?;
        let counts =
            |counts: Vec<(String, u64)>| counts.into_iter().map(|(value, marks)| Count { value, marks, data_as_of: None }).collect();
        let of_source = |(value, marks): (String, u64)| Count { data_as_of: index.source_date(&value), value, marks };
        Ok(Self {
            register: Register {
                name: index.name().to_owned(),
                marks: index.marks(),
                compared: index.compared(),
                data_as_of: index.data_as_of(),
                digest: index.digest(),
            },
            by_status: counts(stats.by_status),
            by_kind: counts(stats.by_kind),
            by_class: counts(stats.by_class),
            by_source: stats.by_source.into_iter().map(of_source).collect(),
            without_words: stats.without_words,
            size_bytes: stats.size_bytes,
        })
    }
}
