//! The same document twice among the căn cứ.

use super::prelude::*;

rule!(
    "can-cu-trung",
    "Một văn bản được nêu làm căn cứ hai lần",
    Some("Phụ lục I, phần I, mục II, khoản 6, điểm a"),
    Warning,
    None,
    Document(look)
);

fn look(subject: &Subject<'_>, found: &mut Findings<'_>) {
    let mut seen: Vec<(&str, String, usize)> = Vec::new();
    let mut last = usize::MAX;
    for citation in subject.citations.iter().filter(|c| c.is_basis) {
        let first = std::mem::replace(&mut last, citation.text) != citation.text;
        let text = &subject.texts[citation.text];
        // Two bodies, or two years, may have the same number.
        let date = citation.date.as_ref().map(|d| format!("{:?}", d.key())).unwrap_or_default();
        let body = citation.issuer.clone().unwrap_or_default().to_lowercase();
        let year = format!("{date}{body}");
        if !first || citation.is_inner(text) || citation.is_local() && citation.date.is_none() {
            continue;
        }
        if seen.iter().any(|(key, y, owner)| *key == citation.key && y == &year && *owner == text.owner) {
            let message =
                format!("Văn bản số {} đã được nêu ở căn cứ phía trên.", &text.plain[citation.number.clone()]);
            found.tell(text, citation.range(), message, "Bỏ bớt một căn cứ.");
        }
        seen.push((&citation.key, year, text.owner));
    }
}
