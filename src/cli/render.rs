//! `vanthu render`.

use super::Outcome;
use super::args::{Making, Render};
use super::terminal::Screen;
use crate::diagnostic::{Diagnostic, Severity, code};
use crate::draft::Value;
use crate::pipeline::check::{review, settings_of};
use crate::pipeline::{self, Brought, Built, Folder, Plan, Ready, SealedFile, Studio, Written};
use crate::read;
use crate::source::{Source, is_forbidden};
use crate::write::Writer;
use crate::write::docx::template::WordTemplate;
use crate::write::files::Prepared;
use std::io::Write;
use std::path::{Path, PathBuf};

/// The arguments, checked.
struct Checked {
    plan: PathBuf,
    /// Each file to write, or `None` for the standard output.
    targets: Vec<(Option<PathBuf>, &'static Writer)>,
    variables: Vec<(String, Value)>,
}

/// Runs the command.
pub fn run(args: &Render) -> Outcome {
    let to_stdout =
        args.output.iter().any(|o| o.as_os_str() == "-") || (args.output.is_empty() && args.plan.as_os_str() == "-");
    let report = Screen::new(args.making.format).beside(to_stdout);
    let (settings, studio) = match prepare(args) {
        Ok(ready) => ready,
        Err(problems) => {
            report.show(None, &problems);
            // A faulty template is the user's file, not a command that could not run.
            let of_word = [&code::THE_WORD_SAI, &code::MAU_WORD_HONG, &code::MAU_WORD_CAM, &code::MAU_WORD_THIEU];
            let faulty = problems.iter().all(|p| of_word.contains(&p.code));
            return if faulty { Outcome::Findings } else { Outcome::Failed };
        }
    };
    let folder = Folder::beside(&settings.plan);
    let (built, plan) = match build(&settings, &studio, &folder) {
        Ok(built) => built,
        Err(problem) => {
            report.show(None, &[problem]);
            return Outcome::Failed;
        }
    };
    let rules = match settings_of(settings.plan.parent().unwrap_or(Path::new(""))) {
        Ok(rules) => rules,
        Err((source, told)) => {
            report.show(Some(&source), &told);
            return Outcome::Failed;
        }
    };
    let least = if args.check { Severity::Hint } else { Severity::Error };
    let reviewed = plan.map(|plan| review(plan, &built, &folder, &settings.variables, studio.faces(), (&rules, least)));
    let mut problems = built.diagnostics;
    problems.extend(reviewed.unwrap_or_default());
    if args.making.word.is_some() {
        problems.extend(studio.word().map(WordTemplate::doubles).unwrap_or_default());
    }
    match make(args, &settings, &studio, &folder, (built.ready, built.source.as_ref()), &mut problems) {
        Ok(done) => {
            if !problems.is_empty() || args.making.format == super::args::Format::Json {
                report.show(built.source.as_ref(), &problems);
            }
            if !args.quiet {
                done.say();
            }
            Outcome::Clean
        }
        Err(outcome) => {
            report.show(built.source.as_ref(), &problems);
            outcome
        }
    }
}

/// Reads the plan and composes its document.
fn build(settings: &Checked, studio: &Studio, folder: &Folder) -> Result<(Built, Option<Plan>), Diagnostic> {
    let bytes = pipeline::read_file(&settings.plan)?;
    let name =
        if settings.plan.as_os_str() == "-" { "(đầu vào)".into() } else { settings.plan.display().to_string() };
    Ok(match Plan::read(&name, &bytes, folder) {
        Ok(plan) => (plan.build(None, folder, &settings.variables, studio.faces()), Some(plan)),
        Err(diagnostics) => (Built { source: None, ready: None, diagnostics, unfinished: None }, None),
    })
}

/// What was written.
struct Done {
    files: Vec<String>,
    pages: Option<usize>,
}

impl Done {
    fn say(&self) {
        let shown = match self.files.as_slice() {
            [] => return,
            [first, .., last] if self.files.len() > 4 => format!("{first} … {last} ({} tệp)", self.files.len()),
            all => all.join(", "),
        };
        let pages = self.pages.map_or(String::new(), |p| format!(": {p} trang"));
        let _ = writeln!(std::io::stderr(), "Đã ghi {shown}{pages}.");
    }
}

/// Writes all formats in memory, then all files; what is found on the way is added to the problems.
fn make(
    args: &Render,
    settings: &Checked,
    studio: &Studio,
    folder: &Folder,
    (ready, source): (Option<Ready>, Option<&Source>),
    problems: &mut Vec<Diagnostic>,
) -> Result<Done, Outcome> {
    if stops(args, problems) {
        return Err(Outcome::Findings);
    }
    let ready = ready.ok_or(Outcome::Findings)?;
    let mut writers: Vec<&'static Writer> = Vec::new();
    for (_, writer) in &settings.targets {
        if !writers.iter().any(|w| w.extension == writer.extension) {
            writers.push(writer);
        }
    }
    let all = match source.filter(|_| args.apart) {
        Some(source) => apart(ready, studio, source),
        None => Ok(vec![ready]),
    };
    let written = all.and_then(|all| pipeline::write_all(studio, &all, folder, &writers, !args.making.no_proof));
    let (layouts, written) = written.map_err(|problem| {
        problems.push(problem);
        Outcome::Findings
    })?;
    problems.extend(layouts.iter().flat_map(|p| p.told.iter().cloned()));
    if stops(args, problems) {
        return Err(Outcome::Findings);
    }
    let read = inputs(settings, folder);
    let files = place(args, settings, &read, &written).map_err(|refused| {
        problems.extend(refused);
        Outcome::Failed
    })?;
    let pages = layouts.iter().map(pipeline::Layout::pages).sum();
    Ok(Done { files, pages: Some(pages).filter(|p| *p > 0) })
}

/// The document and the texts that are issued with it, where there are any.
fn apart(ready: Ready, studio: &Studio, source: &Source) -> Result<Vec<Ready>, Diagnostic> {
    if ready.document.kem_theo.is_empty() {
        return Err(nothing_apart());
    }
    ready.apart(studio, source)
}

/// `--tach` where nothing is issued with the document.
pub fn nothing_apart() -> Diagnostic {
    Diagnostic::general(&code::THAM_SO_SAI, "Có --tach nhưng kế hoạch không có văn bản kèm theo.")
        .hint("Bỏ --tach; hoặc ghi văn bản kèm theo ở khóa kem_theo.")
}

/// Whether what was found ends the run; with `--strict` every warning is an error.
fn stops(args: &Render, problems: &mut [Diagnostic]) -> bool {
    if args.making.strict {
        problems.iter_mut().for_each(|p| p.severity = Severity::Error);
    }
    problems.iter().any(Diagnostic::is_error)
}

/// The files that this run read: none of them is written over, not even by force.
fn inputs(settings: &Checked, folder: &Folder) -> Vec<PathBuf> {
    let beside = settings.plan.parent().unwrap_or(Path::new(""));
    let used = folder.used().into_keys().map(|name| beside.join(name));
    used.chain([settings.plan.clone()]).filter_map(|path| path.canonicalize().ok()).collect()
}

/// Puts all files in their places, or none, and gives their names.
fn place(
    args: &Render,
    settings: &Checked,
    read: &[PathBuf],
    written: &[Written],
) -> Result<Vec<String>, Vec<Diagnostic>> {
    let mut files: Vec<(PathBuf, &[u8])> = Vec::new();
    let mut streams: Vec<&[u8]> = Vec::new();
    for (target, writer) in &settings.targets {
        for made in written.iter().filter(|w| w.writer.extension == writer.extension) {
            for output in &made.outputs {
                match target {
                    None => streams.push(&output.bytes),
                    Some(path) => files.push((beside(path, made, output), &output.bytes)),
                }
            }
        }
    }
    if let Some(twice) = files.iter().enumerate().find(|(i, f)| files[..*i].iter().any(|g| g.0 == f.0)) {
        let message = format!("Hai văn bản của lần chạy này cùng ghi ra tệp “{}”.", twice.1.0.display());
        let hint = "Đặt tên khác ở -o: --tach thêm “-kem-theo-1”, “-kem-theo-2” … vào tên; ảnh thêm số trang.";
        return Err(vec![Diagnostic::general(&code::THAM_SO_SAI, message).hint(hint)]);
    }
    if let Some((own, _)) = files.iter().find(|(path, _)| path.canonicalize().is_ok_and(|path| read.contains(&path))) {
        let message = format!("Tệp ghi ra “{}” trùng với một tệp mà kế hoạch dùng.", own.display());
        return Err(vec![Diagnostic::general(&code::THAM_SO_SAI, message).hint("Đặt tên khác cho tệp ghi ra.")]);
    }
    super::leave_nothing_half_written();
    let prepared = Prepared::new(&files, args.force)?;
    for bytes in streams {
        super::stream(bytes).map_err(|problem| vec![problem])?;
    }
    prepared.take_names().map_err(|problem| vec![problem])?;
    Ok(files.iter().map(|(path, _)| path.display().to_string()).collect())
}

fn prepare(args: &Render) -> Result<(Checked, Studio), Vec<Diagnostic>> {
    let settings = settings(args).map_err(|problem| vec![problem])?;
    let studio = studio(&args.making)?;
    Ok((settings, studio))
}

/// The engine with the fonts and templates that were chosen.
pub fn studio(making: &Making) -> Result<Studio, Vec<Diagnostic>> {
    brought(making).studio()
}

/// The fonts and templates that were chosen.
pub fn brought(making: &Making) -> Brought {
    Brought { fonts: making.fonts.clone(), templates: making.templates.clone(), word: making.word.clone() }
}

fn settings(args: &Render) -> Result<Checked, Diagnostic> {
    let mut targets = Vec::new();
    for output in &args.output {
        if output.as_os_str() == "-" {
            targets.push((None, pipeline::writer_for(Path::new("x.pdf"))?));
        } else {
            targets.push((Some(output.clone()), pipeline::writer_for(output)?));
        }
    }
    let twice = args.output.iter().enumerate().find(|(i, o)| args.output[..*i].contains(o));
    if let Some((_, twice)) = twice {
        let message = format!("Tệp ghi ra “{}” viết hai lần.", twice.display());
        return Err(Diagnostic::general(&code::THAM_SO_SAI, message).hint("Bỏ bớt một lần -o."));
    }
    if targets.is_empty() {
        if args.plan.as_os_str() == "-" {
            targets.push((None, pipeline::writer_for(Path::new("x.pdf"))?));
        } else {
            for extension in ["pdf", "docx"] {
                let beside = args.plan.with_extension(extension);
                let writer = pipeline::writer_for(Path::new("x").with_extension(extension).as_path())?;
                targets.push((Some(beside), writer));
            }
        }
    }
    if !args.plan.is_dir() && targets.iter().any(|(path, _)| path.as_ref() == Some(&args.plan)) {
        return Err(Diagnostic::general(&code::THAM_SO_SAI, "Tệp ghi ra trùng với tệp kế hoạch.")
            .hint("Đặt tên khác cho tệp ghi ra."));
    }
    let mut variables = Vec::new();
    for pair in &args.making.set {
        variables.push(variable(pair)?);
    }
    if args.apart && targets.iter().any(|(path, _)| path.is_none()) {
        return Err(Diagnostic::general(&code::THAM_SO_SAI, "--tach ghi nhiều tệp, không ghi ra đầu ra chuẩn được.")
            .hint("Đặt tên tệp ở -o, ví dụ -o quyet-dinh.pdf."));
    }
    if args.making.word.is_some() && !targets.iter().any(|(_, w)| w.extension == "docx") {
        return Err(Diagnostic::general(&code::THAM_SO_SAI, "Có --mau-word nhưng không ghi ra tệp Word nào.")
            .hint("Thêm -o TỆP.docx, hoặc bỏ --mau-word."));
    }
    Ok(Checked { plan: args.plan.clone(), targets, variables })
}

/// `TÊN=GIÁ_TRỊ` as a variable.
pub fn variable(pair: &str) -> Result<(String, Value), Diagnostic> {
    let (name, value) = pair.split_once('=').ok_or_else(|| {
        Diagnostic::general(&code::THAM_SO_SAI, format!("--dat “{pair}” không có dạng TÊN=GIÁ_TRỊ."))
            .hint("Ví dụ: --dat nam=2026")
    })?;
    if let Some(c) = value.chars().find(|c| is_forbidden(*c)) {
        return Err(Diagnostic::general(
            &code::KY_TU_CAM,
            format!("Giá trị của {name} có ký tự không in được (U+{:04X}).", c as u32),
        ));
    }
    if !read::units::is_name(name) {
        return Err(Diagnostic::general(&code::THAM_SO_SAI, format!("“{name}” không dùng làm tên biến được."))
            .hint("Tên biến gồm chữ không dấu, chữ số, dấu gạch dưới; dấu chấm ngăn các cấp."));
    }
    Ok((name.to_owned(), read::value_of(value)))
}

/// `trang.png` → `trang-1.png` for the first page.
fn beside(path: &Path, made: &Written, output: &SealedFile) -> PathBuf {
    if made.part.is_none() && output.page.is_none() {
        return path.to_owned();
    }
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    path.with_file_name(made.name(&stem, output))
}
