//! A plan, or a Word file, → what a reviewer would send back.

use super::{Built, Folder, Plan, Ready, Studio, lay_out};
use crate::check::pages::{PageLine, Pages};
use crate::check::settings::{self, Settings};
use crate::check::{fixes, judge, rules, silence::Silence};
use crate::diagnostic::{CODES, Diagnostic, Severity, code, io_reason};
use crate::document::Document;
use crate::draft::Value;
use crate::face::Faces;
use crate::read::Override;
use crate::source::{Source, Span};
use crate::write::typst::look;
use std::path::Path;

/// How a plan is checked.
pub struct Checking<'c> {
    /// Fonts and the engine.
    pub studio: &'c Studio,
    /// The office's own rules.
    pub settings: &'c Settings,
    /// Whether the pages are laid out for the rules that look at them.
    pub pages: bool,
    /// The least level that is told.
    pub least: Severity,
}

/// What was found in a plan.
pub struct Checked {
    /// The clean text; none where the file could not be read as text.
    pub source: Option<Source>,
    /// What was noticed on the way to the sheet, and what the rules found, in the order of places.
    pub diagnostics: Vec<Diagnostic>,
}

impl Checking<'_> {
    /// Checks a plan.
    pub fn plan(&self, name: &str, bytes: &[u8], folder: &Folder, variables: &[(String, Value)]) -> Checked {
        match Plan::read(name, bytes, folder) {
            Ok(plan) => self.unit(&plan.traced(), None, folder, variables),
            Err(diagnostics) => Checked { source: None, diagnostics },
        }
    }

    /// Checks a plan that was read, for a unit.
    pub fn unit(&self, plan: &Plan, own: Option<&Override>, folder: &Folder, variables: &[(String, Value)]) -> Checked {
        let Built { source, ready, diagnostics, unfinished } = plan.build(own, folder, variables, self.studio.faces());
        let mut all: Vec<Diagnostic> = diagnostics.into_iter().filter_map(|d| self.kept(d)).collect();
        let Some(source) = source else { return Checked { source, diagnostics: all } };
        let pages = ready.as_ref().filter(|_| self.pages).map(|ready| self.pages(ready, folder));
        let pages = match pages {
            Some(Ok((pages, told))) => {
                all.extend(told.into_iter().filter_map(|d| self.kept(d)));
                Some(pages)
            }
            Some(Err(problem)) => {
                all.push(problem);
                None
            }
            None => None,
        };
        let document = ready.as_ref().map(|r| &r.document).or(unfinished.as_ref());
        let silence = Silence::of(&source.text);
        all.retain(|d| d.is_error() || !silence.hides(d.code.name, d.span));
        let names: Vec<&str> = rules::names().chain(CODES.iter().map(|c| c.name)).collect();
        for (range, name) in silence.names().filter(|(_, name)| !names.contains(name)) {
            let message = format!("Chú giải “# vanthu: bo” nêu “{name}”, không phải là một quy tắc.");
            let span = Span::new(range.start, range.start);
            all.push(Diagnostic::warning(&code::CAU_HINH_SAI, span, message).hint(settings::near(name, &names)));
        }
        if let Some(document) = document {
            all.extend(judge(document, &source, pages.as_ref(), self.settings, self.least));
        }
        all.sort_by_key(|d| d.span.map(|s| s.start));
        Checked { source: Some(source), diagnostics: all }
    }

    /// What is noticed on the way to the sheet can be switched off as rules can, errors aside.
    fn kept(&self, problem: Diagnostic) -> Option<Diagnostic> {
        let off = self.settings.off.iter().any(|n| n == problem.code.name);
        let asked = self.settings.only.is_empty() || self.settings.only.iter().any(|n| n == problem.code.name);
        (problem.is_error() || asked && !off && problem.severity >= self.least).then_some(problem)
    }

    fn pages(&self, ready: &Ready, folder: &Folder) -> Result<(Pages, Vec<Diagnostic>), Diagnostic> {
        let layout = lay_out(self.studio, ready, folder)?;
        Ok((pages_of(ready, &look::pages(&layout)), layout.told))
    }
}

/// The lines of each page.
fn pages_of(ready: &Ready, laid: &[look::PageText]) -> Pages {
    let mut pars: Vec<(Span, _)> = Vec::new();
    ready.sheet.visit(&mut |par| pars.push((par.span, par.style)));
    // A line: page, paragraph and baseline.
    let mut lines: Vec<(usize, usize, f64)> = Vec::new();
    for (page, text) in laid.iter().enumerate() {
        for piece in &text.pieces {
            let Some(par) = piece.par.filter(|p| *p < pars.len() && !piece.text.trim().is_empty()) else { continue };
            let same = |l: &&(usize, usize, f64)| l.0 == page && l.1 == par && (l.2 - piece.y.0).abs() < 3.0;
            if lines.iter().rev().take(8).find(same).is_none() {
                lines.push((page, par, piece.y.0));
            }
        }
    }
    let mut out = Pages { all: vec![Vec::new(); laid.len()] };
    for (at, (page, par, _)) in lines.iter().enumerate() {
        let other = |l: Option<&(usize, usize, f64)>| l.is_none_or(|l| l.1 != *par);
        let (span, style) = pars[*par];
        let (first, last) = (other(at.checked_sub(1).and_then(|i| lines.get(i))), other(lines.get(at + 1)));
        out.all[*page].push(PageLine { span, style, first, last });
    }
    out
}

/// What the rules say of a plan that is rendered: nothing that they find stops it. `least` is the least level that is told.
pub fn review(
    plan: Plan,
    built: &Built,
    folder: &Folder,
    variables: &[(String, Value)],
    faces: &Faces,
    (settings, least): (&Settings, Severity),
) -> Vec<Diagnostic> {
    let (Some(ready), Some(source)) = (&built.ready, &built.source) else { return Vec::new() };
    if judge(&ready.document, source, None, settings, least).is_empty() {
        return Vec::new();
    }
    // Only now the places of the letters are asked for.
    let traced = plan.traced().build(None, folder, variables, faces);
    let (Some(ready), Some(source)) = (traced.ready, traced.source) else { return Vec::new() };
    judge(&ready.document, &source, None, settings, least).into_iter().map(no_error).collect()
}

/// A breach of a rule is no reason not to make a document.
fn no_error(found: Diagnostic) -> Diagnostic {
    Diagnostic { severity: found.severity.min(Severity::Warning), ..found }
}

/// What the rules of level error and warning say of a document whose letters know their places.
pub fn findings(document: &Document, source: &Source, settings: &Settings) -> Vec<Diagnostic> {
    judge(document, source, None, settings, Severity::Warning).into_iter().map(no_error).collect()
}

/// What the rules of level error say of a document whose letters have no places.
pub fn breaches(document: &Document, source: &Source, settings: &Settings) -> Vec<Diagnostic> {
    judge(document, source, None, settings, Severity::Error).into_iter().map(no_error).collect()
}

/// The settings that hold for the plans of a folder: of the nearest `vanthu.toml` there or above it.
pub fn settings_of(folder: &Path) -> Result<Settings, (Source, Vec<Diagnostic>)> {
    let absolute = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    for above in absolute.ancestors() {
        let path = above.join(settings::FILE);
        // What stands there and cannot be read is told, not passed over.
        if std::fs::symlink_metadata(&path).is_err() {
            continue;
        }
        let name = path.display().to_string();
        let unread = |why: &str| {
            let problem = Diagnostic::general(&code::CAU_HINH_SAI, format!("Không đọc được cấu hình {name}: {why}."));
            let hint = "Cho phép đọc nó; nếu không dùng làm cấu hình thì xóa hoặc đổi tên.";
            (Source::new(&name, ""), vec![problem.hint(hint)])
        };
        // A pipe would keep the program waiting.
        match std::fs::metadata(&path) {
            Ok(found) if found.is_dir() => return Err(unread("đây là một thư mục")),
            Ok(found) if !found.is_file() => return Err(unread("đây không phải là một tệp thường")),
            Ok(_) => {}
            Err(error) => return Err(unread(&io_reason(&error))),
        }
        let bytes = super::read_file(&path).map_err(|problem| (Source::new(&name, ""), vec![problem]))?;
        let Ok(text) = String::from_utf8(bytes) else {
            let problem = Diagnostic::general(&code::CAU_HINH_SAI, format!("Tệp {name} không phải là chữ UTF-8."));
            return Err((Source::new(name, ""), vec![problem.hint("Lưu tệp dạng UTF-8.")]));
        };
        let source = Source::new(name, text);
        return Settings::read(&source, &rules::names().collect::<Vec<_>>()).map_err(|problems| (source, problems));
    }
    Ok(Settings::default())
}

/// The text of a plan with its corrections made, and how many there were. What is clean about the source (NFC, line ends)
/// stays as in the file.
pub fn corrected(text: &str, found: &[Diagnostic], unsafe_too: bool) -> (String, usize) {
    let edits = fixes::edits(found, unsafe_too);
    (fixes::apply(text, &edits), edits.len())
}
