//! Tells which of some files changed. The system's own notices say it at once; a look every second finds what they do
//! not tell of (network drives, folders that were replaced).

use crate::pipeline::Stamp;
use notify::event::{AccessKind, AccessMode};
use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

/// No more notices for so long: the editor is done. Editors that replace a file send three or four within a millisecond.
const QUIET: Duration = Duration::from_millis(6);
/// Notices that do not end are acted upon after this.
const LONGEST: Duration = Duration::from_millis(60);
/// How often files are looked at without a notice.
const LOOK: Duration = Duration::from_secs(1);
/// Most files of a folder that are looked at.
const MAX_TREE: usize = 600;

/// Watches files.
pub struct Watch {
    /// None where the system gives no notices.
    watcher: Option<RecommendedWatcher>,
    notices: Receiver<PathBuf>,
    /// Each file by its full paths (its own, and where a link leads), as it was named.
    names: BTreeMap<PathBuf, PathBuf>,
    trees: Vec<(PathBuf, PathBuf)>,
    /// What is watched.
    places: BTreeSet<(PathBuf, bool)>,
    stamps: BTreeMap<PathBuf, Stamp>,
}

impl Watch {
    /// Watches nothing yet.
    pub fn new() -> Self {
        let (sender, notices) = channel();
        let tell = move |event: notify::Result<notify::Event>| {
            let Ok(event) = event else { return };
            let only_read =
                matches!(event.kind, EventKind::Access(kind) if kind != AccessKind::Close(AccessMode::Write));
            if !only_read {
                for path in event.paths {
                    let _ = sender.send(path);
                }
            }
        };
        Watch {
            watcher: notify::recommended_watcher(tell).ok(),
            notices,
            names: BTreeMap::new(),
            trees: Vec::new(),
            places: BTreeSet::new(),
            stamps: BTreeMap::new(),
        }
    }

    /// Watches these files, which need not be there, and everything in these folders. A file comes with its stamp from before
    /// it was read: what changed since is told at once.
    pub fn set(&mut self, files: &BTreeMap<PathBuf, Stamp>, trees: &[PathBuf]) {
        self.names.clear();
        let mut places = BTreeSet::new();
        for file in files.keys() {
            for full in [full(file), file.canonicalize().ok()].into_iter().flatten() {
                if let Some(folder) = full.parent() {
                    places.insert((folder.to_path_buf(), false));
                }
                self.names.insert(full, file.clone());
            }
        }
        self.trees = trees.iter().filter_map(|t| Some((t.canonicalize().ok()?, t.clone()))).collect();
        places.extend(self.trees.iter().map(|(full, _)| (full.clone(), true)));
        if let Some(watcher) = &mut self.watcher {
            for (place, _) in self.places.difference(&places) {
                let _ = watcher.unwatch(place);
            }
            for (place, deep) in places.difference(&self.places) {
                let mode = if *deep { RecursiveMode::Recursive } else { RecursiveMode::NonRecursive };
                let _ = watcher.watch(place, mode);
            }
        }
        self.places = places;
        let old = std::mem::take(&mut self.stamps);
        self.stamps = self.look(files, trees);
        // A file that was watched already keeps the stamp of the last look, a new one has that from before it was read:
        // what changed since either is told at the next look.
        for (path, stamp) in old {
            if let Some(now) = self.stamps.get_mut(&path) {
                *now = stamp;
            }
        }
    }

    /// Waits for changes, but no longer than until the next look; gives the files, as they were named.
    pub fn wait(&mut self) -> BTreeSet<PathBuf> {
        let mut changed = BTreeSet::new();
        let mut first: Option<Instant> = None;
        let began = Instant::now();
        loop {
            let patience = match first {
                Some(at) => QUIET.min(LONGEST.saturating_sub(at.elapsed())),
                None => LOOK.saturating_sub(began.elapsed()),
            };
            match self.notices.recv_timeout(patience) {
                Ok(path) => {
                    if let Some(name) = self.named(&path) {
                        changed.insert(name);
                        first.get_or_insert_with(Instant::now);
                    }
                    if first.is_some_and(|at| at.elapsed() > LONGEST) {
                        break;
                    }
                }
                Err(RecvTimeoutError::Timeout) => break,
                Err(RecvTimeoutError::Disconnected) => {
                    std::thread::sleep(LOOK);
                    break;
                }
            }
        }
        let looked = self.stamps.keys().cloned().collect::<Vec<_>>();
        let mut missed = false;
        for path in looked {
            let now = Stamp::of(&path);
            let before = self.stamps.insert(path.clone(), now);
            if before != Some(now) && !changed.iter().any(|c| path.starts_with(c)) {
                missed |= first.is_none();
                changed.insert(path);
            }
        }
        if missed {
            // No notice came: the folder may be another one under the old name.
            self.watch_anew();
        }
        changed
    }

    fn named(&self, path: &Path) -> Option<PathBuf> {
        let tree = || self.trees.iter().find(|(full, _)| path.starts_with(full)).map(|(_, name)| name.clone());
        self.names.get(path).cloned().or_else(tree)
    }

    fn look(&self, files: &BTreeMap<PathBuf, Stamp>, trees: &[PathBuf]) -> BTreeMap<PathBuf, Stamp> {
        let mut out = files.clone();
        for tree in trees {
            let mut waiting = vec![tree.clone()];
            while let Some(next) = waiting.pop().filter(|_| out.len() < MAX_TREE) {
                out.insert(next.clone(), Stamp::of(&next));
                waiting.extend(std::fs::read_dir(&next).into_iter().flatten().flatten().map(|e| e.path()));
            }
        }
        out
    }

    fn watch_anew(&mut self) {
        let Some(watcher) = &mut self.watcher else { return };
        for (place, deep) in &self.places {
            let mode = if *deep { RecursiveMode::Recursive } else { RecursiveMode::NonRecursive };
            let _ = watcher.unwatch(place);
            let _ = watcher.watch(place, mode);
        }
    }
}

/// The path of a file that need not be there, in its real folder.
fn full(file: &Path) -> Option<PathBuf> {
    let folder = file.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    Some(folder.canonicalize().ok()?.join(file.file_name()?))
}
