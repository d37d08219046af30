//! Runs what may panic in a library that reads what users bring: a panic there is a fault of the file, and says nothing
//! to the user that would help.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::sync::Once;

thread_local! {
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

/// Runs `body`; `None` where it panicked. What it leaves half done must not be seen by others.
pub fn guarded<T>(body: impl FnOnce() -> T) -> Option<T> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let usual = take_hook();
        set_hook(Box::new(move |info| {
            if !QUIET.get() {
                usual(info);
            }
        }));
    });
    let before = QUIET.replace(true);
    let done = catch_unwind(AssertUnwindSafe(body)).ok();
    QUIET.set(before);
    done
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_panic_is_none() {
        assert_eq!(super::guarded(|| 1), Some(1));
        let empty: Vec<u8> = Vec::new();
        assert_eq!(super::guarded(|| empty[0]), None);
    }
}
