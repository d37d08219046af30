//! The report of a run: JSON for programs and the next run, CSV, a workbook for a clerk; parts joined.

mod csv;
mod merge;
mod workbook;

pub use merge::merge;

use super::folder::{Output, REPORT, THUMBNAILS};
use super::overview;
use super::record::{Record, Status, Trouble, hex};
use super::state::Known;
use super::work::Work;
use crate::diagnostic::Diagnostic;
use crate::write::files::{PLACEHOLDER, Seal};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

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
    digest: Digest,
}

/// The place of the digest: whatever a report was read from, it is written with a new one.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Digest;

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
    fn of(units: &[Record], seconds: f64) -> Self {
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

/// Files of earlier runs that are not what this list and plan give: of units that are no more, and of formats that were
/// not asked for again after a change.
fn leftovers<'n>(
    known: &Known,
    output: &Output,
    units: &[Record],
    names: impl Iterator<Item = &'n str>,
) -> Vec<String> {
    let mut out = known.leftovers(output.root(), names);
    let right = units.iter().filter(|u| matches!(u.status, Status::Written | Status::Unchanged));
    out.extend(right.flat_map(|u| &u.earlier_files).map(|f| f.path.clone()).filter(|p| output.path(p).is_file()));
    out.sort();
    out.dedup();
    out
}

impl Report {
    /// The report of some work in a folder of which something is known.
    pub fn new(work: &Work, known: &Known, output: &Output, units: Vec<Record>, state: State, seconds: f64) -> Self {
        let names = || work.names.iter().filter_map(|n| n.as_deref().ok());
        // Of a unit that this run did not get right, the record of before is kept as well. A part has a report of its
        // own; what others knew stands in theirs.
        let right = units.iter().filter(|u| matches!(u.status, Status::Written | Status::Unchanged));
        let right: HashSet<&str> = right.map(|u| u.name.as_str()).collect();
        let earlier = known.others(output.root(), &right, work.inputs.options.shard.is_some());
        Report {
            program: format!("vanthu {}", env!("CARGO_PKG_VERSION")),
            plan: work.inputs.plan.source().name.clone(),
            plan_sha256: hex(&work.inputs.plan_digest),
            list: work.inputs.units.name.clone(),
            list_sha256: hex(&work.inputs.list_digest),
            shard: work.inputs.options.shard.map(|s| (s.index, s.count)),
            state,
            reason: None,
            notes: work.told.clone(),
            totals: Totals::of(&units, seconds),
            leftovers: leftovers(known, output, &units, names()),
            units,
            earlier,
            digest: Digest,
        }
    }

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

    /// Writes what a run that is still at work has done so far.
    pub fn checkpoint(output: &Output, json: &[u8]) -> Result<(), Diagnostic> {
        output.replace_report(&output.report_name(REPORT, "json"), json)
    }

    /// Writes all forms of the report and the page to look documents over. Gives the names of what was written.
    pub fn write(&self, output: &Output) -> Result<Vec<String>, Diagnostic> {
        type Form = fn(&Report) -> Result<Vec<u8>, Diagnostic>;
        let forms: [(&str, &str, Form); 4] = [
            (REPORT, "json", Report::json),
            (REPORT, "csv", |report| Ok(csv::csv(report))),
            (REPORT, "xlsx", workbook::workbook),
            (THUMBNAILS, "html", |report| Seal::Comment("<!-- ", " -->").put(overview::page(report)?)),
        ];
        let mut names = Vec::new();
        // One after another: of ten thousand units each form is many megabytes.
        for (stem, extension, form) in forms {
            let name = output.report_name(stem, extension);
            output.replace_report(&name, &form(self)?)?;
            names.push(name);
        }
        Ok(names)
    }
}
