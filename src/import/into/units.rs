//! What two versions of a document are compared by: paragraphs, and rows of tables.

use crate::chars::is_letter;
use crate::document::Document;
use crate::import::stream::{self, Piece};
use crate::letters::{self, Letters, is_blank};
use crate::sheet::{Cell, Item, Par, Run, Sheet};

/// A letter, and the byte of the plan where it was typed; none for blanks and what the program adds.
pub type Char = (char, Option<usize>);

/// The letters of a paragraph, blanks between them one.
#[derive(Clone, Debug, Default)]
pub struct Text {
    /// Letters and blanks.
    pub chars: Vec<Char>,
    /// The paragraph of the Word file.
    pub par: Option<stream::Par>,
}

/// A paragraph, or a row of a table.
#[derive(Clone, Debug)]
pub struct Unit {
    /// Cells of paragraphs; a paragraph is one cell with one.
    pub cells: Vec<Vec<Text>>,
    /// Whether it is a row.
    pub row: bool,
    /// By what it is found again: its letters.
    pub key: String,
}

/// Letters between blanks, or one sign.
#[derive(Clone, Debug)]
pub struct Token {
    /// As typed.
    pub text: String,
    /// Its first letter among those of its text.
    pub from: usize,
    /// Behind its last.
    pub to: usize,
}

impl Text {
    /// As it is read.
    pub fn shown(&self) -> String {
        self.chars.iter().map(|(c, _)| *c).collect()
    }

    /// Its words and signs.
    pub fn tokens(&self) -> Vec<Token> {
        let mut out: Vec<Token> = Vec::new();
        let mut open = false;
        for (i, (c, _)) in self.chars.iter().enumerate() {
            let word = c.is_alphanumeric();
            match out.last_mut().filter(|_| open && word) {
                Some(last) => {
                    last.text.push(*c);
                    last.to = i + 1;
                }
                None if !c.is_whitespace() => out.push(Token { text: c.to_string(), from: i, to: i + 1 }),
                None => {}
            }
            open = word;
        }
        out
    }

    fn push(&mut self, c: char, typed: Option<usize>) {
        match c {
            '\u{200B}' => {}
            c if c.is_whitespace() => {
                if self.chars.last().is_some_and(|(last, _)| *last != ' ') {
                    self.chars.push((' ', None));
                }
            }
            '\u{2011}' => self.chars.push(('-', typed)),
            c => self.chars.push((c, typed)),
        }
    }

    fn closed(mut self) -> Option<Text> {
        while self.chars.last().is_some_and(|(c, _)| *c == ' ') {
            self.chars.pop();
        }
        Some(self).filter(|t| t.chars.iter().any(|(c, _)| c.is_alphanumeric()))
    }
}

impl Unit {
    fn of(cells: Vec<Vec<Text>>, row: bool) -> Option<Unit> {
        let mut key = String::new();
        for cell in &cells {
            for text in cell {
                key.push('\n');
                text.chars.iter().for_each(|(c, _)| key.push(*c));
            }
            if row {
                key.push('\t');
            }
        }
        Some(Unit { cells, row, key }).filter(|u| u.key.contains(is_letter))
    }

    /// As it is read.
    pub fn shown(&self) -> String {
        let cells: Vec<String> =
            self.cells.iter().map(|c| c.iter().map(Text::shown).collect::<Vec<_>>().join(" ")).collect();
        cells.join(" | ")
    }

    /// All its letters that were typed, by their places.
    pub fn typed(&self) -> impl Iterator<Item = usize> {
        self.cells.iter().flatten().flat_map(|t| &t.chars).filter_map(|(_, typed)| *typed)
    }
}

/// The units of a laid-out plan, what stands in the margins of its pages left out.
pub fn of_sheet(document: &Document, sheet: &Sheet) -> Vec<Unit> {
    let mut letters = letters::of(document, sheet).into_iter();
    let mut out = Vec::new();
    for section in &sheet.sections {
        // The letters are in the order of a visit of all.
        let mut margin = 0;
        crate::sheet::visit_items(&section.top, &mut |_| margin += 1);
        crate::sheet::visit_items(&section.foot, &mut |_| margin += 1);
        letters.by_ref().take(margin).for_each(drop);
        items(&section.items, &mut letters, &mut out);
    }
    out
}

fn items(all: &[Item], letters: &mut impl Iterator<Item = Letters>, out: &mut Vec<Unit>) {
    for item in all {
        match item {
            Item::Par(par) => paragraph(par, letters.next(), out),
            Item::Boxed(boxed) => paragraph(&boxed.par, letters.next(), out),
            Item::Columns(columns) => {
                columns.rows.iter().flatten().for_each(|cell| inner(cell, letters, out));
            }
            Item::Table(table) => {
                for row in table.header.iter().chain(&table.rows) {
                    let mut notes = Vec::new();
                    let cells = row.iter().map(|cell| texts(cell, letters, &mut notes)).collect();
                    out.extend(Unit::of(cells, true));
                    out.extend(notes);
                }
            }
            Item::Rule(_) | Item::Picture(_) | Item::Space(_) | Item::PageBreak => {}
        }
    }
}

fn inner(all: &[Item], letters: &mut dyn Iterator<Item = Letters>, out: &mut Vec<Unit>) {
    let mut letters = letters;
    items(all, &mut letters, out);
}

fn texts(cell: &Cell, letters: &mut impl Iterator<Item = Letters>, notes: &mut Vec<Unit>) -> Vec<Text> {
    let mut out = Vec::new();
    for par in &cell.pars {
        let (text, note) = text(par, letters.next().unwrap_or_default());
        out.extend(text);
        notes.extend(note);
    }
    out
}

fn paragraph(par: &Par, letters: Option<Letters>, out: &mut Vec<Unit>) {
    let (text, note) = text(par, letters.unwrap_or_default());
    out.extend(text.and_then(|text| Unit::of(vec![vec![text]], false)));
    out.extend(note);
}

/// The letters of a paragraph, and those of its notes as a unit of their own.
fn text(par: &Par, letters: Letters) -> (Option<Text>, Option<Unit>) {
    let (mut body, mut notes) = (letters.body.into_iter(), letters.notes.into_iter());
    let (mut out, mut note) = (Text::default(), Text::default());
    for run in par.marker.iter().flatten() {
        run_letters(run, &mut body, &mut out);
    }
    if par.marker.is_some() {
        out.push(' ', None);
    }
    for run in &par.runs {
        match run {
            Run::Break => out.push(' ', None),
            Run::Note(inner) => {
                inner.iter().for_each(|r| run_letters(r, &mut notes, &mut note));
                note.push(' ', None);
            }
            other => run_letters(other, &mut body, &mut out),
        }
    }
    (out.closed(), note.closed().and_then(|t| Unit::of(vec![vec![t]], false)))
}

fn run_letters(run: &Run, letters: &mut impl Iterator<Item = crate::letters::Letter>, out: &mut Text) {
    let Some(chars) = run.chars() else { return };
    for c in chars.text.chars() {
        if is_blank(c) {
            out.push(c, None);
        } else {
            let typed = letters.next().and_then(|l| l.typed);
            out.push(c, typed);
        }
    }
}

/// The units of a file.
pub fn of_stream(pieces: &[Piece]) -> Vec<Unit> {
    let mut out = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Par(par) => file_paragraph(par, &mut out),
            Piece::Table(table) if table.ruled => {
                for row in &table.rows {
                    let mut notes = Vec::new();
                    let mut cells = Vec::new();
                    for cell in &row.cells {
                        let mut texts = Vec::new();
                        for par in cell.pars() {
                            let (text, note) = file_text(par);
                            texts.extend(text);
                            notes.extend(note);
                        }
                        cells.push(texts);
                    }
                    out.extend(Unit::of(cells, true));
                    out.extend(notes);
                }
            }
            Piece::Table(table) => {
                table.rows.iter().flat_map(|r| &r.cells).for_each(|cell| out.extend(of_stream(&cell.pieces)));
            }
            _ => {}
        }
    }
    out
}

fn file_paragraph(par: &stream::Par, out: &mut Vec<Unit>) {
    let (text, note) = file_text(par);
    out.extend(text.and_then(|text| Unit::of(vec![vec![text]], false)));
    out.extend(note);
}

fn file_text(par: &stream::Par) -> (Option<Text>, Option<Unit>) {
    let (mut out, mut note) = (Text { par: Some(par.clone()), ..Text::default() }, Text::default());
    let marker = par.marker.iter().flat_map(|m| m.chars().chain([' ']));
    marker.for_each(|c| out.push(c, None));
    for run in &par.runs {
        run.text.chars().for_each(|c| out.push(c, None));
        for run in run.note.iter().flatten() {
            run.text.chars().for_each(|c| note.push(c, None));
        }
    }
    (out.closed(), note.closed().and_then(|t| Unit::of(vec![vec![t]], false)))
}
