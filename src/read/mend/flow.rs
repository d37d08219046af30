//! Values in brackets: `[một, hai]`, `{ ten: Sở Nội vụ }`.

use super::faults;
use super::values::is_trouble;
use super::{Mender, Want};
use crate::draft::keys::{HANG, Keys, O_BANG};
use crate::source::Span;

/// Deepest nesting of brackets that is followed.
const MAX_DEPTH: usize = 40;

impl Mender<'_> {
    /// A value that begins with a bracket. Gives the first line behind it.
    pub(super) fn flow_value(&mut self, line: usize, at: usize, indent: usize, want: Want, key: &str) -> usize {
        let limit = self.lines.get(self.next_outer(line, indent)).map_or(self.text.len(), |l| l.start);
        let mut tokens = Vec::new();
        let close = walk(self.text, at, limit, want, 0, &mut tokens);
        match close {
            Ok(close) => {
                let last = self.lines.partition_point(|l| l.start <= close).saturating_sub(1);
                let rest = self.text.get(close + 1..self.lines[last].end).unwrap_or("").trim();
                if !(rest.is_empty() || rest.starts_with('#')) && last == line {
                    // `[x] Đồng ý` is a text.
                    return self.plain(line, at, indent, want, key);
                }
                for (span, text) in tokens {
                    self.keep(span, text);
                }
                last + 1
            }
            // Deeper than YAML's own limit.
            Err(usize::MAX) => self.next_outer(line, indent),
            Err(open) => {
                let end = self.lines[line].end;
                if matches!(want, Want::Texts | Want::BodyItem | Want::Body | Want::Cell) && open == at {
                    let whole = self.text.get(at..end).unwrap_or("");
                    // A lone bracket that begins a sentence.
                    if !whole.contains(',') && !whole.contains(['"', ':']) {
                        return self.plain(line, at, indent, want, key);
                    }
                }
                let sign = self.text.as_bytes().get(open).copied().unwrap_or(b'[');
                let (open_sign, close_sign) = if sign == b'{' { ('{', '}') } else { ('[', ']') };
                let in_line = self.lines.partition_point(|l| l.start <= open).saturating_sub(1);
                let shown = self.body(in_line).trim_end_matches(',').to_owned();
                self.found.push(faults::open_bracket(Span::new(open, open + 1), open_sign, close_sign, &shown));
                let to = self.next_outer(line, indent);
                let end = self.lines.get(to.wrapping_sub(1)).map_or(self.text.len(), |l| l.end);
                self.spoil(Span::new(at, end.max(at)));
                to
            }
        }
    }
}

/// Walks from the bracket at `at` to the one that closes it, and notes the values that YAML would not take for the text
/// that they are. `Err` is the bracket that nothing closes, or `usize::MAX` where they are nested too deep.
fn walk(
    text: &str,
    at: usize,
    limit: usize,
    want: Want,
    depth: usize,
    tokens: &mut Vec<(Span, String)>,
) -> Result<usize, usize> {
    let bytes = text.as_bytes();
    let map = bytes.get(at) == Some(&b'{');
    let close = if map { b'}' } else { b']' };
    let keys: &[&'static Keys] = match want {
        Want::Map(keys) | Want::MapOrMaps(keys) | Want::Maps(keys) => &[keys],
        Want::Row => &[&HANG],
        Want::Cell => &[&O_BANG],
        _ => &[],
    };
    let mut i = at + 1;
    let mut value_want = if map { Want::Any } else { want.item() };
    let mut in_value = !map;
    if depth > MAX_DEPTH {
        return Err(usize::MAX);
    }
    while i < limit.min(bytes.len()) {
        match bytes[i] {
            b' ' | b'\n' | b'\t' => i += 1,
            b',' => {
                in_value = !map;
                i += 1;
            }
            b if b == close => return Ok(i),
            b']' | b'}' => return Err(at),
            b'#' if i > 0 && matches!(bytes[i - 1], b' ' | b'\n') && in_value => {
                i = text[i..].find('\n').map_or(limit, |n| i + n);
            }
            _ if !in_value => {
                // A key of a mapping.
                let rest = &text[i..limit];
                let colon = rest.find([':', ',', '}', '\n']).unwrap_or(rest.len());
                if !rest[colon..].starts_with(':') {
                    i += colon.max(1);
                    continue;
                }
                let name = rest[..colon].trim().trim_matches('"');
                value_want = Want::key(keys, name);
                in_value = true;
                i += colon + 1;
            }
            b'[' | b'{' if !(text[i..].starts_with("{{") || text[i..].starts_with("{%")) => {
                i = walk(text, i, limit, value_want, depth + 1, tokens)? + 1;
            }
            _ => {
                let end = token_end(text, i, limit);
                let token = text[i..end].trim_end();
                if is_text(token, map, value_want) {
                    let text = token.split_whitespace().collect::<Vec<_>>().join(" ");
                    tokens.push((Span::new(i, i + token.len()), text));
                }
                i = end.max(i + 1);
            }
        }
    }
    Err(at)
}

/// Whether a value inside brackets is a text that YAML would not take for it.
fn is_text(token: &str, map: bool, want: Want) -> bool {
    let quoted = token.starts_with(['"', '\'']) && closes(token);
    let pair = !map
        && match want {
            Want::Any => true,
            Want::Map(keys) | Want::MapOrMaps(keys) => keys.get(token.split(':').next().unwrap_or("").trim()).is_some(),
            _ => false,
        };
    let plain_pair = pair && !token.starts_with("{{") && token.contains(": ");
    let trouble = is_trouble(token) || token.contains(['{', '}', '[', ']']);
    let alias = token.starts_with(['*', '&']) && token[1..].bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    trouble && !(quoted || plain_pair || (alias && matches!(want, Want::Any)))
}

/// Where a value inside brackets ends: at a comma or bracket outside quotes and template tags.
fn token_end(text: &str, at: usize, limit: usize) -> usize {
    let bytes = text.as_bytes();
    let mut i = at;
    if let Some(quote @ (b'"' | b'\'')) = bytes.get(at).copied() {
        i += 1;
        while i < limit.min(bytes.len()) && bytes[i] != quote {
            i += if bytes[i] == b'\\' && quote == b'"' { 2 } else { 1 };
        }
        i += 1;
        while i < text.len() && !text.is_char_boundary(i) {
            i += 1;
        }
    }
    let mut inner = 0usize;
    while i < limit.min(bytes.len()) {
        let rest = text.get(i..limit.min(text.len())).unwrap_or("");
        let tag = [("{{", "}}"), ("{%", "%}")].into_iter().find(|(open, _)| rest.starts_with(open));
        if let Some(length) = tag.and_then(|(_, close)| rest.find(close)) {
            i += length + 2;
            continue;
        }
        // Brackets that open inside a text close inside it: `hồ sơ^[chú thích]`.
        match rest.chars().next() {
            None => break,
            Some(',' | ']' | '}') if inner == 0 => break,
            Some(c) => {
                match c {
                    '[' => inner += 1,
                    ']' => inner = inner.saturating_sub(1),
                    _ => {}
                }
                i += c.len_utf8();
            }
        }
    }
    i.min(limit).min(text.len())
}

/// Whether a quoted token ends with its quote and has none of its kind in between.
fn closes(token: &str) -> bool {
    let quote = token.chars().next().unwrap_or('"');
    if token.len() < 2 || !token.ends_with(quote) {
        return false;
    }
    let inside = &token[1..token.len() - 1];
    let plain = if quote == '"' { inside.replace("\\\\", "").replace("\\\"", "") } else { inside.replace("''", "") };
    !plain.contains(quote)
}
