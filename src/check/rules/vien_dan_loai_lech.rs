//! `Nghị định số 12/QĐ-TTg`.

use super::prelude::*;

rule!(
    "vien-dan-loai-lech",
    "Tên loại không hợp với ký hiệu",
    Some("Phụ lục I, phần I, mục II, khoản 6, điểm b"),
    Warning,
    None,
    Document(look)
);

/// The first group of a symbol, and the type; both as they are compared.
const SYMBOLS: [(&str, &str); 12] = [
    ("NĐ", "nghị định"),
    ("QĐ", "quyết định"),
    ("TT", "thông tư"),
    ("NQ", "nghị quyết"),
    ("KH", "kế hoạch"),
    ("TB", "thông báo"),
    ("BC", "báo cáo"),
    ("TTR", "tờ trình"),
    ("HD", "hướng dẫn"),
    ("TTLT", "thông tư liên tịch"),
    ("CĐ", "công điện"),
    ("CTR", "chương trình"),
];

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
        let typed = &text.low[kind.clone()];
        let first = citation.symbol().split('-').next().unwrap_or_default();
        let Some((_, meant)) = SYMBOLS.iter().find(|(symbol, _)| *symbol == first) else { continue };
        let other = SYMBOLS.iter().any(|(_, kind)| *kind == typed) && typed != *meant;
        // A regulation is known by the decision that issues it; a project by the one that approves it.
        if other && citation.symbol().contains('-') {
            let message = format!("“{}” có ký hiệu {}, là ký hiệu của {meant}.", &text.plain[kind], citation.symbol());
            found.tell(text, citation.range(), message, "Xem lại tên loại hoặc ký hiệu.");
        }
    }
}
