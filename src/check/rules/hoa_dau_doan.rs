//! A paragraph that begins with a small letter.

use super::prelude::*;
use crate::check::phrases::like;
use crate::decree30::outline::Level;

rule!("hoa-dau-doan", "Đầu đoạn viết thường", Some("Phụ lục II, mục I"), Hint, Safe, Document(all));

fn all(subject: &Subject<'_>, found: &mut Findings<'_>) {
    // One that goes on with a sentence is told as such; where the text before has no end, it may go on with that.
    let open = |at: usize| {
        let before = at.checked_sub(1).and_then(|at| subject.texts.get(at).zip(subject.texts.get(at + 1)));
        before.is_some_and(|(before, text)| {
            let line = before.place == Place::Body(Level::Doan) && !before.is_in_capitals();
            before.body == text.body
                && (before.plain.ends_with([',', '(']) || line && before.plain.ends_with(char::is_alphanumeric))
        })
    };
    let alone = subject.texts.iter().enumerate().filter(|(at, _)| !subject.goes_on(*at) && !open(*at));
    alone.for_each(|(_, text)| look(text, found));
}

fn look(text: &Text<'_>, found: &mut Findings<'_>) {
    let begins = matches!(text.place, Place::Body(_) | Place::Part(Part::MoDau | Part::Ket | Part::CanCu));
    let Some(first) = text.words.first().filter(|_| begins) else { return };
    let word = &text.plain[first.clone()];
    let start = text.plain[..first.start].trim();
    // An address, a unit, a marker that stands in the text.
    let ours = !word.is_ascii() || text.words.len() > 3 && word.chars().count() > 1;
    let other = text.plain.starts_with(['/', '…', '.']) || text.plain.contains("://") && text.words.len() < 8;
    let legacy =
        crate::check::legacy::page_of(text.piece_at(first.start)).is_some() || word.starts_with(|c| "ñöø".contains(c));
    let inner = word.chars().skip(1).any(char::is_uppercase);
    // `(ii)`
    let marker = start == "(" && text.plain[first.end..].starts_with(')');
    if ours
        && !other
        && !marker
        && !inner
        && !legacy
        && !text.is_address(first.start)
        && word.chars().count() > 1
        && word.starts_with(char::is_lowercase)
        && matches!(start, "" | "“" | "(" | "\"")
    {
        // One letter of a line that goes on from the line above it.
        found.replace(text, first.clone(), &like("Ab", word), "Chữ đầu đoạn viết hoa.");
    }
}
