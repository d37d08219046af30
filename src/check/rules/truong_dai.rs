//! Names longer than the fields of the metadata.

use super::prelude::*;

rule!(
    "truong-dai",
    "Tên quá dài cho hệ thống quản lý văn bản",
    Some("Phụ lục VI, phần II"),
    Warning,
    None,
    Document(look)
);

/// Parts with the most letters that they may have.
const FIELDS: [(Part, usize, &str); 3] = [
    (Part::HoTen, 50, "Họ tên người ký"),
    (Part::ChucVu, 100, "Chức vụ người ký"),
    (Part::CoQuan, 200, "Tên cơ quan ban hành"),
];

fn look(subject: &Subject<'_>, found: &mut Findings<'_>) {
    for (part, most, name) in FIELDS {
        for text in subject.part(part) {
            let count = text.plain.chars().count();
            if count > most {
                let message = format!("{name} dài {count} ký tự, nhiều hơn {most}.");
                found.tell(text, 0..text.plain.len(), message, "Xem lại có phải gõ nhầm nội dung khác vào đây không.");
            }
        }
    }
}
