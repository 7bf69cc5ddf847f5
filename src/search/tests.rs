use std::sync::LazyLock;

use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::compare::Earlier;
use super::prepared::Prepared;
use super::*;
use crate::index::Index;
use crate::mark::LegalStatus;
use crate::meaning::Sign;
use crate::scan::Threads;

const TODAY: Date = date(2026, 11, 24);

fn query(name: &str, classes: &str) -> Query {
    Query { name: name.to_owned(), classes: classes.parse().expect("classes"), ..Query::default() }
}

fn mark(id: usize, name: &str, classes: &str) -> Mark {
    let mut mark = Mark::new(format!("M{id:04}"), name);
    mark.classes = classes.parse().expect("classes");
    mark
}

fn starter() -> &'static Index {
    static STARTER: LazyLock<Index> = LazyLock::new(|| Index::starter().expect("the starter register is built in"));
    &STARTER
}

/// Scores every mark by hand, as `compare` does.
fn scored_by_hand(index: &Index, query: &Query, marks: &[Mark], config: &SearchConfig) -> Vec<(String, f32)> {
    let readings = Prepared::all(index, query, config.judgement).expect("a name");
    let mut scored: Vec<(String, f32)> = marks
        .iter()
        .filter_map(|mark| {
            let sign = Sign::new(&mark.verbal_element);
            let earlier = Earlier::new(index, &readings[0], sign, mark.classes, mark.goods.as_deref(), config.judgement);
            let overall = earlier.assess_best(&readings, config.judgement).1.overall;
            (!earlier.sign.name().is_empty() && overall >= config.cutoff()).then(|| (mark.id.clone(), overall))
        })
        .collect();
    scored.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    scored
}

/// Names that are hard on a search: weak words, numbers, old spellings, look-alikes, scripts.
fn hard_name() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        Just("KOPI".to_owned()),
        Just("13".to_owned()),
        Just("TIGA BELAS".to_owned()),
        Just("SOERABAJA".to_owned()),
        Just("SURABAYA".to_owned()),
        Just("RATU".to_owned()),
        Just("QUEEN".to_owned()),
        Just("RAJA".to_owned()),
        Just("PANGERAN KECIL".to_owned()),
        Just("BULAN".to_owned()),
        Just("STAR".to_owned()),
        Just("BUNDA".to_owned()),
        Just("MAS".to_owned()),
        Just("K-24".to_owned()),
        Just("OLEH2".to_owned()),
        Just("MINYAK KAYU PUTIH".to_owned()),
        Just("PUTIH".to_owned()),
        Just("AIR MINUM ISI ULANG".to_owned()),
        Just("ISI".to_owned()),
        Just("KARNA".to_owned()),
        Just("KAMA".to_owned()),
        Just("коfe".to_owned()),
        Just("İstanbul".to_owned()),
        Just("LOGO".to_owned()),
        Just("☕".to_owned()),
        "[A-E]{1,6}",
        "[a-z0-9]{1,12}",
        "[AIKNRSU]{3,9}",
    ];
    proptest::collection::vec(word, 1..5).prop_map(|words| words.join(" "))
}

/// Marks that make KARNA and RATU words of the trade for class 30, and KAMA one of class 9.
fn marks_of_a_trade(first: usize) -> impl Iterator<Item = Mark> {
    let name = move |at: usize| match at % 4 {
        0 => mark(first + at, &format!("KARNA {at}"), "30"),
        1 => mark(first + at, &format!("RATU {}", ["AB", "KOPI", "DE"][at % 3]), "30;43"),
        _ => mark(first + at, "KAMA", "9"),
    };
    (0..160).map(name)
}

proptest! {
    /// The engine finds what scoring every mark finds, to the last digit, on one thread and on all.
    #[test]
    fn the_search_is_lossless(
        names in proptest::collection::vec((hard_name(), prop_oneof![Just("30"), Just("30;43"), Just("9"), Just("")]), 1..60),
        asked in hard_name(),
        classes in prop_oneof![Just("30"), Just("")],
        min_score in 0.05_f64..0.9,
        has_trade in proptest::bool::weighted(0.25),
    ) {
        let mut marks: Vec<Mark> = names.iter().enumerate().map(|(id, (name, classes))| mark(id, name, classes)).collect();
        if has_trade {
            marks.extend(marks_of_a_trade(marks.len()));
        }
        let index = Index::of_marks("test", marks.clone(), None).expect("in memory");
        let query = query(&asked, classes);
        let config = SearchConfig { limit: 1000, min_score: Some(min_score), ..SearchConfig::new(TODAY) };
        prop_assume!(!Sign::new(&asked).name().is_empty());
        let expected = scored_by_hand(&index, &query, &marks, &config);
        for threads in [Threads::One, Threads::All] {
            let answer = check_on(&index, &query, &config, threads).expect("a name");
            let found: Vec<(String, f32)> = answer.hits.iter().map(|hit| (hit.mark.id.clone(), hit.assessment.overall)).collect();
            prop_assert_eq!(&found, &expected);
        }
    }
}

proptest! {
    /// Names that are searched for side by side get the answers that each gets alone, in their order; one that can't
    /// be read has its own error and costs the others nothing. So do names of a list, whose words are remembered.
    #[test]
    fn names_side_by_side_get_the_answers_of_each_alone(
        names in proptest::collection::vec((hard_name(), prop_oneof![Just("30"), Just("9"), Just("")]), 1..60),
        asked in proptest::collection::vec((prop_oneof![hard_name(), Just("KOPI 13".to_owned()), Just("!".to_owned())], "(30|9)?"), 0..6),
        limit in 1_usize..8,
    ) {
        let marks = names.iter().enumerate().map(|(id, (name, classes))| mark(id, name, classes));
        let index = Index::of_marks("test", marks.collect(), None).expect("in memory");
        let config = SearchConfig { limit, min_score: Some(0.05), ..SearchConfig::new(TODAY) };
        let queries: Vec<Query> = asked.iter().map(|(name, classes)| query(name, classes)).collect();
        let told = |answer: crate::Result<Answer>| match answer {
            Ok(answer) => Ok((answer.hits, answer.evidence, answer.verdict, answer.has_more, answer.readings)),
            Err(error) => Err(error.to_string()),
        };
        let alone: Vec<_> = queries.iter().map(|query| told(check_on(&index, query, &config, Threads::One))).collect();
        for threads in [Threads::One, Threads::All] {
            let side_by_side: Vec<_> = check_all(&index, &queries, &config, threads).into_iter().map(told).collect();
            prop_assert_eq!(&side_by_side, &alone);
        }
        let memory = WordMemory::new();
        for _ in 0..2 {
            let of_list: Vec<_> = check_of_list(&index, &queries, &config, &memory).into_iter().map(told).collect();
            prop_assert_eq!(&of_list, &alone);
        }
    }
}

proptest! {
    /// An answer that shows few marks shows the first of those that one without a limit does, and says
    /// whether there are more.
    #[test]
    fn a_limit_cuts_the_answer_and_nothing_else(
        names in proptest::collection::vec((hard_name(), prop_oneof![Just("30"), Just("9"), Just("")], 0_u8..4), 1..80),
        asked in hard_name(),
        classes in prop_oneof![Just("30"), Just("")],
        owner in prop_oneof![Just(None), Just(Some("Semar Abadi"))],
        limit in 0_usize..6,
    ) {
        let marks = names.iter().enumerate().map(|(id, (name, classes, status))| {
            let mut mark = mark(id, name, classes);
            mark.status = if *status == 0 { LegalStatus::Refused } else { LegalStatus::Registered };
            mark.owner = (*status == 1).then(|| "PT. Semar Abadi".to_owned());
            mark
        });
        let index = Index::of_marks("test", marks.collect(), None).expect("in memory");
        prop_assume!(!Sign::new(&asked).name().is_empty());
        let query = Query { owner: owner.map(str::to_owned), ..query(&asked, classes) };
        let config = SearchConfig { min_score: Some(0.05), ..SearchConfig::new(TODAY) };
        let answer = |limit| check_on(&index, &query, &SearchConfig { limit, ..config.clone() }, Threads::One).expect("a name");
        let (all, few) = (answer(1000), answer(limit));
        let shown = |hits: &[Hit], least: f32| {
            let hits = hits.iter().take(limit).filter(|hit| hit.assessment.overall >= least);
            hits.map(|hit| (hit.mark.id.clone(), hit.assessment)).collect::<Vec<_>>()
        };
        prop_assert_eq!(shown(&few.hits, 0.0), shown(&all.hits, 0.0));
        // Marks that are no bar are shown as far as they are as close as the bars that are.
        let last = limit.checked_sub(1).and_then(|last| all.hits.get(last)).map_or(0.0, |hit| hit.assessment.overall);
        prop_assert_eq!(shown(&few.evidence, 0.0), shown(&all.evidence, last));
        prop_assert_eq!((few.verdict, few.has_more), (all.verdict, all.hits.len() > limit));
    }
}

/// Pairs that a search once lost or found too much of.
#[test]
fn the_search_is_lossless_on_words_that_are_read_by_their_place() {
    for (earlier, asked) in [
        // A word like itself alone, whose whole name is like another's.
        ("DAA", "D"),
        // A number word inside a number is no number of its own.
        ("TIGA BELAS", "03"),
        ("TIGA BELAS", "TIGA"),
        // Near meanings of words and of phrases, and a word that is too ambiguous for that.
        ("KUCING RAJA", "QUEEN"),
        ("LITTLE PRINCE", "PRINCESS KARNA"),
        ("BULAN", "BINTANG KARNA BULAN"),
        // A form of address weighs more at the end.
        ("WARUNG BUNDA", "BUNDA TINI"),
        ("BUNDA", "BUNDAH KARNA"),
        ("BUNDA BUNDA", "BUNDA"),
    ] {
        let marks = vec![mark(0, earlier, "30")];
        let index = Index::of_marks("test", marks.clone(), None).expect("in memory");
        let config = SearchConfig { limit: 1000, min_score: Some(0.05), ..SearchConfig::new(TODAY) };
        let query = query(asked, "30");
        let answer = check_on(&index, &query, &config, Threads::One).expect("a name");
        let found: Vec<(String, f32)> = answer.hits.iter().map(|hit| (hit.mark.id.clone(), hit.assessment.overall)).collect();
        assert_eq!(found, scored_by_hand(&index, &query, &marks, &config), "{earlier} / {asked}");
        assert!(!found.is_empty(), "{earlier} / {asked}");
    }
}

/// A word of the mark that is like a light word of the query may be rare itself: what it weighs is
/// the mark's, whatever cut-off is asked for.
#[test]
fn the_search_is_lossless_on_rare_spellings_of_light_words() {
    let rare = ["KOPPI", "KOPPI TUA", "KOFIE", "KARNAH", "KARNAA SEKALI", "RATOE", "RAATU ELOK", "KOPI", "KOPI KOPPI"];
    let mut marks: Vec<Mark> = rare.iter().enumerate().map(|(id, name)| mark(id, name, "30")).collect();
    marks.extend(marks_of_a_trade(marks.len()));
    let index = Index::of_marks("test", marks.clone(), None).expect("in memory");
    for asked in ["KOPI GAJAH", "KARNA GAJAH", "RATU GAJAH", "KARNA KOPI", "KOPI"] {
        for classes in ["30", ""] {
            let query = query(asked, classes);
            for step in 1..18 {
                let min_score = f64::from(step) * 0.05;
                let config = SearchConfig { limit: 1000, min_score: Some(min_score), ..SearchConfig::new(TODAY) };
                let answer = check_on(&index, &query, &config, Threads::One).expect("a name");
                let found: Vec<(String, f32)> = answer.hits.iter().map(|hit| (hit.mark.id.clone(), hit.assessment.overall)).collect();
                assert_eq!(found, scored_by_hand(&index, &query, &marks, &config), "{asked} {classes} from {min_score}");
            }
        }
    }
}

#[test]
fn what_check_says_of_a_word_of_the_trade_is_what_compare_says() {
    let index = Index::of_marks("test", marks_of_a_trade(0).collect(), None).expect("in memory");
    let config = SearchConfig { limit: 1000, min_score: Some(0.05), ..SearchConfig::new(TODAY) };
    let said = |classes: &str| {
        let asked = query("KARNA ELOK", classes);
        let answer = check(&index, &asked, &config).expect("a name");
        for hit in &answer.hits {
            let earlier = Query { classes: hit.mark.classes, ..query(&hit.mark.verbal_element, "") };
            let pair = compare(&index, &asked, &earlier, &config).expect("two names");
            assert_eq!(pair.assessment.overall, hit.assessment.overall, "{} {classes}", hit.mark.verbal_element);
        }
        let hit = answer.hits.iter().find(|hit| hit.mark.verbal_element == "KARNA 0").expect("a hit");
        hit.assessment.visual
    };
    assert!(said("30") < said("9"), "KARNA is light for class 30 alone");
    assert_eq!(said("9"), said(""));
}

#[track_caller]
fn overall(later: &str, earlier: &str, class: &str) -> f32 {
    compare(starter(), &query(later, class), &query(earlier, class), &SearchConfig::new(TODAY)).expect("two names").assessment.overall
}

#[test]
fn the_obvious_is_judged_right() {
    let bands = crate::score::JudgementConfig::built_in().bands;
    for (later, earlier, class) in [
        ("INDOMART", "INDOMARET", "35"),
        ("SOERABAJA", "SURABAYA", "30"),
        ("TIGA BELAS", "13", "30"),
        ("PS GLOW", "MS GLOW", "3"),
        ("AQUALIVA", "AQUA", "32"),
        // A weak word is believed where it is all of the name and means all of the other.
        ("AIR", "TIRTA", ""),
    ] {
        let score = overall(later, earlier, class);
        assert!(score >= bands.medium, "{later} / {earlier}: {score}");
    }
    // Weak words alone make no conflict.
    for (later, earlier, class) in [("KOPI GAJAH", "KOPI MELATI", "30"), ("KERIPIK PISANG ANGGREK", "KERIPIK PISANG RAJAWALI", "29")] {
        let score = overall(later, earlier, class);
        assert!(score < bands.medium, "{later} / {earlier}: {score}");
    }
}

#[test]
fn a_form_of_address_is_weak_before_another_word_alone() {
    for (last, before) in [("WARUNG BUNDA", "BUNDA TINI"), ("VIRGO BOSS", "BOSS VIRGO"), ("GAJAH MAS", "MAS GAJAH")] {
        let title = last.split(' ').next_back().expect("two words");
        let [of_last, of_before] = [last, before].map(|later| overall(later, title, "43"));
        assert!(of_last > of_before + 0.05, "{last} {of_last}, {before} {of_before}");
    }
}

#[test]
fn goods_of_a_related_class_are_said_to_be_related_and_count_less_than_a_class_in_common() {
    let found =
        |class: &str| compare(starter(), &query("KENANGGA", "30"), &query("KENANGA", class), &SearchConfig::new(TODAY)).expect("two names");
    let says = |class: &str, code: &str| found(class).reasons.iter().any(|reason| reason.code == code);
    assert!(says("30", "goods.same_class") && says("29", "goods.related") && says("43", "goods.related") && says("12", "goods.far"));
    let overall = |class: &str| found(class).assessment.overall;
    assert!(overall("30") > overall("29") && overall("29") > overall("12"));
}

#[test]
fn near_meanings_count_less_than_the_same_and_are_said_apart() {
    let conceptual = |later: &str, earlier: &str| {
        let found = compare(starter(), &query(later, "30"), &query(earlier, "30"), &SearchConfig::new(TODAY)).expect("two names");
        let codes: Vec<&str> = found.reasons.iter().map(|reason| reason.code).filter(|code| code.starts_with("conceptual")).collect();
        (found.assessment.conceptual, codes, found.reasons.into_iter().map(|reason| reason.text).collect::<Vec<String>>())
    };
    let (same, codes, _) = conceptual("SERIGALA", "WOLF");
    assert_eq!(codes, ["conceptual.same_meaning"]);
    let (near, codes, texts) = conceptual("SERIGALA", "FOX");
    assert_eq!(codes, ["conceptual.near"]);
    assert!(texts.contains(&"SERIGALA dan FOX berdekatan artinya: serigala dan rubah.".to_owned()), "{texts:?}");
    assert!(Some(0.0) < near && near < same, "{near:?} {same:?}");
    assert_eq!(conceptual("SERIGALA", "WHALE").0, Some(0.0));
    // A near meaning alone is not worth a look; beside a weak word it is no more than that, and
    // beside a word in common it is.
    let bands = crate::score::JudgementConfig::built_in().bands;
    assert!(overall("WOLF", "RUBAH", "30") < bands.medium && overall("KOPI SINGA", "KOPI MACAN", "30") < bands.high);
    assert!(overall("GOLDEN LION", "GOLDEN TIGER", "30") >= bands.medium);
    // Words that both have are told by their letters.
    assert_eq!(conceptual("SINGA MACAN", "MACAN SINGA").1, [""; 0]);
}

#[test]
fn a_nearer_meaning_never_weighs_less() {
    let config = crate::score::JudgementConfig::built_in();
    assert!(0.0 < config.concept_kin && config.concept_kin < config.concept_synonym);
    assert!(config.concept_synonym <= config.concept_translation && config.concept_translation <= 1.0);
}

#[test]
fn status_and_owner_decide_what_is_a_bar() {
    let mut refused = mark(1, "SEMAR JAYA", "30");
    refused.status = LegalStatus::Refused;
    let mut own = mark(2, "SEMAR JAYA", "30");
    own.owner = Some("PT. Semar Abadi".to_owned());
    let bar = mark(3, "SEMAR JAYA", "30");
    let index = Index::of_marks("test", vec![refused, own, bar], None).expect("in memory");
    let asked = Query { owner: Some("Semar Abadi, PT".to_owned()), ..query("SEMAR JAYA", "30") };
    let answer = check(&index, &asked, &SearchConfig::new(TODAY)).expect("a name");
    let ids = |hits: &[Hit]| hits.iter().map(|hit| hit.mark.id.clone()).collect::<Vec<String>>();
    assert_eq!(ids(&answer.hits), ["M0003"]);
    assert_eq!(ids(&answer.evidence), ["M0001", "M0002"]);
    assert_eq!(answer.verdict, Band::Identical);
}

#[test]
fn a_mark_without_words_is_kept_counted_and_never_matched() {
    let index = Index::of_marks("test", vec![mark(1, "LOGO", ""), mark(2, "LOGOS", "")], None).expect("in memory");
    assert_eq!((index.marks(), index.compared()), (2, 1));
    let answer = check(&index, &query("LOGOS", ""), &SearchConfig::new(TODAY)).expect("a name");
    assert_eq!(answer.hits.iter().map(|hit| hit.mark.id.as_str()).collect::<Vec<&str>>(), ["M0002"]);
}

#[test]
fn names_that_say_nothing_are_refused() {
    for name in ["", "   ", "☕☕", "LOGO", &"a".repeat(MAX_NAME_CHARS + 1)] {
        let error = check(starter(), &query(name, ""), &SearchConfig::new(TODAY)).expect_err("nothing to compare");
        assert_eq!(error.kind(), crate::ErrorKind::Input);
    }
}
