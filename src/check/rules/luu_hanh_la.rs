//! A circulation mark other than those of the decree.

use super::prelude::*;

rule!(
    "luu-hanh-la",
    "Chỉ dẫn phạm vi lưu hành không có trong Nghị định",
    Some("Phụ lục I, phần I, mục III, khoản 2, điểm c"),
    Warning,
    None,
    Document(look)
);

fn look(subject: &Subject<'_>, found: &mut Findings<'_>) {
    const KNOWN: [&str; 6] =
        ["xem xong trả lại", "lưu hành nội bộ", "tài liệu thu hồi", "tài liệu hội nghị", "tuyệt mật", "tối mật"];
    for text in subject.part(Part::LuuHanh) {
        if !KNOWN.iter().any(|k| text.low.starts_with(k)) && text.low != "mật" {
            let hint = "Các chỉ dẫn: XEM XONG TRẢ LẠI, LƯU HÀNH NỘI BỘ.";
            found.tell(text, 0..text.plain.len(), format!("“{}” không phải chỉ dẫn của Nghị định.", text.plain), hint);
        }
    }
}
