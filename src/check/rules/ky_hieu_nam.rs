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

/// Types that may be normative, with what their symbols end in: their number has the year.
const NORMATIVE: [(&str, &[&str]); 2] =
    [("quyet_dinh", &["UBND", "TTg"]), ("nghi_quyet", &["HĐND", "UBTVQH15", "UBTVQH16", "NQ-CP"])];

fn look(subject: &Subject<'_>, found: &mut Findings<'_>) {
    let kind = subject.main().loai.key;
    let normative = |symbol: &str| {
        NORMATIVE.iter().any(|(key, ends)| *key == kind && ends.iter().any(|end| symbol.trim_end().ends_with(end)))
    };
    if subject.part(Part::KyHieu).any(|text| normative(&text.plain)) {
        return;
    }
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
