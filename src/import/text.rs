//! Plain text as a stream: each paragraph one, lines that a printer or a portal broke joined again.

use super::stream::{Par, Piece, Stream};
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
