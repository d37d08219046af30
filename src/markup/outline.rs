//! Outline text → paragraphs and tables, in the order of the page. Nesting is built by the caller from the ranks.
//!
//! Each line is a paragraph or a marked block, as text pasted from Word has it. A line continues the one above where it
//! is indented deeper than the first line of that paragraph, or where the line above ends in `\\`. Blank lines change
//! nothing.

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
        /// Where the lines start that continue it because they are indented deeper.
        joined: Vec<usize>,
    },
    /// A table of lines with bars (Markdown), or of lines whose cells are parted by tabs (pasted from Word).
    Table {
        /// Header cells.
        header: Vec<String>,
        /// Alignments given by the colons.
        align: Vec<Option<Align>>,
        /// Rows: where each starts, and its cells, as long as typed.
        rows: Vec<(usize, Vec<String>)>,
        /// Where the table starts.
        at: usize,
        /// Whether tabs part the cells.
        tabs: bool,
    },
}

/// Cuts outline text into pieces.
pub fn parse(text: &str) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut open = Open::default();
    let lines: Vec<(usize, &str)> = Lines { text, at: 0 }.collect();
    let mut rest = lines.as_slice();
    while let Some((first, below)) = rest.split_first() {
        if let Some((table, length)) = table(rest) {
            pieces.push(table);
            open = Open::default();
            rest = &rest[length..];
            continue;
        }
        if !first.1.trim().is_empty() {
            paragraph(*first, &mut pieces, &mut open);
        }
        rest = below;
    }
    pieces
}

/// The table that begins with the first of some lines, and of how many lines it is.
fn table(lines: &[(usize, &str)]) -> Option<(Piece, usize)> {
    let (start, raw) = *lines.first()?;
    let at = start + indentation(raw);
    let dashes = lines.get(1).and_then(|(_, next)| separator(next.trim()));
    if let Some(align) = dashes.clone().filter(|_| raw.trim().starts_with('|')) {
        let below = lines[2..].iter().take_while(|(_, l)| l.trim().starts_with('|'));
        let rows: Vec<_> = below.map(|(at, row)| (at + indentation(row), cells(row.trim()))).collect();
        let length = rows.len() + 2;
        return Some((Piece::Table { header: cells(raw.trim()), align, rows, at, tabs: false }, length));
    }
    // A table whose author has put a line of dashes under the pasted names of the columns.
    if let Some(align) = dashes.filter(|_| raw.contains('\t') && !raw.trim().is_empty()) {
        let below = lines[2..].iter().take_while(|(_, l)| l.contains('\t') && !l.trim().is_empty());
        let rows: Vec<_> = below.map(|(at, row)| (*at, tab_cells(row))).collect();
        let length = rows.len() + 2;
        return Some((Piece::Table { header: tab_cells(raw), align, rows, at, tabs: false }, length));
    }
    let length = if raw.trim().is_empty() { 0 } else { pasted_rows(lines) };
    let (header, rows) = lines[..length].split_first()?;
    let header = tab_cells(header.1);
    let rows = rows.iter().map(|(at, row)| (*at, tab_cells(row))).collect();
    Some((Piece::Table { align: vec![None; header.len()], header, rows, at: start, tabs: true }, length))
}

/// A line that begins a paragraph, or goes on with the one before.
fn paragraph((start, raw): (usize, &str), pieces: &mut Vec<Piece>, open: &mut Open) {
    let line = raw.trim();
    let at = start + indentation(raw);
    if let Some(found) = marker::find(line) {
        *open = Open {
            indent: Some(depth(raw)),
            // A line that is only `Chương I` waits for its title.
            titleless: found.rest.is_empty() && found.level.rank() <= Level::TieuMuc.rank(),
            broken: breaks(line),
        };
        let (level, marker, text) = (found.level, found.text.to_owned(), found.rest.to_owned());
        pieces.push(Piece::Paragraph { level, marker, text, at, joined: Vec::new() });
        return;
    }
    let deeper = open.indent.is_some_and(|above| depth(raw) > above);
    match pieces.last_mut() {
        Some(Piece::Paragraph { text, joined, .. }) if open.broken || open.titleless || deeper => {
            if !text.is_empty() {
                text.push('\n');
                if !open.broken && !open.titleless {
                    joined.push(at);
                }
            }
            text.push_str(line);
            open.titleless = false;
            open.broken = breaks(line);
        }
        _ => {
            let (level, marker) = (Level::Doan, String::new());
            pieces.push(Piece::Paragraph { level, marker, text: line.to_owned(), at, joined: Vec::new() });
            *open = Open { indent: Some(depth(raw)), titleless: false, broken: breaks(line) };
        }
    }
}

/// Bytes of the blanks in front of a line.
fn indentation(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// What the next line may continue.
#[derive(Default)]
struct Open {
    /// How deep the paragraph's first line stands.
    indent: Option<usize>,
    /// It has a marker that waits for its title.
    titleless: bool,
    /// Its last line ends in a break.
    broken: bool,
}

/// The paragraphs of a text that is no outline, by the same rule; each is its lines joined by `\n`.
pub fn paragraphs(text: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut open = Open::default();
    for raw in text.split('\n').filter(|l| !l.trim().is_empty()) {
        let line = raw.trim();
        let deeper = open.indent.is_some_and(|above| depth(raw) > above);
        match out.last_mut() {
            Some(last) if open.broken || deeper => {
                last.push('\n');
                last.push_str(line);
            }
            _ => {
                out.push(line.to_owned());
                open.indent = Some(depth(raw));
            }
        }
        open.broken = breaks(line);
    }
    out
}

/// How deep a line stands: a tab counts as four blanks.
fn depth(line: &str) -> usize {
    line.chars().take_while(|c| c.is_whitespace()).map(|c| if c == '\t' { 4 } else { 1 }).sum()
}

/// Whether a line ends in `\` that no other `\` makes literal.
fn breaks(line: &str) -> bool {
    line.bytes().rev().take_while(|b| *b == b'\\').count() % 2 == 1
}

/// The cells of a line that tabs part; blanks before the first belong to the indentation.
fn tab_cells(line: &str) -> Vec<String> {
    line.trim_start_matches(' ').split('\t').map(|c| c.trim().to_owned()).collect()
}

/// How many lines from the first on are the rows of a table pasted from Word: at least two, with as many tabs each.
fn pasted_rows(lines: &[(usize, &str)]) -> usize {
    let tabs = |line: &str| line.trim_start_matches(' ').matches('\t').count();
    let count = lines.first().map_or(0, |(_, line)| tabs(line));
    if count == 0 {
        return 0;
    }
    let rows = lines.iter().take_while(|(_, line)| !line.trim().is_empty() && tabs(line) == count).count();
    // One tab also stands behind a marker, or indents a first line.
    let single = |line: &str| {
        let line = line.trim_start_matches(' ');
        line.starts_with('\t') || line.ends_with('\t') || marker::find(line.trim()).is_some()
    };
    let first_cells = lines[..rows].iter().any(|(_, line)| !line.trim_start_matches(' ').starts_with('\t'));
    let is_table = rows >= 2 && first_cells && (count > 1 || !lines[..rows].iter().any(|(_, line)| single(line)));
    if is_table { rows } else { 0 }
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

/// Words of a title that ends with a colon; a longer one leads into what follows.
const LONGEST_COLON_TITLE: usize = 12;

/// Whether a text ends like a sentence, or leads into a list like one (“theo các hình thức sau cho phù hợp:”), rather
/// than like a title.
pub fn ends_like_a_sentence(text: &str) -> bool {
    const LEAD_INS: [&str; 6] = ["sau đây:", " sau:", "gồm:", "là:", "gồm có:", "cụ thể:"];
    let text = text.trim_end();
    text.ends_with(['.', ';', '?', '!', '…', ','])
        || LEAD_INS.iter().any(|end| text.ends_with(end))
        || (text.ends_with(':') && (text.contains(" sau ") || text.split(' ').count() > LONGEST_COLON_TITLE))
}

/// Words of a clause from which on it is hardly a title.
const LONGEST_TITLE: usize = 25;

/// Whether a title is as long as a sentence whose end was forgotten. One between `**` is a title all the same: so its
/// author says.
pub fn is_long_for_a_title(text: &str) -> bool {
    text.contains("; ") || text.split_whitespace().count() >= LONGEST_TITLE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_leads_into_a_list_is_no_title() {
        for title in ["Mục đích", "Yêu cầu:", "Các sở, ban, ngành cấp tỉnh, Ủy ban nhân dân xã:"] {
            assert!(!ends_like_a_sentence(title), "{title}");
        }
        let long = "Công bố kết quả đánh giá, xếp loại chỉ số cải cách hành chính năm 2025 đối với:";
        for sentence in ["Trồng cây.", "Kinh phí gồm:", "theo các hình thức sau cho phù hợp:", long] {
            assert!(ends_like_a_sentence(sentence), "{sentence}");
        }
    }

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
    fn each_line_is_a_paragraph_unless_it_is_indented_deeper() {
        assert_eq!(
            show("I. MỘT\n1. Hai\nba\n\n  bốn\n  năm\nsáu\n- bảy \\\ntám"),
            ["Muc|I.|MỘT", "Khoan|1.|Hai", "Doan||ba\nbốn\nnăm", "Doan||sáu", "Gach|-|bảy \\\ntám"]
        );
        assert_eq!(paragraphs("một\n\n  hai\nba\n"), ["một\nhai", "ba"]);
    }

    #[test]
    fn rows_pasted_from_word_are_a_table() {
        assert_eq!(
            show("STT\tViệc\tHạn\n1\tHọp\tQuý I\n\tTổng\t\nHết"),
            ["Bang|STT/Việc/Hạn|[[\"1\", \"Họp\", \"Quý I\"], [\"\", \"Tổng\", \"\"]]", "Doan||Hết"]
        );
        assert_eq!(show("Thôn\tSố hộ\nBản A\t12"), ["Bang|Thôn/Số hộ|[[\"Bản A\", \"12\"]]"]);
        assert_eq!(
            show("STT\tViệc\n|---|---|\n1\tHọp\n\tTổng\nHết"),
            ["Bang|STT/Việc|[[\"1\", \"Họp\"], [\"\", \"Tổng\"]]", "Doan||Hết"]
        );
        assert_eq!(show("1.\tMột\n2.\tHai"), ["Khoan|1.|Một", "Khoan|2.|Hai"]);
        assert_eq!(show("\tMột\n\tHai"), ["Doan||Một", "Doan||Hai"]);
        assert_eq!(show("Nơi nhận:\tGIÁM ĐỐC"), ["Doan||Nơi nhận:\tGIÁM ĐỐC"]);
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
