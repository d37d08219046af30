//! The report of a run: JSON for programs and the next run, CSV, a workbook for a clerk; parts joined.

pub(super) mod csv;
mod merge;
pub(super) mod workbook;

pub use merge::merge;

use super::record::{Record, Status, Trouble};
use crate::diagnostic::Diagnostic;
use crate::write::files::{PLACEHOLDER, Seal};
use serde::{Deserialize, Serialize};

/// How a run ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// It has not: the report was written on the way, by a run that is at work or was killed.
    #[default]
    Running,
    /// All units were looked at.
    Done,
    /// It was stopped.
    Stopped,
}

/// A run and what became of each unit.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// Name and version of the program.
    pub program: String,
    /// The plan's file.
    pub plan: String,
    /// SHA-256 of the plan's file.
    pub plan_sha256: String,
    /// The list's file.
    pub list: String,
    /// SHA-256 of the list's file.
    pub list_sha256: String,
    /// The part of the list and the number of parts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shard: Option<(usize, usize)>,
    /// How the run ended.
    pub state: State,
    /// Why it was stopped, if not by the user.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// What was told of the list and the plan as a whole.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Trouble>,
    /// The sums.
    pub totals: Totals,
    /// Files of earlier runs that do not belong to what this run gives.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub leftovers: Vec<String>,
    /// The units.
    pub units: Vec<Record>,
    /// What earlier runs knew of units that this run did not choose: for the next run.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub earlier: Vec<Record>,
    /// The digest of this file, last because it is looked for from the end.
    #[serde(default, skip_deserializing)]
    pub(super) digest: Digest,
}

/// The place of the digest: whatever a report was read from, it is written with a new one.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Digest;

impl Serialize for Digest {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(PLACEHOLDER)
    }
}

/// Sums of a report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Totals {
    /// Units.
    pub units: usize,
    /// Units whose files were written.
    pub written: usize,
    /// Units whose files were right.
    pub unchanged: usize,
    /// Units that failed.
    pub failed: usize,
    /// Units that were not looked at.
    pub pending: usize,
    /// Files that are right.
    pub files: usize,
    /// Pages, where known.
    pub pages: usize,
    /// Words.
    pub words: usize,
    /// Warnings.
    pub warnings: usize,
    /// Errors.
    pub errors: usize,
    /// Time of the run, in seconds.
    pub seconds: f64,
}

impl Totals {
    pub(super) fn of(units: &[Record], seconds: f64) -> Self {
        let count = |status| units.iter().filter(|u| u.status == status).count();
        let right = || units.iter().filter(|u| matches!(u.status, Status::Written | Status::Unchanged));
        Totals {
            units: units.len(),
            written: count(Status::Written),
            unchanged: count(Status::Unchanged),
            failed: count(Status::Failed),
            pending: count(Status::Pending),
            files: right().map(|u| u.files.len()).sum(),
            pages: right().filter_map(|u| u.pages).sum(),
            words: right().map(|u| u.words).sum(),
            warnings: units.iter().map(|u| u.warnings.len()).sum(),
            errors: units.iter().map(|u| u.errors.len()).sum(),
            seconds: (seconds * 10.0).round() / 10.0,
        }
    }
}

impl Report {
    /// The report without its units.
    pub fn head(&self) -> Report {
        Report {
            program: self.program.clone(),
            plan: self.plan.clone(),
            plan_sha256: self.plan_sha256.clone(),
            list: self.list.clone(),
            list_sha256: self.list_sha256.clone(),
            reason: self.reason.clone(),
            notes: self.notes.clone(),
            leftovers: self.leftovers.clone(),
            units: Vec::new(),
            earlier: Vec::new(),
            ..*self
        }
    }

    /// The report for programs, and for the next run.
    pub fn json(&self) -> Result<Vec<u8>, Diagnostic> {
        let mut bytes = serde_json::to_vec_pretty(self).unwrap_or_default();
        bytes.push(b'\n');
        Seal::Inside.put(bytes)
    }
}
