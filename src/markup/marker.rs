//! Markers at the start of a line: `I.` `1.` `1.1.` `a)` `-` `+` `*` `(1)` `Điều 1.` `Chương I` `Phần I` `Mục 1`.

use crate::decree30::outline::{Level, parse_roman};

/// A marker found at the start of a line.
#[derive(Debug, PartialEq, Eq)]
pub struct Marker<'l> {
    /// The level that it opens.
    pub level: Level,
    /// As typed.
    pub text: &'l str,
    /// What follows it on the line.
    pub rest: &'l str,
}

/// The marker at the start of a line that has no blank in front.
pub fn find(line: &str) -> Option<Marker<'_>> {
    named(line).or_else(|| sign(line)).or_else(|| numbered(line))
}

/// `Phần I`, `Chương I`, `Mục 1`, `Tiểu mục 1` alone on the line or before `.` or `:`; `Điều 1.`
fn named(line: &str) -> Option<Marker<'_>> {
    const WORDS: [(&str, Level, bool); 10] = [
        ("Phần ", Level::Phan, true),
        ("PHẦN ", Level::Phan, true),
        ("Chương ", Level::Chuong, true),
        ("CHƯƠNG ", Level::Chuong, true),
        ("Mục ", Level::Muc, false),
        ("MỤC ", Level::Muc, false),
        ("Tiểu mục ", Level::TieuMuc, false),
        ("TIỂU MỤC ", Level::TieuMuc, false),
        ("Điều ", Level::Dieu, false),
        ("ĐIỀU ", Level::Dieu, false),
    ];
    for (word, level, roman) in WORDS {
        let Some(after) = line.strip_prefix(word) else { continue };
        let length = after.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(after.len());
        let numeral = &after[..length];
        let good = if roman { parse_roman(numeral).is_some() } else { is_number(numeral, 4) };
        if !good {
            return None;
        }
        let tail = &after[length..];
        let (mark, rest) = match tail.chars().next() {
            None if level != Level::Dieu => (0, ""),
            Some('.') if level == Level::Dieu => (1, &tail[1..]),
            Some('.' | ':') if level != Level::Dieu => (1, &tail[1..]),
            _ => return None,
        };
        if !rest.is_empty() && !rest.starts_with(char::is_whitespace) {
            return None;
        }
        let end = word.len() + length + mark;
        return Some(Marker { level, text: &line[..end], rest: rest.trim_start() });
    }
    None
}

/// `-`, `+`, `*`, `(1)`, `a)`.
fn sign(line: &str) -> Option<Marker<'_>> {
    for (sign, level) in [("-", Level::Gach), ("–", Level::Gach), ("+", Level::Cong), ("*", Level::Sao)] {
        if let Some(rest) = line.strip_prefix(sign)
            && (rest.is_empty() || rest.starts_with([' ', '\t']))
        {
            return Some(Marker { level, text: sign, rest: rest.trim_start() });
        }
    }
    let close = line.find(')')?;
    let (inside, rest) = (&line[..close], &line[close + 1..]);
    if !(rest.is_empty() || rest.starts_with([' ', '\t'])) {
        return None;
    }
    let level = match inside.strip_prefix('(') {
        Some(number) if is_number(number, 3) => Level::Ngoac,
        Some(_) => return None,
        None => {
            let mut letters = inside.chars();
            let first = letters.next()?;
            let same = letters.all(|c| c == first);
            if !(first.is_lowercase() && same && inside.chars().count() <= 2) {
                return None;
            }
            Level::Diem
        }
    };
    Some(Marker { level, text: &line[..=close], rest: rest.trim_start() })
}

/// `I.`, `1.`, `1.1.`
fn numbered(line: &str) -> Option<Marker<'_>> {
    let end = line.find(|c: char| !(c.is_ascii_alphanumeric() || c == '.')).unwrap_or(line.len());
    let text = line[..end].strip_suffix('.').map(|_| &line[..end])?;
    let rest = &line[end..];
    if !(rest.is_empty() || rest.starts_with([' ', '\t'])) {
        return None;
    }
    let numeral = &text[..text.len() - 1];
    let level = if parse_roman(numeral).is_some_and(|n| n < 100) {
        Level::Muc
    } else if is_number(numeral, 3) {
        Level::Khoan
    } else {
        let parts: Vec<_> = numeral.split('.').collect();
        if !(2..=3).contains(&parts.len()) || !parts.iter().all(|p| is_number(p, 2)) {
            return None;
        }
        Level::KhoanCon
    };
    Some(Marker { level, text, rest: rest.trim_start() })
}

pub(super) fn is_number(text: &str, digits: usize) -> bool {
    !text.is_empty() && text.len() <= digits && text.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markers() {
        let cases = [
            ("I. MỤC ĐÍCH", Level::Muc, "I.", "MỤC ĐÍCH"),
            ("1. Mục đích:", Level::Khoan, "1.", "Mục đích:"),
            ("2.1. Đối với", Level::KhoanCon, "2.1.", "Đối với"),
            ("đ) Nội dung", Level::Diem, "đ)", "Nội dung"),
            ("- Sở Nội vụ", Level::Gach, "-", "Sở Nội vụ"),
            ("+ Báo", Level::Cong, "+", "Báo"),
            ("* Tập trung", Level::Sao, "*", "Tập trung"),
            ("(12) Việc", Level::Ngoac, "(12)", "Việc"),
            ("Điều 1. Phạm vi", Level::Dieu, "Điều 1.", "Phạm vi"),
            ("Chương II", Level::Chuong, "Chương II", ""),
            ("Chương II. QUY ĐỊNH", Level::Chuong, "Chương II.", "QUY ĐỊNH"),
            ("Mục 1", Level::Muc, "Mục 1", ""),
        ];
        for (line, level, text, rest) in cases {
            assert_eq!(find(line), Some(Marker { level, text, rest }), "{line}");
        }
    }

    #[test]
    fn what_only_looks_like_a_marker() {
        for line in [
            "1.500.000 đồng",
            "1.5 triệu",
            "Chương I của Luật",
            "Điều 5 Nghị định",
            "-5 độ",
            "A) x",
            "15/2/2022",
            "I Mục",
            "(a) x",
            "ngày) x",
            "Mục tiêu",
            "*đậm* x",
            "C. Mác",
            "1.Mục",
            "",
            ")",
            "Phần mềm",
            "(*) x",
        ] {
            assert_eq!(find(line), None, "{line}");
        }
    }
}
