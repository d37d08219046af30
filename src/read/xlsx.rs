//! Cells of an XLSX file as the sheet shows them: number formats are applied, with Vietnamese separators.

use crate::guarded::guarded;
use crate::source::nfc;
use calamine::{Data, DataRef, Reader as _, SheetType, Style, Xlsx};
use ssfmt::{DateSystem, FormatOptions, Locale, NumberFormat};
use std::collections::HashMap;
use std::io::Cursor;

/// Longest number format that Excel takes.
const MAX_FORMAT: usize = 255;
/// More digits behind seconds than the library can count.
const MANY_ZEROS: &str = ".0000000000";

/// The rows of a sheet, each with its number; the first sheet unless `sheet` names one.
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
    while let Some((cell, style)) = reader.next_cell_with_style_id().map_err(failed)? {
        let text = formats.text(cell.get_value(), style);
        if text.is_empty() {
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
        if column >= line.len() {
            cells += column + 1 - line.len();
            if cells > max_cells {
                return Err(format!("Tệp {name} có quá nhiều ô."));
            }
            line.resize(column + 1, String::new());
        }
        if let Some(slot) = line.get_mut(column) {
            *slot = text;
        }
    }
    Ok(out)
}

fn choose(name: &str, book: &Xlsx<Cursor<&[u8]>>, wanted: Option<&str>) -> Result<String, String> {
    let sheets = book.sheets_metadata().iter().filter(|s| s.typ == SheetType::WorkSheet);
    let names: Vec<&str> = sheets.map(|s| s.name.as_str()).collect();
    match wanted {
        None => names.first().map(|n| (*n).to_owned()).ok_or_else(|| format!("Tệp {name} không có trang tính nào.")),
        Some(wanted) => {
            let wanted = nfc(wanted);
            names.iter().find(|n| nfc(n) == wanted).map(|n| (*n).to_owned()).ok_or_else(|| {
                format!("Tệp {name} không có trang tính “{wanted}”; các trang tính có: {}.", names.join(", "))
            })
        }
    }
}

/// The number formats of a workbook, parsed once each.
struct Formats {
    codes: Vec<String>,
    parsed: HashMap<usize, Option<NumberFormat>>,
    options: FormatOptions,
}

impl Formats {
    fn new(styles: &[Style], date_system: DateSystem) -> Self {
        let code = |style: &Style| match &style.number_format {
            // Excel shows the short date of the region for format 14, whatever its code says.
            Some(f) if f.format_id == Some(14) => "dd/mm/yyyy".to_owned(),
            Some(f) if f.format_id == Some(22) => "dd/mm/yyyy h:mm".to_owned(),
            Some(f) => f.format_code.clone(),
            None => String::new(),
        };
        // As Excel shows them in Vietnam.
        let locale = Locale {
            month_names_short: [
                "Thg 1", "Thg 2", "Thg 3", "Thg 4", "Thg 5", "Thg 6", "Thg 7", "Thg 8", "Thg 9", "Thg 10", "Thg 11",
                "Thg 12",
            ],
            month_names_full: [
                "Tháng Một",
                "Tháng Hai",
                "Tháng Ba",
                "Tháng Tư",
                "Tháng Năm",
                "Tháng Sáu",
                "Tháng Bảy",
                "Tháng Tám",
                "Tháng Chín",
                "Tháng Mười",
                "Tháng Mười Một",
                "Tháng Mười Hai",
            ],
            day_names_short: ["CN", "T2", "T3", "T4", "T5", "T6", "T7"],
            day_names_full: ["Chủ Nhật", "Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy"],
            decimal_separator: ',',
            thousands_separator: '.',
            currency_symbol: "₫",
            am_string: "SA",
            pm_string: "CH",
        };
        Formats {
            codes: styles.iter().map(code).collect(),
            parsed: HashMap::new(),
            options: FormatOptions { date_system, locale },
        }
    }

    /// A cell as a reader of the sheet sees it.
    fn text(&mut self, value: &DataRef<'_>, style: usize) -> String {
        let number = match value {
            DataRef::Empty => return String::new(),
            DataRef::String(text) => return nfc(text).into_owned(),
            DataRef::SharedString(text) => return nfc(text).into_owned(),
            DataRef::Bool(true) => return "TRUE".into(),
            DataRef::Bool(false) => return "FALSE".into(),
            DataRef::Int(number) => *number as f64,
            DataRef::Float(number) => *number,
            DataRef::DateTime(time) => time.as_f64(),
            other => return Data::from(other.clone()).to_string(),
        };
        self.shown(number, style).trim().to_owned()
    }

    fn shown(&mut self, number: f64, style: usize) -> String {
        let code = self.codes.get(style).map_or("", String::as_str);
        let general = code.is_empty() || code.eq_ignore_ascii_case("general") || code == "@";
        if general {
            return plain(number);
        }
        let sane = code.len() <= MAX_FORMAT && !code.contains(MANY_ZEROS);
        let format = self.parsed.entry(style).or_insert_with(|| NumberFormat::parse(code).ok().filter(|_| sane));
        match format {
            // Excel fills the cell with signs.
            Some(format) if format.is_date_format() && number < 0.0 => "####".into(),
            // The library keeps the dot of a power of ten.
            Some(format) if code.contains("E+") || code.contains("E-") => {
                format.format(number, &self.options).replace('.', ",")
            }
            Some(format) => format.format(number, &self.options),
            None => plain(number),
        }
    }
}

/// A number without a format: at most 15 digits, as a spreadsheet keeps them, and a decimal comma.
fn plain(number: f64) -> String {
    if number.fract() == 0.0 && number.abs() < 1e15 {
        return format!("{number:.0}");
    }
    let rounded: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    rounded.to_string().replace('.', ",")
}
