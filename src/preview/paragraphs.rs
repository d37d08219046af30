//! The text of the pages as the browser takes it: paragraphs, lines, pieces.

use crate::sheet::{Par, Run, Sheet};
use crate::write::typst::look::{PageText, Piece};
use serde::Serialize;
use std::collections::HashMap;

/// A paragraph, or the part of it that is on a page, as the browser takes it.
#[derive(Debug, Serialize)]
pub struct Paragraph {
    /// Level in the outline; 0 is no heading.
    heading: u8,
    lines: Vec<TextLine>,
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
struct TextLine {
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
                self.lines.push(TextLine {
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
