//! `vanthu import --vao`: what was changed in Word goes into the plan.

use super::args::Import;
use super::as_before::as_before;
use super::terminal::Screen;
use super::{Outcome, print, refuse_existing, write_files};
use crate::diagnostic::{Diagnostic, code};
use crate::import::into::{Change, What};
use crate::pipeline::into::{Base, Merged, merge};
use crate::pipeline::{self, Folder, import};
use serde::Serialize;
use std::io::Write;
use std::path::{Path, PathBuf};

/// The report.
#[derive(Serialize)]
struct Report<'r> {
    file: String,
    plan: String,
    applied: &'r [Change],
    refused: &'r [Change],
}

/// Runs the command.
pub fn run(args: &Import, plan: &Path) -> Outcome {
    let screen = Screen::plain();
    match work(args, plan) {
        Ok(merged) if merged.refused.is_empty() => Outcome::Clean,
        Ok(_) => Outcome::Findings,
        Err(problems) => {
            screen.show(None, &problems);
            Outcome::Failed
        }
    }
}

fn work(args: &Import, plan: &Path) -> Result<Merged, Vec<Diagnostic>> {
    let [file] = args.files.as_slice() else {
        let message = "--vao chỉ nhận một tệp Word mỗi lần.";
        return Err(vec![Diagnostic::general(&code::THAM_SO_SAI, message).hint("Chạy lại lệnh với từng tệp.")]);
    };
    let one = |problem| vec![problem];
    let name =
        |path: &Path| path.file_name().map_or_else(|| "đầu vào".to_owned(), |n| n.to_string_lossy().into_owned());
    let bytes = pipeline::read_file(plan).map_err(one)?;
    let word = pipeline::read_up_to(file, import::MOST_BYTES).map_err(one)?;
    let set: Result<Vec<_>, _> = args.set.iter().map(|pair| super::render::variable(pair)).collect();
    let (set, shown, folder) = (set.map_err(one)?, plan.display().to_string(), Folder::beside(plan));
    let base = Base { name: &shown, bytes: &bytes, folder: &folder, variables: &set };
    let merged = merge(&base, &name(file), &word)?;
    // What is only read in another form is not written.
    let text = if merged.applied.is_empty() { bytes.clone() } else { as_before(&merged.text, &bytes) };
    let target = match &args.output {
        Some(output) if output.is_dir() => Some(output.join(plan.file_name().unwrap_or_default())),
        Some(output) => Some(output.clone()).filter(|o| o.as_os_str() != "-"),
        None => Some(plan.to_owned()),
    };
    let report = Report {
        file: file.display().to_string(),
        plan: plan.display().to_string(),
        applied: &merged.applied,
        refused: &merged.refused,
    };
    let report = serde_json::to_vec_pretty(&report).unwrap_or_default();
    let mut files: Vec<(PathBuf, &[u8])> = Vec::new();
    // The plan itself was named as what is to be changed; every other file is somebody's.
    let others = target.clone().filter(|t| t != plan).into_iter().chain(args.report.clone());
    refuse_existing(&others.map(|path| (path, &[][..])).collect::<Vec<_>>(), args.force)?;
    if let Some(target) = target.as_ref().filter(|t| *t != plan || text != bytes) {
        files.push((target.clone(), &text));
    }
    files.extend(args.report.iter().map(|path| (path.clone(), report.as_slice())));
    write_files(&files, true)?;
    if target.is_none() {
        print(&String::from_utf8_lossy(&text));
    }
    if !args.quiet {
        tell(&merged, target.as_deref());
    }
    Ok(merged)
}

fn tell(merged: &Merged, target: Option<&Path>) {
    let mut out = std::io::stderr().lock();
    let _ = match (merged.applied.len(), target) {
        (0, _) if merged.refused.is_empty() => writeln!(out, "Tệp Word không khác kế hoạch."),
        (0, _) => writeln!(out, "Chưa ghi được chỗ sửa nào."),
        (n, Some(target)) => writeln!(out, "Đã ghi {n} chỗ sửa vào {}.", target.display()),
        (n, None) => writeln!(out, "Đã ghi {n} chỗ sửa."),
    };
    for change in &merged.applied {
        let _ = writeln!(out, "  {}", said(change));
    }
    for change in &merged.refused {
        let why = change.refused.unwrap_or_default();
        let _ = writeln!(out, "  chưa ghi: {} ({why})", said(change));
    }
}

/// Longest text that is shown, in letters.
const SHOWN: usize = 70;

fn said(change: &Change) -> String {
    let line = change.line.map_or_else(String::new, |line| format!("dòng {line}: "));
    let Change { old, new, .. } = change;
    let what = match change.what {
        What::Changed => {
            let (old, new) = apart(old, new);
            format!("“{old}” thành “{new}”")
        }
        What::Added => format!("thêm “{}”", short(new)),
        What::Removed => format!("bỏ “{}”", short(old)),
        What::Moved => format!("chuyển chỗ “{}”", short(old)),
    };
    format!("{line}{what}")
}

fn short(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((at, _)) => format!("{}…", text[..at].trim_end()),
        None => text.to_owned(),
    }
}

/// The words that differ, with two around them.
fn apart(old: &str, new: &str) -> (String, String) {
    let (a, b): (Vec<&str>, Vec<&str>) = (old.split(' ').collect(), new.split(' ').collect());
    let start = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let end = a[start..].iter().rev().zip(b[start..].iter().rev()).take_while(|(x, y)| x == y).count();
    let cut = |words: &[&str]| {
        let (from, to) = (start.saturating_sub(2), (words.len() - end + 2).min(words.len()));
        let lead = if from > 0 { "… " } else { "" };
        let trail = if to < words.len() { " …" } else { "" };
        format!("{lead}{}{trail}", short(&words[from..to].join(" ")))
    };
    (cut(&a), cut(&b))
}
