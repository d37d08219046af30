//! The signature on a page with a single line of text.

use super::prelude::*;
use crate::check::pages::PageLine;

rule!("chu-ky-it-dong", "Chữ ký chỉ đi cùng một dòng chữ", None, Warning, None, Page(look));

fn look(pages: &Pages, found: &mut Findings<'_>) {
    for lines in pages.all.iter().skip(1) {
        let Some(foot) = lines.iter().position(PageLine::is_foot) else { continue };
        let text = &lines[..foot];
        // A table or a picture above it is no text to count.
        if let [only] = text
            && only.is_text()
        {
            let hint = "Thêm bớt vài dòng để ít nhất hai dòng nội dung đứng cùng trang với chữ ký.";
            found.at(only.span, "Trang có chữ ký chỉ có một dòng nội dung.", hint);
        }
    }
}
