//! Markers for the blocks that have none: counted among siblings, Điều through the whole document.

use crate::decree30::outline::{Level, letter, parse_roman, roman};
use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::document::{Block, Content, Inline};
use crate::source::Span;

/// No sequence is longer; a number typed beyond it does not count on.
const MAX_COUNT: usize = 1_000_000;

/// Fills in every marker that the author left to the program, completes those set by `so:`, and warns of typed ones
/// that do not follow the one before, up to a byte of the source if one is given.
pub fn number(blocks: &mut [Block], until: Option<usize>, diagnostics: &mut Diagnostics) {
    let until = until.unwrap_or(usize::MAX);
    let quoted = quoted(blocks);
    let mut state = State { articles: Before::default(), bracket: 0, until, quoted, at: 0, diagnostics };
    siblings(blocks, &Parent { level: None, number: String::new() }, &mut state);
}

struct State<'d> {
    /// Điều are counted through the document.
    articles: Before,
    /// The last number in brackets: dashes may stand under `(1)` that read as if `(2)` were under them.
    bracket: usize,
    until: usize,
    /// Which texts stand in a quotation that was opened above them: their numbers are those of another document.
    quoted: Vec<bool>,
    /// How many texts came before.
    at: usize,
    diagnostics: &'d mut Diagnostics,
}

/// Most texts of a quotation; a mark that is closed behind more of them is a slip.
const MOST_QUOTED: usize = 60;

/// For each text of some blocks, in reading order, whether a quotation was opened above it that ends in it or below.
fn quoted(blocks: &[Block]) -> Vec<bool> {
    let mut open = Vec::new();
    opened(blocks, &mut open);
    let begins = |at: usize| open.get(at).is_some_and(|(_, begins)| *begins);
    let mut out = vec![false; open.len()];
    let mut at = 0;
    while at < open.len() {
        // It is one where a paragraph begins with its mark.
        let mut depth = if begins(at) { open[at].0 } else { 0 };
        let below = open.iter().enumerate().skip(at + 1).take(if depth > 0 { MOST_QUOTED } else { 0 });
        let mut ends = below.map(|(end, (more, _))| {
            depth += more;
            (end, depth)
        });
        let end = ends.find(|(_, depth)| *depth <= 0).map(|(end, _)| end);
        if let Some(end) = end {
            out[at + 1..=end].fill(true);
            at = end;
        }
        at += 1;
    }
    out
}

/// How many more quotations each text opens than it closes, and whether it begins with one, or announces one:
/// `… quy định: “Điều 7. …`.
fn opened(blocks: &[Block], out: &mut Vec<(i32, bool)>) {
    for block in blocks {
        if let Content::Text { line, .. } = &block.content {
            let (mut depth, mut begins, mut last, mut straight) = (0, false, None, 0);
            for inline in &line.inlines {
                let (Inline::Text(text, _) | Inline::Link(text, ..)) = inline else { continue };
                if !text.contains(['“', '”', '"']) {
                    last = text.trim_end().chars().next_back().or(last);
                    continue;
                }
                for c in text.chars() {
                    // A straight mark opens behind a colon and closes elsewhere.
                    let announced = matches!(last, None | Some(':'));
                    let opens = c == '“' || c == '"' && announced && depth == 0;
                    begins |= opens && announced;
                    depth += i32::from(opens) - i32::from(c == '”' || c == '"' && !opens && depth > 0);
                    straight += usize::from(c == '"');
                    last = if c.is_whitespace() { last } else { Some(c) };
                }
            }
            // One that closes what a paragraph above opened.
            depth -= i32::from(straight % 2 == 1 && depth == 0 && last == Some('"'));
            out.push((depth, begins));
        }
        opened(&block.children, out);
    }
}

/// What stands before a block among its siblings.
#[derive(Clone, Default)]
struct Before {
    count: usize,
    marker: String,
    /// How far the sequence was before it began anew: a list inside of it may end, and it goes on.
    outer: usize,
}

struct Parent {
    level: Option<Level>,
    /// Bare number, as in `2` for `2.`
    number: String,
}

fn siblings(blocks: &mut [Block], parent: &Parent, state: &mut State<'_>) {
    let mut seen: Vec<(Level, Before)> = Vec::new();
    for block in blocks {
        let Content::Text { level, marker, typed, .. } = &mut block.content else {
            siblings(&mut block.children, parent, state);
            continue;
        };
        let own = !state.quoted.get(state.at).copied().unwrap_or_default();
        state.at += 1;
        let index = match seen.iter().position(|(l, _)| l == level) {
            Some(index) => index,
            None => {
                seen.push((*level, Before::default()));
                seen.len() - 1
            }
        };
        let before = if *level == Level::Dieu { state.articles.clone() } else { seen[index].1.clone() };
        let next = automatic(*level, before.count.saturating_add(1), parent);
        let bare = if marker.is_empty() { next.clone() } else { bare(marker) };
        // A marker from outline text is whole already; one from `so:` is only the number.
        if !*typed || bare == *marker {
            *marker = printed(*level, &bare, parent);
        }
        let named = *level == Level::Muc && marker.to_lowercase().starts_with("mục");
        let in_order = bare == next
            || (named && value(*level, &bare) == Some(before.count.saturating_add(1)))
            || (*level == Level::Ngoac && before.count == 0 && value(*level, &bare) == Some(state.bracket + 1))
            || (*level == Level::KhoanCon && follows(&bare, &before.marker))
            || (before.outer > 0 && value(*level, &bare) == Some(before.outer.saturating_add(1)));
        if *typed && own && !in_order && block.span.start < state.until && value(*level, &next).is_some() {
            let next = within(*level, &before).unwrap_or(next);
            warn(state.diagnostics, block.span, marker, &before.marker, &printed(*level, &next, parent));
        }
        // After a slip, the count goes on from what was typed, so that one slip is one warning.
        let count = value(*level, &bare).unwrap_or(before.count.saturating_add(1)).min(MAX_COUNT);
        if *level == Level::Ngoac && own {
            state.bracket = count;
        }
        let outer = match (count, before.count) {
            (1, 1..) => before.count,
            (_, last) if count == last.saturating_add(1) => before.outer,
            _ => 0,
        };
        let now = Before { count, marker: marker.clone(), outer };
        if *typed && !own {
            // The sequence goes on behind the quotation.
        } else if *level == Level::Dieu {
            state.articles = now;
        } else {
            seen[index].1 = now;
        }
        let here = Parent { level: Some(*level), number: bare };
        siblings(&mut block.children, &here, state);
    }
}

fn warn(diagnostics: &mut Diagnostics, span: Span, marker: &str, before: &str, next: &str) {
    let message = if before.is_empty() {
        format!("“{marker}” đứng đầu một dãy; dãy phải bắt đầu bằng “{next}”.")
    } else {
        format!("“{marker}” đứng sau “{before}”; tiếp theo phải là “{next}”.")
    };
    diagnostics.push(
        Diagnostic::warning(&code::THU_TU_SAI, span, message)
            .hint("Sửa lại số thứ tự; chương trình in đúng số đã gõ (Phụ lục I, phần I, mục II, khoản 6, điểm đ)."),
    );
}

/// Whether a number of a clause comes behind another: `1.2` behind `1.1`, `1.2.1` behind `1.2`, `1.3` behind `1.2.4`. A
/// wrong clause is said once, at its first number.
fn follows(number: &str, before: &str) -> bool {
    let (number, before) = (parts(number), parts(before));
    let (Some((last, clause)), at) = (number.split_last(), number.len()) else { return false };
    match before.len() {
        0 => false,
        n if n + 1 == at => clause == before && *last == 1,
        n if n >= at => before[..at - 1] == *clause && before[at - 1].checked_add(1) == Some(*last),
        _ => false,
    }
}

/// The numbers of `1.2.1.`; none of what is no such number.
fn parts(number: &str) -> Vec<usize> {
    number.trim_end_matches('.').split('.').map(|n| n.parse().ok()).collect::<Option<_>>().unwrap_or_default()
}

/// What comes behind `1.2.1`, whose clause is not that of the parent.
fn within(level: Level, before: &Before) -> Option<String> {
    let clause = before.marker.trim_end_matches('.').rsplit_once('.')?.0;
    (level == Level::KhoanCon && clause.contains('.')).then(|| format!("{clause}.{}", before.count.saturating_add(1)))
}

/// The place in the sequence of a bare number or letter.
fn value(level: Level, bare: &str) -> Option<usize> {
    match level {
        Level::Phan | Level::Chuong => parse_roman(bare),
        Level::Muc => parse_roman(bare).or_else(|| bare.parse().ok()),
        Level::Diem => (1..=60).find(|n| letter(*n) == bare),
        Level::KhoanCon => bare.rsplit('.').next()?.parse().ok(),
        Level::TieuMuc | Level::Dieu | Level::Khoan | Level::Ngoac => bare.parse().ok(),
        Level::Gach | Level::Sao | Level::Cong | Level::Doan => None,
    }
}

/// The number or letter inside a marker.
fn bare(marker: &str) -> String {
    let last = marker.split_whitespace().next_back().unwrap_or(marker);
    last.trim_start_matches('(').trim_end_matches([')', '.', ':']).to_owned()
}

fn automatic(level: Level, count: usize, parent: &Parent) -> String {
    match level {
        Level::Phan | Level::Chuong => roman(count),
        Level::Muc if under_chapter(parent) => count.to_string(),
        Level::Muc => roman(count),
        Level::TieuMuc | Level::Dieu | Level::Khoan | Level::Ngoac => count.to_string(),
        Level::KhoanCon => format!("{}.{count}", parent.number),
        Level::Diem => letter(count),
        Level::Gach => "-".into(),
        Level::Sao => "*".into(),
        Level::Cong => "+".into(),
        Level::Doan => String::new(),
    }
}

fn printed(level: Level, bare: &str, parent: &Parent) -> String {
    match level {
        Level::Phan => format!("Phần {bare}"),
        Level::Chuong => format!("Chương {bare}"),
        Level::Muc if under_chapter(parent) => format!("Mục {bare}"),
        Level::TieuMuc => format!("Tiểu mục {bare}"),
        Level::Dieu => format!("Điều {bare}."),
        Level::Muc | Level::Khoan | Level::KhoanCon => format!("{bare}."),
        Level::Diem => format!("{bare})"),
        Level::Ngoac => format!("({bare})"),
        Level::Gach | Level::Sao | Level::Cong | Level::Doan => bare.to_owned(),
    }
}

fn under_chapter(parent: &Parent) -> bool {
    parent.level == Some(Level::Chuong)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clauses_in_clauses_follow_each_other() {
        for (number, before) in
            [("1.2", "1.1."), ("1.3.1", "1.3."), ("1.3.2", "1.3.1."), ("1.4", "1.3.2."), ("2.1.1", "2.1")]
        {
            assert!(follows(number, before), "{number} behind {before}");
        }
        for (number, before) in
            [("1.3", "1.1."), ("1.3.2", "1.3."), ("1.2.1", "1.3."), ("1.5", "1.3.2."), ("1.1.1", ""), ("a.1", "1.1.")]
        {
            assert!(!follows(number, before), "{number} behind {before}");
        }
        let before = |marker: &str, count| Before { count, marker: marker.to_owned(), outer: 0 };
        assert_eq!(within(Level::KhoanCon, &before("1.3.1.", 1)), Some("1.3.2".to_owned()));
        assert_eq!(within(Level::KhoanCon, &before("1.3.", 3)), None);
    }
}
