//! Mẫu 1.10: who goes on leave, for how long, where; below it the room for the place of leave to confirm it.

use super::{Arrangement, Piece, begins_with, in_sentence, ten_loai};
use crate::compose::Composer;
use crate::compose::runs::end_with;
use crate::decree30::phrases::XAC_NHAN;
use crate::decree30::style::{Align, Component};
use crate::decree30::units::Pt;
use crate::draft::Part;
use crate::sheet::{Item, Par, SIGNATURE_ROOM};
use crate::source::Span;

pub(super) const FORM: Arrangement = Arrangement { opening, below_recipients: confirmation, ..ten_loai::FORM };

fn opening(c: &mut Composer<'_>) -> Vec<Item> {
    use Piece::{Says, Typed};
    let mut out = c.opening();
    let day = |c: &Composer<'_>, part: Part| {
        if begins_with(&c.document.plain(part), &["ngày "]) { "" } else { "ngày " }
    };
    let name = c.document.line(Part::NghiPhepOngBa).map(in_sentence).unwrap_or_default();
    let lead = format!("Xét Đơn đề nghị nghỉ phép {}", day(c, Part::NghiPhepNgayDon));
    let end = format!(" của {name}, {} cấp cho:", c.body());
    let span = c.document.span(Part::NghiPhepNgayDon);
    let mut par = c.fixed(&[Says(&lead), Typed(Part::NghiPhepNgayDon), Says(&end)], span);
    par.keep_next = true;
    out.push(Item::Par(par));
    out.extend(c.person(Part::NghiPhepOngBa));
    out.extend(c.labelled("Chức vụ: ", Part::NghiPhepChucVu));
    let pieces = [
        Says("Được nghỉ phép trong thời gian "),
        Typed(Part::NghiPhepThoiGian),
        Says(c.lead(Part::NghiPhepTu, " kể từ ngày ", &[("ngày ", " kể từ "), ("từ ", " kể "), ("kể từ ", " ")])),
        Typed(Part::NghiPhepTu),
        Says(c.lead(Part::NghiPhepDen, " đến hết ngày ", &[("ngày ", " đến hết "), ("hết ", " đến "), ("đến ", " ")])),
        Typed(Part::NghiPhepDen),
        Says(c.lead(Part::NghiPhepTai, " tại ", &[("tại ", " ")])),
        Typed(Part::NghiPhepTai),
    ];
    let span = c.document.span(Part::NghiPhepThoiGian);
    let mut par = c.fixed(&pieces, span);
    end_with(&mut par.runs, ".");
    out.push(Item::Par(par));
    let counted = "Số ngày nghỉ phép nêu trên được tính vào thời gian ";
    let lead = c.lead(Part::NghiPhepTinhVao, counted, &[("thời gian ", "Số ngày nghỉ phép nêu trên được tính vào ")]);
    out.extend(c.sentence(lead, Part::NghiPhepTinhVao));
    out
}

/// In italics, in the middle of the column, with room to sign.
fn confirmation(c: &mut Composer<'_>, width: Pt) -> Vec<Item> {
    if !c.document.xac_nhan {
        return Vec::new();
    }
    let style = Component::NoiNhan;
    let mut run = c.added(XAC_NHAN, style);
    if let crate::sheet::Run::Text(chars) = &mut run {
        chars.italic = true;
    }
    let broken = c.balance(vec![run], c.styles.get(style).size, width);
    let mut par = Par::new(style, broken.runs, Span::default());
    par.align = Some(Align::Center);
    vec![Item::Space(Pt(12.0)), Item::Par(par), Item::Space(SIGNATURE_ROOM)]
}
