//! `TP. Hồ Chí Minh`, `HN` as the place.

use super::prelude::*;

rule!(
    "dia-danh-tat",
    "Địa danh viết tắt",
    Some("Phụ lục I, phần I, mục II, khoản 4, điểm a"),
    Error,
    None,
    Document(look)
);

fn look(subject: &Subject<'_>, found: &mut Findings<'_>) {
    for text in subject.part(Part::DiaDanh) {
        let first = text.word(0);
        let short = matches!(text.low_word(0), "tp" | "tphcm" | "tx" | "tt" | "p" | "q" | "h" | "hcm");
        let capitals = first.chars().count() > 1 && crate::chars::in_capitals(first);
        if short || capitals {
            let message = format!("Địa danh “{}” viết tắt hoặc viết in hoa.", text.plain);
            found.tell(
                text,
                0..text.plain.len(),
                message,
                "Ghi đầy đủ tên đơn vị hành chính, viết hoa chữ đầu: Thành phố Hồ Chí Minh.",
            );
        }
    }
}
