//! Mẫu 1.8: who is introduced, to whom, what for, until when.

use super::{Arrangement, Piece, begins_with, ten_loai};
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
    out.extend(c.labelled("Về việc: ", Part::GioiThieuVeViec));
    out.push(Item::Par(c.fixed(&[Piece::Says(DE_NGHI)], Span::default())));
    let dated = begins_with(&c.document.plain(Part::GioiThieuDen), &["ngày "]);
    let lead = if dated {
        "Giấy này có giá trị đến hết "
    } else {
        "Giấy này có giá trị đến hết ngày "
    };
    out.extend(c.labelled(lead, Part::GioiThieuDen));
    out
}
