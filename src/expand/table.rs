//! Tables: rows repeated, read from a file, or typed with bars; every cell put at its column.

use super::Expander;
use crate::decree30::style::Align;
use crate::diagnostic::{Diagnostic, code};
use crate::document::{Cell, Column, Line, Row, Table};
use crate::draft::{Bang, ColumnWidth, Text};
use crate::source::Span;

/// A table of the plan; `None` where an error was reported that leaves no table.
pub(super) fn expand(x: &mut Expander<'_>, bang: &Bang) -> Option<Table> {
    let caption = bang.tieu_de.as_ref().map(|t| x.line(t)).filter(|l| !l.is_empty());
    let columns: Vec<Column> =
        bang.cot.iter().map(|c| Column { name: x.line(&c.ten), width: c.rong, align: c.canh }).collect();
    if columns.is_empty() {
        return None;
    }
    let mut grid = Grid::new(columns.len());
    for hang in &bang.hang {
        x.each(hang.lap.as_ref(), hang.khi.as_ref(), |x| {
            let cells = hang.o.iter().map(|o| (paragraphs(x, &o.noi_dung), o.cot, o.hang)).collect();
            if let Err(problem) = grid.add(cells, hang.span) {
                x.diagnostics.push(problem);
            }
        });
    }
    if let Some(path) = &bang.tu_tep {
        let before = x.diagnostics.len();
        let name = x.plain(path);
        if x.diagnostics.len() > before {
            return None;
        }
        match x.files.rows(&name, path.span) {
            Ok(rows) => {
                let order = match pick(&columns, &rows.header, &name, path.span) {
                    Ok(order) => order,
                    Err(problem) => {
                        x.diagnostics.push(problem);
                        return None;
                    }
                };
                for row in &rows.rows {
                    let cells =
                        order.iter().map(|i| (plain_lines(row.get(*i).map_or("", String::as_str), path.span), 1, 1));
                    if let Err(problem) = grid.add(cells.collect(), path.span) {
                        x.diagnostics.push(problem);
                    }
                }
            }
            Err(problem) => {
                x.diagnostics.push(problem);
                return None;
            }
        }
    }
    if grid.rows.is_empty() && x.diagnostics.is_empty() {
        x.diagnostics.push(
            Diagnostic::error(&code::BANG_LECH, bang.span, "Bảng không có hàng nào.")
                .hint("Thêm hàng, hoặc dùng khóa khi để bỏ cả bảng khi không có số liệu."),
        );
    }
    if let Err(problem) = grid.finish(bang.span) {
        x.diagnostics.push(problem);
    }
    Some(Table { caption, columns, rows: grid.rows })
}

/// A table typed with bars in outline text.
pub(super) fn from_pipes(
    x: &mut Expander<'_>,
    header: &[String],
    align: &[Option<Align>],
    rows: &[(Span, Vec<String>)],
    span: Span,
) -> Option<Table> {
    let mut cell = |text: &String, span: Span| Line { inlines: x.inlines(text, span, |_| span), span };
    let columns: Vec<Column> = header
        .iter()
        .enumerate()
        .map(|(i, h)| Column { name: cell(h, span), width: ColumnWidth::Auto, align: align.get(i).copied().flatten() })
        .collect();
    let mut grid = Grid::new(columns.len());
    for (span, row) in rows {
        let cells: Vec<(Vec<Line>, usize, usize)> =
            row.iter().map(|c| (vec![cell(c, *span)].into_iter().filter(|l| !l.is_empty()).collect(), 1, 1)).collect();
        if let Err(problem) = grid.add(cells, *span) {
            x.diagnostics.push(problem);
            return None;
        }
    }
    Some(Table { caption: None, columns, rows: grid.rows })
}

/// The paragraphs of a cell: its texts, each line of a text on its own.
fn paragraphs(x: &mut Expander<'_>, texts: &[Text]) -> Vec<Line> {
    texts.iter().flat_map(|text| x.split(text, |line| !line.ends_with('\\'))).collect()
}

/// The lines of a cell from a file: data, never markup.
fn plain_lines(text: &str, span: Span) -> Vec<Line> {
    text.lines()
        .map(|l| l.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|l| !l.is_empty())
        .map(|l| Line::text(l, span))
        .collect()
}

/// For each column of the table, its column in the file.
fn pick(columns: &[Column], header: &[String], file: &str, span: Span) -> Result<Vec<usize>, Diagnostic> {
    let mut order = Vec::new();
    for column in columns {
        let name = column.name.plain();
        match header.iter().position(|h| h.trim() == name) {
            Some(index) => order.push(index),
            None => {
                let message = format!("Tệp {file} không có cột “{name}” của bảng.");
                let hint = format!("Dòng đầu của tệp có các cột: {}. Sửa tên cột cho trùng nhau.", header.join(", "));
                return Err(Diagnostic::error(&code::SO_LIEU_SAI, span, message).hint(hint));
            }
        }
    }
    Ok(order)
}

/// Puts cells at their columns while spans from above are open.
struct Grid {
    width: usize,
    /// For each column, how many further rows a cell from above covers.
    covered: Vec<usize>,
    rows: Vec<Row>,
}

impl Grid {
    fn new(width: usize) -> Self {
        Grid { width, covered: vec![0; width], rows: Vec::new() }
    }

    fn add(&mut self, cells: Vec<(Vec<Line>, usize, usize)>, span: Span) -> Result<(), Diagnostic> {
        let free = self.covered.iter().filter(|c| **c == 0).count();
        let needed: usize = cells.iter().map(|(_, colspan, _)| *colspan).sum();
        if needed != free {
            let covered = self.width - free;
            let note =
                if covered > 0 { format!(" ({covered} cột đã có ô từ hàng trên)") } else { String::new() };
            return Err(Diagnostic::error(
                &code::BANG_LECH,
                span,
                format!("Hàng này có {needed} ô, bảng có {free} cột để đặt ô{note}."),
            )
            .hint("Thêm hoặc bớt ô cho đủ; ô trống viết là \"\"."));
        }
        let mut taken = self.covered.clone();
        let mut placed = Vec::new();
        let mut column = 0;
        for (lines, colspan, rowspan) in cells {
            while taken.get(column).is_some_and(|c| *c > 0) {
                column += 1;
            }
            let end = column + colspan;
            if taken.get(column..end).is_none_or(|t| t.iter().any(|c| *c > 0)) {
                return Err(Diagnostic::error(&code::BANG_LECH, span, "Một ô của hàng này chồng lên ô từ hàng trên.")
                    .hint("Giảm số cột mà ô chiếm, hoặc số hàng của ô phía trên."));
            }
            for slot in &mut taken[column..end] {
                *slot = rowspan;
            }
            placed.push(Cell { column, colspan, rowspan, lines });
            column = end;
        }
        self.covered = taken.into_iter().map(|c| c.saturating_sub(1)).collect();
        self.rows.push(Row { cells: placed });
        Ok(())
    }

    fn finish(&self, span: Span) -> Result<(), Diagnostic> {
        if self.covered.iter().any(|c| *c > 0) {
            return Err(Diagnostic::error(
                &code::BANG_LECH,
                span,
                "Có ô chiếm nhiều hàng hơn số hàng còn lại của bảng.",
            )
            .hint("Giảm số hàng mà ô chiếm, hoặc thêm hàng."));
        }
        Ok(())
    }
}
