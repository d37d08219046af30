//! `vanthu batch`.

use super::Outcome;
use super::args::{Batch, Format};
use super::progress::Shown;
use super::render::nothing_apart;
use super::terminal::Screen;
use super::units::{self, fail};
use crate::batch::report::State;
use crate::batch::{
    self, Change, Inputs, Known, Options, OutputFolder, Progress, Record, Report, Shard, Status, Stop, Trouble, Work,
};
use crate::diagnostic::{Diagnostic, Severity, code};
use crate::draft::Value;
use crate::pipeline::check::settings_of;
use crate::pipeline::{Folder, Plan, Studio};
use crate::read::units::Own;
use crate::source::Source;
use crate::write::Writer;
use sha2::{Digest as _, Sha256};
use std::collections::HashMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

/// Most kinds of trouble that the terminal shows; the report has all.
const MAX_SHOWN: usize = 20;

/// Runs the command.
pub fn run(args: &Batch) -> Outcome {
    match args.merge.as_slice() {
        [] => work(args),
        paths => merge(args, paths),
    }
}

fn work(args: &Batch) -> Outcome {
    let screen = Screen::new(args.making.format);
    let work = match prepare(args, &screen) {
        Ok(work) => work,
        Err(outcome) => return outcome,
    };
    let Some(root) = args.output.as_deref() else {
        return fail(&screen, Diagnostic::general(&code::THAM_SO_SAI, "Thiếu -o THƯ_MỤC.").hint("Ví dụ: -o ket-qua"));
    };
    if args.dry_run {
        return rehearse(args, &work, root);
    }
    let output = match open(root, work.inputs.options.shard, args.force) {
        Ok(output) => output,
        Err(problems) => {
            screen.show(None, &problems);
            return Outcome::Failed;
        }
    };
    let known = Known::read(output.root(), output.suffix());
    let stop = Arc::new(Stop::default());
    let asked = Arc::clone(&stop);
    // A second handler cannot be set; then the run ends as any program does, and the journal keeps what was done.
    let _ = ctrlc::set_handler(move || asked.ask());
    let start = Instant::now();
    let progress = Progress::default();
    let records: Mutex<Vec<Record>> = Mutex::new(Vec::new());
    let over = Stop::default();
    let shown = Shown::new(work.chosen.len(), args.quiet);
    let ended = std::thread::scope(|scope| {
        let watching = scope.spawn(|| {
            shown.watch(&progress, &over, &mut || {
                // Borrowed for a moment instead of copied: there may be ten thousand.
                let mut held = records.lock().unwrap_or_else(PoisonError::into_inner);
                let so_far = std::mem::take(&mut *held);
                let seconds = start.elapsed().as_secs_f64();
                let report = Report::new(&work, &known, &output, so_far, State::Running, seconds);
                let bytes = report.json();
                *held = report.units;
                drop(held);
                // A disk that is full says so where documents are written.
                let _ = bytes.and_then(|bytes| Report::checkpoint(&output, &bytes));
            });
        });
        let ended = batch::run(&work, &known, &output, jobs(args), &progress, &stop, &records);
        over.ask();
        watching.thread().unpark();
        ended
    });
    let records = std::mem::take(&mut *records.lock().unwrap_or_else(PoisonError::into_inner));
    let left = records.iter().any(|r| r.status == Status::Pending);
    let state = if left || ended.is_err() { State::Stopped } else { State::Done };
    let mut report = Report::new(&work, &known, &output, records, state, start.elapsed().as_secs_f64());
    report.reason = ended.as_ref().err().map(|p| p.message.clone());
    finish(args, &screen, output, &report, ended.err())
}

/// The output folder, unless a report in it is a person's.
fn open(root: &Path, shard: Option<Shard>, force: bool) -> Result<OutputFolder, Vec<Diagnostic>> {
    let output = OutputFolder::open(root, shard, force).map_err(|problem| vec![problem])?;
    let refused = output.refused();
    if refused.is_empty() { Ok(output) } else { Err(refused) }
}

/// Threads to work on.
fn jobs(args: &Batch) -> usize {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    // More threads than this are no faster, and each takes tens of megabytes.
    args.jobs.unwrap_or(cores).clamp(1, 4 * cores)
}

/// Writes the reports and says how it went.
fn finish(args: &Batch, screen: &Screen, output: OutputFolder, report: &Report, fatal: Option<Diagnostic>) -> Outcome {
    let files = match report.write(&output) {
        Ok(files) => files,
        Err(problem) => {
            // The old reports are whole, and the journal has what was done since.
            let problems: Vec<_> = fatal.into_iter().chain([problem]).collect();
            show_troubles(args, report);
            screen.show(None, &problems);
            return Outcome::Failed;
        }
    };
    let root = output.root().to_owned();
    output.close();
    if args.making.format == Format::Json {
        let _ = report.json().map(|bytes| super::print_bytes(&bytes));
    } else {
        show_troubles(args, report);
    }
    let failed = fatal.is_some();
    if let Some(problem) = fatal {
        screen.show(None, &[problem]);
    }
    let t = &report.totals;
    if !args.quiet {
        let mut out = std::io::stderr().lock();
        let pending = if t.pending > 0 { format!(", {} chưa làm", t.pending) } else { String::new() };
        let _ = writeln!(
            out,
            "{} đơn vị: {} đã ghi, {} giữ nguyên, {} có lỗi{pending}; {} trang; {} giây.",
            t.units,
            t.written,
            t.unchanged,
            t.failed,
            t.pages,
            seconds(t.seconds)
        );
        if !report.leftovers.is_empty() {
            let shown = report.leftovers.iter().take(3).cloned().collect::<Vec<_>>().join(", ");
            let _ = writeln!(
                out,
                "{} tệp của lần trước không thuộc kết quả lần này, vẫn để nguyên: {shown}{}",
                report.leftovers.len(),
                if report.leftovers.len() > 3 { "…" } else { "." }
            );
        }
        let shown: Vec<String> = files.iter().map(|f| root.join(f).display().to_string()).collect();
        let _ = writeln!(out, "Báo cáo: {}", shown.join(", "));
        if report.state != State::Done {
            let _ = writeln!(out, "Chưa xong: chạy lại đúng lệnh này để làm tiếp.");
        }
    }
    match report.state {
        _ if failed => Outcome::Failed,
        State::Stopped => Outcome::Stopped,
        State::Running => Outcome::Findings,
        State::Done if t.failed > 0 || t.pending > 0 => Outcome::Findings,
        State::Done => Outcome::Clean,
    }
}

fn seconds(value: f64) -> String {
    format!("{value:.1}").replace('.', ",")
}

/// The troubles of all units, the same ones told once.
fn show_troubles(args: &Batch, report: &Report) {
    if args.making.format == Format::Json {
        return;
    }
    // The same sentence at the same place of the plan is one kind, however many units it strikes.
    type Key<'r> = (bool, &'r str, &'r str, Option<&'r str>, Option<usize>);
    let mut kinds: Vec<(bool, &Trouble, &Record, usize)> = Vec::new();
    let mut seen: HashMap<Key<'_>, usize> = HashMap::new();
    for unit in &report.units {
        let all = unit.errors.iter().map(|t| (true, t)).chain(unit.warnings.iter().map(|t| (false, t)));
        for (error, trouble) in all {
            // A trouble of a row has the row's line and no column of a text.
            let line = trouble.column.and(trouble.line);
            let key = (error, trouble.code.as_str(), trouble.message.as_str(), trouble.file.as_deref(), line);
            match seen.get(&key).and_then(|at| kinds.get_mut(*at)) {
                Some((.., count)) => *count += 1,
                None => {
                    seen.insert(key, kinds.len());
                    kinds.push((error, trouble, unit, 1));
                }
            }
        }
    }
    kinds.sort_by_key(|(error, ..)| !*error);
    let mut out = std::io::stderr().lock();
    for (error, trouble, unit, count) in kinds.iter().take(MAX_SHOWN) {
        let _ = writeln!(out, "{}", line(*error, trouble, unit, *count));
    }
    if kinds.len() > MAX_SHOWN {
        let _ = writeln!(out, "… và {} loại lỗi, cảnh báo khác, có đủ trong báo cáo.", kinds.len() - MAX_SHOWN);
    }
}

fn line(error: bool, trouble: &Trouble, unit: &Record, count: usize) -> String {
    let level = if error { "lỗi" } else { "cảnh báo" };
    let cell = match (&trouble.cell, trouble.unit_columns.as_slice()) {
        (Some(cell), [column, ..]) => format!(", ô {cell} ({column})"),
        (None, [column, ..]) => format!(", cột {column}"),
        _ => String::new(),
    };
    let place = trouble.place();
    let place = if place.is_empty() { place } else { format!("{place}: ") };
    let others = if count > 1 { format!(" (và {} đơn vị khác)", count - 1) } else { String::new() };
    let name = if unit.unit.is_empty() { String::new() } else { format!(" ({})", unit.unit) };
    let hint = trouble.hint.as_ref().map(|h| format!(" {h}")).unwrap_or_default();
    let text =
        format!("{place}{level}[{}]: dòng {}{name}{cell}: {}{others}{hint}", trouble.code, unit.row, trouble.message);
    super::terminal::shown(&text)
}

/// What a run would do, and why.
fn rehearse(args: &Batch, work: &Work, root: &Path) -> Outcome {
    let known = Known::read(root, &work.inputs.options.shard.map(Shard::suffix).unwrap_or_default());
    let changes = batch::changes(work, &known, root, jobs(args));
    let faulty = changes.iter().any(|(_, c)| *c == Change::Faulty);
    let outcome = if faulty { Outcome::Findings } else { Outcome::Clean };
    if args.making.format == Format::Json {
        let all: Vec<_> = changes
            .iter()
            .map(|(r, change)| {
                let (what, reasons): (_, &[String]) = match change {
                    Change::Nothing => ("unchanged", &[]),
                    Change::Make(reasons) => ("make", reasons),
                    Change::Faulty => ("failed", &[]),
                };
                serde_json::json!({ "row": r.row, "unit": r.unit, "name": r.name, "change": what, "reasons": reasons,
                    "errors": r.errors, "warnings": r.warnings })
            })
            .collect();
        let variables = units::table_json(&units::rows(work));
        let text = format!("{:#}\n", serde_json::json!({ "variables": variables, "notes": work.told, "units": all }));
        return if super::print(&text) == Outcome::Clean { outcome } else { Outcome::Failed };
    }
    let mut text = units::table_text(&units::rows(work));
    let count = |of: fn(&Change) -> bool| changes.iter().filter(|(_, c)| of(c)).count();
    text.push_str(&format!(
        "\n{} đơn vị: {} sẽ ghi, {} giữ nguyên, {} có lỗi.\n",
        changes.len(),
        count(|c| matches!(c, Change::Make(_))),
        count(|c| *c == Change::Nothing),
        count(|c| *c == Change::Faulty)
    ));
    // Clashing names are one error, however many units have them.
    let clashes = |t: &Trouble| t.code == code::TEN_TEP_TRUNG.name;
    let mut clashing: HashMap<&str, usize> = HashMap::new();
    for trouble in changes.iter().flat_map(|(r, _)| &r.errors).filter(|t| clashes(t)) {
        *clashing.entry(trouble.message.as_str()).or_default() += 1;
    }
    for (record, change) in &changes {
        let formats: Vec<&str> = work.inputs.writers.iter().map(|w| w.extension).collect();
        let line = match change {
            Change::Nothing => continue,
            Change::Make(reasons) => {
                format!("dòng {}: ghi {}.{} ({})", record.row, record.name, formats.join("|"), reasons.join("; "))
            }
            Change::Faulty => {
                let mut faults = Vec::new();
                for trouble in &record.errors {
                    let count = if clashes(trouble) { clashing.remove(trouble.message.as_str()) } else { Some(1) };
                    faults.extend(count.map(|count| line(true, trouble, record, count)));
                }
                if faults.is_empty() {
                    continue;
                }
                faults.join("\n")
            }
        };
        text.push_str(&line);
        text.push('\n');
    }
    if super::print(&text) == Outcome::Clean { outcome } else { Outcome::Failed }
}

fn merge(args: &Batch, paths: &[PathBuf]) -> Outcome {
    let screen = Screen::new(args.making.format);
    let beside =
        paths.first().map_or(Path::new(""), |p| if p.is_dir() { p } else { p.parent().unwrap_or(Path::new("")) });
    let root = args.output.as_deref().unwrap_or(beside);
    let report = match batch::merge(paths, root) {
        Ok(report) => report,
        Err(problems) => {
            screen.show(None, &problems);
            return Outcome::Failed;
        }
    };
    match open(root, None, args.force) {
        Ok(output) => finish(args, &screen, output, &report, None),
        Err(problems) => {
            screen.show(None, &problems);
            Outcome::Failed
        }
    }
}

fn prepare(args: &Batch, screen: &Screen) -> Result<Work, Outcome> {
    let (Some(plan_path), Some(list_path)) = (&args.plan, &args.units) else {
        let problem = Diagnostic::general(&code::THAM_SO_SAI, "Thiếu kế hoạch hoặc danh sách đơn vị (--units).")
            .hint("Ví dụ: vanthu batch ke-hoach.yaml --units don-vi.csv -o ket-qua");
        return Err(fail(screen, problem));
    };
    let (plan, plan_digest) = units::read_plan(plan_path, screen)?;
    // A wrong list is told before what the program itself needs.
    let bytes = units::list_bytes(list_path).map_err(|p| fail(screen, p))?;
    let shop = shop(args);
    let tags = match &shop {
        Ok((studio, writers)) if writers.iter().any(|w| matches!(w.write, crate::write::Write::Word(_))) => {
            studio.word().map(|w| w.variables().into_iter().collect()).unwrap_or_default()
        }
        _ => Vec::new(),
    };
    let shown = (plan_path.display().to_string(), list_path.display().to_string());
    let mut listed = batch::list::read(&shown.1, &bytes, args.sheet.as_deref(), &plan, &tags);
    if let Some(problem) = batch::list::unconfirmed(&listed, &shown.0, &shown.1) {
        listed.diagnostics.push(problem);
        listed.units = None;
    }
    let Some(list) = listed.units else {
        let all: Vec<Diagnostic> = listed.notes.into_iter().chain(listed.diagnostics).collect();
        screen.show(listed.source.as_ref(), &all);
        return Err(Outcome::Findings);
    };
    if args.making.format != Format::Json {
        screen.show(listed.source.as_ref(), &listed.notes);
    }
    let (studio, writers) = shop.map_err(|problems| {
        screen.show(None, &problems);
        Outcome::Failed
    })?;
    let options = options(args).map_err(|p| fail(screen, p))?;
    let rules = settings_of(plan_path.parent().unwrap_or(Path::new(""))).map_err(|(source, told)| {
        screen.show(Some(&source), &told);
        Outcome::Failed
    })?;
    let issues = |plan: &Plan| plan.draft().is_none_or(|d| !d.kem_theo.is_empty());
    if args.apart && !issues(&plan) && list.units.iter().all(|u| matches!(u.own, Own::Nothing)) {
        return Err(fail(screen, nothing_apart()));
    }
    let told = troubles(listed.source.as_ref(), listed.notes.iter().chain(&listed.diagnostics));
    warn(args, screen, listed.source.as_ref(), listed.diagnostics)?;
    let inputs = Inputs {
        folder: Folder::beside(plan_path),
        plan,
        plan_digest,
        units: Arc::new(list),
        list_source: listed.source,
        list_folder: Folder::beside(list_path),
        list_digest: Sha256::digest(&bytes).into(),
        studio: Arc::new(studio),
        writers,
        rules,
        options,
    };
    fit(args, screen, Work::new(inputs).map_err(|p| fail(screen, p))?, told)
}

/// What the arguments ask for.
fn options(args: &Batch) -> Result<Options, Diagnostic> {
    Ok(Options {
        variables: variables(args)?,
        strict: args.making.strict,
        prove: !args.making.no_proof,
        force: args.force,
        apart: args.apart,
        only: args.only.clone(),
        shard: args.shard.as_deref().map(shard).transpose()?,
        name: args.name.clone(),
    })
}

/// Sees that the plan and the list belong together. `told` is what was said so far.
fn fit(args: &Batch, screen: &Screen, mut work: Work, told: Vec<Trouble>) -> Result<Work, Outcome> {
    work.told = told;
    if let Some(problem) = batch::list::all_the_same(&work) {
        screen.show(None, &[problem]);
        return Err(Outcome::Findings);
    }
    let missing = units::missing(&work);
    work.told.extend(troubles(Some(work.inputs.plan.source()), &missing));
    warn(args, screen, Some(work.inputs.plan.source()), missing)?;
    Ok(work)
}

fn troubles<'d>(source: Option<&Source>, all: impl IntoIterator<Item = &'d Diagnostic>) -> Vec<Trouble> {
    all.into_iter().map(|d| Trouble::new(source, d)).collect()
}

/// Shows warnings of the list or the plan as a whole; with `--strict` they are errors that end the run.
fn warn(args: &Batch, screen: &Screen, source: Option<&Source>, mut warnings: Vec<Diagnostic>) -> Result<(), Outcome> {
    if warnings.is_empty() {
        return Ok(());
    }
    if args.making.strict {
        warnings.iter_mut().for_each(|w| w.severity = Severity::Error);
        screen.show(source, &warnings);
        return Err(Outcome::Findings);
    }
    if args.making.format != Format::Json {
        screen.show(source, &warnings);
    }
    Ok(())
}

fn shop(args: &Batch) -> Result<(Studio, Vec<&'static Writer>), Vec<Diagnostic>> {
    let one = |problem| vec![problem];
    let mut writers: Vec<&'static Writer> = Vec::new();
    for format in args.formats.iter().map(|f| f.trim().trim_start_matches('.')) {
        let writer = crate::write::by_extension(format).ok_or_else(|| {
            let known: Vec<&str> = crate::write::WRITERS.iter().map(|w| w.extension).collect();
            one(Diagnostic::general(&code::DINH_DANG_LA, format!("Không có định dạng “{format}”."))
                .hint(format!("Dùng một hay nhiều trong: {}.", known.join(", "))))
        })?;
        if !writers.iter().any(|w| w.extension == writer.extension) {
            writers.push(writer);
        }
    }
    Ok((super::render::studio(&args.making)?, writers))
}

fn variables(args: &Batch) -> Result<Vec<(String, Value)>, Diagnostic> {
    args.making.set.iter().map(|pair| super::render::variable(pair)).collect()
}

/// `I/N`, or `N` where the part's number, from 0, stands in `JOB_COMPLETION_INDEX` (Kubernetes Indexed Jobs).
fn shard(text: &str) -> Result<Shard, Diagnostic> {
    let wrong = |why: &str| {
        Diagnostic::general(&code::THAM_SO_SAI, format!("--shard “{text}” {why}."))
            .hint("Viết phần thứ mấy trên tổng số phần, ví dụ --shard 3/8; chỉ viết --shard 8 khi biến môi trường JOB_COMPLETION_INDEX có số thứ tự, tính từ 0.")
    };
    let (index, count) = match text.split_once('/') {
        Some((index, count)) => (index.trim().parse().ok(), count.trim()),
        None => {
            let index = std::env::var("JOB_COMPLETION_INDEX").ok().and_then(|i| i.trim().parse::<usize>().ok());
            if index.is_none() {
                return Err(wrong("không nói phần thứ mấy, mà biến JOB_COMPLETION_INDEX không có"));
            }
            (index.and_then(|i| i.checked_add(1)), text.trim())
        }
    };
    match (index, count.parse::<usize>()) {
        (Some(index), Ok(count)) if (1..=count).contains(&index) && count <= 100_000 => Ok(Shard { index, count }),
        _ => Err(wrong("không phải là một phần của danh sách")),
    }
}
