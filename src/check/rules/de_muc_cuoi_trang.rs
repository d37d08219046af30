//! A title at the foot of a page.

use super::prelude::*;
use crate::decree30::style::Component;

rule!("de-muc-cuoi-trang", "Đề mục đứng cuối trang", None, Warning, None, Page(look));

fn look(pages: &Pages, found: &mut Findings<'_>) {
    for pair in pages.all.windows(2) {
        // Footnotes stand below the text.
        let last = pair[0].iter().rev().find(|l| l.style != Component::ChuThich);
        if let Some(line) = last.filter(|l| l.is_title() && !pair[1].is_empty()) {
            found.at(line.span, "Đề mục đứng một mình ở cuối trang.", "Thêm bớt vài dòng phía trên.");
        }
    }
}
