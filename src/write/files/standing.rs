//! How a file on the disk stands to vanthu.

use super::seal;
use crate::diagnostic::{Diagnostic, code};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// Larger files are nobody's but a person's.
const MAX_BYTES: u64 = 512 << 20;

/// How a file stands to what vanthu wrote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Not there, or empty, as a power cut leaves it.
    Missing,
    /// Written by vanthu and not changed since.
    Ours,
    /// Written by vanthu and changed since.
    Edited,
    /// Made by somebody else, or by something that keeps no digest.
    Foreign,
}

impl Standing {
    /// By the digest in the bytes of a file.
    pub fn of(bytes: &[u8]) -> Self {
        match seal::verdict(bytes) {
            _ if bytes.is_empty() => Standing::Missing,
            Some(true) => Standing::Ours,
            Some(false) => Standing::Edited,
            None => Standing::Foreign,
        }
    }
}

/// How the file at a path stands to vanthu; bytes that are the `wanted` ones are as good as ours.
pub fn standing_of(path: &Path, wanted: &[u8]) -> std::io::Result<Standing> {
    match std::fs::metadata(path) {
        Ok(meta) if meta.len() == 0 => return Ok(Standing::Missing),
        Ok(meta) if meta.len() > MAX_BYTES => return Ok(Standing::Foreign),
        Ok(_) => {}
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Standing::Missing),
        Err(error) => return Err(error),
    }
    let bytes = std::fs::read(path)?;
    Ok(if bytes == wanted { Standing::Ours } else { Standing::of(&bytes) })
}

/// The report of a file that is not written over, `then` saying what became of it; `None` where it may be.
pub fn not_ours(name: &str, standing: Standing, then: &str) -> Option<Diagnostic> {
    let what = match standing {
        Standing::Missing | Standing::Ours => return None,
        Standing::Foreign => "đã có sẵn và không do vanthu ghi ra",
        Standing::Edited => "đã bị sửa sau khi vanthu ghi ra",
    };
    Some(Diagnostic::general(&code::TEP_DA_SUA, format!("Tệp {name} {what}, {then}.")))
}

/// The file that Word or LibreOffice puts beside a document while it is open there.
pub fn opened_by(path: &Path) -> Option<(&'static str, PathBuf)> {
    let name = path.file_name()?.to_str()?;
    let stem = path.file_stem()?.to_str()?.chars().count();
    // Word writes `~$` over the first two letters of a long name, over one of seven, before a shorter one.
    let over = stem.saturating_sub(6).min(2);
    let rest: String = name.chars().skip(over).collect();
    let locks = [("Word", format!("~${rest}")), ("LibreOffice", format!(".~lock.{name}#"))];
    locks.into_iter().map(|(program, lock)| (program, path.with_file_name(lock))).find(|(_, lock)| lock.is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locks_of_word_have_its_names() {
        let folder = tempfile::tempdir().unwrap();
        for (name, lock) in
            [("kh.docx", "~$kh.docx"), ("tờ-1234.docx", "~$ờ-1234.docx"), ("kế-hoạch.docx", "~$-hoạch.docx")]
        {
            let path = folder.path().join(name);
            assert_eq!(opened_by(&path), None);
            std::fs::write(folder.path().join(lock), "x").unwrap();
            assert_eq!(opened_by(&path).map(|(program, _)| program), Some("Word"), "{name}");
        }
        let path = folder.path().join("kh.pdf");
        std::fs::write(folder.path().join(".~lock.kh.pdf#"), "x").unwrap();
        assert_eq!(opened_by(&path).map(|(program, _)| program), Some("LibreOffice"));
    }
}
