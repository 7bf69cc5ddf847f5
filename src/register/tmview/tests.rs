#![allow(clippy::unwrap_used, clippy::print_stderr)]

use std::collections::BTreeMap;
use std::io::Cursor;
use std::path::Path;

use jiff::civil::date;

use crate::Result;
use crate::mark::{LegalStatus, Mark, MarkKind};
use crate::register::{Format, Row, open, read};

#[track_caller]
fn rows(file: &str) -> Vec<Row> {
    let rows = read(Cursor::new(file.to_owned().into_bytes()), "rows.json", Format::Auto).unwrap();
    assert_eq!(rows.decided_format(), Format::Tmview);
    rows.collect::<Result<_>>().unwrap()
}

const INDEX_ROW: &str = r#"{"oc":"AL","an":"2030000223","ad":1120046400000,"ST13":"AL502030000000223","RegistrationDate":1131624000000,
"ExpiryDate":1751198400000,"sc":"Registered","ty":"Combined","tm":"КОПИ &amp; KENANGA","nc":[4,12,"35"],
"ApplicantName":["Kenanga Ltd","Melati Ltd","Kenanga Ltd"],"timestamp":1466814165683,"vc":["27.05.11"]}"#;

const ANSWER_ROW: &str = r#"{"ST13":"EM500000018999999","markImageURI":"x","tmName":"KENANGA","tmOffice":"EM","applicationNumber":"018999999",
"applicationDate":"2030-01-04","tradeMarkStatus":"Filed","niceClass":["30"],"applicantName":["Kenanga Ltd"],"tradeMarkType":"Word"}"#;

fn index_mark() -> Mark {
    Mark {
        classes: "4;12;35".parse().unwrap(),
        kind: MarkKind::Combined,
        filed_on: Some(date(2005, 6, 29)),
        registered_on: Some(date(2005, 11, 10)),
        expires_on: Some(date(2025, 6, 29)),
        office_status: Some("Registered".into()),
        owner: Some("Kenanga Ltd; Melati Ltd".into()),
        source: Some("tmview-al".into()),
        ..Mark::new("AL502030000000223", "КОПИ & KENANGA")
    }
}

fn answer_mark() -> Mark {
    Mark {
        classes: "30".parse().unwrap(),
        status: LegalStatus::Pending,
        filed_on: Some(date(2030, 1, 4)),
        office_status: Some("Filed".into()),
        owner: Some("Kenanga Ltd".into()),
        source: Some("tmview-em".into()),
        ..Mark::new("EM500000018999999", "KENANGA")
    }
}

#[test]
fn rows_are_read_in_every_envelope() {
    let expected = [Row::Mark(index_mark()), Row::Mark(answer_mark())];
    for file in [
        format!("{}\n{}\n", INDEX_ROW.replace('\n', " "), ANSWER_ROW.replace('\n', " ")),
        format!("[{INDEX_ROW},{ANSWER_ROW}]"),
        format!("{{\"totalResults\":2,\"tradeMarks\":[{INDEX_ROW},{ANSWER_ROW}]}}"),
        format!("{{\"results\":{{\"docs\":[{INDEX_ROW},{ANSWER_ROW}]}},\"facets\":{{}}}}"),
    ] {
        assert_eq!(rows(&file), expected, "{file}");
    }
    assert_eq!(rows(r#"{"totalResults":0,"tradeMarks":[]}"#), []);
}

#[test]
fn a_row_without_an_id_or_without_its_words_is_rejected() {
    let rejected = |file: &str| match &rows(file)[..] {
        [Row::Rejected(rejection)] => rejection.clone(),
        rows => panic!("{rows:?}"),
    };
    let rejection = rejected(r#"{"tm":"KENANGA","oc":"AL","an":null,"ApplicantName":["Anggrek"]}"#);
    assert_eq!((rejection.field.as_deref(), rejection.raw.as_str()), (Some("ST13"), "KENANGA"));
    let rejection = rejected(r#"{"tm":"","oc":"AL","an":"7","ty":"Word"}"#);
    assert_eq!((rejection.field.as_deref(), rejection.raw.as_str()), (Some("tm"), "7"));
    let rejection = rejected(r#"{"tm":"A\u0000","oc":"AL","an":"7"}"#);
    assert!(rejection.reason.contains("NUL"), "{rejection}");
}

#[test]
fn office_and_number_stand_for_a_missing_st13_and_a_picture_needs_no_words() {
    let [Row::Mark(mark)] = &rows(r#"{"tm":"","oc":"AL","an":7,"ty":"Figurative","nc":[99]}"#)[..] else { panic!() };
    assert_eq!((mark.id.as_str(), mark.verbal_element.as_str(), mark.kind), ("AL-7", "", MarkKind::Figurative));
    assert_eq!((mark.status, mark.classes.is_empty()), (LegalStatus::Unknown, true));
}

#[test]
fn real_rows_are_all_marks() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/registers/tmview/tmview_rows.jsonl");
    if !path.exists() {
        eprintln!("passed over: {} is absent", path.display());
        return;
    }
    let mut rows = open(&path, Format::Auto).unwrap();
    assert_eq!(rows.decided_format(), Format::Tmview);
    let marks: Vec<Mark> = rows
        .by_ref()
        .map(|row| match row.unwrap() {
            Row::Mark(mark) => mark,
            other => panic!("{other:?}"),
        })
        .collect();
    let content = std::fs::read_to_string(&path).unwrap();
    assert_eq!((marks.len(), content.lines().count()), (300, 300));
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for (mark, line) in marks.iter().zip(content.lines()) {
        for word in [mark.status.as_str().to_owned(), format!("{:?}", mark.kind), mark.source.clone().unwrap()] {
            *counts.entry(word).or_default() += 1;
        }
        // Names stand in the file as they are, quotes and backslashes aside.
        assert!(line.contains(&format!("\"tm\": {}", serde_json::to_string(&mark.verbal_element).unwrap())), "{line}");
    }
    let expected =
        [("Combined", 172), ("Word", 128), ("expired", 66), ("pending", 24), ("registered", 200), ("removed", 10), ("tmview-al", 300)];
    assert_eq!(counts.iter().map(|(word, &count)| (word.as_str(), count)).collect::<Vec<_>>(), expected);
    assert_eq!(marks.iter().filter(|mark| mark.classes.is_empty()).count(), 1);
    assert_eq!(marks.iter().filter(|mark| mark.registered_on.is_some() && mark.expires_on.is_some()).count(), 283);
    assert!(marks.iter().all(|mark| mark.filed_on.is_some() && mark.owner.is_some()));
    assert_eq!(rows.data_date(), Some(date(2016, 6, 25)));
    assert_eq!(rows.warnings(), [] as [String; 0]);
}
