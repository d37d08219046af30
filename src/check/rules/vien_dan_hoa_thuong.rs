//! `Khoản 2 điều 103`.

use super::prelude::*;

rule!(
    "vien-dan-hoa-thuong",
    "Điều, khoản, điểm viết hoa chưa đúng khi viện dẫn",
    Some("Phụ lục II, mục V, khoản 7"),
    Error,
    Safe,
    Text(look)
);

fn look(text: &Text<'_>, found: &mut Findings<'_>) {
    for at in 0..text.words.len().saturating_sub(1) {
        let range = &text.words[at];
        let low = text.low_word(at);
        if !matches!(low, "điều" | "khoản" | "điểm") {
            continue;
        }
        let (typed, number) = (text.word(at), text.word(at + 1));
        let near = text.plain[range.end..text.words[at + 1].start].trim().is_empty();
        if !near || typed.chars().count() > 1 && typed.chars().nth(1).is_some_and(char::is_uppercase) {
            continue;
        }
        let digits = number.bytes().all(|b| b.is_ascii_digit());
        match low {
            // A citation goes on with the document, or comes from a clause.
            "điều" if typed.starts_with('đ') && digits && cites(text, at) => {
                found.replace(text, range.clone(), "Điều", "“Điều” viết hoa khi viện dẫn.");
            }
            "khoản" if typed.starts_with('K') && digits && !text.begins_sentence(range.start) && low_next(text, at) =>
            {
                found.replace(text, range.clone(), "khoản", "“khoản” viết thường khi viện dẫn.");
            }
            "điểm"
                if typed.starts_with('Đ')
                    && number.chars().count() == 1
                    && !text.begins_sentence(range.start)
                    && low_next(text, at)
                    && text.low_word(at + 2) != "của" =>
            {
                found.replace(text, range.clone(), "điểm", "“điểm” viết thường khi viện dẫn.");
            }
            _ => {}
        }
    }
}

/// Whether the number behind is of an article: `khoản 2 điều 5`, `điều 5 Nghị định`.
fn cites(text: &Text<'_>, at: usize) -> bool {
    let from_clause = at >= 2 && matches!(text.low_word(at - 2), "khoản" | "điểm");
    let document = matches!(
        text.word(at + 2),
        "Nghị" | "Luật" | "Quyết" | "Thông" | "Quy" | "Kế" | "Bộ" | "của" | "Điều" | "này" | "và" | "Pháp" | "Hiến"
    );
    from_clause || document
}

/// Whether a clause or an article is named behind it.
fn low_next(text: &Text<'_>, at: usize) -> bool {
    let next = text.low_word(at + 2);
    matches!(
        next,
        "điều" | "khoản" | "mục" | "nghị" | "luật" | "quyết" | "thông" | "quy" | "kế" | "này" | "của" | "phần"
    )
}
