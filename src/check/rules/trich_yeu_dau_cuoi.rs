//! A full stop behind the subject.

use super::prelude::*;

rule!(
    "trich-yeu-dau-cuoi",
    "Trích yếu có dấu câu ở cuối",
    Some("Phụ lục I, phần I, mục II, khoản 5"),
    Error,
    Safe,
    Document(look)
);

fn look(subject: &Subject<'_>, found: &mut Findings<'_>) {
    for text in subject.texts.iter().filter(|t| t.place == Place::Part(Part::TrichYeu)) {
        let bare = text.plain.trim_end_matches(['.', ',', ';', ':']);
        if bare.len() < text.plain.len()
            && !text.plain.ends_with("...")
            && !["v.v", "Ltd", "Inc", "Corp", "Co", "JSC"].iter().any(|w| bare.ends_with(w))
        {
            let message = "Trích yếu không có dấu câu ở cuối.";
            found.replace_with_hint(text, bare.len()..text.plain.len(), "", message, "Bỏ dấu câu.");
        }
    }
}
