//! Names of holidays.

use super::prelude::*;
use crate::check::phrases::like;

rule!("ngay-le-hoa", "Tên ngày lễ viết hoa chưa đúng", Some("Phụ lục II, mục V, khoản 5"), Warning, Safe, Text(look));

static NAMES: LazyLock<Names> = LazyLock::new(|| Names::new(TABLE));

/// The names as they are written.
#[rustfmt::skip]
const TABLE: &[&str] = &[
    "ngày Quốc khánh",
    "ngày Quốc tế Lao động",
    "ngày Quốc tế Phụ nữ",
    "ngày Phụ nữ Việt Nam",
    "ngày Nhà giáo Việt Nam",
    "ngày Thầy thuốc Việt Nam",
    "ngày Báo chí Cách mạng Việt Nam",
    "ngày Thương binh - Liệt sĩ",
    "ngày Quốc phòng toàn dân",
    "ngày Chuyển đổi số quốc gia",
    "ngày Pháp luật Việt Nam",
    "ngày Gia đình Việt Nam",
];

fn look(text: &Text<'_>, found: &mut Findings<'_>) {
    for (right, range) in NAMES.find(text) {
        let typed = &text.plain[range.clone()];
        // `kể từ ngày pháp luật Việt Nam công nhận`
        if text.word_before(range.start) == "từ" && !typed.chars().any(|c| c == 'Q' || c == 'P') {
            continue;
        }
        // `Ngày` with a capital begins a sentence, or is part of the name as some offices write it.
        if typed.strip_prefix("Ngày").is_some_and(|rest| right.ends_with(rest)) {
            continue;
        }
        let right = &if typed.starts_with('N') { like("Ng", right) } else { right.to_owned() };
        found.replace(text, range.clone(), right, format!("Tên ngày lễ “{typed}” viết hoa chưa đúng."));
    }
}
