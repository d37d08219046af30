//! The report as CSV: one row a unit.

use super::Report;
use crate::batch::record::{Record, Status, Trouble};
use std::borrow::Cow;

/// Titles of the columns.
pub const TITLES: [&str; 14] = [
    "Dòng",
    "Đơn vị",
    "Kết quả",
    "Tệp",
    "Trang",
    "Số chữ",
    "Cảnh báo",
    "Lỗi",
    "Nội dung lỗi, cảnh báo",
    "Chỗ sai",
    "Cột của danh sách",
    "Ô",
    "Mili giây",
    "SHA-256",
];

/// The report, with a byte order mark so that spreadsheets read it as UTF-8.
pub fn csv(report: &Report) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(b"\xEF\xBB\xBF".to_vec());
    // Writing into memory does not fail.
    let _ = writer.write_record(TITLES);
    for unit in &report.units {
        let cells = cells(unit);
        let _ = writer.write_record(cells.iter().map(|c| harmless(c).into_owned()));
    }
    writer.into_inner().unwrap_or_default()
}

/// The cells of a unit.
pub fn cells(unit: &Record) -> [String; 14] {
    let right = matches!(unit.status, Status::Written | Status::Unchanged);
    let files: Vec<_> = unit.files.iter().filter(|_| right).collect();
    let troubles: Vec<&Trouble> = unit.errors.iter().chain(&unit.warnings).collect();
    let join = |of: &dyn Fn(&Trouble) -> String| {
        let all: Vec<String> = troubles.iter().map(|t| of(t)).filter(|t| !t.is_empty()).collect();
        all.join("\n")
    };
    [
        unit.row.to_string(),
        unit.unit.clone(),
        unit.status.words().to_owned(),
        files.iter().map(|f| f.path.as_str()).collect::<Vec<_>>().join("\n"),
        unit.pages.filter(|_| right).map(|p| p.to_string()).unwrap_or_default(),
        if right { unit.words.to_string() } else { String::new() },
        unit.warnings.len().to_string(),
        unit.errors.len().to_string(),
        join(&|t| format!("{} [{}]", t.message, t.code)),
        join(&Trouble::place),
        join(&|t| t.unit_columns.join(", ")),
        join(&|t| t.cell.clone().unwrap_or_default()),
        unit.milliseconds.to_string(),
        files.iter().map(|f| f.sha256.as_str()).collect::<Vec<_>>().join("\n"),
    ]
}

/// A text that a spreadsheet would take for a formula gets a quote in front (OWASP, “CSV Injection”).
fn harmless(text: &str) -> Cow<'_, str> {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_no_formula() {
        let units = vec![Record { unit: "=HYPERLINK(\"http://x\")".into(), ..Record::default() }];
        let text = String::from_utf8(csv(&Report { units, ..Report::default() })).unwrap();
        assert!(text.contains("\"'=HYPERLINK"), "{text}");
    }
}
