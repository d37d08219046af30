//! Words of a paragraph that are others now.

use super::units::{Char, Text, Token, Unit};
use super::{Comparison, ELSEWHERE, PROGRAM, VALUE};
use crate::import::marks;
use crate::markup::marker;
use similar::{Algorithm, DiffOp, capture_diff_slices};
use std::ops::Range;

/// Edits, and why some change has none.
type Edits = (Vec<(Range<usize>, String)>, Option<&'static str>);

impl Comparison<'_> {
    /// The edits that make one unit say what another says.
    pub(super) fn edits_of(&self, old: &Unit, new: &Unit) -> Edits {
        let mut out = Edits::default();
        let same_shape =
            old.cells.len() == new.cells.len() && old.cells.iter().zip(&new.cells).all(|(a, b)| a.len() == b.len());
        if !same_shape {
            return match self.row_again(old, new) {
                Some(piece) => (vec![piece], None),
                None => (Vec::new(), Some(super::NO_PLACE)),
            };
        }
        for (a, b) in old.cells.iter().flatten().zip(new.cells.iter().flatten()) {
            let (pieces, refused) = self.words_of(a, b, old.row);
            out.0.extend(pieces);
            out.1 = out.1.or(refused);
        }
        out
    }

    fn words_of(&self, old: &Text, new: &Text, row: bool) -> Edits {
        let capitals = old.chars.iter().any(|c| self.in_capitals(c));
        let mut out = Edits::default();
        let (a, b) = (old.tokens(), new.tokens());
        let texts = |all: &[Token]| all.iter().map(|t| t.text.clone()).collect::<Vec<_>>();
        for op in capture_diff_slices(Algorithm::Myers, &texts(&a), &texts(&b)) {
            if matches!(op, DiffOp::Equal { .. }) {
                continue;
            }
            let (from, to) = (&a[op.old_range()], &b[op.new_range()]);
            let begins = from.first().is_none_or(|t| !self.in_capitals(&old.chars[t.from]));
            let insert = |tokens: &[Token]| match (tokens.first(), tokens.last()) {
                (Some(first), Some(last)) => {
                    let slice: String = new.chars[first.from..last.to].iter().map(|(c, _)| *c).collect();
                    let text = if capitals { self.in_small(&slice, begins && !from.is_empty()) } else { slice };
                    marks::escaped(&text)
                }
                _ => String::new(),
            };
            let made = match (from.first(), from.last()) {
                (Some(first), Some(last)) => self
                    .range(&old.chars[first.from..last.to])
                    .map(|range| if to.is_empty() { self.with_blank(range) } else { range })
                    .map(|range| (range, insert(to))),
                _ => self.between(old, new, &a, op.old_range().start, to, &insert(to)),
            };
            match made {
                Ok(piece) => out.0.push(piece),
                // Marks stand between: the paragraph is written again, if all of it was typed.
                Err(why) => match self.again(old, new, row) {
                    Some(piece) => return (vec![piece], None),
                    None => out.1 = out.1.or(Some(why)),
                },
            }
        }
        out
    }

    /// Words in capitals as a plan has them, which prints capitals itself; `begins` where the first letter is one all the
    /// same.
    fn in_small(&self, text: &str, begins: bool) -> String {
        let elsewhere = self.words.as_elsewhere(text);
        if elsewhere != text || text.to_uppercase() != text {
            return elsewhere;
        }
        let small = text.to_lowercase();
        let mut letters = small.chars();
        match letters.next().filter(|_| begins) {
            Some(first) => first.to_uppercase().chain(letters).collect(),
            None => small,
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
                        return Err(PROGRAM);
                    }
                    Some(before.start..next.end)
                }
            };
        }
        out.ok_or(PROGRAM)
    }

    /// With a blank before it, or else behind it: no two stay.
    fn with_blank(&self, range: Range<usize>) -> Range<usize> {
        let text = &self.source.text;
        if text[..range.start].ends_with(' ') && !text[..range.start].trim_end_matches(' ').ends_with('\n') {
            return range.start - 1..range.end;
        }
        if text[range.end..].starts_with(' ') { range.start..range.end + 1 } else { range }
    }

    /// Words put between two old ones.
    fn between(
        &self,
        old: &Text,
        new: &Text,
        tokens: &[Token],
        at: usize,
        to: &[Token],
        insert: &str,
    ) -> Result<(Range<usize>, String), &'static str> {
        let blank = |at: Option<usize>| at.and_then(|at| new.chars.get(at)).is_some_and(|(c, _)| *c == ' ');
        let before = at.checked_sub(1).and_then(|i| tokens.get(i)).ok_or(PROGRAM);
        let before = before.and_then(|t| self.letter(&old.chars[t.to - 1]));
        let first = to.first().map(|t| t.from);
        let last = to.last().map(|t| t.to);
        match before {
            Ok(range) => {
                let lead = if blank(first.and_then(|f| f.checked_sub(1))) { " " } else { "" };
                Ok((range.end..range.end, format!("{lead}{insert}")))
            }
            Err(why) => {
                let next = tokens.get(at).ok_or(why).and_then(|t| self.letter(&old.chars[t.from]))?;
                let trail = if blank(last) { " " } else { "" };
                Ok((next.start..next.start, format!("{insert}{trail}")))
            }
        }
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

    /// A paragraph written anew, with the emphasis that Word shows.
    fn again(&self, old: &Text, new: &Text, row: bool) -> Option<(Range<usize>, String)> {
        let range = self.whole(old).ok()?;
        let text = self.in_marks(new, row)?;
        Some((range, without_added(&text, old)))
    }

    /// The text of a paragraph of the file, as a plan has it.
    pub(super) fn in_marks(&self, new: &Text, row: bool) -> Option<String> {
        let par = new.par.as_ref()?.on_one_line();
        Some(if row { marks::marked(&par, (false, false)) } else { marks::outline(&par) })
    }
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
