//! Tables of which a crawler has put each bar on a line of its own:
//!
//! ```text
//! |
//! ỦY BAN NHÂN DÂN
//! |
//! CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
//! |
//! |
//! Số: 12/QĐ-UBND
//! |
//! ```
//!
//! Two bars part rows. Where the last row ends only its length tells: a table of one row is one only as letterhead or foot.

use super::recognise::fold;
use crate::markup::marker;

/// Most cells of a row.
const MOST_CELLS: usize = 12;
/// Most lines of a cell: what is longer is the text between two tables.
const MOST_LINES: usize = 40;

/// The lines between two bars.
type Segment<'t> = Vec<&'t str>;

/// The text with such tables as one line for each row; `sign` parts the lines of a cell.
pub(super) fn rows(text: &str, sign: &str) -> String {
    let mut segments: Vec<Segment<'_>> = vec![Vec::new()];
    for line in text.lines() {
        if line.trim() == "|" {
            segments.push(Vec::new());
        } else if let Some(last) = segments.last_mut() {
            last.push(line);
        }
    }
    if segments.len() < 4 {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut add = |line: &str| {
        out.push_str(line);
        out.push('\n');
    };
    segments[0].iter().for_each(|line| add(line));
    let mut at = 1;
    while let Some(segment) = segments.get(at) {
        match table_at(&segments, at) {
            Some((rows, end)) => {
                for row in rows {
                    let cells: Vec<String> = row.iter().map(|cell| lines_of(cell).join(sign)).collect();
                    add(&format!("| {} |", cells.join(" | ")));
                }
                add("");
                segments.get(end).into_iter().flatten().for_each(|line| add(line));
                at = end + 1;
            }
            None => {
                segment.iter().for_each(|line| add(line));
                at += 1;
            }
        }
    }
    out
}

/// The rows of a table whose first cell is the segment `at`, and the segment behind the table.
fn table_at<'s, 't>(segments: &'s [Segment<'t>], at: usize) -> Option<(Vec<&'s [Segment<'t>]>, usize)> {
    let foot = is_foot(segments, at);
    let known = foot || is_letterhead(segments, at);
    let cells = if known {
        2
    } else {
        let cells = segments[at..].iter().take(MOST_CELLS + 1).position(Vec::is_empty)?;
        // A row behind it makes it a table.
        (at + 2 * cells < segments.len()).then_some(cells)?
    };
    if !(2..=MOST_CELLS).contains(&cells) {
        return None;
    }
    let mut rows = Vec::new();
    let mut start = at;
    loop {
        let row = segments.get(start..start + cells)?;
        let fits = |cell: &Segment<'_>| cell.len() <= MOST_LINES && !cell.iter().any(|line| line.contains('|'));
        if !row.iter().all(fits) {
            return (rows.len() > 1).then_some((rows, start));
        }
        rows.push(row);
        let end = start + cells;
        let goes_on = segments.get(end).is_some_and(Vec::is_empty) && end + cells < segments.len();
        // A foot has one row.
        if !goes_on || foot {
            return Some((rows, end));
        }
        start = end + 1;
    }
}

fn says(segment: &Segment<'_>, found: impl Fn(&str) -> bool) -> bool {
    // A label is short.
    segment.iter().filter(|line| line.len() < 200).any(|line| found(fold(line).trim_matches(['*', '_', ' '])))
}

/// Whether Quốc hiệu, or the Party's name, stands in the cell behind.
fn is_letterhead(segments: &[Segment<'_>], at: usize) -> bool {
    let nation = |line: &str| line.contains("CHỦ NGHĨA VIỆT NAM") || line.contains("CỘNG SẢN VIỆT NAM");
    let short = |segment: &Segment<'_>| segment.len() <= 12;
    segments[at..].iter().take(2).all(short) && segments.get(at + 1).is_some_and(|right| says(right, nation))
}

/// Whether recipients and signer stand here; there may be no recipients.
fn is_foot(segments: &[Segment<'_>], at: usize) -> bool {
    let (Some(left), Some(right)) = (segments.get(at), segments.get(at + 1)) else { return false };
    let power = |line: &str| ["TM.", "KT.", "TL.", "TUQ.", "T/M", "K/T", "T/L"].iter().any(|w| line.starts_with(w));
    let empty = left.iter().all(|line| line.trim_matches(['*', '_', ' ', '\u{a0}']).is_empty());
    says(left, |line| line.starts_with("NƠI NHẬN")) || empty && right.len() <= 10 && says(right, power)
}

/// The lines of a cell; those that the code of the page broke are one.
fn lines_of(cell: &Segment<'_>) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for line in cell.iter().map(|line| line.trim()).filter(|line| !line.is_empty()) {
        match out.last_mut().filter(|last| goes_on(last, line)) {
            Some(last) => {
                last.push(' ');
                last.push_str(line);
            }
            None => out.push(line.to_owned()),
        }
    }
    out
}

/// Whether a line of a cell belongs to the one before.
fn goes_on(before: &str, line: &str) -> bool {
    let item = |line: &str| line.starts_with(['-', '–', '+', '•']);
    let bare = before.trim_matches(['*', '_', ' ']);
    let small = line.starts_with(char::is_lowercase);
    if item(before) {
        return !item(line) && !before.ends_with([';', '.']);
    }
    let subject = bare.starts_with("V/v") && !bare.ends_with('.');
    matches!(bare, "Số:" | "Số")
        || subject
        || bare.ends_with(',') && !item(line)
        || small && marker::find(line).is_none() && !before.ends_with(['.', ';', ':'])
}

#[cfg(test)]
mod tests {
    use super::rows;

    #[test]
    fn letterhead_and_foot_are_rows() {
        let text = "|\n**UBND XÃ A**\n-------\n|\n**CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM**\nĐộc lập\n|\n|\nSố:\n5/KH\n|\n*Xã A, ngày 1*\n|\nKẾ HOẠCH\n\
                    |\n*Nơi nhận:*\n- Như trên,\n- Lưu: VT,\nVP.\n|\n**CHỦ TỊCH**\nLê A\n|\nHết\n";
        let wanted = "| **UBND XÃ A**/------- | **CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM**/Độc lập |\n| Số: 5/KH | *Xã A, ngày 1* |\n\nKẾ HOẠCH\n\
                      | *Nơi nhận:*/- Như trên,/- Lưu: VT, VP. | **CHỦ TỊCH**/Lê A |\n\nHết\n";
        assert_eq!(rows(text, "/"), wanted);
    }

    #[test]
    fn a_foot_may_have_no_recipients() {
        let text = "Hết.\n|\n|\nTM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nLê A\n|\n";
        assert_eq!(rows(text, "/"), "Hết.\n|  | TM. ỦY BAN NHÂN DÂN/KT. CHỦ TỊCH/Lê A |\n\n");
    }

    #[test]
    fn rows_of_data_have_as_many_cells_as_the_first() {
        let text = "|\nSTT\n|\nViệc\n|\nHạn\n|\n|\n1\n|\n|\nQuý I\n|\nNgoài bảng\n";
        assert_eq!(rows(text, "/"), "| STT | Việc | Hạn |\n| 1 |  | Quý I |\n\nNgoài bảng\n");
    }

    #[test]
    fn what_is_no_table_stays_without_its_bars() {
        assert_eq!(rows("một\n|\nhai\n|\nba\n|\nbốn", "/"), "một\nhai\nba\nbốn\n");
        assert_eq!(rows("một | hai\n|\nba", "/"), "một | hai\n|\nba");
    }
}
