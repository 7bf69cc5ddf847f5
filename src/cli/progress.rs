//! How far a long verb has come, on stderr: a bar on a terminal, else now and then a line.

use std::io::{self, IsTerminal, Write};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Between two lines where there is no terminal.
const LINE_EVERY: Duration = Duration::from_secs(10);

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Bytes,
    Count,
}

/// One stretch of work, reported from any thread.
pub(super) struct Progress {
    bar: Option<ProgressBar>,
    what: &'static str,
    unit: Unit,
    started: Instant,
    last_line: Mutex<Instant>,
}

impl Progress {
    /// Starts with nothing done of what is not known yet.
    pub fn new(what: &'static str, unit: Unit) -> Self {
        let bar = io::stderr().is_terminal().then(|| {
            let template = match unit {
                Unit::Bytes => "{msg} [{bar:30}] {bytes}/{total_bytes} {bytes_per_sec} {eta}",
                Unit::Count => "{msg} [{bar:30}] {human_pos}/{human_len} {per_sec} {eta}",
            };
            let style = ProgressStyle::with_template(template).expect("the templates above are well formed");
            let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
            bar.with_style(style.progress_chars("=> ")).with_message(what)
        });
        let now = Instant::now();
        Self { bar, what, unit, started: now, last_line: Mutex::new(now) }
    }

    /// `done` of `total` is behind us; a total of 0 is one that nobody knows.
    pub fn set(&self, done: u64, total: u64) {
        match &self.bar {
            Some(bar) => {
                bar.set_length(total.max(done));
                bar.set_position(done);
            }
            None => self.line_at_times(done, total),
        }
    }

    /// Prints something with the bar out of its way.
    pub fn above<T>(&self, print: impl FnOnce() -> T) -> T {
        match &self.bar {
            Some(bar) => bar.suspend(print),
            None => print(),
        }
    }

    /// Takes the bar off the screen.
    pub fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }

    fn line_at_times(&self, done: u64, total: u64) {
        // Where another thread is at it, its line will do.
        let Ok(mut last) = self.last_line.try_lock() else { return };
        if last.elapsed() < LINE_EVERY {
            return;
        }
        *last = Instant::now();
        // A report that nobody can read must not stop the work.
        let _ = writeln!(io::stderr(), "mirip: {}", line(self.what, self.unit, done, total, self.started.elapsed()));
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.finish();
    }
}

/// "reading: 12 %, 4.2 MB/s, 31 s left", or the rate alone where the total is unknown.
fn line(what: &str, unit: Unit, done: u64, total: u64, elapsed: Duration) -> String {
    let rate = done as f64 / elapsed.as_secs_f64().max(0.001);
    let shown_rate = match unit {
        Unit::Bytes => format!("{:.1} MB/s", rate / 1e6),
        Unit::Count => format!("{rate:.0} per second"),
    };
    if total == 0 || done == 0 {
        return format!("{what}: {shown_rate}");
    }
    let percent = 100.0 * done as f64 / total as f64;
    let left = total.saturating_sub(done) as f64 / rate;
    format!("{what}: {percent:.0} %, {shown_rate}, {left:.0} s left")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_says_share_rate_and_time_left() {
        let ten = Duration::from_secs(10);
        assert_eq!(line("reading", Unit::Bytes, 25_000_000, 100_000_000, ten), "reading: 25 %, 2.5 MB/s, 30 s left");
        assert_eq!(line("screening", Unit::Count, 500, 500, ten), "screening: 100 %, 50 per second, 0 s left");
        assert_eq!(line("reading", Unit::Bytes, 25_000_000, 0, ten), "reading: 2.5 MB/s");
        assert_eq!(line("screening", Unit::Count, 0, 7, ten), "screening: 0 per second");
    }
}
