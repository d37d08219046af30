//! A căn cứ that ends with a comma, or the last of a decision with a semicolon.

use super::prelude::*;
use crate::check::bodies::has_year;
use crate::decree30::kinds::Form;

rule!(
    "can-cu-dau-cuoi",
    "Căn cứ kết thúc bằng dấu câu sai",
    Some("Phụ lục I, phần I, mục II, khoản 6, điểm a"),
    Error,
    Unsafe,
    Document(look)
);

fn look(subject: &Subject<'_>, found: &mut Findings<'_>) {
    for owner in 0..subject.documents.len() {
        let all: Vec<&Text<'_>> =
            subject.texts.iter().filter(|t| t.owner == owner && t.place == Place::Part(Part::CanCu)).collect();
        let decides = matches!(subject.documents[owner].loai.form, Form::QuyetDinh | Form::NghiQuyet);
        for (at, text) in all.iter().enumerate() {
            let last = at + 1 == all.len();
            let Some(end) = text.plain.chars().next_back() else { continue };
            let right = match end {
                ',' | ':' if !last || decides => {
                    if last {
                        "."
                    } else {
                        ";"
                    }
                }
                // Normative documents go on: `Ủy ban nhân dân tỉnh ban hành Quyết định …`.
                ';' if last && decides && !has_year(subject.documents[owner]) => ".",
                '.' if !last && !text.low.ends_with("v.v.") => ";",
                _ => continue,
            };
            let place = text.plain.len() - end.len_utf8()..text.plain.len();
            let message = if last {
                "Căn cứ cuối cùng kết thúc bằng dấu chấm."
            } else {
                "Mỗi căn cứ kết thúc bằng dấu chấm phẩy."
            };
            found.replace(text, place, right, message);
        }
    }
}
