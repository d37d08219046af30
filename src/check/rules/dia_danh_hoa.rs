//! The place begins with a small letter.

use super::prelude::*;
use crate::check::phrases::like;
use crate::diagnostic::folded;

rule!(
    "dia-danh-hoa",
    "Địa danh viết thường",
    Some("Phụ lục I, phần I, mục II, khoản 4, điểm c"),
    Error,
    Unsafe,
    Document(look)
);

fn look(subject: &Subject<'_>, found: &mut Findings<'_>) {
    for text in subject.part(Part::DiaDanh) {
        // A name whose letters a reader of PDF tore apart (`Qu ả ng Ngãi`).
        let torn = |word: &str| {
            word.len() > 1
                && word.chars().all(char::is_lowercase)
                && !folded(word).contains(['a', 'e', 'i', 'o', 'u', 'y'])
        };
        if text.words.iter().any(|range| torn(&text.plain[range.clone()])) {
            continue;
        }
        for at in 0..text.words.len() {
            let word = text.word(at);
            let unit = text.plain[..text.words[at].start].ends_with(['\'', '’'])
                || at > 0 && matches!(word, "phố" | "khu" | "xã" | "trấn" | "và");
            if word.starts_with(char::is_lowercase) && !unit {
                let right = like("Ab", word);
                found.replace(text, text.words[at].clone(), &right, "Chữ đầu các âm tiết của địa danh viết hoa.");
            }
        }
    }
}
