//! Mappings and lists, line by line.

use super::faults;
use super::signs::{dash_like, is_dash};
use super::{Level, Mender, Want};
use crate::diagnostic::nearest;
use crate::draft::keys::{BLOCK_KINDS, BLOCK_OPTIONS, HANG, Keys, O_BANG};
use crate::source::Span;

/// Deepest nesting that is followed; YAML's own limit is lower.
const MAX_LEVELS: usize = 60;

/// A key at the start of a line.
pub(super) struct KeyAt<'t> {
    pub(super) name: &'t str,
    /// What is wrong between key and value.
    pub(super) slip: Slip,
    /// Where the value begins, in bytes of the line.
    pub(super) value: usize,
}

/// What may be wrong between a key and its value.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Slip {
    None,
    /// No blank behind the colon.
    Tight,
    /// A no-break space behind the colon.
    NoBreak,
    /// A colon of East Asian scripts.
    Wide,
    /// No colon at all.
    Missing,
}

fn known(keys: &[&'static Keys], name: &str) -> bool {
    keys.iter().any(|k| k.get(name).is_some())
}

fn near(keys: &[&'static Keys], name: &str) -> Option<&'static str> {
    if name.chars().count() > 20 {
        return None;
    }
    nearest(name, keys.iter().flat_map(|k| k.keys).map(|k| k.name))
}

fn is_word(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'.')
}

/// The key at the start of a line of a mapping with these keys (any keys where there are none).
pub(super) fn find_key<'t>(body: &'t str, keys: &[&'static Keys]) -> Option<KeyAt<'t>> {
    if let Some(rest) = body.strip_prefix('"') {
        let (name, after) = rest.split_once('"')?;
        let blank = after.strip_prefix(':')?;
        return (blank.is_empty() || blank.starts_with([' ', '\t'])).then_some(KeyAt {
            name,
            slip: Slip::None,
            value: body.len() - blank.trim_start().len(),
        });
    }
    if let Some(colon) = body.find([':', '：']) {
        let name = body[..colon].trim_end_matches([' ', '\u{A0}']);
        let after = &body[colon..];
        let wide = after.starts_with('：');
        let rest = &after[if wide { '：'.len_utf8() } else { 1 }..];
        let value = body.len() - rest.trim_start_matches([' ', '\t', '\u{A0}', '\u{202F}']).len();
        let found = |slip| Some(KeyAt { name, slip, value });
        let meant = || known(keys, name) || near(keys, name).is_some();
        if wide {
            return if meant() { found(Slip::Wide) } else { None };
        }
        if rest.is_empty() || rest.starts_with([' ', '\t']) {
            let any = keys.is_empty() && !name.is_empty();
            let blank_behind = rest.trim_start_matches([' ', '\t']);
            if blank_behind.starts_with(['\u{A0}', '\u{202F}']) && meant() {
                return found(Slip::NoBreak);
            }
            if any || is_word(name) || meant() {
                return found(Slip::None);
            }
        } else if rest.starts_with(['\u{A0}', '\u{202F}']) {
            if meant() {
                return found(Slip::NoBreak);
            }
        } else if known(keys, name) {
            return found(Slip::Tight);
        }
    }
    let end = body.find([' ', '\u{A0}']).unwrap_or(body.len());
    let name = &body[..end];
    let long = name.contains('_') || name.len() >= 4;
    let value = body.len() - body[end..].trim_start_matches([' ', '\u{A0}']).len();
    (long && known(keys, name)).then_some(KeyAt { name, slip: Slip::Missing, value })
}

/// Whether a line of a mapping with these keys is a key.
pub(super) fn is_key(body: &str, keys: &[&'static Keys]) -> bool {
    find_key(body, keys).is_some()
}

/// The key or member that was read last, to which a line that fits nowhere belongs.
struct Last {
    name: String,
    line: usize,
    /// Where its value begins, on its own line.
    value: Option<usize>,
}

impl Mender<'_> {
    /// A mapping whose lines stand at `indent`, from the line `i` on. Gives the first line behind it.
    pub(super) fn mapping(&mut self, mut i: usize, indent: usize, keys: &[&'static Keys]) -> usize {
        if self.levels.len() > MAX_LEVELS {
            return self.lines.len();
        }
        self.levels.push((indent, Level::Map(keys.to_vec())));
        let mut last: Option<Last> = None;
        loop {
            i = self.next_line(i);
            if i >= self.lines.len() {
                break;
            }
            let line = self.lines[i];
            let body = self.body(i);
            let Some(key) = find_key(body, keys).filter(|_| line.indent == indent) else {
                if self.fits(i) {
                    break;
                }
                match self.lost(i, indent, last.as_ref()) {
                    Some(next) => i = next,
                    None => break,
                }
                continue;
            };
            let want = Want::key(keys, key.name);
            let at = line.at + key.value;
            if key.slip == Slip::None {
                // YAML 1.2 takes a tab for a blank here; the parser at hand does not.
                let behind = line.at + key.name.len();
                if self.text.get(behind..at).is_some_and(|t| t.contains('\t')) {
                    let blank = Span::new(behind + 1, at);
                    self.clear(blank);
                }
                let value = (at < line.end && !self.text[at..line.end].starts_with('#')).then_some(at);
                last = Some(Last { name: key.name.to_owned(), line: i, value });
                i = self.value(i, at, indent, want, key.name);
            } else {
                i = self.slipped(i, &key, keys);
                last = Some(Last { name: key.name.to_owned(), line: i.saturating_sub(1), value: Some(line.at) });
            }
        }
        self.levels.pop();
        i
    }

    /// A key without a proper colon: told, and what stands behind it is masked.
    fn slipped(&mut self, i: usize, key: &KeyAt<'_>, keys: &[&'static Keys]) -> usize {
        let line = self.lines[i];
        let value = self.text.get(line.at + key.value..line.end).unwrap_or("").to_owned();
        let name = near(keys, key.name).filter(|_| !known(keys, key.name)).unwrap_or(key.name);
        let span = Span::new(line.at, line.at + key.name.len());
        self.found.push(match key.slip {
            Slip::NoBreak => faults::no_blank_after_colon(
                span,
                "dấu hai chấm là một dấu cách không ngắt, thường do chép từ Word; YAML cần dấu cách thường",
                name,
                &value,
            ),
            Slip::Wide => {
                faults::no_blank_after_colon(span, "là dấu hai chấm của bộ gõ chữ Hán, YAML không hiểu", name, &value)
            }
            Slip::Missing => faults::no_colon(span, name, &value),
            Slip::Tight | Slip::None => {
                faults::no_blank_after_colon(span, "dấu hai chấm chưa có dấu cách", name, &value)
            }
        });
        let end = self.run_end(i, line.indent);
        let to = self.lines.get(end.wrapping_sub(1)).map_or(line.end, |l| l.end).max(line.end);
        self.meant.insert(name.to_owned());
        // `key: xxxx` where there is room for it, else a comment.
        let colon = line.at + key.name.len();
        self.spoil(Span::new(line.at, to));
        for (at, byte) in self.text.as_bytes()[line.at..colon].iter().enumerate() {
            self.out[line.at + at] = *byte;
        }
        if colon + 2 < line.end {
            self.out[colon] = b':';
            self.out[colon + 1] = b' ';
        } else {
            self.clear(Span::new(line.at, to));
        }
        end
    }

    /// A line that continues nothing: it belongs to what was read last. Gives the line to go on at.
    fn lost(&mut self, i: usize, indent: usize, last: Option<&Last>) -> Option<usize> {
        let last = last?;
        let line = self.lines[i];
        let body = self.body(i).to_owned();
        let to = self.next_fit(self.run_end(i, line.indent));
        let span = Span::new(line.at, line.end);
        if self.misplaced(i) {
            // What stands under it stands wrong with it.
            let column = self.column_for(i, indent);
            self.found.push(faults::too_deep(span, column, &body));
            let end = self.lines.get(to.wrapping_sub(1)).map_or(line.end, |l| l.end);
            self.spoil(Span::new(line.at, end));
            self.clear(Span::new(line.at, end));
            return Some(to);
        }
        if line.indent > indent {
            self.found.push(faults::too_deep(span, indent, &body));
        } else {
            let more = (i + 1..to).filter(|l| !self.lines[*l].blank()).count();
            self.found.push(faults::stray(span, &last.name, indent + 2, &body, more));
        }
        self.spoil_value(last, to, indent);
        Some(to)
    }

    /// Masks a value and the lines behind it.
    fn spoil_value(&mut self, last: &Last, to: usize, indent: usize) {
        let end = self.lines.get(to.wrapping_sub(1)).map_or(self.text.len(), |l| l.end);
        match last.value {
            Some(at) if at < end => self.spoil(Span::new(at, end)),
            _ => {
                let first = self.next_line(last.line + 1);
                self.spoil_lines(first, to, indent);
            }
        }
    }

    /// A list whose dashes stand at `indent`. Gives the first line behind it.
    pub(super) fn list(&mut self, mut i: usize, indent: usize, item: Want, owner: &str) -> usize {
        if self.levels.len() > MAX_LEVELS {
            return self.lines.len();
        }
        self.levels.push((indent, Level::List));
        let mut last: Option<Last> = None;
        loop {
            i = self.next_line(i);
            if i >= self.lines.len() {
                break;
            }
            let line = self.lines[i];
            let body = self.body(i);
            if line.indent == indent && is_dash(body) {
                let at = line.at + 1 + (body.len() - 1 - body[1..].trim_start_matches([' ', '\t']).len());
                last = Some(Last { name: owner.to_owned(), line: i, value: (at < line.end).then_some(at) });
                i = self.item(i, at, indent, item);
                continue;
            }
            if line.indent == indent && dash_like(body) {
                i = self.bad_dash(i);
                continue;
            }
            if self.fits(i) || line.indent < indent {
                break;
            }
            if line.indent == indent && last.is_some() {
                let span = Span::new(line.at, line.end);
                self.found.push(faults::no_dash(span, body));
                self.spoil(span);
                self.clear(span);
                i += 1;
                continue;
            }
            match self.lost(i, indent, last.as_ref()) {
                Some(next) => i = next,
                None => break,
            }
        }
        self.levels.pop();
        i
    }

    /// A dash without a blank, or the list sign of another program.
    fn bad_dash(&mut self, i: usize) -> usize {
        let line = self.lines[i];
        let body = self.body(i);
        let sign = body.chars().next().map_or(0, char::len_utf8);
        let value = body[sign..].trim_start_matches([' ', '\u{A0}', '\t']);
        match &mut self.dashes {
            Some((_, more)) => *more += 1,
            None => {
                let span = Span::new(line.at, line.at + sign);
                self.dashes = Some((self.found.len(), 0));
                self.found.push(if body.starts_with('-') && !body[1..].starts_with(['\u{A0}', '\t']) {
                    faults::no_blank_after_dash(span, value)
                } else {
                    faults::other_dash(span, &body[..sign], value)
                });
            }
        }
        let end = self.run_end(i, line.indent);
        let to = self.lines.get(end.wrapping_sub(1)).map_or(line.end, |l| l.end).max(line.end);
        self.spoil(Span::new(line.at, to));
        if line.at + 2 < line.end {
            self.out[line.at] = b'-';
            self.out[line.at + 1] = b' ';
        } else {
            self.clear(Span::new(line.at, to));
        }
        end
    }

    /// A member of a list: its value begins at `at`.
    fn item(&mut self, i: usize, at: usize, indent: usize, want: Want) -> usize {
        let line = self.lines[i];
        let value = self.text.get(at..line.end).unwrap_or("");
        let keys: &[&'static Keys] = match want {
            Want::BodyItem => &[&BLOCK_KINDS, &BLOCK_OPTIONS],
            Want::Map(keys) => &[keys],
            Want::Row => &[&HANG],
            Want::Cell => &[&O_BANG],
            Want::Any => &[],
            _ => return self.value(i, at, indent, want, "mục này"),
        };
        let structure = value.starts_with(['"', '\'', '[', '{', '|', '>', '#']);
        if !structure && let Some(key) = find_key(value, keys) {
            let exact = known(keys, key.name);
            let meant = match want {
                Want::BodyItem if !exact => self.meant_block(i, at, indent, &key, keys),
                Want::Cell => exact,
                Want::BodyItem | Want::Row | Want::Map(_) => true,
                _ => key.slip == Slip::None,
            };
            match meant {
                true => {
                    let column = at - line.start;
                    self.lines[i].indent = column;
                    self.lines[i].at = at;
                    return self.mapping(i, column, keys);
                }
                false if self.masked.last().is_some_and(|m| m.start == at) => return self.run_end(i, indent),
                false => {}
            }
        }
        if matches!(want, Want::Any | Want::Row | Want::Cell) && is_dash(value) {
            let column = at - line.start;
            self.lines[i].indent = column;
            self.lines[i].at = at;
            return self.list(i, column, want.item(), "danh sách");
        }
        self.value(i, at, indent, want, "mục này")
    }

    /// Whether `Lưu ý: …` in a body is a block; where that cannot be told, it is an error.
    fn meant_block(&mut self, i: usize, at: usize, indent: usize, key: &KeyAt<'_>, keys: &[&'static Keys]) -> bool {
        let Some(near) = near(keys, key.name) else { return false };
        if key.name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_') {
            return true;
        }
        let plain = crate::diagnostic::folded(key.name);
        if plain != near || key.slip != Slip::None {
            return false;
        }
        let span = Span::new(at, at + key.name.len());
        let rest = self.text.get(at + key.value..self.lines[i].end).unwrap_or("");
        self.found.push(faults::ambiguous_block(span, key.name, near, rest));
        let to = self.run_end(i, indent);
        self.spoil(Span::new(at, self.end_before(i, to)));
        false
    }
}
