//! The value of a key or of a member of a list.

use super::blocks::{self, Slip, find_key};
use super::faults;
use super::signs::{dash_like, is_dash};
use super::{Level, Mender, Want};
use crate::draft::keys::{BLOCK_KINDS, BLOCK_OPTIONS, Keys};
use crate::source::Span;

/// Whether a line ends in the header of a block scalar.
pub(super) fn opens_block(body: &str) -> bool {
    let Some(at) = body.rfind(['|', '>']) else { return false };
    let before = body[..at].trim_end();
    (before.ends_with(':') || before.ends_with('-') || before.is_empty()) && is_header(&body[at..])
}

/// `|`, `|-`, `>2+` and the like, perhaps with a comment.
fn is_header(value: &str) -> bool {
    let Some(rest) = value.strip_prefix(['|', '>']) else { return false };
    let choices = rest.split(" #").next().unwrap_or("").trim_end();
    choices.len() <= 2 && choices.chars().all(|c| matches!(c, '+' | '-' | '1'..='9'))
}

/// A value without the comment behind it.
fn without_comment(value: &str) -> &str {
    let cut = value.find(" #").into_iter().chain(value.find("\t#")).min().unwrap_or(value.len());
    value[..cut].trim_end()
}

/// Whether YAML would take a plain value for something else than the text that it is.
pub(super) fn is_trouble(value: &str) -> bool {
    let mut letters = value.chars();
    let (Some(first), second) = (letters.next(), letters.next()) else { return false };
    let lone = second.is_none_or(char::is_whitespace);
    let sign = match first {
        '@' | '`' | '%' | '&' | '*' | '|' | '>' | '{' | '}' | '[' | ']' | ',' | '"' | '\'' | '#' => true,
        '!' => second != Some('!'),
        '-' | '?' | ':' => lone,
        _ => false,
    };
    sign || value.contains(": ") || value.contains(":\t") || value.ends_with(':')
}

impl Mender<'_> {
    /// The first line behind `line` that is not indented deeper than `indent`.
    pub(super) fn run_end(&self, line: usize, indent: usize) -> usize {
        (line + 1..self.lines.len())
            .find(|i| !self.lines[*i].blank() && self.lines[*i].indent <= indent)
            .unwrap_or(self.lines.len())
    }

    /// The last byte of the lines before `to`.
    pub(super) fn end_before(&self, line: usize, to: usize) -> usize {
        (line..to).rev().find(|i| !self.lines[*i].blank()).map_or(self.lines[line].end, |i| self.lines[i].end)
    }

    /// A value that begins at `at` behind a key or dash whose line stands at `indent`. Gives the first line behind it.
    pub(super) fn value(&mut self, line: usize, at: usize, indent: usize, want: Want, key: &str) -> usize {
        let end = self.lines[line].end;
        let value = self.text.get(at..end).unwrap_or("");
        let hash = value.strip_prefix('#').is_some_and(|rest| rest.starts_with(char::is_alphanumeric));
        if value.is_empty() || (value.starts_with('#') && !hash) {
            return self.below(line, indent, want, key);
        }
        if hash {
            // `- #Các tổ` has nothing else to be its text; `khóa: #ghi chú` above a group is a comment.
            let next = self.next_line(line + 1);
            let nested = next < self.lines.len() && self.lines[next].indent > indent;
            return if nested { self.below(line, indent, want, key) } else { self.plain(line, at, indent, want, key) };
        }
        if let Some(rest) = value.strip_prefix(['&', '*']) {
            let length = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(rest.len());
            let behind = &rest[length..];
            if self.anchors.contains(&rest[..length]) && (behind.is_empty() || behind.starts_with(' ')) {
                let skipped = 1 + length + (behind.len() - behind.trim_start().len());
                return self.value(line, (at + skipped).min(end), indent, want, key);
            }
        }
        // A type of YAML's own is told by the reader; what stands behind it is walked all the same.
        if value.starts_with("!!") {
            let length = value.find(' ').unwrap_or(value.len());
            let skipped = value.len() - value[length..].trim_start().len();
            return self.value(line, (at + skipped).min(end), indent, want, key);
        }
        if is_header(value) {
            return self.literal(line, at, indent, key);
        }
        if value.starts_with(['"', '\'']) {
            return self.in_quotes(line, at, indent, want, key);
        }
        let template = value.starts_with("{{") || value.starts_with("{%");
        if value.starts_with(['[', '{']) && !template && !matches!(want, Want::Text) {
            return self.flow_value(line, at, indent, want, key);
        }
        if is_dash(value) && want.takes_list() && !matches!(want, Want::BodyItem | Want::Any | Want::Cell) {
            self.found.push(faults::list_on_key_line(Span::new(at, at + 1), key, value));
            let to = self.run_end(line, indent);
            self.spoil(Span::new(at, self.end_before(line, to)));
            return to;
        }
        self.plain(line, at, indent, want, key)
    }

    /// A value without quotes, perhaps over several lines.
    pub(super) fn plain(&mut self, line: usize, at: usize, indent: usize, want: Want, key: &str) -> usize {
        let first = without_comment(self.text.get(at..self.lines[line].end).unwrap_or(""));
        let comment = at + first.len() < self.lines[line].end;
        let to = self.run_end(line, indent);
        let mut more: Vec<usize> =
            (line + 1..to).filter(|i| !self.lines[*i].blank() && !self.body(*i).starts_with('#')).collect();
        // A key or a member of a list that is indented too deep would join the value without a word.
        if let Some(bad) = more.iter().position(|i| self.misplaced(*i)) {
            let from = more[bad];
            let option =
                find_key(self.body(from), &[&BLOCK_OPTIONS]).is_some_and(|k| BLOCK_OPTIONS.get(k.name).is_some());
            if matches!(want, Want::BodyItem) && option {
                self.found.push(faults::no_kind(Span::new(at, at + first.len()), first));
                self.spoil(Span::new(at, self.end_before(line, to)));
                return to;
            }
            let column = self.column_for(from, indent);
            let span = Span::new(self.lines[from].at, self.lines[from].end);
            let body = self.body(from).to_owned();
            self.found.push(faults::too_deep(span, column, &body));
            let spoilt = Span::new(self.lines[from].at, self.end_before(from, to));
            self.spoil(spoilt);
            self.clear(spoilt);
            more.truncate(bad);
            self.text_value(at, first, &more, comment, want);
            return to;
        }
        let group = matches!(want, Want::Map(_) | Want::MapOrMaps(_)) && !more.is_empty();
        let lines = matches!(want, Want::Body) && !more.is_empty();
        let list = matches!(want, Want::TextList);
        if group || list || lines {
            let span = Span::new(at, at + first.len());
            self.found.push(if group {
                faults::text_for_group(span, key)
            } else if list {
                faults::text_for_list(span, key, first)
            } else {
                faults::no_bar(span, key, false)
            });
            self.spoil(Span::new(at, self.end_before(line, to)));
            return to;
        }
        self.text_value(at, first, &more, comment, want);
        to
    }

    /// A text with the lines that continue it; `comment` where one stands behind its first line.
    fn text_value(&mut self, at: usize, first: &str, more: &[usize], comment: bool, want: Want) {
        let end = more.last().map_or(at + first.len(), |i| self.lines[*i].end);
        let mut text = first.to_owned();
        let mut trouble = is_trouble(first);
        for i in more {
            let body = without_comment(self.body(*i));
            trouble |= is_trouble(body) || comment;
            text.push(' ');
            text.push_str(body);
        }
        if let Some(inside) = text.strip_prefix('“').and_then(|t| t.strip_suffix('”')).filter(|t| !t.contains('“'))
        {
            let is_error = is_trouble(inside) || inside.starts_with("{{");
            self.found.push(faults::curly(Span::new(at, end), inside, is_error));
            if is_error {
                self.spoil(Span::new(at, end));
                return;
            }
        }
        if trouble && want.takes_text() {
            self.keep(Span::new(at, end), text);
        }
    }

    /// Whether a line behind a value is a key or a member of a list of an open level, at the wrong column.
    pub(super) fn misplaced(&self, line: usize) -> bool {
        let body = self.body(line);
        if is_dash(body) {
            return true;
        }
        self.levels.iter().any(|(_, level)| match level {
            Level::Map(keys) => find_key(body, keys)
                .is_some_and(|k| k.slip == Slip::None && keys.iter().any(|keys| keys.get(k.name).is_some())),
            Level::List => false,
        })
    }

    /// The column at which such a line would fit.
    pub(super) fn column_for(&self, line: usize, indent: usize) -> usize {
        let body = self.body(line);
        let dash = is_dash(body);
        let fitting = self.levels.iter().rev().filter(|(_, level)| match level {
            Level::List => dash,
            Level::Map(keys) => {
                !dash && find_key(body, keys).is_some_and(|k| keys.iter().any(|keys| keys.get(k.name).is_some()))
            }
        });
        let here = self.lines[line].indent;
        fitting.map(|(column, _)| *column).min_by_key(|column| column.abs_diff(here)).unwrap_or(indent)
    }

    /// A block scalar: text under a bar.
    fn literal(&mut self, line: usize, at: usize, indent: usize, key: &str) -> usize {
        let to = self.run_end(line, indent);
        let header = self.text.get(at..self.lines[line].end).unwrap_or("");
        if header.contains(|c: char| c.is_ascii_digit()) {
            return to;
        }
        let mut content = (line + 1..to).filter(|i| !self.lines[*i].blank());
        let Some(base) = content.next().map(|i| self.lines[i].indent) else { return to };
        if let Some(shallow) = content.find(|i| self.lines[*i].indent < base) {
            let span = Span::new(self.lines[shallow].at, self.lines[shallow].end);
            let body = self.body(shallow).to_owned();
            self.found.push(faults::shallower(span, key, base, &body));
            self.spoil(Span::new(at, self.end_before(line, to)));
        }
        to
    }

    /// A value that begins with a quote.
    fn in_quotes(&mut self, line: usize, at: usize, indent: usize, want: Want, key: &str) -> usize {
        let quote = self.text.as_bytes().get(at).copied().unwrap_or(b'"');
        let limit = self.lines.get(self.next_outer(line, indent)).map_or(self.text.len(), |l| l.start);
        let value = self.text.get(at..self.lines[line].end).unwrap_or("");
        match closing(self.text, at, limit, quote) {
            Some(close) => {
                let last = self.lines.partition_point(|l| l.start <= close).saturating_sub(1);
                let rest = self.text.get(close + 1..self.lines[last].end).unwrap_or("").trim();
                if rest.is_empty() || rest.starts_with('#') || rest.starts_with(':') {
                    return last + 1;
                }
                if last == line && want.takes_text() {
                    return self.plain(line, at, indent, want, key);
                }
                self.found.push(faults::open_quote(Span::new(at, at + 1), value));
                self.spoil(Span::new(at, self.lines[last].end));
                last + 1
            }
            None => {
                self.found.push(faults::open_quote(Span::new(at, at + 1), value));
                let to = self.run_end(line, indent);
                self.spoil(Span::new(at, self.end_before(line, to)));
                to
            }
        }
    }

    /// The first line behind `line` that continues a level that is open, at `indent` or further out.
    pub(super) fn next_outer(&self, line: usize, indent: usize) -> usize {
        (line + 1..self.lines.len())
            .find(|i| !self.lines[*i].blank() && self.lines[*i].indent <= indent && self.fits(*i))
            .unwrap_or(self.lines.len())
    }

    /// What stands below a key or dash with nothing behind it.
    fn below(&mut self, line: usize, indent: usize, want: Want, key: &str) -> usize {
        let next = self.next_line(line + 1);
        let Some(found) = self.lines.get(next).copied() else { return next };
        let body = self.body(next);
        let at_dash = found.indent == indent && is_dash(body) && self.in_mapping();
        if found.indent > indent || at_dash {
            return self.nested(next, found.indent, want, Some((key, indent)));
        }
        if let Want::Map(group) | Want::MapOrMaps(group) = want
            && found.indent == indent
            && let Some(inner) = find_key(body, &[group])
            && group.get(inner.name).is_some()
            && !self.knows(indent, inner.name)
        {
            let lost = |m: &Self, i: usize| {
                m.lines[i].indent == indent
                    && find_key(m.body(i), &[group])
                        .is_some_and(|k| group.get(k.name).is_some() && !m.knows(indent, k.name))
            };
            let to = (next..self.lines.len())
                .find(|i| !self.lines[*i].blank() && self.lines[*i].indent <= indent && !lost(self, *i))
                .unwrap_or(self.lines.len());
            let span = Span::new(found.at, found.at + inner.name.len());
            self.found.push(faults::lost_group(span, inner.name, key, indent + 2, body));
            self.spoil_lines(next, to, indent);
            return to;
        }
        next
    }

    fn in_mapping(&self) -> bool {
        matches!(self.levels.last(), Some((_, Level::Map(_))))
    }

    /// Whether the mapping at an indent has a key.
    fn knows(&self, indent: usize, name: &str) -> bool {
        self.levels.iter().any(|(at, level)| {
            *at == indent && matches!(level, Level::Map(keys) if keys.iter().any(|k| k.get(name).is_some()))
        })
    }

    /// Lines below a key, the first of which is `line`.
    pub(super) fn nested(&mut self, line: usize, indent: usize, want: Want, owner: Option<(&str, usize)>) -> usize {
        let body = self.body(line);
        let (key, outer) = owner.map_or(("tệp này", None), |(key, outer)| (key, Some(outer)));
        let at = self.lines[line].at;
        if is_dash(body) || (dash_like(body) && want.takes_list() && !matches!(want, Want::Any)) {
            return self.list(line, indent, want.item(), key);
        }
        let outer_or = outer.unwrap_or(indent);
        let quoted_key = find_key(body, &[]).is_some() && body.starts_with('"');
        if body.starts_with(['"', '\'']) && !quoted_key && outer.is_some() {
            return self.in_quotes(line, at, outer_or, want, key);
        }
        if body.starts_with(['[', '{']) && !body.starts_with("{{") && !body.starts_with("{%") {
            return self.flow_value(line, at, outer_or, want, key);
        }
        let keys: &[&'static Keys] = match want {
            Want::Map(keys) | Want::MapOrMaps(keys) | Want::Maps(keys) => &[keys],
            Want::Body | Want::BodyItem => &[&BLOCK_KINDS, &BLOCK_OPTIONS],
            Want::Any => &[],
            _ => return self.text_lines(line, indent, want, key, outer),
        };
        let is_block = match want {
            Want::Body | Want::BodyItem => {
                find_key(body, keys).is_some_and(|k| keys.iter().any(|keys| keys.get(k.name).is_some()))
            }
            _ => blocks::is_key(body, keys),
        };
        if is_block {
            return self.mapping(line, indent, keys);
        }
        self.text_lines(line, indent, want, key, outer)
    }

    /// Lines of text below a key with no bar.
    fn text_lines(&mut self, line: usize, indent: usize, want: Want, key: &str, outer: Option<usize>) -> usize {
        let Some(outer) = outer else { return self.lines.len() };
        let to = self.run_end(line, outer);
        let at = self.lines[line].at;
        let several = (line + 1..to).any(|i| !self.lines[i].blank() && self.lines[i].indent <= indent);
        let body = self.body(line);
        let span = Span::new(at, self.lines[line].end);
        let problem = match want {
            Want::Body | Want::Texts if several => Some(faults::no_bar(
                Span::new(self.key_line(line, outer), self.key_line(line, outer) + key.len()),
                key,
                matches!(want, Want::Texts),
            )),
            Want::Map(_) | Want::MapOrMaps(_) => Some(faults::text_for_group(span, key)),
            Want::TextList => Some(faults::text_for_list(span, key, body)),
            _ => None,
        };
        match problem {
            Some(problem) => {
                self.found.push(problem);
                self.spoil(Span::new(at, self.end_before(line, to)));
                to
            }
            None => self.plain(line, at, outer, want, key),
        }
    }

    /// Where the key above a line stands.
    fn key_line(&self, line: usize, outer: usize) -> usize {
        (0..line)
            .rev()
            .find(|i| !self.lines[*i].blank() && self.lines[*i].indent <= outer)
            .map_or(self.lines[line].at, |i| self.lines[i].at)
    }
}

/// The quote that closes the one at `at`, before `limit`.
fn closing(text: &str, at: usize, limit: usize, quote: u8) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut i = at + 1;
    while i < limit.min(bytes.len()) {
        match bytes[i] {
            b'\\' if quote == b'"' => i += 1,
            b if b == quote => {
                if quote == b'\'' && bytes.get(i + 1) == Some(&b'\'') {
                    i += 1;
                } else {
                    return Some(i);
                }
            }
            _ => {}
        }
        i += 1;
    }
    None
}
