#![allow(clippy::unwrap_used, clippy::print_stderr)]

mod bad_files;
mod tables;

use std::io::Cursor;

use jiff::civil::date;

use super::{is_like_header, is_like_json};
use crate::Result;
use crate::mark::{LegalStatus, Mark, MarkKind, MarkType};
use crate::register::{Format, Rejection, Row, read};

/// Every row of a file that is told to be the register's, and what there is to say of it.
#[track_caller]
fn rows_and_warnings(file: &[u8], name: &str) -> (Vec<Row>, Vec<String>) {
    let mut rows = read(Cursor::new(file.to_vec()), name, Format::Auto).unwrap();
    assert_eq!(rows.decided_format(), Format::Pdki);
    let read = rows.by_ref().collect::<Result<_>>().unwrap();
    (read, rows.warnings())
}

#[track_caller]
fn marks(file: &str) -> Vec<Mark> {
    let as_mark = |row| match row {
        Row::Part(mark) => mark,
        other => panic!("{other:?}"),
    };
    rows_and_warnings(file.as_bytes(), "jawaban.json").0.into_iter().map(as_mark).collect()
}

#[track_caller]
fn rejection(file: &str) -> Rejection {
    match rows_and_warnings(file.as_bytes(), "jawaban.json").0.pop() {
        Some(Row::Rejected(rejection)) => rejection,
        other => panic!("{other:?}"),
    }
}

const SOURCE: &str = r#"{"id":"X1","nomor_permohonan":"DID2030000184","tanggal_permohonan":"2030-01-04",
"nomor_pengumuman":"BRM3001A","tanggal_pengumuman":"26/01/2030","nomor_pendaftaran":"IDM000999184","tanggal_pendaftaran":"4 Maret 2031",
"tanggal_dimulai_perlindungan":"2030-01-04","tanggal_berakhir_perlindungan":"2040-01-03T17:00:00.000Z","nama_merek":"KOPI &amp;amp; KENANGA<br>咖啡",
"translasi":"-","status_permohonan":"(TM) Didaftar","status_group":{"status_group":"Didaftar"},
"owner":[{"tm_owner_name":"PT Kenanga\nIndah","tm_owner_address":"Jl. Rahasia 1","country_name":"Indonesia","country_code":"ID"},
{"tm_owner_name":"CV Melati","tm_owner_address":"Jl. Rahasia 2","country_name":"Indonesia","country_code":"ID"}],
"consultant":[{"reprs_name":"Konsultan Rahasia","reprs_address":"Jl. Rahasia 3","country_name":"Indonesia"}],
"t_class":[{"class_no":"30;43","class_desc":"kopi; teh"},{"class_no":9,"class_desc":"kabel"}],"image":[[{"image_path":"https://x/1.jpg"}]]}"#;

const SECOND: &str = r#"{"nomor_permohonan":"JID2030000185","nama_merek":"MELATI","t_class":[{"class_no":"43","class_desc":"kafe"}]}"#;

fn first_mark() -> Mark {
    Mark {
        classes: "9;30;43".parse().unwrap(),
        filed_on: Some(date(2030, 1, 4)),
        registered_on: Some(date(2031, 3, 4)),
        expires_on: Some(date(2040, 1, 4)),
        office_status: Some("(TM) Didaftar".into()),
        owner: Some("PT Kenanga Indah; CV Melati".into()),
        owner_country: Some("ID".into()),
        goods: Some("kopi; teh; kabel".into()),
        source: Some("pdki".into()),
        ..Mark::new("DID2030000184", "KOPI & KENANGA 咖啡")
    }
}

fn second_mark() -> Mark {
    Mark {
        classes: "43".parse().unwrap(),
        status: LegalStatus::Unknown,
        goods: Some("kafe".into()),
        mark_type: MarkType::Service,
        source: Some("pdki".into()),
        ..Mark::new("JID2030000185", "MELATI")
    }
}

fn hit(source: &str) -> String {
    format!("{{\"_index\":\"tm\",\"_id\":\"X1\",\"_score\":12.3,\"_source\":{source},\"sort\":[1]}}")
}

fn answer(sources: &[&str]) -> String {
    let hits = sources.iter().map(|source| hit(source)).collect::<Vec<_>>().join(",\n");
    format!(
        "{{\"took\":5,\"hits\":{{\"total\":{{\"value\":2,\"relation\":\"eq\"}},\"max_score\":12.3,\"hits\":[{hits}]}},\"aggregations\":{{\"a\":[{{\"key\":1}}]}}}}"
    )
}

#[test]
fn answers_are_read_in_every_shape() {
    let one_line = |text: &str| text.replace('\n', " ");
    let lines = |first: String, second: String| format!("{}\n{}\r\n\n", one_line(&first), one_line(&second));
    let (one, two) = (answer(&[SOURCE]), answer(&[SECOND]));
    let both = answer(&[SOURCE, SECOND]);
    for file in [
        both.clone(),
        format!("\u{feff}\n {both}"),
        format!("[{one},{two}]"),
        format!("{one}\n{two}"),
        lines(one.clone(), two.clone()),
        lines(hit(SOURCE), hit(SECOND)),
        lines(SOURCE.to_owned(), SECOND.to_owned()),
        format!("{SOURCE},\n{SECOND},"),
        format!("[{},{}]", hit(SOURCE), hit(SECOND)),
        format!("[{SOURCE},{SECOND}]"),
        format!("[[{SOURCE}],[{SECOND},null]]"),
        format!("{{\"status\":true,\"data\":{both}}}"),
        format!("{{\"response\":{{\"data\":[{SOURCE},{SECOND}]}},\"message\":\"ok\"}}"),
        format!("{{\"hits\":[{SOURCE},{SECOND}]}}"),
        format!(
            "{{\"message\":\"nomor_permohonan\",\"pages\":[{{\"page\":1,\"result\":[{SOURCE}]}},{{\"page\":2,\"result\":[{SECOND}]}}]}}"
        ),
        serde_json::to_string_pretty(&serde_json::from_str::<serde_json::Value>(&both).unwrap()).unwrap(),
    ] {
        assert_eq!(marks(&file), [first_mark(), second_mark()], "{file}");
    }
    assert_eq!(marks(r#"{"hits":{"total":{"value":0},"max_score":null,"hits":[]}}"#), []);
}

/// The mark of a record with these pairs beside number and name.
#[track_caller]
fn mark_with(pairs: &str) -> Mark {
    marks(&format!("{{\"nomor_permohonan\":\"DID2030000184\",\"nama_merek\":\"KENANGA\",{pairs}}}")).pop().unwrap()
}

#[test]
fn owners_and_classes_come_in_many_shapes() {
    let owner = |json: &str| {
        let mark = mark_with(&format!("\"owner\":{json}"));
        (mark.owner, mark.owner_country)
    };
    let expected = (Some("PT A".to_owned()), Some("China".to_owned()));
    let object = r#"{"tm_owner_name":"PT A","tm_owner_address":"Jl. Rahasia","country_name":"China","country_code":"-"}"#;
    assert_eq!(owner(object), expected);
    assert_eq!(owner(&format!("[{object}]")), expected);
    assert_eq!(owner(&format!("[[{object}],[]]")), expected);
    assert_eq!(owner(&format!("[{object},{object}]")), expected);
    assert_eq!(owner(r#"["PT A","PT B"]"#).0.as_deref(), Some("PT A; PT B"));
    for nothing in ["null", "[]", "[[]]", "{}", "\"-\"", "[{\"tm_owner_name\":null}]"] {
        assert_eq!(owner(nothing), (None, None), "{nothing}");
    }
    let classes = |json: &str| mark_with(&format!("\"t_class\":{json}")).classes.to_string();
    assert_eq!(classes(r#"[{"class_no":"9;35"}]"#), "9;35");
    assert_eq!(classes(r#"[[{"class_no":9},{"class_no":"35"}]]"#), "9;35");
    assert_eq!(classes(r#"{"class_no":["9","35"]}"#), "9;35");
    assert_eq!(classes(r#"["9",35]"#), "9;35");
    assert_eq!(classes(r#"[{"class_no":"99"}]"#), "");
    assert_eq!(classes("null"), "");
}

#[test]
fn dates_are_taken_leniently_and_the_earliest_counts() {
    let filed = |pairs: &str| mark_with(pairs).filed_on;
    assert_eq!(filed(r#""tanggal_permohonan":1893690000000"#), Some(date(2030, 1, 4)));
    assert_eq!(filed(r#""tanggal_permohonan":"04/01/2030""#), Some(date(2030, 1, 4)));
    assert_eq!(filed(r#""tanggal_permohonan":20300104"#), Some(date(2030, 1, 4)));
    assert_eq!(filed(r#""tanggal_permohonan":"-","tanggal_dimulai_perlindungan":"2030-01-04""#), Some(date(2030, 1, 4)));
    assert_eq!(filed(r#""tanggal_permohonan":"2030-01-04","tanggal_prioritas":"2029-08-04""#), Some(date(2029, 8, 4)));
    assert_eq!(
        filed(
            r#""tanggal_permohonan":"2030-01-04","priority":[{"priority_no":"20180101","priority_date":"04-08-2029","country_name":"Jepang"}]"#
        ),
        Some(date(2029, 8, 4))
    );
    assert_eq!(filed(r#""tahun":2030"#), None);
    let file = r#"[{"nomor_permohonan":"D1","nama_merek":"A","tanggal_permohonan":"31/02/2030","t_class":[{"class_no":"99"}]},
{"nomor_permohonan":"D2","nama_merek":"B","tanggal_permohonan":"besok","t_class":[{"class_no":"9;0"}]}]"#;
    let (rows, warnings) = rows_and_warnings(file.as_bytes(), "a.json");
    assert_eq!(rows.len(), 2);
    assert_eq!(warnings.len(), 2, "each said once: {warnings:?}");
    assert!(warnings.iter().any(|warning| warning.contains("\"31/02/2030\"")), "{warnings:?}");
    assert!(warnings.iter().any(|warning| warning.contains("class_no \"99\"")), "{warnings:?}");
}

#[test]
fn status_kind_and_type_are_told_by_words_and_then_by_the_number() {
    let status = |pairs: &str| {
        let mark = mark_with(pairs);
        (mark.status, mark.office_status)
    };
    let said = |status, words: &str| (status, Some(words.to_owned()));
    assert_eq!(status(r#""status_permohonan":"(TM) Ditolak""#), said(LegalStatus::Refused, "(TM) Ditolak"));
    assert_eq!(status(r#""status_permohonan":"TM_PERMOHONAN_BARU""#), said(LegalStatus::Pending, "TM_PERMOHONAN_BARU"));
    assert_eq!(
        status(r#""status_permohonan":"(TM) 17","status_group":{"status_group":"Berakhir"}"#),
        said(LegalStatus::Expired, "(TM) 17")
    );
    assert_eq!(status(r#""status_permohonan":null,"status_group":{"status_group":"Didaftar"}"#), said(LegalStatus::Registered, "Didaftar"));
    assert_eq!(status(r#""status_group":"Dihapus""#), said(LegalStatus::Removed, "Dihapus"));
    assert_eq!(status(r#""status_permohonan":"-""#), (LegalStatus::Unknown, None));

    let kind = |pairs: &str| {
        let mark = mark_with(pairs);
        (mark.kind, mark.mark_type)
    };
    assert_eq!(kind(r#""tipe_merek":"Merek Kata & Lukisan","jenis_merek":"Merek Jasa""#), (MarkKind::Combined, MarkType::Service));
    assert_eq!(kind(r#""tipe_merek":"Merek Tiga Dimensi","jenis_merek":"Merek Kolektif""#), (MarkKind::Other, MarkType::Collective));
    assert_eq!(kind(r#""tipe":"Merek Dagang""#), (MarkKind::Word, MarkType::Trade));

    let of_number = |number: &str| {
        let mark = marks(&format!("{{\"nomor_permohonan\":\"{number}\",\"nama_merek\":\"A\"}}")).pop().unwrap();
        (mark.id, mark.mark_type, mark.source.unwrap())
    };
    assert_eq!(of_number(" J00 2018 004048 "), ("J002018004048".into(), MarkType::Service, "pdki".into()));
    assert_eq!(of_number("M0020191466446"), ("M0020191466446".into(), MarkType::Trade, "pdki-madrid".into()));
    assert_eq!(of_number("12-34"), ("12-34".into(), MarkType::Trade, "pdki".into()));
}

#[test]
fn a_mark_without_words_is_kept_where_it_is_a_picture() {
    for pairs in [r#""nama_merek":null"#, r#""nama_merek":"-","tipe_merek":"Merek Lukisan""#, r#""status_permohonan":"Didaftar""#] {
        let mark = marks(&format!("{{\"nomor_permohonan\":\"DID2030000184\",{pairs}}}")).pop().unwrap();
        assert_eq!((mark.verbal_element.as_str(), mark.kind), ("", MarkKind::Figurative), "{pairs}");
    }
    let rejection = rejection(
        r#"{"nomor_permohonan":"DID2030000184","nama_merek":"","tipe_merek":"Merek Kata","owner":[{"tm_owner_name":"Rahasia"}]}"#,
    );
    assert_eq!((rejection.field.as_deref(), rejection.raw.as_str()), (Some("nama_merek"), "DID2030000184"));
}

#[test]
fn a_missing_number_is_looked_for_in_the_id_and_the_registration() {
    let id = |pairs: &str| marks(&format!("{{\"nama_merek\":\"A\",\"status_permohonan\":\"-\",{pairs}}}")).pop().unwrap().id;
    assert_eq!(id(r#""nomor_permohonan":"-","id":"DID2030000184","nomor_pendaftaran":"IDM000999184""#), "DID2030000184");
    assert_eq!(id(r#""id":"77","nomor_pendaftaran":"IDM000999184""#), "IDM000999184");
    let missing = format!(
        "[\n{SECOND},\n{{\"nama_merek\":\"TANPA NOMOR\",\"id\":77,\"nomor_permohonan\":null,\"owner\":[{{\"tm_owner_address\":\"Rahasia\"}}]}}]"
    );
    let rejection = rejection(&missing);
    assert_eq!((rejection.line, rejection.field.as_deref(), rejection.raw.as_str()), (3, Some("nomor_permohonan"), "77 TANPA NOMOR"));
}

#[test]
fn our_own_json_and_other_offices_are_told_apart() {
    for (file, expected) in [
        (r#"{"name":"A","nomor_permohonan":"D1"}"#, false),
        (r#"{"name":"A"}"#, false),
        (r#"{"nama_merek":"A","kelas":"30"}"#, false),
        (r#"{"a":"nomor_permohonan","b":"nama_merek"}"#, false),
        (r#"{"ST13":"AL5","tm":"A"}"#, false),
        (r#"{"hits":3}"#, false),
        (r#"{"nomor_permohonan":"D1"}"#, true),
        (r#"[{"nama_merek":"A","t_class":[]}]"#, true),
        (r#"{"Brand":"A","Nomor Permohonan":"D1"}"#, true),
        (r#"{"hits":{"hits":[{"_source":{"#, true),
        (r#"{"hits":{"total":0,"hits":[]}}"#, true),
        ("", false),
        ("{\"", false),
        ("{\"a\\", false),
    ] {
        assert_eq!(is_like_json(file.as_bytes()), expected, "{file}");
    }
}
