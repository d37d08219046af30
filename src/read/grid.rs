//! A CSV or XLSX file as rows of texts, each with its number in the file. Cells are as the file shows them.

use super::{bytes, xlsx};
use crate::diagnostic::{Diagnostic, Severity, code};
use crate::source::{is_eth, is_forbidden, nfc};
use std::borrow::Cow;

/// Largest file accepted, in bytes.
pub const MAX_BYTES: usize = 64 << 20;
/// Most cells accepted of a table of a plan.
pub const MAX_TABLE: usize = 500_000;
/// Most cells accepted of a list: 10,000 units with two hundred columns.
pub const MAX_LIST: usize = 2_000_000;

/// Largest cell accepted, in bytes; Excel holds 32,767 characters.
pub const MAX_CELL: usize = 1 << 20;

/// What is wrong with a file as a whole, and what to do.
pub type Fault = (String, &'static str);

/// A row: its number in the file (the line, in a CSV file), from 1, and its cells.
pub type Row = (usize, Vec<String>);

/// The rows of a file that have something.
#[derive(Debug)]
pub struct Grid {
    /// The rows, in the order of the file.
    pub rows: Vec<Row>,
    /// The first cell with a letter that was read as `Đ` or `đ`.
    pub eth: Option<Doubt>,
}

/// The first cell that shows what its author may not have meant.
#[derive(Debug)]
pub struct Doubt {
    row: usize,
    column: usize,
    count: usize,
    shown: String,
}

/// The rows of a file that are not empty, of at most `max` cells; its kind is known by the extension of `name`. `sheet`
/// names the sheet of an XLSX file, the first unless given.
pub fn read(name: &str, bytes: &[u8], sheet: Option<&str>, max: usize) -> Result<Grid, Fault> {
    if bytes.len() > MAX_BYTES {
        return Err((format!("Tệp {name} lớn hơn 64 MB."), "Chỉ giữ phần số liệu cần dùng."));
    }
    let lower = name.to_lowercase();
    let mut rows = if lower.ends_with(".csv") {
        csv_rows(name, bytes, max)?
    } else if lower.ends_with(".xlsx") || lower.ends_with(".xls") {
        if let Some(fault) = other_kind(name, bytes) {
            return Err(fault);
        }
        if let Some(part) = xlsx::too_large(bytes) {
            return Err((
                format!("Tệp {name} mở ra quá lớn: phần {part} hơn {} MB.", xlsx::MAX_PART >> 20),
                "Chỉ giữ phần số liệu cần dùng.",
            ));
        }
        xlsx::rows(name, bytes, sheet, max)
            .map_err(|m| (m, "Mở tệp bằng Excel hoặc LibreOffice, kiểm tra tên trang tính, lưu lại thành .xlsx."))?
    } else {
        return Err((format!("Tệp {name} không phải CSV hay XLSX."), "Lưu số liệu thành tệp .csv hoặc .xlsx."));
    };
    rows.retain(|(_, cells)| cells.iter().any(|c| !c.trim().is_empty()));
    Ok(composed(rows))
}

/// The rows with their cells in NFC.
pub fn composed(mut rows: Vec<Row>) -> Grid {
    let eth = first(&rows, |_| true, |c| c.contains(is_eth));
    for cell in rows.iter_mut().flat_map(|(_, cells)| cells) {
        if let Cow::Owned(composed) = nfc(cell) {
            *cell = composed;
        }
    }
    Grid { rows, eth }
}

/// The first cell that raises a doubt, and how many do.
fn first(rows: &[Row], columns: impl Fn(usize) -> bool, doubtful: impl Fn(&str) -> bool) -> Option<Doubt> {
    let mut found: Option<Doubt> = None;
    for (row, cells) in rows {
        for (column, cell) in cells.iter().enumerate().filter(|(i, c)| columns(*i) && doubtful(c)) {
            match &mut found {
                Some(doubt) => doubt.count += 1,
                None => {
                    found = Some(Doubt { row: *row, column, count: 1, shown: cell.trim().chars().take(60).collect() })
                }
            }
        }
    }
    found
}

impl Doubt {
    fn place(&self) -> String {
        let more = if self.count > 1 { format!(" (và {} ô khác)", self.count - 1) } else { String::new() };
        format!("Ô {}{}{more}", letters(self.column), self.row)
    }
}

/// What the user has to know of the cells of a file: letters that were read as others, and in some columns numbers that a
/// spreadsheet has cut. Warnings without a place.
pub fn doubts(
    name: &str,
    eth: Option<&Doubt>,
    rows: &[Row],
    columns: impl Fn(usize) -> bool,
) -> impl Iterator<Item = Diagnostic> {
    let letter = eth.map(|doubt| {
        let message = format!(
            "{} của tệp {name} có chữ giống “Đ” của tiếng nước khác (“{}”); đã đọc là “Đ”, “đ”.",
            doubt.place(),
            doubt.shown
        );
        let hint = "Không cần sửa nếu đúng ý; muốn hết nhắc thì thay các chữ này trong tệp.";
        Diagnostic::general(&code::CHU_D_LA, message).hint(hint)
    });
    // In a workbook a cell that shows such a number has it whole, and the format is its author's choice.
    let csv = name.to_lowercase().ends_with(".csv");
    let number = first(rows, columns, is_cut).filter(|_| csv).map(|doubt| {
        let message = format!(
            "{} của tệp {name} là “{}”: Excel đã rút gọn số khi lưu thành CSV, các chữ số sau bị mất.",
            doubt.place(),
            doubt.shown
        );
        let hint = "Mở tệp gốc bằng Excel, đặt định dạng của cột là Chữ (Text) hoặc Số (Number) rồi lưu lại; hoặc dùng thẳng tệp .xlsx.";
        Diagnostic::general(&code::SO_BI_RUT, message).hint(hint)
    });
    letter.into_iter().chain(number).map(|d| Diagnostic { severity: Severity::Warning, ..d })
}

/// Whether a cell shows a number as Excel writes one that does not fit its column: `1,23457E+11`.
fn is_cut(cell: &str) -> bool {
    let Some((number, power)) = cell.trim().split_once("E+") else { return false };
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let number = number.strip_prefix('-').unwrap_or(number);
    let (whole, rest) = number.split_once([',', '.']).unwrap_or((number, "0"));
    whole.len() == 1 && digits(whole) && digits(rest) && (1..=3).contains(&power.len()) && digits(power)
}

/// What a file named `.xlsx` is instead, told by its first bytes.
fn other_kind(name: &str, bytes: &[u8]) -> Option<Fault> {
    // Programs of the web give tables the name of a workbook.
    let end = if name.to_lowercase().ends_with(".xls") { ".xls" } else { ".xlsx" };
    const OLE: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
    if bytes.starts_with(b"PK") || bytes.is_empty() {
        return None;
    }
    if bytes.starts_with(OLE) {
        // The directory of such a file names its streams in UTF-16.
        let stream: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
        return Some(if bytes.windows(stream.len()).any(|w| w == stream) {
            (
                format!("Tệp {name} có mật khẩu nên không đọc được."),
                "Mở tệp bằng Excel, bỏ mật khẩu (Tệp > Thông tin > Bảo vệ sổ làm việc) rồi lưu lại.",
            )
        } else if end == ".xls" {
            (
                format!("Tệp {name} là bảng tính Excel kiểu cũ (.xls) không đọc được ở đây."),
                "Mở tệp bằng Excel, bỏ mật khẩu nếu có, chọn “Lưu thành” kiểu “Sổ làm việc Excel (.xlsx)”.",
            )
        } else {
            (
                format!("Tệp {name} là bảng tính Excel kiểu cũ (.xls), tuy tên là .xlsx."),
                "Mở tệp bằng Excel, chọn “Lưu thành” kiểu “Sổ làm việc Excel (.xlsx)”.",
            )
        });
    }
    let text = bytes::text(bytes).ok()?;
    Some(if text.trim_start().starts_with('<') {
        (
            format!("Tệp {name} là trang mạng (HTML) hay XML, tuy tên là {end}."),
            "Mở tệp bằng Excel, chọn “Lưu thành” kiểu “Sổ làm việc Excel (.xlsx)”.",
        )
    } else {
        (format!("Tệp {name} là chữ thường (CSV), tuy tên là {end}."), "Đổi tên tệp thành .csv rồi thử lại.")
    })
}

/// The first character of a cell that cannot be printed.
pub fn unprintable(cell: &str) -> Option<char> {
    cell.chars().find(|c| !matches!(c, '\n' | '\r' | '\t') && is_forbidden(*c))
}

pub use xlsx::UNCALCULATED;

/// Whether a cell shows the error of a formula (ECMA-376, 18.17.3), signs instead of a date before all dates, or a
/// formula without a value.
pub fn is_sheet_error(cell: &str) -> bool {
    cell == UNCALCULATED
        || matches!(cell, "#DIV/0!" | "#N/A" | "#NAME?" | "#NULL!" | "#NUM!" | "#REF!" | "#VALUE!" | "####")
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

/// Lines of a CSV file by which its separator is known.
const LOOK: usize = 30;

/// The separator of a CSV file and the text behind its `sep=` line, if Excel wrote one: the sign by which most of the first
/// lines have the same number of cells. A title above the headings has none.
fn separator(text: &str) -> (u8, usize) {
    let first = text.split_inclusive('\n').find(|l| !l.trim().is_empty()).unwrap_or("");
    if let Some(sign) = first.trim_end().strip_prefix("sep=").filter(|s| s.len() == 1) {
        let start = (first.as_ptr() as usize - text.as_ptr() as usize) + first.len();
        return (sign.as_bytes()[0], start);
    }
    const SIGNS: [u8; 3] = [b',', b';', b'\t'];
    // How often each sign stands outside quotes, line by line.
    let mut lines = vec![[0usize; 3]];
    let mut quoted = false;
    for byte in text.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted && lines.len() == LOOK => break,
            b'\n' if !quoted => lines.push([0; 3]),
            _ if quoted => {}
            _ => {
                if let (Some(at), Some(line)) = (SIGNS.iter().position(|s| *s == byte), lines.last_mut()) {
                    line[at] += 1;
                }
            }
        }
    }
    // How many lines have the count that most have, and that count; of equals the first sign.
    let agreed = |sign: usize| {
        let counts = lines.iter().map(|l| l[sign]).filter(|n| *n > 0);
        let times = |count: usize| lines.iter().filter(|l| l[sign] == count).count();
        counts.map(|n| (times(n), n)).max().unwrap_or((0, 0))
    };
    let best = (0..SIGNS.len()).rev().max_by_key(|sign| agreed(*sign)).unwrap_or(0);
    (SIGNS[best], 0)
}

fn csv_rows(name: &str, bytes: &[u8], max: usize) -> Result<Vec<Row>, Fault> {
    let again = "Lưu bảng tính thành “CSV UTF-8” rồi thử lại.";
    let text =
        bytes::text(bytes).map_err(|line| (format!("Tệp {name} không phải là chữ UTF-8 (dòng {line})."), again))?;
    // Old programs end lines with a carriage return alone.
    let text = if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n").into() } else { text };
    let (text, bytes) = (&*text, text.as_bytes());
    if text.matches('"').count() % 2 == 1 {
        return Err((
            format!("Tệp {name} có ngoặc kép mở ra mà không khép lại."),
            "Xóa dấu ngoặc kép thừa, hoặc viết hai dấu (\"\") cho một dấu ở trong ô.",
        ));
    }
    let (delimiter, start) = separator(text);
    let skipped = text[..start].matches('\n').count();
    let (text, bytes) = (&text[start..], &bytes[start..]);
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
    let mut out = Vec::new();
    let mut cells = 0;
    for record in reader.records() {
        let record = record.map_err(|e| {
            let line = e.position().map_or(0, |p| p.line());
            (format!("Tệp {name}, dòng {line}: không đọc được CSV."), again)
        })?;
        cells += record.len();
        if cells > max {
            return Err((format!("Tệp {name} có quá nhiều ô."), "Chỉ giữ các dòng và cột cần dùng."));
        }
        // The reader counts blank lines to the record that follows them.
        let line = record.position().map_or(out.len() + 1, |p| {
            let rest = bytes.get(p.byte() as usize..).unwrap_or_default();
            let blank = rest.iter().take_while(|b| matches!(b, b'\r' | b'\n'));
            skipped + p.line() as usize + blank.filter(|b| **b == b'\n').count()
        });
        out.push((line, record.iter().map(str::to_owned).collect()));
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
    fn the_separator_is_that_of_most_lines() {
        for (text, sign) in [
            ("a,b\n1,2\n", b','),
            ("a;b\n1,5;2,5\n", b';'),
            ("a\tb, c\n1\t2\n", b'\t'),
            ("DANH SÁCH, NĂM 2026\n\nSTT;Tên\n1;Xã A, B\n2;Xã C\n", b';'),
            ("DANH SÁCH\nSTT,Tên\n1,\"A; B\"\n", b','),
            ("\"a;\nb\",c\n", b','),
            ("mot\nhai\n", b','),
            ("", b','),
        ] {
            assert_eq!(separator(text), (sign, 0), "{text}");
        }
        assert_eq!(separator("sep=;\na,b;c\n"), (b';', 6));
    }

    #[test]
    fn numbers_that_excel_cut_are_known() {
        for cut in ["1,23457E+11", "1.2E+12", "-3E+9", " 4,00E+20 "] {
            assert!(is_cut(cut), "{cut}");
        }
        for whole in ["123457", "E+11", "12,3E+4", "1,23457E-05", "1E+", "1,E+11", "QE+11", "1,5e+3", "AE+12"] {
            assert!(!is_cut(whole), "{whole}");
        }
    }

    #[test]
    fn rows_keep_the_numbers_of_their_lines() {
        let rows = read("a.csv", "a;b\n\n1;\"hai\ndòng\"\n;\n2;x\n".as_bytes(), None, MAX_TABLE).unwrap().rows;
        assert_eq!(rows.iter().map(|(n, _)| *n).collect::<Vec<_>>(), [1, 3, 6]);
    }
}
