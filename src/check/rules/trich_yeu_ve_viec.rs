//! `V/v` before a subject that has none, or that gets one.

use super::prelude::*;
use crate::decree30::kinds::Form;

rule!(
    "trich-yeu-ve-viec",
    "“V/v” hoặc “Về việc” gõ thừa trong trích yếu",
    Some("Phụ lục I, phần I, mục II, khoản 5"),
    Error,
    Safe,
    Document(look)
);

fn look(subject: &Subject<'_>, found: &mut Findings<'_>) {
    for text in subject.part(Part::TrichYeu) {
        let typed = ["v/v ", "v/v: ", "v/v. "].iter().find(|lead| text.low.starts_with(**lead));
        let Some(lead) = typed else { continue };
        if subject.main().loai.form == Form::CongVan && *lead == "v/v " && text.plain.starts_with("V/v ") {
            continue;
        }
        let message = "Trích yếu có chữ “V/v” gõ sẵn.";
        let hint = "Bỏ “V/v”: công văn được chương trình tự thêm, văn bản có tên loại thì không có.";
        found.replace_with_hint(text, 0..lead.len(), "", message, hint);
    }
}
