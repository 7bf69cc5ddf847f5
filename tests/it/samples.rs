//! Real files of offices, beside the repository: each mark that is read from them, field by field.
//!
//! Most of the samples may not be passed on. So the golden files (`tests/golden/registers`, one a sample) hold numbers,
//! classes, words of our own and dates as they are, and of the offices' texts a hash: enough to see that a single
//! byte of a single field is another. Each was written once a person had read the marks against the sample.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use mirip::mark::Mark;
use mirip::register::{Format, Parts, Row, open};
use xxhash_rust::xxh3::xxh3_64;

use crate::golden;

/// Folders of samples, how many files each has that an import reads, and how many marks these hold.
const FOLDERS: [(&str, usize, usize); 5] = [("euipo", 25, 25), ("pdki", 3, 18), ("tmview", 1, 300), ("uspto", 6, 469), ("wipo", 28, 28)];

/// Files there that hold no marks.
const NO_MARKS: [&str; 3] = ["README.md", "status_codes.csv", "uspto_trademark_dtd_doc.xml"];

fn samples(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/registers").join(folder);
    let Ok(entries) = std::fs::read_dir(&folder) else {
        println!("passed over: {} is absent", folder.display());
        return Vec::new();
    };
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| !NO_MARKS.iter().any(|name| path.ends_with(name)));
    paths.sort();
    paths
}

/// A text by its hash; nothing by a dash.
fn hashed(text: Option<&str>) -> String {
    text.filter(|text| !text.is_empty()).map_or_else(|| "-".to_owned(), |text| format!("{:016x}", xxh3_64(text.as_bytes())))
}

fn shown(value: Option<impl std::fmt::Display>) -> String {
    value.map_or_else(|| "-".to_owned(), |value| value.to_string())
}

fn line(mark: &Mark) -> String {
    let Mark { id, verbal_element, classes, kind, status, filed_on, registered_on, expires_on, office_status, owner, .. } = mark;
    let classes = if classes.is_empty() { "-".to_owned() } else { classes.to_string() };
    let status = status.as_str();
    let kind = format!("{kind:?}/{:?}", mark.mark_type).to_lowercase();
    let dates = [filed_on, registered_on, expires_on].map(|date| shown(date.as_ref())).join("\t");
    let country = shown(mark.owner_country.as_deref());
    let source = shown(mark.source.as_deref());
    let texts =
        [Some(verbal_element.as_str()), office_status.as_deref(), owner.as_deref(), mark.goods.as_deref(), mark.translation.as_deref()];
    assert_eq!(mark.group, None, "no office has groups");
    format!("{id}\t{classes}\t{kind}\t{status}\t{dates}\t{country}\t{source}\t{}", texts.map(hashed).join("\t"))
}

/// What is read of a file, and how many marks.
fn outline(path: &Path) -> (String, usize) {
    let mut rows = open(path, Format::Auto).unwrap_or_else(|error| panic!("{error}"));
    let (mut marks, mut parts, mut count) = (Vec::new(), Parts::new(), 0);
    for row in rows.by_ref() {
        count += 1;
        match row.unwrap_or_else(|error| panic!("{error}")) {
            Row::Mark(mark) => marks.push(mark),
            Row::Part(part) => assert_eq!(parts.add(part, Default::default()), None, "samples are small"),
            Row::Rejected(rejection) => panic!("{}: {rejection}", path.display()),
        }
    }
    marks.extend(parts.finish().map(|(mark, _)| mark));
    let mut text = format!("format {}, of {}, {count} records, {} marks\n", rows.decided_format(), shown(rows.data_date()), marks.len());
    text.push_str(
        "id\tclasses\tkind\tstatus\tfiled_on\tregistered_on\texpires_on\tcountry\tsource\tname\toffice_status\towner\tgoods\ttranslation\n",
    );
    for mark in &marks {
        writeln!(text, "{}", line(mark)).unwrap();
    }
    (text, marks.len())
}

#[test]
fn every_mark_of_every_sample_is_as_somebody_has_read_it() {
    for (folder, file_count, mark_count) in FOLDERS {
        let (mut files, mut marks) = (0, 0);
        for path in samples(folder) {
            let (text, count) = outline(&path);
            golden::check(&format!("registers/{folder}/{}.tsv", path.file_name().unwrap().to_string_lossy()), &text);
            files += 1;
            marks += count;
        }
        if files > 0 {
            assert_eq!((files, marks), (file_count, mark_count), "{folder}");
        }
    }
}

#[test]
fn no_sample_leaves_an_address_an_e_mail_or_a_telephone_number_behind() {
    for path in FOLDERS.iter().flat_map(|(folder, ..)| samples(folder)) {
        for row in open(&path, Format::Auto).unwrap() {
            let (Row::Mark(mark) | Row::Part(mark)) = row.unwrap() else { continue };
            let persons = [&mark.owner, &mark.owner_country, &mark.translation, &mark.office_status];
            for text in persons.into_iter().flatten().chain([&mark.verbal_element]) {
                assert!(!holds_contact(text), "{}: {text:?}", path.display());
            }
        }
    }
}

/// True for a text with an e-mail address, a telephone number or the beginning of a street's name in it.
fn holds_contact(text: &str) -> bool {
    let digits = |word: &str| word.bytes().filter(u8::is_ascii_digit).count();
    let is_number = |word: &str| digits(word) >= 8 && word.chars().all(|c| c.is_ascii_digit() || "+-/()".contains(c));
    let words = || text.split_whitespace();
    words().any(|word| word.contains('@') && word.contains('.') || is_number(word))
        || words()
            .any(|word| ["jl.", "jln.", "jalan", "street", "road", "avenue", "blvd"].contains(&word.to_lowercase().trim_end_matches(',')))
}

#[test]
fn a_contact_is_told_from_a_name() {
    for text in ["a@b.co", "0812-3456-7890", "+628123456789", "PT A, Jl. Mawar 1", "A Road, B"] {
        assert!(holds_contact(text), "{text}");
    }
    for text in ["PT Kenanga 1945", "KOPI @ RUMAH", "702 SECTION 8 & 15", "3M Company", "24-7"] {
        assert!(!holds_contact(text), "{text}");
    }
}
