//! What the template draws, as it reads it. Agencies keep templates of their own: a change of meaning here is a new
//! `template::DATA_VERSION`.
//!
//! The keys are told to those who write templates in `docs/huong-dan.md`, section 17; a test sees that each is there.
//! Lengths are points.

use crate::decree30::style::Align;
use crate::decree30::units::Pt;
use serde::Serialize;

/// A whole sheet.
#[derive(Serialize)]
pub(super) struct Sections {
    #[serde(rename = "phan")]
    pub sections: Vec<Section>,
}

/// The main text or an appendix.
#[derive(Serialize)]
pub(super) struct Section {
    #[serde(rename = "ngang")]
    pub landscape: bool,
    /// In the top margin.
    #[serde(rename = "dau")]
    pub top: Vec<Thing>,
    /// At the foot of its first page.
    #[serde(rename = "chan")]
    pub foot: Vec<Thing>,
    #[serde(rename = "vat")]
    pub things: Vec<Thing>,
}

/// One thing on paper.
#[derive(Serialize)]
#[serde(tag = "loai")]
pub(super) enum Thing {
    #[serde(rename = "doan")]
    Par(Par),
    #[serde(rename = "danh_sach")]
    List {
        #[serde(rename = "muc")]
        items: Vec<Vec<Thing>>,
    },
    #[serde(rename = "net")]
    Rule {
        #[serde(rename = "tren")]
        above: Pt,
        #[serde(rename = "dai")]
        length: Pt,
        #[serde(rename = "day")]
        thickness: Pt,
    },
    #[serde(rename = "luoi")]
    Columns {
        #[serde(rename = "tren")]
        above: Pt,
        #[serde(rename = "rong")]
        widths: Vec<Pt>,
        #[serde(rename = "ngat")]
        breakable: bool,
        #[serde(rename = "hang")]
        rows: Vec<Vec<Vec<Thing>>>,
    },
    #[serde(rename = "bang")]
    Table {
        #[serde(rename = "tren")]
        above: Pt,
        #[serde(rename = "rong")]
        widths: Vec<Pt>,
        #[serde(rename = "dau")]
        header: Vec<Vec<Cell>>,
        #[serde(rename = "hang")]
        rows: Vec<Vec<Cell>>,
    },
    #[serde(rename = "hinh")]
    Picture {
        #[serde(rename = "tren")]
        above: Pt,
        #[serde(rename = "tep")]
        file: String,
        #[serde(rename = "rong")]
        width: Option<Pt>,
        /// Only a picture that would be too tall has to be measured.
        #[serde(flatten)]
        most: Option<Most>,
        #[serde(rename = "loi")]
        alt: String,
        #[serde(rename = "dinh", skip_serializing_if = "is_false")]
        keep_next: bool,
    },
    #[serde(rename = "khung")]
    Boxed {
        #[serde(rename = "tren")]
        above: Pt,
        #[serde(rename = "doan")]
        par: Par,
        #[serde(rename = "rong")]
        width: Pt,
        #[serde(rename = "cao")]
        height: Pt,
    },
    #[serde(rename = "khoi")]
    Whole {
        #[serde(rename = "tren")]
        above: Pt,
        #[serde(rename = "vat")]
        things: Vec<Thing>,
    },
    #[serde(rename = "trong")]
    Space {
        #[serde(rename = "cao")]
        height: Pt,
    },
    #[serde(rename = "ngat_trang")]
    PageBreak,
}

/// How large a picture may become.
#[derive(Serialize)]
pub(super) struct Most {
    #[serde(rename = "cao_nhat")]
    pub height: Pt,
    #[serde(rename = "rong_cot")]
    pub column: Pt,
}

/// A paragraph.
#[derive(Clone, Serialize)]
pub(super) struct Par {
    #[serde(rename = "thu_tu")]
    pub index: usize,
    #[serde(rename = "kieu")]
    pub style: &'static str,
    #[serde(rename = "tren")]
    pub above: Pt,
    #[serde(rename = "dinh", skip_serializing_if = "is_false")]
    pub keep_next: bool,
    #[serde(rename = "cap", skip_serializing_if = "Option::is_none")]
    pub heading: Option<u8>,
    #[serde(rename = "canh", skip_serializing_if = "Option::is_none")]
    pub align: Option<Align>,
    #[serde(rename = "lui", skip_serializing_if = "Option::is_none")]
    pub indent: Option<Pt>,
    #[serde(rename = "dau_muc", skip_serializing_if = "Option::is_none")]
    pub marker: Option<Vec<Run>>,
    #[serde(rename = "mach")]
    pub runs: Vec<Run>,
}

/// A cell of a table.
#[derive(Serialize)]
pub(super) struct Cell {
    #[serde(rename = "cot")]
    pub column: usize,
    #[serde(rename = "so_cot")]
    pub colspan: usize,
    #[serde(rename = "so_hang")]
    pub rowspan: usize,
    #[serde(rename = "ngat")]
    pub breakable: bool,
    /// Its text begins at its top.
    #[serde(rename = "tu_dau", skip_serializing_if = "std::ops::Not::not")]
    pub top: bool,
    /// Least height of its row; said once a row.
    #[serde(rename = "cao", skip_serializing_if = "Option::is_none")]
    pub height: Option<Pt>,
    /// The page ends in this row, by this cell or another.
    #[serde(rename = "het_trang", skip_serializing_if = "Option::is_none")]
    pub ends_page: Option<bool>,
    #[serde(rename = "in_lai", skip_serializing_if = "Vec::is_empty")]
    pub again: Vec<Again>,
    #[serde(rename = "doan")]
    pub pars: Vec<Par>,
}

/// A cell that spans rows, printed again on a page that it reaches.
#[derive(Clone, Serialize)]
pub(super) struct Again {
    #[serde(rename = "nhan")]
    pub label: usize,
    #[serde(rename = "rong")]
    pub width: f64,
    /// From the left edge of the cell in which it stands.
    #[serde(rename = "cach")]
    pub offset: f64,
    #[serde(rename = "doan")]
    pub pars: Vec<Par>,
}

/// A stretch of text in one face.
#[derive(Clone, Serialize)]
#[serde(untagged)]
pub(super) enum Run {
    Text(Text),
    Faced {
        #[serde(rename = "chu")]
        text: Texts,
        #[serde(rename = "dam")]
        bold: bool,
        #[serde(rename = "nghieng")]
        italic: bool,
        #[serde(rename = "gach_chan")]
        underline: bool,
        #[serde(rename = "lien_ket", skip_serializing_if = "Option::is_none")]
        url: Option<String>,
    },
    Room {
        #[serde(rename = "cho_trong")]
        width: Pt,
    },
    Note(Note),
    NoteNumber {
        #[serde(rename = "so_chu_thich")]
        label: usize,
    },
}

/// A footnote.
#[derive(Clone, Serialize)]
pub(super) struct Note {
    #[serde(rename = "chu_thich")]
    pub runs: Vec<Run>,
    /// Its number stands elsewhere.
    #[serde(rename = "nhan", skip_serializing_if = "Option::is_none")]
    pub label: Option<usize>,
    /// The paragraph to which it belongs, where it stands in another one.
    #[serde(rename = "thu_tu", skip_serializing_if = "Option::is_none")]
    pub index: Option<usize>,
}

/// Text in the face of its run.
#[derive(Clone, Serialize)]
#[serde(untagged)]
pub(super) enum Text {
    /// Breaks where Typst breaks it; a line break of its own is `"\n"`.
    Plain(String),
    /// Does not break.
    Whole {
        #[serde(rename = "lien")]
        text: String,
    },
    /// Symbols, in the face that has them.
    Symbols {
        #[serde(rename = "ky_hieu")]
        text: String,
        #[serde(rename = "co")]
        size: Pt,
    },
}

/// A text in one piece or several.
#[derive(Clone, Serialize)]
#[serde(untagged)]
pub(super) enum Texts {
    One(Text),
    Many(Vec<Text>),
}

impl Thing {
    /// Stays on the page of what follows.
    pub fn keeps_next(&self) -> bool {
        matches!(self, Thing::Par(Par { keep_next: true, .. }) | Thing::Picture { keep_next: true, .. })
    }

    /// The gap above it.
    pub fn above(&self) -> Pt {
        match self {
            Thing::Par(Par { above, .. })
            | Thing::Rule { above, .. }
            | Thing::Columns { above, .. }
            | Thing::Table { above, .. }
            | Thing::Picture { above, .. }
            | Thing::Boxed { above, .. }
            | Thing::Whole { above, .. } => *above,
            Thing::List { .. } | Thing::Space { .. } | Thing::PageBreak => Pt(0.0),
        }
    }
}

impl Thing {
    /// How many letters of text stand in it, footnotes with them.
    pub fn letters(&self) -> usize {
        let all = |things: &[Thing]| things.iter().map(Thing::letters).sum::<usize>();
        let cells = |rows: &[Vec<Cell>]| rows.iter().flatten().flat_map(|c| &c.pars).map(Par::letters).sum::<usize>();
        match self {
            Thing::Par(par) | Thing::Boxed { par, .. } => par.letters(),
            Thing::List { items } => items.iter().map(|i| all(i)).sum(),
            Thing::Columns { rows, .. } => rows.iter().flatten().map(|cell| all(cell)).sum(),
            Thing::Table { header, rows, .. } => cells(header) + cells(rows),
            Thing::Whole { things, .. } => all(things),
            Thing::Rule { .. } | Thing::Picture { .. } | Thing::Space { .. } | Thing::PageBreak => 0,
        }
    }
}

impl Par {
    fn letters(&self) -> usize {
        self.marker.iter().flatten().chain(&self.runs).map(Run::letters).sum()
    }

    /// Whether a footnote stands in its text.
    pub fn has_note(&self) -> bool {
        self.runs.iter().any(|run| matches!(run, Run::Note(_)))
    }
}

impl Run {
    fn letters(&self) -> usize {
        match self {
            Run::Text(text) => text.letters(),
            Run::Faced { text: Texts::One(text), .. } => text.letters(),
            Run::Faced { text: Texts::Many(texts), .. } => texts.iter().map(Text::letters).sum(),
            Run::Note(note) => note.runs.iter().map(Run::letters).sum(),
            Run::Room { .. } | Run::NoteNumber { .. } => 0,
        }
    }
}

impl Text {
    fn letters(&self) -> usize {
        match self {
            Text::Plain(text) | Text::Whole { text } | Text::Symbols { text, .. } => text.chars().count(),
        }
    }
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it")]
fn is_false(value: &bool) -> bool {
    !value
}
