//! The body: lines of an outline, tables, pictures.

use super::Recogniser;
use super::words::is_rule;
use crate::decree30::phrases::END_MARK;
use crate::import::found::{Block, Cell, Column, Table};
use crate::import::marks;
use crate::import::stream::{self, Par, Piece};

impl Recogniser<'_> {
    /// The blocks up to a place; the cursor stands there then.
    pub(super) fn blocks(&mut self, end: usize) -> Vec<Block> {
        let mut out = Vec::new();
        let pieces = self.pieces[self.at.min(end)..end].to_vec();
        for piece in &pieces {
            self.block(piece, &mut out);
        }
        self.at = self.at.max(end);
        out
    }

    fn block(&mut self, piece: &Piece, out: &mut Vec<Block>) {
        match piece {
            Piece::Par(par) => {
                for line in par.lines() {
                    if !is_rule(&line.whole()) || line.runs.iter().any(|r| r.note.is_some()) {
                        let text = marks::outline(&line);
                        // The title of a chapter is bold anyway.
                        let chapter = matches!(out.last(), Some(Block::Line(l)) if is_chapter(l));
                        let bare = text
                            .strip_prefix("**")
                            .and_then(|t| t.strip_suffix("**"))
                            .filter(|t| chapter && !t.contains('*'));
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
            Piece::Table(table) => out.push(Block::Table(Box::new(made(table)))),
            Piece::Picture(name) => out.push(Block::Picture(name.clone())),
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
        // The full stop stays: without it an article would be a title.
        for mark in [END_MARK, "./"] {
            if let Some(bare) = line.strip_suffix(mark) {
                *line = format!("{}.", bare.trim_end());
                return;
            }
        }
    }
}

/// `Chương I` alone on its line.
fn is_chapter(line: &str) -> bool {
    crate::markup::marker::find(line).is_some_and(|m| {
        m.rest.is_empty()
            && matches!(
                m.level,
                crate::decree30::outline::Level::Phan
                    | crate::decree30::outline::Level::Chuong
                    | crate::decree30::outline::Level::Muc
                    | crate::decree30::outline::Level::TieuMuc
            )
    })
}

fn is_frame(table: &stream::Table) -> bool {
    let columns = width(table);
    columns <= 1 || (!table.ruled && table.rows.len() <= 2)
}

/// Word keeps a column for every edge that a cell was once drawn to: those at which no cell begins are none.
fn without_slivers(table: &stream::Table) -> stream::Table {
    let columns = width(table);
    let cells = || table.rows.iter().flat_map(|r| &r.cells);
    let begins: Vec<bool> = (0..columns).map(|at| cells().any(|c| c.column == at)).collect();
    let before = |at: usize| begins.iter().take(at).filter(|b| **b).count();
    let mut out = table.clone();
    for cell in out.rows.iter_mut().flat_map(|r| &mut r.cells) {
        let end = before(cell.column + cell.columns);
        cell.column = before(cell.column);
        cell.columns = (end - cell.column).max(1);
    }
    if table.widths.len() >= columns {
        let mut widths: Vec<f64> = Vec::new();
        for (at, width) in table.widths.iter().take(columns).enumerate() {
            match widths.last_mut() {
                Some(last) if !begins[at] => *last += width,
                _ => widths.push(*width),
            }
        }
        out.widths = widths;
    }
    out
}

/// How many columns a table has.
fn width(table: &stream::Table) -> usize {
    table.rows.iter().flat_map(|r| &r.cells).map(|c| c.column + c.columns).max().unwrap_or_default()
}

fn made(table: &stream::Table) -> Table {
    let table = &without_slivers(table);
    let columns = width(table);
    let head = head_rows(table);
    let widths =
        if table.widths.len() == columns && has_room(table, &table.widths) { table.widths.clone() } else { Vec::new() };
    let cot = match head {
        2 => grouped(table, columns),
        _ => None,
    };
    let (cot, first) = match cot {
        Some(cot) => (cot, 2),
        None => (flat(table, columns), 1),
    };
    let mut cot = cot;
    set_widths(&mut cot, &mut rounded(&widths).into_iter());
    let hang = rows(table, first, columns);
    Table { cot, hang }
}

/// Rows of headings: those that Word repeats, or that a cell of the first row covers.
fn head_rows(table: &stream::Table) -> usize {
    let covered = table.rows.first().map_or(1, |r| r.cells.iter().map(|c| c.rows).max().unwrap_or(1));
    let repeated = table.rows.iter().take_while(|r| r.header).count();
    covered.max(repeated).clamp(1, 2).min(table.rows.len())
}

/// Headings over two rows.
fn grouped(table: &stream::Table, columns: usize) -> Option<Vec<Column>> {
    let [first, second] = [table.rows.first()?, table.rows.get(1)?];
    let mut out = Vec::new();
    let mut at = 0;
    for cell in &first.cells {
        if cell.column != at {
            return None;
        }
        at += cell.columns;
        let ten = text_of(cell);
        let below: Vec<Column> = second
            .cells
            .iter()
            .filter(|c| c.column >= cell.column && c.column < at)
            .map(|c| Column { ten: text_of(c), ..Column::default() })
            .collect();
        match (cell.columns, cell.rows) {
            (1, 2) => out.push(Column { ten, ..Column::default() }),
            (n, 1) if n > 1 && below.len() == n => out.push(Column { ten, cot: below, ..Column::default() }),
            _ => return None,
        }
    }
    Some(out).filter(|_| at == columns)
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

/// Width of the text in millimetres, with the usual margins.
const TEXT_WIDTH: f64 = 165.0;

/// Widths to a tenth of a millimetre: Word counts in twentieths of a point. What is wider than the text is made as wide.
fn rounded(widths: &[f64]) -> Vec<f64> {
    let all: f64 = widths.iter().sum();
    let scale = if all > TEXT_WIDTH + 0.5 { TEXT_WIDTH / all } else { 1.0 };
    let mut tenths: Vec<i64> = widths.iter().map(|w| (w * scale * 10.0).round() as i64).collect();
    let over = tenths.iter().sum::<i64>() - (TEXT_WIDTH * 10.0) as i64;
    if let Some(widest) = tenths.iter_mut().max().filter(|_| over > 0) {
        *widest -= over;
    }
    tenths.into_iter().map(|t| t as f64 / 10.0).collect()
}

/// Whether each column has room for its longest word.
fn has_room(table: &stream::Table, widths: &[f64]) -> bool {
    let widths = rounded(widths);
    table.rows.iter().flat_map(|r| &r.cells).all(|cell| {
        let room: f64 = widths.iter().skip(cell.column).take(cell.columns).sum::<f64>();
        let longest = cell
            .pars()
            .iter()
            .flat_map(|p| p.whole().split_whitespace().map(|w| w.chars().count()).collect::<Vec<_>>())
            .max();
        longest.unwrap_or_default() as f64 * 2.4 + 4.0 <= room
    })
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
    lines.map(|p| marks::marked(&p, (p.is_bold(), p.is_italic()))).filter(|t| !t.is_empty()).collect()
}

fn text_of(cell: &stream::Cell) -> String {
    cell.pars().into_iter().map(marks::plain).filter(|t| !t.is_empty()).collect::<Vec<_>>().join(" ")
}
