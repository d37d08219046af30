//! `vanthu check`: what a reviewer would send back, found before.

use super::as_before::as_before;
use super::check_args::{Check, FindingFormat, FixLevel, LeastLevel};
use super::check_files::{files, is_word};
use super::check_report::{self as report, Told};
use super::terminal::{Screen, full};
use super::{Outcome, print, refuse_existing, write_files};
use crate::check::ND30_2020;
use crate::check::rules::{by_name, names};
use crate::check::settings::{self, Settings};
use crate::diagnostic::{CODES, Diagnostic, Severity, code};
use crate::draft::Value;
use crate::ooxml::comments::{self, Remark};
use crate::ooxml::package::Refusal;
use crate::pipeline::check::{Checked, Checking, corrected, settings_of};
use crate::pipeline::{self, Folder, Plan, Studio, import};
use crate::read::units::Own;
use rayon::prelude::*;
use similar::TextDiff;
use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Stack of a worker: the engine nests deeply.
const STACK: usize = 32 << 20;

/// Runs the command.
pub fn run(args: &Check) -> Outcome {
    if args.rules {
        return print(&report::rules());
    }
    match check(args) {
        Ok(outcome) => outcome,
        Err(problems) => {
            Screen::plain().show(None, &problems);
            Outcome::Failed
        }
    }
}

fn check(args: &Check) -> Result<Outcome, Vec<Diagnostic>> {
    let set: Result<Vec<_>, _> = args.set.iter().map(|pair| super::render::variable(pair)).collect();
    let set = set.map_err(|problem| vec![problem])?;
    args.only.iter().chain(&args.off).try_for_each(|name| known(name)).map_err(|problem| vec![problem])?;
    let (files, mut unread) = files(args)?;
    let studio = Studio::new(None, None);
    let one = |file: &PathBuf| {
        let settings = settings_for(args, file)?;
        let alone = |diagnostics| Box::new(Told { file: file.clone(), source: None, diagnostics, word: is_word(file) });
        one(args, &studio, &settings, file, &set).map_err(alone)
    };
    let work = || -> Vec<Result<Vec<Told>, Box<Told>>> { files.par_iter().map(one).collect() };
    let all = match files.as_slice() {
        // Threads take longer to start than one plan takes.
        [file] if args.units.is_none() => vec![one(file)],
        _ => match rayon::ThreadPoolBuilder::new().stack_size(STACK).build() {
            Ok(pool) => pool.install(work),
            Err(_) => work(),
        },
    };
    let mut told: Vec<Told> = Vec::new();
    for result in all {
        match result {
            Ok(some) => told.extend(some),
            // A file of settings that is wrong is wrong for all plans below it.
            Err(one) if unread.iter().any(|known| known.file == one.file) => {}
            Err(one) => unread.push(*one),
        }
    }
    if let Some((target, one)) = args.notes.as_ref().zip(told.first()) {
        annotate(args, target, one)?;
    }
    let failed = !unread.is_empty();
    if args.format.is_for_people() {
        unread.iter().for_each(|one| Screen::plain().show(one.source.as_ref(), &one.diagnostics));
    } else {
        // A program that reads the findings reads nothing else.
        told.append(&mut unread);
    }
    if !(failed && told.is_empty()) {
        show(args, &told, failed);
    }
    let found = told.iter().flat_map(|t| &t.diagnostics).any(|d| d.severity >= Severity::Warning);
    Ok(match (failed, found) {
        (true, _) => Outcome::Failed,
        (_, true) => Outcome::Findings,
        _ => Outcome::Clean,
    })
}

/// Whether there is a rule, or another code that can be switched off.
fn known(name: &str) -> Result<(), Diagnostic> {
    if by_name(name).is_some() || CODES.iter().any(|c| c.name == name) {
        return Ok(());
    }
    Err(Diagnostic::general(&code::THAM_SO_SAI, format!("Không có quy tắc “{name}”."))
        .hint(settings::near(name, &names().collect::<Vec<_>>())))
}

/// The rules that hold for a file, or what is wrong with the file of settings.
fn settings_for(args: &Check, file: &Path) -> Result<Settings, Box<Told>> {
    let folder = file.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut settings = settings_of(folder).map_err(|(source, mut diagnostics)| {
        let message = "Chưa soát được vì không dùng được tệp vanthu.toml.";
        diagnostics.push(Diagnostic::general(&code::CAU_HINH_SAI, message).hint("Sửa theo lời báo ở trên."));
        Box::new(Told { file: PathBuf::from(source.name_at(0)), source: Some(source), diagnostics, word: false })
    })?;
    settings.only.clone_from(&args.only);
    settings.off.extend(args.off.iter().cloned());
    Ok(settings)
}

fn one(
    args: &Check,
    studio: &Studio,
    settings: &Settings,
    file: &Path,
    set: &[(String, Value)],
) -> Result<Vec<Told>, Vec<Diagnostic>> {
    let checking = Checking { studio, settings, pages: !args.no_pages, least: least(args) };
    if is_word(file) {
        return word(&checking, file).map(|told| vec![told]);
    }
    let bytes = pipeline::read_file(file).map_err(|problem| vec![problem])?;
    let name = if file.as_os_str() == "-" { "(đầu vào)".to_owned() } else { file.display().to_string() };
    let folder = Folder::beside(file);
    let told =
        |Checked { source, diagnostics }: Checked| Told { file: file.to_owned(), source, diagnostics, word: false };
    if let Some(list) = &args.units {
        return Ok(units(args, &checking, (&name, &bytes), list, set)?.into_iter().map(told).collect());
    }
    let first = checking.plan(&name, &bytes, &folder, set);
    let Some(level) = args.fix else { return Ok(vec![told(first)]) };
    Ok(vec![fix(args, level, file, &bytes, first, &|text| checking.plan(&name, text, &folder, set))?])
}

fn least(args: &Check) -> Severity {
    match args.least {
        LeastLevel::Error => Severity::Error,
        LeastLevel::Warning => Severity::Warning,
        LeastLevel::Hint => Severity::Hint,
    }
}

/// A Word file, imported in memory.
fn word(checking: &Checking<'_>, file: &Path) -> Result<Told, Vec<Diagnostic>> {
    let bytes = pipeline::read_up_to(file, import::MOST_BYTES).map_err(|problem| vec![problem])?;
    let name = file.file_name().map_or_else(|| "tệp".to_owned(), |n| n.to_string_lossy().into_owned());
    let imported = import::import(&name, &bytes, true)?;
    let room = tempfile::tempdir().ok();
    if let Some(room) = &room {
        imported.stream.pictures.iter().for_each(|(name, bytes)| drop(std::fs::write(room.path().join(name), bytes)));
    }
    let folder = Folder::new(room.as_ref().map_or_else(PathBuf::new, |room| room.path().to_owned()));
    let Checked { source, diagnostics } =
        checking.plan(&file.display().to_string(), imported.plan.as_bytes(), &folder, &[]);
    Ok(Told { file: file.to_owned(), source, diagnostics, word: true })
}

/// The documents of all units; what several say is told once.
fn units(
    args: &Check,
    checking: &Checking<'_>,
    (name, bytes): (&str, &[u8]),
    list: &Path,
    set: &[(String, Value)],
) -> Result<Vec<Checked>, Vec<Diagnostic>> {
    let folder = Folder::beside(Path::new(name));
    let plan = Plan::read(name, bytes, &folder)?.traced();
    let (listed, _) = super::units::read_list(list, args.sheet.as_deref(), &plan, &[]).map_err(|p| vec![p])?;
    let units = listed.units.ok_or(listed.diagnostics)?;
    let mut seen: BTreeMap<(usize, &'static str, String), (Diagnostic, Vec<String>)> = BTreeMap::new();
    let mut source = None;
    let count = units.units.len();
    let beside_list = Folder::beside(list);
    let each: Vec<(String, bool, Checked)> = units
        .units
        .par_iter()
        .map(|unit| {
            let mut values = set.to_vec();
            values.extend(unit.variables.iter().cloned());
            let own = match &unit.own {
                Own::Nothing => Ok(None),
                Own::Typed(own) => Ok(Some(own.clone())),
                Own::File(path) => beside_list.own_fields(path).1.map(Some),
            };
            let checked = match own {
                Ok(own) => checking.unit(&plan, own.as_ref(), &folder, &values),
                Err(diagnostics) => Checked { source: None, diagnostics },
            };
            (format!("dòng {}", unit.line), !matches!(unit.own, Own::Nothing), checked)
        })
        .collect();
    // Fields of a unit's own stand in another text: its findings have places of their own.
    let mut apart = Vec::new();
    let count = count - each.iter().filter(|(_, own, _)| *own).count();
    for (label, own, mut checked) in each {
        if own {
            checked.diagnostics.iter_mut().for_each(|d| d.message = format!("{} ({label})", d.message));
            apart.push(checked);
            continue;
        }
        source = source.or(checked.source);
        for found in checked.diagnostics {
            let key = (found.span.map_or(0, |s| s.start), found.code.name, found.message.clone());
            seen.entry(key).or_insert_with(|| (found, Vec::new())).1.push(label.clone());
        }
    }
    let mut diagnostics: Vec<Diagnostic> = Vec::new();
    for (mut found, labels) in seen.into_values() {
        if labels.len() < count {
            let more = if labels.len() > 3 { format!(" … ({} đơn vị)", labels.len()) } else { String::new() };
            found.message = format!("{} ({}{more})", found.message, labels[..labels.len().min(3)].join(", "));
        }
        diagnostics.push(found);
    }
    let mut out = vec![Checked { source, diagnostics }];
    out.append(&mut apart);
    Ok(out)
}

/// Rounds of corrections: those that touch others come in the next.
const ROUNDS: usize = 30;

/// A plan with its corrections made.
struct Corrected {
    text: String,
    made: usize,
    /// What is left to be said.
    now: Checked,
    /// Corrections that would have made an error: what was said, and the line as it was then.
    refused: Vec<(&'static str, String, String)>,
}

/// Makes corrections in rounds until nothing changes. One that makes a plan worse is none.
fn in_rounds(before: &str, first: Checked, unsafe_too: bool, again: &dyn Fn(&[u8]) -> Checked) -> Corrected {
    let errors = |checked: &Checked| checked.diagnostics.iter().filter(|d| d.is_error()).count();
    let mut out = Corrected { text: before.to_owned(), made: 0, now: first, refused: Vec::new() };
    for _ in 0..ROUNDS {
        let Corrected { text, made, now, refused } = &mut out;
        let said = |d: &Diagnostic| (d.code.name, d.message.clone(), line_at(text, d.span.map_or(0, |s| s.start)));
        let mine = |d: &&Diagnostic| {
            d.fix.as_ref().is_some_and(|f| f.edits.iter().all(|(s, _)| s.end <= text.len()))
                && !refused.contains(&said(d))
        };
        let mut fixable: Vec<Diagnostic> = now.diagnostics.iter().filter(mine).cloned().collect();
        let (mut new, mut count) = corrected(text, &fixable, unsafe_too);
        if count == 0 || new == *text {
            break;
        }
        let mut next = again(new.as_bytes());
        if errors(&next) > errors(now) {
            // One after the other, each beside those that did no harm.
            let mut kept: Vec<Diagnostic> = Vec::new();
            let known = refused.len();
            (new, count, next) = (text.clone(), 0, again(text.as_bytes()));
            for one in fixable.drain(..) {
                kept.push(one);
                let (trial, some) = corrected(text, &kept, unsafe_too);
                if some <= count {
                    kept.pop();
                    continue;
                }
                let checked = again(trial.as_bytes());
                if errors(&checked) <= errors(now) {
                    (new, count, next) = (trial, some, checked);
                } else {
                    refused.extend(kept.pop().map(|d| said(&d)));
                }
            }
            if count == 0 {
                // Nothing refused is nothing learned: the next round would be this one.
                if refused.len() == known {
                    break;
                }
                continue;
            }
        }
        (*text, *made, *now) = (new, *made + count, next);
    }
    out
}

/// The line of a text in which a byte stands.
fn line_at(text: &str, at: usize) -> String {
    let mut start = 0;
    let line = text.split_inclusive('\n').find(|line| {
        start += line.len();
        start > at
    });
    line.unwrap_or_default().to_owned()
}

/// Makes the corrections, or shows them; what is told then is what is left.
fn fix(
    args: &Check,
    level: FixLevel,
    file: &Path,
    bytes: &[u8],
    first: Checked,
    again: &dyn Fn(&[u8]) -> Checked,
) -> Result<Told, Vec<Diagnostic>> {
    let before = first.source.as_ref().and_then(|s| Some(s.files().first()?.2.to_owned())).unwrap_or_default();
    let Corrected { text, made, now, refused } = in_rounds(&before, first, level == FixLevel::All, again);
    if args.diff {
        let name = file.display().to_string();
        print(&TextDiff::from_lines(&before, &text).unified_diff().context_radius(1).header(&name, &name).to_string());
    } else if made > 0 {
        let cannot = |why: &str, hint: &str| {
            vec![
                Diagnostic::general(&code::KHONG_GHI_DUOC, format!("Không sửa được {}: {why}.", file.display()))
                    .hint(hint),
            ]
        };
        if std::fs::metadata(file).is_ok_and(|m| m.permissions().readonly()) {
            return Err(cannot("tệp chỉ cho đọc", "Cho phép ghi vào tệp rồi chạy lại."));
        }
        if std::str::from_utf8(bytes).is_err() {
            return Err(cannot("tệp không phải là chữ UTF-8", "Lưu tệp dạng UTF-8 rồi chạy lại."));
        }
        write_files(&[(file.to_owned(), as_before(&text, bytes).as_slice())], true)?;
    }
    if !args.quiet {
        let verb = if args.diff { "Sẽ sửa" } else { "Đã sửa" };
        let left = match refused.len() {
            0 => String::new(),
            n => format!(" {n} chỗ không sửa, vì sửa thì kế hoạch có lỗi."),
        };
        let _ = writeln!(std::io::stderr(), "{verb} {made} chỗ trong {}.{left}", file.display());
    }
    Ok(Told { file: file.to_owned(), source: now.source, diagnostics: now.diagnostics, word: false })
}

/// Letters around the words of a finding by which they are found in the Word file.
const AROUND: usize = 30;

/// The Word file with each finding as a comment at its words.
fn annotate(args: &Check, target: &Path, told: &Told) -> Result<(), Vec<Diagnostic>> {
    let file = &told.file;
    if file.canonicalize().ok().is_some_and(|f| target.canonicalize().is_ok_and(|t| t == f)) {
        let message = "Tệp ghi ra trùng với tệp được soát.";
        return Err(vec![Diagnostic::general(&code::THAM_SO_SAI, message).hint("Đặt tên khác ở --ghi-chu.")]);
    }
    let bytes = pipeline::read_up_to(file, import::MOST_BYTES).map_err(|problem| vec![problem])?;
    let remarks: Vec<Remark> = told.diagnostics.iter().map(|d| remark(told, d)).collect();
    let (made, placed) = comments::annotate(&bytes, &remarks, "vanthu").map_err(|refusal| {
        let (Refusal::Broken(what) | Refusal::Forbidden(what)) = refusal;
        let message = format!("Không ghi được chú thích vào {}: {what}.", file.display());
        vec![Diagnostic::general(&code::NHAP_HONG, message).hint("Mở tệp bằng Word, lưu lại thành .docx rồi soát lại.")]
    })?;
    let files = [(target.to_owned(), made.as_slice())];
    refuse_existing(&files, args.force)?;
    write_files(&files, true)?;
    if !args.quiet {
        let _ = writeln!(
            std::io::stderr(),
            "Đã ghi {} chú thích vào {}, {placed} ở đúng chữ.",
            remarks.len(),
            target.display()
        );
    }
    Ok(())
}

/// A finding as a comment.
fn remark(told: &Told, d: &Diagnostic) -> Remark {
    let parts = [Some(d.message.as_str()), d.hint.as_deref()];
    let clause = d.code.clause.map(|c| format!("({c})")).unwrap_or_default();
    let text =
        parts.into_iter().flatten().chain([clause.as_str()]).filter(|t| !t.is_empty()).collect::<Vec<_>>().join(" ");
    let (Some(source), Some(span)) = (&told.source, d.span) else { return Remark { text, ..Remark::default() } };
    let whole = source.text.as_str();
    let line = |at: usize| whole.get(..at).and_then(|t| t.rfind('\n')).map_or(0, |i| i + 1);
    let end = whole.get(span.end..).and_then(|t| t.find('\n')).map_or(whole.len(), |i| span.end + i);
    let before = whole.get(line(span.start)..span.start).unwrap_or_default();
    let after = whole.get(span.end..end).unwrap_or_default();
    let skip = before.chars().count().saturating_sub(AROUND);
    Remark {
        before: before.chars().skip(skip).collect(),
        words: whole.get(span.range()).unwrap_or_default().to_owned(),
        after: after.chars().take(AROUND).collect(),
        text,
    }
}

/// Writes the findings; `failed` is whether a file could not be read.
fn show(args: &Check, told: &[Told], failed: bool) {
    // Of a code so many are shown that a person can read them; the others are counted.
    let bounded: Vec<Told> = told.iter().map(Told::bounded).collect();
    let told = &bounded[..];
    match args.format {
        FindingFormat::Full => {
            let colour = std::io::IsTerminal::is_terminal(&std::io::stdout())
                && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty());
            let text: String = told.iter().map(|t| full(t.source.as_ref(), &t.diagnostics, colour)).collect();
            print(&text);
        }
        FindingFormat::Concise => drop(print(&report::concise(told))),
        FindingFormat::Json => drop(print(&report::json(told))),
        FindingFormat::Sarif => drop(print(&report::sarif(told, &ND30_2020, failed))),
        FindingFormat::Github => drop(print(&report::github(told))),
    }
    if !args.quiet && args.format.is_for_people() {
        let _ = writeln!(std::io::stderr(), "{}", report::sum(told, args.fix.is_some() && !args.diff));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Fix;
    use crate::source::Span;

    /// Says of each `x` that it should be `y`, and of two `y` side by side that they are an error.
    fn checked(text: &[u8]) -> Checked {
        let text = String::from_utf8_lossy(text).into_owned();
        let mut diagnostics = Vec::new();
        for (at, _) in text.match_indices('x') {
            let span = Span::new(at, at + 1);
            let fix = Some(Box::new(Fix { edits: vec![(span, "y".to_owned())], safe: true }));
            let said = Diagnostic::warning(&code::CAU_HINH_SAI, span, "x");
            diagnostics.push(Diagnostic { fix, ..said });
        }
        for (at, _) in text.match_indices("yy") {
            diagnostics.push(Diagnostic::error(&code::CAU_HINH_SAI, Span::new(at, at + 2), "hai"));
        }
        Checked { source: None, diagnostics }
    }

    #[test]
    fn a_correction_that_would_make_an_error_is_left_and_counted() {
        let of = |text: &str| in_rounds(text, checked(text.as_bytes()), false, &checked);
        let Corrected { text, made, refused, .. } = of("x\nx\nyx\nx");
        assert_eq!((text.as_str(), made, refused.len()), ("y\ny\nyx\ny", 3, 1));
        let Corrected { text, made, refused, .. } = of("x x");
        assert_eq!((text.as_str(), made, refused.len()), ("y y", 2, 0));
        // Two that are an error only together: the first is made, the second refused.
        let Corrected { text, made, refused, .. } = of("xx");
        assert_eq!((text.as_str(), made, refused.len()), ("yx", 1, 1));
        // What is said alike in another line is another.
        let Corrected { text, made, refused, .. } = of("yx\nx");
        assert_eq!((text.as_str(), made, refused.len()), ("yx\ny", 1, 1));
    }
}
