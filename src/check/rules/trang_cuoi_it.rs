//! A last page with a line or two and no signature.

use super::prelude::*;
use crate::decree30::style::Component;

rule!("trang-cuoi-it", "Trang cuối gần như trống", None, Hint, None, Page(look));

/// Lines; fewer would go onto the page before.
const LEAST: usize = 2;

fn look(pages: &Pages, found: &mut Findings<'_>) {
    let Some(last) = pages.all.last().filter(|_| pages.all.len() > 1) else { return };
    let [first, ..] = last[..] else { return };
    // The first page of an appendix begins with its number.
    let begins = matches!(first.style, Component::SoPhuLuc | Component::TenLoai | Component::TenPhuLuc);
    if last.len() <= LEAST && !begins && !last.iter().any(|l| l.is_foot()) {
        let hint = "Rút gọn vài dòng, hoặc giảm giãn dòng, giãn đoạn trong khoảng cho phép ở trinh_bay.";
        found.at(first.span, format!("Trang cuối chỉ có {} dòng.", last.len()), hint);
    }
}
