//! An en dash between years.

use super::prelude::*;

rule!("gach-nam", "Gạch dài giữa hai năm", None, Hint, Safe, Text(look));

fn look(text: &Text<'_>, found: &mut Findings<'_>) {
    for (at, c) in text.marks.iter().copied().filter(|(_, c)| matches!(c, '–' | '—')) {
        let year = |w: &str| w.len() == 4 && w.bytes().all(|b| b.is_ascii_digit());
        let before = text.plain[..at].split_whitespace().next_back().unwrap_or_default();
        let behind = text.plain[at + c.len_utf8()..].trim_start();
        let behind: String = behind.chars().take_while(|c| c.is_ascii_digit()).collect();
        // Two years, not a weight or a number of a standard.
        let unit = matches!(
            text.word_behind(
                at + c.len_utf8() + text.plain[at + c.len_utf8()..].len()
                    - text.plain[at + c.len_utf8()..].trim_start().len()
                    + behind.len()
            ),
            "kg" | "đoàn" | "người" | "hộ" | "m" | "ha" | "đồng" | "triệu"
        );
        let period = |w: &str| w.parse::<u32>().is_ok_and(|y| (1930..=2100).contains(&y));
        if year(before) && year(&behind) && period(before) && period(&behind) && before < behind.as_str() && !unit {
            found.replace(text, at..at + c.len_utf8(), "-", format!("Giữa hai năm dùng dấu “-”, không dùng “{c}”."));
        }
    }
}
