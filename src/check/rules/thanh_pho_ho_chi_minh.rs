//! The two names that the decree fixes.

use super::prelude::*;

rule!(
    "thanh-pho-ho-chi-minh",
    "Thủ đô Hà Nội, Thành phố Hồ Chí Minh viết hoa chưa đúng",
    Some("Phụ lục II, mục III, khoản 1, điểm c"),
    Error,
    Safe,
    Text(look)
);

static NAMES: LazyLock<Names> = LazyLock::new(|| Names::new(TABLE));

/// The names as they are written.
#[rustfmt::skip]
const TABLE: &[&str] = &[
    "Thành phố Hồ Chí Minh",
    "Thủ đô Hà Nội",
];

fn look(text: &Text<'_>, found: &mut Findings<'_>) {
    for (right, range) in NAMES.find(text) {
        let typed = &text.plain[range.clone()];
        // `các thành phố Hồ Chí Minh, Hải Phòng`
        if matches!(text.word_before(range.start), "các" | "hai" | "ba" | "những") {
            continue;
        }
        found.replace(text, range, right, format!("“{typed}” viết hoa chưa đúng."));
    }
}
