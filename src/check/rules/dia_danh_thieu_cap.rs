//! `Hồ Chí Minh` as the place.

use super::prelude::*;

rule!(
    "dia-danh-thieu-cap",
    "Địa danh thiếu chữ “Thành phố”",
    Some("Phụ lục I, phần I, mục II, khoản 4, điểm a"),
    Error,
    None,
    Document(look)
);

fn look(subject: &Subject<'_>, found: &mut Findings<'_>) {
    for text in subject.part(Part::DiaDanh).filter(|t| t.low == "hồ chí minh") {
        let hint = "Ghi đầy đủ: Thành phố Hồ Chí Minh.";
        found.tell(text, 0..text.plain.len(), "Địa danh mang tên người phải ghi cả cấp hành chính.", hint);
    }
}
