//! What tells versions of a file apart without reading it.

use std::path::Path;
use std::time::SystemTime;

/// When a file was written, how long it is and, where the system says so, which file it is and when it took its place;
/// nothing for a file that is not there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stamp(Option<(Option<SystemTime>, u64, Place)>);

/// Inode and time of the last change of it: a file moved here with its old time is another one.
type Place = (u64, i64, i64);

impl Stamp {
    /// The stamp of a file as it is now.
    pub fn of(path: &Path) -> Self {
        Stamp(std::fs::metadata(path).ok().map(|m| (m.modified().ok(), m.len(), place(&m))))
    }
}

#[cfg(unix)]
fn place(meta: &std::fs::Metadata) -> Place {
    use std::os::unix::fs::MetadataExt;
    (meta.ino(), meta.ctime(), meta.ctime_nsec())
}

#[cfg(not(unix))]
fn place(_: &std::fs::Metadata) -> Place {
    (0, 0, 0)
}
