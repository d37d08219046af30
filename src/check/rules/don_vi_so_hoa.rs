//! `phường 3`: a unit that is named by a number has a capital.

use super::prelude::*;
use crate::check::phrases::like;

rule!(
    "don-vi-so-hoa",
    "Đơn vị hành chính mang số viết thường",
    Some("Phụ lục II, mục III, khoản 1, điểm b"),
    Warning,
    Safe,
    Text(look)
);

fn look(text: &Text<'_>, found: &mut Findings<'_>) {
    for at in 0..text.words.len().saturating_sub(1) {
        if !matches!(text.word(at), "phường" | "quận") {
            continue;
        }
        let number = text.word(at + 1);
        let digits = number.len() <= 2 && number.bytes().all(|b| b.is_ascii_digit());
        let near = &text.plain[text.words[at].end..text.words[at + 1].start] == " ";
        // `03 phường 1`: no; `xã 135` is a programme. A name of a place goes on behind the number, or the text ends.
        let counted = at > 0 && text.word(at - 1).bytes().all(|b| b.is_ascii_digit());
        let each =
            matches!(if at > 0 { text.low_word(at - 1) } else { "" }, "mỗi" | "từng" | "các" | "một" | "nhiều" | "số");
        let behind = &text.plain[text.words[at + 1].end..];
        // A name goes on, or ends here.
        let ends = behind.is_empty()
            || behind.starts_with([',', ';', '.', ')'])
            || text.word(at + 2).starts_with(char::is_uppercase);
        if ends && !each && digits && near && !counted && !number.starts_with('0') {
            let right = like("Ab", text.word(at));
            let typed = text.word(at).to_owned();
            found.replace(
                text,
                text.words[at].clone(),
                &right,
                format!("“{typed} {number}” viết hoa: “{right} {number}”."),
            );
        }
    }
}
