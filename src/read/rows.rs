//! Rows of a table from a CSV or XLSX file. CSV cells are exact text; XLSX numbers come without their display format.

use crate::diagnostic::{Diagnostic, code};
use crate::draft::Rows;
use crate::source::{Span, is_forbidden, nfc};
use calamine::{Data, Reader as _, Xlsx};
use std::io::Cursor;

/// Largest file accepted, in bytes.
pub const MAX_BYTES: usize = 64 << 20;
/// Most cells accepted.
pub const MAX_CELLS: usize = 500_000;

/// Reads the rows of a file; its kind is known by the extension of `name`. Errors are reported at `at`, the place in
/// the plan that names the file.
pub fn read(name: &str, bytes: &[u8], at: Span) -> Result<Rows, Diagnostic> {
    let bad = |message: String, hint: &str| Diagnostic::error(&code::SO_LIEU_SAI, at, message).hint(hint);
    if bytes.len() > MAX_BYTES {
        return Err(bad(format!("Tệp {name} lớn hơn 64 MB."), "Chỉ giữ phần số liệu cần cho bảng."));
    }
    let lower = name.to_lowercase();
    let all = if lower.ends_with(".csv") {
        csv_rows(name, bytes).map_err(|m| bad(m, "Lưu bảng tính thành “CSV UTF-8” rồi thử lại."))?
    } else if lower.ends_with(".xlsx") {
        xlsx_rows(name, bytes)
            .map_err(|m| bad(m, "Mở tệp bằng Excel hoặc LibreOffice, lưu lại thành .xlsx rồi thử lại."))?
    } else {
        return Err(bad(format!("Tệp {name} không phải CSV hay XLSX."), "Lưu số liệu thành tệp .csv hoặc .xlsx."));
    };
    for (i, row) in all.iter().enumerate() {
        if let Some(c) =
            row.iter().flat_map(|c| c.chars()).find(|c| !matches!(c, '\n' | '\r' | '\t') && is_forbidden(*c))
        {
            let message = format!("Dòng {} của tệp {name} có ký tự không in được (U+{:04X}).", i + 1, c as u32);
            return Err(bad(message, "Xóa ký tự này trong tệp rồi gõ lại chỗ đó."));
        }
    }
    let mut rows = all.into_iter().filter(|r| r.iter().any(|c| !c.trim().is_empty()));
    let Some(header) = rows.next() else {
        return Err(bad(format!("Tệp {name} không có dòng nào."), "Dòng đầu của tệp là tên các cột."));
    };
    let width = header.len();
    if let Some(twice) = header.iter().enumerate().find(|(i, h)| !h.trim().is_empty() && header[..*i].contains(h)) {
        return Err(bad(format!("Tệp {name} có hai cột cùng tên “{}”.", twice.1), "Đặt tên khác nhau cho các cột."));
    }
    let mut out = Vec::new();
    for (i, mut row) in rows.enumerate() {
        while row.len() > width && row.last().is_some_and(|c| c.trim().is_empty()) {
            row.pop();
        }
        if row.len() > width {
            let message = format!("Dòng {} của tệp {name} có {} ô, dòng đầu có {width} cột.", i + 2, row.len());
            return Err(bad(message, "Sửa tệp để dòng nào cũng có đủ số ô."));
        }
        row.resize(width, String::new());
        out.push(row);
    }
    Ok(Rows { header, rows: out })
}

fn csv_rows(name: &str, bytes: &[u8]) -> Result<Vec<Vec<String>>, String> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).map_err(|_| format!("Tệp {name} không phải là chữ UTF-8."))?;
    if text.matches('"').count() % 2 == 1 {
        return Err(format!("Tệp {name} có ngoặc kép mở ra mà không khép lại."));
    }
    let first = text.lines().next().unwrap_or("");
    let delimiter = [b',', b';', b'\t']
        .into_iter()
        .max_by_key(|d| (first.bytes().filter(|b| b == d).count(), *d == b','))
        .unwrap_or(b',');
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
    let mut out = Vec::new();
    let mut cells = 0;
    for record in reader.records() {
        let record = record.map_err(|e| {
            let line = e.position().map_or(0, |p| p.line());
            format!("Tệp {name}, dòng {line}: không đọc được CSV.")
        })?;
        cells += record.len();
        if cells > MAX_CELLS {
            return Err(format!("Tệp {name} có hơn {MAX_CELLS} ô."));
        }
        out.push(record.iter().map(|c| nfc(c).into_owned()).collect());
    }
    Ok(out)
}

fn xlsx_rows(name: &str, bytes: &[u8]) -> Result<Vec<Vec<String>>, String> {
    let failed = |_| format!("Tệp {name} không phải là bảng tính XLSX đọc được.");
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(failed)?;
    let sheet = book.sheet_names().first().cloned().ok_or_else(|| format!("Tệp {name} không có trang tính nào."))?;
    let range = book.worksheet_range(&sheet).map_err(failed)?;
    if range.rows().len().saturating_mul(range.width()) > MAX_CELLS {
        return Err(format!("Tệp {name} có hơn {MAX_CELLS} ô."));
    }
    Ok(range.rows().map(|row| row.iter().map(cell_text).collect()).collect())
}

/// A cell as a reader sees it: whole numbers without a fraction, dates by day, month and year.
fn cell_text(cell: &Data) -> String {
    match cell {
        Data::Empty => String::new(),
        Data::String(text) => nfc(text).into_owned(),
        Data::Float(number) if number.fract() == 0.0 && number.abs() < 1e15 => format!("{number:.0}"),
        Data::Float(number) => number.to_string().replace('.', ","),
        Data::DateTime(time) => {
            let (y, m, d, ..) = time.to_ymd_hms_milli();
            format!("{d:02}/{m:02}/{y:04}")
        }
        Data::Bool(true) => "TRUE".into(),
        Data::Bool(false) => "FALSE".into(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn semicolons_and_a_byte_order_mark() {
        let rows = read("a.csv", "\u{FEFF}STT;Tên\n01;Lương Minh\n;\n2;\n".as_bytes(), Span::default()).unwrap();
        assert_eq!(rows.header, ["STT", "Tên"]);
        assert_eq!(rows.rows, [["01", "Lương Minh"], ["2", ""]]);
    }

    #[test]
    fn too_many_cells_in_a_row_is_said_with_its_line() {
        let error = read("a.csv", b"a,b\n1,2,3\n", Span::default()).unwrap_err();
        assert!(error.message.contains("Dòng 2"), "{}", error.message);
    }

    #[test]
    fn junk_is_refused() {
        assert!(read("a.xlsx", b"PK\x03\x04junk", Span::default()).is_err());
        assert!(read("a.csv", b"\xff\xfe", Span::default()).is_err());
    }
}
