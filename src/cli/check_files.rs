//! Which files `vanthu check` reads.

use super::check_args::Check;
use super::check_report::Told;
use crate::diagnostic::{Diagnostic, code, io_reason};
use crate::pipeline::import;
use std::path::{Path, PathBuf};

/// The files that were named; of folders the plans in them, and what in them cannot be read.
pub fn files(args: &Check) -> Result<(Vec<PathBuf>, Vec<Told>), Vec<Diagnostic>> {
    let (mut out, mut unread) = (Vec::new(), Vec::new());
    for path in &args.files {
        if path.is_dir() { plans_of(path, &mut out, &mut unread) } else { out.push(path.clone()) }
    }
    // A file that is named twice is one file.
    let mut seen = std::collections::HashSet::new();
    out.retain(|f| seen.insert(f.canonicalize().unwrap_or_else(|_| f.clone())));
    let wrong = |message: &str, hint: &str| vec![Diagnostic::general(&code::THAM_SO_SAI, message).hint(hint)];
    if out.is_empty() && !unread.is_empty() {
        return Ok((out, unread));
    }
    if out.is_empty() {
        return Err(wrong("Thư mục không có kế hoạch (.yaml) nào.", "Nêu tên tệp."));
    }
    if args.units.is_some() && (out.len() > 1 || is_word(&out[0])) {
        return Err(wrong("--units chỉ đi với một kế hoạch.", "Chạy lại lệnh với từng kế hoạch."));
    }
    let docx = |f: &PathBuf| f.extension().is_some_and(|e| e.eq_ignore_ascii_case("docx"));
    if args.notes.as_ref().is_some_and(|n| !docx(n)) {
        return Err(wrong("--ghi-chu ghi ra một tệp Word.", "Đặt tên có đuôi .docx."));
    }
    if args.notes.is_some() && (out.len() > 1 || !docx(&out[0])) {
        return Err(wrong("--ghi-chu cần đúng một tệp Word (.docx).", "Chạy lại lệnh với từng tệp .docx."));
    }
    if args.fix.is_some() && out.iter().any(|f| is_word(f) || f.as_os_str() == "-") {
        let hint = "Nhập tệp Word thành kế hoạch bằng vanthu import rồi sửa kế hoạch.";
        return Err(wrong("--fix chỉ sửa tệp kế hoạch.", hint));
    }
    Ok((out, unread))
}

fn plans_of(folder: &Path, out: &mut Vec<PathBuf>, unread: &mut Vec<Told>) {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => return unread.push(refused(folder, &io_reason(&error))),
    };
    let mut all: Vec<PathBuf> = entries.flatten().map(|e| e.path()).collect();
    all.sort();
    for path in all {
        if path.is_dir() && !path.is_symlink() {
            plans_of(&path, out, unread);
        } else if !path.is_dir() && path.extension().is_some_and(|e| e == "yaml" || e == "yml") {
            match std::fs::metadata(&path) {
                Ok(found) if found.is_file() => out.push(path),
                Ok(_) => unread.push(refused(&path, "đây không phải là một tệp thường")),
                Err(error) => unread.push(refused(&path, &io_reason(&error))),
            }
        }
    }
}

/// What stands in a folder and cannot be read.
fn refused(path: &Path, why: &str) -> Told {
    let problem = Diagnostic::general(&code::KHONG_DOC_DUOC, format!("Không đọc được {}: {why}.", path.display()));
    let diagnostics = vec![problem.hint("Cho phép đọc, hoặc chuyển nó ra khỏi thư mục.")];
    Told { file: path.to_owned(), source: None, diagnostics, word: false }
}

/// Whether a file is one that is imported.
pub fn is_word(path: &Path) -> bool {
    let extension = path.extension().map(|e| e.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
    import::EXTENSIONS.contains(&extension.as_str())
}
