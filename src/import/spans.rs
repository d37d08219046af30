//! Emphasis that goes on over the ends of lines: these lines are one.

use crate::markup::marker;
use std::borrow::Cow;

/// Most lines of a paragraph.
const MOST: usize = 16;

/// The text with lines joined between which emphasis is open; blank lines, bars and drawn lines end a paragraph.
pub(super) fn joined(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let lines: Vec<Cow<'_, str>> = (0..lines.len()).map(|at| unlisted(&lines[at..])).collect();
    let lines: Vec<&str> = lines.iter().map(|line| &**line).collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let count = end_of_span(&lines[at..]);
        out.push_str(line);
        for more in &lines[at + 1..at + count] {
            out.truncate(out.trim_end().len());
            out.push(' ');
            out.push_str(more.trim_start());
        }
        out.push('\n');
        at += count;
    }
    out
}

/// The first of some lines; a star before a bracket that closes with one is emphasis, not the sign of a list:
/// `* (Kèm theo …)*`.
fn unlisted<'l>(lines: &[&'l str]) -> Cow<'l, str> {
    let [line, ..] = lines else { return Cow::Borrowed("") };
    // The bracket of this line, that no other line of a list parts from its end.
    let mut ends = lines.iter().take(4).take_while(|l| !l.trim().is_empty()).enumerate();
    let mut closes = || {
        let end = ends.find(|(at, l)| l.contains(')') || *at > 0 && l.starts_with('*'));
        end.is_some_and(|(at, l)| l.trim_end().ends_with(")*") && (at == 0 || !l.starts_with('*')))
    };
    match line.strip_prefix("* (").filter(|_| closes()) {
        Some(rest) => Cow::Owned(format!("*({rest}")),
        None => Cow::Borrowed(line),
    }
}

/// How many lines belong to the first, itself counted.
fn end_of_span(lines: &[&str]) -> usize {
    let mut open = Open::default();
    for (at, line) in lines.iter().take(MOST).enumerate() {
        let bare = line.trim();
        let ends = bare.is_empty() || bare == "|" || bare.chars().all(|c| matches!(c, '*' | '-' | '_' | ' '));
        // The end of the emphasis may stand alone.
        if ends && !(at > 0 && matches!(bare, "*" | "**" | "***")) {
            return 1;
        }
        // A line of a list or of an outline is none of the paragraph above.
        let number = at == 1 && matches!(lines[0].trim_matches(['*', ' ']), "Điều" | "Chương" | "Mục" | "Phần");
        if at > 0 && !number && (bare.starts_with(['-', '+']) || bare.starts_with("* ") || marker::find(bare).is_some())
        {
            return 1;
        }
        open.read(bare);
        if open == Open::default() {
            return at + 1;
        }
        // Two blanks at the end of a line are a line break.
        if line.ends_with("  ") {
            return 1;
        }
    }
    1
}

/// What is open at the end of a line.
#[derive(Default, PartialEq)]
struct Open {
    bold: bool,
    italic: bool,
}

impl Open {
    fn read(&mut self, line: &str) {
        let mut rest = line;
        while let Some(at) = rest.find('*') {
            let escaped = rest[..at].ends_with('\\');
            let stars = rest[at..].bytes().take_while(|b| *b == b'*').count();
            let behind = &rest[at + stars..];
            let touches = behind.starts_with(|c: char| c.is_alphanumeric() || "“\"‘'(".contains(c));
            match stars {
                _ if escaped => {}
                // At the start of a line a star opens.
                1 if self.italic => self.italic = rest.len() == line.len() && at == 0 && touches,
                1 if touches && !rest[..at].ends_with(char::is_alphanumeric) => self.italic = true,
                2 if self.bold => self.bold = false,
                // Inside of a word, or behind it, stars say nothing.
                2 => self.bold = touches && !rest[..at].ends_with(char::is_alphanumeric),
                3 => {
                    // Either both, or the end of the one and the start of the other.
                    self.bold = !self.bold;
                    self.italic = !self.italic;
                }
                _ => {}
            }
            rest = behind;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::joined;

    #[test]
    fn lines_inside_of_emphasis_are_one() {
        let text = "**ỦY BAN NHÂN\nDÂN**\nTỈNH A\n*Xã B, ngày\n05 tháng 4*\n**TM. ỦY BAN\n** \nHết";
        let wanted = "**ỦY BAN NHÂN DÂN**\nTỈNH A\n*Xã B, ngày 05 tháng 4*\n**TM. ỦY BAN **\nHết\n";
        assert_eq!(joined(text).replace("** \n", "**\n"), wanted);
        assert_eq!(joined("*Hà\nNội, ng**ày 1 n**ă**m\n2025** *\nHết"), "*Hà Nội, ng**ày 1 n**ă**m 2025** *\nHết\n");
        assert_eq!(joined("**1. ***Một\nhai: *ba\nbốn"), "**1. ***Một hai: *ba\nbốn\n");
    }

    #[test]
    fn emphasis_that_is_never_closed_joins_nothing() {
        for text in
            ["**một\n\nhai**\n", "a (*)\nb\n", "* một\n* hai\n", "*****\nmột\n", "2 * 3\nhai\n", "**một\n|\nhai**\n"]
        {
            assert_eq!(joined(text), text);
        }
    }
}
