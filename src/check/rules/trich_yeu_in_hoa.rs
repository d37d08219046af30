//! A subject in capitals.

use super::prelude::*;

rule!(
    "trich-yeu-in-hoa",
    "Trích yếu viết in hoa",
    Some("Phụ lục I, phần I, mục II, khoản 5"),
    Error,
    None,
    Document(look)
);

fn look(subject: &Subject<'_>, found: &mut Findings<'_>) {
    for text in subject.texts.iter().filter(|t| t.place == Place::Part(Part::TrichYeu)) {
        if text.owner == 0 && text.is_in_capitals() && text.words.len() > 2 {
            found.tell(
                text,
                0..text.plain.len(),
                "Trích yếu viết in hoa.",
                "Viết chữ thường: “Tập huấn công tác văn thư năm 2026”.",
            );
        }
    }
}
