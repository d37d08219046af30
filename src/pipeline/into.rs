//! Changes made in a Word file → the plan that it was made of: each edit is kept only if the plan, laid out again, says
//! more of what the file says.

use super::{Folder, Plan, import};
use crate::diagnostic::{Diagnostic, code};
use crate::face::Faces;
use crate::import::into::{Change, Comparison, Edit, What, edited};
use crate::import::stream::Stream;

/// A plan with the changes of a file.
pub struct Merged {
    /// The plan's text.
    pub text: String,
    /// What was brought into it, in the order of the document.
    pub applied: Vec<Change>,
    /// What was not.
    pub refused: Vec<Change>,
}

/// Rounds of edits at most: those that overlap, or that need others first, come in the next.
const ROUNDS: usize = 5;

/// Brings the changes of a Word file into the plan that it was made of. `plan` is the name of the plan.
pub fn merge(plan: &str, bytes: &[u8], folder: &Folder, name: &str, file: &[u8]) -> Result<Merged, Vec<Diagnostic>> {
    let stream = import::read(name, file).map_err(|problem| vec![problem])?;
    let work = Work { plan, name, folder, stream: &stream };
    let (mut text, mut distance, first) = work.look(bytes)?;
    let mut merged = Merged { text: text.clone(), applied: Vec::new(), refused: first.refused.clone() };
    let mut proposal = first;
    for _ in 0..ROUNDS {
        let before = distance;
        let mut kept: Vec<&Edit> = Vec::new();
        work.keep(&text, &mut kept, &proposal.edits, &mut distance);
        merged.applied.extend(kept.iter().map(|e| e.change.clone()));
        let failed = proposal.edits.iter().filter(|e| !kept.iter().any(|k| std::ptr::eq(*k, *e)));
        let failed: Vec<Change> = failed.map(|e| Change { refused: Some(NOT_SO), ..e.change.clone() }).collect();
        text = edited(&text, kept.into_iter());
        if distance == before {
            merged.refused = proposal.refused;
            merged.refused.extend(failed);
            break;
        }
        proposal = work.look(text.as_bytes())?.2;
        merged.refused.clone_from(&proposal.refused);
    }
    // What differs by the program's own words only, once all is in its place, is no change.
    if distance == 0 {
        merged.refused.clear();
    }
    merged.text = text;
    Ok(merged)
}

const NOT_SO: &str = "ghi vào thì kế hoạch không in ra như tệp Word";

struct Work<'w> {
    plan: &'w str,
    name: &'w str,
    folder: &'w Folder,
    stream: &'w Stream,
}

impl Work<'_> {
    /// The text of a plan, how far its page is from the file, and what would bring it nearer.
    fn look(&self, bytes: &[u8]) -> Result<(String, usize, crate::import::into::Proposal), Vec<Diagnostic>> {
        let plan = Plan::read(self.plan, bytes, self.folder)?.traced();
        let built = plan.build(None, self.folder, &[], Faces::embedded());
        let (Some(source), Some(ready)) = (built.source, built.ready) else { return Err(built.diagnostics) };
        let comparison = Comparison::new(&source, &ready.document, &ready.sheet, self.stream);
        if !comparison.is_of_the_plan() {
            let message = format!("Tệp {} không phải là bản Word của kế hoạch {}.", self.name, self.plan);
            let hint = "Nhập tệp thành kế hoạch mới: bỏ --vao.";
            return Err(vec![Diagnostic::general(&code::NHAP_HONG, message).hint(hint)]);
        }
        let own = source.files().first().map(|(.., text)| (*text).to_owned()).unwrap_or_default();
        Ok((own, comparison.distance(), comparison.proposal()))
    }

    /// Keeps the edits after which the plan is nearer to the file by what each of them says; where some are not good
    /// together they are tried by halves.
    fn keep<'e>(&self, text: &str, kept: &mut Vec<&'e Edit>, edits: &'e [Edit], distance: &mut usize) {
        if edits.is_empty() {
            return;
        }
        let all: Vec<&Edit> = kept.iter().copied().chain(edits).collect();
        let after = self.distance(&edited(text, all.iter().copied()));
        let wanted = if edits.len() == 1 { 1 } else { edits.iter().map(worth).sum() };
        if after.is_some_and(|after| after + wanted <= *distance) {
            *kept = all;
            *distance = after.unwrap_or(*distance);
            return;
        }
        if edits.len() > 1 {
            let (first, second) = edits.split_at(edits.len() / 2);
            self.keep(text, kept, first, distance);
            self.keep(text, kept, second, distance);
        }
    }

    fn distance(&self, text: &str) -> Option<usize> {
        let plan = Plan::read(self.plan, text.as_bytes(), self.folder).ok()?.traced();
        let built = plan.build(None, self.folder, &[], Faces::embedded());
        let (source, ready) = (built.source?, built.ready?);
        Some(Comparison::new(&source, &ready.document, &ready.sheet, self.stream).distance())
    }
}

/// By how many words an edit brings the plan nearer, at least.
fn worth(edit: &Edit) -> usize {
    let count = |text: &str| text.split_whitespace().count();
    match edit.change.what {
        What::Added => count(&edit.change.new),
        What::Removed => count(&edit.change.old),
        What::Changed | What::Moved => 1,
    }
}
