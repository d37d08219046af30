//! Abbreviations of international bodies.

use super::prelude::*;

rule!(
    "to-chuc-quoc-te-hoa",
    "Tên viết tắt của tổ chức quốc tế viết hoa chưa đúng",
    Some("Phụ lục II, mục IV, khoản 2"),
    Warning,
    Safe,
    Text(look)
);

static NAMES: LazyLock<Names> = LazyLock::new(|| Names::new(TABLE));

/// The names as they are written.
#[rustfmt::skip]
const TABLE: &[&str] = &[
    "UNESCO",
    "ASEAN",
    "UNICEF",
    "WHO",
    "UNDP",
    "APEC",
    "ISO",
];

fn look(text: &Text<'_>, found: &mut Findings<'_>) {
    for (right, range) in NAMES.find(text) {
        let typed = &text.plain[range.clone()];
        // Small letters throughout are part of an address.
        if !typed.starts_with(char::is_uppercase) {
            continue;
        }
        found.replace(text, range, right, format!("“{typed}” viết bằng chữ in hoa: “{right}”."));
    }
}
