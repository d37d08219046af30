//! Cyrillic or Greek letters inside words.

use super::prelude::*;

rule!(
    "chu-giong",
    "Chữ của bảng chữ cái khác trông giống chữ Việt",
    Some("Phụ lục I, phần I, mục I, khoản 4"),
    Error,
    Safe,
    Text(look)
);

/// Letters of other scripts, and what they look like.
const ALIKE: (&str, &str) = ("АВСЕНІКМОРТХаесіорхуЅѕјΑΒΕΖΗΙΚΜΝΟΡΤΧΥο", "ABCEHIKMOPTXaeciopxySsjABEZHIKMNOPTXYo");

fn look(text: &Text<'_>, found: &mut Findings<'_>) {
    // The first bytes of Greek and Cyrillic letters in UTF-8: most texts have none.
    if !text.plain.bytes().any(|b| (0xCD..=0xD3).contains(&b)) {
        return;
    }
    for range in &text.words {
        let word = &text.plain[range.clone()];
        let right: String = word.chars().map(|c| latin(c).unwrap_or(c)).collect();
        // A word that is all of the other script is a word of it.
        let other = right.chars().all(|c| matches!(c, '\0'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}'));
        let mixed = word.chars().any(|c| latin(c).is_none() && c.is_alphabetic()) || range.len() <= 2;
        if right != word && other && mixed {
            let message = format!("“{word}” có chữ của bảng chữ cái khác.");
            found.replace_with_hint(text, range.clone(), &right, message, format!("Gõ lại thành “{right}”."));
        }
    }
}

fn latin(c: char) -> Option<char> {
    if c.is_ascii() {
        return None;
    }
    ALIKE.0.chars().position(|a| a == c).and_then(|at| ALIKE.1.chars().nth(at))
}
