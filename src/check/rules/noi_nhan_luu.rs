//! No `Lưu` line, or one that is not the last.

use super::prelude::*;

rule!(
    "noi-nhan-luu",
    "Nơi nhận không có dòng Lưu",
    Some("Phụ lục I, phần I, mục II, khoản 9, điểm d"),
    Error,
    None,
    Document(look)
);

fn look(subject: &Subject<'_>, found: &mut Findings<'_>) {
    for owner in 0..subject.documents.len() {
        let all: Vec<&Text<'_>> =
            subject.texts.iter().filter(|t| t.owner == owner && t.place == Place::Part(Part::NoiNhan)).collect();
        // A reader of pictures may have misread it (`Luru: VT`).
        let files = |t: &Text<'_>| {
            let low = t.low.trim_start_matches(['-', ' ']);
            low.starts_with("lưu") || low.starts_with('l') && low.contains(": vt")
        };
        let Some(last) = all.last() else { continue };
        if all.iter().any(|t| files(t)) {
            if !all.iter().rev().take(2).any(|t| files(t)) {
                found.tell(
                    last,
                    0..last.plain.len(),
                    "Dòng Lưu không đứng cuối nơi nhận.",
                    "Chuyển dòng Lưu xuống cuối.",
                );
            }
        } else {
            let hint = "Thêm dòng cuối, ví dụ “Lưu: VT, VP”.";
            found.tell(last, 0..last.plain.len(), "Nơi nhận không có dòng Lưu.", hint);
        }
    }
}
