//! `I.` with `a)` right under it.

use super::prelude::*;
use crate::decree30::outline::Level;

rule!("cap-nhay", "Đề mục nhảy cấp", None, Hint, None, Document(look));

fn look(subject: &Subject<'_>, found: &mut Findings<'_>) {
    for pair in subject.texts.windows(2) {
        let (Place::Body(above), Place::Body(below)) = (pair[0].place, pair[1].place) else { continue };
        let jumps = above == Level::Muc && below == Level::Diem;
        if jumps && pair[0].body == pair[1].body && !pair[1].marker.is_empty() {
            let message = format!("“{}” đứng ngay dưới “{}”, thiếu cấp 1.", pair[1].marker, pair[0].marker);
            found.at(pair[1].span, message, "Dưới I. thường là 1., dưới 1. là a).");
        }
    }
}
