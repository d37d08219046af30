//! Texts compared letter by letter, with the place in the plan of the first that differs.

use super::pdf_text::SOFT;
use crate::chars::{capital, is_white};
use crate::diagnostic::{Diagnostic, code};
use crate::source::{Span, common_start, is_settled, nfc};
use std::borrow::Cow;

/// Text that must be somewhere, with the places in the plan from which its parts come.
#[derive(Default)]
pub(super) struct Stream {
    pub(super) text: String,
    /// From a byte of the text on, in their order.
    places: Vec<(usize, Span)>,
}

impl Stream {
    /// What follows comes from a place.
    pub(super) fn at(&mut self, span: Span) {
        self.places.push((self.text.len(), span));
    }

    pub(super) fn push(&mut self, c: char) {
        self.text.push(c);
    }

    pub(super) fn push_str(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Adds another behind this one.
    pub(super) fn append(&mut self, other: &Stream) {
        self.places.extend(other.places.iter().map(|(byte, span)| (byte + self.text.len(), *span)));
        self.text.push_str(&other.text);
    }

    /// The place of a letter, counted as [`letters`] does. What the program adds has no place.
    fn place(&self, mut index: usize, capitals: Capitals) -> Option<Span> {
        let ends = self.places.iter().skip(1).map(|(byte, _)| *byte).chain([self.text.len()]);
        for ((start, span), end) in self.places.iter().zip(ends) {
            let count = letters(&capitals.of(self.text.get(*start..end)?)).len();
            if index < count {
                return Some(*span).filter(|s| *s != Span::default());
            }
            index -= count;
        }
        // Behind the last letter: what is too much follows the last place that is one.
        self.places.iter().rev().map(|(_, span)| *span).find(|s| *s != Span::default())
    }
}

/// Whether capitals count.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Capitals {
    Count,
    /// The decree asks for some.
    Aside,
}

impl Capitals {
    fn of(self, text: &str) -> Cow<'_, str> {
        match self {
            Capitals::Count => Cow::Borrowed(text),
            Capitals::Aside => Cow::Owned(in_capitals(text)),
        }
    }
}

/// The text in capitals.
fn in_capitals(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match capital(c) {
            Some(' ') => out.push(c),
            Some(capital) => out.push(capital),
            None => out.extend(c.to_uppercase()),
        }
    }
    out
}

/// Text without blanks and soft places.
pub(super) fn squeeze(text: &str) -> String {
    letters(text).into_iter().filter(|c| !c.is_whitespace() && *c != SOFT).collect()
}

/// A hyphen that does not break is printed as a hyphen.
fn shown(c: char) -> char {
    if c == '\u{2011}' { '-' } else { c }
}

/// The letters of a text. Where lines may break is no part of a word: a hyphen that does not (U+2011) is printed as a
/// hyphen, a place where a long word does (U+200B) is nothing.
pub(super) fn letters(text: &str) -> Vec<char> {
    nfc(text).chars().filter(|c| *c != '\u{200B}').map(shown).collect()
}

/// Compares letter by letter. Inside a line the words must end at the same places; at a soft place they may.
pub(super) fn check(wanted: &Stream, found: &str, place: &str, capitals: Capitals) -> Result<(), Diagnostic> {
    if agree(&wanted.text, found, capitals) {
        return Ok(());
    }
    let a: Vec<char> = letters(&capitals.of(&wanted.text));
    let b: Vec<char> = letters(&capitals.of(found));
    let differ = |i, j| {
        let span = wanted.place(i, capitals);
        Err(Diagnostic { span, ..report(&a, i, &b, j, place) })
    };
    let (mut i, mut j) = (0, 0);
    loop {
        let (blank_a, soft_a) = skip(&a, &mut i);
        let (blank_b, soft_b) = skip(&b, &mut j);
        let ends = i == a.len() || j == b.len();
        if ends && i == a.len() && j == b.len() {
            return Ok(());
        }
        if !soft_a && !soft_b && blank_a != blank_b && !ends && i > 0 && j > 0 {
            return differ(i, j);
        }
        if ends || a[i] != b[j] {
            return differ(i, j);
        }
        i += 1;
        j += 1;
    }
}

/// Whether two texts surely say the same: as [`check`] asks, of letters that need no look at Unicode's tables. In one pass
/// and without copies, since nearly all texts do.
fn agree(wanted: &str, found: &str, capitals: Capitals) -> bool {
    let (mut wanted, mut found) = (wanted.chars(), found.chars());
    let one =
        |a: char, b: char| a == b || capitals == Capitals::Aside && capital(a).is_some_and(|a| capital(b) == Some(a));
    loop {
        let same = alike(wanted.as_str(), found.as_str());
        (wanted, found) = (wanted.as_str()[same..].chars(), found.as_str()[same..].chars());
        let (a, blank_a, soft_a) = next_letter(&mut wanted);
        let (b, blank_b, soft_b) = next_letter(&mut found);
        match (a, b) {
            (None, None) => return true,
            (Some(a), Some(b)) => {
                let same = is_settled(a) && is_settled(b) && one(shown(a), shown(b));
                if !same || !soft_a && !soft_b && blank_a != blank_b {
                    return false;
                }
            }
            _ => return false,
        }
    }
}

/// How many bytes two texts have in common, up to a letter: what stands behind it may be other blanks.
fn alike(a: &str, b: &str) -> usize {
    let mut end = 0;
    for (at, c) in common_start(a, b).char_indices() {
        if !is_settled(c) {
            break;
        }
        if c != SOFT && !is_white(c) {
            end = at + c.len_utf8();
        }
    }
    end
}

/// The next letter, and whether blanks and soft places stand before it.
fn next_letter(letters: &mut std::str::Chars<'_>) -> (Option<char>, bool, bool) {
    let (mut blank, mut soft) = (false, false);
    for c in letters {
        match c {
            SOFT => soft = true,
            c if is_white(c) => blank = true,
            c => return (Some(c), blank, soft),
        }
    }
    (None, blank, soft)
}

/// Skips blanks and soft places; says which were there.
fn skip(text: &[char], i: &mut usize) -> (bool, bool) {
    let (mut blank, mut soft) = (false, false);
    while let Some(c) = text.get(*i) {
        if *c == SOFT {
            soft = true;
        } else if c.is_whitespace() {
            blank = true;
        } else {
            break;
        }
        *i += 1;
    }
    (blank, soft)
}

fn report(a: &[char], i: usize, b: &[char], j: usize, place: &str) -> Diagnostic {
    let message = match (around(a, i), around(b, j)) {
        (Some(wanted), Some(found)) => {
            format!("Chữ trong {place} khác với bản thảo: cần “{wanted}”, lại có “{found}”.")
        }
        (Some(wanted), None) => format!("Chữ trong {place} bị thiếu, từ chỗ “{wanted}”."),
        (None, Some(found)) => format!("Chữ trong {place} bị thừa, từ chỗ “{found}”."),
        (None, None) => format!("Chữ trong {place} khác với bản thảo."),
    };
    different(message)
}

pub(super) fn different(message: String) -> Diagnostic {
    Diagnostic::general(&code::MAT_CHU, message)
        .hint("Nếu dùng mẫu riêng (--mau, --mau-word), mẫu đã bỏ hoặc thêm chữ; nếu không, đây là lỗi của vanthu, hãy báo cho nhóm phát triển.")
}

/// The words around a place: two before, three after.
pub(super) fn around(text: &[char], at: usize) -> Option<String> {
    if at >= text.len() {
        return None;
    }
    let mut start = at;
    let mut blanks = 0;
    while start > 0 && blanks < 3 && at - start < 40 {
        start -= 1;
        if text[start].is_whitespace() || text[start] == SOFT {
            blanks += 1;
        }
    }
    let end = (at + 30).min(text.len());
    let shown: String = text[start..end].iter().map(|c| if *c == SOFT { ' ' } else { *c }).collect();
    Some(shown.split_whitespace().collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn differs(wanted: &str, found: &str) -> Option<String> {
        let mut stream = Stream::default();
        stream.push_str(&wanted.replace('|', "\u{1}"));
        check(&stream, &found.replace('|', "\u{1}"), "tệp", Capitals::Count).err().map(|d| d.message)
    }

    #[test]
    fn the_proof_can_fail() {
        assert_eq!(differs("một hai ba", "một |hai ba|"), None);
        assert_eq!(differs("một-|hai", "một-hai"), None);
        assert!(differs("một hai ba", "một hai").is_some_and(|m| m.contains("bị thiếu")));
        assert!(differs("một hai", "một hai ba").is_some_and(|m| m.contains("bị thừa")));
        assert!(differs("một hai ba", "một ba hai").is_some());
        assert!(differs("từng ngày", "từ ng ngày").is_some());
        assert!(differs("hai mươi", "haimươi").is_some());
        assert!(differs("HÒA", "HOÀ").is_some());
    }

    #[test]
    fn what_differs_has_its_place() {
        let mut stream = Stream::default();
        for (at, text) in [(3, "Điều một"), (0, "thêm"), (20, "nghĩa hai"), (40, "ba")] {
            stream.at(Span::new(at, at + usize::from(at > 0)));
            stream.push_str(&format!("{SOFT}{text}{SOFT}"));
        }
        let place = |found: &str| check(&stream, found, "tệp", Capitals::Aside).err()?.span.map(|s| s.start);
        assert_eq!(place("ĐIỀU MỘT THÊM NGHĨA HAI BA"), None);
        assert_eq!(place("ĐIỀU MOT THÊM NGHĨA HAI BA"), Some(3));
        assert_eq!(place("ĐIỀU MỘT THEM NGHĨA HAI BA"), None);
        assert_eq!(place("ĐIỀU MỘT THÊM NGHĨ HAI BA"), Some(20));
        assert_eq!(place("ĐIỀU MỘT THÊM NGHĨA HAI"), Some(40));
        assert_eq!(place("ĐIỀU MỘT THÊM NGHĨA HAI BA BỐN"), Some(40));
    }
}
