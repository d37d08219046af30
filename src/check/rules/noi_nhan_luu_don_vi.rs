//! `Lưu: VT` without the unit that drafted.

use super::prelude::*;

rule!(
    "noi-nhan-luu-don-vi",
    "Dòng Lưu không có đơn vị soạn thảo",
    Some("Phụ lục I, phần I, mục II, khoản 9, điểm d"),
    Hint,
    None,
    Document(look),
    off
);

fn look(subject: &Subject<'_>, found: &mut Findings<'_>) {
    for text in subject.part(Part::NoiNhan).filter(|t| t.low_word(0) == "lưu") {
        if text.words.len() == 2 && text.word(1) == "VT" {
            found.tell(text, 0..text.plain.len(), "Dòng Lưu chưa ghi đơn vị soạn thảo.", "Ghi “Lưu: VT, VP”.");
        }
    }
}
