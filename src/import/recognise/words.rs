//! Words of documents, whatever their spelling.

use crate::chars::{capital, is_letter};

/// Capitals, blanks made one, the marks of tones where the new spelling puts them.
pub fn fold(text: &str) -> String {
    let mut letters: Vec<char> = Vec::with_capacity(text.len());
    for c in text.chars() {
        match capital(c) {
            Some(' ') if letters.last().is_none_or(|l| *l == ' ') => {}
            Some(c) => letters.push(c),
            None => letters.extend(c.to_uppercase()),
        }
    }
    if letters.last() == Some(&' ') {
        letters.pop();
    }
    for at in 1..letters.len() {
        let (first, second) = (letters[at - 1], letters[at]);
        let Some((tones, bare)) = tone_of(second) else { continue };
        let marked = match (first, bare) {
            ('O', 'A' | 'E') => "ÒÓỎÕỌ",
            ('U', 'Y') => "ÙÚỦŨỤ",
            _ => continue,
        };
        // Behind `Q` the vowel is not the tone's (QUỲ); before a last consonant both spellings agree (KHOẢN).
        let ends = letters.get(at + 1).is_none_or(|c| !is_letter(*c) || c.is_ascii_digit());
        if ends && !(at > 1 && letters[at - 2] == 'Q') {
            letters[at - 1] = marked.chars().nth(tones).unwrap_or(first);
            letters[at] = bare;
        }
    }
    letters.into_iter().collect()
}

/// Which of the five tones a vowel has, and the vowel without it.
fn tone_of(c: char) -> Option<(usize, char)> {
    [("ÀÁẢÃẠ", 'A'), ("ÈÉẺẼẸ", 'E'), ("ỲÝỶỸỴ", 'Y')]
        .iter()
        .find_map(|(tones, bare)| Some((tones.chars().position(|t| t == c)?, *bare)))
}

/// How a text begins, folded: enough to know a label by.
pub(super) fn fold_start(text: &str) -> String {
    let end = text.char_indices().nth(64).map_or(text.len(), |(at, _)| at);
    fold(&text[..end])
}

/// A line that only draws: `_____`, `-----`, `***`.
pub fn is_rule(text: &str) -> bool {
    // A sign that is drawn for its own sake (`☑`, `→`, `%`) is none.
    let drawn =
        |c: char| matches!(c, '\u{2500}'..='\u{259F}') || "‗¯‾−＿■●◆○▬".contains(c) && text.matches(c).count() > 2;
    text.chars().all(|c| !is_letter(c) && (c.is_whitespace() || drawn(c) || "-–—_*=~.…·•|/\\#()[]{}<>:;,!?'\"“”‘’^`°".contains(c)))
        // `---o0o---`
        || text.len() > 4 && text.starts_with(['-', '*', '_', '=', '–']) && text.chars().all(|c| "-–*_=oO0 .".contains(c))
}

/// What stands behind a label of eight letters and blanks: `Kính gửi`, `Nơi nhận`.
pub(super) fn behind_label(text: &str) -> String {
    let rest: String = text.chars().skip(8).collect();
    rest.trim_start_matches([':', ' ']).trim_end().to_owned()
}
