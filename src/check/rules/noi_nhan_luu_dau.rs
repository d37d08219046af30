//! `Lưu VT`.

use super::prelude::*;
use crate::check::bodies::is_party_document;

rule!(
    "noi-nhan-luu-dau",
    "Dòng Lưu viết thiếu dấu hai chấm",
    Some("Phụ lục I, phần I, mục II, khoản 9, điểm d"),
    Error,
    Safe,
    Document(look)
);

fn look(subject: &Subject<'_>, found: &mut Findings<'_>) {
    // The Party writes `Lưu Văn phòng`.
    if is_party_document(subject.main()) {
        return;
    }
    for text in subject.texts.iter().filter(|t| t.place == Place::Part(Part::NoiNhan)) {
        let Some(first) = text.words.first().filter(|_| text.low_word(0) == "lưu") else { continue };
        if !text.plain[first.end..].trim_start().starts_with(':') && text.words.len() > 1 {
            let range = first.end..text.words[1].start;
            found.replace_with_hint(text, range, ": ", "Sau chữ “Lưu” có dấu hai chấm.", "Ghi “Lưu: VT, …”.");
        }
    }
}
