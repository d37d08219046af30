//! Regions named after directions.

use super::prelude::*;

rule!(
    "vung-mien-hoa",
    "Tên vùng, miền viết hoa chưa đúng",
    Some("Phụ lục II, mục III, khoản 1, điểm đ"),
    Warning,
    Safe,
    Text(look)
);

static NAMES: LazyLock<Names> = LazyLock::new(|| Names::new(TABLE));

/// The names as they are written.
#[rustfmt::skip]
const TABLE: &[&str] = &[
    "Tây Bắc",
    "Đông Bắc",
    "Bắc Bộ",
    "Nam Bộ",
    "Trung Bộ",
    "Nam Trung Bộ",
    "Bắc Trung Bộ",
    "Đông Nam Bộ",
    "Tây Nam Bộ",
    "Tây Nguyên",
    "Đồng bằng sông Cửu Long",
    "Đồng bằng sông Hồng",
    "Duyên hải miền Trung",
];

fn look(text: &Text<'_>, found: &mut Findings<'_>) {
    for (right, range) in NAMES.find(text) {
        let typed = &text.plain[range.clone()];
        // A direction is no region: `phía tây bắc`; neither is a word in small letters throughout.
        let before = text.low[..range.start].trim_end();
        let direction = ["phía", "hướng", "gió", "mùa"].iter().any(|w| before.ends_with(w));
        // `Việt Nam bộ tiêu chí`, `Hòa Nam bộ máy`.
        let name_before =
            text.words.iter().rev().find(|w| w.end <= range.start).is_some_and(|w| {
                text.plain[w.clone()].starts_with(char::is_uppercase) && !text.begins_sentence(w.start)
            });
        let goes_on =
            matches!(text.word_behind(range.end), "tiêu" | "phận" | "máy" | "luật" | "đội" | "qua" | "cầu" | "chỉ");
        if name_before || goes_on {
            continue;
        }
        if direction
            || !typed.chars().any(char::is_uppercase)
            || typed.starts_with(char::is_lowercase) && right.starts_with(['Đ', 'D'])
        {
            continue;
        }
        found.replace(text, range, right, format!("Tên vùng “{typed}” viết hoa chưa đúng."));
    }
}
