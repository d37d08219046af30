//! A heading that ends with a mark.

use super::prelude::*;

rule!(
    "tieu-de-dau-cuoi",
    "Tiêu đề có dấu câu ở cuối",
    Some("Phụ lục I, phần I, mục II, khoản 6, điểm đ"),
    Warning,
    Safe,
    Text(look)
);

fn look(text: &Text<'_>, found: &mut Findings<'_>) {
    if !text.is_title() && text.place != Place::AppendixTitle {
        return;
    }
    let bare = text.plain.trim_end_matches(['.', ',', ';', ':']);
    if bare.len() < text.plain.len() && text.is_in_capitals() && !text.plain.ends_with("...") {
        let message = "Tiêu đề không có dấu câu ở cuối.";
        found.replace_with_hint(text, bare.len()..text.plain.len(), "", message, "Bỏ dấu câu.");
    }
}
