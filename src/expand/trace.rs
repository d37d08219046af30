//! Where each letter of a rendered text was typed.
//!
//! A template is rendered a second time with marks before its stretches of plain text and its tags; they come out where
//! the stretches do, as often as a loop repeats them. Without a template the text is the scalar itself.

use crate::draft::Text;
use crate::markup::slot;
use crate::source::Source;

const OPEN: char = '\u{E002}';
const CLOSE: char = '\u{E003}';

/// A byte of the source for each byte of a text.
pub type Bytes = Vec<u32>;

/// The template with a mark before each stretch of plain text, each of its lines and each tag that prints.
pub fn marked(template: &str) -> String {
    let mut out = String::with_capacity(template.len() * 2);
    let mut at = 0;
    // A blank before a tag belongs to the tag, which may take it away.
    let mut fresh = true;
    while let Some(c) = template[at..].chars().next() {
        let rest = &template[at..];
        let close = match rest.as_bytes().get(..2) {
            Some(b"{{") => "}}",
            Some(b"{%") => "%}",
            Some(b"{#") => "#}",
            _ => {
                if fresh && !c.is_whitespace() {
                    out.push_str(&mark(at));
                    fresh = false;
                }
                fresh |= c == '\n';
                out.push(c);
                at += c.len_utf8();
                continue;
            }
        };
        if close == "}}" && !rest.starts_with("{{-") {
            out.push_str(&mark(at));
        }
        let end = rest[2..].find(close).map_or(rest.len(), |i| i + 4);
        out.push_str(&rest[..end]);
        at += end;
        fresh = true;
    }
    out
}

/// A place of the template, in the form of a slot.
fn mark(at: usize) -> String {
    format!("{OPEN}{}{CLOSE}", slot::digits(at))
}

/// The rendered text without its marks, and for each of its bytes the byte of the template that it comes from. All of a
/// value comes from its tag.
pub fn unmarked(rendered: &str) -> (String, Vec<usize>) {
    let (mut out, mut places) = (String::with_capacity(rendered.len()), Vec::with_capacity(rendered.len()));
    let mut next = 0;
    let mut number: Option<usize> = None;
    for c in rendered.chars() {
        match (c, number) {
            (OPEN, _) => number = Some(0),
            (CLOSE, Some(at)) => {
                next = at;
                number = None;
            }
            (c, Some(at)) => {
                number = Some(at.saturating_mul(10).saturating_add(slot::digit(c)));
            }
            (c, None) => {
                out.push(c);
                places.extend(std::iter::repeat_n(next, c.len_utf8()));
                if !slot::is_mark(c) {
                    next += c.len_utf8();
                }
            }
        }
    }
    (out, places)
}

/// The places of a text that is a scalar as typed, or of one that a template made: `places` are bytes of the template.
pub fn in_source(source: &Source, text: &Text, rendered: &str, places: Option<&[usize]>) -> Bytes {
    let map = source.map_scalar(text.span, &text.value);
    match places {
        Some(places) => places.iter().map(|at| u32::try_from(map.at(*at)).unwrap_or(u32::MAX)).collect(),
        None => map.first(rendered.len()),
    }
}

/// The places of a text that was cut out of another, from a byte of it on: blanks may have been put elsewhere, and signs
/// left out (`|`) or added (`\`). Gives also where the other one goes on.
pub fn follow(whole: &str, bytes: &[u32], from: usize, part: &str) -> (Bytes, usize) {
    let mut out = Bytes::with_capacity(part.len());
    let mut at = from;
    let mut last = bytes.get(from).or(bytes.last()).copied().unwrap_or(0);
    // Nearly always the part stands in the other as it is.
    if whole.get(from..).is_some_and(|rest| rest.starts_with(part))
        && let Some(there) = bytes.get(from..from + part.len())
    {
        for (b, place) in part.bytes().zip(there) {
            if !b.is_ascii_whitespace() {
                last = *place;
            }
            out.push(last);
        }
        return (out, from + part.trim_end().len());
    }
    for c in part.chars() {
        if !c.is_whitespace() {
            let rest = whole.get(at..).unwrap_or("");
            let found = rest.char_indices().find(|(_, w)| !w.is_whitespace());
            let next = match found {
                Some((i, w)) if w == c => Some(i),
                // A bar between cells, or the backslash before one.
                Some((_, '|' | '\\')) => rest.char_indices().find(|(_, w)| *w == c).map(|(i, _)| i),
                _ => None,
            };
            if let Some(i) = next {
                last = bytes.get(at + i).copied().unwrap_or(last);
                at += i + c.len_utf8();
            }
        }
        out.extend(std::iter::repeat_n(last, c.len_utf8()));
    }
    (out, at)
}

/// The places of what is said: the letters that the marks left, each value's letters at its tag.
pub fn said(letters: &[(char, usize)], bytes: &[u32], values: &[String]) -> Vec<u32> {
    let mut out = Vec::with_capacity(letters.len());
    let mut number: Option<usize> = None;
    for (c, at) in letters {
        let place = bytes.get(*at).or(bytes.last()).copied().unwrap_or(0);
        match (slot::kind(*c), number) {
            (slot::Sign::Open, _) => number = Some(0),
            (slot::Sign::Close, Some(index)) => {
                let value = values.get(index).map_or("", String::as_str);
                out.extend(value.chars().filter(|c| !c.is_whitespace()).map(|_| place));
                number = None;
            }
            (slot::Sign::Digit(digit), Some(index)) => number = Some(index.saturating_mul(10).saturating_add(digit)),
            _ => out.push(place),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_stand_before_text_and_tags_and_come_off_again() {
        let template = "Giao {{ x }} chủ trì.\n  {% for y in z %}\n  - {{ y }};\n  {% endfor %}\nHết";
        let (plain, places) = unmarked(&marked(template));
        assert_eq!(plain, template);
        assert!(plain.char_indices().all(|(i, _)| places[i] == i), "{places:?}");
    }

    #[test]
    fn a_part_follows_the_whole() {
        let whole = "  một\n hai | ba \\| bốn |";
        let bytes: Bytes = (0..whole.len() as u32).collect();
        let at = |part: &str, from| {
            let (places, end) = follow(whole, &bytes, from, part);
            (places[0] as usize, end)
        };
        assert_eq!(at("một\\\nhai", 0), (2, whole.find(" |").unwrap()));
        let bar = whole.find(" |").unwrap();
        assert_eq!(at("ba | bốn", bar).0, whole.find("ba").unwrap());
    }
}
