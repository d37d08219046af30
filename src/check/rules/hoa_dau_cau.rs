//! A small letter behind a full stop.

use super::prelude::*;
use crate::check::phrases::like;

rule!("hoa-dau-cau", "Đầu câu viết thường", Some("Phụ lục II, mục I"), Warning, Safe, Text(look));

fn look(text: &Text<'_>, found: &mut Findings<'_>) {
    if !text.is_running() {
        return;
    }
    for pair in text.words.windows(2) {
        if &text.plain[pair[0].end..pair[1].start] != ". " {
            continue;
        }
        let before = &text.plain[pair[0].clone()];
        let after = &text.plain[pair[1].clone()];
        // A word in small letters with a letter of Vietnamese is no abbreviation.
        let whole = before.chars().count() > 1
            && before.chars().all(char::is_lowercase)
            && !before.is_ascii()
            && before != "đc";
        let known = !after.is_ascii();
        if whole && known && after.starts_with(char::is_lowercase) {
            found.replace(text, pair[1].clone(), &like("Ab", after), "Chữ đầu câu viết hoa.");
        }
    }
}
