//! What is on the desk: the newest snapshot, the views of it that are looked at, the last good pages.

use super::inputs::{Settings, Snapshot};
use super::problem::Problem;
use super::view::{Notice, Pages, STACK, View};
use crate::batch::record::hex;
use crate::face::Faces;
use crate::guarded::guarded;
use crate::source::Source;
use serde::Serialize;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use tokio::sync::watch;

/// How many views of a snapshot are kept.
const MAX_VIEWS: usize = 4;
/// How many changed pages are drawn before they are asked for.
const AHEAD: usize = 3;
/// How many good pages are kept: the last ones of some units, and those that a browser may still be loading.
const MAX_PAGES: usize = 6;

/// What the browser is told.
#[derive(Serialize)]
struct State<'s> {
    revision: u64,
    shown: Option<u64>,
    failed: bool,
    name: String,
    title: &'s str,
    unit: Option<&'s str>,
    pages: Vec<Value>,
    /// Why a file cannot be taken away, by format.
    refused: BTreeMap<&'static str, String>,
    problems: Vec<Problem>,
    source: Option<String>,
    units: Option<String>,
    word: bool,
    editor: bool,
}

/// The newest of everything.
pub struct Desk {
    /// What the command line asks for.
    pub settings: Arc<Settings>,
    /// LibreOffice is there.
    pub word: bool,
    kept: Mutex<Held>,
    /// One document is made at a time: all threads would wait for the same memory.
    making: Mutex<()>,
    /// Pages are being drawn ahead.
    drawing: Arc<AtomicBool>,
    /// The number of the last change, for all who wait for one.
    news: watch::Sender<u64>,
    told: Box<dyn Fn(&Notice) + Send + Sync>,
}

#[derive(Default)]
struct Held {
    snapshot: Option<Arc<Snapshot>>,
    /// Newest first.
    views: Vec<Arc<View>>,
    /// Newest first.
    pages: Vec<Arc<Pages>>,
    /// All good pages that someone still holds: those that an open browser shows.
    alive: Vec<Weak<Pages>>,
    /// All views that an open browser was told of.
    told: Vec<Weak<View>>,
    /// The unit that was looked at last.
    unit: Option<String>,
}

/// What a browser was told; as long as it is kept, its pages can be asked for.
pub struct Sent {
    /// The state as JSON.
    pub text: String,
    /// The newest view.
    pub view: Arc<View>,
    /// What is shown: its pages, or the last good ones.
    #[expect(dead_code, reason = "held, so that what a browser shows can be asked for")]
    pub pages: Option<Arc<Pages>>,
}

impl Held {
    fn all_views(&self) -> impl Iterator<Item = Arc<View>> {
        self.views.iter().cloned().chain(self.told.iter().filter_map(Weak::upgrade))
    }

    fn all_pages(&self) -> impl Iterator<Item = Arc<Pages>> {
        self.pages.iter().cloned().chain(self.alive.iter().filter_map(Weak::upgrade))
    }
}

impl Desk {
    /// With nothing on it.
    pub fn new(settings: Arc<Settings>, word: bool, told: Box<dyn Fn(&Notice) + Send + Sync>) -> Self {
        Desk {
            settings,
            word,
            kept: Mutex::default(),
            making: Mutex::new(()),
            drawing: Arc::default(),
            news: watch::Sender::new(0),
            told,
        }
    }

    fn kept(&self) -> MutexGuard<'_, Held> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Told of each change.
    pub fn news(&self) -> watch::Receiver<u64> {
        self.news.subscribe()
    }

    /// Tells all who wait that there is something new to see.
    pub fn tell(&self) {
        self.news.send_modify(|n| *n += 1);
    }

    /// Takes a new snapshot, and makes the document that was looked at last.
    pub fn put(&self, snapshot: Snapshot) {
        let unit = {
            let mut kept = self.kept();
            kept.snapshot = Some(Arc::new(snapshot));
            kept.views.clear();
            kept.unit.clone()
        };
        self.view(unit.as_deref());
        self.tell();
    }

    /// The newest view of a unit; it is made where nobody holds it, and is then the one that is made first next time.
    pub fn view(&self, unit: Option<&str>) -> Option<Arc<View>> {
        let _making = self.making.lock().unwrap_or_else(PoisonError::into_inner);
        let snapshot = {
            let mut kept = self.kept();
            let snapshot = kept.snapshot.clone()?;
            let unit = snapshot.key(unit);
            let same = |v: &Arc<View>| v.revision == snapshot.revision && v.unit.as_deref() == unit;
            let found = kept.all_views().find(same);
            if let Some(view) = found {
                kept.unit.clone_from(&view.unit);
                return Some(view);
            }
            snapshot
        };
        let view = guarded(|| View::new(&snapshot, &self.settings, unit));
        let view = Arc::new(view.unwrap_or_else(|| View::broken(&snapshot, unit)));
        (self.told)(&view.notice(self.good(&view).is_some()));
        let mut kept = self.kept();
        kept.unit.clone_from(&view.unit);
        if let Some(pages) = &view.pages {
            self.draw_ahead(pages, &kept.pages);
            kept.pages.retain(|p| p.revision != pages.revision || p.unit != pages.unit);
            kept.pages.insert(0, Arc::clone(pages));
            kept.pages.truncate(MAX_PAGES);
            kept.alive.retain(|p| p.strong_count() > 0);
            kept.alive.push(Arc::downgrade(pages));
        }
        kept.views.retain(|v| v.unit != view.unit);
        kept.views.insert(0, Arc::clone(&view));
        kept.views.truncate(MAX_VIEWS);
        kept.told.retain(|v| v.strong_count() > 0);
        kept.told.push(Arc::downgrade(&view));
        Some(view)
    }

    /// Draws the pages that no browser has yet while the news of them travels; there is no need to wait for it.
    fn draw_ahead(&self, pages: &Arc<Pages>, known: &[Arc<Pages>]) {
        let seen = |id: &str| known.iter().flat_map(|p| &p.pages).any(|l| l.id == id);
        let new: Vec<usize> = (0..pages.pages.len()).filter(|i| !seen(&pages.pages[*i].id)).take(AHEAD).collect();
        if new.is_empty() || self.drawing.swap(true, Ordering::AcqRel) {
            return;
        }
        let (pages, drawing) = (Arc::clone(pages), Arc::clone(&self.drawing));
        let draw = move || {
            for index in new {
                guarded(|| pages.svg(index));
            }
            drawing.store(false, Ordering::Release);
        };
        if std::thread::Builder::new().stack_size(STACK).spawn(draw).is_err() {
            self.drawing.store(false, Ordering::Release);
        }
    }

    /// Tells of what was found in the files that could be taken away.
    pub fn tell_faults(&self, view: &View) {
        (self.told)(&view.notice(true));
        self.tell();
    }

    /// The last good pages of a view: its own, or those of before its errors.
    fn good(&self, view: &View) -> Option<Arc<Pages>> {
        view.pages
            .clone()
            .or_else(|| self.kept().all_pages().filter(|p| p.unit == view.unit).max_by_key(|p| p.revision))
    }

    /// What the browser is told of a unit.
    pub fn state(&self, unit: Option<&str>) -> Option<Sent> {
        let view = self.view(unit)?;
        let good = self.good(&view);
        let name = self.settings.plan.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let page = |l: &super::view::Page| json!({ "id": l.id, "width": l.text.width, "height": l.text.height });
        let state = State {
            revision: view.revision,
            shown: good.as_ref().map(|p| p.revision),
            failed: view.pages.is_none(),
            title: good.as_ref().map_or(name.as_str(), |p| &p.title),
            refused: view.refused(),
            name: name.clone(),
            unit: view.unit.as_deref(),
            pages: good.iter().flat_map(|p| &p.pages).map(page).collect(),
            problems: view.problems(),
            source: view.source.as_deref().map(source_id),
            units: view.units.as_ref().map(|list| list.id.clone()),
            word: self.word,
            editor: self.settings.editor.is_some(),
        };
        let text = serde_json::to_string(&state).ok()?;
        Some(Sent { text, view, pages: good })
    }

    /// The page with an id, and its place in its document.
    pub fn page(&self, id: &str) -> Option<(Arc<Pages>, usize)> {
        self.kept().all_pages().find_map(|p| {
            let index = p.pages.iter().position(|l| l.id == id)?;
            Some((p, index))
        })
    }

    /// The pages of a revision of a unit; those of the newest are made again where they were let go. None where there are
    /// newer ones.
    pub fn pages(&self, revision: u64, unit: Option<&str>) -> Option<Arc<Pages>> {
        let same = |p: &Arc<Pages>| p.revision == revision && p.unit.as_deref() == unit;
        let found = self.kept().all_pages().find(same);
        found.or_else(|| self.view(unit)?.pages.clone().filter(same))
    }

    /// The newest texts of a unit: those of the source pane.
    pub fn newest_source(&self, unit: Option<&str>) -> Option<Arc<Source>> {
        self.view(unit)?.source.clone()
    }

    /// The texts with an id.
    pub fn source(&self, id: &str) -> Option<Value> {
        let views: Vec<Arc<View>> = self.kept().all_views().collect();
        let source = views.iter().filter_map(|v| v.source.as_ref()).find(|s| source_id(s) == id)?;
        let file = |(name, first_line, text): (&str, usize, &str)| json!({ "name": name, "first_line": first_line, "text": text });
        Some(json!({ "files": source.files().into_iter().map(file).collect::<Vec<_>>() }))
    }

    /// Whether no newer snapshot has come.
    pub fn is_newest(&self, pages: &Pages) -> bool {
        let kept = self.kept();
        !kept.all_pages().any(|p| p.unit == pages.unit && p.revision > pages.revision)
    }

    /// The font file of a face, in the order of `face::FACE_NAMES`.
    pub fn face(&self, index: usize) -> Option<Vec<u8>> {
        let pages = self.kept().pages.first().cloned();
        let embedded = || Faces::embedded().data().nth(index).map(|d| d.to_vec());
        pages.map_or_else(embedded, |p| p.studio.faces().data().nth(index).map(|d| d.to_vec()))
    }

    /// The list of units with an id.
    pub fn unit_list(&self, id: &str) -> Option<Value> {
        let snapshot = self.kept().snapshot.clone()?;
        serde_json::to_value(snapshot.units.as_deref().filter(|list| list.id == id)?).ok()
    }
}

fn source_id(source: &Source) -> String {
    let mut sum = Sha256::new();
    for (name, line, text) in source.files() {
        sum.update((name.len() as u64).to_le_bytes());
        sum.update(name);
        sum.update((line as u64).to_le_bytes());
        sum.update(text);
    }
    hex(&sum.finalize()[..16])
}
