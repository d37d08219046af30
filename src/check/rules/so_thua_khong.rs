//! Zeros beyond two digits.

use super::prelude::*;

rule!(
    "so-thua-khong",
    "Số văn bản có nhiều số không ở trước",
    Some("Phụ lục I, phần I, mục II, khoản 3, điểm c"),
    Warning,
    None,
    Document(look)
);

fn look(subject: &Subject<'_>, found: &mut Findings<'_>) {
    for text in subject.part(Part::So) {
        if text.plain.len() > 2 && text.plain.starts_with('0') {
            let right = text.plain.trim_start_matches('0');
            let message = format!("Số “{}” có số 0 ở trước.", text.plain);
            found.tell(
                text,
                0..text.plain.len(),
                message,
                format!("Ghi {right:0>2}; chỉ số nhỏ hơn 10 thêm một số 0."),
            );
        }
    }
}
