//! What lies where in an output folder.

use std::path::{Path, PathBuf};

/// Name of the reports, without extension.
pub const REPORT: &str = "bao-cao";
/// Name of the page to look documents over, and of the folder of its thumbnails.
pub const THUMBNAILS: &str = "tong-quan";
/// The work folder: half-written files, journals and locks stand nowhere else.
pub const WORK: &str = ".vanthu";
/// Beginning of the names of journals.
pub const JOURNAL: &str = "nhat-ky";

/// The path of a file of an output folder; `/` stands between names.
pub fn path_of(output: &Path, file: &str) -> PathBuf {
    file.split('/').fold(output.to_owned(), |path, part| path.join(part))
}
