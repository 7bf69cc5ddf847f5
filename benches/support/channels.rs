//! How much a check has to read, and how long it takes beside one plain pass over all of that.
#![expect(clippy::print_stderr, reason = "criterion has no place for a ratio of two benches")]

use std::hint::black_box;
use std::time::{Duration, Instant};

use mirip::index::Index;

use super::{is_short, pass};

/// Bytes of all channels of a mark, at most: 1.2 GB for ten million marks.
const MOST_BYTES: f64 = 120.0;

/// Turns of a pass and a check.
const TURNS: usize = 21;

/// The bytes by which a check finds marks, section by section with the name of the channel.
pub struct Channels<'i> {
    marks: u64,
    sections: Vec<(&'static str, &'i [u8])>,
}

impl<'i> Channels<'i> {
    /// Those of a register.
    pub fn of(index: &'i Index) -> Self {
        let sections = index.segments().iter().flat_map(|segment| segment.sheet().channels()).collect();
        Self { marks: index.marks(), sections }
    }

    /// Bytes of all together.
    pub fn bytes(&self) -> usize {
        self.sections.iter().map(|(_, bytes)| bytes.len()).sum()
    }

    /// One plain pass over all of them.
    pub fn pass(&self) -> u64 {
        black_box(&self.sections).iter().map(|(_, bytes)| pass::sum(bytes)).fold(0, u64::wrapping_add)
    }

    /// Says how many bytes a mark they are, and whether that is too much.
    pub fn report_bytes(&self) {
        let per_mark = |bytes: usize| bytes as f64 / self.marks as f64;
        let mut channels: Vec<(&str, usize)> = Vec::new();
        for (name, bytes) in &self.sections {
            match channels.iter_mut().find(|(other, _)| other == name) {
                Some((_, sum)) => *sum += bytes.len(),
                None => channels.push((name, bytes.len())),
            }
        }
        let parts: Vec<String> = channels.iter().map(|(name, bytes)| format!("{name} {:.1}", per_mark(*bytes))).collect();
        let all = per_mark(self.bytes());
        let verdict = if all <= MOST_BYTES { "no more than" } else { "MORE THAN" };
        eprintln!("check/{}: channels of {all:.1} bytes a mark, {verdict} {MOST_BYTES}: {}", self.marks, parts.join(", "));
    }

    /// Says how many passes a check takes, both on one thread and in turns: each finds the caches as the other
    /// left them, and a machine that is busy is so for both.
    pub fn report_passes(&self, kind: &str, check: impl Fn()) {
        let turns = if is_short() { 1 } else { TURNS };
        let pass = || {
            black_box(self.pass());
        };
        let (passes, checks): (Vec<Duration>, Vec<Duration>) = (0..turns).map(|_| (timed(pass), timed(&check))).unzip();
        if is_short() {
            // Of one turn nothing can be said.
            return;
        }
        let (pass, check) = (median(passes), median(checks));
        let ratio = check.as_secs_f64() / pass.as_secs_f64();
        let marks = self.marks;
        eprintln!("check/{marks}/{kind}: {ratio:.2} passes over the channels, one thread (medians: check {check:.2?}, pass {pass:.2?})");
    }
}

fn timed(run: impl FnOnce()) -> Duration {
    let started = Instant::now();
    run();
    started.elapsed()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}
