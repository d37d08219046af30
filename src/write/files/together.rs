//! The files of a run: all of them or none.

use super::atomic::{beside, not_written, temporary};
use super::leftovers;
use super::standing::{not_ours, opened_by, standing_of};
use crate::diagnostic::{Diagnostic, code};
use std::collections::BTreeSet;
use std::io::{Error, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use tempfile::{NamedTempFile, TempPath};

/// Half-written files of this process. Held while files take their names, so that a signal waits for that.
static HALF_WRITTEN: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// Removes what is half written: for a program that is about to be ended by a signal.
pub fn abandon() {
    for path in HALF_WRITTEN.lock().unwrap_or_else(PoisonError::into_inner).drain(..) {
        let _ = std::fs::remove_file(path);
    }
}

/// Files written beside their targets, which have not taken their names yet. Dropped, they are gone.
pub struct Prepared(Vec<(NamedTempFile, PathBuf)>);

impl Prepared {
    /// Looks at all targets, then writes all files beside them; no target is touched.
    ///
    /// Without `force`, a file that is not ours, or was changed since we wrote it, or is open in Word, ends this with a
    /// report of each such file.
    pub fn new(files: &[(PathBuf, &[u8])], force: bool) -> Result<Self, Vec<Diagnostic>> {
        let mut problems = Vec::new();
        let mut targets = Vec::new();
        for (path, bytes) in files {
            match target(path, bytes, force) {
                Ok(target) => targets.push(target),
                Err(problem) => problems.push(*problem),
            }
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let folders: BTreeSet<&Path> = targets.iter().map(|t| folder_of(t)).collect();
        folders.into_iter().for_each(leftovers::clear);
        let mut waiting = Vec::new();
        for ((path, bytes), target) in files.iter().zip(targets) {
            let file = beside(folder_of(&target), &target, bytes, true).map_err(|e| vec![not_written(path, &e)])?;
            HALF_WRITTEN.lock().unwrap_or_else(PoisonError::into_inner).push(file.path().to_owned());
            waiting.push((file, target));
        }
        Ok(Prepared(waiting))
    }

    /// Gives all files their names, or none: when one cannot take its name, the others get back what they were.
    pub fn take_names(self) -> Result<(), Diagnostic> {
        let mut half_written = HALF_WRITTEN.lock().unwrap_or_else(PoisonError::into_inner);
        let done = take_names(self.0);
        half_written.clear();
        done.map_err(|(path, error)| not_written(&path, &error))
    }
}

/// Writes files: all of them or none; see [`Prepared`].
pub fn write_all(files: &[(PathBuf, &[u8])], force: bool) -> Result<(), Vec<Diagnostic>> {
    Prepared::new(files, force)?.take_names().map_err(|problem| vec![problem])
}

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// The file that a path leads to, if it may be replaced: what a link leads to, not the link.
fn target(path: &Path, bytes: &[u8], force: bool) -> Result<PathBuf, Box<Diagnostic>> {
    let failed = |error: &Error| Box::new(not_written(path, error));
    let is_link = std::fs::symlink_metadata(path).is_ok_and(|m| m.file_type().is_symlink());
    let target = if is_link { std::fs::canonicalize(path).map_err(|e| failed(&e))? } else { path.to_owned() };
    match std::fs::metadata(&target) {
        Ok(meta) if meta.is_dir() => return Err(failed(&ErrorKind::IsADirectory.into())),
        Ok(meta) if !meta.is_file() => {
            return Err(failed(&Error::new(ErrorKind::InvalidInput, "đây không phải là một tệp thường")));
        }
        _ => {}
    }
    if let Some((program, lock)) = opened_by(&target).filter(|_| !force && target.exists()) {
        let message = format!("Tệp {} đang mở trong {program} nên không bị ghi đè.", path.display());
        let hint = format!(
            "Lưu và đóng tệp trong {program} rồi chạy lại. Nếu không ai mở tệp, xóa {} hoặc thêm --force.",
            lock.display()
        );
        return Err(Box::new(Diagnostic::general(&code::KHONG_GHI_DUOC, message).hint(hint)));
    }
    // Windows tells of a file that a program holds only when it is opened to write.
    if cfg!(windows) && target.exists() {
        std::fs::OpenOptions::new().append(true).open(&target).map_err(|e| failed(&e))?;
    }
    let standing = standing_of(&target, bytes).map_err(|e| failed(&e))?;
    match not_ours(&path.display().to_string(), standing, "nên không bị ghi đè").filter(|_| !force) {
        Some(problem) => Err(Box::new(
            problem.hint("Ghi ra tên khác bằng -o, chép tệp đó đi nơi khác, hoặc thêm --force để ghi đè."),
        )),
        None => Ok(target),
    }
}

/// Renames all files, or none: what the ones before were is kept until the last has its name.
fn take_names(waiting: Vec<(NamedTempFile, PathBuf)>) -> Result<(), (PathBuf, Error)> {
    let mut done: Vec<(PathBuf, Option<TempPath>)> = Vec::new();
    let several = waiting.len() > 1;
    for (file, target) in waiting {
        let old = if several { kept(&target) } else { None };
        if let Err(error) = file.persist(&target) {
            for (path, old) in done.into_iter().rev() {
                match old {
                    Some(old) => drop(old.persist(path)),
                    None => drop(std::fs::remove_file(path)),
                }
            }
            return Err((target, error.error));
        }
        done.push((target, old));
    }
    Ok(())
}

/// A second name for the file that is about to be replaced; a copy of it where the disk knows no second names.
fn kept(target: &Path) -> Option<TempPath> {
    if !target.exists() {
        return None;
    }
    let name = temporary(folder_of(target)).ok()?.into_temp_path();
    std::fs::remove_file(&name).ok()?;
    match std::fs::hard_link(target, &name) {
        Ok(()) => Some(name),
        Err(_) => std::fs::copy(target, &name).ok().map(|_| name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn when_one_cannot_take_its_name_the_others_are_as_they_were() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        std::fs::write(path("a"), "old").unwrap();
        std::fs::create_dir(path("c")).unwrap();
        std::fs::write(path("c/x"), "x").unwrap();
        let new = |name: &str| {
            let file = temporary(folder.path()).unwrap();
            std::fs::write(file.path(), format!("new {name}")).unwrap();
            file
        };
        // A folder that appeared after the files were looked at.
        let (a, b, c) = (path("a"), path("b"), path("c"));
        let failed = take_names(vec![(new("a"), a.clone()), (new("b"), b.clone()), (new("c"), c.clone())]).unwrap_err();
        assert_eq!(failed.0, c);
        assert_eq!(std::fs::read_to_string(&a).unwrap(), "old");
        assert!(!b.exists());
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2);
    }
}
