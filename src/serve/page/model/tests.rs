use jiff::civil::date;

use super::*;
use crate::mark::Mark;
use crate::score::Language;
use crate::serve::page::assets;
use crate::view::{Aspects, EarlierMark, Flag, Query, TopHit};

const SCRIPT: &str = "<script>alert(1)</script>\"'&";

fn reason(text: &str, because: Vec<Reason>) -> Reason {
    Reason { code: "aural.same_sound".to_owned(), text: text.to_owned(), query_span: None, earlier_span: None, because }
}

fn hit(id: &str, name: &str, band: Band) -> Hit {
    let mut mark = Mark::new(id, name);
    mark.classes = "30;43".parse().expect("classes");
    mark.filed_on = Some(date(2017, 1, 4));
    mark.owner = Some(SCRIPT.to_owned());
    let explanation = vec![reason("sounds alike", vec![reason("same vowels", vec![reason("o and o", Vec::new())])])];
    let aspects = Aspects { visual: 0.96, aural: 0.29, conceptual: None, goods: Some(1.0) };
    Hit { rank: 1, score: 0.9399, band, mark: EarlierMark::from(&mark), aspects, explanation }
}

fn register() -> Register {
    Register { name: "starter".to_owned(), marks: 34_210, compared: 34_100, data_as_of: Some(date(2026, 11, 24)), digest: String::new() }
}

fn answer(name: &str, verdict: Band, hits: Vec<Hit>, evidence: Vec<Hit>) -> Answer {
    Answer {
        query: Query { name: name.to_owned(), classes: NiceClasses::EMPTY, goods: None, readings: Vec::new() },
        register: register(),
        verdict,
        has_more: true,
        hits,
        evidence,
        flags: vec![Flag { code: "name.generic".to_owned(), text: format!("flag {SCRIPT}") }],
        elapsed_ms: 1.0,
        notice: "no decision".to_owned(),
    }
}

fn ranked(name: &str, verdict: Band) -> RankedName {
    let top = Some(TopHit { id: "IDM1".to_owned(), name: "X".to_owned(), score: 0.9 });
    RankedName { name: name.to_owned(), verdict, top, why: format!("why {name}") }
}

fn render(language: Language) -> String {
    let words = Words::of(language);
    let ranking = Ranking {
        ranking: vec![ranked("BERSIH", Band::Clear), ranked(SCRIPT, Band::High)],
        answers: vec![
            answer(SCRIPT, Band::High, vec![hit("IDM1", SCRIPT, Band::High)], vec![hit("IDM2", "REFUSED ONE", Band::Medium)]),
            answer("BERSIH", Band::Clear, Vec::new(), Vec::new()),
        ],
    };
    let (common, others) = choices(words, "30;45".parse().expect("classes"));
    let page = Page {
        words,
        names: vec![SCRIPT.to_owned(), String::new()],
        goods: SCRIPT.to_owned(),
        others_chosen: true,
        common,
        others,
        max_chars: 1000,
        style: assets::style_path(),
        script: assets::script_path(),
        trouble: Some(SCRIPT.to_owned()),
        result: Some(Findings::new(words, &register(), ranking)),
    };
    page.render().expect("a page")
}

#[test]
fn no_text_of_others_becomes_markup() {
    let page = render(Language::Id);
    assert!(!page.contains("<script>"), "a tag got through");
    assert_eq!(page.matches("<script").count(), 1, "the page's own script alone");
    // In an attribute as in text: the quotes are escaped as well.
    assert!(!page.contains("</script>\"") && !page.contains("\"'&\""));
    assert!(page.matches("&#60;script&#62;").count() >= 7, "every place shows the text itself");
}

#[test]
fn the_safest_name_comes_first_with_its_own_answer() {
    let page = render(Language::Id);
    let place = |text: &str| page.find(text).unwrap_or_else(|| panic!("{text} is missing"));
    assert!(place("why BERSIH") < place("why &#60;script"));
    assert!(place("why BERSIH") < place("Tidak ada merek yang mirip"));
    assert!(place("Tidak ada merek yang mirip") < place("why &#60;script"));
    assert!(place("why &#60;script") < place("IDM1") && place("IDM1") < place("IDM2"));
    assert!(place("Bukan penghalang") < place("IDM2") && place("IDM1") < place("Bukan penghalang"));
}

#[test]
fn a_hit_shows_all_that_a_person_needs_to_disagree() {
    let page = render(Language::Id);
    for part in [
        "berisiko",
        "aman ditelusuri",
        "93/100",
        "terdaftar",
        "4 Januari 2017",
        "34.100 merek dibandingkan",
        "24 November 2026",
        "bukan daftar resmi",
        "no decision",
        "sounds alike<ul><li>same vowels<ul><li>o and o</li></ul></li></ul>",
        "Masih ada merek mirip lainnya",
        ">29</meter>",
        "value=\"45\" checked",
        "value=\"30\" checked",
    ] {
        assert!(page.contains(part), "{part} is missing");
    }
    assert!(!page.contains("value=\"29\" checked"));
}

#[test]
fn both_languages_are_whole() {
    let (id, en) = (render(Language::Id), render(Language::En));
    assert!(id.contains("<html lang=\"id\">") && en.contains("<html lang=\"en\">"));
    assert!(en.contains("risky") && en.contains("4 January 2017") && en.contains("34,100 marks compared"));
    for word in ["berisiko", "Periksa", "kelas", "pemilik"] {
        assert!(!en.contains(word), "{word} in the English page");
    }
}

#[test]
fn every_class_can_be_chosen_once() {
    let page = render(Language::En);
    for class in NiceClass::all() {
        let field = format!("name=\"class\" value=\"{class}\"");
        assert_eq!(page.matches(&field).count(), 1, "{class}");
    }
    let first = page.find("value=\"30\"").expect("class 30");
    assert!(first < page.find("value=\"1\"").expect("class 1"));
}

#[test]
fn hundredths_are_rounded_down_and_whole_ones_kept() {
    for (score, expected) in [(0.0, 0), (0.29, 29), (0.58, 58), (0.9999, 99), (1.0, 100)] {
        assert_eq!(percent(score), expected, "{score}");
    }
}
