//! Outline text → paragraphs and tables, in the order of the page. Nesting is built by the caller from the ranks.

use super::marker;
use crate::decree30::outline::Level;
use crate::decree30::style::Align;

/// A piece of outline text; byte offsets point into the text.
#[derive(Debug, PartialEq)]
pub enum Piece {
    /// A paragraph.
    Paragraph {
        /// Its level; `Doan` where there is no marker.
        level: Level,
        /// Marker as typed.
        marker: String,
        /// Text without the marker; lines are joined by `\n`.
        text: String,
        /// Where the paragraph starts.
        at: usize,
    },
    /// A Markdown pipe table.
    Table {
        /// Header cells.
        header: Vec<String>,
        /// Alignments given by the colons.
        align: Vec<Option<Align>>,
        /// Rows: where each starts, and its cells, as long as typed.
        rows: Vec<(usize, Vec<String>)>,
        /// Where the table starts.
        at: usize,
    },
}

/// Cuts outline text into pieces.
pub fn parse(text: &str) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    // Whether the next unmarked line continues the last paragraph.
    let mut open = false;
    // A line that is only `Chương I` waits for its title, even over a blank line.
    let mut titleless = false;
    let mut lines = Lines { text, at: 0 }.peekable();
    while let Some((at, raw)) = lines.next() {
        let line = raw.trim();
        let at = at + (raw.len() - raw.trim_start().len());
        if line.is_empty() {
            open = titleless;
            continue;
        }
        if line.starts_with('|') && lines.peek().is_some_and(|(_, next)| separator(next.trim()).is_some()) {
            let align = lines.next().and_then(|(_, s)| separator(s.trim())).unwrap_or_default();
            let header = cells(line);
            let mut rows = Vec::new();
            while let Some((at, row)) = lines.next_if(|(_, l)| l.trim().starts_with('|')) {
                rows.push((at + (row.len() - row.trim_start().len()), cells(row.trim())));
            }
            pieces.push(Piece::Table { header, align, rows, at });
            (open, titleless) = (false, false);
            continue;
        }
        if let Some(found) = marker::find(line) {
            titleless = found.rest.is_empty() && found.level.rank() <= Level::TieuMuc.rank();
            let (level, marker, text) = (found.level, found.text.to_owned(), found.rest.to_owned());
            pieces.push(Piece::Paragraph { level, marker, text, at });
            open = true;
            continue;
        }
        match pieces.last_mut() {
            Some(Piece::Paragraph { text, .. }) if open => {
                if !text.is_empty() {
                    text.push('\n');
                }
                text.push_str(line);
            }
            _ => pieces.push(Piece::Paragraph { level: Level::Doan, marker: String::new(), text: line.to_owned(), at }),
        }
        (open, titleless) = (true, false);
    }
    pieces
}

struct Lines<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Iterator for Lines<'t> {
    type Item = (usize, &'t str);

    fn next(&mut self) -> Option<Self::Item> {
        if self.at >= self.text.len() {
            return None;
        }
        let start = self.at;
        let end = self.text[start..].find('\n').map_or(self.text.len(), |i| start + i);
        self.at = end + 1;
        Some((start, &self.text[start..end]))
    }
}

/// The alignments of a line `|---|:-:|--:|`.
fn separator(line: &str) -> Option<Vec<Option<Align>>> {
    if !line.starts_with('|') || !line.contains('-') {
        return None;
    }
    cells(line)
        .iter()
        .map(|cell| {
            let dashes = cell.trim_start_matches(':').trim_end_matches(':');
            if dashes.is_empty() || !dashes.bytes().all(|b| b == b'-') {
                return None;
            }
            Some(match (cell.starts_with(':'), cell.ends_with(':')) {
                (true, true) => Some(Align::Center),
                (false, true) => Some(Align::Right),
                (true, false) => Some(Align::Left),
                (false, false) => None,
            })
        })
        .collect()
}

/// The cells of a pipe row; `\|` is a bar inside a cell.
fn cells(line: &str) -> Vec<String> {
    let inner = line.strip_prefix('|').unwrap_or(line);
    let inner = if inner.ends_with('|') && !inner.ends_with("\\|") { &inner[..inner.len() - 1] } else { inner };
    let mut out = vec![String::new()];
    let mut chars = inner.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' if chars.peek() == Some(&'|') => {
                chars.next();
                if let Some(cell) = out.last_mut() {
                    cell.push('|');
                }
            }
            '|' => out.push(String::new()),
            c => {
                if let Some(cell) = out.last_mut() {
                    cell.push(c);
                }
            }
        }
    }
    out.into_iter().map(|c| c.trim().to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(text: &str) -> Vec<String> {
        parse(text)
            .into_iter()
            .map(|p| match p {
                Piece::Paragraph { level, marker, text, .. } => format!("{level:?}|{marker}|{text}"),
                Piece::Table { header, rows, .. } => {
                    let rows: Vec<Vec<String>> = rows.into_iter().map(|(_, cells)| cells).collect();
                    format!("Bang|{}|{rows:?}", header.join("/"))
                }
            })
            .collect()
    }

    #[test]
    fn paragraphs_continue_until_a_blank_line() {
        assert_eq!(
            show("I. MỘT\n1. Hai\nba\n\nBốn\nnăm\n- sáu"),
            ["Muc|I.|MỘT", "Khoan|1.|Hai\nba", "Doan||Bốn\nnăm", "Gach|-|sáu"]
        );
    }

    #[test]
    fn a_chapter_takes_its_title_from_the_next_line() {
        assert_eq!(
            show("Chương I\n\nQUY ĐỊNH CHUNG\n\nĐiều 1. Phạm vi"),
            ["Chuong|Chương I|QUY ĐỊNH CHUNG", "Dieu|Điều 1.|Phạm vi"]
        );
    }

    #[test]
    fn pipe_tables() {
        assert_eq!(show("| A | B |\n|---|:-:|\n| 1 | x \\| y |\n| 2 |"), ["Bang|A/B|[[\"1\", \"x | y\"], [\"2\"]]"]);
        assert_eq!(show("| không phải bảng"), ["Doan||| không phải bảng"]);
    }
}
