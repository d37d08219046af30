//! Tables: with lines, and without for the letterhead and the signature.

use super::builder::{Builder, bare};
use super::gaps::Piece;
use super::styles::{COLUMNS, TABLE};
use crate::decree30::style::Component;
use crate::decree30::units::Pt;
use crate::sheet::{Cell, Columns, Table};
use docx_rs::{
    HeightRule, Paragraph, TableAlignmentType, TableCell, TableLayoutType, TableProperty, TableRow, VAlignType,
    VMergeType, WidthType,
};

/// Whether a row stays on the page of what follows.
pub(super) fn is_kept(row: &[Cell]) -> bool {
    row.iter().flat_map(|c| &c.pars).any(|p| p.keep_next)
}

impl Builder<'_> {
    pub(super) fn columns(&mut self, columns: &Columns) -> docx_rs::Table {
        let mut rows = Vec::new();
        for row in &columns.rows {
            let mut cells = Vec::new();
            for (items, width) in row.iter().zip(&columns.widths) {
                let pieces = self.pieces(items, *width, Pt(0.0), true);
                let mut cell = TableCell::new().width(self.width(*width), WidthType::Dxa);
                for piece in pieces {
                    cell = match piece {
                        Piece::Par(par) => cell.add_paragraph(*par),
                        Piece::Table { table, .. } => cell.add_table(*table),
                    };
                }
                cells.push(cell);
            }
            let row = TableRow::new(cells);
            rows.push(if columns.breakable { row } else { row.cant_split() });
        }
        self.frame(rows, &columns.widths, COLUMNS, TableAlignmentType::Left)
    }

    pub(super) fn table(&mut self, table: &Table) -> docx_rs::Table {
        let count = table.widths.len();
        let mut rows = Vec::new();
        // Rows still to be covered by a cell above, by column: how many, and how many columns it spans.
        let mut covered: Vec<(usize, usize)> = vec![(0, 1); count];
        // Whether the text of the last cell of a column begins at its top: those that go on with it are set as it is.
        let mut tops = vec![false; count];
        for (index, row) in table.header.iter().chain(&table.rows).enumerate() {
            let mut cells = Vec::new();
            let mut column = 0;
            while column < count {
                let here = row.iter().find(|c| c.column == column);
                let (cell, span) = match here {
                    Some(cell) => {
                        let span = cell.colspan.clamp(1, count - column);
                        if cell.rowspan > 1 {
                            covered[column] = (cell.rowspan - 1, span);
                        }
                        (self.cell(cell, is_kept(row)), span)
                    }
                    None => {
                        let (left, span) = covered[column];
                        let span = if left > 0 { span } else { 1 };
                        let mut cell = TableCell::new().add_paragraph(self.empty(is_kept(row)));
                        if left > 0 {
                            covered[column].0 -= 1;
                            cell = cell.vertical_merge(VMergeType::Continue);
                        }
                        (cell, span)
                    }
                };
                tops[column] = here.map_or(tops[column], |cell| cell.top);
                let align = if tops[column] { VAlignType::Top } else { VAlignType::Center };
                let width = table.widths[column..(column + span).min(count)].iter().map(|w| self.width(*w)).sum();
                let mut cell = cell.width(width, WidthType::Dxa).vertical_align(align);
                if span > 1 {
                    cell = cell.grid_span(span);
                }
                cells.push(cell);
                column += span;
            }
            let breakable = row.iter().any(|c| c.breakable && c.rowspan == 1);
            let mut made = TableRow::new(cells);
            if let Some(height) = table.row_height.filter(|_| index >= table.header.len()) {
                made = made.row_height(self.width(height) as f32).height_rule(HeightRule::AtLeast);
            }
            rows.push(if breakable && index >= table.header.len() { made } else { made.cant_split() });
        }
        self.frame(rows, &table.widths, TABLE, TableAlignmentType::Center)
    }

    fn empty(&self, kept: bool) -> Paragraph {
        let par = bare().style(self.ids.component(Component::OBang));
        if kept { par.keep_next(true) } else { par }
    }

    pub(super) fn cell(&mut self, cell: &Cell, kept: bool) -> TableCell {
        let mut out = TableCell::new();
        for par in &cell.pars {
            let made = self.paragraph(par);
            out = out.add_paragraph(made);
        }
        if cell.pars.is_empty() {
            out = out.add_paragraph(self.empty(kept));
        }
        if cell.rowspan > 1 {
            out = out.vertical_merge(VMergeType::Restart);
        }
        out
    }

    pub(super) fn frame(
        &self,
        rows: Vec<TableRow>,
        widths: &[Pt],
        style: &str,
        align: TableAlignmentType,
    ) -> docx_rs::Table {
        let grid: Vec<usize> = widths.iter().map(|w| self.width(*w)).collect();
        let whole = grid.iter().sum();
        let mut table = docx_rs::Table::without_borders(rows).set_grid(grid);
        table.property = TableProperty::without_borders()
            .style(self.ids.helper(style))
            .width(whole, WidthType::Dxa)
            .align(align)
            .layout(TableLayoutType::Fixed);
        table
    }
}
