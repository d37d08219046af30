//! `vanthu import`: a Word file or a text becomes a plan.

use super::args::Import;
use super::terminal::Screen;
use super::{Outcome, print, refuse_existing, write_files};
use crate::diagnostic::{Diagnostic, code};
use crate::guarded::guarded;
use crate::import::proof::Sign;
use crate::import::recognise::OWN;
use crate::pipeline;
use crate::pipeline::import::{self, Imported};
use rayon::prelude::*;
use serde::Serialize;
use std::collections::{HashMap, HashSet};
use std::io::Write;
use std::path::{Path, PathBuf};

/// What became of a file.
#[derive(Debug, Default, Serialize)]
struct Report {
    /// The file.
    file: String,
    /// `ok`, or `error` where nothing was written.
    status: &'static str,
    /// The plan.
    plan: Option<String>,
    /// Its type.
    kind: Option<&'static str>,
    /// How many errors keep the plan from being rendered.
    errors: usize,
    /// What a person should look at.
    unsure: Vec<String>,
    /// What is not in the plan, with the reason; not what the program prints by itself.
    left_out: Vec<Gone>,
    /// Signs that will be printed otherwise than the file has them.
    signs: Vec<Sign>,
    /// Words that will be printed and are not in the file.
    added: Vec<String>,
    /// Why nothing was written.
    problems: Vec<String>,
    #[serde(skip)]
    told: Vec<Diagnostic>,
    #[serde(skip)]
    text: Option<String>,
}

/// Words that are not in the plan.
#[derive(Debug, Serialize)]
struct Gone {
    words: String,
    reason: &'static str,
}

/// Stack of a worker: the engine nests deeply.
const STACK: usize = 32 << 20;

/// Runs the command.
pub fn run(args: &Import) -> Outcome {
    let screen = Screen::plain();
    let jobs = match jobs(args) {
        Ok(jobs) => jobs,
        Err(problems) => {
            screen.show(None, &problems);
            return Outcome::Failed;
        }
    };
    let reports: Vec<Report> = match jobs.as_slice() {
        // One file uses the cores by itself.
        [(file, target)] => vec![guarded_one(args, file, target)],
        jobs => {
            let work = || jobs.par_iter().map(|(file, target)| guarded_one(args, file, target)).collect();
            match rayon::ThreadPoolBuilder::new().stack_size(STACK).build() {
                Ok(pool) => pool.install(work),
                Err(_) => work(),
            }
        }
    };
    let mut outcome = Outcome::Clean;
    for report in &reports {
        if !report.told.is_empty() {
            screen.show(None, &report.told);
            outcome = Outcome::Findings;
        } else if let Some(text) = &report.text {
            print(text);
        }
        if !args.quiet {
            tell(report);
        }
    }
    if let Some(path) = &args.report {
        let text = serde_json::to_vec_pretty(&reports).unwrap_or_default();
        let files = [(path.clone(), text.as_slice())];
        if let Err(problems) = refuse_existing(&files, args.force).and_then(|()| write_files(&files, true)) {
            screen.show(None, &problems);
            return Outcome::Failed;
        }
    }
    outcome
}

/// Each file and where its plan goes; none is the standard output.
type Jobs = Vec<(PathBuf, Option<PathBuf>)>;

fn jobs(args: &Import) -> Result<Jobs, Vec<Diagnostic>> {
    let wrong = |message: String, hint: &str| vec![Diagnostic::general(&code::THAM_SO_SAI, message).hint(hint)];
    let mut files = Vec::new();
    for path in &args.files {
        if path.is_dir() { files_of(path, &mut files) } else { files.push(path.clone()) }
    }
    let one = files.len() == 1 && !args.files[0].is_dir();
    let folder = args.output.as_ref().filter(|o| !one || o.is_dir());
    if folder.is_some_and(|o| !o.is_dir()) {
        let hint = "Bỏ -o: mỗi kế hoạch được ghi cạnh tệp của nó; hoặc ghi ở -o tên một thư mục đã có.";
        return Err(wrong("Nhập nhiều tệp thì -o phải là một thư mục.".to_owned(), hint));
    }
    let mut out: Jobs = Vec::new();
    let mut taken: HashMap<PathBuf, PathBuf> = HashMap::new();
    for file in files {
        let beside = file.with_extension("yaml");
        let target = match (&args.output, folder) {
            (_, Some(folder)) => Some(folder.join(beside.file_name().unwrap_or_default())),
            (Some(output), None) => Some(output.clone()).filter(|o| o.as_os_str() != "-"),
            (None, None) => Some(beside).filter(|_| file.as_os_str() != "-"),
        };
        if let Some(target) = &target
            && let Some(other) = taken.insert(target.clone(), file.clone())
        {
            let shown = target.display();
            let message = format!("Tệp {} và {} cùng nhập vào {shown}.", other.display(), file.display());
            return Err(wrong(message, "Đổi tên một tệp, hoặc nhập từng tệp với -o."));
        }
        out.push((file, target));
    }
    // What is read is not written over, not even by force.
    let sources: HashSet<PathBuf> = out.iter().map(|(file, _)| true_path(file)).collect();
    let read = |path: &Path| sources.contains(&true_path(path));
    if let Some(own) = out.iter().filter_map(|(_, t)| t.as_deref()).chain(args.report.as_deref()).find(|t| read(t)) {
        let message = format!("Tệp ghi ra “{}” trùng với một tệp được nhập.", own.display());
        return Err(wrong(message, "Đặt tên khác ở -o hoặc --bao-cao."));
    }
    Ok(out)
}

/// The path without links; as it is where there is no such file.
fn true_path(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}

/// The files of a folder and of those in it, by name.
fn files_of(folder: &Path, out: &mut Vec<PathBuf>) {
    let mut all: Vec<PathBuf> = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|e| e.path()).collect();
    all.sort();
    for path in all {
        let extension = path.extension().map(|e| e.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
        // Word keeps its own beside a file that is open.
        let lock = path.file_name().is_some_and(|n| n.to_string_lossy().starts_with("~$"));
        if path.is_dir() && !path.is_symlink() {
            files_of(&path, out);
        } else if import::EXTENSIONS.contains(&extension.as_str()) && !lock {
            out.push(path);
        }
    }
}

/// A file that makes the reader panic is one broken file, not the end of all.
fn guarded_one(args: &Import, file: &Path, target: &Option<PathBuf>) -> Report {
    let name = file.file_name().map_or_else(|| "đầu vào".to_owned(), |n| n.to_string_lossy().into_owned());
    let done = guarded(|| one(args, file, &name, target.as_deref())).unwrap_or_else(|| {
        let message = format!("Không nhập được tệp {name}: chương trình gặp lỗi của chính nó.");
        Err(vec![Diagnostic::general(&code::NHAP_HONG, message).hint("Báo cho nhóm phát triển, kèm tệp này.")])
    });
    let shown = file.display().to_string();
    match done {
        Ok(report) => Report { file: shown, status: "ok", ..report },
        Err(told) => {
            let problems = told.iter().map(|d| d.message.clone()).collect();
            Report { file: shown, status: "error", problems, told, ..Report::default() }
        }
    }
}

/// Imports one file.
fn one(args: &Import, file: &Path, name: &str, target: Option<&Path>) -> Result<Report, Vec<Diagnostic>> {
    let bytes = pipeline::read_up_to(file, import::MOST_BYTES).map_err(|problem| vec![problem])?;
    let Imported { plan, stream, recognised, errors, signs, added } = import::import(name, &bytes, !args.no_proof)?;
    if let Some(target) = target {
        let folder = target.parent().unwrap_or(Path::new(""));
        let mut files: Vec<(PathBuf, &[u8])> = vec![(target.to_owned(), plan.as_bytes())];
        files.extend(stream.pictures.iter().map(|(picture, bytes)| (folder.join(picture), bytes.as_slice())));
        refuse_existing(&files, args.force)?;
        write_files(&files, true)?;
    }
    let gone = stream.left_out.iter().chain(&recognised.left_out).filter(|l| l.reason != OWN);
    Ok(Report {
        plan: target.map(|t| t.display().to_string()),
        kind: recognised.found.loai.map(|k| k.key),
        errors,
        unsure: recognised.found.unsure.iter().map(|(_, why)| why.clone()).collect(),
        left_out: gone.map(|l| Gone { words: l.words.clone(), reason: l.reason }).collect(),
        signs,
        added,
        text: target.is_none().then_some(plan),
        ..Report::default()
    })
}

fn tell(report: &Report) {
    if report.status != "ok" {
        return;
    }
    let mut out = std::io::stderr().lock();
    if let Some(plan) = &report.plan {
        let _ = writeln!(out, "Đã nhập {} vào {plan}.", report.file);
    }
    for why in &report.unsure {
        let _ = writeln!(out, "  kiểm tra: {why}.");
    }
    for sign in &report.signs {
        let _ = writeln!(out, "  {sign}.");
    }
    if !report.added.is_empty() {
        let _ = writeln!(out, "  trang in thêm chữ: “{}”.", report.added.join("”, “"));
    }
    for left in &report.left_out {
        let _ = writeln!(out, "  không đưa vào ({}): {}", left.reason, left.words);
    }
    if let Some(plan) = report.plan.as_ref().filter(|_| report.errors > 0) {
        let _ = writeln!(out, "  còn {} chỗ phải sửa mới in được: vanthu render {plan}", report.errors);
    }
}
