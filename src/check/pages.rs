//! What rules of the page may know of it; whoever lays out fills it in.

use crate::decree30::style::Component;
use crate::source::Span;

/// The laid-out pages of a document, from the first to the last.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pages {
    /// The lines of each page from the top, those of tables and of several columns too; page numbers are none.
    pub all: Vec<Vec<PageLine>>,
}

/// A line of a paragraph on a page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PageLine {
    /// Where its paragraph was typed; the place of nothing for what the program adds.
    pub span: Span,
    /// How its paragraph is set.
    pub style: Component,
    /// Whether it is the first line of its paragraph.
    pub first: bool,
    /// Whether it is the last line of its paragraph.
    pub last: bool,
}

impl PageLine {
    /// Whether it is of the recipients or of the signature.
    pub fn is_foot(&self) -> bool {
        use Component::{HoTen, NoiNhan, NoiNhanNhan, QuyenHan};
        matches!(self.style, NoiNhanNhan | NoiNhan | QuyenHan | HoTen)
    }

    /// Whether it is of running text.
    pub fn is_text(&self) -> bool {
        use Component::{CanCu, Cong, Diem, Dieu, Gach, Khoan, KhoanCon, LoiVan};
        matches!(self.style, LoiVan | CanCu | Khoan | KhoanCon | Diem | Gach | Cong | Dieu)
    }

    /// Whether it is of a title.
    pub fn is_title(&self) -> bool {
        use Component::{KhoanConTieuDe, KhoanTieuDe, MucLaMa, MucTieuMuc, PhanChuong};
        matches!(self.style, PhanChuong | MucTieuMuc | MucLaMa | KhoanTieuDe | KhoanConTieuDe)
    }
}
