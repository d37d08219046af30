//! From a word on the page to its line in the plan, and back.
//!
//! The laid-out text says which paragraph of the sheet it is of, and a paragraph knows where it was typed. Which of its
//! words stands on which line is found by aligning the words of both: variables, markup and capitals differ, order does not.

use super::view::Leaf;
use crate::decree30::style::Component;
use crate::sheet::{Par, Run, Sheet};
use crate::source::{Source, Span};
use crate::write::typst::look::{PageText, Piece};
use serde::Serialize;
use similar::{Algorithm, DiffOp, capture_diff_slices};
use std::collections::{BTreeMap, HashMap};

/// A paragraph, or the part of it that is on a page, as the browser takes it.
#[derive(Debug, Serialize)]
pub struct Paragraph {
    /// Level in the outline; 0 is no heading.
    heading: u8,
    lines: Vec<Line>,
    /// What it goes on from.
    #[serde(skip_serializing_if = "Option::is_none")]
    continues: Option<Continues>,
}

/// A paragraph of the page before, from 0.
#[derive(Debug, Serialize)]
struct Continues {
    paragraph: usize,
    /// It goes on without a blank.
    joined: bool,
}

/// Text on one baseline.
#[derive(Debug, Serialize)]
struct Line {
    y: f64,
    size: f64,
    pieces: Vec<Shown>,
    /// The next line goes on without a blank.
    joined: bool,
}

/// Text in one face.
#[derive(Debug, Serialize)]
struct Shown {
    i: usize,
    x: f64,
    width: f64,
    text: String,
    /// As in `face::FACE_NAMES`.
    face: u8,
}

/// Baselines that are this near in points are one.
const SAME_LINE: f64 = 0.1;

/// Reads the pages of a sheet one after the other.
pub struct Reading {
    /// Heading level and text of each paragraph.
    pars: Vec<(u8, String)>,
    /// How far each paragraph was read, in bytes of its text.
    read: Vec<usize>,
    /// Where text of a paragraph in a size (a footnote has another one) stood last: page and paragraph of the page.
    last: HashMap<(usize, u64), (usize, usize)>,
    /// The number of the next page.
    number: usize,
}

impl Reading {
    /// Before the first page.
    pub fn new(sheet: &Sheet) -> Self {
        let mut pars = Vec::new();
        sheet.visit(&mut |par| pars.push((par.heading.unwrap_or(0), text_of(par))));
        Reading { read: vec![0; pars.len()], pars, last: HashMap::new(), number: 0 }
    }

    /// The paragraphs of the next page.
    pub fn page(&mut self, page: &PageText) -> Vec<Paragraph> {
        let mut out: Vec<Paragraph> = Vec::new();
        let mut current = None;
        for (i, piece) in page.pieces.iter().enumerate() {
            let joined = self.goes_on(piece);
            let mark = piece.par.is_none() && out.last().is_some_and(|p| p.ends_at(piece));
            if out.is_empty() || (piece.par != current && !mark) || (piece.par.is_none() && !mark) {
                let heading = piece.par.and_then(|p| self.pars.get(p)).map_or(0, |(level, _)| *level);
                let key = piece.par.map(|par| (par, piece.size.0.to_bits()));
                let before = key.and_then(|key| self.last.insert(key, (self.number, out.len())));
                let continues = before
                    .filter(|(page, _)| page + 1 == self.number)
                    .map(|(_, paragraph)| Continues { paragraph, joined });
                out.push(Paragraph { heading, lines: Vec::new(), continues });
                current = piece.par;
            }
            if let Some(paragraph) = out.last_mut() {
                paragraph.add(i, piece, joined || mark);
            }
        }
        self.number += 1;
        out
    }

    /// Whether a piece goes on without a blank behind the piece before it.
    fn goes_on(&mut self, piece: &Piece) -> bool {
        let Some(par) = piece.par else { return false };
        let (Some((_, text)), Some(read)) = (self.pars.get(par), self.read.get_mut(par)) else { return false };
        let rest = text.get(*read..).unwrap_or("");
        let blank = rest.len() - rest.trim_start().len();
        let joined = *read > 0 && blank == 0;
        let mut at = *read + blank;
        for c in piece.text.chars().filter(|c| !c.is_whitespace()) {
            let found = text.get(at..).and_then(|rest| rest.char_indices().find(|(_, t)| !t.is_whitespace()));
            // The text of a footnote is that of no paragraph: it is read from its own start.
            let Some((skip, _)) = found.filter(|(_, t)| *t == c) else { return joined };
            at += skip + c.len_utf8();
        }
        *read = at;
        joined
    }
}

impl Paragraph {
    fn add(&mut self, i: usize, piece: &Piece, joined: bool) {
        let round = |v: f64| (v * 1000.0).round() / 1000.0;
        let face = u8::from(piece.bold) + 2 * u8::from(piece.italic);
        let shown = Shown { i, x: round(piece.x.0), width: round(piece.width.0), text: piece.text.clone(), face };
        match self.lines.last_mut() {
            Some(line) if (line.y - piece.y.0).abs() < SAME_LINE && line.size == round(piece.size.0) => {
                line.pieces.push(shown);
            }
            last => {
                if let Some(last) = last {
                    last.joined = joined;
                }
                self.lines.push(Line {
                    y: round(piece.y.0),
                    size: round(piece.size.0),
                    pieces: vec![shown],
                    joined: false,
                });
            }
        }
    }

    /// Whether a raised mark stands right behind its last word.
    fn ends_at(&self, piece: &Piece) -> bool {
        let Some(line) = self.lines.last() else { return false };
        let Some(last) = line.pieces.last() else { return false };
        (last.x + last.width - piece.x.0).abs() < 1.0 && (line.y - piece.y.0).abs() < line.size
    }
}

fn text_of(par: &Par) -> String {
    let mut out = String::new();
    for run in par.marker.iter().flatten() {
        out.push_str(run.chars().map_or("", |c| &c.text));
    }
    if par.marker.is_some() {
        out.push(' ');
    }
    for run in &par.runs {
        match run {
            Run::Break => out.push('\n'),
            other => out.push_str(other.chars().map_or("", |c| &c.text)),
        }
    }
    // Printed as a hyphen; where a word may break nothing is printed.
    out.replace('\u{2011}', "-").replace('\u{200B}', "")
}

/// A word on a page.
struct Word {
    page: usize,
    piece: usize,
    /// Where it begins in its piece, in UTF-16 units, as browsers count.
    from: usize,
    /// In small letters.
    text: String,
    /// It stands in a footnote.
    small: bool,
    /// Byte of the source where it was typed; none for what the program added.
    typed: Option<usize>,
}

/// Which words of the pages come from where.
pub struct Places {
    words: Vec<Word>,
    /// The words of each piece, by page and piece; of a piece of signs only, the word of its paragraph before it.
    of_piece: BTreeMap<(usize, usize), Vec<usize>>,
}

impl Places {
    /// Aligns the words of all pages with the source.
    pub fn new(sheet: &Sheet, source: &Source, leaves: &[Leaf]) -> Self {
        let mut pars: Vec<&Par> = Vec::new();
        sheet.visit(&mut |par| pars.push(par));
        let mut words = Vec::new();
        let mut of_par: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        let mut of_piece: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
        let mut signs: Vec<(usize, usize, usize)> = Vec::new();
        for (page, leaf) in leaves.iter().enumerate() {
            for (index, piece) in leaf.page.pieces.iter().enumerate() {
                if let Some(par) = piece.par.filter(|_| !piece.text.contains(char::is_alphanumeric)) {
                    signs.push((page, index, par));
                }
                for (at, text) in tokens(&piece.text) {
                    let from = piece.text[..at].encode_utf16().count();
                    if let Some(par) = piece.par {
                        of_par.entry(par).or_default().push(words.len());
                    }
                    of_piece.entry((page, index)).or_default().push(words.len());
                    let small = piece.par.and_then(|p| pars.get(p)).is_some_and(|p| is_note(piece, p, sheet));
                    words.push(Word { page, piece: index, from, text, small, typed: None });
                }
            }
        }
        for (page, index, par) in signs {
            let all = of_par.get(&par).map_or(&[][..], Vec::as_slice);
            let before = all.iter().rev().find(|w| (words[**w].page, words[**w].piece) < (page, index)).or(all.first());
            of_piece.insert((page, index), before.copied().into_iter().collect());
        }
        for (par, all) in of_par {
            let Some(par) = pars.get(par) else { continue };
            let printed: Vec<&str> = all.iter().map(|w| words[*w].text.as_str()).collect();
            let whole = (par.span != Span::default()).then(|| {
                let small: Vec<bool> = all.iter().map(|w| words[*w].small).collect();
                align_with_notes(&printed, &small, source, par.span)
            });
            let entries = entries(par, &printed);
            for (i, word) in all.into_iter().enumerate() {
                words[word].typed = entries[i].or_else(|| whole.as_ref()?.get(i).copied());
            }
        }
        Places { words, of_piece }
    }

    /// The byte of the source where the word at a place was typed; none for what the program added. `page` and `piece` from
    /// 0, `offset` in UTF-16 units of the piece.
    pub fn typed(&self, page: usize, piece: usize, offset: usize) -> Option<usize> {
        let words = self.of_piece.get(&(page, piece))?;
        let at = words.iter().rev().find(|w| self.words[**w].from <= offset).or(words.first())?;
        self.words[*at].typed
    }

    /// The pieces, as page and piece, that a line of one of the source's files became.
    pub fn pieces(&self, source: &Source, file: usize, line: usize) -> Vec<(usize, usize)> {
        let Some(range) = source.line_range(file, line) else { return Vec::new() };
        let here = self.words.iter().filter(|w| w.typed.is_some_and(|at| range.contains(&at)));
        let mut out: Vec<(usize, usize)> = here.map(|w| (w.page, w.piece)).collect();
        out.dedup();
        out
    }
}

/// Where the words of the number and the date were typed, each on a line of its own; those that the program sets before
/// them (`ngày`, `tháng`) stand there too.
fn entries(par: &Par, printed: &[&str]) -> Vec<Option<usize>> {
    let mut words: Vec<(String, Option<usize>, bool)> = Vec::new();
    for run in &par.runs {
        let Some(chars) = run.chars() else { continue };
        let typed = match run {
            Run::Entry(entry) if entry.span != Span::default() => Some(entry.span.start),
            _ => None,
        };
        words.extend(tokens(&chars.text).into_iter().map(|(_, word)| (word, typed, chars.added)));
    }
    // A marker or a footnote has words of its own: such a paragraph has no entries.
    if !words.iter().map(|(word, ..)| word.as_str()).eq(printed.iter().copied()) {
        return vec![None; printed.len()];
    }
    let mut next = None;
    let mut out: Vec<Option<usize>> = words
        .into_iter()
        .rev()
        .map(|(_, typed, added)| {
            next = typed.or(next.filter(|_| added));
            next
        })
        .collect();
    out.reverse();
    out
}

/// The words of a text in small letters, with the bytes where they begin.
fn tokens(text: &str) -> Vec<(usize, String)> {
    let mut out: Vec<(usize, String)> = Vec::new();
    let mut open = false;
    for (at, c) in text.char_indices() {
        if c.is_alphanumeric() {
            if !open {
                out.push((at, String::new()));
            }
            if let Some((_, word)) = out.last_mut() {
                word.extend(c.to_lowercase());
            }
        }
        open = c.is_alphanumeric();
    }
    out
}

/// Whether a piece of a paragraph stands in its footnote: in the size of footnotes, which is not the paragraph's.
fn is_note(piece: &Piece, par: &Par, sheet: &Sheet) -> bool {
    let size = |style| sheet.styles.get(style).size.0;
    let near = |size: f64| (piece.size.0 - size).abs() < 0.01;
    par.runs.iter().any(|r| matches!(r, Run::Note(_))) && near(size(Component::ChuThich)) && !near(size(par.style))
}

/// As [`align`], where footnotes are printed behind the text in whose middle they were typed.
fn align_with_notes(printed: &[&str], small: &[bool], source: &Source, span: Span) -> Vec<usize> {
    let slice = source.text.get(span.range()).unwrap_or("");
    if !small.contains(&true) || !slice.contains("^[") {
        return align(printed, source, span);
    }
    let mut inside = String::with_capacity(slice.len());
    let mut outside = String::with_capacity(slice.len());
    let mut depth = 0_usize;
    let mut before = '\0';
    for c in slice.chars() {
        depth = match c {
            '[' if depth > 0 || before == '^' => depth + 1,
            ']' => depth.saturating_sub(1),
            _ => depth,
        };
        before = c;
        // As many bytes, so that places stay; line ends stay in both.
        let blank = " ".repeat(c.len_utf8());
        let (shown, hidden) = if depth > 0 { (&mut inside, &mut outside) } else { (&mut outside, &mut inside) };
        shown.push(c);
        hidden.push_str(if c == '\n' { "\n" } else { &blank });
    }
    let part = |of: bool, text: String| {
        let words: Vec<&str> = printed.iter().zip(small).filter(|(_, s)| **s == of).map(|(w, _)| *w).collect();
        let mut all = source.text[..span.start].to_owned();
        all.push_str(&text);
        align(&words, &Source::new("", all), span)
    };
    let (mut body, mut notes) = (part(false, outside).into_iter(), part(true, inside).into_iter());
    small.iter().map(|s| if *s { notes.next() } else { body.next() }.unwrap_or(span.start)).collect()
}

/// Where each printed word was typed, as bytes of the source; a word that is not there in this form (the value of a
/// variable, a number that was set) stands behind the word before it.
fn align(printed: &[&str], source: &Source, span: Span) -> Vec<usize> {
    let slice = source.text.get(span.range()).unwrap_or("");
    let typed = tokens(slice);
    let words: Vec<&str> = typed.iter().map(|(_, w)| w.as_str()).collect();
    let mut out: Vec<Option<usize>> = vec![None; printed.len()];
    for op in capture_diff_slices(Algorithm::Myers, printed, &words) {
        if let DiffOp::Equal { old_index, new_index, len } = op {
            for i in 0..len {
                out[old_index + i] = Some(span.start + typed[new_index + i].0);
            }
        }
    }
    let first = slice.len() - slice.trim_start().len();
    let mut last = span.start + first;
    out.into_iter()
        .map(|found| match found {
            Some(at) => {
                // Behind this word: what follows it and is not found stands there.
                let length = source.text[at..].char_indices().find(|(_, c)| !c.is_alphanumeric()).map_or(0, |(i, _)| i);
                let rest = source.text.get(at + length..span.end.max(at + length)).unwrap_or("");
                let blank = rest.len() - rest.trim_start().len();
                last = if rest.len() > blank { at + length + blank } else { at };
                at
            }
            None => last,
        })
        .collect()
}

/// The line of another version of the texts that stands for a line of one: itself where the file was not changed above.
pub fn same_line(from: &Source, to: &Source, file: usize, line: usize) -> usize {
    if std::ptr::eq(from, to) || from.files() == to.files() {
        return line;
    }
    let (from, to) = (from.files(), to.files());
    let (Some((_, first, old)), Some((_, new_first, new))) = (from.get(file), to.get(file)) else { return line };
    let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    let wanted = line.saturating_sub(*first);
    for op in capture_diff_slices(Algorithm::Myers, &old, &new) {
        let range = op.old_range();
        if range.contains(&wanted) {
            let into = (wanted - range.start).min(op.new_range().len().saturating_sub(1));
            return op.new_range().start + into + new_first;
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_on_their_lines() {
        let text = "noi_dung: |\n  1. Giao **{{ don_vi }}**\n  chủ trì, báo cáo\n  trước ngày {{ ngay }} hằng năm.\n";
        let source = Source::new("k", text);
        let span = Span::new(12, text.len());
        let printed = ["1", "giao", "sở", "y", "tế", "chủ", "trì", "báo", "cáo", "trước", "ngày", "15", "hằng", "năm"];
        let lines: Vec<usize> = align(&printed, &source, span).into_iter().map(|at| source.line_col(at).line).collect();
        assert_eq!(lines, [2, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 4]);
    }

    #[test]
    fn words_behind_a_footnote_are_not_in_it() {
        let text = "noi_dung: |\n  1. Một^[Ghi chú\n  hai.] cuối\n  dòng.\n";
        let source = Source::new("k", text);
        let printed = ["1", "một", "cuối", "dòng", "ghi", "chú", "hai"];
        let small = [false, false, false, false, true, true, true];
        let places = align_with_notes(&printed, &small, &source, Span::new(12, text.len()));
        let lines: Vec<usize> = places.into_iter().map(|at| source.line_col(at).line).collect();
        assert_eq!(lines, [2, 2, 3, 4, 2, 2, 3]);
    }

    #[test]
    fn a_line_is_found_again_below_an_insertion() {
        let (old, new) = (Source::new("k", "a\nb\nc\n"), Source::new("k", "a\nmới\nb\nc\n"));
        assert_eq!((1..=3).map(|l| same_line(&old, &new, 0, l)).collect::<Vec<_>>(), [1, 3, 4]);
        assert_eq!(same_line(&new, &old, 0, 4), 3);
    }
}
