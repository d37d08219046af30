//! What is known of earlier runs: their reports, and the journal of one that did not end.

use super::folder::{JOURNAL, REPORT, WORK};
use super::record::{FileRecord, Fingerprint, Record, hex};
use super::report::Report;
use sha2::{Digest as _, Sha256};
use std::collections::HashMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// Records of earlier runs, by the name of the unit's files.
#[derive(Default)]
pub struct Known {
    records: HashMap<String, Vec<Record>>,
}

/// How a file on the disk stands to what is known of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnDisk {
    /// Not there, or empty, as a power cut leaves it.
    Missing,
    /// As a run wrote it.
    Ours,
    /// A file that no run wrote.
    Foreign,
    /// Written by a run and changed since.
    Edited,
}

impl Known {
    /// Reads all reports of a folder and the journals of runs that did not end. What cannot be read is as if it were
    /// not there: then the units are made anew.
    pub fn read(root: &Path) -> Self {
        let mut known = Known::default();
        for bytes in files(root, REPORT, ".json") {
            if let Ok(report) = serde_json::from_slice::<Report>(&bytes) {
                report.earlier.into_iter().chain(report.units).for_each(|r| known.add(r));
            }
        }
        for bytes in files(&root.join(WORK), JOURNAL, ".jsonl") {
            for line in bytes.split(|b| *b == b'\n') {
                if let Ok(record) = serde_json::from_slice::<Record>(line) {
                    known.add(record);
                }
            }
        }
        known
    }

    fn add(&mut self, record: Record) {
        if !record.name.is_empty() && record.fingerprint.is_some() {
            self.records.entry(record.name.clone()).or_default().push(record);
        }
    }

    /// The records of a unit, the latest last.
    pub fn of(&self, name: &str) -> &[Record] {
        self.records.get(name).map_or(&[], Vec::as_slice)
    }

    /// All files that runs wrote for a unit, or meant to write when they were killed.
    fn files_of<'k>(&'k self, name: &str) -> impl Iterator<Item = &'k FileRecord> {
        self.of(name).iter().flat_map(|r| r.files.iter().chain(&r.earlier_files))
    }

    /// Files of a unit that are not among those of a new record: what they looked like must not be forgotten.
    pub fn earlier_files(&self, record: &Record) -> Vec<FileRecord> {
        let mut out: Vec<FileRecord> = Vec::new();
        for file in self.files_of(&record.name).collect::<Vec<_>>().into_iter().rev() {
            let again = record.files.iter().chain(&out).any(|f| f.path == file.path);
            if !again {
                out.push(file.clone());
            }
        }
        out.sort_by(|a, b| a.path.cmp(&b.path));
        out
    }

    /// How a file of a unit stands to what is known of it. Bytes that the run is about to write are its own, whoever
    /// put them there.
    pub fn on_disk(&self, output: &Path, unit: &str, file: &str, about_to_write: Option<&str>) -> OnDisk {
        let bytes = match std::fs::read(path_of(output, file)) {
            Ok(bytes) if bytes.is_empty() => return OnDisk::Missing,
            Ok(bytes) => bytes,
            Err(e) if e.kind() == ErrorKind::NotFound => return OnDisk::Missing,
            // What cannot be read will say so when it is to be replaced.
            Err(_) => return OnDisk::Ours,
        };
        let digest = hex(&Sha256::digest(&bytes));
        let mut known = self.files_of(unit).filter(|f| f.path == file).peekable();
        if about_to_write == Some(&*digest) {
            OnDisk::Ours
        } else if known.peek().is_none() {
            OnDisk::Foreign
        } else if known.any(|f| f.sha256 == digest) {
            OnDisk::Ours
        } else {
            OnDisk::Edited
        }
    }

    /// The latest record that was made from the same, but for the files that the plan names.
    pub fn same(&self, name: &str, now: &Fingerprint) -> Option<&Record> {
        self.of(name).iter().rev().find(|r| {
            r.fingerprint
                .as_ref()
                .is_some_and(|before| Fingerprint { files: now.files.clone(), ..before.clone() } == *now)
        })
    }

    /// The latest record of each unit that is none of these and still has a file.
    pub fn others<'n>(&self, output: &Path, names: impl Iterator<Item = &'n str>) -> Vec<Record> {
        let now: std::collections::HashSet<&str> = names.collect();
        let gone = self.records.iter().filter(|(name, _)| !now.contains(name.as_str()));
        let mut out: Vec<Record> = gone.filter_map(|(_, records)| records.last().cloned()).collect();
        out.retain(|record| record.files.iter().any(|f| !is_missing(output, &f.path)));
        out.sort_by(|a, b| a.name.cmp(&b.name));
        out
    }

    /// Files of earlier runs that belong to none of these names.
    pub fn leftovers<'n>(&self, output: &Path, names: impl Iterator<Item = &'n str>) -> Vec<String> {
        let now: std::collections::HashSet<&str> = names.collect();
        let gone = self.records.iter().filter(|(name, _)| !now.contains(name.as_str()));
        let mut out: Vec<String> =
            gone.flat_map(|(_, records)| records).flat_map(|r| r.files.iter().map(|f| f.path.clone())).collect();
        out.sort();
        out.dedup();
        out.retain(|file| path_of(output, file).is_file());
        out
    }
}

/// The path of a file of an output folder; `/` stands between names.
pub fn path_of(output: &Path, file: &str) -> PathBuf {
    file.split('/').fold(output.to_owned(), |path, part| path.join(part))
}

/// The bytes of all files of a folder whose names begin and end so, in the order of their names.
fn files(folder: &Path, begin: &str, end: &str) -> Vec<Vec<u8>> {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|e| e.path()).collect();
    paths.sort();
    paths.retain(|path| {
        let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        name.starts_with(begin) && name.ends_with(end)
    });
    paths.into_iter().filter_map(|path| std::fs::read(path).ok()).collect()
}

/// Whether a file is not there, or empty.
pub fn is_missing(output: &Path, file: &str) -> bool {
    std::fs::metadata(path_of(output, file)).map_or_else(|e| e.kind() == ErrorKind::NotFound, |meta| meta.len() == 0)
}

/// A record of bytes that are to be written.
pub fn file_record(path: String, format: &str, bytes: &[u8]) -> FileRecord {
    FileRecord { path, format: format.to_owned(), bytes: bytes.len() as u64, sha256: hex(&Sha256::digest(bytes)) }
}
