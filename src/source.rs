//! Source texts and places in them.
//!
//! A [`Span`] is a byte range of one [`Source`]; a [`Spanned`] value remembers where it was typed. Lines and columns
//! are computed only when a problem is shown.

use std::borrow::Cow;
use std::ops::Range;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};
use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};

/// The text in NFC, with the letters that only look like `Đ` and `đ` taken for them ([`is_eth`]). Most texts are so
/// already, and telling is ten times faster than composing.
pub fn nfc(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_settled) {
        return Cow::Borrowed(text);
    }
    // In one pass: every text of a document comes through here, most of them more than once.
    let mut eth = false;
    let composed = match is_nfc_quick(text.chars().inspect(|c| eth |= is_eth(*c))) {
        IsNormalized::Yes if !eth => return Cow::Borrowed(text),
        IsNormalized::Yes => Cow::Borrowed(text),
        // The check ends at the first doubt.
        _ => Cow::Owned(text.nfc().collect()),
    };
    if composed.contains(is_eth) {
        return Cow::Owned(composed.replace(['Ð', 'Ɖ'], "Đ").replace('ð', "đ"));
    }
    composed
}

/// Whether a text is surely in NFC: nothing in these ranges is composed of others, or joins what stands before it.
pub fn is_composed(text: &str) -> bool {
    text.chars().all(stands_alone)
}

fn stands_alone(c: char) -> bool {
    matches!(c, '\0'..='\u{2FF}' | '\u{1E00}'..='\u{1EFF}' | '\u{2010}'..='\u{2027}')
}

/// Whether [`nfc`] surely leaves a character as it is, whatever stands beside it.
pub fn is_settled(c: char) -> bool {
    c.is_ascii() || stands_alone(c) && !is_eth(c)
}

/// Letters of other languages (Icelandic, Ewe) that old converters put in the place of `Đ` and `đ`: they print alike, but
/// sort, lower and search differently. Each has as many bytes as the right one.
pub fn is_eth(c: char) -> bool {
    matches!(c, 'Ð' | 'Ɖ' | 'ð')
}

/// Characters that have no place on a printed page: controls, direction controls, zero-width characters, private use
/// (the program marks values with them), marks that NFC could not join to a letter, and code points that are not
/// characters.
pub fn is_forbidden(c: char) -> bool {
    match c {
        '\0'..='\x7F' => return c.is_ascii_control(),
        // The letters of our texts.
        '\u{C0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}' => return false,
        _ => {}
    }
    matches!(
        c.general_category(),
        GeneralCategory::Control
            | GeneralCategory::Format
            | GeneralCategory::PrivateUse
            | GeneralCategory::NonspacingMark
            | GeneralCategory::SpacingMark
            | GeneralCategory::EnclosingMark
            | GeneralCategory::Surrogate
            | GeneralCategory::Unassigned
            | GeneralCategory::LineSeparator
            | GeneralCategory::ParagraphSeparator
    ) || matches!(
        c,
        '\u{FFFC}' | '\u{FFFD}' | '\u{FE00}'..='\u{FE0F}' | '\u{034F}' | '\u{115F}' | '\u{1160}' | '\u{3164}'
    )
}

/// A byte range in a source, end excluded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// A range; an end before the start is the start.
    pub fn new(start: usize, end: usize) -> Self {
        Span { start, end: end.max(start) }
    }

    /// The range moved on by some bytes.
    #[must_use]
    pub fn shifted(self, by: usize) -> Self {
        Span { start: self.start + by, end: self.end + by }
    }

    /// The range as the standard library wants it.
    pub fn range(self) -> Range<usize> {
        self.start..self.end
    }
}

/// A value and where it was typed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Its place.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// Joins a value and its place.
    pub fn new(value: T, span: Span) -> Self {
        Spanned { value, span }
    }
}

/// A text with the name under which the user knows it. Always NFC, `\n` line ends, no byte order mark.
///
/// Texts of other files may be appended; a byte offset then says which file it is in, and spans stay plain ranges.
#[derive(Clone, Debug)]
pub struct Source {
    /// File name as the user gave it.
    pub name: String,
    /// The text.
    pub text: String,
    /// Appended texts, in the order of their starts.
    appended: Vec<Appended>,
}

/// A text behind the first one.
#[derive(Clone, Debug)]
struct Appended {
    start: usize,
    name: String,
    /// Its first line is this line of its file, from 1.
    first_line: usize,
}

/// Line and column, both from 1; the column counts characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LineCol {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

impl Source {
    /// Wraps a text that is already clean.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Source { name: name.into(), text: text.into(), appended: Vec::new() }
    }

    /// Appends whole lines of another file, the first of which is its line `first_line`; gives the offset of the first.
    pub fn append(&mut self, name: impl Into<String>, first_line: usize, text: &str) -> usize {
        if !self.text.ends_with('\n') {
            self.text.push('\n');
        }
        let start = self.text.len();
        self.text.push_str(text);
        self.appended.push(Appended { start, name: name.into(), first_line });
        start
    }

    /// The files: name, line of its file at which the text begins, the text.
    pub fn files(&self) -> Vec<(&str, usize, &str)> {
        let mut out = Vec::new();
        let mut from = (self.name.as_str(), 1, 0);
        for next in &self.appended {
            out.push((from.0, from.1, &self.text[from.2..next.start]));
            from = (&next.name, next.first_line, next.start);
        }
        out.push((from.0, from.1, &self.text[from.2..]));
        out
    }

    /// The bytes of a line of one of [`Source::files`]; none where there is no such line.
    pub fn line_range(&self, file: usize, line: usize) -> Option<Range<usize>> {
        let files = self.files();
        let start: usize = files.iter().take(file).map(|(.., text)| text.len()).sum();
        let (_, first_line, text) = files.get(file)?;
        let mut lines = text.split_inclusive('\n');
        let index = line.checked_sub(*first_line)?;
        let before: usize = lines.by_ref().take(index).map(str::len).sum();
        let length = lines.next()?.len();
        Some(start + before..start + before + length)
    }

    /// Which of [`Source::files`] a byte offset is in.
    pub fn file_at(&self, offset: usize) -> usize {
        self.appended.iter().filter(|a| a.start <= offset).count()
    }

    /// Name of the file that a byte offset is in.
    pub fn name_at(&self, offset: usize) -> &str {
        self.appended_at(offset).map_or(&self.name, |a| &a.name)
    }

    fn appended_at(&self, offset: usize) -> Option<&Appended> {
        self.appended.iter().rev().find(|a| a.start <= offset)
    }

    /// Line and column of a byte offset, in its file; an offset past the end gives the end.
    pub fn line_col(&self, offset: usize) -> LineCol {
        let (from, first_line) = self.appended_at(offset).map_or((0, 1), |a| (a.start, a.first_line));
        let mut end = offset.min(self.text.len());
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        let before = &self.text[from..end.max(from)];
        let line = before.matches('\n').count() + first_line;
        let start = before.rfind('\n').map_or(0, |i| i + 1);
        LineCol { line, column: before[start..].chars().count() + 1 }
    }

    /// The place of byte `offset` of a scalar's value, where the scalar stands at `span`.
    pub fn place_in_scalar(&self, span: Span, value: &str, offset: usize) -> Span {
        let start = self.map_scalar(span, value).at(offset);
        let length = self.text[start..].chars().next().map_or(0, char::len_utf8);
        Span { start, end: start + length }
    }

    /// Maps the bytes of a scalar's value to bytes of the source.
    ///
    /// YAML folds lines, strips indentation and undoes escapes, so value and source are walked side by side: blanks
    /// are skipped on both, other source characters that the value lacks (quotes, backslashes, `|`) are skipped too.
    pub fn map_scalar(&self, span: Span, value: &str) -> ScalarMap {
        let slice = self.text.get(span.range()).unwrap_or("");
        if let Some(places) = quoted_places(slice, span.start, value) {
            return ScalarMap { places };
        }
        // The header of a block scalar (`|-`, `>2`) is not text; the first row of a table is.
        let first = slice.lines().next().unwrap_or("");
        let choices = first.strip_prefix(['|', '>']).map(|rest| rest.split('#').next().unwrap_or("").trim_end());
        let is_header = choices.is_some_and(|c| c.chars().all(|c| matches!(c, '+' | '-' | '0'..='9')));
        let header = if is_header { slice.find('\n').unwrap_or(0) } else { 0 };
        let mut places = Vec::with_capacity(value.len() + 1);
        let (mut at, mut next) = (header, 0);
        let (mut here, mut last) = (span.start, span.start);
        while next < value.len() {
            // Nearly all of it stands there as it is.
            let same = common_start(&slice[at..], &value[next..]);
            if !same.is_empty() {
                for (i, c) in same.char_indices() {
                    here = span.start + at + i;
                    last = if c.is_ascii_whitespace() { last } else { here };
                    places.resize(places.len() + c.len_utf8(), byte(here));
                }
                (at, next) = (at + same.len(), next + same.len());
                continue;
            }
            let Some(letter) = value[next..].chars().next() else { break };
            let rest = &slice[at..];
            let found = if letter.is_whitespace() {
                rest.starts_with(char::is_whitespace).then_some(at)
            } else {
                let found = rest.find(letter).map(|i| at + i);
                at = found.map_or(slice.len(), |at| at + letter.len_utf8());
                found
            };
            if let Some(at) = found {
                here = span.start + at;
                last = if letter.is_whitespace() { last } else { here };
            }
            places.resize(places.len() + letter.len_utf8(), byte(if found.is_some() { here } else { last }));
            next += letter.len_utf8();
        }
        let end = (0..=span.end.min(self.text.len())).rev().find(|end| self.text.is_char_boundary(*end));
        places.push(byte(end.unwrap_or_default()));
        ScalarMap { places }
    }
}

/// What two texts begin with, cut behind a whole letter.
pub fn common_start<'t>(a: &str, b: &'t str) -> &'t str {
    /// Bytes that are compared at once.
    const STEP: usize = 16;
    let (x, y) = (a.as_bytes(), b.as_bytes());
    let steps = x.chunks_exact(STEP).zip(y.chunks_exact(STEP)).take_while(|(x, y)| x == y).count() * STEP;
    let mut length = steps + x[steps..].iter().zip(&y[steps..]).take_while(|(x, y)| x == y).count();
    // Two letters may begin with the same bytes.
    while !b.is_char_boundary(length) {
        length -= 1;
    }
    &b[..length]
}

/// A place in a text; no text has four billion bytes.
fn byte(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// The places of the bytes of a scalar in quotes, with escapes undone and lines folded as YAML 1.2 does (7.3.1, 7.3.2).
/// `None` where that does not give the value.
fn quoted_places(slice: &str, start: usize, value: &str) -> Option<Vec<u32>> {
    let quote = slice.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let mut places = Vec::with_capacity(value.len() + 1);
    let mut wanted = value.chars();
    let mut chars = slice.char_indices().skip(1).peekable();
    let mut say = |c: char, at: usize, places: &mut Vec<u32>| {
        let same = wanted.next() == Some(c);
        places.resize(places.len() + c.len_utf8(), byte(start + at));
        same.then_some(())
    };
    while let Some((at, c)) = chars.next() {
        match c {
            '\'' if quote == c && chars.next_if(|(_, n)| *n == '\'').is_some() => say('\'', at, &mut places)?,
            c if c == quote => {
                places.push(byte(start + at));
                return (places.len() == value.len() + 1).then_some(places);
            }
            '\\' if quote == '"' => {
                let (_, sign) = chars.next()?;
                let digits = match sign {
                    'x' => 2,
                    'u' => 4,
                    'U' => 8,
                    '\n' => {
                        while chars.next_if(|(_, c)| matches!(c, ' ' | '\t' | '\n')).is_some() {}
                        continue;
                    }
                    _ => 0,
                };
                let made = if digits == 0 {
                    escape(sign)?
                } else {
                    let mut code = 0u32;
                    for _ in 0..digits {
                        code = code.checked_mul(16)? + chars.next()?.1.to_digit(16)?;
                    }
                    char::from_u32(code)?
                };
                say(made, at, &mut places)?;
            }
            ' ' | '\t' | '\n' => {
                // Blanks at a line's end are folded away; further empty lines are line ends.
                let mut run = vec![(at, c)];
                while let Some(next) = chars.next_if(|(_, c)| matches!(c, ' ' | '\t' | '\n')) {
                    run.push(next);
                }
                let ends: Vec<usize> = run.iter().filter(|(_, c)| *c == '\n').map(|(i, _)| *i).collect();
                match ends.as_slice() {
                    [] => run.iter().try_for_each(|(i, c)| say(*c, *i, &mut places))?,
                    [one] => say(' ', *one, &mut places)?,
                    [_, more @ ..] => more.iter().try_for_each(|i| say('\n', *i, &mut places))?,
                }
            }
            c => say(c, at, &mut places)?,
        }
    }
    None
}

/// What a letter behind a backslash stands for in a double-quoted scalar (YAML 1.2, 5.7).
fn escape(sign: char) -> Option<char> {
    Some(match sign {
        '0' => '\0',
        'a' => '\u{7}',
        'b' => '\u{8}',
        't' | '\t' => '\t',
        'n' => '\n',
        'v' => '\u{B}',
        'f' => '\u{C}',
        'r' => '\r',
        'e' => '\u{1B}',
        'N' => '\u{85}',
        '_' => '\u{A0}',
        'L' => '\u{2028}',
        'P' => '\u{2029}',
        ' ' | '"' | '/' | '\\' => sign,
        _ => return None,
    })
}

/// Places in the source of every byte of a scalar's value.
#[derive(Clone, Debug)]
pub struct ScalarMap {
    /// A place for each byte, and the end.
    places: Vec<u32>,
}

impl ScalarMap {
    /// The byte of the source where byte `offset` of the value was typed; the end for an offset past the end.
    pub fn at(&self, offset: usize) -> usize {
        self.places.get(offset).or(self.places.last()).map_or(0, |place| *place as usize)
    }

    /// The places of the first bytes of the value, as many as asked for.
    pub fn first(mut self, count: usize) -> Vec<u32> {
        let end = self.places.last().copied().unwrap_or(0);
        self.places.resize(count, end);
        self.places
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_its_bytes_in_its_file() {
        let mut s = Source::new("k", "một\nhai\n");
        s.append("g", 5, "ba\nbốn");
        let text = |file, line| s.line_range(file, line).map(|r| s.text[r].to_owned());
        assert_eq!(text(0, 2).as_deref(), Some("hai\n"));
        assert_eq!((text(1, 5).as_deref(), text(1, 6).as_deref()), (Some("ba\n"), Some("bốn")));
        assert_eq!((text(0, 3), text(0, 0), text(1, 4), text(2, 1)), (None, None, None, None));
    }

    #[test]
    fn columns_count_characters() {
        let s = Source::new("k", "một\nhải đảo");
        assert_eq!(s.line_col(s.text.find("đảo").unwrap()), LineCol { line: 2, column: 5 });
    }

    #[test]
    fn a_table_at_the_start_of_a_block_scalar_is_no_header() {
        let s = Source::new("k", "noi_dung: |\n  | A | B |\n  |---|---|\n  | 1 | hai |\n");
        let value = "| A | B |\n|---|---|\n| 1 | hai |\n";
        let span = Span::new(s.text.find("| A").unwrap(), s.text.len());
        let at = s.place_in_scalar(span, value, value.find("hai").unwrap());
        assert_eq!(s.line_col(at.start), LineCol { line: 4, column: 9 });
    }

    #[test]
    fn places_behind_escapes_and_folds() {
        let s = Source::new("k", "a: \"Ti\\u1ebfng 😀\\x41\n  Vi\\u1ec7t {{ la }}\"\nb: 'nay ''mai'' {{ la }}'\n");
        let at = |value: &str, open: char| {
            let start = s.text.find(open).unwrap();
            let span = Span::new(start, start + s.text[start..].find("\n").unwrap());
            let span = if open == '"' { Span::new(start, s.text.find("\nb:").unwrap()) } else { span };
            s.line_col(s.place_in_scalar(span, value, value.find("la").unwrap()).start)
        };
        assert_eq!(at("Tiếng 😀A Việt {{ la }}", '"'), LineCol { line: 2, column: 16 });
        assert_eq!(at("nay 'mai' {{ la }}", '\''), LineCol { line: 3, column: 20 });
    }

    #[test]
    fn a_place_in_a_block_scalar_is_on_its_line() {
        let s = Source::new("k", "noi_dung: |\n  I. MỘT\n  1. {{ la }}\n");
        let value = "I. MỘT\n1. {{ la }}\n";
        let span = Span::new(10, s.text.len());
        let at = s.place_in_scalar(span, value, value.find("la").unwrap());
        assert_eq!(s.line_col(at.start), LineCol { line: 3, column: 9 });
    }

    #[test]
    fn texts_begin_alike_up_to_a_whole_letter() {
        for (a, b, wanted) in [
            ("", "a", ""),
            ("abc", "abd", "ab"),
            ("kế hoạch", "kể hoạch", "k"),
            ("một hai ba bốn năm sáu", "một hai ba bốn năm bảy", "một hai ba bốn năm "),
            ("một hai ba bốn nămx", "một hai ba bốn năm", "một hai ba bốn năm"),
        ] {
            assert_eq!(common_start(a, b), wanted);
            assert_eq!(common_start(b, a), wanted);
        }
    }
}
