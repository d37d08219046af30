//! The report of a run: put together from what was done and what was known, and written in each of its forms.

use super::folder::OutputFolder;
use super::overview;
use super::paths::{REPORT, THUMBNAILS};
use super::record::{Record, Status, hex};
use super::report::{Digest, Report, State, Totals, csv, workbook};
use super::state::Known;
use super::work::Work;
use crate::diagnostic::Diagnostic;
use crate::write::files::Seal;
use std::collections::HashSet;

/// Files of earlier runs that are not what this list and plan give: of units that are no more, and of formats that were
/// not asked for again after a change.
fn leftovers<'n>(
    known: &Known,
    output: &OutputFolder,
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
    pub fn new(
        work: &Work,
        known: &Known,
        output: &OutputFolder,
        units: Vec<Record>,
        state: State,
        seconds: f64,
    ) -> Self {
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

    /// Writes what a run that is still at work has done so far.
    pub fn checkpoint(output: &OutputFolder, json: &[u8]) -> Result<(), Diagnostic> {
        output.replace_report(&output.report_name(REPORT, "json"), json)
    }

    /// Writes all forms of the report and the page to look documents over. Gives the names of what was written.
    pub fn write(&self, output: &OutputFolder) -> Result<Vec<String>, Diagnostic> {
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
