//! Files are replaced whole or not at all.

use crate::diagnostic::{Diagnostic, code, io_reason};
use std::io::Write;
use std::path::Path;

/// Writes bytes beside the target, then renames: an old file stays intact until the new one is complete.
pub fn replace(path: &Path, bytes: &[u8]) -> Result<(), Diagnostic> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    replace_from(folder, path, bytes, true).map_err(|error| not_written(path, &error))
}

/// The report of a file that could not be written.
pub fn not_written(path: &Path, error: &std::io::Error) -> Diagnostic {
    let why = io_reason(error);
    Diagnostic::general(&code::KHONG_GHI_DUOC, format!("Không ghi được tệp {}: {why}.", path.display()))
        .hint("Kiểm tra thư mục đích, quyền ghi và chỗ trống trên ổ đĩa; tệp cũ (nếu có) vẫn còn nguyên.")
}

/// Writes bytes in a folder of the same disk, then renames. With `sync` the bytes are on the disk before the name is.
pub fn replace_from(folder: &Path, path: &Path, bytes: &[u8], sync: bool) -> std::io::Result<()> {
    if path.is_dir() {
        return Err(std::io::ErrorKind::IsADirectory.into());
    }
    let mut builder = tempfile::Builder::new();
    builder.prefix(".vanthu-");
    // A temporary file is private; the document is as public as any file of the user's.
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(bytes)?;
    if sync {
        file.as_file().sync_data()?;
    }
    file.persist(path).map_err(|e| e.error)?;
    Ok(())
}
