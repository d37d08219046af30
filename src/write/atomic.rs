//! Files are replaced whole or not at all.

use crate::diagnostic::{Diagnostic, code, io_reason};
use std::io::Write;
use std::path::Path;

/// Writes bytes beside the target, then renames: an old file stays intact until the new one is complete.
pub fn replace(path: &Path, bytes: &[u8]) -> Result<(), Diagnostic> {
    let failed = |error: std::io::Error| {
        let why = io_reason(&error);
        Diagnostic::general(&code::KHONG_GHI_DUOC, format!("Không ghi được tệp {}: {why}.", path.display()))
            .hint("Kiểm tra thư mục đích, quyền ghi và chỗ trống trên ổ đĩa; tệp cũ (nếu có) vẫn còn nguyên.")
    };
    if path.is_dir() {
        return Err(failed(std::io::ErrorKind::IsADirectory.into()));
    }
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut builder = tempfile::Builder::new();
    builder.prefix(".vanthu-");
    // A temporary file is private; the document is as public as any file of the user's.
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    let mut file = builder.tempfile_in(folder).map_err(failed)?;
    file.write_all(bytes).and_then(|()| file.as_file().sync_data()).map_err(failed)?;
    file.persist(path).map_err(|e| failed(e.error))?;
    Ok(())
}
