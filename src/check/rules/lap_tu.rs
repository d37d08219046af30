//! A word typed twice: `của của`. Words that Vietnamese doubles (`dần dần`) are not looked at.

use super::prelude::*;

rule!("lap-tu", "Từ viết hai lần liền nhau", None, Warning, Safe, Text(look));

/// Words that nothing doubles.
#[rustfmt::skip]
const WORDS: [&str; 52] = [
    "của", "và", "các", "những", "trong", "được", "cho", "là", "với", "theo", "tại", "có", "không", "để", "do", "từ",
    "trên", "dưới", "về", "đã", "sẽ", "phải", "này", "đó", "khi", "nếu", "thì", "mà", "hoặc", "bởi", "thực", "hiện",
    "chức", "tổ", "quản", "lý", "công", "tác", "định", "quy", "quyết", "ban", "hành", "phủ", "nhân", "dân", "đơn", "vị",
    "năm", "tháng", "số", "việc",
];

fn look(text: &Text<'_>, found: &mut Findings<'_>) {
    for at in 1..text.words.len() {
        let (before, after) = (&text.words[at - 1], &text.words[at]);
        let blank = |from: usize, to: usize| text.plain[from..to].chars().all(char::is_whitespace);
        if !blank(before.end, after.start) {
            continue;
        }
        let once = text.low_word(at - 1) == text.low_word(at) && WORDS.contains(&text.low_word(at));
        let capital = text.plain[after.clone()].chars().next().is_some_and(char::is_uppercase);
        if once && !capital && !counted(text, at) {
            tell(text, before.end..after.end, after.clone(), found);
        } else if at >= 3 && pair_twice(text, at) && blank(text.words[at - 2].end, before.start) {
            tell(text, text.words[at - 2].end..after.end, before.start..after.end, found);
        }
    }
}

/// `năm năm`: five years; `số số` and `từ từ` are never told behind a number.
fn counted(text: &Text<'_>, at: usize) -> bool {
    matches!(text.low_word(at), "năm" | "từ") || at >= 2 && text.low_word(at - 2).bytes().all(|b| b.is_ascii_digit())
}

/// `tổ chức tổ chức`
fn pair_twice(text: &Text<'_>, at: usize) -> bool {
    let word = |back: usize| text.low_word(at - back);
    let letters = |w: &str| w.chars().all(char::is_alphabetic) && w.chars().count() > 1;
    word(3) == word(1)
        && word(2) == word(0)
        && word(1) != word(0)
        && letters(word(0))
        && letters(word(1))
        // `từng bước từng bước`, `ngày càng ngày càng`
        && !matches!(word(1), "từng" | "ngày" | "càng" | "mỗi" | "đời" | "năm")
        && text.plain[text.words[at - 1].clone()].chars().next().is_some_and(char::is_lowercase)
        && WORDS.contains(&word(0))
}

fn tell(text: &Text<'_>, gone: Range<usize>, shown: Range<usize>, found: &mut Findings<'_>) {
    let twice = text.plain[shown.clone()].to_owned();
    let message = format!("“{twice}” viết hai lần liền nhau.");
    found.replace_with_hint(text, gone, "", message, format!("Bỏ bớt một lần “{twice}”."));
}
