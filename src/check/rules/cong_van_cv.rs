//! `CV` in the symbol of a công văn.

use super::prelude::*;
use crate::decree30::kinds::Form;

rule!(
    "cong-van-cv",
    "Ký hiệu công văn có chữ “CV”",
    Some("Phụ lục I, phần I, mục II, khoản 3, điểm b"),
    Error,
    None,
    Document(look)
);

fn look(subject: &Subject<'_>, found: &mut Findings<'_>) {
    if subject.main().loai.form != Form::CongVan {
        return;
    }
    for text in subject.part(Part::KyHieu).filter(|t| t.plain.split('-').next() == Some("CV")) {
        let hint = "Ký hiệu công văn gồm chữ viết tắt tên cơ quan và đơn vị soạn thảo: SNV-VP.";
        found.tell(text, 0..text.plain.len(), "Công văn không có tên loại nên ký hiệu không có “CV”.", hint);
    }
}
