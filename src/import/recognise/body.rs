//! The body: lines of an outline, tables, pictures.

use super::Recogniser;
use super::widths::{rounded, with_room};
use super::words::is_rule;
use crate::decree30::lengths::{CELL_INSET, ROW_HEIGHT};
use crate::decree30::outline::Level;
use crate::decree30::phrases::END_MARK;
use crate::decree30::units::{Mm, Pt, line_pitch};
use crate::import::found::{Block, Cell, Column, Table};
use crate::import::marks;
use crate::import::stream::{self, Align, Par, Piece, Run};
use crate::markup::marker;
use crate::markup::outline::{ends_like_a_sentence, is_long_for_a_title};

impl Recogniser<'_> {
    /// The blocks up to a place; the cursor stands there then.
    pub(super) fn blocks(&mut self, end: usize) -> Vec<Block> {
        let mut out = Vec::new();
        let from = self.at.min(end);
        let pieces = self.pieces[from..end].to_vec();
        for (at, piece) in pieces.iter().enumerate() {
            self.block(piece, &mut out);
            if self.breaks(from + at) {
                out.push(Block::PageBreak);
            }
        }
        self.at = self.at.max(end);
        self.settle_breaks(&mut out);
        without_title_marks(&mut out);
        out
    }

    fn block(&mut self, piece: &Piece, out: &mut Vec<Block>) {
        match piece {
            Piece::Par(par) => {
                for line in whole_lines(par).into_iter().map(with_full_stop) {
                    if !is_drawn(&line.whole()) || line.runs.iter().any(|r| r.note.is_some()) {
                        let text = marks::outline(&line);
                        // The title of a chapter is bold anyway.
                        let chapter = matches!(out.last(), Some(Block::Line(l)) if is_chapter(l));
                        let bare = bold_whole(&text).filter(|_| chapter);
                        out.push(Block::Line(bare.unwrap_or(&text).to_owned()));
                    }
                }
            }
            // A frame of one cell, or a table that only arranges, is its paragraphs.
            Piece::Table(table) if is_frame(table) => {
                for piece in table.rows.iter().flat_map(|r| &r.cells).flat_map(|c| &c.pieces) {
                    self.block(piece, out);
                }
            }
            Piece::Table(table) => {
                let room = self.found.choices.text_width(self.lying);
                let table = made(table, room, self.found.choices.table_size());
                if has_unnamed(&table.cot) {
                    self.unsure("noi_dung", "một bảng có cột không tên; đầu cột ấy in dấu “-”");
                }
                out.push(Block::Table(Box::new(table)));
            }
            Piece::Picture(picture) => out.push(Block::Picture(picture.clone())),
            Piece::PageBreak | Piece::Section { .. } => {}
        }
    }

    /// `./.` at the end is the program's.
    pub(super) fn without_end_mark(&mut self) {
        without_end_mark(&mut self.found.noi_dung);
    }
}

pub(super) fn without_end_mark(blocks: &mut [Block]) {
    if let Some(Block::Line(line)) = blocks.last_mut() {
        let closing = line.len() - line.trim_end_matches('*').len();
        let (bare, marks) = line.split_at(line.len() - closing);
        // The full stop stays: without it an article would be a title.
        if let Some(text) = [END_MARK, "./"].iter().find_map(|mark| bare.strip_suffix(mark)) {
            *line = format!("{}.{marks}", text.trim_end().trim_end_matches('.'));
        }
    }
}

/// Clauses that others stand below are titles, which are bold without marks.
pub(super) fn without_title_marks(blocks: &mut [Block]) {
    let level = |block: Option<&Block>| match block {
        Some(Block::Line(line)) => marker::find(line).map(|m| m.level),
        _ => None,
    };
    for at in 0..blocks.len() {
        let own = level(blocks.get(at));
        let next = blocks[at + 1..].iter().find(|b| **b != Block::PageBreak);
        let below = level(next).is_none_or(|next| own.is_some_and(|own| next.rank() > own.rank()));
        let Some(Block::Line(line)) = blocks.get(at).filter(|_| at + 1 < blocks.len() && below) else { continue };
        let Some(found) = marker::find(line).filter(|m| matches!(m.level, Level::Khoan | Level::KhoanCon)) else {
            continue;
        };
        // The title of 1.1 is bold and italic.
        let slanted = found.rest.strip_prefix("***").and_then(|t| t.strip_suffix("***")).filter(|t| !t.contains('*'));
        let bare = bold_whole(found.rest).or(slanted.filter(|_| found.level == Level::KhoanCon));
        let Some(bare) = bare.filter(|t| !ends_like_a_sentence(t)) else { continue };
        // The marks of a long one say that it is a title.
        let mark = if is_long_for_a_title(bare) { "**" } else { "" };
        let text = format!("{} {mark}{bare}{mark}", found.text);
        blocks[at] = Block::Line(text);
    }
}

/// The text between marks of bold letters, where all of it is and nothing else is marked.
fn bold_whole(text: &str) -> Option<&str> {
    text.strip_prefix("**").and_then(|t| t.strip_suffix("**")).filter(|t| !t.contains('*'))
}

/// A rule that was drawn with signs. A line of dots is room to write on.
fn is_drawn(text: &str) -> bool {
    is_rule(text) && text.chars().filter(|c| matches!(c, '.' | '…')).count() <= 2
}

/// The lines of a paragraph; one that goes on in the next is no line of its own.
fn whole_lines(par: &Par) -> Vec<Par> {
    let mut out: Vec<Par> = Vec::new();
    for line in par.lines() {
        let text = line.whole();
        let begins = marker::find(&text).is_some() || text.starts_with(['-', '–', '+', '•', '*']);
        match out.last_mut() {
            Some(last) if !begins && goes_on(&last.whole(), last.is_bold() == line.is_bold()) => {
                last.runs.push(Run { text: " ".to_owned(), ..last.runs.last().cloned().unwrap_or_default() });
                last.runs.extend(line.runs);
            }
            _ => out.push(line),
        }
    }
    out
}

/// `Điều 2:`, `Điều 2-` and `Điều 2` are `Điều 2.`
fn with_full_stop(mut line: Par) -> Par {
    let text = line.text();
    let Some(rest) = text.strip_prefix("Điều ").or(text.strip_prefix("ĐIỀU ")) else { return line };
    let behind = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    let number = rest.len() - behind.len();
    let sign = behind.trim_start().chars().next();
    let title = behind.starts_with(' ') && sign.is_some_and(char::is_uppercase);
    if number == 0 || !(matches!(sign, Some(':' | '-' | '–')) || title) {
        return line;
    }
    // The letters up to the number and, where there is one, the sign.
    let mut left = 4 + number;
    for run in &mut line.runs {
        let Some((at, _)) = run.text.char_indices().filter(|(_, c)| !c.is_whitespace()).nth(left) else {
            left -= run.text.chars().filter(|c| !c.is_whitespace()).count();
            continue;
        };
        let end = if title { at } else { at + sign.map_or(0, char::len_utf8) };
        let start = run.text[..at].trim_end().len();
        run.text.replace_range(start..end, if title { ". " } else { "." });
        break;
    }
    line
}

/// Whether a sentence or a title with a marker is not at its end.
fn goes_on(text: &str, alike: bool) -> bool {
    alike
        && marker::find(text).is_some_and(|m| !m.rest.is_empty())
        && !text.ends_with(['.', ';', ':', '!', '?', '/', ','])
}

/// `Chương I` alone on its line.
pub(super) fn is_chapter(line: &str) -> bool {
    marker::find(line).is_some_and(|m| {
        m.rest.is_empty() && matches!(m.level, Level::Phan | Level::Chuong | Level::Muc | Level::TieuMuc)
    })
}

fn is_frame(table: &stream::Table) -> bool {
    let columns = width(table);
    columns <= 1 || (!table.ruled && table.rows.len() <= 2)
}

/// Millimetres from which on a column is one.
const NARROWEST: f64 = 1.5;

/// Word keeps a column for every edge that a cell was once drawn to: edges at which no cell begins are none, and two that
/// nearly touch are one.
fn without_slivers(table: &stream::Table) -> stream::Table {
    let columns = width(table);
    let cells = || table.rows.iter().flat_map(|r| &r.cells);
    let known = table.widths.len() >= columns;
    // The edges at which a column of the table to be made begins.
    let mut starts: Vec<usize> = vec![0];
    let wide = |from: usize, to: usize| table.widths.iter().take(to).skip(from).sum::<f64>();
    for edge in 1..columns {
        let last = starts.last().copied().unwrap_or_default();
        let apart = !known || wide(last, edge) >= NARROWEST && wide(edge, columns) >= NARROWEST;
        if apart && cells().any(|c| c.column == edge) {
            starts.push(edge);
        }
    }
    let before = |edge: usize| starts.iter().filter(|s| **s < edge).count();
    // A cell that reaches a sliver into a column does not cover it.
    let end = |edge: usize| starts.iter().filter(|s| **s < edge && (!known || wide(**s, edge) >= NARROWEST)).count();
    let mut out = table.clone();
    for row in &mut out.rows {
        row.cells.retain_mut(|cell| {
            let (from, to) = (before(cell.column + 1) - 1, end(cell.column + cell.columns));
            (cell.column, cell.columns) = (from, to.saturating_sub(from));
            cell.columns > 0 || cell.pars().iter().any(|p| !p.whole().is_empty())
        });
        // Two cells at one edge: the table stays as it is.
        let twice = row.cells.windows(2).any(|w| w[0].column == w[1].column);
        if twice || row.cells.iter().any(|c| c.columns == 0) {
            return table.clone();
        }
    }
    if known {
        let ends = starts.iter().skip(1).chain([&columns]);
        out.widths = starts.iter().zip(ends).map(|(from, to)| wide(*from, *to)).collect();
    }
    out
}

/// How many columns a table has.
fn width(table: &stream::Table) -> usize {
    table.rows.iter().flat_map(|r| &r.cells).map(|c| c.column + c.columns).max().unwrap_or_default()
}

/// The table of a plan; `room` is the width of the text in millimetres, `size` that of the letters in points.
fn made(table: &stream::Table, room: f64, size: f64) -> Table {
    let table = &without_slivers(table);
    let columns = width(table);
    let head = head_rows(table);
    let cot = if head > 1 { grouped(table, columns, head) } else { None };
    let grouped = cot.is_some();
    let (mut cot, first) = match cot {
        Some(cot) => (cot, head),
        None => (flat(table, columns), 1),
    };
    let known = Some(rounded(&table.widths, room)).filter(|w| w.len() == columns);
    let widths = known.and_then(|widths| with_room(table, widths, first, !grouped, Pt(size))).unwrap_or_default();
    set_widths(&mut cot, &mut widths.into_iter());
    set_alignment(&mut cot, &mut (0..columns).map(|column| alignment(table, first, column)));
    let hang = rows(table, first, columns);
    Table { cot, cao_hang: row_height(table, first, size), hang }
}

/// Height in millimetres that at least half of the rows below the heading have, where the plan's own rows are lower by a
/// point or more.
fn row_height(table: &stream::Table, head: usize, size: f64) -> Option<f64> {
    let mut heights: Vec<f64> = table.rows.iter().skip(head).map(|row| row.height).collect();
    heights.sort_by(f64::total_cmp);
    let height = Pt(*heights.get(heights.len().checked_sub(1)? / 2)?);
    let own = line_pitch(Pt(size), 1.0).0 + CELL_INSET.1.0 * 2.0 + 1.0;
    let mm = Mm((height.to_mm().0 * 10.0).round() / 10.0);
    (height.0 > own && ROW_HEIGHT.contains(&mm)).then_some(mm.0)
}

/// Most rows of headings.
const MOST_HEADINGS: usize = 4;

/// Rows of headings: those that Word repeats, that a cell of the first row covers, or that a heading over several columns
/// has below it.
fn head_rows(table: &stream::Table) -> usize {
    let columns = width(table);
    let covered = table.rows.first().map_or(1, |r| r.cells.iter().map(|c| c.rows).max().unwrap_or(1));
    let repeated = table.rows.iter().take_while(|r| r.header).count();
    let mut out = covered.max(repeated).max(1);
    if out > 1 {
        let grouped = |row: &stream::Row| row.cells.iter().any(|c| c.columns > 1 && c.columns < columns);
        while out < MOST_HEADINGS && table.rows.get(out - 1).is_some_and(grouped) {
            out += 1;
        }
    }
    out.min(MOST_HEADINGS).min(table.rows.len())
}

/// Headings over several rows.
fn grouped(table: &stream::Table, columns: usize, head: usize) -> Option<Vec<Column>> {
    let out = group(table, (0, columns), 0, head)?;
    Some(out).filter(|all| leaves(all) == columns)
}

fn has_unnamed(all: &[Column]) -> bool {
    all.iter().any(|c| c.ten.is_empty() || has_unnamed(&c.cot))
}

fn leaves(all: &[Column]) -> usize {
    all.iter().map(|c| if c.cot.is_empty() { 1 } else { leaves(&c.cot) }).sum()
}

/// The headings of some columns from a row on; none where they do not nest.
fn group(table: &stream::Table, (from, to): (usize, usize), row: usize, head: usize) -> Option<Vec<Column>> {
    let mut out = Vec::new();
    let mut at = from;
    for cell in table.rows.get(row)?.cells.iter().filter(|c| c.column >= from && c.column < to) {
        let (end, below) = (cell.column + cell.columns, row + cell.rows);
        if cell.column != at || end > to || below > head {
            return None;
        }
        let ten = text_of(cell);
        let empty = || {
            let under = table.rows[below.min(head)..head].iter().flat_map(|r| &r.cells);
            under.filter(|c| c.column >= cell.column && c.column < end).all(|c| text_of(c).is_empty())
        };
        let cot = match cell.columns {
            // Empty cells below a heading belong to it.
            1 if below == head || empty() => Vec::new(),
            1 => return None,
            _ => group(table, (cell.column, end), below, head)?,
        };
        out.push(Column { ten, cot, ..Column::default() });
        at = end;
    }
    Some(out).filter(|_| at == to)
}

/// Headings of one row; a cell over several columns is a group without names below it.
fn flat(table: &stream::Table, columns: usize) -> Vec<Column> {
    let mut out: Vec<Column> = Vec::new();
    let cells = table.rows.first().map(|r| r.cells.as_slice()).unwrap_or_default();
    for cell in cells {
        while out.len() < cell.column {
            out.push(Column::default());
        }
        out.push(Column { ten: text_of(cell), ..Column::default() });
        out.extend((1..cell.columns).map(|_| Column::default()));
    }
    out.resize_with(columns, Column::default);
    out
}

/// Gives the columns their widths, in order.
fn set_widths(columns: &mut [Column], widths: &mut impl Iterator<Item = f64>) {
    for column in columns {
        if column.cot.is_empty() {
            column.rong = widths.next();
        } else {
            set_widths(&mut column.cot, widths);
        }
    }
}

/// How most cells of a column stand, where they cover one column; none where that is left or justified.
fn alignment(table: &stream::Table, first: usize, column: usize) -> Option<&'static str> {
    let cells = table.rows.iter().skip(first).flat_map(|r| &r.cells).filter(|c| c.column == column && c.columns == 1);
    let lines: Vec<Align> = cells.flat_map(|c| c.pars()).filter(|p| !p.whole().is_empty()).map(|p| p.align).collect();
    let most = |align: Align| lines.iter().filter(|a| **a == align).count() * 2 > lines.len();
    [(Align::Center, "giua"), (Align::Right, "phai")].into_iter().find(|(a, _)| most(*a)).map(|(_, word)| word)
}

fn set_alignment(columns: &mut [Column], all: &mut impl Iterator<Item = Option<&'static str>>) {
    for column in columns {
        if column.cot.is_empty() {
            column.canh = all.next().flatten();
        } else {
            set_alignment(&mut column.cot, all);
        }
    }
}

/// Rows with a cell for every column that none above covers.
fn rows(table: &stream::Table, first: usize, columns: usize) -> Vec<Vec<Cell>> {
    // Rows for which each column is still covered, and whether a heading covers it: none reaches into the rows.
    let mut covered = vec![0_usize; columns];
    let mut by_heading = vec![false; columns];
    let mut out = Vec::new();
    let count = table.rows.len();
    for (index, row) in table.rows.iter().enumerate() {
        let mut made = Vec::new();
        let mut column = 0;
        while column < columns {
            let own = row.cells.iter().find(|c| c.column == column);
            if covered[column] > 0 && own.is_none() {
                covered[column] -= 1;
                if by_heading[column] && index >= first {
                    made.push(Cell { noi_dung: Vec::new(), cot: 1, hang: 1 });
                }
                column += 1;
                continue;
            }
            let Some(cell) = own else {
                made.push(Cell { noi_dung: Vec::new(), cot: 1, hang: 1 });
                column += 1;
                continue;
            };
            let hang = cell.rows.min(count - index);
            let end = (column + cell.columns).min(columns);
            made.push(Cell { noi_dung: texts_of(cell), cot: end - column, hang });
            covered[column..end].iter_mut().for_each(|c| *c = hang - 1);
            by_heading[column..end].iter_mut().for_each(|h| *h = index < first);
            column = end;
        }
        if index >= first {
            out.push(made);
        }
    }
    out
}

fn texts_of(cell: &stream::Cell) -> Vec<String> {
    let lines = cell.pars().into_iter().flat_map(Par::lines);
    lines.map(|p| marks::marked(&p, (false, false))).filter(|t| !t.is_empty()).collect()
}

fn text_of(cell: &stream::Cell) -> String {
    cell.pars().into_iter().map(marks::plain).filter(|t| !t.is_empty()).collect::<Vec<_>>().join(" ")
}
