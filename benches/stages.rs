//! The stages one by one, in the order of the way from a file to a judgement; beside each what a
//! plain library takes for a like task on the same names.

#[allow(dead_code, reason = "each bench uses a part")]
mod support;

use std::hint::black_box;
use std::io::Cursor;
use std::sync::Arc;

use criterion::{BatchSize, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use jiff::civil::date;
use mirip::index::Index;
use mirip::index::column::Column;
use mirip::meaning::Sign;
use mirip::name::{Name, letter};
use mirip::register::{Format, Row, read};
use mirip::scan::{Candidate, ENDS, Job, Needed, Needs, Pattern, Threads, scan};
use mirip::score::alignment::{Likeness, Profile, needed_in_common, similarity};
use mirip::score::{Circumstances, JudgementConfig, PairSimilarities, WholeSimilarity, WordSimilarity, judge, spoken, written};
use mirip::search::{Query, SearchConfig, compare};
use mirip::sound::{Phoneme, readings};
use rapidfuzz::distance::lcs_seq;
use rapidfuzz::fuzz;

use support::pass;
use support::plain_scan::plain;
use support::synthetic::{self, AskedName};

/// Names of which one iteration reads all: some tens of kilobytes, which stay in the cache.
const NAMES: u32 = 1000;

/// A register's file to marks; beside it the csv crate, which gives records and no marks.
fn register(criterion: &mut Criterion) {
    let count = support::mark_count();
    let file: Arc<[u8]> = synthetic::csv(count).into();
    let mark_count = |file: &Arc<[u8]>| {
        let rows = read(Cursor::new(Arc::clone(file)), "marks.csv", Format::Csv)?;
        rows.map(|row| row.map(|row| u32::from(matches!(row, Row::Mark(_))))).sum::<mirip::Result<u32>>()
    };
    assert_eq!(mark_count(&file).expect("the file can be read"), count, "every row is a mark");
    let mut group = criterion.benchmark_group("register");
    group.throughput(Throughput::ElementsAndBytes { elements: u64::from(count), bytes: file.len() as u64 });
    group.bench_function("read", |bencher| bencher.iter(|| mark_count(black_box(&file))));
    group.bench_function("csv_records", |bencher| {
        bencher.iter(|| {
            let mut records = csv::Reader::from_reader(black_box(&*file)).into_records();
            records.try_fold(0, |sum, record| record.map(|record| sum + record.len()))
        });
    });
    group.finish();
}

/// Text to what is compared: folding, reading aloud, both with meanings; beside them lower case.
fn text(criterion: &mut Criterion) {
    let names = synthetic::names(NAMES);
    let words: Vec<String> =
        names.iter().flat_map(|name| Name::new(name).tokens().iter().map(|token| token.text().to_owned()).collect::<Vec<_>>()).collect();
    let mut group = criterion.benchmark_group("text");
    group.throughput(Throughput::Elements(u64::from(NAMES)));
    group.bench_function("lower_case", |bencher| {
        bencher.iter(|| black_box(&names).iter().map(|name| plain(name).len()).sum::<usize>());
    });
    group.bench_function("name", |bencher| {
        bencher.iter(|| black_box(&names).iter().map(|name| Name::new(name).tokens().len()).sum::<usize>());
    });
    group.bench_function("sign", |bencher| {
        bencher.iter(|| black_box(&names).iter().map(|name| Sign::new(name).words().len()).sum::<usize>());
    });
    group.throughput(Throughput::Elements(words.len() as u64));
    group.bench_function("readings_of_words", |bencher| {
        bencher.iter(|| black_box(&words).iter().map(|word| readings(word).len()).sum::<usize>());
    });
    group.finish();
}

/// Marks to a register in memory: dictionary, postings, forms, columns. On all threads.
fn sheet(criterion: &mut Criterion) {
    let marks = synthetic::marks(support::mark_count());
    let mut group = criterion.benchmark_group("sheet");
    group.sample_size(10).throughput(Throughput::Elements(marks.len() as u64));
    group.bench_function("of_marks", |bencher| {
        bencher.iter_batched(|| marks.clone(), |marks| Index::of_marks("synthetic", marks, None), BatchSize::PerIteration);
    });
    group.finish();
}

/// One query form against each column on one thread; beside it rapidfuzz, which finds the same
/// lengths of common subsequences, without letters that look alike.
fn columns(criterion: &mut Criterion) {
    let index = support::index();
    let [segment] = index.segments() else { panic!("a register in memory is one segment") };
    let sheet = segment.sheet();
    let (floor, weights) = (JudgementConfig::built_in().word_floor, &JudgementConfig::built_in().form);
    let mut group = criterion.benchmark_group("scan");
    // A short name and a long one.
    let [coined_word, _, four_words] = synthetic::queries();
    for AskedName { kind, name, .. } in [coined_word, four_words] {
        let sign = Sign::new(&name);
        let written_form = letter::codes(&sign.name().compact());
        let spoken_form: Vec<u8> = sign.words().iter().filter_map(|word| word.spoken.first()).flatten().copied().collect();
        let columns = [
            ("word_written", sheet.word_written(), &written_form, written()),
            ("word_spoken", sheet.word_spoken(), &spoken_form, spoken()),
            ("name_written", sheet.name_written(), &written_form, written()),
            ("name_spoken", sheet.name_spoken(), &spoken_form, spoken()),
        ];
        for (column_name, column, form, likeness) in columns {
            let pattern = Pattern::new(form, |symbol| likeness.related(symbol), |symbol| likeness.holding(symbol));
            let needed = std::array::from_fn(|length| needed_in_common(form.len(), length, floor, weights));
            group.throughput(Throughput::ElementsAndBytes { elements: column.items.len() as u64, bytes: column.symbol_bytes() as u64 });
            group.bench_function(BenchmarkId::new(column_name, kind), |bencher| {
                bencher.iter(|| {
                    scan(
                        &[Job { column, pattern: black_box(&pattern), needs: Needs::of_all(&needed) }],
                        Threads::One,
                        |_, found: Candidate| Some(found),
                    )
                });
            });
        }
        let forms = forms_of(sheet.name_written());
        let comparator = lcs_seq::BatchComparator::new(written_form.iter().copied());
        let needed: Needed = std::array::from_fn(|length| needed_in_common(written_form.len(), length, floor, weights));
        group.throughput(Throughput::Elements(forms.len() as u64));
        group.bench_function(BenchmarkId::new("name_written_by_rapidfuzz", kind), |bencher| {
            bencher.iter(|| {
                let reaches = |form: &&Vec<u8>| {
                    let args = lcs_seq::Args::default().score_cutoff(usize::from(needed[form.len()][ENDS - 1]));
                    comparator.similarity_with_args(form.iter().copied(), &args).is_some()
                };
                black_box(&forms).iter().filter(reaches).count()
            });
        });
    }
    group.finish();
}

/// One pass over all written names, on one thread, with next to nothing found: by how many symbols the
/// query has. Beside it the sum of the bytes that are read.
fn passes(criterion: &mut Criterion) {
    let index = support::index();
    let [segment] = index.segments() else { panic!("a register in memory is one segment") };
    let column = segment.sheet().name_written();
    // All of a name's symbols in common, whatever its ends: hardly a name has them, and no block is passed over.
    let needed = std::array::from_fn(|length: usize| [length as u8; ENDS]);
    let letters: Vec<u8> = synthetic::names(100).iter().flat_map(|name| letter::codes(&Name::new(name).compact())).collect();
    let likeness = written();
    let mut group = criterion.benchmark_group("pass");
    group.throughput(Throughput::ElementsAndBytes { elements: column.items.len() as u64, bytes: column.symbol_bytes() as u64 });
    group.bench_function("sum", |bencher| {
        bencher.iter(|| pass::sum(black_box(bytemuck::cast_slice(column.rows))));
    });
    for length in [8, 16, 32, 64, 128] {
        let pattern = Pattern::new(&letters[..length], |symbol| likeness.related(symbol), |symbol| likeness.holding(symbol));
        group.bench_function(BenchmarkId::new("symbols", length), |bencher| {
            bencher.iter(|| {
                scan(&[Job { column, pattern: black_box(&pattern), needs: Needs::of_all(&needed) }], Threads::One, |_, found: Candidate| {
                    Some(found)
                })
            });
        });
    }
    group.finish();
}

/// The forms of a column as strings of their own: how a plain library reads them.
fn forms_of(column: Column<'_>) -> Vec<Vec<u8>> {
    let mut buffer = [0; mirip::meaning::MAX_FORM];
    (0..column.items.len() as u32).map(|form| column.read_form(form, &mut buffer).to_vec()).collect()
}

/// The similarity of a pair by writing and by sound; beside it strsim and rapidfuzz.
///
/// Half of the pairs are a name and a spelling of it, half a name and another one.
fn similarities(criterion: &mut Criterion) {
    let pairs = pairs();
    let mut group = criterion.benchmark_group("pair");
    group.throughput(Throughput::Elements(pairs.len() as u64));
    let plain_pairs: Vec<(String, String)> = pairs.iter().map(|(query, earlier)| (plain(query), plain(earlier))).collect();
    group.bench_function("strsim_normalized_levenshtein", |bencher| {
        bencher.iter(|| black_box(&plain_pairs).iter().map(|(query, earlier)| strsim::normalized_levenshtein(query, earlier)).sum::<f64>());
    });
    group.bench_function("rapidfuzz_ratio", |bencher| {
        bencher.iter(|| black_box(&plain_pairs).iter().map(|(query, earlier)| fuzz::ratio(query.bytes(), earlier.bytes())).sum::<f64>());
    });
    let first = fuzz::RatioBatchComparator::new(plain_pairs[0].0.bytes());
    group.bench_function("rapidfuzz_ratio_one_to_many", |bencher| {
        bencher.iter(|| black_box(&plain_pairs).iter().map(|(_, earlier)| first.similarity(earlier.bytes())).sum::<f64>());
    });
    let letters = |name: &str| letter::codes(&Name::new(name).compact());
    let sounds = |name: &str| {
        let of_word = |word: &str| readings(word).first().map(|reading| reading.phonemes().map(Phoneme::code).collect::<Vec<u8>>());
        Name::new(name).tokens().iter().filter_map(|token| of_word(token.text())).flatten().collect()
    };
    by_profile(&mut group, "written", &forms_of_pairs(&pairs, letters), written());
    by_profile(&mut group, "spoken", &forms_of_pairs(&pairs, sounds), spoken());
    group.finish();
}

/// Pairs of strings of symbols.
type FormPairs = Vec<(Vec<u8>, Vec<u8>)>;

fn forms_of_pairs(pairs: &[(String, String)], form: impl Fn(&str) -> Vec<u8>) -> FormPairs {
    pairs.iter().map(|(query, earlier)| (form(query), form(earlier))).collect()
}

/// The measure with the query's side made anew for each pair, and one query, made before the
/// clock starts, against all earlier sides, as in a search.
fn by_profile(
    group: &mut criterion::BenchmarkGroup<'_, criterion::measurement::WallTime>,
    name: &str,
    pairs: &FormPairs,
    likeness: &Likeness,
) {
    let weights = &JudgementConfig::built_in().form;
    group.bench_function(name, |bencher| {
        let of_pair = |(query, earlier): &(Vec<u8>, Vec<u8>)| similarity(&Profile::new(query, likeness), earlier, weights);
        bencher.iter(|| black_box(pairs).iter().map(of_pair).sum::<f32>());
    });
    let first = Profile::new(&pairs[0].0, likeness);
    group.bench_function(format!("{name}_one_to_many"), |bencher| {
        bencher.iter(|| black_box(pairs).iter().map(|(_, earlier)| similarity(&first, earlier, weights)).sum::<f32>());
    });
}

/// From similarities to an assessment, and the whole comparison of a pair with its reasons.
fn judgement(criterion: &mut Criterion) {
    let pairs = pairs();
    let config = JudgementConfig::built_in();
    let words: Vec<WordSimilarity> =
        [0.9, 0.0, 0.3, 0.8].map(|found| WordSimilarity { visual: found, aural: found, conceptual: 0.0 }).into();
    let pair = PairSimilarities {
        query_weights: &[1.0, 0.4],
        earlier_weights: &[0.9, 0.5],
        words: &words,
        whole: WholeSimilarity { visual: 0.8, aural: 0.85 },
        has_concepts: true,
        circumstances: Circumstances { goods: Some(0.6), is_well_known: false },
    };
    let mut group = criterion.benchmark_group("judgement");
    group.throughput(Throughput::Elements(1));
    group.bench_function("judge", |bencher| bencher.iter(|| judge(black_box(&pair), config)));

    let index = Index::of_marks("synthetic", synthetic::marks(NAMES), None).expect("synthetic marks make a register");
    let search = SearchConfig::new(date(2026, 11, 24));
    let query = |name: &String| Query { name: name.clone(), classes: "30".parse().expect("a class"), ..Query::default() };
    let queries: Vec<(Query, Query)> = pairs.iter().map(|(name, earlier)| (query(name), query(earlier))).collect();
    group.throughput(Throughput::Elements(queries.len() as u64));
    group.bench_function("compare", |bencher| {
        bencher.iter(|| {
            let overall =
                |(query, earlier): &(Query, Query)| compare(&index, query, earlier, &search).map(|found| found.assessment.overall);
            black_box(&queries).iter().map(overall).sum::<mirip::Result<f32>>()
        });
    });
    group.finish();
}

/// Half a name and a spelling of it, half a name and another one.
fn pairs() -> Vec<(String, String)> {
    let alike = (0..NAMES / 2).map(|number| (synthetic::name(number), synthetic::respelled_name(number)));
    let unlike = (NAMES / 2..NAMES).map(|number| (synthetic::name(number), synthetic::name(number + NAMES)));
    alike.chain(unlike).collect()
}

criterion_group! {
    name = benches;
    config = support::criterion();
    targets = register, text, sheet, columns, passes, similarities, judgement
}
criterion_main!(benches);
