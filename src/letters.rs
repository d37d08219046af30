//! The letters of each paragraph of a sheet, each with the byte of the source at which it was typed.
//!
//! A document's lines know where each of their letters was typed. The sheet has the same letters in the same order (the
//! proof of words says so), between those that the program adds.

use crate::document::{self, Document, Inline, Line, NOWHERE};
use crate::sheet::{Par, Run, Sheet};
use crate::source::Span;

/// A letter of a paragraph.
#[derive(Clone, Copy, Debug)]
pub struct Letter {
    /// As it is printed.
    pub c: char,
    /// Where it was typed; none for what the program adds.
    pub typed: Option<usize>,
}

/// The letters of a paragraph, blanks left out: those of its marker and text, and those of its footnotes.
#[derive(Debug, Default)]
pub struct Letters {
    /// Marker and text.
    pub body: Vec<Letter>,
    /// All footnotes, one behind the other.
    pub notes: Vec<Letter>,
}

/// Where the author's letters were typed, in reading order: those of the text, and those of footnotes.
#[derive(Default)]
struct Typed {
    body: Vec<Option<usize>>,
    notes: Vec<Option<usize>>,
}

/// The letters of each paragraph, in the order of `Sheet::visit`.
pub fn of(document: &Document, sheet: &Sheet) -> Vec<Letters> {
    let typed = Typed::of(document);
    let (mut body, mut notes) = (typed.body.into_iter(), typed.notes.into_iter());
    let mut out = Vec::new();
    sheet.visit(&mut |par| out.push(paragraph(par, &mut body, &mut notes)));
    out
}

fn paragraph(
    par: &Par,
    body: &mut impl Iterator<Item = Option<usize>>,
    notes: &mut impl Iterator<Item = Option<usize>>,
) -> Letters {
    let mut out = Letters::default();
    for run in par.marker.iter().flatten().chain(&par.runs) {
        match run {
            Run::Note(inner) => inner.iter().for_each(|r| letters(r, notes, &mut out.notes)),
            other => letters(other, body, &mut out.body),
        }
    }
    out
}

fn letters(run: &Run, typed: &mut impl Iterator<Item = Option<usize>>, out: &mut Vec<Letter>) {
    let Some(chars) = run.chars() else { return };
    let entry = match run {
        Run::Entry(entry) if entry.span != Span::default() => Some(entry.span.start),
        _ => None,
    };
    for c in chars.text.chars().filter(|c| !is_blank(*c)) {
        let place = if chars.added { None } else { typed.next().flatten() };
        out.push(Letter { c: if c == '\u{2011}' { '-' } else { c }, typed: entry.or(place) });
    }
}

/// Whether a character is no letter in a comparison: blanks, and places where a long word may break.
pub fn is_blank(c: char) -> bool {
    c.is_whitespace() || c == '\u{200B}'
}

impl Typed {
    fn of(document: &Document) -> Self {
        let mut out = Typed::default();
        document.each_typed(&mut |typed| match typed {
            document::Typed::Marker(marker, span) => {
                let places = marker.char_indices().filter(|(_, c)| !is_blank(*c));
                out.body.extend(places.map(|(i, _)| Some((span.start + i).min(span.end))));
            }
            document::Typed::Line(line) => out.line(line),
        });
        out
    }

    fn line(&mut self, line: &Line) {
        let mut places = line.origin.iter().map(|at| Some(*at as usize).filter(|_| *at != NOWHERE));
        self.inlines(&line.inlines, line.span.start, &mut places, false);
    }

    fn inlines(
        &mut self,
        all: &[Inline],
        fallback: usize,
        places: &mut impl Iterator<Item = Option<usize>>,
        note: bool,
    ) {
        for inline in all {
            match inline {
                Inline::Text(text, _) | Inline::Link(text, ..) => {
                    for c in text.chars().filter(|c| !c.is_whitespace()) {
                        let at = places.next().unwrap_or(Some(fallback));
                        // What is no letter on paper has a place all the same.
                        if !is_blank(c) {
                            if note { self.notes.push(at) } else { self.body.push(at) }
                        }
                    }
                }
                Inline::Note(inner) => self.inlines_of_note(inner, fallback, places),
                Inline::Break => {}
            }
        }
    }

    fn inlines_of_note(&mut self, all: &[Inline], fallback: usize, places: &mut dyn Iterator<Item = Option<usize>>) {
        let mut places = places;
        self.inlines(all, fallback, &mut places, true);
    }
}
