//! Links inside a folder that is ours to write into: they lead to files of others.

use std::io::{Error, ErrorKind};
use std::path::Path;

/// Refuses a path below `root` on which some name is a link; the root itself may be one, since its user named it.
pub fn refuse_links(root: &Path, path: &Path) -> std::io::Result<()> {
    let below = path.strip_prefix(root).unwrap_or(path);
    let mut at = root.to_owned();
    for step in below.components() {
        at.push(step);
        match std::fs::symlink_metadata(&at) {
            Ok(meta) if meta.file_type().is_symlink() => {
                let what = format!("{} là liên kết tới nơi khác, vanthu không ghi hay xóa qua liên kết", at.display());
                return Err(Error::new(ErrorKind::InvalidInput, what));
            }
            Ok(_) => {}
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(error),
        }
    }
    Ok(())
}
