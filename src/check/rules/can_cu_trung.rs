//! The same document twice among the căn cứ.

use super::prelude::*;

rule!("can-cu-trung", "Một văn bản được nêu làm căn cứ hai lần", Some("Phụ lục I, phần I, mục II, khoản 6, điểm a"), Warning, None, Document(look));

fn look(subject: &Subject<'_>, found: &mut Findings<'_>) {
    let mut seen: Vec<(&str, u32, usize)> = Vec::new();
    let mut last = usize::MAX;
    for citation in subject.citations.iter().filter(|c| c.is_basis) {
        let first = std::mem::replace(&mut last, citation.text) != citation.text;
        let year = citation.year().or(citation.date.as_ref().and_then(|d| d.year.as_ref()).map(|y| y.value)).unwrap_or(0);
        let text = &subject.texts[citation.text];
        if !first {
            continue;
        }
        if seen.iter().any(|(key, y, owner)| *key == citation.key && *y == year && *owner == text.owner) {
            let message = format!("Văn bản số {} đã được nêu ở căn cứ phía trên.", &text.plain[citation.number.clone()]);
            found.tell(text, citation.range(), message, "Bỏ bớt một căn cứ.");
        }
        seen.push((&citation.key, year, text.owner));
    }
}
