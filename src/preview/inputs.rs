//! What is shown: the files that the command line names, read anew where they changed.

use super::editor::Editor;
use super::problem::Problem;
use crate::batch::record::hex;
use crate::batch::{self, Inputs, Options, Work};
use crate::diagnostic::{Diagnostic, Severity, code};
use crate::draft::Value;
use crate::pipeline::{self, Brought, Digest, Folder, Plan, Stamp, Studio};
use crate::read::{self, units};
use crate::source::Source;
use crate::write::WRITERS;
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// What the command line asks for.
#[derive(Debug, Default)]
pub struct Settings {
    /// The plan.
    pub plan: PathBuf,
    /// The list of units.
    pub units: Option<PathBuf>,
    /// The sheet of an XLSX list.
    pub sheet: Option<String>,
    /// Variables of `--dat`.
    pub variables: Vec<(String, Value)>,
    /// The agency's own fonts and templates.
    pub brought: Brought,
    /// Warnings are errors.
    pub strict: bool,
    /// The words of files are proven.
    pub prove: bool,
    /// The user's editor.
    pub editor: Option<Editor>,
}

/// The formats that can be taken away.
pub const FORMATS: [&str; 2] = ["pdf", "docx"];

/// The inputs as they are after a change.
pub struct Snapshot {
    /// Which change, from 1.
    pub revision: u64,
    /// What there is to show.
    pub subject: Subject,
    /// What is wrong with the list or the templates as a whole.
    pub problems: Vec<Problem>,
    /// The units of the list.
    pub units: Option<Arc<UnitList>>,
}

/// What there is to show.
pub enum Subject {
    /// A plan.
    Plan(Box<Plan>, Folder, Arc<Studio>),
    /// A document a unit.
    Units(Box<Work>),
    /// Nothing but the text, where it can be read at all.
    Nothing(Option<Source>),
}

/// The units of a list, for choosing one.
#[derive(Debug, Serialize)]
pub struct UnitList {
    /// Name of the file.
    pub name: String,
    /// The units, in its order.
    pub units: Vec<UnitEntry>,
    /// Where each key stands in the list.
    #[serde(skip)]
    pub index: HashMap<String, usize>,
    /// Tells lists apart.
    #[serde(skip)]
    pub id: String,
}

impl Snapshot {
    /// The unit of this key, or for want of it the first one; none without a list.
    pub fn key<'g>(&'g self, unit: Option<&str>) -> Option<&'g str> {
        let list = self.units.as_ref()?;
        let index = unit.and_then(|u| list.index.get(u).copied()).unwrap_or(0);
        list.units.get(index).map(|u| u.key.as_str())
    }
}

/// A unit to choose.
#[derive(Debug, Serialize)]
pub struct UnitEntry {
    /// Its name in addresses: its label, with its line where two are called the same.
    pub key: String,
    /// What it is called.
    pub label: String,
    /// Its line in the list.
    pub line: usize,
    /// Its row itself is at fault.
    pub fault: bool,
}

/// How often, and how long between, a file that is not there or empty is looked at again: some editors delete a file or
/// empty it before they write it.
const PATIENCE: (usize, Duration) = (15, Duration::from_millis(20));

/// The file of a list. What it says depends on the plan as well.
struct List {
    bytes: Vec<u8>,
    digest: Digest,
}

/// Reads the inputs, and reads again only what changed.
pub struct Loader {
    settings: Arc<Settings>,
    revision: u64,
    plan: Option<Result<Vec<u8>, Diagnostic>>,
    studio: Option<Result<Arc<Studio>, Vec<Diagnostic>>>,
    list: Option<Result<List, Diagnostic>>,
    folder: Folder,
    list_folder: Folder,
    /// The units of the last list that could be read: they can still be looked at while it is broken.
    units: Option<Arc<UnitList>>,
}

impl Loader {
    /// With nothing read yet.
    pub fn new(settings: Arc<Settings>) -> Self {
        Loader {
            folder: Folder::beside(&settings.plan),
            list_folder: Folder::beside(settings.units.as_deref().unwrap_or(Path::new(""))),
            settings,
            revision: 0,
            plan: None,
            studio: None,
            list: None,
            units: None,
        }
    }

    /// The files whose changes matter, and the folders of which everything does.
    pub fn watched(&self) -> (BTreeMap<PathBuf, Stamp>, Vec<PathBuf>) {
        let named = [&self.settings.plan].into_iter().chain(&self.settings.units).chain(&self.settings.brought.word);
        let mut files: BTreeMap<PathBuf, Stamp> = named.map(|path| (path.clone(), Stamp::of(path))).collect();
        for (path, stamp) in self.folder.asked().into_iter().chain(self.list_folder.asked()) {
            files.entry(path).or_insert(stamp);
        }
        let trees = [&self.settings.brought.fonts, &self.settings.brought.templates];
        (files, trees.into_iter().flatten().cloned().collect())
    }

    /// The inputs after a change of some files; none where nothing is different.
    pub fn load(&mut self, changed: &BTreeSet<PathBuf>) -> Option<Snapshot> {
        let settings = Arc::clone(&self.settings);
        let under = |tree: &Option<PathBuf>| tree.as_ref().is_some_and(|t| changed.iter().any(|c| c.starts_with(t)));
        let brought = &settings.brought;
        let before: Vec<BTreeMap<PathBuf, Stamp>> = vec![self.folder.asked(), self.list_folder.asked()];
        let asked = |path: &PathBuf| before.iter().any(|files| files.contains_key(path));
        let mut new = self.revision == 0;
        if self.studio.is_none() || under(&brought.fonts) || under(&brought.templates) || under(&brought.word) {
            let studio = brought.studio().map(Arc::new);
            let same = matches!((&self.studio, &studio), (Some(Err(old)), Err(now)) if old == now);
            self.studio = Some(studio);
            new |= !same;
        }
        if let Some(path) = &settings.units
            && (self.list.is_none() || changed.contains(path))
        {
            new |= self.read_list(path);
        }
        // A file that some document read, whatever else it is.
        new |= changed.iter().any(asked);
        let plan = patient(&settings.plan, read::bytes::MAX_BYTES as u64);
        if self.plan.as_ref() != Some(&plan) {
            self.plan = Some(plan);
            new = true;
        }
        if !new {
            return None;
        }
        // A table or a picture may be the list itself, or lie among the templates: whatever changed but the plan, files are
        // read anew. Only now: what is not made again still follows the files that it read.
        if changed.iter().any(|path| *path != settings.plan) {
            self.folder = Folder::beside(&settings.plan);
            self.list_folder = Folder::beside(settings.units.as_deref().unwrap_or(Path::new("")));
        }
        Some({
            self.revision += 1;
            let mut snapshot = self.snapshot();
            match &snapshot.units {
                Some(list) => self.units = Some(Arc::clone(list)),
                None => snapshot.units.clone_from(&self.units),
            }
            snapshot
        })
    }

    /// What could not be read the last time: the fault may pass without a trace.
    pub fn faulty(&self) -> BTreeSet<PathBuf> {
        let settings = &self.settings;
        let mut out = BTreeSet::new();
        if matches!(self.plan, Some(Err(_))) {
            out.insert(settings.plan.clone());
        }
        if matches!(self.list, Some(Err(_))) {
            out.extend(settings.units.clone());
        }
        if matches!(self.studio, Some(Err(_))) {
            let brought = &settings.brought;
            out.extend([&brought.fonts, &brought.templates, &brought.word].into_iter().flatten().cloned());
        }
        out
    }

    /// A snapshot for inputs that this program fails on.
    pub fn broken(&mut self) -> Snapshot {
        self.revision += 1;
        let inside = Diagnostic::general(&code::LOI_BEN_TRONG, "Lỗi bên trong vanthu khi đọc các tệp này.")
            .hint("Gửi các tệp cho nhóm phát triển; trong lúc chờ, bỏ lại thay đổi vừa rồi.");
        Snapshot {
            revision: self.revision,
            subject: Subject::Nothing(None),
            problems: vec![Problem::new(None, &inside)],
            units: self.units.clone(),
        }
    }

    /// Reads the list; gives whether it is another one.
    fn read_list(&mut self, path: &Path) -> bool {
        let listed = patient(path, units::MAX_LIST).map_err(list_problem).map(|bytes| {
            let digest: Digest = Sha256::digest(&bytes).into();
            List { bytes, digest }
        });
        let same = match (&self.list, &listed) {
            (Some(Ok(old)), Ok(new)) => old.digest == new.digest,
            (Some(Err(old)), Err(new)) => old == new,
            _ => false,
        };
        self.list = Some(listed);
        !same
    }

    fn snapshot(&self) -> Snapshot {
        let mut out =
            Snapshot { revision: self.revision, subject: Subject::Nothing(None), problems: Vec::new(), units: None };
        let name = self.settings.plan.display().to_string();
        let plan = match &self.plan {
            Some(Ok(bytes)) => Plan::read(&name, bytes, &self.folder).map(Plan::traced),
            Some(Err(problem)) => Err(vec![problem.clone()]),
            None => Err(Vec::new()),
        };
        let plan = match plan {
            Ok(plan) => plan,
            Err(problems) => {
                out.problems = problems.iter().map(|d| Problem::new(None, d)).collect();
                return out;
            }
        };
        let studio = match &self.studio {
            Some(Ok(studio)) => Arc::clone(studio),
            Some(Err(problems)) => {
                out.problems = problems.iter().map(|d| Problem::new(None, d)).collect();
                out.subject = Subject::Nothing(Some(plan.source().clone()));
                return out;
            }
            None => return out,
        };
        match &self.list {
            None => out.subject = Subject::Plan(Box::new(plan), self.folder.for_document(), studio),
            Some(Err(problem)) => {
                out.problems = vec![Problem::new(None, problem)];
                out.subject = Subject::Nothing(Some(plan.source().clone()));
            }
            Some(Ok(list)) => self.units(&mut out, plan, studio, list),
        }
        out
    }

    fn units(&self, out: &mut Snapshot, plan: Plan, studio: Arc<Studio>, file: &List) {
        let text = plan.source().clone();
        let path = self.settings.units.clone().unwrap_or_default().display().to_string();
        let list = batch::list::read(&path, &file.bytes, self.settings.sheet.as_deref(), &plan, &[]);
        // A guess may be looked at; only a batch has to be confirmed.
        let mut told = list.diagnostics.clone();
        told.extend(list.notes.iter().cloned());
        let unconfirmed = batch::list::unconfirmed(&list, &self.settings.plan.display().to_string(), &path);
        told.extend(unconfirmed.map(|d| Diagnostic { severity: Severity::Warning, ..d }));
        for problem in &told {
            let problem = Problem::new(list.source.as_ref(), problem);
            out.problems.push(Problem { source: None, ..problem });
        }
        let Some(units) = list.units.map(Arc::new) else {
            out.subject = Subject::Nothing(Some(text));
            return;
        };
        let inputs = Inputs {
            plan_digest: Sha256::digest(text.text.as_bytes()).into(),
            plan,
            folder: self.folder.for_document(),
            units: Arc::clone(&units),
            list_source: list.source,
            list_folder: self.list_folder.for_document(),
            list_digest: file.digest,
            studio,
            // The preview asks them itself, for every save.
            rules: crate::check::settings::Settings::default(),
            writers: WRITERS.iter().filter(|w| FORMATS.contains(&w.extension)).collect(),
            options: Options {
                apart: false,
                variables: self.settings.variables.clone(),
                strict: self.settings.strict,
                prove: self.settings.prove,
                ..Options::default()
            },
        };
        match Work::new(inputs) {
            Ok(mut work) => {
                // Two units of one name are a fault of a batch, which `--name` mends; each can be looked at.
                for (name, unit) in work.names.iter_mut().zip(&units.units).filter(|(n, _)| clashes(n)) {
                    *name = Ok(format!("don-vi-dong-{}", unit.line));
                }
                out.units = Some(Arc::new(unit_list(&work)));
                out.subject = Subject::Units(Box::new(work));
            }
            Err(problem) => {
                out.problems.push(Problem::new(None, &problem));
                out.subject = Subject::Nothing(Some(text));
            }
        }
    }
}

fn clashes(name: &Result<String, Diagnostic>) -> bool {
    name.as_ref().is_err_and(|problem| problem.code == &code::TEN_TEP_TRUNG)
}

fn unit_list(work: &Work) -> UnitList {
    let units = &work.inputs.units;
    let labels: Vec<String> = (0..units.units.len()).map(|i| work.blank(i).unit).collect();
    let mut count: HashMap<&str, usize> = HashMap::new();
    labels.iter().for_each(|l| *count.entry(l).or_default() += 1);
    let entry = |(unit, label): (&units::Unit, &String)| {
        let once = !label.is_empty() && count.get(label.as_str()) == Some(&1);
        let key = if once { label.clone() } else { format!("{label} (dòng {})", unit.line) };
        UnitEntry { key, label: label.clone(), line: unit.line, fault: !unit.faults.is_empty() }
    };
    let entries: Vec<UnitEntry> = units.units.iter().zip(&labels).map(entry).collect();
    let index = entries.iter().enumerate().map(|(i, e)| (e.key.clone(), i)).collect();
    let mut list = UnitList { name: units.name.clone(), units: entries, index, id: String::new() };
    list.id = hex(&Sha256::digest(serde_json::to_vec(&list).unwrap_or_default())[..16]);
    list
}

/// The bytes of a file. A pipe would be waited for without end, and a huge file is none of ours.
fn plain_file(path: &Path, limit: u64) -> Result<Vec<u8>, Diagnostic> {
    let refused = |why: &str| {
        Diagnostic::general(&code::KHONG_DOC_DUOC, format!("Không đọc được tệp {}: {why}.", path.display()))
            .hint("Ghi kế hoạch hoặc danh sách vào một tệp thường.")
    };
    match std::fs::metadata(path) {
        Ok(meta) if !meta.is_file() && !meta.is_dir() => Err(refused("đây không phải là một tệp thường")),
        _ => pipeline::read_up_to(path, limit),
    }
}

/// The bytes of a file, once it is there and has some.
fn patient(path: &Path, limit: u64) -> Result<Vec<u8>, Diagnostic> {
    let mut read = plain_file(path, limit);
    for _ in 0..PATIENCE.0 {
        let wait = match &read {
            Ok(bytes) => bytes.is_empty(),
            Err(problem) => problem.code == &code::KHONG_CO_TEP || problem.code == &code::KHONG_DOC_DUOC,
        };
        if !wait {
            break;
        }
        std::thread::sleep(PATIENCE.1);
        read = plain_file(path, limit);
    }
    read
}

/// What is said of a plan that cannot be read, said of a list.
fn list_problem(problem: Diagnostic) -> Diagnostic {
    Diagnostic { code: &code::DANH_SACH_SAI, severity: Severity::Error, ..problem }
        .hint("Kiểm tra tên tệp và thư mục của danh sách đơn vị.")
}
