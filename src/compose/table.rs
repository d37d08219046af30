//! Tables: header, cells; their widths stand in `widths`. The decree does not regulate their type; practice is followed.

use super::Composer;
use crate::decree30::lengths::{CELL_INSET, TABLE_RULE};
use crate::decree30::style::{Align, Component};
use crate::decree30::units::{Mm, Pt};
use crate::diagnostic::{Diagnostic, code};
use crate::document::{self, Column, Line, Numbers, Table};
use crate::sheet::{self, Item, Par, Run};
use crate::source::Span;

/// What stands before a unit that is typed without these words.
const UNIT: &str = "Đơn vị tính: ";
/// How a line that says it already begins, in lower case.
const UNIT_WORDS: [&str; 3] = ["đơn vị", "đvt", "đv tính"];

/// A row is let break when it is taller than this part of the text area, or a page would stay empty for it. Lines are
/// estimated, rather too many, and the header row takes room too.
const TALL_ROW: f64 = 0.4;

/// So is a row with footnotes in several cells, whose numbers a break would disturb, when no page has room for it.
const TALL_ROW_WITH_NOTES: f64 = 0.7;

/// So is the last row of a merged cell that needs this part of the text area beyond its rows.
const TALL_REST: f64 = 0.25;

impl Composer<'_> {
    /// Caption above, table, air below.
    pub(super) fn table(&mut self, table: &Table, span: Span) -> Vec<Item> {
        let mut out = Vec::new();
        if let Some(caption) = &table.caption {
            let style = Component::TenBang;
            let broken = self.balance(self.runs(caption, style), self.styles.get(style).size, self.width);
            self.check_words(broken.widest_word, self.width, caption.span);
            let mut par = Par::new(style, broken.runs, caption.span);
            par.keep_next = true;
            par.after = Some(Pt(if table.unit.is_some() { 0.0 } else { 4.0 }));
            out.push(Item::Par(par));
        }
        out.extend(table.unit.as_ref().map(|unit| Item::Par(self.unit(unit))));
        let widths = self.column_widths(table, span);
        let header = self.header(table, &widths);
        let mut rows = Vec::new();
        for row in &table.rows {
            let mut cells = Vec::new();
            let mut tallest = 0.0f64;
            for cell in &row.cells {
                let width = spanned(&widths, cell);
                let align = if cell.colspan > 1 { None } else { alignment(&table.columns[cell.column]) };
                let pars: Vec<Par> =
                    cell.lines.iter().map(|l| self.cell_par(l, Component::OBang, align, width)).collect();
                tallest = tallest.max(self.height(&pars, width - CELL_INSET.0 * 2.0));
                let (column, colspan, rowspan) = (cell.column, cell.colspan, cell.rowspan);
                let repeated = cell.repeated;
                cells.push(sheet::Cell {
                    column,
                    colspan,
                    rowspan,
                    repeated,
                    breakable: rowspan > 1,
                    top: false,
                    pars,
                });
            }
            let noted = cells.iter().filter(|c| c.pars.iter().any(Par::has_note)).count();
            let most = if noted > 1 { TALL_ROW_WITH_NOTES } else { TALL_ROW };
            if tallest > self.page_height() * most {
                cells.iter_mut().for_each(|c| c.breakable = true);
            }
            rows.push(cells);
        }
        self.let_break(&mut rows, &widths, table.row_height.map(Mm::to_pt));
        rows.iter().for_each(|cells| self.check_notes(cells));
        out.push(Item::Table(sheet::Table { widths, header, row_height: table.row_height.map(Mm::to_pt), rows }));
        out.push(Item::Space(Pt(6.0)));
        out
    }

    /// What a cell over several rows needs beyond them makes the last of them taller: that one may break over pages where
    /// it is much, or the cell would run off the page. Its text begins at its top: LibreOffice loses lines of such a
    /// cell of a Word file that stand in its middle.
    fn let_break(&self, rows: &mut [Vec<sheet::Cell>], widths: &[Pt], least: Option<Pt>) {
        let least = least.unwrap_or_default().0;
        let width = |c: &sheet::Cell| Pt(widths.iter().skip(c.column).take(c.colspan).map(|w| w.0).sum());
        let tall = |c: &sheet::Cell| self.height(&c.pars, width(c) - CELL_INSET.0 * 2.0);
        let of_row = |row: &Vec<sheet::Cell>| row.iter().filter(|c| c.rowspan == 1).map(tall).fold(least, f64::max);
        let heights: Vec<f64> = rows.iter().map(of_row).collect();
        // Notes in several cells of a row would be parted: it breaks only where no page has room for it.
        let noted: Vec<bool> =
            rows.iter().map(|r| r.iter().filter(|c| c.pars.iter().any(Par::has_note)).count() > 1).collect();
        let mut open = Vec::new();
        for (at, row) in rows.iter_mut().enumerate() {
            for cell in row.iter_mut().filter(|cell| cell.rowspan > 1) {
                let covered: f64 = heights.iter().skip(at).take(cell.rowspan).sum();
                let more = tall(cell) - covered;
                // Where it fills its rows for sure: else one would see where its text stands.
                let inner = width(cell) - CELL_INSET.0 * 2.0;
                let fills: f64 =
                    cell.pars.iter().map(|p| self.lines_in(p, inner) * self.styles.get(p.style).pitch.0).sum();
                cell.top = fills > covered;
                let last = at + cell.rowspan - 1;
                let least = if noted.get(last) == Some(&true) { TALL_ROW_WITH_NOTES } else { TALL_REST };
                open.extend((more > self.page_height() * least).then_some(last));
            }
        }
        for at in open {
            rows.get_mut(at).into_iter().flatten().for_each(|cell| cell.breakable = true);
        }
    }

    /// Footnotes are numbered as the cells are read. Two arrangements cannot be: a row all of whose cells reach into the
    /// next, and notes in several cells of a row that breaks over pages.
    fn check_notes(&mut self, cells: &[sheet::Cell]) {
        let noted = |c: &&sheet::Cell| c.pars.iter().any(Par::has_note);
        let place = |c: &sheet::Cell| c.pars.iter().find(|p| p.has_note()).map(|p| p.span);
        let (what, cell) = if cells.iter().all(|c| c.rowspan > 1) {
            ("Mọi ô của hàng này đều chiếm nhiều hàng nên chú thích không đánh số được", cells.iter().find(noted))
        } else if cells.iter().any(|c| c.breakable && c.rowspan == 1) {
            ("Hàng này cao quá một trang nên chỉ một ô mang chú thích được", cells.iter().filter(noted).nth(1))
        } else {
            return;
        };
        if let Some(span) = cell.and_then(place) {
            self.diagnostics.push(
                Diagnostic::error(&code::BANG_LECH, span, format!("{what}."))
                    .hint("Đưa chú thích ra đoạn văn trước hoặc sau bảng, hoặc tách hàng này thành nhiều hàng."),
            );
        }
    }

    /// The rows of the heading, and the row of column numbers under them.
    fn header(&mut self, table: &Table, widths: &[Pt]) -> Vec<Vec<sheet::Cell>> {
        let mut header = Vec::new();
        for row in &table.head {
            let cells = row.cells.iter().map(|cell| {
                let width = spanned(widths, cell);
                let pars = cell.lines.iter().map(|line| {
                    let mut par = self.cell_par(line, Component::DauCot, None, width);
                    self.plain_header(&mut par);
                    par
                });
                let pars = pars.collect();
                let (column, colspan, rowspan) = (cell.column, cell.colspan, cell.rowspan);
                sheet::Cell { column, colspan, rowspan, repeated: false, breakable: false, top: false, pars }
            });
            header.push(cells.collect());
        }
        if let Some(numbers) = &table.numbers {
            let cells = widths.iter().enumerate().map(|(column, width)| {
                let mut par = match numbers {
                    Numbers::Counted => {
                        let style = Component::OBang;
                        Par::new(style, vec![self.added(&format!("({})", column + 1), style)], Span::default())
                    }
                    Numbers::Typed(lines) => {
                        let empty = Line::default();
                        self.cell_par(lines.get(column).unwrap_or(&empty), Component::OBang, None, *width)
                    }
                };
                par.align = Some(Align::Center);
                self.plain_header(&mut par);
                sheet::Cell {
                    column,
                    colspan: 1,
                    rowspan: 1,
                    repeated: false,
                    breakable: false,
                    top: false,
                    pars: vec![par],
                }
            });
            header.push(cells.collect());
        }
        header
    }

    /// `Đơn vị tính: …`, flush right above the table.
    fn unit(&mut self, unit: &Line) -> Par {
        let style = Component::OBang;
        let mut runs = self.runs(unit, style);
        let typed = unit.plain().to_lowercase();
        if !UNIT_WORDS.iter().any(|word| typed.starts_with(word)) {
            runs.insert(0, self.added(UNIT, style));
        }
        for run in &mut runs {
            if let Run::Text(chars) | Run::Link(chars, _) = run {
                chars.italic = !chars.italic;
            }
        }
        let size = self.styles.get(style).size;
        self.check_runs(&runs, size, self.width, unit.span);
        let mut par = Par::new(style, runs, unit.span);
        par.align = Some(Align::Right);
        par.keep_next = true;
        par.after = Some(Pt(3.0));
        par
    }

    /// The header is repeated on every page, so it can hold neither links nor footnotes: their places would be many.
    fn plain_header(&mut self, par: &mut Par) {
        for run in &mut par.runs {
            match run {
                Run::Link(chars, _) => *run = Run::Text(chars.clone()),
                Run::Note(_) => self.diagnostics.push(
                    Diagnostic::error(
                        &code::BANG_LECH,
                        par.span,
                        "Tên cột không mang chú thích được, vì hàng đầu lặp lại ở mỗi trang.",
                    )
                    .hint("Đặt chú thích ở tên bảng hoặc ở đoạn văn trước bảng."),
                ),
                Run::Text(_) | Run::Break | Run::Entry(_) => {}
            }
        }
    }

    /// About how tall paragraphs are in a column; lines in a narrow one end early, so it is taken for a fifth narrower.
    fn height(&self, pars: &[Par], width: Pt) -> f64 {
        pars.iter().map(|p| self.lines_in(p, width * 0.8) * self.styles.get(p.style).pitch.0).sum()
    }

    fn cell_par(&mut self, line: &Line, style: Component, align: Option<Align>, width: Pt) -> Par {
        let runs = self.runs(line, style);
        // Word takes the half of the rules on both sides off the cell.
        let room = width - CELL_INSET.0 * 2.0 - TABLE_RULE;
        let size = self.styles.get(style).size;
        self.check_runs(&runs, size, room.max(Pt(0.0)), line.span);
        let mut par = Par::new(style, runs, line.span);
        par.align = align;
        par
    }
}

/// The width of the columns that a cell spans.
fn spanned(widths: &[Pt], cell: &document::Cell) -> Pt {
    Pt(widths.iter().skip(cell.column).take(cell.colspan).map(|w| w.0).sum())
}

/// The column's own alignment; a column of running numbers is centred.
fn alignment(column: &Column) -> Option<Align> {
    column.align.or_else(|| {
        matches!(column.name.plain().to_uppercase().as_str(), "STT" | "TT" | "SỐ TT").then_some(Align::Center)
    })
}
