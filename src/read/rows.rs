//! Rows of a table from a CSV or XLSX file, as the file shows them.

use super::grid;
use crate::diagnostic::{Diagnostic, code};
use crate::draft::Rows;
use crate::source::Span;

pub use super::grid::MAX_BYTES;

/// Reads the rows of a file; its kind is known by the extension of `name`. Errors are reported at `at`, the place in
/// the plan that names the file.
pub fn read(name: &str, bytes: &[u8], at: Span) -> Result<Rows, Diagnostic> {
    let bad = |message: String, hint: &str| Diagnostic::error(&code::SO_LIEU_SAI, at, message).hint(hint);
    let all = grid::read(name, bytes, None, grid::MAX_TABLE).map_err(|(message, hint)| bad(message, hint))?;
    let told = grid::doubts(name, all.eth.as_ref(), &all.rows, |_| true).collect();
    let all = all.rows;
    for (number, row) in &all {
        if let Some(c) = row.iter().find_map(|cell| grid::unprintable(cell)) {
            let message = format!("Dòng {number} của tệp {name} có ký tự không in được (U+{:04X}).", c as u32);
            return Err(bad(message, "Xóa ký tự này trong tệp rồi gõ lại chỗ đó."));
        }
    }
    if let Some((number, _)) = all.iter().find(|(_, row)| row.iter().any(|c| c.len() > grid::MAX_CELL)) {
        let message = format!("Dòng {number} của tệp {name} có ô dài hơn {} MB.", grid::MAX_CELL >> 20);
        return Err(bad(message, "Một ô của Excel có nhiều nhất 32.767 ký tự; kiểm tra lại ô này."));
    }
    for (number, row) in &all {
        if let Some(cell) = row.iter().find(|cell| grid::is_sheet_error(cell.trim())) {
            let message = format!("Dòng {number} của tệp {name} có ô báo lỗi của bảng tính ({}).", cell.trim());
            return Err(bad(message, "Sửa công thức hoặc ngày của ô rồi lưu lại tệp."));
        }
    }
    // A table that does not begin in the first column of its sheet.
    let blank = all.iter().map(|(_, row)| row.iter().take_while(|c| c.trim().is_empty()).count()).min().unwrap_or(0);
    let mut rows = all.into_iter().map(|(number, mut row)| {
        row.drain(..blank.min(row.len()));
        (number, row)
    });
    let Some((_, header)) = rows.next() else {
        return Err(bad(format!("Tệp {name} không có dòng nào."), "Dòng đầu của tệp là tên các cột."));
    };
    let width = header.len();
    if let Some(twice) = header.iter().enumerate().find(|(i, h)| !h.trim().is_empty() && header[..*i].contains(h)) {
        return Err(bad(format!("Tệp {name} có hai cột cùng tên “{}”.", twice.1), "Đặt tên khác nhau cho các cột."));
    }
    let mut out = Vec::new();
    for (number, mut row) in rows {
        while row.len() > width && row.last().is_some_and(|c| c.trim().is_empty()) {
            row.pop();
        }
        if row.len() > width {
            let message = format!("Dòng {number} của tệp {name} có {} ô, dòng đầu có {width} cột.", row.len());
            return Err(bad(message, "Sửa tệp để dòng nào cũng có đủ số ô."));
        }
        row.resize(width, String::new());
        out.push(row);
    }
    Ok(Rows { header, rows: out, told })
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
