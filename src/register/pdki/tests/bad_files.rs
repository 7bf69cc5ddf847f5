//! Files that are cut off, mixed up or made to break readers.

use proptest::prelude::*;

use super::*;
use crate::ErrorKind;

/// Names of the good rows and lines of the rejected ones, and the failure that ended the reading.
fn outline(file: &[u8]) -> (Vec<String>, Option<String>) {
    let (mut outline, mut failure) = (Vec::new(), None);
    match read(Cursor::new(file.to_vec()), "a.json", Format::Pdki) {
        Err(error) => failure = Some(error),
        Ok(rows) => {
            for row in rows {
                match row {
                    Ok(Row::Part(mark)) => outline.push(mark.verbal_element),
                    Ok(Row::Rejected(rejection)) => outline.push(format!("!{}", rejection.line)),
                    Ok(Row::Mark(mark)) => panic!("{mark:?}"),
                    Err(error) => failure = Some(error),
                }
            }
        }
    }
    assert!(failure.iter().all(|error| error.kind() == ErrorKind::Input));
    (outline, failure.map(|error| error.to_string()))
}

#[track_caller]
fn check(file: &str, expected: &[&str], failure: Option<&str>) {
    let (outline, found) = outline(file.as_bytes());
    assert_eq!(outline, expected, "{file}");
    match (failure, found) {
        (None, None) => {}
        (Some(says), Some(found)) if found.contains(says) => {}
        (_, found) => panic!("{found:?} instead of {failure:?}: {file}"),
    }
}

#[test]
fn a_file_that_is_cut_off_anywhere_is_an_error() {
    let file = answer(&[SECOND, SECOND]);
    for end in 1..file.len() {
        if !file.is_char_boundary(end) {
            continue;
        }
        let (rows, failure) = outline(&file.as_bytes()[..end]);
        assert!(rows.len() <= 2 && rows.iter().all(|name| name == "MELATI"), "{rows:?}");
        let failure = failure.unwrap_or_else(|| panic!("{end} of {} bytes are taken for a whole", file.len()));
        assert!(failure.contains("ends in the middle") || failure.contains("is no JSON here"), "{failure}");
    }
    check("[\n{\"nomor_permohonan\":\"D1\",\n\"nama_me", &[], Some("of what begins in line 2"));
    check("[\n{\"nomor_permohonan\":\"D1\"}\n", &[""], Some("of what begins in line 1"));
}

#[test]
fn a_bad_line_costs_itself() {
    let good = r#"{"nomor_permohonan":"D1","nama_merek":"A"}"#;
    for bad in [
        "kopi",
        "}",
        "]",
        ":",
        "\"text\"",
        "7",
        "{\"nomor_permohonan\" \"D2\"}",
        "{\"nomor_permohonan\":\"D2}",
        "{nomor_permohonan:1}",
        "{\"nomor_permohonan\":\"D2\",\"nama_merek\":tru}",
        "{\"nomor_permohonan\":\"D2\",\"nama_merek\":\"\\ud800\"}",
        "{\"nomor_permohonan\":\"D2\",\"nama_merek\":1 2}",
        "{\"error\":\"not found\"}",
        "{}",
    ] {
        check(&format!("{good}\n{bad}\n{good}\n{bad}\n"), &["A", "!2", "A", "!4"], None);
    }
}

#[test]
fn mixed_up_shapes_are_told_with_their_place() {
    let good = r#"{"nomor_permohonan":"D1","nama_merek":"A"}"#;
    check(&format!("[{good}\n{good}]"), &["A"], Some("line 2: is no JSON here: a comma"));
    check(&format!("[{good}}}"), &["A"], Some("a comma or the end"));
    check(&format!("{{\"hits\":[{good}]]"), &["A"], Some("a comma or the end"));
    check(&format!("{{\"hits\":[{good}] \"x\"}}"), &["A"], Some("a comma or the end"));
    check(&format!("{{\"hits\":[{good}],x:1}}"), &["A"], Some("a key in quotes"));
    check(&format!("{{\"hits\":[{good}],\"x\" 1}}"), &["A"], Some("a colon"));
    check(&format!("{{\"hits\":[{good}],\"nomor_permohonan\":\"D2\"}}"), &["A", "!1"], None);
    check(&format!("[{good},\n{{\"message\":\"x\"}},\n7,\nnull,{good},]"), &["A", "!2", "!3", "A"], None);
    check(&format!("[{good},{{\"total\":1,\"data\":{{\"x\":1}}}}]\n{good}"), &["A", "A"], None);
}

#[test]
fn deep_nesting_is_refused_and_never_overflows() {
    let (open, close) = ("[".repeat(10_000), "]".repeat(10_000));
    let good = r#"{"nomor_permohonan":"D1","nama_merek":"A"}"#;
    check(&format!("{open}{good}{close}"), &[], Some("nested more than 32 levels"));
    check(&format!("{}{good}{}", "{\"data\":".repeat(10_000), "}".repeat(10_000)), &[], Some("nested more than 32 levels"));
    check(&format!("[{{\"nomor_permohonan\":\"D1\",\"owner\":{open}{close}}},\n{good}]"), &["!1", "A"], None);
    // What is passed over may be as deep as it likes.
    check(&format!("{{\"x\":{open}{close},\"hits\":[{good}]}}"), &["A"], None);
    check(&open, &[], Some("nested more than 32 levels"));
}

#[test]
fn wrong_encodings_are_refused() {
    let text = r#"{"nomor_permohonan":"D1","nama_merek":"CAFÉ"}"#;
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert!(outline(&wide).1.unwrap().contains("UTF-16"));
    // By its mark it is known, and read.
    assert_eq!(outline(&[&b"\xff\xfe"[..], &wide].concat()), (vec!["CAFÉ".to_owned()], None));
    let latin: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    assert_eq!(outline(&[&latin[..], b"\n", text.as_bytes()].concat()), (vec!["!1".to_owned(), "CAFÉ".to_owned()], None));
    assert!(rejection(&format!("{text}\n{{\"nomor_permohonan\":\"D\\u0000\",\"nama_merek\":\"A\"}}")).reason.contains("NUL"));
}

#[test]
fn huge_records_and_huge_values_take_constant_memory_or_are_refused() {
    let good = r#"{"nomor_permohonan":"D1","nama_merek":"A"}"#;
    let huge = "x".repeat(17 << 20);
    check(&format!("[{{\"nomor_permohonan\":\"D2\",\"image\":\"{huge}\"}},{good}]"), &["!1", "A"], None);
    check(&format!("{{\"aggregations\":\"{huge}\",\"hits\":[{good}]}}"), &["A"], None);
    let picture = &huge[..1 << 20];
    check(&format!("[{{\"image\":\"{picture}\",\"nomor_permohonan\":\"D2\",\"nama_merek\":\"B\"}},{good}]"), &["B", "A"], None);
}

/// Pieces of answers, whole and cut, among bytes of any kind.
fn hard_json() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        4 => prop::sample::select(vec![
            "{", "}", "[", "]", ",", ":", "\"", "\\", "\n", "null", "1", "\"hits\":", "\"_source\":", "\"nomor_permohonan\":", "\"nama_merek\":",
            "\"owner\":", "\"t_class\":[{\"class_no\":\"9;35\"}]", "\"D1\"", "\"İ ﬁ 👍🏽\"", "\"tanggal_permohonan\":\"", "\\u0000", "\\ud800",
        ]).prop_map(|piece| piece.as_bytes().to_vec()),
        2 => Just(SECOND.as_bytes().to_vec()),
        1 => Just(answer(&[SECOND]).into_bytes()),
        1 => any::<Vec<u8>>(),
    ];
    prop::collection::vec(piece, 0..30).prop_map(|pieces| pieces.concat())
}

/// Hands out a few bytes at a time, so that every place is once the end of a read.
struct Dripping(Cursor<Vec<u8>>);

impl std::io::Read for Dripping {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = buffer.len().min(7);
        self.0.read(&mut buffer[..count])
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1024))]

    #[test]
    fn any_bytes_are_read_or_refused_and_never_panic(bytes in hard_json(), format in prop::sample::select(vec![Format::Pdki, Format::Tmview, Format::Auto])) {
        for opened in [
            read(Cursor::new(bytes.clone()), "any.json", format),
            read(Dripping(Cursor::new(bytes)), "any.json", format),
        ] {
            for row in opened.into_iter().flatten() {
                if let Err(error) = row {
                    prop_assert_eq!(error.kind(), ErrorKind::Input);
                }
            }
        }
    }

    #[test]
    fn every_record_behind_padding_of_any_length_is_read(padding in 0_usize..600_000, count in 1_usize..20) {
        // The window's end falls into a record, into an envelope and between them.
        let sources = vec![SECOND; count];
        let file = format!("[{{\"x\":\"{}\",\"data\":{}}},{}]", "y".repeat(padding), answer(&sources), answer(&sources));
        let (outline, failure) = outline(file.as_bytes());
        prop_assert_eq!(failure, None);
        prop_assert_eq!(outline.len(), 2 * count);
    }
}
