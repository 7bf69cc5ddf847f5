//! The command line as scripts see it: exit statuses, which stream says what, and shapes.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::golden;

/// What a run of the command left behind.
pub(super) struct Run {
    pub(super) status: i32,
    pub(super) stdout: String,
    pub(super) stderr: String,
}

pub(super) fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("mirip"));
    // Nothing of the place where the tests run may decide what they see.
    command.args(arguments).env_remove("MIRIP_REGISTER").env_remove("MIRIP_LOG").env_remove("COLUMNS");
    command
}

#[track_caller]
pub(super) fn finish(command: &mut Command) -> Run {
    let output = command.output().expect("the command starts");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("output is UTF-8");
    Run { status: output.status.code().expect("no signal"), stdout: text(output.stdout), stderr: text(output.stderr) }
}

#[track_caller]
pub(super) fn run(arguments: &[&str]) -> Run {
    finish(&mut command(arguments))
}

/// Runs with `input` on stdin.
#[track_caller]
fn run_with(arguments: &[&str], input: &[u8]) -> Run {
    let mut file = tempfile::tempfile().expect("a temporary file");
    file.write_all(input).expect("room for a few bytes");
    std::io::Seek::rewind(&mut file).expect("a file rewinds");
    finish(command(arguments).stdin(file))
}

const VERBS: [&str; 8] = ["import", "inspect", "check", "compare", "screen", "evaluate", "serve", "stats"];

#[test]
fn help_of_every_verb_has_examples_and_stays_as_it_was() {
    for verb in VERBS {
        let help = run(&[verb, "--help"]);
        assert_eq!((help.status, help.stderr.as_str()), (0, ""), "{verb}");
        assert!(help.stdout.contains("Examples:\n  mirip "), "{verb}");
        golden::check(&format!("help_{verb}.txt"), &help.stdout);
    }
    let help = run(&["--help"]);
    assert_eq!(help.status, 0);
    golden::check("help.txt", &help.stdout);
    for verb in VERBS {
        assert!(help.stdout.contains(&format!("\n  {verb} ")), "{verb}");
    }
}

#[test]
fn alone_it_shows_help_as_an_error() {
    let alone = run(&[]);
    assert_eq!((alone.status, alone.stdout.as_str()), (2, ""));
    assert!(alone.stderr.contains("Usage: mirip"), "{}", alone.stderr);
}

#[test]
fn the_version_is_the_crates() {
    let version = run(&["--version"]);
    assert_eq!((version.status, version.stdout.trim()), (0, concat!("mirip ", env!("CARGO_PKG_VERSION"))));
}

#[track_caller]
fn check_refused(arguments: &[&str], status: i32, mend: &str) {
    let refused = run(arguments);
    assert_eq!((refused.status, refused.stdout.as_str()), (status, ""), "{arguments:?}: {}", refused.stderr);
    assert!(refused.stderr.starts_with("mirip: "), "{arguments:?}: {}", refused.stderr);
    assert!(refused.stderr.contains(mend), "{arguments:?}: {}", refused.stderr);
    assert!(!refused.stderr.contains('\u{1b}'), "no color in a pipe: {:?}", refused.stderr);
}

#[test]
fn wrong_use_is_refused_with_its_mend() {
    check_refused(&["check"], 2, "<NAME>");
    check_refused(&["check", "X", "--class", "46"], 2, "1 to 45");
    check_refused(&["check", "X", "--class", "kopi"], 2, "1 to 45");
    check_refused(&["check", "X", "--class", ""], 2, "leave it out");
    check_refused(&["check", "X", "--limit", "0"], 2, "from 1 to 1000");
    check_refused(&["check", "X", "--limit", "1001"], 2, "from 1 to 1000");
    check_refused(&["check", "X", "--min-score", "70"], 2, "write 0.7");
    check_refused(&["check", "X", "--min-score", "NaN"], 2, "from 0 to 1");
    check_refused(&["check", "X", "--filed-on", "24/11/2026"], 2, "2026-11-24");
    check_refused(&["check", "X", "--lang", "fr"], 2, "id, en");
    check_refused(&["compare", "X"], 2, "<B>");
    check_refused(&["screen", "list.csv"], 2, "--output");
    check_refused(&["screen", "list.csv", "--output", "-", "--json"], 2, "leave one out");
    check_refused(&["serve", "--listen", "8080"], 2, "--listen");
    check_refused(&["import", "marks.csv"], 2, "--register DIR");
    check_refused(&["import", "--register", "x"], 2, "<FILE>");
    check_refused(&["import", "marks.csv", "--register", "x", "--format", "pdf"], 2, "auto, csv, tsv, jsonl");
    check_refused(&["chekc", "X"], 2, "'check'");
}

#[test]
fn a_register_that_is_not_there_is_said_with_its_mend() {
    for verb in [&["check", "X"][..], &["compare", "X", "Y"], &["stats"], &["serve"]] {
        check_refused(&[verb, &["--register", "no/such/register"]].concat(), 3, "mirip import FILE --register no/such/register");
    }
    check_refused(&["check", "X", "--register", "Cargo.toml"], 3, "a register is a folder");
}

#[test]
fn the_environment_names_the_register_where_no_flag_does() {
    let named = finish(command(&["stats"]).env("MIRIP_REGISTER", "no/such/register"));
    assert_eq!(named.status, 3);
    assert!(named.stderr.contains("no/such/register"), "{}", named.stderr);
    let flag = finish(command(&["stats", "--register", "other/register"]).env("MIRIP_REGISTER", "no/such/register"));
    assert!(flag.stderr.contains("other/register: no such register"), "{}", flag.stderr);
    let empty = finish(command(&["stats"]).env("MIRIP_REGISTER", ""));
    assert_eq!(empty.status, 0, "an empty value names nothing: {}", empty.stderr);
}

#[test]
fn names_on_stdin_are_text_with_a_name_in_it() {
    for (input, mend) in [(&b""[..], "one name a line"), (b"\n \n", "one name a line"), (b"KOPI\n\xff\n", "line 2")] {
        let refused = run_with(&["check", "-"], input);
        assert_eq!((refused.status, refused.stdout.as_str()), (2, ""));
        assert!(refused.stderr.contains(mend), "{}", refused.stderr);
    }
}

/// Runs with a stdout whose reader is gone before the command starts.
#[track_caller]
fn run_unread(arguments: &[&str]) -> Run {
    let (reader, writer) = std::io::pipe().expect("a pipe");
    drop(reader);
    finish(command(arguments).stdout(writer))
}

#[test]
fn a_reader_that_went_away_is_no_error() {
    for arguments in [&["--help"][..], &["check", "KOPI KENANGGA"], &["stats", "--json"]] {
        let unread = run_unread(arguments);
        assert_eq!((unread.status, unread.stderr.as_str()), (0, ""), "{arguments:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error() {
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").expect("Linux has it");
    let failed = finish(command(&["stats"]).stdout(Stdio::from(full)));
    assert_eq!(failed.status, 2);
    assert!(failed.stderr.contains("stdout: can't be written"), "{}", failed.stderr);
}

// From here on the starter register answers.

fn json(run: &Run) -> Value {
    assert_eq!(run.stdout.lines().count(), 1, "one document, one line");
    assert!(run.stdout.ends_with('\n'));
    serde_json::from_str(&run.stdout).expect("one JSON document")
}

#[test]
fn a_known_brand_misspelled_is_found() {
    let found = run(&["check", "STARBUKS", "--class", "43", "--json"]);
    assert_eq!((found.status, found.stderr.as_str()), (1, ""));
    let answer = json(&found);
    assert!(answer["hits"][0]["mark"]["name"].as_str().unwrap().to_lowercase().contains("starbucks"), "{answer}");
    assert_eq!(answer["query"]["classes"], serde_json::json!([43]));
    assert!(answer["register"]["compared"].as_u64().unwrap() > 0);
    assert!(!answer["notice"].as_str().unwrap().is_empty());
}

#[test]
fn the_lines_of_a_pipe_say_what_the_json_says() {
    let arguments = ["check", "STARBUKS", "--class", "43", "--limit", "5"];
    let lines = run(&arguments).stdout;
    let answer = json(&run(&[&arguments[..], &["--json"]].concat()));
    let rows: Vec<Vec<&str>> = lines.lines().filter(|line| !line.starts_with('#')).map(|line| line.split('\t').collect()).collect();
    assert_eq!(rows[0][..5], ["query", "rank", "score", "band", "bar"]);
    let bars: Vec<&str> = rows[1..].iter().filter(|row| row[4] == "bar").map(|row| row[5]).collect();
    let ids: Vec<&str> = answer["hits"].as_array().unwrap().iter().map(|hit| hit["mark"]["id"].as_str().unwrap()).collect();
    assert_eq!(bars, ids);
    assert!(!ids.is_empty() && ids.len() <= 5);
}

#[test]
fn a_name_like_no_other_is_clear() {
    let clear = run(&["check", "XQJWVZ QXZKWJ", "--min-score", "0.9", "--json"]);
    assert_eq!(clear.status, 0, "{}", clear.stdout);
    assert_eq!(json(&clear)["verdict"], "clear");
}

#[test]
fn several_names_are_ranked_the_safest_first() {
    let ranked = run(&["check", "STARBUKS", "XQJWVZ QXZKWJ", "--class", "43", "--json"]);
    assert_eq!(ranked.status, 1, "one conflict is enough");
    let ranking = json(&ranked);
    let names: Vec<&str> = ranking["ranking"].as_array().unwrap().iter().map(|name| name["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["XQJWVZ QXZKWJ", "STARBUKS"]);
    assert_eq!(ranking["answers"][0]["query"]["name"], "STARBUKS", "answers stand in the order asked");
}

#[test]
fn names_on_stdin_are_a_list_even_of_one() {
    let listed = run_with(&["check", "-", "--json"], b"STARBUKS\r\n");
    assert_eq!(json(&listed)["ranking"][0]["name"], "STARBUKS");
}

#[test]
fn a_name_without_letters_is_bad_input() {
    check_refused(&["check", ""], 2, "name");
    check_refused(&["check", "!!!"], 2, "letter");
    check_refused(&["check", "STARBUKS", "!!!"], 2, "name 2");
    check_refused(&["check", &"K".repeat(1001)], 2, "1000");
}

#[test]
fn a_pair_is_compared_with_its_reasons() {
    let pair = run(&["compare", "KOPI KENANGGA", "KOPI KENANGAN", "--class-a", "30", "--class-b", "30;43", "--json"]);
    assert_eq!(pair.status, 1);
    let comparison = json(&pair);
    assert!(comparison["assessment"]["overall"].as_f64().unwrap() > 0.5, "{comparison}");
    assert!(!comparison["explanation"].as_array().unwrap().is_empty());
    let far = run(&["compare", "KOPI KENANGGA", "BAJA RINGAN"]);
    assert_eq!(far.status, 0, "{}", far.stdout);
    assert!(far.stdout.contains("\noverall\t0."), "{}", far.stdout);
}

#[test]
fn explanations_come_in_the_language_asked_for() {
    let say = |language| json(&run(&["compare", "SARI RAJA", "SARI RATU", "--lang", language, "--json"]))["explanation"][0]["text"].clone();
    assert_ne!(say("id"), say("en"));
}

#[test]
fn the_starter_register_has_its_counts() {
    let stats = run(&["stats", "--json"]);
    assert_eq!((stats.status, stats.stderr.as_str()), (0, ""));
    let stats = json(&stats);
    assert_eq!((&stats["register"]["name"], &stats["size_bytes"]), (&Value::from("starter"), &Value::Null));
    let by_status: u64 = stats["by_status"].as_array().unwrap().iter().map(|count| count["marks"].as_u64().unwrap()).sum();
    assert_eq!(stats["register"]["marks"], by_status);
}

#[test]
fn what_is_imported_is_found_and_what_is_wrong_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (marks, register) = (path("marks.csv"), path("register"));
    std::fs::write(&marks, "id,name,classes\n1,KOPI KENANGAN,30\n2,TEH PUCUK,99\n3,SARI ROTI,30\n").unwrap();
    let imported = run(&["import", &marks, "--register", &register, "--as-of", "2024-11-24", "--json"]);
    assert_eq!(imported.status, 0, "{}", imported.stderr);
    let summary = json(&imported);
    assert_eq!((&summary["read"], &summary["kept"], &summary["rejected"]), (&3.into(), &2.into(), &1.into()));
    let rejected = std::fs::read_to_string(Path::new(&register).join("rejected.csv")).unwrap();
    assert!(rejected.starts_with("file,line,field,reason,raw\n") && rejected.contains(",3,classes,"), "{rejected}");
    let found = json(&run(&["check", "KOPI KENANGGA", "--class", "30", "--register", &register, "--json"]));
    assert_eq!((&found["hits"][0]["mark"]["id"], &found["register"]["data_as_of"]), (&"1".into(), &"2024-11-24".into()));

    // The same ids replace, and a clean import takes the list of the rejected away.
    std::fs::write(&marks, "id,name,classes\n1,KOPI KENANGAN,30;43\n").unwrap();
    let again = json(&run(&["import", &marks, "--register", &register, "--json"]));
    assert_eq!((&again["kept"], &again["replaced"], &again["rejected_file"]), (&1.into(), &1.into(), &Value::Null));
    assert!(!Path::new(&register).join("rejected.csv").exists());

    // A file that can't be read stops the import, the others with it.
    let stopped = run(&["import", &marks, &path("absent.csv"), "--register", &path("other")]);
    assert_eq!(stopped.status, 2);
    assert!(stopped.stderr.contains("absent.csv"), "{}", stopped.stderr);
    assert!(!Path::new(&path("other")).exists(), "nothing is left of it");
    std::fs::write(&marks, "id,name,classes\n1,KOPI,99\n").unwrap();
    let refused = run(&["import", &marks, "--register", &path("other")]);
    assert_eq!(refused.status, 2);
    assert!(refused.stderr.contains("nothing was imported") && refused.stderr.contains("line 2, field classes"), "{}", refused.stderr);
    assert!(!Path::new(&path("other")).exists(), "nothing is left of it");
}

#[test]
fn newer_data_update_a_mark_and_older_data_leave_it_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let register = path("register");
    let answer = |status: &str, class: u8| {
        format!(
            "{{\"nomor_permohonan\":\"DID2021024604\",\"nama_merek\":\"KENANGA\",\"status_permohonan\":\"{status}\",\"t_class\":[{{\"class_no\":\"{class}\"}}]}}\n"
        )
    };
    std::fs::write(path("old.json"), answer("(TM) Masa Pengumuman", 30)).unwrap();
    std::fs::write(path("new.json"), answer("(TM) Didaftar", 30)).unwrap();
    std::fs::write(path("other.json"), answer("(TM) Didaftar", 30).replace("024604", "024605")).unwrap();
    let import = |file: &str, as_of: &str| json(&run(&["import", &path(file), "--register", &register, "--as-of", as_of, "--json"]));
    let counts = |summary: &Value| ["kept", "replaced", "outdated"].map(|key| summary[key].as_u64().unwrap());
    let status = || json(&run(&["check", "KENANGA", "--register", &register, "--json"]))["hits"][0]["mark"]["status"].clone();
    assert_eq!(counts(&import("old.json", "2024-01-05")), [1, 0, 0]);
    // Of another mark are newer data: they say nothing of this one.
    assert_eq!(counts(&import("other.json", "2024-03-05")), [1, 0, 0]);
    assert_eq!(status(), "pending");
    assert_eq!(counts(&import("new.json", "2024-02-05")), [1, 1, 0]);
    assert_eq!(status(), "registered");
    assert_eq!(counts(&import("old.json", "2024-01-05")), [0, 0, 1]);
    assert_eq!(status(), "registered");
    // Of one day the later import counts, and a second import of a file changes nothing.
    assert_eq!(counts(&import("new.json", "2024-02-05")), [1, 1, 0]);
    assert_eq!(status(), "registered");
    let stats = json(&run(&["stats", "--register", &register, "--json"]));
    let source = &stats["by_source"][0];
    assert_eq!((&source["value"], &source["marks"], &source["data_as_of"]), (&"pdki".into(), &2.into(), &"2024-03-05".into()));
}

#[test]
fn what_can_be_read_is_kept_where_it_is_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    std::fs::write(path("good.csv"), "name\nKENANGA\n").unwrap();
    std::fs::write(path("cut.json"), "[{\"nomor_permohonan\":\"DID2021024604\",\"nama_merek\":\"MELATI\"},{\"nomor_").unwrap();
    std::fs::write(path("picture.csv"), b"\x89PNG").unwrap();
    let files = ["cut.json", "picture.csv", "good.csv"].map(path);
    let import = |more: &[&str]| {
        let files: Vec<&str> = files.iter().map(String::as_str).collect();
        run(&[&["import"], &files[..], &["--register", &path("register"), "--json"], more].concat())
    };
    let stopped = import(&[]);
    assert_eq!((stopped.status, Path::new(&path("register")).exists()), (2, false), "{}", stopped.stderr);
    let kept = import(&["--keep-going"]);
    assert_eq!(kept.status, 2, "{}", kept.stderr);
    let summary: Value = serde_json::from_str(&kept.stdout).unwrap();
    assert_eq!((&summary["read"], &summary["kept"], &summary["failed"]), (&2.into(), &2.into(), &2.into()));
    assert!(kept.stderr.contains("cut.json: ends in the middle") && kept.stderr.contains("picture.csv: is a PNG"), "{}", kept.stderr);
    let noted = std::fs::read_to_string(Path::new(&path("register")).join("rejected.csv")).unwrap();
    assert!(noted.contains("ends in the middle") && noted.contains("is a PNG"), "{noted}");
    for name in ["KENANGA", "MELATI"] {
        assert_eq!(json(&run(&["check", name, "--register", &path("register"), "--json"]))["hits"][0]["mark"]["name"], name);
    }
    // Where nothing can be read, nothing is made.
    let nothing = run(&["import", &path("picture.csv"), "--register", &path("other"), "--keep-going"]);
    assert_eq!((nothing.status, Path::new(&path("other")).exists()), (2, false), "{}", nothing.stderr);
}

#[test]
fn a_list_is_screened_row_by_row() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let list = path("list.csv");
    std::fs::write(&list, "name,classes\nSTARBUKS,43\nXQJWVZ,99\nXQJWVZ QXZKWJ,\n").unwrap();
    let screened = run(&["screen", &list, "--output", "-", "--class", "43"]);
    assert_eq!(screened.status, 1, "{}", screened.stderr);
    let rows: Vec<Value> = screened.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let lines: Vec<&Value> = rows.iter().map(|row| &row["line"]).collect();
    assert_eq!(lines, [2, 3, 4], "every row has its line");
    assert!(rows[1]["verdict"].is_null() && rows[1]["error"].is_string(), "{}", rows[1]);
    let output = path("result.csv");
    let summary = json(&run(&["screen", &list, "--output", &output, "--json"]));
    assert_eq!((&summary["rows"], &summary["unreadable"]), (&3.into(), &1.into()));
    assert!(Path::new(&output).exists());
    let same = run(&["screen", &list, "--output", &list]);
    assert_eq!(same.status, 2);
    assert!(same.stderr.contains("another name"), "{}", same.stderr);
}

#[test]
fn marks_without_words_go_in_and_a_second_import_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let mark = |number: u8, words: &str| {
        format!(
            "<TradeMark><RegistrationOfficeCode>ID</RegistrationOfficeCode><ApplicationNumber>DID{number}</ApplicationNumber>\
             <MarkFeature>Merek Lukisan</MarkFeature><WordMarkSpecification><MarkVerbalElementText>{words}</MarkVerbalElementText></WordMarkSpecification></TradeMark>"
        )
    };
    let file = format!(
        "<Transaction xmlns=\"http://www.wipo.int/standards/XMLSchema/trademarks\">{}{}</Transaction>",
        mark(1, ""),
        mark(2, "KENANGA")
    );
    std::fs::write(path("marks.xml"), file).unwrap();
    for replaced in [0, 2] {
        let imported = run(&["import", &path("marks.xml"), "--register", &path("register"), "--json"]);
        assert_eq!(imported.status, 0, "{}", imported.stderr);
        let summary: Value = serde_json::from_str(&imported.stdout).unwrap();
        assert_eq!(
            (&summary["kept"], &summary["replaced"], &summary["rejected"]),
            (&Value::from(2), &Value::from(replaced), &Value::from(0)),
            "{summary}"
        );
    }
    let checked = run(&["check", "KENANGA", "--register", &path("register"), "--json"]);
    assert!(
        checked.status <= 1 && checked.stdout.contains("DID2") && !checked.stdout.contains("DID1"),
        "{} {}",
        checked.stdout,
        checked.stderr
    );
}

#[test]
fn a_gazette_goes_into_a_register_with_its_marks_without_words() {
    let gazette = "BERITA RESMI MEREK SERI-A\nDIUMUMKAN TANGGAL 2 JANUARI 2026 - 2 MARET 2026\n\
        1   DID2026000001   30/12/2025   30   KOPI MANDURI\n2   DID2026000002   31/12/2025   43   -\n\
        210 220 320   31/12/2025 09:15:02   Nomor Permohonan : DID2026000002\n730   Nama Pemohon : CV Rintara\n\
        Nama Referensi Label Merek : -\nTipe Merek : Merek Lukisan\n511   Kelas Barang/Jasa : 43\n\
        510   Uraian Barang/Jasa : === jasa kafe ===\n540   Etiket DID2026000002\n";
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (file, register) = (path("brm.txt"), path("register"));
    std::fs::write(&file, gazette).unwrap();
    for replaced in [0, 2] {
        let import = run(&["import", &file, "--register", &register, "--json"]);
        assert_eq!(import.status, 0, "{}", import.stderr);
        let summary: Value = serde_json::from_str(&import.stdout).unwrap();
        assert_eq!((&summary["read"], &summary["kept"], &summary["replaced"]), (&2.into(), &2.into(), &replaced.into()));
    }
    let check = run(&["check", "KOPI MANDURI", "--register", &register, "--json"]);
    assert!(check.stdout.contains("DID2026000001") && !check.stdout.contains("DID2026000002"), "{}", check.stdout);
}
