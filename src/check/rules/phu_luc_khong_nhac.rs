//! An appendix that the text does not mention.

use super::prelude::*;

rule!(
    "phu-luc-khong-nhac",
    "Phụ lục không được nhắc trong văn bản",
    Some("Phụ lục I, phần I, mục III, khoản 1, điểm a"),
    Error,
    None,
    Document(look)
);

fn look(subject: &Subject<'_>, found: &mut Findings<'_>) {
    const WORDS: [&str; 8] = ["phụ lục", "kèm theo", "đính kèm", "danh sách", "biểu", "bảng", "mẫu", "đề cương"];
    for (owner, document) in subject.documents.iter().enumerate() {
        // One without a title is told as such: often it is no appendix.
        let Some(first) = document.phu_luc.first().filter(|a| a.tieu_de.is_some()) else { continue };
        let mentions = |t: &&Text<'_>| {
            let body = t.body.is_none_or(|b| subject.bodies[b].appendix.is_none());
            t.owner == owner && body && WORDS.iter().any(|w| t.low.contains(w))
        };
        if !subject.texts.iter().any(|t| mentions(&t)) {
            let span = first.tieu_de.as_ref().map(|t| t.span).or_else(|| first.noi_dung.first().map(|b| b.span));
            let hint = "Thêm chỉ dẫn trong văn bản, ví dụ “(Phụ lục kèm theo)”.";
            found.at(span.unwrap_or_default(), "Văn bản có phụ lục nhưng lời văn không nhắc đến.", hint);
        }
    }
}
