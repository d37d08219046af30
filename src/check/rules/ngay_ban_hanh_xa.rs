//! The date of the document itself is of the year 2205.

use super::prelude::*;

rule!(
    "ngay-ban-hanh-xa",
    "Năm ban hành khó có thật",
    Some("Phụ lục I, phần I, mục II, khoản 4, điểm b"),
    Error,
    None,
    Document(look)
);

fn look(subject: &Subject<'_>, found: &mut Findings<'_>) {
    for document in &subject.documents {
        if let Some(year) = document.ngay.year.filter(|y| !(1945..=2100).contains(y)) {
            found.at(document.ngay_spans[2], format!("Năm ban hành {year} khó có thật."), "Xem lại năm ở khóa ngay.");
        }
    }
}
