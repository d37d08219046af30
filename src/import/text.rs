//! Plain text as a stream: each paragraph one, lines that a printer or a portal broke joined again.

use super::stream::{LeftOut, Par, Piece, Stream};
use crate::chars::in_capitals;
use crate::markup::marker;
use regex::Regex;
use std::sync::LazyLock;

/// Reads a text.
pub fn read(text: &str) -> Stream {
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
    let full = typical(&filled);
    let wrapped = is_wrapped(&lines);
    let mut pieces: Vec<Piece> = Vec::new();
    let mut last: Option<String> = None;
    let mut gap = 0;
    // A subject stands above the addressees.
    let addressed = lines.iter().position(|l| l.trim().to_uppercase().starts_with("KÍNH GỬI"));
    let body = addressed.unwrap_or(HEAD).min(HEAD + LINES_OF_SUBJECT);
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
            let broken = wrapped && (hangs(b, bare) || is_broken_off(b, bare, SHORT_SENTENCE));
            let joins =
                continues(b, bare, full) || broken || subject && is_of_subject(bare) || is_half_of_compound(b, bare);
            !apart && joins || is_broken_off(b, bare, SENTENCE)
        });
        match (&mut pieces[..], goes_on) {
            ([.., Piece::Par(par)], true) => {
                if let Some(run) = par.runs.last_mut() {
                    run.text.push(' ');
                    run.text.push_str(&kept(bare.trim()));
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

/// Letters that a plan may hold; those of symbol fonts and the like are gone.
fn kept(text: &str) -> String {
    text.chars().filter(|c| matches!(c, '\t' | '\u{1F}') || !crate::source::is_forbidden(*c)).collect()
}

/// The length of a full line: most lines of a broken text have nearly that.
fn typical(lengths: &[usize]) -> usize {
    let mut sorted = lengths.to_vec();
    sorted.sort_unstable();
    sorted.get(sorted.len() * 9 / 10).copied().unwrap_or_default()
}

/// Whether a line goes on with the sentence of the line before.
fn continues(before: &str, raw: &str, full: usize) -> bool {
    let line = raw.trim();
    let small = line.chars().next().is_some_and(char::is_lowercase);
    // `;` ends a member of a list; a small letter goes on behind it.
    let ended = before.ends_with(['.', ':', '!', '?', '/', '|']) || before.ends_with(';') && !small;
    let length = before.chars().count();
    let long = length * 10 >= full * 7 && full > 40 && full < 140;
    // A year or a day at the start of a line is none of an outline.
    let number = line.split(['.', ')']).next().and_then(|n| n.parse::<usize>().ok()).is_some_and(|n| n > 99);
    let begins = marker::find(line).is_some() && !number
        || line.starts_with(['-', '–', '+', '•', '|', '#'])
        || line.starts_with('(') && (in_capitals(before) || line.to_uppercase().contains("KÈM THEO"));
    let folded = line.to_uppercase();
    let label = is_label(line)
        || before.to_uppercase().starts_with("SỐ:")
        || folded.starts_with("PHỤ LỤC") && (line.chars().count() < 40 || length * 10 < full * 9)
        || folded == line && line.chars().any(char::is_alphabetic) && !in_capitals(before);
    let columns = raw.trim_start().contains("    ") || before.contains("    ");
    long && !ended && !begins && !label && !columns && folded != before.to_uppercase()
}

/// Whether a line below `V/v …` belongs to it: no other part of a letterhead and no label.
fn is_of_subject(raw: &str) -> bool {
    let line = raw.trim();
    let folded = line.to_uppercase();
    let other =
        ["CỘNG H", "ĐỘC LẬP", "HỎA TỐC", "HOẢ TỐC", "THƯỢNG KHẨN", "KHẨN"].iter().any(|w| folded.starts_with(w));
    let dated = folded.contains(", NGÀY");
    let columns = raw.trim_start().contains("   ") || raw.trim_start().contains('\t') || raw.starts_with("        ");
    !other
        && !is_label(line)
        && !dated
        && !columns
        && !in_capitals(line)
        && marker::find(line).is_none()
        && line.chars().count() < 60
}

/// Sentences broken in the middle, from which on a text has its lines from a page or from the code of a web page: there a
/// short line may be broken off too.
const WRAPPED: usize = 6;

fn is_wrapped(lines: &[&str]) -> bool {
    lines.windows(2).filter(|w| is_broken_off(w[0].trim(), w[1], SENTENCE)).count() >= WRAPPED
}

/// `kinh tế` and `- xã hội` on two lines.
fn is_half_of_compound(before: &str, raw: &str) -> bool {
    before.chars().count() >= SENTENCE
        && ["kinh tế", "chính trị", "văn hóa", "văn hoá"].iter().any(|w| before.ends_with(w))
        && raw.trim().starts_with("- xã hội")
}

/// Words behind which no line ends but in the middle of a sentence.
const HANGING: [&str; 14] =
    ["của", "và", "những", "về", "theo", "với", "hoặc", "bởi", "từ", "đến", "để", "tại", "cho", "trong"];

/// Whether the line before cannot end where it does: behind a word that joins, in a day or a year.
fn hangs(before: &str, raw: &str) -> bool {
    let line = raw.trim();
    if matches!(before, "VỀ" | "VỀ VIỆC") {
        return in_capitals(line) && !is_label(line);
    }
    let last = before.rsplit(' ').next().unwrap_or_default();
    let first = line.split(' ').next().unwrap_or_default();
    let figures = first.trim_end_matches([',', ';', '.', ')']);
    let is_number = |most: usize| (1..=most).contains(&figures.len()) && figures.bytes().all(|b| b.is_ascii_digit());
    let word = HANGING.contains(&last) && line.starts_with(char::is_alphabetic) && !in_capitals(line);
    let year = last == "năm" && figures.len() == 4 && is_number(4);
    let day = last == "ngày" && is_number(2) && line.split(' ').nth(1) == Some("tháng");
    let length = before.chars().count();
    (word && length >= SHORT_SENTENCE * 2 || (year || day) && length >= SHORT_SENTENCE)
        && marker::find(line).is_none()
        && !is_label(line)
        && !raw.trim_start().contains("    ")
        && !before.contains("    ")
}

/// Whether a line begins a part of its own.
fn is_label(line: &str) -> bool {
    let folded = line.to_uppercase();
    ["NƠI NHẬN", "KÍNH GỬI", "CĂN CỨ", "V/V", "SỐ:"].iter().any(|w| folded.starts_with(w))
}

/// Letters from which on a line may be a piece of a sentence where lines are broken anywhere.
const SHORT_SENTENCE: usize = 12;
/// Lines of a subject, at most.
const LINES_OF_SUBJECT: usize = 8;

/// Letters from which on a line that does not end like a sentence is no title.
const SENTENCE: usize = 45;

/// Whether a line goes on in the middle of a sentence, behind the end of a page too: the line before has no mark at its
/// end, and this one begins with a small letter.
fn is_broken_off(before: &str, raw: &str, least: usize) -> bool {
    let line = raw.trim();
    before.chars().count() >= least
        && !in_capitals(before)
        && before.ends_with(|c: char| c.is_alphanumeric() || c == ',')
        && line.starts_with(char::is_lowercase)
        && marker::find(line).is_none()
        && (least >= SENTENCE || before.split(' ').count() > 2 && line.chars().count() >= least)
        && !line.contains(" | ")
        && !raw.trim_start().contains("    ")
}
