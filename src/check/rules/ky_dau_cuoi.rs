//! A mark behind a post or a name.

use super::prelude::*;

rule!(
    "ky-dau-cuoi",
    "Chức vụ hoặc họ tên có dấu câu ở cuối",
    Some("Phụ lục I, phần I, mục II, khoản 7"),
    Error,
    Safe,
    Document(look)
);

fn look(subject: &Subject<'_>, found: &mut Findings<'_>) {
    for text in
        subject.texts.iter().filter(|t| matches!(t.place, Place::Part(Part::HoTen | Part::ChucVu | Part::QuyenHan)))
    {
        let bare = text.plain.trim_end_matches([',', '.', ';', ':']);
        if bare.len() < text.plain.len() && !bare.is_empty() {
            let message = "Quyền hạn, chức vụ, họ tên không có dấu câu ở cuối.";
            found.replace_with_hint(text, bare.len()..text.plain.len(), "", message, "Bỏ dấu câu.");
        }
    }
}
