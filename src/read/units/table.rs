//! Units as rows of a CSV or XLSX file: the first row names the variables.

use super::{Column, Fault, Listed, OWN, Own, Unit, Units, cell_value, group_clash, is_name, unusable};
use crate::diagnostic::{Diagnostic, code};
use crate::read::grid;
use crate::source::is_forbidden;

/// What a column of the file is for.
enum Use {
    Variable(Column),
    Own,
    Nothing,
}

/// Reads the rows.
pub fn read(name: &str, bytes: &[u8], sheet: Option<&str>) -> Listed {
    let rows = match grid::read(name, bytes, sheet, grid::MAX_LIST) {
        Ok(rows) => rows,
        Err((message, hint)) => return unusable(message, hint),
    };
    let spreadsheet = name.to_lowercase().ends_with(".xlsx");
    let mut rows = rows.into_iter();
    let Some((_, header)) = rows.next() else {
        return unusable(format!("Danh sách {name} không có dòng nào."), "Dòng đầu là tên các cột.");
    };
    let rows: Vec<grid::Row> = rows.collect();
    let mut diagnostics = Vec::new();
    let mut uses = Vec::new();
    let mut known: Vec<String> = Vec::new();
    for (index, title) in header.iter().enumerate() {
        let title = title.trim();
        let letters = grid::letters(index);
        if title == OWN {
            uses.push(Use::Own);
            known.push(title.to_owned());
            continue;
        }
        if known.iter().any(|k| k == title) {
            return unusable(
                format!("Danh sách {name} có hai cột cùng tên “{title}”."),
                "Đặt tên khác nhau cho các cột.",
            );
        }
        if is_name(title) {
            known.push(title.to_owned());
            uses.push(Use::Variable(Column { name: title.to_owned(), letters: Some(letters) }));
            continue;
        }
        let used = rows.iter().any(|(_, row)| row.get(index).is_some_and(|c| !c.trim().is_empty()));
        if used {
            let shown: String = title.chars().filter(|c| !is_forbidden(*c)).take(60).collect();
            let message = match shown.as_str() {
                "" => format!("Cột {letters} của danh sách không có tên nên không được dùng."),
                _ => format!("Cột {letters} tên “{shown}” không dùng làm biến được nên bị bỏ qua."),
            };
            let near = crate::jinja::filters::file_name(&shown).replace('-', "_");
            let near = if is_name(&near) && !shown.is_empty() { near } else { "don_vi.ten".into() };
            diagnostics.push(
                Diagnostic {
                    severity: crate::diagnostic::Severity::Warning,
                    ..Diagnostic::general(&code::COT_BO_QUA, message)
                }
                .hint(format!(
                    "Nếu kế hoạch cần cột này, đặt tên gồm chữ không dấu, chữ số, dấu gạch dưới, ví dụ {near}."
                )),
            );
        }
        uses.push(Use::Nothing);
    }
    if !uses.iter().any(|u| matches!(u, Use::Variable(_) | Use::Own)) {
        return unusable(
            format!("Dòng đầu của danh sách {name} không có tên cột nào dùng làm biến được."),
            "Dòng đầu ghi tên biến, ví dụ don_vi.ten; tệp Excel nhiều trang tính thì chọn trang bằng --sheet.",
        );
    }
    let names: Vec<&str> = known.iter().map(String::as_str).collect();
    if let Some((name, inner)) = group_clash(&names) {
        return unusable(
            format!("Danh sách có cả cột “{name}” và cột “{inner}”, nên “{name}” vừa là một giá trị vừa là một nhóm."),
            "Đổi tên một trong hai cột.",
        );
    }
    let units = rows.into_iter().map(|(line, row)| unit(line, &row, &uses, spreadsheet)).collect();
    let columns = uses
        .into_iter()
        .filter_map(|u| match u {
            Use::Variable(column) => Some(column),
            Use::Own | Use::Nothing => None,
        })
        .collect();
    Listed { source: None, units: Some(Units { name: name.to_owned(), columns, units }), diagnostics }
}

fn unit(line: usize, row: &[String], uses: &[Use], spreadsheet: bool) -> Unit {
    let filled = row.iter().filter(|cell| !cell.trim().is_empty()).count();
    let mut unit = Unit { line, variables: Vec::with_capacity(filled), own: Own::Nothing, faults: Vec::new() };
    let what = if spreadsheet { "Hàng" } else { "Dòng" };
    for (index, cell) in row.iter().enumerate() {
        let text = cell.trim();
        if text.is_empty() {
            continue;
        }
        let Some(column) = uses.get(index) else {
            let message = format!("{what} {line} có {} ô, dòng tên cột chỉ có {}.", row.len(), uses.len());
            let diagnostic = Diagnostic::general(&code::DON_VI_SAI, message)
                .hint("Trong tệp CSV, ô có dấu phẩy hoặc chấm phẩy phải nằm trong ngoặc kép.");
            unit.faults.push(Fault { column: None, diagnostic });
            break;
        };
        if let (Some(c), Use::Variable(column)) = (grid::unprintable(text), column) {
            let message = format!("{what} {line}, cột {}: có ký tự không in được (U+{:04X}).", column.name, c as u32);
            let diagnostic = Diagnostic::general(&code::KY_TU_CAM, message).hint("Xóa ký tự này trong ô rồi gõ lại.");
            unit.faults.push(Fault { column: Some(column.clone()), diagnostic });
            continue;
        }
        if let (true, Use::Variable(column)) = (grid::is_sheet_error(text), column) {
            let message = format!("{what} {line}, cột {}: ô có lỗi của bảng tính ({text}).", column.name);
            let diagnostic =
                Diagnostic::general(&code::DON_VI_SAI, message).hint("Sửa công thức hoặc ngày của ô rồi lưu lại tệp.");
            unit.faults.push(Fault { column: Some(column.clone()), diagnostic });
            continue;
        }
        match column {
            Use::Variable(column) => unit.variables.push((column.name.clone(), cell_value(text))),
            Use::Own => unit.own = Own::File(text.replace('\\', "/")),
            Use::Nothing => {}
        }
    }
    unit
}
