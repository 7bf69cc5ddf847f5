//! The real samples beside the repository: as many marks as records, and what they hold in sum.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::*;
use crate::register::open as open_path;

/// Files of a folder of real samples that end in `.xml`; none, and said so, where the folder is absent.
fn samples(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/registers").join(folder);
    let Ok(entries) = std::fs::read_dir(&folder) else {
        eprintln!("{}: absent, its part is passed over", folder.display());
        return Vec::new();
    };
    let mut paths: Vec<PathBuf> =
        entries.map(|entry| entry.unwrap().path()).filter(|path| path.extension().is_some_and(|ending| ending == "xml")).collect();
    paths.sort();
    paths
}

#[track_caller]
fn marks_of(path: &Path) -> Vec<Mark> {
    let rows = open_path(path, Format::Auto).unwrap().map(|row| match row.unwrap() {
        Row::Mark(mark) => mark,
        row => panic!("{}: {row:?}", path.display()),
    });
    rows.collect()
}

/// How many marks there are of each kind, counted by what `key` says of them.
fn counted(marks: &[Mark], key: impl Fn(&Mark) -> String) -> String {
    let mut counts = BTreeMap::new();
    for mark in marks {
        *counts.entry(key(mark)).or_insert(0) += 1;
    }
    counts.iter().map(|(key, count)| format!("{key} {count}")).collect::<Vec<_>>().join(", ")
}

#[test]
fn the_daily_file_of_the_us_office_gives_a_mark_for_each_case_file() {
    for path in samples("uspto").iter().filter(|path| path.ends_with("apc_daily_seed.xml")) {
        let text = std::fs::read_to_string(path).unwrap();
        let marks = marks_of(path);
        assert_eq!((marks.len(), text.matches("</case-file>").count()), (11, 11));
        assert_eq!(counted(&marks, |mark| mark.status.as_str().to_owned()), "pending 4, registered 7");
        assert_eq!(counted(&marks, |mark| format!("{:?}", mark.kind)), "Combined 1, Word 10");
        assert!(
            marks.iter().all(|mark| mark.owner.is_some() && mark.goods.is_some() && mark.filed_on.is_some() && !mark.classes.is_empty())
        );
        let mut read = open_path(path, Format::Auto).unwrap();
        read.by_ref().for_each(drop);
        assert_eq!(read.data_date().unwrap().to_string(), "2018-02-18");
    }
}

#[test]
fn the_single_cases_of_the_us_office_are_one_mark_each() {
    let read: Vec<Mark> =
        samples("uspto").iter().filter(|path| path.to_string_lossy().contains("tsdr_")).flat_map(|path| marks_of(path)).collect();
    if !read.is_empty() {
        let outline: Vec<_> = read.iter().map(|mark| format!("{} {} {}", mark.id, mark.classes, mark.status.as_str())).collect();
        assert_eq!(outline, ["US-74631225 9 registered", "US-74631225 9 registered", "US-76044902 9;42 registered"]);
        assert!(
            read.iter().all(|mark| mark.owner_country.as_deref() == Some("US") && mark.goods.is_some() && mark.registered_on.is_some())
        );
    }
}

#[test]
fn the_records_that_wipo_gathers_are_one_mark_each() {
    let paths = samples("wipo");
    let read: Vec<Mark> = paths.iter().flat_map(|path| marks_of(path)).collect();
    assert_eq!(read.len(), paths.len());
    if !read.is_empty() {
        assert_eq!(read.len(), 28);
        let sources = counted(&read, |mark| mark.source.clone().unwrap());
        assert_eq!(
            sources,
            "wipo-al 1, wipo-br 1, wipo-id 2, wipo-il 8, wipo-kh 1, wipo-la 1, wipo-mg 1, wipo-my 2, wipo-pg 1, wipo-sm 1, wipo-to 8, wipo-ws 1"
        );
        assert_eq!(
            counted(&read, |mark| mark.status.as_str().to_owned()),
            "expired 2, pending 8, refused 2, registered 13, removed 2, unknown 1"
        );
        assert!(
            read.iter()
                .filter(|mark| mark.source.as_deref() == Some("wipo-id"))
                .all(|mark| mark.id.starts_with('D') && mark.translation.is_some())
        );
    }
}

#[test]
fn the_bulk_files_of_the_eu_office_are_one_mark_each() {
    let paths = samples("euipo");
    let read: Vec<Mark> = paths.iter().flat_map(|path| marks_of(path)).collect();
    assert_eq!(read.len(), paths.len());
    if !read.is_empty() {
        assert_eq!(read.len(), 25);
        assert_eq!(counted(&read, |mark| mark.status.as_str().to_owned()), "pending 13, registered 11, withdrawn 1");
        assert_eq!(counted(&read, |mark| format!("{:?}", mark.kind)), "Combined 8, Word 17");
        assert!(read.iter().all(|mark| mark.goods.is_some() && !mark.verbal_element.is_empty() && mark.filed_on.is_some()));
    }
}
