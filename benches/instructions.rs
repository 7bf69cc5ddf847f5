//! Instructions, counted under valgrind: the same on a busy machine as on an idle one, so that a change that
//! makes the way longer is seen where time can't show it.
//!
//! Each bench has a limit, a tenth above what was counted when it was set. One that is exceeded fails the run:
//! find out what costs more, or set the limit anew and say why. Valgrind knows no AVX-512, so the kernels
//! run by AVX2 here.

#![allow(missing_docs, reason = "what is made by the macros has none")]

#[allow(dead_code, reason = "each bench uses a part")]
mod support;

use std::hint::black_box;

use gungraun::prelude::*;
use gungraun::{Callgrind, EventKind};
use jiff::civil::date;
use mirip::index::Index;
use mirip::meaning::Sign;
use mirip::meaning::lexicon::weakness;
use mirip::name::{Name, letter};
use mirip::scan::{Candidate, Job, Needed, Needs, Pattern, Threads, scan};
use mirip::score::alignment::{Profile, needed_in_common, similarity};
use mirip::score::{JudgementConfig, written};
use mirip::search::{Query, SearchConfig, check_on};

use support::synthetic;

/// Marks of the register: a run under valgrind takes fifty times as long.
const MARKS: u32 = 10_000;

/// Names of which one run reads all.
const NAMES: u32 = 200;

fn limit(instructions: u64) -> LibraryBenchmarkConfig {
    let mut config = LibraryBenchmarkConfig::default();
    config.tool(Callgrind::default().hard_limits([(EventKind::Ir, instructions)]));
    config
}

fn index() -> Index {
    Index::of_marks("synthetic", synthetic::marks(MARKS), None).expect("synthetic marks make a register")
}

/// A register, and the query of a place in `synthetic::queries`. One search has been made before, as in a service.
fn with_query(place: usize) -> (Index, Query) {
    let index = index();
    let asked = synthetic::queries().into_iter().nth(place).expect("there are three queries");
    let query = Query { name: asked.name, classes: asked.classes, ..Query::default() };
    searched(&index, &query);
    (index, query)
}

fn searched(index: &Index, query: &Query) -> usize {
    let config = SearchConfig::new(date(2026, 11, 24));
    check_on(index, query, &config, Threads::One).expect("a name that can be compared").hits.len()
}

/// Names, of which one was read before: the lexicons are made by then.
fn with_names() -> Vec<String> {
    let names = synthetic::names(NAMES);
    // What is read on first use is counted by itself.
    black_box((Sign::new(&names[0]), weakness("kopi")));
    names
}

/// The written forms of names; the first is held against all.
fn with_forms() -> (Profile, Vec<Vec<u8>>) {
    let forms: Vec<Vec<u8>> = synthetic::names(NAMES).iter().map(|name| letter::codes(&Name::new(name).compact())).collect();
    JudgementConfig::built_in();
    (Profile::new(&forms[0], written()), forms)
}

/// A register, and the letters of a name that is held against it.
fn with_letters(length: usize) -> (Index, Vec<u8>) {
    let letters: Vec<u8> = synthetic::names(100).iter().flat_map(|name| letter::codes(&Name::new(name).compact())).collect();
    written();
    JudgementConfig::built_in();
    (index(), letters[..length].to_vec())
}

// The longest of the lexicons, as it is read on first use.
#[library_benchmark]
#[bench::weak_words(args = ("kopi"), config = limit(LEXICON))]
fn lexicon(word: &str) -> bool {
    weakness(black_box(word)).is_some()
}

#[library_benchmark]
#[bench::of_200(args = (with_names()), config = limit(SIGNS))]
fn signs(names: Vec<String>) -> usize {
    black_box(names).iter().map(|name| Sign::new(name).words().len()).sum()
}

#[library_benchmark]
#[bench::of_200(args = (with_forms()), config = limit(SIMILARITIES))]
fn similarities((profile, forms): (Profile, Vec<Vec<u8>>)) -> f32 {
    let weights = &JudgementConfig::built_in().form;
    black_box(&forms).iter().map(|form| similarity(&profile, form, weights)).sum()
}

// A pass over all written names at the floor of words.
#[library_benchmark]
#[bench::short(args = (with_letters(8)), config = limit(SHORT_PASS))]
#[bench::long(args = (with_letters(24)), config = limit(LONG_PASS))]
fn pass((index, letters): (Index, Vec<u8>)) -> usize {
    let likeness = written();
    let pattern = Pattern::new(&letters, |symbol| likeness.related(symbol), |symbol| likeness.holding(symbol));
    let config = JudgementConfig::built_in();
    let needed: Needed = std::array::from_fn(|length| needed_in_common(letters.len(), length, config.word_floor, &config.form));
    let column = index.segments()[0].sheet().name_written();
    let job = Job { column, pattern: &pattern, needs: Needs::of_all(&needed) };
    let found = scan(black_box(&[job]), Threads::One, |_, candidate: Candidate| Some(candidate));
    // The register is not taken down within the count.
    std::mem::forget(index);
    found.concat().len()
}

// A whole search, to hits with reasons.
#[library_benchmark]
#[bench::coined_word(args = (with_query(0)), config = limit(COINED_WORD))]
#[bench::everyday_words(args = (with_query(1)), config = limit(EVERYDAY_WORDS))]
#[bench::four_words(args = (with_query(2)), config = limit(FOUR_WORDS))]
fn check((index, query): (Index, Query)) -> usize {
    let hits = searched(black_box(&index), black_box(&query));
    std::mem::forget(index);
    hits
}

// Set on 2026-11-28 with Rust 1.95 on x86-64. Blocks are read eight at a time since then, and few blocks cost as much as
// eight: a register of this size pays for what a large one gains.
const LEXICON: u64 = 44_700_000;
const SIGNS: u64 = 7_700_000;
const SIMILARITIES: u64 = 128_000;
const SHORT_PASS: u64 = 992_000;
const LONG_PASS: u64 = 1_200_000;
const COINED_WORD: u64 = 5_400_000;
const EVERYDAY_WORDS: u64 = 7_300_000;
const FOUR_WORDS: u64 = 8_800_000;

library_benchmark_group!(name = instructions, benchmarks = [lexicon, signs, similarities, pass, check]);
main!(library_benchmark_groups = instructions);
