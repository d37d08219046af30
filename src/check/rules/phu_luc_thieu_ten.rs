//! An appendix without a title.

use super::prelude::*;

rule!(
    "phu-luc-thieu-ten",
    "Phụ lục không có tên",
    Some("Phụ lục I, phần I, mục III, khoản 1, điểm b"),
    Hint,
    None,
    Document(look)
);

fn look(subject: &Subject<'_>, found: &mut Findings<'_>) {
    for appendix in subject.documents.iter().flat_map(|d| &d.phu_luc) {
        if appendix.tieu_de.is_none() {
            let span = appendix.noi_dung.first().map(|b| b.span).unwrap_or_default();
            found.at(span, "Phụ lục không có tên.", "Thêm tieu_de: tên phụ lục.");
        }
    }
}
