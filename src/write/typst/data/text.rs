//! Runs of text for the template: what does not break, symbols with their size, footnotes.

use super::thing::{Note, Run, Text, Texts};
use crate::decree30::style::Component;
use crate::decree30::units::Pt;
use crate::face::{is_symbol, symbol_size};
use crate::sheet::{self, Chars, StyleSheet};

/// Size of the text and width of its column.
#[derive(Clone, Copy)]
pub(super) struct Room<'s> {
    pub styles: &'s StyleSheet,
    pub size: Pt,
    pub width: Pt,
    /// Surely on one line: nothing can break.
    pub one_line: bool,
}

pub(super) fn runs(all: &[sheet::Run], style: Component, room: Room<'_>) -> Vec<Run> {
    let mut out = Vec::new();
    for run in all {
        match run {
            sheet::Run::Text(c) => text(c, None, style, room, &mut out),
            sheet::Run::Link(c, url) => text(c, Some(url), style, room, &mut out),
            sheet::Run::Break => out.push(Run::Text(Text::Plain("\n".to_owned()))),
            sheet::Run::Entry(e) if e.chars.text.is_empty() => out.push(Run::Room { width: e.room }),
            sheet::Run::Entry(e) => text(&e.chars, None, style, room, &mut out),
            sheet::Run::Note(inner) => {
                let style = Component::ChuThich;
                let room = Room { size: room.styles.get(style).size, one_line: false, ..room };
                out.push(Run::Note(Note { runs: runs(inner, style, room), label: None, index: None }));
            }
        }
    }
    out
}

fn text(c: &Chars, url: Option<&String>, style: Component, room: Room<'_>, out: &mut Vec<Run>) {
    let row = room.styles.get(style);
    let plain = c.bold == row.bold && c.italic == row.italic && !c.underline;
    let breaks = !room.one_line && c.text.contains(['/', '\u{2011}', '\u{200B}']);
    let text = c.text.as_str();
    let pieces = if breaks { pieces(text, room.size, room.width) } else { vec![Piece::Plain(text.to_owned())] };
    let mut pieces: Vec<Text> = pieces.into_iter().flat_map(|piece| values(piece, room.size)).collect();
    if plain && url.is_none() {
        out.extend(pieces.into_iter().map(Run::Text));
        return;
    }
    let text = if pieces.len() == 1 { Texts::One(pieces.remove(0)) } else { Texts::Many(pieces) };
    out.push(Run::Faced { text, bold: c.bold, italic: c.italic, underline: c.underline, url: url.cloned() });
}

/// Word breaks no line after a slash (`412/TTr-SKHCN`), Typst does: a piece with a slash goes into a box, unless it
/// might be wider than its column. Pieces end at blanks, behind hyphens and where long words are open (U+200B).
fn pieces(text: &str, size: Pt, width: Pt) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::new();
    let mut plain = String::new();
    let whole = |out: &mut Vec<Piece>, plain: &mut String, text: &str| {
        if !plain.is_empty() {
            out.push(Piece::Plain(std::mem::take(plain)));
        }
        out.push(Piece::Whole(text.to_owned()));
    };
    for token in text.split_inclusive(' ') {
        let (word, blank) = token.strip_suffix(' ').map_or((token, ""), |w| (w, " "));
        if word.contains('\u{200B}') {
            // Between two boxes Typst may break.
            word.split('\u{200B}').filter(|part| !part.is_empty()).for_each(|part| whole(&mut out, &mut plain, part));
        } else {
            for piece in word.split_inclusive(['-', '–', '—']) {
                let fits = piece.chars().count() as f64 * size.0 * WIDE_LETTER <= width.0;
                if (divides(piece) && fits) || piece.contains('\u{2011}') {
                    whole(&mut out, &mut plain, piece);
                } else {
                    plain.push_str(piece);
                }
            }
        }
        plain.push_str(blank);
    }
    if !plain.is_empty() {
        out.push(Piece::Plain(plain));
    }
    out
}

/// A part of a text.
enum Piece {
    /// Breaks where Typst breaks it.
    Plain(String),
    /// Does not break.
    Whole(String),
}

/// Pieces as data: symbols apart, each with its size; a hyphen that does not break is a hyphen.
fn values(piece: Piece, size: Pt) -> Vec<Text> {
    let shown = |text: &str| text.replace('\u{2011}', "-").replace('\u{200B}', "");
    match piece {
        Piece::Whole(text) => vec![Text::Whole { text: shown(&text) }],
        Piece::Plain(text) if !text.contains(is_symbol) => vec![Text::Plain(shown(&text))],
        Piece::Plain(text) => {
            let mut out = Vec::new();
            let mut rest = text.as_str();
            while let Some(first) = rest.chars().next() {
                let symbols = is_symbol(first);
                let (stretch, behind) = rest.split_at(rest.find(|c| is_symbol(c) != symbols).unwrap_or(rest.len()));
                out.push(if symbols {
                    Text::Symbols { text: stretch.to_owned(), size: symbol_size(size) }
                } else {
                    Text::Plain(shown(stretch))
                });
                rest = behind;
            }
            out
        }
    }
}

/// Whether Typst could break behind a slash of this: between letters or digits and a letter. `15/02/2026` and `./.` do
/// not break anyway.
fn divides(word: &str) -> bool {
    let after = |i: usize| word[i + 1..].chars().next().is_some_and(|c| c.is_alphabetic() || c == '/');
    word.match_indices('/').any(|(i, _)| word[..i].contains(char::is_alphanumeric) && after(i))
}

/// No letter of a text is on average wider than this, in em.
pub(super) const WIDE_LETTER: f64 = 0.75;
