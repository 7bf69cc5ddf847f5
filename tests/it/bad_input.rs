//! What goes wrong outside: files, folders, disks, other processes. Each has an error that
//! says the place and the mend, and costs nothing that was there before.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::thread;
use std::time::Duration;

use mirip::index::{Index, Writer};
use mirip::mark::Mark;
use serde_json::Value;
use tempfile::TempDir;

use crate::cli::{Run, command, finish, run};

fn folder() -> (TempDir, impl Fn(&str) -> String) {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().to_owned();
    (folder, move |name: &str| root.join(name).to_str().unwrap().to_owned())
}

/// A register of two marks.
fn register_at(path: &str) {
    let mut writer = Writer::open(Path::new(path)).unwrap();
    writer.add(&Mark::new("1", "SARI MURNI")).unwrap();
    writer.add(&Mark::new("2", "BAROKAH JAYA")).unwrap();
    writer.commit(None, &|_, _| ()).unwrap();
}

#[track_caller]
fn check_refused(run: &Run, status: i32, parts: &[&str]) {
    assert_eq!((run.status, run.stdout.as_str()), (status, ""), "{}", run.stderr);
    for part in parts {
        assert!(run.stderr.contains(part), "{part} is missing: {}", run.stderr);
    }
    assert!(run.stderr.starts_with("mirip: ") && !run.stderr.contains("panicked"), "{}", run.stderr);
}

fn marks(register: &str) -> Value {
    let stats = run(&["stats", "--register", register, "--json"]);
    assert_eq!(stats.status, 0, "{}", stats.stderr);
    serde_json::from_str::<Value>(&stats.stdout).unwrap()["register"]["marks"].take()
}

#[test]
fn a_file_that_is_no_table_is_refused_by_name_and_leaves_no_folder() {
    let utf16: Vec<u8> = "name,classes\nA,30\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    std::io::Write::write_all(&mut packed, "name\nKOPI KENANGA\nSARI\n".as_bytes()).unwrap();
    let packed = packed.finish().unwrap();
    let files: [(&str, &[u8], &str); 5] = [
        ("empty.csv", b"", "is empty"),
        ("binary.csv", b"\x7fELF\0\0\0\x01\x02", "binary"),
        ("no_name.csv", b"produk,kelas\nA,30\n", "call the one with the words of the mark `name`"),
        ("utf16.csv", &utf16, "UTF-16"),
        ("cut.csv.gz", &packed[..packed.len() - 12], "ends in the middle"),
    ];
    let (_folder, path) = folder();
    for (name, bytes, part) in files {
        fs::write(path(name), bytes).unwrap();
        check_refused(&run(&["import", &path(name), "--register", &path("register")]), 2, &[name, part]);
        check_refused(&run(&["screen", &path(name), "--output", &path("out.csv")]), 2, &[name]);
    }
    fs::create_dir(path("folder.csv")).unwrap();
    check_refused(&run(&["import", &path("folder.csv"), "--register", &path("register")]), 2, &["folder.csv: is a folder"]);
    assert!(!Path::new(&path("register")).exists() && !Path::new(&path("out.csv")).exists());
}

#[test]
fn each_bad_row_is_told_by_line_and_field_and_the_others_go_in() {
    let (_folder, path) = folder();
    let rows = b"name,classes,filed_on,extra\nGOOD,30,2020-01-01,\nA,0,,\nB,46,,\nC,abc,,\nD,,2020-02-30,\nE\xff,30,,\n\"F,30,,\n   ,30,,\nLAST,30,,\n";
    fs::write(path("marks.csv"), rows).unwrap();
    let imported = run(&["import", &path("marks.csv"), "--register", &path("register")]);
    assert_eq!(imported.status, 0, "{}", imported.stderr);
    assert_eq!(imported.stderr.matches("marks.csv").count(), 1, "the file is named once: {}", imported.stderr);
    let mut rejected = csv::Reader::from_path(Path::new(&path("register")).join("rejected.csv")).unwrap();
    let places: Vec<String> = rejected.records().map(|row| row.map(|row| format!("{} {}", &row[1], &row[2])).unwrap()).collect();
    assert_eq!(places, ["3 classes", "4 classes", "5 classes", "6 filed_on", "7 name", "8 ", "9 name"]);
    assert_eq!(marks(&path("register")), 2);
}

#[test]
fn wrong_numbers_are_refused_with_what_they_may_be() {
    check_refused(&run(&["check", "X", "--min-score", "2"]), 2, &["--min-score", "from 0 to 1"]);
    check_refused(&run(&["check", "X", "--min-score", "-1"]), 2, &["--min-score", "from 0 to 1"]);
    check_refused(&run(&["check", "X", "--limit", "-5"]), 2, &["--limit", "from 1 to 1000"]);
    check_refused(&run(&["check", "X", "--limit", "many"]), 2, &["--limit", "whole number"]);
    check_refused(&run(&["serve", "--listen", "localhost"]), 2, &["--listen", "127.0.0.1:8080"]);
}

#[test]
fn a_path_without_a_register_is_refused_by_every_verb_that_reads_one() {
    let (_folder, path) = folder();
    fs::write(path("file"), "x").unwrap();
    fs::create_dir(path("empty")).unwrap();
    fs::create_dir(path("foreign")).unwrap();
    fs::write(path("foreign/notes.txt"), "mine").unwrap();
    let cases = [
        ("file", "is a file; a register is a folder"),
        ("file/below", "below a file"),
        ("empty", "import FILE"),
        ("foreign", "other files"),
    ];
    for (name, part) in cases {
        for verb in [&["check", "X"][..], &["stats"], &["serve", "--listen", "127.0.0.1:0"]] {
            check_refused(&run(&[verb, &["--register", &path(name)]].concat()), 3, &[&path(name), part]);
        }
    }
    fs::write(path("marks.csv"), "name\nA\n").unwrap();
    for (name, part) in [cases[0], cases[1], cases[3]] {
        check_refused(&run(&["import", &path("marks.csv"), "--register", &path(name)]), 3, &[&path(name), part]);
    }
    assert_eq!(fs::read_dir(path("foreign")).unwrap().count(), 1, "nothing is added to a foreign folder");
}

#[test]
fn a_first_import_that_fails_keeps_the_folder_that_was_there() {
    let (_folder, path) = folder();
    fs::create_dir(path("mine")).unwrap();
    fs::write(path("mine/.gitkeep"), "").unwrap();
    fs::write(path("bad.csv"), "name,classes\nA,99\n").unwrap();
    for register in ["mine", "made"] {
        check_refused(&run(&["import", &path("bad.csv"), "--register", &path(register)]), 2, &["bad.csv, line 2, field classes"]);
    }
    assert!(!Path::new(&path("made")).exists());
    let mut left: Vec<_> = fs::read_dir(path("mine")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    left.sort();
    assert_eq!(left, [".gitkeep", "writer.lock"]);
}

#[test]
fn a_first_import_that_broke_off_is_no_register_and_the_next_makes_one() {
    let (_folder, path) = folder();
    // As it is left where the process is killed: nothing was committed.
    let mut writer = Writer::open(Path::new(&path("register"))).unwrap();
    writer.add(&Mark::new("1", "SARI MURNI")).unwrap();
    drop(writer);
    for verb in [&["check", "SARI MURNI"][..], &["stats"]] {
        check_refused(&run(&[verb, &["--register", &path("register")]].concat()), 3, &["ever finished", "import FILE"]);
    }
    register_at(&path("register"));
    assert_eq!(marks(&path("register")), 2);
}

#[test]
fn an_import_that_broke_off_leaves_what_was_committed() {
    let (_folder, path) = folder();
    register_at(&path("register"));
    let digest = Index::open(Path::new(&path("register"))).unwrap().digest();
    let mut writer = Writer::open(Path::new(&path("register"))).unwrap();
    writer.add(&Mark::new("1", "OTHER WORDS")).unwrap();
    writer.add(&Mark::new("3", "MORE WORDS")).unwrap();
    drop(writer);
    assert_eq!(Index::open(Path::new(&path("register"))).unwrap().digest(), digest);
    register_at(&path("register"));
    assert_eq!(Index::open(Path::new(&path("register"))).unwrap().digest(), digest, "the same marks again");
}

#[test]
fn a_second_import_names_who_writes_and_waits_where_it_may() {
    let (_folder, path) = folder();
    register_at(&path("register"));
    fs::write(path("marks.csv"), "id,name\n3,KOPI KENANGA\n").unwrap();
    let arguments = ["import", &path("marks.csv"), "--register", &path("register")];
    let writer = Writer::open(Path::new(&path("register"))).unwrap();
    check_refused(&run(&arguments), 3, &[&format!("process {}", std::process::id()), "--wait"]);
    let waiting = command(&arguments).arg("--wait").stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    thread::sleep(Duration::from_millis(300));
    drop(writer);
    let waited = waiting.wait_with_output().unwrap();
    let remark = String::from_utf8(waited.stderr).unwrap();
    assert!(waited.status.success() && remark.contains("waiting until it is done"), "{remark}");
    assert_eq!(marks(&path("register")), 3);
}

#[test]
fn a_reader_that_looks_at_the_lock_stops_no_import() {
    let (_folder, path) = folder();
    register_at(&path("register"));
    let lock = fs::File::open(path("register/writer.lock")).unwrap();
    lock.try_lock_shared().unwrap();
    let looking = thread::spawn(move || {
        thread::sleep(Duration::from_millis(30));
        drop(lock);
    });
    register_at(&path("register"));
    looking.join().unwrap();
}

/// The only file of a folder with this ending.
fn file_of(folder: &str, ending: &str) -> PathBuf {
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files.into_iter().find(|path| path.extension().is_some_and(|found| found == ending)).unwrap()
}

#[test]
fn a_damaged_sheet_is_built_again_without_a_word() {
    let (_folder, path) = folder();
    register_at(&path("register"));
    let sheet = file_of(&path("register/sheets"), "sheet");
    let whole = fs::read(&sheet).unwrap();
    let mut overwritten = whole.clone();
    overwritten[whole.len() / 2] ^= 0x55;
    for damage in [&whole[..whole.len() / 2], &[], &overwritten, b"no sheet at all"] {
        fs::write(&sheet, damage).unwrap();
        let found = run(&["check", "SARI MURNI", "--register", &path("register"), "--json"]);
        assert_eq!((found.status, found.stderr.as_str()), (1, ""));
        let found: Value = serde_json::from_str(&found.stdout).unwrap();
        assert_eq!((&found["hits"][0]["mark"]["id"], &found["register"]["compared"]), (&"1".into(), &2.into()));
        assert_eq!(fs::read(&sheet).unwrap(), whole, "the same sheet again");
    }
}

#[test]
fn a_damaged_register_says_which_file_and_what_to_do() {
    let (_folder, path) = folder();
    register_at(&path("register"));
    fs::write(path("marks.csv"), "name\nA\n").unwrap();
    let mend = "import its files again into a new folder";
    for ending in ["store", "term", "idx"] {
        let file = file_of(&path("register"), ending);
        let name = file.file_name().unwrap().to_str().unwrap().to_owned();
        let whole = fs::read(&file).unwrap();
        let mut overwritten = whole.clone();
        overwritten[whole.len() / 3] ^= 0x55;
        for damage in [&whole[..whole.len() / 2], &[], &overwritten] {
            fs::write(&file, damage).unwrap();
            check_refused(&run(&["check", "SARI", "--register", &path("register")]), 3, &[&path("register"), &name, mend]);
        }
        fs::remove_file(&file).unwrap();
        check_refused(&run(&["stats", "--register", &path("register")]), 3, &[&name, "is missing", mend]);
        fs::write(&file, whole).unwrap();
    }
    let meta = fs::read(path("register/meta.json")).unwrap();
    fs::write(path("register/meta.json"), &meta[..meta.len() / 2]).unwrap();
    for verb in [&["check", "SARI"][..], &["import", &path("marks.csv")]] {
        let refused = run(&[verb, &["--register", &path("register")]].concat());
        check_refused(&refused, 3, &["meta.json", mend]);
        assert!(!refused.stderr.contains("segment"), "the file is not quoted: {}", refused.stderr);
    }
    fs::write(path("register/meta.json"), meta).unwrap();
    assert_eq!(marks(&path("register")), 2);
}

#[cfg(unix)]
#[test]
fn whoever_may_read_the_folder_may_read_the_register() {
    use std::os::unix::fs::PermissionsExt;
    let (_folder, path) = folder();
    register_at(&path("register"));
    for list in ["register/meta.json", "register/.managed.json"] {
        assert_eq!(fs::metadata(path(list)).unwrap().permissions().mode() & 0o777, 0o644, "{list}");
    }
}

#[test]
fn an_output_that_has_no_folder_says_so() {
    let (_folder, path) = folder();
    register_at(&path("register"));
    fs::write(path("list.csv"), "name\nA\n").unwrap();
    let screened = run(&["screen", &path("list.csv"), "--register", &path("register"), "--output", &path("absent/out.csv")]);
    check_refused(&screened, 2, &["absent/out.csv: can't be written; make its folder first"]);
}

#[test]
fn names_that_cannot_be_compared_are_refused_and_listed() {
    let (_folder, path) = folder();
    register_at(&path("register"));
    let long = "A".repeat(10_000);
    for (name, part) in [(long.as_str(), "may have 1000"), ("😀", "no letter or digit"), ("   ", "is empty")] {
        check_refused(&run(&["check", name, "--register", &path("register")]), 2, &[part]);
    }
    fs::write(path("list.csv"), format!("name,id\n{long},1\n😀,2\n\"  \",3\nSARI MURNI,4\n")).unwrap();
    let screened = finish(&mut command(&["screen", &path("list.csv"), "--register", &path("register"), "--output", "-"]));
    assert_eq!(screened.status, 1, "{}", screened.stderr);
    let rows: Vec<Value> = screened.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let is_unread: Vec<bool> = rows.iter().map(|row| row["verdict"].is_null() && row["error"].is_string()).collect();
    assert_eq!(is_unread, [true, true, true, false]);
}

#[test]
fn a_mark_without_words_is_imported_and_in_the_way_of_no_search() {
    let (_folder, path) = folder();
    let (register, answer) = (path("register"), path("jawaban.json"));
    let hit = |number: &str, name: &str| {
        format!("{{\"_source\":{{\"nomor_permohonan\":\"{number}\",\"nama_merek\":{name},\"t_class\":[{{\"class_no\":30}}]}}}}")
    };
    let hits = [hit("DID2030000001", "null"), hit("DID2030000002", "\"KOPI KENANGA\""), hit("DID2030000001", "\"-\"")].join(",");
    fs::write(&answer, format!("{{\"hits\":{{\"hits\":[{hits}]}}}}")).unwrap();
    for _ in 0..2 {
        let import = run(&["import", &answer, "--register", &register, "--json"]);
        assert_eq!(import.status, 0, "{}", import.stderr);
        assert_eq!(marks(&register), 2);
    }
    let check = run(&["check", "KOPI KENANGA", "--register", &register, "--json"]);
    assert!(check.stdout.contains("DID2030000002") && !check.stdout.contains("DID2030000001"), "{} {}", check.stdout, check.stderr);
}
