//! `mục III Kế hoạch này`.

use super::prelude::*;
use crate::decree30::outline::parse_roman;

rule!(
    "vien-dan-muc-hoa",
    "Phần, chương, mục viết thường khi viện dẫn",
    Some("Phụ lục II, mục V, khoản 7"),
    Warning,
    Safe,
    Text(look)
);

fn look(text: &Text<'_>, found: &mut Findings<'_>) {
    for at in 0..text.words.len().saturating_sub(2) {
        let range = &text.words[at];
        let (typed, number) = (text.word(at), text.word(at + 1));
        let numbered = number.bytes().all(|b| b.is_ascii_digit()) || parse_roman(number).is_some();
        let right = match typed {
            "phần" => "Phần",
            "chương" => "Chương",
            "mục" => "Mục",
            "phụ" if text.word(at + 1) == "lục" => "Phụ",
            _ => continue,
        };
        // The document that is meant stands behind it.
        let own = |word: usize| {
            matches!(
                text.word(word),
                "Nghị" | "Luật" | "Quyết" | "Thông" | "Quy" | "Kế" | "Phụ" | "Bộ" | "Hướng" | "Đề"
            )
        };
        let cited = if right == "Phụ" { numbered_at(text, at + 2) && own(at + 3) } else { numbered && own(at + 2) };
        let small_thing =
            at > 0 && matches!(text.low_word(at - 1), "tiểu" | "danh" | "hạng" | "chuyên" | "thư" | "đề" | "khoản");
        // `Phụ lục I Thông tư này` in a document that is none: the words of a quotation.
        let behind = if right == "Phụ" { at + 3 } else { at + 2 };
        let quoted = match text.word(behind) {
            "Luật" => text.word(behind + 1) == "này",
            "Nghị" => text.word(behind + 1) == "định" && text.word(behind + 2) == "này",
            "Thông" | "Bộ" => text.word(behind + 2) == "này",
            _ => false,
        };
        if cited && !quoted && !small_thing {
            found.replace(text, range.clone(), right, format!("“{typed}” viết hoa khi viện dẫn: “{right}”."));
        }
    }
}

fn numbered_at(text: &Text<'_>, at: usize) -> bool {
    let word = text.word(at);
    !word.is_empty() && (word.bytes().all(|b| b.is_ascii_digit()) || parse_roman(word).is_some())
}
