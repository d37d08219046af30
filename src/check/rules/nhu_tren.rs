//! A công văn whose recipients do not begin with its addressees.

use super::prelude::*;
use crate::decree30::kinds::Form;

rule!(
    "nhu-tren",
    "Công văn không ghi “Như trên” ở nơi nhận",
    Some("Phụ lục I, phần I, mục II, khoản 9, điểm b"),
    Warning,
    None,
    Document(look)
);

fn look(subject: &Subject<'_>, found: &mut Findings<'_>) {
    let upward = matches!(subject.main().loai.key, "to_trinh" | "bao_cao") || subject.main().loai.form == Form::CongVan;
    if !upward || subject.part(Part::KinhGui).next().is_none() {
        return;
    }
    let Some(first) = subject.part(Part::NoiNhan).next() else { return };
    if !subject.part(Part::NoiNhan).any(|t| t.low.contains("như trên") || t.low.contains("như kính gửi")) {
        let hint = "Ghi “Như trên” ở dòng đầu của nơi nhận.";
        found.tell(first, 0..first.plain.len(), "Văn bản có Kính gửi nhưng nơi nhận không ghi “Như trên”.", hint);
    }
}
