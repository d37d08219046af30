//! The first citation in the body has no date.

use super::prelude::*;
use rustc_hash::FxHashSet;

rule!(
    "vien-dan-lan-dau",
    "Viện dẫn lần đầu chưa đủ",
    Some("Phụ lục I, phần I, mục II, khoản 6, điểm b"),
    Warning,
    None,
    Document(look)
);

fn look(subject: &Subject<'_>, found: &mut Findings<'_>) {
    let mut seen: FxHashSet<&str> = FxHashSet::default();
    for citation in &subject.citations {
        let text = &subject.texts[citation.text];
        let first = seen.insert(&citation.key);
        let kind = citation.kind.clone().map(|k| text.low[k].to_owned()).unwrap_or_default();
        let law = kind.is_empty() || matches!(kind.as_str(), "luật" | "bộ luật" | "pháp lệnh" | "hiến pháp" | "lệnh");
        let running = matches!(text.place, Place::Body(_) | Place::Part(Part::MoDau));
        let behind = text.low[citation.number.end..].split([';', '.']).next().unwrap_or_default().to_owned();
        // `Ngày 15/9/2025 Sở Nội vụ ban hành Tờ trình số …`
        let sentence = text.low[..citation.range().start].rsplit(['.', ';']).next().unwrap_or_default();
        let dated = sentence.contains("ngày");
        if first && !dated && !law && running && citation.date.is_none() && !behind.contains("ngày") {
            let message = format!("Lần đầu viện dẫn “{}” chưa có ngày ban hành.", &text.plain[citation.range()]);
            found.tell(
                text,
                citation.range(),
                message,
                "Lần đầu ghi đủ: tên loại, số, ký hiệu, ngày, cơ quan ban hành, trích yếu.",
            );
        }
    }
}
