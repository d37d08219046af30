//! A list as the plan's `danh_sach` says that it looks.

use super::book::Page;
use super::headings::{Block, block, candidates, named};
use crate::diagnostic::{Diagnostic, code};
use crate::draft::DanhSach;
use crate::read::grid;

/// The headings, and each column with its variable.
pub type Located = (Block, Vec<(usize, String)>);

/// The headings, and each variable's column; or what does not fit, at its place in the plan.
pub fn locate(page: &Page, layout: &DanhSach, list: &str) -> Result<Located, Vec<Diagnostic>> {
    let found = |block: &Block| layout.cot.iter().filter(|(h, _)| !named(block, &h.value).is_empty()).count();
    let all = candidates(page);
    let best = all.iter().rev().max_by_key(|b| found(b));
    let block = match (&layout.hang_tieu_de, best) {
        (Some(rows), _) => block(page, rows.value.0, rows.value.1),
        (None, Some(best)) => best.clone(),
        (None, None) => Block { rows: (1, 1), columns: Vec::new() },
    };
    let mut problems = Vec::new();
    let mut out: Vec<(usize, String)> = Vec::new();
    let missing = layout.cot.len() - found(&block);
    // Most headings are elsewhere: one cause, one error.
    if let (Some(rows), Some(best)) = (&layout.hang_tieu_de, best)
        && missing > 0
        && found(best) > found(&block)
    {
        let message = format!(
            "{} của danh sách {list} không có đủ các tiêu đề ở cot; các tiêu đề đó nằm ở {}.",
            capital(&in_words(rows.value)),
            in_words(best.rows)
        );
        let fix = match best.rows {
            (first, last) if first == last => format!("Sửa thành hang_tieu_de: {first}."),
            (first, last) => format!("Sửa thành hang_tieu_de: [{first}, {last}]."),
        };
        return Err(vec![Diagnostic::error(&code::DANH_SACH_SAI, rows.span, message).hint(fix)]);
    }
    for (heading, variable) in &layout.cot {
        let message = match named(&block, &heading.value).as_slice() {
            [column] if out.iter().any(|(c, _)| c == column) => {
                format!("Cột {} của danh sách {list} đã dùng cho một biến khác ở cot.", grid::letters(*column))
            }
            [column] => {
                out.push((*column, variable.value.clone()));
                continue;
            }
            [] => format!("Danh sách {list} không có cột nào tiêu đề “{}” ở {}.", heading.value, in_words(block.rows)),
            several => {
                let letters: Vec<String> = several.iter().map(|c| grid::letters(*c)).collect();
                format!("Tiêu đề “{}” có ở nhiều cột của danh sách {list}: {}.", heading.value, letters.join(", "))
            }
        };
        let hint = match named(&block, &heading.value).as_slice() {
            [] => {
                let seen: Vec<String> =
                    block.columns.iter().filter(|c| !c.is_empty()).map(|c| format!("“{c}”")).collect();
                let near = super::headings::fold(&heading.value);
                let near = block
                    .columns
                    .iter()
                    .find(|c| !c.is_empty() && strsim::damerau_levenshtein(&super::headings::fold(c), &near) <= 2);
                match near {
                    Some(near) => format!("Có phải là “{near}” không?"),
                    None if seen.is_empty() => "Hàng này không có chữ nào; sửa hang_tieu_de hoặc trang.".to_owned(),
                    None => format!("Các tiêu đề ở đó: {}.", seen.join(", ")),
                }
            }
            [column, ..] => {
                format!("Viết theo chữ cái của cột, ví dụ \"cột {}\": {}.", grid::letters(*column), variable.value)
            }
        };
        problems.push(Diagnostic::error(&code::DANH_SACH_SAI, heading.span, message).hint(hint));
    }
    out.sort();
    if problems.is_empty() { Ok((block, out)) } else { Err(problems) }
}

fn in_words(rows: (usize, usize)) -> String {
    if rows.0 == rows.1 { format!("hàng {}", rows.0) } else { format!("hàng {} và {}", rows.0, rows.1) }
}

fn capital(text: &str) -> String {
    text.replacen('h', "H", 1)
}
