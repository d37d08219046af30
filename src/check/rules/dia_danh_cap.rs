//! `Tỉnh Lâm Đồng` as the place.

use super::prelude::*;

rule!(
    "dia-danh-cap",
    "Địa danh có tên cấp hành chính",
    Some("Phụ lục I, phần I, mục II, khoản 4, điểm a"),
    Warning,
    None,
    Document(look)
);

fn look(subject: &Subject<'_>, found: &mut Findings<'_>) {
    for text in subject.part(Part::DiaDanh) {
        if matches!(text.low_word(0), "tỉnh" | "huyện") {
            let message = format!("Địa danh không ghi chữ “{}”.", text.word(0));
            found.tell(text, text.words[0].clone(), message, "Chỉ ghi tên: Lâm Đồng.");
        }
    }
}
