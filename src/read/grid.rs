//! A CSV or XLSX file as rows of texts, each with its number in the file. Cells are as the file shows them.

use super::xlsx;
use crate::source::{is_forbidden, nfc};

/// Largest file accepted, in bytes.
pub const MAX_BYTES: usize = 64 << 20;
/// Most cells accepted.
pub const MAX_CELLS: usize = 500_000;

/// What is wrong with a file as a whole, and what to do.
pub type Fault = (String, &'static str);

/// A row: its number in the file (the line, in a CSV file), from 1, and its cells.
pub type Row = (usize, Vec<String>);

/// The rows of a file that are not empty; its kind is known by the extension of `name`. `sheet` names the sheet of an
/// XLSX file, the first unless given.
pub fn read(name: &str, bytes: &[u8], sheet: Option<&str>) -> Result<Vec<Row>, Fault> {
    if bytes.len() > MAX_BYTES {
        return Err((format!("Tệp {name} lớn hơn 64 MB."), "Chỉ giữ phần số liệu cần dùng."));
    }
    let lower = name.to_lowercase();
    let mut rows = if lower.ends_with(".csv") {
        csv_rows(name, bytes).map_err(|m| (m, "Lưu bảng tính thành “CSV UTF-8” rồi thử lại."))?
    } else if lower.ends_with(".xlsx") {
        xlsx::rows(name, bytes, sheet, MAX_CELLS)
            .map_err(|m| (m, "Mở tệp bằng Excel hoặc LibreOffice, kiểm tra tên trang tính, lưu lại thành .xlsx."))?
    } else {
        return Err((format!("Tệp {name} không phải CSV hay XLSX."), "Lưu số liệu thành tệp .csv hoặc .xlsx."));
    };
    rows.retain(|(_, cells)| cells.iter().any(|c| !c.trim().is_empty()));
    Ok(rows)
}

/// The first character of a cell that cannot be printed.
pub fn unprintable(cell: &str) -> Option<char> {
    cell.chars().find(|c| !matches!(c, '\n' | '\r' | '\t') && is_forbidden(*c))
}

/// The name of a column as a spreadsheet shows it: A, B … Z, AA …
pub fn letters(mut index: usize) -> String {
    let mut out = Vec::new();
    loop {
        out.insert(0, char::from(b'A' + (index % 26) as u8));
        if index < 26 {
            return out.into_iter().collect();
        }
        index = index / 26 - 1;
    }
}

fn csv_rows(name: &str, bytes: &[u8]) -> Result<Vec<Row>, String> {
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
            return Err(format!("Tệp {name} có hơn 500.000 ô."));
        }
        // The reader counts blank lines to the record that follows them.
        let line = record.position().map_or(out.len() + 1, |p| {
            let rest = bytes.get(p.byte() as usize..).unwrap_or_default();
            let blank = rest.iter().take_while(|b| matches!(b, b'\r' | b'\n'));
            p.line() as usize + blank.filter(|b| **b == b'\n').count()
        });
        out.push((line, record.iter().map(|c| nfc(c).into_owned()).collect()));
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_letters() {
        let all: Vec<_> = [0, 25, 26, 51, 52, 701, 702].into_iter().map(letters).collect();
        assert_eq!(all, ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]);
    }

    #[test]
    fn rows_keep_the_numbers_of_their_lines() {
        let rows = read("a.csv", "a;b\n\n1;\"hai\ndòng\"\n;\n2;x\n".as_bytes(), None).unwrap();
        assert_eq!(rows.iter().map(|(n, _)| *n).collect::<Vec<_>>(), [1, 3, 6]);
    }
}
