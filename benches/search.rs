//! Whole searches: one name against a register, and a list of names; beside them what a plain
//! scan with a string measure takes for the same names, and what a search library does.
//!
//! To stderr, how much a check has to read, and how many plain passes over all of that it takes.

#[allow(dead_code, reason = "each bench uses a part")]
mod support;

use std::cell::LazyCell;
use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use jiff::civil::date;
use mirip::index::Index;
use mirip::scan::Threads;
use mirip::score::Language;
use mirip::screen::{BadEntry, Entry, ScreenConfig, screen};
use mirip::search::{Query, SearchConfig, check_on};
use rayon::prelude::*;

use support::channels::Channels;
use support::plain_scan::PlainNames;
use support::synthetic::{self, AskedName};
use support::tantivy_names::TantivyNames;

/// Hits among which the mark is that a name follows: in a large register some hundred are spelled as that name is.
const ALL_SPELLED_SO: usize = 1000;

/// The day of every search: answers don't change with the calendar.
const TODAY: jiff::civil::Date = date(2026, 11, 24);

/// Rows of the list.
const LIST_ROWS: u32 = 64;

/// Rows of the list in the short form.
const SHORT_LIST_ROWS: u32 = 8;

fn searches(criterion: &mut Criterion) {
    let index = support::index();
    let names = PlainNames::new(&synthetic::names(support::mark_count()));
    let channels = Channels::of(&index);
    channels.report_bytes();
    check(criterion, &index, &names, &channels);
    screening(criterion, &index, &names);
}

/// One name: mirip on one thread and on all, one pass over what it has to read, the plain scans, and tantivy.
fn check(criterion: &mut Criterion, index: &Index, names: &PlainNames, channels: &Channels<'_>) {
    let by_tantivy = LazyCell::new(|| TantivyNames::new(&synthetic::names(support::mark_count())));
    let config = SearchConfig::new(TODAY);
    let mut group = criterion.benchmark_group(format!("check/{}", index.marks()));
    group.throughput(Throughput::ElementsAndBytes { elements: index.marks(), bytes: channels.bytes() as u64 });
    group.bench_function("pass_one_thread", |bencher| bencher.iter(|| channels.pass()));
    group.throughput(Throughput::Elements(index.marks()));
    for AskedName { kind, name, classes, follows } in synthetic::queries() {
        let query = Query { name: name.clone(), classes, ..Query::default() };
        let hits = |config: &SearchConfig, threads: Threads| {
            let answer = check_on(index, &query, config, threads).expect("a name that can be compared");
            answer.hits.into_iter().map(|hit| hit.mark.id).collect::<Vec<String>>()
        };
        let wide = SearchConfig { limit: ALL_SPELLED_SO, ..config.clone() };
        assert!(hits(&wide, Threads::One).contains(&follows), "{name}: the mark of which it is a spelling is found");
        assert_eq!(hits(&config, Threads::One), hits(&config, Threads::All), "{name}: the same answer on any number of threads");
        channels.report_passes(kind, || {
            black_box(hits(&config, Threads::One));
        });
        for (label, threads) in [("mirip_one_thread", Threads::One), ("mirip_all_threads", Threads::All)] {
            group.bench_function(BenchmarkId::new(label, kind), |bencher| {
                bencher.iter(|| check_on(index, black_box(&query), &config, threads));
            });
        }
        group.bench_function(BenchmarkId::new("strsim_one_thread", kind), |bencher| {
            bencher.iter(|| names.best_by_strsim(black_box(&name)));
        });
        group.bench_function(BenchmarkId::new("rapidfuzz_one_thread", kind), |bencher| {
            bencher.iter(|| names.best_by_rapidfuzz(black_box(&name)));
        });
        group.bench_function(BenchmarkId::new("rapidfuzz_all_threads", kind), |bencher| {
            bencher.iter(|| names.best_by_rapidfuzz_on_all_threads(black_box(&name)));
        });
        group.bench_function(BenchmarkId::new("tantivy_fuzzy_one_thread", kind), |bencher| {
            let names = &*by_tantivy;
            bencher.iter(|| names.best_by_fuzzy_words(black_box(&name)));
        });
        group.bench_function(BenchmarkId::new("tantivy_ngrams_one_thread", kind), |bencher| {
            let names = &*by_tantivy;
            bencher.iter(|| names.best_by_ngrams(black_box(&name)));
        });
    }
    group.finish();
}

/// A list of names on all threads: mirip, which also holds the list against itself, and the
/// plain scan, a row a task.
fn screening(criterion: &mut Criterion, index: &Index, names: &PlainNames) {
    let row_count = if support::is_short() { SHORT_LIST_ROWS } else { LIST_ROWS };
    let rows = list(row_count);
    let listed: Vec<&str> = rows.iter().flatten().map(|entry| entry.name.as_str()).collect();
    let config = ScreenConfig { limit: 20, min_score: None, today: TODAY, language: Language::default() };
    let mut group = criterion.benchmark_group(format!("screen/{}", index.marks()));
    group.sample_size(10).throughput(Throughput::Elements(u64::from(row_count)));
    group.bench_function("mirip_all_threads", |bencher| {
        bencher.iter(|| {
            let mut hit_count = 0;
            screen(index, black_box(&rows), &config, &|_| {}, &mut |outcome| {
                hit_count += outcome.found.map_or(0, |answer| answer.hits.len());
                Ok(())
            })
            .map(|()| hit_count)
        });
    });
    group.bench_function("rapidfuzz_all_threads", |bencher| {
        bencher.iter(|| black_box(&listed).par_iter().map(|name| names.best_by_rapidfuzz(name).len()).sum::<usize>());
    });
    group.finish();
}

/// Rows whose names are drawn as the register's are, from beyond its largest size; every fourth
/// is a name of the register.
fn list(row_count: u32) -> Vec<Result<Entry, BadEntry>> {
    const BEYOND: u32 = 1 << 30;
    let row = |number: u32| {
        let mark = synthetic::mark(if number.is_multiple_of(4) { number } else { BEYOND + number });
        let line = u64::from(number) + 2;
        Ok(Entry { line, name: mark.verbal_element, classes: mark.classes, goods: mark.goods, ..Entry::default() })
    };
    (0..row_count).map(row).collect()
}

criterion_group! {
    name = benches;
    config = support::criterion();
    targets = searches
}
criterion_main!(benches);
