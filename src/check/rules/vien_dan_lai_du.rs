//! A later citation that repeats all.

use super::prelude::*;
use rustc_hash::FxHashSet;

rule!(
    "vien-dan-lai-du",
    "Viện dẫn lại đầy đủ",
    Some("Phụ lục I, phần I, mục II, khoản 6, điểm b"),
    Hint,
    None,
    Document(look)
);

fn look(subject: &Subject<'_>, found: &mut Findings<'_>) {
    let mut seen: FxHashSet<(&str, usize)> = FxHashSet::default();
    for citation in &subject.citations {
        let text = &subject.texts[citation.text];
        let full =
            !citation.is_local() && citation.date.is_some() && citation.issuer.is_some() && citation.subject.is_some();
        let again = full && !seen.insert((&citation.key, text.owner));
        if again && matches!(text.place, Place::Body(_)) {
            let message = format!("“{}” đã được viện dẫn đầy đủ ở trên.", &text.plain[citation.range()]);
            found.tell(text, citation.range(), message, "Lần sau chỉ ghi tên loại và số, ký hiệu.");
        }
    }
}
