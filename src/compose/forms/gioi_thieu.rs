//! Mẫu 1.8: who is introduced, to whom, what for, until when.

use super::{Arrangement, Piece, ten_loai};
use crate::compose::Composer;
use crate::decree30::phrases::{DE_NGHI, GIOI_THIEU};
use crate::draft::Part;
use crate::sheet::Item;
use crate::source::Span;

pub(super) const FORM: Arrangement = Arrangement { opening, ..ten_loai::FORM };

fn opening(c: &mut Composer<'_>) -> Vec<Item> {
    let mut out = c.opening();
    let host = format!("{} {GIOI_THIEU}", c.body());
    out.push(Item::Par(c.announced(&host)));
    out.extend(c.person(Part::GioiThieuOngBa));
    out.extend(c.labelled("Chức vụ: ", Part::GioiThieuChucVu));
    out.extend(c.labelled("Được cử đến: ", Part::GioiThieuCuDen));
    let lead = c.lead(Part::GioiThieuVeViec, "Về việc: ", &[("về việc", ""), ("v/v", "")]);
    out.extend(c.labelled(lead, Part::GioiThieuVeViec));
    out.push(Item::Par(c.fixed(&[Piece::Says(DE_NGHI)], Span::default())));
    let valid = [
        ("ngày ", "Giấy này có giá trị đến hết "),
        ("hết ", "Giấy này có giá trị đến "),
        ("đến ", "Giấy này có giá trị "),
    ];
    let lead = c.lead(Part::GioiThieuDen, "Giấy này có giá trị đến hết ngày ", &valid);
    out.extend(c.sentence(lead, Part::GioiThieuDen));
    out
}
