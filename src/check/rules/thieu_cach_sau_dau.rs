//! No blank behind `,` `;` `:`.

use super::prelude::*;

rule!("thieu-cach-sau-dau", "Thiếu dấu cách sau dấu câu", None, Warning, Safe, Text(look));

fn look(text: &Text<'_>, found: &mut Findings<'_>) {
    for (at, c) in text.marks.iter().copied().filter(|(_, c)| matches!(c, ',' | ';' | ':')) {
        let before = text.plain[..at].chars().next_back();
        let behind = &text.plain[at + 1..];
        let next = behind.chars().next();
        let letters = before.is_some_and(char::is_alphabetic) && next.is_some_and(char::is_alphabetic);
        let after_number =
            c != ':' && before.is_some_and(|b| b.is_ascii_digit()) && next.is_some_and(char::is_alphabetic);
        if !letters && !after_number {
            continue;
        }
        // An address of a page or of mail, a code, an abbreviation of one letter.
        let word = text.piece_at(at);
        let code = word.contains("//") || word.contains('@') || word.contains("www") || word.contains('_');
        // `N:P:K`, `nam:nữ`: a ratio.
        let ratio =
            c == ':' && (word.chars().filter(|l| l.is_alphabetic()).count() <= 6 || text.low[..at].contains("tỷ lệ"));
        // `VH,TT&DL`: the short name of a body.
        let name = c == ',' && word.contains('&') && !word.chars().any(char::is_lowercase);
        if !code && !ratio && !name {
            found.replace_with_hint(
                text,
                at..at + 1,
                &format!("{c} "),
                format!("Thiếu dấu cách sau dấu “{c}”."),
                "Thêm dấu cách.",
            );
        }
    }
}
