//! Parent and issuing body are the same.

use super::prelude::*;

rule!(
    "co-quan-lap",
    "Cơ quan chủ quản trùng cơ quan ban hành",
    Some("Phụ lục I, phần I, mục II, khoản 2"),
    Error,
    None,
    Document(look)
);

fn look(subject: &Subject<'_>, found: &mut Findings<'_>) {
    for own in subject.part(Part::CoQuan) {
        if let Some(parent) = subject.part(Part::ChuQuan).find(|parent| parent.low == own.low) {
            let message = "Cơ quan chủ quản trùng với cơ quan ban hành.";
            found.tell(
                parent,
                0..parent.plain.len(),
                message,
                "Bỏ khóa chu_quan, hoặc ghi cơ quan cấp trên trực tiếp.",
            );
        }
    }
}
