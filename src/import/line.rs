//! What a line of a text is by itself: its words without marks, whether it begins a part.

use crate::markup::marker;

/// Without marks of emphasis at its ends.
pub(super) fn bare(line: &str) -> &str {
    line.trim_matches(|c: char| c.is_whitespace() || c == '*' || c == '_')
}

pub(super) fn is_bold_whole(line: &str) -> bool {
    let inner = line.strip_prefix("**").and_then(|l| l.strip_suffix("**"));
    inner.is_some_and(|inner| !inner.contains("**") && !inner.trim().is_empty())
}

/// Whether a line begins a paragraph by a marker, a label or a sign.
pub(super) fn begins_line(line: &str) -> bool {
    let number = line.split(['.', ')']).next().and_then(|n| n.parse::<usize>().ok()).is_some_and(|n| n > 99);
    marker::find(line).is_some() && !number
        || is_label(line)
        || line.starts_with(['-', '–', '+', '•', '|', '#', '“', '"'])
}

/// Whether a line begins a part of its own.
pub(super) fn is_label(line: &str) -> bool {
    let folded = line.to_uppercase();
    ["NƠI NHẬN", "KÍNH GỬI", "CĂN CỨ", "V/V", "SỐ:"].iter().any(|w| folded.starts_with(w))
}

/// Letters from which on a line may be a piece of a sentence where lines are broken anywhere.
pub(super) const SHORT_SENTENCE: usize = 12;

/// Letters from which on a line that does not end like a sentence is no title.
pub(super) const SENTENCE: usize = 45;
