//! A list in the old binary form of Excel (.xls): cells, sheets, merged cells. The library gives no number formats of
//! this form, so numbers come without theirs, and dates in the usual way.

use super::sheet_shape::{Merge, Shape, Sheet};
use crate::guarded::guarded;
use crate::source::nfc;
use calamine::{Data, Reader as _, SheetVisible, Xls};
use std::io::Cursor;

/// The rows of a sheet that are not empty, what is said of its cells, and whether some cell is a number whose format is lost.
pub struct Read {
    /// Each row with its number, from 1.
    pub rows: Vec<(usize, Vec<String>)>,
    /// Merged cells; hidden rows are not known.
    pub shape: Shape,
    /// A number with a fraction, or a large one: its format may have shown something else.
    pub unformatted: bool,
}

/// Whether the file is of this form, by its first bytes (MS-CFB, 2.2).
pub fn is_xls(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")
}

/// The sheets; none where the file cannot be read.
pub fn sheets(bytes: &[u8]) -> Vec<Sheet> {
    let read = || {
        let book = Xls::new(Cursor::new(bytes)).ok()?;
        let all = book.sheets_metadata().iter();
        Some(all.map(|s| Sheet::plain(&s.name, s.visible != SheetVisible::Visible)).collect())
    };
    guarded(read).flatten().unwrap_or_default()
}

/// A sheet by its name; nothing where it cannot be read or has more than `max` cells.
pub fn read(bytes: &[u8], sheet: &str, max: usize) -> Option<Read> {
    guarded(|| read_sheet(bytes, sheet, max)).flatten()
}

fn read_sheet(bytes: &[u8], sheet: &str, max: usize) -> Option<Read> {
    let mut book = Xls::new(Cursor::new(bytes)).ok()?;
    let name = book.sheets_metadata().iter().find(|s| nfc(&s.name) == sheet)?.name.clone();
    let range = book.worksheet_range(&name).ok()?;
    let (first_row, first_column) = range.start().unwrap_or_default();
    let mut out = Read { rows: Vec::new(), shape: Shape::default(), unformatted: false };
    let shift = if book.has_1904_epoch() { 1462.0 } else { 0.0 };
    let mut cells = 0;
    for (index, row) in range.rows().enumerate() {
        if row.iter().all(|c| *c == Data::Empty) {
            continue;
        }
        let mut line = vec![String::new(); first_column as usize];
        line.extend(row.iter().map(|c| text(c, shift)));
        out.unformatted |= row.iter().any(|c| matches!(c, Data::Float(n) if n.fract() != 0.0 || n.abs() >= 10_000.0));
        cells += line.len();
        if cells > max {
            return None;
        }
        out.rows.push((first_row as usize + index + 1, line));
    }
    for range in book.merge_cells_by_sheet_name(&name).unwrap_or_default() {
        let rows = (range.start.0 as usize + 1, range.end.0 as usize + 1);
        out.shape.merged.push(Merge { rows, columns: (range.start.1 as usize, range.end.1 as usize) });
    }
    Some(out)
}

fn text(cell: &Data, shift: f64) -> String {
    match cell {
        Data::Empty => String::new(),
        Data::String(text) => text.clone(),
        Data::Bool(true) => "TRUE".into(),
        Data::Bool(false) => "FALSE".into(),
        Data::Int(number) => number.to_string(),
        Data::Float(number) => super::xlsx::general(*number),
        Data::DateTime(time) => date(time.as_f64() + shift, time.is_duration()),
        other => other.to_string(),
    }
}

/// Days since the end of 1899 as a date, with the time where there is one. Before March 1900 the form counts a day that
/// was not.
fn date(days: f64, duration: bool) -> String {
    let minutes = (days.fract() * 1440.0).round() as i64;
    let clock = format!("{:02}:{:02}", minutes / 60 % 24, minutes % 60);
    if duration || (0.0..1.0).contains(&days) {
        return clock;
    }
    let whole = days.floor() as i64 + minutes / 1440;
    let start = chrono::NaiveDate::from_ymd_opt(1899, 12, 30).unwrap_or_default();
    let day = start.checked_add_signed(chrono::Duration::days(whole)).filter(|_| whole > 59);
    match day {
        Some(day) if minutes % 1440 == 0 => day.format("%d/%m/%Y").to_string(),
        Some(day) => format!("{} {clock}", day.format("%d/%m/%Y")),
        None => super::xlsx::general(days),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_dates() {
        assert_eq!(date(46_091.0, false), "10/03/2026");
        assert_eq!(date(46_091.5, false), "10/03/2026 12:00");
        assert_eq!(date(0.25, false), "06:00");
        assert_eq!(date(46_091.999_99, false), "11/03/2026");
    }

    #[test]
    fn junk_is_none() {
        assert!(sheets(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1junk").is_empty());
        assert!(read(b"", "x", 10).is_none());
    }
}
