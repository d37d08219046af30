//! The file of a list as its sheet shows it: rows, and what the workbook says of them.

use crate::read::grid::{self, Grid};
use crate::read::sheet_shape::{self, Shape, Sheet};
use crate::read::xls;
use crate::source::nfc;

/// A file with rows.
pub struct Book<'b> {
    /// Its name, as the user gave it.
    pub name: &'b str,
    bytes: &'b [u8],
    /// The sheets of a workbook; a CSV file has none.
    pub sheets: Vec<Sheet>,
    old: bool,
}

/// The rows of a sheet, with what the workbook says of them.
pub struct Page {
    /// Its name; a CSV file has none.
    pub sheet: Option<String>,
    /// The rows that are not empty; a cell merged downwards stands in each of its rows that have something of their own.
    pub rows: Vec<grid::Row>,
    /// Hidden rows, merged cells.
    pub shape: Shape,
    /// The format of some number is not known.
    pub unformatted: bool,
    /// The first cell with a letter that was read as another.
    pub eth: Option<grid::Doubt>,
}

impl<'b> Book<'b> {
    /// Looks at the sheets of a file.
    pub fn open(name: &'b str, bytes: &'b [u8]) -> Self {
        let old = xls::is_xls(bytes);
        let mut sheets = Vec::new();
        if old {
            sheets = xls::sheets(bytes);
        } else if !name.to_lowercase().ends_with(".csv") {
            sheets = sheet_shape::sheets(bytes);
        }
        // An old workbook that cannot be read, a locked one perhaps: whoever reads cells says what it is.
        let old = old && !sheets.is_empty();
        Book { name, bytes, sheets, old }
    }

    /// Whether rows are rows of a sheet, not lines of a text.
    pub fn is_sheet(&self) -> bool {
        !self.name.to_lowercase().ends_with(".csv")
    }

    /// The sheets to look at: the one asked for, or those that are not hidden.
    pub fn candidates(&self, wanted: Option<&str>) -> Vec<Option<String>> {
        match wanted {
            Some(wanted) => vec![Some(nfc(wanted).into_owned())],
            None => {
                let shown: Vec<_> = self.sheets.iter().filter(|s| !s.hidden).map(|s| Some(s.name.clone())).collect();
                if shown.is_empty() { vec![None] } else { shown }
            }
        }
    }

    /// The rows of a sheet.
    pub fn page(&self, sheet: Option<&str>) -> Result<Page, grid::Fault> {
        let known = sheet.and_then(|name| self.sheets.iter().find(|s| s.name == name));
        let mut page = match (self.old, sheet) {
            (true, Some(name)) => {
                let read = known.and_then(|s| xls::read(self.bytes, &s.name, grid::MAX_LIST)).ok_or_else(|| {
                    let all: Vec<&str> = self.sheets.iter().map(|s| s.name.as_str()).collect();
                    let message = format!(
                        "Không đọc được trang tính “{name}” của tệp {}; các trang tính có: {}.",
                        self.name,
                        all.join(", ")
                    );
                    (message, "Kiểm tra tên trang tính, hoặc mở tệp bằng Excel rồi lưu lại thành .xlsx.")
                })?;
                let shape = read.shape;
                let Grid { rows, eth } = grid::composed(read.rows);
                Page { sheet: Some(name.to_owned()), rows, shape, unformatted: read.unformatted, eth }
            }
            _ => {
                let Grid { rows, eth } = grid::read(self.name, self.bytes, sheet, grid::MAX_LIST)?;
                let shape = known.map(|s| sheet_shape::shape(self.bytes, s)).unwrap_or_default();
                Page { sheet: sheet.map(str::to_owned), rows, shape, unformatted: false, eth }
            }
        };
        page.rows.retain(|(_, cells)| cells.iter().any(|c| !c.trim().is_empty()));
        Ok(page)
    }
}

impl Page {
    /// The place of a row among the rows.
    pub fn index(&self, number: usize) -> Option<usize> {
        self.rows.binary_search_by_key(&number, |(n, _)| *n).ok()
    }

    /// A cell's own text.
    pub fn cell(&self, number: usize, column: usize) -> &str {
        let row = self.index(number).and_then(|i| self.rows.get(i));
        row.and_then(|(_, cells)| cells.get(column)).map_or("", |c| c.trim())
    }

    /// Puts the text of a cell that is merged downwards into each of its rows below `after` that has something of its
    /// own. Gives how many cells were merged so; `None` where that makes too many cells.
    pub fn spread(&mut self, after: usize) -> Option<usize> {
        let mut room = grid::MAX_LIST;
        let mut spread = 0;
        let merged: Vec<_> =
            self.shape.merged.iter().filter(|m| m.rows.1 > m.rows.0 && m.rows.1 > after).copied().collect();
        for merge in merged {
            let (first, column) = (merge.rows.0, merge.columns.0);
            let text = self.cell(first, column).to_owned();
            if text.is_empty() || first <= after {
                continue;
            }
            spread += 1;
            let from = self.rows.partition_point(|(n, _)| *n <= first);
            let to = self.rows.partition_point(|(n, _)| *n <= merge.rows.1);
            for (_, cells) in self.rows.get_mut(from..to).unwrap_or_default() {
                room = room.checked_sub(1 + (column + 1).saturating_sub(cells.len()))?;
                if cells.len() <= column {
                    cells.resize(column + 1, String::new());
                }
                if let Some(cell) = cells.get_mut(column).filter(|c| c.trim().is_empty()) {
                    cell.clone_from(&text);
                }
            }
        }
        Some(spread)
    }
}
