//! Plain text as a stream: each paragraph one, lines that a printer or a portal broke joined again.

use super::stream::{Cell, Par, Piece, Row, Run, Stream, Table};
use crate::markup::marker;

/// Reads a text.
pub fn read(text: &str) -> Stream {
    let lines: Vec<&str> = text.lines().collect();
    let filled: Vec<usize> = lines.iter().map(|l| l.trim().chars().count()).filter(|n| *n > 0).collect();
    // Text of a PDF has a blank line behind every line: then blank lines say nothing.
    let blank = lines.len() - filled.len();
    let spaced = blank * 10 >= filled.len() * 8;
    let full = typical(&filled);
    let mut pieces: Vec<Piece> = Vec::new();
    let mut last: Option<String> = None;
    let mut gap = 0;
    for line in lines {
        let bare = line.trim_end();
        if bare.trim().is_empty() {
            gap += 1;
            continue;
        }
        let apart = if spaced { gap > 2 } else { gap > 0 };
        gap = 0;
        let goes_on = last.as_deref().is_some_and(|before| !apart && continues(before, bare.trim(), full));
        match (&mut pieces[..], goes_on) {
            ([.., Piece::Par(par)], true) => {
                if let Some(run) = par.runs.last_mut() {
                    run.text.push(' ');
                    run.text.push_str(bare.trim());
                }
            }
            _ => {
                if apart && !pieces.is_empty() {
                    pieces.push(Piece::Par(Par::default()));
                }
                pieces.push(Piece::Par(Par::plain(&kept(bare))));
            }
        }
        last = Some(bare.trim().to_owned());
    }
    Stream { pieces, ..Stream::default() }
}

/// Letters that a plan may hold; those of symbol fonts and the like are gone.
fn kept(text: &str) -> String {
    text.chars().filter(|c| *c == '\t' || !crate::source::is_forbidden(*c)).collect()
}

/// The length of a full line: most lines of a broken text have nearly that.
fn typical(lengths: &[usize]) -> usize {
    let mut sorted = lengths.to_vec();
    sorted.sort_unstable();
    sorted.get(sorted.len() * 9 / 10).copied().unwrap_or_default()
}

/// Whether a line goes on with the sentence of the line before.
fn continues(before: &str, line: &str, full: usize) -> bool {
    let ended = before.ends_with(['.', ';', ':', '!', '?', '/']);
    let long = before.chars().count() * 10 >= full * 7 && full > 40 && full < 140;
    let begins = marker::find(line).is_some() || line.starts_with(['-', '–', '+', '•']);
    let folded = line.to_uppercase();
    let starts = ["NƠI NHẬN", "KÍNH GỬI", "CĂN CỨ", "PHỤ LỤC"].iter().any(|w| folded.starts_with(w)) || folded == line;
    long && !ended && !begins && !starts
}

/// Reads Markdown, as portals and converters write it: `#` titles, `**bold**`, `*italic*`, tables of bars.
pub fn read_markdown(text: &str) -> Stream {
    let mut out = read(text);
    out.pieces = tables(out.pieces);
    for piece in &mut out.pieces {
        match piece {
            Piece::Par(par) => emphasised(par),
            Piece::Table(table) => {
                for cell in table.rows.iter_mut().flat_map(|r| &mut r.cells) {
                    for piece in &mut cell.pieces {
                        if let Piece::Par(par) = piece {
                            emphasised(par);
                        }
                    }
                }
            }
            _ => {}
        }
    }
    out
}

/// Lines of bars as tables; the line of dashes below the headings is none.
fn tables(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::new();
    for piece in pieces {
        let line = match &piece {
            Piece::Par(par) => par.text(),
            _ => String::new(),
        };
        let barred = line.len() > 2 && line.starts_with('|') && line.ends_with('|');
        if !barred {
            // An empty line between rows was put there by the converter.
            if !(line.is_empty() && matches!(out.last(), Some(Piece::Table(_)))) {
                out.push(piece);
            }
            continue;
        }
        if line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' ')) {
            continue;
        }
        let cell = |(column, text): (usize, &str)| Cell {
            column,
            columns: 1,
            rows: 1,
            pieces: vec![Piece::Par(Par::plain(text.trim()))],
        };
        let row = Row { cells: line.trim_matches('|').split('|').enumerate().map(cell).collect(), header: false };
        match out.last_mut() {
            Some(Piece::Table(table)) => table.rows.push(row),
            _ => out.push(Piece::Table(Table { rows: vec![row], widths: Vec::new(), ruled: true })),
        }
    }
    out
}

/// Marks of emphasis as emphasis.
fn emphasised(par: &mut Par) {
    let text: String = par.runs.iter().map(|r| r.text.as_str()).collect();
    let bare = text.trim_start_matches('#');
    let title = bare.len() < text.len() && bare.starts_with(' ');
    let letters: Vec<char> = if title { bare.trim() } else { &text }.chars().collect();
    let (mut bold, mut italic) = (title, false);
    let mut runs = vec![Run { bold, ..Run::default() }];
    let mut at = 0;
    while let Some(c) = letters.get(at) {
        let next = letters.get(at + 1);
        match (c, next) {
            ('\\', Some(sign)) if sign.is_ascii_punctuation() => {
                push(&mut runs, *sign);
                at += 1;
            }
            ('*', Some('*')) => {
                bold = !bold;
                runs.push(Run { bold: bold || title, italic, ..Run::default() });
                at += 1;
            }
            // A star with a blank behind it at the start is a sign of a list, between blanks a letter.
            ('*', Some(n)) if italic || !n.is_whitespace() => {
                italic = !italic;
                runs.push(Run { bold: bold || title, italic, ..Run::default() });
            }
            ('*', None) if italic => italic = false,
            _ => push(&mut runs, *c),
        }
        at += 1;
    }
    runs.retain(|r| !r.text.is_empty());
    par.runs = runs;
}

fn push(runs: &mut [Run], c: char) {
    if let Some(last) = runs.last_mut() {
        last.text.push(c);
    }
}
