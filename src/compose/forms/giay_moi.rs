//! Mẫu 1.7: who is invited, to what, when and where.

use super::{Arrangement, Piece, begins_with, ten_loai};
use crate::compose::Composer;
use crate::decree30::phrases::KINH_MOI;
use crate::decree30::units::Pt;
use crate::draft::Part;
use crate::sheet::Item;
use crate::source::Span;

pub(super) const FORM: Arrangement = Arrangement { opening, ..ten_loai::FORM };

fn opening(c: &mut Composer<'_>) -> Vec<Item> {
    let mut out = c.opening();
    let host = format!("{} {KINH_MOI}", c.body());
    if c.document.lines(Part::KinhMoi).len() == 1 {
        let span = c.document.span(Part::KinhMoi);
        let par = c.fixed(&[Piece::Says(&format!("{host} ")), Piece::Typed(Part::KinhMoi)], span);
        out.push(Item::Par(par));
    } else {
        let mut lead = c.fixed(&[Piece::Says(&host)], Span::default());
        lead.keep_next = true;
        out.push(Item::Par(lead));
        let indent = c.styles.get(crate::decree30::style::Component::LoiVan).indent;
        out.extend(c.listed(Part::KinhMoi, indent, Pt(6.0)));
    }
    let invited = c.document.plain(Part::ToiDu);
    let lead = if begins_with(&invited, &["tới dự", "đến dự", "dự "]) { "" } else { "Tới dự " };
    out.extend(c.labelled(lead, Part::ToiDu));
    out.extend(c.labelled("Chủ trì: ", Part::ChuTri));
    out.extend(c.labelled("Thời gian: ", Part::ThoiGian));
    out.extend(c.labelled("Địa điểm: ", Part::DiaDiem));
    out
}
