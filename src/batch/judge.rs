//! Whether a unit's files are right already: what is known of them against what they would be made from.

use super::record::{Fingerprint, Record};
use super::state::{Known, OnDisk};
use super::work::{Work, short};
use std::path::Path;

/// A record that makes a unit's work unnecessary, with those of its files that a person changed since.
pub struct Unchanged<'k> {
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
) -> Result<Unchanged<'k>, Vec<String>> {
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
    if reasons.is_empty() { Ok(Unchanged { record, edited }) } else { Err(reasons) }
}

/// Files that a person made or changed: they will not be written over, unless they are what would be written.
pub fn in_the_way(work: &Work, known: &Known, output: &Path, name: &str) -> Vec<String> {
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
