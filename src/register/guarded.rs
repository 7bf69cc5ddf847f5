//! Libraries that read files from outside, and what they do where a file breaks a promise they rely on.

use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

thread_local! {
    /// True while this thread is inside a library that may panic.
    static IS_INSIDE: Cell<bool> = const { Cell::new(false) };
}

/// Runs `work`, which reads a file by a library; `None` where that panics, of which nothing is said on stderr: a
/// damaged file is told as one. What was half done must not be used any more.
pub(crate) fn guarded<T>(work: impl FnOnce() -> T) -> Option<T> {
    static QUIET: Once = Once::new();
    QUIET.call_once(|| {
        let others = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            if !IS_INSIDE.get() {
                others(panic);
            }
        }));
    });
    let was_inside = IS_INSIDE.replace(true);
    let done = panic::catch_unwind(AssertUnwindSafe(work));
    IS_INSIDE.set(was_inside);
    done.ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_nothing_and_what_comes_after_it_is_as_before() {
        assert_eq!(guarded(|| guarded(|| -> u8 { panic!("as a library may") })), Some(None));
        assert!(!IS_INSIDE.get());
        assert_eq!(guarded(|| 7), Some(7));
    }
}
