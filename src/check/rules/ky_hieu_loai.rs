//! An abbreviation of another type, or a wrong one: `QĐ` for quy định.

use super::prelude::*;
use crate::decree30::kinds::KINDS;

rule!(
    "ky-hieu-loai",
    "Chữ viết tắt trong ký hiệu không hợp loại văn bản",
    Some("Phụ lục III, phần I"),
    Error,
    None,
    Document(look)
);

/// Abbreviations that are seen and are none, with the type that is meant.
const WRONG: [(&str, &str); 6] = [
    ("QCh", "quy_che"),
    ("DAn", "du_an"),
    ("QYĐ", "quy_dinh"),
    ("TTR", "to_trinh"),
    ("CTR", "chuong_trinh"),
    ("QCH", "quy_che"),
];

fn look(subject: &Subject<'_>, found: &mut Findings<'_>) {
    let kind = subject.main().loai;
    for text in subject.part(Part::KyHieu).filter(|_| !kind.abbreviation.is_empty()) {
        let first = text.plain.split('-').next().unwrap_or_default();
        let other = KINDS.iter().any(|k| k.key != kind.key && k.abbreviation == first);
        let wrong = WRONG.iter().any(|(w, key)| *w == first && *key == kind.key);
        if first != kind.abbreviation && (other || wrong) {
            let message = format!("Ký hiệu bắt đầu bằng “{first}”; {} viết tắt là “{}”.", kind.name, kind.abbreviation);
            found.tell(
                text,
                0..text.plain.len(),
                message,
                "Sửa ký hiệu, hoặc bỏ khóa ky_hieu để chương trình tự ghép.",
            );
        }
    }
}
