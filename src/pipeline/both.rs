//! Two pieces of work side by side.

use std::panic::resume_unwind;
use std::thread::{Builder, scope};

/// Stack of the second thread: plans nest deeply.
const STACK: usize = 32 << 20;

/// What both give; the second is done on a thread of its own, where one can be had.
pub fn both<A, B: Send>(first: impl FnOnce() -> A, second: impl Fn() -> B + Sync) -> (A, B) {
    // The neighbours of a pool's worker have work of their own.
    if rayon::current_thread_index().is_some() {
        return (first(), second());
    }
    scope(|scope| {
        let other = Builder::new().stack_size(STACK).spawn_scoped(scope, &second);
        let a = first();
        let b = match other {
            Ok(other) => other.join().unwrap_or_else(|panic| resume_unwind(panic)),
            Err(_) => second(),
        };
        (a, b)
    })
}
