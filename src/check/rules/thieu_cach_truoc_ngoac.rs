//! A bracket right behind a word.

use super::prelude::*;

rule!("thieu-cach-truoc-ngoac", "Thiếu dấu cách trước ngoặc mở", None, Warning, Safe, Text(look));

fn look(text: &Text<'_>, found: &mut Findings<'_>) {
    for (at, _) in text.plain.match_indices('(') {
        let Some(word) = text.words.iter().position(|w| w.end == at) else { continue };
        let (typed, low) = (text.word(word), text.low_word(word));
        let inner: String = text.plain[at + 1..].chars().take_while(|c| *c != ')').collect();
        // `m(2)`, `file(s)`, `f(x)`: no word of ours.
        if typed.chars().all(char::is_lowercase) && !low.is_ascii() && inner.chars().count() > 1 {
            found.replace_with_hint(text, at..at + 1, " (", "Thiếu dấu cách trước dấu ngoặc mở.", "Thêm dấu cách.");
        }
    }
}
