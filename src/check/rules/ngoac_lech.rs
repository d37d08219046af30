//! A bracket or a quotation mark that is not closed.

use super::prelude::*;

rule!("ngoac-lech", "Ngoặc mở và ngoặc đóng không đủ đôi", None, Warning, None, Text(look));

fn look(text: &Text<'_>, found: &mut Findings<'_>) {
    // In a cell a bracket may go on in the next line.
    if text.place == Place::Cell || text.place == Place::Head {
        return;
    }
    for (open, close) in [('(', ')'), ('“', '”')] {
        let mut depth: Vec<usize> = Vec::new();
        for (at, c) in text.marks.iter().copied() {
            if c == open {
                depth.push(at);
            } else if c == close && depth.pop().is_none() && !is_marker(text, at) {
                let message = format!("Dấu “{close}” không có dấu mở.");
                found.tell(text, at..at + c.len_utf8(), message, "Thêm dấu mở, hoặc bỏ dấu này.");
            }
        }
        // A quotation may go on in the next paragraph.
        if let Some(at) = depth.first().filter(|_| open == '(') {
            let message = format!("Dấu “{open}” không có dấu đóng.");
            found.tell(text, *at..at + open.len_utf8(), message, "Thêm dấu đóng.");
        }
    }
}

/// `a)`, `1)` in running text, and the end of a quotation of several paragraphs.
fn is_marker(text: &Text<'_>, at: usize) -> bool {
    let before = &text.plain[..at];
    let word = before.rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '“' | '"')).next().unwrap_or_default();
    text.plain[at..].starts_with('”') || word.chars().count() <= 4 && word.chars().all(char::is_alphanumeric)
}
