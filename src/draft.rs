//! The plan as typed: every leaf is the text of the file with its place, before variables are filled in.
//!
//! The keys themselves, with their Vietnamese hover texts, stand in [`keys`]; reading, the JSON Schema and the guide all
//! use that table.

pub mod keys;
pub mod parts;

pub use parts::{Part, Parts};

use crate::decree30::kinds::Kind;
use crate::decree30::outline::Level;
use crate::decree30::page::Margins;
use crate::decree30::units::{Mm, Pt};
use crate::diagnostic::Diagnostic;
use crate::source::{Span, Spanned};

/// A text of the plan and its place; a minijinja template until expanded.
pub type Text = Spanned<String>;

/// Most signers of a document, and most parties.
pub const MOST_SIGNERS: usize = 6;

/// The whole plan.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// Type of document.
    pub loai: Option<Spanned<&'static Kind>>,
    /// The texts of each part that has lines.
    pub texts: Parts<Text>,
    /// Signers behind the first, from left to right: their parts of `ky`.
    pub cung_ky: Vec<Parts<Text>>,
    /// Parties behind the first: their parts of `cac_ben`.
    pub cac_ben: Vec<Parts<Text>>,
    /// Body.
    pub noi_dung: Vec<Node>,
    /// Texts that are issued with it: type, subject, legal basis, opening, body, closing, appendices.
    pub kem_theo: Vec<Draft>,
    /// Of a text that is issued with another and stands in a file of its own, with variables of its own: where that names
    /// the file.
    pub of_file: Option<Span>,
    /// Appendices.
    pub phu_luc: Vec<PhuLuc>,
    /// What stands on a copy of it: form, body, number, place, date, recipients, signature.
    pub ban_sao: Option<Box<Draft>>,
    /// Urgency.
    pub do_khan: Option<Spanned<Urgency>>,
    /// Whether the place of leave confirms it (`nghi_phep.xac_nhan`).
    pub xac_nhan: bool,
    /// Choices inside the decree's ranges.
    pub trinh_bay: TrinhBay,
    /// Variables.
    pub bien: Vec<(String, Value)>,
    /// Those of a unit's own fields among them, which texts in files of their own get as well.
    pub given: Vec<(String, Value)>,
    /// How the office's list of units looks.
    pub danh_sach: Option<DanhSach>,
}

impl Draft {
    /// The first text of a part.
    pub fn text(&self, part: Part) -> Option<&Text> {
        self.texts[part].first()
    }
}

/// How a list of units in a spreadsheet looks: where its headings are, and which variable each column gives.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DanhSach {
    /// The sheet; none is the first one that is not hidden.
    pub trang: Option<Text>,
    /// First and last row of the headings, from 1; none looks for them.
    pub hang_tieu_de: Option<Spanned<(usize, usize)>>,
    /// Heading and variable of each column that is used.
    pub cot: Vec<(Text, Text)>,
    /// Rows that are no units.
    pub bo_hang: Vec<Pick>,
    /// Rows that are units though they look otherwise.
    pub lay_hang: Vec<Pick>,
    /// Where it stands.
    pub span: Span,
}

/// Rows of a list.
#[derive(Clone, Debug, PartialEq)]
pub enum Pick {
    /// From one row to another, both counted from 1 and both in.
    Rows(usize, usize),
    /// Rows in which a cell shows this text.
    Text(String),
}

/// An appendix.
#[derive(Clone, Debug, Default)]
pub struct PhuLuc {
    /// Title.
    pub tieu_de: Option<Text>,
    /// Landscape.
    pub ngang: bool,
    /// The line in brackets under the title; none builds it.
    pub kem_theo: Option<Text>,
    /// Content.
    pub noi_dung: Vec<Node>,
    /// Where it stands.
    pub span: Span,
}

/// Level of urgency (mục III, khoản 2, điểm b).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Urgency {
    /// HỎA TỐC
    HoaToc,
    /// THƯỢNG KHẨN
    ThuongKhan,
    /// KHẨN
    Khan,
}

impl Urgency {
    /// As it is printed.
    pub fn words(self) -> &'static str {
        match self {
            Urgency::HoaToc => "HỎA TỐC",
            Urgency::ThuongKhan => "THƯỢNG KHẨN",
            Urgency::Khan => "KHẨN",
        }
    }
}

/// One member of a `noi_dung`.
#[derive(Clone, Debug)]
pub enum Node {
    /// Text read as an outline.
    Outline(Text),
    /// A paragraph: a plain string in a list.
    Paragraph(Text),
    /// A block.
    Block(Box<BlockDraft>),
}

/// A block with its options.
#[derive(Clone, Debug)]
pub struct BlockDraft {
    /// What it is.
    pub kind: BlockKind,
    /// Marker set by hand.
    pub so: Option<Text>,
    /// Keep the block only when this expression is true.
    pub khi: Option<Text>,
    /// Repeat the block: `name in expression`.
    pub lap: Option<Text>,
    /// Children.
    pub noi_dung: Vec<Node>,
    /// Place of the block.
    pub span: Span,
}

/// The kinds of block.
#[derive(Clone, Debug)]
pub enum BlockKind {
    /// A level of the outline with its text; an empty text where the author wrote none.
    Level(Level, Text),
    /// A table.
    Bang(Box<Bang>),
    /// A picture.
    Hinh(Hinh),
    /// A page break.
    NgatTrang,
}

/// A table as typed.
#[derive(Clone, Debug, Default)]
pub struct Bang {
    /// Caption.
    pub tieu_de: Option<Text>,
    /// Unit of all figures, printed above the table.
    pub don_vi_tinh: Option<Text>,
    /// Columns.
    pub cot: Vec<Cot>,
    /// The row of column numbers under the heading.
    pub so_cot: SoCot,
    /// Least height of the rows below the heading.
    pub cao_hang: Option<Mm>,
    /// Rows.
    pub hang: Vec<Hang>,
    /// File with the rows.
    pub tu_tep: Option<Text>,
    /// Place of the table.
    pub span: Span,
}

/// A row, possibly repeated or conditional.
#[derive(Clone, Debug)]
pub struct Hang {
    /// Cells from left to right.
    pub o: Vec<OBang>,
    /// Keep the row only when true.
    pub khi: Option<Text>,
    /// Repeat the row.
    pub lap: Option<Text>,
    /// Place.
    pub span: Span,
}

/// A cell.
#[derive(Clone, Debug)]
pub struct OBang {
    /// Paragraphs.
    pub noi_dung: Vec<Text>,
    /// Columns that it spans.
    pub cot: usize,
    /// Rows that it spans.
    pub hang: usize,
    /// Its text is printed again on every page that it reaches.
    pub lap_lai: bool,
    /// Place.
    pub span: Span,
}

/// The row of column numbers under a table's heading.
#[derive(Clone, Debug, Default)]
pub enum SoCot {
    /// There is none.
    #[default]
    Khong,
    /// (1), (2), (3) …
    Dem,
    /// As typed, one text a column, with the place of the list.
    Chu(Vec<Text>, Span),
}

/// A column, or a heading over columns of its own.
#[derive(Clone, Debug)]
pub struct Cot {
    /// Header text.
    pub ten: Text,
    /// Width.
    pub rong: ColumnWidth,
    /// Alignment of the cells below the header.
    pub canh: Option<crate::decree30::style::Align>,
    /// Columns under it; none for a column of cells.
    pub cot: Vec<Cot>,
}

/// Width of a column.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ColumnWidth {
    /// As wide as its text asks for.
    Auto,
    /// Share of what the other columns leave.
    Fraction(f64),
    /// A fixed width.
    Fixed(Mm),
    /// Part of the text width, 0 to 1.
    Part(f64),
}

/// A picture.
#[derive(Clone, Debug)]
pub struct Hinh {
    /// Path, relative to the plan's folder.
    pub tep: Text,
    /// Width; none is the picture's own, at most the text width.
    pub rong: Option<ColumnWidth>,
    /// Caption, also the alternative text.
    pub tieu_de: Option<Text>,
}

/// Style choices; what is not chosen takes the default of the decree's tables.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TrinhBay {
    /// Body size, pt: 13 or 14.
    pub co_chu: Option<f64>,
    /// Size of the letters in tables, pt, in halves.
    pub co_chu_bang: Option<f64>,
    /// First-line indent.
    pub lui_dong: Option<Mm>,
    /// Line spacing, multiple of single.
    pub gian_dong: Option<f64>,
    /// Gap between paragraphs.
    pub gian_doan: Option<Pt>,
    /// Whether the titles of 1.1 are italic; `None` takes the default.
    pub khoan_con_nghieng: Option<bool>,
    /// Margins.
    pub le: Option<Margins>,
}

/// A value of `bien`: exact text kept.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Nothing was typed.
    Empty,
    /// A text, or a number whose digits must be kept as typed.
    Text(String),
    /// A whole number that prints as it was typed.
    Integer(i64),
    /// A decimal number that prints as it was typed.
    Decimal(f64),
    /// `true` or `false`.
    Bool(bool),
    /// A list.
    List(Vec<Value>),
    /// A mapping, in the order typed.
    Map(Vec<(String, Value)>),
}

impl Value {
    /// As a report shows it, in a few words.
    pub fn in_short(&self) -> String {
        match self {
            Value::Text(text) => text.chars().take(40).collect(),
            Value::Integer(n) => n.to_string(),
            Value::Decimal(n) => n.to_string(),
            Value::Bool(b) => b.to_string(),
            Value::List(items) => format!("danh sách {} phần tử", items.len()),
            Value::Map(entries) => format!("nhóm {} biến", entries.len()),
            Value::Empty => String::new(),
        }
    }
}

/// A rectangle of text from a CSV or XLSX file.
#[derive(Clone, Debug, PartialEq)]
pub struct Rows {
    /// Column names: the first row of the file.
    pub header: Vec<String>,
    /// The other rows, each as long as the header.
    pub rows: Vec<Vec<String>>,
    /// What the user has to know of the file's cells: warnings without a place.
    pub told: Vec<Diagnostic>,
}

/// The door to the files that a plan names. Paths are relative to the plan's folder and never leave it; an error is
/// reported at the place in the plan that names the file.
pub trait Files {
    /// The rows of a CSV or XLSX file.
    fn rows(&self, path: &str, at: Span) -> Result<Rows, Diagnostic>;
    /// Makes sure that a picture can be used, and keeps it for the writers.
    fn picture(&self, path: &str, at: Span) -> Result<(), Diagnostic>;
    /// The bytes of a plan that is issued with this one.
    fn plan(&self, path: &str, at: Span) -> Result<Vec<u8>, Diagnostic>;
}
