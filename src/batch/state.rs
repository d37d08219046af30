//! What is known of earlier runs: their reports, and the journal of one that did not end.

use super::paths::{JOURNAL, REPORT, WORK, path_of};
use super::record::{FileRecord, Fingerprint, Record, hex};
use super::report::Report;
use crate::pipeline::SealedFile;
use crate::write::files::Standing;
use sha2::{Digest as _, Sha256};
use std::collections::{HashMap, HashSet};
use std::io::ErrorKind;
use std::path::Path;

/// Records of earlier runs, by the name of the unit's files.
#[derive(Default)]
pub struct Known {
    records: HashMap<String, Vec<Record>>,
    /// Names that the report of this very part, or its journal, tells of: this run writes that report anew.
    own: HashSet<String>,
}

/// How a file on the disk stands to what is known of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnDisk {
    /// Not there, or empty, as a power cut leaves it.
    Missing,
    /// The bytes that were asked for.
    Same,
    /// Other bytes, that vanthu wrote.
    Ours,
    /// A file that vanthu did not write.
    Foreign,
    /// Written by a run and changed since.
    Edited,
}

impl Known {
    /// Reads all reports of a folder and the journals of runs that did not end; `suffix` marks this run's own. What
    /// cannot be read is as if it were not there: then the units are made anew.
    pub fn read(root: &Path, suffix: &str) -> Self {
        let mut known = Known::default();
        for (name, bytes) in files(root, REPORT, ".json") {
            if let Ok(report) = serde_json::from_slice::<Report>(&bytes) {
                let own = name == format!("{REPORT}{suffix}.json");
                report.earlier.into_iter().chain(report.units).for_each(|r| known.add(r, own));
            }
        }
        for (name, bytes) in files(&root.join(WORK), JOURNAL, ".jsonl") {
            let own = name == format!("{JOURNAL}{suffix}.jsonl");
            for line in bytes.split(|b| *b == b'\n') {
                if let Ok(record) = serde_json::from_slice::<Record>(line) {
                    known.add(record, own);
                }
            }
        }
        known
    }

    fn add(&mut self, record: Record, own: bool) {
        let tells = record.fingerprint.is_some() || !record.earlier_files.is_empty();
        if record.name.is_empty() || !tells {
            return;
        }
        if own {
            self.own.insert(record.name.clone());
        }
        self.records.entry(record.name.clone()).or_default().push(record);
    }

    /// The records of a unit, the latest last.
    pub fn of(&self, name: &str) -> &[Record] {
        self.records.get(name).map_or(&[], Vec::as_slice)
    }

    /// All files that runs wrote for a unit, or meant to write when they were killed.
    fn files_of<'k>(&'k self, name: &str) -> impl Iterator<Item = &'k FileRecord> {
        self.of(name).iter().flat_map(|r| r.files.iter().chain(&r.earlier_files))
    }

    /// All that the files of a unit may look like, each once.
    pub fn all_files(&self, name: &str) -> Vec<FileRecord> {
        let mut out: Vec<FileRecord> = Vec::new();
        for file in self.files_of(name) {
            if !out.contains(file) {
                out.push(file.clone());
            }
        }
        out
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

    /// How a file of a unit stands to what is known of it; `wanted` is the digest that it should have, whoever put
    /// the bytes there.
    pub fn on_disk(&self, output: &Path, unit: &str, file: &str, wanted: Option<&str>) -> OnDisk {
        let path = path_of(output, file);
        if is_missing(&path) {
            return OnDisk::Missing;
        }
        // What cannot be read will say so when it is to be replaced.
        let Ok(bytes) = std::fs::read(path) else { return OnDisk::Ours };
        let digest = hex(&Sha256::digest(&bytes));
        if wanted == Some(&*digest) {
            return OnDisk::Same;
        }
        let mut known = self.files_of(unit).filter(|f| f.path == file).peekable();
        let is_known = known.peek().is_some();
        if known.any(|f| f.sha256 == digest) {
            return OnDisk::Ours;
        }
        // Where reports were lost, or another command wrote the file, the file itself tells.
        match Standing::of(&bytes) {
            Standing::Missing => OnDisk::Missing,
            Standing::Ours => OnDisk::Ours,
            Standing::Edited => OnDisk::Edited,
            Standing::Foreign if is_known => OnDisk::Edited,
            Standing::Foreign => OnDisk::Foreign,
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

    /// What is known of each unit that is none of these and still has a file, as one record; with `own_only`, of those
    /// units of which only this part's report tells.
    pub fn others(&self, output: &Path, names: &HashSet<&str>, own_only: bool) -> Vec<Record> {
        let gone = self
            .records
            .keys()
            .filter(|name| !names.contains(name.as_str()) && (!own_only || self.own.contains(*name)));
        let mut out: Vec<Record> = gone.filter_map(|name| self.summary(name)).collect();
        out.retain(|record| {
            record.files.iter().chain(&record.earlier_files).any(|f| !is_missing(&path_of(output, &f.path)))
        });
        out.sort_by(|a, b| a.name.cmp(&b.name));
        out
    }

    /// The latest good record of a unit, or else the latest, with all that its files may look like.
    fn summary(&self, name: &str) -> Option<Record> {
        let mut record = self.good(name).or(self.of(name).last())?.clone();
        record.earlier_files = self.all_files(name);
        record.earlier_files.retain(|f| !record.files.contains(f));
        Some(record)
    }

    /// The latest record of a unit whose files were written.
    fn good(&self, name: &str) -> Option<&Record> {
        self.of(name).iter().rev().find(|r| r.fingerprint.is_some())
    }

    /// Files of earlier runs that belong to none of these names.
    pub fn leftovers<'n>(&self, output: &Path, names: impl Iterator<Item = &'n str>) -> Vec<String> {
        let now: HashSet<&str> = names.collect();
        let gone = self.records.iter().filter(|(name, _)| !now.contains(name.as_str()));
        let files = gone.flat_map(|(_, records)| records).flat_map(|r| r.files.iter().chain(&r.earlier_files));
        let mut out: Vec<String> = files.map(|f| f.path.clone()).collect();
        out.sort();
        out.dedup();
        out.retain(|file| path_of(output, file).is_file());
        out
    }
}

/// Name and bytes of all files of a folder whose names begin and end so, in the order of their names.
fn files(folder: &Path, begin: &str, end: &str) -> Vec<(String, Vec<u8>)> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<String> = entries.map(|e| e.file_name().to_string_lossy().into_owned()).collect();
    names.retain(|name| name.starts_with(begin) && name.ends_with(end));
    names.sort();
    names.into_iter().filter_map(|name| Some((name.clone(), std::fs::read(folder.join(name)).ok()?))).collect()
}

/// Whether there is no file with something in it. What cannot be looked at is taken to be there.
fn is_missing(path: &Path) -> bool {
    match std::fs::metadata(path) {
        Ok(meta) => !meta.is_file() || meta.len() == 0,
        Err(error) => matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory),
    }
}

/// A record of a file that is to be written.
pub fn file_record(path: String, format: &str, file: &SealedFile) -> FileRecord {
    FileRecord { path, format: format.to_owned(), bytes: file.bytes.len() as u64, sha256: hex(&file.sha256) }
}
