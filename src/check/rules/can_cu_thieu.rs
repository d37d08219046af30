//! A căn cứ without date, body or subject.

use super::prelude::*;
use crate::check::bodies::has_year;
use crate::check::citation::Citation;

rule!(
    "can-cu-thieu",
    "Căn cứ thiếu thành phần",
    Some("Phụ lục I, phần I, mục II, khoản 6, điểm a"),
    Warning,
    None,
    Document(look)
);

fn look(subject: &Subject<'_>, found: &mut Findings<'_>) {
    // Normative documents cite by rules of their own.
    if has_year(subject.main()) {
        return;
    }
    let mut last = usize::MAX;
    for citation in subject.citations.iter().filter(|c| c.is_basis) {
        let text = &subject.texts[citation.text];
        // Others in the same line are amended, or amend.
        if std::mem::replace(&mut last, citation.text) == citation.text || citation.is_inner(text) {
            continue;
        }
        // It is cited in full above.
        let above = |other: &&Citation| other.key == citation.key && other.date.is_some();
        if subject.citations.iter().take_while(|c| c.text < citation.text).any(|c| above(&c)) {
            continue;
        }
        let kind = citation.kind.clone().map(|k| text.low[k].to_owned()).unwrap_or_default();
        let law = citation.symbol().starts_with("QH") || citation.symbol().starts_with("UBTVQH");
        if law || matches!(kind.as_str(), "luật" | "bộ luật" | "pháp lệnh" | "hiến pháp" | "lệnh") {
            continue;
        }
        // A proposal is no document that gives a right.
        if text.low.starts_with("theo đề nghị") || text.low.starts_with("xét đề nghị") {
            continue;
        }
        let behind = &text.low[citation.number.end..];
        let mut missing = Vec::new();
        if citation.date.is_none() && !behind.contains("ngày") {
            missing.push("ngày ban hành");
        }
        if citation.issuer.is_none()
            && !behind.contains(" của ")
            && !behind.contains(" giữa ")
            && !text.low[..citation.number.start].contains(" của ")
        {
            missing.push("cơ quan ban hành");
        }
        if citation.subject.is_none() && behind.split_whitespace().count() < 14 {
            missing.push("trích yếu");
        }
        if !missing.is_empty() {
            let message = format!("Căn cứ thiếu {}.", missing.join(", "));
            let hint = "Ghi đủ: tên loại, số, ký hiệu, ngày, tháng, năm, cơ quan ban hành, trích yếu.";
            found.tell(text, citation.range(), message, hint);
        }
    }
}
