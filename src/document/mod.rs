//! The văn bản as a tree: what it means, with no fonts and no file format. Variables are filled in, markers are there.

mod block;
mod inline;

pub use block::{Block, Cell, Column, Content, Numbers, Row, Table, Typed};
pub use inline::{Emphasis, Inline, Line, NOWHERE, plain};

use crate::decree30::kinds::Kind;
use crate::draft::parts::{Says, as_read};
use crate::draft::{Part, Parts, TrinhBay, Urgency};
use crate::source::Span;

/// A whole document.
#[derive(Clone, Debug)]
pub struct Document {
    /// Type.
    pub loai: &'static Kind,
    /// The lines of each part, as typed: without what the decree adds.
    pub lines: Parts<Line>,
    /// Signers behind the first: their lines of `ky`.
    pub cung_ky: Vec<Parts<Line>>,
    /// Parties behind the first: their lines of `cac_ben`.
    pub cac_ben: Vec<Parts<Line>>,
    /// Date.
    pub ngay: Date,
    /// Where its day, month and year were typed.
    pub ngay_spans: [Span; 3],
    /// Body.
    pub noi_dung: Vec<Block>,
    /// Texts that are issued with it; they have no letterhead, recipients and signature of their own.
    pub kem_theo: Vec<Document>,
    /// Appendices.
    pub phu_luc: Vec<Appendix>,
    /// What stands on a copy of it (mẫu 3.1): its type is the form of the copy.
    pub ban_sao: Option<Box<Document>>,
    /// Urgency.
    pub do_khan: Option<Urgency>,
    /// Room for the place of leave to confirm it (mẫu 1.10).
    pub xac_nhan: bool,
    /// Choices of style.
    pub trinh_bay: TrinhBay,
}

impl Document {
    /// The lines of a part.
    pub fn lines(&self, part: Part) -> &[Line] {
        &self.lines[part]
    }

    /// The line of a part of which there is one at most.
    pub fn line(&self, part: Part) -> Option<&Line> {
        self.lines[part].first()
    }

    /// The text of a part, its lines joined by blanks.
    pub fn plain(&self, part: Part) -> String {
        self.lines[part].iter().map(Line::plain).collect::<Vec<_>>().join(" ")
    }

    /// Its type in words, as in a sentence.
    pub fn name(&self) -> String {
        self.line(Part::TenLoai).map_or_else(|| self.loai.name.to_owned(), Line::plain)
    }

    /// The names of the parties.
    pub fn parties(&self) -> impl Iterator<Item = String> {
        std::iter::once(&self.lines).chain(&self.cac_ben).flat_map(|party| &party[Part::BenTen]).map(Line::plain)
    }

    /// Calls `visit` on all that the author wrote, in reading order.
    pub fn each_typed<'d>(&'d self, visit: &mut dyn FnMut(Typed<'d>)) {
        for row in as_read(self.loai.form, !self.cung_ky.is_empty()) {
            match row.says {
                Says::Body => self.noi_dung.iter().for_each(|b| b.each_typed(visit)),
                _ => self.lines[row.part].iter().for_each(|l| visit(Typed::Line(l))),
            }
            let more = match row.part {
                Part::BenKhac => &self.cac_ben,
                Part::HoTen => &self.cung_ky,
                _ => continue,
            };
            more.iter().flat_map(Parts::iter).for_each(|l| visit(Typed::Line(l)));
        }
        for appendix in &self.phu_luc {
            appendix.tieu_de.iter().chain(&appendix.kem_theo).for_each(|l| visit(Typed::Line(l)));
            appendix.noi_dung.iter().for_each(|b| b.each_typed(visit));
        }
        self.kem_theo.iter().for_each(|attached| attached.each_typed(visit));
        self.ban_sao.iter().for_each(|copy| copy.each_typed(visit));
    }

    /// Where a part was typed; the place of nothing where it was not.
    pub fn span(&self, part: Part) -> Span {
        self.line(part).map(|l| l.span).unwrap_or_default()
    }
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
