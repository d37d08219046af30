//! `Tết Nguyên Đán`.

use super::prelude::*;
use crate::check::phrases::like;

rule!(
    "tet-hoa",
    "Tên ngày tết viết hoa chưa đúng",
    Some("Phụ lục II, mục V, khoản 8, điểm b"),
    Warning,
    Safe,
    Text(look)
);

static NAMES: LazyLock<Phrases> = LazyLock::new(|| Phrases::new(TABLE.iter().copied()));

/// Names behind the word, in small letters.
const TABLE: [&str; 4] = ["tết nguyên đán", "tết trung thu", "tết đoan ngọ", "tết hàn thực"];

fn look(text: &Text<'_>, found: &mut Findings<'_>) {
    for (index, range) in NAMES.find(text) {
        let typed = &text.plain[range.clone()];
        if text.is_in_capitals() {
            continue;
        }
        let name = &TABLE[index]["tết ".len()..];
        let head: String = typed.chars().take(3).collect();
        let right = format!("{head} {}", like("Ab", name));
        if typed != right {
            found.replace(text, range.clone(), &right, format!("“{typed}” viết hoa chưa đúng."));
        }
    }
}
