//! Answers made by hand, with what is hard to lay out.

use jiff::civil::date;

use crate::mark::{LegalStatus, MarkKind};
use crate::view::{
    Answer, Aspects, Assessment, Band, Comparison, Count, EarlierMark, Flag, Hit, Query, RankedName, Ranking, Reason, Register, Stats,
    TopHit,
};

/// A name of a thousand letters.
pub(super) fn long_name() -> String {
    "SANGAT PANJANG ".repeat(67).chars().take(1000).collect()
}

/// Names that would steer a terminal, or break a line into two rows.
pub(super) const HOSTILE: &str = "EVIL\u{1b}[2J\u{9b}31m\tTAB\nLINE\u{202e}DNE";

pub(super) fn query(name: &str, classes: &str) -> Query {
    let classes = classes.parse().expect("classes of a sample");
    Query { name: name.into(), classes, goods: None, readings: vec!["kopi kenaNga".into()] }
}

fn register() -> Register {
    Register { name: "starter".into(), marks: 34_500, compared: 34_210, data_as_of: Some(date(2026, 11, 24)), digest: "5f0c".into() }
}

pub(super) fn reason(text: &str, because: Vec<Reason>) -> Reason {
    Reason { code: "aural.same_sound".into(), text: text.into(), query_span: Some([5, 13]), earlier_span: None, because }
}

fn hit(rank: u32, score: f64, band: Band, name: &str, status: LegalStatus) -> Hit {
    let because = vec![reason("kenaNga berbunyi seperti kenaNan.", vec![])];
    Hit {
        rank,
        score,
        band,
        mark: EarlierMark {
            id: format!("IDM00{rank}"),
            name: name.into(),
            classes: "30;43".parse().expect("classes of a sample"),
            kind: MarkKind::Word,
            status,
            filed_on: Some(date(2017, 1, 4)),
            registered_on: None,
            expires_on: Some(date(2027, 1, 4)),
            owner: Some("PT Bumi Berkah".into()),
            goods: Some("Kopi; minuman kopi; kedai kopi".into()),
            source: None,
        },
        aspects: Aspects { visual: 0.96, aural: 0.97, conceptual: None, goods: Some(1.0) },
        explanation: vec![reason("Bunyinya hampir sama di bagian yang menonjol.", because), reason("Kelas 30 sama.", vec![])],
    }
}

pub(super) fn answer() -> Answer {
    Answer {
        query: query("KOPI KENANGGA", "30;43"),
        register: register(),
        verdict: Band::High,
        hits: vec![
            hit(1, 0.934, Band::High, "KOPI KENANGAN", LegalStatus::Registered),
            hit(2, 0.5, Band::Medium, "コカ・コーラ", LegalStatus::Pending),
            hit(3, 0.31, Band::Low, &long_name(), LegalStatus::Unknown),
            hit(4, 0.3, Band::Low, HOSTILE, LegalStatus::Expired),
        ],
        evidence: vec![hit(1, 0.8, Band::High, "KENANGA", LegalStatus::Refused)],
        has_more: true,
        flags: vec![Flag { code: "name.geographic".into(), text: "KENANGA adalah nama tempat.".into() }],
        elapsed_ms: 3.2,
        notice: "Ini bukan keputusan DJKI.".into(),
    }
}

pub(super) fn clear_answer() -> Answer {
    Answer { query: query("ZYXWQ", ""), verdict: Band::Clear, hits: vec![], evidence: vec![], has_more: false, flags: vec![], ..answer() }
}

pub(super) fn ranking() -> Ranking {
    let top = Some(TopHit { id: "IDM001".into(), name: "KOPI KENANGAN".into(), score: 0.934 });
    Ranking {
        ranking: vec![
            RankedName { name: "ZYXWQ".into(), verdict: Band::Clear, top: None, why: "Tidak ada yang mirip.".into() },
            RankedName { name: "KOPI KENANGGA".into(), verdict: Band::High, top, why: "Bunyinya hampir sama.".into() },
        ],
        answers: vec![answer(), clear_answer()],
    }
}

pub(super) fn comparison() -> Comparison {
    let hit = hit(1, 0.934, Band::High, "KOPI KENANGAN", LegalStatus::Registered);
    Comparison {
        query: query("KOPI KENANGGA", "30"),
        earlier: query("コカ・コーラ", ""),
        assessment: Assessment { overall: 0.934, band: Band::High, aspects: hit.aspects },
        explanation: hit.explanation,
        notice: "Ini bukan keputusan DJKI.".into(),
    }
}

pub(super) fn stats() -> Stats {
    let count = |value: &str, marks| Count { value: value.into(), marks, data_as_of: None };
    Stats {
        register: register(),
        by_status: vec![count("registered", 34_000), count("pending", 500)],
        by_kind: vec![count("word", 34_499), count("combined", 1)],
        by_class: vec![count("3", 17_250), count("30", 34_500), count("43", 1), count("45", 0)],
        by_source: vec![count(&long_name(), 34_500)],
        without_words: 290,
        size_bytes: None,
    }
}
