//! Files are replaced whole or not at all.

use super::leftovers::{LETTERS, PREFIX, SUFFIX};
use crate::diagnostic::{Diagnostic, code, io_reason};
use std::fs::Permissions;
use std::io::Write;
use std::path::Path;
use tempfile::NamedTempFile;

/// The report of a file that could not be written.
pub fn not_written(path: &Path, error: &std::io::Error) -> Diagnostic {
    if is_held(error) {
        let message = format!("Tệp {} đang mở trong một chương trình khác nên không ghi được.", path.display());
        return Diagnostic::general(&code::KHONG_GHI_DUOC, message)
            .hint("Đóng tệp đó (thường là Word hoặc phần mềm xem PDF) rồi chạy lại; tệp cũ vẫn còn nguyên.");
    }
    let why = io_reason(error);
    Diagnostic::general(&code::KHONG_GHI_DUOC, format!("Không ghi được tệp {}: {why}.", path.display()))
        .hint("Kiểm tra thư mục đích, quyền ghi và chỗ trống trên ổ đĩa; tệp cũ (nếu có) vẫn còn nguyên.")
}

/// Whether another program holds the file, as Windows says (ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION).
fn is_held(error: &std::io::Error) -> bool {
    cfg!(windows) && matches!(error.raw_os_error(), Some(32 | 33))
}

/// Writes bytes in a folder of the same disk, then renames. With `sync` the bytes are on the disk before the name is.
pub fn replace_from(folder: &Path, path: &Path, bytes: &[u8], sync: bool) -> std::io::Result<()> {
    let file = beside(folder, path, bytes, sync)?;
    file.persist(path).map_err(|e| e.error)?;
    Ok(())
}

/// Writes bytes into a temporary file that is to become `path`, with the mode of the file that it will replace.
pub fn beside(folder: &Path, path: &Path, bytes: &[u8], sync: bool) -> std::io::Result<NamedTempFile> {
    let old = match std::fs::metadata(path) {
        Ok(old) if old.is_dir() => return Err(std::io::ErrorKind::IsADirectory.into()),
        Ok(old) => Some(old.permissions()),
        Err(_) => None,
    };
    let mut file = temporary(folder)?;
    // Held while this run lives, so that no other one takes it for forgotten. Some network drives have no locks.
    let _ = file.as_file().try_lock();
    file.write_all(bytes)?;
    if let Some(mode) = old {
        keep(&file, mode)?;
    }
    if sync {
        file.as_file().sync_data()?;
    }
    Ok(file)
}

/// A new file for bytes on their way. A temporary file is private; a document is as public as any file of the user's.
pub fn temporary(folder: &Path) -> std::io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(PREFIX).suffix(SUFFIX).rand_bytes(LETTERS);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
}

/// Gives a new file the mode of the old one. Windows' only mode, read-only, would forbid the rename.
fn keep(file: &NamedTempFile, mode: Permissions) -> std::io::Result<()> {
    if cfg!(unix) { file.as_file().set_permissions(mode) } else { Ok(()) }
}
