//! `TS.` before the name.

use super::prelude::*;

rule!(
    "ky-hoc-vi",
    "Học hàm, học vị trước họ tên người ký",
    Some("Phụ lục I, phần I, mục II, khoản 7, điểm c"),
    Error,
    None,
    Document(look)
);

const TITLES: [&str; 16] =
    ["gs", "pgs", "ts", "ths", "tskh", "bs", "bsckii", "bscki", "cn", "ks", "kts", "ông", "bà", "đ/c", "nsưt", "ngưt"];

fn look(subject: &Subject<'_>, found: &mut Findings<'_>) {
    for text in subject.texts.iter().filter(|t| t.place == Place::Part(Part::HoTen)) {
        let first = text.low.split([' ', '.']).next().unwrap_or_default();
        let surname = first == "ông" && text.words.len() > 2 && matches!(text.low_word(1), "thị" | "văn");
        if !surname && TITLES.contains(&first) && text.words.len() > 1 {
            let hint = "Chỉ ghi họ và tên; ngành giáo dục, y tế, khoa học theo hướng dẫn riêng.";
            found.tell(text, 0..text.plain.len(), format!("Trước họ tên người ký có “{first}”."), hint);
        }
    }
}
