//! A name in capitals, or with small letters.

use super::prelude::*;
use crate::check::phrases::like;

rule!(
    "ky-ten-hoa",
    "Họ tên người ký viết hoa chưa đúng",
    Some("Phụ lục I, phần I, mục II, khoản 7, điểm c"),
    Error,
    None,
    Document(look)
);

fn look(subject: &Subject<'_>, found: &mut Findings<'_>) {
    for text in subject.texts.iter().filter(|t| t.place == Place::Part(Part::HoTen)) {
        // Ranks of the armed forces stand before the name by their own rules.
        if ["tướng", "tá", "úy", "uý", "sĩ", "sỹ"].contains(&text.low_word(1)) {
            continue;
        }
        // A blank of a sample is told by its own rule.
        if text.low.starts_with("họ và tên") || text.low.starts_with("họ tên") {
            continue;
        }
        let small = (0..text.words.len()).any(|at| {
            text.word(at).starts_with(char::is_lowercase)
                && !text.plain[..text.words[at].start].ends_with(['\'', '’'])
                && !matches!(text.word(at), "van" | "der" | "de" | "von" | "la" | "bin")
        });
        let capitals = text.words.len() > 1
            && text.is_in_capitals()
            && text.plain.chars().filter(|c| c.is_alphabetic()).count() > 4;
        if small || capitals {
            let right: Vec<String> = text.plain.split(' ').map(|w| like("Ab", &w.to_lowercase())).collect();
            let message = format!("Họ tên “{}” viết hoa chưa đúng.", text.plain);
            found.tell(text, 0..text.plain.len(), message, format!("Viết “{}”.", right.join(" ")));
        }
    }
}
