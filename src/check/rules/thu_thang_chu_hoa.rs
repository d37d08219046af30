//! `Thứ hai`, `thứ hai` of the week.

use super::prelude::*;

rule!(
    "thu-thang-chu-hoa",
    "Thứ trong tuần viết bằng chữ viết hoa chưa đúng",
    Some("Phụ lục II, mục V, khoản 8, điểm c"),
    Warning,
    Safe,
    Text(look)
);

const DAYS: [(&str, &str); 6] =
    [("hai", "Hai"), ("ba", "Ba"), ("tư", "Tư"), ("năm", "Năm"), ("sáu", "Sáu"), ("bảy", "Bảy")];

fn look(text: &Text<'_>, found: &mut Findings<'_>) {
    for at in 1..text.words.len() {
        if text.low_word(at - 1) != "thứ" {
            continue;
        }
        let Some((_, right)) = DAYS.iter().find(|(day, _)| text.low_word(at) == *day) else { continue };
        // `lần thứ hai`, `thứ hai là`: an order. A day of the week has its date, or `ngày`, beside it.
        let week = |word: &str| matches!(word, "ngày" | "sáng" | "chiều" | "tuần");
        let dated = text.plain[text.words[at].end..].trim_start().starts_with(['(', ','])
            && week(text.low_word(at + 1))
            || week(text.low_word(at + 1))
            || at >= 2 && matches!(text.low_word(at - 2), "sáng" | "chiều");
        let order = at >= 2 && matches!(text.low_word(at - 2), "lần" | "họp" | "đợt" | "vòng" | "loại" | "khóa" | "kỳ");
        let of = text.low_word(at + 1) == "của";
        if !order && !of && dated && text.word(at).starts_with(char::is_lowercase) {
            found.replace(text, text.words[at].clone(), right, format!("Thứ trong tuần viết là “thứ {right}”."));
        }
    }
}
