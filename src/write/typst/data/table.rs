//! Tables for the template: rows with the page breaks between them, footnotes of merged cells, cells that are printed again.

use super::Data;
use crate::decree30::lengths::CELL_INSET;
use crate::decree30::style::Component;
use crate::decree30::units::Pt;
use crate::sheet::{Cell, Par, Table};
use serde_json::{Value, json};

impl Data<'_> {
    /// The rows of a table. Where a page must begin before a row, a row without height stands in front of it, which ends
    /// the page.
    pub(super) fn rows(&self, table: &Table) -> Vec<Value> {
        let mut out: Vec<Value> = Vec::new();
        // For each column the cell of an earlier row that reaches down to this one: its row, its place in the row, how far.
        let mut open: Vec<Option<(usize, usize, usize)>> = vec![None; table.widths.len()];
        // Cells that are printed again: what and how wide, their column, the rows that they still reach.
        let mut again: Vec<(Value, usize, usize)> = Vec::new();
        for (index, row) in table.rows.iter().enumerate() {
            let first = self.pars.get();
            let cells = self.cells(row, &table.widths);
            if index > 0 && self.breaks.range(first..self.pars.get()).next().is_some() {
                let free = (0..open.len()).filter(|c| open[*c].is_none());
                let ends =
                    free.enumerate().map(|(i, c)| json!({ "c": 1, "h": 1, "o": c, "n": true, "g": i == 0, "x": [] }));
                let ends = ends.collect();
                out.push(Value::Array(ends));
                let mut spanning: Vec<(usize, usize)> = open.iter().flatten().map(|(y, i, _)| (*y, *i)).collect();
                spanning.dedup();
                for (y, i) in spanning {
                    if let Some(rows) = out.get_mut(y).and_then(|r| r.get_mut(i)).and_then(|c| c.get_mut("h")) {
                        *rows = json!(rows.as_u64().unwrap_or(1) + 1);
                    }
                }
            }
            for (place, cell) in row.iter().enumerate().filter(|(_, c)| c.rowspan > 1) {
                for slot in open.iter_mut().skip(cell.column).take(cell.colspan) {
                    *slot = Some((out.len(), place, cell.rowspan));
                }
            }
            out.push(cells);
            for (place, cell) in row.iter().enumerate().filter(|(_, c)| c.repeated) {
                // The text that was typed is read once; what is printed again is no part of the document.
                let mut text = out.last().and_then(|r| r.get(place)).map_or(Value::Null, |c| c["x"].clone());
                for par in text.as_array_mut().into_iter().flatten() {
                    if let Some(runs) = par["r"].as_array_mut() {
                        runs.retain(|r| r.get("f").is_none());
                    }
                }
                let number = self.repeated.replace(self.repeated.get() + 1);
                let width: f64 = table.widths.iter().skip(cell.column).take(cell.colspan).map(|w| w.0).sum();
                again.push((
                    json!({ "l": number, "w": width - CELL_INSET.0.0 * 2.0, "x": text }),
                    cell.column,
                    cell.rowspan,
                ));
            }
            if let Some(host) = row.iter().position(|c| c.rowspan == 1) {
                let left = |column: usize| table.widths.iter().take(column).map(|w| w.0).sum::<f64>();
                let each = again.iter().map(|(value, column, _)| {
                    let mut value = value.clone();
                    value["d"] = json!(left(*column) - left(row[host].column));
                    value
                });
                let each: Vec<Value> = each.collect();
                if let Some(cell) = out.last_mut().and_then(|r| r.get_mut(host)).filter(|_| !each.is_empty()) {
                    cell["e"] = each.into();
                }
            }
            again.iter_mut().for_each(|(_, _, left)| *left -= 1);
            again.retain(|(_, _, left)| *left > 0);
            for slot in &mut open {
                *slot = slot.and_then(|(y, i, left)| (left > 1).then_some((y, i, left - 1)));
            }
        }
        out
    }

    pub(super) fn cells(&self, cells: &[Cell], widths: &[Pt]) -> Value {
        let mut out = self.plain_cells(cells, widths);
        if cells.iter().any(|c| c.rowspan > 1 && c.pars.iter().any(Par::has_note)) {
            self.move_notes(cells, &mut out);
        }
        out.into()
    }

    /// Typst lays cells that span rows out last, so their footnotes would be numbered last. Each stands, unseen, in the
    /// neighbour of one row that is read before or after it, and the cell refers to it.
    fn move_notes(&self, cells: &[Cell], out: &mut [Value]) {
        let mut waiting: Vec<Value> = Vec::new();
        let mut anchor: Option<usize> = None;
        for (i, cell) in cells.iter().enumerate() {
            if cell.rowspan == 1 {
                let before = std::mem::take(&mut waiting);
                put_notes(&mut out[i], before, true);
                anchor = Some(i);
                continue;
            }
            for par in out[i]["x"].as_array_mut().into_iter().flatten() {
                let of = par["v"].clone();
                let runs = par["r"].as_array_mut().into_iter().flatten();
                for run in runs.filter(|r| r.get("n").is_some()) {
                    let label = self.notes.replace(self.notes.get() + 1);
                    let mut note = std::mem::replace(run, json!({ "f": label }));
                    note["l"] = label.into();
                    note["v"] = of.clone();
                    waiting.push(note);
                }
            }
        }
        if let Some(i) = anchor {
            put_notes(&mut out[i], waiting, false);
        }
    }

    fn plain_cells(&self, cells: &[Cell], widths: &[Pt]) -> Vec<Value> {
        cells
            .iter()
            .map(|c| {
                let mut gap = Pt(0.0);
                let columns = widths.iter().skip(c.column).take(c.colspan);
                let width = Pt(columns.map(|w| w.0).sum::<f64>() - CELL_INSET.0.0 * 2.0);
                let pars: Vec<Value> = c
                    .pars
                    .iter()
                    .map(|p| {
                        let mut value = self.par(p, gap, width);
                        gap = Pt(0.0);
                        // Rows are kept with what follows by page breaks, if need be.
                        if let Value::Object(map) = &mut value {
                            map.remove("n");
                        }
                        value
                    })
                    .collect();
                json!({ "c": c.colspan, "h": c.rowspan, "o": c.column, "n": c.breakable, "x": pars })
            })
            .collect()
    }
}

/// Puts unseen footnotes into a cell, before or behind its text.
fn put_notes(cell: &mut Value, notes: Vec<Value>, before: bool) {
    if notes.is_empty() {
        return;
    }
    let Some(pars) = cell["x"].as_array_mut() else { return };
    if pars.is_empty() {
        pars.push(json!({ "k": "p", "v": 0, "s": Component::OBang.id(), "a": 0, "r": [] }));
    }
    let par = if before { pars.first_mut() } else { pars.last_mut() };
    if let Some(runs) = par.and_then(|p| p["r"].as_array_mut()) {
        let at = if before { 0 } else { runs.len() };
        runs.splice(at..at, notes);
    }
}
