//! A word typed twice: `của của`. Words that Vietnamese doubles (`dần dần`) are not looked at.

use super::prelude::*;

rule!("lap-tu", "Từ viết hai lần liền nhau", None, Warning, Safe, Text(look));

/// Words that nothing doubles, and that end no word of two syllables.
#[rustfmt::skip]
const WORDS: [&str; 22] = [
    "của", "và", "các", "những", "được", "cho", "là", "với", "theo", "tại", "để", "về", "đã", "sẽ", "này", "khi", "nếu", "thì",
    "mà", "hoặc", "bởi", "trên",
];
/// Words of two syllables that nothing doubles.
const PAIRS: [(&str, &str); 8] = [
    ("thực", "hiện"),
    ("triển", "khai"),
    ("địa", "bàn"),
    ("phối", "hợp"),
    ("đề", "nghị"),
    ("trách", "nhiệm"),
    ("theo", "quy"),
    ("căn", "cứ"),
];

fn look(text: &Text<'_>, found: &mut Findings<'_>) {
    for at in 1..text.words.len() {
        let (before, after) = (&text.words[at - 1], &text.words[at]);
        let once = text.low_word(at - 1) == text.low_word(at) && WORDS.contains(&text.low_word(at));
        let twice = at >= 3 && pair_twice(text, at);
        if !once && !twice {
            continue;
        }
        let blank = |from: usize, to: usize| text.plain[from..to].chars().all(char::is_whitespace);
        if !blank(before.end, after.start) {
            continue;
        }
        let capital = text.plain[after.clone()].chars().next().is_some_and(char::is_uppercase);
        let ends = |word: &str| {
            let before = if at >= 2 { text.low_word(at - 2) } else { "" };
            match word {
                "được" => matches!(before, "thu" | "đạt" | "nhận" | "có" | "làm" | "tìm"),
                "tại" => matches!(before, "tồn" | "hiện"),
                "trên" => matches!(before, "nêu" | "kể" | "ở" | "bên" | "phía" | "từ" | "nói"),
                "theo" => matches!(before, "kèm" | "gửi" | "tiếp"),
                "cho" => matches!(before, "dành" | "giao") || text.low_word(at + 1) == "thuê",
                "về" => matches!(before, "trở" | "quay" | "đi"),
                _ => false,
            }
        };
        if once && !ends(text.low_word(at)) && !capital {
            tell(text, before.end..after.end, after.clone(), found);
        } else if twice && blank(text.words[at - 2].end, before.start) {
            tell(text, text.words[at - 2].end..after.end, before.start..after.end, found);
        }
    }
}

/// `thực hiện thực hiện`
fn pair_twice(text: &Text<'_>, at: usize) -> bool {
    let word = |back: usize| text.low_word(at - back);
    word(3) == word(1) && word(2) == word(0) && PAIRS.contains(&(word(1), word(0)))
}

fn tell(text: &Text<'_>, gone: Range<usize>, shown: Range<usize>, found: &mut Findings<'_>) {
    let twice = text.plain[shown.clone()].to_owned();
    let message = format!("“{twice}” viết hai lần liền nhau.");
    found.replace_with_hint(text, gone, "", message, format!("Bỏ bớt một lần “{twice}”."));
}
