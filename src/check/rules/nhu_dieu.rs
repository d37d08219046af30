//! A decision whose recipients do not begin with those of its last article.

use super::prelude::*;
use crate::decree30::kinds::Form;
use crate::decree30::outline::Level;

rule!(
    "nhu-dieu",
    "Quyết định không ghi “Như Điều …” ở nơi nhận",
    Some("Phụ lục III, mẫu 1.2"),
    Hint,
    None,
    Document(look)
);

fn look(subject: &Subject<'_>, found: &mut Findings<'_>) {
    if !matches!(subject.main().loai.form, Form::QuyetDinh) {
        return;
    }
    let Some(first) = subject.part(Part::NoiNhan).next() else { return };
    let articles = subject.texts.iter().any(|t| t.owner == 0 && t.place == Place::Body(Level::Dieu));
    if articles && !subject.part(Part::NoiNhan).any(|t| t.low.contains("như ") || t.low.contains("như trên")) {
        found.tell(
            first,
            0..first.plain.len(),
            "Nơi nhận của quyết định không ghi “Như Điều …”.",
            "Ghi “Như Điều n”, n là điều thi hành.",
        );
    }
}
