//! `2021-2025` and `2026 - 2030` in one document.

use super::prelude::*;

rule!("gach-nam-lan", "Khoảng năm viết hai cách", None, Hint, Safe, Document(look));

fn look(subject: &Subject<'_>, found: &mut Findings<'_>) {
    let (mut tight, mut wide) = (Vec::new(), Vec::new());
    for text in &subject.texts {
        for pair in text.words.windows(2) {
            let year = |r: &Range<usize>| r.len() == 4 && text.plain[r.clone()].bytes().all(|b| b.is_ascii_digit());
            let value = |r: &Range<usize>| text.plain[r.clone()].parse::<u32>().unwrap_or(0);
            let period = |r: &Range<usize>| (1930..=2100).contains(&value(r));
            let code = || matches!(text.word_before(pair[0].start), "tcvn" | "qcvn" | "iso" | "đài" | "thoại" | "số");
            if !year(&pair[0])
                || !year(&pair[1])
                || !period(&pair[0])
                || !period(&pair[1])
                || value(&pair[0]) >= value(&pair[1])
                || code()
            {
                continue;
            }
            let between = pair[0].end..pair[1].start;
            match &text.plain[between.clone()] {
                "-" => tight.push((text, between)),
                " - " => wide.push((text, between)),
                _ => {}
            }
        }
    }
    if tight.is_empty() || wide.is_empty() {
        return;
    }
    let (few, right) = if tight.len() <= wide.len() { (&tight, " - ") } else { (&wide, "-") };
    for (text, range) in few {
        let message = "Khoảng năm ở đây viết khác với chỗ khác trong văn bản.";
        found.replace_with_hint(
            text,
            range.clone(),
            right,
            message,
            format!("Viết “2026{right}2030” như các chỗ khác."),
        );
    }
}
