//! What a file holds, whatever its format: paragraphs and tables in their order, with the emphasis that a reader sees.

/// All that was read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stream {
    /// Paragraphs, tables and pictures, in reading order.
    pub pieces: Vec<Piece>,
    /// What is not taken over, with the reason.
    pub left_out: Vec<LeftOut>,
    /// Pictures, by the name that pieces use.
    pub pictures: Vec<(String, Vec<u8>)>,
    /// Whether paragraphs know how they are aligned, and letters whether they are bold: text files do not.
    pub styled: bool,
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
    /// A section ends here; whether its pages lie.
    Section {
        /// Landscape.
        landscape: bool,
    },
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
        let all: String = self.runs.iter().map(|r| r.text.as_str()).collect();
        squeezed(&all)
    }

    /// Its letters with the marker.
    pub fn whole(&self) -> String {
        match &self.marker {
            Some(marker) => squeezed(&format!("{marker} {}", self.text())),
            None => self.text(),
        }
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
        let letters = |run: &&Run| run.text.chars().filter(|c| c.is_alphanumeric()).count();
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
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Words as they are compared: letters and digits, in capitals; zeros before a number do not count.
pub fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(|w| {
        let number = w.bytes().all(|b| b.is_ascii_digit());
        let bare = if number { w.trim_start_matches('0') } else { w };
        bare.to_uppercase()
    })
}
