//! `danh_sach`: how the list of units looks.

use super::decode::Reader;
use super::tree::{Node, NodeKind};
use super::units::{fold, is_name};
use crate::diagnostic::code;
use crate::draft::{DanhSach, Pick, Text, keys};
use crate::source::Spanned;

/// Most rows of headings.
const MAX_HEADING_ROWS: usize = 5;

impl Reader {
    /// The value of `danh_sach`.
    pub fn danh_sach(&mut self, node: &Node) -> Option<DanhSach> {
        let f = self.fields(node, &keys::DANH_SACH, &[])?;
        Some(DanhSach {
            trang: f.get("trang").and_then(|n| self.text(n, "trang")),
            hang_tieu_de: f.get("hang_tieu_de").and_then(|n| self.heading_rows(n)),
            cot: f.get("cot").map(|n| self.headings(n)).unwrap_or_default(),
            bo_hang: f.get("bo_hang").map(|n| self.picks(n, "bo_hang")).unwrap_or_default(),
            lay_hang: f.get("lay_hang").map(|n| self.picks(n, "lay_hang")).unwrap_or_default(),
            span: f.span,
        })
    }

    fn heading_rows(&mut self, node: &Node) -> Option<Spanned<(usize, usize)>> {
        let texts = self.texts(node, "hang_tieu_de");
        let mut rows = Vec::new();
        for text in &texts {
            match rows_of(text.value.trim()) {
                Some((first, last)) => rows.extend([first, last]),
                None => {
                    self.error(
                        &code::GIA_TRI_LA,
                        text.span,
                        format!("“{}” không phải là số thứ tự của một hàng.", text.value),
                        "Ghi số hàng mà Excel hiện ở lề trái, ví dụ hang_tieu_de: 4; tiêu đề hai hàng thì [3, 4].",
                    );
                    return None;
                }
            }
        }
        let (first, last) = (*rows.iter().min()?, *rows.iter().max()?);
        if last - first >= MAX_HEADING_ROWS {
            self.error(
                &code::NGOAI_KHOANG,
                node.span,
                format!("Tiêu đề từ hàng {first} đến hàng {last} là nhiều hơn {MAX_HEADING_ROWS} hàng."),
                "Chỉ ghi hàng đầu và hàng cuối của tiêu đề, ví dụ [3, 4].",
            );
            return None;
        }
        Some(Spanned::new((first, last), node.span))
    }

    fn headings(&mut self, node: &Node) -> Vec<(Text, Text)> {
        let NodeKind::Map(entries) = &node.kind else {
            let hint = "Viết mỗi cột một dòng, dạng “tiêu đề: tên biến”, ví dụ \"Tên đơn vị\": don_vi.ten.";
            self.wrong_shape(node, "cot", "một nhóm khóa", hint);
            return Vec::new();
        };
        let mut out: Vec<(Text, Text)> = Vec::new();
        for (key, value) in entries {
            let Some(heading) = self.text(key, "Tiêu đề cột") else { continue };
            let Some(variable) = self.text(value, &format!("Biến của cột “{}”", heading.value)) else {
                continue;
            };
            if !is_name(&variable.value) {
                let place = if variable.value.is_empty() { heading.span } else { variable.span };
                self.error(
                    &code::GIA_TRI_LA,
                    place,
                    format!("“{}” không dùng làm tên biến được.", variable.value),
                    "Bên phải dấu hai chấm là tên biến của kế hoạch: chữ không dấu, chữ số, dấu gạch dưới, dấu chấm ngăn các cấp, ví dụ don_vi.ten.",
                );
            } else if out.iter().any(|(h, _)| fold(&h.value) == fold(&heading.value)) {
                self.error(
                    &code::YAML_KHOA_TRUNG,
                    heading.span,
                    format!("Tiêu đề “{}” viết hai lần trong cot.", heading.value),
                    "Giữ một lần; hai cột cùng tiêu đề thì viết theo chữ cái của cột, ví dụ \"cột B\": don_vi.ten.",
                );
            } else if let Some((other, _)) = out.iter().find(|(_, v)| v.value == variable.value) {
                self.error(
                    &code::YAML_KHOA_TRUNG,
                    variable.span,
                    format!("Hai cột “{}” và “{}” cùng cho biến “{}”.", other.value, heading.value, variable.value),
                    "Mỗi biến lấy từ một cột: bỏ một dòng hoặc đổi tên biến.",
                );
            } else {
                out.push((heading, variable));
            }
        }
        out
    }

    fn picks(&mut self, node: &Node, what: &str) -> Vec<Pick> {
        let texts = self.texts(node, what);
        let pick = |text: &Text| match rows_of(text.value.trim()) {
            Some((first, last)) => Pick::Rows(first, last),
            None => Pick::Text(text.value.clone()),
        };
        texts.iter().filter(|t| !t.value.trim().is_empty()).map(pick).collect()
    }
}

/// `12` or `12-15`, of any dash.
fn rows_of(text: &str) -> Option<(usize, usize)> {
    let number = |t: &str| t.trim().parse::<usize>().ok().filter(|n| *n > 0);
    match text.split_once(['-', '–']) {
        None => number(text).map(|n| (n, n)),
        Some((first, last)) => number(first).zip(number(last)).filter(|(a, b)| a <= b),
    }
}
