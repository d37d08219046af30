//! What a run would do, and why, without doing it.

use super::judge::{in_the_way, unchanged};
use super::record::Record;
use super::state::Known;
use super::unit::{begin, note};
use super::work::{STACK, Work};
use rayon::prelude::*;
use std::path::Path;

/// What would become of a unit.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// Its files are right.
    Nothing,
    /// Its files would be made, for these reasons.
    Make(Vec<String>),
    /// It has errors.
    Faulty,
}

/// What would become of each chosen unit, in the order of the list. Documents are composed but not written, so that
/// faults of rows show.
pub fn changes(work: &Work, known: &Known, output: &Path, jobs: usize) -> Vec<(Record, Change)> {
    let one = |index: &usize| {
        let mut record = work.blank(*index);
        let change = change(work, known, output, *index, &mut record);
        (record, change)
    };
    match rayon::ThreadPoolBuilder::new().num_threads(jobs).stack_size(STACK).build() {
        Ok(pool) => pool.install(|| work.chosen.par_iter().map(one).collect()),
        Err(_) => work.chosen.iter().map(one).collect(),
    }
}

fn change(work: &Work, known: &Known, output: &Path, index: usize, record: &mut Record) -> Change {
    let Some((unit, own, now)) = begin(work, index, record) else { return Change::Faulty };
    match unchanged(work, known, output, &record.name, &now) {
        Ok(_) => Change::Nothing,
        Err(reasons) => {
            let folder = work.inputs.folder.for_document();
            let built = work.inputs.plan.build(own.as_ref(), &folder, &work.on_top(unit), work.inputs.studio.faces());
            if note(work, unit, record, built.source.as_ref(), &built.diagnostics) {
                Change::Faulty
            } else {
                let mut reasons = reasons;
                reasons.extend(in_the_way(work, known, output, &record.name));
                Change::Make(reasons)
            }
        }
    }
}
