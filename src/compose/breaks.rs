//! Places inside words without blanks where a line may break after all: lines to fill in (`……`, `____`) and addresses.
//!
//! In the sheet such a place is U+200B, which no plan can hold and no format counts as a letter.

use super::Composer;
use crate::decree30::units::Pt;
use crate::sheet::Chars;
use std::ops::Range;

/// May break here.
const OPEN: char = '\u{200B}';

/// So many signs in a row are a line to write on.
const SHORTEST_FILL: usize = 6;

/// Whether a sign makes lines to fill in.
pub(super) fn fills(c: char) -> bool {
    matches!(c, '.' | '…' | '_' | '-')
}

/// The stretches of a text that are lines to fill in, in bytes.
pub(super) fn fill_lines(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    // Few texts have any; a sign takes up to three bytes.
    let mut run = 0;
    let long = text.bytes().any(|b| {
        run = if matches!(b, b'.' | b'_' | b'-' | 0xE2 | 0x80 | 0xA6) { run + 1 } else { 0 };
        run >= SHORTEST_FILL
    });
    if !long {
        return out;
    }
    let mut rest = 0;
    while let Some(start) = text[rest..].find(fills).map(|i| rest + i) {
        let end = text[start..].find(|c| !fills(c)).map_or(text.len(), |i| start + i);
        if text[start..end].chars().count() >= SHORTEST_FILL {
            out.push(start..end);
        }
        rest = end;
    }
    out
}

impl Composer<'_> {
    /// Marks the places where fills and addresses of these characters may break.
    pub(super) fn open_long_words(&self, chars: &mut Chars, size: Pt, room: Pt) {
        let address = |word: &str| word.contains("://") || word.starts_with("www.");
        if fill_lines(&chars.text).is_empty() && !chars.text.split(' ').any(address) {
            return;
        }
        let width = |text: &str| self.faces.width(text, chars.bold, chars.italic, size).0;
        let words = chars.text.split(' ');
        let all: Vec<String> = words
            .map(|word| match fill_lines(word).as_slice() {
                [] if address(word) => open_address(word, room.0, &width),
                [] => word.to_owned(),
                lines => open_fills(word, lines),
            })
            .collect();
        chars.text = all.join(" ");
    }
}

/// A line to fill in breaks between any two of its signs but the last two, and before its first where a word begins.
fn open_fills(word: &str, lines: &[Range<usize>]) -> String {
    let mut out = String::new();
    for (at, c) in word.char_indices() {
        let inside = lines.iter().any(|l| {
            let last = word[l.clone()].chars().next_back().map_or(0, char::len_utf8);
            at > l.start && at + last < l.end
        });
        if inside || (at == 0 && lines.iter().any(|l| l.start == 0)) {
            out.push(OPEN);
        }
        out.push(c);
    }
    out
}

/// An address breaks behind `?`, `!` and `|`, and behind a hyphen before a letter, as Word and LibreOffice do. What is
/// still wider than the room, and is cut anywhere there, breaks behind its last sign that fits.
fn open_address(word: &str, room: f64, width: &impl Fn(&str) -> f64) -> String {
    let mut parts: Vec<String> = Vec::new();
    for part in cut(word, |c, next| matches!(c, '?' | '!' | '|') || (c == '-' && !next.is_ascii_digit())) {
        if width(part) <= room {
            parts.push(part.to_owned());
            continue;
        }
        let mut line = String::new();
        for piece in cut(part, |c, next| !c.is_alphanumeric() && c != '%' && next.is_alphanumeric() || next == '%') {
            if !line.is_empty() && width(&line) + width(piece) > room {
                parts.push(std::mem::take(&mut line));
            }
            line.push_str(piece);
        }
        parts.push(line);
    }
    parts.join(&OPEN.to_string())
}

/// Cuts a text behind each character for which `here` holds, given the next.
fn cut(text: &str, here: impl Fn(char, char) -> bool) -> Vec<&str> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let end = at + c.len_utf8();
        if chars.peek().is_some_and(|(_, next)| here(c, *next)) {
            out.push(&text[start..end]);
            start = end;
        }
    }
    out.push(&text[start..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: String) -> String {
        text.replace(OPEN, "|")
    }

    #[test]
    fn fills_break_anywhere_but_before_their_last_sign() {
        let open = |word: &str| shown(open_fills(word, &fill_lines(word)));
        assert_eq!(open("......"), "|.|.|.|.|..");
        assert_eq!(open("(______)"), "(_|_|_|_|__)");
        assert!(fill_lines("v.v... a---b").is_empty());
    }

    #[test]
    fn addresses_break_at_signs() {
        let open = |word: &str, room: f64| shown(open_address(word, room, &|t: &str| t.len() as f64));
        assert_eq!(open("https://a.vn/b-c?d=1-2", 99.0), "https://a.vn/b-|c?|d=1-2");
        assert_eq!(open("https://a.vn/bcd?e=%C3%B4", 10.0), "https://a.|vn/bcd?|e=%C3%B4");
        assert_eq!(open("https://a.vn/bcd?e=%C3%B4", 7.0), "https://|a.vn/|bcd?|e=%C3|%B4");
    }
}
