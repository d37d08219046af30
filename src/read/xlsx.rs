//! Cells of an XLSX file as the sheet shows them: number formats are applied, with Vietnamese separators.

mod bounds;
mod number;
mod section;
mod shown;

use crate::guarded::guarded;
use crate::source::nfc;
pub use bounds::{MAX_PART, too_large};
pub use number::general;

use calamine::{DataRef, Reader as _, SheetType, SheetVisible, Xlsx};
use shown::Formats;
use ssfmt::DateSystem;
use std::io::Cursor;

/// What stands for the value of a formula that no program has calculated yet.
pub const UNCALCULATED: &str = "công thức chưa tính, mở tệp bằng Excel rồi lưu lại";

/// The rows of a sheet, each with its number; the first sheet that is not hidden unless `sheet` names one. A formula whose
/// value the file does not hold is [`UNCALCULATED`].
pub fn rows(
    name: &str,
    bytes: &[u8],
    sheet: Option<&str>,
    max_cells: usize,
) -> Result<Vec<(usize, Vec<String>)>, String> {
    let broken = || Err(format!("Tệp {name} không phải là bảng tính XLSX đọc được."));
    // The readers of the file and of number formats panic on some files that no program wrote.
    guarded(|| read(name, bytes, sheet, max_cells)).unwrap_or_else(broken)
}

fn read(name: &str, bytes: &[u8], sheet: Option<&str>, max_cells: usize) -> Result<Vec<(usize, Vec<String>)>, String> {
    let failed = |_| format!("Tệp {name} không phải là bảng tính XLSX đọc được.");
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(failed)?;
    let sheet = choose(name, &book, sheet)?;
    let system = if book.has_1904_epoch() { DateSystem::Date1904 } else { DateSystem::Date1900 };
    let mut reader = book.worksheet_cells_reader(&sheet).map_err(failed)?;
    let mut formats = Formats::new(reader.styles(), system);
    let mut out: Vec<(usize, Vec<String>)> = Vec::new();
    let mut cells = 0;
    let mut blank = false;
    while let Some((cell, style)) = reader.next_cell_with_style_id().map_err(failed)? {
        let text = formats.text(cell.get_value(), style);
        if text.is_empty() {
            blank |= matches!(cell.get_value(), DataRef::Empty);
            continue;
        }
        let (row, column) = cell.get_position();
        let (number, column) = (row as usize + 1, column as usize);
        // Rows come in order; a file that says otherwise is not one that a program wrote.
        match out.last() {
            Some((last, _)) if *last > number => return Err(failed(calamine::XlsxError::Unexpected("row order"))),
            Some((last, _)) if *last == number => {}
            _ => out.push((number, Vec::new())),
        }
        let Some((_, line)) = out.last_mut() else { continue };
        put(name, line, column, text, &mut cells, max_cells)?;
    }
    drop(reader);
    if blank {
        // The reader does not say whether a cell without a value has a formula; few books have such cells.
        let mut reader = book.worksheet_cells_reader(&sheet).map_err(failed)?;
        while let Some(cell) = reader.next_cell_with_formula_metadata().map_err(failed)? {
            if cell.formula.is_none() || !matches!(cell.value, DataRef::Empty) {
                continue;
            }
            let (number, column) = (cell.pos.0 as usize + 1, cell.pos.1 as usize);
            let at = out.binary_search_by_key(&number, |(number, _)| *number).unwrap_or_else(|at| {
                out.insert(at, (number, Vec::new()));
                at
            });
            if let Some((_, line)) = out.get_mut(at) {
                put(name, line, column, UNCALCULATED.into(), &mut cells, max_cells)?;
            }
        }
    }
    Ok(out)
}

/// Puts a text into a row that grows as far as needed.
fn put(
    name: &str,
    line: &mut Vec<String>,
    column: usize,
    text: String,
    cells: &mut usize,
    max_cells: usize,
) -> Result<(), String> {
    if column >= line.len() {
        *cells += column + 1 - line.len();
        if *cells > max_cells {
            return Err(format!("Tệp {name} có quá nhiều ô."));
        }
        line.resize(column + 1, String::new());
    }
    if let Some(slot) = line.get_mut(column) {
        *slot = text;
    }
    Ok(())
}

fn choose(name: &str, book: &Xlsx<Cursor<&[u8]>>, wanted: Option<&str>) -> Result<String, String> {
    let sheets = || book.sheets_metadata().iter().filter(|s| s.typ == SheetType::WorkSheet);
    let names: Vec<&str> = sheets().map(|s| s.name.as_str()).collect();
    match wanted {
        None => match sheets().find(|s| s.visible == SheetVisible::Visible) {
            Some(sheet) => Ok(sheet.name.clone()),
            None if names.is_empty() => Err(format!("Tệp {name} không có trang tính nào.")),
            None => Err(format!("Mọi trang tính của tệp {name} đều bị ẩn: {}.", names.join(", "))),
        },
        Some(wanted) => {
            let wanted = nfc(wanted);
            names.iter().find(|n| nfc(n) == wanted).map(|n| (*n).to_owned()).ok_or_else(|| {
                format!("Tệp {name} không có trang tính “{wanted}”; các trang tính có: {}.", names.join(", "))
            })
        }
    }
}
