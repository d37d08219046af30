//! `nghị định số 30/2020/NĐ-CP`.

use super::prelude::*;
use crate::check::phrases::like;

rule!(
    "loai-van-ban-hoa",
    "Tên loại của văn bản cụ thể viết thường",
    Some("Phụ lục II, mục V, khoản 6"),
    Warning,
    Safe,
    Document(look)
);

fn look(subject: &Subject<'_>, found: &mut Findings<'_>) {
    for citation in &subject.citations {
        let text = &subject.texts[citation.text];
        let Some(kind) = citation.kind.clone() else { continue };
        // `Quyết định phê duyệt kế hoạch số 46/QĐ-UBND`: the number is of the first.
        let phrase = text.plain[..kind.start].rsplit([',', ';', '.', ':']).next().unwrap_or_default();
        if ["Quyết định", "Thông báo", "Công văn", "Nghị quyết", "Văn bản", "Tờ trình"]
            .iter()
            .any(|k| phrase.contains(k))
        {
            continue;
        }
        let typed = &text.plain[kind.clone()];
        if typed.starts_with(char::is_lowercase) && typed != "văn bản" {
            found.replace(
                text,
                kind,
                &like("Ab", typed),
                format!("“{typed}” của một văn bản cụ thể viết hoa chữ đầu."),
            );
        }
    }
}
