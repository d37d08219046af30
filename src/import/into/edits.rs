//! Words of a paragraph that are others now.

use super::units::{Char, Text, Token, Unit};
use super::{Comparison, ELSEWHERE, PROGRAM, VALUE};
use crate::chars::in_capitals;
use crate::import::marks;
use crate::import::stream::Run;
use crate::import::yaml;
use crate::markup::marker;
use similar::{Algorithm, DiffOp, capture_diff_slices};
use std::ops::Range;

/// Why words have no edit of their own.
const MARKS: &str = "giữa các chữ này có dấu định dạng hoặc chỗ xuống dòng của kế hoạch";

/// Edits of a unit.
#[derive(Default)]
pub(super) struct Edits {
    /// Bytes, and what stands there instead.
    pub pieces: Vec<(Range<usize>, String)>,
    /// Words and signs that they bring.
    pub worth: usize,
    /// Why some change has none.
    pub refused: Option<&'static str>,
}

impl Comparison<'_> {
    /// The edits that make one unit say what another says.
    pub(super) fn edits_of(&self, old: &Unit, new: &Unit) -> Edits {
        let mut out = Edits::default();
        let same_shape =
            old.cells.len() == new.cells.len() && old.cells.iter().zip(&new.cells).all(|(a, b)| a.len() == b.len());
        if !same_shape {
            return match self.row_again(old, new) {
                Some(piece) => Edits { pieces: vec![piece], worth: 1, refused: None },
                None => Edits { refused: Some(super::NO_PLACE), ..Edits::default() },
            };
        }
        for (a, b) in old.cells.iter().flatten().zip(new.cells.iter().flatten()) {
            let more = self.words_of(a, b, old.row);
            out.pieces.extend(more.pieces);
            out.worth += more.worth;
            out.refused = out.refused.or(more.refused);
        }
        out
    }

    fn words_of(&self, old: &Text, new: &Text, row: bool) -> Edits {
        let capitals = old.chars.iter().any(|c| self.in_capitals(c));
        let mut out = Edits::default();
        let (a, b) = (old.tokens(), new.tokens());
        let texts = |all: &[Token]| all.iter().map(|t| t.text.clone()).collect::<Vec<_>>();
        for op in capture_diff_slices(Algorithm::Myers, &texts(&a), &texts(&b)) {
            if let DiffOp::Equal { old_index, new_index, len } = op {
                self.blanks_of((old, &a[old_index..old_index + len]), (new, &b[new_index..new_index + len]), &mut out);
                continue;
            }
            let (from, to) = (&a[op.old_range()], &b[op.new_range()]);
            let begins = from.first().is_none_or(|t| !self.in_capitals(&old.chars[t.from]));
            let slice: String = match (to.first(), to.last()) {
                (Some(first), Some(last)) => new.chars[first.from..last.to].iter().map(|(c, _)| *c).collect(),
                _ => String::new(),
            };
            let slice = if capitals {
                self.in_small(&slice, begins && (!from.is_empty() || op.old_range().start == 0))
            } else {
                slice
            };
            let made = self.edit(old, new, (&a, op.old_range()), (&b, op.new_range()), &plain(&slice));
            match made {
                Ok(piece) => {
                    out.pieces.push(piece);
                    out.worth += from.len() + to.len();
                }
                // The paragraph is written again, if all of it was typed.
                Err(MARKS) => match self.again(old, new, row) {
                    Some(piece) => return Edits { pieces: vec![piece], worth: 1, refused: None },
                    None => out.refused = out.refused.or(Some(MARKS)),
                },
                Err(why) => out.refused = out.refused.or(Some(why)),
            }
        }
        out
    }

    /// Words in capitals as a plan has them, which prints capitals itself; `begins` where the first letter is one all the
    /// same.
    fn in_small(&self, text: &str, begins: bool) -> String {
        let elsewhere = self.file.words.as_elsewhere(text);
        if elsewhere != text || !in_capitals(text) {
            return elsewhere;
        }
        let written = self.file.words.in_sentence(text);
        let abbreviation = text.split(' ').next().is_some_and(|w| w.ends_with('.'));
        let mut letters = written.chars();
        match letters.next().filter(|_| !begins && !abbreviation) {
            Some(first) => first.to_lowercase().chain(letters).collect(),
            None => written,
        }
    }

    /// Blanks between words that are the same.
    fn blanks_of(&self, (old, a): (&Text, &[Token]), (new, b): (&Text, &[Token]), out: &mut Edits) {
        let blank = |text: &Text, pair: &[Token]| text.chars[pair[0].to..pair[1].from].iter().any(|(c, _)| *c == ' ');
        for (x, y) in a.windows(2).zip(b.windows(2)) {
            let wanted = blank(new, y);
            if blank(old, x) == wanted {
                continue;
            }
            let edge = |at: usize| {
                let c = old.chars.get(at).ok_or(PROGRAM)?;
                self.letter(c).or(self.tag(c))
            };
            let (Ok(before), Ok(behind)) = (edge(x[0].to - 1), edge(x[1].from)) else {
                out.refused = out.refused.or(Some(PROGRAM));
                continue;
            };
            let gap = self.source.text.get(before.end..behind.start).unwrap_or("?");
            if gap.chars().all(|c| c == ' ') {
                out.pieces.push((before.end..behind.start, if wanted { " ".to_owned() } else { String::new() }));
                out.worth += 1;
            } else {
                out.refused = out.refused.or(Some(MARKS));
            }
        }
    }

    /// A letter that the page prints in capitals and the plan does not.
    fn in_capitals(&self, (c, typed): &Char) -> bool {
        let there = typed.and_then(|at| self.source.text.get(at..)).and_then(|rest| rest.chars().next());
        there.is_some_and(|t| t != *c && t.is_lowercase() && t.to_uppercase().eq(std::iter::once(*c)))
    }

    /// The bytes of a letter as it was typed; an error where it was not.
    fn letter(&self, (c, typed): &Char) -> Result<Range<usize>, &'static str> {
        let at = typed.ok_or(PROGRAM)?;
        if self.source.file_at(at) > 0 {
            return Err(ELSEWHERE);
        }
        let rest = self.source.text.get(at..).unwrap_or_default();
        let same = |t: char| t == *c || t.to_lowercase().eq(c.to_lowercase());
        let mut letters = rest.chars();
        match letters.next() {
            Some('\\') if letters.next().is_some_and(same) => Ok(at..at + 1 + c.len_utf8()),
            Some(t) if same(t) => Ok(at..at + t.len_utf8()),
            _ if rest.starts_with('{') => Err(VALUE),
            _ => Err(PROGRAM),
        }
    }

    /// The bytes of the tag that printed a letter: its edges are those of the value.
    fn tag(&self, (_, typed): &Char) -> Result<Range<usize>, &'static str> {
        let at = typed.filter(|at| self.source.file_at(*at) == 0).ok_or(PROGRAM)?;
        let rest = self.source.text.get(at..).filter(|rest| rest.starts_with("{{")).ok_or(PROGRAM)?;
        rest.find("}}").map(|end| at..at + end + 2).ok_or(VALUE)
    }

    /// The bytes of some letters that stand behind each other with nothing but blanks between.
    fn range(&self, chars: &[Char]) -> Result<Range<usize>, &'static str> {
        let mut out: Option<Range<usize>> = None;
        for c in chars.iter().filter(|(c, _)| *c != ' ') {
            let next = self.letter(c)?;
            out = match out {
                None => Some(next),
                Some(before) => {
                    let gap = self.source.text.get(before.end..next.start).unwrap_or("?");
                    if gap.contains(|c: char| !c.is_whitespace()) || gap.contains('\n') {
                        return Err(MARKS);
                    }
                    Some(before.start..next.end)
                }
            };
        }
        out.ok_or(PROGRAM)
    }

    /// Some words in the place of others, with the blanks around them as the file has them.
    fn edit(
        &self,
        old: &Text,
        new: &Text,
        (a, from): (&[Token], Range<usize>),
        (b, to): (&[Token], Range<usize>),
        words: &str,
    ) -> Result<(Range<usize>, String), &'static str> {
        let letter = |at: usize| old.chars.get(at).ok_or(PROGRAM).and_then(|c| self.letter(c).or(self.tag(c)));
        let before = from.start.checked_sub(1).and_then(|i| a.get(i)).ok_or(PROGRAM).and_then(|t| letter(t.to - 1));
        let behind = a.get(from.end).ok_or(PROGRAM).and_then(|t| letter(t.from));
        let inner = match (a.get(from.start), from.end.checked_sub(1).and_then(|i| a.get(i))) {
            (Some(first), Some(last)) if !from.is_empty() => Some(self.range(&old.chars[first.from..last.to])?),
            _ => None,
        };
        // Blanks of the file before and behind the words.
        let blank = |left: Option<&Token>, right: Option<&Token>| {
            left.zip(right).is_some_and(|(l, r)| new.chars[l.to..r.from].iter().any(|(c, _)| *c == ' '))
        };
        let at = |i: Option<usize>| i.and_then(|i| b.get(i));
        let (left, right) = (at(to.start.checked_sub(1)), at(Some(to.end)));
        let (first, last) = if to.is_empty() { (right, left) } else { (at(Some(to.start)), at(Some(to.end - 1))) };
        let lead = if blank(left, first) { " " } else { "" };
        let trail = if !to.is_empty() && blank(last, right) { " " } else { "" };
        let gap = |from: usize, to: usize| {
            let between = self.source.text.get(from..to);
            between.is_some_and(|t| t.chars().all(|c| c == ' '))
        };
        let (mut start, mut end, mut text) = match (&inner, &before, &behind) {
            (Some(inner), ..) => (inner.start, inner.end, words.to_owned()),
            (None, Ok(before), _) => (before.end, before.end, words.to_owned()),
            (None, Err(_), Ok(behind)) => (behind.start, behind.start, words.to_owned()),
            (None, Err(why), Err(_)) => return Err(why),
        };
        if let Ok(before) = before.and_then(|b| if gap(b.end, start) { Ok(b) } else { Err(PROGRAM) }) {
            (start, text) = (before.end, format!("{lead}{text}"));
        }
        if let Ok(behind) = behind.and_then(|b| if gap(end, b.start) { Ok(b) } else { Err(PROGRAM) }) {
            (end, text) = (behind.start, format!("{text}{trail}"));
        }
        Ok((start..end, text))
    }

    /// All letters of a paragraph that the author typed, where nothing but they, blanks and marks stands there.
    pub(super) fn whole(&self, old: &Text) -> Result<Range<usize>, &'static str> {
        let mut out: Option<Range<usize>> = None;
        for c in old.chars.iter().filter(|(c, typed)| *c != ' ' && typed.is_some()) {
            let next = self.letter(c)?;
            out = match out {
                None => Some(next),
                Some(before) if before.end <= next.start => {
                    let gap = self.source.text.get(before.end..next.start).unwrap_or("?");
                    if gap.contains(|c: char| !c.is_whitespace() && !matches!(c, '*' | '_' | '\\')) {
                        return Err(VALUE);
                    }
                    Some(before.start..next.end)
                }
                Some(_) => return Err(PROGRAM),
            };
        }
        let range = out.ok_or(PROGRAM)?;
        let text = &self.source.text;
        let marks = |c: char| matches!(c, '*' | '_');
        let start = text[..range.start].trim_end_matches(marks).len();
        let end = text.len() - text[range.end..].trim_start_matches(marks).len();
        Ok(start..end)
    }

    /// All of a value written anew between quotes: a sign of it would mean something to YAML.
    pub(super) fn quoted(&self, old: &Unit, new: &Unit) -> Option<(Range<usize>, String)> {
        let ([cell], [now]) = (old.cells.as_slice(), new.cells.as_slice()) else { return None };
        let ([old], [new]) = (cell.as_slice(), now.as_slice()) else { return None };
        let mut range = self.whole(old).ok()?;
        let text = without_added(&self.in_marks(new, true)?, old);
        let source = &self.source.text;
        for quote in ['"', '\''] {
            if source[..range.start].ends_with(quote) && source[range.end..].starts_with(quote) {
                range = range.start - 1..range.end + 1;
            }
        }
        Some((range, yaml::quoted(&text)))
    }

    /// A paragraph written anew, with the emphasis that Word shows.
    fn again(&self, old: &Text, new: &Text, row: bool) -> Option<(Range<usize>, String)> {
        let range = self.whole(old).ok()?;
        let text = self.in_marks(new, row)?;
        Some((range, without_added(&text, old)))
    }

    /// The text of a paragraph of the file, as a plan has it.
    pub(super) fn in_marks(&self, new: &Text, row: bool) -> Option<String> {
        let par = new.par.as_ref()?.on_one_line();
        // What all of a paragraph has, its place has anyway.
        let all = |of: fn(&Run) -> bool| par.runs.iter().all(|r| of(r) || !r.text.contains(char::is_alphanumeric));
        let usual = if row { (all(|r| r.bold), all(|r| r.italic)) } else { (false, false) };
        Some(if row { marks::marked(&par, usual) } else { marks::outline(&par) })
    }
}

/// Letters that stay letters between others: a bracket may open what a later edit closes.
fn plain(text: &str) -> String {
    marks::escaped(text).replace("\\[", "[").replace('[', "\\[")
}

/// A text without what the program prints before and behind texts of its kind.
pub(super) fn without_added(text: &str, like: &Text) -> String {
    let mut out = text;
    let added = like.chars.first().is_some_and(|(_, typed)| typed.is_none());
    if let Some(marker) = marker::find(text).filter(|_| added && marker::find(&like.shown()).is_some()) {
        out = marker.rest;
    }
    for (c, typed) in &like.chars {
        if typed.is_some() {
            break;
        }
        match out.trim_start().strip_prefix(*c) {
            Some(rest) => out = rest,
            None if *c == ' ' => {}
            None => break,
        }
    }
    let ends =
        like.chars.iter().rev().take_while(|(_, typed)| typed.is_none()).any(|(c, _)| matches!(c, ';' | '.' | ','));
    let out = out.trim();
    if ends { out.trim_end_matches([';', '.', ',', '/']).to_owned() } else { out.to_owned() }
}
