//! What a rule has to say, each with its place and, where the letters stand in the plan as on paper, a correction.

use super::subject::Subject;
use super::text::Text;
use crate::diagnostic::{Code, Diagnostic, Fix, Severity};
use crate::source::Span;
use std::ops::Range;

/// What the corrections of a rule may be trusted with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FixKind {
    /// There are none.
    None,
    /// Right wherever the rule speaks; no number, date, name or legal basis changes.
    Safe,
    /// Right as a rule: a person looks at them.
    Unsafe,
}

/// The findings of one rule.
pub struct Findings<'s> {
    /// What is checked.
    pub subject: &'s Subject<'s>,
    code: &'static Code,
    fix: FixKind,
    level: Severity,
    /// What was found.
    pub all: Vec<Diagnostic>,
}

impl<'s> Findings<'s> {
    /// Nothing yet.
    pub fn new(subject: &'s Subject<'s>, (code, fix): (&'static Code, FixKind), level: Severity) -> Self {
        Findings { subject, code, fix, level, all: Vec::new() }
    }

    /// Says something of a place of the plan.
    pub fn at(&mut self, span: Span, message: impl Into<String>, hint: impl Into<String>) {
        let severity = self.level;
        let said = Diagnostic { severity, ..Diagnostic::warning(self.code, span, message) };
        self.all.push(said.hint(hint));
    }

    /// Says something of some letters of a text.
    pub fn tell(&mut self, text: &Text<'_>, range: Range<usize>, message: impl Into<String>, hint: impl Into<String>) {
        self.at(text.place_of(&range), message, hint);
    }

    /// Says that some letters of a text should be others.
    pub fn replace(&mut self, text: &Text<'_>, range: Range<usize>, right: &str, message: impl Into<String>) {
        let hint = match right.trim() {
            "" => "Bỏ chỗ này.".to_owned(),
            shown => format!("Sửa thành “{shown}”."),
        };
        self.replace_with_hint(text, range, right, message, hint);
    }

    /// As [`Findings::replace`], with words of its own on what to do.
    pub fn replace_with_hint(
        &mut self,
        text: &Text<'_>,
        range: Range<usize>,
        right: &str,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) {
        self.tell(text, range.clone(), message, hint);
        // Whatever the rule: a legal basis, a person and a place are nobody's to change unseen.
        let safe = self.fix == FixKind::Safe && !text.is_protected();
        let fix = self.edit(text, range, right).map(|edit| Box::new(Fix { edits: vec![edit], safe }));
        if let Some(last) = self.all.last_mut().filter(|_| self.fix != FixKind::None) {
            last.fix = fix;
        }
    }

    /// The edit of the plan that puts other letters in the place of some of a text; none where the plan has them otherwise
    /// than the paper: from a variable, or with marks of emphasis between.
    fn edit(&self, text: &Text<'_>, range: Range<usize>, right: &str) -> Option<(Span, String)> {
        let span = text.typed(&range)?;
        let there = self.subject.source.text.get(span.range())?;
        let same = there.split_whitespace().eq(text.plain.get(range)?.split_whitespace());
        // A line that goes on below keeps its line break; a quote may be one of two in a quoted text.
        let plain = |t: &str| !t.contains(['\n', '\'', '"', '\\']);
        let quoted = there != "\"" || self.subject.source.text.get(..span.start).is_some_and(|b| !is_quoted(b));
        (same && (plain(there) || there == "\"" && quoted) && !right.contains(['\'', '"', '\\']))
            .then(|| (span, right.to_owned()))
    }
}

/// Whether a text under `"` is open at the end of these lines: a key or a dash stands before the mark.
fn is_quoted(before: &str) -> bool {
    let line = before.rsplit('\n').next().unwrap_or_default();
    line.trim_start_matches(['-', ' ']).starts_with('"') || line.contains(": \"") || line.contains("[\"")
}
