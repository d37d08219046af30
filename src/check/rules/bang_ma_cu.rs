//! What TCVN3 and VNI leave in a text.

use super::prelude::*;
use crate::check::legacy::{may_be_in, page_of};

rule!("bang-ma-cu", "Chữ còn sót của bảng mã cũ", Some("Phụ lục I, phần I, mục I, khoản 4"), Error, None, Text(look));

fn look(text: &Text<'_>, found: &mut Findings<'_>) {
    if !may_be_in(text) {
        return;
    }
    let mut at = 0;
    for piece in text.plain.split(char::is_whitespace) {
        let range = at..at + piece.len();
        at += piece.len();
        at += text.plain[at..].chars().next().map_or(0, char::len_utf8);
        if let Some(page) = page_of(piece) {
            let hint = "Đổi tệp gốc sang Unicode rồi chép lại, hoặc gõ lại chữ này.";
            found.tell(text, range, format!("“{piece}” là chữ của bảng mã {page}."), hint);
        }
    }
}
