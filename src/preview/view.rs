//! What is shown of a snapshot: a document's pages with their text, its problems, the texts it was made from.

use super::inputs::{FORMATS, Settings, Snapshot, Subject, UnitList};
use super::office::Word;
use super::place::Places;
use super::problem::Problem;
use crate::batch::record::hex;
use crate::batch::{self, Work};
use crate::diagnostic::{Diagnostic, Severity, code};
use crate::face::Faces;
use crate::pipeline::check::{findings, settings_of};
use crate::pipeline::{self, Built, Folder, Layout, Ready, Studio};
use crate::source::Source;
use crate::write::by_extension;
use crate::write::docx::template::WordTemplate;
use crate::write::typst::look::{self, PageText, Piece};
use serde_json::json;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, OnceLock};

/// Stack of the threads that make documents: layout recurses.
pub const STACK: usize = 64 << 20;

/// A document of a snapshot, good or not.
pub struct View {
    /// The snapshot.
    pub revision: u64,
    /// The unit, by its key; none without a list.
    pub unit: Option<String>,
    /// The texts that the document was made from; none where the plan cannot be read.
    pub source: Option<Arc<Source>>,
    /// The units to choose from.
    pub units: Option<Arc<UnitList>>,
    /// What is wrong.
    problems: Vec<Problem>,
    /// The pages; none where there are errors.
    pub pages: Option<Arc<Pages>>,
}

/// The laid-out pages of a document, with all that can be done with them.
pub struct Pages {
    /// The snapshot.
    pub revision: u64,
    /// The unit.
    pub unit: Option<String>,
    /// Name of its files, without extension.
    pub name: String,
    /// Title of the document.
    pub title: String,
    /// The texts that it was made from.
    pub source: Arc<Source>,
    /// The pages.
    pub pages: Vec<Page>,
    /// The fonts and templates.
    pub studio: Arc<Studio>,
    ready: Ready,
    folder: Folder,
    layout: Layout,
    prove: bool,
    exports: [OnceLock<Result<Arc<Vec<u8>>, Diagnostic>>; FORMATS.len()],
    places: OnceLock<Places>,
}

/// A page.
pub struct Page {
    /// Tells it from all pages that look or read different.
    pub id: String,
    /// Its text.
    pub text: PageText,
    /// Its text as the browser takes it.
    pub json: Arc<Vec<u8>>,
    svg: OnceLock<Option<Arc<Vec<u8>>>>,
}

/// What the terminal is told of a view.
pub struct Notice {
    /// The snapshot.
    pub revision: u64,
    /// The unit.
    pub unit: Option<String>,
    /// Number of pages; none where there are errors.
    pub pages: Option<usize>,
    /// Older pages are still to be seen.
    pub kept: bool,
    /// What is wrong, one line each, errors first.
    pub problems: Vec<String>,
    /// How many of them are errors.
    pub errors: usize,
}

/// What making a document gave.
struct Made {
    source: Option<Source>,
    problems: Vec<Problem>,
    document: Option<(Ready, Folder, Arc<Studio>, String)>,
}

impl View {
    /// Makes a document of a snapshot: of the unit with this key, or of the first one.
    pub fn new(snapshot: &Snapshot, settings: &Settings, unit: Option<&str>) -> Self {
        let key = snapshot.key(unit);
        let found = key.and_then(|key| Some((*snapshot.units.as_ref()?.index.get(key)?, key.to_owned())));
        let made = match &snapshot.subject {
            Subject::Plan(plan, folder, studio) => {
                let folder = folder.for_document();
                let built = plan.build(None, &folder, &settings.variables, studio.faces());
                one(built, folder, studio, settings)
            }
            Subject::Units(work) => match &found {
                Some((index, _)) => of_unit(work, *index, settings),
                None => Made { source: Some(work.inputs.plan.source().clone()), problems: Vec::new(), document: None },
            },
            Subject::Nothing(source) => Made { source: source.clone(), problems: Vec::new(), document: None },
        };
        let mut problems = snapshot.problems.clone();
        if settings.strict {
            problems.iter_mut().for_each(|p| p.severity = "error");
        }
        problems.extend(made.problems);
        let source = made.source.map(Arc::new);
        let unit = found.map(|(_, key)| key);
        let pages = made.document.zip(source.clone()).filter(|_| !problems.iter().any(Problem::is_error)).and_then(
            |((ready, folder, studio, name), source)| {
                let label = Label { revision: snapshot.revision, unit: unit.clone(), name, prove: settings.prove };
                match Pages::new(label, ready, folder, studio, Arc::clone(&source)) {
                    Ok(pages) => {
                        problems.extend(pages.told(settings.strict));
                        Some(Arc::new(pages))
                    }
                    Err(problem) => {
                        problems.push(Problem::new(Some(&source), &problem));
                        None
                    }
                }
            },
        );
        problems.sort_by_key(|p| !p.is_error());
        View { revision: snapshot.revision, unit, source, units: snapshot.units.clone(), problems, pages }
    }

    /// What is shown where making the document failed inside this program.
    pub fn broken(snapshot: &Snapshot, unit: Option<&str>) -> Self {
        let source = match &snapshot.subject {
            Subject::Plan(plan, ..) => Some(plan.source().clone()),
            Subject::Units(work) => Some(work.inputs.plan.source().clone()),
            Subject::Nothing(source) => source.clone(),
        };
        let inside = Diagnostic::general(&code::LOI_BEN_TRONG, "Lỗi bên trong vanthu khi dựng văn bản này.")
            .hint("Gửi tệp kế hoạch cho nhóm phát triển; trong lúc chờ, bỏ lại thay đổi vừa rồi.");
        View {
            revision: snapshot.revision,
            unit: snapshot.key(unit).map(str::to_owned),
            problems: vec![Problem::new(source.as_ref(), &inside)],
            source: source.map(Arc::new),
            units: snapshot.units.clone(),
            pages: None,
        }
    }

    /// What is wrong, with what was found since in the files that could be taken away.
    pub fn problems(&self) -> Vec<Problem> {
        let mut all = self.problems.clone();
        for (_, found) in self.pages.iter().flat_map(|p| p.faults()) {
            let problem = Problem::new(self.source.as_deref(), &found);
            if !all.contains(&problem) {
                all.insert(0, problem);
            }
        }
        all
    }

    /// Why a file cannot be taken away, by format.
    pub fn refused(&self) -> BTreeMap<&'static str, String> {
        self.pages.iter().flat_map(|p| p.faults()).map(|(format, d)| (format, d.message)).collect()
    }

    /// What the terminal is told; `kept` says that there are good pages to be seen.
    pub fn notice(&self, kept: bool) -> Notice {
        let problems = self.problems();
        Notice {
            revision: self.revision,
            unit: self.unit.clone(),
            pages: self.pages.as_ref().map(|p| p.pages.len()),
            kept,
            errors: problems.iter().filter(|p| p.is_error()).count(),
            problems: problems.iter().map(Problem::line).collect(),
        }
    }
}

fn one(built: Built, folder: Folder, studio: &Arc<Studio>, settings: &Settings) -> Made {
    let mut found = built.diagnostics.clone();
    let (reviewed, broken) = reviewed(&built, settings);
    found.extend(reviewed);
    if settings.brought.word.is_some() {
        found.extend(studio.word().map(WordTemplate::doubles).unwrap_or_default());
    }
    if settings.strict {
        found.iter_mut().for_each(|d| d.severity = Severity::Error);
    }
    let stem = settings.plan.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let problems = found.iter().map(|d| Problem::new(built.source.as_ref(), d));
    Made {
        problems: broken.into_iter().chain(problems).collect(),
        source: built.source,
        document: built.ready.map(|ready| (ready, folder, Arc::clone(studio), stem)),
    }
}

/// What the rules say of a document, hints aside; and what is wrong with the office's own rules.
fn reviewed(built: &Built, settings: &Settings) -> (Vec<Diagnostic>, Vec<Problem>) {
    let (Some(ready), Some(source)) = (&built.ready, &built.source) else { return Default::default() };
    let rules = match settings_of(settings.plan.parent().unwrap_or(Path::new(""))) {
        Ok(rules) => rules,
        Err((file, told)) => {
            let problems = told.iter().map(|d| Problem { source: None, ..Problem::new(Some(&file), d) });
            return (Vec::new(), problems.collect());
        }
    };
    (findings(&ready.document, source, &rules), Vec::new())
}

/// As a batch makes it, with what a batch would report.
fn of_unit(work: &Work, index: usize, settings: &Settings) -> Made {
    let mut record = work.blank(index);
    let mut source = Some(work.inputs.plan.source().clone());
    let mut document = None;
    let mut wrong_rules = Vec::new();
    if let Some((unit, own, _)) = batch::begin(work, index, &mut record) {
        let folder = work.inputs.folder.for_document();
        let built = work.inputs.plan.build(own.as_ref(), &folder, &work.on_top(unit), work.inputs.studio.faces());
        let (reviewed, mut broken) = reviewed(&built, settings);
        let found: Vec<Diagnostic> = built.diagnostics.iter().cloned().chain(reviewed).collect();
        batch::note(work, unit, &mut record, built.source.as_ref(), &found);
        wrong_rules.append(&mut broken);
        source = built.source;
        document = built.ready.map(|ready| (ready, folder, Arc::clone(&work.inputs.studio), record.name.clone()));
    }
    let of = |severity: Severity| {
        let source = source.as_ref();
        move |trouble: &batch::Trouble| Problem::of(trouble, severity, source)
    };
    let mut problems: Vec<Problem> = record.errors.iter().map(of(Severity::Error)).collect();
    problems.extend(record.warnings.iter().map(of(Severity::Warning)));
    problems.append(&mut wrong_rules);
    if settings.strict {
        problems.iter_mut().for_each(|p| p.severity = "error");
    }
    Made { source, problems, document }
}

/// What a document's pages are known by.
struct Label {
    revision: u64,
    unit: Option<String>,
    name: String,
    prove: bool,
}

impl Pages {
    fn new(
        label: Label,
        ready: Ready,
        folder: Folder,
        studio: Arc<Studio>,
        source: Arc<Source>,
    ) -> Result<Self, Diagnostic> {
        let layout = pipeline::lay_out(&studio, &ready, &folder)?;
        let mut reading = super::paragraphs::Reading::new(&ready.sheet);
        let pages = look::pages(&layout)
            .into_iter()
            .map(|page| {
                let paragraphs = reading.page(&page);
                let json = serde_json::to_vec(&json!({ "paragraphs": paragraphs })).unwrap_or_default();
                let sum = Sha256::new_with_prefix(page.look.to_le_bytes()).chain_update(&json).finalize();
                let id = hex(&sum[..16]);
                Page { id, text: page, json: Arc::new(json), svg: OnceLock::new() }
            })
            .collect();
        Ok(Pages {
            revision: label.revision,
            unit: label.unit,
            name: label.name,
            prove: label.prove,
            title: ready.sheet.meta.title.clone(),
            source,
            pages,
            studio,
            ready,
            folder,
            layout,
            exports: Default::default(),
            places: OnceLock::new(),
        })
    }

    /// What is said of the pages themselves.
    fn told(&self, strict: bool) -> impl Iterator<Item = Problem> {
        self.layout.told.iter().map(move |d| {
            let severity = if strict { Severity::Error } else { d.severity };
            Problem::new(Some(&self.source), &Diagnostic { severity, ..d.clone() })
        })
    }

    /// A page as SVG, from 0.
    pub fn svg(&self, index: usize) -> Option<Arc<Vec<u8>>> {
        let page = self.pages.get(index)?;
        page.svg.get_or_init(|| look::svg(&self.layout, index).map(Arc::new)).clone()
    }

    /// The file that `render` would write.
    pub fn export(&self, format: &str) -> Option<Result<Arc<Vec<u8>>, Diagnostic>> {
        let slot = &self.exports[FORMATS.iter().position(|f| *f == format)?];
        let writer = by_extension(format)?;
        let write = || {
            let outputs =
                pipeline::export(&self.studio, &self.ready, &self.folder, Some(&self.layout), writer, self.prove)?;
            Ok(Arc::new(outputs.into_iter().next().map(|o| o.bytes).unwrap_or_default()))
        };
        Some(slot.get_or_init(write).clone())
    }

    /// Writes the files that can be taken away, and gives whether that found faults that were not known.
    pub fn finds_faults(&self) -> bool {
        let known = self.faults().len();
        for format in FORMATS {
            self.export(format);
        }
        self.faults().len() > known
    }

    /// The words of all pages, for comparison with another rendering.
    pub fn words(&self) -> Vec<Word> {
        let mut out: Vec<Word> = Vec::new();
        for (number, page) in self.pages.iter().enumerate() {
            for piece in &page.text.pieces {
                words_of(piece, number, self.studio.faces(), &mut out);
            }
        }
        out.into_iter().flat_map(Word::cut).collect()
    }

    /// What was found wrong in the files that were written so far.
    fn faults(&self) -> Vec<(&'static str, Diagnostic)> {
        let of = |(format, slot): (&'static str, &OnceLock<Result<_, Diagnostic>>)| {
            Some((format, slot.get()?.as_ref().err()?.clone()))
        };
        FORMATS.into_iter().zip(&self.exports).filter_map(of).collect()
    }

    /// Which words of the pages come from where.
    pub fn places(&self) -> &Places {
        self.places.get_or_init(|| {
            let pages: Vec<&PageText> = self.pages.iter().map(|l| &l.text).collect();
            Places::new(&self.ready.document, &self.ready.sheet, &pages)
        })
    }
}

/// Ends of words that are this near in points touch each other.
const TOUCH: f64 = 0.3;

/// The words of a piece with their places: its blanks are stretched evenly.
fn words_of(piece: &Piece, page: usize, faces: &Faces, out: &mut Vec<Word>) {
    let width = |text: &str| faces.width(text, piece.bold, piece.italic, piece.size).0;
    let blanks = piece.text.matches(' ').count();
    let stretch = if blanks == 0 { 0.0 } else { (piece.width.0 - width(&piece.text)) / blanks as f64 };
    let mut x = piece.x.0;
    for part in piece.text.split_inclusive(char::is_whitespace) {
        let text = part.trim_end();
        let goes_on = |last: &Word| {
            last.page == page && last.y == piece.y.0 && (last.x + last.width - x).abs() < TOUCH && !text.is_empty()
        };
        match out.last_mut().filter(|last| goes_on(last)) {
            // Another face within a word.
            Some(last) => {
                last.text.push_str(text);
                last.width += width(text);
            }
            None if text.is_empty() => {}
            None => {
                let width = width(text);
                out.push(Word { text: text.to_owned(), page, x, y: piece.y.0, width, size: piece.size.0 });
            }
        }
        x += width(part) + if part.len() > text.len() { stretch } else { 0.0 };
    }
}
