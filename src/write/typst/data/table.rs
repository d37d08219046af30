//! Tables for the template: rows with the page breaks between them, footnotes of merged cells, cells that are printed again.

use super::Data;
use super::thing::{Again, Cell, Note, Par, Run};
use crate::decree30::lengths::CELL_INSET;
use crate::decree30::style::Component;
use crate::decree30::units::Pt;
use crate::sheet::{self, Table};

impl Data<'_> {
    /// The rows of a table. Where a page must begin before a row, a row without height stands in front of it, which ends
    /// the page.
    pub(super) fn rows(&self, table: &Table) -> Vec<Vec<Cell>> {
        let mut out: Vec<Vec<Cell>> = Vec::new();
        // For each column the cell of an earlier row that reaches down to this one.
        let mut open: Vec<Option<Reaching>> = vec![None; table.widths.len()];
        // Cells that are printed again, their column, the rows that they still reach.
        let mut again: Vec<(Again, usize, usize)> = Vec::new();
        for (index, row) in table.rows.iter().enumerate() {
            let first = self.pars.get();
            let mut cells = self.cells(row, &table.widths);
            if let Some(cell) = cells.iter_mut().find(|c| c.rowspan == 1) {
                cell.height = table.row_height;
            }
            if index > 0 && self.breaks.range(first..self.pars.get()).next().is_some() {
                end_page(&mut out, &open);
            }
            for (place, cell) in row.iter().enumerate().filter(|(_, c)| c.rowspan > 1) {
                for slot in open.iter_mut().skip(cell.column).take(cell.colspan) {
                    *slot = Some(Reaching { row: out.len(), place, left: cell.rowspan });
                }
            }
            for (cell, made) in row.iter().zip(&cells).filter(|(c, _)| c.repeated) {
                again.push((self.again(cell, made, table), cell.column, cell.rowspan));
            }
            out.push(cells);
            if let Some(host) = row.iter().position(|c| c.rowspan == 1)
                && let Some(cell) = out.last_mut().and_then(|r| r.get_mut(host))
            {
                let left = |column: usize| table.widths.iter().take(column).map(|w| w.0).sum::<f64>();
                let beside = |(again, column, _): &(Again, usize, usize)| Again {
                    offset: left(*column) - left(row[host].column),
                    ..again.clone()
                };
                cell.again = again.iter().map(beside).collect();
            }
            again.iter_mut().for_each(|(_, _, left)| *left -= 1);
            again.retain(|(_, _, left)| *left > 0);
            for slot in &mut open {
                *slot = slot.and_then(|r| (r.left > 1).then_some(Reaching { left: r.left - 1, ..r }));
            }
        }
        out
    }

    /// What is printed again of a cell. The text that was typed is read once; this is no part of the document.
    fn again(&self, cell: &sheet::Cell, made: &Cell, table: &Table) -> Again {
        let mut pars = made.pars.clone();
        for par in &mut pars {
            par.runs.retain(|run| !matches!(run, Run::NoteNumber { .. }));
        }
        let width: f64 = table.widths.iter().skip(cell.column).take(cell.colspan).map(|w| w.0).sum();
        let label = self.repeated.replace(self.repeated.get() + 1);
        Again { label, width: width - CELL_INSET.0.0 * 2.0, offset: 0.0, pars }
    }

    pub(super) fn cells(&self, cells: &[sheet::Cell], widths: &[Pt]) -> Vec<Cell> {
        let mut out = self.plain_cells(cells, widths);
        if cells.iter().any(|c| c.rowspan > 1 && c.pars.iter().any(sheet::Par::has_note)) {
            self.move_notes(cells, &mut out);
        }
        out
    }

    /// Typst lays cells that span rows out last, so their footnotes would be numbered last. Each stands, unseen, in the
    /// neighbour of one row that is read before or after it, and the cell refers to it.
    fn move_notes(&self, cells: &[sheet::Cell], out: &mut [Cell]) {
        let mut waiting: Vec<Run> = Vec::new();
        let mut anchor: Option<usize> = None;
        for (i, cell) in cells.iter().enumerate() {
            if cell.rowspan == 1 {
                let before = std::mem::take(&mut waiting);
                put_notes(&mut out[i], before, true);
                anchor = Some(i);
                continue;
            }
            for par in &mut out[i].pars {
                for run in &mut par.runs {
                    let Run::Note(note) = run else { continue };
                    let label = self.notes.replace(self.notes.get() + 1);
                    let runs = std::mem::take(&mut note.runs);
                    waiting.push(Run::Note(Note { runs, label: Some(label), index: Some(par.index) }));
                    *run = Run::NoteNumber { label };
                }
            }
        }
        if let Some(i) = anchor {
            put_notes(&mut out[i], waiting, false);
        }
    }

    fn plain_cells(&self, cells: &[sheet::Cell], widths: &[Pt]) -> Vec<Cell> {
        let cell = |c: &sheet::Cell| {
            let columns = widths.iter().skip(c.column).take(c.colspan);
            let width = Pt(columns.map(|w| w.0).sum::<f64>() - CELL_INSET.0.0 * 2.0);
            // Rows are kept with what follows by page breaks, if need be.
            let pars = c.pars.iter().map(|p| Par { keep_next: false, ..self.par(p, Pt(0.0), width) }).collect();
            Cell { pars, top: c.top, ..bare(c.column, c.colspan, c.rowspan, c.breakable) }
        };
        cells.iter().map(cell).collect()
    }
}

/// A cell of an earlier row: its row, its place in that row, how many more rows it reaches.
#[derive(Clone, Copy)]
struct Reaching {
    row: usize,
    place: usize,
    left: usize,
}

fn bare(column: usize, colspan: usize, rowspan: usize, breakable: bool) -> Cell {
    Cell {
        column,
        colspan,
        rowspan,
        breakable,
        top: false,
        height: None,
        ends_page: None,
        again: Vec::new(),
        pars: Vec::new(),
    }
}

/// Adds the row without height that ends the page. Cells that reach over it span one row more.
fn end_page(rows: &mut Vec<Vec<Cell>>, open: &[Option<Reaching>]) {
    let free = open.iter().enumerate().filter(|(_, reaching)| reaching.is_none());
    let ends = free.enumerate().map(|(i, (column, _))| Cell { ends_page: Some(i == 0), ..bare(column, 1, 1, true) });
    rows.push(ends.collect());
    let mut spanning: Vec<(usize, usize)> = open.iter().flatten().map(|r| (r.row, r.place)).collect();
    spanning.dedup();
    for (row, place) in spanning {
        if let Some(cell) = rows.get_mut(row).and_then(|r| r.get_mut(place)) {
            cell.rowspan += 1;
        }
    }
}

/// Puts unseen footnotes into a cell, before or behind its text.
fn put_notes(cell: &mut Cell, notes: Vec<Run>, before: bool) {
    if notes.is_empty() {
        return;
    }
    if cell.pars.is_empty() {
        let style = Component::OBang.id();
        let (heading, align, indent, marker) = (None, None, None, None);
        let (above, keep_next, runs) = (Pt(0.0), false, Vec::new());
        cell.pars.push(Par { index: 0, style, above, keep_next, heading, align, indent, marker, runs });
    }
    let par = if before { cell.pars.first_mut() } else { cell.pars.last_mut() };
    if let Some(par) = par {
        let at = if before { 0 } else { par.runs.len() };
        par.runs.splice(at..at, notes);
    }
}
