//! Changes made in a Word file → the plan that it was made of: each edit is kept only if the plan, laid out again, says
//! more of what the file says.

use super::{Folder, Plan, Ready, import};
use crate::diagnostic::{Diagnostic, code};
use crate::draft::Value;
use crate::face::Faces;
use crate::import::into::{Change, Changed, Comparison, Edit, Proposal, What, brings_no_tag, edited};
use crate::source::Source;

/// A plan with the changes of a file.
pub struct Merged {
    /// The plan's text.
    pub text: String,
    /// What was brought into it, in the order of the document.
    pub applied: Vec<Change>,
    /// What was not.
    pub refused: Vec<Change>,
}

/// Neighbours that are tried together at most.
const MOST_TOGETHER: usize = 200;

/// Rounds of edits at most: those that overlap, or that need others first, come in the next.
const ROUNDS: usize = 5;

/// The plan that a Word file was made of.
pub struct Base<'b> {
    /// Its name.
    pub name: &'b str,
    /// Its bytes.
    pub bytes: &'b [u8],
    /// The door to the files that it names.
    pub folder: &'b Folder,
    /// Values that were set on top of its own.
    pub variables: &'b [(String, Value)],
}

/// Brings the changes of a Word file into the plan that it was made of.
pub fn merge(plan: &Base<'_>, name: &str, file: &[u8]) -> Result<Merged, Vec<Diagnostic>> {
    let stream = import::read(name, file).map_err(|problem| vec![problem])?;
    let work = Work { plan, name, file: &Changed::new(&stream) };
    let (first, mut distance, mut proposal) = work.look(plan.bytes)?;
    let mut text = first.clone();
    let mut failed: Vec<Change> = Vec::new();
    for _ in 0..ROUNDS {
        let before = distance;
        let mut kept: Vec<Edit> = Vec::new();
        work.keep(&text, &mut kept, &proposal.edits, &mut distance);
        work.keep_together(&text, &mut kept, &proposal.edits, &mut distance);
        let left = proposal.edits.iter().filter(|e| kept.iter().all(|k| k.change != e.change));
        failed = left.map(|e| Change { refused: Some(NOT_SO), ..e.change.clone() }).collect();
        text = edited(&text, kept.iter());
        if distance == before {
            break;
        }
        proposal = work.look(text.as_bytes())?.2;
        failed.clear();
    }
    let mut refused = proposal.refused;
    refused.extend(failed);
    // What differs by the program's own words only, once all is in its place, is no change.
    if distance == 0 {
        refused.clear();
    }
    refused.retain(|c| !c.is_of_the_end_mark());
    let applied = if text == first { Vec::new() } else { work.told(&first, &text) };
    Ok(Merged { text, applied, refused })
}

const NOT_SO: &str = "ghi vào thì kế hoạch không in ra như tệp Word";

struct Work<'w> {
    plan: &'w Base<'w>,
    name: &'w str,
    file: &'w Changed,
}

impl Work<'_> {
    /// A text of the plan, laid out, with the place of every letter.
    fn build(&self, bytes: &[u8]) -> Result<(Source, Ready), Vec<Diagnostic>> {
        let plan = Plan::read(self.plan.name, bytes, self.plan.folder)?.traced();
        let built = plan.build(None, self.plan.folder, self.plan.variables, Faces::embedded());
        match (built.source, built.ready) {
            (Some(source), Some(ready)) => Ok((source, ready)),
            _ => Err(built.diagnostics),
        }
    }

    /// The text of a plan, how far its page is from the file, and what would bring it nearer.
    fn look(&self, bytes: &[u8]) -> Result<(String, usize, Proposal), Vec<Diagnostic>> {
        let (source, ready) = self.build(bytes)?;
        let comparison = Comparison::new(&source, &ready.document, &ready.sheet, self.file);
        if !comparison.is_of_the_plan() {
            let message = format!("Tệp {} không phải là bản Word của kế hoạch {}.", self.name, self.plan.name);
            let hint = "Nhập tệp thành kế hoạch mới: bỏ --vao.";
            return Err(vec![Diagnostic::general(&code::NHAP_HONG, message).hint(hint)]);
        }
        let own = source.files().first().map(|(.., text)| (*text).to_owned()).unwrap_or_default();
        Ok((own, comparison.distance(), comparison.proposal()))
    }

    /// Keeps the edits after which the plan is nearer to the file by what each of them says; where some are not good
    /// together they are tried by halves.
    fn keep(&self, text: &str, kept: &mut Vec<Edit>, edits: &[Edit], distance: &mut usize) {
        if edits.is_empty() {
            return;
        }
        if let [only] = edits {
            return self.keep_one(text, kept, only, distance);
        }
        if self.kept_all(text, kept, edits, distance, edits.iter().map(|e| e.worth).sum()) {
            return;
        }
        let (first, second) = edits.split_at(edits.len() / 2);
        self.keep(text, kept, first, distance);
        self.keep(text, kept, second, distance);
    }

    /// Keeps an edit, or what is to be tried otherwise if that brings the plan nearer.
    fn keep_one(&self, text: &str, kept: &mut Vec<Edit>, edit: &Edit, distance: &mut usize) {
        // The program may set or take signs around a paragraph that comes or goes.
        let wanted = match edit.change.what {
            What::Changed => edit.worth.saturating_sub(1).max(1),
            _ => (edit.worth / 2).max(1),
        };
        let other =
            edit.otherwise.as_ref().map(|pieces| Edit { pieces: pieces.clone(), otherwise: None, ..edit.clone() });
        let reach = |e: &Edit| self.distance(&edited(text, kept.iter().chain([e])));
        let better = match (&other, reach(edit)) {
            (Some(other), after) if after.is_none_or(|after| after + edit.worth > *distance) => {
                reach(other).is_some_and(|o| after.is_none_or(|after| o < after))
            }
            _ => false,
        };
        let chosen = other.filter(|_| better).unwrap_or_else(|| edit.clone());
        self.kept_all(text, kept, &[chosen], distance, wanted);
    }

    /// Two or three that follow each other and are good only together: a paragraph that was split, or joined.
    fn keep_together(&self, text: &str, kept: &mut Vec<Edit>, edits: &[Edit], distance: &mut usize) {
        for size in [2, 3] {
            for some in edits.windows(size).take(MOST_TOGETHER) {
                if some.iter().all(|e| kept.iter().all(|k| k.change != e.change)) {
                    self.kept_all(text, kept, some, distance, 1);
                }
            }
        }
    }

    /// Keeps all of some edits if the distance falls by as much as is wanted.
    fn kept_all(&self, text: &str, kept: &mut Vec<Edit>, edits: &[Edit], distance: &mut usize, wanted: usize) -> bool {
        let all: Vec<&Edit> = kept.iter().chain(edits).collect();
        if !brings_no_tag(text, all.iter().copied()) {
            return false;
        }
        let Some(after) = self.distance(&edited(text, all.into_iter())) else { return false };
        if after + wanted > *distance && after > 0 || after >= *distance {
            return false;
        }
        kept.extend(edits.iter().cloned());
        *distance = after;
        true
    }

    /// What a new text of the plan prints otherwise than the first.
    fn told(&self, first: &str, text: &str) -> Vec<Change> {
        let (Ok(a), Ok(b)) = (self.build(first.as_bytes()), self.build(text.as_bytes())) else { return Vec::new() };
        let before = Comparison::new(&a.0, &a.1.document, &a.1.sheet, self.file);
        Comparison::new(&b.0, &b.1.document, &b.1.sheet, self.file).told_since(&before)
    }

    fn distance(&self, text: &str) -> Option<usize> {
        let (source, ready) = self.build(text.as_bytes()).ok()?;
        Some(Comparison::new(&source, &ready.document, &ready.sheet, self.file).distance())
    }
}
