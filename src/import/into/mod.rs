//! What was changed in the Word file of a plan, as edits of the plan's text.
//!
//! The letters of a laid-out plan know where they were typed; the Word file that was made of it has the same letters. So
//! a word that was changed in Word leads to its bytes in the plan. What the program adds and what a variable says has no
//! bytes to change: it is told, not applied.

mod align;
mod edits;
mod fields;
mod lines;
mod units;

use super::recognise::{Words, recognise};
use super::stream::Stream;
use crate::document::Document;
use crate::sheet::Sheet;
use crate::source::Source;
use align::{Step, steps};
use serde::Serialize;
use std::collections::BTreeSet;
use std::ops::Range;
use units::Unit;

/// What happened to a paragraph, a row or a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum What {
    /// Words of it are others.
    Changed,
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It stands elsewhere.
    Moved,
}

/// A change made in Word.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Change {
    /// What it is.
    pub what: What,
    /// As the plan printed it.
    pub old: String,
    /// As the Word file has it.
    pub new: String,
    /// Line of the plan, from 1.
    pub line: Option<usize>,
    /// Why it is not in the plan; none where it is.
    pub refused: Option<&'static str>,
}

impl Change {
    /// Whether it is only of the sign at the end that the program sets by the decree (`;`, `./.`).
    pub fn is_of_the_end_mark(&self) -> bool {
        let bare = |text: &str| text.trim_end_matches([';', '.', '/', ',']).trim_end().to_owned();
        self.what == What::Changed && self.refused == Some(PROGRAM) && bare(&self.old) == bare(&self.new)
    }
}

/// A change and the edits that bring it into the plan; they do not overlap.
#[derive(Clone, Debug)]
pub struct Edit {
    /// Bytes of the plan, and what stands there instead.
    pub pieces: Vec<(Range<usize>, String)>,
    /// Edits that are tried where these do not do.
    pub otherwise: Option<Vec<(Range<usize>, String)>>,
    /// By how many words and signs the two versions differ there.
    pub worth: usize,
    /// The change.
    pub change: Change,
}

/// What would bring a plan to say what the file says.
#[derive(Debug, Default)]
pub struct Proposal {
    /// Edits, in the order of the document.
    pub edits: Vec<Edit>,
    /// Changes for which there is none.
    pub refused: Vec<Change>,
}

/// A file that was made of a plan and changed since, read once for all comparisons.
pub struct Changed {
    words: Words,
    units: Vec<Unit>,
    /// Number and date, as a plan writes them.
    number: Option<String>,
    date: Option<String>,
}

impl Changed {
    /// Of what was read.
    pub fn new(stream: &Stream) -> Self {
        let found = recognise(stream).found;
        let units = units::of_stream(&stream.pieces);
        Changed { words: Words::of(stream), units, number: found.so, date: found.ngay }
    }
}

/// How a plan's page and a file differ.
pub struct Comparison<'c> {
    source: &'c Source,
    file: &'c Changed,
    old: Vec<Unit>,
}

const PROGRAM: &str = "chữ này do chương trình in";
const VALUE: &str = "chữ này là giá trị của biến; sửa ở biến hoặc ở danh sách đơn vị";
const SHARED: &str = "dòng này của kế hoạch còn in ra chữ ở chỗ khác";
const ELSEWHERE: &str = "chữ này ở một tệp khác mà kế hoạch dùng";
const NO_PLACE: &str = "không có dòng nào của kế hoạch để ghi vào";

impl<'c> Comparison<'c> {
    /// Of a plan that knows where its letters were typed, and a file that was made of it.
    pub fn new(source: &'c Source, document: &Document, sheet: &Sheet, file: &'c Changed) -> Self {
        Comparison { source, file, old: units::of_sheet(document, sheet) }
    }

    /// Whether the file was made of this plan: half of what the plan prints is in it, changed or not.
    pub fn is_of_the_plan(&self) -> bool {
        align::kinship(&self.old, &self.file.units) >= 0.5
    }

    /// Words that stand on one side only.
    pub fn distance(&self) -> usize {
        align::distance(&self.old, &self.file.units)
    }

    /// The edits that are needed.
    pub fn proposal(&self) -> Proposal {
        let mut out = Proposal::default();
        self.fields(&mut out);
        let steps = steps(&self.old, &self.file.units);
        let mut moved: BTreeSet<usize> = BTreeSet::new();
        let mut last: Option<usize> = None;
        for step in &steps {
            match *step {
                Step::Same(i, _) => last = Some(i),
                Step::Changed(i, j) => {
                    last = Some(i);
                    self.changed(i, j, &mut out);
                }
                Step::New(j, next) => {
                    let from = self.gone_with_key(&steps, j, &moved);
                    match from {
                        Some(i) => {
                            moved.insert(i);
                            self.moved(i, j, (last, next), &mut out);
                        }
                        None => self.added(j, (last, next), &mut out),
                    }
                }
                Step::Gone(_) => {}
            }
        }
        let gone = steps.iter().filter_map(|s| if let Step::Gone(i) = s { Some(*i) } else { None });
        let gone: Vec<usize> = gone.filter(|i| !moved.contains(i)).collect();
        for run in gone.chunk_by(|a, b| a + 1 == *b && self.old[*a].row && self.old[*b].row) {
            self.removed(run, &mut out);
        }
        out
    }

    /// What is gone and says the same as a new one: it was moved.
    fn gone_with_key(&self, steps: &[Step], new: usize, moved: &BTreeSet<usize>) -> Option<usize> {
        let key = &self.file.units[new].key;
        steps.iter().find_map(|step| match *step {
            Step::Gone(i) if self.old[i].key == *key && !moved.contains(&i) => Some(i),
            _ => None,
        })
    }

    fn change(&self, what: What, old: Option<usize>, new: Option<usize>) -> Change {
        // A line of another file would be looked for in the plan.
        let at = old.and_then(|i| self.old[i].typed().next()).filter(|at| self.source.file_at(*at) == 0);
        let line = at.map(|at| self.source.line_col(at).line);
        Change {
            what,
            old: old.map(|i| self.old[i].shown()).unwrap_or_default(),
            new: new.map(|j| self.file.units[j].shown()).unwrap_or_default(),
            line,
            refused: None,
        }
    }

    /// An edit; where it brings or takes a whole unit it is worth its words.
    fn accept(&self, out: &mut Proposal, pieces: Vec<(Range<usize>, String)>, change: Change, unit: Option<&Unit>) {
        let worth = unit.map_or(1, |unit| align::distance(&[], std::slice::from_ref(unit)));
        out.edits.push(Edit { pieces, otherwise: None, worth, change });
    }

    fn refuse(&self, out: &mut Proposal, why: &'static str, change: Change) {
        out.refused.push(Change { refused: Some(why), ..change });
    }

    fn changed(&self, i: usize, j: usize, out: &mut Proposal) {
        let change = self.change(What::Changed, Some(i), Some(j));
        let edits::Edits { pieces, worth, refused } = self.edits_of(&self.old[i], &self.file.units[j]);
        if let Some(why) = refused {
            self.refuse(out, why, change.clone());
        }
        if !pieces.is_empty() {
            // All of it is brought in: then the two say the same.
            let whole = refused.is_none().then(|| align::distance(&self.old[i..=i], &self.file.units[j..=j]));
            let worth = whole.unwrap_or(worth);
            let otherwise = self.quoted(&self.old[i], &self.file.units[j]).map(|piece| vec![piece]);
            out.edits.push(Edit { pieces, otherwise, worth, change });
        }
    }

    /// What the page of this plan says otherwise than that of an older text of it, as a reader would tell it.
    pub fn told_since(&self, before: &Comparison<'_>) -> Vec<Change> {
        let steps = steps(&before.old, &self.old);
        let line = |i: usize| before.change(What::Changed, Some(i), None).line;
        let mut out: Vec<Change> = Vec::new();
        let shown = |all: &[Unit], at: usize| all[at].shown();
        for step in &steps {
            let (what, old, new, line) = match *step {
                Step::Same(..) => continue,
                Step::Changed(i, j) => (What::Changed, shown(&before.old, i), shown(&self.old, j), line(i)),
                Step::Gone(i) => (What::Removed, shown(&before.old, i), String::new(), line(i)),
                Step::New(j, _) => {
                    (What::Added, String::new(), shown(&self.old, j), self.change(What::Added, Some(j), None).line)
                }
            };
            out.push(Change { what, old, new, line, refused: None });
        }
        // What went and came is one move.
        let gone: Vec<String> = out.iter().filter(|c| c.what == What::Removed).map(|c| c.old.clone()).collect();
        for change in &mut out {
            if change.what == What::Added && gone.contains(&change.new) {
                (change.what, change.old) = (What::Moved, change.new.clone());
            }
        }
        let moved: Vec<String> = out.iter().filter(|c| c.what == What::Moved).map(|c| c.old.clone()).collect();
        out.retain(|c| c.what != What::Removed || !moved.contains(&c.old));
        out
    }
}

/// A text with edits made; those that overlap one before are left out.
pub fn edited<'e>(text: &str, edits: impl Iterator<Item = &'e Edit>) -> String {
    let mut all: Vec<&(Range<usize>, String)> = edits.flat_map(|e| &e.pieces).collect();
    all.sort_by_key(|(range, _)| (range.start, range.end));
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (range, new) in all {
        if let Some(before) = text.get(at..range.start).filter(|_| range.start >= at) {
            out.push_str(before);
            out.push_str(new);
            at = range.end;
        }
    }
    out.push_str(text.get(at..).unwrap_or_default());
    out
}

/// Whether edits bring no tag of a template but those that they write out: a brace of the file beside one of the plan would
/// be one.
pub fn brings_no_tag<'e>(text: &str, edits: impl Iterator<Item = &'e Edit> + Clone) -> bool {
    let tags = |text: &str| ["{{", "{%", "{#"].iter().map(|tag| text.matches(tag).count()).sum::<usize>();
    let pieces = || edits.clone().flat_map(|e| &e.pieces);
    let gone: usize = pieces().map(|(range, _)| tags(text.get(range.clone()).unwrap_or_default())).sum();
    let new: usize = pieces().map(|(_, new)| tags(new)).sum();
    tags(&edited(text, edits.clone())) + gone == tags(text) + new
}
