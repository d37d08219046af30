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
            let slice: String = match (to.first(), to.last()) {
                (Some(first), Some(last)) => new.chars[first.from..last.to].iter().map(|(c, _)| *c).collect(),
                _ => String::new(),
            };
            let slice = if capitals { self.in_small(&slice, begins && !from.is_empty()) } else { slice };
            let made = self.edit(old, new, (&a, op.old_range()), (&b, op.new_range()), &plain(&slice));
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

    /// Some words in the place of others, with the blanks around them as the file has them.
    fn edit(
        &self,
        old: &Text,
        new: &Text,
        (a, from): (&[Token], Range<usize>),
        (b, to): (&[Token], Range<usize>),
        words: &str,
    ) -> Result<(Range<usize>, String), &'static str> {
        let letter = |at: usize| old.chars.get(at).ok_or(PROGRAM).and_then(|c| self.letter(c));
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
