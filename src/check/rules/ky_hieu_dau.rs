//! Blanks or long dashes in the symbol.

use super::prelude::*;

rule!(
    "ky-hieu-dau",
    "Ký hiệu có dấu cách hoặc gạch dài",
    Some("Phụ lục I, phần I, mục II, khoản 3, điểm c"),
    Error,
    None,
    Document(look)
);

fn look(subject: &Subject<'_>, found: &mut Findings<'_>) {
    for text in subject.part(Part::KyHieu) {
        let inside = text.plain.contains(|c: char| c.is_whitespace() || matches!(c, '–' | '—' | '_'));
        if inside {
            let message = format!("Ký hiệu “{}” có dấu cách hoặc dấu gạch lạ.", text.plain);
            found.tell(
                text,
                0..text.plain.len(),
                message,
                "Các nhóm chữ nối với nhau bằng dấu “-”, không có dấu cách.",
            );
        }
    }
}
