//! Tables: widths in whole twips, header, cells. The decree does not regulate their type; practice is followed.

use super::Composer;
use crate::decree30::style::{Align, Component};
use crate::decree30::units::Pt;
use crate::diagnostic::{Diagnostic, code};
use crate::document::{Column, Line, Table};
use crate::draft::ColumnWidth;
use crate::sheet::{self, Item, Par};
use crate::source::Span;

/// Air between the text of a cell and its lines, each side; what Word does.
pub const CELL_INSET: Pt = Pt(5.4);

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
        let widths = self.column_widths(&table.columns, span);
        let header = table.columns.iter().enumerate().map(|(i, column)| {
            let pars = vec![self.cell_par(&column.name, Component::DauCot, None, widths[i])];
            sheet::Cell { column: i, colspan: 1, rowspan: 1, pars }
        });
        let header = header.collect();
        let mut rows = Vec::new();
        for row in &table.rows {
            let mut cells = Vec::new();
            for cell in &row.cells {
                let width = Pt(widths[cell.column..cell.column + cell.colspan].iter().map(|w| w.0).sum());
                let align = if cell.colspan > 1 { None } else { alignment(&table.columns[cell.column]) };
                let pars = cell.lines.iter().map(|l| self.cell_par(l, Component::OBang, align, width)).collect();
                cells.push(sheet::Cell { column: cell.column, colspan: cell.colspan, rowspan: cell.rowspan, pars });
            }
            rows.push(cells);
        }
        let summary = table.caption.as_ref().map(Line::plain);
        out.push(Item::Table(sheet::Table { widths, header, rows, summary }));
        out.push(Item::Space(Pt(6.0)));
        out
    }

    fn cell_par(&mut self, line: &Line, style: Component, align: Option<Align>, width: Pt) -> Par {
        let runs = self.runs(line, style);
        let widest = self.widest_piece(&runs, self.styles.get(style).size);
        self.check_words(widest, width - CELL_INSET * 2.0, line.span);
        let mut par = Par::new(style, runs, line.span);
        par.align = align;
        par
    }

    /// Fixed widths as given; the rest is shared out by fractions. Whole twips that add up to the text width at most.
    fn column_widths(&mut self, columns: &[Column], span: Span) -> Vec<Pt> {
        let mut fixed = 0.0;
        let mut fractions = 0.0;
        for column in columns {
            match column.width {
                ColumnWidth::Fixed(mm) => fixed += mm.to_pt().0,
                ColumnWidth::Part(part) => fixed += self.width.0 * part,
                ColumnWidth::Fraction(n) => fractions += n,
            }
        }
        let rest = self.width.0 - fixed;
        let least = CELL_INSET.0 * 2.0;
        if rest < -0.1 || (fractions > 0.0 && rest < least) {
            let (has, wants) = (self.width.to_mm().0, Pt(fixed).to_mm().0);
            self.diagnostics.push(
                Diagnostic::error(&code::BANG_LECH, span, format!("Các cột của bảng rộng {wants:.0} mm, khổ chữ chỉ có {has:.0} mm."))
                    .hint("Giảm chiều rộng các cột, dùng fr cho cột dài, hoặc đặt bảng vào phụ lục khổ ngang (huong: ngang)."),
            );
        }
        let floor = |w: f64| Pt((w.max(least) * 20.0).floor() / 20.0);
        columns
            .iter()
            .map(|column| match column.width {
                ColumnWidth::Fixed(mm) => floor(mm.to_pt().0),
                ColumnWidth::Part(part) => floor(self.width.0 * part),
                ColumnWidth::Fraction(n) => floor(rest * n / fractions),
            })
            .collect()
    }
}

/// The column's own alignment; a column of running numbers is centred.
fn alignment(column: &Column) -> Option<Align> {
    column.align.or_else(|| matches!(column.name.plain().to_uppercase().as_str(), "STT" | "TT" | "SỐ TT").then_some(Align::Center))
}
