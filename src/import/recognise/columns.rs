//! The two columns of a letterhead: parted by cells, by tabs, by blanks, or by what begins the right one.

use super::words::{fold, fold_start, is_rule};
use crate::chars::in_capitals;
use crate::import::stream::{Par, Table};
use regex::Regex;
use std::sync::LazyLock;

/// `Số: 12/KH-UBND`, with or without the number.
pub(super) static NUMBER: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^S[ốỐ]\s*:?\s*([0-9]*)[\s.…_]*(?:[/\-–]\s*(.*))?$").ok());
/// `Lâm Đồng, ngày 12 tháng 3 năm 2026`, with blanks.
pub(super) static DATE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)^(.*?),?\s*ngày\s*([0-9]*)[\s.…_/]*tháng\s*([0-9]*)[\s.…_/]*năm\s*([0-9]*)[\s.…_]*$").ok()
});

/// Number and symbol, and what stands behind them on the line.
pub(super) static NUMBER_AND_MORE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^(S[ốỐ]\s*:?\s*[0-9]*[\s.…_]*[/\-–]\s*\S+)\s+(.+)$").ok());
/// The words with which Quốc hiệu begins in every spelling.
pub(super) const NATION: &str = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA";
/// The words behind them.
pub(super) const COUNTRY: &str = "VIỆT NAM";
/// What documents of the Party and of the Youth Union have in the place of Quốc hiệu.
pub(super) const OTHER_MARKS: [&str; 3] =
    ["ĐẢNG CỘNG SẢN VIỆT NAM", "ĐOÀN TNCS HỒ CHÍ MINH", "ĐOÀN THANH NIÊN CỘNG SẢN HỒ CHÍ MINH"];
/// The lines of a paragraph, each with its tabs.
pub(super) fn lines_with_gaps(par: &Par) -> Vec<Par> {
    let all: String = par.runs.iter().map(|r| r.text.as_str()).collect();
    all.lines().filter(|l| !l.trim().is_empty()).map(|l| Par { align: par.align, ..Par::plain(l) }).collect()
}

/// The paragraphs of the left column and of the right one, line by line.
pub(super) fn columns(table: &Table) -> (Vec<Par>, Vec<Par>) {
    let (mut left, mut right) = (Vec::new(), Vec::new());
    let nations = |c: &&crate::import::stream::Cell| c.pars().into_iter().any(|p| fold(&p.whole()).contains(NATION));
    let border = table.rows.iter().flat_map(|r| &r.cells).find(nations).map_or(1, |c| c.column);
    for cell in table.rows.iter().flat_map(|r| &r.cells) {
        let lines: Vec<Par> = cell.pars().into_iter().flat_map(Par::lines).collect();
        // All in one cell: each line is known by its words.
        if cell.column >= border && border > 0 { right.extend(lines) } else { left.extend(lines) }
    }
    (left, right)
}

/// `TÊN CƠ QUAN⇥CỘNG HÒA …`: parted by tabs, by many blanks, or where Quốc hiệu or a date begins.
pub(super) fn split_columns(text: &str) -> (String, String) {
    let squeezed = crate::import::stream::squeezed;
    if let Some((left, right)) = at_widest_gap(text) {
        return (squeezed(&left), squeezed(&right));
    }
    let whole = squeezed(text);
    if let Some(parts) = NUMBER_AND_MORE.as_ref().and_then(|n| n.captures(&whole)) {
        let more = parts.get(2).map_or("", |m| m.as_str());
        if DATE.as_ref().is_some_and(|d| d.is_match(more)) {
            return (parts.get(1).map_or("", |m| m.as_str()).to_owned(), more.to_owned());
        }
    }
    let folded = fold(&whole);
    for word in [NATION, "ĐỘC LẬP"].into_iter().chain(OTHER_MARKS) {
        if let Some(at) = folded.find(word).filter(|at| whole.is_char_boundary(*at)) {
            return (whole[..at].trim().to_owned(), whole[at..].to_owned());
        }
    }
    let right = DATE.as_ref().is_some_and(|d| d.is_match(&whole)) && !folded.starts_with("SỐ");
    if right { (String::new(), whole) } else { (whole, String::new()) }
}

/// The two sides of the widest gap of a line: a tab counts as eight blanks, fewer than three are none. Room to write a
/// number or a day in is no gap.
pub(super) fn at_widest_gap(text: &str) -> Option<(String, String)> {
    let text = text.trim();
    let mut gaps: Vec<(usize, usize, usize)> = Vec::new();
    let mut start: Option<(usize, usize)> = None;
    for (at, c) in text.char_indices() {
        let width = if c == '\t' { 8 } else { 1 };
        match (c.is_whitespace(), start) {
            (true, None) => start = Some((at, width)),
            (true, Some((from, before))) => start = Some((from, before + width)),
            (false, Some((from, width))) => {
                gaps.push((from, at, width));
                start = None;
            }
            (false, None) => {}
        }
    }
    let room = |(from, to, _): &(usize, usize, usize)| {
        let (left, right) = (fold(&text[..*from]), fold_start(&text[*to..]));
        ["SỐ:", "SỐ", "NGÀY", "THÁNG", "NĂM"].iter().any(|w| left.ends_with(w))
            || right.starts_with(['/', '-', '.', '…'])
            || ["THÁNG ", "NĂM "].iter().any(|w| right.starts_with(w))
    };
    let (from, to, _) = gaps.into_iter().filter(|g| g.2 >= 3 && !room(g)).max_by_key(|g| (g.2, usize::MAX - g.0))?;
    Some((text[..from].to_owned(), text[to..].to_owned()))
}

pub(super) fn is_other_mark(folded: &str) -> bool {
    OTHER_MARKS.contains(&folded)
}

/// A line that has Quốc hiệu as a letterhead has it: in capitals, or by itself.
pub(super) fn is_nation_line(text: &str) -> bool {
    let count = text.chars().count();
    let capitals = in_capitals(text)
        || fold(text).find(NATION).is_some_and(|at| {
            let end = at + NATION.len();
            // Folding keeps the number of bytes of these letters.
            text.get(at..end).is_some_and(in_capitals)
        });
    count < 200 && fold(text).contains(NATION) && (capitals || count < 90)
        || is_other_mark(&fold(text))
        || at_widest_gap(text).is_some_and(|(_, right)| is_other_mark(&fold(&right)))
}

pub(super) fn is_head_line(par: &Par) -> bool {
    let text = par.whole();
    let number = NUMBER.as_ref().is_some_and(|n| n.is_match(&text)) || fold_start(&text).starts_with("V/V");
    let letters = text.chars().any(char::is_alphabetic);
    letters && !is_rule(&text) && (in_capitals(&text) || number) && text.chars().count() < 90
}
