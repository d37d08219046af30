//! Half-written files of runs that were killed.

use std::fs::{File, TryLockError};
use std::path::Path;
use std::time::Duration;

/// How names of half-written files begin and end.
pub const PREFIX: &str = ".vanthu-";
/// The end of their names.
pub const SUFFIX: &str = ".tam";
/// Random letters between.
pub const LETTERS: usize = 12;

/// A file this young may be one that another run has just made and not locked yet.
const YOUNG: Duration = Duration::from_secs(10);

/// Removes what killed runs left in a folder: files of our very kind of name that no run holds. What cannot be removed
/// stays; it is in nobody's way.
pub fn clear(folder: &Path) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
        if is_file && entry.file_name().to_str().is_some_and(is_ours) && is_stale(&entry.path()) {
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

fn is_ours(name: &str) -> bool {
    let middle = name.strip_prefix(PREFIX).and_then(|rest| rest.strip_suffix(SUFFIX));
    middle.is_some_and(|m| m.len() == LETTERS && m.bytes().all(|b| b.is_ascii_alphanumeric()))
}

/// A run holds the lock of its files as long as it lives; a disk without locks tells nothing.
fn is_stale(path: &Path) -> bool {
    let Ok(file) = File::open(path) else { return false };
    let old = file.metadata().and_then(|m| m.modified()).is_ok_and(|t| t.elapsed().is_ok_and(|age| age > YOUNG));
    old && match file.try_lock() {
        Ok(()) => true,
        Err(TryLockError::WouldBlock | TryLockError::Error(_)) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_forgotten_files_go() {
        let folder = tempfile::tempdir().unwrap();
        let make = |name: &str, age: u64| {
            let file = File::create(folder.path().join(name)).unwrap();
            file.set_modified(file.metadata().unwrap().modified().unwrap() - Duration::from_secs(age)).unwrap();
            file
        };
        make(".vanthu-aB3dE6gH9jK2.tam", 60);
        let held = make(".vanthu-aB3dE6gH9jK3.tam", 60);
        held.lock().unwrap();
        make(".vanthu-aB3dE6gH9jK4.tam", 0);
        make(".vanthu-backup", 60);
        make(".vanthu-cua-toi-123.tam", 60);
        clear(folder.path());
        let mut left: Vec<_> =
            std::fs::read_dir(folder.path()).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        left.sort();
        assert_eq!(
            left,
            [".vanthu-aB3dE6gH9jK3.tam", ".vanthu-aB3dE6gH9jK4.tam", ".vanthu-backup", ".vanthu-cua-toi-123.tam"]
        );
    }
}
