//! Plain text as a stream: each paragraph one, lines that a printer or a portal broke joined again.

use super::broken::{LINES_OF_SUBJECT, Place, Shape, is_broken_off, is_of_subject, is_type};
use super::line::SENTENCE;
use super::stream::{LeftOut, Par, Piece, Stream};
use crate::chars::in_capitals;
use regex::Regex;
use std::sync::LazyLock;

/// Reads a text.
pub fn read(text: &str) -> Stream {
    read_of(text, &Shape::of(text))
}

/// As [`read`], of a text of the shape of a page that it was taken from.
pub(super) fn read_of(text: &str, shape: &Shape) -> Stream {
    let mut all: Vec<&str> = text.lines().flat_map(without_rule).collect();
    let head = all.len().min(HEAD);
    let apart: Vec<&str> = all.drain(..head).flat_map(parts_of_head).collect();
    all.splice(0..0, apart);
    let (lines, mut left_out) = without_page_numbers(&all);
    let (tags, lines): (Vec<&str>, Vec<&str>) = lines.into_iter().partition(|line| is_tags(line));
    left_out
        .extend(tags.into_iter().map(|line| LeftOut { words: line.trim().to_owned(), reason: "thẻ của trang web" }));
    let filled: Vec<usize> = lines.iter().map(|l| l.trim().chars().count()).filter(|n| *n > 0).collect();
    // Text of a PDF has a blank line behind every line: then blank lines say nothing.
    let blank = lines.len() - filled.len();
    let spaced = blank * 10 >= filled.len() * 8;
    let mut pieces: Vec<Piece> = Vec::new();
    let mut last: Option<String> = None;
    let mut gap = 0;
    let (mut titled, mut footed) = (false, false);
    // A subject stands above the addressees.
    let addressed =
        lines.iter().position(|l| l.trim_start_matches([' ', '\t', '*', '_']).to_uppercase().starts_with("KÍNH GỬI"));
    let body = addressed.unwrap_or(HEAD).min(HEAD + LINES_OF_SUBJECT);
    // A letterhead may be a table.
    let tabled = lines.iter().take(body).any(|line| line.starts_with('|'));
    for (number, line) in lines.into_iter().enumerate() {
        let bare = line.trim_end();
        if bare.trim().is_empty() {
            gap += 1;
            continue;
        }
        let apart = if spaced { gap > 2 } else { gap > 0 };
        gap = 0;
        let goes_on = last.as_deref().is_some_and(|b| {
            let subject =
                number < body && matches!(pieces.last(), Some(Piece::Par(par)) if par.text().starts_with("V/v"));
            let joins = shape.joins(b, bare, Place { running: (number >= body || tabled) && !footed, titled })
                || subject && is_of_subject(bare);
            !apart && joins || is_broken_off(b, bare, SENTENCE)
        });
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
                pieces.push(Piece::Par(Par::plain(bare)));
            }
        }
        titled = is_type(bare) || titled && in_capitals(bare);
        footed |= bare.trim_start_matches(['*', '_', ' ']).starts_with("Nơi nhận");
        last = Some(bare.trim().to_owned());
    }
    Stream { pieces, left_out, ..Stream::default() }
}

/// A line in capitals, or the motto, and the rule that was drawn below it, as law libraries put them on one line.
fn without_rule(line: &str) -> impl Iterator<Item = &str> {
    let words = line.trim_end().trim_end_matches('-');
    let rule = &line[words.len()..];
    let drawn = rule.trim_end().chars().count() > 3;
    // Behind a colon it is a place to fill in.
    let capitals = in_capitals(words) && words.chars().any(char::is_alphabetic) && !words.trim_end().ends_with(':');
    let head = capitals || words.trim_end().ends_with("Hạnh phúc");
    let (first, second) = if drawn && head { (words, Some(rule)) } else { (line, None) };
    std::iter::once(first).chain(second)
}

/// Whether a line is a tag without a text (`<table id="1"></table>`): it has an attribute, and is closed. `<Ghi rõ họ tên>` is
/// a place to fill in.
fn is_tags(line: &str) -> bool {
    static EMPTY: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r#"^\s*<([a-z][a-z0-9]*)(?:\s+[a-z-]+\s*=\s*"[^"]*")+\s*>\s*</([a-z][a-z0-9]*)>\s*$"#).ok()
    });
    let caught = EMPTY.as_ref().and_then(|e| e.captures(line));
    caught.is_some_and(|c| c.get(1).map(|m| m.as_str()) == c.get(2).map(|m| m.as_str()))
}

/// Lines at the start in which a letterhead stands.
const HEAD: usize = 16;

/// A line of a letterhead of which a crawler made one of several: tiêu ngữ behind Quốc hiệu, the subject behind the number,
/// the addressees behind the date.
fn parts_of_head(line: &str) -> Vec<&str> {
    let mut out = vec![line];
    // Cells are parted by bars.
    if line.trim_start().starts_with('|') {
        return out;
    }
    // Columns of a letterhead without bars at their ends.
    let of_head = |part: &str| {
        nation(&format!("{part} NAM")) || part.starts_with("Số") || part.contains("ngày") && part.contains("năm")
    };
    if line.matches(" | ").count() == 1 && line.chars().count() < 140 && line.split(" | ").any(|p| of_head(p.trim())) {
        return line.split(" | ").map(str::trim).filter(|part| !part.is_empty()).collect();
    }
    fn nation(before: &str) -> bool {
        before.to_uppercase().contains("CỘNG H") && before.trim_end().ends_with("NAM")
    }
    fn numbered(before: &str) -> bool {
        before.trim_start().starts_with("Số") && before.contains('/')
    }
    // `ngày 05 tháng 4 năm 2026`, up to its end.
    fn dated(before: &str) -> bool {
        let words: Vec<&str> = before.split_whitespace().collect();
        let from = words.len().saturating_sub(6);
        matches!(words[from..], ["ngày", _, "tháng", _, "năm", year] if year.len() == 4)
    }
    let parts = [(nation as fn(&str) -> bool, "Độc lập"), (numbered, "V/v "), (dated, "Kính gửi")];
    for (stands_before, begins) in parts {
        let end = out.len() - 1;
        let last = out[end];
        // Columns are parted by what parts them.
        let wide = |at: usize| last[..at].ends_with("   ") || last[..at].ends_with('\t');
        if let Some(at) = last.find(begins).filter(|at| *at > 0 && stands_before(&last[..*at]) && !wide(*at)) {
            out[end] = last[..at].trim_end();
            out.push(&last[at..]);
        }
    }
    out
}

/// Lines of words between two numbers of pages, at least: numbers that stand nearer are those of rows or members.
const LINES_OF_A_PAGE: usize = 15;

/// The lines without the numbers of pages: lines of a number only that count up through the text from 1 or 2, a page apart.
fn without_page_numbers<'l>(all: &[&'l str]) -> (Vec<&'l str>, Vec<LeftOut>) {
    let number = |line: &str| line.trim().trim_matches(['-', '–', ' ']).parse::<usize>().ok().filter(|n| *n < 1000);
    let filled: Vec<&str> = all.iter().copied().filter(|l| !l.trim().is_empty()).collect();
    let found: Vec<(usize, usize)> = filled.iter().enumerate().filter_map(|(at, l)| Some((at, number(l)?))).collect();
    let first = found.first().is_some_and(|(at, n)| *n <= 2 && *at >= LINES_OF_A_PAGE);
    let apart = |w: &[(usize, usize)]| w[1].1 == w[0].1 + 1 && w[1].0 - w[0].0 > LINES_OF_A_PAGE;
    if !first || !found.windows(2).all(apart) {
        return (all.to_vec(), Vec::new());
    }
    let gone = |(_, n): (usize, usize)| LeftOut { words: n.to_string(), reason: "số trang" };
    (all.iter().copied().filter(|l| number(l).is_none()).collect(), found.into_iter().map(gone).collect())
}
