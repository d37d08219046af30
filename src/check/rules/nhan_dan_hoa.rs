//! `nhân dân`, standing alone.

use super::prelude::*;
use crate::check::phrases::stands_alone;

rule!("nhan-dan-hoa", "“Nhân dân” viết thường", Some("Phụ lục II, mục V, khoản 1"), Hint, Safe, Text(look));

/// Before it, it surely stands alone.
const BEFORE: [&str; 12] = [
    "sách nhiễu",
    "phiền hà",
    "gắn bó với",
    "phục vụ",
    "của",
    "cho",
    "trong",
    "vì",
    "đời sống",
    "sức khỏe",
    "tầng lớp",
    "đảng, chính quyền và",
];
/// Behind it, it is part of a name or of another word.
const BEHIND: [&str; 10] = ["tệ", "tỉnh", "xã", "phường", "cấp", "các cấp", "tối cao", "thành phố", "huyện", "tự vệ"];

fn look(text: &Text<'_>, found: &mut Findings<'_>) {
    const WORD: &str = "nhân dân";
    if text.is_in_capitals() {
        return;
    }
    for (at, _) in text.plain.match_indices(WORD) {
        let (before, behind) = (text.low[..at].trim_end(), text.low[at + WORD.len()..].trim_start());
        let alone = stands_alone(&text.low, at..at + WORD.len());
        if alone && BEFORE.iter().any(|w| before.ends_with(w)) && !BEHIND.iter().any(|w| behind.starts_with(w)) {
            found.replace(text, at..at + WORD.len(), "Nhân dân", "“Nhân dân” đứng độc lập thì viết hoa.");
        }
    }
}
