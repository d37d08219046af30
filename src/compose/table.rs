//! Tables: widths in whole twips, header, cells. The decree does not regulate their type; practice is followed.

use super::Composer;
use crate::decree30::style::{Align, Component};
use crate::decree30::units::Pt;
use crate::diagnostic::{Diagnostic, code};
use crate::document::{Column, Line, Table};
use crate::draft::ColumnWidth;
use crate::sheet::{self, Item, Par, Run};
use crate::source::Span;

/// Air between the text of a cell and its lines, each side; what Word does.
pub const CELL_INSET: Pt = Pt(5.4);

/// A row is let break when it is taller than this part of the text area: lines are estimated, and the header row
/// takes room too.
const TALL_ROW: f64 = 0.7;

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
            par.after = Some(Pt(4.0));
            out.push(Item::Par(par));
        }
        let widths = self.column_widths(table, span);
        let header = table.columns.iter().enumerate().map(|(i, column)| {
            let mut par = self.cell_par(&column.name, Component::DauCot, None, widths[i]);
            self.plain_header(&mut par);
            let pars = vec![par];
            sheet::Cell { column: i, colspan: 1, rowspan: 1, breakable: false, pars }
        });
        let header = header.collect();
        let mut rows = Vec::new();
        for row in &table.rows {
            let mut cells = Vec::new();
            let mut tallest = 0.0f64;
            for cell in &row.cells {
                let width = Pt(widths[cell.column..cell.column + cell.colspan].iter().map(|w| w.0).sum());
                let align = if cell.colspan > 1 { None } else { alignment(&table.columns[cell.column]) };
                let pars: Vec<Par> =
                    cell.lines.iter().map(|l| self.cell_par(l, Component::OBang, align, width)).collect();
                tallest = tallest.max(self.height(&pars, width - CELL_INSET * 2.0));
                let (column, colspan, rowspan) = (cell.column, cell.colspan, cell.rowspan);
                cells.push(sheet::Cell { column, colspan, rowspan, breakable: rowspan > 1, pars });
            }
            if tallest > self.page_height() * TALL_ROW {
                cells.iter_mut().for_each(|c| c.breakable = true);
            }
            rows.push(cells);
        }
        out.push(Item::Table(sheet::Table { widths, header, rows }));
        out.push(Item::Space(Pt(6.0)));
        out
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
        let widest = self.widest_piece(&runs, self.styles.get(style).size);
        self.check_words(widest, width - CELL_INSET * 2.0, line.span);
        let mut par = Par::new(style, runs, line.span);
        par.align = align;
        par
    }

    /// Fixed widths as given; columns without a width as their text asks; the rest shared out by fractions. Whole twips
    /// that add up to the text width at most.
    fn column_widths(&mut self, table: &Table, span: Span) -> Vec<Pt> {
        let columns = &table.columns;
        let mut fixed = 0.0;
        let mut fractions = 0.0;
        let mut asked: Vec<Option<Ask>> = Vec::new();
        for (index, column) in columns.iter().enumerate() {
            match column.width {
                ColumnWidth::Fixed(mm) => fixed += mm.to_pt().0,
                ColumnWidth::Part(part) => fixed += self.width.0 * part,
                ColumnWidth::Fraction(n) => fractions += n,
                ColumnWidth::Auto => {}
            }
            asked.push((column.width == ColumnWidth::Auto).then(|| self.ask(table, index)));
        }
        let least = CELL_INSET.0 * 2.0;
        let minimum: f64 = asked.iter().flatten().map(|a| a.least).sum();
        let wanted: f64 = asked.iter().flatten().map(|a| a.whole).sum();
        let rest = self.width.0 - fixed;
        if rest < minimum - 0.1 || (fractions > 0.0 && rest - minimum < least) {
            let (has, wants) = (self.width.to_mm().0, Pt(fixed + minimum).to_mm().0);
            self.diagnostics.push(
                Diagnostic::error(
                    &code::BANG_LECH,
                    span,
                    format!("Các cột của bảng rộng {wants:.0} mm, khổ chữ chỉ có {has:.0} mm."),
                )
                .hint(
                    "Giảm chiều rộng các cột, dùng fr cho cột dài, hoặc đặt bảng vào phụ lục khổ ngang (huong: ngang).",
                ),
            );
        }
        // Beside columns in fr, a column without a width takes what its text asks for, up to a third of the rest.
        let auto_room = if fractions > 0.0 { wanted.min((rest / 3.0).max(minimum)) } else { rest };
        let spare = (auto_room - minimum).max(0.0);
        let extra: f64 = asked.iter().flatten().map(|a| a.whole - a.least).sum();
        let floor = |w: f64| Pt((w.max(least) * 20.0).floor() / 20.0);
        columns
            .iter()
            .zip(&asked)
            .map(|(column, ask)| match (column.width, ask) {
                (ColumnWidth::Fixed(mm), _) => floor(mm.to_pt().0),
                (ColumnWidth::Part(part), _) => floor(self.width.0 * part),
                (ColumnWidth::Fraction(n), _) => floor((rest - auto_room) * n / fractions),
                (ColumnWidth::Auto, Some(a)) if extra > 0.0 => floor(a.least + spare * (a.whole - a.least) / extra),
                (ColumnWidth::Auto, _) => floor(auto_room / asked.iter().flatten().count().max(1) as f64),
            })
            .collect()
    }

    /// What the text of a column asks for: its widest piece, and its longest cell on one line up to the text width.
    fn ask(&self, table: &Table, index: usize) -> Ask {
        let mut ask = Ask { least: 0.0, whole: 0.0 };
        let mut look = |line: &Line, style: Component| {
            let runs = self.runs(line, style);
            let size = self.styles.get(style).size;
            ask.least = ask.least.max(self.widest_piece(&runs, size).0);
            ask.whole = ask.whole.max(self.width_of(&runs, size).0.min(self.width.0));
        };
        if let Some(column) = table.columns.get(index) {
            look(&column.name, Component::DauCot);
        }
        for cell in table.rows.iter().flat_map(|r| &r.cells).filter(|c| c.column == index && c.colspan == 1) {
            cell.lines.iter().for_each(|l| look(l, Component::OBang));
        }
        let air = CELL_INSET.0 * 2.0 + 1.0;
        Ask { least: ask.least + air, whole: ask.whole + air + 1.0 }
    }
}

struct Ask {
    least: f64,
    whole: f64,
}

/// The column's own alignment; a column of running numbers is centred.
fn alignment(column: &Column) -> Option<Align> {
    column.align.or_else(|| {
        matches!(column.name.plain().to_uppercase().as_str(), "STT" | "TT" | "SỐ TT").then_some(Align::Center)
    })
}
