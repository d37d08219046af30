//! An item or a paragraph without a mark at its end.

use super::prelude::*;
use crate::decree30::outline::Level;

rule!("thieu-cham-cuoi", "Thiếu dấu câu ở cuối đoạn", None, Warning, Safe, Document(look));

/// Fewer words may be a title or a name.
const LEAST: usize = 10;
/// The same without a marker: a line of a table, of a letter.
const LEAST_BARE: usize = 16;

fn look(subject: &Subject<'_>, found: &mut Findings<'_>) {
    let items: Vec<(usize, &Text<'_>)> = subject.texts.iter().enumerate().filter(|(_, t)| is_item(t)).collect();
    let ended = items.iter().filter(|(_, t)| ends(t)).count();
    // Where most have none, the author wants none.
    if ended * 2 < items.len() {
        return;
    }
    for (at, text) in items {
        let last = text.plain.chars().next_back().is_some_and(char::is_alphanumeric);
        // Behind the last one the program puts the mark.
        let leads = matches!(text.next, Next::Under(_) | Next::Thing | Next::End);
        // A paragraph without a marker may be a line of a table or of a letter: those around it tell.
        let bare = text.place == Place::Body(Level::Doan);
        let no_doubt = |at: usize| {
            let other = subject.texts.get(at).filter(|t| t.body == text.body && matches!(t.place, Place::Body(_)));
            other.is_none_or(ends)
        };
        if bare && !(no_doubt(at.wrapping_sub(1)) && no_doubt(at + 1)) {
            continue;
        }
        let least = if bare { LEAST_BARE } else { LEAST };
        let other = text.plain.contains("://") || text.is_in_capitals() || text.plain.starts_with("Phụ lục");
        // The title of an article that is quoted, perhaps behind the words that quote it.
        let quoted = text.plain.rsplit_once(['“', '"']).map_or("", |(_, quoted)| quoted);
        let number = quoted.strip_prefix("Điều ").map(|rest| rest.trim_start_matches(|c: char| c.is_ascii_digit()));
        let title = number.is_some_and(|rest| rest.starts_with('.'));
        if last && !leads && !other && !title && text.words.len() >= least && !subject.goes_on(at + 1) {
            let end = text.plain.len()..text.plain.len();
            found.replace_with_hint(text, end, ".", "Thiếu dấu câu ở cuối đoạn.", "Thêm dấu chấm hoặc chấm phẩy.");
        }
    }
}

fn is_item(text: &Text<'_>) -> bool {
    matches!(text.place, Place::Body(Level::Diem | Level::Gach | Level::Cong | Level::Doan | Level::Sao))
        // `Đơn vị chủ trì: …`: a label with its value.
        && !text.plain.chars().take(40).any(|c| c == ':')
        // Forms to be filled in, lines of a letterhead in an appendix.
        && text.body.is_some()
        // Cells that a converter put into a line.
        && !text.plain.contains(" | ")
        && text.words.len() >= LEAST
}

fn ends(text: &Text<'_>) -> bool {
    text.plain.ends_with(['.', ';', ':', ',', '!', '?', '…', ')', '”'])
}
