//! `15’`, `8h30`.

use super::prelude::*;
use crate::chars::is_letter;
use regex::Regex;

rule!("phut-giay", "Giờ, phút viết tắt bằng ký hiệu", None, Hint, Unsafe, Text(look));

static CLOCK: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(\d{1,2})\s?h(?:\s?(\d{2}))?[’'p′]?|(\d{1,3})\s?[’′']").ok());

fn look(text: &Text<'_>, found: &mut Findings<'_>) {
    let sign = || text.marks.iter().any(|(_, c)| matches!(c, '’' | '′' | '\''));
    let hour = |range: &Range<usize>| {
        let word = &text.plain.as_bytes()[range.clone()];
        word[0] == b'h' && word.get(1).is_none_or(|b| b.is_ascii_digit() || *b == b'p')
            || word[0].is_ascii_digit() && word.contains(&b'h')
    };
    if !text.words.iter().any(hour) && !sign() {
        return;
    }
    for caught in CLOCK.iter().flat_map(|c| c.captures_iter(&text.plain)) {
        let Some(whole) = caught.get(0) else { continue };
        let before = text.plain[..whole.start()].chars().next_back();
        let behind = text.plain[whole.end()..].chars().next();
        // A code, or a quotation in straight marks.
        if before.is_some_and(|c| is_letter(c) || "/-'’.,".contains(c)) || behind.is_some_and(is_letter) {
            continue;
        }
        // A table has no room for words, but a reviewer minds the sign for minutes.
        if text.place == Place::Cell && !whole.as_str().contains(['’', '′', '\'']) {
            continue;
        }
        // Degrees, classes, roads, a quotation, an address.
        let quoted = text.plain[..whole.start()].contains('‘')
            || whole.as_str().contains('\'') && text.plain[..whole.start()].contains('\'');
        let word = text.word_before(whole.start());
        let other = matches!(word, "lớp" | "đường" | "số" | "lô" | "lộ" | "nhựa" | "ống" | "phố");
        let degree =
            before == Some('°') || text.word_behind(whole.end()) == "vĩ" || text.word_behind(whole.end()) == "kinh";
        if quoted || other || degree || behind == Some('.') && text.is_address(whole.start()) {
            continue;
        }
        let group = |index: usize| caught.get(index).map(|m| m.as_str());
        let right = match (group(1), group(2), group(3)) {
            (Some(hour), Some(minute), _) => format!("{hour:0>2} giờ {minute}"),
            (Some(hour), None, _) => format!("{hour:0>2} giờ"),
            (_, _, Some(minutes)) => format!("{minutes:0>2} phút"),
            _ => continue,
        };
        let typed = whole.as_str().trim_end();
        let range = whole.start()..whole.start() + typed.len();
        found.replace(text, range, &right, format!("“{typed}” viết bằng chữ: “{right}”."));
    }
}
