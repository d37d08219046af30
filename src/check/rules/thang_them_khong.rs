//! `tháng 06`, standing alone.

use super::prelude::*;

rule!(
    "thang-them-khong",
    "Tháng 3 đến tháng 9 viết có số không",
    Some("Phụ lục I, phần I, mục II, khoản 4, điểm b"),
    Hint,
    Unsafe,
    Text(look)
);

fn look(text: &Text<'_>, found: &mut Findings<'_>) {
    for at in 1..text.words.len() {
        if text.low_word(at - 1) != "tháng" {
            continue;
        }
        let word = text.low_word(at);
        let padded = word.len() == 2 && word.starts_with('0') && matches!(word.as_bytes()[1], b'3'..=b'9');
        // A month behind a day is told by another rule; `06 tháng` is an amount.
        let after_day = at >= 3 && text.low_word(at - 3) == "ngày";
        let amount =
            at >= 2 && text.low_word(at - 2).bytes().all(|b| b.is_ascii_digit()) || text.low_word(at + 1) == "ngày";
        if padded && !amount && !after_day {
            found.replace(
                text,
                text.words[at].clone(),
                &word[1..],
                format!("“tháng {word}” viết là “tháng {}”.", &word[1..]),
            );
        }
    }
}
