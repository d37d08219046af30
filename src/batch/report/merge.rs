//! The reports of the parts of a list, joined to one.

use super::{Report, State, Totals};
use crate::batch::paths::REPORT;
use crate::batch::record::Status;
use crate::batch::state::Known;
use crate::diagnostic::{Diagnostic, code, io_reason};
use std::collections::HashSet;
use std::path::{Component, Path, PathBuf};

/// Joins reports; each path is a report or a folder with reports. `output` is the folder that the joined report is for:
/// the paths of files are told from there. What is missing or does not fit together is an error.
pub fn merge(paths: &[PathBuf], output: &Path) -> Result<Report, Vec<Diagnostic>> {
    let parts = read(paths).map_err(|problem| vec![problem])?;
    let Some((_, first)) = parts.first() else {
        return Err(vec![wrong(
            "Không có báo cáo từng phần nào để gộp.".into(),
            "Báo cáo từng phần có tên bao-cao-I-N.json, do vanthu batch --shard I/N ghi.",
        )]);
    };
    let problems = misfits(&parts);
    if !problems.is_empty() {
        return Err(problems);
    }
    let mut joined = Report { shard: None, state: State::Done, leftovers: Vec::new(), ..first.head() };
    let seconds = parts.iter().map(|(_, r)| r.totals.seconds).sum();
    for (file, report) in parts {
        add(&mut joined, report, &way(output, file.parent().unwrap_or(Path::new(""))));
    }
    joined.units.sort_by_key(|u| u.row);
    joined.leftovers.sort();
    joined.leftovers.dedup();
    // What the folder's whole runs knew of other units must not be forgotten.
    let right = joined.units.iter().filter(|u| matches!(u.status, Status::Written | Status::Unchanged));
    let names: HashSet<&str> = right.map(|u| u.name.as_str()).collect();
    joined.earlier = Known::read(output, "").others(output, &names, false);
    joined.totals = Totals::of(&joined.units, seconds);
    Ok(joined)
}

fn wrong(message: String, hint: &str) -> Diagnostic {
    Diagnostic::general(&code::BAO_CAO_SAI, message).hint(hint)
}

/// The reports of parts, in the order of the parts.
fn read(paths: &[PathBuf]) -> Result<Vec<(PathBuf, Report)>, Diagnostic> {
    let mut parts: Vec<(PathBuf, Report)> = Vec::new();
    for path in paths {
        let files = if path.is_dir() { reports_of(path)? } else { vec![path.clone()] };
        for file in files {
            let bytes = std::fs::read(&file).map_err(|e| {
                wrong(format!("Không đọc được báo cáo {}: {}.", file.display(), io_reason(&e)), "Kiểm tra đường dẫn.")
            })?;
            let report: Report = serde_json::from_slice(&bytes).map_err(|_| {
                wrong(
                    format!("Tệp {} không phải là báo cáo bao-cao-*.json của vanthu.", file.display()),
                    "Chỉ gộp các báo cáo mà vanthu batch --shard đã ghi.",
                )
            })?;
            if report.shard.is_some() {
                parts.push((file, report));
            }
        }
    }
    parts.sort_by_key(|(_, r)| r.shard);
    Ok(parts)
}

/// What of the parts does not fit together, or is missing.
fn misfits(parts: &[(PathBuf, Report)]) -> Vec<Diagnostic> {
    let Some((first_file, first)) = parts.first() else { return Vec::new() };
    let mut problems = Vec::new();
    let count = first.shard.map_or(0, |(_, n)| n);
    for (file, report) in parts {
        let same = report.plan_sha256 == first.plan_sha256 && report.list_sha256 == first.list_sha256;
        if !same || report.shard.is_none_or(|(_, n)| n != count) {
            let (file, first) = (file.display(), first_file.display());
            problems.push(wrong(
                format!("Báo cáo {file} không cùng kế hoạch, danh sách hoặc số phần với {first}."),
                "Chạy lại phần đã cũ, hoặc chỉ đưa vào các báo cáo của cùng một lần làm.",
            ));
        }
    }
    for pair in parts.windows(2).filter(|pair| pair[0].1.shard == pair[1].1.shard) {
        let message = format!("Hai báo cáo {} và {} là của cùng một phần.", pair[0].0.display(), pair[1].0.display());
        problems.push(wrong(message, "Bỏ báo cáo cũ."));
    }
    let there: HashSet<Option<(usize, usize)>> = parts.iter().map(|(_, r)| r.shard).collect();
    let missing: Vec<String> = (1..=count.min(100_000))
        .filter(|i| !there.contains(&Some((*i, count))))
        .map(|i| format!("{i}/{count}"))
        .collect();
    if !missing.is_empty() {
        let shown = missing.iter().take(10).cloned().collect::<Vec<_>>().join(", ");
        let more = if missing.len() > 10 { "…" } else { "" };
        let message = format!("Thiếu báo cáo của {} phần: {shown}{more}.", missing.len());
        problems.push(wrong(message, "Chạy các phần còn thiếu rồi gộp lại."));
    }
    problems
}

/// Adds a part; `way` leads from the folder of the joined report to that of the part.
fn add(joined: &mut Report, report: Report, way: &str) {
    if report.state != State::Done {
        joined.state = report.state;
        joined.reason = joined.reason.take().or(report.reason);
    }
    for mut unit in report.units {
        unit.files.iter_mut().chain(&mut unit.earlier_files).for_each(|f| f.path = format!("{way}{}", f.path));
        unit.thumbnail = unit.thumbnail.map(|t| format!("{way}{t}"));
        if !way.is_empty() && !unit.name.is_empty() {
            unit.name = format!("{way}{}", unit.name);
        }
        joined.units.push(unit);
    }
    joined.leftovers.extend(report.leftovers.iter().map(|f| format!("{way}{f}")));
}

fn reports_of(folder: &Path) -> Result<Vec<PathBuf>, Diagnostic> {
    let entries = std::fs::read_dir(folder).map_err(|e| {
        Diagnostic::general(
            &code::BAO_CAO_SAI,
            format!("Không đọc được thư mục {}: {}.", folder.display(), io_reason(&e)),
        )
    })?;
    let mut out: Vec<PathBuf> = entries.flatten().map(|e| e.path()).collect();
    out.retain(|p| {
        let name = p.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        name.starts_with(&format!("{REPORT}-")) && name.ends_with(".json")
    });
    out.sort();
    Ok(out)
}

/// A path without links; what is not there yet is taken as it is written.
fn real(path: &Path) -> PathBuf {
    let whole = std::path::absolute(if path.as_os_str().is_empty() { Path::new(".") } else { path });
    let whole = whole.unwrap_or_else(|_| path.to_owned());
    let there = whole.ancestors().find_map(|p| Some((p, p.canonicalize().ok()?)));
    match there {
        Some((known, real)) => real.join(whole.strip_prefix(known).unwrap_or(Path::new(""))),
        None => whole,
    }
}

/// How a path below `to` begins when it is told from `from`, with `/` at its end; empty where they are the same.
fn way(from: &Path, to: &Path) -> String {
    let (from, to) = (real(from), real(to));
    let (a, b): (Vec<Component<'_>>, Vec<Component<'_>>) = (from.components().collect(), to.components().collect());
    let shared = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let up = a.iter().skip(shared).map(|_| "..".to_owned());
    let down = b.iter().skip(shared).map(|c| c.as_os_str().to_string_lossy().into_owned());
    up.chain(down).map(|part| part + "/").collect()
}
