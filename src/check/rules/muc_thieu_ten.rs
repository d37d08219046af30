//! A part, a chapter or a section without a title.

use super::prelude::*;
use crate::decree30::outline::Level;

rule!(
    "muc-thieu-ten",
    "Phần, chương, mục không có tên",
    Some("Phụ lục I, phần I, mục II, khoản 6, điểm d"),
    Error,
    None,
    Document(look)
);

fn look(subject: &Subject<'_>, found: &mut Findings<'_>) {
    for text in &subject.texts {
        let level = match text.place {
            Place::Body(Level::Phan) => "Phần",
            Place::Body(Level::Chuong) => "Chương",
            Place::Body(Level::Muc) => "Mục",
            Place::Body(Level::TieuMuc) => "Tiểu mục",
            _ => continue,
        };
        // A part may hold its chapters only.
        if text.plain.is_empty() && !text.marker.is_empty() {
            found.at(text.span, format!("{level} “{}” không có tên.", text.marker), "Ghi tên sau số.");
        }
    }
}
