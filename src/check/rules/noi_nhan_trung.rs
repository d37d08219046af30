//! A recipient twice.

use super::prelude::*;

rule!("noi-nhan-trung", "Nơi nhận ghi hai lần", None, Warning, None, Document(look));

fn look(subject: &Subject<'_>, found: &mut Findings<'_>) {
    let mut seen: Vec<String> = Vec::new();
    for text in subject.part(Part::NoiNhan) {
        let bare = text.low.trim_matches(['-', ' ', ';', '.']).to_owned();
        if bare.is_empty() || bare.starts_with("lưu") {
            continue;
        }
        if seen.contains(&bare) {
            found.tell(text, 0..text.plain.len(), format!("“{}” đã có ở trên.", text.plain), "Bỏ bớt một dòng.");
        }
        seen.push(bare);
    }
}
