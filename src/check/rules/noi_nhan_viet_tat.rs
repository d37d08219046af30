//! `TT.TU`, `CT` among the recipients.

use super::prelude::*;

rule!("noi-nhan-viet-tat", "Nơi nhận viết tắt tên cơ quan, chức danh", None, Hint, None, Document(look));

/// Abbreviations of bodies and posts that reviewers write out.
const SHORT: [(&str, &str); 8] = [
    ("TT.TU", "Thường trực Tỉnh ủy"),
    ("TTTU", "Thường trực Tỉnh ủy"),
    ("TT.HĐND", "Thường trực Hội đồng nhân dân"),
    ("TT. HĐND", "Thường trực Hội đồng nhân dân"),
    ("TT.ĐU", "Thường trực Đảng ủy"),
    ("CT,", "Chủ tịch,"),
    ("CVP,", "Chánh Văn phòng,"),
    ("TTĐU", "Thường trực Đảng ủy"),
];

fn look(subject: &Subject<'_>, found: &mut Findings<'_>) {
    for text in subject.part(Part::NoiNhan) {
        let bare = text.plain.trim_start_matches(['-', ' ']);
        let start = text.plain.len() - bare.len();
        if let Some((short, full)) = SHORT.iter().find(|(short, _)| bare.starts_with(short)) {
            let shown = short.trim_end_matches(',');
            let range = start..start + shown.len();
            found.tell(
                text,
                range,
                format!("“{shown}” nên viết đầy đủ."),
                format!("Ghi “{}”.", full.trim_end_matches(',')),
            );
        }
    }
}
