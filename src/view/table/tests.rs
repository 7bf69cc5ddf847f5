#![allow(clippy::unwrap_used)]

use calamine::{Data, Reader, Xlsx};

use super::*;
use crate::mark::Mark;
use crate::view::{Aspects, EarlierMark, Flag, Hit, Reason};

fn reason(text: &str) -> Reason {
    Reason { code: "aural.same_sound".into(), text: text.into(), query_span: None, earlier_span: None, because: Vec::new() }
}

fn hit(rank: u32, score: f64, id: &str, name: &str) -> Hit {
    let mark = Mark { classes: "30;43".parse().unwrap(), owner: Some("PT \"A\", Tbk".into()), ..Mark::new(id, name) };
    Hit {
        rank,
        score,
        band: Band::High,
        mark: EarlierMark::from(&mark),
        aspects: Aspects { visual: 1.0, aural: 1.0, conceptual: None, goods: None },
        explanation: vec![reason("bunyi sama"), reason("kelas sama")],
    }
}

fn screened(line: u64, name: &str) -> ScreenedRow {
    ScreenedRow {
        line,
        id: None,
        name: name.into(),
        verdict: Some(Band::Clear),
        error: None,
        hits: Vec::new(),
        within_list: Vec::new(),
        flags: Vec::new(),
    }
}

fn rows() -> Vec<ScreenedRow> {
    let other =
        |line, name: &str, earlier, score| ListHit { line, id: None, name: name.into(), owner: None, earlier, score, band: Band::High };
    let mut full = screened(2, "KOPI 咖啡 👍🏽 \"Ñ\"\nBARU");
    full.id = Some("7".into());
    full.verdict = Some(Band::High);
    full.hits = vec![hit(1, 0.93456, "D1", "KOPI KENANGA"), hit(2, 0.5, "D2", "TEH")];
    full.within_list = vec![other(1, "KOPI X", true, 0.934), other(9, "KOPI Y", false, 0.7)];
    full.flags = vec![Flag { code: "name.descriptive_as_a_whole".into(), text: "hanya kata umum".into() }];
    let mut bad = screened(4, "");
    bad.verdict = None;
    bad.error = Some("line 4, field name: is empty".into());
    vec![full, screened(3, "=HYPERLINK(\"x\")"), bad]
}

const EXPECTED: [[&str; 15]; 3] = [
    [
        "2",
        "7",
        "KOPI 咖啡 👍🏽 \"Ñ\"\nBARU",
        "high",
        "0.9346",
        "D1",
        "KOPI KENANGA",
        "30;43",
        "registered",
        "PT \"A\", Tbk",
        "bunyi sama; kelas sama",
        "2",
        "1: KOPI X (0.93, first); 9: KOPI Y (0.70)",
        "hanya kata umum",
        "",
    ],
    ["3", "", "=HYPERLINK(\"x\")", "clear", "", "", "", "", "", "", "", "0", "", "", ""],
    ["4", "", "", "", "", "", "", "", "", "", "", "", "", "", "line 4, field name: is empty"],
];

/// Writes the rows to a new file of this name and gives its bytes.
fn written(name: &str) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, "what stood here before").unwrap();
    let mut writer = RowWriter::create(&path).unwrap();
    for row in rows() {
        writer.write(&row).unwrap();
    }
    assert_eq!(std::fs::read(&path).unwrap(), b"what stood here before", "nothing shows before the end");
    writer.finish().unwrap();
    let files: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().file_name()).collect();
    assert_eq!(files, [name], "no temporary file is left");
    std::fs::read(&path).unwrap()
}

#[test]
fn csv_holds_every_column_and_no_formula() {
    let bytes = written("out.csv");
    let mut reader = csv::Reader::from_reader(bytes.as_slice());
    assert_eq!(reader.headers().unwrap(), &COLUMNS.map(|(name, _)| name)[..]);
    let mut expected = EXPECTED;
    expected[1][2] = "'=HYPERLINK(\"x\")";
    let found: Vec<Vec<String>> = reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect();
    assert_eq!(found, expected);
}

#[test]
fn xlsx_holds_the_same_with_numbers_as_numbers() {
    let mut workbook: Xlsx<_> = calamine::open_workbook_from_rs(io::Cursor::new(written("out.XLSX"))).unwrap();
    let sheet = workbook.worksheet_range_at(0).unwrap().unwrap();
    assert!(workbook.worksheet_formula(&workbook.sheet_names()[0].clone()).unwrap().is_empty());
    let mut rows = sheet.rows();
    let header: Vec<String> = rows.next().unwrap().iter().map(Data::to_string).collect();
    assert_eq!(header, COLUMNS.map(|(name, _)| name));
    let found: Vec<Vec<String>> = rows.map(|row| row.iter().map(Data::to_string).collect()).collect();
    assert_eq!(found, EXPECTED);
    assert_eq!(sheet.get_value((1, 4)), Some(&Data::Float(0.9346)));
}

#[test]
fn jsonl_is_the_row_itself() {
    let bytes = written("out.jsonl");
    let lines: Vec<&[u8]> = bytes.strip_suffix(b"\n").unwrap().split(|&byte| byte == b'\n').collect();
    assert_eq!(lines.len(), 3);
    for (line, row) in lines.iter().zip(rows()) {
        let found: ScreenedRow = serde_json::from_slice(line).unwrap();
        assert_eq!(serde_json::to_value(&found).unwrap(), serde_json::to_value(&row).unwrap());
    }
}

#[test]
fn text_that_begins_like_a_formula_stays_text_in_csv() {
    for (text, expected) in [("=1", "'=1"), ("+62", "'+62"), ("-", "'-"), ("@a", "'@a"), ("\t=1", "'\t=1"), ("＝1", "'＝1"), ("A=1", "A=1")]
    {
        assert_eq!(csv_text(Cell::Text(text.into())), expected);
    }
    assert_eq!(csv_text(Cell::Number(-1.5)), "-1.5");
}

#[test]
fn a_cell_is_cut_where_excel_would_refuse_it() {
    for filler in ["a", "咖", "👍"] {
        let text = filler.repeat(40_000);
        let cut = cut(&text);
        assert!((MAX_CELL_UNITS - 1..=MAX_CELL_UNITS).contains(&cut.encode_utf16().count()), "{filler}");
    }
    let folder = tempfile::tempdir().unwrap();
    let mut writer = RowWriter::create(&folder.path().join("long.xlsx")).unwrap();
    writer.write(&screened(1, &"👍".repeat(40_000))).unwrap();
    writer.finish().unwrap();
}

#[test]
fn a_writer_that_is_dropped_leaves_nothing() {
    for name in ["a.csv", "a.jsonl", "a.xlsx"] {
        let folder = tempfile::tempdir().unwrap();
        let mut writer = RowWriter::create(&folder.path().join(name)).unwrap();
        writer.write(&screened(1, "KOPI")).unwrap();
        drop(writer);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "{name}");
    }
}

#[test]
fn a_place_that_takes_no_file_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let error = |name: &str| RowWriter::create(&folder.path().join(name)).err().expect("refused");
    assert_eq!(error("out.pdf").kind(), crate::ErrorKind::Usage);
    assert!(error("out").to_string().contains("use .csv, .jsonl or .xlsx"));
    assert_eq!(error("absent/out.csv").kind(), crate::ErrorKind::Output);
    std::fs::create_dir(folder.path().join("folder.csv")).unwrap();
    assert!(error("folder.csv").to_string().contains("is a folder"));
}

#[cfg(unix)]
#[test]
fn the_result_is_as_readable_as_any_new_file() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let (plain, result) = (folder.path().join("plain"), folder.path().join("out.csv"));
    std::fs::write(&plain, "").unwrap();
    RowWriter::create(&result).unwrap().finish().unwrap();
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode();
    assert_eq!(mode(&result), mode(&plain));
}

#[test]
fn a_panic_of_the_workbook_is_an_error() {
    let error = in_workbook::<()>(Path::new("out.xlsx"), || panic!("no space")).unwrap_err();
    assert!(error.to_string().starts_with("out.xlsx: can't be written; look whether"), "{error}");
    assert!(in_workbook(Path::new("out.xlsx"), || Ok(1)).is_ok());
}
