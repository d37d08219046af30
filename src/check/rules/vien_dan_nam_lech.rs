//! `30/2020/NĐ-CP` of 2021.

use super::prelude::*;

rule!(
    "vien-dan-nam-lech",
    "Năm trong số khác năm ban hành",
    Some("Phụ lục I, phần I, mục II, khoản 6, điểm b"),
    Warning,
    None,
    Document(look)
);

fn look(subject: &Subject<'_>, found: &mut Findings<'_>) {
    for citation in &subject.citations {
        let year = citation.date.as_ref().and_then(|d| d.year.as_ref());
        if let (Some(inside), Some(year)) = (citation.year(), year)
            && inside != year.value
        {
            let text = &subject.texts[citation.text];
            let message =
                format!("Văn bản số {} ghi năm {} ở ngày ban hành.", &text.plain[citation.number.clone()], year.value);
            found.tell(text, year.range.clone(), message, "Xem lại số hoặc ngày.");
        }
    }
}
