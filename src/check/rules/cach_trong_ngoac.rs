//! A blank behind an opening bracket or quotation mark.

use super::prelude::*;

rule!("cach-trong-ngoac", "Dấu cách thừa bên trong ngoặc", None, Warning, Safe, Text(look));

fn look(text: &Text<'_>, found: &mut Findings<'_>) {
    for (at, c) in text.marks.iter().copied().filter(|(_, c)| matches!(c, '(' | '“')) {
        let inner = at + c.len_utf8();
        let behind = &text.plain[inner..];
        let bare = behind.trim_start();
        // Room to write in.
        if bare.len() == behind.len() || bare.is_empty() || bare.starts_with(['…', '.', '_', ')', '”']) {
            continue;
        }
        let message = format!("Có dấu cách ngay sau dấu “{c}”.");
        found.replace_with_hint(text, inner..inner + behind.len() - bare.len(), "", message, "Bỏ dấu cách.");
    }
}
