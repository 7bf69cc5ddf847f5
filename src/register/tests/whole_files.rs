//! Files that are read or refused as a whole: what is no table, gzip, huge lines, readers that fail.

use super::*;
use crate::register::delimited::DelimitedReader;
use crate::register::reader::Reader;

#[test]
fn files_that_are_no_table_are_refused_with_their_mend() {
    #[track_caller]
    fn check(file: &[u8], name: &str, says: &str) {
        let message = refusal(file, name);
        assert!(message.starts_with(name) && message.contains(says), "{message}");
    }
    check(b"", "a.csv", "is empty");
    check(b"\xef\xbb\xbf\r\n ", "a.csv", "is empty");
    check(b"%PDF-1.7\n", "a.csv", "the PDF ends in the middle");
    check(b"PK\x03\x04rest", "a.xlsx", "the ZIP container is damaged");
    check(b"PK\x03\x04rest", "a.zip", "the ZIP container is damaged");
    check(b"\x89PNG\r\n", "a.csv", "is a PNG");
    check(b"\xd0\xcf\x11\xe0", "a.xls", "is damaged, or no workbook");
    check(b"n\0a\0m\0e\0\n\0A\0", "a.csv", "is UTF-16");
    check(b"name\nA\0B\n", "a.csv", "is a binary file");
    check(b"<?xml version='1.0'?>", "a.xml", "is XML");
    check(b"[{\"name\":\"A\"}]", "a.json", "one JSON array");
    check(b"kelas;pemilik\n30;X\n", "a.csv", "has no column `name`; its columns are \"kelas\", \"pemilik\"");
    check(b"na\xffme\nA", "a.csv", "header is not UTF-8");
    check(b"\"name\nA", "a.csv", "header can't be read");
    check(&gzip(b""), "a.csv.gz", "is empty");
    check(&gzip(&gzip(b"name\nA")), "a.csv.gz", "gzipped twice");
}

#[test]
fn utf_16_is_read_by_its_byte_order_mark() {
    let text = "\u{feff}name\tclasses\r\nKOPI KENANGA\t30\r\n咖啡\t43\r\n";
    let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    for file in [&little, &big] {
        assert_eq!(outline(&rows_of(file, "Unicode text.txt", Format::Auto)), ["KOPI KENANGA", "咖啡"]);
    }
    assert_eq!(outline(&rows_of(&gzip(&little), "a.txt.gz", Format::Auto)), ["KOPI KENANGA", "咖啡"]);
    // Half a character at the end: what stands before it is read.
    let mut read = read(io::Cursor::new(little[..little.len() - 1].to_vec()), "a.txt", Format::Auto).unwrap();
    assert!(read.any(|row| row.is_err_and(|error| error.to_string().contains("save it anew as UTF-8"))));
}

#[test]
fn paths_that_are_no_file_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let message = |path: &Path| open(path, Format::Auto).err().expect("refused").to_string();
    assert!(message(folder.path()).contains("is a folder"));
    assert!(message(&folder.path().join("absent.csv")).contains("does not exist"));
}

#[test]
fn a_header_alone_is_no_rows() {
    for file in ["name", "name\n", "id,name\r\n\r\n"] {
        assert_eq!(rows(file.as_bytes()), [], "{file:?}");
    }
}

#[test]
fn gzip_is_read_as_it_is_and_counted_in_its_own_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("marks.csv");
    let packed = [gzip(b"name,classes\nA,1\nB"), gzip(b"C,2\n")].concat();
    std::fs::write(&path, &packed).unwrap();
    let mut read = open(&path, Format::Auto).unwrap();
    let rows: Vec<Row> = read.by_ref().collect::<Result<_>>().unwrap();
    assert_eq!(outline(&rows), ["A", "BC"]);
    assert_eq!((read.bytes_read(), read.total_bytes()), (packed.len() as u64, Some(packed.len() as u64)));
}

#[test]
fn a_gzip_that_ends_early_gives_its_whole_rows_and_then_an_error() {
    let content: String = "name,classes\n"
        .chars()
        .chain((0..50_000).flat_map(|n| format!("MARK {n},{}\n", n % 45 + 1).chars().collect::<Vec<_>>()))
        .collect();
    let mut packed = gzip(content.as_bytes());
    packed.truncate(packed.len() / 2);
    let mut read = read(io::Cursor::new(packed), "marks.csv.gz", Format::Auto).unwrap();
    let (mut good, mut error) = (0, None);
    for row in read.by_ref() {
        match row {
            Ok(Row::Part(part)) => panic!("{part:?}"),
            Ok(Row::Mark(mark)) => {
                assert_eq!(mark.verbal_element, format!("MARK {good}"), "no row is cut short");
                assert!(error.is_none());
                good += 1;
            }
            Ok(Row::Rejected(rejection)) => panic!("{rejection}"),
            Err(failure) => error = Some(failure.to_string()),
        }
    }
    let error = error.expect("the end is missing");
    assert!(good > 1000 && error.contains("ends in the middle") && error.contains(&format!("line {}", good + 2)), "{error}");
    assert!(read.next().is_none());
}

/// Hands out `head`, then `count` times `filler`, then `tail`, in uneven pieces.
struct Huge {
    head: Vec<u8>,
    filler: u8,
    count: u64,
    tail: Vec<u8>,
}

impl Read for Huge {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.head.is_empty() && self.count == 0 {
            self.head = std::mem::take(&mut self.tail);
        }
        if self.head.is_empty() {
            let count = self.count.min(buffer.len() as u64 / 3 + 1);
            buffer[..count as usize].fill(self.filler);
            self.count -= count;
            return Ok(count as usize);
        }
        let count = self.head.len().min(buffer.len()).min(7);
        buffer[..count].copy_from_slice(&self.head[..count]);
        self.head.drain(..count);
        Ok(count)
    }
}

#[test]
fn a_huge_line_is_passed_over_in_constant_memory() {
    for (head, tail) in
        [("name,goods\nA,1\nB,", "\nC,2\n"), ("name,goods\nA,1\n\"B,", "\"\nC,2\n"), ("name,goods\nA,1\nB,\"", "\r\nC,2\r\n")]
    {
        let file = Huge { head: head.into(), filler: b'x', count: 200 << 20, tail: tail.into() };
        let mut reader = DelimitedReader::new(Input::new(Box::new(file), "huge.csv").unwrap(), b',', 0).unwrap();
        let rows: Vec<Row> = std::iter::from_fn(|| reader.next_row().unwrap()).collect();
        assert_eq!(outline(&rows), ["A", "!3 -", "C"], "{head:?}");
        let Row::Rejected(rejection) = &rows[1] else { unreachable!("outlined above") };
        assert_eq!(rejection.raw.chars().count(), Rejection::MAX_RAW_CHARS);
        assert!(rejection.reason.contains("longer than 1 MiB"), "{rejection}");
        let held = reader.input().buffer_bytes();
        assert!(held <= 4 << 20, "{held} bytes held");
    }
}

#[test]
fn a_record_of_just_the_limit_is_read() {
    for (extra, expected) in [(0, "A"), (1, "!2 -")] {
        let goods = "x".repeat(framing::MAX_RECORD_BYTES - "A,".len() + extra);
        let file = format!("name,goods\nA,{goods}\r\nB,y\r\n");
        assert_eq!(outline(&rows(file.as_bytes())), [expected, "B"]);
    }
}

#[test]
fn a_reader_that_fails_ends_the_rows_behind_the_good_ones() {
    struct Failing;
    impl Read for Failing {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("the stick was pulled"))
        }
    }
    let file = io::Cursor::new(b"name\nA\nB\nhalf a na".to_vec()).chain(Failing);
    let found: Vec<Result<Row>> = read(file, "stick.csv", Format::Auto).unwrap().collect();
    assert_eq!(found.len(), 3);
    let error = found[2].as_ref().unwrap_err().to_string();
    assert!(error.contains("line 4") && error.contains("the stick was pulled"), "{error}");
}
