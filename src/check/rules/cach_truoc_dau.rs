//! A blank before `,` `.` `;` `:` `)`.

use super::prelude::*;

rule!("cach-truoc-dau", "Dấu cách thừa trước dấu câu", None, Warning, Safe, Text(look));

fn look(text: &Text<'_>, found: &mut Findings<'_>) {
    for (at, c) in
        text.marks.iter().copied().filter(|(_, c)| matches!(c, ',' | '.' | ';' | ':' | ')' | '”' | '!' | '?' | '%'))
    {
        let before = &text.plain[..at];
        if !before.ends_with(char::is_whitespace) {
            continue;
        }
        let bare = before.trim_end();
        let behind = text.plain[at + c.len_utf8()..].chars().next();
        // `./.` and a row of dots are marks of their own; a number may begin with a dot; `%` stands apart in some offices.
        let mark = c == '.' && behind.is_some_and(|b| matches!(b, '.' | '/') || b.is_alphanumeric()) || c == '%';
        let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        let scale =
            c == ':' && digit(bare.chars().next_back()) && digit(text.plain[at + 1..].trim_start().chars().next());
        if scale || bare.ends_with(['□', '☐', '☑', ']']) {
            continue;
        }
        if bare.is_empty() || mark || bare.ends_with(['.', '…', ':', '_', '-', '“', '(']) {
            continue;
        }
        let message = format!("Có dấu cách trước dấu “{c}”.");
        found.replace_with_hint(text, bare.len()..at, "", message, "Bỏ dấu cách.");
    }
}
