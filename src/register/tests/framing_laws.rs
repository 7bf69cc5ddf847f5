//! Laws of the framing, on hard bytes and against the `csv` crate.

use proptest::prelude::*;

use super::*;

/// Pieces that break readers: quotes, ends, bytes that are no text, letters that change length when folded.
fn hard_bytes() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        6 => prop::sample::select(vec![
            &b"\""[..], b"\"\"", b",", b"\n", b"\r\n", b"\r", b";", b"\t", b" ", b"\0", b"\xff", b"\xe2\x82", b"{", b"}", b"-",
        ])
        .prop_map(<[u8]>::to_vec),
        3 => prop::sample::select(vec![
            "İ", "ı", "ß", "ﬁ", "ς", "e\u{301}", "ＡＢ", "٣", "\u{200d}", "\u{ad}", "®", "&", "ОК", "咖啡", "👍🏽", "\u{feff}", "\u{2028}",
        ])
        .prop_map(|text| text.as_bytes().to_vec()),
        3 => "[a-z0-9]{1,6}".prop_map(String::into_bytes),
        1 => any::<u8>().prop_map(|byte| vec![byte]),
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

/// Hands out a few bytes at a time, so that every place is once the end of a read.
struct Dripping(io::Cursor<Vec<u8>>);

impl Read for Dripping {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = buffer.len().min(3);
        self.0.read(&mut buffer[..count])
    }
}

/// Physical lines with a byte in them.
fn full_lines(bytes: &[u8]) -> usize {
    bytes.split(|&byte| byte == b'\n' || byte == b'\r').filter(|line| !line.is_empty()).count()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn any_bytes_are_read_or_refused_and_never_panic(bytes in hard_bytes(), format in prop::sample::select(Format::ALL.to_vec())) {
        if let Ok(rows) = read(io::Cursor::new(bytes), "any", format) {
            // What is no table may end in the middle.
            let is_table = matches!(rows.decided_format(), Format::Csv | Format::Tsv | Format::Jsonl);
            for row in rows {
                prop_assert!(row.is_ok() || !is_table);
            }
        }
    }

    #[test]
    fn every_full_line_is_a_mark_or_a_rejection(bytes in hard_bytes()) {
        // Without quotes a record is a line: the counts must agree to the row.
        let plain: Vec<u8> = bytes.iter().copied().filter(|&byte| byte != b'"').collect();
        let rows = rows(&[b"name,classes,owner\nFIRST SO THAT NO NUL STANDS IN THE HEAD,,\n".as_slice(), &vec![b'x'; 9000], b"\n", &plain].concat());
        prop_assert_eq!(rows.len(), 2 + full_lines(&plain));
    }

    #[test]
    fn what_stands_behind_a_stray_quote_is_still_read(bytes in hard_bytes(), count in 1..20_usize) {
        // Rows without a quote can't close one: each of them must come out, whatever stood before.
        let before: Vec<u8> = bytes.into_iter().filter(|&byte| byte != 0).collect();
        let after: String = (0..count).map(|n| format!("\nROW {n},30,")).collect();
        let rows = rows(&[b"name,classes,owner\n".as_slice(), &before, b"\n\"", after.as_bytes(), b"\n"].concat());
        let names = outline(&rows);
        let expected: Vec<String> = (0..count).map(|n| format!("ROW {n}")).collect();
        prop_assert!(names.ends_with(&expected), "{:?}", names);
    }

    #[test]
    fn where_the_reads_end_changes_nothing(bytes in hard_bytes()) {
        let file = [b"name,classes\n".as_slice(), &bytes].concat();
        let outcome = |reader: Box<dyn Read + Send>| read(reader, "any.csv", Format::Csv).map(|rows| rows.map(Result::unwrap).collect::<Vec<_>>());
        let whole = outcome(Box::new(io::Cursor::new(file.clone())));
        let dripped = outcome(Box::new(Dripping(io::Cursor::new(file))));
        prop_assert_eq!(whole.map_err(|error| error.to_string()), dripped.map_err(|error| error.to_string()));
    }

    #[test]
    fn a_well_formed_file_reads_as_the_csv_crate_reads_it(
        cells in prop::collection::vec(prop::collection::vec("[a-z\",;\r\n\t 咖İ]{0,8}", 3), 1..12),
        delimiter in prop::sample::select(vec![b',', b';', b'\t']),
    ) {
        let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new());
        writer.write_record(["id", "name", "goods"]).unwrap();
        for row in &cells {
            writer.write_record(row).unwrap();
        }
        let file = writer.into_inner().unwrap();
        let input = Input::new(Box::new(io::Cursor::new(file)), "any.csv").unwrap();
        let mut records = Records::new(input, Framing::Delimited(delimiter));
        let mut found = Vec::new();
        while let Some(framed) = records.next_record().unwrap() {
            let Framed::Record(record) = framed else { panic!("a broken record") };
            let text = record.text().unwrap();
            found.push((0..record.field_count()).map(|place| record.field(text, place).into_owned()).collect::<Vec<_>>());
        }
        prop_assert_eq!(&found[1..], &cells[..]);
    }
}
