//! Corrections put into the text of a plan; its comments and layout stay.

use crate::diagnostic::Diagnostic;
use crate::source::Span;

/// The edits of some findings that do not touch one another, from the front. Of two that do, the first stands.
pub fn edits<'d>(found: impl IntoIterator<Item = &'d Diagnostic>, unsafe_too: bool) -> Vec<(Span, String)> {
    let mut all: Vec<&Vec<(Span, String)>> =
        found.into_iter().filter_map(|d| d.fix.as_ref()).filter(|f| f.safe || unsafe_too).map(|f| &f.edits).collect();
    all.sort_by_key(|edits| edits.first().map(|(span, _)| (span.start, span.end)));
    let mut out: Vec<(Span, String)> = Vec::new();
    for edits in all {
        let free = |span: &Span| out.iter().all(|(other, _)| span.end < other.start || span.start > other.end);
        if edits.iter().all(|(span, _)| free(span)) {
            out.extend(edits.iter().cloned());
        }
    }
    out.sort_by_key(|(span, _)| span.start);
    out
}

/// A text with its edits made.
pub fn apply(text: &str, edits: &[(Span, String)]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (span, right) in edits {
        out.push_str(text.get(at..span.start).unwrap_or_default());
        out.push_str(right);
        at = span.end.max(at);
    }
    out.push_str(text.get(at..).unwrap_or_default());
    out
}
