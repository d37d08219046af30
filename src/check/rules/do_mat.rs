//! A mark of secrecy.

use super::prelude::*;

rule!("do-mat", "Dấu độ mật trong tệp kế hoạch", Some("Luật số 117/2025/QH15"), Error, None, Document(look));

const MARKS: [&str; 4] = ["tuyệt mật", "tối mật", "mật", "tài liệu mật"];

fn look(subject: &Subject<'_>, found: &mut Findings<'_>) {
    for text in subject.texts.iter().filter(|t| MARKS.contains(&t.low.trim_matches(['.', ' ', '-']))) {
        // A cell may name the kinds of something.
        if text.place == Place::Part(Part::LuuHanh) || matches!(text.place, Place::Body(_)) && text.is_in_capitals() {
            let hint = "Văn bản mật không soạn trên máy thông thường; dấu độ mật là con dấu khắc sẵn.";
            found.tell(text, 0..text.plain.len(), format!("Văn bản mang dấu độ mật “{}”.", text.plain), hint);
        }
    }
}
