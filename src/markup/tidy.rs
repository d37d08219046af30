//! Blanks of a paragraph, once its marks are read.

use crate::chars::is_white;
use crate::document::Inline;

/// Collapses blanks over the whole paragraph, cuts them at its ends, around breaks and before footnotes, and joins
/// neighbours of one emphasis.
pub(super) fn tidy(pieces: Vec<Inline>) -> Vec<Inline> {
    let mut out: Vec<Inline> = Vec::new();
    let mut blank = true;
    for piece in pieces {
        match piece {
            Inline::Text(text, emphasis) => {
                let text = collapse(text, &mut blank);
                if text.is_empty() {
                    continue;
                }
                match out.last_mut() {
                    Some(Inline::Text(last, e)) if *e == emphasis => last.push_str(&text),
                    _ => out.push(Inline::Text(text, emphasis)),
                }
            }
            Inline::Link(text, emphasis, url) => {
                let text = collapse(text, &mut blank);
                out.push(Inline::Link(text, emphasis, url));
            }
            Inline::Note(note) => {
                if blank {
                    trim_end(&mut out);
                }
                out.push(Inline::Note(note));
                blank = false;
            }
            Inline::Break => {
                trim_end(&mut out);
                out.push(Inline::Break);
                blank = true;
            }
        }
    }
    trim_end(&mut out);
    while matches!(out.last(), Some(Inline::Break)) {
        out.pop();
    }
    out
}

fn collapse(text: String, blank: &mut bool) -> String {
    if is_collapsed(&text, *blank) {
        *blank = text.ends_with(' ');
        return text;
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_whitespace() && !matches!(c, '\u{A0}' | '\u{202F}' | '\u{2007}') {
            if !*blank {
                out.push(' ');
            }
            *blank = true;
        } else {
            out.push(c);
            *blank = false;
        }
    }
    out
}

/// Whether there are no blanks but single ones, and letters that are surely none; behind a blank there is none at the start.
fn is_collapsed(text: &str, mut blank: bool) -> bool {
    !text.is_empty()
        && text.chars().all(|c| {
            let again = blank && c == ' ';
            blank = c == ' ';
            !again && (c == ' ' || !is_white(c))
        })
}

fn trim_end(pieces: &mut Vec<Inline>) {
    while let Some(Inline::Text(text, _)) = pieces.last_mut() {
        text.truncate(text.trim_end_matches(' ').len());
        if !text.is_empty() {
            break;
        }
        pieces.pop();
    }
}
