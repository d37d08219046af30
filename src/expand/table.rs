//! Tables: rows repeated, read from a file, or typed with bars; every cell put at its column.

use super::{Expander, trace};
use crate::decree30::style::Align;
use crate::diagnostic::{Diagnostic, code};
use crate::document::{Cell, Column, Line, Numbers, Row, Table};
use crate::draft::{Bang, ColumnWidth, Cot, Hang, OBang, SoCot, Text};
use crate::source::Span;

/// A table of the plan; `None` where an error was reported that leaves no table.
pub(super) fn expand(x: &mut Expander<'_>, bang: &Bang) -> Option<Table> {
    let caption = bang.tieu_de.as_ref().map(|t| x.line(t)).filter(|l| !l.is_empty());
    let unit = bang.don_vi_tinh.as_ref().map(|t| x.line(t)).filter(|l| !l.is_empty());
    let Heading { columns, rows: head } = heading(x, &bang.cot);
    if columns.is_empty() {
        return None;
    }
    let numbers = numbers(x, &bang.so_cot, columns.len());
    let mut grid = Grid::new(columns.len());
    bang.hang.iter().for_each(|hang| typed_row(x, hang, &mut grid));
    if let Some(path) = &bang.tu_tep {
        rows_of_file(x, path, &columns, &mut grid)?;
    }
    if grid.rows.is_empty() && x.diagnostics.is_empty() {
        x.diagnostics.push(
            Diagnostic::error(&code::BANG_LECH, bang.span, "Bảng không có hàng nào.")
                .hint("Thêm hàng, hoặc dùng khóa khi để bỏ cả bảng khi không có số liệu."),
        );
    }
    x.noted(grid.finish(bang.span));
    Some(Table { caption, unit, columns, head, numbers, row_height: bang.cao_hang, rows: grid.rows })
}

/// A row of the plan, as often as it is repeated.
fn typed_row(x: &mut Expander<'_>, hang: &Hang, grid: &mut Grid) {
    x.each(hang.lap.as_ref(), hang.khi.as_ref(), |x| {
        let cell =
            |o: &OBang| Put { lines: paragraphs(x, &o.noi_dung), colspan: o.cot, rowspan: o.hang, repeated: o.lap_lai };
        let cells = hang.o.iter().map(cell).collect();
        x.noted(grid.add(cells, hang.span));
    });
}

/// The rows of a file, by the names of its columns. `None` where an error was reported.
fn rows_of_file(x: &mut Expander<'_>, path: &Text, columns: &[Column], grid: &mut Grid) -> Option<()> {
    let before = x.diagnostics.len();
    let name = x.plain(path);
    if x.diagnostics.len() > before {
        return None;
    }
    let read = x.files.rows(&name, path.span);
    let rows = x.noted(read)?;
    // Rows are read once for all places that name the file.
    x.diagnostics.extend(rows.told.iter().cloned().map(|d| Diagnostic { span: Some(path.span), ..d }));
    let order = x.noted(pick(columns, &rows.header, &name, path.span))?;
    for row in &rows.rows {
        let cell = |i: &usize| Put::one(plain_lines(row.get(*i).map_or("", String::as_str), path.span));
        let cells: Vec<Put> = order.iter().map(cell).collect();
        cells.iter().flat_map(|c| &c.lines).for_each(|l| x.said.add(l.span, &l.inlines));
        x.noted(grid.add(cells, path.span));
    }
    Some(())
}

impl Expander<'_> {
    /// What was got; a problem is reported.
    fn noted<T>(&mut self, result: Result<T, Diagnostic>) -> Option<T> {
        result.map_err(|problem| self.diagnostics.push(problem)).ok()
    }
}

/// The columns of cells, and the rows of the heading above them.
struct Heading {
    columns: Vec<Column>,
    rows: Vec<Row>,
}

/// A column without columns of its own reaches down to the last row of the heading.
fn heading(x: &mut Expander<'_>, all: &[Cot]) -> Heading {
    fn depth(all: &[Cot]) -> usize {
        all.iter().map(|c| 1 + depth(&c.cot)).max().unwrap_or(0)
    }
    fn put(x: &mut Expander<'_>, all: &[Cot], row: usize, group: &str, out: &mut Heading) {
        for cot in all {
            let name = x.line(&cot.ten);
            let column = out.columns.len();
            let deepest = out.rows.len();
            let full_name = if group.is_empty() { name.plain() } else { format!("{group} - {}", name.plain()) };
            if cot.cot.is_empty() {
                out.columns.push(Column { name: name.clone(), full_name, width: cot.rong, align: cot.canh });
            } else {
                put(x, &cot.cot, row + 1, &full_name, out);
            }
            let rowspan = if cot.cot.is_empty() { deepest - row } else { 1 };
            let colspan = out.columns.len() - column;
            let lines = if name.is_empty() { Vec::new() } else { vec![name] };
            out.rows[row].cells.push(Cell { column, colspan, rowspan, repeated: false, lines });
        }
    }
    let rows = (0..depth(all)).map(|_| Row { cells: Vec::new() }).collect();
    let mut out = Heading { columns: Vec::new(), rows };
    put(x, all, 0, "", &mut out);
    out
}

/// The row of column numbers: counted, or one text a column.
fn numbers(x: &mut Expander<'_>, so_cot: &SoCot, columns: usize) -> Option<Numbers> {
    match so_cot {
        SoCot::Khong => None,
        SoCot::Dem => Some(Numbers::Counted),
        SoCot::Chu(texts, span) => {
            if texts.len() != columns {
                let message = format!("so_cot có {} chữ, bảng có {columns} cột.", texts.len());
                let hint = "Viết mỗi cột một chữ, kể cả các cột con, hoặc viết so_cot: true.";
                x.diagnostics.push(Diagnostic::error(&code::BANG_LECH, *span, message).hint(hint));
                return None;
            }
            Some(Numbers::Typed(texts.iter().map(|t| x.line(t)).collect()))
        }
    }
}

/// A row of outline text, with bars or tabs between its cells.
pub(super) struct Piped {
    /// Its place in the plan.
    pub(super) span: Span,
    /// Where it begins in the rendered text.
    pub(super) at: usize,
    /// Its cells, as typed.
    pub(super) cells: Vec<String>,
}

/// A table typed with bars in outline text.
pub(super) fn from_pipes(
    x: &mut Expander<'_>,
    align: &[Option<Align>],
    rows: &[Piped],
    whole: Option<(&str, &[u32])>,
) -> Option<Table> {
    let (head, body) = rows.split_first()?;
    let mut lines = |row: &Piped| -> Vec<Line> {
        let mut from = row.at;
        let cell = |text: &String| {
            let bytes = whole.map(|(rendered, bytes)| {
                let (part, end) = trace::follow(rendered, bytes, from, text);
                from = end;
                part
            });
            x.said_line(text, row.span, |_| row.span, bytes)
        };
        row.cells.iter().map(cell).collect()
    };
    let columns: Vec<Column> = lines(head)
        .into_iter()
        .enumerate()
        .map(|(i, name)| {
            let full_name = name.plain();
            Column { name, full_name, width: ColumnWidth::Auto, align: align.get(i).copied().flatten() }
        })
        .collect();
    let body: Vec<(Span, Vec<Line>)> = body.iter().map(|row| (row.span, lines(row))).collect();
    if body.is_empty() {
        x.diagnostics.push(Diagnostic::error(&code::BANG_LECH, head.span, "Bảng không có hàng nào.").hint(
            "Các hàng đứng liền dưới dòng | --- |, ô ngăn bằng | như dòng tên cột (hoặc bằng Tab nếu tên cột ngăn bằng Tab).",
        ));
        return None;
    }
    let mut grid = Grid::new(columns.len());
    for (span, row) in body {
        let cells = row.into_iter().map(|l| Put::one(if l.is_empty() { Vec::new() } else { vec![l] })).collect();
        if let Err(problem) = grid.add(cells, span) {
            x.diagnostics.push(problem);
            return None;
        }
    }
    let names = columns.iter().enumerate().map(|(column, c)| {
        let lines = vec![c.name.clone()].into_iter().filter(|l| !l.is_empty()).collect();
        Cell { column, colspan: 1, rowspan: 1, repeated: false, lines }
    });
    let head = vec![Row { cells: names.collect() }];
    Some(Table { caption: None, unit: None, columns, head, numbers: None, row_height: None, rows: grid.rows })
}

/// The paragraphs of a cell: its texts, each line of a text on its own.
fn paragraphs(x: &mut Expander<'_>, texts: &[Text]) -> Vec<Line> {
    x.lines(texts)
}

/// The lines of a cell from a file: data, never markup.
fn plain_lines(text: &str, span: Span) -> Vec<Line> {
    text.lines()
        .map(|l| l.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|l| !l.is_empty())
        .map(|l| Line::text(l, span))
        .collect()
}

/// For each column of the table, its column in the file: by its own name, or, as it must be where two groups have columns of
/// one name, with the group's before it.
fn pick(columns: &[Column], header: &[String], file: &str, span: Span) -> Result<Vec<usize>, Diagnostic> {
    let mut order = Vec::new();
    for column in columns {
        let (own, full) = (column.name.plain(), &column.full_name);
        let shared = columns.iter().filter(|c| c.name.plain() == own).count() > 1 && *full != own;
        let name = if shared { full } else { &own };
        // A line break or another case is no other heading, unless some heading is the very same.
        let alike = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        let near = || {
            let mut found = header.iter().enumerate().filter(|(_, h)| [alike(name), alike(full)].contains(&alike(h)));
            found.next().filter(|_| found.next().is_none()).map(|(i, _)| i)
        };
        match header.iter().position(|h| h.trim() == name || h.trim() == full).or_else(near) {
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

/// A cell that has no column yet.
struct Put {
    lines: Vec<Line>,
    colspan: usize,
    rowspan: usize,
    repeated: bool,
}

impl Put {
    /// A cell of one column and one row.
    fn one(lines: Vec<Line>) -> Put {
        Put { lines, colspan: 1, rowspan: 1, repeated: false }
    }
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

    fn add(&mut self, cells: Vec<Put>, span: Span) -> Result<(), Diagnostic> {
        let free = self.covered.iter().filter(|c| **c == 0).count();
        let needed: usize = cells.iter().map(|c| c.colspan).sum();
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
        for Put { lines, colspan, rowspan, repeated } in cells {
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
            placed.push(Cell { column, colspan, rowspan, repeated, lines });
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
