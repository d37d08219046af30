//! Where a paragraph of rendered outline text stands in the plan.

use super::Expander;
use super::trace::{self, Bytes};
use crate::draft::Text;
use crate::markup::slot;
use crate::source::Span;
use std::collections::HashMap;

/// The places of a leaf of the plan that was rendered.
pub(super) struct Places<'s> {
    /// The byte of the source for each byte of the rendered text, where that is known: where no template changed it, or
    /// places were asked for.
    bytes: Option<Bytes>,
    /// Else the lines are found one by one.
    lines: Vec<RenderedLine>,
    source: &'s str,
    leaf: Span,
}

/// A line of the rendered text.
struct RenderedLine {
    start: usize,
    /// The line of the source that it was made from, without its blanks at both ends.
    typed: Option<Span>,
}

impl<'s> Places<'s> {
    pub(super) fn new(x: &Expander<'s>, text: &Text, rendered: &str) -> Self {
        let source = x.source.text.as_str();
        let bytes = match (rendered == text.value, x.places(text, rendered)) {
            (_, Some(bytes)) => Some(bytes),
            (true, None) => Some(trace::in_source(x.source, text, rendered, None)),
            (false, None) => None,
        };
        let lines = if bytes.is_some() { Vec::new() } else { match_lines(source, text.span, rendered) };
        Places { bytes, lines, source, leaf: text.span }
    }

    /// The byte of the source for each byte of the rendered text, where that is known.
    pub(super) fn bytes(&self) -> Option<&[u32]> {
        self.bytes.as_deref()
    }

    /// From the first byte of a stretch to the end of the letter typed last in it.
    fn stretch(&self, from: usize, to: usize) -> Option<Span> {
        let part = self.bytes.as_ref()?.get(from..to.max(from + 1))?;
        let (start, last) = (*part.first()? as usize, *part.iter().max()? as usize);
        let letter = self.source.get(last..).and_then(|rest| rest.chars().next());
        Some(Span::new(start, last + letter.map_or(0, char::len_utf8)))
    }

    /// The paragraph that starts at `at` and whose text, this one, starts at `text`.
    pub(super) fn of(&self, at: usize, text: usize, body: &str) -> Span {
        let end = text + body.len();
        if let Some(span) = self.stretch(at, end) {
            return span;
        }
        let line = |at: usize| {
            let index = self.lines.partition_point(|l| l.start <= at).checked_sub(1)?;
            self.lines.get(index)?.typed
        };
        if let (Some(first), Some(last)) = (line(at), line(end.saturating_sub(1).max(at)))
            && first.start <= last.end
        {
            return Span { start: first.start, end: last.end };
        }
        // Neither: look for the longest part that no value changed.
        let part = body.split(|c| slot::is_mark(c) || c == '\n').max_by_key(|p| p.len()).unwrap_or("").trim();
        let slice = self.source.get(self.leaf.range()).unwrap_or("");
        match slice.find(part) {
            Some(i) if part.len() > 3 => Span { start: self.leaf.start + i, end: self.leaf.start + i + part.len() },
            _ => self.leaf,
        }
    }

    /// The place of some bytes of the rendered text, where it is known.
    pub(super) fn exactly(&self, from: usize, to: usize) -> Option<Span> {
        self.stretch(from, to)
    }

    pub(super) fn point(&self, at: usize, fallback: Span) -> Span {
        self.stretch(at, at + 1).unwrap_or(fallback)
    }
}

/// Finds for each rendered line the source line that it was made from: a line with its tags taken out and a rendered line
/// with its values taken out are the same text. Lines follow each other, but for those of a loop, which come again.
fn match_lines(source: &str, leaf: Span, rendered: &str) -> Vec<RenderedLine> {
    let slice = source.get(leaf.range()).unwrap_or("");
    let mut typed: Vec<Span> = Vec::new();
    let mut by_text: HashMap<String, Vec<usize>> = HashMap::new();
    let mut start = leaf.start;
    for line in slice.split_inclusive('\n') {
        let from = start + (line.len() - line.trim_start().len());
        start += line.len();
        by_text.entry(without_tags(line.trim())).or_default().push(typed.len());
        typed.push(Span { start: from, end: from + line.trim().len() });
    }
    let mut next = 0;
    let mut out = Vec::new();
    let mut start = 0;
    for line in rendered.split_inclusive('\n') {
        let key = without_values(line.trim());
        let found = by_text.get(&key).filter(|_| !line.trim().is_empty()).and_then(|all| {
            let after = all.partition_point(|i| *i < next);
            all.get(after).or_else(|| all.get(after.checked_sub(1)?)).copied()
        });
        if let Some(found) = found {
            next = found + 1;
        }
        out.push(RenderedLine { start, typed: found.map(|i| typed[i]) });
        start += line.len();
    }
    out
}

/// Stands for a value: the first character of every mark.
const VALUE: char = '\u{E000}';

/// A source line with a sign for each value that it prints, and without other tags.
fn without_tags(line: &str) -> String {
    let mut out = String::new();
    let mut rest = line;
    while let Some(open) = rest.find("{{").into_iter().chain(rest.find("{%")).chain(rest.find("{#")).min() {
        let (close, sign) = match rest.as_bytes().get(open + 1) {
            Some(b'{') => ("}}", Some(VALUE)),
            Some(b'%') => ("%}", None),
            _ => ("#}", None),
        };
        let Some(end) = rest[open..].find(close) else { break };
        out.push_str(&rest[..open]);
        out.extend(sign);
        rest = &rest[open + end + 2..];
    }
    out.push_str(rest);
    out.trim().to_owned()
}

/// A rendered line with a sign for each value.
fn without_values(line: &str) -> String {
    let text: String = line.chars().filter(|c| *c == VALUE || !slot::is_mark(*c)).collect();
    text.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rendered_lines_find_the_lines_they_were_made_from() {
        let source = "noi_dung: |\n  1. Một {{ a }}.\n  {% for x in y %}\n  - Giao {{ x }}:\n  trước hạn.\n  {% endfor %}\n  Trước hạn.\n  trước hạn.\n";
        let leaf = Span::new(source.find("1.").unwrap(), source.len());
        let value = slot::mark(3);
        let rendered = format!(
            "1. Một {value}.\n\n- Giao {value}:\ntrước hạn.\n\n- Giao {value}:\ntrước hạn.\n\nTrước hạn.\ntrước hạn.\n"
        );
        let found = match_lines(source, leaf, &rendered);
        let line = |span: Span| source[..span.start].matches('\n').count() + 1;
        let lines: Vec<_> = found.iter().filter_map(|l| l.typed.map(line)).collect();
        assert_eq!(lines, [2, 4, 5, 4, 5, 7, 8]);
    }
}
