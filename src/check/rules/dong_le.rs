//! The last line of a paragraph alone at the head of a page.

use super::prelude::*;

rule!("dong-le", "Dòng cuối của đoạn đứng lẻ ở đầu trang", None, Hint, None, Page(look));

fn look(pages: &Pages, found: &mut Findings<'_>) {
    for page in pages.all.iter().skip(1) {
        if let Some(line) = page.first().filter(|l| l.is_text() && l.last && !l.first) {
            let hint = "Thêm bớt vài chữ ở đoạn này hoặc phía trên.";
            found.at(line.span, "Dòng cuối của đoạn đứng lẻ ở đầu trang sau.", hint);
        }
    }
}
