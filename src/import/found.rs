//! What was understood of a file: the parts of a plan, their texts in the marks of plans.

use super::choices::Choices;
use super::stream::Picture;
use crate::decree30::kinds::Kind;

/// A document as it was understood.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// Type.
    pub loai: Option<&'static Kind>,
    /// Name of a text that is none of the 29 types.
    pub ten_loai: Option<String>,
    /// Superior bodies.
    pub chu_quan: Vec<String>,
    /// Issuing bodies.
    pub co_quan: Vec<String>,
    /// Number.
    pub so: Option<String>,
    /// Symbol.
    pub ky_hieu: Option<String>,
    /// Place.
    pub dia_danh: Option<String>,
    /// Date, as a plan writes it.
    pub ngay: Option<String>,
    /// Urgency.
    pub do_khan: Option<&'static str>,
    /// Subject.
    pub trich_yeu: Option<String>,
    /// Addressees.
    pub kinh_gui: Vec<String>,
    /// Lines of authority.
    pub tham_quyen: Vec<String>,
    /// Legal basis.
    pub can_cu: Vec<String>,
    /// Opening.
    pub mo_dau: Vec<String>,
    /// Lines of the form's own.
    pub rieng: Vec<Own>,
    /// Body.
    pub noi_dung: Vec<Block>,
    /// The line in brackets under the subject of a text that is issued.
    pub kem_theo: Option<String>,
    /// Recipients.
    pub noi_nhan: Vec<String>,
    /// Drafter's initials and copies.
    pub nguoi_soan: Option<String>,
    /// Where it may go.
    pub luu_hanh: Option<String>,
    /// Address at the foot of the first page.
    pub dia_chi: Vec<String>,
    /// Signers.
    pub ky: Vec<Signer>,
    /// Appendices.
    pub phu_luc: Vec<Appendix>,
    /// Parties: for each the keys of its lines, in their order.
    pub cac_ben: Vec<Vec<(&'static str, String)>>,
    /// What stands on a copy of it; its type is the form of the copy.
    pub ban_sao: Option<Box<Found>>,
    /// How its body is set.
    pub choices: Choices,
    /// Texts that are issued with it.
    pub van_ban_kem_theo: Vec<Found>,
    /// What a person should look at: the key, and why.
    pub unsure: Vec<(&'static str, String)>,
}

/// What a key of one form says.
#[derive(Clone, Debug, PartialEq)]
pub struct Own {
    /// The mapping that the key is in.
    pub group: Option<&'static str>,
    /// The key.
    pub key: &'static str,
    /// Its value, or its list.
    pub values: Vec<String>,
}

/// A piece of a body.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// A line of outline text, with its marks.
    Line(String),
    /// A table.
    Table(Box<Table>),
    /// A picture.
    Picture(Picture),
    /// A new page.
    PageBreak,
}

/// A table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// Columns.
    pub cot: Vec<Column>,
    /// Least height of its rows in millimetres.
    pub cao_hang: Option<f64>,
    /// Rows.
    pub hang: Vec<Vec<Cell>>,
}

/// A column, or a heading over some.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Column {
    /// Heading.
    pub ten: String,
    /// Width in millimetres.
    pub rong: Option<f64>,
    /// How its cells stand, as a plan says it.
    pub canh: Option<&'static str>,
    /// Columns below it.
    pub cot: Vec<Column>,
}

/// A cell.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// Its paragraphs.
    pub noi_dung: Vec<String>,
    /// Columns that it covers.
    pub cot: usize,
    /// Rows that it covers.
    pub hang: usize,
}

/// A signer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Signer {
    /// Role.
    pub vai: Option<String>,
    /// Powers, and posts above the last.
    pub quyen_han: Vec<String>,
    /// Post.
    pub chuc_vu: Option<String>,
    /// Name.
    pub ho_ten: Option<String>,
}

/// An appendix.
#[derive(Clone, Debug, Default)]
pub struct Appendix {
    /// Number, as typed behind its word.
    pub so: String,
    /// Title.
    pub tieu_de: Option<String>,
    /// The line in brackets.
    pub kem_theo: Option<String>,
    /// Landscape.
    pub ngang: bool,
    /// Content.
    pub noi_dung: Vec<Block>,
}
