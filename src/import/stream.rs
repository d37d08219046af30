//! What a file holds, whatever its format: paragraphs and tables in their order, with the emphasis that a reader sees.

use crate::chars::{capital, is_letter, is_white};

/// All that was read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stream {
    /// Paragraphs, tables and pictures, in reading order.
    pub pieces: Vec<Piece>,
    /// What is not taken over, with the reason.
    pub left_out: Vec<LeftOut>,
    /// What is taken over otherwise than a reader of the file sees it, as Vietnamese clauses.
    pub unsure: Vec<String>,
    /// What a reader of the file sees and is not taken over, with its place, as Vietnamese clauses.
    pub missing: Vec<String>,
    /// Pictures, by the name that pieces use.
    pub pictures: Vec<(String, Vec<u8>)>,
    /// Whether paragraphs know how they are aligned, and letters whether they are bold: text files do not.
    pub styled: bool,
    /// How its body is set, where it is known.
    pub layout: Option<Layout>,
}

/// How a body is set.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Layout {
    /// Size of its letters in points.
    pub size: Option<f64>,
    /// Size of those in its tables that have rules, in points.
    pub table: Option<f64>,
    /// From line to line, in single lines.
    pub line: Option<f64>,
    /// Between paragraphs, in points.
    pub gap: Option<f64>,
    /// Margins in millimetres: top, bottom, left, right.
    pub margins: [Option<f64>; 4],
}

/// A thing of the file.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    /// A paragraph.
    Par(Par),
    /// A table.
    Table(Table),
    /// A picture.
    Picture(Picture),
    /// A new page begins.
    PageBreak,
    /// A section ends here.
    Section {
        /// Whether its pages lie.
        landscape: bool,
        /// Where it began.
        start: Start,
    },
}

/// Where a section begins (`w:type`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    /// On a page of its own.
    NewPage,
    /// Below the section before.
    SamePage,
}

/// A picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// Its name among the stream's pictures.
    pub name: String,
    /// Width in millimetres, where it is known.
    pub width: Option<f64>,
    /// Whether text flows around it: it stands near its paragraph, not behind it.
    pub floats: bool,
}

/// A paragraph.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Par {
    /// The number or sign that Word puts before it, as it shows it.
    pub marker: Option<String>,
    /// Its letters.
    pub runs: Vec<Run>,
    /// Alignment.
    pub align: Align,
}

/// How a paragraph is aligned.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    /// Left, or not known.
    #[default]
    Left,
    /// Centred.
    Center,
    /// Right.
    Right,
    /// Justified.
    Justify,
}

/// Letters of one look. Line breaks are `\n`, tabs `\t`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Run {
    /// The letters.
    pub text: String,
    /// Bold.
    pub bold: bool,
    /// Italic.
    pub italic: bool,
    /// Underlined.
    pub underline: bool,
    /// Where it leads, if it is a link.
    pub link: Option<String>,
    /// A footnote that stands here; the text is empty then.
    pub note: Option<Vec<Run>>,
}

/// A table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// Rows.
    pub rows: Vec<Row>,
    /// Widths of its columns, in millimetres; empty where they are not known.
    pub widths: Vec<f64>,
    /// Whether lines are drawn.
    pub ruled: bool,
}

/// A row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// Cells; those that a cell above covers are not there.
    pub cells: Vec<Cell>,
    /// Repeated on each page.
    pub header: bool,
    /// How high it is at least, in points: what it asks for itself, and one line of its text with the gaps around; 0 where
    /// that is not known.
    pub height: f64,
}

/// A cell.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// Its first column, from 0.
    pub column: usize,
    /// Columns that it covers.
    pub columns: usize,
    /// Rows that it covers.
    pub rows: usize,
    /// What stands in it.
    pub pieces: Vec<Piece>,
}

/// Something that is not taken over.
#[derive(Clone, Debug, PartialEq)]
pub struct LeftOut {
    /// Its words.
    pub words: String,
    /// Why, as a Vietnamese clause.
    pub reason: &'static str,
}

impl Par {
    /// A paragraph of plain letters.
    pub fn plain(text: &str) -> Self {
        Par { runs: vec![Run { text: text.to_owned(), ..Run::default() }], ..Par::default() }
    }

    /// Its letters without marker, blanks made one.
    pub fn text(&self) -> String {
        let mut out = String::with_capacity(self.runs.iter().map(|r| r.text.len()).sum());
        self.runs.iter().for_each(|run| squeeze(&run.text, &mut out));
        out.truncate(out.trim_end_matches(' ').len());
        out
    }

    /// Its letters with the marker.
    pub fn whole(&self) -> String {
        let Some(marker) = &self.marker else { return self.text() };
        let mut out = String::with_capacity(marker.len() + 64);
        squeeze(marker, &mut out);
        squeeze(" ", &mut out);
        self.runs.iter().for_each(|run| squeeze(&run.text, &mut out));
        out.truncate(out.trim_end_matches(' ').len());
        out
    }

    /// Its first letter or sign, as a capital.
    pub fn initial(&self) -> Option<char> {
        let texts = self.marker.iter().chain(self.runs.iter().map(|run| &run.text));
        let first = texts.flat_map(|text| text.chars()).find(|c| !is_white(*c))?;
        Some(capital(first).unwrap_or(first))
    }

    /// Its lines as one.
    pub fn on_one_line(&self) -> Par {
        let mut out = self.clone();
        out.runs.iter_mut().for_each(|r| r.text = r.text.replace('\n', " "));
        out
    }

    /// Whether most of its letters are bold.
    pub fn is_bold(&self) -> bool {
        self.share(|run| run.bold)
    }

    /// Whether most of its letters are italic.
    pub fn is_italic(&self) -> bool {
        self.share(|run| run.italic)
    }

    fn share(&self, of: impl Fn(&Run) -> bool) -> bool {
        let letters = |run: &&Run| run.text.chars().filter(|c| is_letter(*c)).count();
        let all: usize = self.runs.iter().map(|r| letters(&r)).sum();
        let some: usize = self.runs.iter().filter(|r| of(r)).map(|r| letters(&r)).sum();
        all > 0 && some * 2 > all
    }

    /// Its lines, where it has line breaks.
    pub fn lines(&self) -> Vec<Par> {
        let mut out = vec![Par { marker: self.marker.clone(), runs: Vec::new(), align: self.align }];
        for run in &self.runs {
            for (index, line) in run.text.split('\n').enumerate() {
                if index > 0 {
                    out.push(Par { marker: None, runs: Vec::new(), align: self.align });
                }
                if let Some(last) = out.last_mut().filter(|_| !line.is_empty() || run.note.is_some()) {
                    last.runs.push(Run { text: line.to_owned(), ..run.clone() });
                }
            }
        }
        out.retain(|par| !par.whole().is_empty());
        out
    }
}

impl Cell {
    /// Its paragraphs, those of nested tables too.
    pub fn pars(&self) -> Vec<&Par> {
        pars_of(&self.pieces)
    }
}

impl Table {
    /// All its paragraphs.
    pub fn pars(&self) -> Vec<&Par> {
        self.rows.iter().flat_map(|row| &row.cells).flat_map(Cell::pars).collect()
    }
}

/// The paragraphs of some pieces, those in tables too.
pub fn pars_of(pieces: &[Piece]) -> Vec<&Par> {
    let mut out = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Par(par) => out.push(par),
            Piece::Table(table) => out.extend(table.pars()),
            _ => {}
        }
    }
    out
}

/// Blanks of any kind made one, none at the ends.
pub fn squeezed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    squeeze(text, &mut out);
    out.truncate(out.trim_end_matches(' ').len());
    out
}

/// Puts a text behind another: blanks are one, none is at the start.
fn squeeze(text: &str, out: &mut String) {
    let mut blank = out.is_empty() || out.ends_with(' ');
    for (index, part) in text.split(is_white).enumerate() {
        if index > 0 && !blank {
            out.push(' ');
            blank = true;
        }
        if !part.is_empty() {
            out.push_str(part);
            blank = false;
        }
    }
}

/// The words of a text as they stand there: letters and digits. Where a blank is missing in a date (`tháng11`) are two.
pub fn typed_words(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split(|c: char| !is_letter(c)).filter(|w| !w.is_empty());
    words.flat_map(|word| match glued(word) {
        Some(at) => [Some(&word[..at]), Some(&word[at..])].into_iter().flatten(),
        None => [Some(word), None].into_iter().flatten(),
    })
}

/// The byte of a word at which the figures of a date begin (`ngày05`, `tháng11`, `năm2026`).
pub fn glued(word: &str) -> Option<usize> {
    if !word.ends_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let figures = word.trim_start_matches(char::is_alphabetic);
    let at = word.len() - figures.len();
    let dated = matches!(word[..at].to_lowercase().as_str(), "ngày" | "tháng" | "năm");
    (dated && figures.bytes().all(|b| b.is_ascii_digit())).then_some(at)
}

/// Words as they are compared: in capitals; zeros before a number do not count.
pub fn words(text: &str) -> impl Iterator<Item = String> {
    typed_words(text).map(word)
}

/// A word as it is compared.
pub fn word(w: &str) -> String {
    let mut out = String::with_capacity(w.len());
    as_compared(w, &mut out);
    out
}

/// Puts a word as it is compared behind a text.
pub fn as_compared(w: &str, out: &mut String) {
    if w.bytes().all(|b| b.is_ascii_digit()) {
        out.push_str(w.trim_start_matches('0'));
        return;
    }
    for c in w.chars() {
        match capital(c) {
            Some(c) => out.push(c),
            None => out.extend(c.to_uppercase()),
        }
    }
}
