//! Names of bodies of the Party.

use super::prelude::*;

rule!(
    "dang-hoa",
    "Tên tổ chức Đảng viết hoa chưa đúng",
    Some("Phụ lục II, mục IV, khoản 1, điểm b"),
    Warning,
    Safe,
    Text(look)
);

static NAMES: LazyLock<Names> = LazyLock::new(|| Names::new(TABLE));

/// The names as they are written.
#[rustfmt::skip]
const TABLE: &[&str] = &[
    "Đảng Cộng sản Việt Nam",
    "Ban Chấp hành Trung ương",
    "Ban Chấp hành Trung ương Đảng",
    "Bộ Chính trị",
    "Ban Bí thư",
    "Văn phòng Trung ương Đảng",
];

fn look(text: &Text<'_>, found: &mut Findings<'_>) {
    for (right, range) in NAMES.find(text) {
        let typed = &text.plain[range.clone()];
        // In small letters throughout it may be part of other words (`cán bộ y tế`).
        if !typed.starts_with(char::is_uppercase) {
            continue;
        }
        found.replace(text, range, right, format!("“{typed}” viết hoa chưa đúng."));
    }
}
