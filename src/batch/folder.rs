//! The output folder: the documents, the reports, the page to look them over, and a work folder of our own.

use crate::diagnostic::{Diagnostic, code, io_reason};
use crate::write::files::{Standing, not_ours, not_written, refuse_links, replace_from, standing_of};
use std::fs::{File, OpenOptions, TryLockError};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::paths::{JOURNAL, REPORT, THUMBNAILS, WORK, path_of};
use super::record::hex;
use super::shard::Shard;
use sha2::{Digest as _, Sha256};

/// How many states of the CSV are remembered.
const KNOWN_CSV: usize = 4;

/// An output folder in use by one run.
pub struct OutputFolder {
    root: PathBuf,
    temporary: PathBuf,
    journal_path: PathBuf,
    journal: Mutex<File>,
    suffix: String,
    force: bool,
    /// Held until the run ends.
    _locks: Vec<File>,
}

impl OutputFolder {
    /// Makes the folder, takes its lock and clears away what a killed run left half written. With `force`, reports that a
    /// person made or changed are written over.
    pub fn open(root: &Path, shard: Option<Shard>, force: bool) -> Result<Self, Diagnostic> {
        let suffix = shard.map(Shard::suffix).unwrap_or_default();
        let work = root.join(WORK);
        let temporary = work.join(format!("tam{suffix}"));
        // What is deleted and locked here must be ours: a link would lead to a folder of somebody else's.
        refuse_links(root, &temporary).map_err(|e| failed(root, &e))?;
        std::fs::create_dir_all(&work).map_err(|e| failed(root, &e))?;
        // Parts of a list may share a folder; a run of the whole list has it alone.
        let mut locks = vec![lock(&work.join("khoa"), shard.is_some(), root)?];
        if shard.is_some() {
            locks.push(lock(&work.join(format!("khoa{suffix}")), false, root)?);
        }
        match std::fs::remove_dir_all(&temporary) {
            Err(e) if e.kind() != std::io::ErrorKind::NotFound => return Err(failed(&temporary, &e)),
            _ => {}
        }
        std::fs::create_dir_all(&temporary).map_err(|e| failed(&temporary, &e))?;
        let journal_path = work.join(format!("{JOURNAL}{suffix}.jsonl"));
        let journal =
            OpenOptions::new().create(true).append(true).open(&journal_path).map_err(|e| failed(&journal_path, &e))?;
        Ok(OutputFolder {
            force,
            root: root.to_owned(),
            temporary,
            journal_path,
            journal: Mutex::new(journal),
            suffix,
            _locks: locks,
        })
    }

    /// The folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// What marks the files of this part of a list; nothing for the whole list.
    pub fn suffix(&self) -> &str {
        &self.suffix
    }

    /// Name of a report or of the page, with the shard's number where there is one.
    pub fn report_name(&self, stem: &str, extension: &str) -> String {
        format!("{stem}{}.{extension}", self.suffix)
    }

    /// The path of a file of the folder; `/` stands between names.
    pub fn path(&self, name: &str) -> PathBuf {
        path_of(&self.root, name)
    }

    /// Replaces a file of the folder whole. The bytes are not forced onto the disk one file at a time: after a power
    /// cut a file may be empty, and is made anew, or spoilt, and is reported as changed (`tep-da-sua`).
    pub fn replace(&self, name: &str, bytes: &[u8]) -> std::io::Result<()> {
        let path = self.path(name);
        refuse_links(&self.root, &path)?;
        match replace_from(&self.temporary, &path, bytes, false) {
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
                if let Some(parent) = path.parent() {
                    std::fs::create_dir_all(parent)?;
                }
                replace_from(&self.temporary, &path, bytes, false)
            }
            done => done,
        }
    }

    /// The names of all reports.
    fn reports(&self) -> [String; 4] {
        [(REPORT, "json"), (REPORT, "csv"), (REPORT, "xlsx"), (THUMBNAILS, "html")]
            .map(|(stem, extension)| self.report_name(stem, extension))
    }

    /// Reports that a person made or changed: then nothing is to be written at all.
    pub fn refused(&self) -> Vec<Diagnostic> {
        self.reports().iter().filter_map(|name| self.refuse(name, &[]).err()).collect()
    }

    /// Refuses to write over a report that is not ours.
    fn refuse(&self, name: &str, bytes: &[u8]) -> Result<(), Diagnostic> {
        let path = self.path(name);
        let mut standing = standing_of(&path, bytes).map_err(|e| not_written(&path, &e))?;
        let written = if name.ends_with(".csv") { self.written_csv() } else { Vec::new() };
        if standing == Standing::Foreign && !written.is_empty() {
            let digest = std::fs::read(&path).map(|bytes| hex(&Sha256::digest(bytes))).unwrap_or_default();
            standing = if written.contains(&digest) { Standing::Ours } else { Standing::Edited };
        }
        match not_ours(&path.display().to_string(), standing, "nên không bị ghi đè").filter(|_| !self.force) {
            Some(problem) => Err(problem
                .hint("Ghi ra thư mục khác bằng -o, chép tệp đó đi nơi khác rồi xóa nó, hoặc thêm --force để ghi đè.")),
            None => Ok(()),
        }
    }

    /// Where the digests of the CSV stand, since CSV has no place for one.
    fn csv_record(&self) -> PathBuf {
        self.root.join(WORK).join(format!("{REPORT}{}.csv.sha256", self.suffix))
    }

    /// Digests that the CSV may have: the last one, and those that killed runs may have left.
    fn written_csv(&self) -> Vec<String> {
        let record = std::fs::read_to_string(self.csv_record()).unwrap_or_default();
        record.lines().map(str::to_owned).collect()
    }

    /// Notes the digest of the CSV before it is there.
    fn remember_csv(&self, bytes: &[u8]) -> std::io::Result<()> {
        let mut digests = self.written_csv();
        digests.insert(0, hex(&Sha256::digest(bytes)));
        digests.truncate(KNOWN_CSV);
        replace_from(&self.temporary, &self.csv_record(), (digests.join("\n") + "\n").as_bytes(), true)
    }

    /// Replaces a report, on the disk before its name is.
    pub fn replace_report(&self, name: &str, bytes: &[u8]) -> Result<(), Diagnostic> {
        let path = self.path(name);
        self.refuse(name, bytes)?;
        if name.ends_with(".csv") {
            self.remember_csv(bytes).map_err(|e| not_written(&path, &e))?;
        }
        refuse_links(&self.root, &path)
            .and_then(|()| replace_from(&self.temporary, &path, bytes, true))
            .map_err(|e| not_written(&path, &e))
    }

    /// Removes a file of the folder; what stands behind a link stays.
    pub fn remove(&self, name: &str) {
        let path = self.path(name);
        if refuse_links(&self.root, &path).is_ok() {
            let _ = std::fs::remove_file(path);
        }
    }

    /// Adds a line to the journal, in one piece.
    pub fn note(&self, mut line: Vec<u8>) -> std::io::Result<()> {
        // A line that a killed run left unfinished must not join this one.
        line.insert(0, b'\n');
        line.push(b'\n');
        self.journal.lock().unwrap_or_else(PoisonError::into_inner).write_all(&line)
    }

    /// Ends the run: what the journal says stands in the report now.
    pub fn close(self) {
        let _ = std::fs::remove_dir_all(&self.temporary);
        let _ = std::fs::remove_file(&self.journal_path);
    }
}

fn failed(path: &Path, error: &std::io::Error) -> Diagnostic {
    let message = format!("Không dùng được thư mục {}: {}.", path.display(), io_reason(error));
    Diagnostic::general(&code::KHONG_GHI_DUOC, message)
        .hint("Kiểm tra tên thư mục đích, quyền ghi và chỗ trống trên ổ đĩa.")
}

/// Takes a lock, alone or with others; it is held as long as the file.
fn lock(path: &Path, shared: bool, root: &Path) -> Result<File, Diagnostic> {
    let file = OpenOptions::new().create(true).truncate(false).write(true).open(path).map_err(|e| failed(path, &e))?;
    match if shared { file.try_lock_shared() } else { file.try_lock() } {
        Err(TryLockError::WouldBlock) => {
            let message = format!("Một lần chạy khác đang ghi vào thư mục {}.", root.display());
            Err(Diagnostic::general(&code::DANG_CHAY, message).hint("Đợi lần chạy kia xong, hoặc ghi ra thư mục khác."))
        }
        // A disk without locks (some network drives) is used without.
        Ok(()) | Err(TryLockError::Error(_)) => Ok(file),
    }
}
