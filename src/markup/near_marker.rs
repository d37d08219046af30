//! Lines that begin with what was meant as a marker and is none: `-Nêu`, `1.Nêu`, `a/ Nêu`, `Điều 1: Nêu`, `• Nêu`.

use super::marker::{find, is_number};
use crate::decree30::outline::{parse_roman, roman};

/// What a line begins with, and the line as it was probably meant.
#[derive(Debug, PartialEq, Eq)]
pub struct Near<'l> {
    /// The sign as typed.
    pub sign: &'l str,
    /// The line with a marker of the format.
    pub meant: String,
}

/// What was probably meant by a line without a marker; `None` for ordinary text.
pub fn near(line: &str) -> Option<Near<'_>> {
    if find(line).is_some() {
        return None;
    }
    named(line).or_else(|| bullet(line)).or_else(|| spaced(line)).or_else(|| tight(line))
}

/// The byte of the `\` that keeps a line ordinary which would open with a marker, or nearly with one: `V\.`, `1\.`, `\•`.
pub fn escape(line: &str) -> Option<usize> {
    let at = line.bytes().take(16).position(|b| b == b'\\')?;
    let (before, after) = (&line[..at], &line[at + 1..]);
    if at > 0 && after.starts_with(char::is_alphanumeric) {
        return None;
    }
    let plain = format!("{before}{}", after.split('\n').next().unwrap_or(""));
    let sign = find(&plain).map(|m| m.text.len()).or_else(|| near(&plain).map(|n| n.sign.len()))?;
    (at < sign).then_some(at)
}

fn found<'l>(line: &'l str, sign: usize, marker: &str, rest: &str) -> Option<Near<'l>> {
    let rest = rest.trim_start();
    let blank = if rest.is_empty() { "" } else { " " };
    Some(Near { sign: &line[..sign], meant: format!("{marker}{blank}{rest}") })
}

/// `Điều 1: `, `Điều 1 - `, `Chương 1`, `Mục I`, `Phần thứ nhất`.
fn named(line: &str) -> Option<Near<'_>> {
    const ORDINALS: [&str; 10] = ["nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười"];
    let (word, rest) = line.split_once(' ')?;
    let kind = word.to_lowercase();
    if !matches!(kind.as_str(), "phần" | "chương" | "mục" | "điều") {
        return None;
    }
    let length = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
    let (numeral, tail) = rest.split_at(length);
    let end = |tail: &str| line.len() - tail.len();
    if numeral.to_lowercase() == "thứ" {
        let ordinal = tail.trim_start();
        let name = ordinal.split(|c: char| !c.is_alphabetic()).next().unwrap_or("");
        let index = ORDINALS.iter().position(|o| *o == name.to_lowercase())?;
        let after = &ordinal[name.len()..];
        let separate = after.is_empty() || after.starts_with(['.', ':', '-', '–']);
        return (kind == "phần" && separate)
            .then(|| found(line, end(after), &with_point(word, &roman(index + 1), titled(after)), titled(after)))
            .flatten();
    }
    let number = numeral.parse::<usize>().ok().filter(|_| is_number(numeral, 4));
    let value = number.or_else(|| parse_roman(numeral))?;
    let separator = tail.trim_start().chars().next();
    match (kind.as_str(), separator) {
        ("điều", Some(':' | '-' | '–' | '/' | ')')) => {
            let after = &tail.trim_start()[separator.map_or(0, char::len_utf8)..];
            found(line, end(after), &format!("{word} {value}."), after)
        }
        ("phần" | "chương", None | Some('.' | ':' | '-' | '–')) => {
            found(line, end(tail), &with_point(word, &roman(value), titled(tail)), titled(tail))
        }
        ("mục", None | Some('.' | ':')) if number.is_none() => {
            found(line, end(tail), &with_point(word, &value.to_string(), titled(tail)), titled(tail))
        }
        _ => None,
    }
}

/// `Phần I`, with the point that parts it from a title on its line.
fn with_point(word: &str, numeral: &str, title: &str) -> String {
    format!("{word} {numeral}{}", if title.is_empty() { "" } else { "." })
}

/// A title behind a number.
fn titled(tail: &str) -> &str {
    tail.trim_start().trim_start_matches([':', '-', '–', '.']).trim_start()
}

/// `•`, `—`, `-Nêu`, a dash before a no-break space.
fn bullet(line: &str) -> Option<Near<'_>> {
    let first = line.chars().next()?;
    let rest = &line[first.len_utf8()..];
    let next = rest.chars().next()?;
    let separate = next.is_whitespace() && !rest.trim().is_empty();
    match first {
        '•' | '◦' | '▪' | '■' | '●' | '○' | '►' | '➢' | '➤' | '✓' | '✔' | '—' | '―' | '‐' | '‑' | '‒' | '−' | '·'
        | 'o' | '\u{F0B7}'
            if separate =>
        {
            found(line, first.len_utf8(), "-", rest)
        }
        '-' | '–' | '+' if separate || next.is_alphabetic() || matches!(next, '“' | '"' | '*') => {
            found(line, first.len_utf8(), if first == '+' { "+" } else { "-" }, rest)
        }
        _ => None,
    }
}

/// A number or letter with another sign behind it, then a blank: `a/ `, `II- `, `1) `, `A. `, `(a) `, `a1) `, `1.1 `.
fn spaced(line: &str) -> Option<Near<'_>> {
    let end = line.find(char::is_whitespace)?;
    let (sign, rest) = line.split_at(end);
    if rest.trim().is_empty() {
        return None;
    }
    let breakable = rest.starts_with([' ', '\t']);
    // A no-break space behind a proper marker.
    if !breakable && find(&format!("{sign} x")).is_some() {
        return found(line, end, sign, rest);
    }
    let bare = |n: &str| n.contains('.') && n.split('.').count() <= 3 && n.split('.').all(|p| is_number(p, 2));
    // `1.5 triệu` is a number.
    if bare(sign) && rest.trim_start().starts_with(char::is_uppercase) {
        return found(line, end, &format!("{sign}."), rest);
    }
    let last = sign.chars().next_back()?;
    let inside = sign.strip_suffix(last)?;
    let one_letter = inside.chars().count() == 1 && inside.chars().all(char::is_alphabetic);
    let lower = inside.to_lowercase();
    match last {
        '/' | '-' | '–' | ':' if rest.trim_start().starts_with(|c: char| !c.is_ascii_digit()) => {
            let number = parse_roman(inside).is_some_and(|n| n < 40) || is_number(inside, 2);
            if number && last != ':' {
                found(line, end, &format!("{inside}."), rest)
            } else if one_letter && inside == lower && last != ':' {
                found(line, end, &format!("{inside})"), rest)
            } else {
                None
            }
        }
        '.' if one_letter && inside == lower && is_point(&lower) => found(line, end, &format!("{inside})"), rest),
        '.' if one_letter && inside.is_ascii() => {
            let index = usize::from(inside.bytes().next()?.wrapping_sub(b'A')) + 1;
            // `C. Mác` is a name.
            let title = !rest.chars().any(char::is_lowercase);
            (index <= 2 || (index <= 8 && title))
                .then(|| found(line, end, &format!("{}.", roman(index)), rest))
                .flatten()
        }
        ')' => match inside.strip_prefix('(') {
            Some(letter) if letter.chars().count() == 1 && letter.chars().all(char::is_lowercase) => {
                found(line, end, &format!("{letter})"), rest)
            }
            Some(_) => None,
            None if is_number(inside, 2) => found(line, end, &format!("({inside})"), rest),
            None if one_letter => found(line, end, &format!("{lower})"), rest),
            None => {
                let letter = inside.chars().next().filter(|c| c.is_lowercase())?;
                is_number(&inside[letter.len_utf8()..], 1).then(|| found(line, end, "-", rest)).flatten()
            }
        },
        _ => None,
    }
}

/// A letter of the Vietnamese alphabet that counts points, near its start: `v. Lênin` is a name.
fn is_point(letter: &str) -> bool {
    matches!(letter, "a" | "b" | "c" | "d" | "đ" | "e" | "g" | "h")
}

/// A proper marker without its blank: `1.Nêu`, `I.Nêu`, `1.1.Nêu`, `a)Nêu`, `(1)Nêu`.
fn tight(line: &str) -> Option<Near<'_>> {
    let end =
        line.char_indices().find_map(|(i, c)| (matches!(c, '.' | ')') && letter_at(line, i + 1)).then_some(i + 1))?;
    let (sign, rest) = line.split_at(end);
    // `V.I. Lênin`, `T.Ư`: initials.
    let initials = sign.ends_with('.') && rest.chars().nth(1) == Some('.');
    if initials || sign.contains(char::is_whitespace) || find(&format!("{sign} x")).is_none() {
        return None;
    }
    found(line, end, sign, rest)
}

fn letter_at(line: &str, at: usize) -> bool {
    line.get(at..).and_then(|t| t.chars().next()).is_some_and(|c| c.is_alphabetic() || matches!(c, '“' | '"'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_meant() {
        let cases = [
            ("-Nêu rõ", "-", "- Nêu rõ"),
            ("–\u{A0}Nêu rõ", "–", "- Nêu rõ"),
            ("-\u{A0}Nêu rõ", "-", "- Nêu rõ"),
            ("+Nêu rõ", "+", "+ Nêu rõ"),
            ("• Hai", "•", "- Hai"),
            ("— Ba", "—", "- Ba"),
            ("1.Nêu", "1.", "1. Nêu"),
            ("I.Mục đích", "I.", "I. Mục đích"),
            ("1.2.Nêu", "1.2.", "1.2. Nêu"),
            ("1.\u{A0}Nêu", "1.", "1. Nêu"),
            ("a)Nêu", "a)", "a) Nêu"),
            ("(1)Nêu", "(1)", "(1) Nêu"),
            ("a/ Nêu", "a/", "a) Nêu"),
            ("1/ Nêu", "1/", "1. Nêu"),
            ("II- NHIỆM VỤ", "II-", "II. NHIỆM VỤ"),
            ("II/ NHIỆM VỤ", "II/", "II. NHIỆM VỤ"),
            ("1- Nêu", "1-", "1. Nêu"),
            ("a1) Nêu", "a1)", "- Nêu"),
            ("1) Bốn", "1)", "(1) Bốn"),
            ("A. Năm", "A.", "I. Năm"),
            ("a. Nêu", "a.", "a) Nêu"),
            ("(a) Nêu", "(a)", "a) Nêu"),
            ("1.1 Sáu", "1.1", "1.1. Sáu"),
            ("Điều 1: Phạm vi", "Điều 1:", "Điều 1. Phạm vi"),
            ("Điều 2 - Đối tượng", "Điều 2 -", "Điều 2. Đối tượng"),
            ("Phần thứ nhất", "Phần thứ nhất", "Phần I"),
            ("PHẦN THỨ HAI: NHIỆM VỤ", "PHẦN THỨ HAI", "PHẦN II. NHIỆM VỤ"),
            ("Chương 1", "Chương 1", "Chương I"),
            ("Mục II", "Mục II", "Mục 2"),
        ];
        for (line, sign, meant) in cases {
            assert_eq!(near(line), Some(Near { sign, meant: meant.into() }), "{line}");
        }
    }

    #[test]
    fn ordinary_text_is_left_alone() {
        for line in [
            "ông A. Nguyễn",
            "15/2/2022 là ngày",
            "o",
            "2026 là năm",
            "1.500.000 đồng",
            "(1) x",
            "-5 độ C",
            "V.I. Lênin",
            "C. Mác",
            "Điều 5 Nghị định số 30",
            "Phần mềm quản lý",
            "Phần thứ tự ưu tiên",
            "Mục tiêu chung",
            "--",
            "-",
            "I. Mục",
            "1.5 triệu",
            "Chương trình 135",
            "Mục 3 của Kế hoạch",
            "T.Ư Đoàn",
            "v. Lênin",
            "a",
            "5/ 2",
            "",
            "Điều 1 của Luật",
            "Chương I của Luật",
            "TP. Hồ Chí Minh",
            "P. Giám đốc",
        ] {
            assert_eq!(near(line), None, "{line}");
        }
    }

    #[test]
    fn signs_that_are_kept_from_being_markers() {
        for (line, at) in [
            (r"V\. Lênin nói", Some(1)),
            (r"1\. Câu văn", Some(1)),
            (r"a\) Câu văn", Some(1)),
            (r"\1. Câu văn", Some(0)),
            (r"\- Câu văn", Some(0)),
            (r"\• Câu văn", Some(0)),
            (r"a\/ Câu văn", Some(1)),
            (r"(1\) Câu văn", Some(2)),
            ("Điều 5\\. Câu văn\nhai", Some(9)),
            (r"C:\x", None),
            (r"Xem 1\. Câu", None),
            (r"ổ D:\Thư mục", None),
            (r"\\máy\tệp", None),
            (r"\*a\*", None),
        ] {
            assert_eq!(escape(line), at, "{line}");
        }
    }
}
