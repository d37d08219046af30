//! What each sample form of Phụ lục III arranges in its own way: one file a form.

mod bien_ban;
mod cong_dien;
mod cong_van;
mod giay_moi;
mod gioi_thieu;
mod hop_dong;
mod nghi_phep;
mod quyet_dinh;
mod ten_loai;
mod thu_cong;

use super::Composer;
use super::runs::end_with;
use crate::decree30::kinds::Form;
use crate::decree30::phrases::ONG_BA;
use crate::decree30::style::{Align, Component};
use crate::decree30::units::Pt;
use crate::document::Line;
use crate::draft::Part;
use crate::sheet::{Item, Par, Run};
use crate::source::Span;

/// The parts of a page that differ from form to form.
#[derive(Clone, Copy)]
pub(super) struct Arrangement {
    /// What stands under the number, in a column of this width.
    pub below_number: fn(&mut Composer<'_>, Pt) -> Vec<Item>,
    /// Between the letterhead and the text: type, subject, addressees, authority.
    pub title: fn(&mut Composer<'_>) -> Vec<Item>,
    /// Before the body: legal basis, opening.
    pub opening: fn(&mut Composer<'_>) -> Vec<Item>,
    /// Behind the body and its closing.
    pub closing: fn(&mut Composer<'_>) -> Vec<Item>,
    /// Under the recipients, in a column of this width.
    pub below_recipients: fn(&mut Composer<'_>, Pt) -> Vec<Item>,
}

/// The arrangement of a form.
pub(super) fn of(form: Form) -> Arrangement {
    match form {
        Form::NghiQuyet => quyet_dinh::NGHI_QUYET,
        Form::QuyetDinh => quyet_dinh::QUYET_DINH,
        Form::CongVan => cong_van::FORM,
        Form::BienBan => bien_ban::FORM,
        Form::CongDien => cong_dien::FORM,
        Form::GiayMoi => giay_moi::FORM,
        Form::GioiThieu => gioi_thieu::FORM,
        Form::NghiPhep => nghi_phep::FORM,
        Form::HopDong => hop_dong::FORM,
        Form::ThuCong => thu_cong::FORM,
        Form::TenLoai => ten_loai::FORM,
    }
}

/// Whether what the author typed begins with one of these words, in small letters or capitals.
fn begins_with(text: &str, words: &[&str]) -> bool {
    let text = text.trim_start().to_lowercase();
    words.iter().any(|w| text.starts_with(&w.to_lowercase()))
}

/// Whether a name has the form of address before it.
fn is_addressed(name: &str) -> bool {
    begins_with(name, &["ông ", "bà ", "ông (bà)", "ông(bà)", "ông/bà", "ông, bà", "đồng chí "])
}

/// Lines that a form fixes, in the type of the text.
impl Composer<'_> {
    /// The name of the issuing body.
    fn body(&self) -> String {
        self.document.plain(Part::CoQuan)
    }

    /// A paragraph of what the form says and what the author typed.
    fn fixed(&mut self, pieces: &[Piece<'_>], span: Span) -> Par {
        let style = Component::LoiVan;
        let runs: Vec<Run> = pieces
            .iter()
            .flat_map(|piece| match piece {
                Piece::Says(text) => vec![self.added(text, style)],
                Piece::Typed(part) => self.joined(*part, style),
            })
            .collect();
        self.flow(style, runs, span)
    }

    /// The lines of a part as one, with blanks between them.
    fn joined(&self, part: Part, style: Component) -> Vec<Run> {
        let mut out = Vec::new();
        for line in self.document.lines(part) {
            if !out.is_empty() {
                out.push(self.added(" ", style));
            }
            out.extend(self.runs(line, style));
        }
        out
    }

    /// As [`Composer::labelled`], for a sentence of the form's: with a full stop, unless the author ended it.
    fn sentence(&mut self, lead: &str, part: Part) -> Option<Item> {
        let mut item = self.labelled(lead, part)?;
        if let Item::Par(par) = &mut item {
            end_with(&mut par.runs, ".");
        }
        Some(item)
    }

    /// The first of some leads whose last words the author did not type; each is a lead and what a typed text begins with
    /// where it is the right one.
    fn lead<'l>(&self, part: Part, usual: &'l str, others: &[(&str, &'l str)]) -> &'l str {
        let typed = self.document.plain(part);
        others.iter().find(|(begins, _)| begins_with(&typed, &[begins])).map_or(usual, |(_, lead)| lead)
    }

    /// `Chủ trì: …`; nothing where nothing was typed.
    fn labelled(&mut self, label: &str, part: Part) -> Option<Item> {
        let span = self.document.line(part)?.span;
        Some(Item::Par(self.fixed(&[Piece::Says(label), Piece::Typed(part)], span)))
    }

    /// `Ông (bà): …`, or the name as it was typed where it says so itself.
    fn person(&mut self, part: Part) -> Option<Item> {
        let addressed = is_addressed(&self.document.plain(part));
        let label = if addressed { String::new() } else { format!("{ONG_BA}: ") };
        self.labelled(&label, part)
    }

    /// A sentence in the middle of the line, which stays with what follows.
    fn announced(&self, text: &str) -> Par {
        let style = Component::KinhGui;
        let mut par = Par::new(style, vec![self.added(text, style)], Span::default());
        par.align = Some(Align::Center);
        par.keep_next = true;
        par
    }
}

/// A piece of a fixed line.
enum Piece<'t> {
    /// What the form says.
    Says(&'t str),
    /// What the author typed.
    Typed(Part),
}

/// A name as it stands inside a sentence: `ông Nguyễn Văn A`.
fn in_sentence(name: &Line) -> String {
    let name = name.plain();
    if !is_addressed(&name) {
        return format!("ông (bà) {name}");
    }
    let (address, rest) = name.split_once(' ').unwrap_or((&name, ""));
    format!("{} {rest}", address.to_lowercase())
}
