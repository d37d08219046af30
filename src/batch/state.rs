//! What is known of earlier runs: their reports, and the journal of one that did not end.

use super::folder::{Output, REPORT};
use super::record::{FileRecord, Fingerprint, Record, hex};
use super::report::Report;
use sha2::{Digest as _, Sha256};
use std::collections::HashMap;
use std::io::ErrorKind;
use std::path::Path;

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
    /// As it was written.
    Same,
    /// A file that no earlier run wrote.
    Foreign,
    /// Written by an earlier run and changed since.
    Edited,
}

impl Known {
    /// Reads all reports of a folder and the journal. What cannot be read is as if it were not there: then the units
    /// are made anew.
    pub fn read(output: &Output) -> Self {
        let mut known = Self::of_reports(output.root());
        for line in output.journal().split(|b| *b == b'\n') {
            if let Ok(record) = serde_json::from_slice::<Record>(line) {
                known.add(record);
            }
        }
        known
    }

    /// Reads the reports of a folder, without its lock: for looking only.
    pub fn of_reports(root: &Path) -> Self {
        let mut known = Known::default();
        let mut paths: Vec<_> = std::fs::read_dir(root).into_iter().flatten().flatten().map(|e| e.path()).collect();
        paths.sort();
        for path in paths {
            let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
            if !(name.starts_with(REPORT) && name.ends_with(".json")) {
                continue;
            }
            let report = std::fs::read(&path).ok().and_then(|bytes| serde_json::from_slice::<Report>(&bytes).ok());
            for record in report.into_iter().flat_map(|r| r.earlier.into_iter().chain(r.units)) {
                known.add(record);
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

    /// How a file of a unit stands to what is known of it.
    pub fn on_disk(&self, output: &Path, unit: &str, file: &str) -> OnDisk {
        let path = file.split('/').fold(output.to_owned(), |path, part| path.join(part));
        let bytes = match std::fs::read(path) {
            Ok(bytes) if bytes.is_empty() => return OnDisk::Missing,
            Ok(bytes) => bytes,
            Err(e) if e.kind() == ErrorKind::NotFound => return OnDisk::Missing,
            // What cannot be read will say so when it is to be replaced.
            Err(_) => return OnDisk::Foreign,
        };
        let digest = hex(&Sha256::digest(&bytes));
        let mut known = self.of(unit).iter().flat_map(|r| &r.files).filter(|f| f.path == file).peekable();
        if known.peek().is_none() {
            OnDisk::Foreign
        } else if known.any(|f| f.sha256 == digest) {
            OnDisk::Same
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
        out.retain(|file| file.split('/').fold(output.to_owned(), |path, part| path.join(part)).is_file());
        out
    }
}

/// Whether a file is not there, or empty.
pub fn is_missing(output: &Path, file: &str) -> bool {
    let path = file.split('/').fold(output.to_owned(), |path, part| path.join(part));
    std::fs::metadata(path).map_or_else(|e| e.kind() == ErrorKind::NotFound, |meta| meta.len() == 0)
}

/// A record of bytes that are to be written.
pub fn file_record(path: String, format: &str, bytes: &[u8]) -> FileRecord {
    FileRecord { path, format: format.to_owned(), bytes: bytes.len() as u64, sha256: hex(&Sha256::digest(bytes)) }
}
