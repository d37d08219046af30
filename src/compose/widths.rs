//! Widths of the columns of a table, in whole twips that add up to the text width at most: fixed widths as given, columns
//! without a width as their text asks, the rest shared out by fractions.

use super::Composer;
use super::hyphens::holds_together;
use crate::decree30::lengths::CELL_INSET;
use crate::decree30::style::Component;
use crate::decree30::units::Pt;
use crate::diagnostic::{Diagnostic, code};
use crate::document::{Line, Table};
use crate::draft::ColumnWidth;
use crate::sheet::Run;
use crate::source::Span;

/// Parts into which the room beyond the widest words is cut when columns compete for it.
const PARTS: usize = 36;
/// Cells that are looked at while columns compete; of a longer table, rows at even distances.
const MOST_CELLS: usize = 240;
/// Exchanges of room between columns, at most.
const MOST_EXCHANGES: usize = 24;
/// A cell not wider than this part of the text is short: it should not break.
const SHORT: f64 = 0.25;

impl Composer<'_> {
    /// The width of each column.
    pub(super) fn column_widths(&mut self, table: &Table, span: Span) -> Vec<Pt> {
        let columns = &table.columns;
        let (mut fixed, mut fractions) = (0.0, 0.0);
        for column in columns {
            match column.width {
                ColumnWidth::Fixed(mm) => fixed += mm.to_pt().0,
                ColumnWidth::Part(part) => fixed += self.width.0 * part,
                ColumnWidth::Fraction(n) => fractions += n,
                ColumnWidth::Auto => {}
            }
        }
        let mut asks = self.asks(table);
        let least = CELL_INSET.0.0 * 2.0;
        let rest = self.width.0 - fixed;
        let whole: f64 = asks.iter().flatten().map(|a| a.least.max(a.kept)).sum();
        if whole <= if fractions > 0.0 { rest / 3.0 } else { rest } {
            asks.iter_mut().flatten().for_each(|a| a.least = a.least.max(a.kept));
        }
        let minimum: f64 = asks.iter().flatten().map(|a| a.least).sum();
        let wanted: f64 = asks.iter().flatten().map(|a| a.whole).sum();
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
        let mut shared = share(&asks, table.rows.len() + 1, auto_room).into_iter();
        let floor = |w: f64| Pt((w.max(least) * 20.0).floor() / 20.0);
        columns
            .iter()
            .map(|column| match column.width {
                ColumnWidth::Fixed(mm) => floor(mm.to_pt().0),
                ColumnWidth::Part(part) => floor(self.width.0 * part),
                ColumnWidth::Fraction(n) => floor((rest - auto_room) * n / fractions),
                ColumnWidth::Auto => floor(shared.next().unwrap_or(least)),
            })
            .collect()
    }

    /// What the columns without a width ask for; none for the others.
    fn asks(&self, table: &Table) -> Vec<Option<Ask>> {
        let mut asks: Vec<Option<Ask>> =
            table.columns.iter().map(|c| (c.width == ColumnWidth::Auto).then(Ask::default)).collect();
        for (ask, column) in asks.iter_mut().zip(&table.columns) {
            if let Some(ask) = ask {
                self.look(ask, 0, 1, std::slice::from_ref(&column.name), Component::DauCot);
            }
        }
        for (row, cells) in table.rows.iter().enumerate() {
            for cell in cells.cells.iter().filter(|c| c.colspan == 1) {
                if let Some(Some(ask)) = asks.get_mut(cell.column) {
                    self.look(ask, row + 1, cell.rowspan, &cell.lines, Component::OBang);
                }
            }
        }
        let air = CELL_INSET.0.0 * 2.0 + 1.0;
        for ask in asks.iter_mut().flatten() {
            ask.kept += air;
            ask.least += air;
            ask.whole += air + 1.0;
        }
        asks
    }

    /// Adds a cell to what its column asks for.
    fn look(&self, ask: &mut Ask, row: usize, rowspan: usize, lines: &[Line], style: Component) {
        let size = self.styles.get(style).size;
        let mut words = Vec::new();
        for line in lines {
            let runs = self.runs(line, style);
            let start = words.len();
            self.words_of(&runs, size, &mut words);
            let whole: f64 = words[start..].iter().map(|w| w.width + w.blank).sum();
            // Neither Word nor the PDF breaks a short piece behind a slash (`412/TTr-SKHCN`, `./.`).
            let pieces = words[start..].iter().map(|w| w.width).filter(|w| *w <= self.width.0 * SHORT);
            ask.least = pieces.fold(ask.least.max(self.widest_piece(&runs, size).0), f64::max);
            ask.kept = ask.kept.max(self.widest_symbol(&runs, size));
            ask.whole = ask.whole.max(whole.min(self.width.0));
            if let Some(last) = words.last_mut() {
                last.ends = true;
            }
        }
        let short = words.iter().map(|w| w.width + w.blank).sum::<f64>() <= self.width.0 * SHORT;
        ask.cells.push(Cell { row, rowspan: rowspan.max(1), words, short: short && lines.len() == 1 });
    }

    /// The width of the widest short number or symbol that should stay whole (`30/2020/NĐ-CP`), 0 without one.
    fn widest_symbol(&self, runs: &[Run], size: Pt) -> f64 {
        let all = runs.iter().filter_map(Run::chars).flat_map(|c| c.text.split(' ').map(move |word| (c, word)));
        all.filter(|(_, word)| holds_together(word))
            .map(|(c, word)| self.faces.width(word, c.bold, c.italic, size).0)
            .filter(|w| *w <= self.width.0 * SHORT)
            .fold(0.0, f64::max)
    }

    /// The pieces between places where a line may break, but not those behind slashes.
    fn words_of(&self, runs: &[Run], size: Pt, out: &mut Vec<Word>) {
        let mut word = Word::default();
        for run in runs {
            if matches!(run, Run::Break) {
                word.ends = true;
                out.push(std::mem::take(&mut word));
                continue;
            }
            let Some(c) = run.chars() else {
                word.width += self.width_of(std::slice::from_ref(run), size).0;
                continue;
            };
            for ch in c.text.chars() {
                let width = self.faces.width(ch.encode_utf8(&mut [0; 4]), c.bold, c.italic, size).0;
                let link = matches!(run, Run::Link(..)) && !ch.is_alphanumeric();
                if ch == ' ' {
                    word.blank = width;
                } else {
                    word.width += width;
                }
                if ch == ' ' || link || matches!(ch, '-' | '–' | '—') {
                    out.push(std::mem::take(&mut word));
                }
            }
        }
        if word.width > 0.0 {
            out.push(word);
        }
    }
}

/// What the text of a column asks for, in points with the air of its cells.
#[derive(Default)]
struct Ask {
    /// Its widest piece.
    least: f64,
    /// Its widest number or symbol that should stay whole, where there is room for all of them.
    kept: f64,
    /// Its longest cell on one line, up to the text width.
    whole: f64,
    cells: Vec<Cell>,
}

struct Cell {
    row: usize,
    rowspan: usize,
    words: Vec<Word>,
    /// Should stay on one line.
    short: bool,
}

#[derive(Clone, Copy, Default)]
struct Word {
    width: f64,
    /// Width of the blank behind it.
    blank: f64,
    /// A paragraph or a line of the author's ends here.
    ends: bool,
}

impl Cell {
    /// How many lines its text takes in a column.
    fn lines(&self, column: f64) -> u32 {
        // Other programs measure a little differently: a text that fits just so here breaks there.
        let room = column - CELL_INSET.0.0 * 2.0 - 1.0;
        let mut lines = 0;
        let mut x = 0.0;
        let mut open = false;
        for word in &self.words {
            if !open || x + word.width > room {
                lines += 1;
                x = 0.0;
            }
            x += word.width + word.blank;
            open = !word.ends;
        }
        lines
    }
}

/// Shares the room out between the columns that ask for it. Where all cells fit on one line each, by what they ask for
/// beyond their widest word; else so that the rows come out as low as can be found by letting columns exchange room,
/// short cells on one line where that costs little.
fn share(asks: &[Option<Ask>], rows: usize, room: f64) -> Vec<f64> {
    let asks: Vec<&Ask> = asks.iter().flatten().collect();
    let minimum: f64 = asks.iter().map(|a| a.least).sum();
    let extra: f64 = asks.iter().map(|a| a.whole - a.least).sum();
    let spare = (room - minimum).max(0.0);
    if extra <= 0.0 {
        return asks.iter().map(|_| room / asks.len().max(1) as f64).collect();
    }
    let fair = |a: &Ask| (a.whole - a.least) / extra;
    if asks.len() < 2 || spare >= extra || spare < 1.0 {
        return asks.iter().map(|a| a.least + spare * fair(a)).collect();
    }
    let part = spare / PARTS as f64;
    let heights: Vec<Vec<Heights>> = {
        let step = (rows * asks.len()).div_ceil(MOST_CELLS).max(1);
        let column = |a: &&Ask| (0..=PARTS).map(|n| Heights::of(a, a.least + part * n as f64, step)).collect();
        asks.iter().map(column).collect()
    };
    // Whole parts to begin with; those that rounding leaves over go to the first columns.
    let mut parts: Vec<usize> = asks.iter().map(|a| (fair(a) * PARTS as f64) as usize).collect();
    let left = PARTS.saturating_sub(parts.iter().sum());
    parts.iter_mut().take(left).for_each(|n| *n += 1);
    let mut now = cost(&heights, &parts);
    for _ in 0..MOST_EXCHANGES {
        let mut best = (now, None);
        for from in 0..parts.len() {
            for to in (0..parts.len()).filter(|to| *to != from) {
                for moved in [1, 2, 3, 5, 8, 13, 21].into_iter().take_while(|n| *n <= parts[from]) {
                    let mut tried = parts.clone();
                    tried[from] -= moved;
                    tried[to] += moved;
                    let then = cost(&heights, &tried);
                    if then < best.0 {
                        best = (then, Some(tried));
                    }
                }
            }
        }
        let Some(better) = best.1 else { break };
        (now, parts) = (best.0, better);
    }
    asks.iter().zip(&parts).map(|(a, n)| a.least + part * *n as f64).collect()
}

/// What a column of some width does to the rows that are looked at.
struct Heights {
    /// Lines of its cell in each row.
    rows: Vec<u32>,
    /// Short cells that break.
    broken: u32,
    /// All lines.
    lines: u32,
}

impl Heights {
    fn of(ask: &Ask, width: f64, step: usize) -> Heights {
        let mut out = Heights { rows: Vec::new(), broken: 0, lines: 0 };
        for cell in ask.cells.iter().filter(|c| c.row % step == 0) {
            let lines = cell.lines(width);
            out.broken += u32::from(cell.short && lines > 1);
            out.lines += lines;
            let row = cell.row / step;
            if out.rows.len() <= row {
                out.rows.resize(row + 1, 0);
            }
            out.rows[row] = lines.div_ceil(cell.rowspan as u32);
        }
        out
    }
}

/// The height of all rows in lines; a short cell that breaks counts a little more than one; then all lines.
fn cost(heights: &[Vec<Heights>], parts: &[usize]) -> u32 {
    let chosen = || heights.iter().zip(parts).filter_map(|(column, n)| column.get(*n));
    let rows = chosen().map(|h| h.rows.len()).max().unwrap_or(0);
    let tall: u32 = (0..rows).map(|r| chosen().filter_map(|h| h.rows.get(r)).max().copied().unwrap_or(0)).sum();
    chosen().fold(tall.saturating_mul(100), |sum, h| sum.saturating_add(h.broken * 120 + h.lines))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Cells whose letters are all 6 pt wide.
    fn ask(cells: &[&str]) -> Option<Ask> {
        let mut out = Ask::default();
        for (row, text) in cells.iter().enumerate() {
            let word = |w: &str| Word { width: w.chars().count() as f64 * 6.0, blank: 6.0, ends: false };
            let words: Vec<Word> = text.split(' ').map(word).collect();
            let whole: f64 = words.iter().map(|w| w.width + w.blank).sum();
            out.least = words.iter().map(|w| w.width + 11.8).fold(out.least, f64::max);
            out.whole = out.whole.max(whole + 12.8);
            out.cells.push(Cell { row, rowspan: 1, words, short: whole < 110.0 });
        }
        Some(out)
    }

    #[test]
    fn a_short_column_is_not_broken_for_a_long_one() {
        let long = "Rà soát và hoàn thiện quy chế làm việc của các tổ công nghệ số cộng đồng ở thôn ".repeat(3);
        let asks = [ask(&["Nội dung", &long, &long]), ask(&["Chủ trì", "Sở Nội vụ", "Sở Tài chính"])];
        let widths = share(&asks, 3, 450.0);
        assert!((widths.iter().sum::<f64>() - 450.0).abs() < 0.01, "{widths:?}");
        let short = asks[1].as_ref().unwrap();
        assert!(short.cells.iter().all(|c| c.lines(widths[1]) == 1), "{widths:?}");
    }

    #[test]
    fn columns_that_fit_keep_their_shares() {
        let asks = [ask(&["a b"]), ask(&["c d"])];
        let widths = share(&asks, 1, 300.0);
        assert_eq!(widths[0], widths[1]);
    }
}
