//! A bracket or a quotation mark that is not closed.

use super::prelude::*;

rule!("ngoac-lech", "Ngoặc mở và ngoặc đóng không đủ đôi", None, Warning, None, Document(look));

fn look(subject: &Subject<'_>, found: &mut Findings<'_>) {
    for (at, text) in subject.texts.iter().enumerate().filter(|(_, t)| !t.is_fact()) {
        // In a cell a bracket may go on in the next line.
        if text.place == Place::Cell || text.place == Place::Head {
            continue;
        }
        for signs in [('(', ')'), ('“', '”')] {
            let Unpaired { open, close } = unpaired(text, signs);
            let told =
                close.into_iter().filter(|_| !(1..=NEAR).any(|back| goes_on(subject, at.checked_sub(back), at, signs)));
            for at in told {
                let message = format!("Dấu “{}” không có dấu mở.", signs.1);
                found.tell(text, at..at + signs.1.len_utf8(), message, "Thêm dấu mở, hoặc bỏ dấu này.");
            }
            // A quotation may go on in the next paragraph.
            if let Some(at) =
                open.filter(|_| signs.0 == '(' && !(1..=NEAR).any(|on| goes_on(subject, Some(at), at + on, signs)))
            {
                let message = format!("Dấu “{}” không có dấu đóng.", signs.0);
                found.tell(text, at..at + signs.0.len_utf8(), message, "Thêm dấu đóng.");
            }
        }
    }
}

/// The signs of a text that have no partner in it: the first that opens, all that close.
struct Unpaired {
    open: Option<usize>,
    close: Vec<usize>,
}

fn unpaired(text: &Text<'_>, (open, close): (char, char)) -> Unpaired {
    let mut depth: Vec<usize> = Vec::new();
    let mut alone = Vec::new();
    for (at, c) in text.marks.iter().copied() {
        if c == open {
            depth.push(at);
        } else if c == close && depth.pop().is_none() && !is_marker(text, at) {
            alone.push(at);
        }
    }
    Unpaired { open: depth.first().copied(), close: alone }
}

/// Whether a sign closes what stands before the text, that of a marker too.
fn closes(text: &Text<'_>, (open, close): (char, char)) -> bool {
    let mut depth = 0usize;
    text.marks.iter().any(|(_, c)| {
        let alone = *c == close && depth == 0;
        depth = if *c == open { depth + 1 } else { depth.saturating_sub(usize::from(*c == close)) };
        alone
    })
}

/// Paragraphs over which a bracket may go on.
const NEAR: usize = 2;

/// Whether a bracket that is open at the end of one paragraph is closed in the other.
fn goes_on(subject: &Subject<'_>, from: Option<usize>, to: usize, signs: (char, char)) -> bool {
    let (Some(before), Some(text)) = (from.and_then(|at| subject.texts.get(at)), subject.texts.get(to)) else {
        return false;
    };
    (before.owner, before.body) == (text.owner, text.body)
        && !before.plain.ends_with(['.', ';'])
        && unpaired(before, signs).open.is_some()
        && closes(text, signs)
}

/// `a)`, `1)`, `b.2)` in running text, `…đ)` behind what a quotation leaves out, and the end of a quotation of several paragraphs.
fn is_marker(text: &Text<'_>, at: usize) -> bool {
    let before = &text.plain[..at];
    let word = before.rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '“' | '"')).next().unwrap_or_default();
    let word = word.trim_start_matches(['…', '.']);
    let number = |c: char| c.is_alphanumeric() || c == '.';
    text.plain[at..].starts_with('”') || word.chars().count() <= 4 && word.chars().all(number)
}
