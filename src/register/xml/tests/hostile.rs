//! Files that are cut off, damaged, wrongly encoded, or made to harm.

use proptest::prelude::*;

use super::*;

fn names(file: impl AsRef<[u8]>) -> Vec<String> {
    let outline = |row| match row {
        Row::Mark(mark) | Row::Part(mark) => mark.verbal_element,
        Row::Rejected(rejection) => format!("!{} {}", rejection.line, rejection.field.unwrap_or_default()),
    };
    rows(file).into_iter().map(outline).collect()
}

#[test]
fn a_file_that_is_cut_off_gives_its_whole_records_and_then_its_place() {
    let file = uspto(&(1..=1234).map(|number| case(&number.to_string(), "KENANGA")).collect::<String>());
    let cut = file.rfind("<mark-identification>").unwrap();
    for end in [cut - 3, cut, cut + 5, cut + 23] {
        let (count, error) = failure(&file[..end]);
        assert_eq!(count, 1233);
        assert!(error.starts_with("marks.xml: ends in the middle of record 1,234, line 1242;"), "{error}");
        assert!(error.ends_with("copy or download it again"), "{error}");
    }
    let (count, error) = failure(&file[..file.len() - 20]);
    assert_eq!(count, 1234);
    assert!(error.contains("ends behind record 1,234"), "{error}");
}

#[test]
fn damage_is_told_with_its_line() {
    #[track_caller]
    fn check(cases: &str, count: usize, says: &str) {
        let (read, error) = failure(uspto(cases));
        assert!(error.contains(says), "{error}");
        assert_eq!(read, count);
    }
    let good = case("1", "A");
    check(&format!("{good}<case-file>\n<serial-number>2</case-file>"), 1, "at line 11: </case-file> closes <serial-number>");
    check(&format!("{good}<case-file><serial-number>a < b</serial-number></case-file>"), 1, "at line 10: a < stands in a text");
    check("</action-keys></file-segments></application-information></trademark-applications-daily></x>", 0, "</x> closes nothing");
    check(&format!("{good}<case-file a=\""), 1, "ends behind record 1");
}

#[test]
fn a_bad_record_costs_itself_and_says_why() {
    #[track_caller]
    fn check(record: &[u8], field: Option<&str>, says: &str, raw: &str) {
        let file = uspto(&format!("{}@{}", case("1", "BEFORE"), case("3", "AFTER")));
        let at = file.find('@').unwrap();
        let file = [&file.as_bytes()[..at], record, b"\n", &file.as_bytes()[at + 1..]].concat();
        let rows = rows(file);
        let [Row::Mark(before), Row::Rejected(rejection), Row::Mark(after)] = &rows[..] else { panic!("{rows:?}") };
        assert_eq!((before.verbal_element.as_str(), after.verbal_element.as_str()), ("BEFORE", "AFTER"));
        assert_eq!((rejection.line, rejection.field.as_deref()), (10, field), "{rejection}");
        assert!(rejection.reason.contains(says), "{rejection}");
        assert_eq!(rejection.raw, raw);
    }
    let name = |name: &str| case("2", name).trim_end().to_owned();
    check(name("A &brand; B").as_bytes(), Some("mark-identification"), "&brand;, which stands for a text", "2 A  B");
    check(name("&#0;").as_bytes(), Some("mark-identification"), "&#0;", "2");
    check(
        &name("CAF@").bytes().map(|byte| if byte == b'@' { 0xc9 } else { byte }).collect::<Vec<_>>(),
        Some("mark-identification"),
        "no UTF-8",
        "2 CAF\u{fffd}",
    );
    check(case("", "A").trim_end().as_bytes(), Some("serial-number"), "is empty", "A");
    let deep = format!("<case-file><serial-number>2</serial-number>{}{}</case-file>", "<a>".repeat(100_000), "</a>".repeat(100_000));
    check(deep.as_bytes(), None, "more than 64 elements within one another", "2");
    let long = format!("<case-file><serial-number>2</serial-number><x>{}</x></case-file>", "x".repeat(20 << 20));
    check(long.as_bytes(), None, "longer than 8 MiB", "2");
    let long =
        format!("<case-file><serial-number>2</serial-number>{}</case-file>", "<x>xxxxxxxxxxxxxxxxxxxxxxxxx</x>\u{20}".repeat(400_000));
    check(long.as_bytes(), None, "longer than 8 MiB", "2");
    let word = "<case-file><serial-number>2</serial-number><case-file-header><mark-drawing-code>4000</mark-drawing-code></case-file-header></case-file>";
    check(word.as_bytes(), Some("mark-identification"), "is empty though the mark is one of words", "2");
}

#[test]
fn a_nul_behind_the_files_head_costs_its_record() {
    // Within the head it would make the file a binary one.
    assert_eq!(names(uspto(&(case("1", &"x".repeat(9000)) + &case("2", "A\0B") + &case("3", "C"))))[1..], ["!10 mark-identification", "C"]);
}

#[test]
fn what_is_written_loosely_is_read_as_it_is_meant() {
    assert_eq!(names(uspto(&case("1", "A & B"))), ["A & B"]);
    assert_eq!(names(uspto(&case("1", "A & B; C"))), ["A & B; C"]);
    assert_eq!(names(uspto(&case("1", "<![CDATA[A <&> B]]><!-- no --> <?no?>C"))), ["A <&> B C"]);
    assert_eq!(names(uspto(&case("1", "\n  KOPI\r\n   KENANGA\n"))), ["KOPI KENANGA"]);
    assert_eq!(names(uspto(&case("1", "\u{feff}K<b>no</b>\u{feff}L"))), ["\u{feff}K\u{feff}L"]);
    // Two files, one behind the other.
    assert_eq!(names(uspto(&case("1", "A")) + &uspto(&case("2", "B"))), ["A", "B"]);
    let mut read = open(uspto(&case("1", "A").replace("<status-code>700", "<filing-date>20200230</filing-date><status-code>700")));
    assert!(matches!(read.next(), Some(Ok(Row::Mark(mark))) if mark.filed_on.is_none()));
    assert_eq!(read.warnings(), ["filing-date \"20200230\" is no date and is left out of its mark"]);
}

#[test]
fn a_file_without_records_says_so() {
    let mut read = open(uspto(""));
    assert!(read.next().is_none());
    assert_eq!(read.warnings(), ["it holds no case-file: no mark is read from it"]);
}

#[test]
fn entity_bombs_cost_nothing() {
    let mut bomb = "<?xml version=\"1.0\"?><!DOCTYPE TMBRAND [<!ENTITY a0 \"ha\">".to_owned();
    for level in 1..100 {
        bomb += &format!("<!ENTITY a{level} \"{}\">", format!("&a{};", level - 1).repeat(10));
    }
    bomb += "<!ENTITY away SYSTEM \"file:///etc/passwd\">]>";
    for entity in ["a99", "away"] {
        let file =
            format!("{bomb}<TMBRAND><DETAILS><OFFICENUMBER>1</OFFICENUMBER><BRAND><NAME>X &{entity}; Y</NAME></BRAND></DETAILS></TMBRAND>");
        let rejection = rejection(file);
        assert_eq!((rejection.field.as_deref(), rejection.raw.as_str()), (Some("NAME"), "1 X  Y"));
        assert!(rejection.reason.contains(&format!("&{entity};")), "{rejection}");
    }
}

#[test]
fn every_encoding_is_read_as_the_file_shows_or_declares_it() {
    let text = uspto(&case("1", "CAFÉ ÉLYSÉE"));
    let labelled = |label: &str| text.replace("\"utf-8\"", &format!("\"{label}\""));
    for bytes in [u16::to_le_bytes, u16::to_be_bytes] {
        for (mark, label) in [("\u{feff}", "UTF-16"), ("", "UTF-16"), ("\u{feff}", "utf-8")] {
            let file: Vec<u8> = format!("{mark}{}", labelled(label)).encode_utf16().flat_map(bytes).collect();
            assert_eq!(names(file), ["CAFÉ ÉLYSÉE"]);
        }
    }
    for label in ["windows-1252", "ISO-8859-1"] {
        let file = encoding_rs::WINDOWS_1252.encode(&labelled(label)).0.into_owned();
        assert_eq!(names(file), ["CAFÉ ÉLYSÉE"]);
    }
    // Declared wrongly, and seen to be so.
    for label in ["UTF-16", "windows-1252"] {
        let read = open(labelled(label));
        assert!(read.warnings()[0].contains("UTF-8"), "{:?}", read.warnings());
        assert_eq!(names(labelled(label)), ["CAFÉ ÉLYSÉE"]);
    }
    let refused = read(io::Cursor::new(labelled("klingon").into_bytes()), "marks.xml", Format::Auto).err().unwrap().to_string();
    assert!(refused.contains("declares the encoding \"klingon\""), "{refused}");
}

#[test]
fn files_of_other_kinds_are_refused() {
    let refusal = |file: &str, format| read(io::Cursor::new(file.to_owned().into_bytes()), "a.xml", format).err().unwrap().to_string();
    assert!(refusal("<html><body/></html>", Format::Auto).contains("is XML of no known office"));
    assert!(refusal("name\nA", Format::Uspto).contains("is no XML, which uspto is"));
    assert!(refusal("<TMBRAND/>", Format::Uspto).contains("is st66 and not uspto"));
}

#[test]
fn records_longer_than_the_window_and_across_it_are_whole() {
    // About 3 MB, so that windows end at every kind of place.
    let cases: String = (0..9000)
        .map(|number| case(&number.to_string(), &format!("咖啡 {} {number} &amp; <![CDATA[é]]>", "x".repeat(number % 300))))
        .collect();
    let names = names(uspto(&cases));
    assert_eq!(names.len(), 9000);
    for (number, name) in names.iter().enumerate() {
        assert_eq!(*name, format!("咖啡 {} {number} & é", "x".repeat(number % 300)));
    }
    let long = "é".repeat(3 << 20);
    assert_eq!(super::marks(uspto(&case("1", &long)))[0].verbal_element, long);
}

proptest! {
    #[test]
    fn no_mutation_of_a_good_file_breaks_the_reader(
        edits in prop::collection::vec((any::<prop::sample::Index>(), prop::sample::select(vec![
            "<", ">", "&", ";", "\"", "<!--", "<![CDATA[", "]]>", "<!DOCTYPE", "<?", "\0", "\u{feff}", "é", "<case-file>", "</case-file>", "/", "",
        ]), 0usize..30), 1..6),
        cut in any::<prop::sample::Index>(),
        is_cut in any::<bool>(),
    ) {
        let mut file = uspto(&(case("1", "KENANGA &amp; SARI") + &case("2", "咖啡"))).into_bytes();
        for (place, piece, length) in edits {
            let at = place.index(file.len());
            let end = (at + length).min(file.len());
            file.splice(at..end, piece.bytes());
        }
        if is_cut {
            file.truncate(cut.index(file.len()));
        }
        if let Ok(rows) = read(io::Cursor::new(file), "any.xml", Format::Auto) {
            prop_assert!(rows.count() < 50);
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300), format in prop::sample::select(vec![
        Format::Auto, Format::Uspto, Format::St96, Format::St66, Format::Euipo,
    ]), head in prop::sample::select(vec!["", "<", "<TMBRAND>", "<?xml encoding='x'?><TMBRAND>", "<TradeMark xmlns='http://euipo.europa.eu/trademark'>"])) {
        if let Ok(rows) = read(io::Cursor::new([head.as_bytes(), &bytes].concat()), "any.xml", format) {
            prop_assert!(rows.count() <= 300);
        }
    }
}
