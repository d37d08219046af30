//! `văn hóa- xã hội`

use super::prelude::*;

rule!("gach-noi-lech", "Dấu gạch nối chỉ có dấu cách ở một bên", None, Warning, Safe, Text(look));

fn look(text: &Text<'_>, found: &mut Findings<'_>) {
    for (at, c) in text.marks.iter().copied().filter(|(_, c)| matches!(c, '-' | '–')) {
        let (before, behind) = (&text.plain[..at], &text.plain[at + c.len_utf8()..]);
        let left = before.ends_with(char::is_whitespace);
        let right = behind.starts_with(char::is_whitespace);
        if left == right {
            continue;
        }
        let letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
        let joined = match (left, right) {
            (true, _) => letter(before.trim_end().chars().next_back()) && letter(behind.chars().next()),
            (false, _) => letter(before.chars().next_back()) && letter(behind.trim_start().chars().next()),
        };
        // `NĐ- CP`: a symbol, of which another rule speaks.
        let symbol = before.split_whitespace().next_back().is_some_and(|w| w.contains('/'));
        // `nhóm máu A-`, `Cl-`: a sign of its own.
        let token = before.split_whitespace().next_back().unwrap_or_default();
        let charge = !left && token.chars().count() <= 3 && token.starts_with(|c: char| c.is_ascii_uppercase());
        if joined && !symbol && !charge {
            let from = before.trim_end().len();
            let to = text.plain.len() - behind.trim_start().len();
            let message = format!("Dấu “{c}” chỉ có dấu cách ở một bên.");
            found.replace_with_hint(text, from..to, &format!(" {c} "), message, "Thêm dấu cách ở cả hai bên.");
        }
    }
}
