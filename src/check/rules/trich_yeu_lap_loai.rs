//! `KẾ HOẠCH` / `Kế hoạch tập huấn …`.

use super::prelude::*;

rule!(
    "trich-yeu-lap-loai",
    "Trích yếu lặp lại tên loại",
    Some("Phụ lục I, phần I, mục II, khoản 5"),
    Warning,
    None,
    Document(look)
);

fn look(subject: &Subject<'_>, found: &mut Findings<'_>) {
    let kind = subject.main().loai;
    for text in subject.part(Part::TrichYeu).filter(|_| kind.form.has_title()) {
        let name = kind.name.to_lowercase();
        let again = text.low.strip_prefix(name.as_str()).is_some_and(|rest| rest.starts_with(' '));
        // `Quy định mức chi …` says what is done.
        if again && !matches!(kind.key, "quy_dinh" | "huong_dan" | "quyet_dinh" | "thong_bao" | "bao_cao") {
            let message = format!("Trích yếu lặp lại tên loại “{}” đã in ở dòng trên.", kind.name);
            found.tell(text, 0..name.len(), message, "Bỏ tên loại ở đầu trích yếu.");
        }
    }
}
