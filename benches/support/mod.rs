//! What the benches share: how large they are, the register they run on, the plain scans and the
//! inverted index they are held against.

pub mod channels;
pub mod pass;
pub mod plain_scan;
pub mod synthetic;
pub mod tantivy_names;

use std::time::Duration;

use criterion::Criterion;
use mirip::index::Index;

/// Marks of the register in the short form.
const SHORT_MARKS: u32 = 10_000;

/// Marks of the register where nothing else is asked for.
const DEFAULT_MARKS: u32 = 100_000;

/// Environment variable that names another size.
const MARKS_VARIABLE: &str = "MIRIP_BENCH_MARKS";

/// True where each bench runs once, to see that it runs: `cargo bench -- --test`, `cargo test --benches`.
pub fn is_short() -> bool {
    // Criterion's own rule: it measures only where cargo says `--bench`.
    let given = |wanted: &str| std::env::args().any(|argument| argument == wanted);
    given("--test") || !given("--bench")
}

/// Marks of the register under measurement.
pub fn mark_count() -> u32 {
    if is_short() {
        return SHORT_MARKS;
    }
    match std::env::var(MARKS_VARIABLE) {
        Ok(text) => {
            let count = text.trim().parse().ok().filter(|count| *count >= SHORT_MARKS);
            count.unwrap_or_else(|| panic!("{MARKS_VARIABLE}={text}: give a number of marks, {SHORT_MARKS} or more"))
        }
        Err(_) => DEFAULT_MARKS,
    }
}

/// The synthetic register in memory.
pub fn index() -> Index {
    Index::of_marks("synthetic", synthetic::marks(mark_count()), None).expect("synthetic marks make a register")
}

/// Short measurements: the runs that count are repeated whole, since the machine changes more
/// between them than within them.
pub fn criterion() -> Criterion {
    Criterion::default().sample_size(20).warm_up_time(Duration::from_secs(1)).measurement_time(Duration::from_secs(3))
}
