//! A symbol without any capital.

use super::prelude::*;

rule!(
    "ky-hieu-thuong",
    "Ký hiệu viết thường",
    Some("Phụ lục I, phần I, mục II, khoản 3, điểm b"),
    Error,
    None,
    Document(look)
);

fn look(subject: &Subject<'_>, found: &mut Findings<'_>) {
    for text in subject.part(Part::KyHieu) {
        let small = text.plain.split(['-', '/']).find(|group| {
            !group.is_empty() && !group.contains(char::is_uppercase) && group.contains(char::is_alphabetic)
        });
        if let Some(group) = small {
            let message = format!("Ký hiệu “{}” có nhóm viết thường: “{group}”.", text.plain);
            found.tell(text, 0..text.plain.len(), message, "Ký hiệu viết in hoa, ví dụ KH-UBND.");
        }
    }
}
