//! Where work waits and runs: off the async threads, so many at once, so many waiting.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::sync::Semaphore;

use super::problem::{Code, Problem};
use crate::Result;

/// A bounded number of running pieces of work before a bounded queue. Cheap to clone.
#[derive(Clone)]
pub(super) struct Lane {
    /// One permit for each that runs or waits.
    places: Arc<Semaphore>,
    /// One permit for each that runs; first come, first served.
    running: Arc<Semaphore>,
    /// Permits for places.
    capacity: usize,
}

/// Tells the work that nobody waits for its result any more.
#[derive(Clone, Default)]
pub(super) struct Abandoned(Arc<AtomicBool>);

impl Abandoned {
    /// True once the caller has gone or was answered `timeout`.
    pub(super) fn is_set(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// Sets its flag when the request is dropped.
struct Caller(Abandoned);

impl Drop for Caller {
    fn drop(&mut self) {
        self.0.0.store(true, Ordering::Relaxed);
    }
}

impl Lane {
    /// A lane for `max_concurrent` (at least one) running and `max_waiting` waiting.
    pub(super) fn new(max_concurrent: usize, max_waiting: usize) -> Self {
        let running = max_concurrent.clamp(1, Semaphore::MAX_PERMITS);
        let places = running.saturating_add(max_waiting).min(Semaphore::MAX_PERMITS);
        Self { places: Arc::new(Semaphore::new(places)), running: Arc::new(Semaphore::new(running)), capacity: places }
    }

    /// True where nothing else runs or waits beside the one that asks from within.
    pub(super) fn is_alone(&self) -> bool {
        self.places.available_permits() + 1 >= self.capacity
    }

    /// Runs `work` on a thread for blocking work and waits for it.
    ///
    /// The permits move into the work: where the caller goes away, what already runs still
    /// counts until it ends, so that there are never more than the lane allows.
    ///
    /// # Errors
    /// `busy` where the queue is full; what `work` answers; `internal` where it panics.
    pub(super) async fn run<T: Send + 'static>(&self, work: impl FnOnce(&Abandoned) -> Result<T> + Send + 'static) -> Result<T, Problem> {
        let Ok(place) = Arc::clone(&self.places).try_acquire_owned() else {
            return Err(Problem::new(Code::Busy, "too many requests at once; ask again in a second"));
        };
        let permit = Arc::clone(&self.running).acquire_owned().await.expect("no lane closes its semaphore");
        let caller = Caller(Abandoned::default());
        let abandoned = caller.0.clone();
        let done = tokio::task::spawn_blocking(move || {
            let _held = (place, permit);
            work(&abandoned)
        });
        match done.await {
            Ok(result) => Ok(result?),
            // The panic itself was reported by the hook, by its place alone.
            Err(_) => Err(Problem::internal()),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;
    use std::time::Duration;

    use super::*;
    use crate::Error;

    fn runtime() -> tokio::runtime::Runtime {
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime")
    }

    #[test]
    fn a_full_queue_turns_away_and_an_empty_one_takes_again() {
        runtime().block_on(async {
            let lane = Lane::new(1, 1);
            let (release, wait) = mpsc::channel::<()>();
            let first = tokio::spawn({
                let lane = lane.clone();
                async move { lane.run(move |_| wait.recv().map_err(|_| Error::usage("never released"))).await }
            });
            while lane.running.available_permits() > 0 {
                tokio::task::yield_now().await;
            }
            let second = tokio::spawn({
                let lane = lane.clone();
                async move { lane.run(|_| Ok(2)).await }
            });
            while lane.places.available_permits() > 0 {
                tokio::task::yield_now().await;
            }
            let third = lane.run(|_| Ok(3)).await;
            assert_eq!(third.expect_err("the queue is full").code(), Code::Busy);
            release.send(()).expect("the first still waits");
            assert!(first.await.expect("joined").is_ok());
            assert_eq!(second.await.expect("joined").expect("it had a place"), 2);
            assert_eq!(lane.run(|_| Ok(4)).await.expect("the queue is empty"), 4);
        });
    }

    #[test]
    fn abandoned_work_learns_of_it_and_still_counts() {
        runtime().block_on(async {
            let lane = Lane::new(1, 8);
            let (tell, told) = mpsc::channel();
            let work = lane.run(move |abandoned| {
                while !abandoned.is_set() {
                    std::thread::sleep(Duration::from_millis(1));
                }
                tell.send(()).map_err(|_| Error::usage("nobody listens"))
            });
            let outcome = tokio::time::timeout(Duration::from_millis(50), work).await;
            assert!(outcome.is_err(), "it waits to be abandoned");
            told.recv_timeout(Duration::from_secs(10)).expect("the work saw that it was abandoned");
            assert_eq!(lane.run(|_| Ok(5)).await.expect("its permit came back"), 5);
        });
    }

    #[test]
    fn a_panic_is_a_problem_and_frees_its_place() {
        runtime().block_on(async {
            let lane = Lane::new(1, 0);
            let problem = lane.run::<()>(|_| panic!("on purpose")).await.expect_err("it panicked");
            assert_eq!(problem.code(), Code::Internal);
            assert!(lane.run(|_| Ok(())).await.is_ok());
        });
    }
}
