//! Tables with their spans (ECMA-376, part 1, 17.4).

use super::Reader;
use crate::import::stream::{Cell, Piece, Row, Table};
use crate::ooxml::xml::Element;

/// Most columns of a table in Word.
const MAX_COLUMNS: usize = 63;

impl Reader<'_> {
    /// A table; none where all its rows were deleted.
    pub(super) fn table(&mut self, e: &Element) -> Option<Table> {
        let mut out = Table { ruled: is_ruled(e), ..Table::default() };
        if let Some(grid) = e.child("w:tblGrid") {
            let width = |c: &Element| c.get("w:w").and_then(|v| v.parse::<f64>().ok()).unwrap_or_default();
            out.widths = grid.elements().filter(|c| c.name == "w:gridCol").take(MAX_COLUMNS).map(width).collect();
            // Twentieths of a point.
            out.widths.iter_mut().for_each(|w| *w *= 25.4 / 1440.0);
        }
        // Where a cell begins that goes on below: its row, its place in it.
        let mut open: Vec<Option<(usize, usize)>> = vec![None; MAX_COLUMNS];
        let mut rows = Vec::new();
        rows_of(e, &mut rows);
        for e in rows {
            let properties = e.child("w:trPr");
            if properties.is_some_and(|p| p.child("w:del").is_some()) {
                continue;
            }
            let mut row =
                Row { header: properties.is_some_and(|p| p.child("w:tblHeader").is_some()), ..Row::default() };
            let skipped = properties.and_then(|p| p.child("w:gridBefore")).and_then(|g| g.get("w:val"));
            let mut column = skipped.and_then(|v| v.parse::<usize>().ok()).unwrap_or(0);
            let asked = properties.and_then(|p| p.child("w:trHeight")).and_then(|h| h.get("w:val"));
            let asked = asked.and_then(|v| v.parse::<f64>().ok()).unwrap_or_default() / 20.0;
            let outer_tallest = std::mem::take(&mut self.tallest);
            let mut cells = Vec::new();
            cells_of(e, &mut cells);
            for e in cells {
                if column >= MAX_COLUMNS {
                    break;
                }
                let own = e.child("w:tcPr");
                let span = own.and_then(|p| p.child("w:gridSpan")).and_then(|g| g.get("w:val"));
                let columns = span.and_then(|v| v.parse::<usize>().ok()).unwrap_or(1).clamp(1, MAX_COLUMNS - column);
                let merge = own.and_then(|p| p.child("w:vMerge"));
                let goes_on = merge.is_some_and(|m| m.get("w:val") != Some("restart"));
                let outer = (self.in_cell, self.in_rules);
                (self.in_cell, self.in_rules) = (true, out.ruled);
                let pieces = self.pieces(e);
                (self.in_cell, self.in_rules) = outer;
                match open[column].filter(|_| goes_on) {
                    Some((at, index)) => {
                        let covered = out.rows.len() - at + 1;
                        if let Some(cell) = out.rows.get_mut(at).and_then(|r: &mut Row| r.cells.get_mut(index)) {
                            cell.rows = covered;
                            cell.pieces.extend(pieces.into_iter().filter(has_words));
                        }
                    }
                    None => {
                        open[column] = merge.map(|_| (out.rows.len(), row.cells.len()));
                        row.cells.push(Cell { column, columns, rows: 1, pieces });
                    }
                }
                column += columns;
            }
            row.height = asked.max(self.tallest);
            self.tallest = outer_tallest;
            out.rows.push(row);
        }
        Some(out).filter(|t| !t.rows.is_empty())
    }
}

fn has_words(piece: &Piece) -> bool {
    match piece {
        Piece::Par(par) => !par.whole().is_empty(),
        _ => true,
    }
}

/// Rows, those in content controls too.
fn rows_of<'e>(e: &'e Element, out: &mut Vec<&'e Element>) {
    inside(e, "w:tr", out, 0);
}

fn cells_of<'e>(e: &'e Element, out: &mut Vec<&'e Element>) {
    inside(e, "w:tc", out, 0);
}

fn inside<'e>(e: &'e Element, name: &str, out: &mut Vec<&'e Element>, depth: usize) {
    for child in e.elements() {
        match child.name.as_str() {
            n if n == name => out.push(child),
            "w:sdt" | "w:sdtContent" | "w:ins" | "w:customXml" if depth < 8 => inside(child, name, out, depth + 1),
            _ => {}
        }
    }
}

/// Whether lines are drawn: by the table itself or by a style that is not the plain one.
fn is_ruled(e: &Element) -> bool {
    let Some(properties) = e.child("w:tblPr") else { return false };
    let drawn = |b: &Element| b.elements().any(|side| !matches!(side.get("w:val"), None | Some("nil" | "none")));
    match properties.child("w:tblBorders") {
        Some(borders) => drawn(borders),
        None => {
            let style = properties.child("w:tblStyle").and_then(|s| s.get("w:val"));
            let cells = || e.elements().filter(|r| r.name == "w:tr").flat_map(Element::elements);
            style.is_some_and(|s| !matches!(s, "TableNormal" | "BangKhongVien"))
                || cells().any(|c| c.child("w:tcPr").and_then(|p| p.child("w:tcBorders")).is_some_and(drawn))
        }
    }
}
