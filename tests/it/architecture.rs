//! The edges between stages, held against the code.

use std::fs;
use std::path::{Path, PathBuf};

/// The stages in the order of the way: each may use only what stands above it.
const STAGES: &[&str] =
    &["mark", "register", "name", "sound", "meaning", "index", "scan", "score", "search", "screen", "evaluate", "view", "serve", "cli"];

/// Stages that do not know each other although the order would allow it.
const FORBIDDEN: &[(&str, &str)] = &[
    ("name", "register"),
    ("sound", "register"),
    ("meaning", "register"),
    ("index", "register"),
    ("scan", "register"),
    ("scan", "meaning"),
    ("score", "register"),
    ("score", "index"),
    ("score", "scan"),
    ("search", "register"),
    ("view", "register"),
    ("view", "serve"),
];

/// Libraries that belong to certain stages alone.
const LIBRARIES: &[(&str, &[&str])] = &[
    ("tantivy", &["index"]),
    ("rayon", &["index", "scan", "search", "screen", "evaluate"]),
    ("axum", &["serve"]),
    ("tokio", &["serve"]),
    ("clap", &["cli"]),
    ("utoipa", &["view", "serve"]),
    ("unicode_normalization", &["name"]),
    ("any_ascii", &["name"]),
    ("indicatif", &["cli"]),
    ("comfy_table", &["cli"]),
];

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder of the crate") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files.extend(sources(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") && !path.iter().any(|part| part == "tests" || part == "tests.rs") {
            files.push(path);
        }
    }
    files
}

/// Code of a stage: without comments, and without the unit tests at the end of a file.
fn code_of(stage: &str) -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(stage);
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).expect("a source file");
        let code = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
        let lines: Vec<&str> = code.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
        (path, lines.join("\n"))
    };
    let files: Vec<(PathBuf, String)> = sources(&root).into_iter().map(read).collect();
    assert!(!files.is_empty(), "{stage} has no code");
    files
}

fn uses(code: &str, path: &str) -> bool {
    code.match_indices(path).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        let after = code[at + path.len()..].chars().next();
        let is_word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
        !is_word(before) && before != Some(':') && !is_word(after)
    })
}

/// True where the code names a stage, alone or in a group: `use crate::{Result, search};`.
fn uses_stage(code: &str, stage: &str) -> bool {
    let grouped = code.split("crate::{").skip(1).any(|group| uses(group.split(';').next().unwrap_or_default(), stage));
    grouped || uses(code, &format!("crate::{stage}"))
}

#[test]
fn stages_use_only_what_stands_above_them() {
    for (place, stage) in STAGES.iter().enumerate() {
        for (file, code) in code_of(stage) {
            for below in &STAGES[place + 1..] {
                assert!(!uses_stage(&code, below), "{}: {stage} may not use {below}", file.display());
            }
            for (_, other) in FORBIDDEN.iter().filter(|(from, _)| from == stage) {
                assert!(!uses_stage(&code, other), "{}: {stage} may not use {other}", file.display());
            }
        }
    }
}

#[test]
fn libraries_stay_in_their_stages() {
    for stage in STAGES {
        for (file, code) in code_of(stage) {
            for (library, homes) in LIBRARIES {
                let is_used = uses(&code, &format!("{library}::prelude")) || code.contains(&format!("use {library}::"));
                assert!(!is_used || homes.contains(stage), "{}: {library} belongs to {homes:?}", file.display());
            }
        }
    }
}

#[test]
fn the_walk_sees_what_is_there() {
    assert!(uses("use crate::score::judge;", "crate::score"));
    assert!(!uses("use crate::scores::judge;", "crate::score"));
    assert!(uses_stage("use crate::{Result, search};", "search"));
    assert!(!uses_stage("use crate::{Result, research};", "search"));
    let search: String = code_of("search").into_iter().map(|(_, code)| code).collect();
    assert!(uses(&search, "crate::score") && uses(&search, "crate::scan"));
}
