#![allow(clippy::unwrap_used, clippy::print_stderr)]

mod archives;
mod framing_laws;
mod search_results;
mod whole_files;
mod workbooks;

use std::io::{self, Read, Write};
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;
use jiff::civil::date;

use super::*;
use crate::Result;
use crate::mark::{LegalStatus, MarkKind, MarkType};

/// Every row of a file that can be read to its end.
#[track_caller]
fn rows(file: &[u8]) -> Vec<Row> {
    rows_of(file, "marks.csv", Format::Auto)
}

#[track_caller]
fn rows_of(file: &[u8], name: &str, format: Format) -> Vec<Row> {
    read(io::Cursor::new(file.to_vec()), name, format).expect("the file opens").collect::<Result<_>>().expect("the file is read to its end")
}

#[track_caller]
fn marks(file: &[u8]) -> Vec<Mark> {
    rows(file)
        .into_iter()
        .map(|row| match row {
            Row::Mark(mark) | Row::Part(mark) => mark,
            Row::Rejected(rejection) => panic!("{rejection}"),
        })
        .collect()
}

/// In short: the name of a mark, `!line field` of a rejection.
fn outline(rows: &[Row]) -> Vec<String> {
    rows.iter()
        .map(|row| match row {
            Row::Mark(mark) | Row::Part(mark) => mark.verbal_element.clone(),
            Row::Rejected(rejection) => format!("!{} {}", rejection.line, rejection.field.as_deref().unwrap_or("-")),
        })
        .collect()
}

#[track_caller]
fn refusal(file: &[u8], name: &str) -> String {
    let error = read(io::Cursor::new(file.to_vec()), name, Format::Auto).err().expect("the file is refused");
    assert_eq!(error.kind(), crate::ErrorKind::Input);
    error.to_string()
}

fn gzip(content: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(content).expect("a vector takes all");
    encoder.finish().expect("a vector takes all")
}

#[test]
fn a_full_row_keeps_every_column() {
    let file = "id,name,classes,kind,status,filed_on,registered_on,expires_on,owner,goods,translation,mark_type,group,source\n\
                D1, KOPI KENANGA ,30;43,Combined,EXPIRED,2014-03-31,2016-02-29,2024-03-31,CV. Kenanga,kopi; teh,-,collective,Kayangan,brm\n";
    let expected = Mark {
        classes: "30;43".parse().unwrap(),
        kind: MarkKind::Combined,
        status: LegalStatus::Expired,
        filed_on: Some(date(2014, 3, 31)),
        registered_on: Some(date(2016, 2, 29)),
        expires_on: Some(date(2024, 3, 31)),
        owner: Some("CV. Kenanga".into()),
        goods: Some("kopi; teh".into()),
        mark_type: MarkType::Collective,
        group: Some("Kayangan".into()),
        source: Some("brm".into()),
        ..Mark::new("D1", "KOPI KENANGA")
    };
    assert_eq!(marks(file.as_bytes()), [expected]);
}

#[test]
fn a_bad_row_costs_itself_and_says_why() {
    #[track_caller]
    fn check(row: &[u8], field: Option<&str>, says: &str) {
        let file = [b"name,classes,filed_on,status\nBEFORE,1,,\n", row, b"\nAFTER,2,,\n"].concat();
        let rows = rows(&file);
        assert_eq!(rows.len(), 3, "{:?}", outline(&rows));
        assert!(matches!((&rows[0], &rows[2]), (Row::Mark(before), Row::Mark(after))
            if before.verbal_element == "BEFORE" && after.verbal_element == "AFTER"));
        let Row::Rejected(rejection) = &rows[1] else { panic!("{:?}", rows[1]) };
        assert_eq!((rejection.line, rejection.field.as_deref()), (3, field), "{rejection}");
        assert!(rejection.reason.contains(says), "{rejection}");
        assert_eq!(rejection.raw, String::from_utf8_lossy(row));
    }
    check(b",30,,", Some("name"), "is empty");
    check(b"   ,30,,", Some("name"), "is empty");
    check(b"\" \",30,,", Some("name"), "is empty");
    check(b",,,", Some("name"), "is empty");
    check(b"X,99,,", Some("classes"), "run from 1 to 45");
    check(b"X,0,,", Some("classes"), "run from 1 to 45");
    check(b"X,abc,,", Some("classes"), "run from 1 to 45");
    check(b"X,,31/03/2024,", Some("filed_on"), "write it as 2024-03-31");
    check(b"X,,2024-02-30,", Some("filed_on"), "year-month-day");
    check(b"X,,2024-3-1,", Some("filed_on"), "year-month-day");
    check(b"X,,2024-03-31T00:00:00,", Some("filed_on"), "year-month-day");
    check(b"X,,besok,", Some("filed_on"), "year-month-day");
    check(b"X,,,besok", Some("status"), "registered, pending");
    check(b"CAF\xc9,30,,", Some("name"), "UTF-8");
    check(b"X,30,,\xff", Some("status"), "UTF-8");
    check(b"X,30,,,,extra", None, "more fields than the header's 4");
    check(b"X,30,,,extra", None, "more fields than the header's 4");
    check(b"\"X,30,,", None, "never closes");
    check(b"X,\"30,,", None, "never closes");
    check(b"\"X\" Y,30,,", None, "follows a closing quote");
    check(b"\"X\"\"", None, "never closes");
}

#[test]
fn a_nul_behind_the_files_head_costs_its_row() {
    // Within the head it would make the file a binary one.
    let file = format!("name,owner\n{}\nA\0B,\nC,\0\nD,\n", "x".repeat(9000));
    assert_eq!(outline(&rows(file.as_bytes()))[1..], ["!3 name", "!4 owner", "D"]);
}

#[test]
fn a_rejection_reads_as_a_sentence_with_its_place() {
    let rows = rows(b"name,classes\nA,1\nB,99\n\"C,1\n");
    let lines: Vec<String> = rows.iter().filter_map(|row| if let Row::Rejected(r) = row { Some(r.to_string()) } else { None }).collect();
    assert_eq!(lines[0], "line 3, field classes: class 99 does not exist; Nice classes run from 1 to 45");
    assert!(lines[1].starts_with("line 4: a quote opens here"), "{}", lines[1]);
}

#[test]
fn a_stray_quote_swallows_no_other_row() {
    #[track_caller]
    fn check(file: &str, expected: &[&str]) {
        assert_eq!(outline(&rows(file.as_bytes())), expected, "{file}");
    }
    // To the end of the file.
    check("name,goods\n\"A,x\nB,y\nC,z", &["!2 -", "B", "C"]);
    // Up to the opening quote of a good row, plain, empty or doubled.
    check("name,goods\n\"A,x\nB,\"y, z\"\nC,z", &["!2 -", "B", "C"]);
    check("name,goods\n\"A,x\nB,\"\"\nC,\"z\"", &["!2 -", "B", "C"]);
    check("name,goods\n\"A,x\nB,\"\"\"y\"\" z\"\nC,z", &["!2 -", "B", "C"]);
    // Two slips of which the second would close the first: the field count tells.
    check("name,goods,owner\nB,\"x,\nC,y,\nD\",z,w\nE,,", &["!2 -", "C", "D\"", "E"]);
    // A quote inside an unquoted field is text.
    check("name,goods\nA \"B\",5\" pipe\nC,", &["A \"B\"", "C"]);
    // A quoted line break is text too, and lines are counted on.
    check("name,goods\r\nA,\"x\r\ny\rz\"\r\n,q\r\n", &["A", "!5 name"]);
}

#[test]
fn every_line_end_ends_a_row() {
    for end in ["\n", "\r\n", "\r"] {
        let file = ["name,classes", "A,1", "", "B,99", "\"C\",3"].join(end);
        assert_eq!(outline(&rows(file.as_bytes())), ["A", "!4 classes", "C"], "{end:?}");
        assert_eq!(outline(&rows((file + end).as_bytes())), ["A", "!4 classes", "C"], "{end:?}");
    }
}

#[test]
fn text_is_kept_to_the_byte_and_names_stay_on_one_line() {
    let file = "name,owner,goods\n\"  Ünïcode\u{a0}ﬁ\r\nİSTANBUL\u{200d}  \",\"Jl. A\nNo. 1\",\"a \"\"b\"\"\"\n";
    let mark = &marks(file.as_bytes())[0];
    assert_eq!(mark.verbal_element, "Ünïcode\u{a0}ﬁ İSTANBUL\u{200d}");
    assert_eq!(mark.owner.as_deref(), Some("Jl. A\nNo. 1"));
    assert_eq!(mark.goods.as_deref(), Some("a \"b\""));
}

#[test]
fn headers_are_known_in_any_case_and_a_few_other_words() {
    #[track_caller]
    fn check(header: &str, expected_warnings: &[&str]) {
        let rows = read(io::Cursor::new(header.as_bytes().to_vec()), "f.csv", Format::Auto).expect("a header with a name");
        assert_eq!(rows.warnings(), expected_warnings, "{header}");
    }
    check("\u{feff}Name, CLASSES ,Filed On", &[]);
    check("nama_merek;Kelas;Pemilik", &[]);
    check("\"Nama Merek\"\tKelas", &[]);
    check("merek,alamat,", &["f.csv: column \"alamat\" is not known and is left out"]);
    // Our own word wins over another office's, wherever it stands.
    check("merek,name", &["f.csv: column \"merek\" is a second `name` and is left out"]);
    check("name,name", &["f.csv: column \"name\" is a second `name` and is left out"]);
}

#[test]
fn the_delimiter_is_found_by_the_header() {
    for (file, format) in [
        ("name,classes\nA;B,30\n", Format::Csv),
        ("name;classes\nA;30\n", Format::Csv),
        ("name\tclasses\nA\t30\n", Format::Tsv),
        ("name|classes\nA;B|30\n", Format::Csv),
        ("sep=;\nname;classes\nA;30\n", Format::Csv),
        ("{\"name\":\"A\",\"classes\":30}\n", Format::Jsonl),
    ] {
        let found = read(io::Cursor::new(file), "upload", Format::Auto).unwrap();
        assert_eq!(found.decided_format(), format, "{file}");
        let rows: Vec<Row> = found.collect::<Result<_>>().unwrap();
        assert!(matches!(&rows[..], [Row::Mark(mark)] if mark.classes.to_string() == "30"), "{file}: {rows:?}");
    }
}

#[test]
fn status_says_what_the_office_says() {
    let status = |file: &str| marks(file.as_bytes())[0].status;
    assert_eq!(status("name\nA\n"), LegalStatus::Registered);
    assert_eq!(status("name,status\nA,\n"), LegalStatus::Unknown);
    assert_eq!(status("name,status\nA\n"), LegalStatus::Unknown);
    assert_eq!(status("name,status\nA, Refused \n"), LegalStatus::Refused);
    for known in LegalStatus::ALL {
        assert_eq!(status(&format!("name,status\nA,{}\n", known.as_str())), known);
    }
    // Offices' own words are told by their tables, and kept.
    for (word, expected) in
        [("Terdaftar", LegalStatus::Registered), ("dalam proses", LegalStatus::Pending), ("Ended", LegalStatus::Removed)]
    {
        let mark = marks(format!("merek,status\nA,{word}\n").as_bytes()).remove(0);
        assert_eq!((mark.status, mark.office_status.as_deref()), (expected, Some(word)));
    }
}

#[test]
fn dates_below_an_indonesian_header_have_the_day_first() {
    for text in ["31/03/2024", "31-03-2024", "31 Maret 2024", "2024-03-31", "1711818000000"] {
        let filed_on = Some(date(2024, 3, 31));
        assert_eq!(marks(format!("Nama Merek;Tanggal Permohonan\nA;{text}\n").as_bytes())[0].filed_on, filed_on, "{text}");
        assert_eq!(marks(format!("{{\"merek\":\"A\",\"tanggal_permohonan\":\"{text}\"}}").as_bytes())[0].filed_on, filed_on, "{text}");
    }
    assert_eq!(marks("merek,tgl_permohonan\nA,-\n".as_bytes())[0].filed_on, None);
    assert_eq!(outline(&rows("merek,tanggal_permohonan\nA,03/31/2024\n".as_bytes())), ["!2 filed_on"]);
    // In English either may stand first.
    assert_eq!(outline(&rows("mark,filing date\nA,03/04/2024\n".as_bytes())), ["!2 filed_on"]);
}

#[test]
fn titles_above_the_header_are_passed_over() {
    let titles = "Daftar Merek;;\n\"per 24 November\n2026\";;\n\n";
    for (table, expected) in [
        ("Nama Merek;Kelas\nKOPI;30\nTEH;99\n", vec!["KOPI", "!7 classes"]),
        ("Nomor Permohonan;Nama Merek\nDID2021024604;KOPI\n-;TEH\n", vec!["KOPI", "!7 nomor_permohonan"]),
    ] {
        assert_eq!(outline(&rows(format!("{titles}{table}").as_bytes())), expected);
    }
    // One known word alone may be the name of a mark.
    assert!(refusal(b"kelas,catatan\n30,merek\n", "a.csv").contains("has no column `name`"));
}

#[test]
fn numbers_of_applications_are_ids_and_rows_of_one_are_parts() {
    for file in [
        "name,application_number,classes\nA,X1,30\nA,X1,43\n",
        "{\"name\":\"A\",\"no_permohonan\":\"X1\"}\n{\"name\":\"A\",\"no_permohonan\":\"X1\"}\n",
    ] {
        assert!(rows(file.as_bytes()).iter().all(|row| matches!(row, Row::Part(mark) if mark.id == "X1")), "{file}");
    }
    assert!(matches!(&rows(b"name,id,application_number\nA,X1,7\n")[..], [Row::Mark(mark)] if mark.id == "X1"));
}

#[test]
fn a_message_about_columns_is_short_however_many_there_are() {
    for file in ["[".repeat(1_000_000), format!("kelas,{}", "x,".repeat(100_000))] {
        let message = refusal(format!("{file}\n1\n").as_bytes(), "a.csv");
        assert!(message.len() < 600, "{} bytes", message.len());
    }
    assert!(refusal(b"{\n  \"name\": \"A\"\n}\n", "a.json").contains("an object on several lines"));
}

#[test]
fn a_row_without_id_gets_the_same_one_each_time() {
    let file = b"name,classes,owner,filed_on,goods\nA,30,X,2024-01-01,a\nA,30,X,2024-01-01,b\nA,31,X,2024-01-01,a\nA,30,Y,2024-01-01,a\nA,30,X,,a\n";
    let ids: Vec<String> = marks(file).into_iter().map(|mark| mark.id).collect();
    assert_eq!(ids, marks(file).into_iter().map(|mark| mark.id).collect::<Vec<_>>());
    assert_eq!(ids[0], ids[1], "goods make no other mark");
    assert_eq!(ids.iter().collect::<std::collections::BTreeSet<_>>().len(), 4);
    assert!(ids.iter().all(|id| id.len() == 20 && id.starts_with("row-")));
    // The same row by the other format is the same mark.
    let json = br#"{"name":"A","classes":[30],"owner":"X","filed_on":"2024-01-01"}"#;
    assert!(matches!(&rows(json)[0], Row::Mark(mark) if mark.id == ids[0]));
}

#[test]
fn json_lines_hold_the_same_keys() {
    let file = r#"{"id":7,"name":"A\nB","classes":[30,"43"],"status":null,"owner":"-","filed_on":"-"}

{"Merek":"C","classes":"9;35","kind":"figurative","extra":{"x":[1]}}
{"name":"D","classes":30}
{"name":"E","classes":99}
{"name":null}
{"name":["F"]}
{"name":"G","id":1.5}
{"name":"H",
{"name":"I","name":"J"}
[1]
{"name":"K","filed_on":20240331}
{"name":"L","owner":true,"extra":1}
{"name":"M\ud800"}
{"name":"N\u0000"}
{"name":"O","merek":"P"}
"#;
    let mut read = read(io::Cursor::new(file), "marks.jsonl", Format::Auto).unwrap();
    let rows: Vec<Row> = read.by_ref().collect::<Result<_>>().unwrap();
    let expected = [
        "A B",
        "C",
        "D",
        "!5 classes",
        "!6 name",
        "!7 name",
        "!8 id",
        "!9 -",
        "!10 name",
        "!11 -",
        "!12 filed_on",
        "!13 owner",
        "!14 -",
        "!15 name",
        "O",
    ];
    assert_eq!(outline(&rows), expected);
    let Row::Mark(first) = &rows[0] else { panic!() };
    assert_eq!((first.id.as_str(), first.classes.to_string().as_str(), first.status), ("7", "30;43", LegalStatus::Registered));
    assert_eq!((&first.owner, first.filed_on), (&None, None));
    assert_eq!(read.warnings(), ["marks.jsonl: key \"extra\" is not known and is left out"]);
}

#[test]
fn a_mark_written_as_json_comes_back() {
    let mark =
        Mark { classes: "9;35".parse().unwrap(), filed_on: Some(date(2020, 2, 29)), kind: MarkKind::Other, ..Mark::new("1", "Ñ \"Q\"") };
    let line = serde_json::to_vec(&mark).unwrap();
    assert_eq!(rows(&line), [Row::Mark(mark)]);
}

#[test]
fn empty_cells_behind_the_last_column_are_nothing() {
    for row in ["A,1,", "A,1,,, ,", "\"A\",\"1\",,"] {
        for end in ["", "\n", "\r\n", "\r"] {
            assert_eq!(outline(&rows(format!("name,classes\n{row}{end}").as_bytes())), ["A"], "{row:?} {end:?}");
            assert_eq!(outline(&rows(format!("name,classes\n{row}\nB,99{end}").as_bytes())), ["A", "!3 classes"], "{row:?} {end:?}");
        }
    }
}

#[test]
fn a_single_class_is_read_as_a_list_of_one() {
    for number in 0..=120 {
        let file = format!("name,classes\nA,{number}\nA,{number};{number}\n");
        match &rows(file.as_bytes())[..] {
            [Row::Mark(one), Row::Mark(list)] => assert_eq!((one.classes, one.classes.to_string()), (list.classes, number.to_string())),
            [Row::Rejected(one), Row::Rejected(list)] => assert_eq!(one.reason, list.reason),
            rows => panic!("{number}: {rows:?}"),
        }
    }
}

#[test]
fn formats_are_read_from_their_words() {
    for format in Format::ALL {
        assert_eq!(format.to_string().to_uppercase().parse(), Ok(format));
    }
    let message = "xml".parse::<Format>().unwrap_err();
    assert!(message.starts_with("\"xml\" is no format; choose one of auto, csv, tsv, jsonl, workbook, pdki"), "{message}");
}

#[test]
fn a_real_office_export_is_read() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/registers/pdki/real_records_15.csv");
    if !path.exists() {
        eprintln!("passed over: {} is absent", path.display());
        return;
    }
    // Its status words are the office's, not ours: in our own layout the rows say so, none is lost.
    // In our own layout too: its status words are the office's.
    let content = std::fs::read_to_string(&path).unwrap().replacen("nomor_permohonan,nama_merek_lowercased", "id,name", 1);
    let rows = rows(content.as_bytes());
    assert_eq!(rows.len(), content.lines().count() - 1);
    assert!(rows.iter().all(|row| matches!(row, Row::Mark(mark) if mark.status != LegalStatus::Unknown && mark.office_status.is_some())));
}
