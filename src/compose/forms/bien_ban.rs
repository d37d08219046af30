//! Mẫu 1.9: when it began, where, who took part; the course of the meeting; when it ended.

use super::{Arrangement, Piece, begins_with, ten_loai};
use crate::compose::Composer;
use crate::decree30::style::Component;
use crate::decree30::units::Pt;
use crate::draft::Part;
use crate::sheet::Item;
use crate::source::Span;

pub(super) const FORM: Arrangement = Arrangement { opening, closing, ..ten_loai::FORM };

fn opening(c: &mut Composer<'_>) -> Vec<Item> {
    let mut out = c.opening();
    out.extend(c.labelled("Thời gian bắt đầu: ", Part::BatDau));
    out.extend(c.labelled("Địa điểm: ", Part::DiaDiem));
    if c.document.lines(Part::ThanhPhan).len() == 1 {
        out.extend(c.labelled("Thành phần tham dự: ", Part::ThanhPhan));
    } else {
        let mut lead = c.fixed(&[Piece::Says("Thành phần tham dự:")], Span::default());
        lead.keep_next = true;
        out.push(Item::Par(lead));
        let indent = c.styles.get(Component::LoiVan).indent;
        out.extend(c.listed(Part::ThanhPhan, indent, Pt(6.0)));
    }
    out.extend(c.labelled("Chủ trì (chủ tọa): ", Part::ChuTri));
    out.extend(c.labelled("Thư ký (người ghi biên bản): ", Part::ThuKy));
    let mut lead = c.fixed(&[Piece::Says("Nội dung:")], Span::default());
    lead.keep_next = true;
    out.push(Item::Par(lead));
    out
}

fn closing(c: &mut Composer<'_>) -> Vec<Item> {
    let typed = c.document.plain(Part::KetThuc);
    let whole = begins_with(&typed, &["cuộc họp", "hội nghị", "hội thảo", "buổi"]);
    let usual = if whole { "" } else { "Cuộc họp kết thúc vào " };
    let lead = c.lead(Part::KetThuc, usual, &[("vào ", "Cuộc họp kết thúc "), ("lúc ", "Cuộc họp kết thúc ")]);
    c.sentence(lead, Part::KetThuc).into_iter().collect()
}
