//! Widths of columns: those of the file, as far as the page has room for them.

use crate::decree30::lengths::CELL_INSET;
use crate::decree30::units::Pt;
use crate::face::Faces;
use crate::import::stream::{Cell, Par, Table};

/// Widths to a tenth of a millimetre: Word counts in twentieths of a point. What is wider than the text is made as wide.
pub(super) fn rounded(widths: &[f64], room: f64) -> Vec<f64> {
    let all: f64 = widths.iter().sum();
    let scale = if all > room + 0.5 { room / all } else { 1.0 };
    let mut tenths: Vec<i64> = widths.iter().map(|w| (w * scale * 10.0).round() as i64).collect();
    let over = tenths.iter().sum::<i64>() - (room * 10.0) as i64;
    if let Some(widest) = tenths.iter_mut().max().filter(|_| over > 0) {
        *widest -= over;
    }
    tenths.into_iter().map(|t| t as f64 / 10.0).collect()
}

/// The widths with room for the longest word of each column, as Word makes it: narrow columns take it from the widest.
/// `None` where there is none to take, or where a word of a cell over several columns has no room. The first `head` rows
/// are printed bold, as headings are; what is one name over several columns stands in the first of them where `flat` says
/// that no heading is grouped.
pub(super) fn with_room(table: &Table, mut widths: Vec<f64>, head: usize, flat: bool, size: Pt) -> Option<Vec<f64>> {
    let cells = || {
        let rows = table.rows.iter().enumerate();
        rows.flat_map(|(at, row)| row.cells.iter().map(move |c| (at < head, c))).filter(|(_, c)| c.columns > 0)
    };
    let alone = |(heads, cell): &(bool, &Cell)| cell.columns == 1 || flat && *heads;
    let mut wanted = vec![0.0_f64; widths.len()];
    for (bold, cell) in cells().filter(alone) {
        let longest = longest_word(cell, bold, size);
        wanted.get_mut(cell.column).iter_mut().for_each(|w| **w = w.max(longest));
    }
    for column in 0..widths.len() {
        let lacking = wanted[column] - widths[column];
        if lacking <= 0.0 {
            continue;
        }
        let spare = |c: usize| widths[c] - wanted[c];
        let from = (0..widths.len()).max_by(|a, b| spare(*a).total_cmp(&spare(*b)))?;
        let lacking = (lacking * 10.0).ceil() / 10.0;
        if spare(from) < lacking {
            return None;
        }
        for (column, more) in [(from, -lacking), (column, lacking)] {
            widths[column] = ((widths[column] + more) * 10.0).round() / 10.0;
        }
    }
    let has_room = |(bold, cell): (bool, &Cell)| {
        longest_word(cell, bold, size) <= widths.iter().skip(cell.column).take(cell.columns).sum::<f64>()
    };
    cells().filter(|one| !alone(one)).all(has_room).then_some(widths)
}

/// Millimetres that the longest word of a cell takes, the air beside it included.
fn longest_word(cell: &Cell, bold: bool, size: Pt) -> f64 {
    // Rounding of widths to tenths of a millimetre.
    const ROUNDING: f64 = 0.2;
    let faces = Faces::embedded();
    let words = |par: &&Par| {
        let bold = bold || par.runs.iter().any(|r| r.bold);
        let widths = par.whole().split_whitespace().map(|w| faces.width(w, bold, false, size).0).fold(0.0, f64::max);
        Pt(widths)
    };
    let longest = cell.pars().iter().map(words).fold(Pt(0.0), |a, b| if a.0 > b.0 { a } else { b });
    Pt(longest.0 + CELL_INSET.0.0 * 2.0).to_mm().0 + ROUNDING
}
