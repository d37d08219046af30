//! A year inside the number: the form of normative documents.

use super::prelude::*;

rule!(
    "ky-hieu-nam",
    "Năm nằm trong số của văn bản hành chính",
    Some("Phụ lục I, phần I, mục II, khoản 3"),
    Error,
    None,
    Document(look)
);

fn look(subject: &Subject<'_>, found: &mut Findings<'_>) {
    for text in subject.part(Part::KyHieu).chain(subject.part(Part::So)) {
        let year = text
            .plain
            .split('/')
            .find(|p| p.len() == 4 && p.starts_with("20") && p.bytes().all(|b| b.is_ascii_digit()));
        if let Some(year) = year.filter(|_| text.plain.contains('/')) {
            let message = format!("Số, ký hiệu có năm “{year}”.");
            found.tell(
                text,
                0..text.plain.len(),
                message,
                "Văn bản hành chính không ghi năm trong số; chỉ văn bản quy phạm pháp luật ghi.",
            );
        }
    }
}
