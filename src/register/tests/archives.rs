//! ZIP archives: several members, members without data, damage, and what is made to harm.

use flate2::write::DeflateEncoder;

use super::*;

/// A member as it is to stand in an archive; what is no rule of the format can be set wrong.
struct Entry {
    path: String,
    content: Vec<u8>,
    is_packed: bool,
    is_encrypted: bool,
    is_damaged: bool,
    is_zip64: bool,
}

fn entry(path: &str, content: impl AsRef<[u8]>) -> Entry {
    let (is_packed, is_encrypted, is_damaged, is_zip64) = (true, false, false, false);
    Entry { path: path.to_owned(), content: content.as_ref().to_vec(), is_packed, is_encrypted, is_damaged, is_zip64 }
}

fn archive(entries: &[Entry]) -> Vec<u8> {
    let (mut file, mut directory) = (Vec::new(), Vec::new());
    for entry in entries {
        let place = file.len() as u32;
        let mut crc = flate2::Crc::new();
        crc.update(&entry.content);
        let mut body = entry.content.clone();
        if entry.is_packed {
            let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
            encoder.write_all(&entry.content).unwrap();
            body = encoder.finish().unwrap();
        }
        let crc = crc.sum() ^ u32::from(entry.is_damaged);
        let (packed, unpacked) = (body.len() as u64, entry.content.len() as u64);
        let mut extra = Vec::new();
        if entry.is_zip64 {
            extra.extend_from_slice(&[1, 0, 16, 0]);
            extra.extend([unpacked, packed].iter().flat_map(|size| size.to_le_bytes()));
        }
        let size = |size: u64| if entry.is_zip64 { u32::MAX } else { size as u32 };
        let mut common = Vec::new();
        common.extend(
            [45, u16::from(entry.is_encrypted), if entry.is_packed { 8 } else { 0 }, 0, 0x5821]
                .iter()
                .flat_map(|part: &u16| part.to_le_bytes()),
        );
        common.extend([crc, size(packed), size(unpacked)].iter().flat_map(|part| part.to_le_bytes()));
        common.extend([entry.path.len() as u16, extra.len() as u16].iter().flat_map(|part| part.to_le_bytes()));
        file.extend_from_slice(b"PK\x03\x04");
        file.extend_from_slice(&common);
        file.extend_from_slice(entry.path.as_bytes());
        file.extend_from_slice(&extra);
        file.extend_from_slice(&body);
        directory.extend_from_slice(b"PK\x01\x02\x2d\x03");
        directory.extend_from_slice(&common);
        directory.extend_from_slice(&[0; 6]);
        directory.extend_from_slice(&(0o100_644_u32 << 16).to_le_bytes());
        directory.extend_from_slice(&place.to_le_bytes());
        directory.extend_from_slice(entry.path.as_bytes());
        directory.extend_from_slice(&extra);
    }
    let (place, count) = (file.len() as u32, entries.len() as u16);
    file.extend_from_slice(&directory);
    file.extend_from_slice(b"PK\x05\x06\0\0\0\0");
    file.extend([count, count].iter().flat_map(|part| part.to_le_bytes()));
    file.extend([directory.len() as u32, place].iter().flat_map(|part| part.to_le_bytes()));
    file.extend_from_slice(&[0, 0]);
    file
}

fn xml(number: usize, name: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?>\n<Transaction xmlns=\"http://euipo.europa.eu/trademark/data\"><TradeMark><ApplicationNumber>{number}</ApplicationNumber>\
         <WordMarkSpecification><MarkVerbalElementText>{name}</MarkVerbalElementText></WordMarkSpecification>\
         <ApplicantDetails><ApplicantKey><Identifier>1</Identifier></ApplicantKey></ApplicantDetails></TradeMark></Transaction>"
    )
}

fn names(entries: &[Entry]) -> Vec<String> {
    outline(&rows_of(&archive(entries), "marks.zip", Format::Auto))
}

/// The rows before a failure, and the failure.
#[track_caller]
fn failure(file: Vec<u8>) -> (usize, String) {
    let opened = match read(io::Cursor::new(file), "marks.zip", Format::Auto) {
        Ok(opened) => opened,
        Err(error) => return (0, error.to_string()),
    };
    let (good, bad): (Vec<_>, Vec<_>) = opened.partition(Result::is_ok);
    (good.len(), bad.into_iter().next().expect("the archive can't be read to its end").unwrap_err().to_string())
}

#[test]
fn members_of_several_formats_are_read_one_after_the_other() {
    let stored = Entry { is_packed: false, ..entry("b/marks.csv", "name,classes\nKOPI,30\n,\n") };
    let large = Entry { is_zip64: true, ..entry("c.tsv", "name\tclasses\nTEH\t30\n") };
    let entries = [entry("a.xml", xml(1, "咖啡")), stored, large, entry("d.jsonl", "{\"name\":\"GULA\"}\n")];
    assert_eq!(names(&entries), ["咖啡", "KOPI", "!3 name", "TEH", "GULA"]);
    let rows = rows_of(&archive(&entries), "marks.zip", Format::Auto);
    assert!(matches!(&rows[2], Row::Rejected(rejection) if rejection.reason.ends_with("(member b/marks.csv)")), "{:?}", rows[2]);
}

#[test]
fn thousands_of_members_say_once_what_they_all_say() {
    let mut entries: Vec<Entry> = (0..3000).map(|number| entry(&format!("{number}.xml"), xml(number, &format!("MARK {number}")))).collect();
    entries.extend((0..500).map(|number| entry(&format!("{number}.JPG"), b"\xff\xd8\xff")));
    entries.push(entry("README.txt", "Read me"));
    let mut read = read(io::Cursor::new(archive(&entries)), "marks.zip", Format::Auto).unwrap();
    assert_eq!(read.by_ref().filter(|row| matches!(row, Ok(Row::Mark(_)))).count(), 3000);
    let warnings = read.warnings();
    assert_eq!(warnings.len(), 3, "{warnings:?}");
    assert_eq!(warnings[0], "holds no marks and is passed over: 0.JPG, 1.JPG, 2.JPG and 497 more of the kind");
    assert_eq!(warnings[1], "holds no marks and is passed over: README.txt");
    assert!(warnings[2].starts_with("owners stand in it by number alone"), "{warnings:?}");
}

#[test]
fn an_archive_with_nothing_but_prose_is_refused_by_its_member() {
    let (_, error) = failure(archive(&[entry("README.txt", "Read me\n")]));
    assert!(error.starts_with("marks.zip, member README.txt: "), "{error}");
}

#[test]
fn damage_is_told_with_its_member() {
    let good = || entry("a.csv", "name\nA\n");
    let damaged = Entry { is_damaged: true, ..entry("b.csv", "name\nB\n") };
    let (count, error) = failure(archive(&[good(), damaged]));
    assert!(count >= 1 && error.starts_with("marks.zip, member b.csv: can't be read"), "{count} {error}");
    let whole = archive(&[good(), entry("b.csv", "name\nB\n")]);
    for end in [whole.len() - 1, whole.len() - 30, whole.len() / 2, 40] {
        let (count, error) = failure(whole[..end].to_vec());
        assert_eq!(count, 0);
        assert!(error.contains("the ZIP container is damaged or its end is missing"), "{error}");
    }
    let (_, error) = failure(archive(&[Entry { is_encrypted: true, ..good() }]));
    assert!(error.contains("member a.csv: is protected by a password"), "{error}");
    let (count, error) = failure(archive(&[good(), entry("inner.zip", archive(&[good()]))]));
    assert!(count == 1 && error.contains("member inner.zip: is an archive in an archive"), "{error}");
}

#[test]
fn a_path_that_leads_out_leads_nowhere() {
    for path in ["../../etc/x.csv", "/etc/x.csv", "C:\\x.csv", "..\\x.csv"] {
        assert_eq!(names(&[entry(path, "name\nKOPI\n")]), ["KOPI"]);
    }
}

#[test]
fn a_bomb_is_left_where_it_grows_beyond_what_an_office_packs() {
    // 70 MB of zeros in 70 KB.
    let bomb = [b"name\nA\n".to_vec(), vec![b'\n'; 70 << 20]].concat();
    let (count, error) = failure(archive(&[entry("a.csv", bomb)]));
    assert_eq!(count, 1);
    assert!(error.contains("member a.csv: can't be read on"), "{error}");
}

#[test]
fn a_list_of_files_that_would_fill_the_memory_is_refused() {
    let entries: Vec<Entry> = (0..600).map(|number| entry(&format!("{number}{}.csv", "x".repeat(60_000)), "name\nA\n")).collect();
    let mut file = archive(&entries);
    let (_, error) = failure(file.clone());
    assert!(error.contains("list of files is too long"), "{error}");
    // Looked through for an end that isn't there it is damaged.
    file.truncate(file.len() - 30);
    assert!(failure(file).1.contains("damaged or its end is missing"));
}

#[test]
fn behind_a_member_that_fails_the_next_can_be_read() {
    let damaged = |path: &str| Entry { is_damaged: true, ..entry(path, "name\nX\n") };
    let cut = entry("c.xml", &xml(1, "Y")[..150]);
    let entries =
        [damaged("a.csv"), entry("b.csv", "name\nB\n"), cut, entry("d.png", "?"), entry("e.txt", "prose"), entry("f.csv", "name\nF\n")];
    let mut read = read(io::Cursor::new(archive(&entries)), "marks.zip", Format::Auto).unwrap();
    let (mut names, mut failures) = (Vec::new(), Vec::new());
    loop {
        match read.next() {
            Some(Ok(row)) => names.extend(outline(&[row])),
            Some(Err(error)) => {
                failures.push(error.to_string());
                assert!(read.pass_over_failure());
            }
            None => break,
        }
    }
    assert!(names.ends_with(&["B".to_owned(), "F".to_owned()]), "{names:?}");
    let members: Vec<&str> = failures.iter().map(|failure| failure.split(": ").next().unwrap()).collect();
    assert_eq!(members, ["marks.zip, member a.csv", "marks.zip, member c.xml", "marks.zip, member e.txt"], "{failures:?}");
    // There is nothing behind the end, and nothing behind the failure of a file of its own.
    assert!(!read.pass_over_failure());
    let mut alone = super::super::read(io::Cursor::new(gzip(b"name\nA\n")[..20].to_vec()), "a.gz", Format::Auto).unwrap();
    assert!(alone.by_ref().any(|row| row.is_err()) && !alone.pass_over_failure());
}
