//! The văn bản as a tree: what it means, with no fonts and no file format. Variables are filled in, markers are there.

mod block;
mod inline;

pub use block::{Block, Cell, Column, Content, Numbers, Row, Table};
pub use inline::{Emphasis, Inline, Line, plain};

use crate::decree30::kinds::Kind;
use crate::draft::{TrinhBay, Urgency};
use crate::source::Span;

/// A whole document.
#[derive(Clone, Debug)]
pub struct Document {
    /// Type.
    pub loai: &'static Kind,
    /// Lines of the parent body.
    pub chu_quan: Vec<Line>,
    /// Lines of the issuing body.
    pub co_quan: Vec<Line>,
    /// Number, as digits; none is a blank.
    pub so: Option<Line>,
    /// Symbol after the slash.
    pub ky_hieu: Line,
    /// Place name.
    pub dia_danh: Line,
    /// Date.
    pub ngay: Date,
    /// Where the date was typed.
    pub ngay_span: Span,
    /// Subject.
    pub trich_yeu: Line,
    /// Addressees.
    pub kinh_gui: Vec<Line>,
    /// Legal basis, as typed.
    pub can_cu: Vec<Line>,
    /// Opening.
    pub mo_dau: Vec<Line>,
    /// Body.
    pub noi_dung: Vec<Block>,
    /// Closing.
    pub ket: Vec<Line>,
    /// Recipients, as typed.
    pub noi_nhan: Vec<Line>,
    /// Powers, one line each.
    pub quyen_han: Vec<Line>,
    /// Post.
    pub chuc_vu: Line,
    /// Name.
    pub ho_ten: Option<Line>,
    /// Appendices.
    pub phu_luc: Vec<Appendix>,
    /// Urgency.
    pub do_khan: Option<Urgency>,
    /// Circulation mark.
    pub luu_hanh: Option<Line>,
    /// Drafter's initials and copies.
    pub nguoi_soan: Option<Line>,
    /// Address lines.
    pub dia_chi: Vec<Line>,
    /// Choices of style.
    pub trinh_bay: TrinhBay,
}

/// The date line: each part may be left blank.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Date {
    /// Day of the month.
    pub day: Option<u32>,
    /// Month.
    pub month: Option<u32>,
    /// Year.
    pub year: Option<i32>,
}

/// An appendix.
#[derive(Clone, Debug)]
pub struct Appendix {
    /// Title.
    pub tieu_de: Option<Line>,
    /// Landscape.
    pub ngang: bool,
    /// The line in brackets, when written by hand.
    pub kem_theo: Option<Line>,
    /// Content.
    pub noi_dung: Vec<Block>,
}
