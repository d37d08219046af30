//! What a run would do, and why, without doing it.

use super::record::{Fingerprint, Record};
use super::run::STACK;
use super::state::{Known, OnDisk};
use super::work::{Work, short};
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

/// A record that makes a unit's work unnecessary, with those of its files that a person changed since.
pub struct Kept<'k> {
    /// The record.
    pub record: &'k Record,
    /// Paths of files that are a person's now.
    pub edited: Vec<String>,
}

/// The record that makes a unit's work unnecessary, or the reasons to do it.
pub fn unchanged<'k>(
    work: &Work,
    known: &'k Known,
    output: &Path,
    name: &str,
    now: &Fingerprint,
) -> Result<Kept<'k>, Vec<String>> {
    if work.inputs.options.force {
        return Err(vec!["--force".into()]);
    }
    let Some(record) = known.same(name, now) else { return Err(reasons(known.of(name), now)) };
    let mut reasons = Vec::new();
    let mut edited = Vec::new();
    for (path, before) in record.fingerprint.iter().flat_map(|f| &f.files) {
        if work.inputs.folder.digest(path).map(|d| short(&d)).as_deref() != Some(before) {
            reasons.push(format!("tệp {path} của kế hoạch đã đổi"));
        }
    }
    for writer in &work.inputs.writers {
        let mut files = record.files.iter().filter(|f| f.format == writer.extension).peekable();
        if files.peek().is_none() {
            reasons.push(format!("chưa có định dạng {}", writer.extension));
        }
        for file in files {
            match known.on_disk(output, name, &file.path, Some(&file.sha256)) {
                OnDisk::Same => {}
                OnDisk::Missing => reasons.push(format!("thiếu tệp {}", file.path)),
                // A run noted this record and was killed before its files took their names, or another one came after.
                OnDisk::Ours => reasons.push(format!("tệp {} là của một lần chạy khác", file.path)),
                OnDisk::Foreign | OnDisk::Edited => edited.push(file.path.clone()),
            }
        }
    }
    if reasons.is_empty() { Ok(Kept { record, edited }) } else { Err(reasons) }
}

/// Files that a person made or changed: they will not be written over, unless they are what would be written.
fn in_the_way(work: &Work, known: &Known, output: &Path, name: &str) -> Vec<String> {
    if work.inputs.options.force {
        return Vec::new();
    }
    let before = known.of(name).iter().flat_map(|r| &r.files).map(|f| f.path.clone());
    let now = work.inputs.writers.iter().map(|w| format!("{name}.{}", w.extension));
    let mut paths: Vec<String> = now.chain(before).collect();
    paths.sort();
    paths.dedup();
    paths.retain(|path| matches!(known.on_disk(output, name, path, None), OnDisk::Edited | OnDisk::Foreign));
    let told = |path: String| {
        format!(
            "tệp {path} không phải do vanthu ghi hoặc đã bị sửa: sẽ báo lỗi nếu nội dung mới khác, trừ khi có --force"
        )
    };
    paths.into_iter().map(told).collect()
}

fn reasons(before: &[Record], now: &Fingerprint) -> Vec<String> {
    let Some(before) = before.iter().rev().find_map(|r| r.fingerprint.as_ref()) else {
        return vec!["đơn vị mới".into()];
    };
    let pairs = [
        (&before.program, &now.program, "bản chương trình đã đổi"),
        (&before.plan, &now.plan, "kế hoạch đã đổi"),
        (&before.row, &now.row, "dòng của đơn vị đã đổi"),
        (&before.own, &now.own, "phần ghi đè đã đổi"),
        (&before.templates, &now.templates, "mẫu đã đổi"),
        (&before.fonts, &now.fonts, "phông chữ đã đổi"),
        (&before.options, &now.options, "tùy chọn đã đổi"),
    ];
    pairs.into_iter().filter(|(a, b, _)| a != b).map(|(.., reason)| reason.to_owned()).collect()
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
    let Some((unit, own, now)) = super::unit::begin(work, index, record) else { return Change::Faulty };
    match unchanged(work, known, output, &record.name, &now) {
        Ok(_) => Change::Nothing,
        Err(reasons) => {
            let folder = work.inputs.folder.for_document();
            let built = work.inputs.plan.build(own.as_ref(), &folder, &work.on_top(unit), work.inputs.studio.faces());
            if super::unit::note(work, unit, record, built.source.as_ref(), &built.diagnostics) {
                Change::Faulty
            } else {
                let mut reasons = reasons;
                reasons.extend(in_the_way(work, known, output, &record.name));
                Change::Make(reasons)
            }
        }
    }
}
