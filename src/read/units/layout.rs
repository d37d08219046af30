//! A list as the plan's `danh_sach` says that it looks.

use super::book::Page;
use super::headings::{Block, block, candidates, fold, named};
use crate::diagnostic::{Diagnostic, code};
use crate::draft::DanhSach;
use crate::read::grid;

/// The headings, and each column with its variable.
pub type Located = (Block, Vec<(usize, String)>);

/// The headings, and each variable's column; or what does not fit, at its place in the plan.
pub fn locate(page: &Page, layout: &DanhSach, list: &str) -> Result<Located, Vec<Diagnostic>> {
    let block = headings(page, layout, list).map_err(|problem| vec![problem])?;
    let mut problems = Vec::new();
    let mut out: Vec<(usize, String)> = Vec::new();
    for (heading, variable) in &layout.cot {
        match named(&block, &heading.value).as_slice() {
            [column] if out.iter().all(|(c, _)| c != column) => out.push((*column, variable.value.clone())),
            columns => {
                let (message, hint) = no_column(&block, columns, &heading.value, &variable.value, list);
                problems.push(Diagnostic::error(&code::DANH_SACH_SAI, heading.span, message).hint(hint));
            }
        }
    }
    out.sort();
    if problems.is_empty() { Ok((block, out)) } else { Err(problems) }
}

/// The rows of headings: as the plan says, or those that have most of its columns.
fn headings(page: &Page, layout: &DanhSach, list: &str) -> Result<Block, Diagnostic> {
    let found = |block: &Block| layout.cot.iter().filter(|(h, _)| !named(block, &h.value).is_empty()).count();
    let all = candidates(page);
    let best = all.iter().rev().max_by_key(|b| found(b));
    let Some(rows) = &layout.hang_tieu_de else {
        return Ok(best.cloned().unwrap_or(Block { rows: (1, 1), columns: Vec::new() }));
    };
    let block = block(page, rows.value.0, rows.value.1);
    let Some(best) = best.filter(|best| found(&block) < layout.cot.len() && found(best) > found(&block)) else {
        return Ok(block);
    };
    // Most headings are elsewhere: one cause, one error.
    let message = format!(
        "{} của danh sách {list} không có đủ các tiêu đề ở cot; các tiêu đề đó nằm ở {}.",
        capital(&in_words(rows.value)),
        in_words(best.rows)
    );
    let fix = match best.rows {
        (first, last) if first == last => format!("Sửa thành hang_tieu_de: {first}."),
        (first, last) => format!("Sửa thành hang_tieu_de: [{first}, {last}]."),
    };
    Err(Diagnostic::error(&code::DANH_SACH_SAI, rows.span, message).hint(fix))
}

/// Why a heading leads to no column of its own, and what to do. `columns` are those that have it.
fn no_column(block: &Block, columns: &[usize], heading: &str, variable: &str, list: &str) -> (String, String) {
    let by_letter =
        |column: &usize| format!("Viết theo chữ cái của cột, ví dụ \"cột {}\": {variable}.", grid::letters(*column));
    match columns {
        [column] => {
            let letters = grid::letters(*column);
            let message = format!("Cột {letters} của danh sách {list} đã dùng cho một biến khác ở cot.");
            (message, by_letter(column))
        }
        [first, ..] => {
            let letters: Vec<String> = columns.iter().map(|c| grid::letters(*c)).collect();
            let letters = letters.join(", ");
            (format!("Tiêu đề “{heading}” có ở nhiều cột của danh sách {list}: {letters}."), by_letter(first))
        }
        [] => {
            let message = format!("Danh sách {list} không có cột nào tiêu đề “{heading}” ở {}.", in_words(block.rows));
            let seen: Vec<&String> = block.columns.iter().filter(|c| !c.is_empty()).collect();
            let wanted = fold(heading);
            let near = seen.iter().find(|c| strsim::damerau_levenshtein(&fold(c), &wanted) <= 2);
            let hint = match near {
                Some(near) => format!("Có phải là “{near}” không?"),
                None if seen.is_empty() => "Hàng này không có chữ nào; sửa hang_tieu_de hoặc trang.".to_owned(),
                None => {
                    let seen: Vec<String> = seen.iter().map(|c| format!("“{c}”")).collect();
                    format!("Các tiêu đề ở đó: {}.", seen.join(", "))
                }
            };
            (message, hint)
        }
    }
}

fn in_words(rows: (usize, usize)) -> String {
    if rows.0 == rows.1 { format!("hàng {}", rows.0) } else { format!("hàng {} và {}", rows.0, rows.1) }
}

fn capital(text: &str) -> String {
    text.replacen('h', "H", 1)
}
